"""Note forms of many agencies, printed to real files (``note_forms.yaml``): every fact that a careful reader finds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from printed import write_docx, write_pdf

from peerlint.documents.read import read
from peerlint.records.model import Record, ServiceNote, SignerRole
from peerlint.records.recognise import recognise

FORMS: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("note_forms.yaml").read_text("utf-8"))
_CONTAINED = frozenset({"place", "signer"})


def found_in(note: ServiceNote) -> dict[str, Any]:
    """What the note tells, in the words of the forms."""
    header, signature = note.header, note.staff_signature
    return {
        "member": header.member and header.member.meaning and header.member.meaning.full,
        "medicaid_id": header.medicaid_id and header.medicaid_id.meaning,
        "birth_date": header.birth_date and str(header.birth_date.meaning),
        "date": str(note.date),
        "start": note.start and note.start.meaning and f"{note.start.meaning:%H:%M}",
        "end": note.end and note.end.meaning and f"{note.end.meaning:%H:%M}",
        "minutes": note.minutes and note.minutes.meaning,
        "units": note.units and note.units.meaning is not None and int(note.units.meaning),
        "place": (note.place_of_service and note.place_of_service.text) or "",
        "contact": [kind.value for kind in note.contact_types],
        "goals": list(note.goals_cited.meaning or ()) if note.goals_cited else [],
        "codes": [code.text for code in note.procedure_codes],
        "modifiers": [modifier.text for modifier in note.modifiers],
        "topics": sorted({section.topic.value for section in note.narrative if section.text}),
        "signer": (signature and signature.name) or "",
        "credentials": signature and signature.credentials,
        "signed_on": signature and signature.signed_on and str(signature.signed_on.meaning or ""),
        "member_signed": any(other.role is SignerRole.MEMBER and other.signed for other in header.signatures),
    }


def wrong_facts(records: tuple[Record, ...], told: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Fact -> (expected, found), for the facts that were read otherwise than a careful reader reads them."""
    if len(records) != 1 or not isinstance(records[0], ServiceNote):
        return {fact: (expected, None) for fact, expected in told.items()}
    found = found_in(records[0])
    return {
        fact: (expected, found[fact]) for fact, expected in told.items() if not _agrees(fact, expected, found[fact])
    }


def _agrees(fact: str, expected: Any, found: Any) -> bool:
    if fact in _CONTAINED:
        return str(expected).casefold() in found.casefold()
    return set(expected) <= set(found) if fact == "topics" else bool(found == expected)


@pytest.mark.parametrize("write", [write_docx, write_pdf])
@pytest.mark.parametrize("name", FORMS)
def test_every_fact_of_a_form_is_read(
    tmp_path: Path, name: str, write: Callable[[list[dict[str, Any]], Path], Path]
) -> None:
    path = write(FORMS[name]["blocks"], tmp_path / f"form.{write.__name__.removeprefix('write_')}")

    unread = FORMS[name].get("unread in pdf", []) if write is write_pdf else []
    told = {fact: expected for fact, expected in FORMS[name]["told"].items() if fact not in unread}

    assert wrong_facts(recognise(read(path), "form"), told) == {}
