"""Marks that a note bears: that it was written late, that no time is billed for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from peerlint.documents.model import Paragraph
from peerlint.records.entries import Entry
from peerlint.records.form import Form
from peerlint.records.model import Value
from peerlint.records.ticks import chosen, has_boxes, without_unticked
from peerlint.records.words import any_of

_LATE = re.compile(r"\blate[\s-]+(?:entry|note|documentation)\b", re.IGNORECASE)
_NOT_LATE = re.compile(r"\b(?:no|not|isn't|non|without|never)\b[\w\s'’]{0,14}$", re.IGNORECASE)
_NO = re.compile(r"\s*(?:no|n/?a|none|not applicable|n)\b\W*$", re.IGNORECASE)
_YES = re.compile(r"\s*(?:yes|y|true)\b", re.IGNORECASE)
_BEFORE_IN_THE_SENTENCE = re.compile(r"[^.\n]{0,40}$")


def late_entry(form: Form) -> Value[str] | None:
    """The words that mark the note as a late entry; "no late entry" and an unticked box do not."""
    for entry in form.all("late_entry"):
        text = chosen(entry.text)
        if text and not _NO.match(text):
            return Value(f"{entry.label}: {text}", text, entry.place, entry.label, entry.source)
        if entry.text:
            return None
    for paragraph in _paragraphs(form):
        text = without_unticked(paragraph.text)
        for match in _LATE.finditer(text):
            if not _NOT_LATE.search(text[: match.start()]) and not _NO.match(text[match.end() :].lstrip(" :?")):
                line = _line_at(text, match.start())
                return Value(line, match[0], paragraph.place, source=paragraph.source)
    return None


def not_billed(form: Form, units: Value[Decimal] | None) -> Value[str] | None:
    """The words that say that no time is billed; "travel time not billed" tells of a part only."""
    if units and units.meaning == 0:
        return Value(f"{units.label} {units.text}".strip(), units.text, units.place, units.label, units.source)
    for entry in form.all("billable"):
        if said := _unbilled_field(entry):
            return said
    for paragraph in _paragraphs(form):
        text = without_unticked(paragraph.text)
        for match in any_of("not_billed").finditer(text):
            if not _of_a_part(text[: match.start()]) and not _NO.match(
                text[match.end() : match.end() + 8].lstrip(" :?")
            ):
                return Value(match[0], match[0], paragraph.place, source=paragraph.source)
    return None


def _of_a_part(before: str) -> bool:
    """Whether the words before say that only a part of the time, or another contact, is left out of the bill."""
    near = _BEFORE_IN_THE_SENTENCE.search(before)
    sentence = re.split(r"[.\n]", before)[-1]
    return bool((near and any_of("billed_in_part").search(near[0])) or any_of("other_times").search(sentence))


def _unbilled_field(entry: Entry) -> Value[str] | None:
    said = chosen(entry.text)
    asks_non_billable = "non" in entry.label.casefold()
    if not said:
        return None
    negative = bool(_NO.match(said)) or (bool(any_of("not_billed").search(said)) and not _YES.match(said))
    unbilled = (
        bool(_YES.match(said)) or (has_boxes(entry.text) and not _NO.match(said)) if asks_non_billable else negative
    )
    return Value(f"{entry.label}: {said}", said, entry.place, entry.label, entry.source) if unbilled else None


def _paragraphs(form: Form) -> Iterator[Paragraph]:
    for block in form.blocks:
        yield from block.paragraphs()


def _line_at(text: str, position: int) -> str:
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    return text[start : end if end >= 0 else len(text)].strip()
