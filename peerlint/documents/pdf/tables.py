"""Ruled tables: the grid that drawn lines make, found from where they cross."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from peerlint.documents.pdf.ink import Box, Shape

_THIN = 2.6  # points: a filled shape no thicker is a rule
_SHORTEST = 3.0
_STRAIGHT = 1.0
_SNAP = 2.5
_REACH = 3.5  # a rule may end this short of the rule it meets
_MOST_RULES = 3_000
_MOST_CELLS = 5_000  # more is graph paper, no form
_SMALLEST_CELL = 4.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal or vertical line: ``at`` is where it stands across its direction, ``start`` and ``end`` along it."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class GridCell:
    box: Box
    row: int
    rows: int
    column: int
    columns: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table. ``cells`` in reading order; ``tops`` are the y of its row rules, ``edges`` the x of the others."""

    box: Box
    cells: tuple[GridCell, ...]
    tops: tuple[float, ...]
    edges: tuple[float, ...]

    @property
    def rows(self) -> int:
        return len(self.tops) - 1

    def cell_finder(self) -> Callable[[float, float], GridCell | None]:
        """Finds the cell at a point; None outside the table and in its gaps."""
        at = {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }
        return lambda x, y: at.get((bisect_right(self.tops, y) - 1, bisect_right(self.edges, x) - 1))


def rules_of(shapes: Iterable[Shape]) -> tuple[list[Rule], list[Rule]]:
    """The horizontal and the vertical rules among drawn shapes, those in one line joined."""
    across: list[Rule] = []
    down: list[Rule] = []
    for shape in shapes:
        box = shape.box
        if shape.fill is not None and shape.fill < 0.99 and not shape.stroked:
            if box.height <= _THIN < box.width:
                across.append(Rule((box.top + box.bottom) / 2, box.left, box.right))
            elif box.width <= _THIN < box.height:
                down.append(Rule((box.left + box.right) / 2, box.top, box.bottom))
        elif shape.stroked and not shape.curves:
            for x0, y0, x1, y1 in shape.strokes:
                if abs(y0 - y1) <= _STRAIGHT and abs(x0 - x1) >= _SHORTEST:
                    across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
                elif abs(x0 - x1) <= _STRAIGHT and abs(y0 - y1) >= _SHORTEST:
                    down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return _joined(across), _joined(down)


def grids_of(across: Sequence[Rule], down: Sequence[Rule]) -> list[Grid]:
    """The tables of two cells or more that the rules draw, the smallest first."""
    if not across or not down or len(across) + len(down) > _MOST_RULES:
        return []
    cells = _cells(across, down)
    grids = [_grid(group) for group in _touching(cells) if len(group) > 1]
    return sorted(grids, key=lambda g: g.box.width * g.box.height)


def _joined(rules: list[Rule]) -> list[Rule]:
    """Rules at the same place and touching as one, places snapped together."""
    lanes: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if lanes and rule.at - lanes[-1][-1].at <= _SNAP and rule.at - lanes[-1][0].at <= 2 * _SNAP:
            lanes[-1].append(rule)
        else:
            lanes.append([rule])
    joined: list[Rule] = []
    for lane in lanes:
        at = sum(r.at for r in lane) / len(lane)
        pieces: list[Rule] = []
        for rule in sorted(lane, key=lambda r: r.start):
            if pieces and rule.start <= pieces[-1].end + _REACH:
                pieces[-1] = Rule(at, pieces[-1].start, max(pieces[-1].end, rule.end))
            else:
                pieces.append(Rule(at, rule.start, rule.end))
        joined += pieces
    return joined


def _cells(across: Sequence[Rule], down: Sequence[Rule]) -> list[Box]:
    """The smallest rectangles whose four corners are crossings and whose four sides are ruled."""
    on_row: dict[Rule, list[Rule]] = {
        h: [
            v for v in down if h.start - _REACH <= v.at <= h.end + _REACH and v.start - _REACH <= h.at <= v.end + _REACH
        ]
        for h in across
    }
    crossed_by: dict[Rule, set[Rule]] = defaultdict(set)
    for h, verticals in on_row.items():
        for v in verticals:
            crossed_by[v].add(h)
    ordered = sorted(across, key=lambda h: h.at)
    cells = []
    for index, top in enumerate(ordered):
        for left, right in _corners(sorted(on_row[top], key=lambda v: v.at), top):
            cell = _cell_under(top, left, right, ordered[index + 1 :], on_row, crossed_by)
            if cell is not None:
                cells.append(cell)
        if len(cells) > _MOST_CELLS:
            return []
    return cells


def _corners(verticals: list[Rule], top: Rule) -> list[tuple[Rule, Rule]]:
    """Neighbouring verticals that go down from this rule."""
    below = [v for v in verticals if v.end > top.at + _REACH]
    return [(a, b) for a, b in pairwise(below) if b.at - a.at >= _SMALLEST_CELL]


def _cell_under(
    top: Rule,
    left: Rule,
    right: Rule,
    lower: Sequence[Rule],
    on_row: dict[Rule, list[Rule]],
    crossed_by: dict[Rule, set[Rule]],
) -> Box | None:
    for bottom in lower:
        if bottom in crossed_by[left] and bottom in crossed_by[right] and bottom.at - top.at >= _SMALLEST_CELL:
            return Box(left.at, top.at, right.at, bottom.at)
    return None


def _touching(cells: list[Box]) -> list[list[Box]]:
    """Cells in groups that share corners."""
    parent = list(range(len(cells)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    first_at: dict[tuple[float, float], int] = {}
    for number, cell in enumerate(cells):
        for corner in product((cell.left, cell.right), (cell.top, cell.bottom)):
            parent[root(number)] = root(first_at.setdefault(corner, number))
    groups: dict[int, list[Box]] = defaultdict(list)
    for number, cell in enumerate(cells):
        groups[root(number)].append(cell)
    return list(groups.values())


def _grid(cells: list[Box]) -> Grid:
    tops = sorted({c.top for c in cells} | {c.bottom for c in cells})
    edges = sorted({c.left for c in cells} | {c.right for c in cells})
    row_of, column_of = {y: i for i, y in enumerate(tops)}, {x: i for i, x in enumerate(edges)}
    placed = [
        GridCell(
            c,
            row_of[c.top],
            row_of[c.bottom] - row_of[c.top],
            column_of[c.left],
            column_of[c.right] - column_of[c.left],
        )
        for c in sorted(cells, key=lambda c: (c.top, c.left))
    ]
    box = Box(edges[0], tops[0], edges[-1], tops[-1])
    return Grid(box, tuple(placed), tuple(tops), tuple(edges))
