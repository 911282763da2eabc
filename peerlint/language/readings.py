"""What one sentence tells: cues with their doer and context, and what only the model takes for an activity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from peerlint.language.activity_model import THINKABLE, ActivityModel, Guess
from peerlint.language.actors import People, Sentence, doer, first_subject
from peerlint.language.context import contact_held, innocence, model_innocence
from peerlint.language.cues import Hit, WordRow, category_named, cues_of
from peerlint.language.model import Actor, Certainty, Innocence

_ELSEWHERE = frozenset((Actor.MEMBER, Actor.RELATIVE, Actor.PROFESSIONAL, Actor.OTHER))
NOT_RENDERED = "not-rendered"
AGREED, AGREED_SURE = 0.05, 0.02
"""The probability from which the model agrees with a cue, and with a cue that is enough by itself."""
UNNAMED = 0.85
"""The probability from which the model is believed where it is not the specialist who is said to have done it."""


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


@dataclass(slots=True)
class Passage:
    """One text on its way through the pipeline: whom its names mean, its sentences, what the model thinks possible of
    each, what it takes for an activity (by the number of the sentence), and what is read in the end."""

    people: People
    sentences: Sequence[Sentence] = ()
    chances: Sequence[Mapping[str, float]] = ()
    guesses: Mapping[int, Guess] = field(default_factory=dict)
    readings: Sequence[Reading] = ()


def readings(passage: Passage, model: ActivityModel) -> Iterator[Reading]:
    """Everything that looks like an activity, the innocent too: for each category and sentence the worst reading.

    Cues are looked for of the activities alone that the model thinks possible."""
    for at, (sentence, possible) in enumerate(zip(passage.sentences, passage.chances, strict=True)):
        found: dict[str, Reading] = {}
        for hit in _hits(sentence, possible):
            reading = _read_cue(passage, at, hit)
            before = found.get(reading.category)
            if before is None or _weight(reading) > _weight(before):
                found[reading.category] = reading
        yield from found.values()
        guess = passage.guesses.get(at)
        if guess and guess.category not in found:
            yield _read_guess(passage, at, guess, model)


def _hits(sentence: Sentence, possible: Mapping[str, float]) -> list[Hit]:
    if not possible:
        return []
    row = WordRow(sentence.words)
    return sorted((hit for category in possible for hit in cues_of(category).hits(row)), key=Hit.place)


def _weight(reading: Reading) -> tuple[bool, bool, bool]:
    return reading.innocence is None, reading.actor is Actor.STAFF, reading.certainty is Certainty.BOTH


def _read_cue(passage: Passage, at: int, hit: Hit) -> Reading:
    sentences, category = passage.sentences, hit.group.category
    score = passage.chances[at][category]
    actor = Actor.NOBODY if hit.group.anyone else doer(sentences[at], hit, passage.people)
    why = Innocence.SOMEBODY_ELSE if actor in _ELSEWHERE else None
    why = why or innocence(sentences, at, hit, actor, category_named(category))
    if why is None and category == NOT_RENDERED and contact_held(sentences, at):
        why = Innocence.CONTACT_HELD
    if why is None and score < THINKABLE:
        why = Innocence.FIGURE
    cue = " ".join(sentences[at].written[hit.first : hit.last + 1])
    return Reading(category, sentences[at], cue, actor, _certainty(hit, actor, score), why, score)


def _certainty(hit: Hit, actor: Actor, score: float) -> Certainty:
    """Who vouches for a cue: the model where it agrees, the specialist's own naming, or nobody else."""
    if score >= (AGREED_SURE if hit.group.sure else AGREED):
        return Certainty.BOTH
    return Certainty.EXPLICIT if actor is Actor.STAFF else Certainty.CUE


def _read_guess(passage: Passage, at: int, guess: Guess, model: ActivityModel) -> Reading:
    sentences, category = passage.sentences, guess.category
    actor = first_subject(sentences[at], passage.people) or Actor.NOBODY
    why = model_innocence(sentences, at, actor, category_named(category))
    if why is None and category == NOT_RENDERED and contact_held(sentences, at):
        why = Innocence.CONTACT_HELD
    if why is None and actor is not Actor.STAFF and guess.score < UNNAMED:
        why = Innocence.UNNAMED
    cue = ", ".join(model.telling(sentences[at].words, category))
    return Reading(category, sentences[at], cue, actor, Certainty.MODEL, why, guess.score)
