"""Score the links of notes to goals and the techniques off the plan, across hands.

Weights are fitted on one hand's notes and plans and scored on the other's, both ways; where the extra
``peerlint[semantic]`` is installed, with likeness of meaning too. The list of techniques was written with half of the
second hand's notes in view.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

import train_links as bank
from measures import auc, ratios

from peerlint.language.links import about_something_else, agreed, strengths
from peerlint.language.model import LinkStrength
from peerlint.language.semantic import Embedder, embedder
from peerlint.language.wordings import Wordings, bearing, features


def scores() -> dict[str, Any]:
    """Figures by reader and by the hand that was scored."""
    readers = {"wording": None, "wording and meaning": embedder()}
    found: dict[str, Any] = {}
    for name, semantic in readers.items():
        if name == "wording" or semantic:
            found[name] = {test: across(train, test, semantic) for train, test in (bank.HANDS, bank.HANDS[::-1])}
    return found


def across(train: str, test: str, semantic: Embedder | None) -> dict[str, Any]:
    """Figures of weights fitted on one hand, on the notes of the other."""
    background = bank.bank_of([train])
    known, truth, _ = bank.table(train, background, semantic)
    weights = bank.fit(known, truth)
    by_wording = weights if semantic is None else bank.fit(bank.table(train, background)[0], truth)
    unseen, wanted, pairs = bank.table(test, background, semantic)
    found = bank.chances(unseen, weights)
    by_note: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for (note, _), chance, true in zip(pairs, found, wanted, strict=True):
        by_note[note.name].append((chance, bool(true)))
    linked = [rows for rows in by_note.values() if any(true for _, true in rows)]
    on_goal = np.array([any(true for _, true in rows) for rows in by_note.values()])
    best = np.array([max(rows)[0] for rows in by_note.values()])
    return {
        "AUC": auc(found, wanted),
        "right goal first": float(np.mean([max(rows)[1] for rows in linked])),
        "on a goal or off, AUC": auc(best, on_goal),
        **decided(test, background, by_wording, weights, semantic),
    }


def decided(
    test: str, background: Wordings, by_wording: np.ndarray, with_meaning: np.ndarray, semantic: Embedder | None
) -> dict[str, Any]:
    """Links as reported, citations taken into account."""
    plans, notes = bank.load(test)
    right = said = true = 0
    alarms = {True: [0, 0], False: [0, 0]}
    for note in notes:
        goals = plans[note.plan]
        cited = frozenset(at for at, number in enumerate(goals) if number == note.cited)
        wordings = Wordings(list(goals.values()))
        about = bearing(note.story, wordings)
        chances = bank.chances(features(note.story, wordings, background, cited), by_wording).tolist()
        found = strengths(chances, cited, about)
        if semantic and not about_something_else(chances, cited, about):
            chances = bank.chances(features(note.story, wordings, background, cited, semantic), with_meaning).tolist()
            found = agreed(found, strengths(chances, cited, about), cited)
        served = {n for n, strength in zip(goals, found, strict=True) if strength is LinkStrength.SUPPORTED}
        right, said, true = right + len(served & note.goals), said + len(served), true + len(note.goals)
        alarms[bool(note.goals)][0] += not served
        alarms[bool(note.goals)][1] += 1
    return {
        **ratios(right, said, true),
        "off-goal notes doubted": alarms[False][0] / alarms[False][1],
        "notes on a goal doubted": alarms[True][0] / alarms[True][1],
    }


def section(found: Mapping[str, Any]) -> str:
    """The part of docs/accuracy.md about links."""
    return "\n".join(
        [
            "Notes held against the goals of their plan (412 notes, 145 goals, two hands; one hand trains, the other",
            "is scored). Precision, recall and F1 are of the links reported, a cited number counted; a note is",
            "doubted when no goal is found to be served. Most of the first hand's notes are paraphrases of one or",
            "two sentences that cite nothing: harder than a form that names its goal.",
            "",
            *table(found),
            "",
            "The lists of pursuits and of recovery work, which decide many off-goal notes, were written after the",
            "notes of both hands and four agencies had been read: expect less of a new hand.",
            "",
            "Weak: an off-goal note that cites a goal and shares its vocabulary passes, and so does ordinary peer",
            "work on a part of life that the plan does not name. Techniques are found only where the list of",
            "techniques names them.",
        ]
    )


def table(found: Mapping[str, Any]) -> Iterable[str]:
    columns: Sequence[str] = list(next(iter(next(iter(found.values())).values())))
    yield f"| reader | hand scored | {' | '.join(columns)} |"
    yield "|---" * (len(columns) + 2) + "|"
    for reader, hands in found.items():
        for hand, figures in hands.items():
            yield f"| {reader} | {hand} | {' | '.join(f'{figures[column]:.2f}' for column in columns)} |"


if __name__ == "__main__":
    print(section(scores()))
