"""How likely it is, all weighed, that a sentence tells an activity: the model, the cues, likeness of meaning.

The weights are learned by ``scripts/train_activities.py`` on hands whose texts nobody had read who wrote cues, each
looked at by a model that has not seen it, so that cues and model are trusted as far as strangers' words bear them out.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from peerlint.language.activity_model import Chance

WEIGHTS = Path(__file__).parent / "data" / "activity-weights.json"
LIKELY = 0.65
"""The likelihood from which an activity is reported: a violation where a cue tells it, else for a person to look at."""
LIKELY_MEANT = 0.48
"""The same where likeness of meaning was asked, which only ever raises questions."""
DESPITE_AN_EXCUSE = 0.7
"""The likelihood from which a person is to look at what seems to be excused."""
WORTH_A_THOUGHT = 0.15
"""The likelihood below which likeness of meaning is not asked."""
_LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class Weights:
    """What weighs how much: one unit of the model's log-odds, a cue that nothing excuses, one unit of log-odds by
    likeness of meaning (0 where the embedding model is not asked)."""

    bias: float
    words: float
    cue: float
    meaning: float = 0.0

    def likelihood(self, chance: Chance, cue: bool, meaning: float = 0.5) -> float:
        """From 0 to 1. ``meaning`` is the probability by likeness of meaning."""
        total = self.bias + self.words * log_odds(chance.together) + self.cue * cue + self.meaning * log_odds(meaning)
        return 1 / (1 + math.exp(-total))


def log_odds(probability: float) -> float:
    """Bounded, so that no single look decides."""
    return math.log(max(probability, _LEAST) / max(1 - probability, _LEAST))


SHORT, LONG, WITH_MEANING = "short text", "long text", " with meaning"


@cache
def weights(name: str) -> Weights:
    """The shipped weights of ``SHORT`` texts, which are read as one, or ``LONG`` ones, perhaps ``WITH_MEANING``."""
    stored: Mapping[str, Mapping[str, float]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Weights(**stored[name])
