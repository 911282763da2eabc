"""One PDF from its pages to a ``Document``."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from peerlint.documents.limits import Limits
from peerlint.documents.model import (
    PICTURE,
    Document,
    NoTextLayer,
    Page,
    Part,
    Revision,
    RevisionKind,
    Signing,
    Unreadable,
)
from peerlint.documents.pdf import scan
from peerlint.documents.pdf.blocks import Blocks
from peerlint.documents.pdf.forms import Additions, add_fields_and_notes, covering_notes, form_of
from peerlint.documents.pdf.hidden import drop_hidden
from peerlint.documents.pdf.hyphens import Hyphens
from peerlint.documents.pdf.ink import Box, Sheet, Word
from peerlint.documents.pdf.layers import has_layers, switched_off
from peerlint.documents.pdf.layout import Item, items_of
from peerlint.documents.pdf.lines import USUAL_LEADING, Line, Passage, Segment, Setting, lines_of
from peerlint.documents.pdf.marks import is_scanned, set_pictures, set_tick_boxes, struck_words, tick_boxes
from peerlint.documents.pdf.nesting import refuse_nested_drawings
from peerlint.documents.pdf.painting import even_places
from peerlint.documents.pdf.running import item_base, set_running_apart
from peerlint.documents.pdf.sheet import read_sheet
from peerlint.documents.pdf.signatures import signed_fields
from peerlint.documents.pdf.tables import Grid, grids_of, rules_of
from peerlint.documents.pdf.validation import doubts

if TYPE_CHECKING:
    from peerlint.documents.ocr import Ocr

_PROPERTIES = {
    "Title": "title",
    "Author": "author",
    "Creator": "application",
    "Producer": "producer",
    "CreationDate": "created",
    "ModDate": "modified",
}
_NO_TEXT = "no text layer"
_GARBLED = "the text layer does not say what the page shows"
_DAMAGED = "the page is damaged"
_TOO_FEW_LETTERS = 40  # on a scanned page: a stamp or a page number, not the record
_OUTLINED = 200  # bent strokes on a page without text: its letters may be drawn


@dataclass
class _Leaf:
    """One page, read: what stands on it, and what was set aside."""

    sheet: Sheet
    page: Page
    grids: list[Grid] = field(default_factory=list)
    struck: list[Word] = field(default_factory=list)
    added: Additions = field(default_factory=Additions)


@dataclass
class _File:
    """A PDF that is being read."""

    content: bytes
    pdf: pdfium.FPDF_DOCUMENT
    form: pdfium.FPDF_FORMHANDLE | None
    limits: Limits
    ocr: Ocr | None
    has_layers: bool

    @cached_property
    def signings(self) -> dict[str, Signing]:
        """The signatures by the names of their fields, each with what speaks against it."""
        signings = signed_fields(self.content)
        against = doubts(self.content) if signings else {}
        everywhere = against.get("", "")
        return {name: replace(signing, doubt=against.get(name, everywhere)) for name, signing in signings.items()}


def read_pdf(content: bytes, limits: Limits, ocr: Ocr | None = None) -> Document:
    """The document in the bytes of a PDF. Pages that cannot be read are named in ``pages``; a file without any page
    that can be read raises ``NoTextLayer``."""
    refuse_nested_drawings(content, limits)
    with _opened(content) as pdf, form_of(pdf) as form:
        count = pdfium.FPDF_GetPageCount(pdf)
        if count > limits.pages:
            raise Unreadable(f"the file has more than {limits.pages} pages", "split it")
        file = _File(content, pdf, form, limits, ocr, has_layers(content))
        leaves = [_leaf(file, index) for index in range(count)]
        properties = {ours: value for theirs, ours in _PROPERTIES.items() if (value := _meta(pdf, theirs))}
        warnings = tuple(_warnings(pdf, leaves))
    if all(leaf.page.unread for leaf in leaves) and not any(leaf.sheet.words for leaf in leaves):
        raise _no_text(leaves)
    blocks = _blocks(leaves)
    return Document(
        format="pdf",
        blocks=tuple(blocks.all()),
        pages=tuple(leaf.page for leaf in leaves),
        revisions=tuple(_revisions(leaves, blocks)),
        warnings=warnings,
        properties=properties,
    )


def _leaf(file: _File, index: int) -> _Leaf:
    with _page(file.pdf, index, file.form) as page:
        if page is None:
            return _Leaf(Sheet(index + 1, 0.0, 0.0), Page(index + 1, unread=_DAMAGED))
        unseen = switched_off(page, file.limits) if file.has_layers else frozenset()
        sheet = read_sheet(page, index + 1, unseen, file.limits)
        if sheet.garbled:
            sheet.words = []
        drop_hidden(sheet, covering_notes(page, sheet), even_places(page, sheet))
        set_tick_boxes(sheet, tick_boxes(sheet))
        added = add_fields_and_notes(page, file.form, sheet, lambda name: file.signings.get(name))
        set_pictures(sheet)
        leaf = _Leaf(sheet, Page(index + 1, unread=_why_unread(sheet)), added=added)
        if leaf.page.unread and file.ocr is not None:
            leaf.page = scan.read_page(page, sheet, file.ocr)
    _tell_rules(leaf)
    return leaf


def _tell_rules(leaf: _Leaf) -> None:
    """Tells the rules of tables from those through words."""
    sheet = leaf.sheet
    across, down = rules_of(sheet.shapes)
    standing, struck = struck_words(sheet.words, across)
    struck += [w for w in standing if any(box.holds(*w.middle) for box in leaf.added.struck)]
    gone = set(map(id, struck))
    leaf.struck = struck
    sheet.words = [w for w in standing if id(w) not in gone] + [replace(w, text="") for w in struck]
    leaf.grids = grids_of(across, down)


def _why_unread(sheet: Sheet) -> str:
    """Why a page's words cannot be known, "" where they can or the page is blank."""
    letters = sum(len(w.text) for w in sheet.words if w.text != PICTURE)
    if sheet.garbled:
        return _GARBLED
    if is_scanned(sheet):
        return _NO_TEXT if letters < _TOO_FEW_LETTERS else ""
    if letters:
        return ""
    return _NO_TEXT if sheet.pictures or sum(s.curves for s in sheet.shapes) > _OUTLINED else ""


def _blocks(leaves: list[_Leaf]) -> Blocks:
    sheets = [leaf.sheet for leaf in leaves]
    hyphens = Hyphens(w.text for sheet in sheets for w in sheet.words)
    setting = Setting(hyphens.join)
    pages = [_items(leaf, setting) for leaf in leaves]
    if setting.leading > USUAL_LEADING and len(leaves) > 1:  # the pages before the first that showed it
        pages = [_items(leaf, setting) for leaf in leaves]
    return Blocks(sheets, set_running_apart(sheets, pages), hyphens.join)


def _items(leaf: _Leaf, setting: Setting) -> list[Item]:
    sheet = leaf.sheet
    items = items_of(sheet.words, leaf.grids, Box(0, 0, sheet.width, sheet.height), setting)
    for box, text in leaf.added.typed:
        index = next((n for n, item in enumerate(items) if item_base(item) > box.bottom), len(items))
        items.insert(index, _standing_alone(text, box, Part.ANNOTATION))
    items += [_standing_alone(line, Box(0, sheet.height - 1, 1, sheet.height), Part.TEXT_BOX) for line in sheet.turned]
    return items


def _standing_alone(text: str, box: Box, part: Part) -> Passage:
    word = Word(text, box.left, box.right, box.bottom, 0.1)
    return Passage([Line([Segment([word])], box.bottom)], part=part)


def _revisions(leaves: list[_Leaf], blocks: Blocks) -> Iterator[Revision]:
    """Words struck or covered, line by line, then remarks, as revisions."""
    for leaf in leaves:
        number = leaf.sheet.number
        for line in (*lines_of(leaf.struck), *lines_of(leaf.sheet.covered)):
            if any(character.isalnum() for character in line.text):
                yield Revision(RevisionKind.DELETION, line.text, "", blocks.place_at(number, line.base))
        for remark in leaf.added.remarks:
            yield Revision(RevisionKind.COMMENT, remark.text, remark.author, blocks.place_at(number, remark.top))


def _warnings(pdf: pdfium.FPDF_DOCUMENT, leaves: list[_Leaf]) -> Iterator[str]:
    if any(leaf.sheet.hidden for leaf in leaves):
        yield "hidden text was set aside"
    if pdfium.FPDF_GetFormType(pdf) in (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND):
        yield "the file holds an XFA form, whose fields may not have been read: print it to PDF"
    if pdfium.FPDFDoc_GetAttachmentCount(pdf) > 0:
        yield "attached files were not read"
    signings = (word.signing for leaf in leaves for word in leaf.sheet.words if word.signing)
    yield from dict.fromkeys(signing.doubt for signing in signings if signing.doubt)


def _no_text(leaves: list[_Leaf]) -> Unreadable:
    if any(leaf.page.unread == _DAMAGED for leaf in leaves):
        return Unreadable("the pages of the PDF are damaged", "open it and print it to PDF again")
    if any(leaf.sheet.garbled for leaf in leaves):
        reason = "its text layer cannot be read"
    else:
        reason = "it is a scan without a text layer"
    return NoTextLayer(reason, "install OCR with: pip install 'peerlint[ocr]'")


@contextmanager
def _opened(content: bytes) -> Iterator[pdfium.FPDF_DOCUMENT]:
    pypdfium2.raw.FPDF_GetLastError()
    pdf = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
    if not pdf:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
            raise Unreadable("the file is protected with a password", "save a copy without the password")
        raise Unreadable(
            "the PDF is damaged or cut short", "open it and print it to PDF again, or ask for a fresh copy"
        )
    try:
        yield pdf
    finally:
        pdfium.FPDF_CloseDocument(pdf)


@contextmanager
def _page(
    pdf: pdfium.FPDF_DOCUMENT, index: int, form: pdfium.FPDF_FORMHANDLE | None
) -> Iterator[pdfium.FPDF_PAGE | None]:
    """A page while it is open, None for one that cannot be opened."""
    page = pdfium.FPDF_LoadPage(pdf, index)
    if not page:
        yield None
        return
    if form:
        pdfium.FORM_OnAfterLoadPage(page, form)
    try:
        yield page
    finally:
        if form:
            pdfium.FORM_OnBeforeClosePage(page, form)
        pdfium.FPDF_ClosePage(page)


def _meta(pdf: pdfium.FPDF_DOCUMENT, name: str) -> str:
    length = pdfium.FPDF_GetMetaText(pdf, name.encode(), None, 0)
    buffer = ctypes.create_string_buffer(max(length, 2))
    pdfium.FPDF_GetMetaText(pdf, name.encode(), buffer, length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace").strip()
