"""Absence, the hardest claim: what a record does not show is missing only where somebody could have seen it."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from peerlint.records.model import (
    Caseload,
    Chart,
    CrisisPlan,
    DocumentFacts,
    Kind,
    OtherRecord,
    Plan,
    Record,
    ServiceNote,
    Value,
)
from peerlint.rules.base import Evidence, Outcome, met, needs_review, not_met, quote

_ENOUGH = 3


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
    folders = _own_folders(chart, caseload)
    return next((d for d in caseload.documents if d.unreadable and _folder(d.path) in folders), None)


def unsure_beside(chart: Chart, caseload: Caseload, kind: Kind) -> Record | None:
    """A record of this chart, or in a folder that holds it and no other, that may be of the kind and is not certainly
    so: it may be the paper that is looked for."""
    folders = _own_folders(chart, caseload)
    near = (*chart.records(), *(stray for stray in caseload.strays if _folder(stray.header.path) in folders))
    return next(
        (record for record in near if kind in (*record.header.may_be, record.kind) and record.header.may_be), None
    )


def _own_folders(chart: Chart, caseload: Caseload) -> set[str]:
    own = {_folder(record.header.path) for record in chart.records()}
    return own - {
        _folder(r.header.path) for other in caseload.charts if other.key != chart.key for r in other.records()
    }


def _folder(path: str) -> str:
    return str(PurePosixPath(path).parent)
