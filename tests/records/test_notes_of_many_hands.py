"""Notes in the layouts of many agencies, each with what a careful reader finds in it (``notes_of_many_hands.yaml``)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from peerlint.documents.text import document_from_text
from peerlint.records.model import ServiceNote
from peerlint.records.recognise import recognise

NOTES: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("notes_of_many_hands.yaml").read_text("utf-8")
)


def told(note: ServiceNote) -> dict[str, Any]:
    """What the note tells, in the plain words of the cases; what it does not tell is left out."""
    header, signature = note.header, note.staff_signature
    found = {
        "member": header.member and header.member.meaning and header.member.meaning.full,
        "medicaid_id": header.medicaid_id and header.medicaid_id.meaning,
        "date": note.date and note.date.isoformat(),
        "start": note.start and note.start.meaning and f"{note.start.meaning:%H:%M}",
        "end": note.end and note.end.meaning and f"{note.end.meaning:%H:%M}",
        "minutes": note.minutes and note.minutes.meaning,
        "units": note.units and note.units.meaning is not None and int(note.units.meaning),
        "service": note.service and note.service.text,
        "place": note.place_of_service and note.place_of_service.text,
        "contact": [kind.value for kind in note.contact_types],
        "goals": list(note.goals_cited.meaning or ()) if note.goals_cited else None,
        "modifiers": [modifier.text for modifier in note.modifiers],
        "group": note.is_group and note.is_group.meaning,
        "sections": [section.topic.value for section in note.narrative if section.text],
        "signed": signature and [signature.form.value, signature.name, signature.credentials],
        "signed_on": signature and signature.signed_on and str(signature.signed_on.meaning or ""),
        "late": note.late_entry and note.late_entry.text,
        "not_billed": note.not_billed and note.not_billed.text,
        "placeholders": [found.text for found in header.placeholders],
    }
    return {key: value for key, value in found.items() if value not in (None, [], "", False)}


@pytest.mark.parametrize("name", NOTES)
def test_a_note_tells_what_a_careful_reader_finds(name: str) -> None:
    records = recognise(document_from_text(NOTES[name]["text"]), f"{name}.docx")

    assert len(records) == 1
    assert isinstance(records[0], ServiceNote)
    assert told(records[0]) == NOTES[name]["told"]
