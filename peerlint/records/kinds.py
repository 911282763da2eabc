"""What kind of record it is: told by how it reads, by its title and by its labels, together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any

import yaml

from peerlint.documents.model import Block, Paragraph, Part
from peerlint.records.extent import Extent
from peerlint.records.form import Form
from peerlint.records.goal_words import numbers_goal
from peerlint.records.kind_model import likeness
from peerlint.records.model import Kind, OtherKind
from peerlint.records.names import read_name
from peerlint.records.titles import Title, read_title, title_at_head

_FIRST_LINES = 24
_LINES_FOR_ONE_WORD = 5
_LINES_OF_A_HEADING = 2
_DOTTED = re.compile(r"\s[·•]\s")
_LETTER = re.compile(r"^\s*(?:dear\b|to whom it may concern|re:)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Told:
    """A kind, and for other records which one. ``may_be`` are the kinds that it may be instead, none where the kind is
    certain; a record that may be anything is told as an other one."""

    kind: Kind
    what: OtherKind = OtherKind.UNKNOWN
    may_be: tuple[Kind, ...] = ()


def kind_of(extent: Extent, form: Form) -> Told:
    """The kind of the record in the extent, whose form was read with the labels of notes."""
    title = main_title(extent.blocks)
    chances = _chances(extent, form, title)
    kind = max(chances, key=lambda kind: chances[kind])
    telling = _telling()
    others = tuple(other for other in Kind if other not in (kind, Kind.OTHER) and chances[other] >= telling["possible"])
    if chances[kind] >= telling["certain"]:
        return Told(kind, _what(title, extent, form))
    if chances[kind] >= telling["likely"]:
        return Told(kind, _what(title, extent, form), others or (kind,))
    return Told(Kind.OTHER, OtherKind.UNKNOWN, (kind, *others) if kind is not Kind.OTHER else others)


def _chances(extent: Extent, form: Form, title: Title | None) -> Mapping[Kind, float]:
    """The chance of each kind: how the record reads, times what its title and its labels are worth. Where goals are
    counted, what reads like a crisis plan is one inside a plan."""
    lines = list(lines_of_record(extent.blocks))
    chances = dict(likeness(lines))
    telling = _telling()
    if sum(map(numbers_goal, lines)) >= telling["goals_of_a_plan"]:
        chances[Kind.PLAN] += chances[Kind.CRISIS_PLAN]
        chances[Kind.CRISIS_PLAN] = 0.0
    if title:
        chances[_kind_told(title)] *= telling["certain_title"] if title.certain else telling["title"]
    if note_score(form) >= telling["enough_for_a_note"] and _is_dated_contact(form):
        chances[Kind.NOTE] *= telling["labels"]
    whole = sum(chances.values())
    return {kind: chance / whole for kind, chance in chances.items()}


def _kind_told(title: Title) -> Kind:
    return Kind(title.kind) if title.kind in ("note", "plan", "crisis-plan") else Kind.OTHER


def _what(title: Title | None, extent: Extent, form: Form) -> OtherKind:
    """Which other record it is, if it is one."""
    if title and _kind_told(title) is Kind.OTHER:
        return OtherKind.CORRESPONDENCE if title.kind == "correspondence" else OtherKind(title.kind)
    is_letter = title is None and _LETTER.search(extent.text) and _names_a_member(form)
    return OtherKind.CORRESPONDENCE if is_letter else OtherKind.UNKNOWN


def note_score(form: Form) -> float:
    """How much the labels are those of a service note."""
    keys = {entry.key for entry in form.entries}
    return sum(float(weight) * len(keys.intersection(told)) for weight, told in _telling()["note"].items())


@cache
def _telling() -> dict[str, Any]:
    text = (files("peerlint.records") / "kinds.yaml").read_text("utf-8")
    telling: dict[str, Any] = yaml.safe_load(text)
    return telling


def _is_dated_contact(form: Form) -> bool:
    keys = {entry.key for entry in form.entries}
    return bool(keys & {"service_date", "date_and_time", "date"}) and bool(
        keys & {"times", "start", "duration", "units", "contact_type", "place_of_service"}
    )


def _names_a_member(form: Form) -> bool:
    return any(read_name(entry.text) for entry in form.all("member_name")) or any(
        entry.text for entry in form.all("medicaid_id", "member_id", "birth_date", "record_number")
    )


def main_title(blocks: Sequence[Block]) -> Title | None:
    """The title among the first lines: the first that says nothing else, unless another stands well before it."""
    found = [
        (number, title)
        for number, line in enumerate(islice(lines_of_record(blocks), _FIRST_LINES))
        for line in _DOTTED.split(line)
        if (title := read_title(line) or (title_at_head(line) if number < _LINES_OF_A_HEADING else None))
        and (number < _LINES_FOR_ONE_WORD or len(title.text.split()) > 1)
    ]
    if not found:
        return None
    first_number, first = found[0]
    certain = next(((number, title) for number, title in found if title.certain), None)
    if certain and certain[0] <= first_number + 3:
        return certain[1]
    return (not first.certain and _running_title(blocks)) or first


def _running_title(blocks: Sequence[Block]) -> Title | None:
    """The title that the head of the pages says and nothing else."""
    heads = lines_of_record(block for block in blocks if block.place.part is Part.HEADER)
    return next((title for line in heads if (title := read_title(line) or title_at_head(line)) and title.certain), None)


def lines_of_record(blocks: Iterable[Block]) -> Iterable[str]:
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
