"""Quality that auditors act on: copied narratives, and narratives about somebody else (Q101 to Q103)."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.language.model import Copy, Slip, WrongPerson
from peerlint.records.model import Caseload, Chart, ServiceNote
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
    own = {id(note) for note in chart.notes}
    copies = {id(copy.note): copy for copy in _copies(review) if id(copy.original) in own}
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
    homes = {id(note): chart.key for chart in caseload.charts for note in chart.notes}
    copies = {id(copy.note): copy for copy in _copies(review) if homes[id(copy.note)] != homes[id(copy.original)]}
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
    told = next((section for section in note.narrative if section.text.strip()), None)
    slips = sorted(review.reader.wrong_people(note), key=lambda slip: (slip.slip is not Slip.NAME, not slip.sure))
    if told is None:
        yield not_applicable(note, "the note has no narrative")
    elif slips:
        yield _wrong(note, slips[0])
    else:
        yield met(note, "no other member is named", Evidence("", told.place, "whole narrative read"))


def _wrong(note: ServiceNote, slip: WrongPerson) -> Outcome:
    words = Evidence(slip.quote, slip.place, slip.label)
    if slip.slip is Slip.PRONOUNS:
        return needs_review(note, "the pronouns are not those of the member's other notes", words)
    if slip.sure:
        return not_met(note, "the narrative names another member", words)
    return needs_review(note, "the narrative uses another member's name", words)


def _copies(review: Review) -> Iterator[Copy]:
    """Copies that are not the same record in another file: those are duplicates."""
    return (copy for copy in review.reader.copies() if content(copy.note) != content(copy.original))


def _same_words(copy: Copy) -> str:
    day = f" of {copy.original.date:%m/%d/%Y}" if copy.original.date else ""
    return f"{100 * copy.likeness:.0f}% the same words as the note{day}, {copy.original.header.path}"


def _passages(copy: Copy) -> tuple[Evidence, ...]:
    place = copy.note.narrative[0].place if copy.note.narrative else copy.note.header.place
    return tuple(Evidence(passage, place, "narrative") for passage in copy.passages[:3])


def _compared(note: ServiceNote) -> Evidence:
    return Evidence("", note.header.place, "compared with all other narratives")
