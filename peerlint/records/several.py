"""Labels that ask for several things at once, and what stands behind them: "Date / time / units", "Name, DOB, ID"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from peerlint.records.dates import without_dates
from peerlint.records.labels import Field, Labels, label_words
from peerlint.records.nearest import nearest
from peerlint.records.shapes import STRICT, fits
from peerlint.records.times import without_times

_BETWEEN_LABELS = re.compile(r"\s*[/,;&+]\s*|\s+(?:and|or)\s+")
_BETWEEN_VALUES = (r"\s+/\s+", r"\t|\s{2,}", r"\s*;\s*", r"\s*,\s*", r"\s*/\s*", r"\s*[,;/\t]\s*")
_MOST_PARTS = 4
_LONGEST_LABEL = 60
_NOT_TOGETHER = frozenset({"prose", "signature", "goals"})


@lru_cache(maxsize=4096)
def several(labels: Labels, label: str) -> tuple[Field, ...]:
    """The fields that a label asks for, in order, where it asks for more than one; a wording that the table holds as a
    whole asks for one."""
    if len(label) > _LONGEST_LABEL or labels.find([word.plain for word in label_words(label)]):
        return ()
    parts = [part for part in _BETWEEN_LABELS.split(label) if part.strip()]
    if not 2 <= len(parts) <= _MOST_PARTS:
        return ()
    fields = [labels.named(part) or nearest(labels, part) for part in parts]
    together = tuple(field for field in fields if field and field.shape not in _NOT_TOGETHER)
    distinct = len({field.key for field in together}) == len(parts) and len({field.shape for field in together}) > 1
    return together if distinct else ()


def shared_out(text: str, fields: Sequence[Field]) -> tuple[str, ...]:
    """The part of the text that belongs to each field: as many parts as fields, else the first part of its shape, else
    the whole."""
    for between in _BETWEEN_VALUES:
        parts = re.split(between, text)
        if len(parts) == len(fields) and all(map(_can_be, fields, parts)):
            return tuple(parts)
    return tuple(_first_of_shape(text, field) for field in fields)


def _first_of_shape(text: str, field: Field) -> str:
    """The first part of the text that looks like what the field asks for; a number is no part of a date or time."""
    searched = without_times(without_dates(text)) if field.shape in ("units", "duration") else text
    parts = (part for part in re.split(_BETWEEN_VALUES[-1], searched) if _is_strict(field))
    return next((part for part in parts if _can_be(field, part)), text)


def _is_strict(field: Field) -> bool:
    return field.shape in STRICT and field.shape != "ticks"


def _can_be(field: Field, text: str) -> bool:
    return fits(field.shape, text) if _is_strict(field) else bool(text.strip())
