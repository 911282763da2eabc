"""Quality that auditors act on: copied narratives, and narratives about somebody else (Q101 to Q103)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from peerlint.language.model import Copy
from peerlint.records.model import Caseload, Chart, PersonName, Section, ServiceNote
from peerlint.rules.base import (
    Evidence,
    Outcome,
    Review,
    Scope,
    met,
    needs_review,
    not_applicable,
    not_met,
    rule,
)
from peerlint.rules.duplicates import content
from peerlint.rules.lexicon import mention, phrases, sentences

_SHE = re.compile(r"\b(she|her|hers|herself)\b", re.IGNORECASE)
_HE = re.compile(r"\b(he|him|his|himself)\b", re.IGNORECASE)
_NAME_INSIDE = re.compile(r"(?<=[a-z,;] )([A-Z][a-z]+)\b")
_NEVER = r"(?!)"
_SHORT = 2
_SETTLED = 5
_THROUGHOUT = 4
_MOSTLY = 0.7


@rule("Q101", "cloned-note", Scope.CHART)
def cloned_note(chart: Chart, review: Review) -> Iterator[Outcome]:
    """The narrative is not copied from another of the member's notes.

    Names, dates and numbers are left out of the comparison; so are stock phrases of the agency and words of the plan.

    Why: Two visits do not pass in the same words. A copied note tells nothing of the day it is billed for.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Narrative: I met Ana at the library to read two rental listings. I coached her through the questions she wants
        to ask
        about deposits and heat, and told her how I found my first apartment after the shelter. She wrote five questions
        on a
        card, called Laurel Court herself and booked a viewing for Friday at ten.
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/11/2025
        Service: Peer Support Services
        Narrative: I met Ana at the library to read two rental listings. I coached her through the questions she wants
        to ask
        about deposits and heat, and told her how I found my first apartment after the shelter. She wrote five questions
        on a
        card, called Laurel Court herself and booked a viewing for Monday at two.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Narrative: I met Ana at the library to read two rental listings. I coached her through the questions she wants
        to ask
        about deposits and heat. She wrote five questions on a card, called Laurel Court herself and booked a viewing.
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/11/2025
        Service: Peer Support Services
        Narrative: Ana told me how the viewing went. We laughed about the agent's tie, then filled in the application
        line by
        line. I showed her the letter I once wrote to explain my own credit. She drafted hers in ten minutes.
    Mend: Let the writer say in a dated and signed addendum what is still remembered of that day; do not bill what
        cannot be told.
    """
    copies = {id(copy.note): copy for copy in _copies(review) if _member(copy.original, review) == chart.key}
    for note in chart.notes:
        if id(note) in copies:
            yield not_met(note, _same_words(copies[id(note)]), *_passages(copies[id(note)]))
        elif any(section.text.strip() for section in note.narrative):
            yield met(note, "the narrative is not copied from another of the member's notes", _compared(note))
        else:
            yield not_applicable(note, "the note has no narrative")


@rule("Q102", "cloned-across-members", Scope.CASELOAD)
def cloned_across_members(caseload: Caseload, review: Review) -> Iterator[Outcome]:
    """The narrative is not copied from another member's note.

    Members of one group session may share the description of the session.

    Why: What fits two people to the word was written about neither.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Narrative: I met Ana at the library to read two rental listings. I coached her through the questions she wants
        to ask
        about deposits and heat, and told her how I found my first apartment after the shelter. She wrote five questions
        on a
        card, called Laurel Court herself and booked a viewing for Friday at ten.
        ---
        Progress Note
        Member: Ben Stone
        Medicaid ID: 917386024M
        Date of service: 03/18/2025
        Service: Peer Support Services
        Narrative: I met Ben at the library to read two rental listings. I coached him through the questions he wants to
        ask
        about deposits and heat, and told him how I found my first apartment after the shelter. He wrote five questions
        on a
        card, called Laurel Court himself and booked a viewing for Friday at ten.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Narrative: I met Ana at the library to read two rental listings. I coached her through the questions she wants
        to ask
        about deposits and heat. She wrote five questions on a card, called Laurel Court herself and booked a viewing.
        ---
        Progress Note
        Member: Ben Stone
        Medicaid ID: 917386024M
        Date of service: 03/18/2025
        Service: Peer Support Services
        Narrative: Ben and I walked the river loop. He named what sets him off at work, I told him how I learned to
        leave a
        room, and he tried the sentence on me twice until it sounded like his own.
    Mend: Let the writer say in a dated and signed addendum what is still remembered of that day; do not bill what
        cannot be told.
    """
    copies = {
        id(copy.note): copy for copy in _copies(review) if _member(copy.note, review) != _member(copy.original, review)
    }
    for chart in caseload.charts:
        for note in chart.notes:
            if id(note) in copies:
                yield not_met(note, f"another member's: {_same_words(copies[id(note)])}", *_passages(copies[id(note)]))
            elif any(section.text.strip() for section in note.narrative):
                yield met(note, "the narrative is not copied from another member's note", _compared(note))
            else:
                yield not_applicable(note, "the note has no narrative")


@rule("Q103", "wrong-person", Scope.NOTE)
def wrong_person(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The narrative names no other member, and its pronouns are the member's.

    Why: Another member's name is left over from another member's note, or tells what nobody else may know.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Narrative: I coached Ana through two practice calls. I reminded Benedict that he could ask about heat.
        ---
        Progress Note
        Member: Benedict Stone
        Medicaid ID: 917386024M
        Date of service: 03/18/2025
        Service: Peer Support Services
        Narrative: I walked the river loop with Benedict and told him how I learned to leave a room.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Narrative: I coached Ana through two practice calls. I reminded her that she could ask about heat.
        ---
        Progress Note
        Member: Benedict Stone
        Medicaid ID: 917386024M
        Date of service: 03/18/2025
        Service: Peer Support Services
        Narrative: I walked the river loop with Benedict and told him how I learned to leave a room.
    Mend: Find out whose contact it was. Let the writer correct the note with a dated and signed entry, and tell the
        privacy officer where another member was named.
    """
    told = [section for section in note.narrative if section.text.strip()]
    if not told:
        yield not_applicable(note, "the note has no narrative")
    elif named := _another_member(note, told, review):
        full, words = named
        if full:
            yield not_met(note, "the narrative names another member", words)
        else:
            yield needs_review(note, "the narrative uses another member's name", words)
    elif strange := _other_pronouns(note, told, review.chart):
        yield needs_review(note, "the pronouns are not those of the member's other notes", strange)
    else:
        yield met(note, "no other member is named", Evidence("", told[0].place, "whole narrative read"))


def _copies(review: Review) -> Iterator[Copy]:
    """Copies that are not the same record in another file: those are duplicates."""
    return (copy for copy in review.reader.copies() if content(copy.note) != content(copy.original))


def _member(note: ServiceNote, review: Review) -> str:
    return next((chart.key for chart in review.caseload.charts if any(n is note for n in chart.notes)), "")


def _same_words(copy: Copy) -> str:
    day = f" of {copy.original.date:%m/%d/%Y}" if copy.original.date else ""
    return f"{100 * copy.likeness:.0f}% the same words as the note{day}, {copy.original.header.path}"


def _passages(copy: Copy) -> tuple[Evidence, ...]:
    place = copy.note.narrative[0].place if copy.note.narrative else copy.note.header.place
    return tuple(Evidence(passage, place, "narrative") for passage in copy.passages[:3])


def _compared(note: ServiceNote) -> Evidence:
    return Evidence("", note.header.place, "compared with all other narratives")


def _another_member(note: ServiceNote, told: list[Section], review: Review) -> tuple[bool, Evidence] | None:
    """Another member named in full (true), or by a part of the name that the chart does not know (false)."""
    known = _known_names(note, review)
    for other in review.caseload.charts:
        if other.key == review.chart.key or not other.member or not other.member.last:
            continue
        full, part = _names_of(other.member, known)
        for section in told:
            for sentence in sentences(section.text):
                if full.search(sentence):
                    return True, Evidence(sentence, section.place, section.heading)
                if part.search(sentence):
                    return False, Evidence(sentence, section.place, section.heading)
    return None


def _names_of(member: PersonName, known: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What to look for: the full name, and the first name or the last with a title; nothing that the chart knows."""
    first, last = re.escape(member.first), re.escape(member.last)
    parts = [rf"(?:Mr|Mrs|Ms|Miss|Mx)\.?\s+{last}"] if member.last.casefold() not in known else []
    parts += [first] if len(member.first) > _SHORT and member.first.casefold() not in known else []
    full = rf"\b{first}\s+{last}\b" if member.full.casefold() not in known else _NEVER
    return re.compile(full), re.compile(rf"\b(?:{'|'.join(parts)})\b" if parts else _NEVER)


def _known_names(note: ServiceNote, review: Review) -> str:
    """All words of the member's other records: a name that stands there is somebody in the member's life, or on the
    staff."""
    others = (record.header.text for record in review.chart.records() if record is not note)
    signers = (s.name for record in review.chart.records() for s in record.header.signatures)
    own = review.chart.member.full if review.chart.member else ""
    kin = " ".join(_kin(note))
    return " ".join([*others, *signers, own, kin]).casefold()


def _kin(note: ServiceNote) -> Iterator[str]:
    """Names that the narrative itself introduces: "her sister Rosa"."""
    for section in note.narrative:
        for found in re.finditer(r"\b([a-z]+),?\s+([A-Z][a-z]+)\b", section.text):
            if mention((*phrases("plans", "family"), *phrases("credentials", "clinician", "peer")), found[1]):
                yield found[2]


def _other_pronouns(note: ServiceNote, told: list[Section], chart: Chart) -> Evidence | None:
    """A sentence that speaks of the member by pronouns that the member's other records hardly use.

    It counts where it names the member and nobody else, or where no pronoun and no other person explains the rest.
    """
    elsewhere = " ".join(s.text for other in chart.notes if other is not note for s in other.narrative)
    elsewhere = " ".join([elsewhere, *(plan.header.text for plan in chart.plans)])
    here = " ".join(section.text for section in told)
    for own, other in ((_SHE, _HE), (_HE, _SHE)):
        usual, unusual = len(own.findall(elsewhere)), len(other.findall(elsewhere))
        strange, right = len(other.findall(here)), len(own.findall(here))
        if (
            usual < _SETTLED
            or usual < _MOSTLY * (usual + unusual)
            or strange < _THROUGHOUT
            or strange < _MOSTLY * (strange + right)
        ):
            continue
        for section in told:
            for sentence in sentences(section.text):
                if other.search(sentence) and (
                    _only_the_member(sentence, note) or (not right and not _anybody(here, note))
                ):
                    return Evidence(sentence, section.place, section.heading)
    return None


def _only_the_member(sentence: str, note: ServiceNote) -> bool:
    name = note.header.member.meaning if note.header.member else None
    return bool(name and re.search(rf"\b{re.escape(name.first)}\b", sentence)) and not _anybody(sentence, note)


def _anybody(text: str, note: ServiceNote) -> bool:
    """Whether somebody besides the member is named, by name or kinship."""
    name = note.header.member.meaning if note.header.member else None
    own = {name.first, name.last} if name else set()
    named = {found[1] for found in _NAME_INSIDE.finditer(text)} - own
    return bool(named or mention(phrases("plans", "family"), text))
