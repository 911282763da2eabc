"""Rows of cards: values in larger letters, each over its caption in smaller ones, side by side without rules.

Where a value breaks over two lines, its caption stands lower than its neighbours', and the lines across the page mix
values with captions. Told apart by the size of their letters, they are cells again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from peerlint.documents.pdf.ink import Box
from peerlint.documents.pdf.lines import Join, Line, Passage

_ALIGNED = 3.0  # points
_SMALLER = 0.88  # of the size of the values
_SAME_SIZE = 0.06
_FARTHEST = 2.2  # font sizes between lines of one card
_ROOM = 2.0  # points around the words of a card


@dataclass
class Card:
    """A value and its caption, line by line."""

    left: float
    value: list[Line]
    caption: list[Line] = field(default_factory=list)

    def passages(self, join: Join) -> list[Passage]:
        return [Passage(lines, [_joined(lines, join)]) for lines in (self.value, self.caption)]


@dataclass
class CardRow:
    """Cards that stand side by side."""

    cards: list[Card]
    lines: list[Line]

    @property
    def box(self) -> Box:
        first, last = self.lines[0], self.lines[-1]
        right = max(line.right for line in self.lines)
        return Box(first.left - _ROOM, first.base - first.size, right + _ROOM, last.base + _ROOM)

    @property
    def edges(self) -> tuple[float, ...]:
        """The x at which the cards begin, and the right edge of the last."""
        return (*(card.left - _ROOM for card in self.cards), self.box.right)


def card_rows(lines: Sequence[Line]) -> Iterator[CardRow]:
    """The rows of cards among the lines whose values break over different numbers of lines; others read well as they
    stand."""
    position = 0
    while position < len(lines):
        row = _row_from(lines[position:])
        if row and (position == 0 or _nearer_below(lines[position - 1], row)):
            yield row
        position += len(row.lines) if row else 1


def _row_from(lines: Sequence[Line]) -> CardRow | None:
    """The row of cards that begins with the first line; None where none does."""
    head = lines[0]
    if len(head.segments) < 2:
        return None
    row = CardRow([Card(s.left, [Line([s], head.base)]) for s in head.segments], [head])
    for line in lines[1:]:
        if line.base - row.lines[-1].base > _FARTHEST * head.size or not _add(row, line, head.size):
            break
        row.lines.append(line)
    broken = len({len(card.value) for card in row.cards}) > 1
    return row if broken and all(card.caption for card in row.cards) else None


def _nearer_below(above: Line, row: CardRow) -> bool:
    """Whether the captions stand nearer to the values above them than to what follows, as the line above the row
    tells: where that one is nearer still, it holds the captions."""
    room_below = min(_room(card.value[-1], card.caption[0]) for card in row.cards)
    return above.size >= _SMALLER * row.lines[0].size or room_below < _room(above, row.lines[0])


def _room(upper: Line, lower: Line) -> float:
    """The room between two lines, in points."""
    return lower.base - lower.size - upper.base


def _add(row: CardRow, line: Line, size: float) -> bool:
    """Put the parts of a line under the cards they go on with; nothing where one of them belongs to no card."""
    parts = [Line([segment], line.base) for segment in line.segments]
    cards = [next((card for card in row.cards if abs(card.left - part.left) <= _ALIGNED), None) for part in parts]
    captions = [part.size < _SMALLER * size for part in parts]
    set_in = next((card.caption[0].size for card in row.cards if card.caption), 0.0)
    for part, card, captioned in zip(parts, cards, captions, strict=True):
        if card is None or (card.caption and not captioned):
            return False
        if captioned and set_in and abs(part.size / set_in - 1) > _SAME_SIZE:
            return False
    for part, card, captioned in zip(parts, cards, captions, strict=True):
        if card is not None:
            (card.caption if captioned else card.value).append(part)
    return True


def _joined(lines: Sequence[Line], join: Join) -> str:
    text = lines[0].text
    for line in lines[1:]:
        text = join(text, line.text)
    return text
