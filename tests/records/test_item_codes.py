"""Numbers and letters that count the boxes of a form are left out; those that count anything else stay."""

from __future__ import annotations

import pytest

from peerlint.documents.text import document_from_text
from peerlint.records.item_codes import without_item_codes

COUNTED = {
    "boxes by number": "| 1 CLIENT | 2 MEDICAID NO. |\n| 3 Date of visit | 4 Units billed | 5 Place |",
    "boxes of goals that come round again": (
        "| A CLIENT | B PLAN DATE |\n| C GOAL | D TARGET |\n| C GOAL | D TARGET |\n| E SIGNATURE OF CLIENT |"
    ),
    "sections in the margin": "A\tWhy did we meet?\nThe bus.\nB\tWhat did staff do?\nRode along.\nC\tHow was it?\nOK.",
}
NOT_COUNTED = {
    "three things to do": "1 Call the clinic\n2 Pack the pills\n3 Ask Lou",
    "numbers that begin values": "| 12 Home | 60 Minutes | 4 Units | 99 Other | 11 Office |",
    "letters that do not begin at A": "| D Street | E Street | F Street | G Street | H Street |",
    "sentences": "A Friend came along.\nB Vitamins were the topic.\nC Span was on.\nD Day is near.\nE Mail went out.",
}


def _text(text: str) -> str:
    return without_item_codes(document_from_text(text)).text


@pytest.mark.parametrize("name", COUNTED)
def test_codes_of_boxes_are_left_out(name: str) -> None:
    kept = _text(COUNTED[name]).split("\n")

    assert kept
    assert not [line for line in kept if line.partition(" ")[0].partition("\t")[0] in {*"ABCDE", *"12345"}]


@pytest.mark.parametrize("name", NOT_COUNTED)
def test_what_counts_anything_else_stays(name: str) -> None:
    assert _text(NOT_COUNTED[name]) == document_from_text(NOT_COUNTED[name]).text


def test_a_section_counted_in_the_margin_heads_what_follows() -> None:
    blocks = without_item_codes(document_from_text(COUNTED["sections in the margin"])).blocks

    assert [bool(block.heading) for block in blocks if hasattr(block, "heading")] == [True, False] * 3
