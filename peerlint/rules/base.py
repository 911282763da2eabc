"""What a rule is: a pure function from a subject and a review to outcomes, with its own documentation.

A rule is a generator decorated with ``@rule``. Its docstring is its page in the manual and has these parts, in this
order: a first paragraph that says what it checks, then paragraphs that begin with ``Why:``, ``Bad:``, ``Good:`` and
``Mend:``. ``Bad`` and ``Good`` are records in plain text (``Label: value`` lines; ``---`` between documents) and are
executed by the tests: the bad one must yield ``not_met`` or ``needs_review``, the good one must not.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from peerlint.documents.model import Place
from peerlint.records.model import Caseload, Chart, DocumentFacts, Record, Section, ServiceNote, Signature, Value
from peerlint.rules.forms import Forms

if TYPE_CHECKING:
    from peerlint.language.reader import NarrativeReader


class Verdict(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    NEEDS_REVIEW = "needs_review"
    NOT_EVALUATED = "not_evaluated"


class Scope(StrEnum):
    """What a rule is asked about, and so what its first argument is."""

    DOCUMENT = "document"  # DocumentFacts
    RECORD = "record"  # any Record
    NOTE = "note"  # ServiceNote
    PLAN = "plan"  # Plan
    CRISIS_PLAN = "crisis plan"  # CrisisPlan
    CHART = "chart"  # Chart
    CASELOAD = "caseload"  # Caseload


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the record that an outcome rests on, and where they stand."""

    quote: str
    place: Place | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an outcome is about and where a person would mend it: a record of a document, or a document."""

    path: str
    index: int | None = None
    date: date | None = None
    member: str = ""

    @property
    def id(self) -> str:
        return self.path if self.index is None else f"{self.path}#{self.index}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One requirement judged on one subject. ``message`` is one plain sentence without a full stop."""

    verdict: Verdict
    subject: Subject
    message: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """What a rule may look at besides its subject. ``as_of`` is the only clock. ``parameters`` are the rule's defaults
    overlaid by the requirement's. ``chart`` is the chart of the subject, an empty one for a stray record. ``forms`` are
    the forms that the caseload's notes are written on."""

    as_of: date
    parameters: Mapping[str, Any]
    caseload: Caseload
    chart: Chart
    reader: NarrativeReader
    forms: Forms = field(default_factory=Forms)


Check = Callable[[Any, Review], Iterator[Outcome]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule. ``parameters`` are the declared options with their defaults."""

    code: str
    name: str
    scope: Scope
    check: Check
    parameters: Mapping[str, Any]

    def page(self) -> dict[str, str]:
        """The parts of the rule's page by name: "what", "why", "bad", "good", "mend"."""
        text = inspect.cleandoc(self.check.__doc__ or "")
        parts = re.split(r"^(Why|Bad|Good|Mend):[ \n]", text, flags=re.MULTILINE)
        page = {"what": " ".join(parts[0].split())}
        for name, body in zip(parts[1::2], parts[2::2], strict=True):
            body = inspect.cleandoc("\n" + body).strip()
            page[name.lower()] = body if name in ("Bad", "Good") else " ".join(body.split())
        return page

    @property
    def remedy(self) -> str:
        return self.page().get("mend", "")


REGISTRY: dict[str, Rule] = {}


def rule(code: str, name: str, scope: Scope, **parameters: Any) -> Callable[[Check], Check]:
    """Register a check under its stable code and name, with its options and their defaults."""

    def register(check: Check) -> Check:
        if code in REGISTRY:
            raise ValueError(f"rule {code} is registered twice")
        REGISTRY[code] = Rule(code, name, scope, check, parameters)
        return check

    return register


def subject(record: Record) -> Subject:
    member = record.header.member
    name = member.meaning.full if member and member.meaning else ""
    return Subject(record.header.path, record.header.index, record.date, name)


def document_subject(document: DocumentFacts) -> Subject:
    return Subject(document.path)


def quote(found: Value[Any] | Section | Signature | Evidence | None) -> tuple[Evidence, ...]:
    """The evidence that a value, section or signature gives; none for None."""
    match found:
        case None:
            return ()
        case Evidence():
            return (found,)
        case Section():
            return (Evidence(found.text, found.place, found.heading),)
        case Signature():
            return (Evidence(found.text or found.name, found.place, found.label),)
        case _:
            return (Evidence(found.text, found.place, found.label),)


def met(about: Record | Subject, message: str, *evidence: Evidence) -> Outcome:
    """A requirement met; ``met`` without evidence is a mistake of the rule."""
    if not evidence:
        raise ValueError("met needs evidence")
    return Outcome(Verdict.MET, _subject(about), message, evidence)


def not_met(about: Record | Subject, message: str, *evidence: Evidence) -> Outcome:
    return Outcome(Verdict.NOT_MET, _subject(about), message, evidence)


def needs_review(about: Record | Subject, message: str, *evidence: Evidence) -> Outcome:
    return Outcome(Verdict.NEEDS_REVIEW, _subject(about), message, evidence)


def not_applicable(about: Record | Subject, message: str, *evidence: Evidence) -> Outcome:
    return Outcome(Verdict.NOT_APPLICABLE, _subject(about), message, evidence)


def not_evaluated(about: Record | Subject, message: str, *evidence: Evidence) -> Outcome:
    return Outcome(Verdict.NOT_EVALUATED, _subject(about), message, evidence)


def _subject(about: Record | Subject) -> Subject:
    return about if isinstance(about, Subject) else subject(about)


def first_of(*records: Iterable[Record]) -> Record | None:
    """Where a finding about a whole chart stands: the first record of the first of these that has any."""
    return next((record for some in records for record in some), None)


def plan_in_force(note: ServiceNote, chart: Chart) -> Any:
    """The plan that governs a note: the latest one dated on or before the service, else the earliest later one."""
    dated = sorted((p for p in chart.plans if p.date), key=lambda p: (p.date or date.min, p.header.path))
    if note.date is None or not dated:
        return dated[-1] if dated else (chart.plans[0] if chart.plans else None)
    before = [p for p in dated if p.date and p.date <= note.date]
    return before[-1] if before else dated[0]
