"""The second reader of activities: a linear model over words, pieces of words and word vectors.

It knows phrasings that no list of cues holds ("my odometer says 42 miles with him in it"), and nothing of who acted or
whether it happened; the context step has the last word over it. A sentence is read by itself and, in a short
text, with the others, which often tell what it means ("We finished the lease." "Hers, not the member's."). It is
three bundles of features, each brought to length 1: the rows of one to three words, also with persons replaced by what
they are ("<staff> took <member>"); the pieces of three to five letters of each word; and the mean vector of its words,
weighted by how rare they are. Weights are trained by ``scripts/train_activities.py`` on sentences by several hands;
``docs/model-cards/activities.md`` is its card.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from peerlint.language.actors import kind_of
from peerlint.language.model import Actor
from peerlint.language.vectors import word_table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).parent / "data" / "activity-model.npz"
NONE = "none"
PIECES, VECTOR = 1.5, 1.0
"""How much the bundles of pieces and the mean vector weigh beside the rows of words."""
WORTH_A_LOOK = 0.001
"""The probability of an activity below which a sentence is not searched for its cues."""
SHORT = 36
"""Words of a text that is also read as one; in a longer one the sentences tell of this and that."""
_DECIMALS = 5  # what is left of a probability, so that it does not depend on what was read before
_ROOM = 1 << 13
_SHIFT = 20
"""Bits of a word's number in the key of a row of words."""
_WIDE = 32
_SIEVE = 1_048_573
_MASKS = {
    Actor.STAFF: "<staff>",
    Actor.MEMBER: "<member>",
    Actor.RELATIVE: "<relative>",
    Actor.PROFESSIONAL: "<professional>",
}


def tokens(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a sentence as the model reads them: every number is 0, and the edges of the sentence are marked."""
    return ("^", *["0" if word[0].isdigit() else word for word in words], ".")


def rows_of_words(found: Sequence[str]) -> set[str]:
    """Rows of one to three neighbouring words, as they stand and with persons masked."""
    return {*found, *_longer(found), *_longer([_masked(word) for word in found])}


def _longer(found: Sequence[str]) -> Iterator[str]:
    yield from map(" ".join, pairwise(found))
    yield from map(" ".join, zip(found, found[1:], found[2:], strict=False))


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


@dataclass(frozen=True, slots=True)
class Chance:
    """The probability that a sentence tells an activity: read by itself, and in a short text with all of it
    (in a long one the same)."""

    alone: float
    together: float


@dataclass(eq=False)
class ActivityModel:
    """``rows`` and ``pieces`` map a feature to its line of ``weights`` and ``rarity``; ``vector`` weighs the
    mean vector.

    ``classes`` are catalogue names and "none", one column each."""

    classes: tuple[str, ...]
    rows: Mapping[str, int]
    pieces: Mapping[str, int]
    weights: NDArray[np.float32]
    rarity: NDArray[np.float32]
    vector: NDArray[np.float32]
    bias: NDArray[np.float32]

    @cached_property
    def activities(self) -> Mapping[str, int]:
        """The activities, in the order of the columns of ``chances``."""
        return {name: i for i, name in enumerate(name for name in self.classes if name != NONE)}

    def chances(self, sentences: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """The probabilities of the activities that each sentence may tell, one line for each sentence."""
        import numpy as np

        if not sentences:
            return np.zeros((0, len(self.activities)), np.float32)
        found = [tokens(words) for words in sentences]
        numbers = np.fromiter(map(self._vocabulary.number, chain.from_iterable(found)), np.int64)
        where = np.repeat(np.arange(len(found)), [len(words) for words in found])
        total = self.bias + self._of_rows(numbers, where, len(found)) + self._of_words(numbers, where, len(found))
        odds = np.exp(total - total.max(axis=1, keepdims=True))
        odds /= odds.sum(axis=1, keepdims=True)
        told: NDArray[np.float32] = odds[:, [name != NONE for name in self.classes]]
        return told.round(_DECIMALS)

    def look(self, texts: Sequence[Sequence[Sequence[str]]]) -> list[list[dict[str, Chance]]]:
        """What each sentence of each text may tell, given as its words; all texts are read together."""
        possible = iter(self._possible([words for sentences in texts for words in sentences]))
        alone = [[*islice(possible, len(sentences))] for sentences in texts]
        short = [i for i, sentences in enumerate(texts) if len(sentences) > 1 and is_short(sentences)]
        whole = dict(zip(short, self._possible([_run_together(texts[i]) for i in short]), strict=True))
        return [[_chances(one, whole.get(i, one)) for one in told] for i, told in enumerate(alone)]

    def _possible(self, sentences: Sequence[Sequence[str]]) -> list[dict[str, float]]:
        chances, names = self.chances(sentences), [*self.activities]
        found: list[dict[str, float]] = [{} for _ in sentences]
        lines, columns = (chances >= WORTH_A_LOOK).nonzero()
        for line, column, chance in zip(
            lines.tolist(), columns.tolist(), chances[lines, columns].tolist(), strict=True
        ):
            found[line][names[column]] = chance
        return found

    def telling(self, words: Sequence[str], category: str, count: int = 3) -> list[str]:
        """The rows of words that speak most for a category, the strongest first."""
        column = self.classes.index(category)
        known = [row for row in rows_of_words(tokens(words)) if row in self.rows]
        speaking = {row: float(self.weights[self.rows[row], column] * self.rarity[self.rows[row]]) for row in known}
        return [row for row in sorted(speaking, key=lambda r: (-speaking[r], r))[:count] if speaking[row] > 0]

    def _of_rows(self, numbers: NDArray[np.int64], where: NDArray[np.int64], count: int) -> NDArray[np.float32]:
        """What the known rows of words add up to, one line for each of ``count`` sentences."""
        known, there = self._known_rows.find(numbers, self._vocabulary.masks[numbers], where)
        total = _sums(self._weighed.take(known, axis=0), there, count)
        return total[:, :-1] / _lengths(total[:, -1:])

    def _of_words(self, numbers: NDArray[np.int64], where: NDArray[np.int64], count: int) -> NDArray[np.float32]:
        """What the pieces and the vectors of the words add up to, one line for each of ``count`` sentences."""
        import numpy as np

        known, there = _different(numbers, where)
        total = _sums(self._vocabulary.worths(known, self._worth), there, count)
        classes = len(self.classes)
        of_pieces, square, mean = total[:, :classes], total[:, classes, None], total[:, classes + 1 :]
        direction = mean / _lengths((mean**2).sum(axis=1, keepdims=True))
        summed = of_pieces * PIECES / _lengths(square) + direction @ self.vector * VECTOR
        return summed.astype(np.float32, copy=False)

    @cached_property
    def _vocabulary(self) -> _Vocabulary:
        return _Vocabulary(width=len(self._worth("")))

    @cached_property
    def _known_rows(self) -> _KnownRows:
        return _KnownRows.of(self.rows, self._vocabulary)

    @cached_property
    def _weighed(self) -> NDArray[np.float32]:
        """Each row's weights times its rarity, and the square of the rarity last."""
        import numpy as np

        rarity = self.rarity[: len(self.rows), None]
        return np.hstack([self.weights[: len(self.rows)] * rarity, rarity**2])

    def _worth(self, word: str) -> NDArray[np.float32]:
        """What a word adds wherever it stands: its pieces' weights, their squared length, and its weighted vector."""
        import numpy as np

        places = [place for place in map(self.pieces.get, pieces(word)) if place is not None]
        rarity = self.rarity[places]
        return np.concatenate([rarity @ self.weights[places], [rarity @ rarity], weighted_vector(word)])


def is_short(sentences: Sequence[Sequence[str]]) -> bool:
    return sum(map(len, sentences)) <= SHORT


def _run_together(sentences: Sequence[Sequence[str]]) -> list[str]:
    """The words of several sentences, parted as by a full stop."""
    first, *more = sentences
    return [*first, *(word for words in more for word in (";", *words))]


def _chances(alone: Mapping[str, float], together: Mapping[str, float]) -> dict[str, Chance]:
    return {c: Chance(alone.get(c, 0.0), together.get(c, 0.0)) for c in sorted({*alone, *together})}


class _Vocabulary:
    """Words by number, in the order in which they were met. ``masks`` holds the number of what each is as a person
    ("<staff>"), of the word itself where it is nobody."""

    def __init__(self, width: int) -> None:
        import numpy as np

        self.masks = np.zeros(_ROOM, np.int64)
        self._numbers: dict[str, int] = {}
        self._words: list[str] = []
        self._worths = np.full((_ROOM, width), np.nan, np.float32)

    def number(self, word: str) -> int:
        known = self._numbers.get(word)
        return self._meet(word) if known is None else known

    def _meet(self, word: str) -> int:
        import numpy as np

        number = self._numbers[word] = len(self._words)
        self._words.append(word)
        if number >= len(self.masks):
            self.masks = np.concatenate([self.masks, np.zeros_like(self.masks)])
            self._worths = np.concatenate([self._worths, np.full_like(self._worths, np.nan)])
        mask = _masked(word)
        self.masks[number] = number if mask == word else self.number(mask)
        return number

    def worths(self, numbers: NDArray[np.int64], worth: Callable[[str], NDArray[np.float32]]) -> NDArray[np.float32]:
        """The ``worth`` of each word, one line each, worked out when it is first asked for."""
        import numpy as np

        for number in set(numbers[np.isnan(self._worths[numbers, 0])].tolist()):
            self._worths[number] = worth(self._words[number])
        return self._worths.take(numbers, axis=0)


@dataclass(frozen=True, slots=True)
class _KnownRows:
    """The model's rows of words, each as one number (its words' numbers, ``_SHIFT`` bits each) in rising order, with
    the line of each."""

    keys: NDArray[np.int64]
    lines: NDArray[np.int64]
    maybe: NDArray[np.bool_]
    """True at the remainder of every key by ``_SIEVE``: most unknown rows fall through without a search."""

    @classmethod
    def of(cls, rows: Mapping[str, int], vocabulary: _Vocabulary) -> _KnownRows:
        import numpy as np

        keys = np.array([_key(map(vocabulary.number, row.split(" "))) for row in rows], np.int64)
        order = np.argsort(keys)
        maybe = np.zeros(_SIEVE, bool)
        maybe[keys % _SIEVE] = True
        return cls(keys[order], np.array([*rows.values()], np.int64)[order], maybe)

    def find(
        self, numbers: NDArray[np.int64], masked: NDArray[np.int64], where: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The lines of the different known rows of words, and for each the sentence that holds it."""
        import numpy as np

        stretches = [*_neighbours(numbers, where), *_neighbours(masked, where)]
        keys = np.concatenate([keys for keys, _ in stretches])
        there = np.concatenate([there for _, there in stretches])
        likely = self.maybe[keys % _SIEVE]
        keys, there = keys[likely], there[likely]
        at = np.searchsorted(self.keys, keys).clip(max=len(self.keys) - 1)
        known = self.keys[at] == keys
        return _different(self.lines[at[known]], there[known])


def _key(numbers: Iterable[int]) -> int:
    key = 0
    for number in numbers:
        key = key << _SHIFT | number + 1
    return key


def _neighbours(
    numbers: NDArray[np.int64], where: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Each word, pair and three of words of one sentence as a key, and the sentence of each."""
    one = numbers + 1
    pairs = one[:-1] << _SHIFT | one[1:]
    joined = where[1:] == where[:-1]
    threes = (pairs[:-1] << _SHIFT | one[2:])[joined[1:] & joined[:-1]]
    yield one, where
    yield pairs[joined], where[1:][joined]
    yield threes, where[2:][joined[1:] & joined[:-1]]


def _different(things: NDArray[np.int64], where: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each thing once for each sentence, and the sentences, in order of the sentences."""
    import numpy as np

    both = np.sort(where << _WIDE | things)
    both = both[_firsts(both)]
    return both & (1 << _WIDE) - 1, both >> _WIDE


def _firsts(rising: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Where a new number begins among numbers in rising order."""
    import numpy as np

    firsts = np.ones(len(rising), bool)
    np.not_equal(rising[1:], rising[:-1], out=firsts[1:])
    return firsts


def _sums(lines: NDArray[np.float32], where: NDArray[np.int64], count: int) -> NDArray[np.float32]:
    """The sums of the lines of each of ``count`` sentences; ``where`` is the sentence of each line, in rising order."""
    import numpy as np

    total = np.zeros((count, lines.shape[1]), np.float32)
    if len(lines):
        starts = np.flatnonzero(_firsts(where))
        total[where[starts]] = np.add.reduceat(lines, starts, axis=0)
    return total


def _lengths(squares: NDArray[np.float32]) -> NDArray[np.float32]:
    """The lengths of vectors from their squares, 1 for a vector of zeros."""
    import numpy as np

    return np.sqrt(np.where(squares == 0, 1, squares))


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
        )
