"""Fixed phrases found in a row of words by their first word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence


class Phrasebook:
    """Phrases to look for. A star at the end of a single word stands for any ending; a hyphen is a blank."""

    def __init__(self, phrases: Iterable[str]) -> None:
        by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        known = [str(phrase).lower().replace("-", " ") for phrase in phrases]
        for phrase in known:
            parts = tuple(phrase.split())
            if parts and not phrase.endswith("*"):
                by_first[parts[0]].append(parts)
        for listed in by_first.values():
            listed.sort(key=len, reverse=True)
        self._openings = _Openings(by_first, tuple(phrase[:-1] for phrase in known if phrase.endswith("*")))

    def spans(self, row: Sequence[str]) -> Iterator[tuple[int, int]]:
        """First and one past the last word of each phrase found, the longest at each place, from left to right."""
        openings, end = self._openings, 0
        for at in [at for at, word in enumerate(row) if openings[word]]:
            if at >= end and (length := self._length_at(row, at)):
                end = at + length
                yield at, end

    def find(self, row: Sequence[str]) -> str:
        """The first phrase found, "" where there is none."""
        return next((" ".join(row[start:end]) for start, end in self.spans(row)), "")

    def _length_at(self, row: Sequence[str], at: int) -> int:
        for phrase in self._openings[row[at]]:
            if tuple(row[at : at + len(phrase)]) == phrase:
                return len(phrase)
        return 0


class _Openings(dict[str, tuple[tuple[str, ...], ...]]):
    """For each word met so far the phrases that it opens, the longest first; for a word with a known beginning, itself
    at last."""

    def __init__(self, by_first: Mapping[str, Sequence[tuple[str, ...]]], beginnings: tuple[str, ...]) -> None:
        self._by_first, self._beginnings = dict(by_first), beginnings

    def __missing__(self, word: str) -> tuple[tuple[str, ...], ...]:
        listed = tuple(self._by_first.get(word, ()))
        self[word] = found = (*listed, (word,)) if word.startswith(self._beginnings) else listed
        return found
