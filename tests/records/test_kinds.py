"""What kind of record a document is, whatever words stand in it."""

from __future__ import annotations

import pytest

from peerlint.documents.text import document_from_text
from peerlint.records.model import Kind, OtherKind, OtherRecord
from peerlint.records.recognise import recognise

HEAD = "Member name: Rosa Diaz\nMedicaid ID: 903311457P\nDate of birth: 01/02/1980\n"
CONTACT = "Date of service: 03/04/2025\nTime: 10:00 AM - 11:00 AM\nPlace of service: Home\n"
TOLD = "I shared how I kept a calendar in my first year and we filled in the coming week together, hour by hour.\n"
SIGNED = "Electronically signed by Ann Bo, CPSS on 03/04/2025\n"
GOALS = (
    "Goal 1: Find an apartment\nTarget date: 06/30/2025\n"
    "Intervention: Peer specialist will practice calls with Rosa weekly.\n"
    "Strengths: patience\nLong-range goal: A home\n"
)

NOTES = {
    "plain": f"Progress Note\n{HEAD}{CONTACT}Intervention: {TOLD}{SIGNED}",
    "without a title": f"Lantern Street\n{HEAD}{CONTACT}Intervention: {TOLD}Response: She laughed.\n{SIGNED}",
    "of a plan in its title": f"Individual Care Plan Progress Note\n{HEAD}{CONTACT}Intervention: {TOLD}{SIGNED}",
    "about the plan": (
        f"Service Note\n{HEAD}{CONTACT}Purpose: Review the person-centered plan and the crisis plan.\n"
        f"Intervention: We read her Person-Centered Plan and her WRAP. {TOLD}\n"
        f"Plan\nCrisis plan on Friday.\n{SIGNED}"
    ),
    "with a heading for a plan": (
        f"Contact Note\n{HEAD}{CONTACT}# Action Plan\nCall the office on Friday.\n# Intervention\n{TOLD}{SIGNED}"
    ),
    "SOAP with an assessment": (
        f"Progress Note\n{HEAD}{CONTACT}S: She slept.\nO: She laughed.\nAssessment\n{TOLD}Plan\nCall.\n{SIGNED}"
    ),
    "with a small title": f"RIVERBEND OUTREACH\nrecord of contact\n{HEAD}{CONTACT}What I did: {TOLD}{SIGNED}",
    "letter-like": (
        "Rosa Diaz     MID 903311457P\n03/04/2025\n"
        f"Met with Rosa from 2 to 3 p.m. at the library. {TOLD}Ann Bo, CPSS\n"
        "03/04/2025"
    ),
    "no-show": (
        f"PSS Note\n{HEAD}Date of contact: 3/3/25\tTime: 10:00 AM - 10:15 AM\tUnits: 0\n"
        "Intervention: Called twice, no answer.\n"
        f"{SIGNED}"
    ),
    "supervisor countersigned": (
        f"Peer Support Note\n{HEAD}{CONTACT}Intervention: {TOLD}{SIGNED}Supervisor signature: /s/ "
        "Lee Fox, QP   Date: 03/06/2025"
    ),
}


@pytest.mark.parametrize("case", NOTES)
def test_notes(case: str) -> None:
    assert [record.kind for record in recognise(document_from_text(NOTES[case]), "x.docx")] == [Kind.NOTE]


PLANS = {
    "person-centered": f"# Person-Centered Plan\n{HEAD}Date of plan: 01/06/2025\n{GOALS}",
    "recovery plan": f"# My Recovery Plan\n{HEAD}{GOALS}",
    "care plan": f"# Individual Care Plan\n{HEAD}{GOALS}",
    "without a title": f"{HEAD}{GOALS}Objective: call two offices\nResponsible: Ann Bo\n",
    "title on a line of facts": (
        "# Rosa Diaz, where she is headed\nRecovery plan · medicaid id 948217305K · from June 3, 2025\n"
        "When it gets hard: loud rooms. You see me pace. Sit with me. Call the mobile team 828-555-0102 or 988.\n"
    ),
}


@pytest.mark.parametrize("case", PLANS)
def test_plans(case: str) -> None:
    assert [record.kind for record in recognise(document_from_text(PLANS[case]), "x.docx")] == [Kind.PLAN]


CRISIS_PLANS = {
    "crisis plan": (
        f"# Comprehensive Crisis Plan\n{HEAD}Triggers: loud rooms\n"
        "What helps: a walk\nContacts: Lou Diaz, sister, 828-555-0101\n"
    ),
    "safety plan": f"# Safety Plan\n{HEAD}Warning signs: not sleeping\nCoping: music\nWho to call: 988\n",
    "under a heading of its own and a small title": (
        f"## WHEN THE ROOF COMES OFF\nmy crisis plan\n{HEAD}# What sets me off?\nSirens.\n# What helps?\nThe porch.\n"
    ),
    "WRAP": f"# Wellness Recovery Action Plan (WRAP)\n{HEAD}Early warning signs: not sleeping\nCrisis plan: call Lou\n",
}


ON_ONE_PAGE = {
    "headed": (
        "# Imani Rusk, all on one page\nmedicaid id 948615093Q · plan day June 30, 2025\n## Goal 1 - the front door\n"
        "I walk to the store once a week by March 31, 2026.\nDana (PSS, weekly): walks beside me.\n## Goal 2 - quiet "
        "nights\nI sleep five nights of seven.\nDana: goes through the worry sheet with me.\n## If I am in crisis\n"
        "What brings it on: surgery, storms. How it starts: I unplug the phone. What helps: cold cloth, reading aloud. "
        "What does not: strangers in the bedroom.\nWhom to call: mobile crisis 910-555-0148; 988; my doctor "
        "910-555-0166.\n## Signatures\nImani Rusk: /s/ Imani Rusk  06/30/2025\n"
    ),
    "in plain lines": (
        "For good times and hard ones\nBelongs to Imani Rusk, Medicaid 948615093Q\nGoal 1: keep my apartment by "
        "12/31/2025. My peer practices calls with me.\nGoal 2: see my sons twice a month. My peer shares how she did "
        "it.\nWhen things go bad: loud rooms, short nights. You see me pace. Sit with me. Do not crowd me.\nCall Nell "
        "828-555-0101, then the mobile team 828-555-0102, day or night.\nImani Rusk, 06/30/2025\n"
    ),
}


@pytest.mark.parametrize("case", ON_ONE_PAGE)
def test_counted_goals_and_a_crisis_plan_on_one_page_are_a_plan(case: str) -> None:
    first = recognise(document_from_text(ON_ONE_PAGE[case]), "x.docx")[0]

    assert (first.kind, first.header.may_be) == (Kind.PLAN, ())


@pytest.mark.parametrize("case", CRISIS_PLANS)
def test_crisis_plans(case: str) -> None:
    assert [record.kind for record in recognise(document_from_text(CRISIS_PLANS[case]), "x.docx")] == [Kind.CRISIS_PLAN]


OTHERS = {
    (
        "# Comprehensive Clinical Assessment\n"
        f"{HEAD}Date of assessment: 01/02/2025\n"
        f"Recommendations: Person-centered plan, crisis plan and peer support. {TOLD}"
    ): OtherKind.ASSESSMENT,
    (
        f"# Service Order\n{HEAD}Peer Support Services are medically necessary.\n"
        "Signed: /s/ Jo Park, MD   Date: 01/03/2025"
    ): OtherKind.SERVICE_ORDER,
    (
        f"# Authorization Notice\n{HEAD}Service: H0038\nUnits approved: 270\nFrom: 01/01/2025 To: 06/30/2025"
    ): OtherKind.AUTHORIZATION,
    f"# Discharge Summary\n{HEAD}Date of discharge: 06/30/2025\n{TOLD}": OtherKind.DISCHARGE,
    (
        f"# Authorization to Release Information\n{HEAD}I agree that the agency may talk with my sister."
    ): OtherKind.CONSENT,
    "FAX COVER SHEET\nTo: Housing Authority\nFrom: Ann Bo\nPages: 3": OtherKind.UNKNOWN,
    "Friday Night Cookout!\nBring a dish and a friend. Music starts at 6.": OtherKind.UNKNOWN,
    (
        "Staff Meeting Minutes\nDate: 03/04/2025\nTime: 9:00 AM - 10:00 AM\nWe went over the new note form."
    ): OtherKind.UNKNOWN,
    "": OtherKind.UNKNOWN,
}


@pytest.mark.parametrize("text", OTHERS, ids=lambda text: text.split("\n")[0] or "nothing")
def test_other_papers(text: str) -> None:
    (record,) = recognise(document_from_text(text), "x.docx")

    assert isinstance(record, OtherRecord)
    assert record.what is OTHERS[text]
