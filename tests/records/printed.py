"""Writes a record, told as a list of blocks in YAML, to a real DOCX and a real PDF.

A block is one of ``title``, ``h1`` to ``h3``, ``bold``, ``p``, ``bullets``, ``numbered``, ``table`` (rows of cells,
where a row of one text spans the table, and "^" continues the cell above), ``boxes`` (a borderless table of cells,
each a list of blocks), ``mono`` (lines of a print-out with letters of one width) and ``break`` (a new page).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import docx
from reportlab.lib import colors
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, PageBreak, Paragraph, Preformatted, SimpleDocTemplate, Spacer, Table

Blocks = list[dict[str, Any]]
_CONTINUED = "^"


def write_docx(blocks: Blocks, path: Path) -> Path:
    document = docx.Document()
    for block in blocks:
        _into_docx(document, block)
    document.save(str(path))
    return path


def _into_docx(container: Any, block: dict[str, Any]) -> None:
    ((kind, content),) = block.items()
    match kind:
        case "title":
            container.add_paragraph(style="Title" if hasattr(container, "add_heading") else None).add_run(
                content
            ).bold = True
        case "h1" | "h2" | "h3":
            container.add_paragraph(content, style=f"Heading {kind[1]}")
        case "bold":
            container.add_paragraph().add_run(content).bold = True
        case "p":
            container.add_paragraph(content)
        case "bullets" | "numbered":
            for text in content:
                container.add_paragraph(text, style="List Bullet" if kind == "bullets" else "List Number")
        case "mono":
            for line in content:
                container.add_paragraph(line)
        case "break":
            container.add_page_break()
        case "table":
            _docx_table(container, content)
        case "boxes":
            table = container.add_table(rows=1, cols=len(content))
            for cell, inner in zip(table.rows[0].cells, content, strict=True):
                for part in inner:
                    _into_docx(cell, part)


def _docx_table(container: Any, rows: list[Any]) -> None:
    width = max(len(row) for row in rows if isinstance(row, list)) if any(isinstance(row, list) for row in rows) else 1
    table = container.add_table(rows=0, cols=width)
    table.style = "Table Grid"
    for row in rows:
        cells = table.add_row().cells
        if isinstance(row, str):
            cells[0].merge(cells[-1]).text = row
        else:
            for column, (cell, text) in enumerate(zip(cells, row, strict=False)):
                if text == _CONTINUED:
                    table.rows[-2].cells[column].merge(cell)
                else:
                    cell.text = text
            if len(row) < width:
                cells[len(row) - 1].merge(cells[-1])


def write_pdf(blocks: Blocks, path: Path) -> Path:
    _use_unicode_font()
    story: list[Flowable] = [flowable for block in blocks for flowable in _flowables(block)]
    SimpleDocTemplate(str(path), pagesize=LETTER, topMargin=50, bottomMargin=50, leftMargin=54, rightMargin=54).build(
        story
    )
    return path


def _use_unicode_font() -> None:
    """The font of reportlab's own distribution, which has no tick boxes; texts with boxes are checked in DOCX."""
    if "Vera" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
        pdfmetrics.registerFont(TTFont("VeraBd", "VeraBd.ttf"))


def _style(name: str) -> ParagraphStyle:
    sizes = {"title": 16, "h1": 14, "h2": 12, "h3": 11, "small": 6.5}
    bold = name in ("title", "h1", "h2", "h3", "bold")
    size = sizes.get(name, 9.5)
    return ParagraphStyle(
        name,
        getSampleStyleSheet()["Normal"],
        fontName="VeraBd" if bold else "Vera",
        fontSize=size,
        leading=size * 1.25,
        spaceBefore=7 if bold else 2,
        spaceAfter=3,
        leftIndent=18 if name == "item" else 0,
        bulletIndent=6,
    )


def _flowables(block: dict[str, Any]) -> list[Flowable]:
    ((kind, content),) = block.items()
    match kind:
        case "bullets" | "numbered":
            marks = (
                ["•"] * len(content) if kind == "bullets" else [f"{number}." for number in range(1, len(content) + 1)]
            )
            return [
                Paragraph(_escaped(text), _style("item"), bulletText=mark)
                for text, mark in zip(content, marks, strict=True)
            ]
        case "mono":
            return [
                Preformatted("\n".join(content), ParagraphStyle("mono", fontName="Courier", fontSize=8, leading=11))
            ]
        case "break":
            return [PageBreak()]
        case "table":
            return [_pdf_table(content), Spacer(1, 6)]
        case "boxes":
            cells = [[flowable for part in inner for flowable in _flowables(part)] for inner in content]
            return [
                Table([cells], colWidths=[500 / len(cells)] * len(cells), style=[("VALIGN", (0, 0), (-1, -1), "TOP")])
            ]
    return [Paragraph(_escaped(content), _style(kind))]


def _escaped(text: str) -> str:
    kept = re.sub(r" {3,}", lambda gap: "\N{NO-BREAK SPACE}" * len(gap[0]), text)
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br/>")


def _pdf_table(rows: list[Any]) -> Table:
    width = max((len(row) for row in rows if isinstance(row, list)), default=1)
    data, style = [], [("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    for number, row in enumerate(rows):
        texts = [row] if isinstance(row, str) else row
        data.append(
            [
                "" if text == _CONTINUED else Paragraph(_escaped(text), _style("p" if width < 5 else "small"))
                for text in texts
            ]
            + [""] * (width - len(texts))
        )
        if len(texts) < width:
            style.append(("SPAN", (len(texts) - 1, number), (-1, number)))
        style += [("SPAN", (column, start), (column, number)) for column, start in _continued(rows, number)]
    return Table(data, colWidths=[500 / width] * width, style=style)


def _continued(rows: list[Any], number: int) -> list[tuple[int, int]]:
    """The columns whose cell continues down to this row and no further, each with the row in which it began."""
    found = []
    for column, text in enumerate(rows[number]):
        below = rows[number + 1] if number + 1 < len(rows) else []
        if text == _CONTINUED and not (column < len(below) and below[column] == _CONTINUED):
            start = max(row for row in range(number) if rows[row][column] != _CONTINUED)
            found.append((column, start))
    return found
