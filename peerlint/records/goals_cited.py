"""Goals that a note cites, by number or by words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from peerlint.records.entries import Entry
from peerlint.records.model import Section, Value
from peerlint.records.ticks import chosen

_NUMBER = r"#?\s*\d{1,2}(?![\d/%]|:\d)(?:\.\d+|\s?[a-z](?![a-z]))?"
_LIST = rf"{_NUMBER}(?:\s*(?:,|&|and|;|/|\+|\band\b)+\s*(?:(?:goals?|objectives?|#)\s*)?{_NUMBER})*"
_LEADING = re.compile(
    r"^[\W_]*(?:(?:pcp|plan|srg|lrg|recovery|icp|isp|goals?|objectives?|outcomes?|short[- ]range|long[- ]range|other"
    rf"|no\.?|number|s)\b\W*)*(?P<list>{_LIST}(?:\s*(?:-|–|to|through)\s*\d{{1,2}}(?![\d/:%-]))?)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"\b(?:goals?|srg|lrg|outcome|short[- ](?:range|term) goals?)\s*(?:no\.?|number|numbers)?\s*(?P<list>{_LIST})",
    re.IGNORECASE,
)
_ENUMERATED = re.compile(r"(?:^|\s)(\d{1,2})\)\s+[a-z]", re.IGNORECASE)
_WORDED = re.compile(r";\s*#?(\d{1,2})\s*[-–—.:)]\s+[A-Z]")
_RANGE = re.compile(r"(\d{1,2})\s*(?:-|–|to|through)\s*(\d{1,2})$")
_HIGHEST = 20
_SPELLED = {word: number for number, word in enumerate(("one", "two", "three", "four", "five", "six"), 1)}


def goals_cited(entries: Iterable[Entry], sections: Iterable[Section]) -> Value[tuple[int, ...]] | None:
    """The goals under the note's own label, else those cited in its narrative. Words alone give an empty meaning."""
    entries = list(entries)
    texts = [(entry, _said(entry)) for entry in entries]
    said = [(entry, text) for entry, text in texts if text]
    if said:
        numbers = tuple(dict.fromkeys(number for _, text in said for number in goal_numbers(text)))
        first = said[0][0]
        return Value("\n".join(text for _, text in said), numbers, first.place, first.label, first.source)
    if cited := _in_prose(sections):
        return cited
    if len(entries) == 1 and (numbers := goal_numbers(entries[0].label)):
        return Value(entries[0].label, numbers, entries[0].place, entries[0].label, entries[0].source)
    return Value("", None, entries[0].place, entries[0].label, entries[0].source) if entries else None


def _said(entry: Entry) -> str:
    """The goal with the number that stands in its label ("Goal 2: Find housing")."""
    text = chosen(entry.text)
    number = re.search(r"\d{1,2}\s*$", entry.label)
    return f"{entry.label} {text}".strip() if number and text else text


def goal_numbers(text: str) -> tuple[int, ...]:
    """The numbers of the goals that the text of a goal field cites: "1, 3", "#2 (panic)", "Goal 4 - court fees"."""
    if (said := text.strip(" .#").casefold()) in _SPELLED:
        return (_SPELLED[said],)
    found: list[int] = []
    if match := _LEADING.match(text):
        found += _numbers(match["list"])
    for match in _NAMED.finditer(text):
        found += _numbers(match["list"])
    for match in _ENUMERATED.finditer(text):
        found += _numbers(match[1])
    for line in text.split("\n")[1:]:
        if match := _LEADING.match(line):
            found += _numbers(match["list"])
    for match in _WORDED.finditer(text):
        found += _numbers(match[1])
    return tuple(dict.fromkeys(found))


def _numbers(listed: str) -> list[int]:
    if match := _RANGE.search(listed):
        first, last = int(match[1]), int(match[2])
        if first < last <= _HIGHEST:
            return [*_numbers(listed[: match.start()].rstrip(" ,;&")), *range(first, last + 1)]
    numbers = [int(match) for match in re.findall(r"(?<![\d.])\d{1,2}", listed)]
    return [number for number in numbers if 0 < number <= _HIGHEST]


def _in_prose(sections: Iterable[Section]) -> Value[tuple[int, ...]] | None:
    for section in sections:
        matches = list(_NAMED.finditer(section.text))
        numbers = tuple(dict.fromkeys(number for match in matches for number in _numbers(match["list"])))
        if numbers:
            return Value(matches[0][0], numbers, section.place)
    return None
