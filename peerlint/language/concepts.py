"""Life domains that a text is about (housing, sobriety, parenting ...), told by the words of ``concepts.yaml``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from math import sqrt
from typing import TYPE_CHECKING

from peerlint.language.lexicon import lexicon
from peerlint.language.words import stem, stems

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def concepts(words: Iterable[str]) -> dict[str, float]:
    """The domains that words of a text tell and how strongly; a term of several domains counts for each in part."""
    found: dict[str, float] = defaultdict(float)
    row, openings = list(words), _openings()
    known: dict[str, tuple[str, ...]] = {}
    for at, opened in [(at, opened) for at, word in enumerate(row) if (opened := openings[word])]:
        known.update(opened.alone)
        for rest, term, domains in opened.longer.get(stem(row[at + 1]), ()) if at + 1 < len(row) else ():
            if [stem(word) for word in row[at + 2 : at + 2 + len(rest)]] == rest:
                known[term] = domains
    for _, domains in sorted(known.items()):
        for domain in domains:
            found[domain] += 1 / len(domains)
    return dict(found)


def direction(words: Iterable[str]) -> NDArray[np.float32]:
    """The domains that words of a text tell as a row of length 1, all zeros where none is told.

    The product of two rows (0 to 1) is how far two texts are about the same domains.
    """
    import numpy as np

    found = concepts(words)
    length = sqrt(sum(strength * strength for strength in found.values()))
    row = np.zeros(len(_places()), np.float32)
    for domain, strength in found.items():
        row[_places()[domain]] = strength / length
    return row


@cache
def _places() -> dict[str, int]:
    return {domain: place for place, domain in enumerate(lexicon("concepts")["concepts"])}


@dataclass
class _Opened:
    """The terms that begin with one stem: that of this stem alone, and by their second stem those that go on, each with
    the rest of its stems. A term goes with its domains."""

    alone: dict[str, tuple[str, ...]] = field(default_factory=dict)
    longer: dict[str, list[tuple[list[str], str, tuple[str, ...]]]] = field(default_factory=dict)


class _Openings(dict[str, _Opened | None]):
    """The terms that each word met so far opens, whatever its ending; None for most."""

    def __init__(self) -> None:
        self._by_stem: dict[str, _Opened] = defaultdict(_Opened)
        for term, domains in _terms().items():
            first, *others = term.split(" ")
            if others:
                self._by_stem[first].longer.setdefault(others[0], []).append((others[1:], term, domains))
            else:
                self._by_stem[first].alone[term] = domains

    def __missing__(self, word: str) -> _Opened | None:
        self[word] = found = self._by_stem.get(stem(word))
        return found


_openings = cache(_Openings)


@cache
def _terms() -> dict[str, tuple[str, ...]]:
    known: dict[str, list[str]] = defaultdict(list)
    for domain, terms in lexicon("concepts")["concepts"].items():
        for term in terms:
            key = " ".join(stems(str(term)))
            if domain not in known[key]:
                known[key].append(domain)
    return {term: tuple(found) for term, found in known.items()}
