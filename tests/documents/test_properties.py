"""What goes into a Word file or a PDF comes out of it again."""

from __future__ import annotations

import io

from docx import Document as WordDocument
from hypothesis import given, settings
from hypothesis import strategies as some
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph as Printed
from reportlab.platypus import SimpleDocTemplate, Spacer, TableStyle
from reportlab.platypus import Table as PrintedTable

from peerlint.documents.limits import Limits
from peerlint.documents.model import Table
from peerlint.documents.read import read_bytes

WORDS = some.text(alphabet="abcdefghijklmnopqrstuvwxyzéñ", min_size=1, max_size=9)
SENTENCES = some.lists(WORDS, min_size=1, max_size=40).map(lambda words: " ".join(words).capitalize() + ".")
LABELS = some.sampled_from(["Member", "Date of service", "Units", "Place of service", "Goal", "Staff signature"])
VALUES = some.lists(WORDS, min_size=1, max_size=4).map(" ".join)
FIELDS = some.lists(some.tuples(LABELS, VALUES), min_size=1, max_size=8)
CELLS = some.lists(some.lists(SENTENCES, min_size=2, max_size=2), min_size=1, max_size=6)
QUICK = settings(max_examples=25)
STYLE = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=12.5, spaceAfter=8)


def texts_of(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in read_bytes(content, Limits()).paragraphs()]


def printed_to_pdf(story: list[object]) -> bytes:
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=letter).build(story)
    return out.getvalue()


@QUICK
@given(some.lists(SENTENCES, min_size=1, max_size=12))
def test_word_paragraphs(sentences: list[str]) -> None:
    out, document = io.BytesIO(), WordDocument()
    for sentence in sentences:
        document.add_paragraph(sentence)
    document.save(out)
    assert texts_of(out.getvalue()) == sentences


@QUICK
@given(CELLS)
def test_word_tables(rows: list[list[str]]) -> None:
    out, document = io.BytesIO(), WordDocument()
    table = document.add_table(len(rows), 2)
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.save(out)
    assert _tables(out.getvalue()) == [rows]


@QUICK
@given(some.lists(SENTENCES, min_size=1, max_size=30), some.sampled_from([12.5, 15.0, 20.0, 25.0]))
def test_pdf_paragraphs_wrapped_and_broken_over_pages(sentences: list[str], leading: float) -> None:
    style = ParagraphStyle("spaced", parent=STYLE, leading=leading, spaceAfter=0.6 * leading)
    content = printed_to_pdf([Printed(sentence, style) for sentence in sentences])
    assert texts_of(content) == sentences


@QUICK
@given(FIELDS)
def test_pdf_labels_and_values(fields: list[tuple[str, str]]) -> None:
    lines = [f"{label}: {value}" for label, value in fields]
    tight = ParagraphStyle("tight", parent=STYLE, spaceAfter=0)
    assert texts_of(printed_to_pdf([Printed(line, tight) for line in lines])) == lines


@QUICK
@given(CELLS)
def test_pdf_ruled_tables(rows: list[list[str]]) -> None:
    cells = [[Printed(text, STYLE) for text in row] for row in rows]
    ruled = PrintedTable(cells, colWidths=[150, 300], style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")]))
    assert _tables(printed_to_pdf([Spacer(1, 30), ruled])) == [rows]


def _tables(content: bytes) -> list[list[list[str]]]:
    blocks = read_bytes(content, Limits()).blocks
    return [[[cell.text for cell in row] for row in block.rows] for block in blocks if isinstance(block, Table)]
