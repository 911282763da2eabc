"""The table of labels: each wording stands for one field, and reads back in every layout."""

from __future__ import annotations

from collections import defaultdict
from importlib.resources import files

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from peerlint.documents.text import document_from_text
from peerlint.records.form import Form, read_form
from peerlint.records.labels import NOTE_FAMILIES, PLAN_FAMILIES, label_words, labels_of
from peerlint.records.model import Topic
from peerlint.records.shapes import STRICT
from peerlint.records.titles import read_title

TABLE = yaml.safe_load((files("peerlint.records") / "labels.yaml").read_text("utf-8"))
SHAPES = {*STRICT, "text", "prose"}

VALUES = {
    "name": "Rosa Diaz",
    "date": "03/04/2025",
    "time": "10:00 AM",
    "times": "10:00 AM - 11:00 AM",
    "duration": "60 minutes",
    "units": "4",
    "id": "903311457P",
    "code": "H0038",
    "modifier": "HQ",
    "goals": "1, 3",
    "ticks": "☒ Yes ☐ Maybe",
    "text": "on the porch",
    "prose": "We filled in the week together.",
    "signature": "/s/ Rosa Diaz, CPSS",
    "phone": "828-555-0101",
}


def wordings(*families: str) -> list[tuple[str, str, str]]:
    """(label, key, shape) of every wording that is its family's own."""
    labels = labels_of(NOTE_FAMILIES)
    return [
        (label, key, entry["shape"])
        for family in families
        for key, entry in TABLE[family].items()
        for label in entry["labels"]
        if (found := labels.named(label)) and found.key == key
    ]


@pytest.mark.parametrize("families", [NOTE_FAMILIES, PLAN_FAMILIES], ids=["notes", "plans"])
def test_a_wording_stands_for_one_field_of_a_kind_of_record(families: tuple[str, ...]) -> None:
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for family in {"note", "signature", "person"} & set(families) or set(families):
        for key, entry in TABLE[family].items():
            for label in entry["labels"]:
                seen[" ".join(word.plain for word in label_words(label))].add(f"{family}.{key}")

    assert {wording: sorted(keys) for wording, keys in seen.items() if len(keys) > 1} == {}


def test_every_field_has_a_known_shape_and_topic() -> None:
    topics = {topic.value for topic in Topic}
    for family in TABLE.values():
        for key, entry in family.items():
            assert entry["shape"] in SHAPES, key
            assert entry.get("topic", "other") in topics, key
            assert all(isinstance(label, str) for label in entry["labels"]), key


LAYOUTS = {
    "colon": "{label}: {value}",
    "capitals": "{LABEL}: {value}",
    "stars": "{label}*: {value}",
    "leaders": "{label}.....: {value}",
    "tab": "{label}\t{value}",
    "next cell": "| {label} | {value} |",
    "next cell with colon": "| {label}: | {value} |",
    "cell below": "| {label} |\n| {value} |",
    "captions": "| {label} | Date of birth | MID |\n| {value} | 01/02/1980 | 903311457Q |",
    "line below": "{label}:\n{value}",
}


def form_of(text: str) -> Form:
    return read_form(document_from_text(text).blocks, NOTE_FAMILIES)


LONG = [
    wording
    for wording in wordings("note", "person", "signature")
    if len(wording[0]) > 3
    and not read_title(wording[0])
    and wording[1] not in ("late_entry", "birth_date", "medicaid_id", "gender")
]


@given(st.sampled_from(LONG), st.sampled_from(sorted(LAYOUTS)))
def test_every_wording_reads_back_in_every_layout(wording: tuple[str, str, str], layout: str) -> None:
    label, key, shape = wording
    value = VALUES[shape]
    text = LAYOUTS[layout].format(label=label, LABEL=label.upper(), value=value)

    entry = form_of(f"Race: any\n{text}\nHairdresser: None").first(key)

    assert entry is not None, text
    assert entry.text == value


@given(
    st.lists(
        st.sampled_from([wording for wording in LONG if wording[2] in ("date", "id", "units", "duration", "text")]),
        min_size=2,
        max_size=3,
        unique_by=lambda w: w[1],
    )
)
def test_several_pairs_on_one_line_read_back(chosen: list[tuple[str, str, str]]) -> None:
    form = form_of("   ".join(f"{label}: {VALUES[shape]}" for label, _, shape in chosen))

    assert [(entry.key, entry.text) for entry in form.entries] == [(key, VALUES[shape]) for _, key, shape in chosen]


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("1. DATE(S) OF SERVICE:", "service_date"),
        ("Service date", "service_date"),
        ("D.O.S.", "service_date"),
        ("PCP goal(s) addressed", "goals"),
        ("Goal #2", "goals"),
        ("Time In/Time Out", "times"),
        ("Purpose of today's visit", "purpose"),
        ("DOB (mm/dd/yyyy)", "birth_date"),
        ("Individual’s Name:", "member_name"),
        ("Response / progress", "response"),
        ("Recipient's Name (as shown on Medicaid card)", "member_name"),
        ("Medicaid ID#", "medicaid_id"),
        ("Medicaid/Record #", "medicaid_id"),
        ("Record #", "record_number"),
        ("Member #", "member_id"),
        ("Title of the service or service billing code", "service"),
        ("Signature of workers, credentials, degree or license number, or position title", "staff_signature"),
        ("Description of the effectiveness of the interventions", "response"),
        ("Setting or location where the service was provided", "place_of_service"),
        ("SIGNATURE/CREDENTIALS OF STAFF", "staff_signature"),
        ("b) Interventions", "intervention"),
        ("III. Purpose of Contact", "purpose"),
    ],
)
def test_wordings_of_published_forms(label: str, key: str) -> None:
    found = labels_of(NOTE_FAMILIES).named(label)

    assert found is not None and found.key == key


@pytest.mark.parametrize(
    "text", ["She named two plans for Friday", "Rosa Diaz", "10:00 AM", "Total: 4 units of joy", "The bus was late", ""]
)
def test_what_is_no_label(text: str) -> None:
    assert labels_of(NOTE_FAMILIES).named(text) is None


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Why we met, what I did, how it went", "narrative"),
        ("Purpose / Intervention / Effectiveness", "narrative"),
        ("Response / Progress", "response"),
        ("Purpose and goal", "purpose"),
        ("What was done", "intervention"),
    ],
)
def test_prose_that_is_to_tell_several_things_is_the_narrative(label: str, key: str) -> None:
    field = labels_of(NOTE_FAMILIES).named(label)
    assert field and field.key == key
