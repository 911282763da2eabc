"""One PDF from its pages to a ``Document``."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from peerlint.documents.limits import Limits
from peerlint.documents.model import Document, NoTextLayer, Page, Paragraph, Unreadable
from peerlint.documents.pdf.blocks import Blocks
from peerlint.documents.pdf.hyphens import Hyphens
from peerlint.documents.pdf.ink import Box, Sheet
from peerlint.documents.pdf.layout import Item, items_of
from peerlint.documents.pdf.sheet import read_sheet
from peerlint.documents.pdf.tables import grids_of, rules_of

if TYPE_CHECKING:
    from peerlint.documents.ocr import Ocr

_PROPERTIES = {"Title": "title", "Author": "author", "Creator": "application", "Producer": "producer", "CreationDate": "created", "ModDate": "modified"}


def read_pdf(content: bytes, limits: Limits, ocr: Ocr | None) -> Document:
    """The document in the bytes of a PDF."""
    with _opened(content) as pdf:
        count = pdfium.FPDF_GetPageCount(pdf)
        if count > limits.pages:
            raise Unreadable(f"the file has more than {limits.pages} pages", "split it")
        sheets = [_sheet(pdf, index, limits) for index in range(count)]
        properties = {ours: value for theirs, ours in _PROPERTIES.items() if (value := _meta(pdf, theirs))}
    hyphens = Hyphens(w.text for sheet in sheets for w in sheet.words)
    pages = [_items(sheet, hyphens) for sheet in sheets]
    blocks = Blocks(sheets, pages)
    return Document(
        format="pdf",
        blocks=tuple(blocks.all()),
        pages=tuple(Page(sheet.number) for sheet in sheets),
        properties=properties,
    )


def _items(sheet: Sheet, hyphens: Hyphens) -> list[Item]:
    across, down = rules_of(sheet.shapes)
    return items_of(sheet.words, grids_of(across, down), Box(0, 0, sheet.width, sheet.height), hyphens.join)


@contextmanager
def _opened(content: bytes) -> Iterator[pdfium.FPDF_DOCUMENT]:
    import pypdfium2  # noqa: F401  (initialises the library)

    pdf = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
    if not pdf:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
            raise Unreadable("the file is protected with a password", "save a copy without the password")
        raise Unreadable("the PDF is damaged or cut short", "open it in a PDF reader, print it to PDF again, or ask for a fresh copy")
    try:
        yield pdf
    finally:
        pdfium.FPDF_CloseDocument(pdf)


def _sheet(pdf: pdfium.FPDF_DOCUMENT, index: int, limits: Limits) -> Sheet:
    page = pdfium.FPDF_LoadPage(pdf, index)
    if not page:
        raise Unreadable(f"page {index + 1} is damaged", "print the file to PDF again")
    try:
        return read_sheet(page, index + 1, limits)
    finally:
        pdfium.FPDF_ClosePage(page)


def _meta(pdf: pdfium.FPDF_DOCUMENT, name: str) -> str:
    length = pdfium.FPDF_GetMetaText(pdf, name.encode(), None, 0)
    buffer = ctypes.create_string_buffer(max(length, 2))
    pdfium.FPDF_GetMetaText(pdf, name.encode(), buffer, length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace").strip()
