"""The second reader of activities: a linear model over words, pieces of words and word vectors.

It knows phrasings that no list of cues holds ("my odometer says 42 miles with him in it"), and nothing of who acted or
whether it happened; the context step has the last word over it. A sentence is three bundles of features, each brought to
length 1: the rows of one to three words, also with persons replaced by what they are ("<staff> took <member>"); the pieces
of three to five letters of each word; and the mean vector of its words, weighted by how rare they are. Weights are trained
by ``scripts/train_activities.py`` on sentences by several hands; ``docs/model-cards/activities.md`` is its card.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from peerlint.language.actors import kind_of
from peerlint.language.model import Actor
from peerlint.language.vectors import word_table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).parent / "data" / "activity-model.npz"
CUTS = Path(__file__).parent / "data" / "activity-cuts.json"
NONE = "none"
PIECES, VECTOR = 1.5, 1.0
"""How much the bundles of pieces and the mean vector weigh beside the rows of words."""
_LONGEST_ROW = 3
_STRICT = 0.6
_MASKS = {
    Actor.STAFF: "<staff>",
    Actor.MEMBER: "<member>",
    Actor.RELATIVE: "<relative>",
    Actor.PROFESSIONAL: "<professional>",
}


def tokens(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a sentence as the model reads them: every number is 0, and the edges of the sentence are marked."""
    return ("^", *("0" if word[0].isdigit() else word for word in words), ".")


def rows_of_words(found: Sequence[str]) -> set[str]:
    """Rows of one to three neighbouring words, as they stand and with persons masked."""
    masked = [_masked(word) for word in found]
    rows = set(_rows(found, 1))
    return rows | {row for row in _rows(masked, 2) if "<" in row}


def _rows(found: Sequence[str], shortest: int) -> Iterator[str]:
    for length in range(shortest, _LONGEST_ROW + 1):
        for start in range(len(found) - length + 1):
            yield " ".join(found[start : start + length])


@cache
def _masked(word: str) -> str:
    person = kind_of(word)
    return _MASKS.get(person, word) if person else word


def pieces(word: str) -> list[str]:
    """Pieces of three to five letters, the edges of the word marked; none of a punctuation mark."""
    if word in "^.;":
        return []
    edged = f" {word} "
    return [edged[i : i + n] for n in (3, 4, 5) for i in range(len(edged) - n + 1)]


def mean_vector(found: Sequence[str]) -> NDArray[np.float32]:
    """The mean vector of the different words, the rare ones weighing most, of length 1 (all zeros where none is known)."""
    import numpy as np

    table = word_table()
    known = sorted(set(found))
    weights = np.array([table.rarity(word) for word in known], np.float32)
    mean: NDArray[np.float32] = (weights[:, None] * table.rows(known)).sum(axis=0)
    return mean / (float(np.linalg.norm(mean)) or 1.0)


@dataclass
class ActivityModel:
    """``rows`` and ``pieces`` map a feature to its line of ``weights`` and ``rarity``; ``vector`` weighs the mean vector.

    ``classes`` are catalogue names and "none", one column each."""

    classes: tuple[str, ...]
    rows: Mapping[str, int]
    pieces: Mapping[str, int]
    weights: NDArray[np.float32]
    rarity: NDArray[np.float32]
    vector: NDArray[np.float32]
    bias: NDArray[np.float32]
    cuts: Mapping[str, float] = field(default_factory=dict)
    _words: dict[str, tuple[NDArray[np.float32], float]] = field(default_factory=dict)

    def chances(self, words: Sequence[str]) -> dict[str, float]:
        """The probability of each activity that a sentence may tell; "none" is left out."""
        import numpy as np

        found = tokens(words)
        total = self.bias + self._rows(found) + PIECES * self._pieces(found) + VECTOR * (mean_vector(found) @ self.vector)
        odds = np.exp(total - total.max())
        odds /= odds.sum()
        return {name: float(p) for name, p in zip(self.classes, odds, strict=True) if name != NONE}

    def cut(self, category: str) -> float:
        """The probability from which the model's word alone is worth a person's look, chosen on whole notes."""
        return self.cuts.get(category, _STRICT)

    def telling(self, words: Sequence[str], category: str, count: int = 3) -> list[str]:
        """The rows of words that speak most for a category, the strongest first."""
        column = self.classes.index(category)
        known = [row for row in rows_of_words(tokens(words)) if row in self.rows]
        speaking = {row: float(self.weights[self.rows[row], column] * self.rarity[self.rows[row]]) for row in known}
        return [row for row in sorted(speaking, key=lambda r: (-speaking[r], r))[:count] if speaking[row] > 0]

    def _rows(self, found: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        places = [place for place in map(self.rows.get, rows_of_words(found)) if place is not None]
        rarity = self.rarity[places]
        total: NDArray[np.float32] = rarity @ self.weights[places]
        return total / (float(np.linalg.norm(rarity)) or 1.0)

    def _pieces(self, found: Sequence[str]) -> NDArray[np.float32]:
        known = [self._word(word) for word in set(found)]
        length = sum(square for _, square in known) ** 0.5 or 1.0
        return sum((total for total, _ in known), start=0 * self.bias) / length

    def _word(self, word: str) -> tuple[NDArray[np.float32], float]:
        known = self._words.get(word)
        if known is None:
            places = [place for place in map(self.pieces.get, pieces(word)) if place is not None]
            rarity = self.rarity[places]
            known = self._words[word] = (rarity @ self.weights[places], float(rarity @ rarity))
        return known


@cache
def activity_model() -> ActivityModel:
    """The shipped model, read once."""
    import numpy as np

    with np.load(WEIGHTS) as stored:
        features = stored["features"].tobytes().decode().split("\n")
        count = int(stored["row_count"])
        return ActivityModel(
            classes=tuple(stored["classes"].tobytes().decode().split("\n")),
            rows={feature: i for i, feature in enumerate(features[:count])},
            pieces={feature: i for i, feature in enumerate(features[count:], count)},
            weights=stored["weights"].astype(np.float32) * stored["scale"],
            rarity=stored["rarity"].astype(np.float32),
            vector=stored["vector"].astype(np.float32),
            bias=stored["bias"].astype(np.float32),
            cuts=json.loads(CUTS.read_text(encoding="utf-8")) if CUTS.exists() else {},
        )
