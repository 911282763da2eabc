"""Layers that are switched off: what stands in them is in the file, and neither on the screen nor on paper.

Which layers show is told by names, by groups of layers with conditions, and by what the page is shown for. The engine
knows all that when it paints, so it is asked to paint what stands in each layer alone: what leaves no trace is unseen.
"""

from __future__ import annotations

import ctypes
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator

import pypdfium2.raw as pdfium

from peerlint.documents.limits import MEBIBYTE, Limits
from peerlint.documents.pdf.painting import painted

_MARK = b"/OCProperties"
_PACKED_OBJECTS = re.compile(rb"/Type\s*/ObjStm\b[^>]{0,500}>>\s*stream\r?\n")
_LONGEST_UNPACKED = MEBIBYTE
_DEEPEST_FORM = 8
_MOST_LAYERS = 200  # on one page: more are the parts of a drawing
_SIDE = 400  # pixels
_GROUND = 0xFF3A7F11  # a colour that no form is printed in
_LONGEST_NAME = 16
_OPTIONAL_CONTENT = "OC\0".encode("utf-16-le")

Layer = tuple[int, ...]
"""The addresses of the marks and forms around an object that may belong to a layer."""


def has_layers(content: bytes) -> bool:
    """Whether a PDF has layers at all; a file whose objects are encrypted may have them."""
    if _MARK in content or b"/Encrypt" in content:
        return True
    return any(_MARK in _unpacked(content, packed.end()) for packed in _PACKED_OBJECTS.finditer(content))


def switched_off(page: pdfium.FPDF_PAGE, limits: Limits) -> frozenset[int]:
    """The addresses of the objects of a page that stand in layers which neither screen nor paper shows."""
    layers: dict[Layer, list[pdfium.FPDF_PAGEOBJECT]] = defaultdict(list)
    objects = (pdfium.FPDFPage_GetObject(page, i) for i in range(pdfium.FPDFPage_CountObjects(page)))
    for count, (layer, handle) in enumerate(_leaves(objects, (), 0)):
        if count > limits.page_objects:
            return frozenset()
        layers[layer].append(handle)
    everything = [handle for handles in layers.values() for handle in handles]
    layers.pop((), None)
    if not layers or len(layers) > _MOST_LAYERS:
        return frozenset()
    _switch(everything, 0)
    unseen = [handles for handles in layers.values() if _leaves_no_trace(page, handles)]
    _switch(everything, 1)
    return frozenset(ctypes.addressof(handle.contents) for handles in unseen for handle in handles)


def _leaves(
    objects: Iterator[pdfium.FPDF_PAGEOBJECT], around: Layer, depth: int
) -> Iterator[tuple[Layer, pdfium.FPDF_PAGEOBJECT]]:
    """The objects that are no forms, each with what may make it part of a layer."""
    for handle in objects:
        layer = (*around, *_layer_marks(handle))
        if pdfium.FPDFPageObj_GetType(handle) != pdfium.FPDF_PAGEOBJ_FORM:
            yield layer, handle
        elif depth < _DEEPEST_FORM:
            count = max(pdfium.FPDFFormObj_CountObjects(handle), 0)
            inner = (pdfium.FPDFFormObj_GetObject(handle, i) for i in range(count))
            yield from _leaves(inner, (*layer, ctypes.addressof(handle.contents)), depth + 1)


def _layer_marks(handle: pdfium.FPDF_PAGEOBJECT) -> Iterator[int]:
    """The addresses of the marks that put an object into a layer."""
    for index in range(max(pdfium.FPDFPageObj_CountMarks(handle), 0)):
        mark = pdfium.FPDFPageObj_GetMark(handle, index)
        name, length = (pdfium.FPDF_WCHAR * _LONGEST_NAME)(), ctypes.c_ulong()
        pdfium.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length)
        if bytes(name).startswith(_OPTIONAL_CONTENT):
            yield ctypes.addressof(mark.contents)


def _leaves_no_trace(page: pdfium.FPDF_PAGE, handles: list[pdfium.FPDF_PAGEOBJECT]) -> bool:
    """Whether objects that have ink are painted neither for the screen nor for paper."""
    inked = [handle for handle in handles if not _is_inkless(handle)]
    if not inked:
        return False
    _switch(inked, 1)
    size = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = _SIDE / max(*size, 1.0)
    shown = any(not painted(page, size, scale, flags=use, ground=_GROUND).is_blank for use in (0, pdfium.FPDF_PRINTING))
    _switch(inked, 0)
    return not shown


def _is_inkless(handle: pdfium.FPDF_PAGEOBJECT) -> bool:
    """Whether an object is the text layer of a scan, which is never painted."""
    if pdfium.FPDFPageObj_GetType(handle) != pdfium.FPDF_PAGEOBJ_TEXT:
        return False
    return bool(pdfium.FPDFTextObj_GetTextRenderMode(handle) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)


def _switch(handles: list[pdfium.FPDF_PAGEOBJECT], active: int) -> None:
    for handle in handles:
        pdfium.FPDFPageObj_SetIsActive(handle, active)


def _unpacked(content: bytes, start: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(content[start : start + _LONGEST_UNPACKED], _LONGEST_UNPACKED)
    except zlib.error:
        return b""
