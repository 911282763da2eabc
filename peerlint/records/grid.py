"""A table of a form with what each of its cells is: a label, content, or empty."""

from __future__ import annotations

import re

from peerlint.documents.model import PICTURE, TICKED, UNTICKED, Cell, Table
from peerlint.records.labels import Field, Labels
from peerlint.records.nearest import nearest
from peerlint.records.pieces import cut
from peerlint.records.shapes import fits

_NUMBER_BELOW = re.compile(r"\n\s*\d+\s*$")
_SHAPES_LIKE_LABELS = frozenset({"text", "ticks", "name", "prose"})
_FEWEST_WORDS_OF_PROSE = 8
_SHARE_OF_LABELS = 0.3
_FEWEST_MIRRORED_ROWS = 3
_FEWEST_CAPTIONS_BELOW = 3
_WHO_SIGNED = frozenset(
    {"signature", "staff_signature", "e_signature", "member_signature", "printed_name", "staff_name"}
)
_TOLD_BY_SHAPE = frozenset({"date", "time", "times", "duration", "units", "id", "code", "phone"})
_FEWEST_BOXES = 3
_TOLD_BY_CAPTION = frozenset({"goals", "signature"})
_ARROWS = ("←", "◄", "◀", "⇐", "<-", "‹", "<")


class Grid:
    """A table with what each cell is: a label, content, or empty."""

    def __init__(self, table: Table, labels: Labels) -> None:
        self.rows = table.rows
        self._labels = labels
        self._named = [[_label_in(cell, labels) for cell in row] for row in table.rows]
        self._label_share = self._shares()
        self.is_boxed = self._boxes() >= _FEWEST_BOXES
        if self._name_nearest():
            self._label_share = self._shares()

    def _name_nearest(self) -> bool:
        """Give cells in the place of a label the field that their words are near to; whether there were any."""
        paired = self._pairs()
        near = [
            (number, column, field)
            for number, row in enumerate(self.rows)
            for column, cell in enumerate(row)
            if self._named[number][column] is None
            and not (paired and column % 2)
            and self._is_place_of_label(number, column)
            and (field := _near_label_in(cell, self._labels))
        ]
        for number, column, field in near:
            self._named[number][column] = field
        return bool(near)

    def _is_place_of_label(self, row: int, column: int) -> bool:
        """Whether a cell stands in a column or row of labels, or is written as labels are."""
        text = self.rows[row][column].text.strip()
        if self._is_over_prose(row) or self._is_beside_prose(row, column) or self._all_near(row):
            return True
        if text.isupper() or text.endswith((":", "?")) or any(p.heading for p in self.rows[row][column].paragraphs()):
            return True
        known = sum(label is not None for label in self._named[row])
        return self._label_share[column] >= _SHARE_OF_LABELS or 2 * known >= len(self.rows[row]) > 2

    def _is_over_prose(self, row: int) -> bool:
        """Whether a row of one cell stands over another that holds running text."""
        below = self.rows[row + 1] if row + 1 < len(self.rows) else ()
        return len(self.rows[row]) == len(below) == 1 and len(below[0].text.split()) >= _FEWEST_WORDS_OF_PROSE

    def _is_beside_prose(self, row: int, column: int) -> bool:
        """Whether the first of two cells stands before running text."""
        cells = self.rows[row]
        return len(cells) == 2 and not column and len(cells[1].text.split()) >= _FEWEST_WORDS_OF_PROSE

    def _all_near(self, row: int) -> bool:
        """Whether all the cells of a row are near to labels, over a row that holds other things."""
        cells = self.rows[row]
        if len(cells) < 3 or row + 1 >= len(self.rows) or len(self.rows[row + 1]) != len(cells):
            return False
        known = zip(cells, self._named[row], strict=True)
        return all(named or _near_label_in(cell, self._labels) for cell, named in known)

    def labels_in(self, row: int) -> list[Field | None]:
        return self._named[row]

    def _shares(self) -> list[float]:
        """For each column the share of its filled cells that are labels."""
        shares = []
        for column in range(max((len(row) for row in self.rows), default=0)):
            cells = [
                named[column]
                for row, named in zip(self.rows, self._named, strict=True)
                if len(row) > max(column, 1) and row[column].text.strip()
            ]
            shares.append(sum(label is not None for label in cells) / len(cells) if cells else 0.0)
        return shares

    def _boxes(self) -> int:
        """How many cells hold each a label over its value; among them, a cell with a label alone is left blank."""
        cells = (cell for row in self.rows if len(row) > 1 for cell in row)
        halves = (cell.text.strip().partition("\n") for cell in cells)
        return sum(bool(value) and self._labels.named(label) is not None for label, _, value in halves)

    def kinds(self, row: int) -> list[str]:
        """For each cell "label", "content" or "empty"."""
        kinds: list[str] = []
        for column, (cell, named) in enumerate(zip(self.rows[row], self._named[row], strict=True)):
            text = cell.text.strip()
            if not text and PICTURE not in cell.text:
                kinds.append("empty")
            elif self._is_value(kinds, column, text):
                kinds.append("content")
            elif named or self._looks_like_label(row, column):
                kinds.append("label")
            else:
                kinds.append("content")
        return kinds

    def _is_value(self, before: list[str], column: int, text: str) -> bool:
        """A word that could be a label ("Telehealth", "Group") right of a label, in a column of values."""
        return (
            not self.is_boxed
            and bool(before)
            and before[-1] == "label"
            and self._label_share[column] <= 0.34
            and not text.endswith(":")
        )

    def _looks_like_label(self, row: int, column: int) -> bool:
        cell = self.rows[row][column]
        text = cell.text.strip()
        if (
            len(self.rows[row]) < 2
            or len(text) > 60
            or "\n" in text
            or TICKED in text
            or UNTICKED in text
            or ":" in text[:-1]
        ):
            return False
        if column + 1 == len(self.rows[row]):
            return False
        if text.endswith(":"):
            return True
        in_label_column = self._label_share[column] >= 0.5 and column % 2 == 0 and len(text.split()) <= 8
        return (in_label_column and not text.endswith((".", "!", "?"))) or (
            any(p.heading for p in cell.paragraphs()) and column == 0
        )

    def depth_below(self, row: int) -> int:
        """How many rows of values stand below a row of captions; 0 where the row is none."""
        if not self._is_header(row):
            return 0
        width = len(self.rows[row])
        depth = 0
        for below in range(row + 1, len(self.rows)):
            if len(self.rows[below]) != width or self._has_labels(row, below) or self._inline(row, below):
                break
            depth += 1
        return depth

    def _is_header(self, row: int) -> bool:
        cells, named = self.rows[row], self._named[row]
        if len(cells) < 2 or (self._pairs() and not self._is_over_values(row)):
            return False
        texts = [cell.text.strip() for cell in cells]
        known = sum(label is not None for label in named)
        filled = [text for text in texts if text]
        short = all(len(text) <= 50 and ":" not in text[:-1] for text in filled)
        return known >= 2 and (known == len(filled) or (short and known > len(filled) / 2))

    def _is_over_values(self, row: int) -> bool:
        """Whether a row is all labels and the row below as long and without any."""
        if row + 1 == len(self.rows) or len(self.rows[row + 1]) != len(self.rows[row]) or not all(self._named[row]):
            return False
        below = zip(self.rows[row + 1], self._named[row + 1], strict=True)
        return all(cell.text.strip() and named is None for cell, named in below)

    def _has_labels(self, header: int, row: int) -> bool:
        """Whether a row below a header is a header itself; a title or a choice may read like a label."""
        named = self._named[row]
        filled = [label for label, cell in zip(named, self.rows[row], strict=True) if cell.text.strip()]
        if len(filled) > 1 and all(filled):
            return True
        above = self._named[header]
        return any(
            label and not (caption and caption.shape in _SHAPES_LIKE_LABELS)
            for label, caption in zip(named[1:], above[1:], strict=True)
        )

    def _inline(self, header: int, row: int) -> bool:
        """Whether cells of a row below a header hold labelled values of their own; a goal may hold a colon."""
        return any(
            cell.text.count(":") and cut(cell.text.split("\n")[0], self._labels)[0].label
            for cell, caption in zip(self.rows[row], self._named[header], strict=True)
            if cell.text.strip() and not (caption and caption.shape in _TOLD_BY_CAPTION)
        )

    def _pairs(self) -> bool:
        """Whether the columns go label, value, label, value."""
        shares = self._label_share
        if len(shares) % 2:
            return False
        return all(share >= 0.5 for share in shares[0::2]) and all(share <= 0.34 for share in shares[1::2])

    def is_mirrored(self) -> bool:
        """Whether the labels stand right of their values, in every second column."""
        if any(len(row) % 2 or not row for row in self.rows):
            return False
        if all(cell.text.strip().startswith(_ARROWS) for row in self.rows for cell in row[1::2]):
            return True
        if len(self.rows) < _FEWEST_MIRRORED_ROWS or any(len(row) != 2 for row in self.rows):
            return False
        right = sum(named[1] is not None for named in self._named) / len(self.rows)
        left = sum(named[0] is not None for named in self._named) / len(self.rows)
        return right >= 0.8 and left <= 0.34

    def captions_below(self, row: int) -> bool:
        """Whether the cells of a row hold each a value over its label."""
        filled = [cell for cell in self.rows[row] if cell.text.strip()]
        captioned = sum(map(self._is_value_over_label, filled))
        if captioned > 1:
            return captioned == len(filled) or (captioned >= _FEWEST_CAPTIONS_BELOW and captioned > len(filled) / 2)
        if not captioned:
            return False
        everywhere = sum(self._is_value_over_label(cell) for cells in self.rows for cell in cells)
        return everywhere >= _FEWEST_CAPTIONS_BELOW

    def _is_value_over_label(self, cell: Cell) -> bool:
        lines = cell.text.strip().split("\n")
        if len(lines) != 2 or lines[1].rstrip().endswith(":"):
            return False
        below = self._labels.named(lines[1]) or nearest(self._labels, lines[1], lines[0].strip())
        return below is not None and (self._labels.named(lines[0]) is None or fits(below.shape, lines[0].strip()))

    def is_over_captions(self, row: int) -> bool:
        """Whether a row of values stands over a row of nothing but captions: the last one, of which one asks who
        signed, or one of many such pairs whose values look as the captions ask."""
        below = row + 1
        if below >= len(self.rows) or len(self.rows[below]) != len(self.rows[row]):
            return False
        if self._in_pairs():
            return row % 2 == 0
        if below + 1 != len(self.rows):
            return False
        captions = [
            label for label, cell in zip(self._named[below], self.rows[below], strict=True) if cell.text.strip()
        ]
        signed = any(label and label.key in _WHO_SIGNED for label in captions)
        values = zip(self.rows[row], self._named[row], self._named[below], strict=True)
        return (
            len(captions) > 1
            and all(captions)
            and signed
            and not any(":" in cell.text or (label and label == caption) for cell, label, caption in values)
            and not all(
                label for label, cell in zip(self._named[row], self.rows[row], strict=True) if cell.text.strip()
            )
        )

    def _in_pairs(self) -> bool:
        """Whether every second row, from the second on, holds the captions of the row above it."""
        pairs = list(zip(range(0, len(self.rows), 2), range(1, len(self.rows), 2), strict=False))
        if len(self.rows) % 2 or len(pairs) < 2 or any(len(self.rows[a]) != len(self.rows[b]) for a, b in pairs):
            return False
        captions = [(label, cell) for _, b in pairs for label, cell in zip(self._named[b], self.rows[b], strict=True)]
        above = [cell for a, _ in pairs for cell in self.rows[a]]
        if not all(label for label, cell in captions if cell.text.strip()):
            return False
        told = [
            fits(label.shape, cell.text.strip())
            for (label, _), cell in zip(captions, above, strict=True)
            if label and label.shape in _TOLD_BY_SHAPE and cell.text.strip()
        ]
        return len(told) > 1 and all(told)

    def row_head(self, header: int, row: int) -> str:
        """The words at the left of a row that tell who signs there ("Member", "QP")."""
        named = self._named[header]
        if not any(label and label.shape == "signature" for label in named[1:]):
            return ""
        text = self.rows[row][0].text.strip()
        return text if 0 < len(text) <= 60 and "\n" not in text else ""


def _label_in(cell: Cell, labels: Labels) -> Field | None:
    """The field of a cell that holds a label alone."""
    text = cell.text.strip()
    if not text or len(text) > 120 or TICKED in text or UNTICKED in text or PICTURE in text:
        return None
    if (
        any(isinstance(block, Table) for block in cell.blocks)
        or _NUMBER_BELOW.search(text)
        or (text.endswith((".", "!", "?")) and len(text.split()) > 4)
    ):
        return None
    return labels.named(text)


def _near_label_in(cell: Cell, labels: Labels) -> Field | None:
    """The field that the words of a short cell are near to."""
    text = cell.text.strip()
    if not text or "\n" in text or TICKED in text or UNTICKED in text or PICTURE in text or text.endswith((".", "!")):
        return None
    return None if ":" in text[:-1] or len(cell.blocks) != 1 else nearest(labels, text.rstrip(" :"))
