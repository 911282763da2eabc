"""What a run or paragraph looks like after its styles: bold, size, hidden, struck, capitals, outline level."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from peerlint.documents.docx.package import Element, W

_OFF = {"0", "false", "off", "none"}
_WORD_DEFAULT_SIZE = 20  # half-points, where neither defaults nor styles say


@dataclass(frozen=True, slots=True)
class Look:
    """The looks of a run. ``size`` is in half-points."""

    bold: bool = False
    underlined: bool = False
    hidden: bool = False
    struck: bool = False
    caps: bool = False
    white: bool = False
    shaded: bool = False
    size: int = _WORD_DEFAULT_SIZE
    font: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    look: Look
    outline: int = 0  # 1 to 9 for a heading, else 0
    numbering: tuple[str, int] | None = None  # list id and level


def on(element: Element | None) -> bool:
    """A toggle property: present and not switched off."""
    return element is not None and (element.get(W + "val") or "1").lower() not in _OFF


def look_of(properties: Element | None, base: Look) -> Look:
    """``base`` changed by the run properties ``w:rPr``."""
    if properties is None:
        return base
    changes: dict[str, object] = {}
    for prop in properties:
        name = prop.tag.rpartition("}")[2] if isinstance(prop.tag, str) else ""
        if name in _TOGGLES:
            changes[_TOGGLES[name]] = on(prop)
        elif name == "sz":
            changes["size"] = _number(prop.get(W + "val"), base.size)
        elif name == "color":
            changes["white"] = (prop.get(W + "val") or "").upper() == "FFFFFF"
        elif name in ("shd", "highlight"):
            changes["shaded"] = True
        elif name == "rFonts":
            changes["font"] = prop.get(W + "ascii") or prop.get(W + "hAnsi") or base.font
    return replace(base, **changes) if changes else base  # type: ignore[arg-type]


_TOGGLES = {
    "b": "bold",
    "u": "underlined",
    "vanish": "hidden",
    "specVanish": "hidden",
    "strike": "struck",
    "dstrike": "struck",
    "caps": "caps",
}


class Styles:
    """The style sheet of one document."""

    def __init__(self, root: Element | None) -> None:
        self._sheet = {} if root is None else {s.get(W + "styleId", ""): s for s in root.iterchildren(W + "style")}
        defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        plain = Style(look_of(defaults, Look()))
        self._known: dict[str, Style] = {"": plain}
        normal = [
            i for i, s in self._sheet.items() if s.get(W + "type") == "paragraph" and on_attribute(s.get(W + "default"))
        ]
        self.normal = self.style(normal[0]) if normal else plain

    def style(self, style_id: str | None) -> Style:
        """The style of this id with all it is based on; the document's default style for None or an unknown id."""
        if not style_id or style_id not in self._sheet:
            return getattr(self, "normal", self._known[""])
        if style_id not in self._known:
            self._known[style_id] = self._known[""]
            self._known[style_id] = self._resolve(self._sheet[style_id])
        return self._known[style_id]

    def run_look(self, style_id: str | None, base: Look) -> Look:
        """``base`` changed by a character style."""
        element = self._sheet.get(style_id or "")
        if element is None:
            return base
        based_on = element.find(W + "basedOn")
        parent = None if based_on is None else based_on.get(W + "val")
        if parent and parent != style_id and parent in self._sheet and len(self._sheet) < 5_000:
            base = look_of(self._sheet[parent].find(W + "rPr"), base)
        return look_of(element.find(W + "rPr"), base)

    def _resolve(self, element: Element) -> Style:
        based_on = element.find(W + "basedOn")
        parent_id = None if based_on is None else based_on.get(W + "val")
        parent = self.style(parent_id) if parent_id in self._sheet else self._known[""]
        properties = element.find(W + "pPr")
        outline = outline_level(properties)
        return Style(
            look=look_of(element.find(W + "rPr"), parent.look),
            outline=(_named_heading(element) or parent.outline) if outline is None else outline,
            numbering=numbering_of(properties) or parent.numbering,
        )


def on_attribute(value: str | None) -> bool:
    return value is not None and value.lower() not in _OFF


def outline_level(properties: Element | None) -> int | None:
    """The heading level 1 to 9 a paragraph says it has, 0 for body text, None where it says nothing."""
    level = None if properties is None else properties.find(W + "outlineLvl")
    if level is None:
        return None
    number = _number(level.get(W + "val"), 9)
    return number + 1 if number < 9 else 0


def numbering_of(properties: Element | None) -> tuple[str, int] | None:
    """The list id and level of ``w:pPr``; the id "0" takes a paragraph out of its style's list."""
    numbering = None if properties is None else properties.find(W + "numPr")
    if numbering is None:
        return None
    list_id, level = numbering.find(W + "numId"), numbering.find(W + "ilvl")
    if list_id is None:
        return None
    return list_id.get(W + "val", "0"), 0 if level is None else _number(level.get(W + "val"), 0)


def body_size(root: Element, styles: Styles) -> int:
    """The size in half-points in which most of the letters stand."""
    letters: Counter[int] = Counter()
    for paragraph in root.iter(W + "p"):
        properties = paragraph.find(W + "pPr")
        style = None if properties is None else properties.find(W + "pStyle")
        base = styles.style(None if style is None else style.get(W + "val")).look
        for run in paragraph.iter(W + "r"):
            length = sum(len(t.text or "") for t in run.iterchildren(W + "t"))
            letters[look_of(run.find(W + "rPr"), base).size] += length
    return letters.most_common(1)[0][0] if letters else styles.normal.look.size


def _named_heading(element: Element) -> int:
    """The level of a style that is a heading by its name: "heading 2" -> 2, "Title" -> 1."""
    name_element = element.find(W + "name")
    name = "" if name_element is None else (name_element.get(W + "val") or "").lower()
    word, _, number = name.rpartition(" ")
    if word == "heading" and number.isdigit():
        return min(int(number), 9)
    return {"title": 1, "subtitle": 2}.get(name, 0)


def _number(text: str | None, otherwise: int) -> int:
    try:
        return int(float(text or ""))
    except (ValueError, OverflowError):
        return otherwise
