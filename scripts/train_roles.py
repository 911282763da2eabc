"""Train the model of sentence roles on labelled sentences by two hands.

    python scripts/train_roles.py              trains, to see that it can
    python scripts/train_roles.py --write      and writes the weights that peerlint ships

``scripts/evaluate_substance.py`` scores it, each hand by a model trained on the other.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from peerlint.language.roles import BUCKETS, OUTPUTS, WEIGHTS, RoleModel, bucket, features

BANK = Path(__file__).parent.parent / "fixtures" / "roles"
HANDS = ("roles-1", "roles-2")
PENALTY = 0.06
"""Ridge on the weights, in units of one sentence; chosen between the two hands, flat from 0.02 to 0.2."""
STEPS = 10


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--write", action="store_true", help="write the shipped weights, trained on both hands")
    model = train([row for hand in HANDS for row in load(hand)])
    if arguments.parse_args().write:
        write(model)


def load(hand: str) -> list[dict]:
    return [json.loads(line) for line in (BANK / f"{hand}.jsonl").read_text(encoding="utf-8").splitlines()]


def targets(rows: list[dict]) -> np.ndarray:
    """One column of 0 and 1 for each output."""
    return np.array(
        [[float(name in row["roles"] or (name == "empty" and row["empty"])) for name in OUTPUTS] for row in rows]
    )


def bags(rows: list[dict]) -> np.ndarray:
    """One row of feature counts for each sentence, scaled by the root of how many it has."""
    table = np.zeros((len(rows), BUCKETS), np.float32)
    for line, row in zip(table, rows, strict=True):
        found = [bucket(feature) for feature in features(row["text"])]
        np.add.at(line, found, 1 / max(len(found), 1) ** 0.5)
    return table


def train(rows: list[dict]) -> RoleModel:
    """Logistic regression with a ridge and both classes of equal weight, one output at a time, by Newton's method
    over the sentences' inner products."""
    table, wanted = bags(rows), targets(rows)
    inner = table @ table.T
    weights = np.zeros((BUCKETS, len(OUTPUTS)), np.float32)
    bias = np.zeros(len(OUTPUTS), np.float32)
    for column in range(len(OUTPUTS)):
        shares, bias[column] = solve(inner, wanted[:, column])
        weights[:, column] = table.T @ shares
    return RoleModel(weights, bias)


def solve(inner: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, float]:
    """The share of each sentence in the weights, and the bias."""
    count = len(wanted)
    shares, bias = np.zeros(count), 0.0
    telling = wanted > 0.5
    worth = np.where(telling, count / (2 * telling.sum()), count / (2 * (count - telling.sum())))
    for _ in range(STEPS):
        margin = inner @ shares + bias
        chance = 1 / (1 + np.exp(-margin))
        spread = np.maximum(chance * (1 - chance), 1e-6)
        working = margin + (wanted - chance) / spread
        system = np.block(
            [
                [inner + PENALTY * np.diag(1 / (spread * worth)), np.ones((count, 1))],
                [np.ones((1, count)), np.zeros((1, 1))],
            ]
        )
        answer = np.linalg.solve(system, np.append(working, 0.0))
        shares, bias = answer[:count], float(answer[count])
    return shares, bias


def write(model: RoleModel) -> None:
    """Eight-bit weights, one scale for each output."""
    scale = np.abs(model.weights).max(axis=0) / 127
    WEIGHTS.parent.mkdir(parents=True, exist_ok=True)
    whole = np.round(model.weights / scale).astype(np.int8)
    np.savez_compressed(WEIGHTS, weights=whole, scale=scale.astype(np.float32), bias=model.bias.astype(np.float32))
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
