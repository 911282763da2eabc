"""What a note tells of purpose, intervention and response, and how much of it is specific."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prose import cases, note

from peerlint.language.model import Presence, Role
from peerlint.language.roles import OUTPUTS, WEIGHTS, role_model
from peerlint.language.substance import read_substance, specific_words, staff_acts
from peerlint.language.words import words

SUBSTANCE = cases("substance")


@pytest.mark.parametrize("case", SUBSTANCE, ids=lambda case: case["name"])
def test_tells_its_parts(case: dict) -> None:
    found = read_substance(note(case["note"], member=case.get("member", "Ana Ruiz"), signer=case.get("signer", "")))
    for part in ("purpose", "intervention", "response"):
        if part in case:
            assert getattr(found, part).presence.value == case[part], (part, getattr(found, part))
    assert found.stock_only == case.get("stock_only", False)


@pytest.mark.parametrize("case", SUBSTANCE, ids=lambda case: case["name"])
def test_quotes_what_stands_in_the_note(case: dict) -> None:
    written = " ".join((case["note"] if isinstance(case["note"], str) else " ".join(case["note"].values())).split())
    found = read_substance(note(case["note"], member=case.get("member", "Ana Ruiz")))
    for telling in (found.purpose, found.intervention, found.response):
        assert telling.quote.rstrip("…") in written
        assert telling.presence is Presence.TOLD or telling.why


@pytest.mark.parametrize(
    ("sentence", "acts"),
    [
        ("I showed her the form.", True),
        ("We drew a map of the bus stops.", True),
        ("CPSS helped mbr sort the mail.", True),
        ("Went over the notice line by line.", True),
        ("Reviewing the lease with member, clause by clause.", True),
        ("She told CPSS about the party.", False),
        ("Member walked to the store with her aunt.", False),
        ('He said "I read it and we signed it."', False),
        ("Met with Ana at the library.", True),
        ("", False),
    ],
)
def test_knows_who_acts(sentence: str, acts: bool) -> None:
    assert staff_acts(sentence) is acts


def test_counts_only_words_that_tell_something() -> None:
    assert specific_words(words("Provided support and encouragement toward goals per plan.")) == 0
    assert specific_words(words("Rehearsed the oath with her twice in the empty courtroom.")) >= 4


def test_counts_a_word_once() -> None:
    assert specific_words(words("lease lease lease")) == 1


def test_a_note_without_narrative_tells_nothing() -> None:
    found = read_substance(note({}))
    assert (found.words, found.specific_words, found.stock_only) == (0, 0, False)
    assert {found.purpose.presence, found.intervention.presence, found.response.presence} == {Presence.MISSING}


@given(st.text(max_size=400))
def test_reads_any_text(text: str) -> None:
    found = read_substance(note({"intervention": text, "response": text}))
    assert 0 <= found.specific_words <= found.words


def test_role_model_tells_roles_apart() -> None:
    did = role_model().parts("I showed him how to read the lease and role-played the call.")
    felt = role_model().parts("She said she feels calmer and was able to do it on her own.")
    assert did[Role.INTERVENTION] > 0.5 > felt[Role.INTERVENTION]
    assert felt[Role.RESPONSE] > did[Role.RESPONSE]
    assert role_model().parts("Provided support.").empty > 0.8


def test_role_weights_are_small_and_complete() -> None:
    assert WEIGHTS.stat().st_size < 1_500_000
    assert role_model().weights.shape[1] == len(OUTPUTS)


def test_reads_a_hundred_notes_in_a_second() -> None:
    prose = "I went over the lease with her and she marked each page. " * 14
    read_substance(note(prose))
    began = time.process_time()
    for _ in range(100):
        read_substance(note(prose))
    assert time.process_time() - began < 1
