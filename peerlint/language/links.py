"""How a note bears on the goals of the plan.

A goal is held to be served by its likeness to the note (see ``wordings.py``) and by the number that the note cites: a
cited goal is believed unless the narrative plainly serves another goal, or is about something that no goal or
intervention of the plan tells; an uncited goal must be clearly served.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from math import inf, log
from typing import TYPE_CHECKING

from peerlint.language.lexicon import lexicon
from peerlint.language.model import Activity, Certainty, GoalLink, LinkStrength, OffPlan
from peerlint.language.wordings import (
    DATA,
    Story,
    bearing,
    content_words,
    features,
    full_words,
    goal_bank,
    goal_wording,
    plan_wordings,
    rarity,
)
from peerlint.language.words import stem
from peerlint.records.model import Goal, Plan, ServiceNote, Value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from peerlint.language.semantic import Embedder


@dataclass(frozen=True)
class _Cuts:
    """Chances by wording alone, from which a goal is held to be served. Chosen between two hands."""

    served: float = 0.5  # one goal among several
    best: float = 0.25  # the best goal of a note that cites none
    weak: float = 0.12  # it may be served; below, it is not
    cited: float = 0.05  # a goal that the note cites
    cited_beside: float = 0.01  # one of several cited goals of which another is served
    rival: float = 0.80  # an uncited goal so clearly served that a cited one needs more than its number ...
    cited_against: float = 0.25  # ... namely this
    uncited: float = 0.95  # a goal left out of the citation of a note that serves what it cites
    something_else: float = -1.25  # how far a note bears on the goals, with its odds, below which it is about none


CUTS = _Cuts()
_ODDS = 0.25  # weight of the odds of the best goal and of the cited one, beside how far the note bears on the goals
_STRANGE = 0.3 * 255  # likeness of the words of a citation to those of the goals, below which no goal tells them
_STRANGE_CITATION = -1.5  # what such a citation of a goal that the plan does not have takes away
_LEAST = 0.001  # chance below which odds say no more
_WORDS_SHOWN = 4


def read_links(
    note: ServiceNote,
    plan: Plan,
    activities: Sequence[Activity] = (),
    techniques: Sequence[OffPlan] = (),
    semantic: Embedder | None = None,
) -> tuple[GoalLink, ...]:
    """How the note bears on each goal of the plan, in the order of the goals.

    ``activities`` and ``techniques`` are those found in the note. Where nobody was met, no goal is served; where the
    time went to something that is not covered, a goal is served only if the wording says so. ``semantic`` gives a
    second opinion.
    """
    if not plan.goals:
        return ()
    story, cited = Story.of(note), _cited(note, plan)
    rows = frozenset(at for at, goal in enumerate(plan.goals) if goal.number in cited)
    about = inf if rows and _explained(activities, techniques) else _bearing(story, plan, note.goals_cited, rows)
    chances = _chances(story, plan, rows)
    found = strengths(chances, rows, about)
    if semantic and not about_something_else(chances, rows, about):
        chances = _chances(story, plan, rows, semantic)
        found = agreed(found, strengths(chances, rows, about), rows)
    return tuple(
        _link(goal, _unless_elsewhere(strength, chance, at in rows, activities), round(chance, 3), story, at in rows)
        for at, (goal, chance, strength) in enumerate(zip(plan.goals, chances, found, strict=True))
    )


def _bearing(story: Story, plan: Plan, citation: Value[tuple[int, ...]] | None, cited: frozenset[int]) -> float:
    """How far what the note is about bears on the plan, less where it cites a goal that the plan does not have, in
    words that no goal tells."""
    goals = plan_wordings(plan)
    said = content_words(full_words(citation.text)) if citation and citation.meaning and not cited else []
    strange = bool(said) and float(goals.likeness(said).max(axis=1).mean()) < _STRANGE
    return bearing(story, goals) + _STRANGE_CITATION * strange


def _explained(activities: Sequence[Activity], techniques: Sequence[OffPlan]) -> bool:
    """Whether what is foreign to the plan is reported by itself: something not covered, or a technique off the plan."""
    explained = any(found.category in lexicon("links")["besides_the_work"] for found in _sure(activities))
    return explained or any(technique.sure for technique in techniques)


def _sure(activities: Sequence[Activity]) -> Iterator[Activity]:
    for found in activities:
        if found.innocence is None and found.certainty in (Certainty.BOTH, Certainty.EXPLICIT):
            yield found


def _chances(story: Story, plan: Plan, cited: frozenset[int], semantic: Embedder | None = None) -> list[float]:
    """For each goal the chance (0 to 1) that the note serves it, leaving the citation itself out."""
    import numpy as np

    weights = _weights("links-semantic.json" if semantic else "links.json")
    odds = features(story, plan_wordings(plan), goal_bank(), cited, semantic) @ weights[:-1] + weights[-1]
    chances: list[float] = (1 / (1 + np.exp(-odds))).tolist()
    return chances


def agreed(
    by_wording: Sequence[LinkStrength], with_meaning: Sequence[LinkStrength], cited: frozenset[int]
) -> list[LinkStrength]:
    """Meaning may raise a weak link or cast doubt on a strong one; by itself it neither makes nor breaks one. Where
    each finds another goal served, the one that the note cites is."""
    found = [_weighed(one, other) for one, other in zip(by_wording, with_meaning, strict=True)]
    if LinkStrength.SUPPORTED in found or LinkStrength.SUPPORTED not in by_wording:
        return found
    if LinkStrength.SUPPORTED not in with_meaning:
        return found
    return list(with_meaning if any(with_meaning[at] is LinkStrength.SUPPORTED for at in cited) else by_wording)


def _weighed(by_wording: LinkStrength, with_meaning: LinkStrength) -> LinkStrength:
    if LinkStrength.WEAK in (by_wording, with_meaning):
        return LinkStrength.SUPPORTED if with_meaning is LinkStrength.SUPPORTED else LinkStrength.WEAK
    return by_wording if by_wording is with_meaning else LinkStrength.WEAK


def strengths(chances: Sequence[float], cited: frozenset[int], about: float) -> list[LinkStrength]:
    """How strongly each goal is served, from the chances by wording, the rows of the goals that the note cites and how
    far what the note is about bears on the goals."""
    served = set() if about_something_else(chances, cited, about) else _served(chances, cited)
    return [
        LinkStrength.SUPPORTED if at in served else LinkStrength.WEAK if chance >= CUTS.weak else LinkStrength.NONE
        for at, chance in enumerate(chances)
    ]


def about_something_else(chances: Sequence[float], cited: frozenset[int], about: float) -> bool:
    """Whether what a note tells is foreign to all goals of the plan, whatever it cites."""
    best, named = max(chances), max((chances[at] for at in cited), default=max(chances))
    return _ODDS * (_odds(best) + _odds(named)) + about < CUTS.something_else


def _odds(chance: float) -> float:
    chance = min(max(chance, _LEAST), 1 - _LEAST)
    return log(chance / (1 - chance))


def _served(chances: Sequence[float], cited: frozenset[int]) -> set[int]:
    """The rows of the goals that a note serves, if it serves any. A citation is believed where nothing speaks for
    another goal."""
    if served := _cited_and_served(chances, cited):
        return served | {at for at, chance in enumerate(chances) if chance >= CUTS.uncited}
    if served := {at for at, chance in enumerate(chances) if chance >= CUTS.served}:
        return served
    return set(cited) or {at for at, chance in enumerate(chances) if chance == max(chances) and chance >= CUTS.best}


def _unless_elsewhere(
    strength: LinkStrength, chance: float, is_cited: bool, activities: Sequence[Activity]
) -> LinkStrength:
    """The strength of a link beside what else the time went to."""
    if any(found.innocence is None and found.category in lexicon("links")["nobody_met"] for found in activities):
        return LinkStrength.NONE
    if strength is not LinkStrength.SUPPORTED:
        return strength
    went = {found.category for found in _sure(activities)}
    if went & set(lexicon("links")["for_others"]):
        return LinkStrength.WEAK
    elsewhere = went & set(lexicon("links")["elsewhere"])
    return LinkStrength.WEAK if elsewhere and not (is_cited and chance >= CUTS.served) else strength


def _cited_and_served(chances: Sequence[float], cited: frozenset[int]) -> set[int]:
    """Cited goals that the wording does not gainsay."""
    rival = max((chance for at, chance in enumerate(chances) if at not in cited), default=0.0)
    floor = CUTS.cited_against if rival >= CUTS.rival else CUTS.cited
    served = {at for at in cited if chances[at] >= floor}
    return served | {at for at in cited if served and chances[at] >= CUTS.cited_beside}


def _cited(note: ServiceNote, plan: Plan) -> frozenset[int]:
    """Numbers of the plan's goals that the note cites, by number or by their own words."""
    if note.goals_cited is None:
        return frozenset()
    numbers = {goal.number for goal in plan.goals}
    cited = numbers & set(note.goals_cited.meaning or ())
    return frozenset(cited or (goal.number for goal in plan.goals if _quotes(note.goals_cited.text, goal.text)))


def _quotes(text: str, goal: str) -> bool:
    """Whether a citation gives most telling words of a goal, or is wholly made of them."""
    said, wording = ({stem(word) for word in content_words(full_words(t))} for t in (text, goal))
    shared = len(said & wording)
    return shared > 0 and (shared >= 0.6 * len(wording) or (shared >= 2 and shared >= 0.8 * len(said)))


def _link(goal: Goal, strength: LinkStrength, chance: float, story: Story, is_cited: bool) -> GoalLink:
    return GoalLink(goal, strength, chance, _evidence(goal, story, is_cited), is_cited)


def _evidence(goal: Goal, story: Story, is_cited: bool) -> str:
    """The cited number, and words that note and goal share, the rarest first."""
    shared = (word for word in _rarest_first(goal_wording(goal)) if stem(word) in story.whole.stems)
    words_shown = ", ".join(islice(shared, _WORDS_SHOWN))
    return "; ".join(part for part in (f"cites goal {goal.number}" if is_cited else "", words_shown) if part)


@lru_cache(maxsize=512)
def _rarest_first(wording: tuple[str, ...]) -> tuple[str, ...]:
    row = content_words(full_words(" ".join(wording)))
    return tuple(sorted(row, key=lambda word: (-rarity(word), word)))


@cache
def _weights(name: str) -> NDArray[np.float64]:
    import numpy as np

    return np.array(list(json.loads((DATA / name).read_text(encoding="utf-8")).values()))
