"""Labels that no table holds: what they ask for, and what must stay unknown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from peerlint.records.labels import NOTE_FAMILIES, PLAN_FAMILIES, labels_of
from peerlint.records.nearest import nearest
from peerlint.records.several import several, shared_out

CASES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("nearest_labels.yaml").read_text("utf-8"))
LABELS = labels_of(NOTE_FAMILIES)


@pytest.mark.parametrize(("label", "key"), [(label, key) for key, labels in CASES["near"].items() for label in labels])
def test_a_label_asks_for_what_its_nearest_wordings_ask_for(label: str, key: str) -> None:
    field = LABELS.named(label) or nearest(LABELS, label)

    assert field is not None
    assert field.key == key


@pytest.mark.parametrize("label", CASES["unknown"])
def test_a_label_that_is_near_to_nothing_stays_unknown(label: str) -> None:
    assert LABELS.named(label) is None
    assert nearest(LABELS, label) is None


def test_the_value_rules_out_a_field_whose_values_look_otherwise() -> None:
    assert nearest(LABELS, "Svc dt", "02/26/2025") is not None
    assert nearest(LABELS, "Svc dt", "her kitchen") is None


def test_the_value_decides_between_fields_that_are_as_near() -> None:
    by_contact, by_place = (nearest(LABELS, "Way we met", value) for value in ("Telephone", ""))

    assert by_contact is not None
    assert by_contact.key == "contact_type"
    assert by_place is not None


def test_a_table_without_the_labels_of_notes_guesses_nothing() -> None:
    assert nearest(labels_of(PLAN_FAMILIES), "Manner of contact") is None


@pytest.mark.parametrize(("label", "text", "told"), [tuple(case) for case in CASES["several"]])
def test_a_label_that_asks_for_several_things(label: str, text: str, told: dict[str, str]) -> None:
    fields = several(LABELS, label)

    assert dict(zip((field.key for field in fields), shared_out(text, fields), strict=True)) == told


@pytest.mark.parametrize("label", CASES["one thing"])
def test_a_label_that_asks_for_one_thing(label: str) -> None:
    assert several(LABELS, label) == ()
