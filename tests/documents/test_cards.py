"""Values over their captions, or captions over their values, side by side on a page without rules."""

from __future__ import annotations

import io
from itertools import chain

import pytest
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph as Printed
from reportlab.platypus import SimpleDocTemplate
from reportlab.platypus import Table as PrintedTable

from peerlint.documents.limits import Limits
from peerlint.documents.model import Table
from peerlint.documents.read import read_bytes

VALUE = ParagraphStyle("value", fontName="Helvetica-Bold", fontSize=11, leading=14)
CAPTION = ParagraphStyle("caption", fontName="Helvetica", fontSize=7, leading=9)
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13)

Cards = list[tuple[str, str]]
"""Values with their captions, side by side."""

PAGES: dict[str, list[Cards]] = {
    "a date and a place in two lines": [
        [("Rosa Olin", "member"), ("948210337K", "medicaid id"), ("Wednesday, September 10, 2025", "day of visit")],
        [("by phone", "how"), ("1:00 - 2:00 pm", "clock"), ("Senior center on Mill Street", "where")],
    ],
    "one row, its middle in three lines": [
        [
            ("4 units", "billed"),
            ("Peer Support Services, individual, H0038 without modifier", "service"),
            ("home", "at"),
        ],
    ],
    "four cards, each second one broken": [
        [("Ines", "who"), ("March 4, 2025, a Tuesday", "date"), ("2:00", "from"), ("3:15 in the afternoon", "to")],
    ],
}


def printed(cells: list[list[list[Printed]]]) -> bytes:
    """The cells as a table without rules, running text below it."""
    out = io.BytesIO()
    text = Printed("We wrote the letter to the landlord together, and she read it to me twice before she signed.", BODY)
    table = PrintedTable(cells, colWidths=[108] * len(cells[0]), style=[("VALIGN", (0, 0), (-1, -1), "TOP")])
    SimpleDocTemplate(out, pagesize=letter).build([table, text])
    return out.getvalue()


@pytest.mark.parametrize("name", PAGES)
def test_values_over_captions_are_cells(name: str) -> None:
    rows = PAGES[name]
    content = printed([[[Printed(value, VALUE), Printed(under, CAPTION)] for value, under in row] for row in rows])

    document = read_bytes(content, Limits())

    tables = [block for block in document.blocks if isinstance(block, Table)]
    read = [[tuple(cell.text.split("\n")) for cell in row] for table in tables for row in table.rows]
    assert read == rows
    assert document.blocks[-1].text.startswith("We wrote the letter")  # type: ignore[union-attr]


@pytest.mark.parametrize("name", PAGES)
def test_captions_over_values_stay_lines(name: str) -> None:
    rows = PAGES[name]
    content = printed([[[Printed(over, CAPTION), Printed(value, VALUE)] for value, over in row] for row in rows])

    document = read_bytes(content, Limits())

    assert not any(isinstance(block, Table) for block in document.blocks)
    text = " ".join(paragraph.text for paragraph in document.paragraphs())
    words = " ".join(chain.from_iterable(chain.from_iterable(rows))).split()
    assert sorted(text.split("We wrote")[0].split()) == sorted(words)
