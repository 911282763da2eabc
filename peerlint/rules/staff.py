"""Contact of staff and supervisor with the member, and the signer's credential (S101 to S103)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from peerlint.records.model import Caseload, Chart, ContactType, OtherKind, OtherRecord, ServiceNote
from peerlint.rules.base import (
    Evidence,
    Outcome,
    Review,
    Scope,
    met,
    needs_review,
    not_applicable,
    not_met,
    quote,
    rule,
)
from peerlint.rules.lexicon import mention, phrases
from peerlint.rules.notes.signing import credentials_of_signer

_SUPERVISOR = (OtherKind.SUPERVISOR_CONTACT,)
_BY_TELEPHONE = ("phone", "telephone", "call", "called", "audio")
_BY_VIDEO = ("video", "telehealth", "zoom")


@rule("S101", "weekly-contact", Scope.CHART, days=7)
def weekly_contact(chart: Chart, review: Review) -> Iterator[Outcome]:
    """The member is met, or an attempt is documented, at least every so many days.

    The finding stands on the note after the gap.

    Why: The older definition asks for weekly contact, or for proof that everything reasonable was tried.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/25/2025
        Service: Peer Support Services
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/11/2025
        Service: Peer Support Services
    Mend: File the notes of attempts made in that time; plan visits so that no week goes by.
    """
    notes = sorted((note for note in chart.notes if note.date), key=lambda note: (str(note.date), note.header.path))
    if not notes:
        return
    gaps = [(one, other) for one, other in pairwise(notes) if _days(one, other) > review.parameters["days"]]
    for before, after in gaps:
        yield not_met(
            after, f"{_days(before, after)} days without contact or a documented attempt", *quote(after.service_date)
        )
    if not gaps:
        words = Evidence(f"{len(notes)} contacts and attempts", None, "dates of service")
        yield met(notes[-1], f"never more than {review.parameters['days']} days without contact", words)


@rule(
    "S102", "supervisor-contact", Scope.CHART, first_days=90, repeat_days=90, modes=[kind.value for kind in ContactType]
)
def supervisor_contact(chart: Chart, review: Review) -> Iterator[Outcome]:
    """A supervisor was in contact with the member within so many days of the first service, and again as often as the
    policy asks.

    Judged where the agency files supervisors' contacts with the charts; elsewhere it is a matter to attest.

    Why: Somebody besides the peer must know the member and see whether the service fits.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 01/15/2025
        Service: Peer Support Services
        ---
        Supervisor's Contact with the Member
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of contact: 05/20/2025
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 05/27/2025
        Service: Peer Support Services
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 01/15/2025
        Service: Peer Support Services
        ---
        Supervisor's Contact with the Member
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of contact: 02/03/2025
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
    Mend: Make the contact now and document it with today's date; put the next ones into the supervisor's calendar.
    """
    days = sorted(note.date for note in chart.notes if note.date)
    if not days:
        return
    where = chart.notes[0]
    contacts = [other for other in chart.others if other.what in _SUPERVISOR and _by(other, review.parameters["modes"])]
    dates = sorted(other.date for other in contacts if other.date)
    late = _first_gap(days, dates, review)
    if not dates and not _filed_anywhere(review.caseload):
        yield not_applicable(where, "no supervisor contacts are among the documents: a matter to attest")
    elif not late:
        words = Evidence(", ".join(f"{day:%m/%d/%Y}" for day in dates), where.header.place, "supervisor contacts")
        yield met(where, "supervisor contacts came in time", words)
    elif dates:
        words = Evidence(", ".join(f"{day:%m/%d/%Y}" for day in dates), contacts[0].header.place, "supervisor contacts")
        yield not_met(contacts[0], f"no supervisor contact by {late:%m/%d/%Y}", words)
    else:
        yield needs_review(where, f"no supervisor contact by {late:%m/%d/%Y} is among this member's documents")


@rule(
    "S103",
    "staff-credential",
    Scope.NOTE,
    credentials=["CPSS", "NCCPSS", "NC-CPSS", "Certified Peer Support Specialist"],
)
def staff_credential(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The note is signed by somebody with the payer's peer credential, as far as the signature shows it.

    Why: The service is defined by who gives it. Whether the credential was in force only a staff list can show.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Staff signature: /s/ Karen Whit, BSW, QP   Date: 03/04/2025
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Staff signature: /s/ Dana Wells, CPSS   Date: 03/04/2025
    Mend: Where the signer holds the credential, let the signer add it in a dated correction; where not, do not bill the
        contact.
    """
    signature = note.staff_signature
    stated = credentials_of_signer(note)
    if signature is None or not stated:
        yield not_applicable(note, "no signature with credentials: see note-signature and note-credentials")
        return
    words = Evidence(stated, signature.place, signature.label)
    if mention(review.parameters["credentials"], f"{stated} ; {signature.text}"):
        yield met(note, "the signer bears the payer's peer credential", words)
    elif mention(phrases("credentials", "peer"), stated):
        yield needs_review(note, "the title is a peer's, but not the payer's credential", words)
    else:
        yield not_met(note, "the signer's credential is none of a peer", words)


def _days(one: ServiceNote, other: ServiceNote) -> int:
    return ((other.date or date.min) - (one.date or date.min)).days


def _by(contact: OtherRecord, modes: list[str]) -> bool:
    """Whether the contact was made in a way that counts; one that does not say how counts."""
    text = contact.header.text
    if mention(_BY_VIDEO, text):
        return ContactType.TELEHEALTH.value in modes
    if mention(_BY_TELEPHONE, text) and not mention(("face to face", "in person"), text):
        return ContactType.AUDIO_ONLY.value in modes
    return True


def _first_gap(services: list[date], contacts: list[date], review: Review) -> date | None:
    """The day by which a contact was due and had not come, while service went on past it."""
    due = services[0] + timedelta(review.parameters["first_days"])
    for contact in contacts:
        if contact > due:
            break
        due = max(due, contact + timedelta(review.parameters["repeat_days"]))
    return due if services[-1] > due else None


def _filed_anywhere(caseload: Caseload) -> bool:
    return any(other.what in _SUPERVISOR for chart in caseload.charts for other in chart.others)
