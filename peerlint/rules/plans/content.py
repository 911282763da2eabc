"""What a plan holds besides its interventions: goals, measures, transition, natural supports (P101, P102, P110 to
P112)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from peerlint.records.model import Chart, Goal, Kind, Plan, Topic
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
from peerlint.rules.lexicon import mention, passage, phrases, telling
from peerlint.rules.plans.reading import PLACEHOLDER, real_goals, why_doubted


@rule("P101", "plan-present", Scope.CHART)
def plan_present(chart: Chart, review: Review) -> Iterator[Outcome]:
    """Every member who is served has a person-centered plan.

    The finding stands on the member's first note.

    Why: The plan is what makes a service necessary; without one, every contact is open to recoupment.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I helped Ana fill in her housing application.
    Good:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Goal 1: I will have a place of my own.
        Intervention: Peer support will help Ana apply for housing.
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I helped Ana fill in her housing application.
    Mend: Find the plan that was in force and file it. Where there was none, write one with the member now and do not
        bill for the time before both signatures.
    """
    if plan := next((plan for plan in chart.plans if not plan.header.may_be), None):
        yield met(plan, "the member has a plan", Evidence(plan.header.title, plan.header.place, "plan"))
        return
    if not chart.notes:
        return
    first = chart.notes[0]
    if unsure := unsure_beside(chart, review.caseload, Kind.PLAN):
        yield needs_review(first, f"no plan that is certainly one; {unsure.header.path} may be it")
    elif unread := unread_beside(chart, review.caseload):
        yield needs_review(first, f"no plan among the documents that could be read; {unread.path} could not")
    else:
        yield not_met(first, f"no plan for this member, but {len(chart.notes)} notes")


@rule("P102", "plan-goals", Scope.PLAN)
def plan_goals(plan: Plan, review: Review) -> Iterator[Outcome]:
    """The plan names at least one goal.

    Why: Services are bought to reach the member's goals; hopes and dreams are where goals come from, not goals.
    Bad:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Diagnosis: F33.1 Major depressive disorder
        Strengths: Sings, cooks, keeps her word.
    Good:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Goal 1: I will have a place of my own.
        Intervention: Peer support will help Ana apply for housing.
    Mend: Write the goals with the member in a plan update, signed and dated by both.
    """
    goals = real_goals(plan)
    section = next((s for s in plan.sections(Topic.GOALS) if s.text.strip()), None)
    if goals:
        yield met(plan, f"the plan has {len(goals)} goals", *(_words(goal) for goal in goals))
    elif section and len(section.text.split()) > 3:
        yield needs_review(plan, "words stand under goals, but no goal could be made out", *quote(section))
    elif promise := _promise(plan):
        yield needs_review(plan, "no goal could be made out, but a part of the plan says what will be done", promise)
    else:
        yield absent(plan, "the plan names no goal", *(e for s in plan.sections(Topic.GOALS) for e in quote(s)))


@rule("P110", "measurable-goal", Scope.PLAN)
def measurable_goal(plan: Plan, review: Review) -> Iterator[Outcome]:
    """Every goal has a target date or something to measure it by.

    Why: Continued stay rests on progress, and nobody can show progress toward "feel better".
    Bad:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Goal 1: Feel better about life.
        Intervention: Peer support will share experience of recovery.
    Good:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Goal 1: Feel better about life.
        Measure: leaves the house at least three times a week
        Target date: 07/05/2025
        Intervention: Peer support will share experience of recovery.
    Mend: Agree with the member on a date and on what will show that the goal is met, in a signed and dated plan update.
    """
    goals = real_goals(plan)
    vague = [goal for goal in goals if not _target(goal) and not _measure(goal)]
    if not goals:
        yield not_applicable(plan, "the plan names no goal: see plan-goals")
    elif vague and why_doubted(plan):
        yield not_evaluated(plan, "the goals may have been misread: see plan-interventions")
    elif vague:
        numbers = ", ".join(str(goal.number) for goal in vague)
        yield not_met(plan, f"neither target date nor measure for goal {numbers}", *(_words(goal) for goal in vague))
    else:
        told = [evidence for goal in goals for evidence in (*_target(goal), *_measure(goal))]
        yield met(plan, "every goal has a target date or a measure", *told)


@rule("P111", "transition-plan", Scope.PLAN)
def transition_plan(plan: Plan, review: Review) -> Iterator[Outcome]:
    """The plan says how service will step down or end.

    Why: Peer support is meant to make itself unneeded. Payers look for the way out from the first day.
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
        Transition plan: After 60 days in her own place Ana will meet her peer every other week, then monthly.
    Mend: Talk the way out over with the member and write it in a signed and dated plan update.
    """
    headed = list(plan.sections(Topic.TRANSITION))
    filled = next((s for s in headed if s.text.strip()), None)
    if filled:
        yield met(plan, "the plan tells of transition or discharge", *quote(filled))
    elif headed:
        yield not_met(plan, "nothing stands under transition or discharge", *quote(headed[0]))
    elif sentence := telling(phrases("plans", "transition"), plan.header.text):
        yield met(plan, "the plan tells of transition or discharge", Evidence(sentence, plan.header.place))
    else:
        yield absent(plan, "nothing on transition, step-down or discharge")


@rule("P112", "natural-supports", Scope.PLAN)
def natural_supports(plan: Plan, review: Review) -> Iterator[Outcome]:
    """The plan names natural or community supports: people and places that stay when services end.

    Why: A plan without them has nothing to hand over to.
    Bad:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Natural supports:
        Goal 1: I will have a place of my own.
        Intervention: Peer support will help Ana apply for housing.
    Good:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Natural supports: her cousin Inez and the Wednesday craft table
        Goal 1: I will have a place of my own.
        Intervention: Peer support will help Ana apply for housing.
    Mend: Add who and what supports the member, or what stands in the way, at the next review.
    """
    headed = list(plan.sections(Topic.SUPPORTS))
    filled = next((s for s in headed if s.text.strip()), None)
    if filled:
        yield met(plan, "natural or community supports are named", *quote(filled))
    elif headed:
        yield not_met(plan, "nothing stands under natural supports", *quote(headed[0]))
    elif sentence := telling(phrases("plans", "supports"), plan.header.text, phrases("plans", "supports_none")):
        yield met(plan, "a natural or community support is named", Evidence(sentence, plan.header.place))
    else:
        yield absent(plan, "no natural or community support is named")


def _promise(plan: Plan) -> Evidence | None:
    """Words under a heading nobody knows that want or promise something."""
    unknown = [section for section in plan.sections(Topic.OTHER) if section.heading]
    return passage(phrases("plans", "promise"), unknown)


def _target(goal: Goal) -> tuple[Evidence, ...]:
    dates = (goal.target_date, *(intervention.target_date for intervention in goal.interventions))
    return next((quote(value) for value in dates if value and value.meaning), ())


def _measure(goal: Goal) -> tuple[Evidence, ...]:
    measure = PLACEHOLDER.sub("", goal.measure).strip(" ._-")
    if measure and (_counted(measure) or not mention(phrases("plans", "vague"), measure)):
        return (Evidence(measure, goal.place, f"goal {goal.number}"),)
    return (_words(goal),) if _counted(goal.text) else ()


def _counted(text: str) -> bool:
    return bool(mention(phrases("plans", "measure"), text) or re.search(r"\d", text))


def _words(goal: Goal) -> Evidence:
    return Evidence(goal.text, goal.place, f"goal {goal.number}")
