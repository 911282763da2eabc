"""Life domains that a text is about (housing, sobriety, parenting ...), told by the words of ``concepts.yaml``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from math import sqrt
from typing import TYPE_CHECKING

from peerlint.language.lexicon import lexicon
from peerlint.language.words import stem, stems

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LONGEST = 3  # words of the longest term


def concepts(words: Iterable[str]) -> dict[str, float]:
    """The domains that words of a text tell and how strongly; a term of several domains counts for each in part."""
    found: dict[str, float] = defaultdict(float)
    row = [stem(word) for word in words]
    known, openings = _terms(), _openings()
    terms = {
        term
        for at, first in enumerate(row)
        if first in openings
        for end in range(at + 1, at + _LONGEST + 1)
        if (term := " ".join(row[at:end])) in known
    }
    for term in sorted(terms):
        domains = known[term]
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


@cache
def _openings() -> frozenset[str]:
    """First words of the terms."""
    return frozenset(term.split(" ", 1)[0] for term in _terms())


@cache
def _terms() -> dict[str, tuple[str, ...]]:
    known: dict[str, list[str]] = defaultdict(list)
    for domain, terms in lexicon("concepts")["concepts"].items():
        for term in terms:
            key = " ".join(stems(str(term)))
            if domain not in known[key]:
                known[key].append(domain)
    return {term: tuple(found) for term, found in known.items()}
