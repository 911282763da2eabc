"""What a document says: service notes, plans, crisis plans and other records, each value with where it was found.

Three things are told apart everywhere: ``None`` (no such place was found in the record), a ``Value`` with empty text
(the place is there and nothing stands in it) and a ``Value`` with text whose ``meaning`` is None (what stands there is
not what the place asks for).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from peerlint.documents.model import Place, Revision, Source

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Value(Generic[T]):
    """A value as written and as understood. ``label`` is the label as written, "" where it was found without one."""

    text: str
    meaning: T | None
    place: Place
    label: str = ""
    source: Source = Source.TEXT

    @property
    def empty(self) -> bool:
        return not self.text.strip()


class Kind(StrEnum):
    NOTE = "note"
    PLAN = "plan"
    CRISIS_PLAN = "crisis-plan"
    OTHER = "other"


class Topic(StrEnum):
    """What a section of a record is about, told by its label or heading."""

    PURPOSE = "purpose"
    INTERVENTION = "intervention"
    RESPONSE = "response"
    NEXT_STEP = "next step"
    NARRATIVE = "narrative"  # prose that may tell any of the above: unlabelled, "Data", "Summary of service"
    CONSENT = "consent"
    NEEDS = "needs"
    DIAGNOSIS = "diagnosis"
    ASSESSMENT = "assessment"
    SERVICES = "services in place"
    SERVICE_ORDER = "service order"
    GOALS = "goals"
    TRANSITION = "transition"
    SUPPORTS = "natural supports"
    SIGNATURES = "signatures"
    CRISIS = "crisis plan"
    TRIGGERS = "triggers"
    WARNING_SIGNS = "early warning signs"
    WHAT_HELPS = "what helps"
    WHAT_HARMS = "what makes it worse"
    CONTACTS = "contacts"
    FOLLOW_UP = "after a crisis"
    PROFILE = "profile"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Section:
    """A labelled or headed stretch of a record. ``text`` is "" where the heading stands over nothing."""

    topic: Topic
    heading: str
    text: str
    place: Place


class SignerRole(StrEnum):
    MEMBER = "member"
    GUARDIAN = "legally responsible person"
    PROFESSIONAL = "responsible professional"
    STAFF = "staff who served"
    SUPERVISOR = "supervisor"
    OTHER = "other"


class SignatureForm(StrEnum):
    """How somebody signed."""

    TYPED = "typed with a signature mark"  # /s/ Name
    ELECTRONIC = "electronic"  # "Electronically signed by Name on ..."
    DIGITAL = "digital"  # a signed signature field
    DRAWN = "drawn"  # a picture or ink where a signature belongs
    NAME_ONLY = "name only"  # a name on the signature line and no mark that anybody signed
    BLANK = "blank"  # a signature line with nothing on it


@dataclass(frozen=True, slots=True)
class Signature:
    """One place to sign and what stands there. ``name`` and ``credentials`` are as written; the latter may come from a
    printed name or title line that belongs to the signature."""

    role: SignerRole
    form: SignatureForm
    name: str
    credentials: str
    signed_on: Value[date] | None
    place: Place
    text: str = ""
    label: str = ""

    @property
    def signed(self) -> bool:
        return self.form is not SignatureForm.BLANK


_WEIGHT = {SignatureForm.NAME_ONLY: 1, SignatureForm.BLANK: 2}


class ContactType(StrEnum):
    IN_PERSON = "face-to-face"
    TELEHEALTH = "telehealth"
    AUDIO_ONLY = "audio-only"
    COLLATERAL = "collateral"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as parts, titles removed. ``initials_only`` for "K.D."."""

    first: str
    last: str
    initials_only: bool = False

    @property
    def full(self) -> str:
        return f"{self.first} {self.last}".strip()


@dataclass(frozen=True, slots=True)
class Header:
    """Where a record comes from and whom it is about: what every kind of record has.

    ``path`` is the document's path as given to the run; ``index`` counts the records of one document from 0; ``pages``
    are the first and last page, None where the format has none. ``text`` is the whole text of the record as read.
    """

    path: str
    index: int
    pages: tuple[int, int] | None
    place: Place
    title: str
    text: str
    member: Value[PersonName] | None
    medicaid_id: Value[str] | None
    birth_date: Value[date] | None
    record_number: Value[str] | None
    payer: Value[str] | None
    sections: tuple[Section, ...]
    signatures: tuple[Signature, ...]
    placeholders: tuple[Value[str], ...] = ()
    revisions: tuple[Revision, ...] = ()
    pictures: int = 0
    doubts: tuple[str, ...] = ()  # why parts could not be read for certain ("page 2 has no text layer")
    signing_doubts: tuple[str, ...] = ()  # what speaks against its digital signatures, each once
    may_be: tuple[Kind, ...] = ()  # the kinds that it may be instead, where its own is not certain
    unplaced: int = 0  # short stretches of the body whose meaning was not recognised


@dataclass(frozen=True, slots=True)
class ServiceNote:
    """One note. Times are local clock times; ``minutes`` is the time spent as stated, ``units`` as billed.

    ``service_date`` holds several meanings in ``other_dates`` where one note stands for several contacts.
    ``contact_types`` are all types named or ticked, in order; ``contact`` is the field as written.
    ``goals_cited`` are goal numbers or, where goals are cited by words only, the words in its text.
    ``narrative`` are all sections that tell what happened, in document order (purpose, intervention, response, next
    step and unlabelled prose). ``late_entry`` is the mark that says so, ``not_billed`` the words that say that no time
    is billed.
    """

    header: Header
    service_date: Value[date] | None = None
    other_dates: tuple[Value[date], ...] = ()
    service: Value[str] | None = None
    procedure_codes: tuple[Value[str], ...] = ()
    modifiers: tuple[Value[str], ...] = ()
    contact: Value[str] | None = None
    contact_types: tuple[ContactType, ...] = ()
    is_group: Value[str] | None = None
    place_of_service: Value[str] | None = None
    start: Value[time] | None = None
    end: Value[time] | None = None
    minutes: Value[int] | None = None
    units: Value[Decimal] | None = None
    goals_cited: Value[tuple[int, ...]] | None = None
    narrative: tuple[Section, ...] = ()
    late_entry: Value[str] | None = None
    not_billed: Value[str] | None = None

    kind = Kind.NOTE

    @property
    def date(self) -> date | None:
        return self.service_date.meaning if self.service_date else None

    @property
    def staff_signature(self) -> Signature | None:
        """The signature of the person who served; a supervisor's countersignature is none.

        A mark that somebody signed goes before a name without one, and a name before a blank line.
        """
        staff = [s for s in self.header.signatures if s.role is SignerRole.STAFF]
        return min(staff, key=lambda s: _WEIGHT.get(s.form, 0), default=None)

    def sections(self, *topics: Topic) -> Iterator[Section]:
        return (s for s in self.narrative if s.topic in topics)


@dataclass(frozen=True, slots=True)
class Intervention:
    """One thing that the plan says will be done. ``responsible``, ``service`` and ``frequency`` as written."""

    text: str
    place: Place
    responsible: str = ""
    service: str = ""
    frequency: str = ""
    target_date: Value[date] | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal. ``number`` is as printed, or its rank where the plan prints none. ``measure`` is how one will know."""

    number: int
    text: str
    place: Place
    measure: str = ""
    baseline: str = ""
    target_date: Value[date] | None = None
    status: str = ""
    interventions: tuple[Intervention, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One diagnosis; ``code`` in ICD-10 form without a dot removed, "" where only words are given."""

    code: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class DatedAct:
    """A dated act of a professional that the record tells of: an assessment, a service order. ``by`` as written."""

    text: str
    place: Place
    on: date | None = None
    by: str = ""
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A person-centered plan (or Individual Care Plan). ``starts``/``ends`` are its period, ``dated`` the plan date.

    ``needs`` are the need areas ticked or described. ``is_update`` is set on an update or revision of an earlier plan.
    """

    header: Header
    dated: Value[date] | None = None
    starts: Value[date] | None = None
    ends: Value[date] | None = None
    reviews: tuple[Value[date], ...] = ()
    is_update: bool = False
    goals: tuple[Goal, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    needs: tuple[str, ...] = ()
    assessments: tuple[DatedAct, ...] = ()
    service_orders: tuple[DatedAct, ...] = ()
    services: tuple[str, ...] = ()
    guardian: Value[str] | None = None

    kind = Kind.PLAN

    @property
    def date(self) -> date | None:
        """The plan date, else the start of its period, else the earliest signature."""
        for value in (self.dated, self.starts):
            if value and value.meaning:
                return value.meaning
        signed = [s.signed_on.meaning for s in self.header.signatures if s.signed_on and s.signed_on.meaning]
        return min(signed, default=None)

    def sections(self, *topics: Topic) -> Iterator[Section]:
        return (s for s in self.header.sections if s.topic in topics)


@dataclass(frozen=True, slots=True)
class Contact:
    """One line of whom to call. ``order`` is the printed order or the rank; ``phone`` as written."""

    name: str
    relation: str
    phone: str
    order: int
    place: Place


@dataclass(frozen=True, slots=True)
class CrisisPlan:
    """A crisis plan, inside a plan (same path, other index) or a document of its own."""

    header: Header
    dated: Value[date] | None = None
    contacts: tuple[Contact, ...] = ()
    inside_plan: bool = False

    kind = Kind.CRISIS_PLAN

    @property
    def date(self) -> date | None:
        return self.dated.meaning if self.dated else None

    @property
    def empty(self) -> bool:
        """A heading over empty boxes is no crisis plan."""
        return not any(s.text.strip() for s in self.header.sections) and not self.contacts

    def sections(self, *topics: Topic) -> Iterator[Section]:
        return (s for s in self.header.sections if s.topic in topics)


class OtherKind(StrEnum):
    """Other records that belong in a chart."""

    ASSESSMENT = "clinical assessment"
    SERVICE_ORDER = "service order"
    AUTHORIZATION = "authorization"
    SUPERVISION = "supervision record"
    SUPERVISOR_CONTACT = "supervisor contact"
    DISCHARGE = "discharge summary"
    CONSENT = "consent"
    CORRESPONDENCE = "correspondence about the member"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OtherRecord:
    """A record that is neither note nor plan nor crisis plan; ``UNKNOWN`` where it is no known record at all."""

    header: Header
    what: OtherKind = OtherKind.UNKNOWN
    dated: Value[date] | None = None
    acts: tuple[DatedAct, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()

    kind = Kind.OTHER

    @property
    def date(self) -> date | None:
        return self.dated.meaning if self.dated else None


Record = ServiceNote | Plan | CrisisPlan | OtherRecord


@dataclass(frozen=True, slots=True)
class Chart:
    """All records of one member, notes by date of service. ``key`` is the same in any order of files."""

    key: str
    member: PersonName | None
    medicaid_ids: tuple[str, ...]
    notes: tuple[ServiceNote, ...] = ()
    plans: tuple[Plan, ...] = ()
    crisis_plans: tuple[CrisisPlan, ...] = ()
    others: tuple[OtherRecord, ...] = ()

    @property
    def name(self) -> str:
        return self.member.full if self.member else self.key

    def records(self) -> Iterator[Record]:
        yield from self.plans
        yield from self.crisis_plans
        yield from self.others
        yield from self.notes


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What is known of one file after reading: its records, or why it could not be read. ``path`` relative to the root.

    ``no_text`` tells a scan without OCR (D102) from a file that cannot be opened (D101)."""

    path: str
    sha256: str
    records: tuple[Record, ...] = ()
    unreadable: str = ""
    remedy: str = ""
    no_text: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Caseload:
    """All charts of a run, and all documents, the unread among them. Both in stable order."""

    charts: tuple[Chart, ...]
    documents: tuple[DocumentFacts, ...]
    strays: tuple[Record, ...] = ()  # records that name no member and lie in no member's folder
