"""Words that stand in a file and are not seen on the page: without ink, in the colour of their ground, or covered."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from peerlint.documents.model import Source
from peerlint.documents.pdf.ink import WHITE, Box, Color, Shape, Sheet, Word
from peerlint.documents.pdf.marks import is_scanned

_ALIKE = 8  # of 255: colours no further apart cannot be told apart
_PALE = 0.9  # grey of a ground on which white words are hard to see
_SLACK = 1.0  # points by which a word may stand out from under a patch

IsEven = Callable[[Box], bool]


def drop_hidden(sheet: Sheet, notes: Sequence[Shape], is_even: IsEven) -> None:
    """Takes out the words that are not seen; those under a scan are its text layer. Words over which a patch was drawn
    later, also by one of the ``notes`` on the page, go to ``covered``.

    ``is_even`` tells whether a place of the painted page shows one colour alone."""
    scanned = is_scanned(sheet)
    patches = [shape for shape in sheet.shapes if shape.patch]
    covered = _under([*patches, *notes], sheet.words)
    grounds = {WHITE, *(patch.color for patch in patches)}
    risky = {color for color in {w.style.color for w in sheet.words} if any(_alike(color, g) for g in grounds)}
    kept = []
    for word in sheet.words:
        if word.style.unpainted and scanned:
            word.source = Source.OCR
        elif id(word) in covered:
            sheet.covered.append(word)
            continue
        elif word.style.unpainted or (word.style.color in risky and _is_lost(word, sheet, is_even)):
            sheet.hidden = True
            continue
        kept.append(word)
    sheet.words = kept


def _under(patches: Iterable[Shape], words: Sequence[Word]) -> set[int]:
    """The words, by their ids, over which a patch was drawn later."""
    by_base = sorted(words, key=lambda w: w.base)
    bases = [w.base for w in by_base]
    found = set()
    for shape in patches:
        patch = shape.patch or shape.box
        level = by_base[bisect_left(bases, patch.top) : bisect_left(bases, patch.bottom + _SLACK)]
        found |= {id(word) for word in level if word.style.rank < shape.rank and _covers(patch, word)}
    return found


def _covers(patch: Box, word: Word) -> bool:
    across = patch.left <= word.left + _SLACK and word.right - _SLACK <= patch.right
    return across and patch.top <= word.base - 0.5 * word.size


def _is_lost(word: Word, sheet: Sheet, is_even: IsEven) -> bool:
    """Whether a word has the colour of what it stands on."""
    color, (x, y) = word.style.color, word.middle
    if any(picture.holds(x, y) for picture in sheet.pictures):
        return False
    grounds = [s for s in sheet.shapes if s.fill is not None and s.rank < word.style.rank and s.box.holds(x, y)]
    if grounds and grounds[-1].patch and grounds[-1].patch.holds(x, y):
        return _alike(color, grounds[-1].color) and is_even(_letters(word))
    return _alike(color, WHITE) and not any(ground.fill is not None and ground.fill < _PALE for ground in grounds)


def _letters(word: Word) -> Box:
    """Where the small letters of a word stand."""
    return Box(word.left, word.base - 0.5 * word.size, word.right, word.base)


def _alike(one: Color, other: Color) -> bool:
    return all(abs(a - b) < _ALIKE for a, b in zip(one, other, strict=True))
