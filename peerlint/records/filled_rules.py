"""Values written on the rules of a paper form: "Name __Rosa Diaz__  MID __948217305K__  Units ______"."""

from __future__ import annotations

import re

_FILLED = re.compile(r"(?P<label>[^_\t]*?)[\s:]*(?<!_)_+(?P<value>[^_\s](?:[^_\t]*[^_\s])?)_+(?!_)[ \t]*")
_BLANK = re.compile(r"(?P<label>[^_\s:](?:[^_\t:]*[^_\s:])?)[\s:]*_{3,}[ \t]*")
_LED_RULES = re.compile(r"([^_\t]*[A-Za-z.#)]\s*)(_{4,}\s*)")
_FEWEST_RULES = 2
_IS_FILLED = re.compile(r"(?<!_)_{2,}[^_\s](?:[^_\t]*[^_\s])?_{2,}(?!_)")


def without_rules(text: str) -> str:
    """A line whose values stand on rules, with a colon behind each label and a gap behind each value, filled or not.
    Of a line without a value between two rules, only several blank ones get their labels' colons."""
    if not _IS_FILLED.search(text):
        return _with_colons(text)
    cut, position = "", 0
    while match := _FILLED.match(text, position) or _BLANK.match(text, position):
        label, value = match["label"].strip(), match.groupdict().get("value") or ""
        cut += f"{label}: {value}\t" if label else f"{value}\t"
        position = match.end()
    return (cut + text[position:]).rstrip("\t ")


def _with_colons(text: str) -> str:
    """ "Staff signature ________ Date ______" with a colon behind each label and a gap behind each rule."""
    led = _LED_RULES.findall(text)
    if len(led) < _FEWEST_RULES or "".join("".join(parts) for parts in led) != text.rstrip() or ":" in text:
        return text
    return "\t".join(f"{label.strip()}: {rule.strip()}" for label, rule in led)
