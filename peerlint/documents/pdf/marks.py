"""Marks among the words of a page: drawn tick boxes, pictures, pen strokes, and rules through words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from peerlint.documents.model import PICTURE, TICKED, UNTICKED, Signing, SigningKind, Source
from peerlint.documents.pdf.ink import Box, Shape, Sheet, Word
from peerlint.documents.pdf.tables import Rule

_SMALLEST_BOX, _LARGEST_BOX = 5.0, 22.0  # points
_MOST_BOXES = 400  # on one page: more is a pattern
_MOST_GROUPS = 400  # of pen strokes on one page: more is a drawing
_TICKS = ("x", "X", "✓", "✔", "•", "l", TICKED)
_SCAN_AREA = 0.5  # of the page: a picture as large is the page itself, scanned
_HEAD, _FOOT = 0.15, 0.93  # of the page's height: pictures above and below are logos
_SMALLEST_PICTURE = 8.0
_MIDDLE = 0.55  # font sizes above the baseline: a rule that strikes words stands no higher
_PEN_CURVES, _PEN_STROKES = 6, 12
_PEN_WIDTH, _PEN_HEIGHT = (25.0, 330.0), (6.0, 120.0)


@dataclass(frozen=True, slots=True)
class TickBox:
    box: Box
    ticked: bool


def tick_boxes(sheet: Sheet) -> list[TickBox]:
    """The small squares and rings on a page, with whether something is drawn or typed in them."""
    frames = [s for s in sheet.shapes if _is_frame(s)]
    if len(frames) > _MOST_BOXES:
        return []
    frames = [f for f in frames if not any(_holds_frame(other, f) for other in frames)]
    frames = [f for f in frames if not any(_adjoins(f.box, other.box) for other in frames if other is not f)]
    return [TickBox(f.box, _is_ticked(f, sheet)) for f in _distinct(frames)]


def set_tick_boxes(sheet: Sheet, boxes: Iterable[TickBox]) -> None:
    """Puts tick boxes among the words, each on the line of the words beside it, in place of what was typed in it."""
    for tick in boxes:
        sheet.words = [w for w in sheet.words if not (tick.box.holds(*w.middle, 1) and len(w.text) <= 1)]
        sheet.words.append(mark(TICKED if tick.ticked else UNTICKED, tick.box, sheet.words))
        sheet.shapes = [
            s for s in sheet.shapes if not tick.box.holds(*s.box.middle, 1) or s.box.width > 2 * tick.box.width
        ]


def mark(
    text: str, box: Box, words: Sequence[Word], signing: Signing | None = None, source: Source = Source.TEXT
) -> Word:
    """A mark as a word that stands in ``box``, on the baseline of the words beside it."""
    base, size = baseline_beside(box, words)
    return Word(text, box.left, box.right, base, size, source=source, signing=signing)


def baseline_beside(box: Box, words: Sequence[Word]) -> tuple[float, float]:
    """The baseline and size of the nearest words level with a box; its own bottom and height where there are none."""
    level = [w for w in words if box.top - 0.3 * w.size <= w.middle[1] <= box.bottom + 0.3 * w.size]
    if not level:
        return box.bottom - 0.15 * min(box.height, 12), min(max(box.height, 6), 12)
    lowest = max(w.base for w in level)
    lowest_line = [w for w in level if w.base > lowest - 0.4 * w.size]
    nearest = min(lowest_line, key=lambda w: max(w.left - box.right, box.left - w.right))
    return nearest.base, nearest.size


def set_pictures(sheet: Sheet) -> None:
    """Puts a picture mark for each picture and each group of pen strokes that may be a signature."""
    for box in [*_pictures(sheet), *_pen_strokes(sheet)]:
        if min(box.width, box.height) < _SMALLEST_PICTURE or _is_scan(box, sheet):
            continue
        in_text = box.bottom > _HEAD * sheet.height and box.top < _FOOT * sheet.height
        if in_text or _follows_words(box, sheet.words):
            sheet.words.append(mark(PICTURE, box, sheet.words, Signing(SigningKind.DRAWN)))


def _pictures(sheet: Sheet) -> Iterator[Box]:
    """The pictures on a page: strips of one as one, and yet each by itself where each has words of its own beside it,
    as signatures do in rows that touch."""
    for stack in _stacks(sheet.pictures):
        yield from stack if all(_has_words_beside(box, sheet.words) for box in stack) else [_around(stack)]


def _has_words_beside(box: Box, words: Sequence[Word]) -> bool:
    return any(box.top < word.middle[1] < box.bottom for word in words)


def _follows_words(box: Box, words: Sequence[Word]) -> bool:
    """Whether words stand before a box on its line, as a label does before a signature and none before a logo."""
    base, size = baseline_beside(box, words)
    return any(abs(w.base - base) < 0.4 * size and 0 <= box.left - w.right + 4 < 200 for w in words)


def is_scanned(sheet: Sheet) -> bool:
    """Whether a picture covers the page."""
    return any(_is_scan(_around(stack), sheet) for stack in _stacks(sheet.pictures))


def struck_words(words: Sequence[Word], across: Sequence[Rule]) -> tuple[list[Word], list[Word]]:
    """The words that stand, and those with a rule through their middle that begins and ends where they do.
    A word struck in part is two."""
    standing, struck = list(words), []
    for rule in _near_baselines(across, words):
        under = [w for w in standing if _runs_through(rule, w)]
        if not under or min(w.left for w in under) < rule.start - 0.3 * under[0].size:
            continue
        last = max(under, key=lambda w: w.right)
        if rule.end - last.right > last.size or rule.start < min(w.left for w in under) - last.size:
            continue
        gone = set(map(id, under))
        standing = [w for w in standing if id(w) not in gone]
        whole, rest = _parted(last, rule.end)
        struck += [w for w in under if w is not last] + [whole]
        standing += [rest] if rest.text else []
    return standing, struck


def _near_baselines(across: Iterable[Rule], words: Sequence[Word]) -> Iterator[Rule]:
    """The rules that stand so little above a baseline that they may run through words."""
    bases, reach = sorted(w.base for w in words), _MIDDLE * max((w.size for w in words), default=0.0)
    for rule in across:
        following = bisect_left(bases, rule.at)
        if following < len(bases) and bases[following] < rule.at + reach:
            yield rule


def _runs_through(rule: Rule, word: Word) -> bool:
    middle = word.base - _MIDDLE * word.size < rule.at < word.base - 0.15 * word.size
    reach = min(rule.end, word.right) - max(rule.start, word.left)
    first_letter = (word.rights[0] if word.rights else word.right) - word.left
    return middle and reach > 0.8 * first_letter


def _parted(word: Word, at: float) -> tuple[Word, Word]:
    """A word in two at a place between its letters."""
    count = sum(right <= at + 0.2 * word.size for right in word.rights) if word.rights else len(word.text)
    head = replace(
        word, text=word.text[:count], right=word.rights[count - 1] if 0 < count <= len(word.rights) else word.right
    )
    tail = replace(word, text=word.text[count:], left=head.right, rights=word.rights[count:])
    return head, tail


def _is_frame(shape: Shape) -> bool:
    box = shape.box
    square = _SMALLEST_BOX <= box.width <= _LARGEST_BOX and 0.7 <= box.width / max(box.height, 0.1) <= 1.4
    if not square or box.height > _LARGEST_BOX:
        return False
    open_inside = shape.fill is None or shape.fill > 0.85 or len(shape.strokes) >= 8
    ring = shape.curves == 4 and not shape.strokes
    return (
        open_inside and (shape.stroked or shape.fill is not None) and (ring or (not shape.curves and _outlines(shape)))
    )


def _outlines(shape: Shape) -> bool:
    """Whether strokes run along all four sides of the shape's box."""
    box, slack = shape.box, 1.0
    sides = {"left": False, "right": False, "top": False, "bottom": False}
    for x0, y0, x1, y1 in shape.strokes:
        if abs(x0 - x1) < slack and abs(y0 - y1) > 0.6 * box.height:
            sides["left"] |= abs(x0 - box.left) < slack
            sides["right"] |= abs(x0 - box.right) < slack
        elif abs(y0 - y1) < slack and abs(x0 - x1) > 0.6 * box.width:
            sides["top"] |= abs(y0 - box.top) < slack
            sides["bottom"] |= abs(y0 - box.bottom) < slack
    return all(sides.values())


def _holds_frame(outer: Shape, inner: Shape) -> bool:
    return outer is not inner and outer.box.width > inner.box.width + 0.5 and outer.box.holds(*inner.box.middle, -1)


def _adjoins(box: Box, other: Box) -> bool:
    """Whether two boxes share a side, like the cells of a comb for single letters."""
    level = abs(box.top - other.top) < 1 and abs(box.bottom - other.bottom) < 1
    return level and (abs(box.right - other.left) < 1 or abs(box.left - other.right) < 1)


def _distinct(frames: list[Shape]) -> list[Shape]:
    kept: list[Shape] = []
    for frame in frames:
        if not any(k.box.holds(*frame.box.middle, -2) for k in kept):
            kept.append(frame)
    return kept


def _is_ticked(frame: Shape, sheet: Sheet) -> bool:
    box = frame.box
    if any(abs(x0 - x1) > 2 and abs(y0 - y1) > 2 for x0, y0, x1, y1 in frame.strokes):
        return True
    for shape in sheet.shapes:
        if shape is not frame and box.holds(*shape.box.middle) and _is_ink(shape, box):
            return True
    return any(w.text in _TICKS and box.holds(*w.middle, 1) for w in sheet.words)


def _is_ink(shape: Shape, box: Box) -> bool:
    if max(shape.box.width, shape.box.height) < 0.3 * box.width or shape.box.width > 1.3 * box.width:
        return False
    if shape.fill is not None and shape.fill < 0.6:
        return shape.box.width < 0.95 * box.width or not _outlines(shape) or len(shape.strokes) < 8
    return shape.stroked and not _outlines(shape) and (shape.curves != 4 or bool(shape.strokes))


def _is_scan(box: Box, sheet: Sheet) -> bool:
    return box.width * box.height >= _SCAN_AREA * sheet.width * sheet.height


def _stacks(boxes: Iterable[Box]) -> list[list[Box]]:
    """Pictures of one width that touch one below the other, as one that is cut into strips does."""
    stacks: list[list[Box]] = []
    for box in sorted(boxes, key=lambda b: (round(b.left), b.top)):
        last = stacks[-1][-1] if stacks else None
        if (
            last
            and abs(last.left - box.left) < 1.5
            and abs(last.right - box.right) < 1.5
            and box.top - last.bottom < 1.5
        ):
            stacks[-1].append(box)
        else:
            stacks.append([box])
    return stacks


def _around(stack: Sequence[Box]) -> Box:
    return reduce(_both, stack)


def _pen_strokes(sheet: Sheet) -> list[Box]:
    """The boxes around groups of bent or slanting strokes of a signature's size that hold no words."""
    groups: list[tuple[Box, int, int]] = []
    for shape in sheet.shapes:
        slanting = sum(abs(x0 - x1) > 0.3 and abs(y0 - y1) > 0.3 for x0, y0, x1, y1 in shape.strokes)
        if not (shape.curves or slanting) or not (shape.stroked or (shape.fill is not None and shape.fill < 0.6)):
            continue
        box, curves = shape.box, shape.curves
        if len(groups) > _MOST_GROUPS:
            return []
        for other in [g for g in groups if _near(g[0], box)]:
            groups.remove(other)
            box, curves, slanting = _both(other[0], box), curves + other[1], slanting + other[2]
        groups.append((box, curves, slanting))
    return [box for box, curves, slanting in groups if _is_pen(box, curves, slanting, sheet)]


def _is_pen(box: Box, curves: int, slanting: int, sheet: Sheet) -> bool:
    sized = _PEN_WIDTH[0] <= box.width <= _PEN_WIDTH[1] and _PEN_HEIGHT[0] <= box.height <= _PEN_HEIGHT[1]
    drawn = curves >= _PEN_CURVES or slanting >= _PEN_STROKES
    inside = sum(box.holds(*w.middle, -2) for w in sheet.words)
    return sized and drawn and inside <= 2


def _near(one: Box, other: Box) -> bool:
    return (
        one.left < other.right + 8
        and other.left < one.right + 8
        and one.top < other.bottom + 8
        and other.top < one.bottom + 8
    )


def _both(one: Box, other: Box) -> Box:
    return Box(
        min(one.left, other.left), min(one.top, other.top), max(one.right, other.right), max(one.bottom, other.bottom)
    )
