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
from peerlint.language.kin import named_kin
from peerlint.language.model import Activity, Actor, Certainty, Innocence
from peerlint.language.words import words
from peerlint.records.model import Intervention, Plan, ServiceNote, Topic

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ELSEWHERE = frozenset((Actor.MEMBER, Actor.RELATIVE, Actor.PROFESSIONAL, Actor.OTHER))
_NOWHERE = Place(block=0)
NOT_RENDERED, TRANSPORTATION = "not-rendered", "transportation"
_NAMED_ALIKE = {"recreation": "FUN", TRANSPORTATION: "TRAVEL"}
AGREED, AGREED_SURE = 0.05, 0.02
"""The probability from which the model agrees with a cue, and with a cue that is enough by itself."""
THINKABLE = 0.01
"""The probability below which the model rules a cue out: it means another thing."""
WORTH_A_LOOK = 0.002
"""The probability of its likeliest activity below which a sentence is not searched for cues."""
UNNAMED = 0.85
"""The probability from which the model is believed where it is not the specialist who is said to have done it."""
HALF_TOLD = 0.4
"""The sum of two neighbouring sentences' probabilities from which they are also read as one."""
_NO_NAMES = frozenset(
    {"peer", "support", "specialist", "certified", "staff", "the", "and", "qualified", "professional"}
)
_OWNERS = ("", "'s")
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
    tokens = doc.user_data[WRITTEN]
    found = ((span.start_char, span.end_char, tokens[span.start : span.end]) for span in doc.sents)
    return [_sentence(text[first:last].strip(), first, written, people) for first, last, written in found]


def _sentence(text: str, start: int, tokens: Sequence[str], people: People) -> Sentence:
    written = [token for token in tokens if not token.isspace()]
    read = [people.stand_ins.get(word, word) for word in map(_read, written)]
    words = [_titled(word, people) if " " in word else word for word in read]
    return Sentence(text, start, words, written)


@cache
def _read(token: str) -> str:
    return ";" if is_punctuation(token) else plain(token)


def _titled(word: str, people: People) -> str:
    """What a title with a name ("mr. t.") is read as."""
    title, name = word.split(" ", 1)
    return "doctor" if title.startswith("dr") else "cpss" if people(name.rstrip(".")) is Actor.STAFF else "member"


def read_sentences(
    sentences: Sequence[Sentence], people: People, chances: NDArray[np.float32], model: ActivityModel
) -> Iterator[Reading]:
    """Everything that looks like an activity, the innocent too: for each category and sentence the worst reading.

    ``chances`` are what ``model`` gives each sentence, one line each. No cue is looked for where it rules all out.
    """
    guesses = {guess.at: guess for guess in _guesses(sentences, chances, model)}
    for at in (chances.max(axis=1, initial=0) >= WORTH_A_LOOK).nonzero()[0].tolist():
        sentence = sentences[at]
        found: dict[str, Reading] = {}
        for hit in activity_index().hits(WordRow(sentence.words)):
            score = float(chances[at, model.activities[hit.group.category]])
            reading = _read_cue(sentences, at, hit, people, score)
            before = found.get(reading.category)
            if before is None or _weight(reading) > _weight(before):
                found[reading.category] = reading
        yield from found.values()
        if at in guesses and guesses[at].category not in found:
            yield _read_guess(sentences, guesses[at], people, model)


def _weight(reading: Reading) -> tuple[bool, bool, bool]:
    return reading.innocence is None, reading.actor is Actor.STAFF, reading.certainty is Certainty.BOTH


def _read_cue(sentences: Sequence[Sentence], at: int, hit: Hit, people: People, score: float) -> Reading:
    sentence, category = sentences[at], hit.group.category
    actor = Actor.NOBODY if hit.group.anyone else doer(sentence, hit, people)
    why = Innocence.SOMEBODY_ELSE if actor in _ELSEWHERE else None
    why = why or innocence(sentences, at, hit, actor, category_named(category))
    if why is None and category == NOT_RENDERED and contact_held(sentences, at):
        why = Innocence.CONTACT_HELD
    if why is None and score < THINKABLE:
        why = Innocence.FIGURE
    cue = " ".join(sentence.written[hit.first : hit.last + 1])
    return Reading(category, sentence, cue, actor, _certainty(hit, actor, score), why, score)


def _certainty(hit: Hit, actor: Actor, score: float) -> Certainty:
    """Who vouches for a cue: the model where it agrees, the specialist's own naming, or nobody else."""
    if score >= (AGREED_SURE if hit.group.sure else AGREED):
        return Certainty.BOTH
    return Certainty.EXPLICIT if actor is Actor.STAFF else Certainty.CUE


@dataclass(frozen=True, slots=True)
class _Guess:
    """What the model alone takes a sentence for."""

    at: int
    category: str
    score: float


def _guesses(sentences: Sequence[Sentence], chances: NDArray[np.float32], model: ActivityModel) -> Iterator[_Guess]:
    """The sentences that reach a cut, also where the telling spans a sentence and the one before."""
    if not sentences:
        return
    names = [*model.activities]
    best, scores = chances.argmax(axis=1), chances.max(axis=1)
    spanning = ((chances[:-1] + chances[1:]).max(axis=1) > HALF_TOLD).nonzero()[0] + 1
    together = [[*sentences[at - 1].words, ";", *sentences[at].words] for at in spanning]
    for at, wide in zip(spanning, model.chances(together), strict=True):
        category = wide.argmax()
        if wide[category] > scores[at] and chances[at - 1, category] < model.cut(names[category]):
            best[at], scores[at] = category, wide[category]
    for at in (scores >= min(model.cuts.values(), default=0)).nonzero()[0].tolist():
        category, score = names[best[at]], float(scores[at])
        if score >= model.cut(category):
            yield _Guess(at, category, score)


def _read_guess(sentences: Sequence[Sentence], guess: _Guess, people: People, model: ActivityModel) -> Reading:
    sentence, category = sentences[guess.at], guess.category
    actor = first_subject(sentence, people) or Actor.NOBODY
    why = model_innocence(sentences, guess.at, actor, category_named(category))
    if why is None and category == NOT_RENDERED and contact_held(sentences, guess.at):
        why = Innocence.CONTACT_HELD
    if why is None and actor is not Actor.STAFF and guess.score < UNNAMED:
        why = Innocence.UNNAMED
    cue = ", ".join(model.telling(sentence.words, category))
    return Reading(category, sentence, cue, actor, Certainty.MODEL, why, guess.score)


def read_activities(note: ServiceNote, plan: Plan | None) -> tuple[Activity, ...]:
    """Activities that are not covered, and their innocent look-alikes, in document order.

    ``plan`` is the plan in force at the note's date: what it plans (an evening of crafts, a ride by bus) is told from
    the same thing done for its own sake.
    """
    people, model = people_of(note, plan), activity_model()
    told = [sentences_of(section.text, people) for section in note.narrative]
    chances = model.chances([sentence.words for sentences in told for sentence in sentences])
    found: list[Activity] = []
    first = 0
    for section, sentences in zip(note.narrative, told, strict=True):
        here = chances[first : first + len(sentences)]
        first += len(sentences)
        for reading in read_sentences(sentences, people, here, model):
            found.append(_settle(_activity(reading, section.place, section.heading), section.topic, note, plan))
    found += _told_by_place_of_service(note, people)
    return tuple(found)


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
    for reading in _read_alone(field.text, people, activity_model()):
        by_cue = reading.certainty is not Certainty.MODEL
        if reading.category == "staff-residence" and by_cue and reading.innocence is None:
            found = _activity(reading, field.place, field.label)
            yield replace(found, actor=Actor.STAFF, certainty=Certainty.EXPLICIT)


def read_text(text: str, people: People | None = None, model: ActivityModel | None = None) -> tuple[Activity, ...]:
    """Activities in a text of its own, without a note or a plan. ``model`` may stand in for the shipped one."""
    people = people or People({})
    return tuple(_activity(reading, _NOWHERE, "") for reading in _read_alone(text, people, model or activity_model()))


def _read_alone(text: str, people: People, model: ActivityModel) -> Iterator[Reading]:
    sentences = sentences_of(text, people)
    return read_sentences(sentences, people, model.chances([sentence.words for sentence in sentences]), model)


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
