"""Score goal links across hands: weights fitted on one hand's notes and plans, scored on the other's, both ways.

python scripts/evaluate_links.py            prints the scores
python scripts/evaluate_links.py --write    and writes the weights and the goal bank, from both hands
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

from peerlint.language.links import DATA, FEATURES, Story, Wordings, features  # noqa: E402

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
                Story.told(r["narrative"], ""),
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
                Story.told(f"{r['purpose']}\n{r['narrative']}", r["purpose"]),
                r["kind"],
                cited,
            )
        )
    return plans, notes


def read(name: str) -> list[dict]:
    return [json.loads(line) for line in (BANK / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def table(hand: str, bank: Wordings) -> tuple[np.ndarray, np.ndarray, list[tuple[Note, int]]]:
    """Features and truth of every pair of a note and a goal of its plan."""
    plans, notes = load(hand)
    rows, pairs = [], []
    for note in notes:
        goals = plans[note.plan]
        rows.append(features(note.story, Wordings(list(goals.values())), bank))
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


def auc(scores: np.ndarray, wanted: np.ndarray) -> float:
    ranks = np.empty(len(scores))
    ranks[np.argsort(scores, kind="stable")] = np.arange(1, len(scores) + 1)
    positive = int(wanted.sum())
    return float((ranks[wanted].sum() - positive * (positive + 1) / 2) / (positive * (len(scores) - positive)))


def report() -> list[str]:
    lines = []
    for train, test in (HANDS, HANDS[::-1]):
        bank = bank_of([train])
        known, truth, _ = table(train, bank)
        unseen, wanted, pairs = table(test, bank)
        found = chances(unseen, fit(known, truth))
        lines.append(f"fitted on the {train} hand, scored on the {test}: " + summary(found, wanted, pairs))
    return lines


def summary(found: np.ndarray, wanted: np.ndarray, pairs: list[tuple[Note, int]]) -> str:
    said = found >= 0.5
    precision, recall = (said & wanted).sum() / max(said.sum(), 1), (said & wanted).sum() / wanted.sum()
    by_note: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for (note, _), chance, true in zip(pairs, found, wanted, strict=True):
        by_note[note.name].append((chance, bool(true)))
    linked = [rows for rows in by_note.values() if any(true for _, true in rows)]
    first = np.mean([max(rows)[1] for rows in linked])
    best = np.array([max(rows)[0] for rows in by_note.values()])
    on_goal = np.array([any(true for _, true in rows) for rows in by_note.values()])
    f1 = 2 * precision * recall / (precision + recall)
    return (
        f"AUC {auc(found, wanted):.3f}, F1 {f1:.2f} (P {precision:.2f} R {recall:.2f}), right goal first {first:.2f}, "
        f"notes on a goal against off-goal notes AUC {auc(best, on_goal):.2f}"
    )


def write() -> None:
    (DATA / "goal_bank.json").write_text(json.dumps(bank_goals(HANDS), indent=0) + "\n", encoding="utf-8")
    bank = bank_of(HANDS)
    tables = [table(hand, bank)[:2] for hand in HANDS]
    weights = fit(np.vstack([t for t, _ in tables]), np.concatenate([y for _, y in tables]))
    names = [*FEATURES, *(f"{name}, beside the other goals" for name in FEATURES), "bias"]
    stored = dict(zip(names, weights.round(4).tolist(), strict=True))
    (DATA / "links.json").write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--write", action="store_true", help="write the weights and the goal bank, from both hands")
    for line in report():
        print(line)
    if arguments.parse_args().write:
        write()


if __name__ == "__main__":
    main()
