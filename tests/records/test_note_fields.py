"""Single fields of a note in the wordings that forms use, and the wordings that only look like one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from peerlint.documents.text import document_from_text
from peerlint.records.model import ContactType, ServiceNote, Topic
from peerlint.records.recognise import recognise

F2F, VIDEO, PHONE, OTHERS = (
    ContactType.IN_PERSON,
    ContactType.TELEHEALTH,
    ContactType.AUDIO_ONLY,
    ContactType.COLLATERAL,
)

HEAD = (
    "Peer Support Progress Note\nMember name: Rosa Diaz\n"
    "Medicaid ID: 903311457P\nDate of service: 03/04/2025\n"
    "Time: 10:00 AM - 11:00 AM\n"
)
STORY = (
    "Intervention: I shared how I kept a calendar and we filled in the week.\n"
    "Response: She named two plans for Friday.\n"
)
SIGNED = "Electronically signed by Ann Bo, CPSS on 03/04/2025"


def note(lines: str = "", story: str = STORY, head: str = HEAD) -> ServiceNote:
    (record,) = recognise(document_from_text(f"{head}{lines}\n{story}{SIGNED}"), "note.docx")
    assert isinstance(record, ServiceNote)
    return record


CONTACTS = {
    "Contact: ☒ Face-to-face ☐ Telephone (audio only) ☐ Telehealth (audio/video) ☐ Collateral": (F2F,),
    "Contact: [ ] Face-to-face [x] Telephone (audio only) [ ] Telehealth": (PHONE,),
    "Contact Type:\t☐ F2F\t☒ Video\t☐ Phone": (VIDEO,),
    "| Contact | ☐ In person | ☒ Telehealth (A/V) | ☐ Phone |": (VIDEO,),
    "☒ In-Person ☐ Telephone ☐ Telehealth": (F2F,),
    "Type of contact: ☒ Face-to-face ☒ Telephone": (F2F, PHONE),
    "Mode of Delivery: FTF": (F2F,),
    "Contact Method: T/C": (PHONE,),
    "Contact method: Zoom": (VIDEO,),
    "Delivery: Telehealth - audio only": (PHONE,),
    "Modality: Virtual/Phone": (VIDEO, PHONE),
    "Type of contact (face-to-face, telephone call, collateral): collateral": (OTHERS,),
    "Type of contact: ☐ Face-to-face ☐ Telephone": (),
    "Type of contact: monthly": (),
    "Type of contact:": (),
}


@pytest.mark.parametrize("line", CONTACTS)
def test_contact_types(line: str) -> None:
    read = note(line)

    assert read.contact_types == CONTACTS[line]
    assert read.contact is not None


def test_no_place_for_the_contact_type() -> None:
    assert note().contact is None
    assert note("Type of contact:").contact is not None


GROUPS = {
    "Service: Peer Support Services (Group)": True,
    "Session type: ☐ Individual ☒ Group": True,
    "Procedure code: H0038 HQ": True,
    "Service: Peer Support - Group": True,
    "Service: Peer Support Services – Individual": False,
    "Session type: ☒ Individual ☐ Group": False,
    "Place of service: Group home": False,
    "Service: Peer Support": False,
}


@pytest.mark.parametrize("line", GROUPS)
def test_group_or_individual(line: str) -> None:
    assert (note(line).is_group is not None) is GROUPS[line]


CODES = {
    "Service code: H0038 Peer Support Services, 15 min – KX": (["H0038"], ["KX"]),
    "Service code: H0038 Peer Support Services – individual": (["H0038"], []),
    "Procedure Code: H0038 HQ": (["H0038"], ["HQ"]),
    "Service: H0038-HQ-GT": (["H0038"], ["HQ", "GT"]),
    "Code / mod.: H0038 / KX": (["H0038"], ["KX"]),
    "Service: Peer Support (H0038)\tModifier: GT": (["H0038"], ["GT"]),
    "Code: T1017": (["T1017"], []),
    "Modifier: none": ([], []),
    "Service: Peer Support": ([], []),
}


@pytest.mark.parametrize("line", CODES)
def test_codes_and_modifiers(line: str) -> None:
    read = note(line)

    assert ([code.text for code in read.procedure_codes], [modifier.text for modifier in read.modifiers]) == CODES[line]


GOALS = {
    "PCP goal(s): 1, 3": (1, 3),
    "Goal(s) Addressed: #2 (panic)": (2,),
    "Goal: Goal 2 (DSS)": (2,),
    "Goals & Objectives: Goals 1 & 3": (1, 3),
    "PCP goal #: 3; 2": (3, 2),
    "Goal: Goal 4 - court fees": (4,),
    "Recovery goals: ☒ Goal 1 ☐ Goal 2 ☒ Goal 3": (1, 3),
    "Goals: 1-3": (1, 2, 3),
    "ICP Goal(s): Goal 1, Obj. 1.2": (1,),
    "Goal 2: Find an apartment by 06/01/2025": (2,),
    "PCP goal: cut panic to 2 a week by 6/1/2025": (),
    "PCP Goal #: ____1____": (1,),
    "Units 6\tPCP Goal 2": (2,),
    "Goal addressed: housing": (),
    "Goal addressed:": None,
}


@pytest.mark.parametrize("line", GOALS)
def test_goals_cited(line: str) -> None:
    cited = note(line).goals_cited

    assert cited is not None
    assert cited.meaning == GOALS[line]


def test_goals_cited_in_the_narrative_only() -> None:
    cited = note(
        story="Intervention: Per Goal 2 of the PCP we went over the bus timetable and rode along once.\n"
    ).goals_cited

    assert cited is not None and cited.meaning == (2,)


def test_no_goals_anywhere() -> None:
    assert note().goals_cited is None


LATE = {
    "LATE ENTRY": True,
    "Late entry written 3/9/25": True,
    "☒ Late entry": True,
    "Late entry: Yes": True,
    "Late entry: entered 03/09/2025, computer was down": True,
    "☐ Late entry": False,
    "Late entry: No": False,
    "Late entry: N/A": False,
    "This is not a late entry": False,
}


@pytest.mark.parametrize("line", LATE)
def test_late_entries(line: str) -> None:
    assert (note(line).late_entry is not None) is LATE[line]


UNBILLED = {
    "Units: 0": True,
    "Non-billable": True,
    "Billable: No": True,
    "Billing status: ☐ Billable ☒ Non-billable": True,
    "No units billed for this contact": True,
    "Note type: not billed": True,
    "Billing status: ☒ Billable ☐ Non-billable": False,
    "Billable: Yes": False,
    "Units: 4": False,
    "Units: 10": False,
}


@pytest.mark.parametrize("line", UNBILLED)
def test_time_that_is_not_billed(line: str) -> None:
    assert (note(line).not_billed is not None) is UNBILLED[line]


def test_travel_that_is_not_billed_leaves_the_visit_billed() -> None:
    assert note(story=STORY + "Plan: Friday. Travel time there and back is not billed.\n").not_billed is None


TIMES = {
    "Time In/Time Out: 1:00p–2:00p (4u)": ("13:00", "14:00", None, 4),
    "Start: 9:00 AM\tEnd: 10:30\tUnits: 6.0": ("09:00", "10:30", None, 6),
    "Begin Time: 1300\nEnding time: 1345\nTotal minutes: 45": ("13:00", "13:45", 45, None),
    "Service start and end time: 10-11:15 a.m., 75 minutes (5 units)": ("10:00", "11:15", 75, 5),
    "Duration: 1 hr 15 min": (None, None, 75, None),
    "Amount of time: about an hour": (None, None, None, None),
    "Start time:\nEnd time: 3:00 PM": (None, "15:00", None, None),
    "From: 2:00 PM To: 3:00 PM": ("14:00", "15:00", None, None),
}


@pytest.mark.parametrize("line", TIMES)
def test_times_minutes_and_units(line: str) -> None:
    read = note(line, head=HEAD.replace("Time: 10:00 AM - 11:00 AM\n", ""))
    start, end, minutes, units = TIMES[line]

    assert read.start is None or f"{read.start.meaning or ''}"[:5] == (start or "")
    assert read.end is None or f"{read.end.meaning or ''}"[:5] == (end or "")
    assert (read.start is None or read.start.meaning is None) is (start is None)
    assert (read.minutes.meaning if read.minutes else None) == minutes
    assert (read.units.meaning if read.units else None) == (Decimal(units) if units is not None else None)


PLACES = {
    "Place of service: Member's residence (118 Tanner St)": "Member's residence (118 Tanner St)",
    "Location: Community: loop trail behind the mill": "Community: loop trail behind the mill",
    "| Location | Community: loop trail |": "Community: loop trail",
    "Place of service: ☐ Home ☒ Community ☐ Office ☐ Other   Specify: Transit Center": "Community, Transit Center",
    "POS: ☐ Home ☐ Office": "",
    "Where we met\nThe public library": "The public library",
    "Setting or location where the service was provided: shelter": "shelter",
    "Place of service: Click or tap here to enter text.": "",
}


@pytest.mark.parametrize("line", PLACES)
def test_places(line: str) -> None:
    place = note(line).place_of_service

    assert place is not None and place.text == PLACES[line]


IDENTIFIERS = {
    "MID# 903-31-1457P": "903311457P",
    "Medicaid Number: 903 311 457 P": "903311457P",
    "Recipient ID: 7012345678901": "7012345678901",
    "Record #: 55120\tMedicaid/Record #: 903311457P": "903311457P",
    "Health plan ID: W1234567\tMedicaid ID: 903311457P": "903311457P",
    "Member ID: W1234567": "W1234567",
    "Medicaid ID: on file": None,
    "Medicaid ID:": None,
}


@pytest.mark.parametrize("line", IDENTIFIERS)
def test_medicaid_ids(line: str) -> None:
    read = note(line, head=HEAD.replace("Medicaid ID: 903311457P\n", ""))

    assert read.header.medicaid_id is not None
    assert read.header.medicaid_id.meaning == IDENTIFIERS[line]


def test_numbers_of_the_agency_are_no_medicaid_id() -> None:
    read = note("Record #: 55120\tChart number: 771", head=HEAD.replace("Medicaid ID: 903311457P\n", ""))

    assert read.header.medicaid_id is None
    assert read.header.record_number is not None and read.header.record_number.text == "55120"


MEMBERS = {
    "Consumer: Diaz, Rosa M.": "Rosa Diaz",
    "Name: ROSA DIAZ\tDOB: 1/2/80": "Rosa Diaz",
    "Rosa Diaz     MID 903311457P     DOB 01/02/1980": "Rosa Diaz",
    "First name: Rosa\tLast name: Diaz": "Rosa Diaz",
    "Person Served: Ms. Rosa Diaz (goes by Rosie)": "Rosa Diaz",
    "Individual's Name: Ana García-López": "Ana García-López",
    "Beneficiary Name: Juan de la Cruz Jr.": "Juan de la Cruz",
    "Member: K.D.": "K. D.",
    "Member name:": None,
    "Member name: [Insert member name]": None,
}


@pytest.mark.parametrize("line", MEMBERS)
def test_members(line: str) -> None:
    member = note(line, head=HEAD.replace("Member name: Rosa Diaz\n", "")).header.member

    assert member is not None
    assert (member.meaning.full if member.meaning else None) == MEMBERS[line]


def test_two_dates_in_one_note_are_both_kept() -> None:
    read = note(head=HEAD.replace("03/04/2025", "03/04/2025, 03/06/2025 and 03/07/2025"))

    assert [value.text for value in read.other_dates] == ["03/06/2025", "03/07/2025"]


STORIES = {
    "PIE letters": (
        "P: She wanted to plan the week.\nI: I shared my calendar.\nE: She named two plans.\nP: Call Friday."
    ),
    "PIE on one line": (
        "P: She wanted to plan the week. I: I shared my calendar. E: She named two plans. Plan: Call Friday."
    ),
    "words with colons": (
        "Purpose: She wanted to plan the week.\n"
        "Intervention: I shared my calendar.\n"
        "Effectiveness: She named two plans.\n"
        "Plan: Call Friday."
    ),
    "words on lines": (
        "Purpose\nShe wanted to plan the week.\n"
        "What I did\nI shared my calendar.\n"
        "How it went\nShe named two plans.\n"
        "Next\nCall Friday."
    ),
    "numbered": (
        "1. Purpose: She wanted to plan the week.\n"
        "2. Interventions: I shared my calendar.\n"
        "3. Response: She named two plans.\n"
        "4. Plan: Call Friday."
    ),
    "cells": (
        "| Reason for visit | She wanted to plan the week. |\n"
        "| Activity | I shared my calendar. |\n"
        "| Outcome | She named two plans. |\n"
        "| Next steps | Call Friday. |"
    ),
    "rows": (
        "| Purpose |\n| She wanted to plan the week. |\n"
        "| Intervention |\n| I shared my calendar. |\n"
        "| Response |\n| She named two plans. |\n"
        "| Plan |\n| Call Friday. |"
    ),
    "dashes": (
        "Purpose - She wanted to plan the week.\n"
        "Intervention - I shared my calendar.\n"
        "Response - She named two plans.\n"
        "Plan - Call Friday."
    ),
    "PIRP": (
        "Problem: She wanted to plan the week.\n"
        "Intervention: I shared my calendar.\n"
        "Response: She named two plans.\n"
        "Plan: Call Friday."
    ),
}


@pytest.mark.parametrize("style", STORIES)
def test_every_style_of_narrative_tells_its_parts(style: str) -> None:
    read = note(story=STORIES[style] + "\n")

    assert [(section.topic, section.text) for section in read.narrative] == [
        (Topic.PURPOSE, "She wanted to plan the week."),
        (Topic.INTERVENTION, "I shared my calendar."),
        (Topic.RESPONSE, "She named two plans."),
        (Topic.NEXT_STEP, "Call Friday."),
    ]


def test_a_colon_in_prose_ends_no_section() -> None:
    told = (
        "She named her plan: call Ray. Then three things mattered: rent, food and sleep.\n"
        "Tools: pad, walk, call.\nMember stated: I can do this."
    )
    read = note(story=f"Intervention: {told}\nResponse: good: she laughed.\n")

    assert [section.text for section in read.narrative] == [told, "good: she laughed."]


def test_empty_sections_stay_visible() -> None:
    read = note(story="Purpose:\nIntervention: I shared my calendar.\nResponse: ____________\n")

    assert [(section.topic, section.text) for section in read.narrative if not section.text] == [
        (Topic.PURPOSE, ""),
        (Topic.RESPONSE, ""),
    ]


def test_a_row_without_a_label_is_narrative() -> None:
    read = note(
        story=(
            "| Purpose | Plan the week. |\n| What I did | I shared my calendar. |\n"
            "| | By the end she had named two plans for Friday herself. |\n"
            "| Next | Call. |\n"
        )
    )

    assert [section.topic for section in read.narrative] == [
        Topic.PURPOSE,
        Topic.INTERVENTION,
        Topic.NARRATIVE,
        Topic.NEXT_STEP,
    ]


def test_boxes_that_are_not_ticked_were_not_done() -> None:
    read = note(
        story=(
            "Support provided: ☒ Active listening ☐ Provided transportation ☒ Shared lived experience\n"
            "Response: ☒ Positive ☐ Neutral. She laughed.\n"
        )
    )

    assert [section.text for section in read.narrative] == [
        "☒ Active listening ☒ Shared lived experience",
        "☒ Positive She laughed.",
    ]


def test_the_goal_of_a_girp_note_is_its_purpose() -> None:
    read = note(
        story=(
            "GOAL\nShe wants to live on her own again (Goal 2).\n"
            "INTERVENTION\nI shared my calendar.\n"
            "RESPONSE\nShe laughed.\n"
        )
    )

    assert [section.topic for section in read.narrative] == [Topic.PURPOSE, Topic.INTERVENTION, Topic.RESPONSE]
    assert read.goals_cited is not None and read.goals_cited.meaning == (2,)


def test_a_cited_goal_is_no_purpose() -> None:
    assert not list(note("PCP goal(s): Goal 1 and 2").sections(Topic.PURPOSE))


PLACEHOLDERS = {
    "Purpose: [Insert purpose of contact here]": ["[Insert purpose of contact here]"],
    "Place of service: Click or tap here to enter text.": ["Click or tap here to enter text."],
    "Others present: Choose an item.": ["Choose an item."],
    "Purpose: Lorem ipsum dolor sit amet.": ["Lorem ipsum dolor sit amet."],
    "Next visit: XX/XX/XXXX": ["XX/XX/XXXX"],
    "Others present: <name>": ["<name>"],
    "Purpose: [Member's sister] joined us to plan the week.": [],
    "Purpose: [ ] self-advocacy [x] housing": [],
    "Place of service: ____________": [],
    "Purpose: She wrote (name) on the top line and the XXL shirt was fine.": [],
}


@pytest.mark.parametrize("line", PLACEHOLDERS)
def test_placeholders(line: str) -> None:
    assert [found.text for found in note(line).header.placeholders] == PLACEHOLDERS[line]
