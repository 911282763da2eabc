"""The cases written beside the shipped rulesets pass, and mistakes in a file of cases are told at their place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from peerlint.policy.cases import Case, cases_beside, gravest, read_cases
from peerlint.policy.errors import RulesetError
from peerlint.policy.load import load, shipped
from peerlint.run import judge_texts


def shipped_cases() -> Iterator[Any]:
    for name in shipped():
        if (path := cases_beside(name)).is_file():
            cases = read_cases(path)
            for case in cases.cases:
                yield pytest.param(name, cases.as_of, case, id=f"{name}: {case.name}")


@pytest.mark.parametrize(("name", "as_of", "case"), list(shipped_cases()))
def test_the_cases_of_shipped_rulesets_pass(name: str, as_of: Any, case: Case) -> None:
    given: dict[str, list[str]] = {}
    for outcome in judge_texts(load(name), case.documents, as_of).outcomes:
        given.setdefault(outcome.rule, []).append(outcome.verdict)
    assert case.disagreements(gravest(given)) == []


@pytest.mark.parametrize(
    ("expect", "what"),
    [("{N11O: met}", "there is no rule N11O"), ("{N110: mett}", "'mett' is no verdict; did you mean met?")],
)
def test_a_mistaken_expectation_is_told_at_its_line(tmp_path: Path, expect: str, what: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(f"as_of: 2025-01-01\ncases:\n  - name: x\n    records: y\n    expect: {expect}\n")
    with pytest.raises(RulesetError, match=what) as refusal:
        read_cases(path)
    assert (refusal.value.problems[0].line, refusal.value.problems[0].key) == (5, "cases.0.expect")


def test_records_are_parted_by_three_hyphens() -> None:
    case = Case(name="x", records="# Plan\nName: A\n---\n# Note\nName: A\n", expect={})
    assert case.documents == ("# Plan\nName: A", "# Note\nName: A")


def test_the_gravest_verdict_stands_for_all() -> None:
    assert gravest({"N110": ["met", "not_met"], "N111": ["not_applicable", "met"], "N112": []}) == {
        "N110": "not_met",
        "N111": "met",
    }


def test_what_was_not_judged_is_a_disagreement() -> None:
    case = Case(name="x", records="y", expect={"N110": "met"})
    assert case.disagreements({}) == ["N110: expected met, got no verdict"]
