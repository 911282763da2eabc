"""The chart page: one member's records on a time line, goals against the notes that serve them, and the findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from peerlint.findings.model import DocumentLine, Finding, LinkLine, OutcomeLine, RecordLine, Report
from peerlint.findings.scores import Score, score

_KINDS = ("plan", "crisis-plan", "other", "note")

LONG_GAP = 30
"""Days between two contacts from which the time line points the gap out. A picture for the reader, not a judgement."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One dated thing on the time line. ``what`` is note, plan, crisis-plan, other, signature or act (an assessment, a
    service order); ``verdict`` the worst finding on the record ("not_met", "needs_review" or "")."""

    day: date
    what: str
    label: str
    subject: str
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of days, both ends inclusive: a plan year, or a gap between two contacts."""

    first: date
    last: date
    label: str

    @property
    def days(self) -> int:
        return (self.last - self.first).days


@dataclass(frozen=True, slots=True)
class TimeLine:
    first: date
    last: date
    moments: tuple[Moment, ...]
    plan_years: tuple[Stretch, ...]
    gaps: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """One note that serves a goal, and the words by which it does."""

    path: str
    subject: str
    date: str | None
    evidence: str


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One goal of a plan and the notes that serve it, by date."""

    plan: str
    number: str
    text: str
    served_by: tuple[Service, ...]


@dataclass(frozen=True, slots=True)
class ChartDocument:
    """A document of the chart with its findings, in document order."""

    path: str
    records: tuple[RecordLine, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ChartPage:
    """All there is on one member. ``key`` is "" for records and findings that belong to no member's chart."""

    key: str
    member: str
    score: Score
    documents: tuple[ChartDocument, ...]
    timeline: TimeLine | None
    goals: tuple[GoalLine, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(f for document in self.documents for f in document.findings)

    @property
    def records(self) -> tuple[RecordLine, ...]:
        return tuple(r for document in self.documents for r in document.records)


def chart_pages(report: Report) -> list[ChartPage]:
    """A page per chart by member's name; what belongs to no chart comes last."""
    records: dict[str, dict[str, list[RecordLine]]] = defaultdict(lambda: defaultdict(list))
    findings: dict[str, dict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    outcomes: dict[str, list[OutcomeLine]] = defaultdict(list)
    for document in report.documents:
        for record in document.records:
            records[record.chart][document.path].append(record)
    for finding in report.findings:
        findings[finding.chart][finding.path].append(finding)
    for outcome in report.outcomes:
        outcomes[outcome.chart].append(outcome)
    links = {link.subject or link.path: link for link in report.links}
    pages = [
        _page(key, records[key], findings[key], outcomes[key], links)
        for key in {**records, **findings, **outcomes}
        if records[key] or findings[key] or key
    ]
    return sorted(pages, key=lambda page: (page.key == "", page.member.casefold(), page.key))


def unread(report: Report) -> list[DocumentLine]:
    return [d for d in report.documents if d.status != "read"]


def _page(
    key: str,
    records: dict[str, list[RecordLine]],
    findings: dict[str, list[Finding]],
    outcomes: list[OutcomeLine],
    links: dict[str, LinkLine],
) -> ChartPage:
    documents = tuple(
        ChartDocument(path, tuple(records.get(path, ())), tuple(findings.get(path, ())))
        for path in sorted({*records, *findings}, key=lambda path: _reading_order(path, records.get(path, [])))
    )
    every = [record for document in documents for record in document.records]
    named = [r.member for r in every if r.member] or [f.member for d in documents for f in d.findings if f.member]
    return ChartPage(
        key=key,
        member=(named[0] if named else key) if key else "Records of no known member",
        score=score(outcomes),
        documents=documents,
        timeline=_timeline(every, _worst_by_subject(documents)),
        goals=tuple(_goals(every, links)),
    )


def _reading_order(path: str, records: list[RecordLine]) -> tuple[int, str, str]:
    """Plans, crisis plans and other records before the notes, each by date; what holds no record last."""
    if not records:
        return (len(_KINDS), "", path)
    return min((_KINDS.index(r.kind) if r.kind in _KINDS else 2, r.date or "", path) for r in records)


def _worst_by_subject(documents: Iterable[ChartDocument]) -> dict[str, str]:
    worst: dict[str, str] = {}
    for document in documents:
        for finding in document.findings:
            if worst.get(finding.subject) != "not_met":
                worst[finding.subject] = finding.verdict
    return worst


def _timeline(records: list[RecordLine], worst: dict[str, str]) -> TimeLine | None:
    moments = sorted(
        [m for record in records for m in _moments(record, worst)], key=lambda m: (m.day, m.what, m.subject, m.label)
    )
    years = [year for record in records if (year := _plan_year(record))]
    days = [m.day for m in moments] + [day for year in years for day in (year.first, year.last)]
    if not days:
        return None
    return TimeLine(min(days), max(days), tuple(moments), tuple(years), tuple(_gaps(moments)))


def _moments(record: RecordLine, worst: dict[str, str]) -> Iterable[Moment]:
    day = _day(record.date)
    if day:
        label = record.title or record.kind
        yield Moment(day, record.kind, record.contact or label, record.subject, worst.get(record.subject, ""))
    if record.kind != "note":
        for signature in record.signatures:
            signed = _day(signature.get("date"))
            if signed:
                yield Moment(signed, "signature", _told(signature, "role", "name"), record.subject)
    for act in record.acts:
        done = _day(act.get("date"))
        if done:
            yield Moment(done, "act", _told(act, "what", "by"), record.subject)


def _told(facts: dict[str, str | None], *keys: str) -> str:
    return ", ".join(told for key in keys if (told := facts.get(key)))


def _plan_year(record: RecordLine) -> Stretch | None:
    if not record.period or len(record.period) != 2:
        return None
    first, last = _day(record.period[0]), _day(record.period[1])
    return Stretch(first, last, record.title or record.kind) if first and last and first <= last else None


def _gaps(moments: list[Moment]) -> Iterable[Stretch]:
    days = sorted({m.day for m in moments if m.what == "note"})
    for before, after in pairwise(days):
        if (after - before).days >= LONG_GAP:
            yield Stretch(before, after, f"{(after - before).days} days without a note")


def _goals(records: list[RecordLine], links: dict[str, LinkLine]) -> Iterable[GoalLine]:
    plans = [record for record in records if record.goals]
    notes = sorted((r for r in records if r.kind == "note"), key=lambda r: (r.date or "", r.subject))
    for plan in plans:
        served = [note for note in notes if _plan_for(note, plans) is plan]
        for number, text in sorted(plan.goals.items(), key=lambda item: (len(item[0]), item[0])):
            yield GoalLine(plan.subject, number, text, tuple(_services(number, served, links)))


def _plan_for(note: RecordLine, plans: list[RecordLine]) -> RecordLine:
    """The plan whose goals the note's links count: the latest that began on or before the note, else the first."""
    begun = [p for p in plans if (_begin(p) or "") <= (note.date or "9999")]
    return max(begun, key=lambda p: (_begin(p) or "", p.subject)) if begun else plans[0]


def _begin(plan: RecordLine) -> str | None:
    return (plan.period[0] if plan.period else None) or plan.date


def _services(number: str, notes: list[RecordLine], links: dict[str, LinkLine]) -> Iterable[Service]:
    for note in notes:
        link = links.get(note.subject)
        if link and number in {str(goal) for goal in link.goals}:
            words = [str(why.get("evidence", "")) for why in link.why if str(why.get("goal")) == number]
            yield Service(link.path, note.subject, note.date, " … ".join(word for word in words if word))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
