"""What kind of record it is: told by its title, its labels and its structure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any

import yaml

from peerlint.documents.model import Block, Paragraph, Part
from peerlint.records.extent import Extent
from peerlint.records.form import Form
from peerlint.records.model import Kind, OtherKind, SignerRole
from peerlint.records.signatures import read_signatures
from peerlint.records.titles import Title, plan_of_a_person, read_title

_ENOUGH_FOR_A_NOTE = 4.0
_ENOUGH_WITH_TITLE = 1.5
_FIRST_LINES = 24
_LINES_FOR_ONE_WORD = 5
_LINES_OF_A_HEADING = 2
_LETTER = re.compile(r"^\s*(?:dear\b|to whom it may concern|re:)", re.IGNORECASE | re.MULTILINE)
_FEWEST_PLAN_MARKS = 3


@dataclass(frozen=True, slots=True)
class Told:
    """A kind, and for other records which one."""

    kind: Kind
    what: OtherKind = OtherKind.UNKNOWN


def kind_of(extent: Extent, form: Form) -> Told:
    """The kind of the record in the extent, whose form was read with the labels of notes."""
    title = main_title(extent.blocks)
    score = note_score(form)
    if title is None:
        return _untitled(extent, form, score)
    if title.kind == "note":
        return (
            Told(Kind.NOTE) if score >= _ENOUGH_WITH_TITLE or _has_prose(form) else _by_structure(extent, form, score)
        )
    if title.kind in ("plan", "crisis-plan"):
        if score >= 2 * _ENOUGH_FOR_A_NOTE and not title.certain and _is_dated_contact(form):
            return Told(Kind.NOTE)
        return Told(Kind(title.kind))
    if not title.certain and score >= _ENOUGH_FOR_A_NOTE and _is_dated_contact(form):
        return Told(Kind.NOTE)
    return Told(Kind.OTHER, _other_kind(title, extent, form))


def _other_kind(title: Title, extent: Extent, form: Form) -> OtherKind:
    if title.kind == "correspondence":
        return OtherKind.CORRESPONDENCE
    return OtherKind(title.kind)


def note_score(form: Form) -> float:
    """How much the labels are those of a service note."""
    keys = {entry.key for entry in form.entries}
    return sum(float(weight) * len(keys.intersection(told)) for weight, told in _telling()["note"].items())


@cache
def _telling() -> dict[str, Any]:
    text = (files("peerlint.records") / "kinds.yaml").read_text("utf-8")
    telling: dict[str, Any] = yaml.safe_load(text)
    return telling


def _plain(text: str) -> str:
    return text.casefold().replace("-", " ")


def _is_dated_contact(form: Form) -> bool:
    keys = {entry.key for entry in form.entries}
    return bool(keys & {"service_date", "date_and_time", "date"}) and bool(
        keys & {"times", "start", "duration", "units", "contact_type", "place_of_service"}
    )


def _untitled(extent: Extent, form: Form, score: float) -> Told:
    if score >= _ENOUGH_FOR_A_NOTE and _is_dated_contact(form):
        return Told(Kind.NOTE)
    return _by_structure(extent, form, score)


def _by_structure(extent: Extent, form: Form, score: float) -> Told:
    text = extent.text
    if _LETTER.search(text) and score < _ENOUGH_FOR_A_NOTE:
        return Told(Kind.OTHER, OtherKind.CORRESPONDENCE if _names_a_member(form) else OtherKind.UNKNOWN)
    if sum(mark in _plain(text) for mark in _telling()["plan_marks"]) >= _FEWEST_PLAN_MARKS:
        return Told(Kind.PLAN)
    if _has_prose(form) and (score >= _ENOUGH_WITH_TITLE or _names_a_member(form)) and _signed_by_peer(form):
        return Told(Kind.NOTE)
    return Told(Kind.OTHER)


def _names_a_member(form: Form) -> bool:
    return any(
        entry.text for entry in form.all("member_name", "medicaid_id", "member_id", "birth_date", "record_number")
    )


def _has_prose(form: Form) -> bool:
    return any(len(entry.text.split()) >= 12 for entry in form.entries if entry.place.part is Part.BODY)


def _signed_by_peer(form: Form) -> bool:
    return any(signature.role is SignerRole.STAFF and signature.signed for signature in read_signatures(form.entries))


def main_title(blocks: Sequence[Block]) -> Title | None:
    """The title among the first lines: the first that says nothing else, unless another stands well before it."""
    found = [
        (number, title)
        for number, line in enumerate(islice(_lines(blocks), _FIRST_LINES))
        if (title := read_title(line) or (plan_of_a_person(line) if number < _LINES_OF_A_HEADING else None))
        and (number < _LINES_FOR_ONE_WORD or len(title.text.split()) > 1)
    ]
    if not found:
        return None
    first_number, first = found[0]
    certain = next(((number, title) for number, title in found if title.certain), None)
    return certain[1] if certain and certain[0] <= first_number + 3 else first


def _lines(blocks: Iterable[Block]) -> Iterable[str]:
    """Lines of the body, then of headers, as they might hold a title: cells of tables and parts between gaps stand
    alone."""
    ordered = sorted(blocks, key=lambda block: block.place.part is not Part.BODY)
    for block in ordered:
        if block.place.part not in (Part.BODY, Part.HEADER, Part.TEXT_BOX):
            continue
        paragraphs = [block] if isinstance(block, Paragraph) else block.paragraphs()
        for paragraph in paragraphs:
            for line in re.split(r"[\n\t]|\s\|\s", paragraph.text):
                if line.strip():
                    yield line
