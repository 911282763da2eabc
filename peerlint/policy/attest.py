"""What only a person can answer: the clauses that no reading of plans, crisis plans and notes can settle."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.policy.codes import codes
from peerlint.policy.model import Clause, ClauseKind, Ruleset


def attestations(ruleset: Ruleset) -> list[tuple[str, str]]:
    """Clause ids with what to attest: clauses of kind ``attest``, and those whose rules need more than documents."""
    return [(clause.id, says) for clause in ruleset.clauses for says in _to_attest(ruleset, clause)]


def missing_evidence(clause: Clause) -> str:
    """What the clause's rules would need besides documents ("claims"), "" where documents suffice."""
    return " and ".join(dict.fromkeys(codes().attested[code] for code in clause.rules if code in codes().attested))


def _to_attest(ruleset: Ruleset, clause: Clause) -> Iterator[str]:
    if clause.kind is ClauseKind.ATTEST:
        yield clause.says
    elif _is_cited(ruleset, clause) and (needed := missing_evidence(clause)):
        yield f"{clause.says} (to be attested: needs {needed})"


def _is_cited(ruleset: Ruleset, clause: Clause) -> bool:
    """Whether a rule that needs more than documents rests on this clause, and not on another policy's in its place."""
    asked = [ruleset.requirements[code] for code in clause.rules if code in codes().attested]
    return any(requirement.policy == clause.policy for requirement in asked)
