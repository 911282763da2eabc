"""Labels that ask for several things at once, and what stands behind them: "Date / time / units", "Name, DOB, ID"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from peerlint.records.labels import Field, Labels, label_words
from peerlint.records.nearest import nearest
from peerlint.records.shapes import STRICT, fits

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
    parts = re.split(_BETWEEN_VALUES[-1], text)
    return tuple(next((part for part in parts if _is_strict(field) and _can_be(field, part)), text) for field in fields)


def _is_strict(field: Field) -> bool:
    return field.shape in STRICT and field.shape != "ticks"


def _can_be(field: Field, text: str) -> bool:
    return fits(field.shape, text) if _is_strict(field) else bool(text.strip())
