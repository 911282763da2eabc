"""Is the crisis plan the member's own? (C103)"""

from __future__ import annotations

import re
from collections.abc import Iterator

from peerlint.records.model import Caseload, Chart, CrisisPlan, Topic
from peerlint.rules.base import (
    Outcome,
    Review,
    Scope,
    met,
    not_applicable,
    not_met,
    rule,
)
from peerlint.rules.crisis.words import first_words
from peerlint.rules.duplicates import once

_SHINGLE = 4
_ALIKE = 0.75
_ENOUGH_WORDS = 25


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
                crisis, f"the same words as another member's crisis plan, {alike.header.path}", *first_words(crisis)
            )
        else:
            yield met(crisis, "the words are not another member's", *first_words(crisis))


def _shingles(crisis: CrisisPlan, chart: Chart) -> frozenset[tuple[str, ...]]:
    text = " ".join(s.text for s in crisis.header.sections if s.topic is not Topic.CONTACTS)
    names = set(chart.name.casefold().split())
    words = [word for word in re.findall(r"[a-z]+", text.casefold()) if word not in names]
    if len(words) < _ENOUGH_WORDS:
        return frozenset()
    return frozenset(tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1))


def _likeness(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0
