"""Interventions of a note that the plan does not identify, although the note may serve a goal of the plan.

Only techniques of their own are told, those of ``rulesets/lexicons/techniques.yaml``, and only where the specialist
carries them out: everyday peer work fits every plan. An ordinary pursuit (cooking, exercise) is doubted only where
the note is far from every intervention that is planned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from peerlint.language.lexicon import lexicon
from peerlint.language.model import OffPlan
from peerlint.language.phrases import Phrasebook
from peerlint.language.substance import staff_acts
from peerlint.language.wordings import Story, centred_scores, goal_wording
from peerlint.language.words import sentences, unquoted, words
from peerlint.records.model import Intervention, Plan, Section, ServiceNote, Topic

FAR = 1.2
"""Likeness to the nearest planned intervention (in standard deviations above the background) below which a note is
far from the plan; 19 of 20 notes of planned work lie above."""
_QUOTED = re.compile('["“]')
_TOPICS = (Topic.PURPOSE, Topic.INTERVENTION, Topic.NARRATIVE)


@dataclass(frozen=True)
class _Technique:
    name: str
    called: Phrasebook
    planned_by: Phrasebook
    far: bool


def read_off_plan(note: ServiceNote, plan: Plan) -> Sequence[OffPlan]:
    """Techniques that the note carries out and no goal or intervention of the plan names, each once."""
    said = list(_telling(note))
    if not said or not plan.goals:
        return ()
    found = []
    for technique in _unplanned(tuple(goal_wording(goal) for goal in plan.goals)):
        told = next((sentence for sentence in said if _carried_out(sentence, technique)), None)
        if told and not (technique.far and not _far_from_plan(note, plan)):
            found.append(_off_plan(told, technique, note, plan))
    return found


@lru_cache(maxsize=64)
def _unplanned(goals: tuple[tuple[str, ...], ...]) -> tuple[_Technique, ...]:
    """The techniques that no goal or intervention names."""
    wording = words(" ".join(text for goal in goals for text in goal))
    return tuple(technique for technique in _techniques() if not technique.planned_by.find(wording))


@dataclass(frozen=True)
class _Sentence:
    text: str
    words: tuple[str, ...]
    section: Section


def _telling(note: ServiceNote) -> Iterator[_Sentence]:
    """The sentences that name a technique."""
    for section in note.sections(*_TOPICS):
        if not _QUOTED.search(section.text) and not _any_technique().find(words(section.text)):
            continue
        for text in sentences(section.text):
            sentence = _Sentence(text, tuple(words(unquoted(text))), section)
            if _any_technique().find(sentence.words):
                yield sentence


def _off_plan(told: _Sentence, technique: _Technique, note: ServiceNote, plan: Plan) -> OffPlan:
    why = f"{technique.name} is in no goal or intervention of the plan"
    return OffPlan(told.text, told.section.place, told.section.heading, _nearest(note, plan), not technique.far, why)


def _carried_out(sentence: _Sentence, technique: _Technique) -> bool:
    """Whether the specialist does it or meant to; a sentence that only speaks of it does not count."""
    start = next((start for start, _ in technique.called.spans(sentence.words)), None)
    if start is None:
        return False
    before = sentence.words[:start]
    if sentence.section.topic is Topic.PURPOSE:
        return not set(before) & _verbs("speak")
    return _does(before) and (sentence.section.topic is Topic.INTERVENTION or staff_acts(sentence.text))


def _does(before: Sequence[str]) -> bool:
    """Whether the words before a technique say that it was done: the last telling verb is no verb of speaking."""
    telling = [word for word in before if word in _verbs("apply") or word in _verbs("speak")]
    return bool(telling) and telling[-1] in _verbs("apply")


def _far_from_plan(note: ServiceNote, plan: Plan) -> bool:
    return float(centred_scores(Story.of(note), plan)[:, 1].max()) < FAR


def _nearest(note: ServiceNote, plan: Plan) -> Intervention | None:
    """The first intervention of the goal that the note's wording is likest to."""
    scores = centred_scores(Story.of(note), plan)[:, 1]
    goal = plan.goals[int(scores.argmax())]
    return goal.interventions[0] if goal.interventions else None


@cache
def _techniques() -> tuple[_Technique, ...]:
    entries: list[dict[str, Any]] = lexicon("techniques")["techniques"]
    return tuple(
        _Technique(
            entry["name"],
            Phrasebook(entry["words"]),
            Phrasebook([*entry["words"], *entry.get("planned_by", ())]),
            bool(entry.get("far", False)),
        )
        for entry in entries
    )


@cache
def _any_technique() -> Phrasebook:
    return Phrasebook([word for entry in lexicon("techniques")["techniques"] for word in entry["words"]])


@cache
def _verbs(name: str) -> frozenset[str]:
    return frozenset(str(word) for word in lexicon("techniques")[name])
