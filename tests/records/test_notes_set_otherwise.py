"""Notes whose facts are set otherwise than beside a label and a colon: in boxes, sentences, cards, under captions
(``notes_set_otherwise.yaml``)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from printed import write_docx
from test_notes_of_many_makers import facts_of, wrong

from peerlint.documents.model import Block, Document, Paragraph, Part
from peerlint.documents.read import read
from peerlint.documents.text import document_from_text
from peerlint.records.model import ServiceNote
from peerlint.records.recognise import recognise

NOTES: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("notes_set_otherwise.yaml").read_text("utf-8")
)
PARTS = {"box": Part.TEXT_BOX, "text": Part.BODY, "header": Part.HEADER, "footer": Part.FOOTER}


def document_of(case: dict[str, Any], folder: Path) -> Document:
    """The document that a case tells, its parts in the order in which readers give them."""
    if "blocks" in case:
        return read(write_docx(case["blocks"], folder / "note.docx"))
    blocks: list[Block] = []
    for name, part in PARTS.items():
        for block in document_from_text(case.get(name, "")).blocks:
            place = replace(block.place, block=len(blocks), part=part)
            blocks.append(replace(block, place=place) if isinstance(block, Paragraph) else block)
    return Document(format="text", blocks=tuple(blocks))


@pytest.mark.parametrize("name", NOTES)
def test_every_fact_is_read_and_no_other(tmp_path: Path, name: str) -> None:
    told = dict(NOTES[name]["told"])
    placeholders = told.pop("placeholders", None)

    records = recognise(document_of(NOTES[name], tmp_path), f"{name}.docx")

    assert [type(record) for record in records] == [ServiceNote]
    assert wrong(facts_of(records[0]), told) == {}  # type: ignore[arg-type]
    if placeholders is not None:
        assert bool(records[0].header.placeholders) is placeholders
