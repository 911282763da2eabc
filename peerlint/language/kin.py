"""Relatives who are called by their name: "sister Keisha" in a plan makes Keisha the sister in the notes under it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from peerlint.language.cues import word_groups

_NAME = r"[A-Z][a-z]+(?:-[A-Z][a-z]+)?"
_PARENT = "(?:dad|daddy|father|papa|mom|mama|momma|mother|parent)"
_PARENTED = re.compile(rf"\b({_NAME})['’]s {_PARENT}\b")
"""Whose parent somebody is called ("to be Amaya's dad again"): a child."""
_NO_NAMES = frozenset(
    ("He", "She", "They", "I", "We", "It", "The", "This", "That", "Her", "His", "Their", "My", "And", "But", "So")
    + ("Then", "When", "After", "Today", "Mr", "Mrs", "Ms", "Dr")
)


def named_kin(*texts: str) -> Mapping[str, str]:
    """For each first name (lower case) that the texts give to somebody close to the member, what that person is."""
    found: dict[str, str] = {}
    for text in texts:
        found.update(_named_in(text))
    return found


@lru_cache(maxsize=256)
def _named_in(text: str) -> Mapping[str, str]:
    return {name.lower(): kin.lower() for name, kin in _pairs(text) if name not in _NO_NAMES}


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for kin, names in _kin_first().findall(text):
        yield from ((name, kin) for name in re.findall(_NAME, names))
    yield from _name_first().findall(text)
    yield from ((name, "child") for name in _PARENTED.findall(text))


@cache
def _kin_first() -> re.Pattern[str]:
    """ "her sister Keisha", "children, Bao and Linh"."""
    return re.compile(rf"\b{_kin()},? ({_NAME}(?:(?:, (?:and )?| and | & ){_NAME})*)")


@cache
def _name_first() -> re.Pattern[str]:
    """ "Keisha (her sister)", "Dre, his cousin", "Amaya is her oldest daughter"."""
    return re.compile(rf"\b({_NAME})(?:,| \(| is|,? who is|'s) (?:her|his|their|the member's) (?:\w+ )?{_kin()}\b")


@cache
def _kin() -> str:
    words = {word for group in ("KIN", "KID") for word in word_groups()[group] if word.isalpha()}
    return "(" + "|".join(sorted(words, key=len, reverse=True)) + ")"
