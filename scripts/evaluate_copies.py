"""Score near copies: narratives copied for another member and day, with words changed, among others."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import train_links as narratives
from measures import ratios

from peerlint.documents.model import Place
from peerlint.language.likeness import find_copies
from peerlint.records.model import (
    Caseload,
    Chart,
    Header,
    PersonName,
    Section,
    ServiceNote,
    Topic,
    Value,
)

PLACE = Place(0)
SHARES = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3)
"""Share of words changed in a copy, beside names, days, numbers and pronouns."""
EVERY = 3  # one narrative in so many is copied
SWAPS = {"he": "she", "his": "her", "him": "her", "she": "he", "her": "his", "herself": "himself", "himself": "herself"}
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def scores() -> dict[str, Any]:
    """Precision, recall and F1 by the share of words changed."""
    texts = [row["narrative"] for name in ("notes", "more-notes") for row in narratives.read(name)]
    texts = [text for text in texts if len(text.split()) >= 25]
    return {f"{share:.0%} of words changed": copied(texts, share, random.Random(5)) for share in SHARES}


def copied(texts: list[str], share: float, dice: random.Random) -> dict[str, float]:
    vocabulary = sorted({word for text in texts for word in text.split()})
    notes = [note(text, number) for number, text in enumerate(texts)]
    charts = [
        Chart(f"m{number:04}", PersonName("Ada", f"Birch{number}"), (), (one,)) for number, one in enumerate(notes)
    ]
    truth = set()
    for number, text in enumerate(texts[::EVERY]):
        copy = note(changed(text, share, vocabulary, dice), len(texts) + number)
        charts.append(Chart(f"c{number:04}", PersonName("Ida", f"Kemp{number}"), (), (copy,)))
        truth.add((copy.header.path, notes[number * EVERY].header.path))
        notes.append(copy)
    found = {(c.note.header.path, c.original.header.path) for c in find_copies(notes, Caseload(tuple(charts), ()))}
    return ratios(len(found & truth), len(found), len(truth))


def changed(text: str, share: float, vocabulary: list[str], dice: random.Random) -> str:
    """The text for another person and day, with a share of its words replaced."""
    words = [SWAPS.get(word, word) for word in text.split()]
    words = [dice.choice(DAYS) if word.strip(".,") in DAYS else word for word in words]
    words = [dice.choice(vocabulary) if dice.random() < share else word for word in words]
    return re.sub(r"\d+", lambda _: str(dice.randrange(1, 30)), " ".join(words))


def note(text: str, number: int) -> ServiceNote:
    day = date(2025, 1, 6) + timedelta(days=number)
    header = Header(f"{number:05}.docx", 0, None, PLACE, "", text, None, None, None, None, None, (), ())
    section = Section(Topic.NARRATIVE, "", text, PLACE)
    return ServiceNote(header, service_date=Value("", day, PLACE), narrative=(section,))


def section(found: Mapping[str, Any]) -> str:
    """The part of docs/accuracy.md about copies."""
    lines = [
        "Every third of 412 narratives copied for another member, with names, days, numbers and pronouns changed and",
        "a share of the other words replaced at random:",
        "",
        "| copy | precision | recall | F1 |",
        "|---|---|---|---|",
    ]
    for name, row in found.items():
        lines.append(f"| {name} | {row['precision']:.2f} | {row['recall']:.2f} | {row['F1']:.2f} |")
    lines += ["", "Weak: a narrative told again in other words is no copy to peerlint."]
    return "\n".join(lines)


if __name__ == "__main__":
    print(section(scores()))
