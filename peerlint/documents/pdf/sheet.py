"""Reads one page through pdfium into a ``Sheet``, turned so that most of its text stands upright."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Collection, Mapping

import pypdfium2.raw as pdfium

from peerlint.documents.glyphs import picture_character, picture_font, plain, unknown_picture
from peerlint.documents.limits import Limits
from peerlint.documents.model import Unreadable
from peerlint.documents.pdf.drawings import Point, color_of, read_drawings
from peerlint.documents.pdf.ink import LAST, Sheet, Style, Word

_SAMPLED = 200  # characters asked for their direction
_BOLD_WEIGHT = 600
_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi")
_FORCED_BOLD = 1 << 18  # a font descriptor flag of the PDF specification
_INVISIBLE, _FILL_AND_STROKE = 3, 2  # text rendering modes
_OUTLINED = frozenset({1, 2, 5, 6})
_SMALLEST = 2.0  # points: smaller letters are not meant to be read
_GARBLED = 0.2
_GRAIN = 10_000  # device units a side, to find out how a page is turned
_SEPARATORS = " \r\n"
_LINE_BROKEN_HYPHENS = "\x02\ufffe\u00ad"


def read_sheet(page: pdfium.FPDF_PAGE, number: int, unseen: Collection[int], limits: Limits) -> Sheet:
    """The words, shapes and pictures of a page, but for the objects at the addresses ``unseen``; raises ``Unreadable``
    for a page that holds more than allowed."""
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        count = max(pdfium.FPDFText_CountChars(text_page), 0)
        objects = pdfium.FPDFPage_CountObjects(page)
        if max(count, objects) > limits.page_objects:
            raise Unreadable(f"page {number} holds more than {limits.page_objects:,} characters or shapes")
        sheet, place, drawn = _blank_sheet(page, text_page, count, number)
        drawings = read_drawings(page, place, unseen, limits)
        sheet.shapes, sheet.pictures = drawings.shapes, drawings.pictures
        sheet.hidden = bool(unseen)
        sheet.words = _Characters(text_page, count, place, drawn, sheet, drawings.ranks, unseen).words()
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    return sheet


def upright(page: pdfium.FPDF_PAGE, quarters: int) -> tuple[Point, float, float]:
    """The change from a page's own coordinates to points from the top left after ``quarters`` clockwise quarter turns,
    and the width and height of the page so turned."""
    further = (quarters - pdfium.FPDFPage_GetRotation(page)) % 4
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    if further % 2:
        width, height = height, width

    def corner(across: int, down: int) -> tuple[float, float]:
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDF_DeviceToPage(page, 0, 0, _GRAIN, _GRAIN, further, across, down, x, y)
        return x.value, y.value

    (x0, y0), (ax, ay), (dx, dy) = corner(0, 0), corner(_GRAIN, 0), corner(0, _GRAIN)
    (ax, ay), (dx, dy) = (ax - x0, ay - y0), (dx - x0, dy - y0)
    across_scale, down_scale = width / ((ax * ax + ay * ay) or 1.0), height / ((dx * dx + dy * dy) or 1.0)
    ax, ay, dx, dy = ax * across_scale, ay * across_scale, dx * down_scale, dy * down_scale
    start, top = -x0 * ax - y0 * ay, -x0 * dx - y0 * dy
    return lambda x, y: (x * ax + y * ay + start, x * dx + y * dy + top), width, height


def _blank_sheet(
    page: pdfium.FPDF_PAGE, text_page: pdfium.FPDF_TEXTPAGE, count: int, number: int
) -> tuple[Sheet, Point, int]:
    """An empty sheet, the way points are placed on it, and the clockwise quarter turns in which its text is drawn."""
    turns = Counter(
        _quarter(pdfium.FPDFText_GetCharAngle(text_page, i)) for i in range(0, count, max(1, count // _SAMPLED))
    )
    shown = -pdfium.FPDFPage_GetRotation(page) % 4
    drawn = max(turns, key=lambda quarter: (turns[quarter], quarter == shown)) if turns else shown
    place, width, height = upright(page, -drawn)
    return Sheet(number, width, height, quarters=-drawn % 4), place, drawn


def _quarter(angle: float) -> int:
    """The clockwise quarter turns nearest to an angle in radians."""
    return round(max(angle, 0.0) / (math.pi / 2)) % 4


class _Characters:
    """Gathers the characters of one page into words, in the order they are drawn."""

    def __init__(
        self,
        text_page: pdfium.FPDF_TEXTPAGE,
        count: int,
        place: Point,
        drawn: int,
        sheet: Sheet,
        ranks: Mapping[int, int],
        unseen: Collection[int],
    ) -> None:
        self._page = text_page
        self._count = count
        self._place = place
        self._angle = drawn * math.pi / 2
        self._sheet = sheet
        self._ranks = ranks
        self._unseen = unseen
        self._styles: dict[int, Style] = {}
        self._strange = 0

    def words(self) -> list[Word]:
        """The upright words. What stands at another angle goes to the sheet's ``turned`` lines."""
        words: list[Word] = []
        current: Word | None = None
        spaced, turned = True, ""
        box = pdfium.FS_RECTF()
        unicode_of, box_of, by_reference = (
            pdfium.FPDFText_GetUnicode,
            pdfium.FPDFText_GetLooseCharBox,
            ctypes.byref(box),
        )
        for index in range(self._count):
            character = chr(unicode_of(self._page, index) or 0xFFFD)
            if self._unseen and self._address(index) in self._unseen:
                current = None
                continue
            if character in _SEPARATORS or character.isspace():
                current, spaced = None, True
                turned = self._keep_turned(turned, character)
                continue
            box_of(self._page, index, by_reference)
            x0, base = self._place(box.left, box.bottom)
            x1, _ = self._place(box.right, box.top)
            left, right = (x0, x1) if x0 < x1 else (x1, x0)
            if current is not None and self._joins(current, left, base):
                text = self._text(character, current.style)
                current.text += text
                if right > current.right:
                    current.right = right
                current.rights.extend([right] * len(text))
                continue
            if not self._is_upright(index):
                turned += character
                continue
            current = self._begin(index, left, right, spaced)
            current.text = self._text(character, current.style)
            current.rights = [right] * len(current.text)
            words.append(current)
            spaced = False
        self._keep_turned(turned, "\n")
        self._sheet.garbled = self._strange > _GARBLED * max(sum(len(w.text) for w in words), 1)
        return [w for w in words if w.text and self._is_shown(w)]

    @staticmethod
    def _joins(word: Word, left: float, base: float) -> bool:
        """Whether a character goes on with a word: on its line, and neither far behind nor before its end."""
        size = word.size
        return -0.5 * size < left - word.right < 0.5 * size and -size < word.base - base < size

    def _begin(self, index: int, left: float, right: float, spaced: bool) -> Word:
        x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
        pdfium.FPDFText_GetCharOrigin(self._page, index, x, y)
        pdfium.FPDFText_GetMatrix(self._page, index, matrix)
        size = pdfium.FPDFText_GetFontSize(self._page, index) * math.hypot(matrix.c, matrix.d)
        return Word("", left, right, self._place(x.value, y.value)[1], size, self._style(index), spaced)

    def _is_upright(self, index: int) -> bool:
        difference: float = abs(pdfium.FPDFText_GetCharAngle(self._page, index) - self._angle)
        return min(difference, 2 * math.pi - difference) < 0.1

    def _is_shown(self, word: Word) -> bool:
        on_page = word.left >= -1 and word.right <= self._sheet.width + 1 and 0 <= word.base <= self._sheet.height + 1
        shown = on_page and word.size >= _SMALLEST
        self._sheet.hidden = self._sheet.hidden or not shown
        return shown

    def _keep_turned(self, line: str, separator: str) -> str:
        if separator in "\r\n":
            if line.strip():
                self._sheet.turned.append(line.strip())
            return ""
        return line + " " if line else ""

    def _text(self, character: str, style: Style) -> str:
        if not style.picture_font and "!" <= character <= "~":
            return character
        if character in _LINE_BROKEN_HYPHENS:
            return "-"
        code, font = ord(character), style.picture_font
        if font and (font != "zapfdingbats" or code < 0x80) and (code < 0x100 or 0xF000 <= code <= 0xF0FF):
            return picture_character(code, font)
        if 0xF000 <= code <= 0xF0FF:
            return unknown_picture(code)
        if character < " " or character == "\ufffd" or 0xE000 <= code <= 0xF8FF:
            self._strange += 1
        return plain(character)

    def _address(self, index: int) -> int:
        """Where the text object of a character is kept, 0 for a character that pdfium made up."""
        text_object = pdfium.FPDFText_GetTextObject(self._page, index)
        return ctypes.addressof(text_object.contents) if text_object else 0

    def _style(self, index: int) -> Style:
        address = self._address(index)
        if address not in self._styles:
            self._styles[address] = self._read_style(index, self._ranks.get(address, LAST))
        return self._styles[address]

    def _read_style(self, index: int, rank: int) -> Style:
        text_object = pdfium.FPDFText_GetTextObject(self._page, index)
        name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(self._page, index, name, 128, flags)
        font = name.value.decode("utf-8", "replace")
        mode = pdfium.FPDFTextObj_GetTextRenderMode(text_object) if text_object else 0
        heavy = pdfium.FPDFText_GetFontWeight(self._page, index) >= _BOLD_WEIGHT or bool(flags.value & _FORCED_BOLD)
        bold = heavy or any(b in font.lower() for b in _BOLD_NAMES) or mode == _FILL_AND_STROKE
        read_color = pdfium.FPDFText_GetStrokeColor if mode in _OUTLINED else pdfium.FPDFText_GetFillColor
        color, opacity = color_of(read_color, self._page, index)
        return Style(picture_font(font), bold, color, mode == _INVISIBLE or not opacity, rank)
