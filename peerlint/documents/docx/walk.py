"""The one walk over WordprocessingML: what a reader of the printed page would see, in order.

Inserted text counts and is recorded, deleted and struck text is recorded and dropped, hidden text is dropped with a
warning, a placeholder is an empty value, and the state of a tick box comes from its data, not its glyph.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from peerlint.documents.docx.numbering import Numbering
from peerlint.documents.docx.package import Element, Package, W
from peerlint.documents.docx.signatures import digital_signatures
from peerlint.documents.docx.styles import Look, Styles, body_size, look_of, numbering_of, on, outline_level
from peerlint.documents.glyphs import picture_character, picture_font, plain, printed, unknown_picture
from peerlint.documents.model import (
    PICTURE,
    TICKED,
    UNTICKED,
    Block,
    Cell,
    Paragraph,
    Part,
    Place,
    Revision,
    RevisionKind,
    Signing,
    SigningKind,
    Source,
    Table,
)

_CONTAINERS = {
    "hyperlink",
    "smartTag",
    "customXml",
    "ins",
    "moveTo",
    "fldSimple",
    "dir",
    "bdo",
    "sdtContent",
    "ruby",
    "rubyBase",
    "r",
}
_DELETIONS = {"del", "moveFrom"}
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_DRAWINGS = {"drawing", "pict", "object", "contentPart"}
_EMU_PER_INCH = 914_400
_PAGE_SIZED = 4.5  # inches, both ways: a picture of a page rather than a signature or logo
_WIDEST_SPAN = 100
_LONGEST_HEADING = 120
_LARGER = 1.15


@dataclass
class _Line:
    """A paragraph while it is read."""

    place: Place
    look: Look
    pieces: list[str] = field(default_factory=list)
    signings: list[Signing] = field(default_factory=list)
    letters: list[tuple[int, Look]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    inserted: bool = False
    from_field: bool = False
    begun: bool = False


@dataclass
class _Field:
    """A complex field between its begin and end characters. ``showing`` once its result began and is worth showing."""

    showing: bool = False
    answered: bool = False  # its value was taken from its data: the printed result is skipped


class Walk:
    """Walks the parts of one document. ``revisions``, ``warnings`` and ``comment_places`` gather what it met."""

    def __init__(self, package: Package, main: str) -> None:
        folder = main.rpartition("/")[0]
        self._styles = Styles(package.xml(f"{folder}/styles.xml"))
        self._numbering = Numbering(package.xml(f"{folder}/numbering.xml"))
        self._signatures = digital_signatures(package)
        self.revisions: list[Revision] = []
        self.warnings: dict[str, None] = {}
        self.comment_places: dict[str, Place] = {}
        self.large_pictures = 0
        self._fields: list[_Field] = []
        self._placeholder = 0
        self._controls = 0
        self._author: str | None = None
        self._count = 0
        self._page: int | None = None
        self._part = Part.BODY
        self._body_size = 0
        self._shaded = 0

    def story(self, root: Element | None, part: Part, name: str = "") -> list[Block]:
        """The blocks of one part, numbered on from the last part walked."""
        if root is None:
            return []
        container = root.find(W + "body") if part is Part.BODY else root
        if container is None:
            return []
        self._part, self._fields = part, []
        self._body_size = self._body_size or body_size(container, self._styles)
        self._page = (
            1 if part is Part.BODY and next(container.iter(W + "lastRenderedPageBreak"), None) is not None else None
        )
        return self._blocks(container, None, set_apart=True)

    def unplaced_signatures(self) -> list[Block]:
        """A paragraph for each digital signature that stands on no signature line of the text."""
        return [
            Paragraph(f"Digitally signed by: {PICTURE}", self._next_place(None), signings=(signing,))
            for signing in self._signatures.values()
        ]

    # blocks

    def _blocks(self, container: Element, within: Place | None, set_apart: bool) -> list[Block]:
        blocks: list[Block] = []
        for child in _children(container):
            name = _name(child)
            if name == "p":
                blocks += self._paragraph(child, within, set_apart)
            elif name == "tbl":
                blocks += self._table(child, within)
            elif name == "altChunk":
                self.warnings["the file embeds another document, which was not read"] = None
            elif name == "AlternateContent":
                blocks += self._blocks(_choice(child), within, set_apart)
            elif name == "sdt" or name in _CONTAINERS:
                with self._inside(child) as content:
                    blocks += self._blocks(content, within, set_apart)
            elif name in _DELETIONS:
                self._record(
                    RevisionKind.DELETION, _all_text(child), child, self._next_place(within or Place(self._count))
                )
        return blocks

    def _paragraph(self, element: Element, within: Place | None, set_apart: bool) -> list[Block]:
        properties = element.find(W + "pPr")
        style_element = None if properties is None else properties.find(W + "pStyle")
        style = self._styles.style(None if style_element is None else style_element.get(W + "val"))
        line = _Line(within or Place(self._count, self._page, self._part), self._paragraph_look(properties, style.look))
        self._inline(element, line)
        text = printed("".join(line.pieces))
        bullet = "" if _mark_is_hidden(properties) else self._bullet(properties, style.numbering)
        if bullet in (TICKED, UNTICKED):
            text, bullet = f"{bullet} {text}", ""
        blocks: list[Block] = []
        if text or bullet:
            level = outline_level(properties)
            heading = style.outline if level is None else level
            heading = heading if text else 0
            place = replace(line.place, block=self._next_place(within).block)
            paragraph = Paragraph(
                text,
                place,
                heading or (self._heading(text, line) if set_apart else 0),
                bullet,
                _source(line),
                tuple(line.signings),
            )
            blocks.append(paragraph)
        for box in line.boxes:
            blocks += self._text_box(box, within)
        return blocks

    def _text_box(self, box: Element, within: Place | None) -> list[Block]:
        part, self._part = self._part, Part.TEXT_BOX
        fields, self._fields = self._fields, []
        self._shaded += 1
        try:
            return self._blocks(box, None if within is None else replace(within, part=Part.TEXT_BOX), set_apart=True)
        finally:
            self._part, self._fields = part, fields
            self._shaded -= 1

    def _next_place(self, within: Place | None) -> Place:
        if within is not None:
            return within
        self._count += 1
        return Place(self._count - 1, self._page, self._part)

    def _bullet(self, properties: Element | None, inherited: tuple[str, int] | None) -> str:
        numbering = numbering_of(properties) or inherited
        return "" if numbering is None else self._numbering.marker(*numbering)

    def _paragraph_look(self, properties: Element | None, look: Look) -> Look:
        shaded = properties is not None and properties.find(W + "shd") is not None
        return replace(look, shaded=True) if shaded or self._shaded else look

    def _heading(self, text: str, line: _Line) -> int:
        """1 or 2 for a line in clearly larger letters, 3 for one in bold or underlined letters throughout, else 0."""
        letters = [(n, look) for n, look in line.letters if n]
        if (
            not letters
            or len(text) > _LONGEST_HEADING
            or "\t" in text
            or "\n" in text
            or PICTURE in text
            or TICKED in text
            or UNTICKED in text
        ):
            return 0
        smallest = min(look.size for _, look in letters)
        if smallest >= _LARGER * self._body_size:
            return 1 if smallest >= 1.5 * self._body_size else 2
        return 3 if all(look.bold or look.underlined for _, look in letters) else 0

    # tables

    def _table(self, element: Element, within: Place | None) -> list[Block]:
        place = self._next_place(within)
        style = element.find(f"{W}tblPr/{W}tblStyle")
        self._shaded += style is not None
        rows: list[tuple[Cell, ...]] = []
        for row in self._rows(element):
            cells = self._row(row, replace(place, row=len(rows)))
            if cells:
                rows.append(cells)
        self._shaded -= style is not None
        return [Table(tuple(rows), place)] if rows else []

    def _rows(self, container: Element) -> Iterator[Element]:
        for child in _children(container):
            name = _name(child)
            if name == "tr":
                if not self._row_is_gone(child):
                    yield child
            elif name == "sdt" or name in _CONTAINERS:
                with self._inside(child) as content:
                    yield from self._rows(content)

    def _row_is_gone(self, row: Element) -> bool:
        properties = row.find(W + "trPr")
        if properties is None:
            return False
        deletion, insertion = properties.find(W + "del"), properties.find(W + "ins")
        if deletion is not None:
            self._record(
                RevisionKind.DELETION, _all_text(row), deletion, Place(max(self._count - 1, 0), self._page, self._part)
            )
        elif insertion is not None:
            self._record(
                RevisionKind.INSERTION,
                _all_text(row),
                insertion,
                Place(max(self._count - 1, 0), self._page, self._part),
            )
        if on(properties.find(W + "hidden")):
            self._warn_hidden()
            return True
        return deletion is not None

    def _row(self, row: Element, place: Place) -> tuple[Cell, ...]:
        cells = [Cell((), replace(place, cell=0))] * (_span(row.find(f"{W}trPr/{W}gridBefore"), 0) > 0)
        alone = sum(1 for _ in self._cells(row)) == 1
        for element in self._cells(row):
            at = replace(place, cell=len(cells), page=self._page)
            properties = element.find(W + "tcPr")
            span = 1 if properties is None else _span(properties.find(W + "gridSpan"), 1)
            goes_on = properties is not None and _continues(properties)
            shaded = properties is not None and properties.find(W + "shd") is not None
            self._shaded += shaded
            cells.append(Cell(() if goes_on else tuple(self._blocks(element, at, alone)), at, span))
            self._shaded -= shaded
        return tuple(cells)

    def _cells(self, container: Element) -> Iterator[Element]:
        for child in _children(container):
            name = _name(child)
            if name == "tc":
                if child.find(f"{W}tcPr/{W}cellDel") is None:
                    yield child
            elif name == "sdt" or name in _CONTAINERS:
                with self._inside(child) as content:
                    yield from self._cells(content)

    # lines

    def _inline(self, container: Element, line: _Line) -> None:
        for child in _children(container):
            name = _name(child)
            if name == "r":
                self._run(child, line)
            elif name == "AlternateContent":
                self._inline(_choice(child), line)
            elif name == "sdt":
                self._inline_control(child, line)
            elif name in _DELETIONS:
                self._record(RevisionKind.DELETION, _all_text(child), child, line.place)
            elif name in _CONTAINERS:
                with self._inside(child) as content:
                    self._inline(content, line)
            elif name in ("oMath", "oMathPara"):
                self._emit("".join(t.text or "" for t in child.iter("{*}t")), line.look, line)
            elif name == "commentRangeStart":
                self.comment_places.setdefault(child.get(W + "id", ""), line.place)

    def _inline_control(self, control: Element, line: _Line) -> None:
        state = _control_state(control)
        if state is not None:
            line.from_field = True
            self._emit(state, line.look, line)
            return
        with self._inside(control) as content:
            self._inline(content, line)

    def _run(self, run: Element, line: _Line) -> None:
        properties = run.find(W + "rPr")
        style = None if properties is None else properties.find(W + "rStyle")
        look = look_of(
            properties, line.look if style is None else self._styles.run_look(style.get(W + "val"), line.look)
        )
        for child in _children(run):
            self._run_child(child, look, line)

    def _run_child(self, child: Element, look: Look, line: _Line) -> None:
        name = _name(child)
        if name == "t":
            self._emit(_drawn(child.text or "", look.font), look, line)
        elif name in _BREAKS:
            if child.get(W + "type") not in ("page", "column"):
                self._emit(_BREAKS[name], look, line)
        elif name == "sym":
            self._emit(_symbol(child), look, line)
        elif name == "fldChar":
            self._field_character(child, look, line)
        elif name in _DRAWINGS:
            self._drawing(child, look, line)
        elif name == "AlternateContent":
            for inner in _children(_choice(child)):
                self._run_child(inner, look, line)
        elif name == "commentReference":
            self.comment_places.setdefault(child.get(W + "id", ""), line.place)
        elif name == "lastRenderedPageBreak" and self._page is not None:
            self._page += 1
            if not line.begun:
                line.place = replace(line.place, page=self._page)

    def _emit(self, text: str, look: Look, line: _Line) -> None:
        """Adds text to the line, unless it is one that a reader of the page would not take as standing there."""
        if not text or self._placeholder or any(not f.showing for f in self._fields):
            return
        text = text if text == PICTURE else plain(text.replace(PICTURE, ""))
        if look.hidden or (look.white and not look.shaded):
            if text.strip():
                self._warn_hidden()
            return
        if look.struck:
            self._record_text(RevisionKind.DELETION, text, "", line.place)
            return
        line.pieces.append(text.upper() if look.caps else text)
        line.letters.append((len(text.strip()), look))
        line.begun = line.begun or bool(text.strip())
        line.from_field = line.from_field or bool(self._controls and text.strip())
        if self._author is not None:
            line.inserted = True
            self._record_text(RevisionKind.INSERTION, text, self._author, line.place)

    def _field_character(self, element: Element, look: Look, line: _Line) -> None:
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            data = element.find(W + "ffData")
            answer = None if data is None else _form_answer(data)
            if answer is not None:
                line.from_field = True
                self._emit(answer, look, line)
            elif data is not None:
                line.from_field = True
            self._fields.append(_Field(answered=answer is not None))
        elif kind == "separate" and self._fields:
            self._fields[-1].showing = not self._fields[-1].answered
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _drawing(self, element: Element, look: Look, line: _Line) -> None:
        parts = list(_drawn_parts(element))
        line.boxes += [p for p in parts if _name(p) == "txbxContent" and not self._placeholder]
        signature_lines = [p for p in parts if _name(p) == "signatureline"]
        for signature_line in signature_lines:
            self._sign(self._signature_on(signature_line), look, line)
        for part in parts:
            if _name(part) == "textpath":
                self._emit(part.get("string", ""), look, line)
        pictures = sum(_name(p) in ("blip", "imagedata", "contentPart") for p in parts)
        if pictures and not signature_lines:
            if _page_sized(element):
                self.large_pictures += 1
                self.warnings["a picture as large as a page was not read"] = None
            else:
                self._sign(Signing(SigningKind.DRAWN), look, line)

    def _sign(self, signing: Signing, look: Look, line: _Line) -> None:
        before = len(line.pieces)
        self._emit(PICTURE, look, line)
        line.signings += [signing] * (len(line.pieces) - before)

    def _signature_on(self, signature_line: Element) -> Signing:
        attributes = {k.rpartition("}")[2]: v for k, v in signature_line.attrib.items()}
        signed = self._signatures.pop(attributes.get("id", "").strip("{}").lower(), None)
        return signed or Signing(SigningKind.EMPTY_FIELD, attributes.get("suggestedsigner", ""))

    # what stands around

    @contextmanager
    def _inside(self, element: Element) -> Iterator[Element]:
        """The content of a container, while it is known to be inserted, or a control's value or placeholder."""
        name = _name(element)
        content = element.find(W + "sdtContent") if name == "sdt" else element
        waiting = name == "sdt" and on(element.find(f"{W}sdtPr/{W}showingPlcHdr"))
        control = name == "sdt"
        author, inserted = self._author, name in ("ins", "moveTo")
        self._placeholder += waiting
        self._controls += control
        self._author = element.get(W + "author", "") if inserted else author
        try:
            yield element.makeelement("none") if content is None else content
        finally:
            self._placeholder -= waiting
            self._controls -= control
            self._author = author

    def _record(self, kind: RevisionKind, text: str, element: Element, place: Place) -> None:
        self._record_text(kind, text, element.get(W + "author", ""), place)

    def _record_text(self, kind: RevisionKind, text: str, author: str, place: Place) -> None:
        """Adds a revision, or lengthens the last one where it goes on in the same paragraph."""
        if not text:
            return
        last = self.revisions[-1] if self.revisions else None
        if last and (last.kind, last.author, last.place) == (kind, author, place):
            self.revisions[-1] = replace(last, text=last.text + text)
        elif text.strip():
            self.revisions.append(Revision(kind, text, author, place))

    def _warn_hidden(self) -> None:
        self.warnings["hidden text was set aside"] = None


def _children(element: Element) -> list[Element]:
    return [c for c in element if isinstance(c.tag, str)]


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _choice(alternate: Element) -> Element:
    """The content meant for a reader that knows the newer markup; the fallback says the same once more."""
    choices = [c for c in _children(alternate) if _name(c) == "Choice"]
    return (choices or _children(alternate) or [alternate.makeelement("none")])[0]


def _source(line: _Line) -> Source:
    if line.inserted:
        return Source.INSERTED
    return Source.FORM_FIELD if line.from_field else Source.TEXT


def _mark_is_hidden(properties: Element | None) -> bool:
    return properties is not None and on(properties.find(f"{W}rPr/{W}vanish"))


def _span(element: Element | None, otherwise: int) -> int:
    value = "" if element is None else element.get(W + "val") or ""
    return min(int(value), _WIDEST_SPAN) if value.isdigit() and 0 < len(value) < 12 and int(value) else otherwise


def _continues(properties: Element) -> bool:
    """A cell that goes on from the cell above or before it."""
    merges = [properties.find(W + "vMerge"), properties.find(W + "hMerge")]
    return any(m is not None and m.get(W + "val", "continue") == "continue" for m in merges)


def _control_state(control: Element) -> str | None:
    """The tick of a check box content control, None for any other control."""
    box = control.find(f"{W}sdtPr/{{*}}checkbox")
    if box is None:
        return None
    checked = box.find("{*}checked")
    value = "0" if checked is None else next(iter(checked.attrib.values()), "1")
    return UNTICKED if value.lower() in ("0", "false", "off") else TICKED


def _form_answer(data: Element) -> str | None:
    """The value a legacy form field keeps in its data: a tick or the chosen entry. None for a text field."""
    box, choices = data.find(W + "checkBox"), data.find(W + "ddList")
    if box is not None:
        state = box.find(W + "checked")
        return TICKED if on(box.find(W + "default") if state is None else state) else UNTICKED
    if choices is None:
        return None
    entries = [e.get(W + "val", "") for e in choices.iterchildren(W + "listEntry")]
    chosen = choices.find(W + "result")
    if chosen is None:
        chosen = choices.find(W + "default")
    index = "0" if chosen is None else chosen.get(W + "val", "0")
    return entries[int(index)] if index.isdigit() and int(index) < len(entries) else ""


def _drawn(text: str, font: str) -> str:
    name = picture_font(font)
    if name:
        return "".join(c if c.isspace() else picture_character(ord(c), name) for c in text)
    return "".join(unknown_picture(ord(c)) if 0xF000 <= ord(c) <= 0xF0FF else c for c in text)


def _symbol(element: Element) -> str:
    code, font = element.get(W + "char", ""), picture_font(element.get(W + "font", ""))
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if font:
        return picture_character(number, font)
    return "•" if 0xE000 <= number <= 0xF8FF or number > 0x10FFFF else chr(number)


def _drawn_parts(element: Element) -> Iterator[Element]:
    """What a drawing shows, not entering its text boxes, and its fallback only where there is nothing else."""
    name = _name(element)
    if name in ("blip", "imagedata", "contentPart", "signatureline", "textpath", "txbxContent"):
        yield element
        return
    if name == "docPr" and element.get("hidden") in ("1", "true"):
        return
    for child in [_choice(element)] if name == "AlternateContent" else _children(element):
        yield from _drawn_parts(child)


def _page_sized(element: Element) -> bool:
    extent = next(element.iter("{*}extent"), None)
    sides = ["0"] if extent is None else [extent.get("cx", "0"), extent.get("cy", "0")]
    return all(s.isdigit() and int(s) > _PAGE_SIZED * _EMU_PER_INCH for s in sides)


def _all_text(element: Element) -> str:
    texts = []
    for paragraph in [element] if element.find(f".//{W}p") is None else element.iter(W + "p"):
        texts.append("".join(t.text or "" for t in paragraph.iter(W + "t", W + "delText")))
    return "\n".join(texts).strip("\n")
