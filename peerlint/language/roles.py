"""Which parts a sentence plays in a note: a small linear model over words and pieces of words.

A sentence is a bag of features: its words, pairs of neighbouring words, its opening words, and the pieces of three to
five letters of each word. A feature is hashed to one of ``BUCKETS`` rows of weights, one column for each part and one
for "in name only". Weights are trained by ``scripts/train_roles.py`` on labelled sentences by two hands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from peerlint.language.model import Role
from peerlint.language.words import words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BUCKETS = 1 << 16
OUTPUTS = (*[role.value for role in Role], "empty")
WEIGHTS = Path(__file__).parent / "data" / "roles.npz"


@dataclass(frozen=True, slots=True)
class Parts:
    """The probability (0 to 1) of each part for one sentence, and that it plays its part in name only."""

    chances: dict[str, float]

    def __getitem__(self, role: Role) -> float:
        return self.chances[role.value]

    @property
    def empty(self) -> float:
        return self.chances["empty"]


def features(sentence: str) -> Iterator[str]:
    """The features of one sentence, repeated as often as they occur."""
    found = words(sentence)
    for word in found:
        yield from pieces(word)
    yield from pairs(found)


def pieces(word: str) -> Iterator[str]:
    """A word and its pieces, its edges marked."""
    yield word
    edged = f"<{word}>"
    for length in (3, 4, 5):
        for start in range(len(edged) - length + 1):
            yield "~" + edged[start : start + length]


def pairs(found: Sequence[str]) -> Iterator[str]:
    """Neighbouring words, and the words that a sentence opens with."""
    yield "^" + " ".join(found[:1])
    yield "^" + " ".join(found[:2])
    for left, right in pairwise(found):
        yield f"{left} {right}"


def bucket(feature: str) -> int:
    return crc32(feature.encode()) & (BUCKETS - 1)


@dataclass
class RoleModel:
    """``weights``: a row of each bucket, a column of each output; ``bias``: one number of each output."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    _rows: dict[str, tuple[NDArray[np.float32], int]] = field(default_factory=dict)

    def parts(self, sentence: str) -> Parts:
        """The parts that a sentence may play; several may be likely at once."""
        import numpy as np

        found = words(sentence)
        if not found:
            return Parts({name: float(name == "empty") for name in OUTPUTS})
        rows = [self._row(word) for word in found]
        links = [bucket(feature) for feature in pairs(found)]
        total = sum(row for row, _ in rows) + self.weights[links].sum(axis=0)
        count = sum(number for _, number in rows) + len(links)
        chances = 1 / (1 + np.exp(-(total / count**0.5 + self.bias)))
        return Parts(dict(zip(OUTPUTS, chances.tolist(), strict=True)))

    def _row(self, word: str) -> tuple[NDArray[np.float32], int]:
        known = self._rows.get(word)
        if known is None:
            buckets = [bucket(piece) for piece in pieces(word)]
            known = self._rows[word] = (self.weights[buckets].sum(axis=0), len(buckets))
        return known


@cache
def role_model() -> RoleModel:
    """The shipped model, read once."""
    import numpy as np

    with np.load(WEIGHTS) as stored:
        return RoleModel(stored["weights"].astype(np.float32) * stored["scale"], stored["bias"].astype(np.float32))
