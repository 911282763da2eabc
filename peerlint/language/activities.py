"""Activities that are not covered: read by cues, and by a model that checks them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from peerlint.documents.model import Place
from peerlint.language.activity_model import ActivityModel, activity_model
from peerlint.language.actors import People, Sentence, doer, first_subject
from peerlint.language.clauses import WRITTEN, is_punctuation, plain, reader
from peerlint.language.context import contact_held, innocence, model_innocence
from peerlint.language.cues import Cue, Hit, WordRow, activity_index, category_named, compile_cue, word_groups
from peerlint.language.model import Activity, Actor, Certainty, Innocence
from peerlint.language.words import words
from peerlint.records.model import Intervention, Plan, ServiceNote, Topic

if TYPE_CHECKING:
    from spacy.tokens import Span

_ELSEWHERE = frozenset((Actor.MEMBER, Actor.RELATIVE, Actor.PROFESSIONAL, Actor.OTHER))
_NOWHERE = Place(block=0)
NOT_RENDERED, TRANSPORTATION = "not-rendered", "transportation"
_NAMED_ALIKE = {"recreation": "FUN", TRANSPORTATION: "TRAVEL"}
AGREED, AGREED_SURE = 0.05, 0.02
"""The probability from which the model agrees with a cue, and with a cue that is enough by itself."""
THINKABLE = 0.01
"""The probability below which the model rules a cue out: it means another thing, or, with the specialist
named, a person
must look."""
HALF_TOLD = 0.4
"""The sum of two neighbouring sentences' probabilities from which they are also read as one."""
_NO_NAMES = frozenset(
    {"peer", "support", "specialist", "certified", "staff", "the", "and", "qualified", "professional"}
)
_CREDENTIALS = frozenset({"cpss", "ncpss", "pss", "rpss", "msw", "lcsw", "lcas", "cps", "lcmhc", "phd"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One activity read in its sentence: who did it, who vouches for it, and why it may be innocent."""

    category: str
    sentence: Sentence
    cue: str
    actor: Actor
    certainty: Certainty
    innocence: Innocence | None
    score: float


def sentences_of(text: str, people: People) -> list[Sentence]:
    """The sentences of a text with their words as cues read them."""
    doc = reader()(text)
    return [_sentence(span, doc.user_data[WRITTEN][span.start : span.end], people) for span in doc.sents]


def _sentence(span: Span, tokens: Sequence[str], people: People) -> Sentence:
    written = [token for token in tokens if not token.isspace()]
    return Sentence(span.text.strip(), span.start_char, [_word(token, people) for token in written], written)


def _word(text: str, people: People) -> str:
    if is_punctuation(text):
        return ";"
    word = plain(text)
    if " " in word:
        title, name = word.split(" ", 1)
        known = people(name.rstrip("."))
        return "doctor" if title.startswith("dr") else "cpss" if known is Actor.STAFF else "member"
    if word in people.names:
        owner = "'s" if word.endswith("'s") else ""
        return ("cpss" if people.names[word] is Actor.STAFF else "member") + owner
    return word


def read_sentences(sentences: Sequence[Sentence], people: People, model: ActivityModel) -> Iterator[Reading]:
    """Everything that looks like an activity, the innocent too: for each category and sentence the worst reading."""
    chances = [model.chances(sentence.words) for sentence in sentences]
    for at, sentence in enumerate(sentences):
        found: dict[str, Reading] = {}
        for hit in activity_index().hits(WordRow(sentence.words)):
            reading = _read_cue(sentences, at, hit, people, chances[at][hit.group.category])
            before = found.get(reading.category)
            if before is None or _weight(reading) > _weight(before):
                found[reading.category] = reading
        yield from found.values()
        guess = _read_model(sentences, at, people, chances, model)
        if guess and guess.category not in found:
            yield guess


def _weight(reading: Reading) -> tuple[bool, bool, bool]:
    return reading.innocence is None, reading.actor is Actor.STAFF, reading.certainty is Certainty.BOTH


def _read_cue(sentences: Sequence[Sentence], at: int, hit: Hit, people: People, score: float) -> Reading:
    sentence, category = sentences[at], hit.group.category
    actor = Actor.NOBODY if hit.group.anyone else doer(sentence, hit, people)
    why = Innocence.SOMEBODY_ELSE if actor in _ELSEWHERE else None
    why = why or innocence(sentences, at, hit, actor, category_named(category))
    if why is None and category == NOT_RENDERED and contact_held(sentences, at):
        why = Innocence.CONTACT_HELD
    if why is None and actor is not Actor.STAFF and score < THINKABLE:
        why = Innocence.FIGURE
    cue = " ".join(sentence.written[hit.first : hit.last + 1])
    return Reading(category, sentence, cue, actor, _certainty(hit, actor, score), why, score)


def _certainty(hit: Hit, actor: Actor, score: float) -> Certainty:
    """Who vouches for a cue: the model where it agrees, the specialist's own naming, or nobody else."""
    if score >= (AGREED_SURE if hit.group.sure else AGREED):
        return Certainty.BOTH
    return Certainty.EXPLICIT if actor is Actor.STAFF and score >= THINKABLE else Certainty.CUE


def _read_model(
    sentences: Sequence[Sentence], at: int, people: People, chances: Sequence[dict[str, float]], model: ActivityModel
) -> Reading | None:
    """What the model alone takes for an activity, also where the telling spans this sentence and the one before."""
    category, score = max(chances[at].items(), key=lambda item: item[1])
    if at and _may_span(chances[at - 1], chances[at]):
        together = [*sentences[at - 1].words, ";", *sentences[at].words]
        wide, widely = max(model.chances(together).items(), key=lambda item: item[1])
        if widely > score and chances[at - 1][wide] < model.cut(wide):
            category, score = wide, widely
    if score < model.cut(category):
        return None
    sentence = sentences[at]
    actor = first_subject(sentence, people) or Actor.NOBODY
    why = model_innocence(sentences, at, actor, category_named(category))
    if why is None and category == NOT_RENDERED and contact_held(sentences, at):
        why = Innocence.CONTACT_HELD
    cue = ", ".join(model.telling(sentence.words, category))
    return Reading(category, sentence, cue, actor, Certainty.MODEL, why, score)


def _may_span(before: dict[str, float], here: dict[str, float]) -> bool:
    """Whether two sentences together may tell what each tells by half."""
    return any(before[category] + here[category] > HALF_TOLD for category in here)


def read_activities(note: ServiceNote, plan: Plan | None) -> tuple[Activity, ...]:
    """Activities that are not covered, and their innocent look-alikes, in document order.

    ``plan`` is the plan in force at the note's date: what it plans (an evening of crafts, a ride by bus) is told from
    the same thing done for its own sake.
    """
    people = people_of(note)
    found: list[Activity] = []
    for section in note.narrative:
        for reading in read_sentences(sentences_of(section.text, people), people, activity_model()):
            found.append(_settle(_activity(reading, section.place, section.heading), section.topic, note, plan))
    found += _told_by_place_of_service(note, people)
    return tuple(found)


def people_of(note: ServiceNote) -> People:
    """The names that mean the member and the specialist of a note."""
    names: dict[str, Actor] = {}
    signed = note.staff_signature
    if signed:
        names.update((name, Actor.STAFF) for name in _name_words(signed.name))
    if note.header.member:
        names.update((name, Actor.MEMBER) for name in _name_words(note.header.member.text))
    return People(names)


def _name_words(name: str) -> Iterator[str]:
    for word in name.replace(",", " ").replace(".", " ").lower().split():
        if len(word) > 2 and word.isalpha() and word not in _CREDENTIALS | _NO_NAMES:
            yield word
            yield word + "'s"


def _settle(activity: Activity, topic: Topic, note: ServiceNote, plan: Plan | None) -> Activity:
    """What the rest of the note and the plan say about an activity."""
    intended = topic is Topic.NEXT_STEP or (topic is Topic.PURPOSE and activity.certainty is not Certainty.BOTH)
    if activity.innocence is None and intended:
        activity = replace(activity, innocence=Innocence.PLANNED)
    if activity.innocence is None and note.not_billed is not None:
        activity = replace(activity, innocence=Innocence.NOT_BILLED)
    narrative = " ".join(section.text for section in note.narrative)
    planned = planned_for(activity, plan, narrative) if plan else None
    if planned and activity.innocence in (None, Innocence.PLANNED_SKILL):
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
    told = narrative if activity.certainty is Certainty.MODEL else activity.quote
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


def _told_by_place_of_service(note: ServiceNote, people: People) -> Iterator[Activity]:
    """Service in the home of the staff, where only the place of service tells it."""
    field = note.place_of_service
    if field is None or field.empty:
        return
    for reading in read_sentences(sentences_of(field.text, people), people, activity_model()):
        by_cue = reading.certainty is not Certainty.MODEL
        if reading.category == "staff-residence" and by_cue and reading.innocence is None:
            found = _activity(reading, field.place, field.label)
            yield replace(found, actor=Actor.STAFF, certainty=Certainty.EXPLICIT)


def read_text(text: str, people: People | None = None, model: ActivityModel | None = None) -> tuple[Activity, ...]:
    """Activities in a text of its own, without a note or a plan. ``model`` may stand in for the shipped one."""
    people = people or People({})
    readings = read_sentences(sentences_of(text, people), people, model or activity_model())
    return tuple(_activity(reading, _NOWHERE, "") for reading in readings)


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
