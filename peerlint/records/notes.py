"""A service note from its form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from peerlint.records.billed_time import read_billed_time, read_service_dates
from peerlint.records.circumstances import read_contact, read_group, read_place
from peerlint.records.codes import codes_in, codes_named_in, modifiers_behind, modifiers_in
from peerlint.records.contact import contact_types, names_only_the_size
from peerlint.records.entries import Entry
from peerlint.records.extent import Extent
from peerlint.records.form import Form
from peerlint.records.goals_cited import goals_cited
from peerlint.records.head_lines import PRINTED, head_lines
from peerlint.records.header import read_header
from peerlint.records.marks import late_entry, not_billed
from peerlint.records.model import ServiceNote, Value
from peerlint.records.narrative import narrative_of, read_sections
from peerlint.records.signatures import read_signatures
from peerlint.records.ticks import chosen, without_unticked
from peerlint.records.titles import read_title
from peerlint.records.told_sentence import telling_sentence, told_service
from peerlint.records.words import any_of

_FIELDS_OF_CODES = ("procedure_code", "service")
_FIELDS_WITH_CODES = (
    *_FIELDS_OF_CODES,
    *("duration_and_units", "billable", "units", "agency"),
    *("service_date", "date_and_time", "times"),
)
_LONGEST_HEADER_LINE = 120
_MOST_WORDS_OF_A_SERVICE = 6
_BARE_GOAL = re.compile(
    r"(?:pcp\s+)?(?:g|goals?)\s*#?\s*\d{1,2}(?:\s*[,&]\s*(?:g\s*)?\d{1,2})*(?:\s*\([^()]*\)|(?:\s+[-–—]|:)\s.{2,80})?",
    re.IGNORECASE,
)
_PARTS_OF_A_LINE = re.compile(r"\s[|•·]\s|\t|\s{3,}|\n|[,;]\s")
_GOAL_LETTER = re.compile(r"\bg(?=\s*#?\d)", re.IGNORECASE)
_NAMES_THE_SERVICE = re.compile(r"\bpeer\b|\bPSS\b|\brecovery (?:support|coach)|\b[HTS]\d{4}\b", re.IGNORECASE)


def read_note(extent: Extent, form: Form) -> ServiceNote:
    """The note that the extent holds, from its form read with the labels of notes."""
    sections = read_sections(form.entries)
    signatures = read_signatures(form.entries)
    narrative = narrative_of(sections)
    dates = read_service_dates(form, narrative)
    billed = read_billed_time(form, narrative)
    contact, types = read_contact(form, narrative)
    return ServiceNote(
        header=read_header(extent, form, sections, signatures),
        service_date=dates.service_date,
        other_dates=dates.others,
        service=_service(form),
        procedure_codes=tuple(_codes(form)),
        modifiers=tuple(_modifiers(form)),
        contact=contact,
        contact_types=types,
        is_group=read_group(form),
        place_of_service=read_place(form),
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
    return _value(entry, "") if entry else _service_of_title(form) or _service_at_head(form) or told_service(form)


def _service_at_head(form: Form) -> Value[str] | None:
    """ "Peer Support (H0038), 1:1, in person" on a line without a label: the service along with its code, the times or
    the type of contact."""
    for line in head_lines(form):
        said = next((part for part in _PARTS_OF_A_LINE.split(line.text) if _NAMES_THE_SERVICE.search(part)), "")
        met = line.dated or any(contact_types(piece) for piece in line.pieces)
        if 0 < len(said.split()) <= _MOST_WORDS_OF_A_SERVICE and (any(codes_in(line.text)) or met):
            return line.value(said.strip())
    return None


def _service_of_title(form: Form) -> Value[str] | None:
    """ "Peer Support Progress Note": the title names the service where no label asks for it."""
    if not form.blocks or not _NAMES_THE_SERVICE.search(form.title):
        return None
    if read_title(form.title) or any(codes_in(form.title)):
        return Value(form.title, form.title, form.blocks[0].place)
    return None


def _goals(form: Form) -> list[Entry]:
    """The fields that cite goals; where there are none, a goal under a label that is not known, or at the head: "G1",
    "Goal 2 - a quiet home", "G6 (money)"."""
    asked = [entry if entry.label else _written_out(entry, entry.text) for entry in form.all("goals")]
    return asked or list(_goals_under_unknown_label(form)) or list(_goals_at_head(form))


def _goals_under_unknown_label(form: Form) -> Iterator[Entry]:
    """ "Linkage: Goal 4": a field that is not known and holds nothing but a goal."""
    for entry in form.entries:
        cites = not entry.key and entry.label and _BARE_GOAL.fullmatch(entry.text)
        if cites and not any_of("other_occasions").search(entry.label):
            yield _written_out(entry, entry.text)


def _goals_at_head(form: Form) -> Iterator[Entry]:
    for line in head_lines(form):
        said = [piece for piece in _PARTS_OF_A_LINE.split(line.text) if _BARE_GOAL.fullmatch(piece.strip())]
        for piece in said if line.dated or len(said) == 1 else ():
            yield _written_out(line.entry, piece.strip())


def _written_out(entry: Entry, text: str) -> Entry:
    """The entry with "Goal 2" for "G#2"."""
    return replace(entry, key="goals", text=_GOAL_LETTER.sub("Goal ", text))


def _codes(form: Form) -> Iterator[Value[str]]:
    seen: set[str] = set()
    for entry in _fields_with_codes(form):
        said = without_unticked(entry.text)
        for code in codes_in(said) if entry.key in _FIELDS_OF_CODES else codes_named_in(said):
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
        if not entry.key and entry.text and len(entry.text) <= _LONGEST_HEADER_LINE and entry.place.part in PRINTED
    ]
    told = telling_sentence(form)
    sentence = [Entry("", "", told.text, told.place, told.source)] if told else []
    return [*form.all(*_FIELDS_WITH_CODES), *plain, *sentence]
