"""What reports count: scores, groups, the event matrix, units at risk, chart pages, worklists, corrections."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from agency import GAP, RIDE, UNITS, UNSURE, Agency, agency, sample_report

from peerlint.findings.scores import VERDICTS, Score
from peerlint.findings.tally import Tally, summarize
from peerlint.findings.work import OFFICE

TALLY = Tally(sample_report())
MARISOL = ("vega-marisol", "Marisol Vega", "947112233A")


@pytest.mark.parametrize(
    ("score", "percent"),
    [
        (Score(met=3, not_met=1), 75.0),
        (Score(met=3, not_met=1, needs_review=10, not_evaluated=10, not_applicable=10), 75.0),
        (Score(met=5), 100.0),
        (Score(met=9999, not_met=1), 99.9),
        (Score(not_met=2), 0.0),
        (Score(needs_review=4, not_applicable=3), None),
    ],
)
def test_percent_is_met_out_of_met_and_not_met(score: Score, percent: float | None) -> None:
    assert score.percent == percent


def test_every_outcome_is_counted_once_in_each_view() -> None:
    outcomes = len(TALLY.report.outcomes)
    assert TALLY.score.total == outcomes
    for rows in (TALLY.scorecard, TALLY.charts, TALLY.specialists, TALLY.months):
        assert sum(row.score.total for row in rows) == outcomes


def test_every_finding_is_on_one_chart_page() -> None:
    shown = [f for page in TALLY.chart_pages for f in page.findings]
    assert sorted(f.fingerprint for f in shown) == sorted(f.fingerprint for f in TALLY.report.findings)


def test_waived_findings_stay_not_met_and_are_named() -> None:
    row = next(r for r in TALLY.scorecard if r.requirement.code == "B104")
    assert (row.score.not_met, row.waived) == (1, 1)


def test_a_requirement_without_a_record_stays_on_the_scorecard() -> None:
    report = replace(sample_report(), outcomes=[])
    assert [r.score.total for r in Tally(report).scorecard] == [0] * len(report.requirements)


def test_hard_stops_stand_apart() -> None:
    assert sorted(f.rule for f in TALLY.hard_stops) == ["N111", "X101"]


def test_the_worst_verdict_of_a_contact_fills_its_cell() -> None:
    a = Agency()
    a.note(*MARISOL, "2025-02-04", "Tamika Osei, CPSS", [1], {})
    record, path = a.documents[0].records[0], a.documents[0].path
    for verdict in ("not_applicable", "needs_review", "met"):
        a.judge(record, path, "X101", verdict)
    matrix = Tally(a.report()).events
    column = [r.code for r in matrix.columns].index("X101")
    assert matrix.rows[0].cells[column] == "needs_review"


def units_of(**told: object) -> tuple[int, float, int]:
    a = Agency()
    a.note(*MARISOL, "2025-02-04", "Tamika Osei, CPSS", [1], **told)  # type: ignore[arg-type]
    units = Tally(a.report()).events.units
    return units.contacts_at_risk, units.units_at_risk, units.contacts_stopped


def test_units_are_at_risk_where_an_error_stands_open() -> None:
    assert units_of(told=GAP) == (1, 4, 0)
    assert units_of(told=RIDE) == (1, 4, 1)


def test_units_are_not_at_risk_for_what_is_waived_or_unsure() -> None:
    assert units_of(told=UNITS) == (0, 0, 0)
    assert units_of(told=UNSURE) == (0, 0, 0)


def test_units_nobody_stated_are_told_apart() -> None:
    assert units_of(told=GAP, units=None) == (1, 0, 0)
    assert TALLY.events.units.unstated == 1


def test_a_chart_page_shows_which_notes_serve_which_goal() -> None:
    page = next(p for p in TALLY.chart_pages if p.member == "Desmond Pruitt")
    assert {g.number: [s.date for s in g.served_by] for g in page.goals} == {
        "1": ["2025-01-21", "2025-02-11"],
        "2": ["2025-03-04", "2025-03-11"],
        "3": [],
    }


def test_notes_serve_the_goals_of_the_plan_in_force() -> None:
    a = agency()
    old = next(d for d in a.documents if d.path == "charts/vega-marisol/pcp.docx").records[0]
    path = "charts/vega-marisol/pcp-update.docx"
    new = replace(old, subject=f"{path}#0", period=["2025-04-01", "2026-03-31"], goals={"2": "Keep the job"})
    a.documents.append(replace(a.documents[0], path=path, records=[new]))
    page = next(p for p in Tally(a.report()).chart_pages if p.member == "Marisol Vega")
    served = {(g.plan, g.number): [s.date for s in g.served_by] for g in page.goals}
    assert served[(new.subject, "2")] == ["2025-04-08"]
    assert served[(old.subject, "2")] == ["2025-02-04"]


def test_the_time_line_spans_plan_year_signatures_and_gaps() -> None:
    page = next(p for p in TALLY.chart_pages if p.member == "Marisol Vega")
    line = page.timeline
    assert line is not None
    assert (line.first, line.last) == (date(2024, 12, 30), date(2026, 1, 1))
    assert [m.label for m in line.moments if m.what == "act"] == ["service order, Lorna Quist, LCSW"]
    assert [(gap.first, gap.days) for gap in line.gaps] == [(date(2025, 2, 18), 49)]
    assert [m.label for m in line.moments if m.what == "signature"] == [
        "member, Marisol Vega",
        "responsible professional, Dr. Ann Whitfield",
    ]
    assert {m.day: m.verdict for m in line.moments if m.what == "note"}[date(2025, 2, 18)] == "not_met"


def test_a_chart_without_a_date_has_no_time_line() -> None:
    a = Agency()
    a.note(*MARISOL, "", "Tamika Osei, CPSS", [], {})
    assert Tally(a.report()).chart_pages[0].timeline is None


def test_plans_come_before_notes_and_notes_by_date() -> None:
    page = next(p for p in TALLY.chart_pages if p.member == "Marisol Vega")
    assert [d.path.rpartition("/")[2] for d in page.documents] == [
        "pcp.docx",
        "note-2025-01-14.docx",
        "note-2025-02-04.docx",
        "note-2025-02-18.docx",
        "note-2025-04-08.pdf",
    ]


def test_worklists_hold_open_findings_and_the_office_has_the_rest() -> None:
    lists = {w.who: [f.rule for f in w.items] for w in TALLY.worklists}
    assert lists == {
        "Joel Brandt, NCCPSS": ["N111", "N120", "N105"],
        "Tamika Osei, CPSS": ["N110", "N110", "X101", "N105"],
        OFFICE: ["D101", "P110"],
    }
    assert list(lists)[-1] == OFFICE


def test_corrections_begin_with_hard_stops_and_leave_out_what_is_waived_or_unsure() -> None:
    rows = TALLY.corrections
    assert [r.code for r in rows] == ["N111", "X101", "N110", "D101", "N120", "P110"]
    assert [r.hard_stop for r in rows] == [True, True, False, False, False, False]
    gap = rows[2]
    assert (len(gap.records), gap.members, gap.responsible) == (2, 1, ("Tamika Osei, CPSS",))
    assert gap.action.startswith("Add an addendum")


def test_the_summary_is_plain_numbers_that_agree_with_the_tally() -> None:
    summary = summarize(sample_report())
    assert summary["documents"] == {"read": 13, "not_evaluated": 1}
    assert summary["findings"]["total"] == 11
    assert {v: summary["verdicts"][v] for v in VERDICTS} == {v: getattr(TALLY.score, v) for v in VERDICTS}
    assert summary["units"]["units_at_risk"] == 8


def test_the_identity_names_run_ruleset_and_documents() -> None:
    assert TALLY.identity.line == (
        "peerlint 0.1.0 | example-payer-2025 (EX.PS.100, in force, sha256 c0ffeec0ffee) | as of 2025-07-31 | "
        "13 documents read, 1 not read"
    )


def test_an_empty_run_has_every_view() -> None:
    tally = Tally(Agency().report())
    assert (tally.score.percent, tally.worklists, tally.corrections, tally.chart_pages) == (None, [], [], [])
    assert tally.events.rows == ()
