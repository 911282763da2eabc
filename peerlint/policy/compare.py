"""What changed between two rulesets, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from peerlint.policy.codes import codes
from peerlint.policy.model import Clause, ClauseKind, Requirement, Ruleset


class Turn(StrEnum):
    """What became of a requirement, or of an item to attest."""

    ADDED = "added"
    DROPPED = "dropped"
    MOVED = "moved to another clause"
    PARAMETERS = "asks for other figures"
    SEVERITY = "weighs differently"
    CITATION = "is cited differently"
    BINDS = "binds other dates"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``subject`` is a rule with its name, or "attest"; ``words`` say what was and what is."""

    turn: Turn
    subject: str
    words: str


def compare(old: Ruleset, new: Ruleset) -> list[Change]:
    """Every difference from ``old`` to ``new``, by kind of difference and then by rule."""
    changes = [*_of_requirements(old, new), *_of_attestations(old, new)]
    return sorted(changes, key=lambda change: (list(Turn).index(change.turn), change.subject))


def _of_requirements(old: Ruleset, new: Ruleset) -> Iterator[Change]:
    for code in sorted({*old.requirements, *new.requirements}):
        before, after = old.requirements.get(code), new.requirements.get(code)
        name = f"{code} {codes().names[code]}"
        if before and after:
            for turn, words in _turns(before, after):
                yield Change(turn, name, words)
        elif after:
            yield Change(Turn.ADDED, name, _summary(after))
        elif before:
            yield Change(Turn.DROPPED, name, _summary(before))


def _turns(before: Requirement, after: Requirement) -> Iterator[tuple[Turn, str]]:
    for turn, tell in _TELLING:
        was, now = tell(before), tell(after)
        if was != now:
            yield turn, f"{was} → {now}"
    if changed := _parameters(before.parameters, after.parameters):
        yield Turn.PARAMETERS, changed


def _place(requirement: Requirement) -> str:
    return f"{requirement.policy} {requirement.clause}" if requirement.clauses else requirement.clause


def _weight(requirement: Requirement) -> str:
    return f"{requirement.severity}, hard stop" if requirement.hard_stop else str(requirement.severity)


def _period(requirement: Requirement) -> str:
    return f"{requirement.binds.since or 'always'} to {requirement.binds.until or 'now'}"


_TELLING: tuple[tuple[Turn, Callable[[Requirement], str]], ...] = (
    (Turn.MOVED, _place),
    (Turn.SEVERITY, _weight),
    (Turn.CITATION, lambda requirement: requirement.citation),
    (Turn.BINDS, _period),
    (Turn.REWORDED, lambda requirement: f'"{requirement.asks}"'),
)


def _parameters(before: dict[str, Any], after: dict[str, Any]) -> str:
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return "; ".join(f"{name}: {_figure(before, name)} → {_figure(after, name)}" for name in names)


def _figure(parameters: dict[str, Any], name: str) -> str:
    if name not in parameters:
        return "not set"
    match parameters[name]:
        case list() as items:
            return ", ".join(map(str, items)) or "none"
        case bool() as truth:
            return "yes" if truth else "no"
        case value:
            return str(value)


def _summary(requirement: Requirement) -> str:
    figures = "; ".join(f"{name}: {_figure(requirement.parameters, name)}" for name in requirement.parameters)
    figures = f" ({figures})" if figures else ""
    return f"{_place(requirement)}, {_weight(requirement)}: {requirement.asks}{figures}"


def _of_attestations(old: Ruleset, new: Ruleset) -> Iterator[Change]:
    before, after = _attested(old), _attested(new)
    for says in {**before, **after}:
        was, now = before.get(says), after.get(says)
        if was and now and was.id != now.id:
            yield Change(Turn.MOVED, "attest", f"{was.policy} {was.id} → {now.policy} {now.id}")
        elif now and not was:
            yield Change(Turn.ADDED, "attest", f"{now.policy} {now.id}: {says}")
        elif was and not now:
            yield Change(Turn.DROPPED, "attest", f"{was.policy} {was.id}: {says}")


def _attested(ruleset: Ruleset) -> dict[str, Clause]:
    """The clauses to attest by what they say; the ruleset's own before inherited ones."""
    clauses = [clause for clause in ruleset.clauses if clause.kind is ClauseKind.ATTEST]
    return {clause.says: clause for clause in reversed(clauses)}
