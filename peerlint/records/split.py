"""Several records in one document: a month of notes, an export, a packet.

A record begins where a person would cut: at a title with a new set of identifying labels, or where the labels that
name the member and the date of service come round again after a narrative or a signature. Page headers that repeat do
not begin a record, nor do addenda and continued pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from peerlint.documents.model import Block, Document, Paragraph, Part, Table
from peerlint.records.extent import Extent
from peerlint.records.labels import ALL_FAMILIES, Field, Labels, labels_of
from peerlint.records.model import Topic
from peerlint.records.nearest import nearest
from peerlint.records.pieces import cut
from peerlint.records.titles import Title, read_title

_IDENTIFYING = frozenset(
    {"member_name", "medicaid_id", "member_id", "birth_date", "record_number", "service_date", "date_and_time"}
)
_NAMING = frozenset({"member_name", "name", "medicaid_id", "member_id"})
_DATING = frozenset({"service_date", "date_and_time"})
_TELLING = frozenset({Topic.PURPOSE, Topic.INTERVENTION, Topic.RESPONSE, Topic.NARRATIVE, Topic.NEXT_STEP})
_APPENDED = re.compile(
    r"^\s*(?:addendum|late entry addendum|amendment|correction|continued|continuation)\b", re.IGNORECASE
)
_LATER_PAGE = re.compile(r"\bpage\s*(?:[2-9]|\d{2})\b(?:\s*(?:of|/)\s*\d+)?|\bcontinued\b|\(cont", re.IGNORECASE)
_MOST_WORDS_OF_A_QUESTION = 12
_PROSE_WORDS = 25
_LINES_OF_A_HEAD = 16
_SIGNED = re.compile(r"/s/|\b(?:electronically|digitally) signed|\be-?signed\b", re.IGNORECASE)


@dataclass(slots=True)
class _Marks:
    """What a block shows of where records begin and end."""

    title: Title | None = None
    keys: dict[str, str] = field(default_factory=dict)
    tells: bool = False
    signs: bool = False
    text: str = ""

    @property
    def heads(self) -> bool:
        return self.title is not None or bool(self.keys)


def split(document: Document, path: str) -> tuple[Extent, ...]:
    """The records of the document in order, each with its blocks and the document's running headers and footers."""
    body = [piece for block in document.blocks if block.place.part is Part.BODY for piece in _tables_apart(block)]
    running = [block for block in document.blocks if block.place.part is not Part.BODY]
    starts = _starts(body)
    if len(starts) < 2:
        return (
            Extent(
                path,
                0,
                document,
                document.blocks if len(body) == len(document.blocks) - len(running) else (*body, *running),
            ),
        )
    stops = [*starts[1:], len(body)]
    stretches = [body[start:stop] for start, stop in zip(starts, stops, strict=True)]
    head = _common_head(stretches[0], stretches[1][0])
    return tuple(
        Extent(path, index, document, _blocks_of(stretch, head, tuple(_running_of(running, stretch))), sole=False)
        for index, stretch in enumerate(stretches)
    )


def _common_head(first: Sequence[Block], following: Block) -> list[Block]:
    """The blocks at the top of an export that name the member once for all the notes below; ``following`` is where the
    second note begins."""
    labels = labels_of(ALL_FAMILIES)
    head: list[Block] = []
    for block in first:
        marks = _marks(block, labels)
        if marks.keys.keys() & _DATING or _in_one_log(block, following):
            break
        if marks.tells or marks.signs:
            return []
        head.append(block)
    return head


def _blocks_of(stretch: Sequence[Block], head: Sequence[Block], running: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a note, with the common head where neither it nor the header of its pages names the member."""
    labels = labels_of(ALL_FAMILIES)
    keys = {key for block in (*stretch, *running) for key in _marks(block, labels).keys}
    return (*([] if keys & _NAMING or stretch[: len(head)] == head else head), *stretch, *running)


def _running_of(running: Sequence[Block], body: Sequence[Block]) -> Iterator[Block]:
    """Headers and footers that run over the pages of the blocks: those printed there, and those without a page. A
    header that repeats stands where it was printed first, so pages without one have the last before them."""
    pages = {block.place.page for block in body}
    several = len({block.place.page for block in running}) > 1
    own = [block for block in running if not several or block.place.page is None or block.place.page in pages]
    if not any(block.place.part is Part.HEADER for block in own):
        yield from _last_header(running, min((page for page in pages if page), default=0))
    yield from own


def _last_header(running: Sequence[Block], before: int) -> Iterator[Block]:
    """The header of the last page before a page that has one."""
    earlier = [b for b in running if b.place.part is Part.HEADER and b.place.page and b.place.page < before]
    last = max((block.place.page or 0 for block in earlier), default=0)
    yield from (block for block in earlier if block.place.page == last)


def _starts(body: Sequence[Block]) -> list[int]:
    """The numbers of the blocks at which records begin; the first is 0."""
    marks = _with_values_below([_marks(block, labels_of(ALL_FAMILIES)) for block in body])
    starts = [0]
    told = False
    for number, mark in enumerate(marks):
        if told and _in_one_log(body[number - 1], body[number]):
            starts.append(number)
            told = False
        elif told and mark.heads and _begins(marks, number, starts[-1]):
            start = _head_start(body, marks, number, starts)
            starts.append(start)
            told = False
        told = told or mark.tells or mark.signs
    return starts if body else []


def _in_one_log(one: Block, other: Block) -> bool:
    """Whether two blocks are rows of one log, set apart under the same head."""
    return isinstance(one, Table) and isinstance(other, Table) and one.rows[0] is other.rows[0]


def _with_values_below(marks: Sequence[_Marks]) -> Sequence[_Marks]:
    """The marks, where a label that stands alone takes its value from the block below."""
    for mark, below in pairwise(marks):
        for key, value in mark.keys.items():
            if not value and not below.keys:
                mark.keys[key] = below.text.strip().casefold()
    return marks


def _begins(marks: Sequence[_Marks], number: int, since: int) -> bool:
    """Whether a new record begins with this block, the record since ``since`` having told something already."""
    mark = marks[number]
    ahead = marks[number : number + _LINES_OF_A_HEAD]
    if _APPENDED.search(mark.text) or any(
        _LATER_PAGE.search(other.text) for other in marks[max(since + 1, number - 1) : number + 3]
    ):
        return False
    keys = _keys_ahead(ahead)
    earlier = {key: value for other in reversed(marks[since:number]) for key, value in other.keys.items()}
    if mark.title and len(keys) >= 2 and _is_new_title(mark.title, keys):
        return not _repeats(keys, earlier, marks[since:number])
    if not keys.keys() & _DATING or not earlier.keys() & _DATING or not (mark.keys or mark.title):
        return False
    if len(keys) < 2 and not ("service_date" in keys and any(other.tells for other in ahead)):
        return False
    return not _repeats(keys, earlier, marks[since:number])


def _is_new_title(title: Title, keys: dict[str, str]) -> bool:
    if title.kind == "note":
        return bool(keys.keys() & _DATING) or len(keys) >= 2
    return title.kind != "unknown"


def _keys_ahead(ahead: Sequence[_Marks]) -> dict[str, str]:
    """The identifying labels of a head: those of its blocks up to the first that tells something."""
    keys: dict[str, str] = {}
    for number, mark in enumerate(ahead):
        if number and (mark.title and mark.title.certain and keys):
            break
        for key, value in mark.keys.items():
            keys.setdefault(key, value)
        if mark.tells or mark.signs:
            break
    return keys


def _repeats(keys: dict[str, str], earlier: dict[str, str], marks: Sequence[_Marks]) -> bool:
    """A running head printed again: the same values over a record that is not yet signed."""
    same = all(earlier.get(key) == value for key, value in keys.items())
    return same and bool(earlier) and not any(mark.signs for mark in marks)


def _head_start(body: Sequence[Block], marks: Sequence[_Marks], number: int, starts: list[int]) -> int:
    """Where the head of a record starts: letterhead and titles above its first label belong to it."""
    letterhead = {_plain(block) for block in body[starts[0] : starts[0] + 5]} | {
        _plain(block) for block in body[starts[-1] : starts[-1] + 5]
    }
    while number - 1 > starts[-1]:
        above = body[number - 1]
        mark = marks[number - 1]
        turns_page = above.place.page != body[number].place.page and above.place.page is not None
        if (
            turns_page
            or mark.signs
            or mark.tells
            or not (mark.heads or _plain(above) in letterhead or _is_heading(above))
        ):
            break
        number -= 1
    return number


def _is_heading(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(block.heading) and len(block.text) < 90


def _plain(block: Block) -> str:
    return block.text.strip().casefold() if isinstance(block, Paragraph) else ""


def _marks(block: Block, labels: Labels) -> _Marks:
    marks = _Marks()
    if isinstance(block, Table):
        _mark_table(marks, block, labels)
        return marks
    marks.text = block.text
    for line in block.text.split("\n"):
        _mark_line(marks, line, labels)
    return marks


def _mark_line(marks: _Marks, line: str, labels: Labels) -> None:
    title = read_title(line) if len(line) <= 120 else None
    marks.title = marks.title or title
    if title and title.certain:
        return
    if len(line.split()) >= _PROSE_WORDS:
        marks.tells = True
    if _SIGNED.search(line):
        marks.signs = True
    if len(line) > 400:
        line = line[:120]
    asked = _asked(line, labels)
    if asked:
        _mark_label(marks, asked.key, asked.topic, "", asked.shape)
        return
    for piece in cut(line, labels):
        _mark_label(
            marks,
            piece.field.key if piece.field else "",
            piece.field.topic if piece.field else None,
            piece.text,
            piece.shape,
        )


def _asked(line: str, labels: Labels) -> Field | None:
    """The field that a question asks for, as the label of a line of its own ("What day?")."""
    text = line.strip()
    asks = text.endswith("?") and len(text.split()) <= _MOST_WORDS_OF_A_QUESTION
    return nearest(labels, text.lstrip("•-–* ")) if asks else None


def _mark_label(marks: _Marks, key: str, topic: Topic | None, text: str, shape: str) -> None:
    if key in _IDENTIFYING:
        marks.keys.setdefault(key, text.strip().casefold())
    if topic in _TELLING:
        marks.tells = True
    if shape == "signature" and key != "staff_name":
        marks.signs = True


def _mark_table(marks: _Marks, table: Table, labels: Labels) -> None:
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            text = cell.text.strip()
            named = labels.named(text) if len(text) < 80 else None
            if named and not text.endswith("."):
                value = row[column + 1].text.strip() if column + 1 < len(row) else ""
                below = table.rows[number + 1] if number + 1 < len(table.rows) else ()
                if labels.named(value) and column < len(below):
                    value = below[column].text.strip()
                _mark_label(marks, named.key, named.topic, value, named.shape)
            else:
                for line in text.split("\n"):
                    _mark_line(marks, line, labels)


def _tables_apart(block: Block) -> Iterator[Block]:
    """A table that holds several notes as one table for each: a row for each note under a head, or the labels come
    round again."""
    if not isinstance(block, Table) or len(block.rows) < 3:
        yield block
        return
    labels = labels_of(ALL_FAMILIES)
    if _is_log(block, labels):
        for row in block.rows[1:]:
            if any(cell.text.strip() for cell in row):
                yield Table((block.rows[0], row), row[0].place if row else block.place)
        return
    starts = _row_starts(block, labels)
    if len(starts) < 2:
        yield block
        return
    starts[0] = 0
    for start, stop in zip(starts, [*starts[1:], len(block.rows)], strict=True):
        yield Table(block.rows[start:stop], block.place)


def _is_log(table: Table, labels: Labels) -> bool:
    """A head row with a date of service and a narrative column over rows that have both."""
    named = [labels.named(cell.text.strip()) if len(cell.text) < 60 else None for cell in table.rows[0]]
    dated = next((n for n, found in enumerate(named) if found and found.key in _DATING | {"date"}), None)
    told = next((n for n, found in enumerate(named) if found and found.topic in _TELLING), None)
    if dated is None or told is None or len(named) < 3:
        return False
    rows = [row for row in table.rows[1:] if len(row) == len(named)]
    return (
        len(rows) >= 2 and sum(bool(row[dated].text.strip()) and len(row[told].text.split()) > 5 for row in rows) >= 2
    )


def _row_starts(table: Table, labels: Labels) -> list[int]:
    """The rows at which notes begin in a table that holds several: the row of the label that came first, each time it
    comes."""
    keys_of = [
        {
            found.key
            for cell in row
            if len(text := cell.text.strip()) < 120 and (found := labels.named(text.split(":")[0]))
        }
        for row in table.rows
    ]
    first = next((keys & _IDENTIFYING for keys in keys_of if keys & _IDENTIFYING), set())
    starts = [number for number, keys in enumerate(keys_of) if first and first <= keys]
    dated = [number for number, keys in enumerate(keys_of) if keys & _DATING]
    return (
        starts if len(starts) > 1 and len(dated) >= len(starts) and min(b - a for a, b in pairwise(starts)) >= 4 else []
    )
