"""Score what is read of purpose, intervention and response, each hand by a model trained on the other."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

import train_links as narratives
import train_roles as bank
from measures import auc, ratios

from peerlint.documents.model import Place
from peerlint.language import substance
from peerlint.language.model import Presence
from peerlint.language.roles import OUTPUTS, RoleModel
from peerlint.records.model import Header, Section, ServiceNote, Topic

PLACE = Place(0)
PARTS = ("purpose", "intervention", "response")
HEADER = Header("", 0, None, PLACE, "", "", None, None, None, None, None, (), ())


def scores() -> dict[str, Any]:
    """Roles and empty boxes by hand, and parts told in narratives that the model has not seen."""
    found: dict[str, Any] = {"roles": {}, "empty boxes": {}}
    for test in bank.HANDS:
        model = bank.train([row for hand in bank.HANDS if hand != test for row in bank.load(hand)])
        rows = bank.load(test)
        found["roles"][test] = roles(model, rows)
        found["empty boxes"][test] = empty_boxes(model, rows)
    found["parts found"] = parts_found()
    return found


def roles(model: RoleModel, rows: list[dict]) -> dict[str, dict[str, float]]:
    chances = np.array([[model.parts(row["text"]).chances[name] for name in OUTPUTS] for row in rows])
    wanted = bank.targets(rows) > 0.5
    said = chances > 0.5
    right = (said & wanted).sum(axis=0)
    return {
        name: {
            "AUC": auc(chances[:, at], wanted[:, at]),
            **ratios(int(right[at]), int(said[:, at].sum()), int(wanted[:, at].sum())),
        }
        for at, name in enumerate(OUTPUTS)
    }


def empty_boxes(model: RoleModel, rows: list[dict]) -> dict[str, float]:
    """Boxes filled with one sentence, empty in substance or not."""
    boxes = [row for row in rows if set(row["roles"]) & set(PARTS)]
    with patch.object(substance, "role_model", lambda: model):
        said = [substance.is_empty(row["text"]) for row in boxes]
    right = sum(s and row["empty"] for s, row in zip(said, boxes, strict=True))
    return ratios(right, sum(said), sum(row["empty"] for row in boxes))


def parts_found() -> dict[str, dict[str, float]]:
    """The share of narratives in which each part is found. All were written to tell an intervention, the second
    hand's a response as well, without labels."""
    found = {}
    for hand in narratives.HANDS:
        notes = [loose(row["narrative"]) for row in told(hand)]
        read = [substance.read_substance(note) for note in notes]
        found[f"{hand} hand"] = {
            part: sum(getattr(one, part).presence is Presence.TOLD for one in read) / len(read) for part in PARTS
        }
    return found


def told(hand: str) -> list[dict]:
    return [row for row in narratives.read("notes" if hand == "first" else "more-notes") if row.get("gold", True)]


def loose(text: str) -> ServiceNote:
    return ServiceNote(replace(HEADER), narrative=(Section(Topic.NARRATIVE, "", text, PLACE),))


def section(found: Mapping[str, Any]) -> str:
    """The part of docs/accuracy.md about substance."""
    hands = list(found["roles"])
    lines = [
        "The part that a single sentence plays (1,280 sentences by two hands; the other hand trains the model):",
        "",
        f"| part | {' | '.join(f'{hand}: AUC | {hand}: F1' for hand in hands)} |",
        "|---" * (2 * len(hands) + 1) + "|",
    ]
    for name in OUTPUTS:
        cells = [f"{found['roles'][hand][name]['AUC']:.2f} | {found['roles'][hand][name]['F1']:.2f}" for hand in hands]
        lines.append(f"| {'in name only' if name == 'empty' else name} | {' | '.join(cells)} |")
    lines += [
        "",
        "Boxes that are filled in name only, told by their words and by the model:",
        "",
        "| hand | precision | recall | F1 |",
        "|---|---|---|---|",
    ]
    for hand, row in found["empty boxes"].items():
        lines.append(f"| {hand} | {row['precision']:.2f} | {row['recall']:.2f} | {row['F1']:.2f} |")
    lines += [
        "",
        "Share of unlabelled narratives in which each part is found. The second hand's are whole notes, the first's",
        "are one or two sentences, of which some tell only what the member did.",
        "",
        f"| narratives | {' | '.join(PARTS)} |",
        "|---|---|---|---|",
    ]
    for hand, row in found["parts found"].items():
        lines.append(f"| {hand} | {' | '.join(f'{row[part]:.2f}' for part in PARTS)} |")
    lines += [
        "",
        "Weak: a response told in one word; a purpose told only by what happens next; an act without a subject.",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(section(scores()))
