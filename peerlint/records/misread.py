"""Labels that are everyday words and stand before something else than what forms mostly ask for with them: "To" and
"From" of a memo, "Re" before the matter, "What" before the service."""

from __future__ import annotations

import re

from peerlint.records.labels import Field, Labels, label_words
from peerlint.records.words import any_of

_MAY_BE_CLOCK = re.compile(
    r"^\W*\d|\d[:.]\d\d|\d\s*[ap]\.?m?\b|\b(?:noon|midnight|n/?a|not|none|unknown)\b", re.IGNORECASE
)
_SERVICE = re.compile(r"\bpeer\s+(?:support|recovery)\b|\bPSS\b|\b[HTS]\d{4}\b", re.IGNORECASE)
_FEWEST_WORDS = 2
_MOST_WORDS_OF_A_SERVICE = 9


def field_by_value(labels: Labels, label: str, field: Field, value: str) -> Field | None:
    """The field that the label asks for, seen what stands behind it; None where that is no value of any field."""
    words = [word.plain for word in label_words(label)]
    if field.shape == "time" and len(words) == 1 and _is_of_a_memo(value):
        return None
    if field.key == "member_name" and len(words) == 1 and _SERVICE.search(value):
        return None
    if label.strip(" :").casefold() == "what":
        is_service = _SERVICE.search(value) and len(value.split()) <= _MOST_WORDS_OF_A_SERVICE
        return labels.named("Service" if is_service else "Narrative")
    return field


def is_matter(label: str, value: str) -> bool:
    """ "Subject: Peer Support visit, in person, library": the matter of a memo that names the service."""
    return label.strip(" :").casefold() in ("subject", "subj", "matter") and bool(_SERVICE.search(value))


def _is_of_a_memo(value: str) -> bool:
    """Whether words that are no clock time stand where one would: somebody's name, "the chart of Rosa Diaz"."""
    worded = len(value.split()) >= _FEWEST_WORDS and not any_of("unsigned").search(value)
    return worded and not _MAY_BE_CLOCK.search(value)
