"""Is there a crisis plan, is it current, and has it all its parts? (C101, C104, C105)"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from peerlint.records.model import Caseload, Chart, CrisisPlan, Kind, Plan, Section, Topic
from peerlint.rules.absence import absent, unread_beside, unsure_beside
from peerlint.rules.base import (
    Evidence,
    Outcome,
    Review,
    Scope,
    met,
    needs_review,
    not_applicable,
    not_evaluated,
    not_met,
    quote,
    rule,
)
from peerlint.rules.crisis.words import first_words, told
from peerlint.rules.forms import A_FORM
from peerlint.rules.lexicon import mention, phrases, sentences, telling
from peerlint.rules.plans.force import months_after

_MORE_THAN_A_POINTER = 20
_MORE_THAN_ITS_HEAD = 60
_MOSTLY = 0.6
_PARTS = (
    ("triggers or early warning signs", (Topic.TRIGGERS, Topic.WARNING_SIGNS), "triggers"),
    ("what helps", (Topic.WHAT_HELPS,), "what_helps"),
    ("whom to call", (Topic.CONTACTS,), "whom_to_call"),
)


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
    certain = [crisis for crisis in chart.crisis_plans if not crisis.header.may_be]
    written = next((crisis for crisis in certain if not crisis.empty), None)
    where = chart.plans[0] if chart.plans else chart.crisis_plans[0]
    if written:
        yield met(written, "the member has a crisis plan", *first_words(written))
    elif unsure := unsure_beside(chart, review.caseload, Kind.CRISIS_PLAN):
        yield needs_review(where, f"no crisis plan that is certainly one; {unsure.header.path} may be it")
    elif unread := unread_beside(chart, review.caseload):
        yield needs_review(where, f"no crisis plan among the documents that could be read; {unread.path} could not")
    elif certain:
        yield not_met(where, "the crisis plan is a heading over empty places", *_heading(certain[0]))
    elif where.header.may_be:
        yield not_evaluated(where, "it is not certain that this is a plan: see unknown-document-kind")
    elif prose := _told_in_prose(chart.plans):
        yield needs_review(where, "the plan speaks of a crisis: see whether that is a crisis plan", *quote(prose))
    elif pointer := _pointer(chart.plans):
        yield needs_review(
            where,
            "the plan points to a crisis plan that is not among the documents",
            Evidence(pointer, where.header.place),
        )
    else:
        yield absent(where, "no crisis plan in the plan or beside it")


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
    if not missing and (blank := _blank_part(crisis, review)):
        yield needs_review(
            crisis, f"the part on {blank.topic} is blank, which other crisis plans on the form fill", *quote(blank)
        )
    elif not missing:
        yield met(crisis, "signs, what helps and whom to call are told", *words)
    elif any(
        s.topic in (Topic.OTHER, Topic.CRISIS, Topic.NARRATIVE) and len(s.text.split()) > 40
        for s in crisis.header.sections
    ):
        yield needs_review(crisis, f"in running text nothing was found on {' or '.join(missing)}", *words)
    elif len(missing) > 1 and len(crisis.header.text.split()) >= _MORE_THAN_ITS_HEAD:
        yield needs_review(
            crisis, f"nothing could be made out on {' or '.join(missing)}: see how the form tells it", *words
        )
    else:
        yield absent(crisis, f"the crisis plan lacks {' and '.join(missing)}", *words)


def _part(crisis: CrisisPlan, topics: tuple[Topic, ...], cues: str) -> Evidence | None:
    if Topic.CONTACTS in topics and crisis.contacts:
        return told(crisis.contacts[0])
    headed = [section for section in crisis.sections(*topics) if _is_filled(section)]
    if headed:
        return quote(headed[0])[0]
    for section in crisis.sections(Topic.OTHER, Topic.CRISIS, Topic.NARRATIVE):
        if mention(phrases("responders", cues), section.heading) and section.text.strip():
            return quote(section)[0]
        if sentence := telling(phrases("responders", cues), section.text):
            return Evidence(sentence, section.place, section.heading)
    return None


def _blank_part(crisis: CrisisPlan, review: Review) -> Section | None:
    """A part on signs or on what helps that stands blank, where other crisis plans fill what is headed so."""
    asked = crisis.sections(Topic.TRIGGERS, Topic.WARNING_SIGNS, Topic.WHAT_HELPS)
    blank = (section for section in asked if section.heading and not _is_filled(section))
    return next((section for section in blank if _is_mostly_filled(section.heading, review.caseload)), None)


def _is_filled(section: Section) -> bool:
    return bool(section.text.strip(" ._-\n"))


def _is_mostly_filled(heading: str, caseload: Caseload) -> bool:
    plans = (plan for chart in caseload.charts for plan in chart.crisis_plans)
    alike = [section for plan in plans for section in plan.header.sections if section.heading == heading]
    filled = sum(map(_is_filled, alike))
    return filled >= A_FORM and filled >= _MOSTLY * len(alike)


def _written_on(crisis: CrisisPlan, chart: Chart) -> date | None:
    signed = [s.signed_on.meaning for s in crisis.header.signatures if s.signed_on and s.signed_on.meaning]
    if crisis.date or signed:
        return crisis.date or max(signed)
    if not crisis.inside_plan:
        return None
    return next((plan.date for plan in chart.plans if plan.header.path == crisis.header.path), None)


def _told_in_prose(plans: tuple[Plan, ...]) -> Section | None:
    """A part on crises that says more than where the crisis plan is kept."""
    parts = (section for plan in plans for section in plan.sections(Topic.CRISIS))
    return next((section for section in parts if len(section.text.split()) >= _MORE_THAN_A_POINTER), None)


def _pointer(plans: tuple[Plan, ...]) -> str:
    for plan in plans:
        for sentence in sentences(plan.header.text):
            if mention(phrases("responders", "no_crisis_plan_here"), sentence) and mention(
                phrases("responders", "separate"), sentence
            ):
                return sentence
    return ""


def _heading(crisis: CrisisPlan) -> tuple[Evidence, ...]:
    section: Section | None = next(iter(crisis.header.sections), None)
    return quote(section) or (Evidence(crisis.header.title, crisis.header.place),)
