"""What people do next: a worklist for each specialist, and the rows of a plan of correction."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from peerlint.findings.model import Citation, Finding, Report
from peerlint.findings.scores import SEVERITIES, requirement_key

OFFICE = "Plans, crisis plans and files (QA and supervisor)"
"""Whose list holds what no specialist signed for."""

PROMISE = (
    "Nothing on this list asks you to rewrite a record or to set back a date. What was left out is added today: as an "
    "addendum or late entry that says so, signed with your name and today's date. What did not happen cannot be added; "
    "tell your supervisor, so that the claim can be put right."
)


@dataclass(frozen=True, slots=True)
class WorkList:
    """The open findings of one person. ``first`` are violations, ``look`` are those where a person must look."""

    who: str
    first: tuple[Finding, ...]
    look: tuple[Finding, ...]

    @property
    def items(self) -> tuple[Finding, ...]:
        return self.first + self.look

    @property
    def records(self) -> int:
        return len({f.subject or f.path for f in self.items})


@dataclass(frozen=True, slots=True)
class Correction:
    """One row of a plan of correction: a requirement that is not met. Cause, due date and follow-up are for people."""

    code: str
    name: str
    severity: str
    hard_stop: bool
    asks: str
    violates: Citation
    records: tuple[Finding, ...]
    members: int
    action: str
    responsible: tuple[str, ...]
    evidence: str


def worklists(report: Report) -> list[WorkList]:
    """A list per specialist by name, the office's last. Waived findings and those of the baseline are on no list."""
    items: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if finding.disposition == "open":
            items[finding.specialist or OFFICE].append(finding)
    return [_worklist(who, items[who]) for who in sorted(items, key=lambda who: (who == OFFICE, who.casefold()))]


def _worklist(who: str, findings: list[Finding]) -> WorkList:
    ordered = sorted(findings, key=_urgency)
    return WorkList(
        who,
        first=tuple(f for f in ordered if f.verdict == "not_met"),
        look=tuple(f for f in ordered if f.verdict != "not_met"),
    )


def _urgency(f: Finding) -> tuple[int, str, str, str, str]:
    return (_rank(f.severity), f.member, f.date or "", f.path, f.rule)


def _rank(severity: str) -> int:
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)


def corrections(report: Report) -> list[Correction]:
    """Violations by requirement, hard stops first. Waived findings are left out; what needs a look is none yet."""
    asks = {(str(r.get("ruleset")), str(r.get("rule"))): str(r.get("asks", "")) for r in report.requirements}
    groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if finding.verdict == "not_met" and finding.disposition != "waived":
            groups[requirement_key(finding)].append(finding)
    rows = [_correction(group, asks.get(key, "")) for key, group in groups.items()]
    return sorted(rows, key=lambda c: (not c.hard_stop, _rank(c.severity), -len(c.records), c.code, c.violates.ruleset))


def _correction(findings: list[Finding], asks: str) -> Correction:
    first = findings[0]
    return Correction(
        code=first.rule,
        name=first.name,
        severity=first.severity,
        hard_stop=first.hard_stop,
        asks=asks,
        violates=first.citation,
        records=tuple(findings),
        members=len({f.chart or f.member for f in findings}),
        action=first.remedy,
        responsible=tuple(sorted({f.specialist for f in findings if f.specialist})),
        evidence=f"The next check of the same records reports {first.rule} as met or not applicable.",
    )
