"""What no note on a form shows is a doubt about the form, said once; what one note lacks is that note's fault."""

from datetime import date

import pytest

from peerlint.policy.load import load
from peerlint.run import judge_texts

HEAD = """Ruiz Family Center visit
Member: Ana Ruiz
Medicaid ID: 948217305K
Date of service: 03/{day:02}/2025
Service: Peer Support Services (H0038)
{contact}Place of service: Member's home
Time in: 1:00 PM
Time out: 2:00 PM
Purpose of contact: To get ready to ask landlords about apartments she can afford.
Intervention: I coached Ana through her words to landlords and shared how I asked about deposits, round {day}.
Effectiveness: She made round {day} alone, without notes, and booked a viewing for Friday.
/s/ Ben Okoro, CPSS    Date: 03/{day:02}/2025
"""


def verdicts(contacts: list[str]) -> list[tuple[str, str]]:
    texts = [
        HEAD.format(day=day, contact=f"Type of contact: {contact}\n" if contact else "")
        for day, contact in enumerate(contacts, start=3)
    ]
    report = judge_texts(load("wellcare-nc-2025"), texts, date(2025, 7, 31))
    return sorted((o.subject, o.verdict) for o in report.outcomes if o.rule == "N105")


def test_a_note_that_lacks_what_the_others_show_is_at_fault() -> None:
    told = dict(verdicts(["Face-to-face", "Face-to-face", "", "Face-to-face", "Face-to-face"]))
    assert told["document-3.txt#0"] == "not_met"
    assert list(told.values()).count("met") == 4


def test_what_no_note_on_the_form_shows_is_said_once_and_not_as_a_fault() -> None:
    told = [verdict for _, verdict in verdicts([""] * 5)]
    assert told == ["needs_review", "not_evaluated", "not_evaluated", "not_evaluated", "not_evaluated"]


@pytest.mark.parametrize("notes", [1, 2])
def test_one_or_two_notes_make_no_form(notes: int) -> None:
    assert [verdict for _, verdict in verdicts([""] * notes)] == ["not_met"] * notes


STRANGE = """Ruiz Family Center visit
Ana Ruiz is who came
9482-17305-K in our book
seen by Ben
blue card
Date of service: 03/{day:02}/2025
Service: Peer Support Services (H0038)
Purpose of contact: To get ready to ask landlords about apartments she can afford.
Intervention: I coached Ana through her words to landlords and shared how I asked about deposits, round {day}.
Effectiveness: She made round {day} alone, without notes, and booked a viewing for Friday.
/s/ Ben Okoro, CPSS    Date: 03/{day:02}/2025
"""
UNPLACED = "Ana Ruiz is who came\n9482-17305-K in our book\nseen by Ben\nblue card\n"
UNDERSTOOD = STRANGE.replace(UNPLACED, "Member: Ana Ruiz\nMedicaid ID: 948217305K\n")


HEAD_RULES = ("N101", "N102", "N105", "N106", "N109")


def heads(texts: list[str]) -> dict[tuple[str, str], str]:
    report = judge_texts(load("wellcare-nc-2025"), texts, date(2025, 7, 31))
    return {(o.subject, o.rule): o.verdict for o in report.outcomes if o.rule in HEAD_RULES}


@pytest.mark.parametrize("notes", [1, 4])
def test_a_form_that_is_not_understood_is_said_once_for_all_that_was_not_found(notes: int) -> None:
    """Several places are lacking while much that the form prints was not placed: one doubt, and no fault."""
    told = list(heads([STRANGE.format(day=day) for day in range(3, 3 + notes)]).values())
    assert "not_met" not in told
    assert told.count("needs_review") == 1


def test_a_form_that_is_understood_is_at_fault_for_what_it_lacks() -> None:
    told = heads([UNDERSTOOD.format(day=3)])
    assert [rule for (_, rule), verdict in told.items() if verdict == "not_met"] == ["N105", "N106", "N109"]


def outcomes(rule: str, texts: list[str]) -> dict[str, str]:
    report = judge_texts(load("wellcare-nc-2025"), texts, date(2025, 7, 31))
    return {o.subject: o.verdict for o in report.outcomes if o.rule == rule}


def test_an_end_that_no_note_on_the_form_shows_is_said_once() -> None:
    told = [HEAD.format(day=day, contact="Type of contact: Face-to-face\n") for day in range(3, 8)]
    endless = [text.replace("Time out: 2:00 PM", "Minutes: 60") for text in told]
    assert sorted(outcomes("N109", endless).values()) == ["needs_review", *["not_evaluated"] * 4]
    assert outcomes("N109", [*told[1:], endless[0]])["document-5.txt#0"] == "not_met"


def test_a_printed_name_alone_is_no_signature_where_the_other_notes_are_signed() -> None:
    signed = [HEAD.format(day=day, contact="") for day in range(3, 8)]
    printed = signed[0].replace("/s/ Ben Okoro, CPSS    Date: 03/03/2025", "Staff signature: Ben Okoro, CPSS")
    assert outcomes("N111", [printed, *signed[1:]])["document-1.txt#0"] == "needs_review"
    assert outcomes("N111", [f"{printed}   Date: 03/03/2025", *signed[1:]])["document-1.txt#0"] == "met"
    assert outcomes("N111", [printed, *signed[1:3]])["document-1.txt#0"] == "met"


CRISIS = """Crisis Plan
Name: {name} Ruiz
Medicaid ID: 94821730{number}K
Date: 01/06/2025
Triggers: Shouting, letters from the court
What my family can do early: Sit with her on the porch
What helps / what makes it worse: {helps}
Whom to call: Mobile crisis, 828-555-0142
"""


def test_a_blank_part_of_a_crisis_plan_is_seen_where_the_other_plans_fill_it() -> None:
    names = ("Ana", "Bea", "Cora", "Dina", "Elsa")
    filled = [CRISIS.format(name=name, number=n, helps="Helps: cold water.") for n, name in enumerate(names)]
    blank = CRISIS.format(name="Faye", number=7, helps="")
    assert outcomes("C105", [*filled, blank])["document-6.txt#0"] == "needs_review"
    assert set(outcomes("C105", [*filled]).values()) == {"met"}
    assert outcomes("C105", [filled[0], blank])["document-2.txt#0"] == "met"
