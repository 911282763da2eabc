"""The door to the language stage: read once, by one process or by several."""

from __future__ import annotations

import pytest
from prose import caseload, chart, note, plan

from peerlint.language import reader
from peerlint.language.reader import NarrativeReader

PLAN = plan({1: ["I want a job I can keep.", "Practise interviews with him."]})
TOLD = (
    "I picked him up and drove him to the interview in my car.",
    "Practiced two interview questions with him. He said the second went better.",
    "Nobody answered the door. Left a card.",
)


def test_several_processes_read_what_one_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    notes = [note(text, path=f"{number}.docx") for number, text in enumerate(TOLD)]
    known = caseload(chart("Ana Ruiz", *notes, plans=(PLAN,)))
    alone = NarrativeReader(known)
    monkeypatch.setattr(reader, "WORTH_SHARING", 1)
    shared = NarrativeReader(known, None, [(told, PLAN) for told in notes], jobs=2)
    for told in notes:
        assert shared.activities(told, PLAN) == alone.activities(told, PLAN)
        assert shared.substance(told) == alone.substance(told)
        assert shared.links(told, PLAN) == alone.links(told, PLAN)
        assert shared.off_plan(told, PLAN) == alone.off_plan(told, PLAN)


def test_few_notes_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("processes were started for one note")

    monkeypatch.setattr(reader, "_side_by_side", refuse)
    told = note(TOLD[0])
    known = caseload(chart("Ana Ruiz", told, plans=(PLAN,)))
    assert NarrativeReader(known, None, [(told, PLAN)], jobs=2).activities(told, PLAN)
