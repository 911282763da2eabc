"""Can the documents be read and trusted at all? (D101 to D108)"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeVar

from peerlint.records.model import (
    Caseload,
    Chart,
    DocumentFacts,
    Kind,
    OtherKind,
    OtherRecord,
    Record,
    ServiceNote,
    Value,
)
from peerlint.rules.absence import unread_beside, unsure_beside
from peerlint.rules.base import (
    Evidence,
    Outcome,
    Review,
    Scope,
    document_subject,
    met,
    needs_review,
    not_applicable,
    not_evaluated,
    not_met,
    quote,
    rule,
)
from peerlint.rules.duplicates import copies_of

T = TypeVar("T")

_KIND_NAMES = {
    Kind.NOTE: "a note",
    Kind.PLAN: "a plan",
    Kind.CRISIS_PLAN: "a crisis plan",
    Kind.OTHER: "another paper",
}


@rule("D101", "unreadable-document", Scope.DOCUMENT)
def unreadable_document(document: DocumentFacts, review: Review) -> Iterator[Outcome]:
    """Every document can be opened and read.

    Why: A record that cannot be opened supports nothing, and an auditor will not ask for it twice.
    Bad: (a file that cannot be opened: no words can show it)
    Good:
        Progress note
        Member: Ana Ruiz
        Date of service: 03/04/2025
        Service: Peer Support Services
    Mend: Open the file in the program that made it and save it again as DOCX or PDF, without a password.
    """
    about = document_subject(document)
    if document.unreadable and not document.no_text:
        yield not_met(about, f"not judged: {document.unreadable}")
    elif document.unreadable:
        yield not_applicable(about, "a scan without text: see no-text-layer")
    else:
        yield met(about, "the document was read", _what_was_read(document))


@rule("D102", "no-text-layer", Scope.DOCUMENT)
def no_text_layer(document: DocumentFacts, review: Review) -> Iterator[Outcome]:
    """Every document holds text that can be read; a scan needs text recognition first.

    Why: A picture of a note can be read by people only. It is listed and not judged, so that nobody takes silence for a
    pass.
    Bad: (a scan: no words can show it)
    Good:
        Progress note
        Member: Ana Ruiz
        Date of service: 03/04/2025
        Service: Peer Support Services
    Mend: Install the text recognition extra and run again, or read the scan yourself.
    """
    about = document_subject(document)
    if document.no_text:
        yield not_met(about, f"not judged: {document.unreadable or 'the document has no text'}")
    elif document.unreadable:
        yield not_applicable(about, "the document could not be opened: see unreadable-document")
    else:
        yield met(about, "the document has text", _what_was_read(document))


@rule("D103", "unknown-document-kind", Scope.DOCUMENT)
def unknown_document_kind(document: DocumentFacts, review: Review) -> Iterator[Outcome]:
    """Every document is a note, a plan, a crisis plan or another record that belongs in a chart.

    A record that may be of one kind or another is not judged by the rules for either.

    Why: What is filed in a chart without being part of it may be somebody else's, and what was meant to be a note may
    have lost its form.
    Bad:
        FRIDAY FISH FRY
        All you can eat, five to eight, doors open at half past four.
        Bring the family.
    Good:
        Progress note
        Member: Ana Ruiz
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I helped Ana fill in her housing application.
    Mend: File it where it belongs, or put it on the form that it was meant to be.
    """
    about = document_subject(document)
    if document.unreadable:
        yield not_applicable(about, "the document could not be read")
    elif unsure := next((record for record in document.records if record.header.may_be), None):
        yield needs_review(about, f"cannot tell what kind of record this is: {_what_it_may_be(unsure)}")
    elif stray := _letter_about_nobody(document, review.caseload):
        yield not_met(about, "a letter or memo that names no member", *quote(_title(stray)))
    elif any(_known(record) for record in document.records):
        yield met(about, "the document is a known record", _what_was_read(document))
    else:
        yield not_met(about, "neither a note nor a plan, a crisis plan or another known record")


@rule("D104", "unfilled-template", Scope.RECORD)
def unfilled_template(record: Record, review: Review) -> Iterator[Outcome]:
    """No placeholder, instruction or sample text of a form is left where content belongs.

    Why: It shows that the part was never written, and that nobody read the record before it was signed.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I helped Ana fill in her housing application.
        Plan for next contact: [Enter plan for next contact here]
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I helped Ana fill in her housing application.
        Plan for next contact: Call two complexes on Tuesday.
    Mend: Let the writer fill the place in a dated and signed correction, or strike it where it does not apply.
    """
    left = record.header.placeholders
    if left:
        yield not_met(record, "form text is left where content belongs", *(e for value in left for e in quote(value)))
    else:
        yield met(record, "no form text is left in the record", Evidence("", record.header.place, "whole record"))


@rule("D105", "unresolved-revisions", Scope.RECORD)
def unresolved_revisions(record: Record, review: Review) -> Iterator[Outcome]:
    """A finished record holds no tracked insertion, deletion or open comment.

    Why: A reader cannot tell which words were signed. What one viewer shows another hides.
    Bad: (tracked changes of a word processor: no plain words can show them)
    Good:
        Progress Note
        Member: Ana Ruiz
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I helped Ana fill in her housing application.
    Mend: Let the author accept or reject each change and sign the record anew with today's date.
    """
    changes = record.header.revisions
    if changes:
        kinds = Counter(change.kind.value for change in changes)
        told = ", ".join(f"{count} {kind}{'s' if count > 1 else ''}" for kind, count in sorted(kinds.items()))
        yield not_met(record, f"left unresolved: {told}", Evidence(changes[0].text, changes[0].place))
    else:
        yield met(record, "no tracked change or comment", Evidence("", record.header.place, "whole record"))


@rule("D106", "duplicate-document", Scope.CASELOAD)
def duplicate_document(caseload: Caseload, review: Review) -> Iterator[Outcome]:
    """No record is filed twice.

    Why: Two copies of one note can be billed twice, and two copies of a plan drift apart.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I helped Ana fill in her housing application.
        ---
        Progress Note
        Member: Ana Ruiz
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I helped Ana fill in her housing application.
    Good:
        Progress Note
        Member: Ana Ruiz
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I helped Ana fill in her housing application.
        ---
        Progress Note
        Member: Ana Ruiz
        Date of service: 03/11/2025
        Service: Peer Support Services
        Intervention: I went over the landlord's answer with Ana.
    Mend: Keep the signed original and remove the copy.
    """
    records = [record for chart in caseload.charts for record in chart.records()]
    copies = {id(copy): original for copy, original in copies_of(records)}
    for record in records:
        original = copies.get(id(record))
        if original and original.header.path == record.header.path:
            yield not_met(record, "the same record stands twice in this document")
        elif original:
            yield not_met(record, f"the same record as {original.header.path}", Evidence(original.header.title))
        else:
            yield met(record, "no other record has the same content", Evidence("", record.header.place, "whole record"))


@rule("D107", "note-without-plan", Scope.NOTE)
def note_without_plan(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The member of every note has a plan among the documents.

    Why: A service that no plan asks for is not covered, and no link from note to goal can be judged without one.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I helped Ana fill in her housing application.
    Good:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Goal 1: I will have a place of my own.
        Intervention: Peer support will help Ana apply for housing.
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I helped Ana fill in her housing application.
    Mend: Add the plan that was in force on the date of service; where there was none, the contact is not billable.
    """
    if plan := next((plan for plan in review.chart.plans if not plan.header.may_be), None):
        yield met(
            note, "the member has a plan", Evidence(plan.header.title or "plan", plan.header.place, plan.header.path)
        )
    elif not review.chart.notes:
        yield not_applicable(note, "the note names no member whose plan could be looked for")
    elif unsure := unsure_beside(review.chart, review.caseload, Kind.PLAN):
        yield not_evaluated(note, f"{unsure.header.path} may be the plan: see plan-present")
    elif unread := unread_beside(review.chart, review.caseload):
        yield needs_review(note, f"no plan among the documents that could be read; {unread.path} could not")
    else:
        yield not_met(note, "the member has no plan among the documents given", *quote(note.header.member))


@rule("D108", "identity-mismatch", Scope.RECORD)
def identity_mismatch(record: Record, review: Review) -> Iterator[Outcome]:
    """Name, Medicaid ID and birth date agree in all records of a member.

    Why: A differing number or birth date is a slip of the pen, or a record of somebody else in the wrong chart.
    Bad:
        Progress Note
        Member: Ana Ruiz
        DOB: 06/14/1979
        Date of service: 03/04/2025
        Service: Peer Support Services
        ---
        Progress Note
        Member: Ana Ruiz
        DOB: 06/14/1979
        Date of service: 03/11/2025
        Service: Peer Support Services
        ---
        Progress Note
        Member: Ana Ruiz
        DOB: 06/14/1997
        Date of service: 03/18/2025
        Service: Peer Support Services
    Good:
        Progress Note
        Member: Ana Ruiz
        DOB: 06/14/1979
        Date of service: 03/04/2025
        Service: Peer Support Services
        ---
        Progress Note
        Member: Ana M. Ruiz
        DOB: June 14, 1979
        Date of service: 03/11/2025
        Service: Peer Support Services
    Mend: Look the member up in the eligibility system and correct the record that is wrong with a dated and signed
        entry.
    """
    differing = [d for d in (_birth_date(record, review), _medicaid_id(record, review), _name(record, review)) if d]
    if differing:
        words = [evidence for _, value in differing for evidence in quote(value)]
        yield not_met(record, "; ".join(message for message, _ in differing), *words)
    elif len(list(review.chart.records())) < 2:
        yield not_applicable(record, "there is no other record of this member to compare with")
    else:
        compared = [*quote(record.header.member), *quote(record.header.medicaid_id), *quote(record.header.birth_date)]
        if compared:
            yield met(record, "what is given agrees with the member's other records", *compared)
        else:
            yield not_applicable(record, "the record bears neither name, Medicaid ID nor birth date")


def _birth_date(record: Record, review: Review) -> tuple[str, Value[Any]] | None:
    born = record.header.birth_date
    if not born or not born.meaning:
        return None
    usual = _usual(review.chart, _born)
    if usual is None or usual == born.meaning:
        return None
    return f"the birth date differs from the member's other records ({usual:%m/%d/%Y})", born


def _medicaid_id(record: Record, review: Review) -> tuple[str, Value[Any]] | None:
    number = record.header.medicaid_id
    if not number or number.empty:
        return None
    usual = _usual(review.chart, _bare_id)
    if usual is None or usual == _bare_id(record):
        return None
    if _shape(usual) == _shape(_bare_id(record) or ""):
        return f"the Medicaid ID differs from the member's other records ({usual})", number
    if isinstance(record, ServiceNote):
        return None
    return f"another kind of number stands in place of the Medicaid ID ({usual} in the member's other records)", number


def _name(record: Record, review: Review) -> tuple[str, Value[Any]] | None:
    name = record.header.member
    if not name or not name.meaning or name.meaning.initials_only:
        return None
    usual = _usual(review.chart, _name_key)
    own = _name_key(record)
    if usual is None or own is None or (own[1] == usual[1] and _same_first(own[0], usual[0])):
        return None
    elsewhere = " ".join(r.header.text for r in review.chart.records() if r is not record).casefold()
    if own[1] == usual[1] and re.search(rf"\b{re.escape(own[0])}\b", elsewhere):
        return None
    return "the name differs from the member's other records", name


def _usual(chart: Chart, told: Callable[[Record], T | None]) -> T | None:
    """What most of the member's records say. A tie goes to the plan; without one, to the record that is earlier."""
    says = [(r, told(r)) for r in chart.records()]
    counts = Counter(value for _, value in says if value is not None)
    if len(counts) < 2:
        return None
    most = max(counts.values())
    leading = [value for _, value in says if value is not None and counts[value] == most]
    return leading[0]


def _name_key(record: Record) -> tuple[str, str] | None:
    name = record.header.member.meaning if record.header.member else None
    if not name or name.initials_only or not (name.first and name.last):
        return None
    return name.first.casefold().split()[0], name.last.casefold().split()[-1]


def _same_first(one: str, other: str) -> bool:
    return one.strip(".").startswith(other.strip(".")) or other.strip(".").startswith(one.strip("."))


def _born(record: Record) -> date | None:
    return record.header.birth_date.meaning if record.header.birth_date else None


def _bare_id(record: Record) -> str | None:
    number = record.header.medicaid_id
    if not number or number.empty:
        return None
    return re.sub(r"[\s.\-]", "", number.meaning or number.text).upper() or None


def _shape(number: str) -> str:
    return re.sub(r"[A-Z]", "A", re.sub(r"\d", "9", number))


def _what_it_may_be(record: Record) -> str:
    kinds = dict.fromkeys((record.kind, *record.header.may_be))
    names = [_KIND_NAMES[kind] for kind in kinds]
    return f"it may be {' or '.join(names)}"


def _letter_about_nobody(document: DocumentFacts, caseload: Caseload) -> OtherRecord | None:
    """The letter or memo that the document is, if it names nobody and lies in nobody's folder."""
    return next(
        (
            record
            for record in document.records
            if isinstance(record, OtherRecord)
            and record.what is OtherKind.CORRESPONDENCE
            and any(record is stray for stray in caseload.strays)
        ),
        None,
    )


def _title(record: Record) -> Evidence:
    return Evidence(record.header.title, record.header.place, "title")


def _known(record: Record) -> bool:
    return record.kind is not Kind.OTHER or (isinstance(record, OtherRecord) and record.what is not OtherKind.UNKNOWN)


def _what_was_read(document: DocumentFacts) -> Evidence:
    kinds = [r.what.value if isinstance(r, OtherRecord) else r.kind.value for r in document.records]
    first = document.records[0].header.place if document.records else None
    return Evidence(", ".join(dict.fromkeys(kinds)), first, "kind of record")
