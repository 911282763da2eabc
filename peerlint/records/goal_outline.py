"""Goals in an outline without words for them: Roman numerals or capital letters over figures and small letters."""

from __future__ import annotations

import re
from collections.abc import Iterable

from peerlint.records.lines import Line

_MARKS = {
    "roman": re.compile(r"\(?(?P<mark>[IVX]{1,4})[.)]\s+(?=\S)"),
    "capital": re.compile(r"\(?(?P<mark>[A-H])[.)]\s+(?=\S)"),
    "figure": re.compile(r"\(?(?P<mark>\d{1,2})[.)]\s*(?=\S|$)"),
    "letter": re.compile(r"\(?(?P<mark>[a-h])[.)]\s*(?=\S|$)"),
}
_OPENS = {"roman": "I", "capital": "A"}
_FEWEST = 2


class Outline:
    """The marks of a stretch of lines in the order in which they first stand. False where it is no outline."""

    def __init__(self, printed: Iterable[Line]) -> None:
        marks = [found for line in printed if not line.cells and (found := mark_of(line))]
        self.kinds = tuple(dict.fromkeys(kind for kind, _ in marks))
        opening = [mark for kind, mark in marks if self.kinds and kind == self.kinds[0]]
        self._holds = len(self.kinds) >= _FEWEST and opening[:1] == [_OPENS.get(self.kinds[0], "")]

    def __bool__(self) -> bool:
        return self._holds

    def depth(self, line: Line) -> int | None:
        """0 for a goal, 1 for what stands below it, and so on; None for a line without a mark."""
        found = mark_of(line)
        return self.kinds.index(found[0]) if found and found[0] in self.kinds else None

    @property
    def has_objectives(self) -> bool:
        return len(self.kinds) > _FEWEST


def mark_of(line: Line) -> tuple[str, str] | None:
    """The kind of a line's mark and the mark itself."""
    text = f"{line.bullet} {line.text}" if line.bullet else line.text
    for kind, pattern in _MARKS.items():
        if match := pattern.match(text):
            return kind, match["mark"]
    return None


def unmarked(line: Line) -> str:
    """The line without its mark."""
    if line.bullet:
        return line.text
    return next((line.text[match.end() :] for p in _MARKS.values() if (match := p.match(line.text))), line.text)
