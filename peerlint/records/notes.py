"""A service note from its form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from peerlint.documents.model import Part
from peerlint.records.billed_time import read_billed_time, read_service_dates
from peerlint.records.codes import codes_in, modifiers_behind, modifiers_in
from peerlint.records.contact import contact_types, is_place, names_a_place, names_only_the_size, says_group
from peerlint.records.dates import dates_in
from peerlint.records.entries import Entry
from peerlint.records.extent import Extent
from peerlint.records.form import Form
from peerlint.records.goals_cited import goals_cited
from peerlint.records.header import read_header
from peerlint.records.marks import late_entry, not_billed
from peerlint.records.model import ContactType, Section, ServiceNote, Value
from peerlint.records.narrative import narrative_of, read_sections
from peerlint.records.signatures import read_signatures
from peerlint.records.ticks import chosen, has_boxes, ticks
from peerlint.records.times import read_span
from peerlint.records.titles import read_title

_FIELDS_THAT_NAME_THE_CONTACT = ("group_type", "service", "attendance", "service_date", "date_and_time", "times")
_FIELDS_THAT_NAME_A_GROUP = ("service", "group_type", "contact_type", "procedure_code", "modifier")
_FIELDS_WITH_CODES = (
    *("procedure_code", "service", "duration_and_units", "billable", "units", "agency"),
    *("service_date", "date_and_time", "times"),
)
_LONGEST_HEADER_LINE = 120
_LENGTH_OF_A_BEGINNING = 160
_MOST_WORDS_OF_A_CHOICE = 3
_BARE_GOAL = re.compile(r"\s*(?:g|goals?)\s*#?\s*\d{1,2}(?:\s*[,&]\s*(?:g\s*)?\d{1,2})*\s*", re.IGNORECASE)
_GOAL_LETTER = re.compile(r"\bg(?=\s*#?\d)", re.IGNORECASE)
_AT = re.compile(r"\b(?:at|in)\s+(?P<place>(?:(?:the|his|her|their|my)\s+)?[A-Za-z'’ -]{3,40}?)(?=[,.;(]|$)")
_BEHIND_CONTACT = re.compile(
    r"\s*(?P<contact>[A-Za-z2 -]{2,24}?)\s*(?:,|@|\.|;|\bat\b)\s+(?P<place>[A-Za-z][^.@|\d]{2,60}[^|]{0,20})$"
)
_MOST_WORDS_OF_A_BARE_CONTACT = 8
_SIZE = re.compile(r"\s*(?:individual|group)\b", re.IGNORECASE)
_BETWEEN_PIECES = re.compile(r"\s{2,}|[\t\n,;|•·@]|\s[-–/]\s")
_NAMES_THE_SERVICE = re.compile(r"\bpeer\b|\bPSS\b|\brecovery (?:support|coach)|\b[HTS]\d{4}\b", re.IGNORECASE)


def read_note(extent: Extent, form: Form) -> ServiceNote:
    """The note that the extent holds, from its form read with the labels of notes."""
    sections = read_sections(form.entries)
    signatures = read_signatures(form.entries)
    narrative = narrative_of(sections)
    dates = read_service_dates(form, narrative)
    billed = read_billed_time(form, narrative)
    contact, types = _contact(form, narrative)
    return ServiceNote(
        header=read_header(extent, form, sections, signatures),
        service_date=dates.service_date,
        other_dates=dates.others,
        service=_service(form),
        procedure_codes=tuple(_codes(form)),
        modifiers=tuple(_modifiers(form)),
        contact=contact,
        contact_types=types,
        is_group=_group(form),
        place_of_service=_place_of_service(form),
        start=billed.start,
        end=billed.end,
        minutes=billed.minutes,
        units=billed.units,
        goals_cited=goals_cited(_goals(form), narrative),
        narrative=narrative,
        late_entry=late_entry(form),
        not_billed=not_billed(form, billed.units),
    )


def _value(entry: Entry, text: str) -> Value[str]:
    return Value(text, text or None, entry.place, entry.label, entry.source)


def _service(form: Form) -> Value[str] | None:
    """The service as named, or the ticked ones of several. A code field or the title may name it too."""
    entry = form.first("service")
    if entry and (said := chosen(entry.text)):
        named = _service_of_title(form) if names_only_the_size(said) else None
        return named or _value(entry, said)
    code = form.first("procedure_code")
    if code and code.text and len(code.text.split()) > 1:
        return _value(code, chosen(code.text))
    return _value(entry, "") if entry else _service_of_title(form)


def _service_of_title(form: Form) -> Value[str] | None:
    """ "Peer Support Progress Note": the title names the service where no label asks for it."""
    if form.blocks and read_title(form.title) and _NAMES_THE_SERVICE.search(form.title):
        return Value(form.title, form.title, form.blocks[0].place)
    return None


def _contact(form: Form, narrative: Sequence[Section]) -> tuple[Value[str] | None, tuple[ContactType, ...]]:
    """The type of contact: under its label, among boxes without one, or named by another short field."""
    entry = form.first("contact_type")
    if entry and (said := chosen(entry.text)):
        return _value(entry, said), contact_types(entry.text)
    for other in [*_boxes_without_label(form, contact_types), *form.all(*_FIELDS_THAT_NAME_THE_CONTACT)]:
        if types := contact_types(other.text):
            return _value(other, chosen(other.text)), types
    for other, said in _short_pieces(form):
        if (types := contact_types(said)) and len(said.split()) <= _MOST_WORDS_OF_A_CHOICE:
            return Value(said, said, other.place, source=other.source), types
    if entry is None and (types := contact_types(form.title)) and form.blocks:
        return Value(form.title, form.title, form.blocks[0].place), types
    if entry is None and not form.all("place_of_service", "start", "times", "duration"):
        return _contact_in_prose(narrative)
    return (_value(entry, "") if entry else None), ()


def _contact_in_prose(narrative: Sequence[Section]) -> tuple[Value[str] | None, tuple[ContactType, ...]]:
    """A note that is prose alone tells the type of contact where it begins ("I met with Rosa in person")."""
    for section in narrative[:1]:
        beginning = section.text[:_LENGTH_OF_A_BEGINNING]
        types = contact_types(beginning)
        if len(types) == 1:
            return Value(beginning, beginning, section.place), types
    return None, ()


def _boxes_without_label(form: Form, known: Callable[[str], object]) -> Iterator[Entry]:
    """Rows of tick boxes without a known label, two or more of whose captions are of the kind."""
    for entry in form.entries:
        if not entry.key and has_boxes(entry.text) and sum(bool(known(tick.caption)) for tick in ticks(entry.text)) > 1:
            yield entry


def _short_pieces(form: Form) -> Iterator[tuple[Entry, str]]:
    """The pieces of short lines without a label: "12/3/24  10:00a-10:45a  F2F  home"."""
    for entry in form.entries:
        if (
            not entry.key
            and not entry.label
            and len(entry.text) <= _LONGEST_HEADER_LINE
            and entry.place.part is Part.BODY
        ):
            yield from ((entry, piece.strip()) for piece in _BETWEEN_PIECES.split(entry.text) if piece.strip())


def _group(form: Form) -> Value[str] | None:
    """The words that name a group service, or the modifier HQ; None for an individual service."""
    for entry in [*form.all(*_FIELDS_THAT_NAME_A_GROUP), *_boxes_without_label(form, says_group)]:
        said = chosen(entry.text)
        if says_group(said):
            return Value(said, "group", entry.place, entry.label, entry.source)
    for entry in form.entries:
        if _is_bare_contact(entry) and says_group(entry.text):
            return Value(entry.text, "group", entry.place, source=entry.source)
    named = form.first("service", "group_type")
    if says_group(form.title) and form.blocks and not (named and named.text):
        return Value(form.title, "group", form.blocks[0].place)
    return None


def _is_bare_contact(entry: Entry) -> bool:
    """ "In person, group (8 present)" without a label: the type of contact, then how many were there."""
    contact, comma, rest = entry.text.partition(",")
    short = comma and len(entry.text.split()) <= _MOST_WORDS_OF_A_BARE_CONTACT
    return bool(short and not entry.key and not entry.label and contact_types(contact) and _SIZE.match(rest))


def _place_of_service(form: Form) -> Value[str] | None:
    """The place as named or ticked, with what is specified beside the boxes."""
    entry = form.first("place_of_service")
    detail = form.first("place_detail")
    said = ", ".join(text for text in (chosen(entry.text) if entry else "", detail.text if detail else "") if text)
    if entry and (said or not has_boxes(entry.text)):
        return _value(entry, said)
    if said and detail:
        return _value(detail, said)
    for other in _boxes_without_label(form, is_place):
        return _value(other, chosen(other.text))
    if entry is None and (behind := _place_behind_contact(form)):
        return behind
    for other, said in _short_pieces(form):
        if is_place(said) or (entry is None and names_a_place(said) and _is_in_header_line(other, form)):
            return Value(said, said, other.place, source=other.source)
    return _value(entry, "") if entry else _place_in_header_line(form)


def _place_behind_contact(form: Form) -> Value[str] | None:
    """ "In person, the reading room" and "f2f @ Eastgate Library": what stands behind the type of contact."""
    for entry in form.entries:
        if entry.key or entry.label or len(entry.text) > _LONGEST_HEADER_LINE or entry.place.part is not Part.BODY:
            continue
        for line in entry.text.split("\n"):
            match = _BEHIND_CONTACT.match(line)
            if not match or contact_types(match["place"]) or names_only_the_size(match["place"]):
                continue
            if contact_types(match["contact"]):
                return Value(match["place"], match["place"], entry.place, source=entry.source)
    return None


def _place_in_header_line(form: Form) -> Value[str] | None:
    """ "Seen 06/10/2025 from 11:30 AM till 12:30 PM at the WIC office": an unlabelled line that dates the contact."""
    for entry in form.entries:
        plain = not entry.key and not entry.label and len(entry.text) <= _LONGEST_HEADER_LINE
        match = _AT.search(entry.text) if plain else None
        if match and names_a_place(match["place"]) and (read_span(entry.text) or next(dates_in(entry.text), None)):
            return Value(match["place"], match["place"], entry.place, source=entry.source)
    return None


def _is_in_header_line(entry: Entry, form: Form) -> bool:
    """Whether a piece of text stands on one line with the date or clock times of the contact."""
    beside = [other for other in form.entries if other.place == entry.place and other.shape != "prose"]
    said = "\t".join(other.text for other in beside)
    return len(beside) > 1 and len(said) <= _LONGEST_HEADER_LINE and bool(read_span(said) or next(dates_in(said), None))


def _goals(form: Form) -> list[Entry]:
    """The fields that cite goals; where there are none, a bare "G1" or "Goal 2" in a header line."""
    bare = (entry for entry in form.entries if not entry.key and not entry.label and _BARE_GOAL.fullmatch(entry.text))
    written_out = (replace(entry, text=_GOAL_LETTER.sub("Goal ", entry.text)) for entry in bare)
    return [*form.all("goals")] or [entry for entry in written_out if _is_in_header_line(entry, form)]


def _codes(form: Form) -> Iterator[Value[str]]:
    seen: set[str] = set()
    for entry in _fields_with_codes(form):
        for code in codes_in(entry.text):
            if code not in seen:
                seen.add(code)
                yield Value(code, code, entry.place, entry.label, entry.source)


def _modifiers(form: Form) -> Iterator[Value[str]]:
    seen: set[str] = set()
    for entry, modifiers in _written_modifiers(form):
        for modifier in modifiers:
            if modifier not in seen:
                seen.add(modifier)
                yield Value(modifier, modifier, entry.place, entry.label, entry.source)


def _written_modifiers(form: Form) -> Iterator[tuple[Entry, Iterable[str]]]:
    for entry in _fields_with_codes(form):
        yield entry, modifiers_behind(chosen(entry.text))
    for entry in form.all("modifier"):
        yield entry, modifiers_in(chosen(entry.text))


def _fields_with_codes(form: Form) -> list[Entry]:
    """Fields that may hold a procedure code, and short lines without a label in the body."""
    plain = [
        entry
        for entry in form.entries
        if not entry.key and entry.text and len(entry.text) <= _LONGEST_HEADER_LINE and entry.place.part is Part.BODY
    ]
    return [*form.all(*_FIELDS_WITH_CODES), *plain]
