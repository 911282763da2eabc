"""From judged outcomes to the report: findings with evidence, citation, remedy and fingerprint."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from peerlint import __version__
from peerlint.findings.model import (
    AttestLine,
    Citation,
    DocumentLine,
    Finding,
    LinkLine,
    Location,
    OutcomeLine,
    RecordLine,
    Report,
    RulesetLine,
)
from peerlint.language.model import LinkStrength
from peerlint.language.reader import NarrativeReader
from peerlint.policy.model import Ruleset
from peerlint.records.model import Caseload, Chart, DatedAct, DocumentFacts, OtherRecord, Plan, Record, ServiceNote
from peerlint.rules.base import REGISTRY, Outcome, Verdict, plan_in_force, subject
from peerlint.rules.judge import Judged

FINDINGS = (Verdict.NOT_MET, Verdict.NEEDS_REVIEW)


def assemble(
    caseload: Caseload,
    judged: Sequence[Judged],
    reader: NarrativeReader,
    rulesets: Sequence[Ruleset],
    attestations: Iterable[AttestLine],
    run: dict[str, Any],
    key: str = "",
) -> Report:
    """The report of one run, without its summary. ``run`` is reported as it is (as_of, root, redacted); ``key`` is the
    agency's own secret, which keeps fingerprints from being guessed."""
    specialists = _specialists(caseload)
    charts = _charts_by_subject(caseload)
    return Report(
        tool={"name": "peerlint", "version": __version__},
        run=run,
        rulesets=[RulesetLine(r.id, r.sha256, r.title, r.policy, r.status) for r in rulesets],
        documents=[_document_line(document, charts) for document in caseload.documents],
        findings=list(_findings(judged, specialists, key)),
        outcomes=[_outcome_line(j) for j in judged],
        links=list(_links(caseload, reader)),
        attest=list(attestations),
        requirements=[_requirement_line(r, code) for r in rulesets for code in sorted(r.requirements)],
    )


def _findings(judged: Iterable[Judged], specialists: dict[str, str], key: str) -> Iterator[Finding]:
    seen: Counter[tuple[str, ...]] = Counter()
    found = [j for j in judged if j.outcome.verdict in FINDINGS]
    for j in sorted(found, key=_reading_order):
        about = j.outcome.subject
        location = _location(j.outcome)
        name = "/".join(about.path.split("/")[-2:])
        identity = (j.rule.code, j.ruleset.policy, name, str(about.index), _iso(about.date) or "", location.label)
        seen[identity] += 1
        yield Finding(
            rule=j.rule.code,
            name=j.rule.name,
            verdict=j.outcome.verdict.value,
            severity=j.requirement.severity.value,
            path=about.path,
            date=_iso(about.date),
            member=about.member,
            message=j.outcome.message,
            evidence=_evidence(j.outcome),
            location=location,
            citation=_citation(j),
            remedy=j.rule.remedy,
            fingerprint=fingerprint(key, *identity, str(seen[identity])),
            chart=j.chart,
            subject=about.id,
            specialist=specialists.get(about.id, ""),
            hard_stop=j.requirement.hard_stop,
        )


def fingerprint(key: str, *identity: str) -> str:
    """A stable name of one finding that tells nothing of the record: rule, policy, document, date, label and rank,
    hashed with the agency's key."""
    secret = hashlib.sha256(key.encode()).digest()
    return hashlib.blake2b("\x1f".join(identity).encode(), digest_size=12, key=secret, person=b"peerlint").hexdigest()


def _reading_order(j: Judged) -> tuple[Any, ...]:
    place = next((e.place for e in j.outcome.evidence if e.place), None)
    about = j.outcome.subject
    return (about.path, about.index or 0, place.block if place else -1, j.rule.code, j.ruleset.id, j.outcome.message)


def _evidence(outcome: Outcome) -> str:
    return " … ".join(dict.fromkeys(" ".join(e.quote.split()) for e in outcome.evidence if e.quote.strip()))


def _location(outcome: Outcome) -> Location:
    first = next((e for e in outcome.evidence if e.place), None)
    if first is None or first.place is None:
        return Location(label=outcome.evidence[0].label if outcome.evidence else "")
    return Location(first.place.page, first.label, first.place.block)


def _citation(j: Judged) -> Citation:
    r = j.requirement
    return Citation(j.ruleset.id, r.policy, r.clause, r.citation if r.clauses else "general")


def _outcome_line(j: Judged) -> OutcomeLine:
    return OutcomeLine(
        rule=j.rule.code,
        subject=j.outcome.subject.id,
        verdict=j.outcome.verdict.value,
        evidence=_evidence(j.outcome),
        location=_location(j.outcome),
        citation=_citation(j),
        message=j.outcome.message,
        severity=j.requirement.severity.value,
        chart=j.chart,
        date=_iso(j.outcome.subject.date),
    )


def _requirement_line(ruleset: Ruleset, code: str) -> dict[str, Any]:
    r = ruleset.requirements[code]
    return {
        "rule": code,
        "name": REGISTRY[code].name if code in REGISTRY else "",
        "ruleset": ruleset.id,
        "severity": r.severity.value,
        "policy": r.policy,
        "clause": r.clause,
        "asks": r.asks,
        "status": r.citation if r.clauses else "general",
        "hard_stop": r.hard_stop,
    }


def _charts_by_subject(caseload: Caseload) -> dict[str, Chart]:
    return {subject(r).id: chart for chart in caseload.charts for r in chart.records()}


def _specialists(caseload: Caseload) -> dict[str, str]:
    notes = [note for chart in caseload.charts for note in chart.notes]
    return {subject(n).id: n.staff_signature.name for n in notes if n.staff_signature and n.staff_signature.name}


def _document_line(document: DocumentFacts, charts: dict[str, Chart]) -> DocumentLine:
    if document.unreadable:
        return DocumentLine(document.path, document.sha256, "not_evaluated", document.unreadable)
    records = [_record_line(r, charts.get(subject(r).id)) for r in document.records]
    return DocumentLine(document.path, document.sha256, "read", None, records)


def _record_line(record: Record, chart: Chart | None) -> RecordLine:
    header = record.header
    common: dict[str, Any] = {
        "subject": subject(record).id,
        "kind": record.kind.value,
        "member": chart.name
        if chart
        else (header.member.meaning.full if header.member and header.member.meaning else ""),
        "medicaid_id": header.medicaid_id.text if header.medicaid_id else "",
        "date": _iso(record.date),
        "chart": chart.key if chart else "",
        "title": header.title,
        "pages": list(header.pages) if header.pages else None,
        "signatures": [
            {"role": s.role.value, "name": s.name, "date": _iso(s.signed_on.meaning) if s.signed_on else None}
            for s in header.signatures
            if s.signed
        ],
    }
    match record:
        case ServiceNote():
            return RecordLine(**common, **_note_facts(record))
        case Plan():
            return RecordLine(
                **common,
                goals={str(goal.number): goal.text for goal in record.goals},
                period=[_iso(v.meaning) if v else None for v in (record.starts, record.ends)],
                acts=[*_acts("assessment", record.assessments), *_acts("service order", record.service_orders)],
            )
        case OtherRecord():
            return RecordLine(**common, acts=list(_acts(record.what.value, record.acts)))
        case _:
            return RecordLine(**common)


def _acts(what: str, acts: Iterable[DatedAct]) -> Iterator[dict[str, str | None]]:
    for act in acts:
        if not act.pending:
            yield {"what": what, "date": _iso(act.on), "by": act.by}


def _note_facts(note: ServiceNote) -> dict[str, Any]:
    signature = note.staff_signature
    return {
        "specialist": signature.name if signature else "",
        "start": note.start.meaning.isoformat("minutes") if note.start and note.start.meaning else None,
        "end": note.end.meaning.isoformat("minutes") if note.end and note.end.meaning else None,
        "minutes": note.minutes.meaning if note.minutes else None,
        "units": float(note.units.meaning) if note.units and note.units.meaning is not None else None,
        "contact": ", ".join(c.value for c in note.contact_types),
    }


def _links(caseload: Caseload, reader: NarrativeReader) -> Iterator[LinkLine]:
    for chart in caseload.charts:
        for note in chart.notes:
            plan = plan_in_force(note, chart)
            if plan is None or not plan.goals:
                continue
            served = [link for link in reader.links(note, plan) if link.strength is LinkStrength.SUPPORTED]
            yield LinkLine(
                path=note.header.path,
                date=_iso(note.date),
                goals=sorted(link.goal.number for link in served),
                why=[
                    {"goal": link.goal.number, "evidence": link.evidence, "score": round(link.score, 3)}
                    for link in served
                ],
                subject=subject(note).id,
            )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
