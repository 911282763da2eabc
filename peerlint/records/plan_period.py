"""From when to when a plan holds, and when it is to be reviewed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from peerlint.documents.model import Place
from peerlint.records.dates import dates_in
from peerlint.records.entries import Entry
from peerlint.records.form import Form
from peerlint.records.labels import PLAN_FAMILIES, labels_of
from peerlint.records.lines import Line
from peerlint.records.model import Value
from peerlint.records.passages import Passage
from peerlint.records.pieces import cut

_BETWEEN = re.compile(r"\s*(?:to|through|thru|until|–|—|-|and ending|ending|ends?)\s*", re.IGNORECASE)
_DASH = re.compile(r"(?<=/\d{4})\s*[-–—]\s*(?=\d{1,2}/)|(?<=/\d\d)\s*[-–—]\s*(?=\d{1,2}/)")
_TO_REVIEW = re.compile(r"\b(?:review|annual|next)\b[^.\d]{0,40}$", re.IGNORECASE)
_LATEST = re.compile(r"\b(?:update|revision)\b", re.IGNORECASE)
_DATE_ALONE = re.compile(r"(?:^|\s)Date\s*:\s*$")
_SAID = re.compile(
    r"\b(?:plan\s+(?:date|dated|of)|dated|written|wrote|made|drawn up|drew|agreed|created|prepared|completed|started"
    r"|begun)\b"
    r"(?:\s+(?:it|this|them|together|(?:with|by)\s+\w+)){0,2}(?:\s+on)?[\s:]*$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[\w)][\w)][.;])\s+(?=[A-Z])")
_KINDS = "plan|pcp|isp|ipos|iap|irp|icp|itp|ihp|poc|wrp"
_DATE_OF_KIND = re.compile(
    rf"\b(?:{_KINDS})\b(?:\s+[a-z]+)?\s+(?:date|dt)\b[\s:.]*|\bdate\s+(?:of|for)\s+(?:the\s+|this\s+|my\s+)?(?:{_KINDS})\b[\s:]*"
    rf"|\b(?:{_KINDS})\s+(?:dt|dated|written|made|created)\b[\s:.]*",
    re.IGNORECASE,
)
_OTHER_DATE = re.compile(r"\b(?:end|ends|exp\w*|review|due|next|target|start|begin|effective|birth)\b", re.IGNORECASE)
_LONGEST_DATE = 24
_ACT = re.compile(r"\b(?:assessment|evaluation|cca|order|interview|report|authorization)\b", re.IGNORECASE)
_LINES_AT_HEAD = 14
_LONGEST_LINE = 120


@dataclass(frozen=True, slots=True)
class Period:
    """The plan date, the first and last day of the plan, and its review dates."""

    dated: Value[date] | None
    starts: Value[date] | None
    ends: Value[date] | None
    reviews: tuple[Value[date], ...] = ()

    @property
    def first_day(self) -> date | None:
        return next((value.meaning for value in (self.dated, self.starts) if value and value.meaning), None)


def read_period(form: Form, passages: Sequence[Passage]) -> Period:
    """The dates of a plan: under their labels in its form, else in the lines near its title."""
    head = _head(passages)
    entries = [*form.entries, *_pieces(head)]
    dated = _first(entries, "plan_date") or _first(entries, "plan_meeting_date") or _date_of_kind(passages)
    dated = dated or _bare_date(form, head)
    span = _labelled_span(entries) or next((span for line in head if (span := _span(line.text, line.place))), None)
    starts = _first(entries, "plan_start") or (span[0] if span else None)
    ends = _first(entries, "plan_end") or (span[1] if span else None) or _to(entries)
    return Period(dated, starts, ends, tuple(_reviews(form, head)))


def _head(passages: Sequence[Passage]) -> list[Line]:
    """The lines near the title that are no table rows."""
    printed = [line for passage in passages[:5] for line in passage.lines][:_LINES_AT_HEAD]
    told = (replace(line, text=text) for line in printed if not line.cells for text in _SENTENCE.split(line.text))
    return [line for line in told if len(line.text) <= _LONGEST_LINE]


def _pieces(head: Sequence[Line]) -> Iterator[Entry]:
    for line in head:
        for piece in cut(line.text, labels_of(PLAN_FAMILIES)):
            if piece.field:
                yield Entry(piece.field.key, piece.label, piece.text, line.place)


def _first(entries: Sequence[Entry], key: str) -> Value[date] | None:
    """The first date under the label; a place for a date with something else in it is a value without meaning."""
    found = sorted((entry for entry in entries if entry.key == key), key=lambda entry: not _LATEST.search(entry.label))
    entry = next((entry for entry in found if entry.text), found[0] if found else None)
    if entry is None:
        return None
    written = next(dates_in(entry.text), None)
    text = written.text if written else entry.text
    return Value(text, written.meaning if written else None, entry.place, entry.label, entry.source)


def _date_of_kind(passages: Sequence[Passage]) -> Value[date] | None:
    """A date near the title under a label that names the kind of plan ("IPOS Meeting Date", "Date of IAP")."""
    for line in (line for passage in passages[:5] for line in passage.lines[:_LINES_AT_HEAD]):
        for match in _DATE_OF_KIND.finditer(line.text):
            written = next(dates_in(line.text[match.end() : match.end() + _LONGEST_DATE]), None)
            if written and written.start <= 3 and not _OTHER_DATE.search(match.group()):
                return Value(written.text, written.meaning, line.place, match.group().strip(" :\t"))
    return None


def _bare_date(form: Form, head: Sequence[Line]) -> Value[date] | None:
    """A date near the title under the label "Date" alone."""
    for entry in form.entries[:_LINES_AT_HEAD]:
        written = next(dates_in(entry.text), None)
        if written and entry.label.strip(" :").casefold() == "date":
            return Value(written.text, written.meaning, entry.place, entry.label, entry.source)
    for line in head:
        for written in dates_in(line.text):
            if _DATE_ALONE.search(line.text[: written.start]):
                return Value(written.text, written.meaning, line.place, "Date")
    return _said_date(head)


def _said_date(head: Sequence[Line]) -> Value[date] | None:
    """A date that a sentence near the title gives for the plan ("written 01/06/2025")."""
    for line in head:
        for written in dates_in(line.text):
            if _SAID.search(line.text[: written.start]) and not _ACT.search(line.text[: written.start]):
                return Value(written.text, written.meaning, line.place)
    return None


def _labelled_span(entries: Sequence[Entry]) -> tuple[Value[date], Value[date]] | None:
    for key in ("plan_period", "plan_date", "plan_start"):
        for entry in entries:
            if entry.key == key and (span := _span(entry.text, entry.place, entry.label)):
                return span
    return None


def _to(entries: Sequence[Entry]) -> Value[date] | None:
    """The date under a bare "To" behind the start of the plan."""
    for start, entry in pairwise(entries):
        if start.key == "plan_start" and entry.label.strip(" :").casefold() in ("to", "through", "thru", "until"):
            written = next(dates_in(entry.text), None)
            return Value(written.text, written.meaning, entry.place, entry.label) if written else None
    return None


def _span(text: str, place: Place, label: str = "") -> tuple[Value[date], Value[date]] | None:
    """ "01/06/2025 to 01/05/2026" as two dates."""
    text = _DASH.sub(" - ", text)
    written = list(dates_in(text))
    for first, second in pairwise(written):
        between = text[first.end : second.start].strip(" ,;()")
        if _BETWEEN.fullmatch(between) and first.meaning and second.meaning and first.meaning < second.meaning:
            return Value(first.text, first.meaning, place, label), Value(second.text, second.meaning, place, label)
    return None


def _reviews(form: Form, head: Sequence[Line]) -> Iterator[Value[date]]:
    """The review dates, each once: under their labels, and near the title behind words for a review."""
    seen: set[date | None] = set()
    labelled = [(entry.text, entry.place, entry.label) for entry in form.all("plan_review")]
    for text, place, label in [*labelled, *((line.text, line.place, "") for line in head)]:
        for written in dates_in(text):
            due = bool(label) or _TO_REVIEW.search(text[: written.start])
            if due and written.meaning not in seen:
                seen.add(written.meaning)
                yield Value(written.text, written.meaning, place, label)
