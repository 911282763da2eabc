"""Near copies of narratives and crisis plans, and what is repeated by right."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from prose import caseload, chart, crisis_plan, note, plan

from peerlint.language.likeness import find_copies, find_plan_copies
from peerlint.language.model import Copy
from peerlint.records.model import Chart, ServiceNote

STORY = (
    "Met Ana at the library to read two rental listings. I coached her through the questions she wants to ask about "
    "deposits and heat, and told her how I found my first apartment after the shelter. She wrote five questions on a "
    "card, called Laurel Court herself and booked a viewing for Friday at ten."
)
OTHER = (
    "Walked the river loop while it drizzled. He named what sets him off at work and I told him how I learned to leave "
    "a room. We tried the sentence three times until it sounded like his own, and he kept the paper."
)
DAY = date(2025, 3, 4)


def copies(*charts: Chart) -> list[Copy]:
    return list(find_copies([note for chart in charts for note in chart.notes], caseload(*charts)))


def week(text: str, number: int, **others: object) -> ServiceNote:
    return note(text, path=f"note-{number}.docx", day=DAY + timedelta(weeks=number), **others)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed",
    [
        STORY,
        STORY.replace("Friday at ten", "Monday at 2:30").replace("five", "4"),
        STORY.replace("booked a viewing", "wrote down the next viewing"),
        STORY.replace("Met Ana", "Met with Ms. Ruiz").replace("called Laurel Court", "called Fenner Court"),
    ],
    ids=["to the word", "days and numbers", "a few words", "names"],
)
def test_finds_a_copy_in_the_same_chart(changed: str) -> None:
    found = copies(chart("Ana Ruiz", week(STORY, 0), week(OTHER, 1), week(changed, 2)))
    assert [(copy.note.header.path, copy.original.header.path) for copy in found] == [("note-2.docx", "note-0.docx")]
    assert found[0].likeness >= 0.8
    assert found[0].passages[0] in " ".join(changed.replace(",", "").replace(".", "").split())


def test_finds_a_copy_across_members_with_other_pronouns() -> None:
    theirs = (
        STORY.replace("Ana", "Ben")
        .replace(" her ", " him ")
        .replace("herself", "himself")
        .replace("she", "he")
        .replace("She", "He")
    )
    found = copies(chart("Ana Ruiz", week(STORY, 0)), chart("Ben Stone", week(theirs, 3, member="Ben Stone")))
    assert [copy.note.header.path for copy in found] == ["note-3.docx"]


def test_other_work_is_no_copy() -> None:
    assert copies(chart("Ana Ruiz", week(STORY, 0), week(OTHER, 1))) == []


def test_a_shared_opening_is_no_copy() -> None:
    opening = "Met at the library at ten as on every Tuesday, in the small room behind the desk. "
    assert copies(chart("Ana Ruiz", week(opening + STORY, 0), week(opening + OTHER, 1))) == []


def test_a_copied_body_under_a_new_ending_is_a_copy() -> None:
    ending = " Afterwards she asked about the bus and we looked it up."
    assert len(copies(chart("Ana Ruiz", week(STORY, 0), week(STORY + ending, 1)))) == 1


def test_stock_notes_are_too_short_to_be_copies() -> None:
    stock = "Provided support and encouragement. Client was receptive. Continue plan."
    assert copies(chart("Ana Ruiz", week(stock, 0), week(stock, 1))) == []


def test_the_forms_own_sentences_do_not_count() -> None:
    form = "Identity was confirmed by name and birth date, consent to a phone contact was given, privacy was assured."
    tellings = [
        "He sorted mail.",
        "She drew a map.",
        "He called Bud.",
        "She baked bread.",
        "He lost keys.",
        "She read aloud.",
    ]
    notes = [week(f"{form} {telling}", number) for number, telling in enumerate(tellings)]
    assert copies(chart("Ana Ruiz", *notes)) == []


def test_wording_quoted_from_the_plan_does_not_count() -> None:
    goal = "I want to sign a lease on an apartment for me and my kids before the school year starts in the fall."
    with_plan = chart(
        "Ana Ruiz",
        week({"purpose": goal, "intervention": "We read one listing."}, 0),  # type: ignore[arg-type]
        week({"purpose": goal, "intervention": "She called a landlord."}, 1),  # type: ignore[arg-type]
        plans=(plan({1: [goal]}),),
    )
    assert copies(with_plan) == []
    assert copies(replace(with_plan, plans=())) != []


@pytest.mark.parametrize(("days_between", "found"), [(0, 0), (7, 1)])
def test_participants_of_one_group_session_share_its_description(days_between: int, found: int) -> None:
    service = "Peer Support Services (Group) H0038 HQ"
    one = note(STORY, path="a.docx", service=service, day=DAY)
    other = note(STORY, path="b.docx", service=service, day=DAY + timedelta(days=days_between), member="Ben Stone")
    assert len(copies(chart("Ana Ruiz", one), chart("Ben Stone", other))) == found


def test_each_copy_is_told_once_however_many_there_are() -> None:
    notes = [week(STORY, number) for number in range(6)]
    found = copies(chart("Ana Ruiz", *notes))
    assert sorted(copy.note.header.path for copy in found) == [f"note-{number}.docx" for number in range(1, 6)]


def test_order_of_files_changes_nothing() -> None:
    notes = [week(STORY, 0), week(OTHER, 1), week(STORY.replace("Friday", "Monday"), 2), week(STORY, 3)]
    shuffled = Random(3).sample(notes, len(notes))
    told = [(c.note.header.path, c.likeness) for c in copies(chart("Ana Ruiz", *notes))]
    assert told == [(c.note.header.path, c.likeness) for c in copies(chart("Ana Ruiz", *shuffled))]


CRISIS = {
    "triggers": "Shouting, a letter from the landlord, and more than two nights without sleep bring it on.",
    "early warning signs": "Ana stops answering texts, wears the same grey sweater and cleans the kitchen at night.",
    "what helps": "Cold water on the wrists, naming five things, and calling her cousin to sit with her.",
}


def test_finds_a_crisis_plan_copied_for_another_member() -> None:
    theirs = {topic: text.replace("Ana", "Ben").replace(" her ", " his ") for topic, text in CRISIS.items()}
    found = list(
        find_plan_copies(
            caseload(
                chart("Ana Ruiz", crisis_plans=(crisis_plan(CRISIS, "Ana Ruiz", "a.docx"),)),
                chart("Ben Stone", crisis_plans=(crisis_plan(theirs, "Ben Stone", "b.docx"),)),
            )
        )
    )
    assert [(copy.plan.header.path, copy.original.header.path) for copy in found] == [("b.docx", "a.docx")]


def test_a_members_own_second_crisis_plan_is_no_cookie_cutter() -> None:
    both = (crisis_plan(CRISIS, "Ana Ruiz", "a.docx"), crisis_plan(CRISIS, "Ana Ruiz", "b.docx"))
    assert not list(find_plan_copies(caseload(chart("Ana Ruiz", crisis_plans=both))))


def test_crisis_plans_with_the_same_headings_and_numbers_differ() -> None:
    theirs = {
        "triggers": "Payday, fireworks, and the week his father died.",
        "early warning signs": "Ben talks fast, skips meals, and sleeps in the truck.",
        "what helps": "A drive with his brother, the porch at night, and calling 988 when it does not pass.",
    }
    assert not list(
        find_plan_copies(
            caseload(
                chart("Ana Ruiz", crisis_plans=(crisis_plan(CRISIS, "Ana Ruiz"),)),
                chart("Ben Stone", crisis_plans=(crisis_plan(theirs, "Ben Stone"),)),
            )
        )
    )


def test_compares_a_thousand_notes_in_seconds() -> None:
    dice = Random(1)
    words = ["".join(dice.choices("abcdefghijkl", k=6)) for _ in range(4000)]
    notes = [week(" ".join(dice.choices(words, k=120)), number) for number in range(1000)]
    began = time.process_time()
    assert copies(chart("Ana Ruiz", *notes)) == []
    assert time.process_time() - began < 4
