"""A payer's policy as typed data: clauses, and the requirements by which rules check them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Severity(StrEnum):
    ERROR = "error"  # the contact is not billable, or money is at risk
    WARNING = "warning"  # to be mended before an audit
    INFO = "info"  # quality


class ClauseKind(StrEnum):
    RULE = "rule"
    ATTEST = "attest"
    CONTEXT = "context"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Period(_Strict):
    """Dates of service, both ends inclusive; an open end is None."""

    since: date | None = Field(default=None, alias="from")
    until: date | None = None

    def covers(self, day: date | None) -> bool:
        """Whether ``day`` lies in the period; a record without a date is covered by every period."""
        if day is None:
            return True
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Clause(_Strict):
    """One duty of the source policy in our own words. ``rules`` are the codes that check a clause of kind ``rule``."""

    id: str
    policy: str
    kind: ClauseKind
    says: str
    rules: tuple[str, ...] = ()


class Requirement(_Strict):
    """One rule with its parameters as one policy asks for it.

    ``clauses`` are ids of clauses in ``policy``; a general rule of record keeping has none and says so.
    ``citation`` is "verified" where the clause was read in the source, "unverified" where it is remembered.
    ``ruleset`` is the id of the file that declares it (an extended base keeps its own name and policy).
    """

    rule: str
    severity: Severity
    policy: str
    ruleset: str
    clauses: tuple[str, ...] = ()
    citation: str = "verified"
    asks: str = ""
    parameters: dict[str, Any] = Field(default_factory=dict)
    binds: Period = Period()
    hard_stop: bool = False

    @property
    def clause(self) -> str:
        return ", ".join(self.clauses) if self.clauses else "general rule"


class Ruleset(_Strict):
    """One payer policy in one version. ``sha256`` is over the bytes of its file and of every file it extends.

    ``aliases`` are the names by which charts call the payer. A ruleset without dates is chosen by name only.
    """

    id: str
    title: str
    policy: str
    payer: str
    aliases: tuple[str, ...] = ()
    jurisdiction: str
    status: str = "in force"
    in_effect: Period = Period()
    extends: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()
    requirements: dict[str, Requirement] = Field(default_factory=dict)
    sha256: str = ""
