"""Word lists of the record readers, as data (``words.yaml``)."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml


@cache
def _lists() -> dict[str, list[str]]:
    text = (files("peerlint.records") / "words.yaml").read_text("utf-8")
    lists: dict[str, list[str]] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return lists


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(_lists()[name])


def alternatives(name: str) -> str:
    """The words of a list as alternatives of a regular expression, longest first."""
    ordered = sorted(_lists()[name], key=len, reverse=True)
    return "|".join(re.sub(r"(?:\\ |\\-)+", r"[\\s-]+", re.escape(word)).replace(":", r"\s*[:=]?") for word in ordered)


@cache
def any_of(name: str) -> re.Pattern[str]:
    """A pattern that finds any word of a list, in any case."""
    return re.compile(rf"(?<![\w-])(?:{alternatives(name)})(?![\w-]|\.\d)", re.IGNORECASE)
