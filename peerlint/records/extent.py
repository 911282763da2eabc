"""The part of a document that is one record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from peerlint.documents.model import Block, Document, Paragraph, Part, Place, Revision


@dataclass(frozen=True, slots=True)
class Extent:
    """One record of a document: its blocks, with the document's running headers and footers. ``index`` counts the
    records of the document from 0; ``sole`` is True where the document holds no other."""

    path: str
    index: int
    document: Document
    blocks: tuple[Block, ...]
    sole: bool = True

    def numbered(self, index: int) -> Extent:
        return replace(self, index=index)

    @property
    def place(self) -> Place:
        return self.blocks[0].place if self.blocks else Place(0)

    @property
    def pages(self) -> tuple[int, int] | None:
        numbers = [block.place.page for block in self.blocks if block.place.page and block.place.part is Part.BODY]
        return (min(numbers), max(numbers)) if numbers else None

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs())

    def paragraphs(self) -> Iterator[Paragraph]:
        for block in self.blocks:
            yield from block.paragraphs()

    @property
    def revisions(self) -> tuple[Revision, ...]:
        if self.sole:
            return self.document.revisions
        numbers = {block.place.block for block in self.blocks}
        return tuple(revision for revision in self.document.revisions if revision.place.block in numbers)

    def doubts(self) -> tuple[str, ...]:
        """Why parts of the record could not be read for certain."""
        first, last = self.pages or (1, len(self.document.pages))
        pages = [page for page in self.document.pages if self.sole or first <= page.number <= last]
        unread = [f"page {page.number}: {page.unread}" for page in pages if page.unread]
        unsure = [
            f"page {page.number} was read by OCR with confidence {page.confidence:.2f}"
            for page in pages
            if page.confidence is not None and not page.unread
        ]
        return (*unread, *unsure)

    def signing_doubts(self) -> tuple[str, ...]:
        """What speaks against the digital signatures in the record, each doubt once."""
        signings = (signing for paragraph in self.paragraphs() for signing in paragraph.signings)
        return tuple(dict.fromkeys(signing.doubt for signing in signings if signing.doubt))
