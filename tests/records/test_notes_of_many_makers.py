"""Notes on the forms of many makers: every fact of the form is read, and none that is not on it
(``notes_of_many_makers.yaml``)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from test_notes_of_many_hands import told

from peerlint.documents.text import document_from_text
from peerlint.records.model import ServiceNote
from peerlint.records.recognise import recognise

NOTES: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("notes_of_many_makers.yaml").read_text("utf-8")
)
FACTS = ("member", "medicaid_id", "date", "start", "end", "minutes", "units", "place", "contact", "goals", "group")
LONGEST_PLACE = 70


def facts_of(note: ServiceNote) -> dict[str, Any]:
    """The facts of a note that the cases tell; what the note does not tell is left out."""
    found = told(note)
    facts = {fact: found[fact] for fact in FACTS if fact in found}
    signature = note.staff_signature
    facts["sections"] = sorted(set(found.get("sections", [])))
    facts["mark"] = signature and signature.form.name.replace("_", " ").casefold()
    facts["signer"] = signature and signature.name
    facts["credentials"] = signature and signature.credentials
    facts["signed_on"] = found.get("signed_on")
    return {fact: value for fact, value in facts.items() if value}


def wrong(found: dict[str, Any], expected: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Fact -> (expected, found), for the facts that are read otherwise than told."""
    return {
        fact: (expected.get(fact), found.get(fact))
        for fact in {*found, *expected}
        if not _agree(fact, expected.get(fact), found.get(fact))
    }


def _agree(fact: str, expected: Any, found: Any) -> bool:
    if fact == "sections":
        return set(expected or ()) == set(found or ())
    if fact == "place" and expected and found:
        return expected.casefold() in found.casefold() and len(found) <= LONGEST_PLACE
    return bool(expected == found)


@pytest.mark.parametrize("name", NOTES)
def test_every_fact_of_a_form_is_read_and_no_other(name: str) -> None:
    records = recognise(document_from_text(NOTES[name]["text"]), f"{name}.docx")

    assert [type(record) for record in records] == [ServiceNote]
    assert wrong(facts_of(records[0]), NOTES[name]["told"]) == {}  # type: ignore[arg-type]
