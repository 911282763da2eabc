"""Absence, the hardest claim: what a record does not show is missing only where somebody could have seen it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from peerlint.records.model import (
    Caseload,
    Chart,
    CrisisPlan,
    DocumentFacts,
    OtherRecord,
    Plan,
    Record,
    ServiceNote,
    Value,
)
from peerlint.rules.base import Evidence, Outcome, Review, met, needs_review, not_evaluated, not_met, quote

_ENOUGH = 3
_A_FORM = 3
_RARELY = 0.2


def required(record: Record, value: Value[Any] | None, what: str) -> Outcome:
    """Met where the value says something, not met where its place is blank, ``absent`` where no such place was
    found."""
    if value is None:
        return absent(record, f"no {what} was found")
    if value.empty:
        return not_met(record, f"the {what} is blank", *quote(value))
    return met(record, f"the {what} is given", *quote(value))


def absent(record: Record, message: str, *evidence: Evidence) -> Outcome:
    """Not met, or a person must look where parts of the record could not be read or hardly anything was recognised."""
    doubt = why_unsure(record)
    if doubt:
        return needs_review(record, f"{message}, but {doubt}", *evidence)
    return not_met(record, message, *evidence)


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
    return doubted_form(note, review, missing, filled, *quote(value)) or required(note, value, what)


def absent_on_form(
    note: ServiceNote, review: Review, message: str, shown: Callable[[ServiceNote], object], *evidence: Evidence
) -> Outcome:
    """``absent``, unless the form is in doubt."""
    return doubted_form(note, review, message, shown, *evidence) or absent(note, message, *evidence)


def doubted_form(
    note: ServiceNote, review: Review, message: str, shown: Callable[[ServiceNote], object], *evidence: Evidence
) -> Outcome | None:
    """What is said where hardly any note on the same form shows a thing: the form may have no place for it, or its
    place was not recognised. Its first note says so, the others point there. None where other notes show it."""
    alike = review.forms.on_the_form_of(note)
    showing = sum(bool(shown(other)) for other in alike)
    if len(alike) < _A_FORM or showing >= _RARELY * len(alike):
        return None
    doubt = f"{message}, nor on {'any other' if not showing else 'most'} of the {len(alike)} notes on this form"
    if alike[0] is note:
        return needs_review(note, f"{doubt}: see whether the form has a place for it", *evidence)
    return not_evaluated(note, f"{doubt}: said once, on {alike[0].header.path}", *evidence)


def why_unsure(record: Record) -> str:
    """Why an absence in this record cannot be claimed; "" where it can."""
    if record.header.doubts:
        return record.header.doubts[0]
    if _recognised(record) < _ENOUGH:
        return "too little of this form was recognised to be certain"
    return ""


def _recognised(record: Record) -> int:
    """How many places of the form were recognised, filled in or not."""
    header = record.header
    places: list[object] = [header.member, header.medicaid_id, header.birth_date, header.record_number]
    match record:
        case ServiceNote():
            places += [record.service_date, record.service, record.contact, record.place_of_service, record.goals_cited]
            places += [record.start, record.minutes, record.units]
        case Plan():
            places += [record.dated, record.starts, *record.goals, *record.diagnoses, record.needs or None]
        case CrisisPlan():
            places += [record.dated, *record.contacts]
        case OtherRecord():
            places += [record.dated]
    return sum(place is not None for place in places) + len(header.sections) + len(header.signatures)


def unread_beside(chart: Chart, caseload: Caseload) -> DocumentFacts | None:
    """An unreadable document in a folder that holds this chart and no other: it may be the paper that is looked for."""
    own = {_folder(record.header.path) for record in chart.records()}
    others = {_folder(r.header.path) for other in caseload.charts if other.key != chart.key for r in other.records()}
    for document in caseload.documents:
        if document.unreadable and _folder(document.path) in own - others:
            return document
    return None


def _folder(path: str) -> str:
    return str(PurePosixPath(path).parent)
