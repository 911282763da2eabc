"""Another member's name, or the other pronouns throughout, in a narrative."""

from __future__ import annotations

import pytest
from prose import caseload, chart, note, plan

from peerlint.language.model import Slip
from peerlint.language.people import Cast, wrong_people

USUAL = "She laughed. She wrote her list. She called her aunt and she kept the card. Her hands were still."


def slips(text: str, *, knows: str = "", signer: str = "") -> list[tuple[Slip, bool]]:
    """What is found in Ana Ruiz's second note, Ben Stone and Lottie May Chambers being members too."""
    here = note(text, path="here.docx", signer=signer)
    ours = chart("Ana Ruiz", note(f"{USUAL} {knows}", path="first.docx"), here, plans=(plan({1: ["I want a home."]}),))
    others = (
        chart("Ben Stone", note("He drew a map.", path="ben.docx", member="Ben Stone")),
        chart("Lottie Chambers", note("She hummed.", path="lottie.docx", member="Lottie Chambers")),
    )
    return [(slip.slip, slip.sure) for slip in wrong_people(here, Cast(caseload(ours, *others)))]


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("I read the form with her and reminded Ben that he need not sign.", False),
        ("Ben said the form made more sense now.", False),
        ("I met with Lottie Chambers about the form.", True),
        ("We read the form and Mr. Stone began to sign.", False),
    ],
)
def test_finds_another_members_name(text: str, sure: bool) -> None:
    assert slips(text) == [(Slip.NAME, sure)]


@pytest.mark.parametrize(
    "text",
    [
        "Her cousin Ben came by. Ben said the form made sense.",
        "Ben, her brother, read it with us.",
        "We called Mr. Ben about the form.",
        "We met at Ben Franklin Park and read the form.",
        'She said "Ben owes me a call" and laughed.',
        "She named a dog Ben.",
        "I reminded Ana that she need not sign.",
        "We read the bench notice.",
    ],
)
def test_people_of_the_members_own_life_are_no_slips(text: str) -> None:
    assert slips(text) == []


def test_a_name_that_the_chart_knows_is_no_slip() -> None:
    assert slips("I reminded Ben that supper is at six.", knows="Ben came to supper.") == []


def test_the_specialists_own_name_is_no_slip() -> None:
    assert slips("Ben helped Ana with the form.", signer="Ben Okafor") == []


def test_finds_the_other_pronouns_throughout() -> None:
    assert slips("I read the form aloud. He signed it. He kept his copy. He wants to mail it himself.") == [
        (Slip.PRONOUNS, True)
    ]


def test_finds_the_other_pronouns_inside_sentences() -> None:
    text = "I asked whether his list was there. I told him how I keep mine and he said that he would try."
    assert slips(text) == [(Slip.PRONOUNS, True)]


@pytest.mark.parametrize(
    "text",
    [
        "He signed it. She kept her copy. He mailed it. He slept.",
        "Her grandson came. He signed it. He kept his copy. He wants to mail it.",
        "The doctor came in. He read it. He signed it. He left.",
        "He signed it.",
        "I asked whether his list was there. I told him that Otis had called and he said that he knew.",
        'He said so. "He did. He did. He did."',
        "I read the form aloud. We filled in two lines.",
    ],
)
def test_pronouns_that_may_mean_somebody_else_are_no_slips(text: str) -> None:
    assert slips(text) == []


def test_pronouns_are_not_known_from_one_short_note() -> None:
    here = note("He signed it. He kept it. He mailed it.", path="here.docx")
    ours = chart("Ana Ruiz", note("She hummed.", path="first.docx"), here)
    assert wrong_people(here, Cast(caseload(ours))) == ()
