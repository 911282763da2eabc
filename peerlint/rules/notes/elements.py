"""What a note tells: purpose, intervention, effect, and enough of them for the time (N107, N108, N110, N120)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from peerlint.language.model import Activity, Innocence, Presence, Substance, Telling
from peerlint.records.model import ServiceNote
from peerlint.rules.base import (
    Evidence,
    Outcome,
    Review,
    Scope,
    met,
    needs_review,
    not_applicable,
    not_met,
    plan_in_force,
    rule,
)
from peerlint.rules.notes.places import absent_on_form
from peerlint.rules.notes.timing import minutes_of_service

_UNIT = 15


@rule("N107", "note-purpose", Scope.NOTE)
def purpose(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The note says why the member was met, under a label of its own or in the narrative.

    Why: The purpose ties a contact to the plan. "Check-in" or the name of the service is no purpose.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Purpose of contact:
        Intervention: I coached Ana through three practice calls to landlords.
        Effectiveness: She made the fourth call alone and booked a viewing.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Purpose of contact: To get ready to call landlords about apartments she can afford.
        Intervention: I coached Ana through three practice calls to landlords.
        Effectiveness: She made the fourth call alone and booked a viewing.
    Mend: Let the writer add, from memory that is still good, why this contact was made, as a dated and signed addendum.
    """
    yield from _told(note, review, lambda told: told.purpose, "purpose of the contact")


@rule("N108", "note-interventions", Scope.NOTE)
def interventions(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The note describes what the specialist did; what the member did or said is no intervention.

    Why: What is paid for is the specialist's work. A note that tells only the member's day shows a visit, not a
    service.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Purpose of contact: To get ready to call landlords about apartments she can afford.
        Intervention:
        Effectiveness: She made the fourth call alone and booked a viewing.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Purpose of contact: To get ready to call landlords about apartments she can afford.
        Intervention: I coached Ana through three practice calls and told her how I found my own first apartment.
        Effectiveness: She made the fourth call alone and booked a viewing.
    Mend: Let the writer add what he or she did in the contact, as a dated and signed addendum.
    """
    if nobody_met(note, review):
        yield not_applicable(note, "no service was given: see not-rendered")
    else:
        yield from _told(note, review, lambda told: told.intervention, "description of what the specialist did")


@rule("N110", "note-effectiveness", Scope.NOTE)
def effectiveness(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The note says how the intervention worked: the member's response or progress toward the goal.

    Why: Continued service rests on progress, or on what is done when there is none. "Client did well" is neither.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Purpose of contact: To get ready to call landlords about apartments she can afford.
        Intervention: I coached Ana through three practice calls to landlords.
        Effectiveness:
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Purpose of contact: To get ready to call landlords about apartments she can afford.
        Intervention: I coached Ana through three practice calls to landlords.
        Effectiveness: She made the fourth call alone, without notes, and booked a viewing for Friday.
    Mend: Let the writer add what the member said or did in response, as a dated and signed addendum.
    """
    if nobody_met(note, review):
        yield not_applicable(note, "no service was given: see not-rendered")
    else:
        yield from _told(note, review, lambda told: told.response, "word on how the intervention worked")


@rule("N120", "thin-narrative", Scope.NOTE, words_per_unit=4)
def thin_narrative(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The narrative can account for the time billed and is more than stock phrases.

    Two sentences for two hours, or phrases that fit any member on any day, do not show that the time was spent. Counted
    are the words left once stock phrases are taken out, against ``words_per_unit`` for each fifteen minutes.

    Why: An auditor who cannot see what filled the time takes the units back.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Start time: 1:00 PM
        End time: 3:00 PM
        Narrative: Peer provided support and encouragement. Member was receptive.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Start time: 1:00 PM
        End time: 2:00 PM
        Narrative: Met Ana at the library to get ready to call landlords. I coached her through three practice calls,
        told
        her how I asked about deposits when I found my first apartment, and wrote her questions on a card with her. She
        made
        the fourth call alone, asked about heat, and booked a viewing for Friday at ten.
    Mend: Bill the time that the note can show, or let the writer add what else was done, as a dated and signed
        addendum.
    """
    if nobody_met(note, review):
        yield not_applicable(note, "no service was given: see not-rendered")
        return
    substance = review.reader.substance(note)
    first = _first_words(note)
    if not substance.words:
        yield not_applicable(note, "the note has no narrative: see purpose, interventions and effectiveness")
        return
    if substance.stock_only:
        yield not_met(note, "the narrative is stock phrases only", first)
        return
    minutes = minutes_of_service(note)
    if minutes is None:
        yield not_applicable(note, "the note states no time that the narrative would have to fill")
        return
    units = Decimal(minutes) / _UNIT
    needed = review.parameters["words_per_unit"] * units
    told = f"{substance.specific_words} words of substance for {minutes} minutes"
    if substance.specific_words >= needed:
        yield met(note, told, first)
    elif substance.specific_words * 2 < needed:
        yield not_met(note, f"the narrative cannot account for the time: {told}", first)
    else:
        yield needs_review(note, f"the narrative is thin for the time: {told}", first)


def nobody_met(note: ServiceNote, review: Review) -> Activity | None:
    """The words that say that no service was given, billed or not: a no-show, an unanswered door."""
    for activity in review.reader.activities(note, plan_in_force(note, review.chart)):
        if activity.category == "not-rendered" and activity.innocence in (None, Innocence.NOT_BILLED):
            return activity
    return None


def _told(note: ServiceNote, review: Review, part: Callable[[Substance], Telling], what: str) -> Iterator[Outcome]:
    if review.reader.substance(note).stock_only:
        yield not_applicable(note, "the narrative is stock phrases only: see thin-narrative")
        return
    telling = part(review.reader.substance(note))
    words = (Evidence(telling.quote, telling.place, telling.label),) if telling.quote or telling.label else ()
    match telling.presence:
        case Presence.TOLD:
            yield met(note, f"the note gives the {what}", *(words or (_first_words(note),)))
        case Presence.DOUBTFUL:
            why = f" ({telling.why})" if telling.why else ""
            yield needs_review(note, f"it is doubtful whether the note gives a {what}{why}", *words)
        case Presence.EMPTY:
            why = f": {telling.why}" if telling.why else ""
            yield not_met(note, f"there is a {what} in name only{why}", *words)
        case Presence.MISSING:

            def told(other: ServiceNote) -> bool:
                return part(review.reader.substance(other)).presence is not Presence.MISSING

            yield absent_on_form(note, review, what, f"there is no {what}", told, *words)


def _first_words(note: ServiceNote) -> Evidence:
    section = next((s for s in note.narrative if s.text.strip()), None)
    if section is None:
        return Evidence("", note.header.place, "narrative")
    return Evidence(" ".join(section.text.split()[:24]), section.place, section.heading)
