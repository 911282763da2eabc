"""The demo agency, read from its real Word and PDF files and judged end to end."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from peerlint.findings.model import Report
from peerlint.findings.save import dump, read
from peerlint.run import Request, check

FIXTURES = Path(__file__).parents[2] / "fixtures"
EXPECTED = yaml.safe_load((FIXTURES / "demo_expected.yaml").read_text(encoding="utf-8"))


@cache
def report() -> Report:
    return check(Request((FIXTURES / "demo",), (EXPECTED["ruleset"],), date.fromisoformat(str(EXPECTED["as_of"]))))


def test_findings_are_those_of_a_good_auditor() -> None:
    found: dict[str, list[str]] = {}
    for finding in report().findings:
        found.setdefault(finding.path, []).append(finding.rule)
    assert {path: sorted(set(rules)) for path, rules in found.items()} == EXPECTED["findings"]


@pytest.mark.parametrize("innocent", EXPECTED["innocents"], ids=lambda i: f"{i['rule']} {i['quote'][:30]}")
def test_look_alikes_are_left_alone(innocent: dict[str, Any]) -> None:
    assert innocent["rule"] not in {f.rule for f in report().findings if f.path == innocent["path"]}


def test_every_document_is_in_the_report_once() -> None:
    files = {p.relative_to(FIXTURES / "demo").as_posix() for p in (FIXTURES / "demo").rglob("*") if p.is_file()}
    assert sorted(d.path for d in report().documents) == sorted(files)


def test_the_month_of_notes_is_three_records() -> None:
    month = next(d for d in report().documents if d.path.endswith("Pruitt April notes.pdf"))
    assert [(r.kind, r.member, r.date) for r in month.records] == [
        ("note", "Otis Pruitt", "2025-04-08"),
        ("note", "Otis Pruitt", "2025-04-15"),
        ("note", "Otis Pruitt", "2025-04-22"),
    ]


def test_each_note_is_linked_to_the_goal_it_serves() -> None:
    links = {(line.path, line.date): line.goals for line in report().links}
    assert links[("harlan-june/2025-02-11 note.docx", "2025-02-11")] == [1]
    assert links[("harlan-june/2025-03-04 note.docx", "2025-03-04")] == [2]
    assert links[("2025-03/Soto-Vance 03-28.docx", "2025-03-28")] == [2]


def test_every_finding_has_a_clause_or_says_that_it_is_general_and_a_remedy() -> None:
    for finding in report().findings:
        assert finding.citation.clause
        assert finding.citation.status in ("verified", "unverified", "general")
        assert finding.remedy


def test_met_is_never_claimed_without_evidence() -> None:
    met = [o for o in report().outcomes if o.verdict == "met"]
    assert met
    assert [o for o in met if not (o.evidence or o.location.label)] == []


def test_a_saved_report_reads_back_equal() -> None:
    assert read(dump(report())) == report()


def test_one_worker_and_two_give_the_same_bytes() -> None:
    request = Request((FIXTURES / "demo",), (EXPECTED["ruleset"],), date.fromisoformat(str(EXPECTED["as_of"])), jobs=1)
    assert dump(check(request)) == dump(report())
