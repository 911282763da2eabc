#!/usr/bin/env python3
"""Time the language stage over 10,000 notes of 150 words, step by step, with peak memory.

    python benchmarks/language.py [--notes 10000]

The notes are put together from the sentences of ``fixtures``, under plans of the same fixtures;
one in thirty is a copy of an earlier one with another day and name.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from peerlint.documents.model import Place  # noqa: E402
from peerlint.language.reader import NarrativeReader  # noqa: E402
from peerlint.language.words import sentences  # noqa: E402
from peerlint.records.model import (  # noqa: E402
    Caseload,
    Chart,
    Goal,
    Header,
    Intervention,
    PersonName,
    Plan,
    Section,
    ServiceNote,
    Topic,
    Value,
)

WORDS = 150
NOTES_PER_MEMBER = 20
COPIED = 30  # one note in so many is a copy
FIRST = [
    "Ada",
    "Bruno",
    "Cleo",
    "Dario",
    "Esther",
    "Felix",
    "Gwen",
    "Hugo",
    "Ines",
    "Jonas",
    "Kira",
    "Lamar",
    "Mona",
    "Nico",
]
LAST = [
    "Abbott",
    "Birch",
    "Castro",
    "Dobbs",
    "Ekdahl",
    "Farrow",
    "Goins",
    "Hale",
    "Imes",
    "Jarrell",
    "Kemp",
    "Lowe",
    "Moss",
]
PLACE = Place(0)
Told = tuple[tuple[Topic, str], ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=2, help="processes that read side by side, as in 'check --jobs'")
    wanted = parser.parse_args()
    caseload = build(wanted.notes, random.Random(7))
    pairs = [(note, chart.plans[0]) for chart in caseload.charts for note in chart.notes]
    words = sum(len(section.text.split()) for note, _ in pairs for section in note.narrative) // len(pairs)
    print(f"{len(pairs)} notes of {words} words, {len(caseload.charts)} members; memory before {memory():.0f} MiB")
    for jobs in (1, wanted.jobs):
        print(f"\n{jobs} process{'es' if jobs > 1 else ''}")
        time_stage(NarrativeReader(caseload, None, pairs, jobs), pairs)
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{'largest other process':28} {workers:35.0f} MiB")


def time_stage(reader: NarrativeReader, pairs: list[tuple[ServiceNote, Plan]]) -> None:
    """Time every step; the first to ask starts the other processes, which take all steps of single notes together."""
    total = 0.0
    for name, step in steps(reader, pairs):
        began, busy = time.perf_counter(), time.process_time()
        found = step()
        spent, worked = time.perf_counter() - began, time.process_time() - busy
        total += spent
        print(
            f"{name:28} {spent:6.1f} s ({worked:5.1f} s of work)   {found:>7} found   peak {memory():5.0f} MiB",
            flush=True,
        )
    print(f"{'whole language stage':28} {total:6.1f} s   {len(pairs) / total:6.0f} notes/s")


def steps(reader: NarrativeReader, pairs: list[tuple[ServiceNote, Plan]]) -> Iterator[tuple[str, Callable[[], int]]]:
    yield "activities", lambda: sum(len(reader.activities(note, plan)) for note, plan in pairs)
    yield "substance", lambda: sum(reader.substance(note).words > 0 for note, _ in pairs)
    yield "links to goals", lambda: sum(len(reader.links(note, plan)) for note, plan in pairs)
    yield "techniques off the plan", lambda: sum(len(reader.off_plan(note, plan)) for note, plan in pairs)
    yield "copies", lambda: len(reader.copies())
    yield "wrong people", lambda: sum(len(reader.wrong_people(note)) for note, _ in pairs)


def build(count: int, dice: random.Random) -> Caseload:
    goals = list(read_goals())
    pool = [row["text"] for name in ("roles-1", "roles-2") for row in rows("roles", name) if not row["empty"]]
    pool += [s for name in ("notes", "more-notes") for row in rows("links", name) for s in sentences(row["narrative"])]
    charts = []
    earlier: list[Told] = []
    for number in range(max(1, count // NOTES_PER_MEMBER)):
        name = PersonName(f"{FIRST[number % len(FIRST)]}", f"{LAST[number // len(FIRST) % len(LAST)]}{number}")
        notes = []
        for visit in range(min(NOTES_PER_MEMBER, count)):
            told = earlier[dice.randrange(len(earlier))] if earlier and not dice.randrange(COPIED) else tell(pool, dice)
            earlier.append(told)
            notes.append(note(name, number, visit, told))
        plan = Plan(header("plan", number, 0, name, ""), goals=renumbered(dice.sample(goals, 3)))
        charts.append(Chart(f"m{number:05}", name, (), tuple(notes), (plan,)))
    return Caseload(tuple(charts), ())


def tell(pool: list[str], dice: random.Random) -> Told:
    """Purpose, intervention and response of about ``WORDS`` words together."""
    purpose, response, *told = dice.sample(pool, 3)
    while len(" ".join([purpose, response, *told]).split()) < WORDS:
        told.append(dice.choice(pool))
    return ((Topic.PURPOSE, purpose), (Topic.INTERVENTION, " ".join(told)), (Topic.RESPONSE, response))


def note(name: PersonName, number: int, visit: int, told: Told) -> ServiceNote:
    sections = tuple(Section(topic, topic.value, text, PLACE) for topic, text in told)
    day = date(2025, 1, 6) + timedelta(days=7 * visit + number % 5)
    text = "\n".join(section.text for section in sections)
    cited = Value("Goal 1", (1,), PLACE) if visit % 2 else None
    return ServiceNote(
        header("note", number, visit, name, text),
        service_date=Value(day.isoformat(), day, PLACE),
        goals_cited=cited,
        narrative=sections,
    )


def header(kind: str, number: int, index: int, name: PersonName, text: str) -> Header:
    member = Value(name.full, name, PLACE)
    return Header(f"{number:05}/{kind}.docx", index, None, PLACE, kind, text, member, None, None, None, None, (), ())


def read_goals() -> Iterator[Goal]:
    for name in ("plans", "more-plans"):
        for row in rows("links", name):
            interventions = tuple(Intervention(text, PLACE) for text in row["interventions"])
            yield Goal(0, row.get("text") or row["goal"], PLACE, interventions=interventions)


def renumbered(goals: list[Goal]) -> tuple[Goal, ...]:
    return tuple(replace(goal, number=number) for number, goal in enumerate(goals, start=1))


def rows(folder: str, name: str) -> list[dict]:
    path = ROOT / "fixtures" / folder / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def memory() -> float:
    """Peak memory of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
