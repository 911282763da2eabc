"""Every rule is documented, and its page is true: the bad example is found, the good one is not."""

from __future__ import annotations

import pytest
from judging import FINDINGS, judged

import peerlint.rules  # noqa: F401
from peerlint.rules.base import REGISTRY, Rule, Verdict

RULES = [pytest.param(rule, id=rule.code) for rule in REGISTRY.values()]


@pytest.mark.parametrize("rule", RULES)
def test_every_part_is_there(rule: Rule) -> None:
    page = rule.page()
    assert list(page) == ["what", "why", "bad", "good", "mend"]
    assert all(page.values())


@pytest.mark.parametrize("rule", RULES)
def test_the_bad_example_is_found(rule: Rule) -> None:
    example = rule.page()["bad"]
    if example.startswith("("):
        return
    verdicts = {outcome.verdict for outcome in judged(rule, example)}
    assert verdicts & FINDINGS, verdicts


@pytest.mark.parametrize("rule", RULES)
def test_the_good_example_is_not(rule: Rule) -> None:
    outcomes = judged(rule, rule.page()["good"])
    assert outcomes
    assert not [outcome for outcome in outcomes if outcome.verdict in FINDINGS]
    assert any(outcome.verdict in (Verdict.MET, Verdict.NOT_APPLICABLE) for outcome in outcomes)
