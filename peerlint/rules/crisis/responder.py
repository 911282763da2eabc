"""Who comes first in a crisis (C102, C106)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from peerlint.language.model import Certainty
from peerlint.records.model import Chart, Contact, CrisisPlan, ServiceNote, Topic
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
    plan_in_force,
    quote,
    rule,
)
from peerlint.rules.crisis.words import told
from peerlint.rules.lexicon import mention, phrases, sentences, telling


@rule("C102", "crisis-responder", Scope.CRISIS_PLAN)
def crisis_responder(crisis: CrisisPlan, review: Review) -> Iterator[Outcome]:
    """The crisis plan names first-responder coverage by another provider: mobile crisis, a clinician on call, 988, a
    hospital.

    Why: Peer support may not be the first response, and family and sponsors are no providers.
    Bad:
        Crisis Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date: 01/06/2025
        Triggers: Shouting, letters from the court
        What helps: Cold water on her wrists
        Whom to call: My sponsor Nikki, 828-555-0190; my sister
    Good:
        Crisis Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date: 01/06/2025
        Triggers: Shouting, letters from the court
        What helps: Cold water on her wrists
        Whom to call: Mobile crisis, 828-555-0142; my sister
    Mend: Agree with a provider on first-responder coverage and add name and number in a dated update of the crisis
        plan.
    """
    if crisis.empty:
        yield not_applicable(crisis, "the crisis plan is empty: see crisis-plan-present")
        return
    contact = next((c for c in crisis.contacts if _is_responder(c)), None)
    if contact:
        yield met(crisis, "another provider responds in a crisis", told(contact))
        return
    for section in crisis.header.sections:
        wanted = phrases("responders", "responder" if section.topic is Topic.CONTACTS else "responder_in_prose")
        sentence = telling(wanted, section.text)
        if not sentence and section.topic is Topic.CONTACTS:
            sentence = telling(phrases("credentials", "clinician"), section.text)
        if sentence:
            yield met(
                crisis, "another provider responds in a crisis", Evidence(sentence, section.place, section.heading)
            )
            return
    words = [told(c) for c in crisis.contacts] or [e for s in crisis.sections(Topic.CONTACTS) for e in quote(s)]
    yield absent(crisis, "no provider other than peer support is named as first responder or crisis contact", *words)


@rule("C106", "peer-as-first-responder", Scope.CHART)
def peer_first(chart: Chart, review: Review) -> Iterator[Outcome]:
    """Peer support is neither named nor acting as the first responder in a crisis.

    A peer who stays with somebody while calling mobile crisis acts rightly; one who goes alone at night and calls
    nobody does not.

    Why: Peers are not trained or covered for crisis response, and policies say in so many words that they are no first
    responders.
    Bad:
        Crisis Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date: 01/06/2025
        Triggers: Shouting, letters from the court
        What helps: Cold water on her wrists
        Whom to call: Dana, her peer support specialist, first and at any hour; she will come. Then mobile crisis.
    Good:
        Crisis Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date: 01/06/2025
        Triggers: Shouting, letters from the court
        What helps: Cold water on her wrists
        Whom to call: Mobile crisis, 828-555-0142. Dana (peer support) is told afterwards.
    Mend: Put a provider with crisis coverage first in a dated update of the crisis plan, and go over it with the team.
    """
    peers = _peer_names(chart)
    for crisis in chart.crisis_plans:
        yield _named_first(crisis, peers)
    for note in chart.notes:
        yield _acted_first(note, review)


def _named_first(crisis: CrisisPlan, peers: frozenset[str]) -> Outcome:
    if crisis.empty:
        return not_applicable(crisis, "the crisis plan is empty: see crisis-plan-present")
    first = min(crisis.contacts, key=lambda contact: contact.order, default=None)
    if first and _is_peer(f"{first.name} {first.relation}", peers) and not _denied(f"{first.name} {first.relation}"):
        return not_met(crisis, "peer support is the first to be called", told(first))
    for section in crisis.header.sections:
        for sentence in sentences(section.text):
            if (
                _is_peer(sentence, peers)
                and mention(phrases("responders", "first"), sentence)
                and not _denied(sentence)
            ):
                return not_met(
                    crisis,
                    "peer support is named as first responder",
                    Evidence(sentence, section.place, section.heading),
                )
    denial = next((s for s in sentences(crisis.header.text) if _is_peer(s, peers)), "")
    place = crisis.contacts[0].place if crisis.contacts else crisis.header.place
    return met(
        crisis,
        "peer support is not the first responder",
        Evidence(denial or (first.name if first else ""), place, "crisis plan"),
    )


def _acted_first(note: ServiceNote, review: Review) -> Outcome:
    for activity in review.reader.activities(note, plan_in_force(note, review.chart)):
        if activity.category != "peer-as-first-responder" or activity.innocence:
            continue
        words = Evidence(activity.quote, activity.place, activity.label)
        if activity.certainty in (Certainty.BOTH, Certainty.EXPLICIT):
            return not_met(note, "the specialist acted as first responder", words)
        return needs_review(note, "the specialist may have acted as first responder", words)
    return not_applicable(note, "the note tells of no crisis that the specialist answered alone")


def _is_responder(contact: Contact) -> bool:
    told = f"{contact.name} {contact.relation} {contact.phone}"
    if mention(phrases("credentials", "peer"), told) or mention(phrases("plans", "peer"), told):
        return False
    return bool(mention((*phrases("responders", "responder"), *phrases("credentials", "clinician")), told))


def _peer_names(chart: Chart) -> frozenset[str]:
    """First names of those who sign the member's notes."""
    signed = (note.staff_signature for note in chart.notes)
    return frozenset(s.name.split()[0].casefold() for s in signed if s and len(s.name.split()) > 1)


def _is_peer(text: str, peers: frozenset[str]) -> bool:
    if mention((*phrases("credentials", "peer"), *phrases("plans", "peer")), text):
        return True
    return bool(peers & set(re.findall(r"[\w'’-]+", text.casefold())))


def _denied(text: str) -> bool:
    return bool(mention(phrases("responders", "contrary"), text))
