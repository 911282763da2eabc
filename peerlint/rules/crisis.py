"""Crisis plans: is there one, is it the member's own, is it current, and who comes first (C101 to C106)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from peerlint.language.model import Certainty
from peerlint.records.model import Caseload, Chart, Contact, CrisisPlan, Plan, Section, ServiceNote, Topic
from peerlint.rules.absence import absent, unread_beside
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
from peerlint.rules.duplicates import once
from peerlint.rules.lexicon import mention, phrases, sentences, telling
from peerlint.rules.plans.force import months_after

_PARTS = (
    ("triggers or early warning signs", (Topic.TRIGGERS, Topic.WARNING_SIGNS), "triggers"),
    ("what helps", (Topic.WHAT_HELPS,), "what_helps"),
    ("whom to call", (Topic.CONTACTS,), "whom_to_call"),
)
_SHINGLE = 4
_ALIKE = 0.75
_ENOUGH_WORDS = 25


@rule("C101", "crisis-plan-present", Scope.CHART)
def crisis_plan_present(chart: Chart, review: Review) -> Iterator[Outcome]:
    """The chart holds a crisis plan, inside the person-centered plan or beside it; a heading over empty boxes is none.

    Why: Peer support is not a first responder, so the plan must show who is and what to do.
    Bad:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Goal 1: I will have a place of my own.
        Intervention: Peer support will help Ana apply for housing.
    Good:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Goal 1: I will have a place of my own.
        Intervention: Peer support will help Ana apply for housing.
        ---
        Crisis Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date: 01/06/2025
        Triggers: Shouting, letters from the court
        What helps: Cold water on her wrists, calling Inez
        Whom to call: Mobile crisis, 828-555-0142
    Mend: Write the crisis plan with the member and the other providers now and date it today.
    """
    if not chart.plans and not chart.crisis_plans:
        if first := next(chart.records(), None):
            yield not_applicable(first, "the member has no plan at all: see plan-present")
        return
    written = next((crisis for crisis in chart.crisis_plans if not crisis.empty), None)
    where = chart.plans[0] if chart.plans else chart.crisis_plans[0]
    if written:
        yield met(written, "the member has a crisis plan", *_first_words(written))
    elif unread := unread_beside(chart, review.caseload):
        yield needs_review(where, f"no crisis plan among the documents that could be read; {unread.path} could not")
    elif chart.crisis_plans:
        yield not_met(where, "the crisis plan is a heading over empty places", *_heading(chart.crisis_plans[0]))
    elif pointer := _pointer(chart.plans):
        yield needs_review(
            where,
            "the plan points to a crisis plan that is not among the documents",
            Evidence(pointer, where.header.place),
        )
    else:
        yield absent(where, "no crisis plan in the plan or beside it")


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
        yield met(crisis, "another provider responds in a crisis", _told(contact))
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
    words = [_told(c) for c in crisis.contacts] or [e for s in crisis.sections(Topic.CONTACTS) for e in quote(s)]
    yield absent(crisis, "no provider other than peer support is named as first responder or crisis contact", *words)


@rule("C103", "cookie-cutter-crisis-plan", Scope.CASELOAD)
def cookie_cutter(caseload: Caseload, review: Review) -> Iterator[Outcome]:
    """The crisis plan is the member's own, not another member's with the name changed.

    Compared are the words under its headings, names and numbers left out; the list of contacts is not.

    Why: A plan that fits everybody helps nobody at three in the morning, and payers say so.
    Bad:
        Crisis Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Triggers: Loud noises, crowds, arguments with family, not sleeping, running out of money at the end of the month
        What helps: Taking a walk, listening to music, deep breathing, calling a friend, journaling, a warm shower
        ---
        Crisis Plan
        Name: Ben Stone
        Medicaid ID: 917386024M
        Triggers: Loud noises, crowds, arguments with family, not sleeping, running out of money at the end of the month
        What helps: Taking a walk, listening to music, deep breathing, calling a friend, journaling, a warm shower
    Good:
        Crisis Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Triggers: Loud noises, crowds, arguments with family, not sleeping, running out of money at the end of the month
        What helps: Taking a walk, listening to music, deep breathing, calling a friend, journaling, a warm shower
        ---
        Crisis Plan
        Name: Ben Stone
        Medicaid ID: 917386024M
        Triggers: The week of his brother's birthday, men in uniform, waiting rooms without a window, anyone touching
        his bag
        What helps: His dog on the bed, the river walk, naming parts of an engine, his grandmother's records played low
    Mend: Write the crisis plan anew with the member, in the member's words.
    """
    plans = [(chart, crisis) for chart in caseload.charts for crisis in once(chart.crisis_plans)]
    shingles = {id(crisis): _shingles(crisis, chart) for chart, crisis in plans}
    ordered = sorted(plans, key=lambda pair: (str(pair[1].date or ""), pair[1].header.path, pair[1].header.index))
    for position, (chart, crisis) in enumerate(ordered):
        own = shingles[id(crisis)]
        if not own:
            yield not_applicable(crisis, "the crisis plan has too few words to compare")
            continue
        earlier = [(c, other) for c, other in ordered[:position] if c.key != chart.key]
        alike = next((other for _, other in earlier if _likeness(own, shingles[id(other)]) >= _ALIKE), None)
        if alike:
            yield not_met(
                crisis, f"the same words as another member's crisis plan, {alike.header.path}", *_first_words(crisis)
            )
        else:
            yield met(crisis, "the words are not another member's", *_first_words(crisis))


@rule("C104", "stale-crisis-plan", Scope.CRISIS_PLAN, months=12)
def stale_crisis_plan(crisis: CrisisPlan, review: Review) -> Iterator[Outcome]:
    """The crisis plan is dated and not older than the policy allows at the last note's date.

    A crisis plan inside a person-centered plan shares that plan's date.

    Why: Numbers, medicines and people change. A review of readmissions found many with an outdated crisis plan or none.
    Bad:
        Crisis Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date: 01/06/2023
        Triggers: Shouting, letters from the court
        What helps: Cold water on her wrists
        Whom to call: Mobile crisis, 828-555-0142
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
    Good:
        Crisis Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date: 01/06/2025
        Triggers: Shouting, letters from the court
        What helps: Cold water on her wrists
        Whom to call: Mobile crisis, 828-555-0142
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
    Mend: Go over the crisis plan with the member, change what has changed, date and sign it today.
    """
    written = _written_on(crisis, review.chart)
    served = max((note.date for note in review.chart.notes if note.date), default=None)
    newer = [
        c
        for c in review.chart.crisis_plans
        if c is not crisis and written and (_written_on(c, review.chart) or written) > written
    ]
    if crisis.empty:
        yield not_applicable(crisis, "the crisis plan is empty: see crisis-plan-present")
    elif written is None:
        yield absent(crisis, "the crisis plan is undated", *quote(crisis.dated))
    elif newer:
        yield not_applicable(crisis, "a later crisis plan has taken its place")
    elif served and served > months_after(written, review.parameters["months"]):
        yield not_met(
            crisis, f"written on {written:%m/%d/%Y}, too old for the service of {served:%m/%d/%Y}", *quote(crisis.dated)
        )
    else:
        words = quote(crisis.dated) or (Evidence(f"{written:%m/%d/%Y}", crisis.header.place, "date of the plan"),)
        yield met(crisis, f"written on {written:%m/%d/%Y}", *words)


@rule("C105", "crisis-plan-parts", Scope.CRISIS_PLAN)
def crisis_plan_parts(crisis: CrisisPlan, review: Review) -> Iterator[Outcome]:
    """The crisis plan tells triggers or early warning signs, what helps, and whom to call, under whatever headings.

    Why: Without the signs nobody sees it coming, without what helps nobody knows what to do, without numbers nobody
    calls.
    Bad:
        Crisis Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date: 01/06/2025
        Triggers: Shouting, letters from the court
        Whom to call: Mobile crisis, 828-555-0142
    Good:
        Crisis Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date: 01/06/2025
        Triggers: Shouting, letters from the court
        What helps: Cold water on her wrists
        Whom to call: Mobile crisis, 828-555-0142
    Mend: Ask the member for what is missing and add it in a dated update of the crisis plan.
    """
    if crisis.empty:
        yield not_applicable(crisis, "the crisis plan is empty: see crisis-plan-present")
        return
    found = {name: _part(crisis, topics, cues) for name, topics, cues in _PARTS}
    missing = [name for name, words in found.items() if words is None]
    words = [evidence for evidence in found.values() if evidence]
    if not missing:
        yield met(crisis, "signs, what helps and whom to call are told", *words)
    elif any(
        s.topic in (Topic.OTHER, Topic.CRISIS, Topic.NARRATIVE) and len(s.text.split()) > 40
        for s in crisis.header.sections
    ):
        yield needs_review(crisis, f"in running text nothing was found on {' or '.join(missing)}", *words)
    else:
        yield absent(crisis, f"the crisis plan lacks {' and '.join(missing)}", *words)


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
        return not_met(crisis, "peer support is the first to be called", _told(first))
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


def _part(crisis: CrisisPlan, topics: tuple[Topic, ...], cues: str) -> Evidence | None:
    if Topic.CONTACTS in topics and crisis.contacts:
        return _told(crisis.contacts[0])
    headed = [section for section in crisis.sections(*topics) if section.text.strip(" ._-\n")]
    if headed:
        return quote(headed[0])[0]
    told = (Topic.OTHER, Topic.CRISIS, Topic.NARRATIVE)
    for section in crisis.sections(*told):
        if mention(phrases("responders", cues), section.heading) and section.text.strip():
            return quote(section)[0]
        if sentence := telling(phrases("responders", cues), section.text):
            return Evidence(sentence, section.place, section.heading)
    return None


def _written_on(crisis: CrisisPlan, chart: Chart) -> date | None:
    signed = [s.signed_on.meaning for s in crisis.header.signatures if s.signed_on and s.signed_on.meaning]
    if crisis.date or signed:
        return crisis.date or max(signed)
    if not crisis.inside_plan:
        return None
    return next((plan.date for plan in chart.plans if plan.header.path == crisis.header.path), None)


def _pointer(plans: tuple[Plan, ...]) -> str:
    for plan in plans:
        for sentence in sentences(plan.header.text):
            if mention(phrases("responders", "no_crisis_plan_here"), sentence) and mention(
                phrases("responders", "separate"), sentence
            ):
                return sentence
    return ""


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


def _told(contact: Contact) -> Evidence:
    words = ", ".join(part for part in (contact.name, contact.relation, contact.phone) if part)
    return Evidence(words, contact.place, "contacts")


def _first_words(crisis: CrisisPlan) -> tuple[Evidence, ...]:
    section = next((s for s in crisis.header.sections if s.text.strip()), None)
    return quote(section) if section else tuple(_told(contact) for contact in crisis.contacts[:1])


def _heading(crisis: CrisisPlan) -> tuple[Evidence, ...]:
    section: Section | None = next(iter(crisis.header.sections), None)
    return quote(section) or (Evidence(crisis.header.title, crisis.header.place),)


def _shingles(crisis: CrisisPlan, chart: Chart) -> frozenset[tuple[str, ...]]:
    text = " ".join(s.text for s in crisis.header.sections if s.topic is not Topic.CONTACTS)
    names = set(chart.name.casefold().split())
    words = [word for word in re.findall(r"[a-z]+", text.casefold()) if word not in names]
    if len(words) < _ENOUGH_WORDS:
        return frozenset()
    return frozenset(tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1))


def _likeness(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0
