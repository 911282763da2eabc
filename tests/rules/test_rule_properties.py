"""What must hold for all rules together, whatever is in the charts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import AS_OF, FINDINGS, facts, judge
from writing import HANDS, write

from peerlint.records.gather import gather
from peerlint.records.model import DocumentFacts
from peerlint.rules.base import REGISTRY

ANA = {"name": "Ana Ruiz", "medicaid_id": "948217305K", "birth_date": "06/14/1979"}
BEN = {"name": "Ben Stone", "medicaid_id": "917386024M", "birth_date": "02/17/1967"}
NOTE_FAULTS: list[dict[str, Any]] = [
    {},
    {"medicaid_id": "94821730K"},
    {"contact": "Telephone (audio only)"},
    {"contact": ""},
    {"units": "6"},
    {"response": ""},
    {"signature": ""},
    {"goals": "7"},
    {"date": "01/06/2025"},
    {"birth_date": "06/14/1997"},
    {"start": "3:30 PM", "end": "2:15 PM"},
    {"intervention": "I picked Ana up and drove her to the housing office in my car."},
    {"signature": "/s/ Dana Wells, CPSS   Date: 06/28/2025"},
]
PLAN_FAULTS: list[dict[str, Any]] = [{}, {"transition": None}, {"member_signature": "/s/ Ana Ruiz"}, {"order": ""}]
DAYS = ["03/04/2025", "03/06/2025", "03/11/2025", "04/01/2025"]
STRANGER = "FRIDAY FISH FRY\nAll you can eat, five to eight, doors open at half past four.\nBring the family."
TIGHTER = [
    ("N122", "hours_allowed", 240, 24),
    ("N122", "unbillable_after_days", 30, 2),
    ("N120", "words_per_unit", 1, 12),
    ("N105", "allowed", ["face-to-face", "audio-only"], ["face-to-face"]),
    ("N109", "start_and_end", False, True),
    ("P107", "months", 24, 1),
    ("B104", "rounding", "either", "floor"),
    ("B105", "share", 0.9, 0.1),
    ("B106", "daily", 16, 2),
    ("B106", "weekly", 32, 4),
    ("C104", "months", 24, 1),
    ("E101", "minimum_age", 18, 60),
    ("E103", "minimum_areas", 1, 4),
    ("S101", "days", 30, 3),
    ("L104", "days", 60, 20),
]


@st.composite
def agencies(draw: st.DrawFn) -> dict[str, str]:
    """A small agency as texts by path: a chart with a plan and some notes, and a chart without a plan."""
    hand = draw(st.sampled_from(HANDS))
    texts = {"a/plan.txt": write({"plan": {**ANA, **draw(st.sampled_from(PLAN_FAULTS))}}, hand)}
    if draw(st.booleans()):
        texts["a/crisis.txt"] = write({"crisis": {}}, hand)
    for member, folder in ((ANA, "a"), (BEN, "b")):
        for day in draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=2, unique=True)):
            note = {**member, "date": day, **draw(st.sampled_from(NOTE_FAULTS))}
            texts[f"{folder}/{day.replace('/', '-')}.txt"] = write({"note": note}, hand)
    return texts


@cache
def read(path: str, text: str) -> DocumentFacts:
    return facts(path, text)


def outcomes(documents: Iterable[DocumentFacts], as_of: date = AS_OF) -> set[tuple[str, str, str]]:
    """Rule, subject and verdict of every outcome of every rule."""
    caseload = gather(documents)
    return {
        (code, outcome.subject.id, outcome.verdict.value)
        for code, rule in REGISTRY.items()
        for outcome in judge(rule, caseload, as_of=as_of)
    }


def findings(documents: Iterable[DocumentFacts]) -> set[tuple[str, str]]:
    return {(code, subject) for code, subject, verdict in outcomes(documents) if verdict in FINDINGS}


@settings(max_examples=8)
@given(agencies(), st.randoms(use_true_random=False))
def test_the_order_of_files_changes_nothing(agency: dict[str, str], random: Any) -> None:
    documents = [read(path, text) for path, text in agency.items()]
    shuffled = random.sample(documents, len(documents))
    assert outcomes(shuffled) == outcomes(documents)


@settings(max_examples=8)
@given(agencies())
def test_an_unrelated_document_removes_no_finding(agency: dict[str, str]) -> None:
    documents = [read(path, text) for path, text in agency.items()]
    assert findings(documents) <= findings([*documents, read("c/flyer.txt", STRANGER)])


@settings(max_examples=8)
@given(agencies())
def test_moving_every_date_by_a_year_moves_the_report_with_them(agency: dict[str, str]) -> None:
    here = [read(path, text) for path, text in agency.items()]
    later = [read(path, re.sub(r"/(20\d\d)\b", lambda y: f"/{int(y[1]) + 1}", text)) for path, text in agency.items()]
    assert outcomes(later, AS_OF.replace(year=AS_OF.year + 1)) == outcomes(here)


@pytest.mark.parametrize(("code", "name", "loose", "tight"), TIGHTER)
@settings(max_examples=5)
@given(agencies())
def test_a_tighter_parameter_removes_no_finding(
    code: str, name: str, loose: object, tight: object, agency: dict[str, str]
) -> None:
    caseload = gather(read(path, text) for path, text in agency.items())

    def found(value: object) -> set[str]:
        told = judge(REGISTRY[code], caseload, {name: value})
        return {outcome.subject.id for outcome in told if outcome.verdict in FINDINGS}

    assert found(loose) <= found(tight)
