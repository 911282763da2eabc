"""What a plan says will be done, and by whom (P103, P113)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from peerlint.records.model import Chart, Goal, Intervention, Plan, Signature
from peerlint.rules.base import Evidence, Outcome, Review, Scope, met, needs_review, not_applicable, not_met, rule
from peerlint.rules.lexicon import mention, phrases
from peerlint.rules.plans.reading import real_goals, why_doubted


class Doer(StrEnum):
    """Who is to carry out an intervention."""

    PEER = "peer support"
    OTHER = "somebody else"
    UNSAID = "nobody named"
    UNKNOWN = "a name without a role"


@rule("P103", "plan-interventions", Scope.PLAN)
def plan_interventions(plan: Plan, review: Review) -> Iterator[Outcome]:
    """Every goal has at least one intervention of peer support.

    Why: Only interventions that the plan identifies are covered; a goal that only the therapist or the family works on
    supports no peer support note.
    Bad:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        | Goal | Intervention | Responsible | Target date |
        | 1. I will handle my own money. | Open a bank account with Ana | Linh Ruiz (mother) | 07/05/2025 |
    Good:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        | Goal | Intervention | Responsible | Target date |
        | 1. I will handle my own money. | Coach Ana to keep a budget | Dana Wells, CPSS | 07/05/2025 |
    Mend: Add what the peer will do for the goal in a signed and dated plan update, or leave the goal to others and do
        not bill peer support for it.
    """
    goals = real_goals(plan)
    if not goals:
        yield not_applicable(plan, "the plan names no goal: see plan-goals")
        return
    specialists = known_specialists(plan, review.chart)
    doers = {goal.number: {doer(i, plan, specialists) for i in goal.interventions} for goal in goals}
    without = [goal for goal in goals if not doers[goal.number] - {Doer.OTHER}]
    unclear = [goal for goal in goals if not doers[goal.number] & {Doer.PEER, Doer.UNSAID} and goal not in without]
    if without and (doubt := why_doubted(plan)):
        yield needs_review(
            plan, f"{len(goals)} goals were made out, but {doubt}: see how the form tells them", *map(_done, without)
        )
    elif without:
        numbers = ", ".join(str(goal.number) for goal in without)
        yield not_met(plan, f"no intervention of peer support for goal {numbers}", *(_done(goal) for goal in without))
    elif unclear:
        numbers = ", ".join(str(goal.number) for goal in unclear)
        yield needs_review(
            plan, f"who carries out goal {numbers} is named without a role", *(_done(goal) for goal in unclear)
        )
    else:
        yield met(plan, "every goal has an intervention of peer support", *(_done(goal) for goal in goals))


@rule("P113", "clinical-intervention", Scope.PLAN)
def clinical_intervention(plan: Plan, review: Review) -> Iterator[Outcome]:
    """No intervention of peer support is clinical or stands outside what peers may do.

    Helping somebody to get to, prepare for or make use of treatment that others give is peer support.

    Why: Peer support is not treatment. A plan that gives therapy or rides to a peer makes every note that follows it
    wrong.
    Bad:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        | Goal | Intervention | Responsible | Target date |
        | 1. I will get through the store. | Provide CBT for panic | Dana Wells, CPSS | 07/05/2025 |
    Good:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        | Goal | Intervention | Responsible | Target date |
        | 1. I will get through the store. | Practise the skills learned in therapy with her | Dana Wells, CPSS |
        07/05/2025 |
    Mend: Give the intervention to the clinician who provides it, and say what the peer does beside it, in a plan
        update.
    """
    specialists = known_specialists(plan, review.chart)
    interventions = [i for goal in real_goals(plan) for i in goal.interventions]
    peers = [i for i in interventions if doer(i, plan, specialists) is Doer.PEER]
    wrong = [i for i in peers if _is_clinical(i) or mention(phrases("plans", "uncovered"), i.text)]
    if wrong:
        words = (Evidence(i.text, i.place, "intervention") for i in wrong)
        yield not_met(plan, "an intervention given to peer support is clinical or outside its activities", *words)
    elif peers:
        words = (Evidence(i.text, i.place, "intervention") for i in peers)
        yield met(plan, "the interventions of peer support are within its activities", *words)
    else:
        yield not_applicable(plan, "the plan gives no intervention to peer support")


def doer(intervention: Intervention, plan: Plan, specialists: frozenset[str]) -> Doer:
    """Who carries it out, told by the person responsible, then by the service, then by the words themselves."""
    who = f"{intervention.responsible} ; {intervention.service}"
    if not who.strip(" ;"):
        return _by_words(intervention)
    if mention((*phrases("credentials", "peer"), *phrases("plans", "peer")), who) or _names_any(specialists, who):
        return Doer.PEER
    if mention((*phrases("credentials", "clinician"), *phrases("plans", "family", "self", "another_service")), who):
        return Doer.OTHER
    member = plan.header.member.meaning if plan.header.member else None
    if member and member.first and re.search(rf"\b{re.escape(member.first)}\b", who):
        return Doer.OTHER
    return Doer.UNKNOWN if intervention.responsible.strip() else _by_words(intervention)


def known_specialists(plan: Plan, chart: Chart) -> frozenset[str]:
    """Last names of those who sign as peers, on this plan or on the member's notes."""
    signed = [note.staff_signature for note in chart.notes]
    signed += [s for s in plan.header.signatures if _is_peer(s)]
    return frozenset(s.name.split()[-1].casefold() for s in signed if s and len(s.name.split()) > 1)


def _by_words(intervention: Intervention) -> Doer:
    if mention((*phrases("credentials", "peer"), *phrases("plans", "peer")), intervention.text):
        return Doer.PEER
    opening = " ".join(intervention.text.split()[:3])
    if mention((*phrases("credentials", "clinician"), *phrases("plans", "family", "another_service")), opening):
        return Doer.OTHER
    return Doer.UNSAID


def _is_peer(signature: Signature) -> bool:
    return bool(mention(phrases("credentials", "peer"), f"{signature.credentials} {signature.label} {signature.text}"))


def _names_any(names: frozenset[str], text: str) -> bool:
    return bool(names & set(re.findall(r"[\w'’-]+", text.casefold())))


def _is_clinical(intervention: Intervention) -> bool:
    clinical = mention(phrases("plans", "clinical"), intervention.text)
    return bool(clinical) and not mention(phrases("plans", "beside_treatment"), intervention.text)


def _done(goal: Goal) -> Evidence:
    done = "; ".join(f"{i.text} ({i.responsible})" if i.responsible else i.text for i in goal.interventions)
    return Evidence(done or goal.text, goal.place, f"goal {goal.number}")
