"""Is the crisis plan the member's own? (C103)"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.language.likeness import FEWEST_WORDS
from peerlint.language.model import PlanCopy
from peerlint.records.model import Caseload, CrisisPlan, Topic
from peerlint.rules.base import (
    Evidence,
    Outcome,
    Review,
    Scope,
    met,
    not_applicable,
    not_met,
    quote,
    rule,
)
from peerlint.rules.crisis.words import first_words
from peerlint.rules.duplicates import once


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
    written = [crisis for chart in caseload.charts for crisis in once(chart.crisis_plans)]
    copies = {id(copy.plan): copy for copy in reversed(review.reader.plan_copies())}
    for crisis in written:
        if copy := copies.get(id(crisis)):
            message = f"the same words as another member's crisis plan, {copy.original.header.path}"
            yield not_met(crisis, message, *_words_in_common(copy))
        elif _says_enough(crisis):
            yield met(crisis, "the words are not another member's", *first_words(crisis))
        else:
            yield not_applicable(crisis, "the crisis plan has too few words to compare")


def _words_in_common(copy: PlanCopy) -> tuple[Evidence, ...]:
    """The words of the later plan that stand in the earlier one, as it has them."""
    section = next((s for s in copy.plan.header.sections if s.topic is not Topic.CONTACTS and s.text.strip()), None)
    return quote(section) if section else first_words(copy.plan)


def _says_enough(crisis: CrisisPlan) -> bool:
    return sum(len(section.text.split()) for section in crisis.header.sections) >= FEWEST_WORDS
