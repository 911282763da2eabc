"""What a value looks like, by the shape that its label asks for: enough to tell a value from more label text."""

from __future__ import annotations

import re

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)[a-z]*\.?,?\s+)?"
_DATE = (
    _WEEKDAY + r"(?:\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2,4}|\d{4}-\d{1,2}-\d{1,2}|\d{2} \d{2} (?:19|20)\d{2}"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}|\d{{1,2}}/\d{{4}})"
)
_CLOCK = (
    r"(?:\d{1,2}(?::\d{2})?\s*[ap]\.?(?:m\.?)?\b|\d{1,2}:\d{2}|(?:[01]\d|2[0-3])[0-5]\d\s*(?:h\b|hrs?\b)?"
    r"|noon|midnight)"
)
_NAME_WORD = r"(?:[A-ZÀ-Þ][\w'’.-]*|de|del|la|van|von|der|den|st\.)"

_PATTERNS = {
    "date": _DATE,
    "time": _CLOCK,
    "times": rf"{_CLOCK}\s*(?:-|–|—|→|/|to|until|till)\s*{_CLOCK}|\d{{1,2}}(?::\d{{2}})?\s*(?:-|–|—|to)\s*{_CLOCK}",
    "duration": r"(?:about\s+)?:?\d+(?:\.\d+)?\s*(?:min|hr|hour|h\b|m\b)?",
    "units": r"\d{1,3}(?:\.\d+)?(?![\d/:-])",
    "id": r"(?=[A-Z-]*\d)[A-Z0-9][A-Z0-9-]{3,}",
    "code": r"[A-Z]\d{4}\b|9\d{4}\b",
    "modifier": r"(?:HQ|GT|KX|U\d|H[A-Z]|GQ|95|93|FQ|TS|HE|HF)\b|none\b|n/a\b",
    "goals": r"(?:#|goal|no\.)?\s*\d{1,2}\b(?![/:])|\bgoal\b",
    "ticks": r"[☒☐]",
    "phone": r"\(?\d{3}\)?[\s.-]*\d{3}[\s.-]*\d{4}",
    "signature": r"/s/|_{3,}|\ufffc|e-?\s?signed\b"
    r"|(?:electronically|digitally)\s+signed\b|signed\s+(?:electronically|digitally)\b",
}
_FITTING = {shape: re.compile(rf"\s*(?:{pattern})", re.IGNORECASE) for shape, pattern in _PATTERNS.items()}
_NAME = re.compile(rf"\s*{_NAME_WORD}(?:,?\s+{_NAME_WORD}){{1,3}}?(?!\w)")
_BLANK = re.compile(r"[\s_.\-–—:/]*")

STRICT = frozenset(_FITTING) | {"name"}
"""Shapes that a value can be held against; "text" and "prose" can be anything."""


def fits(shape: str, text: str) -> bool:
    """Whether the text begins with a value of the shape."""
    if shape == "name":
        return bool(_NAME.match(text))
    return shape in _FITTING and bool(_FITTING[shape].match(text))


def fitting_end(shape: str, text: str) -> int:
    """How far into the text a value of the shape reaches; 0 where it does not begin with one."""
    match = _NAME.match(text) if shape == "name" else _FITTING[shape].match(text) if shape in _FITTING else None
    return match.end() if match else 0


def is_clock_time(text: str) -> bool:
    """Whether a single clock time stands there and nothing else."""
    return 0 < fitting_end("time", text) == len(text.rstrip(" ."))


def blank(text: str) -> bool:
    """Whether nothing is written: space, a rule to write on, or dashes."""
    return bool(_BLANK.fullmatch(text))
