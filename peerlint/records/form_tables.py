"""The tables of a form: labels beside, above or below their values, and cells that are forms of their own."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from peerlint.documents.model import PICTURE, Cell, Paragraph, Table
from peerlint.records.captions import SIGNING_LINE
from peerlint.records.contact import contact_types
from peerlint.records.entries import Gatherer
from peerlint.records.form_lines import LineReader, lines_of
from peerlint.records.grid import Grid
from peerlint.records.labels import Field, Labels
from peerlint.records.nearest import nearest

_MOST_WORDS_OF_A_LABEL = 12


@dataclass(slots=True)
class TableReader:
    """Reads tables into the entries that are ``gathered``; ``lines`` reads the lines of their cells."""

    gathered: Gatherer
    lines: LineReader

    @property
    def labels(self) -> Labels:
        return self.gathered.labels

    def read(self, table: Table) -> None:
        """Read the rows of a table, and tables inside its cells."""
        self.gathered.close_value()
        grid = Grid(table, self.labels)
        if grid.is_mirrored():
            grid = Grid(_turned(table), self.labels)
        row = 0
        while row < len(table.rows):
            row += (
                self._over_captions(grid, row)
                or self._headed_rows(grid, row)
                or self._captions_below(grid, row)
                or self._row(grid, row)
            )
        self.gathered.close_value()

    def _headed_rows(self, grid: Grid, row: int) -> int:
        """A row of captions with one or more rows of values below: the number of rows taken."""
        depth = grid.depth_below(row)
        if not depth:
            return 0
        self.gathered.close()
        for below in range(row + 1, row + 1 + depth):
            values = grid.rows[below]
            head = grid.row_head(row, below)
            for column, (caption, label) in enumerate(zip(grid.rows[row], grid.labels_in(row), strict=True)):
                if not caption.text.strip():
                    if column or not head:
                        self._cell(values[column])
                    continue
                if head and not column and self.labels.named(head):
                    continue
                self._captioned_cell(caption.text.strip(" :\n"), label, values[column], head if column else "")
        return depth + 1

    def _over_captions(self, grid: Grid, row: int) -> int:
        """A row of values over a row of captions: the number of rows taken."""
        if not grid.is_over_captions(row):
            return 0
        self.gathered.close()
        for value, caption, label in zip(grid.rows[row], grid.rows[row + 1], grid.labels_in(row + 1), strict=True):
            if caption.text.strip():
                self._captioned_cell(caption.text.strip(" :\n"), label, value, "")
            else:
                self._cell(value)
                self.gathered.close_value()
        return 2

    def _captions_below(self, grid: Grid, row: int) -> int:
        """A row whose cells hold each a value over its label: the number of rows taken."""
        if not grid.captions_below(row):
            return 0
        for cell in grid.rows[row]:
            lines = list(lines_of(cell.paragraphs()))
            if len(lines) != 2 or not self._names(lines[1].text, lines[0].text):
                self._cell(cell)
                self.gathered.close_value()
                continue
            self._start_at(lines[1].text.strip(), self.labels.named(lines[1].text), cell)
            self.gathered.add(lines[0].text, lines[0].signings)
            self.gathered.close()
        return 1

    def _names(self, label: str, value: str) -> bool:
        return bool(self.labels.named(label) or nearest(self.labels, label, value.strip()))

    def _captioned_cell(self, caption: str, label: Field | None, value: Cell, head: str) -> None:
        if head and (joined := self.labels.named(f"{head} {caption}") or self._signer(head, label)):
            caption, label = f"{head} {caption}", joined
        elif head and label and label.shape == "signature":
            caption = f"{head} – {caption}"
        self._start_at(caption, label, value)
        self._fill(value)
        self.gathered.close()

    def _signer(self, head: str, label: Field | None) -> Field | None:
        """The signature that a row's head alone stands for ("Peer", "QP")."""
        named = self.labels.named(head)
        return named if label and named and named.shape == label.shape == "signature" else None

    def _row(self, grid: Grid, row: int) -> int:
        cells = grid.rows[row]
        kinds = grid.kinds(row)
        filled = [cell for cell in cells if cell.text.strip() or (cell.blocks and PICTURE in cell.text)]
        if len(filled) == 1 and len(cells) == 1:
            if grid.labels_in(row)[0] and not self.labels.named(cells[0].text):
                self.gathered.close()
                self._start_at(cells[0].text.strip(), None, cells[0])
            else:
                self._cell(cells[0])
            return 1
        self.gathered.close()
        for cell, kind in zip(cells, kinds, strict=True):
            if kind == "label":
                self.gathered.close()
                text = cell.text.strip(" :\n\t")
                self._start_at(text, self.labels.named(text), cell)
            elif kind == "content":
                if grid.is_boxed:
                    self.gathered.close()
                self._value_cell(cell)
        self.gathered.close()
        return 1

    def _value_cell(self, cell: Cell) -> None:
        if self.gathered.open is not None:
            self._fill(cell)
        else:
            self._cell(cell)
            self.gathered.close_value()

    def _start_at(self, label: str, named: Field | None, cell: Cell) -> None:
        first = next(cell.paragraphs(), None)
        paragraph = first or Paragraph("", cell.place)
        self.gathered.start(label, named, paragraph)
        assert self.gathered.open is not None
        self.gathered.open.in_cell = True

    def _fill(self, cell: Cell) -> None:
        """Lay the content of a cell under the open label; labels inside the cell open entries of their own."""
        owner = self.gathered.open
        assert owner is not None
        owner.in_cell = True
        if owner.empty and (first := next((p for p in cell.paragraphs() if p.text.strip()), None)):
            owner.place, owner.source = first.place, first.source
        signed = owner.shape == "signature" and SIGNING_LINE.match(cell.text) and "\n" not in cell.text.strip()
        if not signed and (":" in cell.text or "\n" in cell.text or len(cell.blocks) != 1):
            self._blocks_of(cell)
        else:
            self.gathered.add(cell.text, next(cell.paragraphs()).signings)

    def _cell(self, cell: Cell) -> None:
        """A cell that is a little form of its own: a label over its value, labelled lines, or text alone."""
        self.gathered.close_value()
        first, _, rest = cell.text.strip().partition("\n")
        if rest.strip() and self.gathered.open is None and self._label_over_value(first, rest):
            self._start_at(first, self.labels.named(first), cell)
            lines = list(lines_of(cell.paragraphs()))[1:]
            if len(lines) == 1:
                self.gathered.add(lines[0].text, lines[0].signings)
            else:
                self.lines.read(lines)
            return
        self._blocks_of(cell)

    def _label_over_value(self, first: str, rest: str) -> bool:
        """Whether a cell's first line stands over the value: no known label, but near to one, or one over a choice that
        could be a label itself ("Telephone")."""
        named = self.labels.named(first)
        if named and named.key == "contact_type":
            return "\n" not in rest.strip() and bool(contact_types(rest))
        plain = not first.rstrip().endswith((".", "!", ",", ";")) and ":" not in first.rstrip(" :")
        if not plain or len(first.split()) > _MOST_WORDS_OF_A_LABEL or named:
            return False
        return nearest(self.labels, first.rstrip(" :"), rest.strip()) is not None

    def _blocks_of(self, cell: Cell) -> None:
        for tabular, group in groupby(cell.blocks, key=lambda block: isinstance(block, Table)):
            if tabular:
                for table in group:
                    self.read(table)  # type: ignore[arg-type]
            else:
                self.lines.read(list(lines_of(group)))  # type: ignore[arg-type]


def _turned(table: Table) -> Table:
    """The table with each label before its value."""
    rows = (tuple(cell for pair in zip(row[1::2], row[::2], strict=True) for cell in pair) for row in table.rows)
    return Table(tuple(rows), table.place)
