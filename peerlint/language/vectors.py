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
    """``vectors``: one row of length 1 for each word; words in order of how common they are."""

    places: dict[str, int]
    vectors: NDArray[np.float32]

    def rows(self, row: Iterable[str]) -> NDArray[np.float32]:
        """The vectors of the words, one row each, all zeros for an unknown word."""
        import numpy as np

        places = [self.places.get(word, -1) for word in row]
        found = self.vectors[places] if places else np.empty((0, self.vectors.shape[1]), np.float32)
        found[[place < 0 for place in places]] = 0
        return found

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
    return WordTable({word: place for place, word in enumerate(known)}, vectors)
