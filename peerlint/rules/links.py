"""How notes serve the plan (L101 to L104)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from peerlint.language.model import GoalLink, LinkStrength
from peerlint.records.model import Chart, Plan, ServiceNote
from peerlint.rules.activities import not_covered
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
    plan_in_force,
    quote,
    rule,
)
from peerlint.rules.duplicates import once
from peerlint.rules.notes.elements import nobody_met
from peerlint.rules.plans.reading import real_goals, why_doubted


@rule("L101", "note-goal-link", Scope.NOTE)
def note_goal_link(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """What the note tells serves at least one goal of the plan. A goal cited is no link where the work serves none.

    Why: Only work on the plan's goals is covered, and the narrative, not the number in the box, shows what was worked
    on.
    Bad:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Goal 1: I will have a place of my own.
        Intervention: Peer support will help find listings and fill in housing applications.
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Purpose: Wire an amplifier and speakers into her cousin's car.
        Intervention: I showed Ana how to crimp the speaker leads and run the fuse to the battery.
        Effectiveness: She got the left speaker to play and laughed.
    Good:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Goal 1: I will have a place of my own.
        Intervention: Peer support will help find listings and fill in housing applications.
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Purpose: Fill in the housing application for Laurel Court.
        Intervention: I went over the application with Ana and helped her find two more listings.
        Effectiveness: She filled in the last page of the application by herself.
    Mend: Where the work did serve a goal, let the writer say how in a dated and signed addendum; where the member's
        wishes have changed, update the plan first.
    """
    plan = _plan_to_serve(note, review)
    if isinstance(plan, Outcome):
        yield plan
        return
    links = review.reader.links(note, plan)
    if (found := not_covered(note, review)) and any(link.cited for link in links):
        yield not_applicable(note, f"what was done is reported as {found.category}")
        return
    best = max(links, key=lambda link: link.score, default=None)
    served = [link for link in links if link.strength is LinkStrength.SUPPORTED]
    if served:
        yield met(
            note,
            f"serves goal {', '.join(str(link.goal.number) for link in served)}",
            *(_shown(link) for link in served),
        )
    elif best and any(link.strength is LinkStrength.WEAK for link in links):
        yield needs_review(
            note, f"the tie to the plan is weak; goal {best.goal.number} is nearest", _shown(best), *_told(note)
        )
    elif doubt := why_doubted(plan):
        yield needs_review(
            note,
            f"what the note tells serves none of the goals that were made out in the plan, but {doubt}",
            *_cited(note),
            *_told(note),
        )
    else:
        yield not_met(note, "what the note tells serves none of the plan's goals", *_cited(note), *_told(note))


@rule("L102", "unplanned-intervention", Scope.NOTE)
def unplanned_intervention(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """Every intervention of the note is one that the plan identifies, in the same or other words.

    Why: Policies exclude interventions that the plan does not identify, even where the note cites a goal.
    Bad:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Goal 1: I will get through the store without leaving my cart.
        Intervention: Peer support will coach grounding and paced breathing and practise them in stores.
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Purpose: Goal 1, panic in stores.
        Intervention: I coached paced breathing before the store. Then I put acupressure ear seeds on five points of her
        ears.
        Effectiveness: She stayed in line with her cart until she had paid.
    Good:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Goal 1: I will get through the store without leaving my cart.
        Intervention: Peer support will coach grounding and paced breathing and practise them in stores.
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Purpose: Goal 1, panic in stores.
        Intervention: I coached paced breathing in the parking lot and practised it with her in the store.
        Effectiveness: She stayed in line with her cart until she had paid.
    Mend: Do not bill time spent on it. Where it helps, add it to the plan with the member before it is done again.
    """
    plan = _plan_to_serve(note, review)
    if isinstance(plan, Outcome):
        yield plan
        return
    if all(link.strength is LinkStrength.NONE for link in review.reader.links(note, plan)):
        yield not_applicable(note, "the note serves no goal at all: see note-goal-link")
        return
    if why_doubted(plan):
        yield not_evaluated(note, "the plan's interventions may have been misread: see plan-interventions")
        return
    off = sorted(review.reader.off_plan(note, plan), key=lambda found: not found.sure)
    words = [Evidence(found.quote, found.place, found.label) for found in off]
    if off and off[0].sure:
        yield not_met(note, "an intervention that the plan does not identify", *words)
    elif off:
        why = f" ({off[0].why})" if off[0].why else ""
        yield needs_review(note, f"an intervention that the plan may not identify{why}", *words)
    else:
        yield met(
            note, "the plan identifies what was done", *(_told(note) or (Evidence("", note.header.place, "narrative"),))
        )


@rule("L103", "unknown-goal", Scope.NOTE)
def unknown_goal(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The goals that a note cites by number stand in the plan in force.

    Why: A number that the plan does not have ties the note to nothing and tells that the plan was not at hand.
    Bad:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Goal 1: I will have a place of my own.
        Goal 2: I will get through the store without leaving my cart.
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Goal addressed: Goal 4
    Good:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Goal 1: I will have a place of my own.
        Goal 2: I will get through the store without leaving my cart.
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Goal addressed: Goal 2
    Mend: Let the writer correct the number in a dated and signed entry, or add the goal to the plan before it is worked
        on.
    """
    plan = plan_in_force(note, review.chart)
    cited = note.goals_cited
    if plan is None or not real_goals(plan):
        yield not_applicable(note, "there is no plan with goals to cite from")
    elif cited is None or not cited.meaning:
        yield not_applicable(note, "the note cites no goal by number")
    else:
        numbers = {goal.number for goal in real_goals(plan)}
        unknown = sorted(set(cited.meaning) - numbers)
        known = ", ".join(str(number) for number in sorted(numbers))
        if unknown:
            told = ", ".join(str(number) for number in unknown)
            yield not_met(note, f"cites goal {told}, but the plan has goal {known}", *quote(cited))
        else:
            yield met(note, "the goals cited stand in the plan", *quote(cited))


@rule("L104", "neglected-goal", Scope.CHART, days=90)
def neglected_goal(chart: Chart, review: Review) -> Iterator[Outcome]:
    """Every goal of the plan is worked on by some note within the window of days.

    Why: The plan's goals are meant to be the focus of visits; one that nobody works on belongs out of the plan or into
    the visits.
    Bad:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Goal 1: I will have a place of my own.
        Intervention: Peer support will help Ana find listings and fill in housing applications.
        Goal 2: I will learn to swim at the community pool.
        Intervention: Peer support will practise asking the pool about lessons.
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 01/14/2025
        Service: Peer Support Services
        Goal addressed: Goal 1
        Intervention: I went over the housing application with Ana and helped her find two listings.
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 05/20/2025
        Service: Peer Support Services
        Goal addressed: Goal 1
        Intervention: I helped Ana fill in the housing application for Laurel Court.
    Good:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Goal 1: I will have a place of my own.
        Intervention: Peer support will help Ana find listings and fill in housing applications.
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 05/20/2025
        Service: Peer Support Services
        Goal addressed: Goal 1
        Intervention: I helped Ana fill in the housing application for Laurel Court.
    Mend: Take the goal up in the next visits, or review the plan with the member and let go of what is no longer
        wanted.
    """
    dated = [note for note in once(chart.notes) if note.date]
    if not dated or not chart.plans:
        return
    last = max(note.date for note in dated if note.date)
    plan: Plan = plan_in_force(dated[-1], chart)
    since = last - timedelta(days=review.parameters["days"])
    if plan.date is None or plan.date > since or not real_goals(plan):
        yield not_applicable(plan, f"the plan has not yet run {review.parameters['days']} days with notes")
        return
    recent = [note for note in dated if note.date and note.date > since]
    worked = {link.goal.number for note in recent for link in review.reader.links(note, plan) if _touches(link)}
    idle = [goal for goal in real_goals(plan) if goal.number not in worked]
    if idle and why_doubted(plan):
        yield not_evaluated(plan, "the goals may have been misread: see plan-interventions")
    elif idle:
        numbers = ", ".join(str(goal.number) for goal in idle)
        words = (Evidence(goal.text, goal.place, f"goal {goal.number}") for goal in idle)
        yield not_met(
            plan,
            f"no note of the {review.parameters['days']} days up to {last:%m/%d/%Y} works on goal {numbers}",
            *words,
        )
    else:
        words = (Evidence(goal.text, goal.place, f"goal {goal.number}") for goal in real_goals(plan))
        yield met(plan, "every goal is worked on", *words)


def _plan_to_serve(note: ServiceNote, review: Review) -> Plan | Outcome:
    """The plan to hold the note against, or why there is nothing to hold it against."""
    plan: Plan | None = plan_in_force(note, review.chart)
    if plan is None:
        return not_applicable(note, "the member has no plan: see note-without-plan")
    if not real_goals(plan):
        return not_applicable(note, "the plan names no goal: see plan-goals")
    if nobody_met(note, review):
        return not_applicable(note, "no service was given: see not-rendered")
    if review.reader.substance(note).stock_only or not any(s.text.strip() for s in note.narrative):
        return not_applicable(note, "the narrative tells nothing that could serve a goal")
    return plan


def _touches(link: GoalLink) -> bool:
    return link.cited or link.strength is not LinkStrength.NONE


def _shown(link: GoalLink) -> Evidence:
    return Evidence(link.evidence or link.goal.text, link.goal.place, f"goal {link.goal.number}")


def _cited(note: ServiceNote) -> tuple[Evidence, ...]:
    return quote(note.goals_cited)


def _told(note: ServiceNote) -> tuple[Evidence, ...]:
    section = next((s for s in note.narrative if s.text.strip()), None)
    return (Evidence(" ".join(section.text.split()[:24]), section.place, section.heading),) if section else ()
