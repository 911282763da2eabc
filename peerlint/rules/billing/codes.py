"""Procedure code and modifiers against what the note says (B101 to B103, B111)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from peerlint.records.model import ContactType, ServiceNote, Value
from peerlint.rules.base import (
    Evidence,
    Outcome,
    Review,
    Scope,
    met,
    needs_review,
    not_applicable,
    not_met,
    quote,
    rule,
)
from peerlint.rules.lexicon import mention, telling
from peerlint.rules.notes.header import contact_modes

_GROUP = ("group", "groups", "grp")
_INDIVIDUAL = ("individual", "indiv", "1:1", "1 on 1", "one on one", "one to one")
_GROUP_IN_PROSE = (
    "group",
    "participants",
    "people attended",
    "members attended",
    "attendees",
    "facilitated",
    "peers attended",
)


@rule("B101", "telehealth-modifier", Scope.NOTE)
def telehealth_modifier(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """GT stands on audio-visual contacts and on no others.

    Why: The modifier tells the payer how the service was given; a wrong one pays the wrong claim and miscounts remote
    time.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services, H0038 GT
        Type of contact: Face-to-face
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services, H0038 GT
        Type of contact: Telehealth (audio-visual)
    Mend: Correct the modifier in the note with a dated and signed entry, and the claim with a replacement claim.
    """
    yield _modifier(note, "GT", ContactType.TELEHEALTH)


@rule("B102", "audio-only-modifier", Scope.NOTE)
def audio_only_modifier(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """KX stands on audio-only contacts and on no others.

    Why: The modifier tells the payer how the service was given; a wrong one pays the wrong claim and miscounts remote
    time.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services, H0038
        Type of contact: Telephone (audio only)
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services, H0038 KX
        Type of contact: Telephone (audio only)
    Mend: Correct the modifier in the note with a dated and signed entry, and the claim with a replacement claim.
    """
    yield _modifier(note, "KX", ContactType.AUDIO_ONLY)


@rule("B103", "group-modifier", Scope.NOTE, remote_group_allowed=False)
def group_modifier(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """HQ stands on group services and on no others; where the policy says so, a group is met in person only.

    Why: A group is paid at another rate. Policies in hand cover it neither by video nor by telephone.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services (individual), H0038 HQ
        Type of contact: Face-to-face
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services (group), H0038 HQ
        Type of contact: Face-to-face
    Mend: Correct the modifier in the note with a dated and signed entry, and the claim with a replacement claim.
    """
    group, mark = _group_words(note), _mark(note, "HQ")
    individual = _individual_words(note)
    modes = contact_modes(note)
    remote = [mode for mode in modes if mode is not ContactType.IN_PERSON]
    if (
        (group or mark)
        and not individual
        and len(modes) == 1
        and remote
        and not review.parameters["remote_group_allowed"]
    ):
        yield not_met(
            note, f"a group met by {remote[0]}, which is not covered", *quote(group or mark), *quote(note.contact)
        )
    elif group and not mark and _bills_by_code(note):
        yield not_met(note, "a group service without the modifier HQ", *quote(group))
    elif group and mark:
        yield met(note, "a group service with the modifier HQ", *quote(group), *quote(mark))
    elif mark and individual:
        yield not_met(note, "the modifier HQ on an individual service", *quote(mark), *quote(individual))
    elif mark and (told := _group_in_prose(note)):
        yield met(note, "the narrative tells of a group", told)
    elif mark:
        yield needs_review(note, "the modifier HQ, but nothing else says that this was a group", *quote(mark))
    else:
        yield not_applicable(note, "not a group service, and no modifier HQ")


@rule("B111", "procedure-code", Scope.NOTE, codes=["H0038"])
def procedure_code(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """A procedure code given in the note is the code of peer support.

    Why: The code is what is paid. Another service's code on a peer's note claims a service that was not given.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Procedure code: H0036
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Procedure code: H0038
    Mend: Correct the code in the note with a dated and signed entry, and the claim with a replacement claim.
    """
    given = [code for code in note.procedure_codes if not code.empty]
    wrong = [code for code in given if not any(right in _bare(code) for right in review.parameters["codes"])]
    if wrong:
        right = " or ".join(review.parameters["codes"])
        yield not_met(note, f"procedure code {wrong[0].meaning or wrong[0].text} is not {right}", *quote(wrong[0]))
    elif given:
        yield met(note, "the procedure code is that of peer support", *quote(given[0]))
    else:
        yield not_applicable(note, "the note gives no procedure code")


def _modifier(note: ServiceNote, modifier: str, kind: ContactType) -> Outcome:
    modes = contact_modes(note)
    mark = _mark(note, modifier)
    if mark and not modes:
        return needs_review(note, f"the modifier {modifier}, but nothing says how the contact was made", *quote(mark))
    if len(modes) != 1:
        return not_applicable(note, "how the contact was made is not clear: see note-contact-type")
    if mark and modes[0] is not kind:
        return not_met(
            note, f"the modifier {modifier} on a contact that was {modes[0]}", *quote(mark), *quote(note.contact)
        )
    if mark:
        return met(note, f"the modifier {modifier} on a contact that was {kind}", *quote(mark))
    if modes[0] is not kind:
        return not_applicable(note, f"the contact was {modes[0]} and bears no modifier {modifier}")
    if not _bills_by_code(note):
        return not_applicable(note, "the note carries no billing code")
    return not_met(note, f"{kind} contact without the modifier {modifier}", *quote(note.contact), *_billing(note))


def _mark(note: ServiceNote, modifier: str) -> Value[str] | None:
    return next((value for value in note.modifiers if modifier in re.findall(r"[A-Z0-9]+", _bare(value))), None)


def _bills_by_code(note: ServiceNote) -> bool:
    """Whether the note is a place where a modifier would stand: it gives a code, or a field for modifiers."""
    return bool(note.procedure_codes or note.modifiers)


def _billing(note: ServiceNote) -> tuple[Evidence, ...]:
    return next((quote(value) for value in (*note.procedure_codes, *note.modifiers)), ())


def _group_words(note: ServiceNote) -> Value[str] | None:
    return note.is_group if note.is_group and mention(_GROUP, note.is_group.text) else None


def _individual_words(note: ServiceNote) -> Value[str] | None:
    values = (note.service, note.is_group, note.contact)
    return next((v for v in values if v and mention(_INDIVIDUAL, v.text) and not mention(_GROUP, v.text)), None)


def _group_in_prose(note: ServiceNote) -> Evidence | None:
    for section in note.narrative:
        if sentence := telling(_GROUP_IN_PROSE, section.text):
            return Evidence(sentence, section.place, section.heading)
    return None


def _bare(value: Value[str]) -> str:
    return (value.meaning or value.text).upper()
