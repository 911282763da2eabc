"""What an audio-only contact asks of a note: consent and two points of identification (N114, N115)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from peerlint.records.model import ContactType, Section, ServiceNote, Topic
from peerlint.rules.absence import absent
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
from peerlint.rules.lexicon import mention, passage, phrases, sentences, telling
from peerlint.rules.notes.header import contact_modes

_KINDS = ("name", "birth_date", "medicaid_id", "social_security", "address", "phone_number", "secret")


@rule("N114", "audio-only-consent", Scope.NOTE)
def audio_only_consent(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """A note on an audio-only contact documents the member's consent, or why there is none. Ordinary words count.

    Why: A telephone contact is covered only with consent; without a word of it the contact is not billable.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Type of contact: Telephone (audio only)
        Intervention: I coached Ana through two practice calls to landlords.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Type of contact: Telephone (audio only)
        Intervention: Ana agreed to meet by phone today. I coached her through two practice calls to landlords.
    Mend: Where consent was given, let the writer say so in a dated and signed addendum; ask for it at the next call.
    """
    if not audio_only(note):
        yield not_applicable(note, "the contact was not audio-only")
        return
    asked = [section for section in _told(note) if section.topic is Topic.CONSENT]
    given = passage(phrases("consent", "given"), _told(note), phrases("consent", "elsewhere")) or _in_text(note)
    if given:
        yield met(note, "consent to the audio-only contact is documented", given)
    elif filled := next((s for s in asked if " ".join(sentences(s.text))), None):
        yield needs_review(note, "words stand under consent, but they name none", *quote(filled))
    elif asked:
        yield not_met(note, "the place for consent is blank", *quote(asked[0]))
    else:
        yield absent(note, "nothing on consent to an audio-only contact")


@rule("N115", "audio-only-identity", Scope.NOTE)
def audio_only_identity(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """A note on an audio-only contact says by which two points the member was identified.

    Why: On the telephone nobody sees who answers. The policy asks for two points of identification before the
    encounter.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Type of contact: Telephone (audio only)
        Intervention: Ana agreed to talk by phone. I coached her through two practice calls to landlords.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Type of contact: Telephone (audio only)
        Intervention: Ana gave her date of birth and street address. I coached her through two practice calls to
        landlords.
    Mend: Where it was done, let the writer say how in a dated and signed addendum; verify two points at the next call.
    """
    if not audio_only(note):
        yield not_applicable(note, "the contact was not audio-only")
        return
    best, points = _identification(note)
    if points >= 2:
        yield met(note, "two points of identification are documented", Evidence(best, note.header.place))
    elif points == 1:
        yield not_met(note, "only one point of identification is documented", Evidence(best, note.header.place))
    else:
        yield absent(note, "nothing on how the member was identified")


def audio_only(note: ServiceNote) -> bool:
    return contact_modes(note) == (ContactType.AUDIO_ONLY,)


def _told(note: ServiceNote) -> tuple[Section, ...]:
    return (*note.narrative, *(s for s in note.header.sections if s not in note.narrative))


def _in_text(note: ServiceNote) -> Evidence | None:
    """Consent said outside any section: a ticked or filled line of the form."""
    line = telling(("consent*",), note.header.text, phrases("consent", "elsewhere"))
    label, colon, filled = line.partition(":")
    said = re.findall(r"[\w☒]+", filled if colon else label)
    return Evidence(line, note.header.place) if len(said) > (0 if colon else 2) else None


def _identification(note: ServiceNote) -> tuple[str, int]:
    """The sentence, with the one after it, that tells most points of identification, and how many."""
    lines = list(sentences(note.header.text))
    best, points = "", 0
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if not mention(phrases("consent", "verified"), line):
            if mention(phrases("consent", "two_points"), line):
                return line, 2
            continue
        told = line if ":" not in line else f"{line} {following}"
        kinds = sum(bool(mention(phrases("consent", kind), told)) for kind in _KINDS)
        kinds = 2 if mention(phrases("consent", "two_points"), line) else kinds
        if kinds > points:
            best, points = line, kinds
    return best, points
