"""Other services beside peer support: those that exclude it, run at the same time, or must accompany it (E105, E106,
E108, E109)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, time
from functools import cache, lru_cache

from peerlint.records.model import Chart, Plan, Record, Section, ServiceNote, Topic
from peerlint.rules.absence import absent
from peerlint.rules.base import (
    Evidence,
    Outcome,
    Review,
    Scope,
    first_of,
    met,
    needs_review,
    not_applicable,
    not_met,
    plan_in_force,
    quote,
    rule,
)
from peerlint.rules.eligibility.hours import hours_of, ran_between
from peerlint.rules.lexicon import lexicon_lists, mention, phrases, sentences, telling

_EXCLUDING = ["Assertive Community Treatment", "Community Support Team"]
_AT_THE_SAME_TIME = [
    "Substance Abuse Intensive Outpatient Program",
    "Substance Abuse Comprehensive Outpatient Treatment",
    "Partial Hospitalization",
    "Psychosocial Rehabilitation",
    "Respite",
    "Individual Support",
]

_NEAR = 60
_HEAD = 3


@rule("E105", "exclusive-service", Scope.CHART, services=_EXCLUDING)
def exclusive_service(chart: Chart, review: Review) -> Iterator[Outcome]:
    """No service that excludes peer support is named as one the member has now.

    A service of the past, a referral and words that only look like a name ("ACT" as a kind of therapy) do not count.

    Why: Assertive community treatment and community support teams have peers of their own; both together are paid
    twice.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: The nurse from her ACT team stopped in while I coached Ana through two practice calls.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: Ana was discharged from CST in 2020. I coached her through two practice calls.
    Mend: Settle with the other provider which service goes on, and do not bill peer support for the time of both.
    """
    where = first_of(chart.plans, chart.notes)
    if where is None:
        return
    days = [note.date for note in chart.notes]
    found = [(record, words) for record in _telling_records(chart) for words in _current(record, review, days)]
    if found:
        record, _ = found[0]
        yield not_met(
            record, "another service that excludes peer support is named as current", *(w for _, w in found[:3])
        )
    else:
        read = sum(1 for _ in _telling_records(chart))
        words = Evidence("", where.header.place, f"{read} records read")
        yield met(where, "no service that excludes peer support is named as current", words)


@rule("E106", "same-time-service", Scope.NOTE, services=_AT_THE_SAME_TIME)
def same_time_service(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """Peer support was not given while the member was in another service of the policy's list.

    Told by the note's own words, or by the hours of the service that the plan gives; a contact after those hours is
    innocent.

    Why: The other service's time is paid to the other provider.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: Ana stepped out of her SAIOP group and I coached her through a practice call in the side room.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: Ana walked over after SAIOP let out at noon. I coached her through a practice call.
    Mend: Do not bill the time, and meet outside the other service's hours.
    """
    plan = plan_in_force(note, review.chart)
    if told := _during(note, review):
        yield not_met(note, "given while the member was in another service", told)
    elif scheduled := _in_hours(note, plan, review):
        yield not_met(note, "given in the hours told for another service", scheduled)
    elif _at_the_program(note, review):
        yield needs_review(note, "given at the place of another service", *quote(note.place_of_service))
    elif plan is None or not _naming(plan.header.text, review):
        yield not_applicable(note, "the plan names no service that could run at the same time")
    else:
        words = Evidence("", note.header.place, "narrative and times read against the plan's services")
        yield met(note, "nothing says that the member was in another service", words)


@rule("E108", "companion-treatment", Scope.PLAN, treatments=[], not_alone=["Targeted Case Management"])
def companion_treatment(plan: Plan, review: Review) -> Iterator[Outcome]:
    """Outpatient therapy or another treatment runs alongside peer support, where the policy does not let it stand
    alone.

    ``treatments`` are further names of services that count; ``not_alone`` are services that do not count by themselves.

    Why: Some payers cover peer support beside treatment only.
    Bad:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Services in place: Targeted case management
        Goal 1: I will have a place of my own.
    Good:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Services in place: Outpatient therapy with Anna Rowe, LCMHC, every other week
        Goal 1: I will have a place of my own.
    Mend: Add the treatment that the member has; where there is none, refer the member before billing peer support.
    """
    wanted = (*phrases("services", "treatment"), *review.parameters["treatments"])
    ended = phrases("services", "not_now")
    listed = next((s for s in plan.services if mention(wanted, s) and not mention(ended, s)), "")
    planned = next(
        (i for g in plan.goals for i in g.interventions if mention(wanted, f"{i.service} {i.responsible} {i.text}")),
        None,
    )
    mentioned = telling(wanted, plan.header.text, ended)
    if listed:
        yield met(plan, "a treatment runs alongside", Evidence(listed, plan.header.place, "services in place"))
    elif planned:
        yield met(
            plan, "the plan has a treatment beside peer support", Evidence(planned.text, planned.place, "intervention")
        )
    elif mentioned:
        yield needs_review(
            plan, "a treatment is mentioned, but not as a service in place", Evidence(mentioned, plan.header.place)
        )
    else:
        words = [Evidence(s, plan.header.place, "services in place") for s in plan.services]
        yield absent(plan, "no treatment service alongside peer support", *words)


@rule("E109", "single-provider", Scope.CHART)
def single_provider(chart: Chart, review: Review) -> Iterator[Outcome]:
    """No other organization gives the member peer support at the same time.

    Why: One provider in an episode of care; the second one is not paid.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: We went over what the peer she sees Thursdays at Summit House had told her about leases.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: We went over what her therapist at Summit House had told her about leases.
    Mend: Let the member choose one provider, and do not bill the time of both.
    """
    where = first_of(chart.notes, chart.plans)
    if where is None:
        return
    for record in _telling_records(chart):
        for section in _prose(record):
            if told := _another_peer(section, chart):
                yield not_met(record, "another organization's peer support is named", told)
                return
    yield met(
        where, "no other organization's peer support is named", Evidence("", where.header.place, "all records read")
    )


def _telling_records(chart: Chart) -> Iterator[Record]:
    yield from chart.plans
    yield from chart.others
    yield from chart.notes


def _prose(record: Record) -> tuple[Section, ...]:
    own = record.narrative if isinstance(record, ServiceNote) else ()
    kept = tuple(s for s in record.header.sections if s not in own)
    return (*own, *kept) or (Section(Topic.OTHER, "", record.header.text, record.header.place),)


@cache
def _aliases(service: str) -> tuple[str, ...]:
    """All names of the service: those of the lexicon's entry that holds this one, else the name as it stands."""
    for names in lexicon_lists("services", "services"):
        if service.casefold() in (name.casefold() for name in names):
            return names
    return (service,)


def _mentions(sentence: str, review: Review) -> bool:
    return any(_names(sentence, service) for service in review.parameters["services"])


def _naming(text: str, review: Review) -> tuple[str, ...]:
    """The sentences that name one of the services; a plan's are looked for once, not for each note."""
    return _naming_any(text, tuple(review.parameters["services"]))


@lru_cache(maxsize=512)
def _naming_any(text: str, services: tuple[str, ...]) -> tuple[str, ...]:
    if not mention(tuple(name for service in services for name in _aliases(service)), text):
        return ()
    return tuple(s for s in sentences(text) if any(_names(s, service) for service in services))


def _names(sentence: str, service: str) -> str:
    """The service's name in the sentence; "ACT" only where the words around it are those of a team."""
    if not mention(_aliases(service), sentence) or mention(phrases("services", "no_program"), sentence):
        return ""
    names = [name for name in _aliases(service) if name != "ACT"]
    if found := mention(names, sentence):
        return found
    if "ACT" not in _aliases(service) or not mention(("ACT",), sentence):
        return ""
    if mention(phrases("services", "act_is_not"), sentence):
        return ""
    return "ACT" if mention(phrases("services", "act_is_a_service"), sentence) else ""


def _has_now(sentence: str, review: Review, *days: date | None) -> bool:
    """Whether the sentence names one of the services as one that ran between the days, the first and the last."""
    known = [day for day in days if day]
    if known and not ran_between(sentence, min(known), max(known)):
        return False
    for service in review.parameters["services"]:
        if name := _names(sentence, service):
            before, _, after = sentence.partition(name)
            return not mention(phrases("services", "not_now"), f"{before[-_NEAR:]} {after[:_NEAR]}")
    return False


def _current(record: Record, review: Review, days: Sequence[date | None]) -> Iterator[Evidence]:
    """Sentences that name an excluding service as one the member has."""
    if isinstance(record, Plan):
        for service in record.services:
            if _has_now(service, review, *days):
                yield Evidence(service, record.header.place, "services in place")
    for section in _prose(record):
        for sentence in _naming(section.text, review):
            if _has_now(sentence, review, *days):
                yield Evidence(sentence, section.place, section.heading)


def _during(note: ServiceNote, review: Review) -> Evidence | None:
    """The sentence that puts the contact into another service's time."""
    inside = phrases("services", "during_service")
    if not _is_group(note) and _knows_a_program(note, review):
        inside_program = phrases("services", "during_program")
    else:
        inside_program = ()
    for section in note.narrative:
        naming = _naming(section.text, review)
        for sentence in sentences(section.text) if inside_program else naming:
            named = sentence in naming and mention(inside, sentence) and _has_now(sentence, review, note.date)
            if (named or mention(inside_program, sentence)) and not mention(phrases("services", "after"), sentence):
                return Evidence(sentence, section.place, section.heading)
    return None


def _is_group(note: ServiceNote) -> bool:
    return note.is_group is not None and not re.search(r"\bindividual\b|\bno\b", note.is_group.text, re.IGNORECASE)


def _knows_a_program(note: ServiceNote, review: Review) -> bool:
    """Whether the note, its place of service or the plan in force names one of the services."""
    plan = plan_in_force(note, review.chart)
    texts = [section.text for section in note.narrative]
    texts += [note.place_of_service.text] if note.place_of_service else []
    texts += [plan.header.text, *plan.services] if plan else []
    return any(_has_now(sentence, review, note.date) for text in texts for sentence in _naming(text, review))


def _in_hours(note: ServiceNote, plan: Plan | None, review: Review) -> Evidence | None:
    """The sentence, of the note itself or of the plan, by whose hours the member was in the service."""
    if not note.date or not (note.start and note.start.meaning and note.end and note.end.meaning):
        return None
    texts = [(section.text, section) for section in note.narrative]
    for text, section in [*texts, *([(plan.header.text, None)] if plan else [])]:
        for sentence in _naming(text, review):
            if not _has_now(sentence, review, note.date):
                continue
            for weekdays, opens, closes in hours_of(sentence, frozenset({note.date.weekday()} if section else ())):
                if note.date.weekday() in weekdays and _overlap(note.start.meaning, note.end.meaning, opens, closes):
                    place = section.place if section else plan.header.place if plan else None
                    return Evidence(sentence, place, section.heading if section else "services in place")
    return None


def _at_the_program(note: ServiceNote, review: Review) -> bool:
    """Whether the place of service is one of the services, and no word says before or after."""
    place = note.place_of_service
    if place is None or not _mentions(place.text, review):
        return False
    told = [place.text, *(sentence for section in note.narrative for sentence in sentences(section.text))]
    about = [text for text in told if _mentions(text, review) or mention(phrases("services", "program"), text)]
    return not any(mention(phrases("services", "after"), text) for text in about)


def _overlap(start: time, end: time, opens: time, closes: time) -> bool:
    return start < closes and opens < end


def _another_peer(section: Section, chart: Chart) -> Evidence | None:
    own = _own_agency(chart)
    for sentence in sentences(section.text):
        cue = mention(phrases("services", "another_peer"), sentence)
        if not cue or mention(phrases("services", "not_now"), sentence):
            continue
        organization = re.search(r"(?:at|from|with|through|that|whom)\s+((?:[A-Z][\w'’&.-]+\s?)+)", sentence)
        another = re.search(r"\b(other|another|second)\b", cue, re.IGNORECASE)
        if (organization and organization[1].strip().casefold() not in own) or another:
            return Evidence(sentence, section.place, section.heading)
    return None


def _own_agency(chart: Chart) -> str:
    """The first lines of the member's records, where the agency's own name stands."""
    heads = (" ".join(record.header.text.splitlines()[:_HEAD]) for record in chart.records())
    return " ".join(heads).casefold()
