"""Date, clock times, time spent and units of a note, wherever its form prints them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from peerlint.documents.model import Place
from peerlint.records.dates import service_dates_in, without_dates
from peerlint.records.entries import Entry
from peerlint.records.form import Form
from peerlint.records.head_lines import head_lines
from peerlint.records.model import Section, Value
from peerlint.records.shapes import is_clock_time
from peerlint.records.times import (
    Span,
    has_half,
    in_figures,
    minutes_before_units,
    minutes_in,
    read_minutes,
    read_span,
    read_time,
    read_units,
    units_behind_minutes,
    units_in,
)
from peerlint.records.words import any_of

_SIGNING_SHAPE = "signature"
_SIGNING_KEYS = frozenset({"printed_name", "title", "signed_date", "signed_time"})
_FIELDS_WITH_UNITS = (
    *("duration_and_units", "times", "duration", "service", "procedure_code"),
    *("date_and_time", "service_date", "billable", "end"),
)
_LONGEST_HEADER_LINE = 80
_NEAR = 50
_FIELDS_WITH_TIMES = ("times", "date_and_time", "service_date", "duration", "duration_and_units", "units", "date")


@dataclass(frozen=True, slots=True)
class ServiceDates:
    """The date of service and further dates that stand in its place."""

    service_date: Value[date] | None
    others: tuple[Value[date], ...] = ()


@dataclass(frozen=True, slots=True)
class BilledTime:
    start: Value[time] | None
    end: Value[time] | None
    minutes: Value[int] | None
    units: Value[Decimal] | None


def read_service_dates(form: Form, prose: Iterable[Section]) -> ServiceDates:
    """The date of service: its own label, else a plain "Date" outside the signatures, else the first date in title or
    prose."""
    entries = form.all("service_date", "date_and_time") or _plain_dates(form)
    filled = [entry for entry in entries if entry.text] or [
        entry for entry in form.all("start") if next(service_dates_in(entry.text), None)
    ]
    if filled:
        return _dates_of(filled)
    if entries:
        entry = entries[0]
        return ServiceDates(Value("", None, entry.place, entry.label, entry.source))
    return ServiceDates(_date_in_prose(form, prose))


def _plain_dates(form: Form) -> tuple[Entry, ...]:
    """Entries labelled "Date" that belong to no signature."""
    found = []
    signing = False
    for entry in form.entries:
        if entry.shape == _SIGNING_SHAPE or entry.key in _SIGNING_KEYS:
            signing = True
        elif entry.key == "date" and not signing:
            found.append(entry)
        elif entry.topic is not None:
            signing = False
    return tuple(found)


def _dates_of(entries: list[Entry]) -> ServiceDates:
    values = [value for entry in entries for value in _values(entry)]
    first = values[0]
    seen = {first.meaning}
    others = []
    for value in values[1:]:
        if value.meaning and value.meaning not in seen:
            seen.add(value.meaning)
            others.append(value)
    return ServiceDates(first, tuple(others))


def _values(entry: Entry) -> list[Value[date]]:
    found = [Value(d.text, d.meaning, entry.place, entry.label, entry.source) for d in service_dates_in(entry.text)]
    return found or [Value(entry.text, None, entry.place, entry.label, entry.source)]


def _date_in_prose(form: Form, prose: Iterable[Section]) -> Value[date] | None:
    """Notes without labels tell the date in the title line or where they begin."""
    beginnings = [(entry.text, entry.place) for entry in form.entries if not entry.key][:4]
    beginnings += [(line.text, line.place) for line in head_lines(form) if any_of("meetings").search(line.text)]
    beginnings += [(section.text, section.place) for section in prose]
    for text, place in [(form.title, form.blocks[0].place) if form.blocks else ("", None), *beginnings]:
        found = next(service_dates_in(text[:200]), None)
        if found and found.meaning and place:
            return Value(found.text, found.meaning, place)
    return None


def read_billed_time(form: Form, prose: Iterable[Section]) -> BilledTime:
    start, end = _start_and_end(form, prose)
    return BilledTime(start, end, _minutes(form, prose), _units(form, prose))


def _start_and_end(form: Form, prose: Iterable[Section]) -> tuple[Value[time] | None, Value[time] | None]:
    start, end = (_first_timed(form.all(key)) for key in ("start", "end"))
    if start or end:
        return _paired(*_completed(form, start, end))
    entries = [entry for key in _FIELDS_WITH_TIMES for entry in form.all(key)]
    for entry in entries:
        if span := read_span(entry.text):
            return _span_values(span, entry)
    if single := next((entry for entry in entries if _asks_for_times(entry)), None):
        return _single_time(single)
    if any(entry.key in ("duration", "duration_and_units") and entry.text for entry in entries):
        return None, None
    return _times_in_prose(form, prose)


def _first_timed(entries: Sequence[Entry]) -> Entry | None:
    """The first field that tells a time, else the first; "From" and "To" of a letter tell none."""
    timed = (entry for entry in entries if any(letter.isdigit() for letter in entry.text) or read_time(entry.text))
    plain = (entry for entry in entries if "@" not in entry.text)
    return next(timed, None) or next(plain, None)


def _completed(form: Form, start: Entry | None, end: Entry | None) -> tuple[Entry | None, Entry | None]:
    """Start and end. Where one alone was read, a clock time under a label that is not known is the other: right behind
    the start ("Began: 2:00p  Done: 3:00p"), or right before the end."""
    if start and not end:
        behind = _beside(form, start, 1)
        return start, behind if behind and _are_start_and_end(start, behind) else None
    if end and not start:
        before = _beside(form, end, -1)
        return (before if before and _are_start_and_end(before, end) else None), end
    return start, end


def _beside(form: Form, entry: Entry, step: int) -> Entry | None:
    """The entry next to another, if nobody knows its label and it holds a clock time that may be the contact's."""
    place = form.entries.index(entry) + step
    other = form.entries[place] if 0 <= place < len(form.entries) else None
    if other is None or other.key or not other.label or not is_clock_time(other.text):
        return None
    return None if any_of("other_occasions").search(other.label) else other


def _are_start_and_end(first: Entry, last: Entry) -> bool:
    """Whether two clock times, written alike, can be the start and the end of one contact."""
    start, end = read_time(_time_text(first.text)), read_time(last.text)
    span = read_span(f"{_time_text(first.text)} - {last.text}")
    return bool(start and end and span and span.start < span.end) and first.text.isdigit() == last.text.isdigit()


def _asks_for_times(entry: Entry) -> bool:
    """Whether a field is to hold the times; a label for date and time that holds a date alone asked for that."""
    if entry.key == "date_and_time" and entry.text:
        return read_time(_time_text(entry.text)) is not None
    return entry.key in ("times", "date_and_time")


def _paired(start: Entry | None, end: Entry | None) -> tuple[Value[time] | None, Value[time] | None]:
    """Start and end under labels of their own; a missing a.m. or p.m. is taken from the other."""
    for entry in (start, end):
        if entry and not (start and start.text and end and end.text) and (span := read_span(entry.text)):
            return _span_values(span, entry)
    if start and end and start.text and end.text and not (has_half(start.text) and has_half(end.text)):
        first, last = _time_text(start.text), _time_text(end.text)
        if span := read_span(f"{first} - {last}"):
            return _time_value(start, span.start), _time_value(end, span.end)
    return (
        _time_value(start, read_time(start.text)) if start else None,
        _time_value(end, read_time(end.text)) if end else None,
    )


def _time_text(text: str) -> str:
    """The text without a date before the time."""
    return without_dates(text).strip(" ,")


def _time_value(entry: Entry, meaning: time | None) -> Value[time]:
    return Value(entry.text, meaning, entry.place, entry.label, entry.source)


def _span_values(span: Span, entry: Entry) -> tuple[Value[time], Value[time]]:
    return (
        Value(span.start_text, span.start, entry.place, entry.label, entry.source),
        Value(span.end_text, span.end, entry.place, entry.label, entry.source),
    )


def _single_time(entry: Entry) -> tuple[Value[time] | None, Value[time] | None]:
    """A time field that holds one time only, or none."""
    meaning = read_time(_time_text(entry.text))
    if meaning is None and entry.text:
        return None, None
    return _time_value(entry, meaning), Value(
        "", None, entry.place, entry.label, entry.source
    ) if not entry.text else None


def _times_in_prose(form: Form, prose: Iterable[Section]) -> tuple[Value[time] | None, Value[time] | None]:
    texts = [(entry.text, entry.place) for entry in form.entries if not entry.key]
    texts += [(section.text, section.place) for section in prose]
    for text, place in texts:
        if span := read_span(text):
            return Value(span.start_text, span.start, place), Value(span.end_text, span.end, place)
    return None, None


def _minutes(form: Form, prose: Iterable[Section]) -> Value[int] | None:
    entry = form.first("duration", "duration_and_units")
    if entry and entry.text:
        text = entry.text.split("\n")[0]
        minutes = minutes_before_units(text) if entry.key == "duration_and_units" else None
        return Value(entry.text, minutes or read_minutes(text, entry.label), entry.place, entry.label, entry.source)
    for other in form.all("times", "units", "service_date", "date_and_time", "date"):
        if minutes := minutes_in(other.text):
            return Value(other.text, minutes, other.place, other.label, other.source)
    if entry:
        return Value("", None, entry.place, entry.label, entry.source)
    return _minutes_without_label(form, prose)


def _minutes_without_label(form: Form, prose: Iterable[Section]) -> Value[int] | None:
    """ "(60 minutes, 4 units)" on a line without a label, or right behind the clock times of a narrative; time named
    elsewhere need not be the time of the contact."""
    for said, place in [*_short_lines(form), *_behind_times(prose)]:
        if minutes := minutes_in(said):
            return Value(said, minutes, place)
    return None


def _short_lines(form: Form) -> Iterator[tuple[str, Place]]:
    for entry in form.entries:
        if not entry.key and not entry.label and len(entry.text) < _LONGEST_HEADER_LINE:
            yield entry.text, entry.place


def _office_use(form: Form) -> Iterator[tuple[str, Place]]:
    """Short lines under labels that are not known ("Office use only: H0038 x 4")."""
    for entry in form.entries:
        if not entry.key and entry.label and len(entry.text) < _LONGEST_HEADER_LINE:
            yield entry.text, entry.place


def _foot(form: Form) -> Iterator[tuple[str, Place]]:
    """What stands behind a signature and its date: "/s/ Ann Bo, CPSS  3/4/25  4u"."""
    for entry in form.entries:
        if (entry.shape == _SIGNING_SHAPE or entry.key in _SIGNING_KEYS) and len(entry.text) < _LONGEST_HEADER_LINE:
            yield without_dates(entry.text), entry.place


def _beside_minutes(entry: Entry) -> Decimal | None:
    """The units of a field that asks for the time and the units: "60 / 4", "1:00 PM - 2:00 PM (60 minutes; 4)"."""
    return units_behind_minutes(entry.text) if entry.key == "duration_and_units" else None


def _behind_times(prose: Iterable[Section]) -> Iterator[tuple[str, Place]]:
    """The words behind "from 3:00 PM to 4:00 PM" in a narrative."""
    for section in prose:
        text = in_figures(section.text)
        if span := read_span(text):
            behind = text.find(span.end_text, text.find(span.start_text) + len(span.start_text))
            yield text[behind + len(span.end_text) :][:_NEAR].split(".")[0].strip(" ,;("), section.place


def _units(form: Form, prose: Iterable[Section]) -> Value[Decimal] | None:
    entry = form.first("units")
    if entry and entry.text:
        return Value(entry.text, read_units(entry.text), entry.place, entry.label, entry.source)
    fields = form.all(*_FIELDS_WITH_UNITS)
    for other in fields:
        if (units := _beside_minutes(other)) is not None:
            return Value(other.text, units, other.place, other.label, other.source)
        if (units := units_in(other.text)) is not None:
            return Value(other.text, units, other.place, other.label, other.source)
    for said, place in [*_short_lines(form), *_behind_times(prose), *_foot(form), *_office_use(form)]:
        if (units := units_in(said)) is not None:
            return Value(said, units, place)
    return Value("", None, entry.place, entry.label, entry.source) if entry else None
