"""Activities that are not covered, note by note: what each sentence tells, weighed with the rest of the note and the
plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from peerlint.documents.model import Place
from peerlint.language.activity_meaning import MeaningModel, meaning_model
from peerlint.language.activity_model import ActivityModel, activity_model
from peerlint.language.actors import People
from peerlint.language.cues import Cue, compile_cue, word_groups
from peerlint.language.kin import named_kin
from peerlint.language.model import Activity, Actor, Certainty, Innocence
from peerlint.language.pipeline import NOBODY_NAMED, read_texts
from peerlint.language.readings import Reading
from peerlint.language.words import words
from peerlint.records.model import Intervention, Plan, ServiceNote, Topic

if TYPE_CHECKING:
    from peerlint.language.semantic import Embedder

_NOWHERE = Place(block=0)
TRANSPORTATION, STAFF_RESIDENCE = "transportation", "staff-residence"
_NAMED_ALIKE = {"recreation": "FUN", TRANSPORTATION: "TRAVEL"}
_BY_MODEL = (Certainty.MODEL, Certainty.MEANING)
_NO_NAMES = frozenset(
    {"peer", "support", "specialist", "certified", "staff", "the", "and", "qualified", "professional"}
)
_OWNERS = ("", "'s")
_CREDENTIALS = frozenset({"cpss", "ncpss", "pss", "rpss", "msw", "lcsw", "lcas", "cps", "lcmhc", "phd"})

Told = tuple[ServiceNote, Plan | None]
"""A note and the plan in force at its date: what the plan names (an evening of crafts, a ride by bus) is told from the
same thing done for its own sake."""


def read_activities(note: ServiceNote, plan: Plan | None, semantic: Embedder | None = None) -> tuple[Activity, ...]:
    """Activities of one note that are not covered, and their innocent look-alikes, in document order."""
    return next(read_notes([(note, plan)], semantic))


def read_notes(notes: Sequence[Told], semantic: Embedder | None = None) -> Iterator[tuple[Activity, ...]]:
    """The activities of each note, in order; many notes are read faster together."""
    found = read_texts(_texts(notes), activity_model(), meaning_model(semantic) if semantic else None)
    for note, plan in notes:
        told = [
            _settle(_activity(reading, section.place, section.heading), section.topic, note, plan)
            for section in note.narrative
            for reading in next(found)
        ]
        yield (*told, *_told_by_place_of_service(note, next(found)))


def _texts(notes: Iterable[Told]) -> Iterator[tuple[str, People]]:
    """The texts of each note: its narrative, part by part, and the place of service."""
    for note, plan in notes:
        people = people_of(note, plan)
        yield from ((section.text, people) for section in note.narrative)
        yield (note.place_of_service.text if note.place_of_service else ""), people


def people_of(note: ServiceNote, plan: Plan | None) -> People:
    """The names that mean the member and the specialist of a note, and relatives named in it or in the plan."""
    kin = named_kin(plan.header.text if plan else "", *(section.text for section in note.narrative))
    names = {name + owner: Actor.RELATIVE for name in kin for owner in _OWNERS}
    signed = note.staff_signature
    if signed:
        names.update((name, Actor.STAFF) for name in _name_words(signed.name))
    if note.header.member:
        names.update((name, Actor.MEMBER) for name in _name_words(note.header.member.text))
    return People(names, kin)


def _name_words(name: str) -> Iterator[str]:
    for word in name.replace(",", " ").replace(".", " ").lower().split():
        if len(word) > 2 and word.isalpha() and word not in _CREDENTIALS | _NO_NAMES:
            yield from (word + owner for owner in _OWNERS)


def _settle(activity: Activity, topic: Topic, note: ServiceNote, plan: Plan | None) -> Activity:
    """What the rest of the note and the plan say about an activity."""
    intended = topic is Topic.NEXT_STEP or (topic is Topic.PURPOSE and activity.certainty is not Certainty.BOTH)
    if activity.innocence is None and intended:
        activity = replace(activity, innocence=Innocence.PLANNED)
    if activity.innocence is None and note.not_billed is not None:
        activity = replace(activity, innocence=Innocence.NOT_BILLED)
    narrative = " ".join(section.text for section in note.narrative)
    planned = planned_for(activity, plan, narrative) if plan else None
    if planned and activity.innocence in (None, Innocence.PLANNED_SKILL, Innocence.FIGURE):
        return replace(activity, innocence=Innocence.PLANNED_SKILL, planned=planned)
    return activity


def planned_for(activity: Activity, plan: Plan, narrative: str) -> Intervention | None:
    """The intervention of a plan that names the same thing as an activity: the same pastime, the same way to travel.

    Travel counts only where the member and the specialist rode it: a bus that ran late is no reason for a
    drive. What only
    the model suspects is looked up in the whole ``narrative``.
    """
    group = _NAMED_ALIKE.get(activity.category)
    if group is None:
        return None
    told = narrative if activity.certainty in _BY_MODEL else activity.quote
    if activity.category == TRANSPORTATION and not _rode().pattern.search(_plain_row(told)):
        return None
    named = _named(told, group)
    interventions = (i for goal in plan.goals for i in goal.interventions)
    return next((i for i in interventions if named & _named(i.text, group)), None)


@cache
def _rode() -> Cue:
    return compile_cue("~ride|~take|~board|~catch|~travel|on|~practice .. {TRAVEL}")


def _named(text: str, group: str) -> frozenset[str]:
    row = _plain_row(text)
    return frozenset(term for term in (w.replace("_", " ") for w in word_groups()[group]) if f" {term} " in row)


def _plain_row(text: str) -> str:
    return " " + " ".join(words(text)) + " "


def _told_by_place_of_service(note: ServiceNote, read: Iterable[Reading]) -> Iterator[Activity]:
    """Service in the home of the staff, where only the place of service tells it."""
    field = note.place_of_service
    for reading in read:
        by_cue = reading.certainty in (Certainty.BOTH, Certainty.CUE)
        if field and reading.category == STAFF_RESIDENCE and by_cue and reading.innocence is None:
            found = _activity(reading, field.place, field.label)
            yield replace(found, actor=Actor.STAFF, certainty=Certainty.EXPLICIT)


def read_text(
    text: str, people: People = NOBODY_NAMED, model: ActivityModel | None = None, meaning: MeaningModel | None = None
) -> tuple[Activity, ...]:
    """Activities in a text of its own, without a note or a plan. The models may stand in for the shipped ones."""
    (found,) = read_texts([(text, people)], model or activity_model(), meaning)
    return tuple(_activity(reading, _NOWHERE, "") for reading in found)


def _activity(reading: Reading, place: Place, label: str) -> Activity:
    return Activity(
        category=reading.category,
        quote=reading.sentence.text,
        cue=reading.cue,
        actor=reading.actor,
        certainty=reading.certainty,
        place=place,
        label=label,
        innocence=reading.innocence,
        score=reading.score,
    )
