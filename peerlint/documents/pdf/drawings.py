"""What is drawn on a page besides letters: shapes and pictures, in points from the top left, in the order drawn."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium

from peerlint.documents.limits import Limits
from peerlint.documents.pdf.ink import WHITE, Box, Color, Shape

Point = Callable[[float, float], tuple[float, float]]
Matrix = tuple[float, float, float, float, float, float]
Stroke = tuple[float, float, float, float]

_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_WHITE = 0.97
_MIDDLE_GREY = 0.5
_DEEPEST_FORM = 8
_MOST_SEGMENTS = 2_000  # of one shape: a longer one is a drawing, whose start tells enough
_MOST_CORNERS = 5  # of a rectangle, back at its start
_SMALLEST_PATCH = 4.0  # points: nothing smaller hides a word
_STRAIGHT = 0.5


@dataclass
class Drawings:
    """The shapes and pictures of a page. ``ranks`` are the places of its text objects in the order of drawing, by their
    addresses; those that are not seen are missing from it."""

    shapes: list[Shape] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    ranks: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Object:
    """A page object with the matrix of the forms around it. ``veiled`` where one of these lets something through."""

    handle: pdfium.FPDF_PAGEOBJECT
    matrix: Matrix
    veiled: bool = False


def read_drawings(page: pdfium.FPDF_PAGE, place: Point, unseen: Collection[int], limits: Limits) -> Drawings:
    """What is drawn on a page, but for the objects at the addresses ``unseen``."""
    drawings = Drawings()
    objects = (_Object(pdfium.FPDFPage_GetObject(page, i), _UNIT) for i in range(pdfium.FPDFPage_CountObjects(page)))
    for rank, drawn in enumerate(_with_contents(objects, 0)):
        if rank > limits.page_objects:
            break
        if unseen and ctypes.addressof(drawn.handle.contents) in unseen:
            continue
        kind = pdfium.FPDFPageObj_GetType(drawn.handle)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            drawings.ranks[ctypes.addressof(drawn.handle.contents)] = rank
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            shape = _shape(drawn, place, rank)
            if shape is not None:
                drawings.shapes.append(shape)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawings.pictures.append(_bounds(drawn, place))
        elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
            drawings.shapes.append(Shape(_bounds(drawn, place), (), 0, False, _MIDDLE_GREY, rank=rank))
    return drawings


def fills_a_rectangle(handle: pdfium.FPDF_PAGEOBJECT) -> bool:
    """Whether an object is an upright rectangle through which nothing shows."""
    if pdfium.FPDFPageObj_GetType(handle) != pdfium.FPDF_PAGEOBJ_PATH:
        return False
    shape = _shape(_Object(handle, _UNIT), lambda x, y: (x, y), 0)
    return shape is not None and shape.patch is not None


def color_of(read_color: Callable[..., int], *of: object) -> tuple[Color, int]:
    """A colour and its opacity from 0 to 255; opaque black where pdfium knows none."""
    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    if not read_color(*of, red, green, blue, opacity):
        return (0, 0, 0), 255
    return (red.value, green.value, blue.value), opacity.value


def _grey(color: Color, opacity: int) -> float:
    """The lightness of a colour from 0 (black) to 1 (white)."""
    return 1.0 if opacity == 0 else min(color) / 255


def _with_contents(objects: Iterator[_Object], depth: int) -> Iterator[_Object]:
    """Objects with those that stand in their form objects."""
    for drawn in objects:
        if pdfium.FPDFPageObj_GetType(drawn.handle) != pdfium.FPDF_PAGEOBJ_FORM:
            yield drawn
        elif depth < _DEEPEST_FORM:
            inner = _times(_matrix(drawn.handle), drawn.matrix)
            veiled = drawn.veiled or bool(pdfium.FPDFPageObj_HasTransparency(drawn.handle))
            count = max(pdfium.FPDFFormObj_CountObjects(drawn.handle), 0)
            handles = (pdfium.FPDFFormObj_GetObject(drawn.handle, i) for i in range(count))
            yield from _with_contents((_Object(handle, inner, veiled) for handle in handles), depth + 1)


def _shape(drawn: _Object, place: Point, rank: int) -> Shape | None:
    path = drawn.handle
    matrix = _times(_matrix(path), drawn.matrix)
    strokes: list[Stroke] = []
    points: list[tuple[float, float]] = []
    curves, start, x, y = 0, (0.0, 0.0), ctypes.c_float(), ctypes.c_float()
    for index in range(min(pdfium.FPDFPath_CountSegments(path), _MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = place(*_apply(matrix, x.value, y.value))
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            strokes.append((*points[-1], *point) if points else (*point, *point))
        else:
            curves += 1
        points.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment) and point != start:
            strokes.append((*point, *start))
    if not points:
        return None
    box, color, fill, patch = _around(points), WHITE, None, None
    fill_mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill_mode, stroked)
    if fill_mode.value:
        color, opacity = color_of(pdfium.FPDFPageObj_GetFillColor, path)
        fill = _grey(color, opacity)
        if not curves and len(points) <= _MOST_CORNERS and min(box.width, box.height) >= _SMALLEST_PATCH:
            patch = _patch(drawn, box, strokes, place)
    stroke_shows = bool(stroked.value) and _grey(*color_of(pdfium.FPDFPageObj_GetStrokeColor, path)) < _WHITE
    return Shape(box, tuple(strokes), (curves + 2) // 3, stroke_shows, fill, color, patch, rank)


def _patch(drawn: _Object, box: Box, strokes: list[Stroke], place: Point) -> Box | None:
    """What is seen of a filled rectangle through which nothing shows, None for another shape."""
    upright = all(abs(x0 - x1) < _STRAIGHT or abs(y0 - y1) < _STRAIGHT for x0, y0, x1, y1 in strokes)
    if not upright or drawn.veiled or pdfium.FPDFPageObj_HasTransparency(drawn.handle):
        return None
    clip = pdfium.FPDFPageObj_GetClipPath(drawn.handle)
    patch: Box | None = box
    for path in range(max(pdfium.FPDFClipPath_CountPaths(clip), 0) if clip else 0):
        opening = _clip(clip, path, drawn.matrix, place)
        patch = patch.within(opening) if patch and opening else None
    return patch


def _clip(clip: pdfium.FPDF_CLIPPATH, path: int, matrix: Matrix, place: Point) -> Box | None:
    """The opening that a clipping path leaves, None where it is no rectangle."""
    count = pdfium.FPDFClipPath_CountPathSegments(clip, path)
    if not 0 < count <= _MOST_CORNERS:
        return None
    points, x, y = [], ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(clip, path, index), x, y)
        points.append(place(*_apply(matrix, x.value, y.value)))
    return _around(points)


def _bounds(drawn: _Object, place: Point) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(drawn.handle, left, bottom, right, top)
    corners = [
        (left.value, bottom.value),
        (right.value, top.value),
        (left.value, top.value),
        (right.value, bottom.value),
    ]
    return _around([place(*_apply(drawn.matrix, *corner)) for corner in corners])


def _around(points: list[tuple[float, float]]) -> Box:
    across, down = [p[0] for p in points], [p[1] for p in points]
    return Box(min(across), min(down), max(across), max(down))


def _matrix(drawn: pdfium.FPDF_PAGEOBJECT) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(drawn, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    ta, tb, tc, td, te, tf = then
    return (
        a * ta + b * tc,
        a * tb + b * td,
        c * ta + d * tc,
        c * tb + d * td,
        e * ta + f * tc + te,
        e * tb + f * td + tf,
    )


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
