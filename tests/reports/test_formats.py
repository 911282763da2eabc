"""Every format of one run: complete, the same bytes each time, and where masked, without a trace of a person."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from agency import earlier_report, sample_report
from syrupy.assertion import SnapshotAssertion

from peerlint.findings.model import Report
from peerlint.reports import FORMATS, Options, Reporter, ReportingError, render, write, write_all
from peerlint.run import Request, check
from peerlint.shelf import demo_folder

COMPARED = Options(against=(earlier_report(),))
TEXTS = [name for name, found in FORMATS.items() if not found.binary]
ROOT = Path(__file__).parents[2]


def text_of(content: str | bytes) -> str:
    """All text of a report: of a workbook or Word file, the text of its parts and their names."""
    if isinstance(content, str):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "\n".join(f"{name}\n{package.read(name).decode('utf-8', 'replace')}" for name in package.namelist())


@pytest.fixture(scope="session")
def demo() -> Report:
    return check(Request(paths=(demo_folder(),), rulesets=("wellcare-nc-2025",), as_of=date(2025, 7, 31)))


@pytest.mark.parametrize("name", [name for name in TEXTS if name not in ("html", "json")])
def test_reads_as_before(name: str, snapshot: SnapshotAssertion) -> None:
    assert render(sample_report(), name, COMPARED) == snapshot


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_run_gives_the_same_bytes(name: str) -> None:
    assert render(sample_report(), name, COMPARED) == render(sample_report(), name, COMPARED)


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_run_is_a_report(name: str) -> None:
    report = sample_report()
    empty = replace(report, documents=[], findings=[], outcomes=[], links=[], attest=[], requirements=[], summary={})
    assert render(empty, name) is not None


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("github", "concise", "csv", "junit")])
def test_the_identity_of_the_run_is_in_it(name: str) -> None:
    text = text_of(render(sample_report(), name))
    assert "0.1.0" in text
    assert "example-payer-2025" in text
    assert "2025-07-31" in text
    assert "c0ffeec0ffee" in text


@pytest.mark.parametrize("name", FORMATS)
def test_every_finding_is_in_it(name: str) -> None:
    text = text_of(render(sample_report(), name))
    rules = {f.rule for f in sample_report().findings if name != "poc" or f.verdict == "not_met"}
    waived_only = {"B104"} if name == "poc" else set()
    assert {rule for rule in rules - waived_only if rule in text} == rules - waived_only


PEOPLE_OF_THE_SAMPLE = (
    *("Marisol", "Vega", "Desmond", "Pruitt", "Siobh", "Dwyer", "Tamika", "Osei", "Brandt", "Whitfield", "Quist"),
    *("vega", "pruitt", "dwyer", "947112233", "948556677", "949001122", "dentist", "HYPERLINK", "sober", "part-time"),
)


@pytest.mark.parametrize("name", FORMATS)
def test_masked_reports_name_nobody(name: str) -> None:
    text = text_of(render(sample_report(), name, replace(COMPARED, redact=True)))
    assert [word for word in PEOPLE_OF_THE_SAMPLE if re.search(rf"(?<![a-z]){word}", text)] == []


@pytest.mark.parametrize("name", ["sarif", "junit", "github"])
def test_formats_for_other_systems_are_masked_unless_asked_otherwise(name: str) -> None:
    assert "vega-marisol" not in text_of(render(sample_report(), name))
    assert "vega-marisol" in text_of(render(sample_report(), name, Options(redact=False)))


def secrets(report: Report) -> set[str]:
    """Every name, id, birth date and file name of the demo agency, and stretches of its quotes."""
    facts = yaml.safe_load((ROOT / "fixtures" / "demo_records.yaml").read_text(encoding="utf-8"))
    people = [*facts["members"].values(), *facts["staff"].values()]
    names = {part for person in people for part in person["name"].split() if len(part) > 3}
    ids = {str(person[key]) for person in people for key in ("medicaid_id", "born") if key in person}
    stems = {Path(document.path).stem for document in report.documents}
    files = {stem for stem in stems if re.search(r"[A-Z0-9]", stem) and len(stem) > 4}
    quotes = {f.evidence[:25] for f in report.findings if len(f.evidence) > 25}
    goals = {text for d in report.documents for r in d.records for text in r.goals.values()}
    return names | ids | files | quotes | goals


def test_the_demo_agency_is_masked_in_every_format(demo: Report) -> None:
    known = secrets(demo)
    assert len(known) > 40
    reporter = Reporter(demo, Options(redact=True))
    leaks = {name: [word for word in known if word in text_of(reporter.render(name))] for name in FORMATS}
    assert {name: found for name, found in leaks.items() if found} == {}


def test_the_plain_demo_report_does_name_them(demo: Report) -> None:
    text = text_of(render(demo, "json"))
    assert sum(word in text for word in secrets(demo)) > 40


def test_a_file_is_its_owner_s_alone_and_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "report.csv"
    target.write_text("an older report")
    write(sample_report(), "csv", target)
    assert "Marisol Vega" in target.read_text(encoding="utf-8-sig")
    assert stat.S_IMODE(target.stat().st_mode) & 0o077 == 0
    assert [file.name for file in tmp_path.iterdir()] == ["report.csv"]


def test_several_reports_of_one_run(tmp_path: Path) -> None:
    console = io.StringIO()
    write_all(sample_report(), [("concise", console), ("html", tmp_path / "r.html"), ("xlsx", tmp_path / "r.xlsx")])
    assert "N110" in console.getvalue()
    assert (tmp_path / "r.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert (tmp_path / "r.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("name", "target", "says"),
    [
        ("pdf", Path("x"), "no report format 'pdf'"),
        ("xlsx", io.StringIO(), "give it a file"),
        ("csv", Path("/no/such/folder/report.csv"), "cannot write the report"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(name: str, target: Path | io.StringIO, says: str) -> None:
    with pytest.raises(ReportingError, match=says) as refused:
        write(sample_report(), name, target)
    assert "\n" not in str(refused.value)
