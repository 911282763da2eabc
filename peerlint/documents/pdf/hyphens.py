"""Joins a line to the next where a word was parted at the line's end."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PREFIXES = frozenset(
    [
        "self",
        "non",
        "co",
        "follow",
        "check",
        "face",
        "one",
        "two",
        "three",
        "part",
        "full",
        "long",
        "short",
        "high",
        "low",
        "mid",
        "pre",
        "post",
        "re",
        "ex",
        "step",
        "well",
        "peer",
        "over",
        "under",
        "anti",
        "semi",
        "multi",
        "cross",
        "in",
        "out",
        "up",
        "on",
        "off",
        "old",
        "new",
        "day",
        "time",
        "evidence",
        "person",
        "trauma",
    ]
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PARTED = re.compile(r"([^\W\d_]+)-$")
_CUT_DATE = re.compile(r"(?<!\d)\d{1,2}/\d{1,2}/\d{1,3}$")  # a date too wide for its cell
_YEAR_REST = re.compile(r"\d{1,3}(?=\s|$)")
_DATE = re.compile(r"(?<!\d)\d{1,2}/\d{1,2}/\d{4}$")
_REST = re.compile(r"^([^\W\d_]+)")


class Hyphens:
    """Knows the words of one document, to tell "hous-/ing" from "step-/down"."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = {word.lower() for text in texts for word in _WORD.findall(text)}

    def join(self, line: str, following: str) -> str:
        """Two pieces of one paragraph as one: with a space, or with the parted word whole again."""
        year_rest = _YEAR_REST.match(following)
        if year_rest and _CUT_DATE.search(line) and _DATE.search(line + year_rest[0]):
            return line + following
        parted, rest = _PARTED.search(line), _REST.match(following)
        if line.endswith("-") and following[:1].isalnum() and not (parted and rest):
            return line + following
        if not parted or not rest:
            return f"{line} {following}"
        if self._is_compound(parted[1].lower(), rest[1]):
            return line + following
        return line[:-1] + following

    def _is_compound(self, head: str, tail: str) -> bool:
        if not tail.islower() or f"{head}-{tail}" in self._words:
            return True
        if head + tail in self._words:
            return False
        return head in _PREFIXES or head in self._words or (len(tail) > 2 and tail in self._words)
