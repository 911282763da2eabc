"""How and where a contact took place and whether it was a group: by labels, boxes, or the lines at a note's head."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from peerlint.documents.model import Part
from peerlint.records.contact import (
    contact_types,
    is_place,
    names_a_place,
    names_only_the_contact,
    names_only_the_size,
    says_group,
)
from peerlint.records.credentials import first_credential
from peerlint.records.entries import Entry
from peerlint.records.form import Form
from peerlint.records.head_lines import HeadLine, head_lines
from peerlint.records.model import ContactType, Section, Value
from peerlint.records.ticks import chosen, has_boxes, ticks
from peerlint.records.told_sentence import told_place
from peerlint.records.words import any_of

_FIELDS_THAT_NAME_THE_CONTACT = (
    *("group_type", "service", "attendance", "service_date", "date_and_time", "times"),
    "place_of_service",
)
_FIELDS_THAT_NAME_A_GROUP = ("service", "group_type", "contact_type", "procedure_code", "modifier")
_MOST_WORDS_OF_A_CHOICE = 3
_MOST_WORDS_OF_A_CONTACT = 6
_MOST_WORDS_OF_A_PLACE = 8
_LENGTH_OF_A_BEGINNING = 160
_LEADING = re.compile(
    r"^(?:(?:seen|met|visited|visit|contact|session|was|took place|held|location|in|at|on)\s+)*(?:at|in|on)\s+",
    re.IGNORECASE,
)
_LOOSE_PREPOSITION = re.compile(r"^(?:(?:at|in|on)\b[,\s]*)+(?:(?:at|in|on)\s+)?", re.IGNORECASE)
_BEHIND_KIND = re.compile(r"\s+[-–—/]\s+|\s*[:,(]\s*")
_CODE_OF_PLACE = re.compile(r"\b(?P<label>POS|Place of service)(?:\s+code)?\s*[:#]?\s*(?P<code>\d{2})\b", re.IGNORECASE)
_GOAL = re.compile(r"(?:pcp\s+)?(?:g|goals?)\s*#?\s*\d", re.IGNORECASE)
_SIZE = re.compile(r"\s*(?:individual|group)\b", re.IGNORECASE)


def read_contact(form: Form, narrative: Sequence[Section]) -> tuple[Value[str] | None, tuple[ContactType, ...]]:
    """The type of contact: under its label, among boxes without one, in another short field, or where prose begins."""
    labelled = form.all("contact_type")
    entry = next((entry for entry in labelled if contact_types(entry.text)), form.first("contact_type"))
    if entry and (said := chosen(entry.text)):
        return _value(entry, said), contact_types(entry.text)
    for other in [*_boxes_without_label(form, contact_types), *form.all(*_FIELDS_THAT_NAME_THE_CONTACT)]:
        if types := contact_types(other.text):
            return _value(other, chosen(other.text)), types
    if found := _contact_at_head(form) or _contact_under_unknown_label(form):
        return found
    if entry is None and (types := contact_types(form.title)) and form.blocks:
        return Value(form.title, form.title, form.blocks[0].place), types
    if entry is None and not form.all("place_of_service"):
        return _contact_in_prose(narrative)
    return (_value(entry, "") if entry else None), ()


def _contact_at_head(form: Form) -> tuple[Value[str], tuple[ContactType, ...]] | None:
    for line in head_lines(form):
        for piece in line.pieces:
            if (types := contact_types(piece)) and _says_little_else(piece):
                return line.value(piece), types
    return None


def _says_little_else(piece: str) -> bool:
    """ "In person", "Contact was by telephone" and "F2F residence", but not "phone store"."""
    return len(piece.split()) <= (
        _MOST_WORDS_OF_A_CONTACT if any_of("meetings").search(piece) else _MOST_WORDS_OF_A_CHOICE
    )


def _contact_under_unknown_label(form: Form) -> tuple[Value[str], tuple[ContactType, ...]] | None:
    """ "Modus: in person": a field that is not known and holds nothing but a type of contact."""
    for entry in form.entries:
        if not entry.key and entry.label and (types := contact_types(entry.text)) and _is_choice(entry.text):
            return _value(entry, chosen(entry.text)), types
    return None


def _is_choice(text: str) -> bool:
    return len(chosen(text).split()) <= _MOST_WORDS_OF_A_CHOICE or names_only_the_contact(text)


def _contact_in_prose(narrative: Sequence[Section]) -> tuple[Value[str] | None, tuple[ContactType, ...]]:
    """A note whose form asks for no place tells the type of contact where it begins ("I met with Rosa in person")."""
    for section in narrative[:1]:
        beginning = section.text[:_LENGTH_OF_A_BEGINNING]
        types = contact_types(beginning)
        if len(types) == 1:
            return Value(beginning, beginning, section.place), types
    return None, ()


def read_group(form: Form) -> Value[str] | None:
    """The words that name a group service, or the modifier HQ; None for an individual service."""
    for entry in [*form.all(*_FIELDS_THAT_NAME_A_GROUP), *_boxes_without_label(form, _says_size)]:
        said = chosen(entry.text)
        if says_group(said):
            return Value(said, "group", entry.place, entry.label, entry.source)
    for line in head_lines(form):
        if _is_contact_and_size(line) and says_group(line.text):
            return Value(line.text, "group", line.place, source=line.entry.source)
    named = form.first("service", "group_type")
    if says_group(form.title) and form.blocks and not (named and named.text):
        return Value(form.title, "group", form.blocks[0].place)
    return None


def _says_size(text: str) -> bool:
    return says_group(text) or names_only_the_size(text)


def _is_contact_and_size(line: HeadLine) -> bool:
    """ "In person, group (8 present)": the type of contact, then how many were there."""
    contact, comma, rest = line.text.partition(",")
    return bool(
        comma and len(line.text.split()) <= _MOST_WORDS_OF_A_PLACE and contact_types(contact) and _SIZE.match(rest)
    )


def read_place(form: Form) -> Value[str] | None:
    """The place as named or ticked, with what is specified beside the boxes; else a place at the head of the note."""
    named = form.all("place_of_service")
    worded = (entry for entry in named if re.search(r"[^\W\d_]{3}", chosen(entry.text)))
    entry = next(worded, form.first("place_of_service"))
    detail = form.first("place_detail")
    said = ", ".join(text for text in (chosen(entry.text) if entry else "", detail.text if detail else "") if text)
    if entry and (said or not has_boxes(entry.text)):
        return _value(entry, said)
    if said and detail:
        return _value(detail, said)
    for other in _boxes_without_label(form, is_place):
        return _value(other, chosen(other.text))
    place_in = _offered_place_in if entry else _place_in
    found = next(filter(None, map(place_in, head_lines(form))), None)
    if entry is None:
        found = found or _place_under_unknown_label(form)
    return found or (_value(entry, "") if entry else told_place(form) or _place_code(form))


def _place_under_unknown_label(form: Form) -> Value[str] | None:
    """ "Pin: Community - public library": a field that is not known and holds a kind of place."""
    for entry in form.entries:
        if entry.key or not entry.label or len(entry.label.split()) > _MOST_WORDS_OF_A_CHOICE:
            continue
        kind = _BEHIND_KIND.split(entry.text, maxsplit=1)[0]
        other = any_of("other_places").search(entry.label)
        if not other and len(entry.text.split()) <= _MOST_WORDS_OF_A_PLACE and (is_place(kind) or names_a_place(kind)):
            return _value(entry, entry.text)
    return None


def _place_code(form: Form) -> Value[str] | None:
    """ "DOS 09/02/2025 POS 12": the code of the place beside another value, in a running foot too."""
    for entry in form.entries:
        if len(entry.text) <= _LENGTH_OF_A_BEGINNING and (match := _CODE_OF_PLACE.search(entry.text)):
            return Value(match["code"], match["code"], entry.place, match["label"], entry.source)
    return None


def _offered_place_in(line: HeadLine) -> Value[str] | None:
    """One of the places that forms offer, which a line at the head names: all that counts beside a field for the place
    that stands blank."""
    return next((line.value(bare) for bare in map(_bare, line.pieces) if is_place(bare)), None)


def _place_in(line: HeadLine) -> Value[str] | None:
    """The place that a line at the head names: one that forms offer, one behind the type of contact, or one told by a
    word for a kind of place."""
    if offered := _offered_place_in(line):
        return offered
    for number, piece in enumerate(line.pieces):
        if place := _behind_contact(piece, line.pieces[number + 1 :]):
            return line.value(place)
        boxed = line.place.part is Part.TEXT_BOX
        beside_contact = any(contact_types(other) for other in line.pieces)
        if names_a_place(bare := _bare(piece)) and (boxed or line.dated or beside_contact):
            return line.value(bare)
    return None


def _bare(piece: str) -> str:
    """A piece of a line without the words that lead to a place ("at the library")."""
    return _LEADING.sub("", piece, count=1)


def _behind_contact(piece: str, following: Sequence[str]) -> str:
    """What stands behind a type of contact, with the room or street behind it: "In person at the Y", "f2f, Bean & Co,
    Pell Street"."""
    words = piece.split()
    ends = (count for count in range(1, len(words) + 1) if contact_types(" ".join(words[:count])))
    end = next((count for count in ends if not contact_types(" ".join(words[count:]))), 0)
    if not end or end > _MOST_WORDS_OF_A_CONTACT:
        return ""
    place: list[str] = []
    for said in [*filter(None, [" ".join(words[end:])]), *following]:
        if not _may_be_place(said):
            break
        place.append(said)
    return _LOOSE_PREPOSITION.sub("", ", ".join(place))


def _may_be_place(piece: str) -> bool:
    said = piece.strip()
    other = contact_types(said) or names_only_the_size(said) or _GOAL.match(said) or any_of("services").search(said)
    return not other and first_credential(said) is None and 0 < len(said.split()) <= _MOST_WORDS_OF_A_PLACE


def _boxes_without_label(form: Form, known: Callable[[str], object]) -> Iterator[Entry]:
    """Rows of tick boxes without a known label, two or more of whose captions are of the kind."""
    for entry in form.entries:
        if not entry.key and has_boxes(entry.text) and sum(bool(known(tick.caption)) for tick in ticks(entry.text)) > 1:
            yield entry


def _value(entry: Entry, text: str) -> Value[str]:
    return Value(text, text or None, entry.place, entry.label, entry.source)
