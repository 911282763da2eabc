"""Counting verdicts: how much of what was judged is met, per requirement and per whatever groups outcomes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from peerlint.findings.model import Finding, OutcomeLine, Report

K = TypeVar("K", bound=Hashable)

VERDICTS = ("met", "not_met", "needs_review", "not_applicable", "not_evaluated")
SEVERITIES = ("error", "warning", "info")
DISPOSITIONS = ("open", "waived", "baseline")

FAMILIES = {
    "D": "Documents",
    "N": "Service notes",
    "P": "Plans",
    "C": "Crisis plans",
    "L": "Links to goals",
    "X": "Not covered",
    "B": "Billing",
    "E": "Eligibility",
    "S": "Staff",
    "Q": "Quality",
}


@dataclass(frozen=True, slots=True)
class Score:
    """Outcomes by verdict. Only met and not met make the percentage; the other three stand apart."""

    met: int = 0
    not_met: int = 0
    needs_review: int = 0
    not_applicable: int = 0
    not_evaluated: int = 0

    @property
    def judged(self) -> int:
        return self.met + self.not_met

    @property
    def total(self) -> int:
        return self.judged + self.needs_review + self.not_applicable + self.not_evaluated

    @property
    def percent(self) -> float | None:
        """Met out of met and not met, to one decimal and never rounded up to 100; None where nothing was judged."""
        if not self.judged:
            return None
        exact = round(100 * self.met / self.judged, 1)
        return min(exact, 99.9) if self.not_met else exact

    def as_data(self) -> dict[str, Any]:
        return {verdict: getattr(self, verdict) for verdict in VERDICTS} | {"percent": self.percent}


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement of one ruleset, as the report lists it."""

    ruleset: str
    code: str
    name: str = ""
    severity: str = ""
    policy: str = ""
    clause: str = ""
    asks: str = ""
    status: str = ""
    hard_stop: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return (self.ruleset, self.code)

    @property
    def family(self) -> str:
        return self.code[:1]


@dataclass(frozen=True, slots=True)
class RequirementScore:
    """A row of the scorecard. ``waived`` and ``baseline`` count findings that are known, and are still not met."""

    requirement: Requirement
    score: Score
    waived: int = 0
    baseline: int = 0


@dataclass(frozen=True, slots=True)
class GroupScore:
    """The score of one chart, specialist or month with its findings by severity."""

    key: str
    label: str
    score: Score
    findings: dict[str, int]
    hard_stops: int = 0

    def as_data(self) -> dict[str, Any]:
        return {"key": self.key, "label": self.label, "findings": self.findings, "hard_stops": self.hard_stops} | (
            self.score.as_data()
        )


def score(outcomes: Iterable[OutcomeLine]) -> Score:
    counts = Counter(o.verdict for o in outcomes)
    return Score(**{verdict: counts[verdict] for verdict in VERDICTS})


def scores_by(outcomes: Iterable[OutcomeLine], key: Callable[[OutcomeLine], K]) -> dict[K, Score]:
    """The score of each group, in the order in which groups first appear."""
    counts: dict[K, Counter[str]] = {}
    for outcome in outcomes:
        counts.setdefault(key(outcome), Counter())[outcome.verdict] += 1
    return {group: Score(**{v: counted[v] for v in VERDICTS}) for group, counted in counts.items()}


def requirement_key(line: OutcomeLine | Finding) -> tuple[str, str]:
    return (line.citation.ruleset, line.rule)


def requirements(report: Report) -> list[Requirement]:
    """Every requirement listed or judged, by code, then ruleset."""
    names = {f.rule: f.name for f in report.findings}
    found = {r.key: r for r in (_listed(line, names) for line in report.requirements)}
    for outcome in report.outcomes:
        key = requirement_key(outcome)
        if key not in found:
            found[key] = _judged(outcome, names.get(outcome.rule, ""))
    return sorted(found.values(), key=lambda r: (r.code, r.ruleset))


def _listed(line: dict[str, Any], names: dict[str, str]) -> Requirement:
    code = str(line.get("rule", ""))
    return Requirement(
        ruleset=str(line.get("ruleset", "")),
        code=code,
        name=str(line.get("name") or names.get(code, "")),
        severity=str(line.get("severity", "")),
        policy=str(line.get("policy", "")),
        clause=str(line.get("clause", "")),
        asks=str(line.get("asks", "")),
        status=str(line.get("status", "")),
        hard_stop=bool(line.get("hard_stop", False)),
    )


def _judged(outcome: OutcomeLine, name: str) -> Requirement:
    cited = outcome.citation
    return Requirement(
        cited.ruleset, outcome.rule, name, outcome.severity, cited.policy, cited.clause, status=cited.status
    )


def scorecard(report: Report) -> list[RequirementScore]:
    """One row per requirement, those without a single outcome among them."""
    scores = scores_by(report.outcomes, requirement_key)
    known = Counter((requirement_key(f), f.disposition) for f in report.findings)
    return [
        RequirementScore(r, scores.get(r.key, Score()), known[(r.key, "waived")], known[(r.key, "baseline")])
        for r in requirements(report)
    ]


def group_scores(
    report: Report, outcome_group: Callable[[OutcomeLine], str], finding_group: Callable[[Finding], str]
) -> list[GroupScore]:
    """The scores of groups by key; outcomes and findings of the group "" come last."""
    scores = scores_by(report.outcomes, outcome_group)
    severities = Counter((finding_group(f), f.severity) for f in report.findings)
    stops = Counter(finding_group(f) for f in report.findings if f.hard_stop and f.verdict == "not_met")
    return [
        GroupScore(key, key, scores[key], {s: severities[(key, s)] for s in SEVERITIES}, stops[key])
        for key in sorted(scores, key=lambda k: (k == "", k))
    ]
