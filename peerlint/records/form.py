"""A record as a form: its labels with what stands under, beside, below or above them.

Forms print the same facts in many layouts. ``read_form`` knows the layouts and nothing of notes or plans: it returns
one ``Entry`` for each label, in reading order, and one without a label for each stretch of text that has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, islice

from peerlint.documents.model import (
    PICTURE,
    TICKED,
    UNTICKED,
    Block,
    Cell,
    Paragraph,
    Part,
    Place,
    Signing,
    Source,
    Table,
)
from peerlint.records.contact import contact_types, is_place
from peerlint.records.credentials import find_credentials, first_credential, is_job_title
from peerlint.records.dates import dates_in
from peerlint.records.labels import ALL_FAMILIES, Field, Labels, labels_of
from peerlint.records.letters import led_by_letters
from peerlint.records.model import Topic
from peerlint.records.names import read_name
from peerlint.records.nearest import nearest
from peerlint.records.pieces import Piece, Setting, chunks, cut
from peerlint.records.placeholders import emptied
from peerlint.records.several import several, shared_out
from peerlint.records.shapes import STRICT, fits
from peerlint.records.ticks import has_boxes
from peerlint.records.titles import is_title, title_of
from peerlint.records.words import any_of

_SIGNING_LINE = re.compile(
    r"\s*(?:/s/|(?:electronically|digitally)\s+(?:signed|approved|authenticated|completed)|e-?signed"
    r"|signed electronically|firmado)",
    re.IGNORECASE,
)
_RULE = re.compile(r"[\s_]*_{4,}[\s_]*")
_SEPARATING_RULE = re.compile(r"[\s_=*\-–—.]{20,}")
_NUMBER_BELOW = re.compile(r"\n\s*\d+\s*$")
_SHAPES_OF_A_FEW_WORDS = frozenset({"text", "name", "ticks"})
_SIGNING_SHAPES = frozenset({"signature"})
_SHAPES_LIKE_LABELS = frozenset({"text", "ticks", "name", "prose"})
_CAPTION_SHAPES = frozenset({"signature", "name", "text", "date", "time"})
_LONGEST_WRAPPED_VALUE = 70
_LONGEST_SIGNING_LINE = 80
_FEWEST_WORDS_OF_PROSE = 8
_MOST_WORDS_IN_CAPITALS = 8
_SHARE_OF_LABELS = 0.3
_FEWEST_MIRRORED_ROWS = 3
_FEWEST_CAPTIONS_BELOW = 3
_ARROWS = ("←", "◄", "◀", "⇐", "<-", "‹", "<")


@dataclass(frozen=True, slots=True)
class Entry:
    """One label and what stands there. ``key`` is the label's key in ``labels.yaml``, "" for a label that is not
    known and for text without a label; ``label`` as written, "" for text without a label. A blank or a placeholder
    is empty text. ``heading`` is the level of the label's heading, else 0."""

    key: str
    label: str
    text: str
    place: Place
    source: Source = Source.TEXT
    signings: tuple[Signing, ...] = ()
    shape: str = ""
    topic: Topic | None = None
    heading: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """The entries of a record in reading order, and the blocks they were read from."""

    title: str
    entries: tuple[Entry, ...]
    blocks: tuple[Block, ...]

    def first(self, *keys: str) -> Entry | None:
        """The first entry with one of the keys that holds something, else the first one at all."""
        found = self.all(*keys)
        return next((entry for entry in found if entry.text), found[0] if found else None)

    def all(self, *keys: str) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.key in keys)


def read_form(blocks: Sequence[Block], families: tuple[str, ...] = ALL_FAMILIES) -> Form:
    """The form that the blocks print; ``families`` of labels in order of precedence (see ``labels.py``)."""
    reader = _Reader(labels_of(families))
    for part, stretch in groupby(blocks, key=lambda block: block.place.part):
        reader.read_stretch(list(stretch), running=part in (Part.HEADER, Part.FOOTER))
    return Form(title_of(blocks), tuple(reader.entries()), tuple(blocks))


@dataclass(slots=True)
class _Line:
    text: str
    paragraph: Paragraph
    begins: bool
    signings: tuple[Signing, ...] = ()


@dataclass(slots=True)
class _Open:
    """An entry while its text is being gathered."""

    label: str
    named: Field | None
    place: Place
    source: Source
    heading: int = 0
    texts: list[str] = field(default_factory=list)
    signings: list[Signing] = field(default_factory=list)
    in_cell: bool = False
    near: bool = False

    @property
    def shape(self) -> str:
        return self.named.shape if self.named else ""

    @property
    def empty(self) -> bool:
        return not any(text.strip() for text in self.texts) and not self.signings

    @property
    def prose(self) -> bool:
        """Whether running text stands here."""
        if self.shape == "prose" or self.heading:
            return self.shape in ("prose", "", "goals")
        if self.shape not in ("", "goals") or has_boxes(text := "\n".join(self.texts)):
            return False
        return len(text.split()) >= _FEWEST_WORDS_OF_PROSE

    def entry(self) -> Entry:
        text = emptied("\n".join(self.texts).replace(PICTURE, "").strip(" \t\n"))
        return Entry(
            self.named.key if self.named else "",
            self.label,
            text,
            self.place,
            self.source,
            tuple(self.signings),
            self.shape,
            self.named.topic if self.named else None,
            self.heading,
        )


@dataclass(slots=True)
class _Reader:
    labels: Labels
    done: list[_Open] = field(default_factory=list)
    open: _Open | None = None

    def entries(self) -> Iterator[Entry]:
        for gathered in self.done:
            entry = gathered.entry()
            if entry.label or entry.text or entry.signings:
                yield entry

    def read_stretch(self, blocks: list[Block], *, running: bool) -> None:
        """Blocks of one part of the document. Header and footer lines stand each by itself (``running``)."""
        self.close()
        for tabular, group in groupby(blocks, key=lambda block: isinstance(block, Table)):
            if tabular:
                for block in group:
                    self._table(block)  # type: ignore[arg-type]
                continue
            for lines in [[line] for line in _lines(group)] if running else [list(_lines(group))]:  # type: ignore[arg-type]
                self._lines(lines)
                self.close_value()
        self.close()

    # -- lines ------------------------------------------------------------------------------------------------------

    def _lines(self, lines: list[_Line]) -> None:
        for number, text in led_by_letters([line.text if line.begins else "" for line in lines]).items():
            lines[number].text = text
        position = 0
        while position < len(lines):
            position += self._captioned(lines, position) or self._line(lines[position])

    def _captioned(self, lines: list[_Line], position: int) -> int:
        """Captions above or below their values on lines of their own: the number of lines taken, 0 where there are
        none."""
        if position + 1 == len(lines):
            return 0
        upper, lower = lines[position], lines[position + 1]
        if self.open is not None and self.open.label and self.open.empty and self.open.shape == "signature":
            return 0
        if values := self._values_over_captions(upper, lower):
            self._pair(self._captions(lower), values, upper)
            return 2
        captions = self._captions(upper)
        values = chunks(lower.text)
        if len(captions) > 1 and len(captions) == len(values) and self._stand_below(values, captions):
            self._pair(captions, values, lower)
            return 2
        return 0

    def _stand_below(self, values: Sequence[str], captions: Sequence[Piece]) -> bool:
        """Whether the parts of a line are what the captions above ask for. A place may hold a colon ("Community: senior
        center"), and a goal may read like a label."""
        if self._are_values(values):
            return True
        apart = [
            value for value, caption in zip(values, captions, strict=True) if not _may_read_as_label(value, caption)
        ]
        return bool(apart) and self._are_values(apart)

    def _are_values(self, texts: Sequence[str]) -> bool:
        """Whether the parts of a line are values: none holds a labelled value, and some hold no label at all."""
        pieces = [piece for text in texts for piece in cut(text, self.labels)]
        told = any(":" in text and cut(text, self.labels)[0].label and cut(text, self.labels)[0].text for text in texts)
        return not told and not all(piece.alone for piece in pieces)

    def _captions(self, line: _Line) -> tuple[Piece, ...]:
        """The labels of a line that holds labels alone."""
        pieces = cut(line.text, self.labels)
        return (
            pieces if pieces and all(piece.alone and piece.field and ":" not in line.text for piece in pieces) else ()
        )

    def _values_over_captions(self, upper: _Line, lower: _Line) -> list[str]:
        captions = self._captions(lower)
        if len(captions) > 1 and self._fit_captions(chunks(upper.text), captions):
            return chunks(upper.text)
        if not captions or not any(piece.shape in ("signature", "name") for piece in captions):
            return []
        if not all(piece.shape in _CAPTION_SHAPES for piece in captions):
            return []
        values = chunks(upper.text)
        signed = bool(_RULE.search(upper.text)) or PICTURE in upper.text or bool(_SIGNING_LINE.match(upper.text))
        signed = signed or (
            len(captions) == 1 and captions[0].shape == "name" and _is_name_with_credentials(upper.text)
        )
        if not signed and (len(values) != len(captions) or len(values) < 2):
            return []
        return [] if any(piece.label for piece in cut(upper.text, self.labels)) else values

    def _fit_captions(self, values: list[str], captions: Sequence[Piece]) -> bool:
        """Whether the parts of a line are what the captions below ask for, so far as a value can be told by its
        shape."""
        told = [(value, piece.shape) for value, piece in zip(values, captions, strict=False) if piece.shape in STRICT]
        strict = sum(shape not in ("name", "ticks", "signature") for _, shape in told)
        loose = frozenset({"ticks", "signature", "goals"})
        fitting = all(fits(shape, value) or shape in loose for value, shape in told)
        return len(values) == len(captions) and strict > 0 and fitting and self._are_values(values)

    def _pair(self, captions: Sequence[Piece], values: list[str], line: _Line) -> None:
        for number, caption in enumerate(captions):
            self.start(caption.label, caption.field, line.paragraph)
            if number < len(values):
                self.add(values[number], line.signings if PICTURE in values[number] else ())
        self.close()

    def _line(self, line: _Line) -> int:
        if _SEPARATING_RULE.fullmatch(line.text):
            self.close()
            return 1
        if self._is_title(line):
            self.close()
            self.start("", None, line.paragraph)
            self.add(line.text)
            self.close()
            return 1
        for piece in cut(line.text, self.labels, self._setting(line)):
            self._piece(piece, line)
        return 1

    def _setting(self, line: _Line) -> Setting:
        if self.open is None or not self.open.prose or "\t" in line.text:
            waits = self.open is not None and self.open.in_cell and self.open.empty and bool(self.open.label)
            return Setting(begins=line.begins, waits=waits)
        return Setting(prose=True, begins=line.begins, waits=self.open.empty)

    def _is_title(self, line: _Line) -> bool:
        named = self.labels.named(line.text.split("\t")[0])
        waits = self.open is not None and self.open.label and self.open.empty
        if len(self.done) >= 4 or waits or not is_title(line.text) or (named and named.topic is not Topic.NARRATIVE):
            return False
        return not any(piece.text and piece.label and piece.shape in STRICT for piece in cut(line.text, self.labels))

    def _piece(self, piece: Piece, line: _Line) -> None:
        signings = line.signings if PICTURE in piece.text else ()
        if piece.alone and (self._is_goal_under_label(piece) or self._is_title_of_signer(piece)):
            self.add(piece.label)
        elif piece.label:
            self.start(piece.label, piece.field, line.paragraph)
            self.add(piece.text, signings)
        elif line.begins and not _SIGNING_LINE.match(piece.text) and self._heads(piece.text, line.paragraph):
            self.start(piece.text, None, line.paragraph)
            if self.open is not None and self.open.named is None and not self.done:
                self.close()
        else:
            self._unlabelled(piece.text, line, signings)

    def _heads(self, text: str, paragraph: Paragraph) -> bool:
        """Whether a paragraph's first line without a known label stands over what follows: a heading, a question of
        the form, or words in capitals that are near to a label."""
        if paragraph.heading and len(text) < 90:
            return True
        asks = text.rstrip().endswith("?") or (text.isupper() and len(text.split()) <= _MOST_WORDS_IN_CAPITALS)
        return asks and "\n" not in paragraph.text.strip() and nearest(self.labels, text) is not None

    def _is_goal_under_label(self, piece: Piece) -> bool:
        """ "Goal 2" on the line below "PCP goal" is the goal that is cited."""
        return self.open is not None and self.open.empty and self.open.shape == piece.shape == "goals"

    def _is_title_of_signer(self, piece: Piece) -> bool:
        """ "Certified Peer Support Specialist" on the line below a signature that has no credentials yet."""
        entry = self.open
        if entry is None or not is_job_title(piece.label):
            return False
        if entry.empty or entry.shape != "signature":
            return entry.empty and entry.named is not None and entry.named.key == "title"
        return not find_credentials("\n".join(entry.texts))

    def _unlabelled(self, text: str, line: _Line, signings: tuple[Signing, ...] = ()) -> None:
        if self._signs(text):
            self._signing(text, line.paragraph, signings)
        elif self.open is not None and self._continues(text, line) and not self._is_picture_below_prose(text):
            self.add(text, signings)
        else:
            self.start("", None, line.paragraph)
            self.add(text, signings)

    def _is_picture_below_prose(self, text: str) -> bool:
        """A picture on a line of its own: a drawn signature, not part of the narrative above it."""
        return (
            self.open is not None
            and self.open.shape == "prose"
            and PICTURE in text
            and not text.replace(PICTURE, "").strip()
        )

    def _signs(self, text: str) -> bool:
        """Whether a line without label is one on which somebody signed."""
        if self.open is not None and self.open.shape in _SIGNING_SHAPES and self.open.empty:
            return False
        if _SIGNING_LINE.match(text):
            return True
        waits = self.open is not None and self.open.label and self.open.empty
        if waits and self.open is not None and (self.open.in_cell or self.open.shape in _SHAPES_OF_A_FEW_WORDS):
            return False
        told = any(entry.prose for entry in self.done) or (
            self.open is not None and self.open.prose and not self.open.empty
        )
        return told and _is_name_with_credentials(text)

    def _signing(self, text: str, paragraph: Paragraph, signings: tuple[Signing, ...]) -> None:
        self.start("", Field("e_signature", "signature", "signature"), paragraph)
        self.add(text, signings)

    def _continues(self, text: str, line: _Line) -> bool:
        """Whether a line without label still belongs to the open entry."""
        entry = self.open
        assert entry is not None
        if line.begins and any_of("attestations").match(text):
            return False
        if entry.in_cell or entry.empty or entry.prose:
            return True
        if entry.shape == "signature":
            return len(text) <= _LONGEST_WRAPPED_VALUE and not text.rstrip().endswith((".", "!"))
        if entry.shape == "ticks" or (
            (TICKED in text or UNTICKED in text) and any(UNTICKED in t or TICKED in t for t in entry.texts)
        ):
            return TICKED in text or UNTICKED in text
        wraps = not line.begins and len(text) <= _LONGEST_WRAPPED_VALUE
        return wraps and not fits(entry.shape, entry.texts[-1]) and not text.rstrip().endswith((".", "!", "?"))

    # -- tables -----------------------------------------------------------------------------------------------------

    def _table(self, table: Table) -> None:
        self.close_value()
        grid = _Grid(table, self.labels)
        if grid.is_mirrored():
            grid = _Grid(Table(tuple(row[::-1] for row in table.rows), table.place), self.labels)
        row = 0
        while row < len(table.rows):
            row += self._headed_rows(grid, row) or self._captions_below(grid, row) or self._row(grid, row)
        self.close_value()

    def _headed_rows(self, grid: _Grid, row: int) -> int:
        """A row of captions with one or more rows of values below: the number of rows taken."""
        depth = grid.depth_below(row)
        if not depth:
            return 0
        self.close()
        for below in range(row + 1, row + 1 + depth):
            values = grid.rows[below]
            head = grid.row_head(row, below)
            for column, (caption, label) in enumerate(zip(grid.rows[row], grid.labels_in(row), strict=True)):
                if not caption.text.strip():
                    if column or not head:
                        self._cell(values[column])
                    continue
                if head and not column and self.labels.named(head):
                    continue
                self._captioned_cell(caption.text.strip(" :\n"), label, values[column], head if column else "")
        return depth + 1

    def _captions_below(self, grid: _Grid, row: int) -> int:
        """A row whose cells hold each a value over its label: the number of rows taken."""
        if not grid.captions_below(row):
            return 0
        for cell in grid.rows[row]:
            lines = list(_lines(cell.paragraphs()))
            if len(lines) != 2:
                self._cell(cell)
                self.close_value()
                continue
            self._start_at(lines[1].text.strip(), self.labels.named(lines[1].text), cell)
            self.add(lines[0].text, lines[0].signings)
            self.close()
        return 1

    def _captioned_cell(self, caption: str, label: Field | None, value: Cell, head: str) -> None:
        if head and (joined := self.labels.named(f"{head} {caption}") or self._signer(head, label)):
            caption, label = f"{head} {caption}", joined
        elif head and label and label.shape == "signature":
            caption = f"{head} – {caption}"
        self._start_at(caption, label, value)
        self._fill(value)
        self.close()

    def _signer(self, head: str, label: Field | None) -> Field | None:
        """The signature that a row's head alone stands for ("Peer", "QP")."""
        named = self.labels.named(head)
        return named if label and named and named.shape == label.shape == "signature" else None

    def _row(self, grid: _Grid, row: int) -> int:
        cells = grid.rows[row]
        kinds = grid.kinds(row)
        filled = [cell for cell in cells if cell.text.strip() or (cell.blocks and PICTURE in cell.text)]
        if len(filled) == 1 and len(cells) == 1:
            if grid.labels_in(row)[0] and not self.labels.named(cells[0].text):
                self.close()
                self._start_at(cells[0].text.strip(), None, cells[0])
            else:
                self._cell(cells[0])
            return 1
        self.close()
        for cell, kind in zip(cells, kinds, strict=True):
            if kind == "label":
                self.close()
                text = cell.text.strip(" :\n\t")
                self._start_at(text, self.labels.named(text), cell)
            elif kind == "content":
                self._value_cell(cell)
        self.close()
        return 1

    def _value_cell(self, cell: Cell) -> None:
        if self.open is not None:
            self._fill(cell)
        else:
            self._cell(cell)
            self.close_value()

    def _start_at(self, label: str, named: Field | None, cell: Cell) -> None:
        first = next(cell.paragraphs(), None)
        paragraph = first or Paragraph("", cell.place)
        self.start(label, named, paragraph)
        assert self.open is not None
        self.open.in_cell = True

    def _fill(self, cell: Cell) -> None:
        """Lay the content of a cell under the open label; labels inside the cell open entries of their own."""
        owner = self.open
        assert owner is not None
        owner.in_cell = True
        if owner.empty and (first := next((p for p in cell.paragraphs() if p.text.strip()), None)):
            owner.place, owner.source = first.place, first.source
        if ":" in cell.text or "\n" in cell.text or len(cell.blocks) != 1:
            self._blocks_of(cell)
        else:
            self.add(cell.text, next(cell.paragraphs()).signings)

    def _cell(self, cell: Cell) -> None:
        """A cell that is a little form of its own: a label over its value, labelled lines, or text alone."""
        self.close_value()
        first, _, rest = cell.text.strip().partition("\n")
        if rest.strip() and self.open is None and self._label_over_value(first, rest):
            self._start_at(first, None, cell)
            lines = list(_lines(cell.paragraphs()))[1:]
            if len(lines) == 1:
                self.add(lines[0].text, lines[0].signings)
            else:
                self._lines(lines)
            return
        self._blocks_of(cell)

    def _label_over_value(self, first: str, rest: str) -> bool:
        """Whether a cell's first line is no known label, but near to one, and stands over the value."""
        plain = not first.rstrip().endswith((".", "!", ",", ";")) and ":" not in first.rstrip(" :")
        if not plain or len(first.split()) > _MOST_WORDS_IN_CAPITALS or self.labels.named(first):
            return False
        return nearest(self.labels, first.rstrip(" :"), rest.strip()) is not None

    def _blocks_of(self, cell: Cell) -> None:
        for tabular, group in groupby(cell.blocks, key=lambda block: isinstance(block, Table)):
            if tabular:
                for table in group:
                    self._table(table)  # type: ignore[arg-type]
            else:
                self._lines(list(_lines(group)))  # type: ignore[arg-type]

    # -- entries ----------------------------------------------------------------------------------------------------

    def start(self, label: str, named: Field | None, paragraph: Paragraph) -> None:
        self.close()
        near = None if named or not label else nearest(self.labels, label)
        self.open = _Open(
            label.strip(" .:*\t\n"),
            named or near,
            paragraph.place,
            paragraph.source,
            paragraph.heading,
            near=bool(near),
        )

    def add(self, text: str, signings: Iterable[Signing] = ()) -> None:
        if self.open is not None:
            self.open.texts.append(text)
            self.open.signings.extend(signings)

    def close(self) -> None:
        if self.open is not None:
            if self.open.near:
                self.open.named = nearest(self.labels, self.open.label, "\n".join(self.open.texts).strip())
            self.done.extend(self._several(self.open))
            self.open = None

    def _several(self, entry: _Open) -> list[_Open]:
        """The entries of a label that asks for several things ("Date / time / units"): one for each, with its part of
        the text."""
        fields = several(self.labels, entry.label) if entry.label and not entry.heading else ()
        if len(fields) < 2 or entry.signings:
            return [entry]
        parts = shared_out("\n".join(entry.texts).strip(), fields)
        return [replace(entry, named=named, texts=[text]) for named, text in zip(fields, parts, strict=True)]

    def close_value(self) -> None:
        """Close the open entry unless it is a label that still waits for its value."""
        if self.open is not None and not self.open.empty:
            self.close()


class _Grid:
    """A table with what each cell is: a label, content, or empty."""

    def __init__(self, table: Table, labels: Labels) -> None:
        self.rows = table.rows
        self._labels = labels
        self._named = [[_label_in(cell, labels) for cell in row] for row in table.rows]
        self._label_share = self._shares()
        if self._name_nearest():
            self._label_share = self._shares()

    def _name_nearest(self) -> bool:
        """Give cells in the place of a label the field that their words are near to; whether there were any."""
        paired = self._pairs()
        near = [
            (number, column, field)
            for number, row in enumerate(self.rows)
            for column, cell in enumerate(row)
            if self._named[number][column] is None
            and not (paired and column % 2)
            and self._is_place_of_label(number, column)
            and (field := _near_label_in(cell, self._labels))
        ]
        for number, column, field in near:
            self._named[number][column] = field
        return bool(near)

    def _is_place_of_label(self, row: int, column: int) -> bool:
        """Whether a cell stands in a column or row of labels, or is written as labels are."""
        text = self.rows[row][column].text.strip()
        if self._is_over_prose(row) or self._is_beside_prose(row, column) or self._all_near(row):
            return True
        if text.isupper() or text.endswith((":", "?")) or any(p.heading for p in self.rows[row][column].paragraphs()):
            return True
        known = sum(label is not None for label in self._named[row])
        return self._label_share[column] >= _SHARE_OF_LABELS or 2 * known >= len(self.rows[row]) > 2

    def _is_over_prose(self, row: int) -> bool:
        """Whether a row of one cell stands over another that holds running text."""
        below = self.rows[row + 1] if row + 1 < len(self.rows) else ()
        return len(self.rows[row]) == len(below) == 1 and len(below[0].text.split()) >= _FEWEST_WORDS_OF_PROSE

    def _is_beside_prose(self, row: int, column: int) -> bool:
        """Whether the first of two cells stands before running text."""
        cells = self.rows[row]
        return len(cells) == 2 and not column and len(cells[1].text.split()) >= _FEWEST_WORDS_OF_PROSE

    def _all_near(self, row: int) -> bool:
        """Whether all the cells of a row are near to labels, over a row that holds other things."""
        cells = self.rows[row]
        if len(cells) < 3 or row + 1 >= len(self.rows) or len(self.rows[row + 1]) != len(cells):
            return False
        known = zip(cells, self._named[row], strict=True)
        return all(named or _near_label_in(cell, self._labels) for cell, named in known)

    def labels_in(self, row: int) -> list[Field | None]:
        return self._named[row]

    def _shares(self) -> list[float]:
        """For each column the share of its filled cells that are labels."""
        shares = []
        for column in range(max((len(row) for row in self.rows), default=0)):
            cells = [
                named[column]
                for row, named in zip(self.rows, self._named, strict=True)
                if len(row) > max(column, 1) and row[column].text.strip()
            ]
            shares.append(sum(label is not None for label in cells) / len(cells) if cells else 0.0)
        return shares

    def kinds(self, row: int) -> list[str]:
        """For each cell "label", "content" or "empty"."""
        kinds: list[str] = []
        for column, (cell, named) in enumerate(zip(self.rows[row], self._named[row], strict=True)):
            text = cell.text.strip()
            if not text and PICTURE not in cell.text:
                kinds.append("empty")
            elif self._is_value(kinds, column, text):
                kinds.append("content")
            elif named or self._looks_like_label(row, column):
                kinds.append("label")
            else:
                kinds.append("content")
        return kinds

    def _is_value(self, before: list[str], column: int, text: str) -> bool:
        """A word that could be a label ("Telehealth", "Group") right of a label, in a column of values."""
        return bool(before) and before[-1] == "label" and self._label_share[column] <= 0.34 and not text.endswith(":")

    def _looks_like_label(self, row: int, column: int) -> bool:
        cell = self.rows[row][column]
        text = cell.text.strip()
        if (
            len(self.rows[row]) < 2
            or len(text) > 60
            or "\n" in text
            or TICKED in text
            or UNTICKED in text
            or ":" in text[:-1]
        ):
            return False
        if column + 1 == len(self.rows[row]):
            return False
        if text.endswith(":"):
            return True
        in_label_column = self._label_share[column] >= 0.5 and column % 2 == 0 and len(text.split()) <= 8
        return (in_label_column and not text.endswith((".", "!", "?"))) or (
            any(p.heading for p in cell.paragraphs()) and column == 0
        )

    def depth_below(self, row: int) -> int:
        """How many rows of values stand below a row of captions; 0 where the row is none."""
        if not self._is_header(row):
            return 0
        width = len(self.rows[row])
        depth = 0
        for below in range(row + 1, len(self.rows)):
            if len(self.rows[below]) != width or self._has_labels(row, below) or self._inline(row, below):
                break
            depth += 1
        return depth

    def _is_header(self, row: int) -> bool:
        cells, named = self.rows[row], self._named[row]
        if len(cells) < 2 or self._pairs():
            return False
        texts = [cell.text.strip() for cell in cells]
        known = sum(label is not None for label in named)
        filled = [text for text in texts if text]
        short = all(len(text) <= 50 and ":" not in text[:-1] for text in filled)
        return known >= 2 and (known == len(filled) or (short and known > len(filled) / 2))

    def _has_labels(self, header: int, row: int) -> bool:
        """Whether a row below a header is a header itself; a title or a choice may read like a label."""
        named = self._named[row]
        filled = [label for label, cell in zip(named, self.rows[row], strict=True) if cell.text.strip()]
        if len(filled) > 1 and all(filled):
            return True
        above = self._named[header]
        return any(
            label and not (caption and caption.shape in _SHAPES_LIKE_LABELS)
            for label, caption in zip(named[1:], above[1:], strict=True)
        )

    def _inline(self, header: int, row: int) -> bool:
        """Whether cells of a row below a header hold labelled values of their own; a goal may hold a colon."""
        return any(
            cell.text.count(":") and cut(cell.text.split("\n")[0], self._labels)[0].label
            for cell, caption in zip(self.rows[row], self._named[header], strict=True)
            if cell.text.strip() and not (caption and caption.shape == "goals")
        )

    def _pairs(self) -> bool:
        """Whether the columns go label, value, label, value."""
        shares = self._label_share
        if len(shares) % 2:
            return False
        return all(share >= 0.5 for share in shares[0::2]) and all(share <= 0.34 for share in shares[1::2])

    def is_mirrored(self) -> bool:
        """Whether the labels stand in the right one of two columns."""
        if any(len(row) != 2 for row in self.rows):
            return False
        if all(row[1].text.strip().startswith(_ARROWS) for row in self.rows):
            return True
        if len(self.rows) < _FEWEST_MIRRORED_ROWS:
            return False
        right = sum(named[1] is not None for named in self._named) / len(self.rows)
        left = sum(named[0] is not None for named in self._named) / len(self.rows)
        return right >= 0.8 and left <= 0.34

    def captions_below(self, row: int) -> bool:
        """Whether the cells of a row hold each a value over its label."""
        filled = [cell for cell in self.rows[row] if cell.text.strip()]
        captioned = sum(map(self._is_value_over_label, filled))
        if captioned > 1:
            return captioned == len(filled)
        if not captioned:
            return False
        everywhere = sum(self._is_value_over_label(cell) for cells in self.rows for cell in cells)
        return everywhere >= _FEWEST_CAPTIONS_BELOW

    def _is_value_over_label(self, cell: Cell) -> bool:
        lines = cell.text.strip().split("\n")
        if len(lines) != 2 or lines[1].rstrip().endswith(":"):
            return False
        below = self._labels.named(lines[1]) or nearest(self._labels, lines[1], lines[0].strip())
        return below is not None and (self._labels.named(lines[0]) is None or fits(below.shape, lines[0].strip()))

    def row_head(self, header: int, row: int) -> str:
        """The words at the left of a row that tell who signs there ("Member", "QP")."""
        named = self._named[header]
        if not any(label and label.shape == "signature" for label in named[1:]):
            return ""
        text = self.rows[row][0].text.strip()
        return text if 0 < len(text) <= 60 and "\n" not in text else ""


def _label_in(cell: Cell, labels: Labels) -> Field | None:
    """The field of a cell that holds a label alone."""
    text = cell.text.strip()
    if not text or len(text) > 120 or TICKED in text or UNTICKED in text or PICTURE in text:
        return None
    if (
        any(isinstance(block, Table) for block in cell.blocks)
        or _NUMBER_BELOW.search(text)
        or (text.endswith((".", "!", "?")) and len(text.split()) > 4)
    ):
        return None
    return labels.named(text)


def _near_label_in(cell: Cell, labels: Labels) -> Field | None:
    """The field that the words of a short cell are near to."""
    text = cell.text.strip()
    if not text or "\n" in text or TICKED in text or UNTICKED in text or PICTURE in text or text.endswith((".", "!")):
        return None
    return None if ":" in text[:-1] or len(cell.blocks) != 1 else nearest(labels, text.rstrip(" :"))


def _may_read_as_label(value: str, caption: Piece) -> bool:
    """Whether a part of a line is a place or a kind of contact with a detail behind its colon, or a goal, below a
    caption that asks for it."""
    if caption.shape == "goals":
        return fits("goals", value)
    kind = value.partition(":")[0]
    return ":" in value and caption.shape in _SHAPES_OF_A_FEW_WORDS and (is_place(kind) or bool(contact_types(kind)))


def _is_name_with_credentials(text: str) -> bool:
    """ "Rosa Diaz, CPSS" with nothing else than a date behind it: somebody's name where a signature belongs."""
    if len(text) > _LONGEST_SIGNING_LINE:
        return False
    start = first_credential(text)
    if not start or len(text[:start].split()) > 5:
        return False
    name = read_name(text[:start])
    rest = text[start:]
    for credential in find_credentials(rest).split(", "):
        rest = rest.replace(credential, " ")
    for found in dates_in(rest):
        rest = rest.replace(found.text, " ")
    return name is not None and bool(name.last) and len(rest.split()) <= 3


def _lines(paragraphs: Iterable[Paragraph]) -> Iterator[_Line]:
    """The lines of paragraphs, each with the signature marks that stand in it."""
    for paragraph in paragraphs:
        marks = iter(paragraph.signings)
        for number, text in enumerate(paragraph.text.split("\n")):
            own = tuple(islice(marks, text.count(PICTURE)))
            if text.strip():
                yield _Line(text, paragraph, number == 0, own)
