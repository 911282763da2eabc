"""What stands at the head of a note: whose it is, when, which service, how and where (N100 to N106)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from peerlint.records.dates import is_impossible
from peerlint.records.model import ContactType, ServiceNote
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
from peerlint.rules.lexicon import mention, passage, phrases
from peerlint.rules.notes.places import PLACES, absent_on_form, doubted_form, required_on_form

PEER_SUPPORT = [
    "peer support",
    "PSS",
    "peer mentoring",
    "peer coaching",
    "peer recovery",
    "peer service*",
    "recovery support",
]
MODES = (ContactType.IN_PERSON, ContactType.TELEHEALTH, ContactType.AUDIO_ONLY)


@rule("N100", "note-per-contact", Scope.NOTE)
def note_per_contact(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """Each contact has a note of its own: no note stands for several dates or a whole week.

    Why: A payer pays for contacts one by one. A summary of several contacts shows neither what was done on which day
    nor for how long, so none of them is supported.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Dates of service: 03/03/2025, 03/05/2025 and 03/07/2025
        Service: Peer Support Services
        Intervention: I helped Ana fill in her housing application.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/03/2025
        Service: Peer Support Services
        Intervention: I helped Ana fill in her housing application.
    Mend: Write one note for each contact from the records made at the time, each marked as a late entry with today's
        date.
    """
    if note.other_dates:
        days = 1 + len(note.other_dates)
        yield not_met(
            note, f"one note stands for {days} dates of service", *quote(note.service_date), *quote(note.other_dates[0])
        )
    elif summary := passage(phrases("notes", "several_contacts"), note.narrative):
        yield needs_review(note, "the note seems to sum up several contacts", summary)
    elif note.service_date and note.date:
        yield met(note, "the note is about one date of service", *quote(note.service_date))
    else:
        yield not_applicable(note, "the note has no date of service")


@rule("N101", "note-member-name", Scope.NOTE)
def member_name(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The note names the member in full, in the body or in a page header or footer.

    Why: A note that names nobody supports nobody's claim, and initials fit many people.
    Bad:
        Progress Note
        Member: A.R.
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
    Mend: Let the person who wrote the note add the member's full name as a dated and signed correction.
    """
    name = note.header.member
    if name is None or name.empty:
        yield required_on_form(note, review, lambda n: n.header.member, "member name")
    elif name.meaning is None:
        no_name = "what stands in the place of the member's name is no name"
        doubt = doubted_form(note, review, "member name", no_name, PLACES["member name"], *quote(name))
        yield doubt or not_met(note, no_name, *quote(name))
    elif name.meaning.initials_only:
        yield not_met(note, "the member is named by initials only", *quote(name))
    elif not (name.meaning.first and name.meaning.last):
        yield needs_review(note, "only one part of the member's name is given", *quote(name))
    else:
        yield met(note, "the member is named in full", *quote(name))


@rule("N102", "note-medicaid-id", Scope.NOTE, pattern=r"\d{9}[A-Z]", shape="nine digits and a letter")
def medicaid_id(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The note bears the member's Medicaid ID in the payer's form.

    Why: Payers match a note to a person by this number; a health-plan or record number in its place, or a digit lost,
    leaves the claim without its note.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 94821730K
        Date of service: 03/04/2025
        Service: Peer Support Services
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
    Mend: Look the number up in the eligibility system and correct the note with a dated and signed entry.
    """
    number = note.header.medicaid_id
    if number is None or number.empty:
        yield required_on_form(note, review, lambda n: n.header.medicaid_id, "Medicaid ID")
        return
    written = re.sub(r"[\s.\-]", "", number.meaning or number.text).upper()
    if re.fullmatch(review.parameters["pattern"], written):
        yield met(note, "the Medicaid ID has the payer's form", *quote(number))
    else:
        wrong = f"the Medicaid ID is not of the payer's form ({review.parameters['shape']})"
        doubt = doubted_form(note, review, "Medicaid ID", wrong, PLACES["Medicaid ID"], *quote(number))
        yield doubt or not_met(note, wrong, *quote(number))


@rule("N103", "note-service-date", Scope.NOTE)
def service_date(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The note gives the full date of service: day, month and year.

    Why: Everything else hangs on it: the plan and the authorization in force, the signature, the claim. The date of the
    signature does not stand in for it.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/2025
        Service: Peer Support Services
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: March 4, 2025
        Service: Peer Support Services
    Mend: Let the writer add the date from the appointment book as a dated and signed correction.
    """
    day = note.service_date
    if day is None or day.empty or day.meaning:
        yield required_on_form(note, review, lambda n: n.service_date, "date of service")
    elif is_impossible(day.text):
        yield not_applicable(note, "the date given does not exist: see impossible-date", *quote(day))
    else:
        no_date = "what is given is no full date of service"
        doubt = doubted_form(note, review, "date of service", no_date, PLACES["date of service"], *quote(day))
        yield doubt or not_met(note, no_date, *quote(day))


@rule("N104", "note-service-name", Scope.NOTE, codes=["H0038"], names=PEER_SUPPORT)
def service_name(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The note names the service as peer support, in words or by its code.

    Why: A payer must see that the service billed is the service written up; a note headed "case management" supports
    case management.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Targeted Case Management
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: PSS individual (H0038)
    Mend: If peer support was given, let the writer correct the name of the service; if another service was, bill that
        one.
    """
    wanted = [*review.parameters["names"], *review.parameters["codes"]]
    for place in (note.service, *note.procedure_codes):
        if place and mention(wanted, place.text):
            yield met(note, "the service is named as peer support", *quote(place))
            return
    if note.service and not note.service.empty:
        yield not_met(note, "the service named is not peer support", *quote(note.service))
    elif mention(wanted, note.header.title):
        yield met(note, "the note's title names the service", Evidence(note.header.title, note.header.place, "title"))
    elif note.service:
        yield not_met(note, "the name of the service is blank", *quote(note.service))
    elif note.procedure_codes:
        yield not_met(note, "only another service's code stands for the service", *quote(note.procedure_codes[0]))
    else:
        unnamed = "neither the service nor its code is named"
        yield absent_on_form(note, review, "service", unnamed, lambda n: n.service or n.procedure_codes)


@rule("N105", "note-contact-type", Scope.NOTE, allowed=["face-to-face", "telehealth", "audio-only", "collateral"])
def contact_type(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The note says by one clear word or tick how contact was made: face to face, telehealth, audio-only or collateral.

    Why: How the contact was made decides the modifier, the rate, whether consent is needed and how much remote service
    is left. Two ticked boxes say nothing.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Type of contact: [x] Face-to-face [x] Telephone [ ] Telehealth
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Type of contact: [x] Face-to-face [ ] Telephone [ ] Telehealth
    Mend: Let the writer say which it was in a dated and signed correction; where both happened, each is a contact of
        its own.
    """
    modes = contact_modes(note)
    where = quote(note.contact) or (Evidence(", ".join(note.contact_types), note.header.place, "type of contact"),)
    if len(modes) > 1:
        yield not_met(note, f"several types of contact are marked: {', '.join(modes)}", *where)
    elif note.contact_types:
        refused = [kind for kind in note.contact_types if kind not in review.parameters["allowed"]]
        if refused:
            yield not_met(note, f"{refused[0]} contact is not among those that the policy admits", *where)
        else:
            yield met(note, f"the contact was {note.contact_types[0]}", *where)
    elif note.contact is None or note.contact.empty:
        yield required_on_form(note, review, lambda n: n.contact, "type of contact")
    else:
        unknown = "the words given are no known type of contact"
        doubt = doubted_form(note, review, "type of contact", unknown, lambda n: n.contact_types, *where)
        yield doubt or needs_review(note, unknown, *where)


@rule("N106", "note-place-of-service", Scope.NOTE, codes_refused=["02", "10"])
def place_of_service(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The note says where the service was given, in words that mean a place or by the usual place-of-service code.

    Why: The place shows that the service was given in the community and somewhere the policy allows. Some policies want
    the usual place's code for telehealth, never a telehealth code.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Place of service: n/a
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Place of service: Laurel Gap library
    Mend: Let the writer add the place as a dated and signed correction.
    """
    place = note.place_of_service
    if place is None and (told := _place_in_prose(note)):
        yield met(note, "the narrative tells where the service was given", told)
        return
    if place is None or place.empty:
        yield required_on_form(note, review, lambda n: n.place_of_service, "place of service")
        return
    if place.text.strip(" .:_").casefold() in phrases("places", "meaningless"):
        yield not_met(note, "what is given is no place", *quote(place))
    elif code := _refused_code(place.text, review.parameters["codes_refused"]):
        yield not_met(
            note, f"place-of-service code {code} is given where the policy wants the usual place's code", *quote(place)
        )
    else:
        yield met(note, "the place of service is given", *quote(place))


def contact_modes(note: ServiceNote) -> tuple[ContactType, ...]:
    """The ways in which the member was met, each once; "collateral" says with whom, not how."""
    return tuple(mode for mode in MODES if mode in note.contact_types)


def _place_in_prose(note: ServiceNote) -> Evidence | None:
    """Where a note without a form, which tells date and contact in prose, says where the member was met."""
    fields = [value for value in (note.service_date, note.contact, note.start) if value]
    if not any(not value.label for value in fields):
        return None
    return passage(phrases("places", "in_prose"), note.narrative[:1], but_not=phrases("places", "elsewhere"))


def _refused_code(place: str, refused: list[str]) -> str:
    code = re.match(r"\s*(?:POS)?\W*(\d\d)\s*(?:$|[-–—:(/])", place, re.IGNORECASE)
    return code[1] if code and code[1] in refused else ""
