"""Notes whose layout tells what a label elsewhere would (``notes_by_layout.yaml``): every fact read, none invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from test_notes_of_many_hands import told
from test_notes_of_many_makers import facts_of, wrong

from peerlint.documents.text import document_from_text
from peerlint.records.model import ServiceNote
from peerlint.records.recognise import recognise

NOTES: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("notes_by_layout.yaml").read_text("utf-8"))


@pytest.mark.parametrize("name", NOTES)
def test_every_fact_of_a_layout_is_read_and_no_other(name: str) -> None:
    records = recognise(document_from_text(NOTES[name]["text"]), f"{name}.docx")

    assert [type(record) for record in records] == [ServiceNote]
    note = records[0]
    assert isinstance(note, ServiceNote)
    found = facts_of(note) | {fact: text for fact, text in told(note).items() if fact == "service"}
    assert wrong(found, NOTES[name]["told"]) == {}
