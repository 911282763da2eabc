"""Wordlists of this package: phrases kept as data, compiled into patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def wordlist(name: str) -> Any:
    """The data of ``name`` ("plans.yaml") beside the readers."""
    text = (files("peerlint.records") / name).read_text("utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the phrases (regular expressions) as whole words, in any case."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)", re.IGNORECASE)
