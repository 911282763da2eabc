"""Documents from plain text: how rule cases, rule pages and ruleset tests write records without a word processor.

A line is a paragraph; ``# `` begins a heading (``##`` a lower one); ``- `` a list item; consecutive lines of
``| cell | cell |`` are a table; ``[x]`` and ``[ ]`` are tick boxes; ``[signature]`` is a drawn signature.
"""

from __future__ import annotations

import re
from itertools import groupby

from peerlint.documents.model import (
    PICTURE,
    TICKED,
    UNTICKED,
    Block,
    Cell,
    Document,
    Paragraph,
    Place,
    Signing,
    SigningKind,
    Table,
)

_HEADING = re.compile(r"(#+) (.*)")


def document_from_text(text: str) -> Document:
    """The document that the text describes."""
    blocks: list[Block] = []
    lines = [line.strip() for line in text.strip().splitlines()]
    for tabular, group in groupby(lines, key=lambda line: line.startswith("|")):
        if tabular:
            blocks.append(_table(list(group), len(blocks)))
            continue
        for line in group:
            if line:
                blocks.append(_paragraph(line, Place(block=len(blocks))))
    return Document(format="text", blocks=tuple(blocks))


def _paragraph(line: str, place: Place) -> Paragraph:
    heading = 0
    bullet = ""
    if match := _HEADING.fullmatch(line):
        heading, line = len(match[1]), match[2]
    elif line.startswith("- "):
        bullet, line = "•", line[2:]
    line = line.replace("[x]", TICKED).replace("[ ]", UNTICKED).replace("[signature]", PICTURE)
    signings = tuple(Signing(SigningKind.DRAWN) for _ in range(line.count(PICTURE)))
    return Paragraph(line, place, heading=heading, bullet=bullet, signings=signings)


def _table(lines: list[str], block: int) -> Table:
    rows = []
    for row, line in enumerate(lines):
        texts = [cell.strip() for cell in line.strip("|").split("|")]
        rows.append(
            tuple(
                Cell((_paragraph(text, place),), place)
                for place, text in ((Place(block, row=row, cell=column), text) for column, text in enumerate(texts))
            )
        )
    return Table(tuple(rows), Place(block))
