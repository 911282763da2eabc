"""The second reader of activities: a linear model over words, pieces of words and word vectors.

It knows phrasings that no list of cues holds ("my odometer says 42 miles with him in it"), and nothing of who acted or
whether it happened; the context step has the last word over it. A sentence is three bundles of features, each brought
to length 1: the rows of one to three words, also with persons replaced by what they are ("<staff> took <member>"); the
pieces of three to five letters of each word; and the mean vector of its words, weighted by how rare they are. Weights
are trained by ``scripts/train_activities.py`` on sentences by several hands; ``docs/model-cards/activities.md`` is its
card.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
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


def rows_of_words(found: Sequence[str], known: Container[str] | None = None) -> set[str]:
    """Rows of one to three neighbouring words, as they stand and with persons masked.

    Where ``known`` rows are given, a row of three is only looked for where its rows of two are known.
    """
    rows = set(found)
    _add_longer(rows, found, known)
    masked = [_masked(word) for word in found]
    persons = [i for i, word in enumerate(masked) if word[0] == "<"]
    for first, last in _stretches(persons, len(found)):
        _add_longer(rows, masked[first:last], None)
    return rows


def _stretches(persons: Sequence[int], length: int) -> Iterator[tuple[int, int]]:
    """The stretches of words in which every row of three holds a person."""
    for i in persons:
        yield max(0, i - 2), min(length, i + 3)


def _add_longer(rows: set[str], found: Sequence[str], known: Container[str] | None) -> None:
    pairs = list(map(" ".join, pairwise(found)))
    rows.update(pairs)
    if known is None:
        rows.update(map(" ".join, zip(pairs, found[2:], strict=False)))
        return
    here = [pair in known for pair in pairs]
    for i in range(len(pairs) - 1):
        if here[i] and here[i + 1]:
            rows.add(f"{pairs[i]} {found[i + 2]}")


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


def weighted_vector(word: str) -> NDArray[np.float32]:
    """The vector of a word, the longer the rarer the word is; all zeros for an unknown word."""
    table = word_table()
    weighted: NDArray[np.float32] = table.rows([word])[0] * table.rarity(word)
    return weighted


def mean_vector(found: Sequence[str]) -> NDArray[np.float32]:
    """The mean vector of the different words, the rare ones weighing most, of length 1 (zeros where none is known)."""
    import numpy as np

    mean: NDArray[np.float32] = np.sum([weighted_vector(word) for word in sorted(set(found))], axis=0)
    length = float(np.linalg.norm(mean))
    return np.divide(mean, length) if length else mean


@dataclass
class ActivityModel:
    """``rows`` and ``pieces`` map a feature to its line of ``weights`` and ``rarity``; ``vector`` weighs the
    mean vector.

    ``classes`` are catalogue names and "none", one column each. ``cuts`` are the probabilities from which the model's
    word alone is worth a person's look, chosen on whole notes."""

    classes: tuple[str, ...]
    rows: Mapping[str, int]
    pieces: Mapping[str, int]
    weights: NDArray[np.float32]
    rarity: NDArray[np.float32]
    vector: NDArray[np.float32]
    bias: NDArray[np.float32]
    cuts: Mapping[str, float] = field(default_factory=dict)
    _places: dict[str, int] = field(default_factory=dict)
    _words: NDArray[np.float32] | None = None

    def chances(self, words: Sequence[str]) -> dict[str, float]:
        """The probability of each activity that a sentence may tell; "none" is left out."""
        import numpy as np

        found = tokens(words)
        total = self.bias + self._of_rows(found) + self._of_words(set(found))
        odds = np.exp(total - total.max())
        odds /= odds.sum()
        return {name: p for name, p in zip(self.classes, odds.tolist(), strict=True) if name != NONE}

    def cut(self, category: str) -> float:
        return self.cuts.get(category, _STRICT)

    def telling(self, words: Sequence[str], category: str, count: int = 3) -> list[str]:
        """The rows of words that speak most for a category, the strongest first."""
        column = self.classes.index(category)
        known = [row for row in rows_of_words(tokens(words)) if row in self.rows]
        speaking = {row: float(self.weights[self.rows[row], column] * self.rarity[self.rows[row]]) for row in known}
        return [row for row in sorted(speaking, key=lambda r: (-speaking[r], r))[:count] if speaking[row] > 0]

    def _of_rows(self, found: Sequence[str]) -> NDArray[np.float32]:
        places = [place for place in map(self.rows.get, rows_of_words(found, self.rows)) if place is not None]
        total: NDArray[np.float32] = self._lines.take(places, axis=0).sum(axis=0)
        return total[:-1] / (float(total[-1]) ** 0.5 or 1.0)

    @cached_property
    def _lines(self) -> NDArray[np.float32]:
        """Each row's weights times its rarity, and the square of the rarity last."""
        import numpy as np

        return np.column_stack([self.weights * self.rarity[:, None], self.rarity**2])

    def _of_words(self, found: Iterable[str]) -> NDArray[np.float32]:
        """What the pieces and the vectors of the words add up to."""
        places = [self._places.get(word, -1) for word in found]
        if -1 in places:
            places = [self._learn(word) for word in found]
        assert self._words is not None
        total = self._words[places].sum(axis=0)
        classes = len(self.classes)
        of_pieces, square, mean = total[:classes], float(total[classes]), total[classes + 1 :]
        pieces_part: NDArray[np.float32] = of_pieces * (PIECES / (square**0.5 or 1.0))
        pieces_part += (mean @ self.vector) * (VECTOR / (float(mean @ mean) ** 0.5 or 1.0))
        return pieces_part

    def _learn(self, word: str) -> int:
        """Keep what a word adds: its pieces' weights, their squared length, and its weighted vector, in one line."""
        import numpy as np

        if word not in self._places:
            places = [place for place in map(self.pieces.get, pieces(word)) if place is not None]
            rarity = self.rarity[places]
            line = np.concatenate([rarity @ self.weights[places], [rarity @ rarity], weighted_vector(word)]).astype(
                np.float32
            )
            number = len(self._places)
            if self._words is None or number >= len(self._words):
                room = np.zeros((max(1024, number), len(line)), np.float32)
                self._words = room if self._words is None else np.concatenate([self._words, room])
            self._words[number] = line
            self._places[word] = number
        return self._places[word]


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
