"""The sections of a note: labelled ones by their topic, letters of PIE, GIRP and the like by their company, and free
prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from peerlint.documents.model import Part
from peerlint.records.entries import Entry
from peerlint.records.model import Section, Topic
from peerlint.records.ticks import chosen, has_boxes, without_unticked
from peerlint.records.titles import is_title
from peerlint.records.words import any_of

TELLING = frozenset({Topic.PURPOSE, Topic.INTERVENTION, Topic.RESPONSE, Topic.NEXT_STEP, Topic.NARRATIVE})
"""Topics that tell what happened in a contact."""

_FEWEST_WORDS_OF_PROSE = 6
_FEWEST_WORDS_OF_A_PURPOSE = 4
_LABELS_OF_BOXES = re.compile(r"[^☒☐:.\n\t]*:\s*(?=[☒☐\n\t]|$)")
_WEB_OR_ZIP = re.compile(r"www\.|@|\b[A-Z]{2}\s+\d{5}\b")


def read_sections(entries: Sequence[Entry]) -> tuple[Section, ...]:
    """The sections of a note in order, those of its narrative and others such as consent."""
    sections = [section for number, entry in enumerate(entries) if (section := _section(entry, number, entries))]
    return tuple(_with_goal_as_purpose(sections, entries))


def narrative_of(sections: Iterable[Section]) -> tuple[Section, ...]:
    return tuple(section for section in sections if section.topic in TELLING)


def _section(entry: Entry, number: int, entries: Sequence[Entry]) -> Section | None:
    topic = _topic(entry, number, entries)
    if topic is None:
        return None
    return Section(topic, entry.label, without_unticked(entry.text), entry.place)


def _topic(entry: Entry, number: int, entries: Sequence[Entry]) -> Topic | None:
    if entry.key == "letter_p":
        return _topic_of_p(number, entries)
    if entry.key == "letter_b":
        return _topic_of_letter(entry, entries)
    if entry.key == "service" and _is_prose(entry.text) and not has_boxes(entry.text) and len(entry.text.split()) > 14:
        return Topic.INTERVENTION
    if entry.key == "goals":
        return None
    if entry.topic is not None:
        return None if not entry.text and is_title(entry.label) else entry.topic
    if entry.key == "participation":
        return Topic.OTHER
    if entry.key:
        return None
    topic = _topic_of_unknown(entry)
    return Topic.OTHER if topic and _is_foot_of_form(entry, number, entries) else topic


def _topic_of_letter(entry: Entry, entries: Sequence[Entry]) -> Topic:
    """B of BIRP tells what brought the member, A of DAP how it went; A of SOAP is an assessment."""
    keys = {other.key for other in entries}
    letters = {other.label[:1].upper() for other in entries if other.key == "letter_b"}
    letter = entry.label[:1].upper()
    if letter == "B" and keys & {"letter_i", "intervention"} and "purpose" not in keys:
        return Topic.PURPOSE
    alone = not keys & {"letter_r", "letter_e", "response"} and not letters & {"S", "O"}
    return Topic.RESPONSE if letter == "A" and "D" in letters and alone else Topic.NARRATIVE


def _topic_of_p(number: int, entries: Sequence[Entry]) -> Topic:
    """P is the purpose (or problem) where it stands before the intervention, else the plan."""
    before = {entry.key for entry in entries[:number]}
    behind = {entry.key for entry in entries[number + 1 :]}
    opens = "letter_i" in behind or "intervention" in behind
    return Topic.PURPOSE if opens and not before & {"letter_i", "letter_r", "letter_e"} else Topic.NEXT_STEP


def _topic_of_unknown(entry: Entry) -> Topic | None:
    if entry.place.part in (Part.HEADER, Part.FOOTER) or not _is_prose(entry.text):
        return None
    if has_boxes(entry.text) and not _is_prose(_LABELS_OF_BOXES.sub(" ", without_unticked(entry.text))):
        return Topic.OTHER
    if entry.label or not any_of("boilerplate").search(entry.text):
        return Topic.NARRATIVE
    return Topic.OTHER


def _is_foot_of_form(entry: Entry, number: int, entries: Sequence[Entry]) -> bool:
    """Whether words stand behind the account of the contact and the signatures under it, as the trail of a system and
    what a form tells its users; what the writer adds there says so."""
    signed = any("signature" in other.key for other in entries[:number])
    told = any(other.topic in TELLING and other.text for other in entries[:number])
    goes_on = any("signature" in other.key or other.topic in TELLING for other in entries[number:])
    return signed and told and not goes_on and not any_of("additions").search(f"{entry.label} {entry.text}")


def _is_prose(text: str) -> bool:
    words = text.split()
    if len(words) < _FEWEST_WORDS_OF_PROSE or is_title(text) or (len(words) < 20 and _is_address(text)):
        return False
    return len(words) >= 12 or (
        bool(re.search(r"[.!?][\"”']?(?:\s|$)", text)) and bool(re.search(r"\b[a-z]{2,}\b", text))
    )


def _is_address(text: str) -> bool:
    return bool(any_of("address").search(text) or _WEB_OR_ZIP.search(text))


def _with_goal_as_purpose(sections: list[Section], entries: Sequence[Entry]) -> Iterator[Section]:
    """In a note that names no purpose anywhere, a goal written out (GIRP) is the purpose of the contact."""
    named = any(section.topic is Topic.PURPOSE for section in sections)
    goal = None if named else next((entry for entry in entries if entry.key == "goals" and _tells_a_goal(entry)), None)
    for section in sections:
        if (
            goal
            and section.topic in TELLING
            and (goal.place.block, goal.place.row or 0) <= (section.place.block, section.place.row or 0)
        ):
            yield Section(Topic.PURPOSE, goal.label, chosen(goal.text), goal.place)
            goal = None
        yield section


def _tells_a_goal(entry: Entry) -> bool:
    text = re.sub(r"[\d#&,;]|\b(?:goals?|objectives?|pcp|plan|and)\b", " ", chosen(entry.text), flags=re.IGNORECASE)
    return len(text.split()) >= _FEWEST_WORDS_OF_A_PURPOSE
