"""The shipped rulesets account for every clause of their sources, and ask for nothing that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from peerlint.policy.attest import attestations
from peerlint.policy.codes import codes
from peerlint.policy.coverage import coverage
from peerlint.policy.load import load, shipped
from peerlint.policy.model import ClauseKind, Severity
from peerlint.policy.parameters import check_parameters
from peerlint.rules.base import REGISTRY

SOURCES = yaml.safe_load(Path(__file__).with_name("clauses.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", SOURCES)
def test_every_clause_of_the_source_is_there(name: str) -> None:
    ruleset = load(name)
    own = {c.id: (str(c.kind), set(c.rules)) for c in ruleset.clauses if c.policy == ruleset.policy}
    assert own == {id_: (c["kind"], set(c.get("rules", ()))) for id_, c in SOURCES[name].items()}


@pytest.mark.parametrize("name", shipped())
def test_every_clause_is_covered(name: str) -> None:
    assert [cover.clause.id for cover in coverage(load(name)) if cover.uncovered] == []


@pytest.mark.parametrize("name", SOURCES)
def test_every_rule_of_a_clause_cites_it(name: str) -> None:
    ruleset = load(name)
    for clause in (clause for clause in ruleset.clauses if clause.policy == ruleset.policy):
        for code in clause.rules:
            assert clause.id in ruleset.requirements[code].clauses


@pytest.mark.parametrize("name", shipped())
def test_what_is_remembered_is_never_an_error(name: str) -> None:
    unverified = [r for r in load(name).requirements.values() if r.citation == "unverified"]
    assert [r.rule for r in unverified if r.severity is Severity.ERROR or r.hard_stop] == []


@pytest.mark.parametrize("name", shipped())
def test_every_requirement_says_what_it_asks_and_whence(name: str) -> None:
    for requirement in load(name).requirements.values():
        assert requirement.asks.endswith(".")
        assert requirement.clauses or requirement.policy == "general record keeping"


@pytest.mark.parametrize("name", shipped())
def test_parameters_are_options_of_their_rules(name: str) -> None:
    check_parameters(load(name), {code: rule.parameters for code, rule in REGISTRY.items()})


def test_codes_and_names_are_those_of_the_rules() -> None:
    known = codes()
    assert {code: rule.name for code, rule in REGISTRY.items()}.items() <= known.names.items()
    assert set(known.names) - set(REGISTRY) == set(known.attested)


@pytest.mark.parametrize("name", SOURCES)
def test_only_people_can_answer_what_is_listed_to_attest(name: str) -> None:
    ruleset = load(name)
    listed = {clause for clause, _ in attestations(ruleset)}
    attest = {c.id for c in ruleset.clauses if c.kind is ClauseKind.ATTEST}
    own = [c for c in ruleset.clauses if c.policy == ruleset.policy]
    beyond_documents = {c.id for c in own if set(c.rules) & set(codes().attested)}
    assert attest | beyond_documents <= listed
    assert all(c.rules for c in ruleset.clauses if c.id in listed - attest)


def test_what_gave_way_to_the_payers_own_clause_is_not_attested_twice() -> None:
    listed = [clause for clause, says in attestations(load("wellcare-nc-2025")) if "needs claims" in says]
    assert listed == ["VII.E"]


def test_a_clause_that_needs_claims_says_so() -> None:
    says = dict(attestations(load("wellcare-nc-2025")))["VII.E"]
    assert says == "Not covered: services that were not rendered. (to be attested: needs claims)"
