"""Saved runs held against each other: what is new, what came again, what was mended, and the trend per requirement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from peerlint.findings.model import Finding, Report
from peerlint.findings.scores import Requirement, Score, requirement_key, requirements, score, scores_by


@dataclass(frozen=True, slots=True)
class RunPoint:
    """One run of a comparison, oldest first."""

    as_of: str
    tool_version: str
    documents: int
    findings: int
    score: Score


@dataclass(frozen=True, slots=True)
class Trend:
    """A requirement over the runs; None where a run did not judge it."""

    requirement: Requirement
    scores: tuple[Score | None, ...]

    @property
    def change(self) -> float | None:
        """Percentage points from the first judged run to the last."""
        judged = [s.percent for s in self.scores if s and s.percent is not None]
        return round(judged[-1] - judged[0], 1) if len(judged) > 1 else None


@dataclass(frozen=True, slots=True)
class Repeated:
    """A finding that was there before. ``runs`` counts the earlier runs that had it, one after another up to now."""

    finding: Finding
    runs: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The newest run against those before it. ``gone`` were there, and their document or rule was not judged now."""

    runs: tuple[RunPoint, ...]
    new: tuple[Finding, ...]
    repeated: tuple[Repeated, ...]
    fixed: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    trends: tuple[Trend, ...]


def compare(newest: Report, earlier: Sequence[Report]) -> Comparison:
    """``earlier`` in any order; findings are matched by fingerprint, as often as each occurs."""
    before = sorted(earlier, key=lambda report: str(report.run.get("as_of", "")))
    latest = before[-1]
    new, repeated = _new_and_repeated(newest, before)
    fixed, gone = _fixed_and_gone(newest, latest)
    runs = [*before, newest]
    return Comparison(
        runs=tuple(_point(report) for report in runs),
        new=tuple(new),
        repeated=tuple(repeated),
        fixed=tuple(fixed),
        gone=tuple(gone),
        trends=tuple(_trends(runs)),
    )


def _new_and_repeated(newest: Report, before: Sequence[Report]) -> tuple[list[Finding], list[Repeated]]:
    known = [Counter(f.fingerprint for f in report.findings) for report in reversed(before)]
    new: list[Finding] = []
    repeated: list[Repeated] = []
    seen = Counter[str]()
    for finding in newest.findings:
        seen[finding.fingerprint] += 1
        streak = _streak(known, finding.fingerprint, seen[finding.fingerprint])
        if streak:
            repeated.append(Repeated(finding, streak))
        else:
            new.append(finding)
    return new, repeated


def _streak(known: list[Counter[str]], fingerprint: str, times: int) -> int:
    for count, findings in enumerate(known):
        if findings[fingerprint] < times:
            return count
    return len(known)


def _fixed_and_gone(newest: Report, latest: Report) -> tuple[list[Finding], list[Finding]]:
    now = Counter(f.fingerprint for f in newest.findings)
    read = {d.path for d in newest.documents if d.status == "read"}
    judged = {(o.rule, o.subject.partition("#")[0]) for o in newest.outcomes}
    fixed: list[Finding] = []
    gone: list[Finding] = []
    seen = Counter[str]()
    for finding in latest.findings:
        seen[finding.fingerprint] += 1
        if seen[finding.fingerprint] <= now[finding.fingerprint]:
            continue
        looked_at = finding.path in read and (finding.rule, finding.path) in judged
        (fixed if looked_at else gone).append(finding)
    return fixed, gone


def _point(report: Report) -> RunPoint:
    return RunPoint(
        as_of=str(report.run.get("as_of", "")),
        tool_version=report.tool.get("version", ""),
        documents=len(report.documents),
        findings=len(report.findings),
        score=score(report.outcomes),
    )


def _trends(runs: Sequence[Report]) -> list[Trend]:
    scores = [scores_by(report.outcomes, requirement_key) for report in runs]
    known = {r.key: r for report in runs for r in requirements(report)}
    return [
        Trend(known[key], tuple(by_requirement.get(key) for by_requirement in scores))
        for key in sorted(known, key=lambda k: (k[1], k[0]))
        if any(key in by_requirement for by_requirement in scores)
    ]
