"""The third reader of activities, with ``peerlint[semantic]``: a linear model over sentence embeddings.

It knows wordings that share no word with any that was ever read; what it alone makes likely goes to a person, and it
clears nothing. Weights are trained by ``scripts/train_activities.py`` on the same sentences as the second reader's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from peerlint.language.semantic import Embedder

WEIGHTS = Path(__file__).parent / "data" / "activity-meaning.npz"


@dataclass(eq=False)
class MeaningModel:
    """``weights``: one line for each number of an embedding, one column for each class."""

    embedder: Embedder
    classes: tuple[str, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def look(self, sentences: Sequence[str]) -> list[Mapping[str, float]]:
        """For each sentence the probability of each class."""
        import numpy as np

        if not sentences:
            return []
        total = self.embedder.rows(sentences) @ self.weights + self.bias
        odds = np.exp(total - total.max(axis=1, keepdims=True))
        odds /= odds.sum(axis=1, keepdims=True)
        return [dict(zip(self.classes, line, strict=True)) for line in odds.tolist()]


@cache
def meaning_model(embedder: Embedder) -> MeaningModel:
    """The shipped model, read once."""
    import numpy as np

    with np.load(WEIGHTS) as stored:
        return MeaningModel(
            embedder,
            classes=tuple(stored["classes"].tobytes().decode().split("\n")),
            weights=stored["weights"].astype(np.float32),
            bias=stored["bias"].astype(np.float32),
        )
