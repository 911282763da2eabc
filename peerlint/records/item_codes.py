"""Forms whose boxes are counted as those of a claim form are ("4 DATE OF SERVICE", "K LONG-RANGE GOAL")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from peerlint.documents.model import Block, Cell, Document, Paragraph, Table

_CODED = re.compile(r"\s*(?P<code>\d{1,2}|[A-Z])(?P<gap>\s+)(?=[A-Z][\w'’]*[A-Za-z/])")
_FEWEST_IN_ORDER = 4
_FEWEST_SET_APART = 2
_MOST_WORDS_OF_A_CAPTION = 12
_LEVEL = 3
"""The level of a heading that a caption alone on its line is."""

_FIRST = (1, ord("A"))


def without_item_codes(document: Document) -> Document:
    """The document without the numbers or letters that count the captions of its boxes, where they run in order from
    the first. The same part may come round again with its letters, as the boxes of each goal do."""
    coded = [match for caption in _captions(document.blocks) if (match := _coded(caption))]
    codes = list(dict.fromkeys(match["code"] for match in coded))
    in_order = sum(_rank(later) == _rank(code) + 1 for code, later in pairwise(codes))
    set_apart = all("\t" in match["gap"] for match in coded)
    if in_order < (_FEWEST_SET_APART if set_apart else _FEWEST_IN_ORDER) or _rank(codes[0]) not in _FIRST:
        return document
    return replace(document, blocks=tuple(map(_standing, document.blocks)))


def _captions(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """The paragraphs that may be captions: those that stand alone, and the first of each cell."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for cell in (cell for row in block.rows for cell in row):
                yield from _captions(cell.blocks[:1])


def _coded(paragraph: Paragraph) -> re.Match[str] | None:
    caption = paragraph.text.strip().partition("\n")[0]
    match = _CODED.match(caption)
    brief = len(caption.split()) <= _MOST_WORDS_OF_A_CAPTION and (caption.isupper() or not caption.endswith("."))
    return match if brief else None


def _rank(code: str) -> int:
    return int(code) if code.isdigit() else ord(code)


def _standing(block: Block) -> Block:
    """A block of the body; a caption alone on its line heads what follows."""
    bare = _bare(block)
    if isinstance(bare, Paragraph) and bare is not block and not any(gap in bare.text.strip() for gap in "\n\t"):
        return replace(bare, heading=bare.heading or _LEVEL)
    return bare


def _bare(block: Block) -> Block:
    if isinstance(block, Table):
        return replace(block, rows=tuple(tuple(map(_bare_cell, row)) for row in block.rows))
    return replace(block, text=_CODED.sub("", block.text, count=1)) if _coded(block) else block


def _bare_cell(cell: Cell) -> Cell:
    return replace(cell, blocks=(*map(_bare, cell.blocks[:1]), *cell.blocks[1:]))
