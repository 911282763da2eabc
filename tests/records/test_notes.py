"""Service notes read from real files of many layouts, and from plain text where the wording matters."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from agencies import INTERVENTION, LAYOUTS, NEXT, PURPOSE, RESPONSE, Facts, Layout

from peerlint.documents.read import read
from peerlint.records.model import ContactType, Kind, ServiceNote, Topic
from peerlint.records.recognise import recognise

PEOPLE = (
    Facts(),
    Facts(
        member="María Núñez-Ortega",
        medicaid_id="945566778C",
        birth_date="4/4/72",
        service_date="2/3/2025",
        start="1:00pm",
        end="2:15pm",
        minutes=75,
        units=5,
        place="Office",
        goals="#2",
        staff="Shawn O'Neal",
        credentials="NCCPSS",
        signed_on="2/3/2025",
    ),
    Facts(
        member="Jean de la Cruz",
        medicaid_id="7012345678901",
        birth_date="September 9, 1979",
        service_date="Tuesday, March 4th, 2025",
        start="11:30 a.m.",
        end="12:15 p.m.",
        minutes=45,
        units=3,
        place="Library",
        goals="Goal 2",
        staff="Robin Castle",
        credentials="RPSS",
        signed_on="March 5, 2025",
    ),
)
MEANINGS = {
    "11/23/1984": date(1984, 11, 23),
    "4/4/72": date(1972, 4, 4),
    "September 9, 1979": date(1979, 9, 9),
    "03/11/2025": date(2025, 3, 11),
    "2/3/2025": date(2025, 2, 3),
    "Tuesday, March 4th, 2025": date(2025, 3, 4),
    "03/12/2025": date(2025, 3, 12),
    "March 5, 2025": date(2025, 3, 5),
    "9:15 AM": time(9, 15),
    "10:15 AM": time(10, 15),
    "1:00pm": time(13),
    "2:15pm": time(14, 15),
    "11:30 a.m.": time(11, 30),
    "12:15 p.m.": time(12, 15),
    "1, 3": (1, 3),
    "#2": (2,),
    "Goal 2": (2,),
}


def read_one(path: Path) -> ServiceNote:
    records = recognise(read(path), path.name)
    assert [record.kind for record in records] == [Kind.NOTE]
    assert isinstance(records[0], ServiceNote)
    return records[0]


@pytest.mark.parametrize("facts", PEOPLE, ids=lambda facts: facts.member)
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_every_layout_tells_the_same_facts(tmp_path: Path, layout: Layout, facts: Facts) -> None:
    path = tmp_path / f"note{layout.suffix}"
    layout.write(path, facts)

    note = read_one(path)

    told = {key: value for key, value in _told(note).items() if key not in layout.leaves_out}
    asked = {key: value for key, value in _asked(facts, layout).items() if key not in layout.leaves_out}
    assert told == asked


def _told(note: ServiceNote) -> dict[str, object]:
    signature = note.staff_signature
    assert signature is not None
    return {
        "member": note.header.member and note.header.member.meaning and note.header.member.meaning.full,
        "medicaid_id": note.header.medicaid_id and note.header.medicaid_id.meaning,
        "birth_date": note.header.birth_date and note.header.birth_date.meaning,
        "service_date": note.date,
        "start": note.start and note.start.meaning,
        "end": note.end and note.end.meaning,
        "minutes": note.minutes and note.minutes.meaning,
        "units": note.units and note.units.meaning,
        "place": note.place_of_service and note.place_of_service.text.casefold(),
        "contact": note.contact_types,
        "goals": note.goals_cited and note.goals_cited.meaning,
        "signed by": signature.name.casefold(),
        "form": signature.form.value,
        "signed_on": signature.signed_on and signature.signed_on.meaning,
        "credentials": bool(signature.credentials),
        "other_dates": note.other_dates,
        "sections": [_spaced(" ".join(section.text for section in note.sections(topic))) for topic in _TOPICS],
        "story": _spaced(" ".join(section.text for section in note.narrative)).count(_spaced(INTERVENTION)),
    }


_TOPICS = (Topic.PURPOSE, Topic.INTERVENTION, Topic.RESPONSE, Topic.NEXT_STEP)


def _asked(facts: Facts, layout: Layout) -> dict[str, object]:
    return {
        "member": facts.member,
        "medicaid_id": facts.medicaid_id,
        "birth_date": MEANINGS[facts.birth_date],
        "service_date": MEANINGS[facts.service_date],
        "start": MEANINGS[facts.start],
        "end": MEANINGS[facts.end],
        "minutes": facts.minutes,
        "units": Decimal(facts.units),
        "place": facts.place.casefold(),
        "contact": (ContactType.IN_PERSON,),
        "goals": MEANINGS[facts.goals],
        "signed by": facts.staff.casefold(),
        "form": layout.form,
        "signed_on": MEANINGS[facts.signed_on],
        "credentials": True,
        "other_dates": (),
        "sections": [_spaced(text) for text in (PURPOSE, INTERVENTION, RESPONSE, NEXT)],
        "story": 1,
    }


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().casefold()
