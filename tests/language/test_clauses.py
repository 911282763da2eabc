"""Tokens and sentences of notes, shorthand included."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerlint.language.clauses import plain
from peerlint.language.pipeline import blank

READER = blank()


def split(text: str) -> list[str]:
    return [span.text.strip() for span in READER(text).sents]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Met w/ Mr. T. at 3 p.m. on the porch. He was calm.",
            ["Met w/ Mr. T. at 3 p.m. on the porch.", "He was calm."],
        ),
        ("P: no ride. I: gave one. E: on time.", ["P: no ride.", "I: gave one.", "E: on time."]),
        ("told her lay down. i got them. good", ["told her lay down.", "i got them.", "good"]),
        ("First line\nSecond line", ["First line", "Second line"]),
        ("a line that\nruns on", ["a line that\nruns on"]),
        ("Stayed 1.5 hr. Left.", ["Stayed 1.5 hr.", "Left."]),
        ("Saw Dr. Patel. Then home.", ["Saw Dr. Patel.", "Then home."]),
        ("She said “I can.” Then left.", ["She said “I can.”", "Then left."]),
        (
            "We walked to the corner and looked at the bus map for the new route out there and I asked what scared her",
            [
                "We walked to the corner and looked at the bus map for the new route out there",
                "and I asked what scared her",
            ],
        ),
    ],
)
def test_sentences_end_where_note_writers_end_them(text: str, wanted: list[str]) -> None:
    assert split(text) == wanted


@pytest.mark.parametrize(
    ("written", "read"), [("w/", "with"), ("w/o", "without"), ("&", "and"), ("Member’s", "member's")]
)
def test_shorthand_is_read_plainly(written: str, read: str) -> None:
    assert plain(written) == read


@given(st.text(max_size=200))
@settings(max_examples=100)
def test_no_character_is_lost(text: str) -> None:
    assert READER(text).text == text
