"""The reading order of one page: columns, ruled tables in their places, lines as passages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from peerlint.documents.pdf.cards import CardRow, card_rows
from peerlint.documents.pdf.ink import Box, Word
from peerlint.documents.pdf.lines import Line, Passage, Setting, is_unfinished, lines_of, passages_of, right_margin
from peerlint.documents.pdf.tables import Grid, GridCell

_GUTTER = 12.0  # points
_INDENT = 8.0  # points
_FEWEST_LINES = 4  # a side, for two columns of running text
_FILLED = 0.6  # of its column, by the usual line of running text


@dataclass
class FilledCell:
    grid_cell: GridCell
    items: list[Item]


@dataclass
class FilledGrid:
    """A ruled table with what stands in its cells."""

    grid: Grid
    cells: list[FilledCell]

    @property
    def top(self) -> float:
        return self.grid.box.top


Item = Passage | FilledGrid


def items_of(words: Sequence[Word], grids: Sequence[Grid], area: Box, setting: Setting) -> list[Item]:
    """What stands in an area, in reading order. ``grids`` are sorted from the smallest."""
    free, tables = _fill(list(words), list(grids), setting)
    cards = list(card_rows(lines_of(free)))
    told = {id(word) for row in cards for line in row.lines for word in line.words}
    tables += [_as_grid(row, setting) for row in cards]
    return _arranged([word for word in free if id(word) not in told], tables, area, setting)


def _as_grid(row: CardRow, setting: Setting) -> FilledGrid:
    box, edges = row.box, row.edges
    cells = [
        FilledCell(GridCell(Box(left, box.top, right, box.bottom), 0, 1, number, 1), [*card.passages(setting.join)])
        for number, (card, (left, right)) in enumerate(zip(row.cards, pairwise(edges), strict=True))
    ]
    grid = Grid(box, tuple(cell.grid_cell for cell in cells), (box.top, box.bottom), edges)
    return FilledGrid(grid, cells)


def _fill(words: list[Word], grids: list[Grid], setting: Setting) -> tuple[list[Word], list[FilledGrid]]:
    """Words into the innermost table cell they stand in; returns the words and tables that stand in no table."""
    loose: list[FilledGrid] = []
    for grid in grids:
        cell_at = grid.cell_finder()
        words_in: dict[GridCell | None, list[Word]] = defaultdict(list)
        tables_in: dict[GridCell | None, list[FilledGrid]] = defaultdict(list)
        for word in words:
            words_in[cell_at(*word.middle)].append(word)
        for table in loose:
            tables_in[cell_at(*table.grid.box.middle)].append(table)
        words, loose = words_in.pop(None, []), tables_in.pop(None, [])
        cells = [FilledCell(c, _arranged(words_in[c], tables_in[c], c.box, setting)) for c in grid.cells]
        loose.append(FilledGrid(grid, cells))
    return words, loose


def _arranged(words: list[Word], tables: list[FilledGrid], area: Box, setting: Setting) -> list[Item]:
    lines = lines_of(words)
    right = right_margin(lines, area.left, area.right)
    passages: list[Passage] = []
    for run in _runs_between(lines, tables):
        for column in _columns(run):
            margin = right if column is run else max(line.right for line in column)
            found = passages_of(column, margin, setting)
            if passages and found and is_unfinished(passages[-1].text, found[0].text) and column is not run:
                passages[-1].lines += found[0].lines
                passages[-1].texts[-1] = setting.join(passages[-1].texts[-1], found.pop(0).text)
            passages += found
    return _in_order([p for p in passages if p.text.strip()], tables)


def _runs_between(lines: list[Line], tables: list[FilledGrid]) -> list[list[Line]]:
    """Lines in groups that no table parts."""
    edges = sorted(t.top for t in tables)
    runs: dict[int, list[Line]] = {}
    for line in lines:
        runs.setdefault(sum(edge < line.base for edge in edges), []).append(line)
    return list(runs.values())


def _in_order(passages: list[Passage], tables: list[FilledGrid]) -> list[Item]:
    """Each table before the first passage that stands lower; the passages keep their order."""
    waiting = sorted(tables, key=lambda t: (t.top, t.grid.box.left), reverse=True)
    items: list[Item] = []
    for passage in passages:
        while waiting and waiting[-1].top < passage.lines[0].base:
            items.append(waiting.pop())
        items.append(passage)
    return items + waiting[::-1]


def _columns(lines: list[Line]) -> list[list[Line]]:
    """The lines in reading order of columns: above the columns, the left, the right, below."""
    found = _gutter(lines)
    if found is None:
        return [lines]
    gutter, first, last = found
    left = [w for line in lines[first:last] for w in line.words if w.right <= gutter]
    right = [w for line in lines[first:last] for w in line.words if w.right > gutter]
    parts = [lines[:first], *_columns(lines_of(left)), *_columns(lines_of(right)), *_columns(lines[last:])]
    return [part for part in parts if part]


def _gutter(lines: list[Line]) -> tuple[float, int, int] | None:
    """Where two columns of running text are parted, with the first line and the one after the last of them."""
    if len(lines) < _FEWEST_LINES:
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    best: tuple[int, float, int, int] | None = None
    for step in range(25, 76, 2):
        x = left + (right - left) * step / 100
        first, last = _longest_run(
            [not any(s.left < x + _GUTTER / 2 and s.right > x - _GUTTER / 2 for s in line.segments) for line in lines]
        )
        first = _first_in_column(lines, first, last, x)
        if (best is None or last - first > best[0]) and _is_running_text(lines[first:last], x):
            best = (last - first, x, first, last)
    return None if best is None else best[1:]


def _longest_run(flags: list[bool]) -> tuple[int, int]:
    best, start = (0, 0), 0
    for index, flag in enumerate([*flags, False]):
        if not flag:
            best = max(best, (start, index), key=lambda run: run[1] - run[0])
            start = index + 1
    return best


def _first_in_column(lines: list[Line], first: int, last: int, gutter: float) -> int:
    """The first line of a run from which nothing stands to the left of where the right column begins."""
    lefts = Counter(round(s.left) for line in lines[first:last] for s in line.segments if s.left >= gutter)
    edge = lefts.most_common(1)[0][0] if lefts else gutter
    outside = [n for n in range(first, last) if any(gutter <= s.left < edge - _INDENT for s in lines[n].segments)]
    return outside[-1] + 1 if outside else first


def _is_running_text(lines: list[Line], gutter: float) -> bool:
    """Whether both sides of the gutter hold lines that mostly fill their column, rather than labels and values."""
    for side in (
        [s for line in lines for s in line.segments if s.right <= gutter],
        [s for line in lines for s in line.segments if s.left >= gutter],
    ):
        if len(side) < _FEWEST_LINES:
            return False
        width = max(s.right for s in side) - min(s.left for s in side)
        filled = sum(s.right - s.left >= _FILLED * width and len(s.text) > 20 for s in side)
        if filled < 0.6 * len(side) or any(s.text.endswith(":") for s in side[:3]):
            return False
    return True
