"""How records read: papers without a telling title, and what of a text must not matter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlint.documents.text import document_from_text
from peerlint.records.kind_model import features, likeness
from peerlint.records.model import Kind
from peerlint.records.recognise import recognise

UNTITLED = {
    "a diary page": (
        Kind.NOTE,
        "Thursday 8 May, 2 to 3 pm, at the food bank\nMet Orla by the door. She was nervous about asking for the large "
        "box. I told her about my own first time there and we practiced one sentence. She asked at the counter herself "
        "and smiled afterwards. Next week we look at the bus card.\nJun Abe, CPSS, 5/8/2025",
    ),
    "a form of one's own": (
        Kind.NOTE,
        "Person: Orla Finn\nDay: 05/08/2025\nClock: 2:00 PM - 3:00 PM\nSpot: food bank\n"
        "Aim: goal 2, eat regular meals\n"
        "I helped by: rehearsing what to ask for and standing beside her.\nIt led to: she asked by herself and got the "
        "box.\nUnits: 4\nJun Abe, CPSS",
    ),
    "a letter of wishes": (
        Kind.PLAN,
        "What Orla and her team agreed\nI want to cook for myself again. By August I will make supper four evenings a "
        "week. My peer will plan the shopping with me once a week and share what worked for her.\nI want to see my "
        "sister. By December I will have visited twice. My peer will help me practice the call.\nStrengths: humor, "
        "patience\nOrla Finn, May 2, 2025\nL. Ost, LCSW, May 2, 2025",
    ),
    "a card for the wallet": (
        Kind.CRISIS_PLAN,
        "If I am not myself\nYou notice: I talk fast and do not sleep\nIt starts with: bills, my stepfather, the dark\n"
        "Do: sit with me, turn the music low\nDo not: crowd me, raise your voice\nCall Nell 828-555-0101, then "
        "the mobile team 828-555-0102, day or night, or 988",
    ),
    "a bill": (
        Kind.OTHER,
        "Bell Plumbing\n2 hours labor at $85.00, one valve $31.50\nAmount due $201.50 within 30 days\n"
        "Thank you for your business!",
    ),
    "a notice on the board": (
        Kind.OTHER,
        "Softball at Miller Field, Saturday at noon! Bring a glove and a friend. Hot dogs and lemonade are on us. "
        "Families welcome, rain or shine.",
    ),
}


@pytest.mark.parametrize("case", UNTITLED)
def test_a_paper_without_a_telling_title_is_known_by_how_it_reads(case: str) -> None:
    kind, text = UNTITLED[case]

    assert [record.kind for record in recognise(document_from_text(text), "x.docx")] == [kind]


def test_dates_times_numbers_and_phones_do_not_matter() -> None:
    one = [
        "Date of service: 03/04/2025, 9:00 AM - 10:15 AM",
        "MID 948217305K, call 828-555-0142, $12.50, F33.1, 5 units",
    ]
    other = [
        "Date of service: 11/12/2024, 1:30 PM - 2:45 PM",
        "MID 900113278M, call 704-555-0199, $7.00, F20.9, 3 units",
    ]

    assert features(one) == features(other)


@given(st.lists(st.text(max_size=80), max_size=8))
def test_chances_are_told_for_any_text_and_make_a_whole(lines: list[str]) -> None:
    chances = likeness(lines)

    assert set(chances) == set(Kind)
    assert sum(chances.values()) == pytest.approx(1.0)


def test_a_page_that_could_be_anything_is_not_taken_for_something() -> None:
    text = (
        "Ana Ruiz, 948217305K\nWhat we talked about: the apartment, her sleep, whom she can call.\n"
        "What we will do: look at two places, go to the clinic."
    )
    (record,) = recognise(document_from_text(text), "x.docx")

    assert record.header.may_be
