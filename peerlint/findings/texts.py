"""One walk over every text of a report, and the form in which record text is safe to show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")

_TERMINAL_ORDERS = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\^_])")


def map_texts(thing: T, change: Callable[[str], str]) -> T:
    """``thing`` with ``change`` applied to every text in it, however deep; keys of mappings are left alone."""
    return _mapped(thing, change)  # type: ignore[no-any-return]


def _mapped(thing: Any, change: Callable[[str], str]) -> Any:
    if isinstance(thing, str):
        return change(thing)
    if isinstance(thing, list):
        return [_mapped(item, change) for item in thing]
    if isinstance(thing, dict):
        return {key: _mapped(value, change) for key, value in thing.items()}
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(thing, **{f.name: _mapped(getattr(thing, f.name), change) for f in fields(thing)})
    return thing


def printable(text: str) -> str:
    """``text`` on one line, without what could steer a terminal or turn the direction of reading.

    Control, format (bidi and zero-width), private and unpaired surrogate characters are dropped; white space becomes
    one space. Such characters are also what XML cannot hold.
    """
    if text.isprintable():
        return text
    spaced = " ".join(_TERMINAL_ORDERS.sub("", text).split())
    return "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
