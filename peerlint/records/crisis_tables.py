"""Tables of a crisis plan that set its parts in columns, or several answers behind one part, as rows of part and
answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from peerlint.documents.model import Block, Cell, Table
from peerlint.records.lines import clean
from peerlint.records.model import Topic
from peerlint.records.phones import phones_in
from peerlint.records.topics import crisis_cues

OF_CRISIS = frozenset(
    {Topic.TRIGGERS, Topic.WARNING_SIGNS, Topic.WHAT_HELPS, Topic.WHAT_HARMS, Topic.CONTACTS, Topic.FOLLOW_UP}
)
"""What a crisis plan tells."""

_LONGEST_HEADING = 10
_FEWEST_HEADINGS = 2


def parts_apart(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, with parts that stand in columns and answers that stand side by side each on a row of their own."""
    for block in blocks:
        rows = tuple(_rows(block)) if isinstance(block, Table) else ()
        yield Table(rows, block.place) if rows else block


def _rows(table: Table) -> Iterator[tuple[Cell, ...]]:
    if len(table.rows) < _FEWEST_HEADINGS or _width(table) < _FEWEST_HEADINGS:
        return
    down = {part_headed(clean(row[0].text)) for row in table.rows} - {None}
    across = {part_headed(clean(cell.text)) for cell in table.rows[0]} - {None}
    if len(down) >= _FEWEST_HEADINGS and _width(table) > 2:
        yield from _answers(table.rows)
    elif len(across) >= _FEWEST_HEADINGS and len(down) < _FEWEST_HEADINGS and _all_alike(table):
        yield from _columns(table.rows)


def _width(table: Table) -> int:
    return max((len(row) for row in table.rows), default=0)


def _all_alike(table: Table) -> bool:
    return len({len(row) for row in table.rows}) == 1 and all(clean(cell.text) for cell in table.rows[0])


def _answers(rows: Sequence[tuple[Cell, ...]]) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        if len(row) > 2 and part_headed(clean(row[0].text)):
            yield from ((row[0], cell) for cell in row[1:] if clean(cell.text))
        else:
            yield row


def _columns(rows: Sequence[tuple[Cell, ...]]) -> Iterator[tuple[Cell, ...]]:
    for column, heading in enumerate(rows[0]):
        yield from ((heading, row[column]) for row in rows[1:] if clean(row[column].text))


def part_headed(text: str) -> Topic | None:
    """The part of a crisis plan that a short text without a number to call heads, else None."""
    if not text or len(text.split()) > _LONGEST_HEADING or phones_in(text) or text.endswith("."):
        return None
    topic = crisis_cues().topic_of(text)
    return topic if topic in OF_CRISIS else None
