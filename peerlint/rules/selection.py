"""Which rules a run asks: by code, by the beginning of a code, or by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches

from peerlint.rules.base import REGISTRY, Rule


class SelectionError(Exception):
    """A word that names no rule; the message is one line for the user."""


def selection(wanted: Sequence[str], unwanted: Sequence[str]) -> Callable[[Rule], bool]:
    """Whether a rule is asked: all but ``unwanted`` where ``wanted`` is empty. Raises ``SelectionError``."""
    chosen = {code for word in wanted for code in _codes(word)} if wanted else set(REGISTRY)
    refused = {code for word in unwanted for code in _codes(word)}
    return lambda rule: rule.code in chosen - refused


def _codes(word: str) -> list[str]:
    codes = [r.code for r in REGISTRY.values() if r.code.startswith(word.upper()) or r.name == word.lower()]
    if not codes:
        close = get_close_matches(word, [*REGISTRY, *(r.name for r in REGISTRY.values())], n=1, cutoff=0.5)
        hint = f"; did you mean {close[0]}?" if close else "; 'peerlint rules' lists them all"
        raise SelectionError(f"no rule is called {word!r}{hint}")
    return codes
