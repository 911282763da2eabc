"""Everything that reports show, reckoned once. A format reads from here and computes nothing of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from peerlint.findings.charts import ChartPage, chart_pages, unread
from peerlint.findings.compare import Comparison, compare
from peerlint.findings.events import EventMatrix, event_matrix
from peerlint.findings.model import AttestLine, DocumentLine, Finding, OutcomeLine, Report, RulesetLine
from peerlint.findings.scores import (
    DISPOSITIONS,
    FAMILIES,
    SEVERITIES,
    GroupScore,
    RequirementScore,
    Score,
    group_scores,
    score,
    scorecard,
    scores_by,
)
from peerlint.findings.texts import map_texts, printable
from peerlint.findings.work import Correction, WorkList, corrections, worklists

THRESHOLD = 85.0
"""Percent of met out of met and not met below which a requirement is marked; QA sets its own."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What stands on every page: by what, on what and by which day the records were judged."""

    tool: str
    version: str
    as_of: str
    rulesets: tuple[RulesetLine, ...]
    documents: int
    read: int
    redacted: bool

    @property
    def not_read(self) -> int:
        return self.documents - self.read

    @property
    def line(self) -> str:
        rulesets = "; ".join(
            f"{r.id} ({', '.join(part for part in (r.policy, r.status, f'sha256 {r.sha256[:12]}') if part)})"
            for r in self.rulesets
        )
        masked = " | names, ids and quotes masked" if self.redacted else ""
        return (
            f"{self.tool} {self.version} | {rulesets or 'no ruleset'} | as of {self.as_of} | "
            f"{self.read} documents read, {self.not_read} not read{masked}"
        )


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One member's scores by rule family, in the order of ``Tally.families``."""

    member: str
    cells: tuple[Score, ...]


class Tally:
    """The views of one report. ``saved`` is the report as given, ``report`` the same with texts that are safe to show.

    ``against`` are earlier runs to compare with, in any order; ``threshold`` is in percent.
    """

    def __init__(self, report: Report, against: Sequence[Report] = (), threshold: float = THRESHOLD) -> None:
        self.saved = report
        self.report = map_texts(report, printable)
        self.threshold = threshold
        self._against = [map_texts(earlier, printable) for earlier in against]

    @cached_property
    def identity(self) -> Identity:
        return Identity(
            tool=self.report.tool.get("name", "peerlint"),
            version=self.report.tool.get("version", ""),
            as_of=str(self.report.run.get("as_of", "")),
            rulesets=tuple(self.report.rulesets),
            documents=len(self.report.documents),
            read=len(self.report.documents) - len(self.unread),
            redacted=bool(self.report.run.get("redacted")),
        )

    @cached_property
    def score(self) -> Score:
        return score(self.report.outcomes)

    @cached_property
    def scorecard(self) -> list[RequirementScore]:
        return scorecard(self.report)

    @cached_property
    def hard_stops(self) -> list[Finding]:
        """Violations that make a contact not billable, whatever the percentage; waived ones included."""
        return [f for f in self.report.findings if f.hard_stop and f.verdict == "not_met"]

    @cached_property
    def charts(self) -> list[GroupScore]:
        members = {page.key: page.member for page in self.chart_pages}
        groups = {g.key: g for g in group_scores(self.report, lambda o: o.chart, lambda f: f.chart)}
        return [_labelled(groups[key], member) for key, member in members.items() if key in groups]

    @cached_property
    def specialists(self) -> list[GroupScore]:
        served = {r.subject: r.specialist for d in self.report.documents for r in d.records}
        groups = group_scores(
            self.report, lambda o: served.get(o.subject, ""), lambda f: served.get(f.subject, f.specialist)
        )
        return [_labelled(group, group.key or "Not a specialist's record") for group in groups]

    @cached_property
    def months(self) -> list[GroupScore]:
        groups = group_scores(self.report, _month, _month)
        return [_labelled(group, group.key or "No date") for group in groups]

    @cached_property
    def families(self) -> dict[str, str]:
        """The rule families that were judged: letter to name."""
        judged = {row.requirement.family for row in self.scorecard if row.score.total}
        return {letter: name for letter, name in FAMILIES.items() if letter in judged}

    @cached_property
    def heat(self) -> list[HeatRow]:
        scores = scores_by(self.report.outcomes, lambda o: (o.chart, o.rule[:1]))
        return [
            HeatRow(page.member, tuple(scores.get((page.key, family), Score()) for family in self.families))
            for page in self.chart_pages
        ]

    @cached_property
    def events(self) -> EventMatrix:
        return event_matrix(self.report)

    @cached_property
    def chart_pages(self) -> list[ChartPage]:
        return chart_pages(self.report)

    @cached_property
    def worklists(self) -> list[WorkList]:
        return worklists(self.report)

    @cached_property
    def corrections(self) -> list[Correction]:
        return corrections(self.report)

    @cached_property
    def attestations(self) -> list[AttestLine]:
        return self.report.attest

    @cached_property
    def unread(self) -> list[DocumentLine]:
        return unread(self.report)

    @cached_property
    def comparison(self) -> Comparison | None:
        return compare(self.report, self._against) if self._against else None

    @cached_property
    def record_counts(self) -> dict[str, int]:
        """Records by kind."""
        return dict(sorted(Counter(r.kind for d in self.report.documents for r in d.records).items()))

    @cached_property
    def finding_counts(self) -> dict[str, int]:
        """Findings by severity and by disposition, and by whether they are violations or need a look."""
        counts = Counter(f.severity for f in self.report.findings)
        counts.update(f.disposition for f in self.report.findings)
        counts.update(f.verdict for f in self.report.findings)
        return {key: counts[key] for key in (*SEVERITIES, *DISPOSITIONS, "not_met", "needs_review")}

    @cached_property
    def statistics(self) -> list[tuple[str, str, int, int]]:
        """Code, name, violations and findings to look at, the most frequent rule first."""
        names = {f.rule: f.name for f in self.report.findings}
        counts = Counter((f.rule, f.verdict) for f in self.report.findings)
        rows = [(code, name, counts[(code, "not_met")], counts[(code, "needs_review")]) for code, name in names.items()]
        return sorted(rows, key=lambda row: (-(row[2] + row[3]), row[0]))


def summarize(report: Report) -> dict[str, Any]:
    """The ``summary`` of a report: the counts that a program would otherwise have to make itself."""
    tally = Tally(report)
    units = tally.events.units
    return {
        "documents": {"read": tally.identity.read, "not_evaluated": tally.identity.not_read},
        "records": tally.record_counts,
        "verdicts": tally.score.as_data(),
        "findings": tally.finding_counts | {"total": len(report.findings), "hard_stops": len(tally.hard_stops)},
        "units": {name: getattr(units, name) for name in type(units).__slots__},
        "requirements": [
            {"rule": row.requirement.code, "ruleset": row.requirement.ruleset, "waived": row.waived}
            | {"baseline": row.baseline}
            | row.score.as_data()
            for row in tally.scorecard
        ],
        "charts": [group.as_data() for group in tally.charts],
        "specialists": [group.as_data() for group in tally.specialists],
        "months": [group.as_data() for group in tally.months],
    }


def _month(line: OutcomeLine | Finding) -> str:
    return (line.date or "")[:7]


def _labelled(group: GroupScore, label: str) -> GroupScore:
    return GroupScore(group.key, label, group.score, group.findings, group.hard_stops)
