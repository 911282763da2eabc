"""The clinical assessment before the first service (E107)."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.records.model import Chart, DatedAct, OtherKind, Record, Topic
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
    quote,
    rule,
)


@rule("E107", "clinical-assessment", Scope.CHART)
def clinical_assessment(chart: Chart, review: Review) -> Iterator[Outcome]:
    """A comprehensive clinical assessment was completed on or before the first service.

    Why: The assessment is where diagnosis and need come from. Services that began before it rest on nothing.
    Bad:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Clinical assessment: completed 02/10/2025 by Faye Dole, LCMHC
        Goal 1: I will have a place of my own.
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 01/15/2025
        Service: Peer Support Services
    Good:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Clinical assessment: completed 12/11/2024 by Faye Dole, LCMHC
        Goal 1: I will have a place of my own.
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 01/15/2025
        Service: Peer Support Services
    Mend: File the assessment that came first. Where there was none, do not bill what was given before it.
    """
    days = [note.date for note in chart.notes if note.date]
    acts = _assessments(chart)
    where = first_of(chart.plans, chart.notes)
    if where is None:
        return
    words = [Evidence(act.text, act.place, "clinical assessment") for act in acts]
    done = [act for act in acts if act.on and not act.pending]
    if not days or not (chart.plans or acts):
        yield not_applicable(where, "no dated service, or no plan that would tell of the assessment")
    elif any(act.on <= days[0] for act in done if act.on):
        yield met(where, "assessed on or before the first service", *words)
    elif done:
        yield not_met(where, f"the assessment came after the first service on {days[0]:%m/%d/%Y}", *words)
    elif any(act.pending for act in acts):
        yield not_met(where, "the clinical assessment is still pending", *words)
    elif acts:
        yield needs_review(where, "an assessment is named, but not when it was completed", *words)
    else:
        yield _not_named(where, chart)


def _assessments(chart: Chart) -> list[DatedAct]:
    acts = [act for plan in chart.plans for act in plan.assessments]
    for other in chart.others:
        if other.what is OtherKind.ASSESSMENT:
            acts += other.acts or (DatedAct(other.header.title, other.header.place, other.date),)
    return acts


def _not_named(where: Record, chart: Chart) -> Outcome:
    blank = next((s for plan in chart.plans for s in plan.sections(Topic.ASSESSMENT) if not s.text.strip()), None)
    if blank:
        return not_met(where, "the place for the clinical assessment is blank", *quote(blank))
    return needs_review(where, "no clinical assessment was found among the documents given")
