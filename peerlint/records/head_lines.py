"""The short lines at the head of a note that bear no label: "06/03/2025 | 1:00-2:00 PM | 4 units | in person"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from peerlint.documents.model import Part, Place
from peerlint.records.dates import dates_in, without_dates
from peerlint.records.entries import Entry
from peerlint.records.form import Form
from peerlint.records.model import Value
from peerlint.records.times import read_span, without_times

PRINTED = frozenset({Part.BODY, Part.TEXT_BOX})
"""The parts of a document that hold what is printed on a page once."""

_DATED = frozenset({"service_date", "date_and_time", "date", "times"})
_LONGEST_LINE = 140
_LONGEST_HEAD = 200
_BETWEEN_PIECES = re.compile(
    r"\s{2,}|[\t\n,;|•·@→]|\s[-–/]\s|(?<!\bMt)(?<!\bSt)(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)\.\s+(?=[A-Z])|\.$"
)
_AT_EDGE = re.compile(
    r"^\W*(?:(?:from|for|until|till|code)\b\W*)*|(?:\b(?:from|to|on|at|and|for|code|until)\b\W*)+$", re.IGNORECASE
)
_FIGURES = re.compile(
    r"\(?(?<![\w.])x?\d+(?:\.\d+)?\s*-?(?:minutes?|mins?|hours?|hrs?|units?|[muh])\b\.?\)?|\b[A-Z]\d{4}(?:[\s,-]+(?-i:[A-Z][A-Z0-9]))?\b",
    re.IGNORECASE,
)
_EDGE = " .,:;()[]~*-–—"


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One printed line. ``text`` is as written, ``pieces`` are its parts without dates, times and units."""

    entry: Entry
    text: str
    pieces: tuple[str, ...]

    @property
    def place(self) -> Place:
        return self.entry.place

    @property
    def dated(self) -> bool:
        """Whether the line tells a date or the clock times of the contact."""
        return bool(read_span(self.text) or next(dates_in(self.text), None))

    def value(self, text: str) -> Value[str]:
        return Value(text, text, self.place, source=self.entry.source)


def head_lines(form: Form) -> Iterator[HeadLine]:
    """The short lines of the body and of text boxes, in order: those without a label, and those whose label asks for a
    date or times. Of running headers and footers, those that tell clock times."""
    for _, entries in groupby(form.entries, key=lambda entry: (entry.place, _is_plain(entry))):
        line = list(entries)
        text = " | ".join(entry.text for entry in line)
        if not _is_plain(line[0]) or not (line[0].place.part in PRINTED or read_span(text)):
            continue
        printed = text.split("\n")
        found = (HeadLine(line[0], text, _pieces(text)) for text in printed if 0 < len(text.strip()) <= _LONGEST_LINE)
        yield from (one for one in found if len("".join(printed)) <= _LONGEST_HEAD or one.dated)


def _is_plain(entry: Entry) -> bool:
    return (not entry.key and not entry.label) or entry.key in _DATED


def _pieces(text: str) -> tuple[str, ...]:
    plain = _FIGURES.sub(" | ", without_times(without_dates(text, " | "), " | "))
    return tuple(piece for part in _BETWEEN_PIECES.split(plain) if (piece := _AT_EDGE.sub("", part).strip(_EDGE)))
