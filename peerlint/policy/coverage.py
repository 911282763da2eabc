"""Every clause of a policy with how it is covered, so that nothing in a source is silently dropped."""

from __future__ import annotations

from dataclasses import dataclass

from peerlint.policy.attest import missing_evidence
from peerlint.policy.codes import codes
from peerlint.policy.model import Clause, ClauseKind, Ruleset


@dataclass(frozen=True, slots=True)
class Coverage:
    """One clause and its cover. ``uncovered`` are the rules it names that nothing asks for in its name."""

    clause: Clause
    how: str
    uncovered: tuple[str, ...] = ()


def coverage(ruleset: Ruleset) -> list[Coverage]:
    """All clauses, the ruleset's own first, then those it inherits."""
    return [_cover(ruleset, clause) for clause in ruleset.clauses]


def _cover(ruleset: Ruleset, clause: Clause) -> Coverage:
    match clause.kind:
        case ClauseKind.ATTEST:
            return Coverage(clause, "a person attests")
        case ClauseKind.CONTEXT:
            return Coverage(clause, "no duty on a record")
    uncovered = tuple(code for code in clause.rules if not _asked(ruleset, clause, code))
    how = ", ".join(_words(ruleset, clause, code) for code in clause.rules)
    if needed := missing_evidence(clause):
        how += f" (to be attested: needs {needed})"
    return Coverage(clause, how, uncovered)


def _asked(ruleset: Ruleset, clause: Clause, code: str) -> bool:
    """An own clause must be cited for each of its rules; an inherited one may have given way to own words."""
    requirement = ruleset.requirements.get(code)
    if requirement is None:
        return False
    return clause.policy != ruleset.policy or clause.id in requirement.clauses


def _words(ruleset: Ruleset, clause: Clause, code: str) -> str:
    named = f"{code} {codes().names[code]}"
    requirement = ruleset.requirements.get(code)
    if requirement is None or not _asked(ruleset, clause, code):
        return f"{named} (not asked for)"
    if requirement.policy != clause.policy:
        return f"{named} (as {requirement.policy} {requirement.clause})"
    return named
