"""Tick marks in ZapfDingbats without a table of their meanings, which pdfium reports as nothing but "■"."""

from __future__ import annotations

import io
from collections.abc import Iterator

from peerlint.documents.glyphs import picture_character, picture_font
from peerlint.documents.pdf.ink import Sheet, Word

_NAMELESS = "■"
_NEAR = 2.0  # points


def name_dingbats(sheet: Sheet, content: bytes) -> None:
    """Asks pdfminer for the codes of the characters of picture fonts that pdfium could not name on an upright page."""
    nameless = [w for w in sheet.words if set(w.text) == {_NAMELESS} and picture_font(w.style.font)]
    if not nameless or sheet.quarters:
        return
    marks = list(_picture_marks(content, sheet))
    for word in nameless:
        word.text = "".join(m.text for m in marks if _stands_in(m, word)) or word.text


def _stands_in(mark: Word, word: Word) -> bool:
    inside = word.left - _NEAR <= mark.left and mark.right <= word.right + _NEAR
    return inside and abs(mark.base - word.base) < 0.5 * word.size


def _picture_marks(content: bytes, sheet: Sheet) -> Iterator[Word]:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LTChar, LTFigure

    def marks(container: object) -> Iterator[Word]:
        for item in container if hasattr(container, "__iter__") else ():
            if isinstance(item, LTFigure):
                yield from marks(item)
            elif isinstance(item, LTChar) and picture_font(item.fontname) and len(item.get_text()) == 1:
                text = picture_character(ord(item.get_text()), picture_font(item.fontname))
                yield Word(text, item.x0, item.x1, sheet.height - item.matrix[5], item.size)

    try:
        for page in extract_pages(io.BytesIO(content), page_numbers=[sheet.number - 1], laparams=None):
            yield from marks(page)
    except Exception:  # pdfminer raises many kinds on odd files; the marks then stay without a name
        return
