"""A letter or memorandum that tells in one sentence what other notes print at their head: "I saw Rosa Diaz, Medicaid
no. 948217305K, on May 20, 2025, from 10:00 until 11:15 (5 units), at the public library"."""

from __future__ import annotations

import re

from peerlint.documents.model import Paragraph, Part
from peerlint.records.codes import CODE
from peerlint.records.contact import is_place, names_a_place
from peerlint.records.dates import dates_in
from peerlint.records.form import Form
from peerlint.records.model import Value
from peerlint.records.times import read_span

_LONGEST = 700
_FEWEST_WORDS = 10
_MOST_WORDS_OF_A_PLACE = 10
_TELLS = re.compile(r"\b(?:I|we|met|saw|seen|gave|visited|called|provided|worked|talked)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(
    r"(?<!\bno)(?<!\b[ap]\.m)(?<!\bnum)(?<!\b[FSM]t)(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)\.\s+(?=[A-Z])"
)
_AT = re.compile(
    r"\b(?P<how>at|in|on)\s+(?P<place>(?:the\s+|a\s+|his\s+|her\s+|their\s+|our\s+)?(?:\b(?:Mt|St|Ft|Dr|Ave|Blvd)\.|[^,.;()\n])+?)"
    r"(?P<kind>\s*\([^()]{3,40}\))?(?=\s*(?:[,;:\n]|\.(?:\s|$)|$)|\s+(?:which|where|who|to|for|and|from|because|so|about)\b)"
)
_SERVICE = re.compile(
    r"\b(?:individual\s+|group\s+)?peer\s+(?:support|recovery)(?:\s+(?:services?|coaching|session|visit|contact))?\b"
    r"|\bPSS\b|\brecovery coaching\b",
    re.IGNORECASE,
)


def telling_sentence(form: Form) -> Paragraph | None:
    """The first running text that tells from when until when somebody was seen, beside a date, a code or an ID."""
    for block in form.blocks:
        if not isinstance(block, Paragraph) or block.place.part is not Part.BODY:
            continue
        told = _first_sentences(block.text)
        if len(told.split()) < _FEWEST_WORDS or not _tells(told) or not read_span(told):
            continue
        if next(dates_in(told), None) or CODE.search(told) or "edicaid" in told:
            return block
    return None


def told_service(form: Form) -> Value[str] | None:
    """The service that the sentence names."""
    sentence = telling_sentence(form)
    match = _SERVICE.search(_first_sentences(sentence.text)) if sentence else None
    return Value(match[0], match[0], sentence.place, source=sentence.source) if sentence and match else None


def told_place(form: Form) -> Value[str] | None:
    """The place that the sentence names: one of the kinds that forms know, else where it says at what it took place."""
    sentence = telling_sentence(form)
    if sentence is None:
        return None
    found = [match for match in _AT.finditer(_first_sentences(sentence.text)) if _may_be_place(match)]
    match = next((match for match in found if _is_known(match)), None)
    match = match or next((match for match in found if match["how"] == "at"), None)
    if match is None:
        return None
    said = match["place"] + (match["kind"] or "")
    return Value(said, said, sentence.place, source=sentence.source)


def _tells(text: str) -> bool:
    """Whether the words tell of a contact or name the service or its code."""
    return bool(_TELLS.search(text) or _SERVICE.search(text) or CODE.search(text))


def _first_sentences(text: str) -> str:
    """The sentences up to the one that holds the clock times."""
    told = ""
    for sentence in _SENTENCE_END.split(text[:_LONGEST]):
        told = f"{told}. {sentence}" if told else sentence
        if read_span(sentence):
            break
    return told


def _may_be_place(match: re.Match[str]) -> bool:
    words = match["place"].split()
    dated = next(dates_in(match["place"]), None)
    return len(words) <= _MOST_WORDS_OF_A_PLACE and not dated and not any(word.isdigit() for word in words)


def _is_known(match: re.Match[str]) -> bool:
    bare = re.sub(r"^(?:the|a|his|her|their|our)\s+", "", match["place"])
    parts = re.split(r"\s+(?:of|on|in|near|by)\s+", bare)
    kind = (match["kind"] or "").strip(" ()")
    return is_place(kind) or any(is_place(part) or names_a_place(part) for part in (bare, *parts))
