"""A document as a few lines of text, for tests to compare."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from peerlint.documents.model import Block, Document, Paragraph, Part, Signing, Source, Unreadable
from peerlint.documents.read import read


def outline_of(path: Path) -> list[str]:
    """What ``read`` makes of a file: its blocks, then pages that were not read, revisions and warnings."""
    try:
        return list(outline(read(path)))
    except Unreadable as unreadable:
        return [f"{type(unreadable).__name__}: {unreadable.reason}"]


def outline(document: Document) -> Iterator[str]:
    for block in document.blocks:
        yield from _lines(block, "")
    for page in document.pages:
        if page.unread:
            yield f"? page {page.number}: {page.unread}"
    for revision in document.revisions:
        by = f" by {revision.author}" if revision.author else ""
        yield f"~ {revision.kind}{by} at {revision.place.block}: {revision.text!r}"
    for warning in document.warnings:
        yield f"! {warning}"


def _lines(block: Block, indent: str) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield indent + _line(block)
        return
    yield f"{indent}table"
    for row in block.rows:
        yield f"{indent}  row"
        for cell in row:
            wide = f" over {cell.columns}" if cell.columns > 1 else ""
            if len(cell.blocks) == 1 and isinstance(cell.blocks[0], Paragraph):
                yield f"{indent}    cell{wide}: {_line(cell.blocks[0])}"
                continue
            yield f"{indent}    cell{wide}"
            for inner in cell.blocks:
                yield from _lines(inner, indent + "      ")


def _line(paragraph: Paragraph) -> str:
    part = f"[{paragraph.place.part}] " if paragraph.place.part is not Part.BODY else ""
    heading = "#" * paragraph.heading + " " if paragraph.heading else ""
    bullet = paragraph.bullet + " " if paragraph.bullet else ""
    source = f" ({paragraph.source})" if paragraph.source is not Source.TEXT else ""
    text = paragraph.text.replace("\t", " -> ").replace("\n", " / ")
    return f"{part}{heading}{bullet}{text}{source}{''.join(map(_mark, paragraph.signings))}"


def _mark(signing: Signing) -> str:
    return f" <{' '.join(str(x) for x in (signing.kind, signing.name, signing.signed_on) if x)}>"
