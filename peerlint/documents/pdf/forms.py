"""Form fields and annotations: their values beside their labels, signatures, typed-on text, comments."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

import pypdfium2.raw as pdfium

from peerlint.documents.model import PICTURE, TICKED, UNTICKED, Signing, SigningKind, Source
from peerlint.documents.pdf.drawings import Point, fills_a_rectangle
from peerlint.documents.pdf.ink import LAST, Box, Shape, Sheet, Word
from peerlint.documents.pdf.marks import baseline_beside, mark
from peerlint.documents.pdf.sheet import upright

_HIDDEN_FLAGS = 1 | 2 | 32  # invisible, hidden, no view
_NAMELESS = re.compile(
    r"(text|field|check ?box|radio ?button|group|combo ?box|list ?box|untitled|undefined|form|signature)?[\W_\d]*", re.I
)
_LETTER_WIDTH = 0.5  # font sizes, for the room a value takes
_FIELD_SIZE = 10.0
_REMARKS = {pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_HIGHLIGHT, pdfium.FPDF_ANNOT_UNDERLINE, pdfium.FPDF_ANNOT_CARET}
_COVERING = {pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_REDACT}
_TYPED = {pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP}


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment, or the strike-out of the words under it, on a page."""

    text: str
    author: str
    top: float


@dataclass
class Additions:
    """What was put on a page after it was laid out. ``typed`` stands in no line of the page."""

    typed: list[tuple[Box, str]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    struck: list[Box] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Note:
    """One annotation."""

    handle: pdfium.FPDF_ANNOTATION
    kind: int
    box: Box
    text: str


@contextmanager
def form_of(pdf: pdfium.FPDF_DOCUMENT) -> Iterator[pdfium.FPDF_FORMHANDLE | None]:
    """The form of a document, None where it has none. No script of the document is run."""
    if pdfium.FPDF_GetFormType(pdf) == pdfium.FORMTYPE_NONE:
        yield None
        return
    info = pdfium.FPDF_FORMFILLINFO(version=2)
    form = pdfium.FPDFDOC_InitFormFillEnvironment(pdf, info)
    try:
        yield form or None
    finally:
        if form:
            pdfium.FPDFDOC_ExitFormFillEnvironment(form)


def add_fields_and_notes(
    page: pdfium.FPDF_PAGE, form: pdfium.FPDF_FORMHANDLE | None, sheet: Sheet, signed: Callable[[str], Signing | None]
) -> Additions:
    """Puts the fields of a page among its words; returns what stands apart from them.

    ``signed`` tells the signature in the field of a name, None where nobody has signed.
    """
    added = Additions()
    place, _, _ = upright(page, sheet.quarters)
    printed = list(sheet.words)
    for note in _notes(page, place):
        if note.kind == pdfium.FPDF_ANNOT_WIDGET:
            if form is not None:
                _add_field(note, form, sheet, printed, signed)
        elif note.kind == pdfium.FPDF_ANNOT_INK or (note.kind == pdfium.FPDF_ANNOT_STAMP and not note.text):
            sheet.words.append(mark(PICTURE, note.box, printed, Signing(SigningKind.DRAWN)))
        elif note.kind in _TYPED and note.text:
            _add_typed(note, sheet, printed, added)
        elif note.kind == pdfium.FPDF_ANNOT_STRIKEOUT:
            added.struck.append(note.box)
        elif note.kind in _REMARKS and note.text:
            added.remarks.append(Remark(note.text, _string(note.handle, "T"), note.box.top))
    return added


def covering_notes(page: pdfium.FPDF_PAGE, sheet: Sheet) -> list[Shape]:
    """The notes on a page that paint a patch through which nothing shows, as shapes drawn last."""
    place, _, _ = upright(page, sheet.quarters)
    return [
        Shape(note.box, (), 0, False, None, patch=note.box, rank=LAST)
        for note in _notes(page, place)
        if note.kind in _COVERING and _paints_a_patch(note)
    ]


def _paints_a_patch(note: _Note) -> bool:
    count = max(pdfium.FPDFAnnot_GetObjectCount(note.handle), 0)
    return any(fills_a_rectangle(pdfium.FPDFAnnot_GetObject(note.handle, index)) for index in range(count))


def _notes(page: pdfium.FPDF_PAGE, place: Point) -> Iterator[_Note]:
    for index in range(max(pdfium.FPDFPage_GetAnnotCount(page), 0)):
        handle = pdfium.FPDFPage_GetAnnot(page, index)
        if not handle:
            continue
        try:
            if not pdfium.FPDFAnnot_GetFlags(handle) & _HIDDEN_FLAGS:
                text = _string(handle, "Contents").replace("\r\n", "\n").replace("\r", "\n").strip()
                yield _Note(handle, pdfium.FPDFAnnot_GetSubtype(handle), _box(handle, place), text)
        finally:
            pdfium.FPDFPage_CloseAnnot(handle)


def _add_field(
    note: _Note,
    form: pdfium.FPDF_FORMHANDLE,
    sheet: Sheet,
    printed: Sequence[Word],
    signed: Callable[[str], Signing | None],
) -> None:
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, note.handle)
    if kind in (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON):
        _add_tick(note, form, sheet, printed)
    elif kind == pdfium.FPDF_FORMFIELD_SIGNATURE:
        signing = signed(_field_string(pdfium.FPDFAnnot_GetFormFieldName, form, note)) or Signing(
            SigningKind.EMPTY_FIELD
        )
        _add_labelled(PICTURE, note, form, sheet, printed, signing)
    elif kind in (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX):
        value = _field_string(pdfium.FPDFAnnot_GetFormFieldValue, form, note)
        if kind != pdfium.FPDF_FORMFIELD_TEXTFIELD:
            value = _chosen(note, form) or value
        _add_labelled(value.replace("\r\n", "\n").replace("\r", "\n").strip(), note, form, sheet, printed, None)


def _add_tick(note: _Note, form: pdfium.FPDF_FORMHANDLE, sheet: Sheet, printed: Sequence[Word]) -> None:
    """A tick box or radio button, in place of the box printed under it."""
    ticked = bool(pdfium.FPDFAnnot_IsChecked(form, note.handle))
    sheet.words = [w for w in sheet.words if not (w.text in (TICKED, UNTICKED) and note.box.holds(*w.middle, 3))]
    tick = mark(TICKED if ticked else UNTICKED, note.box, printed, source=Source.FORM_FIELD)
    sheet.words.append(tick)
    beside = any(
        abs(w.base - tick.base) < 2 and (-2 < w.left - tick.right < 60 or -2 < tick.left - w.right < 60)
        for w in printed
    )
    label = "" if beside else _label(note, form)
    if label:
        sheet.words.append(Word(label, tick.right + 1, tick.right + 2, tick.base, tick.size, source=Source.FORM_FIELD))


def _add_labelled(
    value: str,
    note: _Note,
    form: pdfium.FPDF_FORMHANDLE,
    sheet: Sheet,
    printed: Sequence[Word],
    signing: Signing | None,
) -> None:
    """A value beside its printed label, or with the field's own label where nothing is printed near it."""
    base, size = _value_baseline(note.box, printed)
    if not _has_printed_label(note.box, base, size, printed):
        label = _label(note, form)
        value = f"{label}: {value}" if label else value
    if value:
        right = note.box.left + 2 + min(len(value) * _LETTER_WIDTH * size, max(note.box.width - 2, 4))
        sheet.words.append(Word(value, note.box.left + 2, right, base, size, source=Source.FORM_FIELD, signing=signing))


def _value_baseline(box: Box, printed: Sequence[Word]) -> tuple[float, float]:
    """On the line of the label beside a field; on the first line of a field for several lines."""
    if box.height > 2.4 * _FIELD_SIZE:
        first_line = Box(box.left, box.top, box.right, box.top + 1.4 * _FIELD_SIZE)
        return baseline_beside(first_line, [w for w in printed if not box.holds(*w.middle)])
    base, size = baseline_beside(box, [w for w in printed if w.right < box.left + 4 or w.left > box.right - 4])
    return base, min(size, 14)


def _has_printed_label(box: Box, base: float, size: float, printed: Sequence[Word]) -> bool:
    """Words on the same line before the field, or close above or below it."""
    for word in printed:
        if abs(word.base - base) < 0.5 * size and word.right <= box.left + 4 and box.left - word.right < 250:
            return True
        over = word.left < box.right and box.left - 4 < word.right
        if over and (0 <= box.top - word.base < 1.6 * size or 0 <= word.base - word.size - box.bottom < 0.6 * size):
            return True
    return False


def _add_typed(note: _Note, sheet: Sheet, printed: Sequence[Word], added: Additions) -> None:
    """Text typed onto the page: a value where it stands beside a label, else a paragraph of its own."""
    base, size = baseline_beside(note.box, printed)
    label = [w for w in printed if abs(w.base - base) < 0.4 * size and w.right <= note.box.left + 4]
    if (
        "\n" not in note.text
        and label
        and note.box.height < 3 * size
        and max(label, key=lambda w: w.right).text.endswith((":", "_", "?", "#"))
    ):
        right = note.box.left + min(note.box.width, len(note.text) * _LETTER_WIDTH * size)
        sheet.words.append(Word(note.text, note.box.left, right, base, size, source=Source.FORM_FIELD))
    else:
        added.typed.append((note.box, note.text))


def _label(note: _Note, form: pdfium.FPDF_FORMHANDLE) -> str:
    """What a field says of itself: its tooltip, or its name where that is a word."""
    tooltip = _field_string(pdfium.FPDFAnnot_GetFormFieldAlternateName, form, note).strip().rstrip(":")
    if tooltip:
        return tooltip
    name = _field_string(pdfium.FPDFAnnot_GetFormFieldName, form, note).rpartition(".")[2]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|[_\W]+", " ", name).strip()
    return "" if _NAMELESS.fullmatch(words) else words[:1].upper() + words[1:]


def _chosen(note: _Note, form: pdfium.FPDF_FORMHANDLE) -> str:
    """The labels of the options chosen in a list."""
    count = max(pdfium.FPDFAnnot_GetOptionCount(form, note.handle), 0)
    chosen = [n for n in range(count) if pdfium.FPDFAnnot_IsOptionSelected(form, note.handle, n)]
    return ", ".join(_utf16(partial(pdfium.FPDFAnnot_GetOptionLabel, form, note.handle, n)) for n in chosen)


def _field_string(read: Callable[..., int], form: pdfium.FPDF_FORMHANDLE, note: _Note) -> str:
    return _utf16(lambda buffer, size: read(form, note.handle, buffer, size))


def _string(handle: pdfium.FPDF_ANNOTATION, key: str) -> str:
    return _utf16(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(handle, key.encode(), buffer, size))


def _utf16(read: Callable[[object, int], int]) -> str:
    """A string that pdfium writes into a buffer of the size it asks for."""
    length = read(None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length + length % 2)
    read(ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")


def _box(handle: pdfium.FPDF_ANNOTATION, place: Point) -> Box:
    rect = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(handle, rect)
    (x0, y0), (x1, y1) = place(rect.left, rect.bottom), place(rect.right, rect.top)
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
