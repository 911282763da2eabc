"""The report of one run: what every format renders and what ``--format json`` saves.

Field names are the contract of the JSON report; whoever adds one adds it here. Everything is plain data, so that a
saved report reads back equal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

SCHEMA = "peerlint-report/1"


@dataclass(frozen=True, slots=True)
class Citation:
    """The clause an outcome rests on. ``status``: "verified", "unverified" or "general" (no clause of this policy)."""

    ruleset: str
    policy: str
    clause: str
    status: str = "verified"


@dataclass(frozen=True, slots=True)
class Location:
    page: int | None = None
    label: str = ""
    block: int | None = None


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record as the report lists it. Dates are ISO; ``units`` and ``minutes`` as stated, None where not.

    ``subject`` is the id that outcomes use ("charts/x/note.docx#0"). ``goals`` are texts of a plan's goals by number;
    ``period`` a plan's first and last day; ``signatures`` role, name and date; ``acts`` are assessments and service
    orders that the record tells of: what, date and by whom.
    """

    subject: str
    kind: str
    member: str
    medicaid_id: str
    date: str | None
    chart: str = ""
    title: str = ""
    specialist: str = ""
    start: str | None = None
    end: str | None = None
    minutes: int | None = None
    units: float | None = None
    contact: str = ""
    pages: list[int] | None = None
    goals: dict[str, str] = field(default_factory=dict)
    period: list[str | None] | None = None
    signatures: list[dict[str, str | None]] = field(default_factory=list)
    acts: list[dict[str, str | None]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DocumentLine:
    path: str
    sha256: str
    status: str  # "read" or "not_evaluated"
    reason: str | None
    records: list[RecordLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Finding:
    """An outcome that is ``not_met`` or ``needs_review``, on the document where a person would mend it."""

    rule: str
    name: str
    verdict: str
    severity: str
    path: str
    date: str | None
    member: str
    message: str
    evidence: str
    location: Location
    citation: Citation
    remedy: str
    fingerprint: str
    disposition: str = "open"
    chart: str = ""
    subject: str = ""
    specialist: str = ""
    hard_stop: bool = False


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    rule: str
    subject: str
    verdict: str
    evidence: str
    location: Location
    citation: Citation
    message: str = ""
    severity: str = ""
    chart: str = ""
    date: str | None = None


@dataclass(frozen=True, slots=True)
class LinkLine:
    """The goals one note serves: ``why`` holds goal, evidence and score of each."""

    path: str
    date: str | None
    goals: list[int]
    why: list[dict[str, Any]] = field(default_factory=list)
    subject: str = ""


@dataclass(frozen=True, slots=True)
class AttestLine:
    ruleset: str
    clause: str
    says: str


@dataclass(frozen=True, slots=True)
class RulesetLine:
    id: str
    sha256: str
    title: str = ""
    policy: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole run. ``run`` holds as_of, root and redacted; ``summary`` is reckoned by ``findings.tally``.

    ``requirements`` list every requirement: rule, name, ruleset, severity, clause, policy, asks, status, hard_stop.
    """

    tool: dict[str, str]
    run: dict[str, Any]
    rulesets: list[RulesetLine]
    documents: list[DocumentLine]
    findings: list[Finding]
    outcomes: list[OutcomeLine]
    links: list[LinkLine]
    attest: list[AttestLine]
    summary: dict[str, Any] = field(default_factory=dict)
    requirements: list[dict[str, Any]] = field(default_factory=list)
    schema: str = SCHEMA
