"""A note written in any layout, with any of many labels, reads back from every printer as it was written.

The printers are Word files, reportlab, and LibreOffice where it is installed.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as some
from printed import Blocks, write_docx, write_pdf

from peerlint.documents.convert import installed_office
from peerlint.documents.read import read
from peerlint.records.model import ServiceNote, Topic
from peerlint.records.recognise import recognise

Printer = Callable[[Sequence[Blocks], Path], list[Path]]
Pairs = list[tuple[str, str]]

PACKET = 24  # notes that go through each printer
LONGEST = 16  # sentences under one label: enough to run over the page
OFFICE_SECONDS = 120

LABELS = {
    "member": ["Member", "Client Name", "Individual", "Name of Participant", "Consumer", "Person Served", "Recipient"],
    "medicaid_id": ["Medicaid ID", "MID", "Medicaid #", "Medicaid Number", "Medicaid No", "Medicaid ID Number"],
    "date": ["Date of Service", "Service Date", "DOS", "Date of Contact", "Session Date", "Visit Date"],
    "start": ["Start Time", "Time In", "Begin Time", "Time Started", "From"],
    "end": ["End Time", "Time Out", "Stop Time", "Time Ended", "To"],
    "units": ["Units", "Units Billed", "Number of Units", "Total Units", "Billable Units"],
    "place": ["Place of Service", "Location", "Service Location", "Setting", "Where"],
    "purpose": ["Purpose", "Purpose of Contact", "Reason for Contact", "Purpose of Visit", "Why we met"],
    "intervention": [
        "Intervention",
        "Interventions",
        "Intervention/Activity",
        "What the peer did",
        "Staff Intervention",
    ],
    "response": [
        "Effectiveness",
        "Response",
        "Member's Response",
        "Effectiveness of Intervention",
        "Response/Progress",
    ],
}
HEADER = ("member", "medicaid_id", "date", "start", "end", "units", "place")
STORY = {
    "purpose": Topic.PURPOSE,
    "intervention": Topic.INTERVENTION,
    "response": Topic.RESPONSE,
}
SENTENCES = {
    "purpose": [
        "She asked for company on the first trip to the housing office.",
        "He wants to take the bus to the clinic by himself.",
        "The landlord's letter has to be answered before the end of the month.",
        "Get ready for the interview on Friday, which has kept him awake.",
    ],
    "intervention": [
        "Peer shared how a card in the pocket helped in the first year out of the hospital.",
        "We wrote three questions on the card: rent, deposit, pets.",
        "I modeled the phone call and had her try it twice while I played the clerk.",
        "Together we drew the route, marked the change of buses and timed the walk to the stop.",
        "CPSS coached him to name two people whom he can call, and sat with him while he saved their numbers.",
        "We went over the form line by line and listed what is still missing: two pay stubs and a reference.",
    ],
    "response": [
        "She asked all three questions clearly the second time.",
        "He laughed, took the card and said that the trip feels possible now.",
        "She saved both numbers and chose to call her sister first.",
        "He finished the form by himself and asked for a copy.",
    ],
}
DATES = ["%m/%d/%Y", "%B %d, %Y", "%m-%d-%Y", "%b. %d, %Y", "%A, %m/%d/%Y"]
CLOCKS = ["%I:%M %p", "%I:%M%p", "%H:%M"]
PEOPLE = ["Rosa Delgado", "María Núñez-Ortega", "Jean de la Cruz", "Terrence Odom", "Kim Nguyen", "Shawn O'Neal"]
STAFF = ["Carla Whitfield", "Marlon Teague", "Bettina Rowe", "Ignacio Vela"]
PLACES = ["Community", "Office", "Home", "Public library", "Drop-in center"]
CREDENTIALS = ["CPSS", "NCCPSS", "CPS", "RPSS"]
SIGNINGS = [
    "Staff signature: /s/ {name}, {credentials}    Date: {day}",
    "Electronically signed by {name}, {credentials} on {day}",
    "Peer Support Specialist Signature: /s/ {name}, {credentials}    Date signed: {day}",
]


@dataclass(frozen=True)
class Written:
    """A note as it goes to the printers, with the facts that it must tell."""

    blocks: Blocks
    facts: dict[str, Any]


def on_lines(pairs: Pairs) -> Blocks:
    return [{"p": f"{label}: {value}"} for label, value in pairs]


def two_on_a_line(pairs: Pairs) -> Blocks:
    texts = [f"{label}: {value}" for label, value in pairs]
    return [{"p": " \N{NO-BREAK SPACE}  \N{NO-BREAK SPACE} ".join(texts[n : n + 2])} for n in range(0, len(texts), 2)]


def label_column(pairs: Pairs) -> Blocks:
    return [{"table": [[label, value] for label, value in pairs]}]


def two_label_columns(pairs: Pairs) -> Blocks:
    whole = [*pairs, *[("", "")] * (len(pairs) % 2)]
    return [{"table": [[*whole[n], *whole[n + 1]] for n in range(0, len(whole), 2)]}]


def captions_over_values(pairs: Pairs) -> Blocks:
    rows: list[list[str]] = []
    for n in range(0, len(pairs), 4):
        four = [*pairs[n : n + 4], *[("", "")] * max(0, n + 4 - len(pairs))]
        rows += [[label for label, _ in four], [value for _, value in four]]
    return [{"table": rows}]


def labels_in_cells(pairs: Pairs) -> Blocks:
    cells = [f"{label}: {value}" for label, value in pairs]
    cells += [""] * (-len(cells) % 2)
    return [{"table": [cells[n : n + 2] for n in range(0, len(cells), 2)]}]


def stacked_in_boxes(pairs: Pairs) -> Blocks:
    boxes: list[Blocks] = [[{"bold": label}, {"p": value}] for label, value in pairs]
    return [{"boxes": boxes[n : n + 3]} for n in range(0, len(boxes), 3)]


def columns_without_rules(pairs: Pairs) -> Blocks:
    return [{"boxes": [[{"p": f"{label}:"}], [{"p": value}]]} for label, value in pairs]


def one_cell_each(pairs: Pairs) -> Blocks:
    return [{"table": [[f"{label}: {text}"] for label, text in pairs]}]


def under_headings(pairs: Pairs) -> Blocks:
    return [block for label, text in pairs for block in ({"h2": label}, {"p": text})]


def under_bold_labels(pairs: Pairs) -> Blocks:
    return [block for label, text in pairs for block in ({"bold": f"{label}:"}, {"p": text})]


HEADERS = [
    on_lines,
    two_on_a_line,
    label_column,
    two_label_columns,
    captions_over_values,
    labels_in_cells,
    stacked_in_boxes,
    columns_without_rules,
]
STORIES = [on_lines, label_column, under_headings, under_bold_labels, one_cell_each, columns_without_rules]


@some.composite
def notes(draw: some.DrawFn) -> Written:
    day = draw(some.dates(date(2024, 1, 1), date(2026, 6, 30)))
    signed = day + timedelta(days=draw(some.integers(0, 3)))
    start = time(draw(some.integers(8, 16)), draw(some.sampled_from([0, 15, 30, 45])))
    units = draw(some.integers(1, 8))
    end = (datetime.combine(day, start) + timedelta(minutes=15 * units)).time()
    as_date, as_clock = draw(some.sampled_from(DATES)), draw(some.sampled_from(CLOCKS))
    said = {
        "member": draw(some.sampled_from(PEOPLE)),
        "medicaid_id": draw(some.from_regex(r"\A9[0-9]{8}[A-Z]\Z")),
        "date": day.strftime(as_date),
        "start": start.strftime(as_clock),
        "end": end.strftime(as_clock),
        "units": str(units),
        "place": draw(some.sampled_from(PLACES)),
    }
    story = {
        key: " ".join(draw(some.lists(some.sampled_from(pool), min_size=1, max_size=LONGEST)))
        for key, pool in SENTENCES.items()
    }
    label = {key: draw(some.sampled_from(wordings)) for key, wordings in LABELS.items()}
    name, credentials = draw(some.sampled_from(STAFF)), draw(some.sampled_from(CREDENTIALS))
    signing = draw(some.sampled_from(SIGNINGS))
    blocks: Blocks = [
        {"title": draw(some.sampled_from(["Peer Support Progress Note", "Service Note", "PEER SUPPORT CONTACT NOTE"]))},
        *draw(some.sampled_from(HEADERS))([(label[key], said[key]) for key in HEADER]),
        {"p": "Service: Peer Support Services (H0038)"},
        *draw(some.sampled_from(STORIES))([(label[key], story[key]) for key in STORY]),
        {"p": signing.format(name=name, credentials=credentials, day=signed.strftime(as_date))},
    ]
    facts = {**said, "date": day, "start": start, "end": end, "units": units, **story}
    return Written(blocks, {**facts, "signer": name, "credentials": credentials, "signed_on": signed})


def told(path: Path) -> dict[str, Any]:
    """What is read of a printed note, in the words of the facts."""
    (note,) = recognise(read(path), path.name)
    assert isinstance(note, ServiceNote), read(path).text
    header, signature = note.header, note.staff_signature
    assert signature
    return {
        "member": header.member and header.member.text,
        "medicaid_id": header.medicaid_id and header.medicaid_id.meaning,
        "date": note.date,
        "start": note.start and note.start.meaning,
        "end": note.end and note.end.meaning,
        "units": note.units and note.units.meaning,
        "place": note.place_of_service and note.place_of_service.text,
        **{
            key: " ".join(word for section in note.sections(topic) for word in section.text.split())
            for key, topic in STORY.items()
        },
        "signer": signature.name,
        "credentials": signature.credentials,
        "signed_on": signature.signed_on and signature.signed_on.meaning,
    }


def wrongly_told(note: Written, file: Path) -> dict[str, tuple[Any, Any]]:
    """What was written and what was read, of the facts that differ."""
    found = told(file)
    return {fact: (written, found[fact]) for fact, written in note.facts.items() if written != found[fact]}


def as_word_files(notes: Sequence[Blocks], folder: Path) -> list[Path]:
    return [write_docx(blocks, folder / f"{number:02}.docx") for number, blocks in enumerate(notes)]


def by_reportlab(notes: Sequence[Blocks], folder: Path) -> list[Path]:
    return [write_pdf(blocks, folder / f"{number:02}.pdf") for number, blocks in enumerate(notes)]


def by_libreoffice(notes: Sequence[Blocks], folder: Path) -> list[Path]:
    files = as_word_files(notes, folder)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(installed_office()), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=OFFICE_SECONDS)
    return [file.with_suffix(".pdf") for file in files]


PRINTERS: list[Printer] = [as_word_files, by_reportlab, *([by_libreoffice] if installed_office() else [])]


@pytest.fixture(params=PRINTERS, ids=lambda printer: printer.__name__, scope="module")
def printer(request: pytest.FixtureRequest) -> Printer:
    """Each printer there is."""
    chosen: Printer = request.param
    return chosen


@pytest.fixture(scope="module")
def packet() -> list[Written]:
    """Notes of all kinds, the same in every run."""
    found: list[Written] = []

    @settings(max_examples=PACKET, phases=[Phase.generate], derandomize=True)
    @given(notes())
    def gather(note: Written) -> None:
        found.append(note)

    gather()
    return found


def test_what_is_written_is_read(printer: Printer, packet: list[Written], tmp_path: Path) -> None:
    files = printer([note.blocks for note in packet], tmp_path)
    wrong = [(wrongly_told(note, file), note.blocks) for note, file in zip(packet, files, strict=True)]
    assert [misread for misread in wrong if misread[0]] == []
