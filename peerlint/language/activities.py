"""Activities that are not covered: read by cues, and by a model that checks them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from peerlint.documents.model import Place
from peerlint.language.actors import People, Sentence, doer
from peerlint.language.clauses import is_punctuation, plain, reader
from peerlint.language.context import contact_held, innocence
from peerlint.language.cues import Hit, WordRow, activity_index, word_groups
from peerlint.language.model import Activity, Actor, Certainty, Innocence
from peerlint.language.words import words
from peerlint.records.model import Intervention, Plan, ServiceNote, Topic

if TYPE_CHECKING:
    from spacy.tokens import Span

_ELSEWHERE = frozenset((Actor.MEMBER, Actor.RELATIVE, Actor.PROFESSIONAL, Actor.OTHER))
_NOWHERE = Place(block=0)
_CREDENTIALS = frozenset("cpss ncpss cpss, pss rpss bs ba ms msw lcsw lcas qp cps peer support specialist certified staff the and".split())
_NAMED_ALIKE = {"recreation": "FUN", "transportation": "TRAVEL"}


@dataclass(frozen=True, slots=True)
class Reading:
    """One cue read in its sentence: who did it, and why it may be innocent."""

    hit: Hit
    sentence: Sentence
    actor: Actor
    innocence: Innocence | None

    @property
    def category(self) -> str:
        return self.hit.group.category

    @property
    def cue(self) -> str:
        return " ".join(self.sentence.written[self.hit.first : self.hit.last + 1])


def sentences_of(text: str, people: People) -> list[Sentence]:
    """The sentences of a text with their words as cues read them."""
    return [_sentence(span, people) for span in reader()(text).sents]


def _sentence(span: Span, people: People) -> Sentence:
    written: list[str] = []
    words: list[str] = []
    for token in span:
        text = token.text
        if not text.isspace():
            written.append(text)
            words.append(_word(text, people))
    return Sentence(span.text.strip(), span.start_char, words, written)


def _word(text: str, people: People) -> str:
    if is_punctuation(text):
        return ";"
    word = plain(text)
    if " " in word:
        title, name = word.split(" ", 1)
        known = people(name.rstrip("."))
        return "doctor" if title.startswith("dr") else "cpss" if known is Actor.STAFF else "member"
    if word in people.names:
        return "cpss" if people.names[word] is Actor.STAFF else "member"
    return word


def read_sentences(sentences: Sequence[Sentence], people: People) -> Iterator[Reading]:
    """Every cue of every sentence, the innocent ones too, one for each category and sentence: the worst of them."""
    for at, sentence in enumerate(sentences):
        row = WordRow(sentence.words)
        found: dict[str, Reading] = {}
        for hit in activity_index().hits(row):
            reading = _read_hit(sentences, at, hit, people)
            before = found.get(reading.category)
            if before is None or _weight(reading) > _weight(before):
                found[reading.category] = reading
        yield from found.values()


def _weight(reading: Reading) -> tuple[bool, bool, bool]:
    return reading.innocence is None, reading.actor is Actor.STAFF, reading.hit.group.sure


def _read_hit(sentences: Sequence[Sentence], at: int, hit: Hit, people: People) -> Reading:
    sentence = sentences[at]
    actor = Actor.NOBODY if hit.group.anyone else doer(sentence, hit, people)
    why = Innocence.SOMEBODY_ELSE if actor in _ELSEWHERE else None
    why = why or innocence(sentences, at, hit, actor, hit.group.category in _excused_by_goal())
    if why is None and hit.group.category == "not-rendered" and contact_held(sentences, at):
        why = Innocence.CONTACT_HELD
    return Reading(hit, sentence, actor, why)


@cache
def _excused_by_goal() -> frozenset[str]:
    return frozenset(("recreation", "service-to-others", "meeting-without-purpose", "personal-care", "habilitation"))


def read_activities(note: ServiceNote, plan: Plan | None) -> tuple[Activity, ...]:
    """Activities that are not covered, and their innocent look-alikes, in document order.

    ``plan`` is the plan in force at the note's date: what it plans (an evening of crafts, a ride by bus) is told from
    the same thing done for its own sake.
    """
    people = people_of(note)
    found: list[Activity] = []
    for section in note.narrative:
        for reading in read_sentences(sentences_of(section.text, people), people):
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
        if len(word) > 2 and word.isalpha() and word not in _CREDENTIALS:
            yield word
            yield word + "'s"


def _settle(activity: Activity, topic: Topic, note: ServiceNote, plan: Plan | None) -> Activity:
    """What the rest of the note and the plan say about an activity."""
    if activity.innocence is None and topic is Topic.NEXT_STEP:
        activity = replace(activity, innocence=Innocence.PLANNED)
    if activity.innocence is None and note.not_billed is not None:
        activity = replace(activity, innocence=Innocence.NOT_BILLED)
    planned = planned_for(activity, plan) if plan else None
    if planned and activity.innocence in (None, Innocence.PLANNED_SKILL):
        return replace(activity, innocence=Innocence.PLANNED_SKILL, planned=planned)
    return activity


def planned_for(activity: Activity, plan: Plan) -> Intervention | None:
    """The intervention of a plan that names the same thing as an activity: the same pastime, the same way to travel."""
    group = _NAMED_ALIKE.get(activity.category)
    if group is None:
        return None
    told = _named(activity.quote, group)
    interventions = (i for goal in plan.goals for i in goal.interventions)
    return next((i for i in interventions if told & _named(i.text, group)), None)


def _named(text: str, group: str) -> frozenset[str]:
    row = " " + " ".join(words(text)) + " "
    return frozenset(term for term in (w.replace("_", " ") for w in word_groups()[group]) if f" {term} " in row)


def _told_by_place_of_service(note: ServiceNote, people: People) -> Iterator[Activity]:
    """Service in the home of the staff, where only the place of service tells it."""
    field = note.place_of_service
    if field is None or field.empty:
        return
    for reading in read_sentences(sentences_of(field.text, people), people):
        if reading.category == "staff-residence" and reading.innocence is None:
            found = _activity(reading, field.place, field.label)
            yield replace(found, actor=Actor.STAFF, certainty=Certainty.EXPLICIT)


def read_text(text: str, people: People | None = None) -> tuple[Activity, ...]:
    """Activities in a text of its own, without a note or a plan."""
    people = people or People({})
    sentences = sentences_of(text, people)
    return tuple(_activity(r, _NOWHERE, "") for r in read_sentences(sentences, people))


def _activity(reading: Reading, place: Place, label: str) -> Activity:
    certainty = Certainty.EXPLICIT if reading.actor is Actor.STAFF else Certainty.CUE
    return Activity(
        category=reading.category,
        quote=reading.sentence.text,
        cue=reading.cue,
        actor=reading.actor,
        certainty=certainty,
        place=place,
        label=label,
        innocence=reading.innocence,
    )
