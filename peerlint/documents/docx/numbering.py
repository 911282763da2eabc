"""The marker a list item prints: "•", "2.", "b)", "1.2"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from peerlint.documents.docx.package import Element, W
from peerlint.documents.glyphs import picture_character, picture_font, plain

_DEEPEST = 9
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


@dataclass(frozen=True, slots=True)
class Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    font: str = ""


class Numbering:
    """Counts the items of every list of one document, in reading order."""

    def __init__(self, root: Element | None) -> None:
        abstract = (
            {} if root is None else {a.get(W + "abstractNumId", ""): a for a in root.iterchildren(W + "abstractNum")}
        )
        self._lists: dict[str, tuple[str, dict[int, Level]]] = {}
        self._counters: dict[str, dict[int, int]] = {}
        for num in [] if root is None else root.iterchildren(W + "num"):
            self._add(num, abstract)

    def marker(self, list_id: str, level: int) -> str:
        """The marker of the next item of this list at this level (from 0); "" where the list prints none."""
        if list_id not in self._lists or not 0 <= level < _DEEPEST:
            return ""
        shared, levels = self._lists[list_id]
        own = levels.get(level)
        if own is None or own.format == "none":
            return ""
        if own.format == "bullet":
            return _bullet(own)
        counts = self._count(shared, levels, level)
        return re.sub(
            r"%([1-9])",
            lambda m: _figure(counts.get(int(m[1]) - 1, 1), levels.get(int(m[1]) - 1, own).format),
            own.text,
        )

    def _count(self, shared: str, levels: dict[int, Level], level: int) -> dict[int, int]:
        counts = self._counters.setdefault(shared, {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [k for k in counts if k > level]:
            del counts[deeper]
        for higher in range(level):
            counts.setdefault(higher, levels[higher].start if higher in levels else 1)
        return counts

    def _add(self, num: Element, abstract: dict[str, Element]) -> None:
        reference = num.find(W + "abstractNumId")
        shared = "" if reference is None else reference.get(W + "val", "")
        if shared not in abstract:
            return
        list_id = num.get(W + "numId", "")
        levels = {_integer(lvl.get(W + "ilvl"), 0): _level(lvl) for lvl in abstract[shared].iterchildren(W + "lvl")}
        overrides = list(num.iterchildren(W + "lvlOverride"))
        for override in overrides:
            at = _integer(override.get(W + "ilvl"), 0)
            replaced, start = override.find(W + "lvl"), override.find(W + "startOverride")
            level = levels.get(at, Level()) if replaced is None else _level(replaced)
            if start is not None:
                level = Level(_integer(start.get(W + "val"), 1), level.format, level.text, level.font)
            levels[at] = level
        self._lists[list_id] = (f"{shared} of {list_id}" if overrides else shared, levels)


def _level(element: Element) -> Level:
    def value(name: str, otherwise: str) -> str:
        child = element.find(W + name)
        return otherwise if child is None else child.get(W + "val", otherwise)

    fonts = element.find(f"{W}rPr/{W}rFonts")
    font = "" if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or ""
    return Level(_integer(value("start", "1"), 1), value("numFmt", "decimal"), value("lvlText", ""), font)


def _bullet(level: Level) -> str:
    font = picture_font(level.font)
    if font and level.text:
        return picture_character(ord(level.text[0]), font)
    text = plain(level.text)
    return "•" if not text.strip() or 0xE000 <= ord(text[0]) <= 0xF8FF or level.font.lower() == "symbol" else text


def _figure(number: int, style: str) -> str:
    if style in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 % 10 + 1)
        return letters if style == "lowerLetter" else letters.upper()
    if style in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman if style == "lowerRoman" else roman.upper()
    if style == "decimalZero":
        return f"{number:02}"
    return str(number)


def _roman(number: int) -> str:
    letters = ""
    for worth, sign in _ROMAN:
        while 0 < worth <= number < 4000:
            letters, number = letters + sign, number - worth
    return letters or str(number)


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.lstrip("-").isdigit() and len(text) < 10 else otherwise
