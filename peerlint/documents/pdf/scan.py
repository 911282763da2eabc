"""Pages without a text layer, read by OCR."""

from __future__ import annotations

from statistics import mean
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from peerlint.documents.glyphs import plain
from peerlint.documents.model import Page, Source
from peerlint.documents.pdf.ink import Sheet, Word
from peerlint.documents.pdf.painting import painted

if TYPE_CHECKING:
    from peerlint.documents.ocr import Ocr

_RESOLUTION = 200 / 72  # pixels per point
_MOST_PIXELS = 5_000  # a side


def read_page(page: pdfium.FPDF_PAGE, sheet: Sheet, ocr: Ocr) -> Page:
    """Puts the words OCR finds on a page into its sheet; below the floor of confidence the page stays unread."""
    import numpy

    width, height = size = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = min(_RESOLUTION, _MOST_PIXELS / max(width, height, 1))
    page_painted = painted(page, size, scale, flags=pdfium.FPDF_ANNOT)
    across, down, stride = page_painted.across, page_painted.down, page_painted.stride
    pixels = numpy.frombuffer(page_painted.pixels, numpy.uint8).reshape(down, stride)
    image = pixels[:, : 3 * across].reshape(down, across, 3)
    found = ocr.words(image)
    if not found:
        return Page(sheet.number, unread="no text layer, and OCR found no words")
    confidence = mean(w.confidence for w in found)
    if confidence < ocr.floor:
        return Page(sheet.number, confidence, f"OCR is only {confidence:.0%} sure of its words")
    sheet.width, sheet.height = width, height
    for w in found:
        size = 0.75 * (w.bottom - w.top) / scale
        base = (w.bottom - 0.22 * (w.bottom - w.top)) / scale
        word = Word(
            plain(w.text), w.left / scale, w.right / scale, base, size, source=Source.OCR, confidence=w.confidence
        )
        sheet.words.append(word)
    return Page(sheet.number, confidence)
