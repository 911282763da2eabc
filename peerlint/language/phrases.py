"""Fixed phrases found in a row of words by their first word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence


class Phrasebook:
    """Phrases to look for. A star at the end of a single word stands for any ending; a hyphen is a blank."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        known = [str(phrase).lower().replace("-", " ") for phrase in phrases]
        self._stems: tuple[str, ...] = tuple(phrase[:-1] for phrase in known if phrase.endswith("*"))
        for phrase in known:
            parts = tuple(phrase.split())
            if parts and not phrase.endswith("*"):
                self._by_first[parts[0]].append(parts)
        for listed in self._by_first.values():
            listed.sort(key=len, reverse=True)

    def spans(self, row: Sequence[str]) -> Iterator[tuple[int, int]]:
        """First and one past the last word of each phrase found, the longest at each place, from left to right."""
        at = 0
        while at < len(row):
            length = self._length_at(row, at)
            if length:
                yield at, at + length
            at += length or 1

    def find(self, row: Sequence[str]) -> str:
        """The first phrase found, "" where there is none."""
        return next((" ".join(row[start:end]) for start, end in self.spans(row)), "")

    def _length_at(self, row: Sequence[str], at: int) -> int:
        for phrase in self._by_first.get(row[at], ()):
            if tuple(row[at : at + len(phrase)]) == phrase:
                return len(phrase)
        return int(bool(self._stems) and row[at].startswith(self._stems))
