"""What one sentence tells: cues with their doer and context, and what only a model takes for an activity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from peerlint.language.activity_model import ActivityModel, Chance, is_short
from peerlint.language.actors import People, Sentence, doer, first_subject
from peerlint.language.context import contact_held, innocence, model_innocence
from peerlint.language.cues import Category, Hit, WordRow, category_named, cues_of
from peerlint.language.model import Actor, Certainty, Innocence
from peerlint.language.weighing import (
    DESPITE_AN_EXCUSE,
    LIKELY,
    LIKELY_MEANT,
    LONG,
    SHORT,
    WITH_MEANING,
    WORTH_A_THOUGHT,
    weights,
)

_ELSEWHERE = frozenset((Actor.MEMBER, Actor.RELATIVE, Actor.PROFESSIONAL, Actor.OTHER))
NOT_RENDERED = "not-rendered"
_BEYOND_DOUBT = (Innocence.SOMEBODY_ELSE, Innocence.NOT_BILLED, Innocence.CONTACT_HELD)
"""Excuses that hold however the rest sounds. Any other takes a cue's word away and asks for more from the rest: that it
was planned, past, practised or denied is often told of something else in the sentence."""


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
    each, the same by likeness of meaning where that was asked (by the number of the sentence), and what is read in the
    end."""

    people: People
    sentences: Sequence[Sentence] = ()
    chances: Sequence[Mapping[str, Chance]] = ()
    meanings: dict[int, Mapping[str, float]] = field(default_factory=dict)
    readings: Sequence[Reading] = ()

    @property
    def length(self) -> str:
        """Which weights hold for it."""
        return SHORT if is_short([sentence.words for sentence in self.sentences]) else LONG

    def likelihood(self, at: int, category: str, cue: bool) -> float:
        """How likely the sentence ``at`` tells an activity, by its words."""
        return weights(self.length).likelihood(self.chances[at][category], cue)

    def doubtful(self) -> Iterator[int]:
        """The sentences that some activity may be told in, though their words alone do not make it likely."""
        for at, possible in enumerate(self.chances):
            if any(self.likelihood(at, category, cue=True) >= WORTH_A_THOUGHT for category in possible):
                yield at

    def vouched(self, at: int, category: str, cue: bool, excuse: Innocence | None) -> Certainty | None:
        """Who makes it likely, despite an excuse, that the sentence ``at`` tells an activity: a cue and the words, the
        words alone, or likeness of meaning where they leave it in doubt; None where nothing does."""
        if excuse in _BEYOND_DOUBT:
            return None
        counts = cue and excuse is None
        if self.likelihood(at, category, counts) >= (DESPITE_AN_EXCUSE if excuse else LIKELY):
            return Certainty.BOTH if counts else Certainty.MODEL
        if at not in self.meanings:
            return None
        chance, meaning = self.chances[at][category], self.meanings[at][category]
        likely = weights(self.length + WITH_MEANING).likelihood(chance, counts, meaning)
        return Certainty.MEANING if likely >= (DESPITE_AN_EXCUSE if excuse else LIKELY_MEANT) else None


def readings(passage: Passage, model: ActivityModel) -> Iterator[Reading]:
    """Everything that looks like an activity, the innocent too: for each category and sentence the worst reading.

    Cues are looked for of the activities alone that the model thinks possible."""
    for at, category, hits in _possible(passage):
        if hits:
            yield max((_read_cue(passage, at, hit) for hit in hits), key=_weight)
        else:
            yield from _read_guess(passage, at, category, model)


def unexcused(passage: Passage) -> Iterator[tuple[int, str, bool]]:
    """The number of the sentence, the activity and whether a cue tells it, for all that may be told and that nothing
    excuses beyond doubt."""
    for at, category, hits in _possible(passage):
        excuses = [_cue_excuse(passage, at, hit)[1] for hit in hits] or [_guess_excuse(passage, at, category)[1]]
        if not all(excuse in _BEYOND_DOUBT for excuse in excuses):
            yield at, category, bool(hits) and None in excuses


def _possible(passage: Passage) -> Iterator[tuple[int, str, list[Hit]]]:
    """Each sentence with each activity that it may tell, and that activity's cues in it."""
    for at, (sentence, chances) in enumerate(zip(passage.sentences, passage.chances, strict=True)):
        row = WordRow(sentence.words)
        for category in chances:
            yield at, category, cues_of(category).hits(row)


def _weight(reading: Reading) -> tuple[bool, bool, bool]:
    return reading.innocence is None, reading.actor is Actor.STAFF, reading.certainty is Certainty.BOTH


def _read_cue(passage: Passage, at: int, hit: Hit) -> Reading:
    sentence, category = passage.sentences[at], hit.group.category
    actor, why = _cue_excuse(passage, at, hit)
    score = passage.likelihood(at, category, cue=why is None)
    vouched = passage.vouched(at, category, cue=True, excuse=why)
    left = None if vouched else why or Innocence.FIGURE
    cue = " ".join(sentence.written[hit.first : hit.last + 1])
    return Reading(category, sentence, cue, actor, vouched or Certainty.CUE, left, score)


def _cue_excuse(passage: Passage, at: int, hit: Hit) -> tuple[Actor, Innocence | None]:
    """Who did what a cue tells, and why it does not count."""
    sentences, category = passage.sentences, category_named(hit.group.category)
    actor = Actor.NOBODY if hit.group.anyone else doer(sentences[at], hit, passage.people)
    why = Innocence.SOMEBODY_ELSE if actor in _ELSEWHERE else innocence(sentences, at, hit, actor, category)
    return actor, why or _held(sentences, at, category)


def _stands_out(passage: Passage, at: int, category: str) -> bool:
    """Whether no sentence beside it tells the same activity more plainly: read together they look alike."""
    here = passage.chances[at][category].alone
    beside = [passage.chances[i].get(category) for i in (at - 1, at + 1) if 0 <= i < len(passage.chances)]
    return all(chance is None or chance.alone <= here for chance in beside)


def _read_guess(passage: Passage, at: int, category: str, model: ActivityModel) -> Iterator[Reading]:
    """What only a model takes for an activity, nothing where none does."""
    suspected = passage.vouched(at, category, cue=False, excuse=None)
    if suspected is None or not _stands_out(passage, at, category):
        return
    sentence = passage.sentences[at]
    actor, why = _guess_excuse(passage, at, category)
    if passage.vouched(at, category, cue=False, excuse=why):
        why = None
    cue, score = ", ".join(model.telling(sentence.words, category)), passage.likelihood(at, category, cue=False)
    yield Reading(category, sentence, cue, actor, suspected, why, score)


def _guess_excuse(passage: Passage, at: int, category: str) -> tuple[Actor, Innocence | None]:
    """Who stands as the doer in a sentence that no cue tells of, and why it does not count."""
    sentences, about = passage.sentences, category_named(category)
    actor = first_subject(sentences[at], passage.people) or Actor.NOBODY
    return actor, model_innocence(sentences, at, actor, about) or _held(sentences, at, about)


def _held(sentences: Sequence[Sentence], at: int, category: Category) -> Innocence | None:
    """Why nobody can have been missed: the contact took place."""
    return Innocence.CONTACT_HELD if category.name == NOT_RENDERED and contact_held(sentences, at) else None
