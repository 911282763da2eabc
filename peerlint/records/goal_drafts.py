"""Goals while they are being read, and what they become."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from peerlint.documents.model import Place
from peerlint.records.goal_words import GoalWords, Level
from peerlint.records.model import Goal, Intervention, Value
from peerlint.records.placeholders import emptied

_SUBJECT = re.compile(r"^(?P<who>[A-Z][\w.'’-]*(?:[\s,&/]+(?:and\s+|the\s+)?[\w.'’-]+){0,6}?)\s+will\s")


@dataclass(slots=True)
class Step:
    """An intervention while it is being read."""

    text: str
    place: Place
    told: dict[str, str] = field(default_factory=dict)
    target: Value[date] | None = None

    def finish(self, words: GoalWords) -> Intervention:
        subject = _SUBJECT.match(self.text)
        responsible = self.told.get("responsible", "") or (subject["who"] if subject else "")
        frequency = self.told.get("frequency", "") or next(
            (
                m.group()
                for text in (self.told.get("service", ""), responsible, self.text)
                if (m := words.frequency.search(text))
            ),
            "",
        )
        return Intervention(self.text, self.place, responsible, self.told.get("service", ""), frequency, self.target)


@dataclass(slots=True)
class Draft:
    """A goal while it is being read."""

    level: Level
    number: str
    rank: int | None
    text: str
    place: Place
    parent: Draft | None = None
    told: dict[str, list[str]] = field(default_factory=dict)
    target: Value[date] | None = None
    steps: list[Step] = field(default_factory=list)

    def tell(self, part: str, text: str) -> None:
        if text:
            self.told.setdefault(part, []).append(text)

    def said(self, part: str) -> str:
        return "\n".join(self.told.get(part, ()))


def finished(drafts: list[Draft], words: GoalWords) -> Iterator[Goal]:
    """The drafts that are goals: short-range ones where a long-range one has any, and none without words."""
    parents = [draft.parent for draft in drafts if draft.parent and draft.text]
    kept = [draft for draft in drafts if draft not in parents and not _void(draft, words)]
    if any(draft.level is not Level.LONG for draft in kept):
        kept = [draft for draft in kept if draft.level is not Level.LONG or draft.steps]
    repeated = _restarting([draft for draft in kept if draft.parent])
    uncounted = _restarting([draft for draft in kept if draft.number and not draft.parent])
    for position, draft in enumerate(kept, 1):
        rank = None if uncounted and not draft.parent else draft.rank
        if draft.parent and (repeated or rank is None) and draft.parent.rank is not None:
            rank = draft.parent.rank
        _inherit(draft)
        yield _goal(draft, rank if rank is not None else position, words)


def _restarting(drafts: list[Draft]) -> bool:
    """Whether printed numbers come twice, as where short-range goals count from 1 again under each long-range goal."""
    seen = [(draft.rank, draft.number) for draft in drafts]
    return len(set(seen)) < len(seen)


def _void(draft: Draft, words: GoalWords) -> bool:
    return _says_none(draft.text, words) and (bool(emptied(draft.text)) or not draft.steps)


def _says_none(text: str, words: GoalWords) -> bool:
    """Whether a box is blank, or filled with a word for nothing ("(none)")."""
    text = emptied(text).strip(" .:-–—()[]").casefold()
    return not text or text in words.no_goal


def _inherit(draft: Draft) -> None:
    parent = draft.parent
    if parent is None:
        return
    for part in ("baseline", "measure"):
        if part not in draft.told and part in parent.told:
            draft.told[part] = parent.told[part]
    draft.target = draft.target or parent.target
    draft.steps = draft.steps or parent.steps


def _goal(draft: Draft, number: int, words: GoalWords) -> Goal:
    for part in ("responsible", "service", "frequency"):
        for step in draft.steps:
            if part in draft.told:
                step.told.setdefault(part, draft.said(part))
    target = draft.target or next((step.target for step in draft.steps if step.target), None)
    interventions = tuple(step.finish(words) for step in draft.steps if not _says_none(step.text, words))
    return Goal(
        number,
        draft.text,
        draft.place,
        draft.said("measure"),
        draft.said("baseline"),
        target,
        draft.said("status"),
        interventions,
    )
