"""Who signed, how and when, on every kind of signature line."""

from __future__ import annotations

from datetime import date

import pytest

from peerlint.documents.text import document_from_text
from peerlint.records.form import read_form
from peerlint.records.labels import NOTE_FAMILIES
from peerlint.records.model import Signature, SignatureForm, SignerRole
from peerlint.records.signatures import read_signatures

TOLD = "Intervention: I shared how I kept a calendar and we filled in the coming week together, one hour at a time.\n"
ON = date(2025, 3, 4)


def signatures(text: str) -> list[Signature]:
    return list(read_signatures(read_form(document_from_text(TOLD + text).blocks, NOTE_FAMILIES).entries))


SIGNED = {
    "/s/ before the name": ("Staff signature/credential: /s/ Ann Bo, CPSS     Date: 03/04/2025", SignatureForm.TYPED),
    "stamp of an EHR": ("Electronically signed by Ann Bo, CPSS on 03/04/2025 at 2:46 PM", SignatureForm.ELECTRONIC),
    "stamp with a colon": (
        "Electronically signed by: Ann Bo, CPSS\nDate/Time: 3/4/25 9:00 AM",
        SignatureForm.ELECTRONIC,
    ),
    "e-signed": ("E-signed by Ann Bo, CPSS 03/04/2025", SignatureForm.ELECTRONIC),
    "digitally signed": ("Digitally signed by Ann Bo (CPSS) 2025-03-04 14:46", SignatureForm.ELECTRONIC),
    "signed electronically": ("Signed electronically: Ann Bo, CPSS, March 4, 2025", SignatureForm.ELECTRONIC),
    "stamp behind a label": (
        "Provider Signature: Ann Bo, CPSS (electronically signed 03/04/2025)",
        SignatureForm.ELECTRONIC,
    ),
    "stamp that is a label": ("Electronic signature: Ann Bo, CPSS   Date: 3/4/2025", SignatureForm.ELECTRONIC),
    "drawn, details below": (
        "Staff signature: [signature]\nPrinted name: Ann Bo     Title: CPSS     Date signed: 03/04/2025",
        SignatureForm.DRAWN,
    ),
    "drawn, no label": ("[signature]\nPrinted Name: Ann Bo\nTitle: CPSS\nDate: 03/04/2025", SignatureForm.DRAWN),
    "drawn over the name and date": ("[signature]\nAnn Bo, CPSS\t03/04/2025", SignatureForm.DRAWN),
    "drawn and dated over the name": ("[signature]\t03/04/2025\nAnn Bo, CPSS", SignatureForm.DRAWN),
    "drawn over captions": (
        "[signature]\t03/04/2025\nStaff Signature\tDate\nAnn Bo, CPSS\nPrinted name and credentials",
        SignatureForm.DRAWN,
    ),
    "captions above": ("Staff Signature\tCredentials\tDate\n/s/ Ann Bo\tCPSS\t3/4/2025", SignatureForm.TYPED),
    "signature table": (
        "| Staff signature | Title | Date |\n| /s/ Ann Bo | Peer Support Specialist | 03/04/2025 |",
        SignatureForm.TYPED,
    ),
    "cells": ("| Signature: | /s/ Ann Bo, CPSS | Date: | 03/04/2025 |", SignatureForm.TYPED),
    "title on the next line": (
        "PSS Signature: /s/ Ann Bo\nCertified Peer Support Specialist\n03/04/2025",
        SignatureForm.TYPED,
    ),
    "dash before the credential": (
        "Signature of peer specialist: /s/ Ann Bo – NC-CPSS   Date: 03/04/2025",
        SignatureForm.TYPED,
    ),
    "name on the line": ("Staff signature: Ann Bo, CPSS   Date: 03/04/2025", SignatureForm.NAME_ONLY),
    "name alone at the foot": ("Ann Bo, CPSS\n03/04/2025", SignatureForm.NAME_ONLY),
    "worker's line of older forms": (
        "Signature of workers, credentials, degree or license number, or position title: /s/ Ann Bo, CPSS 3/4/25",
        SignatureForm.TYPED,
    ),
}


@pytest.mark.parametrize("case", SIGNED)
def test_signed_dated_and_credentialed(case: str) -> None:
    text, form = SIGNED[case]
    found = signatures(text)

    assert [(s.role, s.form, s.name, bool(s.credentials), s.signed_on and s.signed_on.meaning) for s in found] == [
        (SignerRole.STAFF, form, "Ann Bo", True, ON)
    ]


BLANK = {
    "a rule": "Staff signature: ______________________________",
    "nothing": "Staff Signature/Credentials:",
    "a rule and captions": "_______________________\t____________\nStaff signature\tDate",
    "an empty cell": "| Staff signature | |",
    "a mark without a name": "Staff signature: /s/ ____________",
    "not yet": "Staff signature: pending",
    "a date alone": "Staff signature: ______________  Date: 03/04/2025",
}


@pytest.mark.parametrize("case", BLANK)
def test_blank_lines_are_no_signature(case: str) -> None:
    found = signatures(BLANK[case])

    assert [(s.role, s.form, s.signed) for s in found] == [(SignerRole.STAFF, SignatureForm.BLANK, False)]


def test_undated_signature() -> None:
    assert signatures("/s/ Denise Okafor, CPSS")[0].signed_on is None
    dated = signatures("Staff signature: /s/ Denise Okafor, CPSS   Date: ________")[0].signed_on
    assert dated is not None and dated.empty


def test_no_credentials() -> None:
    assert [s.credentials for s in signatures("Electronically signed by Ann Bo on 03/04/2025")] == [""]


def test_a_page_without_a_place_to_sign_has_none() -> None:
    assert signatures("Plan: Meet on Friday.") == []


ROLES = {
    "Member signature: /s/ Rosa Diaz   Date: 1/6/2025": SignerRole.MEMBER,
    "Signature of legally responsible person: /s/ Lou Diaz   Date: 1/6/2025": SignerRole.GUARDIAN,
    "QP signature: /s/ Lee Fox, QP   Date: 1/6/2025": SignerRole.PROFESSIONAL,
    "Person responsible for the PCP: /s/ Lee Fox, LCSW   Date: 1/6/2025": SignerRole.PROFESSIONAL,
    "Supervisor signature: /s/ Lee Fox, LCSW   Date: 1/6/2025": SignerRole.SUPERVISOR,
    "Reviewed by: Lee Fox, QP   Date: 1/6/2025": SignerRole.SUPERVISOR,
    "LMHP Supervisor Signature: Lee Fox": SignerRole.SUPERVISOR,
    "Witness: Lou Diaz": SignerRole.OTHER,
    "Electronically signed by Lee Fox, LCSW on 1/6/2025": SignerRole.PROFESSIONAL,
    "Electronically signed by Ann Bo, CPSS, QP on 1/6/2025": SignerRole.STAFF,
    "Signature: /s/ Ann Bo, Recovery Coach": SignerRole.STAFF,
}


@pytest.mark.parametrize("text", ROLES)
def test_roles_come_from_labels_and_credentials(text: str) -> None:
    assert [s.role for s in signatures(text)] == [ROLES[text]]


def test_table_of_signers() -> None:
    found = signatures(
        "| Who | Signature | Date |\n| Member | /s/ Rosa Diaz | 01/06/2025 |\n"
        "| Guardian | | |\n| QP | /s/ Lee Fox, QP | 01/07/2025 |"
    )

    assert [(s.role, s.signed, s.name) for s in found] == [
        (SignerRole.MEMBER, True, "Rosa Diaz"),
        (SignerRole.GUARDIAN, False, ""),
        (SignerRole.PROFESSIONAL, True, "Lee Fox"),
    ]


def test_several_signatures_on_one_line() -> None:
    found = signatures(
        "Staff: /s/ Ann Bo, CPSS\nStaff signature: /s/ Ann Bo, CPSS   Date: 3/4/25   QP signature: "
        "/s/ Lee Fox, QP   Date: 3/5/25"
    )
    dates = {s.role: s.signed_on.meaning for s in found if s.signed_on}

    assert dates == {SignerRole.STAFF: ON, SignerRole.PROFESSIONAL: date(2025, 3, 5)}


def test_a_story_about_signing_is_no_signature() -> None:
    assert (
        signatures(
            "Response: She signed the lease by herself and reviewed by phone what it says. She was proud "
            "of the signature."
        )
        == []
    )
