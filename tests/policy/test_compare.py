"""Differences between policy versions are told in words; the ways in which the five policies disagree all show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from peerlint.policy.compare import Turn, compare
from peerlint.policy.load import load, shipped

Write = Callable[..., Path]

OLD, NEW, CCH, LEGACY, LA = "wellcare-nc-2023", "wellcare-nc-2025", "cch-nc-2025", "nc-dma-legacy", "la-lhcc-2024"

DISAGREEMENTS = {
    "1 prior authorization is no exclusion any more": (OLD, NEW, Turn.DROPPED, "B107", "II.I"),
    "2 free units are gone": (OLD, NEW, Turn.DROPPED, "B107", "24 units"),
    "3 three needs of seven in the past": (NEW, LEGACY, Turn.PARAMETERS, "E103", "minimum_areas: 1 → 3; of: 5 → 7"),
    "3 stage of change in Louisiana": (NEW, LA, Turn.ADDED, "E110", "pre-contemplative, contemplative"),
    "3 willingness in Louisiana": (NEW, LA, Turn.ADDED, "E112", "I.A.iv"),
    "4 no ASAM level in the training": (NEW, CCH, Turn.DROPPED, "E104", "ASAM"),
    "4 no ASAM level in the past": (NEW, LEGACY, Turn.DROPPED, "E104", "ASAM"),
    "4 no ASAM level in Louisiana": (NEW, LA, Turn.DROPPED, "E104", "ASAM"),
    "5 remote groups are not addressed by the training": (
        NEW,
        CCH,
        Turn.PARAMETERS,
        "B103",
        "remote_group_allowed: no → yes",
    ),
    "5 face to face only in Louisiana": (NEW, LA, Turn.PARAMETERS, "N105", "→ face-to-face"),
    "6 a remote share for each member": (OLD, NEW, Turn.ADDED, "B105", "share: 0.2"),
    "6 a face-to-face share for each site in the past": (NEW, LEGACY, Turn.ADDED, "B108", "share: 0.8"),
    "7 two signatures before billing": (OLD, NEW, Turn.ADDED, "P106", "both signatures"),
    "7 no two signatures in the past": (NEW, LEGACY, Turn.DROPPED, "P106", "both signatures"),
    "8 no recreation at all in the past": (NEW, LEGACY, Turn.PARAMETERS, "X103", "exception: planned-skill → none"),
    "8 purely recreational in Louisiana": (NEW, LA, Turn.PARAMETERS, "X103", "exception: planned-skill → not-purely"),
    "9 planned support during travel": (OLD, NEW, Turn.PARAMETERS, "X101", "planned_travel_support: no → yes"),
    "9 arranging trips in Louisiana": (NEW, LA, Turn.PARAMETERS, "X101", "arranging_allowed: not set → yes"),
    "10 authorization period, then episode of care": (LEGACY, NEW, Turn.REWORDED, "E109", "episode of care"),
    "10 excluded services likewise": (LEGACY, NEW, Turn.REWORDED, "E105", "episode of care"),
    "11 not stand-alone in the past": (NEW, LEGACY, Turn.ADDED, "E108", "not stand-alone"),
    "11 in treatment in Louisiana": (NEW, LA, Turn.ADDED, "E108", "actively receives"),
    "12 a supervisor's contact": (OLD, NEW, Turn.ADDED, "S102", "first_days: 90; repeat_days: 90"),
    "12 sooner and face to face in the past": (
        NEW,
        LEGACY,
        Turn.PARAMETERS,
        "S102",
        "first_days: 90 → 30; repeat_days: 90 → 60; modes: face-to-face, telehealth, audio-only → face-to-face",
    ),
    "letters moved": (OLD, NEW, Turn.MOVED, "X108", "II.J → WNC.CP.231 VII.I"),
}


@pytest.mark.parametrize(("old", "new", "turn", "code", "words"), DISAGREEMENTS.values(), ids=DISAGREEMENTS.keys())
def test_disagreements_show(old: str, new: str, turn: Turn, code: str, words: str) -> None:
    told = [c.words for c in compare(load(old), load(new)) if c.turn is turn and c.subject.startswith(code)]
    assert any(words.lower() in telling.lower() for telling in told), told


@pytest.mark.parametrize("name", shipped())
def test_a_ruleset_does_not_differ_from_itself(name: str) -> None:
    assert compare(load(name), load(name)) == []


@pytest.mark.parametrize(("old", "new"), [(OLD, NEW), (NEW, LEGACY), (CCH, LA)])
def test_what_one_way_is_added_is_dropped_the_other_way(old: str, new: str) -> None:
    there, back = compare(load(old), load(new)), compare(load(new), load(old))
    added = {(c.subject, c.words) for c in there if c.turn is Turn.ADDED}
    assert added == {(c.subject, c.words) for c in back if c.turn is Turn.DROPPED}
    assert len(there) == len(back)


def test_dates_severity_and_hard_stops_are_told(write: Write, tmp_path: Path) -> None:
    old = load(write(tmp_path, "old", "requirements:\n  Q101: {severity: warning, asks: x.}\n"))
    body = "requirements:\n  Q101: {severity: error, hard_stop: true, asks: x., binds: {from: 2025-01-01}}\n"
    changes = compare(old, load(write(tmp_path, "new", body)))
    assert [(c.turn, c.words) for c in changes] == [
        (Turn.SEVERITY, "warning → error, hard stop"),
        (Turn.BINDS, "always to now → 2025-01-01 to now"),
    ]
