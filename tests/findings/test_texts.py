"""Text of a record that is shown can neither steer a terminal nor turn the direction of reading."""

from __future__ import annotations

import unicodedata

import pytest
from agency import sample_report
from hypothesis import given
from hypothesis import strategies as st

from peerlint.findings.texts import map_texts, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("met\u202e with\u0007 him\x1b[31m again", "met with him again"),
        ("two\nlines\tand   space", "two lines and space"),
        ("\x1b]0;title\x07left", "left"),
        ("zero\u200bwidth and \ufeffmark", "zerowidth and mark"),
        ("Siobhán O’Dwyer – 日本", "Siobhán O’Dwyer – 日本"),
        ("lone\udce9surrogate", "lonesurrogate"),
    ],
)
def test_shown_as(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text())
def test_nothing_that_steers_is_left(text: str) -> None:
    shown = printable(text)
    assert all(unicodedata.category(c) not in ("Cc", "Cf", "Cs") for c in shown)
    assert printable(shown) == shown
    shown.encode("utf-8")


def test_every_text_of_a_report_is_reached() -> None:
    seen: list[str] = []
    report = map_texts(sample_report(), lambda text: seen.append(text) or text)  # type: ignore[func-returns-value]
    assert report == sample_report()
    assert {"Marisol Vega", "947112233A", "2.d", "drove Marisol to her dentist"} <= {
        word for text in seen for word in (text, text[text.find("drove") :].split(" and")[0])
    }
