"""Age, diagnosis, need and level of care (E101 to E104)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum

from peerlint.documents.model import TICKED
from peerlint.records.model import Chart, Diagnosis, Plan, Topic
from peerlint.rules.absence import absent
from peerlint.rules.base import (
    Evidence,
    Outcome,
    Review,
    Scope,
    met,
    needs_review,
    not_applicable,
    not_met,
    quote,
    rule,
)
from peerlint.rules.lexicon import mention, phrases, sentences, telling
from peerlint.rules.plans.reading import real_goals, why_doubted

_ASAM = re.compile(
    r"(?:^|(?<=[\t\n]))\d(?:\.\d)?(?=\n(?:[^\n]*\t)?ASAM\b)"
    r"|\b(?:ASAM|level)(?:\s+(?:criteria|level|LOC|of|care|placement))*[\s:.|–—-]*(?:level\s*)?(?:\d(?:\.\d)?\b|I{1,3}\b)",
    re.IGNORECASE,
)
_ROMAN = {"I": "1", "II": "2", "III": "3"}


class Family(StrEnum):
    """What a diagnosis is of, by its ICD-10 code, else by its words."""

    MENTAL = "mental health"
    SUBSTANCE = "substance use"
    TOBACCO = "tobacco"
    DEVELOPMENTAL = "developmental disability"
    CIRCUMSTANCE = "circumstance"
    OTHER = "another kind"


@rule("E101", "member-age", Scope.CHART, minimum_age=18)
def member_age(chart: Chart, review: Review) -> Iterator[Outcome]:
    """The member had reached the payer's age on each date of service, or EPSDT is on record.

    Why: Younger people have services of their own; the payer recoups what was given before the birthday.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        DOB: 06/14/2008
        Date of service: 03/04/2025
        Service: Peer Support Services
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        DOB: 06/14/1979
        Date of service: 03/04/2025
        Service: Peer Support Services
    Mend: Do not bill what was given before the birthday, unless EPSDT approved it: then file the approval.
    """
    births = [record.header.birth_date for record in chart.records() if record.header.birth_date]
    born = next((value for value in births if value.meaning), None)
    notes = [note for note in chart.notes if note.date]
    if not notes:
        return
    if born is None or born.meaning is None:
        yield not_applicable(notes[0], "no birth date to reckon the member's age from")
        return
    minimum = review.parameters["minimum_age"]
    young = [note for note in notes if note.date and _age(born.meaning, note.date) < minimum]
    early = next((t for r in chart.records() if (t := telling(phrases("services", "epsdt"), r.header.text))), "")
    if young and early:
        yield needs_review(
            young[0], f"younger than {minimum}, but the record names EPSDT", Evidence(early), *quote(born)
        )
    elif young:
        yield not_met(young[0], f"the member was younger than {minimum} on {len(young)} dates of service", *quote(born))
    else:
        yield met(notes[0], f"the member was {minimum} or older", *quote(born))


@rule("E102", "qualifying-diagnosis", Scope.PLAN)
def qualifying_diagnosis(plan: Plan, review: Review) -> Iterator[Outcome]:
    """The plan bears a mental health or substance use diagnosis; a developmental disability or a circumstance alone is
    none.

    Why: Without a qualifying diagnosis the service is not medically necessary for this member.
    Bad:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Diagnosis: F70 Mild intellectual disabilities
        Goal 1: I will have a place of my own.
    Good:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Diagnosis: F33.1 Major depressive disorder, recurrent, moderate
        Goal 1: I will have a place of my own.
    Mend: Take the diagnosis over from the clinical assessment. Where there is none, the member does not qualify.
    """
    given = _diagnoses(plan, review.chart)
    kinds = {family(diagnosis) for diagnosis in given}
    words = [_words(diagnosis) for diagnosis in given]
    section = next((s for s in plan.sections(Topic.DIAGNOSIS) if s.text.strip()), None)
    if kinds & {Family.MENTAL, Family.SUBSTANCE}:
        yield met(plan, "a mental health or substance use diagnosis is given", *words)
    elif Family.OTHER in kinds or (not given and section):
        yield needs_review(plan, "whether the diagnosis given qualifies a person must say", *(words or quote(section)))
    elif given:
        told = " and ".join(sorted(kinds))
        yield not_met(plan, f"only {told}: no mental health or substance use diagnosis", *words)
    else:
        yield absent(plan, "no diagnosis is given", *(e for s in plan.sections(Topic.DIAGNOSIS) for e in quote(s)))


@rule("E103", "documented-need", Scope.PLAN, minimum_areas=1, of=5)
def documented_need(plan: Plan, review: Review) -> Iterator[Outcome]:
    """The plan documents as many areas of need as the policy asks for, ticked or described.

    Why: The diagnosis says that somebody may be served, the need says what for.
    Bad:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Needs: [ ] symptom management [ ] self-advocacy [ ] work [ ] daily living skills
        Goal 1: I will have a place of my own.
    Good:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Needs: [x] symptom management [ ] self-advocacy [x] work [ ] daily living skills
        Goal 1: I will have a place of my own.
    Mend: Go through the areas with the member and mark or describe what is needed in a signed and dated update.
    """
    asked = review.parameters["minimum_areas"]
    sections = list(plan.sections(Topic.NEEDS))
    needs = [need for need in plan.needs if not mention(phrases("services", "need_elsewhere"), need)]
    described = next((s for s in sections if mention(phrases("services", "need_areas"), _own_words(s.text))), None)
    words = [Evidence(need, plan.header.place, "needs") for need in needs]
    told = f"{len(needs) or 'no'} areas of need could be counted, {asked} are asked for"
    if needs and asked == 1 and not described and TICKED not in plan.header.text and not _names_an_area(needs):
        yield needs_review(plan, "what is written under needs names none of the areas", *words)
    elif len(needs) >= asked:
        yield met(plan, f"{len(needs)} areas of need are documented", *words)
    elif needs and TICKED in plan.header.text:
        yield not_met(plan, told, *words)
    elif described and asked == 1:
        yield met(plan, "an area of need is described", *quote(described))
    elif needs or described:
        yield needs_review(plan, told, *words, *quote(described))
    elif sections:
        yield not_met(plan, "no area of need is ticked or described", *quote(sections[0]))
    elif asked == 1 and (sentence := _need_in_prose(plan)):
        yield met(plan, "an area of need is described", Evidence(sentence, plan.header.place))
    elif not real_goals(plan) or why_doubted(plan):
        yield needs_review(plan, "no area of need was found, but little else of the plan could be made out either")
    else:
        yield absent(plan, "no area of need is documented")


@rule("E104", "asam-level", Scope.PLAN, level="1")
def asam_level(plan: Plan, review: Review) -> Iterator[Outcome]:
    """With a substance use diagnosis the plan, or the assessment beside it, tells the ASAM level.

    Tobacco alone asks for none.

    Why: Policies that name a level ask for proof that this one is met.
    Bad:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Diagnosis: F11.20 Opioid use disorder, severe
        Goal 1: I will have a place of my own.
    Good:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Diagnosis: F11.20 Opioid use disorder, severe
        ASAM level: 1
        Goal 1: I will have a place of my own.
    Mend: Take the level over from the assessment in a dated update of the plan; where there is none, ask the clinician.
    """
    substances = [d for d in _diagnoses(plan, review.chart) if family(d) is Family.SUBSTANCE]
    if not substances:
        yield not_applicable(plan, "no substance use diagnosis")
        return
    papers = [plan.header.text, *(other.header.text for other in review.chart.others)]
    named = next((told for text in papers if (told := telling(phrases("services", "asam"), text))), "")
    levels = [
        found[0] for text in papers if mention(phrases("services", "asam"), text) for found in _ASAM.finditer(text)
    ]
    if any(_reaches(level, review.parameters["level"]) for level in levels):
        yield met(plan, "the ASAM level is given", Evidence(levels[0], plan.header.place, "ASAM level"))
    elif levels:
        yield needs_review(plan, "the ASAM level given is below the policy's", Evidence(levels[0], plan.header.place))
    elif named and mention(("ASAM",), named.partition(":")[2]):
        yield needs_review(plan, "ASAM is named, but no level could be read", Evidence(named, plan.header.place))
    else:
        yield absent(plan, "a substance use diagnosis without an ASAM level", *(_words(d) for d in substances))


def family(diagnosis: Diagnosis) -> Family:
    code = diagnosis.code.upper().replace(" ", "")
    if re.match(r"F17", code):
        return Family.TOBACCO
    if re.match(r"F1[0-9]", code):
        return Family.SUBSTANCE
    if re.match(r"F(7\d|8\d)", code):
        return Family.DEVELOPMENTAL
    if re.match(r"F[02-9]\d", code):
        return Family.MENTAL
    if re.match(r"[ZVY]\d", code):
        return Family.CIRCUMSTANCE
    return Family.OTHER if code else _by_words(diagnosis.text)


def _by_words(text: str) -> Family:
    if mention(phrases("services", "substance_words"), text) and not mention(phrases("services", "no_substance"), text):
        return Family.SUBSTANCE
    if mention(phrases("services", "mental_words"), text):
        return Family.MENTAL
    if mention(phrases("services", "developmental_words"), text):
        return Family.DEVELOPMENTAL
    return Family.OTHER


def _diagnoses(plan: Plan, chart: Chart) -> tuple[Diagnosis, ...]:
    """The plan's diagnoses, else those of the assessments beside it."""
    return plan.diagnoses or tuple(d for other in chart.others for d in other.diagnoses)


def _names_an_area(needs: Sequence[str]) -> bool:
    return any(mention(phrases("services", "need_areas"), need) for need in needs)


def _need_in_prose(plan: Plan) -> str:
    """A sentence of a plan without headings that tells a need of one of the areas."""
    wanted = phrases("services", "needs_in_prose")
    told = (
        s for s in sentences(plan.header.text) if mention(wanted, s) and mention(phrases("services", "need_areas"), s)
    )
    return next(told, "")


def _reaches(told: str, level: str) -> bool:
    """Whether the level told is the one asked for or a higher one."""
    number = re.search(r"\d(?:\.\d)?|I{1,3}V?$", told)
    given = _ROMAN.get(number[0], number[0]) if number else "0"
    return float(given) >= float(level)


def _own_words(text: str) -> str:
    """What is written under needs, choices that were not ticked and pointers elsewhere left out."""
    kept = re.sub(r"☐[^☐☒\n\t]*", "", text)
    return "" if mention(phrases("services", "need_elsewhere"), kept) else kept


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _words(diagnosis: Diagnosis) -> Evidence:
    return Evidence(f"{diagnosis.code} {diagnosis.text}".strip(), diagnosis.place, "diagnosis")
