"""Score the reading of activities: each hand in turn is left out of training and scored, a keyword list beside it.

A hand is left out together with the other of its pair (``train_activities.groups``): what is scored has seen neither.
The cues cannot be split by hand. They were written with the banks of ``train_activities.READ`` in view; the other hands
are scored apart: they show what to expect of strangers. What cues and models weigh was learned on those, each read by
models that had not seen it; so few weights hardly fit a hand. What the whole tool showed the first time it met a hand
is in ``FIRST_LOOK``.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parent))

import train_activities as bank

from peerlint.language.activities import read_text
from peerlint.language.activity_meaning import MeaningModel
from peerlint.language.activity_model import NONE, ActivityModel
from peerlint.language.model import Certainty

TRAINING_ONLY = ("author-p", "author-q", "author-v", "study")
"""Hands that wrote of some activities only, or hardly of any."""
AUTHORS = tuple(hand for hand in bank.HANDS if hand not in TRAINING_ONLY)
FIRST_LOOK = {  # the first time they met hands whose texts had not been read
    "cues alone": {
        "author-c": {"precision": 0.823, "recall": 0.294},
        "author-e": {"precision": 0.782, "recall": 0.329},
        "author-f": {"precision": 0.796, "recall": 0.247},
    },
    "cues and model, everything reported, before these hands were trained on": {
        "author-g": {"precision": 0.761, "recall": 0.587},
        "author-h": {"precision": 0.769, "recall": 0.531},
    },
    "cues and model weighed together, everything reported, before this hand was trained on": {
        "author-i": {"precision": 0.916, "recall": 0.689},
    },
    "the same with peerlint[semantic]": {"author-i": {"precision": 0.906, "recall": 0.741}},
    "the same after author-i was trained on": {
        "author-j": {"precision": 0.914, "recall": 0.625},
        "author-k": {"precision": 0.906, "recall": 0.635},
        "author-l": {"precision": 0.953, "recall": 0.698},
        "author-m": {"precision": 0.908, "recall": 0.549},
        "author-n": {"precision": 0.933, "recall": 0.576},
        "author-o": {"precision": 0.883, "recall": 0.757},
        "author-r": {"precision": 0.930, "recall": 0.694},
        "author-s": {"precision": 0.949, "recall": 0.587},
        "author-t": {"precision": 0.900, "recall": 0.715},
        "author-u": {"precision": 0.884, "recall": 0.556},
    },
}


@dataclass(frozen=True)
class Models:
    """What reads a hand that it has not seen. ``meaning`` is None where ``peerlint[semantic]`` is not installed."""

    words: ActivityModel
    meaning: MeaningModel | None


Reader = Callable[[str, Models], set[str]]


@dataclass
class Tally:
    """Hits, false alarms and how many there are to find, by category."""

    hits: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)
    truth: Counter[str] = field(default_factory=Counter)

    def add(self, said: Iterable[str], true: str) -> None:
        self.truth[true] += true != NONE
        for category in said:
            (self.hits if category == true else self.alarms)[category] += 1

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.hits + other.hits, self.alarms + other.alarms, self.truth + other.truth)

    def figures(self, category: str = "") -> dict[str, float]:
        hits, alarms, truth = (c[category] if category else c.total() for c in (self.hits, self.alarms, self.truth))
        precision, recall = hits / max(hits + alarms, 1), hits / max(truth, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}


@cache
def keywords() -> Mapping[str, re.Pattern[str]]:
    table = yaml.safe_load((bank.BANK / "keywords.yaml").read_text(encoding="utf-8"))
    return {
        c: re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE) for c, words in table.items()
    }


def by_keywords(text: str, models: Models) -> set[str]:
    return {category for category, pattern in keywords().items() if pattern.search(text)}


def said(text: str, models: Models, *certainties: Certainty) -> set[str]:
    """The activities that count, of these certainties."""
    found = read_text(text, model=models.words, meaning=models.meaning)
    return {a.category for a in found if a.innocence is None and a.certainty in certainties}


def surely(text: str, models: Models) -> set[str]:
    return said(text, models, Certainty.BOTH)


def at_all(text: str, models: Models) -> set[str]:
    return said(text, models, Certainty.BOTH, Certainty.MODEL)


def with_meaning(text: str, models: Models) -> set[str]:
    return said(text, models, *Certainty)


ALL, MEANT, SURELY = "all (with reviews)", "all, with peerlint[semantic]", "sure (violations)"
READERS: Mapping[str, Reader] = {
    "keyword list": by_keywords,
    SURELY: surely,
    ALL: at_all,
    MEANT: with_meaning,
}


@dataclass
class Scores:
    """What each reader makes of each hand, and how many of the clean notes it flags."""

    hands: dict[str, dict[str, Tally]] = field(default_factory=dict)
    flagged: Counter[str] = field(default_factory=Counter)

    def of(self, hands: Sequence[str]) -> dict[str, Tally]:
        """The tallies of these hands together."""
        return {name: sum((self.hands[hand][name] for hand in hands), Tally()) for name in READERS}


def scores_of_group(group: Sequence[str]) -> Scores:
    """The hands of a group, read by models that have seen none of them."""
    found, models = Scores(), models_without(group)
    for hand in (hand for hand in AUTHORS if hand in group):
        found.hands[hand] = {name: Tally() for name in READERS}
        for snippet in bank.load(hand):
            for name, read in READERS.items():
                found.hands[hand][name].add(read(snippet.text, models), snippet.label)
    for note in bank.clean_narratives():
        found.flagged.update(name for name, read in READERS.items() if read(note, models))
    return found


def scores() -> dict[str, Any]:
    """All figures: overall, by hand and by category for each reader, and false alarms per 100 clean notes."""
    found = Scores()
    with ProcessPoolExecutor() as side_by_side:
        for some in side_by_side.map(scores_of_group, bank.groups()):
            found.hands |= some.hands
            found.flagged += some.flagged
    tallies, notes = found.of(AUTHORS), len(bank.clean_narratives())
    unread = found.of([hand for hand in AUTHORS if hand not in bank.READ])
    categories = sorted(tallies["keyword list"].truth)
    return {
        "overall": {name: tally.figures() for name, tally in tallies.items()},
        "unread hands": {name: tally.figures() for name, tally in unread.items()},
        "by hand": {hand: {name: tally.figures() for name, tally in found.hands[hand].items()} for hand in AUTHORS},
        "by category": {
            c: {name: tally.figures(c) for name, tally in tallies.items()} for c in categories if c != NONE
        },
        "false alarms per 100 clean notes": {
            name: round(100 * found.flagged[name] / (notes * bank.FOLDS), 1) for name in READERS
        },
        "clean notes": notes,
        "first look": FIRST_LOOK,
    }


def models_without(hands: Sequence[str]) -> Models:
    """Models that have not seen some hands."""
    snippets, embedder = bank.everything(without=hands), bank.installed_embedder()
    return Models(bank.train(snippets), bank.learn_meaning(snippets, embedder) if embedder else None)


def section(found: Mapping[str, Any]) -> str:
    """The part of docs/accuracy.md about activities."""
    alarms = found["false alarms per 100 clean notes"]
    lines = [
        f"Sentences of notes by {len(found['by hand'])} hands, half of them violations, most in deliberately indirect",
        "wording. The models that read a hand have seen neither it nor one other. Precision counts naming the wrong",
        "activity as a false alarm. The cues were written with four of the hands in view; the others, the unread ones,",
        "show what to expect of strangers.",
        "",
        "| reader | precision | recall | F1 | unread hands: precision | recall | F1 | alarms per 100 clean notes |",
        "|---|---|---|---|---|---|---|---|",
        *(_row(name, figures, found["unread hands"][name], alarms[name]) for name, figures in found["overall"].items()),
        "",
        "By hand, everything reported (violations and reviews), without and with `peerlint[semantic]`:",
        "",
        "| hand left out | precision | recall | F1 | with meaning: precision | recall | F1 |",
        "|---|---|---|---|---|---|---|",
        *(_row(hand, readers[ALL], readers[MEANT]) for hand, readers in found["by hand"].items()),
        "",
        *(f"First look ({name}): {_first(hands)} (precision / recall)." for name, hands in found["first look"].items()),
        "",
        "By category, everything reported, then with `peerlint[semantic]`, the violations that are sure, and the",
        "keyword list for comparison:",
        "",
        "| activity | precision | recall | F1 | with meaning: precision | recall | F1 | sure: precision | recall | F1 "
        "| keywords: F1 |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
        *(
            _row(name, readers[ALL], readers[MEANT], readers[SURELY]) + f" {readers['keyword list']['f1']:.2f} |"
            for name, readers in found["by category"].items()
        ),
        "",
        weak_spots(found),
    ]
    return "\n".join(lines)


def _row(name: str, *figures: Mapping[str, float] | float) -> str:
    numbers: list[str] = []
    for some in figures:
        ratios = [f"{some[k]:.2f}" for k in ("precision", "recall", "f1")] if isinstance(some, Mapping) else []
        numbers += ratios or [f"{some:.1f}"]
    return f"| {name} | " + " | ".join(numbers) + " |"


def _first(hands: Mapping[str, Mapping[str, float]]) -> str:
    return "; ".join(f"{hand} {f['precision']:.2f} / {f['recall']:.2f}" for hand, f in hands.items())


def weak_spots(found: Mapping[str, Any]) -> str:
    recalls = {c: readers[ALL]["recall"] for c, readers in found["by category"].items()}
    weak: Sequence[str] = sorted(recalls, key=lambda c: recalls[c])[:4]
    return "Weakest: " + ", ".join(f"{c} (finds {recalls[c]:.0%})" for c in weak) + "."
