"""Train the links of notes to goals: how much each likeness of a note and a goal tells.

    python scripts/train_links.py              prints the weights
    python scripts/train_links.py --write      and writes the weights and the bank of goals that peerlint ships

Notes and plans are by two hands, in ``fixtures/links``. With the extra ``peerlint[semantic]`` installed, the weights
with likeness of meaning are fitted too.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from peerlint.language.semantic import Embedder, embedder  # noqa: E402
from peerlint.language.wordings import DATA, FEATURES, Story, Wordings, features  # noqa: E402

BANK = ROOT / "fixtures" / "links"
HANDS = ("first", "second")
RIDGE = 3.0


@dataclass(frozen=True)
class Note:
    """One labelled narrative. ``goals`` are the numbers it serves; ``cited`` the number it cites, None for none."""

    name: str
    plan: str
    goals: frozenset[int]
    story: Story
    kind: str
    cited: int | None


def load(hand: str) -> tuple[dict[str, dict[int, tuple[str, ...]]], list[Note]]:
    """The plans (goal number to wording) and notes of one hand."""
    plans: dict[str, dict[int, tuple[str, ...]]] = defaultdict(dict)
    if hand == "first":
        for row in read("plans"):
            plans[row["pcp"]][int(row["goal_id"][1:])] = (row["goal"], *row["interventions"])
        notes = [
            Note(
                r["id"],
                r["pcp"],
                frozenset(int(g[1:]) for g in r["gold"]),
                Story.told([r["narrative"]], [], [r["narrative"]]),
                r["kind"],
                None,
            )
            for r in read("notes")
        ]
        return plans, notes
    for row in read("more-plans"):
        plans[row["plan"]][row["goal"]] = (row["text"], *row["interventions"])
    notes = []
    for r in read("more-notes"):
        cited = int(r["cited"].split()[-1]) if r["cited"] else None
        notes.append(
            Note(
                r["id"],
                r["plan"],
                frozenset(r["goals"]),
                Story.told([r["purpose"], r["narrative"]], [r["purpose"]], [r["purpose"], r["narrative"]]),
                r["kind"],
                cited,
            )
        )
    return plans, notes


def read(name: str) -> list[dict]:
    return [json.loads(line) for line in (BANK / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def table(
    hand: str, bank: Wordings, semantic: Embedder | None = None
) -> tuple[np.ndarray, np.ndarray, list[tuple[Note, int]]]:
    """Features and truth of every pair of a note and a goal of its plan."""
    plans, notes = load(hand)
    rows, pairs = [], []
    for note in notes:
        goals = plans[note.plan]
        rows.append(features(note.story, Wordings(list(goals.values())), bank, semantic=semantic))
        pairs += [(note, number) for number in goals]
    return np.vstack(rows), np.array([number in note.goals for note, number in pairs]), pairs


def bank_of(hands: Sequence[str]) -> Wordings:
    return Wordings(bank_goals(hands))


def bank_goals(hands: Sequence[str]) -> list[tuple[str, ...]]:
    """The background: all goals of the hands."""
    return [goal for hand in hands for goals in load(hand)[0].values() for goal in goals.values()]


def fit(table: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Logistic regression with a ridge: one weight for each feature, the bias last."""
    padded = np.c_[table, np.ones(len(table))]
    weights = np.zeros(padded.shape[1])
    ridge = np.diag([RIDGE] * table.shape[1] + [0.0])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-padded @ weights))
        slope = padded.T @ (truth - chance) - ridge @ weights
        weights += np.linalg.solve((padded.T * (chance * (1 - chance))) @ padded + ridge, slope)
    return weights


def chances(table: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-(table @ weights[:-1] + weights[-1])))


def fitted(semantic: Embedder | None = None) -> dict[str, float]:
    """The weights from both hands, by name of feature."""
    bank = bank_of(HANDS)
    tables = [table(hand, bank, semantic)[:2] for hand in HANDS]
    weights = fit(np.vstack([rows for rows, _ in tables]), np.concatenate([truth for _, truth in tables]))
    names = [*FEATURES, *(f"{name}, beside the other goals" for name in FEATURES)]
    names += ["meaning", "meaning, beside the other goals"] if semantic else []
    return dict(zip([*names, "bias"], weights.round(4).tolist(), strict=True))


def write(name: str, content: object) -> None:
    (DATA / name).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--write", action="store_true", help="write the weights and the bank of goals")
    wanted = options.parse_args()
    found = {"links.json": fitted()}
    if embedder():
        found["links-semantic.json"] = fitted(embedder())
    for name, weights in found.items():
        print(name, json.dumps(weights, indent=1))
    if wanted.write:
        write("goal_bank.json", bank_goals(HANDS))
        for name, weights in found.items():
            write(name, weights)


if __name__ == "__main__":
    main()
