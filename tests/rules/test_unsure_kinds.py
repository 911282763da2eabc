"""What is said of a member one of whose papers may be of several kinds: once that a person must look, and no more."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from judging import AS_OF, FINDINGS, judge, read

from peerlint.language.reader import NarrativeReader
from peerlint.policy.load import load
from peerlint.records.gather import gather
from peerlint.records.model import Caseload, Kind
from peerlint.rules.base import REGISTRY, Verdict
from peerlint.rules.bindings import as_named
from peerlint.rules.judge import Judge

HEAD = "Name: Ana Ruiz\nMedicaid ID: 948217305K\n"
NOTE = f"Progress Note\n{HEAD}Date of service: 03/04/2025\nIntervention: I helped Ana fill in her application."
PLAN = f"Person-Centered Plan\n{HEAD}Date of plan: 01/06/2025\nGoal 1: I will have a place of my own."
PAPER = f"{HEAD}Whatever stands here, nobody can tell what it is for."
LATER = NOTE.replace("03/04", "03/11")


def chart(*texts: str, doubtful: int, may_be: tuple[Kind, ...]) -> Caseload:
    """The caseload of the texts, the one numbered ``doubtful`` (from 1) of uncertain kind."""
    documents = []
    for document in read(texts).documents:
        if document.path == f"{doubtful}.txt":
            records = (replace(r, header=replace(r.header, may_be=may_be)) for r in document.records)
            document = replace(document, records=tuple(records))
        documents.append(document)
    return gather(documents)


def findings(code: str, caseload: Caseload) -> list[tuple[Verdict, str]]:
    return [(o.verdict, o.message) for o in judge(REGISTRY[code], caseload) if o.verdict in FINDINGS]


def test_its_kind_is_asked_for_once() -> None:
    caseload = chart(NOTE, PAPER, doubtful=2, may_be=(Kind.PLAN, Kind.NOTE))

    assert findings("D103", caseload) == [
        (
            Verdict.NEEDS_REVIEW,
            "cannot tell what kind of record this is: it may be another paper or a plan or a note",
        )
    ]


def test_a_paper_that_may_be_the_plan_is_named_once_for_all_notes() -> None:
    caseload = chart(NOTE, LATER, PAPER, doubtful=3, may_be=(Kind.PLAN,))

    assert findings("P101", caseload) == [
        (Verdict.NEEDS_REVIEW, "no plan that is certainly one; 3.txt may be it"),
    ]
    assert findings("D107", caseload) == []


def test_a_paper_that_may_be_something_else_excuses_nothing() -> None:
    caseload = chart(NOTE, LATER, PAPER, doubtful=3, may_be=(Kind.CRISIS_PLAN,))

    assert [verdict for verdict, _ in findings("P101", caseload)] == [Verdict.NOT_MET]
    assert [verdict for verdict, _ in findings("D107", caseload)] == [Verdict.NOT_MET] * 2


def test_a_paper_that_may_be_the_crisis_plan_is_named() -> None:
    caseload = chart(PLAN, NOTE, PAPER, doubtful=3, may_be=(Kind.CRISIS_PLAN,))

    assert findings("C101", caseload) == [
        (Verdict.NEEDS_REVIEW, "no crisis plan that is certainly one; 3.txt may be it"),
    ]


@pytest.mark.parametrize("kind", [Kind.NOTE, Kind.PLAN])
def test_a_record_of_uncertain_kind_is_not_judged_as_one(kind: Kind) -> None:
    text = {Kind.NOTE: NOTE, Kind.PLAN: PLAN}[kind]
    caseload = chart(text, PLAN, LATER, doubtful=1, may_be=(Kind.OTHER,))
    ruleset = load("wellcare-nc-2025")
    judged = Judge(caseload, NarrativeReader(caseload), as_named([ruleset]), AS_OF).outcomes()
    found = Counter(j.rule.code for j in judged if j.outcome.subject.path == "1.txt" and j.outcome.verdict in FINDINGS)

    assert found["D103"] == 1
    assert not [code for code in found if REGISTRY[code].scope.value == kind.value]
