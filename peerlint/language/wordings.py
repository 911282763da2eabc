"""A note held against goals by its words: how like they are, and how far the goals tell what the note is about.

A note is held against each goal by how well every word of the goal and its interventions finds a like word in the note,
and by how far both are about the same domains of life. Raw likeness means little, so each score is centred on what the
same note scores against a background bank of goals, and set beside the member's other goals. Names of the member and of
staff tell nothing.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from peerlint.language.concepts import direction
from peerlint.language.lexicon import lexicon
from peerlint.language.phrases import Phrasebook
from peerlint.language.vectors import word_table
from peerlint.language.words import sentences, stem, words
from peerlint.records.model import Goal, Header, Plan, ServiceNote, Topic

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from peerlint.language.semantic import Embedder

DATA = Path(__file__).parent / "data"
LIKE = 0.35
"""Cosine from which two words of the table begin to count as like; below it, chance likeness."""
FEATURES = ("wording", "intervention", "domains", "purpose wording", "purpose domains")
"""What is scored for each goal, each once centred on the bank and once beside the best other goal of the plan."""
_PRODUCTS = 200_000  # numbers multiplied at once: more would start threads that cost more than they save
_FLOOR = 0.1  # added to the spread of the background, so that a note of few words gives no wild scores
_MEANING_FLOOR = 0.02  # the same for likeness of meaning
_LIMIT = 6.0  # standard deviations beyond which a score says no more
_WRITTEN = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*|\d+(?:[.,:/]\d+)*")
_TOPICS = (Topic.PURPOSE, Topic.INTERVENTION, Topic.RESPONSE, Topic.NARRATIVE)
_WORK = (Topic.PURPOSE, Topic.INTERVENTION, Topic.NARRATIVE)


class Heard:
    """A text made ready to be held against goals: its telling words and the domains of life that it is about."""

    def __init__(self, *texts: str) -> None:
        self._texts = texts

    @property
    def text(self) -> str:
        return "\n".join(self._texts)

    @cached_property
    def row(self) -> list[str]:
        return [word for text in self._texts for word in _row(text)]

    @cached_property
    def words(self) -> list[str]:
        return content_words(self.row)

    @cached_property
    def domains(self) -> NDArray[np.float32]:
        return direction(self.row)

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(stem(word) for word in self.words)

    @cached_property
    def weights(self) -> NDArray[np.float32]:
        """How much each word tells, all together 1."""
        return _weights_of(self.words)


@dataclass(frozen=True)
class Story:
    """What a note tells of what it served: all of its telling sections, its purpose alone, and all but the response."""

    whole: Heard
    purpose: Heard
    work: Heard

    @classmethod
    def of(cls, note: ServiceNote) -> Story:
        """The names of the member and of those who signed tell of no goal and are left out."""
        signers = (signature.name for signature in note.header.signatures)
        named = frozenset(_names(note.header)).union(*(_parts(name) for name in signers))
        told = [(section.topic, _unnamed(section.text, named)) for section in note.sections(*_TOPICS)]
        purpose, work = ([text for topic, text in told if topic in topics] for topics in ((Topic.PURPOSE,), _WORK))
        return cls.told([text for _, text in told], purpose, work)

    @classmethod
    def told(cls, whole: Sequence[str], purpose: Sequence[str], work: Sequence[str]) -> Story:
        """Where no purpose is told by itself, the first two sentences stand for it."""
        purpose = purpose if any(purpose) else [" ".join(sentences("\n".join(whole))[:2])]
        return cls(Heard(*whole), Heard(*purpose), Heard(*work))


class Wordings:
    """Goals (each its own wording and those of its interventions) made ready to be held against many notes."""

    def __init__(self, goals: Sequence[tuple[str, ...]]) -> None:
        import numpy as np

        self.goals = goals
        texts = [" ".join(goal) for goal in goals] + [text for goal in goals for text in goal[1:] or goal]
        rows = [content_words(full_words(text)) or ["goal"] for text in texts]
        self._words = sorted({word for row in rows for word in row})
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self._words):
            self._places[stem(word)].append(place)
        self._vectors = word_table().rows(self._words)
        places = {word: place for place, word in enumerate(self._words)}
        self._members = np.array([places[word] for row in rows for word in row])
        self._weights = np.concatenate([_weights_of(row) for row in rows])
        self._starts = np.cumsum([0, *map(len, rows)])[:-1]
        self._interventions = np.cumsum([len(goals)] + [max(len(goal) - 1, 1) for goal in goals])[:-1]
        self._domains = np.array([direction(full_words(" ".join(goal))) for goal in goals])
        self._met: dict[str, int] = {}
        self._likeness = np.empty((0, len(self._words)), np.uint8)

    def scores(self, story: Story) -> NDArray[np.float32]:
        """One row for each goal, a column for each of ``FEATURES``."""
        import numpy as np

        whole, purpose = self._wording(story.whole), self._wording(story.purpose)
        count = len(self.goals)
        return np.column_stack(
            [
                whole[:count],
                np.maximum.reduceat(whole, self._interventions),
                self._domains @ story.whole.domains,
                purpose[:count],
                self._domains @ story.purpose.domains,
            ]
        ).astype(np.float32)

    def speak_of(self, row: Sequence[str]) -> bool:
        """Whether any of some words stands in a goal or an intervention, whatever its ending."""
        return any(stem(word) in self._places for word in row)

    def told(self, story: Story) -> float:
        """How far the goals tell what the whole and the purpose of a note are about, each the share of its telling
        words that find a like word in any goal, in standard deviations above the goals of the background."""
        mean, spread = self._usually_told
        texts = [text for text in (story.whole, story.purpose) if text.words]
        shares = (float(text.weights @ _likeness(self, text).max(axis=1)) for text in texts)
        return sum((share - mean) / spread for share in shares)

    @cached_property
    def _usually_told(self) -> tuple[float, float]:
        """Mean and spread of the shares of the background's goals that these goals tell."""
        import numpy as np

        bank = goal_bank()
        likest = bank.likeness(self._words).max(axis=0)
        shares = np.add.reduceat(likest[bank._members] * bank._weights, bank._starts)[: len(bank.goals)]
        return float(shares.mean()), float(shares.std())

    def _wording(self, text: Heard) -> NDArray[np.float32]:
        """For each wording the share of its telling words that find a like word in the text."""
        import numpy as np

        if not text.words:
            return np.zeros(len(self._starts), np.float32)
        likeness = _likeness(self, text).max(axis=0)
        return np.add.reduceat(likeness[self._members] * self._weights, self._starts).astype(np.float32) / np.float32(
            255
        )

    def likeness(self, row: Sequence[str]) -> NDArray[np.uint8]:
        """How like each of some words of a note is to each word of the goals, each word reckoned once."""
        if unknown := [word for word in row if word not in self._met]:
            self._meet(unknown)
        return self._likeness.take([self._met[word] for word in row], axis=0)

    def _meet(self, row: Sequence[str]) -> None:
        """Reckon words that were not met before; room for them is doubled when it runs out."""
        import numpy as np

        first, end = len(self._met), len(self._met) + len(row)
        if end > len(self._likeness):
            room = np.empty((2 * end, len(self._words)), np.uint8)
            room[:first] = self._likeness[:first]
            self._likeness = room
        self._likeness[first:end] = self._near(row)
        self._met.update(zip(row, range(first, end), strict=True))

    def _near(self, row: Sequence[str]) -> NDArray[np.uint8]:
        """One row for each word, a column for each word of the goals, 0 to 255: the same stem, or near in the word
        table."""
        import numpy as np

        found = np.empty((len(row), len(self._words)), np.uint8)
        step = max(1, _PRODUCTS // self._vectors.size)
        for start in range(0, len(row), step):
            near = word_table().rows(row[start : start + step]) @ self._vectors.T
            near -= LIKE
            near /= 1 - LIKE
            np.maximum(near, 0, out=near)
            np.minimum(near, 1, out=near)
            near *= 204
            found[start : start + step] = np.rint(near, out=near)
        for at, word in enumerate(row):
            if places := self._places.get(stem(word)):
                found[at, places] = 255
        return found


_RECOVERY = 0.75
"""What each phrase of recovery work, two at most, adds to how far goals tell a note ..."""
_PURSUIT = -2.0
"""... and what a purpose takes away that is a pursuit of which no goal speaks. Chosen over two hands and four agencies:
of notes on no goal one in three names such a pursuit, of the others one in forty."""


def bearing(story: Story, goals: Wordings) -> float:
    """How far what a note is about bears on any of the goals: how far their words tell it, more where it tells of
    recovery itself, which every plan is about, less where its purpose is a pursuit that no goal names."""
    recovery = {tuple(story.work.row[start:end]) for start, end in _recovery().spans(story.work.row)}
    row = story.purpose.row
    strange = any(not goals.speak_of(row[start:end]) for start, end in _pursuits().spans(row))
    return goals.told(story) + _RECOVERY * min(len(recovery), 2) + _PURSUIT * strange


@cache
def _recovery() -> Phrasebook:
    return Phrasebook(lexicon("links")["recovery"])


@cache
def _pursuits() -> Phrasebook:
    return Phrasebook(phrase for group in lexicon("links")["pursuits"].values() for phrase in group)


@lru_cache(maxsize=4)
def _likeness(goals: Wordings, text: Heard) -> NDArray[np.uint8]:
    """How like the words of the text last heard are to those of the goals."""
    return goals.likeness(text.words)


@lru_cache(maxsize=16)
def _row(text: str) -> list[str]:
    return full_words(text)


def full_words(text: str) -> list[str]:
    """The words of a text, short forms ("mtg", "NA") written out."""
    row = words(text)
    if _short_words().isdisjoint(row):
        return row
    short = _short()
    return [
        word
        for written in _WRITTEN.findall(text.replace("’", "'"))
        for word in short.get(written) or short.get(written.lower()) or (written.lower(),)
    ]


@cache
def _short_words() -> frozenset[str]:
    return frozenset(form.lower() for form in _short())


@cache
def _short() -> dict[str, list[str]]:
    """The words of the full form of each short one; one in capitals is known in capitals only."""
    return {str(form): words(str(full)) for form, full in lexicon("links")["short"].items()}


def _weights_of(row: Sequence[str]) -> NDArray[np.float32]:
    """How much each word of a row tells, all together 1."""
    import numpy as np

    telling = np.array([rarity(word) for word in row], np.float32)
    weights: NDArray[np.float32] = telling / telling.sum()
    return weights


@cache
def rarity(word: str) -> float:
    return word_table().rarity(word)


def content_words(row: Iterable[str]) -> list[str]:
    """The different words of a row that tell what it is about, in alphabetical order."""
    bare = {word.removesuffix("'s") for word in row} - _generic()
    return sorted(word for word in bare if len(word) > 2 and not word[0].isdigit())


def features(
    story: Story,
    goals: Wordings,
    bank: Wordings,
    cited: frozenset[int] = frozenset(),
    semantic: Embedder | None = None,
) -> NDArray[np.float32]:
    """One row for each goal: its scores centred on the bank, then how far each lies above the plan's best other goal.

    ``cited`` are rows of goals that the note cites; two of them may be served at once and are no rivals. With
    ``semantic`` two columns more: likeness of meaning, treated in the same way.
    """
    import numpy as np

    rows = _beside_rivals(_centred(story, goals, bank), cited)
    if semantic:
        rows = np.hstack([rows, _beside_rivals(_meaning(story, goals, bank, semantic), cited)])
    return np.clip(rows, -_LIMIT, _LIMIT)


def _beside_rivals(centred: NDArray[np.float32], cited: frozenset[int]) -> NDArray[np.float32]:
    import numpy as np

    rivals = np.zeros_like(centred)
    for at in range(len(centred)):
        others = [row for row in range(len(centred)) if row != at and not {at, row} <= cited]
        if others:
            rivals[at] = centred[others].max(axis=0)
    return np.hstack([centred, centred - rivals])


def _meaning(story: Story, goals: Wordings, bank: Wordings, semantic: Embedder) -> NDArray[np.float32]:
    """One row for each goal: how near its meaning is to the note's, centred on the bank."""
    import numpy as np

    told = semantic.rows([story.whole.text])[0]
    near, background = (
        np.array([row @ told for row in semantic.rows([" ".join(goal) for goal in some.goals])])
        for some in (goals, bank)
    )
    centred: NDArray[np.float32] = (near - background.mean()) / (background.std() + _MEANING_FLOOR)
    return centred[:, None]


def centred_scores(story: Story, plan: Plan) -> NDArray[np.float32]:
    """One row for each goal of the plan: its ``FEATURES`` in standard deviations above the background."""
    return _centred(story, plan_wordings(plan), goal_bank())


def _centred(story: Story, goals: Wordings, bank: Wordings) -> NDArray[np.float32]:
    background = bank.scores(story)
    centred: NDArray[np.float32] = (goals.scores(story) - background.mean(axis=0)) / (background.std(axis=0) + _FLOOR)
    return centred


def goal_wording(goal: Goal) -> tuple[str, ...]:
    """The goal, its interventions and, where the plan tells it, how one will know."""
    said = (goal.text, *(intervention.text for intervention in goal.interventions))
    return (*said, goal.measure) if goal.measure else said


def plan_wordings(plan: Plan) -> Wordings:
    """The goals of a plan, the member's own name left out."""
    return _wordings(tuple(goal_wording(goal) for goal in plan.goals), _names(plan.header))


@lru_cache(maxsize=64)
def _wordings(goals: tuple[tuple[str, ...], ...], named: frozenset[str]) -> Wordings:
    return Wordings([tuple(_unnamed(text, named) for text in goal) for goal in goals])


def _names(header: Header) -> frozenset[str]:
    """The parts of the member's name, in lower case."""
    member = header.member.meaning if header.member else None
    return _parts(member.full) if member else frozenset()


@cache
def _parts(name: str) -> frozenset[str]:
    return frozenset(word for word in words(name) if len(word) > 1)


def _unnamed(text: str, names: frozenset[str]) -> str:
    """The text without these names; a word in lower case is none (a grace, a mark)."""
    return _capitalised(names).sub("", text) if names else text


@lru_cache(maxsize=64)
def _capitalised(names: frozenset[str]) -> re.Pattern[str]:
    """The names written with a capital, their genitives too."""
    spelt = "|".join(f"{re.escape(name[0].upper())}(?i:{re.escape(name[1:])})" for name in sorted(names))
    return re.compile(rf"\b(?:{spelt})\b(?:['’]s\b)?")


@cache
def goal_bank() -> Wordings:
    """The background: goals of many invented plans."""
    goals = json.loads((DATA / "goal_bank.json").read_text(encoding="utf-8"))
    return Wordings([tuple(goal) for goal in goals])


@cache
def _generic() -> frozenset[str]:
    return frozenset(str(word) for word in lexicon("boilerplate")["generic"]) | frozenset(lexicon("links")["plain"])
