"""The normal form of a document: blocks in reading order, each with its place.

A reader turns the bytes of one file into a ``Document``; nothing after it knows DOCX from PDF.
Text is normalised the same way for every format:

* a tick box, however it was drawn, is one of ``TICKED`` or ``UNTICKED`` before its caption;
* a wide gap or a tab between two pieces of one line is a tab character;
* a picture in the text (a drawn signature, a logo) is ``PICTURE``;
* a signature field or signature line is a ``Signing`` mark standing where ``PICTURE`` stands in the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

TICKED = "☒"
UNTICKED = "☐"
PICTURE = "\ufffc"


class Part(StrEnum):
    """The part of a document in which a block stands."""

    BODY = "body"
    HEADER = "header"
    FOOTER = "footer"
    FOOTNOTE = "footnote"
    COMMENT = "comment"
    TEXT_BOX = "text box"
    ANNOTATION = "annotation"


class Source(StrEnum):
    """How the text of a block came to be read."""

    TEXT = "text"
    FORM_FIELD = "form field"
    INSERTED = "tracked insertion"
    HIDDEN = "hidden text"
    OCR = "OCR"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands. ``block`` counts from 0 in reading order; ``page`` from 1, None where the format has none;
    ``row`` and ``cell`` count from 0 inside a table."""

    block: int
    page: int | None = None
    part: Part = Part.BODY
    row: int | None = None
    cell: int | None = None


class SigningKind(StrEnum):
    """What the reader saw where somebody signs."""

    DRAWN = "drawn"  # a picture, ink or pen strokes
    DIGITAL = "digital"  # a signed PDF or Office signature field
    EMPTY_FIELD = "empty field"  # a signature field or signature line that nobody has signed


@dataclass(frozen=True, slots=True)
class Signing:
    """A mark that stands for a signature and is no text. ``signed_on`` is the date stored in a digital signature,
    ``doubt`` what speaks against it, "" where nothing does or nobody checked."""

    kind: SigningKind
    name: str = ""
    signed_on: date | None = None
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. ``text`` may hold newlines (line breaks) and tabs (gaps).

    ``heading`` is 1 to 9 for a line set apart as a heading (by style, or bold or larger and alone on its line), else 0.
    ``bullet`` is the marker of a list item as printed ("•", "2."), else "".
    ``signings`` are the marks behind the ``PICTURE`` characters of ``text``, in order.
    """

    text: str
    place: Place
    heading: int = 0
    bullet: str = ""
    source: Source = Source.TEXT
    signings: tuple[Signing, ...] = ()

    def paragraphs(self) -> Iterator[Paragraph]:
        yield self


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell, spanning ``columns`` columns. It may hold tables of its own."""

    blocks: tuple[Paragraph | Table, ...]
    place: Place
    columns: int = 1

    @property
    def text(self) -> str:
        return "\n".join(p.text for p in self.paragraphs())

    def paragraphs(self) -> Iterator[Paragraph]:
        for block in self.blocks:
            yield from block.paragraphs()


@dataclass(frozen=True, slots=True)
class Table:
    """A table as rows of cells. A cell merged downwards stands in its first row only; rows below hold an empty cell."""

    rows: tuple[tuple[Cell, ...], ...]
    place: Place

    def paragraphs(self) -> Iterator[Paragraph]:
        for row in self.rows:
            for cell in row:
                yield from cell.paragraphs()


Block = Paragraph | Table


class RevisionKind(StrEnum):
    INSERTION = "insertion"
    DELETION = "deletion"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Revision:
    """A tracked change or open comment. ``text`` is what was inserted, deleted or remarked."""

    kind: RevisionKind
    text: str
    author: str
    place: Place


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of one PDF page. ``confidence`` (0 to 1) is the mean word confidence of OCR, None for a text layer.
    ``unread`` says why the page could not be read ("no text layer"), else ""."""

    number: int
    confidence: float | None = None
    unread: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read. ``blocks`` holds the body in reading order, then headers, footers and notes once
    each. Comments stand in ``revisions``.
    ``warnings`` name what was set aside (hidden text, an unsupported XFA form), never the text itself."""

    format: str  # "docx" or "pdf"
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = ()
    revisions: tuple[Revision, ...] = ()
    warnings: tuple[str, ...] = ()
    properties: dict[str, str] = field(default_factory=dict)

    def paragraphs(self) -> Iterator[Paragraph]:
        for block in self.blocks:
            yield from block.paragraphs()

    @property
    def text(self) -> str:
        return "\n".join(p.text for p in self.paragraphs())


class Unreadable(Exception):
    """A file that cannot be read. ``reason`` is one plain clause ("the file is empty"), ``remedy`` what to do."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[Unreadable], tuple[str, str]]:
        return (Unreadable, (self.reason, self.remedy))


class NoTextLayer(Unreadable):
    """A scan: pages without text and no OCR to read them (D102, not D101)."""

    def __reduce__(self) -> tuple[type[Unreadable], tuple[str, str]]:
        return (NoTextLayer, (self.reason, self.remedy))
