"""Tables of goals: which rows head columns, and goals that stand side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from peerlint.documents.model import Block, Cell, Table
from peerlint.records.goal_words import Head, Level, column_roles, read_head
from peerlint.records.lines import cell_lines, clean

_LONGEST_HEADING = 14
"""The most words of a column heading."""
_BRACKETED = re.compile(r"\([^)]*\)")


def columns(cells: Sequence[Cell]) -> list[tuple[str, ...]]:
    """The roles of the columns if the row heads columns, else []."""
    if len(cells) < 2:
        return []
    texts = [clean(cell.text) for cell in cells]
    roles = [column_roles(text) for text in texts]
    filled = sum(bool(text) for text in texts)
    known = sum(bool(role) for role in roles)
    if known < 2 or known < filled - 1 or (known < filled and known < 3):
        return []
    if any(re.search(r"\d{2}", _BRACKETED.sub("", text)) or len(text.split()) > _LONGEST_HEADING for text in texts):
        return []
    return _long_apart(texts, roles)


def _long_apart(texts: Sequence[str], roles: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The roles, with long-range goals told from the short-range ones in another column."""
    if sum(role == ("goal",) for role in roles) < 2:
        return roles
    heads = [read_head(text) for text in texts]
    roles = _objectives_apart(heads, roles)
    long = [head is not None and head.level is Level.LONG for head in heads]
    return [("long",) if reaches and role == ("goal",) else role for reaches, role in zip(long, roles, strict=True)]


def _objectives_apart(heads: Sequence[Head | None], roles: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The roles, with objectives told from the goals in another column."""
    objective = [head is not None and head.level is Level.OBJECTIVE for head in heads]
    if all(told for told, role in zip(objective, roles, strict=True) if role == ("goal",)):
        return roles
    return [("objective",) if told else role for told, role in zip(objective, roles, strict=True)]


def heads_goals(cells: Sequence[Cell]) -> bool:
    """Whether the row heads the columns of a table of goals."""
    headed = columns(cells)
    roles = {role for roles in headed for role in roles}
    named = bool(roles & {"goal", "objective"}) and bool(roles & {"intervention", "responsible", "target", "measure"})
    return named or ("intervention" in roles and len(headed) >= 3)


def is_column_row(cells: Sequence[Cell]) -> bool:
    return bool(columns(cells))


def columns_apart(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, with goals that stand side by side in a table moved one below the other."""
    for block in blocks:
        first = _side_by_side(block) if isinstance(block, Table) else None
        if first is None:
            yield block
            continue
        assert isinstance(block, Table)
        for column in range(first, len(block.rows[0])):
            yield Table(tuple(_column_rows(block, column, first)), block.place)


def _side_by_side(table: Table) -> int | None:
    """The first column of goals in a table that has one goal in each column, else None. It may follow a column of
    labels."""
    row = table.rows[0] if table.rows else ()
    opening = [column for column, cell in enumerate(row) if _heads_column(cell)]
    if len(opening) < 2 or opening != list(range(opening[0], len(row))) or opening[0] > 1:
        return None
    return opening[0]


def _heads_column(cell: Cell) -> bool:
    first = next(cell_lines(cell), None)
    head = read_head(first.text) if first else None
    return bool(head and head.number)


def _column_rows(table: Table, column: int, labels: int) -> Iterator[tuple[Cell, ...]]:
    for row in table.rows:
        if column < len(row):
            yield (row[0], row[column]) if labels and clean(row[0].text) else (row[column],)
