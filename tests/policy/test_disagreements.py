"""The same record gets different outcomes under different policies, each resting on the right clause."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from peerlint.policy.cases import VERDICTS
from peerlint.policy.load import load
from peerlint.run import judge_texts

CASES = yaml.safe_load(Path(__file__).with_name("disagreements.yaml").read_text(encoding="utf-8"))


def expectations() -> Iterator[Any]:
    for case in CASES:
        for rule, by_ruleset in case["expect"].items():
            for name, expected in by_ruleset.items():
                yield pytest.param(case["records"], rule, name, expected, id=f"{case['name']}: {rule} {name}")


@pytest.mark.parametrize(("records", "rule", "name", "expected"), list(expectations()))
def test_policies_disagree(records: str, rule: str, name: str, expected: list[str] | str) -> None:
    report = judge_texts(load(name), records.split("\n---\n"), date(2025, 7, 31))
    told = [(o.verdict, o.citation.clause) for o in report.outcomes if o.rule == rule]
    if expected == "not asked":
        assert told == []
    else:
        verdict, clause = min(told, key=lambda outcome: VERDICTS.index(outcome[0]))
        assert verdict in expected[0].split(" or ")
        assert clause == expected[1]


@pytest.mark.parametrize(
    ("name", "clauses"),
    [
        ("wellcare-nc-2023", {"II.I", "Background.I.A"}),
        ("nc-dma-legacy", {"Entrance.authorization"}),
        ("wellcare-nc-2025", set()),
        ("cch-nc-2025", set()),
    ],
)
def test_prior_authorization_is_attested_where_the_policy_asks_for_it(name: str, clauses: set[str]) -> None:
    assert {clause.id for clause in load(name).clauses if "B107" in clause.rules} == clauses
