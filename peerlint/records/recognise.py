"""From a document to its records: split it, tell the kind of each part, read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from peerlint.documents.model import Document
from peerlint.records.crisis import crisis_part, read_crisis_plan
from peerlint.records.extent import Extent
from peerlint.records.form import Form, read_form
from peerlint.records.item_codes import without_item_codes
from peerlint.records.kinds import Told, kind_of
from peerlint.records.labels import NOTE_FAMILIES
from peerlint.records.model import Kind, Record
from peerlint.records.notes import read_note
from peerlint.records.others import read_other
from peerlint.records.plans import read_plan
from peerlint.records.split import split


def recognise(document: Document, path: str) -> tuple[Record, ...]:
    """The records of the document, in order. A crisis plan inside a plan is a record of its own, behind the plan."""
    records: list[Record] = []
    for extent in split(without_item_codes(document), path):
        records.extend(_read(extent.numbered(len(records))))
    return tuple(records)


def _read(extent: Extent) -> Iterator[Record]:
    form = read_form(extent.blocks, NOTE_FAMILIES)
    told = kind_of(extent, form)
    for record in _read_as(told, extent, form):
        yield replace(record, header=replace(record.header, may_be=told.may_be)) if told.may_be else record


def _read_as(told: Told, extent: Extent, form: Form) -> Iterator[Record]:
    if told.kind is Kind.NOTE:
        yield read_note(extent, form)
    elif told.kind is Kind.PLAN:
        plan = read_plan(extent)
        yield plan
        if crisis := crisis_part(extent):
            yield read_crisis_plan(crisis.numbered(extent.index + 1), plan)
    elif told.kind is Kind.CRISIS_PLAN:
        yield read_crisis_plan(extent)
    else:
        yield read_other(extent, told.what)
