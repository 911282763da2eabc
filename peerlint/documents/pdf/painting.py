"""A page as the engine paints it, for what only the painted page tells."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pypdfium2.raw as pdfium

from peerlint.documents.pdf.ink import Box, Sheet

WHITE = 0xFFFFFFFF
_SCALE, _SIDE = 2.0, 3_000.0  # pixels per point, and the most of them
_TRACE = 8  # of 255: a smaller difference nobody sees


@dataclass(frozen=True, slots=True)
class Painting:
    """Rows of blue, green and red, each ``stride`` bytes long. ``scale`` is in pixels per point."""

    pixels: bytes
    stride: int
    across: int
    down: int
    scale: float

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all is painted."""
        width = 3 * self.across
        first = self.pixels[:3] * self.across
        return all(self.pixels[y : y + width] == first for y in range(0, len(self.pixels), self.stride))

    def is_even(self, box: Box) -> bool:
        """Whether every point of a box has the same colour, but for traces."""
        left, right = int(box.left * self.scale), int(box.right * self.scale) + 1
        rows = range(max(int(box.top * self.scale), 0), min(int(box.bottom * self.scale) + 1, self.down))
        inside = [self.pixels[y * self.stride + 3 * max(left, 0) : y * self.stride + 3 * right] for y in rows]
        return all(_spread(channel, inside) < _TRACE for channel in range(3))


def _spread(channel: int, rows: list[bytes]) -> int:
    values = [row[channel::3] for row in rows if len(row) > channel]
    return max(map(max, values)) - min(map(min, values)) if values else 0


def painted(
    page: pdfium.FPDF_PAGE, size: tuple[float, float], scale: float, turns: int = 0, flags: int = 0, ground: int = WHITE
) -> Painting:
    """A page that is so many points wide and high after so many clockwise quarter turns, over a ground of one colour.

    Raises ``MemoryError`` for more pixels than there is room for."""
    width, height = size
    across, down = max(int(width * scale), 1), max(int(height * scale), 1)
    bitmap = pdfium.FPDFBitmap_CreateEx(across, down, pdfium.FPDFBitmap_BGR, None, 0)
    if not bitmap:
        raise MemoryError
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, ground)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, turns, flags)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * down)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return Painting(pixels, stride, across, down, scale)


def even_places(page: pdfium.FPDF_PAGE, sheet: Sheet) -> Callable[[Box], bool]:
    """Tells whether a place on a sheet shows one colour alone. The page is painted when this is first asked."""

    @cache
    def painting() -> Painting:
        scale = min(_SCALE, _SIDE / max(sheet.width, sheet.height, 1.0))
        turns = (sheet.quarters - pdfium.FPDFPage_GetRotation(page)) % 4
        return painted(page, (sheet.width, sheet.height), scale, turns)

    return lambda box: painting().is_even(box)
