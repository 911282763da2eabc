from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from peerlint.dispositions.baseline import baseline_text, read_baseline
from peerlint.dispositions.disposal import Disposal
from peerlint.dispositions.error import DispositionError
from peerlint.dispositions.waivers import Waiver, read_waivers
from peerlint.findings.model import Citation, Finding, Location, Report

FLOOD = Waiver("N122", "Flood closed the office", "QA lead", date(2025, 6, 30))


def finding(rule: str = "N122", path: str = "a/note.docx", fingerprint: str = "f1") -> Finding:
    return Finding(
        rule=rule,
        name="late-entry",
        verdict="not_met",
        severity="warning",
        path=path,
        date="2025-03-04",
        member="June Harlan",
        message="signed late",
        evidence="",
        location=Location(),
        citation=Citation("r", "p", "c"),
        remedy="",
        fingerprint=fingerprint,
    )


def report(*findings: Finding, as_of: str = "2025-06-30") -> Report:
    run = {"as_of": as_of, "root": "", "redacted": False}
    return Report({"name": "peerlint", "version": "0"}, run, [], [], list(findings), [], [], [])


def dispositions(disposal: Disposal, *findings: Finding, as_of: str = "2025-06-30") -> list[str]:
    return [f.disposition for f in disposal.dispose(report(*findings, as_of=as_of)).findings]


def test_a_waiver_changes_the_disposition_and_removes_nothing() -> None:
    assert dispositions(Disposal(waivers=[FLOOD]), finding(), finding("N110", fingerprint="f2")) == ["waived", "open"]


def test_a_waiver_holds_through_its_last_day_and_no_longer() -> None:
    assert dispositions(Disposal(waivers=[FLOOD]), finding(), as_of="2025-06-30") == ["waived"]
    assert dispositions(Disposal(waivers=[FLOOD]), finding(), as_of="2025-07-01") == ["open"]


def test_a_waiver_may_name_a_path() -> None:
    narrow = replace(FLOOD, path="b/*")
    assert dispositions(Disposal(waivers=[narrow]), finding(), finding(path="b/note.docx")) == ["open", "waived"]


def test_a_hard_stop_cannot_be_waived() -> None:
    assert dispositions(Disposal(waivers=[FLOOD]), replace(finding(), hard_stop=True)) == ["open"]


def test_a_baseline_covers_as_many_findings_as_it_counted(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(baseline_text(report(finding())))
    disposal = Disposal(baseline=read_baseline(path))
    assert dispositions(disposal, finding(), finding()) == ["baseline", "open"]


def test_a_baseline_holds_no_word_of_a_record() -> None:
    text = baseline_text(report(finding()))
    assert "Harlan" not in text
    assert "signed late" not in text
    assert "note.docx" not in text


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[waiver]]\nrule = 'N122'\n", "waiver 1 has no 'reason'"),
        ("[[waiver]]\nrule='N122'\nreason='r'\nowner='o'\nexpires='soon'\n", "'expires' must be a date"),
        ("[[waiver]]\nrule='N122'\nreason='r'\nowner='o'\nexpires=2025-01-01\nwho='x'\n", "unknown key 'who'"),
        ("[[waver]]\nrule='N122'\n", "unknown key 'waver'"),
        ("[[waiver", "is not valid TOML"),
    ],
)
def test_a_malformed_waiver_file_is_refused_with_its_fault(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "waivers.toml"
    path.write_text(text)
    with pytest.raises(DispositionError, match=complaint):
        read_waivers(path)


def test_a_baseline_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text("{}")
    with pytest.raises(DispositionError, match="is no peerlint baseline"):
        read_baseline(path)
