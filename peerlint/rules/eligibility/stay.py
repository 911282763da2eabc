"""Stage of change, willingness, and the reasons to go on (E110 to E112)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from peerlint.records.model import Chart, Plan
from peerlint.rules.absence import absent
from peerlint.rules.base import Evidence, Outcome, Review, Scope, met, needs_review, not_applicable, not_met, rule
from peerlint.rules.lexicon import mention, phrases, sentences, telling

_STAGES = ["pre-contemplative", "contemplative"]


@rule("E110", "stage-of-change", Scope.PLAN, stages=_STAGES)
def stage_of_change(plan: Plan, review: Review) -> Iterator[Outcome]:
    """The plan names the member's stage of change, and it is one that the payer admits.

    Why: Some payers cover peer support for people who are not yet ready to change, and ask for the stage by name.
    Bad:
        Individual Care Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Stage of change: Maintenance
        Goal 1: I will have a place of my own.
    Good:
        Individual Care Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Stage of change: Contemplation
        Goal 1: I will have a place of my own.
    Mend: Take the stage over from the assessment, or talk it over with the member, in a signed and dated update.
    """
    told = _stage(plan)
    if not told:
        yield absent(plan, "the stage of change is not named")
        return
    words = Evidence(told, plan.header.place, "stage of change")
    stages = {_stem(word) for word in re.findall(r"[a-z-]+", told.casefold())}
    if stages & {_stem(stage) for stage in review.parameters["stages"]}:
        yield met(plan, "the stage of change is one that the payer admits", words)
    else:
        yield not_met(plan, "the stage of change is none that the payer admits", words)


@rule("E111", "continued-stay", Scope.CHART, any_of=[], all_of=[])
def continued_stay(chart: Chart, review: Review) -> Iterator[Outcome]:
    """When a plan is renewed, the record documents why service goes on: progress, what is not yet restored, or the risk
    of relapse.

    ``any_of`` and ``all_of`` are phrases of the payer's own that are looked for besides.

    Why: A second year is granted for a reason, and the reason must be written down.
    Bad:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2024
        Goal 1: I will have a place of my own.
        ---
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Goal 1: I will have a place of my own.
    Good:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2024
        Goal 1: I will have a place of my own.
        ---
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Status: Progress was made: Ana has put in six applications but has not yet signed a lease.
        Goal 1: I will have a place of my own.
    Mend: Let the responsible professional document the reason from the notes of the year before.
    """
    renewals = sorted((plan for plan in chart.plans if plan.date), key=lambda plan: (str(plan.date), plan.header.path))
    if not chart.plans:
        return
    if len(renewals) < 2 or renewals[-1].date == renewals[0].date:
        yield not_applicable(chart.plans[0], "the plan has not been renewed")
        return
    last = renewals[-1]
    own = (*review.parameters["any_of"], *phrases("services", "continued_stay"))
    reason = telling(own, last.header.text)
    missing = [phrase for phrase in review.parameters["all_of"] if not mention((phrase,), last.header.text)]
    if reason and not missing:
        yield met(last, "a reason to go on is documented", Evidence(reason, last.header.place))
    else:
        yield needs_review(last, "at the renewal no reason to go on was found")


@rule("E112", "willingness", Scope.PLAN)
def willingness(plan: Plan, review: Review) -> Iterator[Outcome]:
    """The plan documents that the member is willing to take part.

    Why: Peer support is voluntary at its heart, and some payers ask to see it in writing.
    Bad:
        Individual Care Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Goal 1: I will have a place of my own.
    Good:
        Individual Care Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Willingness: Ana is willing to take part in peer support.
        Goal 1: I will have a place of my own.
    Mend: Ask the member and write down the answer in a signed and dated update.
    """
    against = telling(phrases("services", "unwilling"), plan.header.text)
    told = telling(phrases("services", "willing"), plan.header.text)
    if against:
        yield needs_review(plan, "words speak against the member's willingness", Evidence(against, plan.header.place))
    elif told:
        yield met(plan, "the member's willingness is documented", Evidence(told, plan.header.place))
    else:
        yield absent(plan, "willingness to take part is not documented")


def _stage(plan: Plan) -> str:
    """The sentence or line, with the one after it, that tells the stage."""
    lines = list(sentences(plan.header.text))
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if mention(phrases("services", "stage_label"), line):
            told = line if mention(phrases("services", "stages"), line.split(":")[-1]) else following
            if mention(phrases("services", "stages"), told):
                return told
    return ""


def _stem(stage: str) -> str:
    """ "pre-contemplative" and "Precontemplation" are one stage."""
    plain = stage.casefold().replace("-", "").replace(" ", "")
    return re.sub(r"(ive|ion|ing|ory|or)$", "", plain)
