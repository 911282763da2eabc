"""The event matrix: one row per contact, one column per requirement, and the units that are at risk."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from peerlint.findings.model import Finding, RecordLine, Report
from peerlint.findings.scores import Requirement, requirement_key, requirements

_WORST_FIRST = ("not_met", "needs_review", "not_evaluated", "met", "not_applicable")


@dataclass(frozen=True, slots=True)
class Event:
    """One contact. ``cells`` hold the worst verdict per column, "" where the requirement was not asked of it.

    ``at_risk``: an error stands open on the contact; ``stopped``: one of them is a hard stop.
    """

    path: str
    record: RecordLine
    cells: tuple[str, ...]
    at_risk: bool = False
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Units:
    """Units as the notes state them. ``unstated`` counts contacts that state none; their units are in no sum."""

    contacts: int
    units: float
    contacts_at_risk: int
    units_at_risk: float
    contacts_stopped: int
    units_stopped: float
    unstated: int


@dataclass(frozen=True, slots=True)
class EventMatrix:
    columns: tuple[Requirement, ...]
    rows: tuple[Event, ...]
    units: Units


def event_matrix(report: Report) -> EventMatrix:
    """Rows by member, date and start; columns are the requirements that were asked of at least one contact."""
    notes = [(d.path, r) for d in report.documents for r in d.records if r.kind == "note"]
    worst = _worst_verdicts(report, {record.subject for _, record in notes})
    asked = {key for cells in worst.values() for key in cells}
    columns = tuple(r for r in requirements(report) if r.key in asked)
    findings: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        findings[finding.subject].append(finding)
    rows = [_event(path, record, columns, worst[record.subject], findings[record.subject]) for path, record in notes]
    rows.sort(key=_by_member_and_time)
    return EventMatrix(columns, tuple(rows), _units(rows))


def _by_member_and_time(event: Event) -> tuple[str, ...]:
    record = event.record
    return (record.member, record.chart, record.date or "", record.start or "", record.subject)


def _worst_verdicts(report: Report, subjects: set[str]) -> dict[str, dict[tuple[str, str], str]]:
    worst: dict[str, dict[tuple[str, str], str]] = {subject: {} for subject in subjects}
    for outcome in report.outcomes:
        if outcome.subject in worst:
            cells, key = worst[outcome.subject], requirement_key(outcome)
            cells[key] = min(cells.get(key, outcome.verdict), outcome.verdict, key=_WORST_FIRST.index)
    return worst


def _event(
    path: str,
    record: RecordLine,
    columns: tuple[Requirement, ...],
    cells: dict[tuple[str, str], str],
    findings: list[Finding],
) -> Event:
    risks = [f for f in findings if f.verdict == "not_met" and f.severity == "error" and f.disposition != "waived"]
    return Event(
        path=path,
        record=record,
        cells=tuple(cells.get(column.key, "") for column in columns),
        at_risk=bool(risks),
        stopped=any(f.hard_stop for f in risks),
    )


def _units(rows: list[Event]) -> Units:
    at_risk = [row for row in rows if row.at_risk]
    stopped = [row for row in rows if row.stopped]
    return Units(
        contacts=len(rows),
        units=_stated(rows),
        contacts_at_risk=len(at_risk),
        units_at_risk=_stated(at_risk),
        contacts_stopped=len(stopped),
        units_stopped=_stated(stopped),
        unstated=sum(row.record.units is None for row in rows),
    )


def _stated(rows: list[Event]) -> float:
    return round(sum(row.record.units or 0 for row in rows), 2)
