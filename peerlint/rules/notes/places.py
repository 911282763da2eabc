"""What the form of a note asks for, and what is to be said where it does not show: a fault of the note, a place that
its form may not have, or a form that peerlint does not know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from peerlint.records.model import ServiceNote, Value
from peerlint.rules.absence import absent, required
from peerlint.rules.base import Evidence, Outcome, Review, needs_review, not_evaluated, quote
from peerlint.rules.forms import A_FORM

_RARELY = 0.2
_STRANGE = 3
_UNPLACED = 3
_DIGITS_OF_AN_ID = 5

PLACES: dict[str, Callable[[ServiceNote], object]] = {
    "member name": lambda note: note.header.member and note.header.member.meaning,
    "Medicaid ID": lambda note: _looks_like_an_id(note.header.medicaid_id),
    "date of service": lambda note: note.date,
    "service": lambda note: note.service or note.procedure_codes,
    "type of contact": lambda note: note.contact_types,
    "place of service": lambda note: note.place_of_service and not note.place_of_service.empty,
    "start and end": lambda note: note.start and note.end,
    "signature": lambda note: note.staff_signature,
}
"""What every payer asks of a note, in the order of the rules, and whether a note was seen to show it."""


def _looks_like_an_id(value: Value[str] | None) -> bool:
    return value is not None and sum(c.isdigit() for c in value.meaning or "") >= _DIGITS_OF_AN_ID


def required_on_form(
    note: ServiceNote, review: Review, value_of: Callable[[ServiceNote], Value[Any] | None], what: str
) -> Outcome:
    """``required`` of a note, where an absence is held against the other notes on the same form."""

    def filled(other: ServiceNote) -> bool:
        found = value_of(other)
        return found is not None and not found.empty

    value = value_of(note)
    if filled(note):
        return required(note, value, what)
    missing = f"no {what} was found" if value is None else f"the {what} is blank"
    return doubted_form(note, review, what, missing, filled, *quote(value)) or required(note, value, what)


def absent_on_form(
    note: ServiceNote,
    review: Review,
    what: str,
    message: str,
    shown: Callable[[ServiceNote], object],
    *evidence: Evidence,
) -> Outcome:
    """``absent``, unless the form is in doubt."""
    return doubted_form(note, review, what, message, shown, *evidence) or absent(note, message, *evidence)


def doubted_form(
    note: ServiceNote,
    review: Review,
    what: str,
    message: str,
    shown: Callable[[ServiceNote], object],
    *evidence: Evidence,
) -> Outcome | None:
    """What is said where hardly any note on the same form shows a thing: the form may have no place for it, or its
    place was not recognised. Its first note says so, the others point there; a form that is not known says so once
    for all that was not found. None where other notes show it."""
    alike = review.forms.on_the_form_of(note)
    showing = sum(bool(shown(other)) for other in alike)
    if not showing and _is_strange(alike, lacking := not_found_on(alike)):
        return _said_once(note, alike, lacking, what, *evidence)
    if len(alike) < A_FORM or showing >= _RARELY * len(alike):
        return None
    doubt = f"{message}, nor on {'any other' if not showing else 'most'} of the {len(alike)} notes on this form"
    if alike[0] is note:
        return needs_review(note, f"{doubt}: see whether the form has a place for it", *evidence)
    return not_evaluated(note, f"{doubt}: said once, on {alike[0].header.path}", *evidence)


def not_found_on(alike: Sequence[ServiceNote]) -> tuple[str, ...]:
    """The places that no note on a form shows."""
    return tuple(what for what, shown in PLACES.items() if not any(map(shown, alike)))


def _is_strange(alike: Sequence[ServiceNote], lacking: Sequence[str]) -> bool:
    """Whether the form is not understood: several notes on it lack the same things, or one lacks many and much of what
    it prints was not placed."""
    if len(alike) >= A_FORM:
        return len(lacking) > 1
    return len(lacking) >= _STRANGE and min(note.header.unplaced for note in alike) >= _UNPLACED


def _said_once(
    note: ServiceNote, alike: Sequence[ServiceNote], lacking: Sequence[str], what: str, *evidence: Evidence
) -> Outcome:
    listed = f"{', '.join(lacking[:-1])} and {lacking[-1]}"
    notes = f"the {len(alike)} notes" if len(alike) > 1 else "the one note"
    if alike[0] is note and what == lacking[0]:
        message = f"the form is not understood: {listed} were not found on {notes} on it, look for them by hand"
        return needs_review(note, message, *evidence)
    return not_evaluated(note, f"the form is not understood: said once, on {alike[0].header.path}", *evidence)
