"""Charts: whose record is whose, in any folder layout and any order."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from peerlint.documents.model import Place
from peerlint.records.gather import gather
from peerlint.records.model import (
    Caseload,
    DocumentFacts,
    Header,
    OtherKind,
    OtherRecord,
    Plan,
    Record,
    ServiceNote,
    Value,
)
from peerlint.records.names import read_name

AT = Place(0)
ROSA, ROSA_ID, ROSA_BORN = "Rosa Diaz", "903311457P", "1980-01-02"
KEVIN, KEVIN_ID, KEVIN_BORN = "Kevin Dang", "917386024M", "2001-03-30"


def header(path: str, name: str | None, medicaid_id: str | None = None, born: str | None = None) -> Header:
    return Header(
        path=path, index=0, pages=None, place=AT, title="", text="",
        member=None if name is None else Value(name, read_name(name), AT, "Name"),
        medicaid_id=None if medicaid_id is None else Value(medicaid_id, medicaid_id or None, AT, "Medicaid ID"),
        birth_date=None if born is None else Value(born, date.fromisoformat(born), AT, "DOB"),
        record_number=None, payer=None, sections=(), signatures=(),
    )  # fmt: skip


def note(
    path: str, name: str | None, medicaid_id: str | None = None, born: str | None = None, day: int = 1
) -> ServiceNote:
    return ServiceNote(header(path, name, medicaid_id, born), service_date=Value(f"3/{day}/25", date(2025, 3, day), AT))


def gathered(*records: Record) -> Caseload:
    return gather([DocumentFacts(record.header.path, record.header.path, (record,)) for record in records])


def members(*records: Record) -> list[list[str]]:
    """The paths of each chart, charts and paths in order."""
    return sorted(sorted(record.header.path for record in chart.records()) for chart in gathered(*records).charts)


@pytest.mark.parametrize(
    "layout", ["{who}/note-{n}.docx", "{who}-note-{n}.docx", "2025-0{n}/{who}.docx", "notes/{n}-{who}.pdf"]
)
def test_every_folder_layout_gathers_by_id_and_name(layout: str) -> None:
    rosa = [note(layout.format(who="diaz", n=n), ROSA, ROSA_ID, ROSA_BORN, n) for n in (1, 2)]
    kevin = [note(layout.format(who="dang", n=n), KEVIN, KEVIN_ID, KEVIN_BORN, n) for n in (1, 2)]

    caseload = gathered(*rosa, *kevin)

    assert [(chart.key, chart.name, len(chart.notes)) for chart in caseload.charts] == [
        (KEVIN_ID, KEVIN, 2),
        (ROSA_ID, ROSA, 2),
    ]
    assert caseload.strays == ()


def test_a_mistyped_id_stays_with_its_member() -> None:
    for slip in ("903311475P", "90331145P", "903311457R"):
        charts = gathered(
            note("a.docx", ROSA, ROSA_ID), note("b.docx", ROSA, ROSA_ID), note("c.docx", ROSA, slip)
        ).charts

        assert [(chart.key, chart.medicaid_ids) for chart in charts] == [(ROSA_ID, (ROSA_ID, slip))]


def test_an_id_cut_short_stays_with_its_member() -> None:
    for cut in ("90331145", "311457P"):
        assert members(note("a.docx", ROSA, ROSA_ID), note("b.docx", ROSA, cut)) == [["a.docx", "b.docx"]]


def test_a_misspelled_name_stays_with_its_member() -> None:
    assert len(members(note("a.docx", ROSA, ROSA_ID), note("b.docx", "Rosa Daiz", ROSA_ID))) == 1
    assert len(members(note("diaz/a.docx", ROSA, ROSA_ID), note("diaz/b.docx", "Roas Diaz"))) == 1


def test_a_note_whose_name_nobody_can_read_goes_by_what_its_text_bears() -> None:
    known = [note("flat/1.docx", KEVIN, KEVIN_ID), note("flat/2.docx", ROSA, ROSA_ID)]

    for text in ("Who: Rosa Diaz (she/her)\n3/4/2025", "Diaz, Rosa / 3/4/2025", f"about {ROSA_ID}, seen at home"):
        unnamed = note("flat/3.docx", None)
        unnamed = replace(unnamed, header=replace(unnamed.header, text=text))
        assert members(*known, unnamed) == [["flat/1.docx"], ["flat/2.docx", "flat/3.docx"]]
    for innocent in ("Rosa said so", f"{'We talked. ' * 60} Rosa Diaz came by", "Rosa Diaz and Kevin Dang"):
        unnamed = note("flat/3.docx", None)
        unnamed = replace(unnamed, header=replace(unnamed.header, text=innocent))
        assert members(*known, unnamed) == [["flat/1.docx"], ["flat/2.docx"]]


def test_another_id_in_the_members_own_folder_or_with_her_birth_date_stays_too() -> None:
    assert len(members(note("diaz/a.docx", ROSA, ROSA_ID), note("diaz/b.docx", ROSA, "W1234567"))) == 1
    assert len(members(note("a.docx", ROSA, ROSA_ID, ROSA_BORN), note("b.docx", ROSA, "W1234567", ROSA_BORN))) == 1


def test_a_mistyped_birth_date_stays_with_its_member() -> None:
    assert (
        len(members(note("01/a.docx", ROSA, ROSA_ID, ROSA_BORN), note("02/b.docx", ROSA, ROSA_ID, "1908-01-02"))) == 1
    )


def test_namesakes_with_ids_and_birth_dates_of_their_own_stay_apart() -> None:
    one = [note("flat/a.docx", ROSA, ROSA_ID, ROSA_BORN), note("flat/b.docx", ROSA, ROSA_ID, ROSA_BORN)]
    other = [note("flat/c.docx", ROSA, "955667788E", "1991-05-06")]

    assert members(*one, *other) == [["flat/a.docx", "flat/b.docx"], ["flat/c.docx"]]


def test_relatives_with_one_last_name_stay_apart() -> None:
    assert len(members(note("a.docx", "Rosa Diaz", ROSA_ID), note("b.docx", "Luis Diaz", "955667788E"))) == 2


@pytest.mark.parametrize(
    "name",
    ["Diaz, Rosa M.", "ROSA DIAZ", "Ms. Rosa Diaz", "Rosa (Rosie) Diaz", "Rosa Díaz", "Rosa Diaz-Lopez", "Diaz Rosa"],
)
def test_spellings_of_one_name(name: str) -> None:
    assert len(members(note("a/1.docx", ROSA, ROSA_ID), note("a/2.docx", name), note("a/3.docx", name, ROSA_ID))) == 1


def test_a_first_name_that_one_record_leaves_out() -> None:
    assert len(members(note("a/1.docx", "James Orrin Lee", ROSA_ID), note("a/2.docx", "Orrin Lee"))) == 1


@pytest.mark.parametrize(
    "words", ["in person", "Peer support, individual", "our interview", "MEMO TO CHART", "see chart"]
)
def test_words_of_a_form_are_no_name(words: str) -> None:
    assert read_name(words) is None


@pytest.mark.parametrize(
    "run_together", ["Kevin Dang Coverage ID (Medicaid)", "Kevin Dang Date of contact", "Dang, Kevin"]
)
def test_a_name_ends_where_the_next_column_begins(run_together: str) -> None:
    assert read_name(run_together) == read_name(KEVIN)


@pytest.mark.parametrize(
    ("full", "short"), [("Robert Lee", "Bob Lee"), ("Elizabeth Ray", "Liz Ray"), ("Theodore Kim", "Theo Kim")]
)
def test_nicknames(full: str, short: str) -> None:
    assert len(members(note("a/1.docx", full, ROSA_ID), note("a/2.docx", short))) == 1


def test_initials_join_the_member_whose_id_or_folder_they_have() -> None:
    known = [note("dang/1.docx", KEVIN, KEVIN_ID), note("diaz/1.docx", ROSA, ROSA_ID)]

    assert ["dang/1.docx", "dang/2.docx"] in members(*known, note("dang/2.docx", "K.D."))
    assert ["dang/1.docx", "x/2.docx"] in members(*known, note("x/2.docx", "K.D.", KEVIN_ID))


def test_notes_without_a_name_go_by_id_then_folder_then_file_name() -> None:
    known = [
        note("dang/1.docx", KEVIN, KEVIN_ID),
        note("dang/3.docx", KEVIN, KEVIN_ID),
        note("diaz/1.docx", ROSA, ROSA_ID),
    ]

    assert ["diaz/1.docx", "flat/2.docx"] in members(*known, note("flat/2.docx", "", ROSA_ID))
    assert ["dang/1.docx", "dang/2.docx", "dang/3.docx"] in members(*known, note("dang/2.docx", ""))
    assert ["diaz/1.docx", "flat/rosa_diaz-2.docx"] in members(*known, note("flat/rosa_diaz-2.docx", None))


def test_a_note_that_nothing_places_is_a_stray() -> None:
    caseload = gathered(
        note("2025/1.docx", KEVIN, KEVIN_ID), note("2025/2.docx", ROSA, ROSA_ID), note("2025/3.docx", "")
    )

    assert [record.header.path for record in caseload.strays] == ["2025/3.docx"]
    assert sum(len(chart.notes) for chart in caseload.charts) == 2


def test_a_flyer_in_a_members_folder_begins_no_chart_of_its_own() -> None:
    flyer = OtherRecord(header("dang/flyer.docx", "Rosa Parks"), OtherKind.UNKNOWN)
    caseload = gathered(note("dang/1.docx", KEVIN, KEVIN_ID), note("dang/2.docx", KEVIN, KEVIN_ID), flyer)

    assert [chart.name for chart in caseload.charts] == [KEVIN]


def test_plans_and_notes_of_one_member_meet_in_one_chart() -> None:
    chart = gathered(
        note("notes/1.docx", ROSA, ROSA_ID, day=9),
        note("notes/2.docx", ROSA, ROSA_ID, day=4),
        Plan(header("plans/p.docx", ROSA, None, ROSA_BORN)),
    ).charts[0]

    assert [record.date and record.date.day for record in chart.notes] == [4, 9]
    assert len(chart.plans) == 1


def test_the_order_of_files_does_not_matter() -> None:
    records = [
        note(f"2025-0{day}/{n}.docx", name, medicaid_id, born, day)
        for day in (1, 2, 3)
        for n, (name, medicaid_id, born) in enumerate(
            [
                (ROSA, ROSA_ID, ROSA_BORN),
                (KEVIN, KEVIN_ID, None),
                ("K.D.", KEVIN_ID, None),
                (ROSA, "903311475P", None),
                ("", None, None),
                ("Rosa Diaz", "955667788E", "1991-05-06"),
            ]
        )
    ]
    facts = [DocumentFacts(record.header.path, record.header.path, (record,)) for record in records]
    first = gather(facts)

    assert all(gather(shuffled) == first for shuffled in _shuffles(facts))


def _shuffles(facts: list[DocumentFacts]) -> Iterable[list[DocumentFacts]]:
    for seed in range(5):
        yield random.Random(seed).sample(facts, len(facts))
