"""A small table of word vectors: twenty thousand common English words, fifty numbers each, in eight bits."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TABLE = Path(__file__).parent / "data" / "words.npz"


@dataclass(frozen=True)
class WordTable:
    """``vectors``: one row of length 1 for each word, in order of how common they are, and one of zeros at last."""

    places: dict[str, int]
    vectors: NDArray[np.float32]

    def rows(self, row: Iterable[str]) -> NDArray[np.float32]:
        """The vectors of the words, one row each, all zeros for an unknown word."""
        import numpy as np

        return self.vectors[np.fromiter((self.places.get(word, -1) for word in row), np.intp)]

    def rarity(self, word: str) -> float:
        """How much a word tells, 0 to 1: the rarer in English the more."""
        place = self.places.get(word, len(self.places))
        return min(1.0, math.log(place + 10) / math.log(len(self.places) + 10))


@cache
def word_table() -> WordTable:
    """The shipped table, read once."""
    import numpy as np

    with np.load(TABLE) as stored:
        known = stored["words"].tobytes().decode().split("\n")
        vectors = stored["vectors"].astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    unknown = np.zeros_like(vectors[:1])
    return WordTable({word: place for place, word in enumerate(known)}, np.vstack([vectors, unknown]))
