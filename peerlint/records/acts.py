"""Dated acts of professionals that a record tells of: an assessment completed, a service ordered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from peerlint.documents.model import Place
from peerlint.records.credentials import find_credentials
from peerlint.records.dates import dates_in
from peerlint.records.lines import Line
from peerlint.records.model import DatedAct
from peerlint.records.wordlists import any_of, wordlist

_SENTENCE = re.compile(r"(?<!\bDr\.)(?<!\bMs\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\b[A-Z]\.)(?<=[.;])\s+(?=[A-Z(])|\n")
_BY = re.compile(
    r"\b(?:by|from|with)\s+(?P<who>(?:Dr\.?\s+|Ms\.?\s+|Mr\.?\s+)?[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){0,3}(?:,\s*[A-Z][A-Za-z.-]{1,8}\b(?![a-z]))*)"
)
_DOCTOR = re.compile(r"(?:Dr\.?\s+)[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){0,2}(?:,\s*[A-Z][A-Za-z.-]{1,8}\b)*")
_CREDENTIALED = re.compile(
    r"\b(?=(?P<who>[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){1,3},\s*(?P<letters>[A-Z][A-Za-z-]{1,8}\b(?:,\s*[A-Z][A-Z-]{1,8}\b)*)))"
)
_NEXT = re.compile(r"\b(?:next|annual|update|re-?assessment)\b[^.]{0,40}\b(?:due|on|by|scheduled)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Telling:
    """How a record tells of an act: the words that name it, and words that only sound like it."""

    naming: re.Pattern[str]
    misleading: re.Pattern[str]


@cache
def assessing() -> Telling:
    return Telling(any_of(wordlist("plans.yaml")["assessment"]), _NEXT)


@cache
def ordering() -> Telling:
    data = wordlist("plans.yaml")
    return Telling(any_of(data["order"]), any_of(data["not_an_order"]))


@cache
def _pending() -> re.Pattern[str]:
    return any_of(wordlist("plans.yaml")["pending"])


def labelled_act(text: str, place: Place) -> DatedAct | None:
    """The act told under its own label ("Service order: Dr. A. Pell, MD, 05/09/2025"); None where nothing is told."""
    if not text.strip(" .-–—_\t\n") or re.fullmatch(r"\W*(?:n/?a|none|not applicable|no)\W*", text, re.IGNORECASE):
        return None
    return _act(text.strip(), place)


def acts_in(lines: Iterable[Line], telling: Telling) -> Iterator[DatedAct]:
    """The acts told in running text or in table rows: sentences that name the act and give a date, or say that it is
    pending."""
    for line in lines:
        for sentence in _SENTENCE.split(line.text):
            if not telling.naming.search(sentence) or telling.misleading.search(sentence):
                continue
            act = _act(sentence.strip(), line.place)
            if act.on or act.pending:
                yield act


def unique(acts: Iterable[DatedAct]) -> tuple[DatedAct, ...]:
    """Each act once: one that is told again with the same date and no other author adds nothing."""
    kept: list[DatedAct] = []
    for act in acts:
        if not any(
            act.on == other.on and act.pending == other.pending and (not act.by or act.by == other.by) for other in kept
        ):
            kept.append(act)
    return tuple(kept)


def _act(text: str, place: Place) -> DatedAct:
    found = next((written for written in dates_in(text) if written.meaning), None)
    done = found is not None and not (
        _pending().search(text[: found.start])
        and re.search(r"\b(?:scheduled|set|appointment)\b", text[: found.start], re.IGNORECASE)
    )
    pending = not done and bool(_pending().search(text))
    return DatedAct(text, place, found.meaning if found and done else None, _author(text), pending)


def _author(text: str) -> str:
    """Who acted, as written: the name behind "by", before a credential, or of a doctor."""
    if by := next((m for m in _BY.finditer(text) if find_credentials(m["who"]) or "Dr" in m["who"]), None):
        return by["who"].strip(" ,.")
    if doctor := _DOCTOR.search(text):
        return doctor[0].strip(" ,.")
    if named := next((m for m in _CREDENTIALED.finditer(text) if find_credentials(m["letters"])), None):
        return named["who"].strip(" ,.")
    by = _BY.search(text)
    return by["who"].strip(" ,.") if by else ""
