"""Lines that begin with a label and print no colon behind it, told by their company: "Client Arlene Mosby" above
"Medicaid ID 950218976W", "Day of the visit - 3/25/2025" above "From - 4 pm", "4 (Units)" above "Home (Place)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from peerlint.records.captions import is_name_with_credentials
from peerlint.records.contact import contact_types
from peerlint.records.labels import LONGEST_LABEL, Labels, label_words
from peerlint.records.nearest import nearest
from peerlint.records.shapes import fits

_FEWEST_LINES = 3
_MOST_WORDS_OF_A_VALUE = 8
_LONGEST_LABEL = 45
_DASHED = re.compile(r"\s*(?P<label>[A-Z][^-–—:.!?|\t]{1,44}?)\s+[-–—=]\s+(?P<value>\S.*)")
_OTHERWISE_SET = re.compile(r":|\.\.|\t|\s{3}|\s[|•·]\s")
_BRACKETED = re.compile(r"\s*(?P<value>[^():]{1,60}?)\s*\((?P<label>[^()]{2,40})\)\s*")
_GAP = re.compile(r"\t|\s{3,}")
_LEFT = re.compile(r"[A-Z](?:[^:☒☐.!?,\d]|\bno\.|[.](?=\w)){1,44}")
_SIGNED = re.compile(r"\s*(?P<label>(?:[A-Za-z']+\s+){0,3}[Ss]ignature)\s+(?P<value>[/A-Z].*)")


def with_colons(texts: Sequence[str], labels: Labels) -> dict[int, str]:
    """Number of each text that begins with a label without a colon -> the text with one.

    One such line may be a sentence; three that follow one another are a form. "Signature" before what can be nothing
    else needs no company."""
    found = {number: _joined(parts) for number, text in enumerate(texts) if (parts := _signed(text))}
    for led in (_by_dash, _by_words, _by_brackets):
        found |= _in_company([led(text, labels) for text in texts])
    return found | _in_columns(texts, labels)


def _in_company(led: Sequence[tuple[str, str] | None]) -> dict[int, str]:
    """The lines of stretches in which enough lines follow one another that are led by a label."""
    found: dict[int, str] = {}
    for is_led, stretch in groupby(enumerate(led), key=lambda item: item[1] is not None):
        lines = list(stretch)
        if is_led and len(lines) >= _FEWEST_LINES:
            found |= {number: _joined(parts) for number, parts in lines if parts}
    return found


def _in_columns(texts: Sequence[str], labels: Labels) -> dict[int, str]:
    """The lines of stretches that hold each a short text, a gap and one more text, where most of the texts on the left
    are labels: the others are labels too."""
    found: dict[int, str] = {}
    for is_led, stretch in groupby(
        enumerate([_by_gap(text, labels) for text in texts]), key=lambda item: bool(item[1])
    ):
        lines = [(number, parts) for number, parts in stretch if parts]
        known = sum(_is_label(labels, *parts) for _, parts in lines)
        if is_led and known >= _FEWEST_LINES and 2 * known >= len(lines):
            found |= {number: _joined(parts) for number, parts in lines}
    return found


def _is_label(labels: Labels, label: str, value: str) -> bool:
    return bool(labels.named(label) or nearest(labels, label, value))


def _by_gap(text: str, labels: Labels) -> tuple[str, str] | None:
    """A short text and what stands behind a gap; None where that is a label too, as in a row of captions."""
    parts = [part.strip() for part in _GAP.split(text.strip())]
    if len(parts) != 2 or not _LEFT.fullmatch(parts[0]):
        return None
    asked = labels.named(parts[0])
    may_be_value = not labels.named(parts[1]) or bool(asked and asked.shape == "ticks" and contact_types(parts[1]))
    return (parts[0], parts[1]) if may_be_value else None


def _joined(parts: tuple[str, str]) -> str:
    return ": ".join(parts)


def _signed(text: str) -> tuple[str, str] | None:
    match = _SIGNED.fullmatch(text)
    if match and (fits("signature", match["value"]) or is_name_with_credentials(match["value"].replace("/s/", ""))):
        return match["label"], match["value"]
    return None


def _by_dash(text: str, labels: Labels) -> tuple[str, str] | None:
    match = _DASHED.fullmatch(text)
    if match and (labels.named(match["label"]) or nearest(labels, match["label"], match["value"])):
        return match["label"], match["value"]
    return None


def _by_brackets(text: str, labels: Labels) -> tuple[str, str] | None:
    """ "4 (Units)" and "Community garden (Location)": the label in brackets behind the value."""
    match = _BRACKETED.fullmatch(text)
    return (match["label"], match["value"]) if match and labels.named(match["label"]) else None


def _by_words(text: str, labels: Labels) -> tuple[str, str] | None:
    """The longest label that the line begins with, and a short value behind it that no sentence would have there."""
    if not text[:1].isupper() or text.rstrip().endswith((".", "!", "?", ",")) or _OTHERWISE_SET.search(text):
        return None
    return next(_splits(text, labels), None)


def _splits(text: str, labels: Labels) -> Iterator[tuple[str, str]]:
    words = label_words(text)[:LONGEST_LABEL]
    for count in range(len(words) - 1, 0, -1):
        end = words[count - 1].end
        value = text[end:].strip(" #")
        if (
            end > _LONGEST_LABEL
            or text[end] not in " #"
            or not (value[:1].isupper() or value[:1].isdigit() or value[:1] in "☒☐/")
        ):
            continue
        field = labels.find([word.plain for word in words[:count]])
        if field and field.shape != "prose" and len(value.split()) <= _MOST_WORDS_OF_A_VALUE:
            yield text[:end], value
