"""The items of all pages as blocks of one document: running headers set apart, tables and paragraphs joined over pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from peerlint.documents.glyphs import printed
from peerlint.documents.model import PICTURE, TICKED, UNTICKED, Block, Cell, Paragraph, Part, Place, Signing, SigningKind, Source, Table
from peerlint.documents.pdf.ink import Sheet, Word
from peerlint.documents.pdf.layout import FilledGrid, Item
from peerlint.documents.pdf.lines import Passage, marker

_LONGEST_HEADING = 120
_LARGER = 1.15


class Blocks:
    """Numbers the items of every page into blocks."""

    def __init__(self, sheets: Sequence[Sheet], pages: Sequence[list[Item]]) -> None:
        self._sheets = sheets
        self._pages = pages
        self._body_size = _body_size(sheets)
        self._count = 0

    def all(self) -> list[Block]:
        blocks: list[Block] = []
        for sheet, items in zip(self._sheets, self._pages, strict=True):
            for item in items:
                place = Place(self._count, sheet.number)
                blocks.append(self._block(item, place))
                self._count += 1
        return blocks

    def _block(self, item: Item, place: Place) -> Block:
        if isinstance(item, FilledGrid):
            return self._table(item, place)
        return self._paragraph(item, place, set_apart=True)

    def _table(self, filled: FilledGrid, place: Place) -> Table:
        rows: list[list[Cell]] = [[] for _ in range(filled.grid.rows)]
        for filled_cell in filled.cells:
            cell = filled_cell.grid_cell
            for row in range(cell.row, cell.row + cell.rows):
                at = replace(place, row=row, cell=len(rows[row]))
                alone = cell.columns == len(filled.grid.edges) - 1
                blocks = [self._table(i, at) if isinstance(i, FilledGrid) else self._paragraph(i, at, alone) for i in filled_cell.items]
                rows[row].append(Cell(tuple(blocks) if row == cell.row else (), at, cell.columns))
        return Table(tuple(tuple(r) for r in rows if r), place)

    def _paragraph(self, passage: Passage, place: Place, set_apart: bool) -> Paragraph:
        text = printed(passage.text)
        bullet = marker(text)
        heading = self._heading(passage, text) if set_apart else 0
        words = passage.words
        return Paragraph(
            text[len(bullet) :].lstrip() if bullet else text,
            place,
            heading,
            "•" if bullet in "‣▪▫●○◦∙·■➢►" and bullet else bullet,
            _source(words),
            tuple(w.signing for w in words if w.signing is not None),
        )

    def _heading(self, passage: Passage, text: str) -> int:
        """1 or 2 for a line in clearly larger letters, 3 for a line in bold letters, else 0."""
        if len(text) > _LONGEST_HEADING or "\t" in text or any(mark in text for mark in (PICTURE, TICKED, UNTICKED)):
            return 0
        smallest = min(line.size for line in passage.lines)
        if smallest >= _LARGER * self._body_size:
            return 1 if smallest >= 1.5 * self._body_size else 2
        return 3 if all(line.bold for line in passage.lines) else 0


def _source(words: list[Word]) -> Source:
    sources = {w.source for w in words}
    return next((s for s in (Source.OCR, Source.FORM_FIELD) if s in sources), Source.TEXT)


def _body_size(sheets: Sequence[Sheet]) -> float:
    letters: Counter[float] = Counter()
    for sheet in sheets:
        for word in sheet.words:
            letters[round(word.size * 2) / 2] += len(word.text)
    return letters.most_common(1)[0][0] if letters else 10.0
