"""A document's blocks as plain lines: headings, paragraphs, list items and table rows, in reading order.

Plans are laid out as tables, as headed paragraphs, or as both at once. Readers of plans therefore walk over lines, and
a table is no more than lines with cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from peerlint.documents.model import PICTURE, Block, Cell, Paragraph, Part, Place, Table

_MARKER = re.compile(r"^\s*(?:([•●○▪■◦‣·*\-–—])\s+|(\(?\d{1,2}[.)])\s+(?=\S)|(\(?[a-z][.)])\s+(?=\S))")
_RULE = re.compile(r"_{3,}|\.{5,}")
_FEWEST_BOXES = 3
_MOST_WORDS_OF_A_CAPTION = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``cells`` are those of a table row with more than one cell, else (); ``bullet`` is the marker of a
    list item. ``paragraph`` is the one that the line was read from, None for a table row."""

    text: str
    place: Place
    heading: int = 0
    bullet: str = ""
    cells: tuple[Cell, ...] = ()
    paragraph: Paragraph | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of the cells, blanks to fill in removed."""
        return tuple(clean(cell.text) for cell in self.cells)


def clean(text: str) -> str:
    """Text without pictures, without the rules of a blank to fill in, and without space around it."""
    return _RULE.sub(" ", text.replace(PICTURE, " ")).strip(" \t\n")


def lines(blocks: Iterable[Block]) -> Iterator[Line]:
    """The lines of the body. A row that is one cell wide is read as the blocks in it, so boxes and title rows are
    plain lines."""
    for block in blocks:
        if isinstance(block, Table):
            yield from _rows(block)
        elif block.place.part in (Part.BODY, Part.TEXT_BOX):
            yield from paragraph_lines(block)


def paragraph_lines(paragraph: Paragraph) -> Iterator[Line]:
    """One line for each printed line of a paragraph; the list marker goes with the first."""
    bullet = paragraph.bullet
    for text in paragraph.text.split("\n"):
        drawn = PICTURE in text
        text = clean(text)
        if not text and not drawn:
            continue
        marker = None if bullet or paragraph.heading else _MARKER.match(text)
        if marker:
            yield Line(text[marker.end() :], paragraph.place, 0, marker.group().strip(), (), paragraph)
        else:
            yield Line(text, paragraph.place, paragraph.heading, bullet, (), paragraph)
        bullet = ""


def blocks_of(printed: Iterable[Line]) -> tuple[Block, ...]:
    """The paragraphs and table rows that lines were read from, rows that follow one another as one table."""
    blocks: list[Block] = []
    for line in printed:
        last = blocks[-1] if blocks else None
        if line.cells and isinstance(last, Table) and last.place.block == line.place.block:
            blocks[-1] = Table((*last.rows, line.cells), last.place)
        elif line.cells:
            blocks.append(Table((line.cells,), line.place))
        elif line.paragraph is not None and last is not line.paragraph:
            blocks.append(line.paragraph)
    return tuple(blocks)


def without(blocks: Iterable[Block], printed: Iterable[Line]) -> Iterator[Block]:
    """The blocks without the paragraphs and table rows that the lines were read from."""
    printed = tuple(printed)
    rows = {line.cells[0].place for line in printed if line.cells}
    paragraphs = {line.paragraph.place for line in printed if line.paragraph is not None}
    for block in blocks:
        if isinstance(block, Table):
            kept = tuple(row for row in block.rows if row[0].place not in rows and not _told(row, paragraphs))
            if kept:
                yield Table(kept, block.place)
        elif block.place not in paragraphs:
            yield block


def _told(row: tuple[Cell, ...], places: set[Place]) -> bool:
    return all(paragraph.place in places for cell in row for paragraph in cell.paragraphs())


def cell_lines(cell: Cell) -> Iterator[Line]:
    return lines(cell.blocks)


def _rows(table: Table) -> Iterator[Line]:
    boxed = _is_boxed(table)
    for row in table.rows:
        if len(row) == 1 or boxed or _is_layout(row):
            for cell in row:
                yield from cell_lines(cell)
        else:
            yield Line("\t".join(clean(cell.text) for cell in row).strip(), row[0].place, cells=row)


def _is_layout(row: tuple[Cell, ...]) -> bool:
    """A row that holds tables of its own only arranges them on the page."""
    return any(isinstance(block, Table) for cell in row for block in cell.blocks)


def _is_boxed(table: Table) -> bool:
    """Whether the cells are boxes, each with its caption over what is filled in; a blank one holds a caption alone."""
    cells = [cell for row in table.rows if len(row) > 1 for cell in row if clean(cell.text)]
    filled = sum(map(_is_box, cells))
    return filled >= _FEWEST_BOXES and 2 * filled >= len(cells)


def _is_box(cell: Cell) -> bool:
    caption, _, value = clean(cell.text).partition("\n")
    return bool(value) and caption.isupper() and len(caption.split()) <= _MOST_WORDS_OF_A_CAPTION
