"""Parameters are checked against the options that rules declare."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from peerlint.policy.errors import RulesetError
from peerlint.policy.load import load
from peerlint.policy.parameters import check_parameters

Write = Callable[..., Path]

OPTIONS = {
    "N102": {"pattern": "x", "shape": "y"},
    "N105": {"allowed": ["face-to-face"]},
    "N109": {"start_and_end": True},
    "B105": {"share": 0.2, "fiscal_year_start_month": 7},
    "P108": {"within_months": None},
}


def requirement(write: Write, folder: Path, code: str, parameters: str) -> Path:
    return write(folder, "mine", f"requirements:\n  {code}: {{severity: error, parameters: {parameters}}}\n")


@pytest.mark.parametrize(
    ("code", "parameters", "what", "suggestion"),
    [
        ("N102", "{patern: x}", "the rule has no option 'patern'", "pattern"),
        ("N102", "{pattern: '['}", "is not a regular expression", ""),
        ("N102", "{shape: 9}", "must be text in quotes, not 9", ""),
        ("N105", "{allowed: face-to-face}", "must be a list, not 'face-to-face'", ""),
        ("N105", "{allowed: [02]}", "must be a list of texts; put each in quotes", ""),
        ("N109", "{start_and_end: 1}", "must be true or false, not 1", ""),
        ("B105", "{share: a fifth}", "must be a number, not 'a fifth'", ""),
        ("B105", "{fiscal_year_start_month: 7.5}", "must be a whole number, not 7.5", ""),
        ("B105", "{fiscal_year_start_month: true}", "must be a whole number, not True", ""),
        ("Q101", "{likeness: 1}", "the rule has no option 'likeness'", ""),
    ],
)
def test_a_parameter_that_does_not_fit_is_refused(
    write: Write, tmp_path: Path, code: str, parameters: str, what: str, suggestion: str
) -> None:
    ruleset = load(requirement(write, tmp_path, code, parameters))
    with pytest.raises(RulesetError) as refusal:
        check_parameters(ruleset, OPTIONS)
    (problem,) = refusal.value.problems
    assert (problem.what, problem.suggestion) == (what, suggestion)
    assert problem.key.startswith(f"requirements.{code}.parameters.")


@pytest.mark.parametrize(
    ("code", "parameters"),
    [
        ("N102", r"{pattern: '\d{13}', shape: thirteen digits}"),
        ("N105", "{allowed: []}"),
        ("B105", "{share: 1, fiscal_year_start_month: 10}"),
        ("P108", "{within_months: 12}"),
        ("S104", "{ratio: 10}"),
    ],
)
def test_a_parameter_that_fits_is_taken(write: Write, tmp_path: Path, code: str, parameters: str) -> None:
    check_parameters(load(requirement(write, tmp_path, code, parameters)), OPTIONS)


def test_a_parameter_of_the_file_is_told_at_its_line(write: Write, tmp_path: Path) -> None:
    path = requirement(write, tmp_path, "N102", "{patern: x}")
    with pytest.raises(RulesetError, match=r"^mine.yaml:7: requirements.N102.parameters.patern: the rule has no"):
        load(path, OPTIONS)


def test_a_parameter_of_the_base_is_told_of_the_base(write: Write, tmp_path: Path) -> None:
    write(tmp_path, "base", "requirements:\n  N102: {severity: error, parameters: {patern: x}}\n")
    with pytest.raises(RulesetError, match=r"^base.yaml: requirements.N102.parameters.patern"):
        load(write(tmp_path, "mine", "extends: base\n"), OPTIONS)
