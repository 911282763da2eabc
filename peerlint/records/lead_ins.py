"""Labels that lead a part of a paragraph without a colon: "Purpose—to sort the mail. Intervention—I showed her how"."""

from __future__ import annotations

import re

from peerlint.records.labels import Field, Labels
from peerlint.records.model import Topic
from peerlint.records.nearest import nearest

_LEAD_IN = re.compile(
    r"(?:^\s*|(?<=[.!?;])[\"”’)]*\s+)"
    r"(?:[\[(](?P<inside>[A-Z][A-Za-z'’/& ]{0,40})[\])]\s*[:—–-]?"
    r"|(?P<label>[A-Z][A-Za-z'’/& ]{0,40}?)(?:\s*[—–=]+|\s+-+|--|\.))\s*(?=\S)"
)
_PARTS = frozenset({Topic.PURPOSE, Topic.INTERVENTION, Topic.RESPONSE, Topic.NEXT_STEP})
_LETTERS = frozenset({"letter_p", "letter_i", "letter_e", "letter_r", "letter_b"})
_FEWEST_PARTS = 2
_FEWEST_WORDS = 12


def with_lead_ins(text: str, labels: Labels) -> str:
    """The paragraph with a colon behind each of its lead-ins, where several different ones stand in it; one alone may
    be the beginning of a sentence."""
    if len(text.split()) < _FEWEST_WORDS:
        return text
    led = [(match, field) for match in _LEAD_IN.finditer(text) if (field := _field_of(match, labels))]
    if len({field.key for _, field in led}) < _FEWEST_PARTS:
        return text
    for match, _ in reversed(led):
        start = match.start("inside") - 1 if match["inside"] else match.start("label")
        text = f"{text[:start]}{match['inside'] or match['label']}: {text[match.end() :]}"
    return text


def _field_of(match: re.Match[str], labels: Labels) -> Field | None:
    label = match["inside"] or match["label"]
    field = labels.named(label) or (nearest(labels, label) if " " in label else None)
    return field if field and (field.topic in _PARTS or field.key in _LETTERS) else None
