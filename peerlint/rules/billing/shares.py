"""How much of the service was remote, face to face, or out of the office (B105, B108, B109)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from peerlint.records.model import Caseload, Chart, ContactType, Record, ServiceNote
from peerlint.rules.base import (
    Evidence,
    Outcome,
    Review,
    Scope,
    Subject,
    first_of,
    met,
    needs_review,
    not_applicable,
    not_met,
    rule,
)
from peerlint.rules.billing.units import units_of
from peerlint.rules.duplicates import once
from peerlint.rules.lexicon import mention, phrases
from peerlint.rules.notes.header import contact_modes

Kind = Callable[[ServiceNote], bool | None]
_THE_SITE = Subject(".")


@dataclass(frozen=True, slots=True)
class Tally:
    """Units of one fiscal year: of the kind asked about, of those whose kind is not said, and of all."""

    asked: Decimal
    unsaid: Decimal
    total: Decimal

    @property
    def told(self) -> str:
        return f"{self.asked.normalize():f} of {self.total.normalize():f} units, {100 * self.asked / self.total:.0f}%"


@rule("B105", "remote-share", Scope.CHART, share=0.2, fiscal_year_start_month=7, per="member")
def remote_share(chart: Chart, review: Review) -> Iterator[Outcome]:
    """Telehealth and audio-only units stay within the member's share of the fiscal year's units.

    While the year runs, a person must look once the remote units are more than the share of a whole year at the present
    pace.

    Why: The service is meant to be given in the community, and policies cap what is given from a desk.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Type of contact: Telephone (audio only)
        Units: 4
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/11/2025
        Service: Peer Support Services
        Type of contact: Face-to-face
        Units: 4
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Type of contact: Telephone (audio only)
        Units: 2
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/11/2025
        Service: Peer Support Services
        Type of contact: Face-to-face
        Units: 10
    Mend: Do not bill the remote units over the share, and plan visits in person for the rest of the year.
    """
    where = first_of(chart.plans, chart.notes)
    notes = [note for note in once(chart.notes) if note.date and units_of(note)]
    if where is None:
        return
    if not notes or review.parameters["per"] != "member":
        yield not_applicable(where, "no units of this member to reckon a share from")
        return
    for year, tally in _by_year(notes, review.parameters["fiscal_year_start_month"], _is_remote).items():
        words = Evidence(tally.told, None, f"remote units of fiscal year {year}-{year + 1}")
        yield _within_share(where, year, tally, words, review)


@rule("B108", "face-to-face-share", Scope.CASELOAD, share=0.8, fiscal_year_start_month=7)
def face_to_face_share(caseload: Caseload, review: Review) -> Iterator[Outcome]:
    """Over the whole site and year, face-to-face units are at least the policy's share.

    Why: The older definition asks it of each site, whatever a single member's share.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Type of contact: Telephone (audio only)
        Units: 4
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Type of contact: Face-to-face
        Units: 4
    Mend: Move contacts from the telephone to the field.
    """
    yield from _floor(caseload, review, _is_in_person, "face-to-face")


@rule("B109", "community-share", Scope.CASELOAD, share=0.5, fiscal_year_start_month=7)
def community_share(caseload: Caseload, review: Review) -> Iterator[Outcome]:
    """Over the whole site and year, the share of service given outside the office is at least the policy's.

    Why: Peer support is community-based in intent; some policies put a figure to it.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Place of service: Office
        Units: 4
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Place of service: Laurel Gap library
        Units: 4
    Mend: Meet members where they live their lives.
    """
    yield from _floor(caseload, review, _is_outside, "community")


def _within_share(where: Record, year: int, tally: Tally, words: Evidence, review: Review) -> Outcome:
    share = Decimal(str(review.parameters["share"]))
    starts, ends = (date(y, review.parameters["fiscal_year_start_month"], 1) for y in (year, year + 1))
    limit = f"{100 * share:.0f}%"
    if tally.asked <= share * tally.total:
        return met(where, f"remote service of fiscal year {year}-{year + 1} is within {limit}: {tally.told}", words)
    if review.as_of >= ends:
        return not_met(where, f"remote service of fiscal year {year}-{year + 1} is over {limit}: {tally.told}", words)
    elapsed = Decimal((review.as_of - starts).days + 1) / (ends - starts).days
    so_far = f"remote service of fiscal year {year}-{year + 1} so far: {tally.told}"
    if tally.asked > share * tally.total / elapsed:
        return needs_review(where, f"{so_far}, more than {limit} of a year at this pace", words)
    return met(where, f"{so_far}; {limit} is reckoned over the whole year", words)


def _floor(caseload: Caseload, review: Review, kind: Kind, name: str) -> Iterator[Outcome]:
    share = review.parameters["share"]
    notes = [note for chart in caseload.charts for note in once(chart.notes) if note.date and units_of(note)]
    if not notes or share is None:
        yield not_applicable(_THE_SITE, f"no units, or no share of {name} service asked for")
        return
    for year, tally in _by_year(notes, review.parameters["fiscal_year_start_month"], kind).items():
        told = f"{name} service of fiscal year {year}-{year + 1}: {tally.told}"
        words = Evidence(tally.told, None, f"{name} units")
        if tally.asked >= Decimal(str(share)) * tally.total:
            yield met(_THE_SITE, told, words)
        elif tally.asked + tally.unsaid >= Decimal(str(share)) * tally.total:
            yield needs_review(_THE_SITE, f"{told}; {tally.unsaid.normalize():f} units do not say where or how", words)
        else:
            yield not_met(_THE_SITE, f"{told}, under {100 * share:.0f}%", words)


def _by_year(notes: Iterable[ServiceNote], start_month: int, kind: Kind) -> Mapping[int, Tally]:
    asked: dict[int, Decimal] = defaultdict(Decimal)
    unsaid: dict[int, Decimal] = defaultdict(Decimal)
    total: dict[int, Decimal] = defaultdict(Decimal)
    for note in notes:
        day = note.date or date.min
        year = day.year if day.month >= start_month else day.year - 1
        total[year] += units_of(note)
        told = kind(note)
        if told is None:
            unsaid[year] += units_of(note)
        elif told:
            asked[year] += units_of(note)
    return {year: Tally(asked[year], unsaid[year], total[year]) for year in sorted(total)}


def _is_remote(note: ServiceNote) -> bool | None:
    modes = contact_modes(note)
    return modes[0] is not ContactType.IN_PERSON if len(modes) == 1 else None


def _is_in_person(note: ServiceNote) -> bool | None:
    modes = contact_modes(note)
    return modes[0] is ContactType.IN_PERSON if len(modes) == 1 else None


def _is_outside(note: ServiceNote) -> bool | None:
    place = note.place_of_service
    if place is None or place.empty:
        return None
    return not mention(phrases("places", "office"), place.text)
