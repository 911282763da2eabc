"""Runs held against each other: findings by fingerprint, as often as each occurs, and the trend per requirement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from agency import earlier_report, sample_report

from peerlint.findings.compare import compare
from peerlint.findings.model import Finding, Report

ONE = sample_report().findings[1]


def run_with(fingerprints: str, as_of: str = "2025-07-31") -> Report:
    findings = [replace(ONE, fingerprint=letter) for letter in fingerprints]
    return replace(sample_report(), findings=findings, run={"as_of": as_of})


def letters(findings: Sequence[Finding]) -> str:
    return "".join(f.fingerprint for f in findings)


@pytest.mark.parametrize(
    ("before", "now", "new", "repeated", "fixed"),
    [
        ("ab", "ab", "", "ab", ""),
        ("ab", "bc", "c", "b", "a"),
        ("aa", "a", "", "a", "a"),
        ("a", "aa", "a", "a", ""),
        ("", "ab", "ab", "", ""),
        ("ab", "", "", "", "ab"),
    ],
)
def test_findings_are_matched_as_often_as_they_occur(
    before: str, now: str, new: str, repeated: str, fixed: str
) -> None:
    comparison = compare(run_with(now), [run_with(before, "2025-04-30")])
    assert letters(comparison.new) == new
    assert letters([r.finding for r in comparison.repeated]) == repeated
    assert letters(comparison.fixed) == fixed


def test_repeats_count_the_runs_in_a_row_up_to_now() -> None:
    earlier = [run_with("a", "2025-01-31"), run_with("", "2025-02-28"), run_with("ab", "2025-03-31")]
    comparison = compare(run_with("abc"), [earlier[2], earlier[0], earlier[1]])
    assert {r.finding.fingerprint: r.runs for r in comparison.repeated} == {"a": 1, "b": 1}
    assert [run.as_of for run in comparison.runs] == ["2025-01-31", "2025-02-28", "2025-03-31", "2025-07-31"]


def test_a_finding_is_fixed_only_where_its_document_was_judged_again() -> None:
    comparison = compare(sample_report(), [earlier_report()])
    assert [f.message for f in comparison.fixed] == ["mended since"]
    without = replace(sample_report(), documents=[d for d in sample_report().documents if "vega" not in d.path])
    gone = compare(without, [earlier_report()]).gone
    assert [f.message for f in gone] == ["mended since"]


def test_a_finding_whose_rule_was_not_asked_is_not_fixed() -> None:
    newest = sample_report()
    others = [f for f in newest.findings if f.rule != "N110"]
    only = replace(newest, findings=others, outcomes=[o for o in newest.outcomes if o.rule != "N110"])
    comparison = compare(only, [newest])
    assert {f.rule for f in comparison.gone} == {"N110"}
    assert not comparison.fixed


def test_the_trend_is_in_points_from_first_to_last_judged_run() -> None:
    comparison = compare(sample_report(), [earlier_report()])
    trend = {t.requirement.code: ([s.percent if s else None for s in t.scores], t.change) for t in comparison.trends}
    assert trend["N110"] == ([72.7, 80.0], 7.3)
    assert trend["C105"] == ([100.0, 100.0], 0.0)
