"""The items of all pages as the blocks of one document, with tables and paragraphs joined over pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from peerlint.documents.glyphs import printed
from peerlint.documents.model import PICTURE, TICKED, UNTICKED, Block, Cell, Paragraph, Part, Place, Source, Table
from peerlint.documents.pdf.ink import Sheet, Word
from peerlint.documents.pdf.layout import FilledGrid, Item
from peerlint.documents.pdf.lines import SENTENCE_END, Join, Passage, is_unfinished, marker, runs_on
from peerlint.documents.pdf.running import Running

_LONGEST_HEADING = 120
_LARGER = 1.15
_SAME_EDGE = 4.0  # points
_BULLETS = "‣▪▫●○◦∙·■➢►"


@dataclass
class _Piece:
    """One item, or the pieces of one that goes on over pages, with the page each stands on."""

    items: list[Item]
    pages: list[int]


class Blocks:
    """Numbers the items of a document into blocks."""

    def __init__(self, sheets: Sequence[Sheet], running: Running, join: Join) -> None:
        self._join = join
        self._body_size = _body_size(sheets)
        self._blocks: list[Block] = []
        self._tops: list[tuple[int, float, int]] = []
        for piece in self._pieces(sheets, running.pages):
            self._add(piece, Part.BODY)
        for part, found in ((Part.HEADER, running.headers), (Part.FOOTER, running.footers)):
            for item, page in found:
                self._add(_Piece([item], [page]), part)

    def all(self) -> list[Block]:
        """The blocks in reading order, then headers, then footers."""
        return self._blocks

    def place_at(self, page: int, height: float) -> Place:
        """The place of the block at this height of a page, or the last one before it."""
        before = [index for number, top, index in self._tops if (number, top) <= (page, height)]
        return replace(self._blocks[before[-1]].place, row=None, cell=None, page=page) if before else Place(0, page)

    def _pieces(self, sheets: Sequence[Sheet], pages: list[list[Item]]) -> Iterator[_Piece]:
        """The items, those at the foot of a page together with what goes on at the head of the next."""
        waiting: _Piece | None = None
        for sheet, items in zip(sheets, pages, strict=True):
            for index, item in enumerate(items):
                if waiting and index == 0 and self._goes_on(waiting.items[-1], item):
                    waiting.items.append(item)
                    waiting.pages.append(sheet.number)
                    continue
                if waiting:
                    yield waiting
                waiting = _Piece([item], [sheet.number])
        if waiting:
            yield waiting

    def _goes_on(self, last: Item, item: Item) -> bool:
        if isinstance(last, FilledGrid) and isinstance(item, FilledGrid):
            edges, others = last.grid.edges, item.grid.edges
            return len(edges) == len(others) and all(
                abs(a - b) < _SAME_EDGE for a, b in zip(edges, others, strict=True)
            )
        if (
            isinstance(last, Passage)
            and isinstance(item, Passage)
            and last.part is Part.BODY
            and item.part is Part.BODY
        ):
            same_size = abs(last.lines[-1].size - item.lines[0].size) < 0.6
            return same_size and len(item.texts) == 1 and runs_on(last, item)
        return False

    def _add(self, piece: _Piece, part: Part) -> None:
        first = piece.items[0]
        place = Place(len(self._blocks), piece.pages[0], part)
        if part is Part.BODY:
            self._tops.append((piece.pages[0], first.top, len(self._blocks)))
        if isinstance(first, FilledGrid):
            self._blocks.append(self._joined_table(piece, place))
            return
        passages = [i for i in piece.items if isinstance(i, Passage)]
        whole = replace(first, lines=[line for p in passages for line in p.lines], texts=list(first.texts))
        for passage in passages[1:]:
            whole.texts[-1] = self._join(whole.texts[-1], passage.text)
        own_part = part if part is not Part.BODY else first.part
        self._blocks.append(self._paragraph(whole, replace(place, part=own_part), set_apart=True))

    def _joined_table(self, piece: _Piece, place: Place) -> Table:
        rows: list[tuple[Cell, ...]] = []
        for item, page in zip(piece.items, piece.pages, strict=True):
            if isinstance(item, FilledGrid):
                more = list(self._table(item, replace(place, page=page), len(rows)).rows)
                if rows and len(more) > 1 and _row_text(more[0]) == _row_text(rows[0]):
                    more = more[1:]
                if rows and more and _row_goes_on(rows[-1], more[0]):
                    rows[-1] = tuple(self._joined_cell(a, b) for a, b in zip(rows[-1], more[0], strict=True))
                    more = more[1:]
                rows += more
        return Table(tuple(tuple(_moved(c, row) for c in cells) for row, cells in enumerate(rows)), place)

    def _joined_cell(self, above: Cell, below: Cell) -> Cell:
        if not above.blocks or not below.blocks:
            return replace(above, blocks=above.blocks or below.blocks)
        last, first = above.blocks[-1], below.blocks[0]
        if isinstance(last, Paragraph) and isinstance(first, Paragraph) and last.text[-1:] not in SENTENCE_END:
            whole = replace(last, text=self._join(last.text, first.text), signings=last.signings + first.signings)
            return replace(above, blocks=(*above.blocks[:-1], whole, *below.blocks[1:]))
        return replace(above, blocks=above.blocks + below.blocks)

    def _table(self, filled: FilledGrid, place: Place, first_row: int = 0) -> Table:
        rows: list[list[Cell]] = [[] for _ in range(filled.grid.rows)]
        for filled_cell in filled.cells:
            cell = filled_cell.grid_cell
            alone = cell.columns == len(filled.grid.edges) - 1
            for row in range(cell.row, cell.row + cell.rows):
                at = replace(place, row=first_row + row, cell=len(rows[row]))
                items = filled_cell.items if row == cell.row else []
                rows[row].append(Cell(tuple(self._inner(item, at, alone) for item in items), at, cell.columns))
        return Table(tuple(tuple(r) for r in rows if r), place)

    def _inner(self, item: Item, place: Place, alone: bool) -> Block:
        return self._table(item, place) if isinstance(item, FilledGrid) else self._paragraph(item, place, alone)

    def _paragraph(self, passage: Passage, place: Place, set_apart: bool) -> Paragraph:
        text = printed(passage.text)
        bullet = marker(text)
        words = passage.words
        return Paragraph(
            text=text[len(bullet) :].lstrip(),
            place=place,
            heading=self._heading(passage, text) if set_apart else 0,
            bullet="•" if bullet and bullet in _BULLETS else bullet,
            source=_source(words),
            signings=tuple(w.signing for w in words if w.signing is not None),
        )

    def _heading(self, passage: Passage, text: str) -> int:
        """1 or 2 for a line in clearly larger letters, 3 for a line in bold letters, else 0."""
        if len(text) > _LONGEST_HEADING or "\t" in text or any(mark in text for mark in (PICTURE, TICKED, UNTICKED)):
            return 0
        if _source(passage.words) is Source.FORM_FIELD:
            return 0
        smallest = min(line.size for line in passage.lines)
        if smallest >= _LARGER * self._body_size:
            return 1 if smallest >= 1.5 * self._body_size else 2
        return 3 if all(line.bold for line in passage.lines) else 0


def _row_text(row: tuple[Cell, ...]) -> list[str]:
    return [cell.text for cell in row]


def _row_goes_on(last: tuple[Cell, ...], first: tuple[Cell, ...]) -> bool:
    """Whether the first row of a page is the rest of the row cut at the foot of the page before."""
    if len(last) != len(first):
        return False
    rest = [(above.text, below.text) for above, below in zip(last, first, strict=True) if below.text]
    if any(is_unfinished(above, below) for above, below in rest):
        return all(above[-1:] not in SENTENCE_END for above, _ in rest)
    return len(first) > 1 and not first[0].blocks and bool(last[0].blocks and rest)


def _moved(cell: Cell, row: int) -> Cell:
    """A cell whose own place, and that of its blocks, names the row it came to stand in."""
    if cell.place.row == row:
        return cell
    blocks = tuple(replace(b, place=replace(b.place, row=row)) for b in cell.blocks)
    return replace(cell, blocks=blocks, place=replace(cell.place, row=row))


def _source(words: list[Word]) -> Source:
    sources = {w.source for w in words}
    return next((s for s in (Source.OCR, Source.FORM_FIELD) if s in sources), Source.TEXT)


def _body_size(sheets: Sequence[Sheet]) -> float:
    """The size in which most of the letters stand."""
    letters: Counter[float] = Counter()
    for sheet in sheets:
        for word in sheet.words:
            letters[round(word.size * 2) / 2] += len(word.text)
    return letters.most_common(1)[0][0] if letters else 10.0
