"""Whether a plan and its service order are in force on the day of service (P107, P108)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from peerlint.records.model import Chart, DatedAct, OtherKind, Plan, Record, ServiceNote, Topic
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
from peerlint.rules.lexicon import mention, phrases

_DISCIPLINES = ["physician", "psychologist", "physician assistant", "nurse practitioner", "licensed clinician"]


@rule("P107", "plan-out-of-date", Scope.NOTE, months=12)
def plan_out_of_date(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The plan was still in force on the date of service: not past its end or its annual review, its target dates not
    all gone by.

    Why: A plan is written for a year at most. A service after its end rests on nothing until it is reviewed and signed
    anew.
    Bad:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2024
        Goal 1: I will have a place of my own.
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
    Good:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Goal 1: I will have a place of my own.
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
    Mend: File the update that was in force. Where there was none, review the plan with the member now; the time between
        is not covered.
    """
    plan = plan_in_force(note, review.chart)
    if plan is None or plan.date is None or note.date is None:
        yield not_applicable(note, "no dated plan to compare the date of service with")
        return
    last = _last_day(plan, review.parameters["months"])
    targets = _targets(plan)
    about_plan = (
        quote(plan.ends) or quote(plan.dated) or quote(plan.starts) or (Evidence("", plan.header.place, "plan"),)
    )
    if note.date > last:
        yield not_met(note, f"the plan ran out on {last:%m/%d/%Y}", *about_plan)
    elif targets and note.date > max(targets) and not _reviewed_after(plan, max(targets)):
        yield needs_review(note, f"every target date of the plan had passed by {max(targets):%m/%d/%Y}", *about_plan)
    else:
        yield met(note, f"the plan ran until {last:%m/%d/%Y}", *about_plan)


@rule("P108", "service-order", Scope.CHART, disciplines=_DISCIPLINES, required=True, within_months=12)
def service_order(chart: Chart, review: Review) -> Iterator[Outcome]:
    """A licensed professional whom the policy admits ordered the service, signed and dated, on or before the first
    service.

    Why: The order is what makes the service medically necessary; one dated after the first visit leaves the visits
    before it uncovered.
    Bad:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Service order: Peer Support Services ordered by S. Benn, MD, 02/10/2025
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
        Service order: Peer Support Services ordered by S. Benn, MD, 01/03/2025
        Goal 1: I will have a place of my own.
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 01/15/2025
        Service: Peer Support Services
    Mend: File the signed order. Where it came late, do not bill what was given before its date; orders are never
        back-dated.
    """
    days = [note.date for note in chart.notes if note.date]
    where = first_of(chart.plans, chart.notes)
    if not days or where is None or not review.parameters["required"]:
        if where is not None:
            yield not_applicable(where, "no dated service asks for an order")
        return
    orders = [*(act for plan in chart.plans for act in plan.service_orders), *_orders_in_papers(chart)]
    given = [order for order in orders if order.on and not order.pending]
    in_time = [order for order in given if order.on and order.on <= days[0]]
    allowed = [order for order in in_time if _may_order(order, review.parameters["disciplines"])]
    words = [Evidence(order.text, order.place, "service order") for order in orders]
    if not orders and not chart.plans:
        yield not_applicable(where, "the member has no plan that would tell of the order: see plan-present")
    elif not orders:
        yield _no_order(where, chart)
    elif not given:
        yield not_met(where, "the service order is pending or undated", *words)
    elif not in_time:
        yield not_met(where, f"the service order came after the first service on {days[0]:%m/%d/%Y}", *words)
    elif not allowed:
        yield needs_review(where, "whether the person who ordered the service may do so is not said", *words)
    elif lapsed := _lapsed(allowed, days[-1], review.parameters["within_months"]):
        yield needs_review(where, f"the service order ran out on {lapsed:%m/%d/%Y} and no later one was found", *words)
    else:
        yield met(where, "ordered on or before the first service", *words)


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months on, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _last_day(plan: Plan, months: int) -> date:
    longest = months_after(plan.date or date.min, months)
    ends = plan.ends.meaning if plan.ends else None
    return min(ends, longest) if ends else longest


def _targets(plan: Plan) -> list[date]:
    values = [v for goal in plan.goals for v in (goal.target_date, *(i.target_date for i in goal.interventions))]
    return [value.meaning for value in values if value and value.meaning]


def _reviewed_after(plan: Plan, day: date) -> bool:
    return any(value.meaning and value.meaning >= day for value in plan.reviews)


def _orders_in_papers(chart: Chart) -> Iterator[DatedAct]:
    for paper in chart.others:
        if paper.what is OtherKind.SERVICE_ORDER:
            yield from paper.acts or (DatedAct(paper.header.title, paper.header.place, paper.date),)


def _may_order(order: DatedAct, disciplines: list[str]) -> bool:
    return bool(mention((*phrases("plans", "order_disciplines"), *disciplines), f"{order.by} {order.text}"))


def _lapsed(orders: list[DatedAct], last_service: date, months: int) -> date | None:
    last_day = max(months_after(order.on, months) for order in orders if order.on)
    return last_day if last_service > last_day else None


def _no_order(where: Record, chart: Chart) -> Outcome:
    blank = next((s for plan in chart.plans for s in plan.sections(Topic.SERVICE_ORDER) if not s.text.strip()), None)
    if blank:
        return not_met(where, "the place for the service order is blank", *quote(blank))
    return needs_review(where, "no service order was found among the documents given")
