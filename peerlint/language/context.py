"""Why words that look like an activity are none: negated, planned, past, taught, arranged, not billed, only
talked of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from peerlint.language.actors import Sentence
from peerlint.language.clauses import wordlist
from peerlint.language.cues import Category, Cue, Hit, compile_cue
from peerlint.language.lexicon import lexicon
from peerlint.language.model import Actor, Innocence

_REASONS = {
    "negated": Innocence.NEGATED,
    "planned": Innocence.PLANNED,
    "history": Innocence.PAST,
    "taught": Innocence.TAUGHT,
    "arranged": Innocence.ARRANGED,
    "topic": Innocence.PLANNED,
    "reported": Innocence.SOMEBODY_ELSE,
    "not-billed": Innocence.NOT_BILLED,
    "tied": Innocence.PLANNED_SKILL,
}
_JOINING = frozenset(("and", "then", "n"))
_WITHIN_CLAUSE = frozenset(',"“”')
_OPENING = 4


@dataclass(frozen=True, slots=True)
class Modifier:
    """Words of one reason. Each pattern holds all the cues of its reach, None where there are none.

    ``asks`` says where it applies only: "nobody named", "doer matters", "goal excuses". ``stops_at_comma``
    bounds its reach;
    ``vetoes_model`` lets it silence what only the model says.
    """

    name: str
    before: re.Pattern[str] | None
    sentence: re.Pattern[str] | None
    near: re.Pattern[str] | None
    asks: frozenset[str]
    stops_at_comma: bool
    vetoes_model: bool


@cache
def modifiers() -> tuple[Modifier, ...]:
    return tuple(_modifier(name, entry) for name, entry in lexicon("context").items())


def _modifier(name: str, entry: Mapping[str, Any]) -> Modifier:
    before, sentence, near = (_joined(entry.get(reach, ())) for reach in ("before", "sentence", "near"))
    asks = frozenset(entry.get("only-where", ()))
    return Modifier(
        name, before, sentence, near, asks, entry.get("stops-at") == "comma", bool(entry.get("vetoes-model"))
    )


def _joined(texts: Sequence[str]) -> re.Pattern[str] | None:
    if not texts:
        return None
    cues: list[Cue] = [compile_cue(text) for text in texts]
    return re.compile("|".join(f"(?:{cue.regex})" for cue in cues))


def innocence(sentences: Sequence[Sentence], at: int, hit: Hit, actor: Actor, category: Category) -> Innocence | None:
    """Why a cue in the sentence ``at`` does not count, None where nothing speaks for it.

    Who did it is judged elsewhere."""
    sentence = sentences[at]
    ahead = _ahead(sentence, hit, _is_finite(sentence.words[hit.first], hit))
    close = _ahead(sentence, hit, True)
    everywhere = category.told_by_absence  # what bills nothing may say so anywhere
    beside = sentences if everywhere else sentences[max(0, at - 1) : at + 2]
    around = [" " + " ".join(s.words) + " " for s in beside]
    whole = " " + " ".join(sentence.words) + " "
    for modifier in modifiers():
        if modifier.name in hit.group.deaf or modifier.name not in _REASONS:
            continue
        if "nobody named" in modifier.asks and actor is Actor.STAFF:
            continue
        if "doer matters" in modifier.asks and hit.group.anyone:
            continue
        if "goal excuses" in modifier.asks and not category.excused_by_goal:
            continue
        if _speaks(modifier, close if modifier.stops_at_comma else ahead, whole, around):
            return _REASONS[modifier.name]
    return None


def model_innocence(sentences: Sequence[Sentence], at: int, actor: Actor, category: Category) -> Innocence | None:
    """Why a sentence that only the model takes for an activity does not count.

    The model knows nothing of who did it and whether it happened."""
    if not category.anybodys and actor not in (Actor.STAFF, Actor.NOBODY):
        return Innocence.SOMEBODY_ELSE
    whole = " " + " ".join(sentences[at].words) + " "
    around = [" " + " ".join(s.words) + " " for s in sentences[max(0, at - 1) : at + 2]]
    opening = " " + " ".join(sentences[at].words[:_OPENING]) + " "
    for modifier in modifiers():
        denies_what_is_missing = category.told_by_absence and modifier.name == "negated"
        if not modifier.vetoes_model or denies_what_is_missing:
            continue
        if _speaks(modifier, opening, whole, around):
            return _REASONS[modifier.name]
    return None


def _speaks(modifier: Modifier, ahead: str, whole: str, around: Sequence[str]) -> bool:
    return bool(
        (modifier.before and modifier.before.search(ahead))
        or (modifier.sentence and modifier.sentence.search(whole))
        or (modifier.near and any(modifier.near.search(text) for text in around))
    )


def _ahead(sentence: Sentence, hit: Hit, stops_at_commas: bool) -> str:
    """The words that bear on a cue: those before it, and those inside it where it begins with a person ("I
    will drive")."""
    end = hit.last if hit.cue.text.startswith("{STAFF}") else hit.first
    return " " + " ".join(sentence.words[_reach(sentence, hit, stops_at_commas) : end]) + " "


def _reach(sentence: Sentence, hit: Hit, stops_at_commas: bool) -> int:
    """Where the words ahead of a cue begin that bear on it.

    What was done ("drove", after a comma or "and") is not covered by what was not done, planned or talked
    about before it;
    what is only named ("driving", "a ride") is.
    """
    if (
        stops_at_commas
        and hit.first
        and sentence.words[hit.first - 1] in _JOINING
        and _is_finite(sentence.words[hit.first], hit)
    ):
        return hit.first
    for i in range(hit.first - 1, -1, -1):
        word, written = sentence.words[i], sentence.written[i]
        if word in wordlist("reach-ends") or (word == ";" and (stops_at_commas or written not in _WITHIN_CLAUSE)):
            return i + 1
    return 0


def _is_finite(word: str, hit: Hit) -> bool:
    """Whether a cue begins with a verb that tells of something done."""
    if not hit.cue.text.startswith("~") or word.endswith("ing"):
        return False
    return word not in {choice.removeprefix("~") for choice in hit.cue.text.split()[0].split("|")}


def contact_held(sentences: Sequence[Sentence], at: int) -> bool:
    """Whether other sentences than ``at`` show that the member was met after all."""
    met = next(m for m in modifiers() if m.name == "met")
    assert met.sentence is not None
    return any(
        met.sentence.search(" " + " ".join(sentence.words) + " ") for i, sentence in enumerate(sentences) if i != at
    )
