"""Wordlists that rules look for, read once from ``rulesets/lexicons`` when a rule first asks.

A phrase matches as whole words in any case; a phrase in capitals ("ACT") matches in capitals only. ``*`` stands for the
rest of a word, `` ... `` for up to six words between two parts of a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import yaml

from peerlint.documents.model import UNTICKED
from peerlint.records.model import Section
from peerlint.rules.base import Evidence
from peerlint.shelf import rulesets_folder

_GAP = r"\W+(?:[\w'’]+\W+){0,6}?"
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!Mr.)(?<!Ms.)(?<!Mrs.)(?<!Dr.)(?<!St.)[\"'”’)]*\s+|\n+|\t+")
_UNTICKED_CHOICE = re.compile(rf"{UNTICKED}[^{UNTICKED}☒\n\t]*")


@cache
def _lexicon(name: str) -> dict[str, Any]:
    path = rulesets_folder() / "lexicons" / f"{name}.yaml"
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


@cache
def phrases(name: str, *keys: str) -> tuple[str, ...]:
    """The phrases of a lexicon under the given keys, in the order of the file."""
    lists = _lexicon(name)
    return tuple(phrase for key in keys for phrase in lists[key])


@cache
def _pattern(wanted: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(_expression(phrase) for phrase in wanted) or r"(?!)")


def _expression(phrase: str) -> str:
    body = re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ \.\.\.\ ", _GAP).replace(r"\ ", r"[\s\-/]+")
    return rf"(?<!\w){body}(?!\w)" if phrase.isupper() else rf"(?i:(?<!\w){body}(?!\w))"


def mention(wanted: Sequence[str], text: str) -> str:
    """The first of the phrases in the text, as written there; "" where there is none."""
    found = _pattern(tuple(wanted)).search(text)
    return found.group() if found else ""


def mentions(wanted: Sequence[str], text: str) -> tuple[str, ...]:
    """All of the phrases in the text, as written there."""
    return tuple(found.group() for found in _pattern(tuple(wanted)).finditer(text))


def sentences(text: str) -> Iterator[str]:
    """Sentences and lines of a text, choices that were not ticked left out."""
    ticked = _UNTICKED_CHOICE.sub("", text)
    return (part.strip() for part in _SENTENCE_END.split(ticked) if part.strip())


def telling(wanted: Sequence[str], text: str, but_not: Sequence[str] = ()) -> str:
    """The first sentence that holds one of the phrases and none of ``but_not``; "" where there is none."""
    for sentence in sentences(text):
        if mention(wanted, sentence) and not (but_not and mention(but_not, sentence)):
            return sentence
    return ""


def passage(wanted: Sequence[str], sections: Iterable[Section], but_not: Sequence[str] = ()) -> Evidence | None:
    """The first sentence of the sections that holds one of the phrases, with its place."""
    for section in sections:
        if sentence := telling(wanted, section.text, but_not):
            return Evidence(sentence, section.place, section.heading)
    return None


@cache
def lexicon_lists(name: str, key: str) -> tuple[tuple[str, ...], ...]:
    """A list of lists of a lexicon: the names of one thing each."""
    return tuple(tuple(names) for names in _lexicon(name)[key])
