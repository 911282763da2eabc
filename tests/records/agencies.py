"""Notes as invented agencies print them: each layout writes a real DOCX or PDF file that tells the same facts."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.shared import Inches
from reportlab.lib import colors
from reportlab.lib.pagesizes import landscape, letter
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

PURPOSE = "Get ready for the housing office, which has felt too big to face alone."
INTERVENTION = (
    "Shared how I once walked out of the same office, then we wrote her three questions on a card: "
    "rent, deposit, pets. "
    "Modeled asking the first one and had her ask the other two while I played the clerk."
)
RESPONSE = "She asked all three clearly the second time and said the card makes it feel possible."
NEXT = "Visit the office on Thursday."
STORY = f"{PURPOSE} {INTERVENTION} {RESPONSE} {NEXT}"


@dataclass(frozen=True)
class Facts:
    """What a layout prints. A fact that a layout has no place for is listed in its ``leaves_out``."""

    member: str = "Rosa Delgado"
    medicaid_id: str = "903311457P"
    birth_date: str = "11/23/1984"
    service_date: str = "03/11/2025"
    start: str = "9:15 AM"
    end: str = "10:15 AM"
    minutes: int = 60
    units: int = 4
    place: str = "Community"
    goals: str = "1, 3"
    staff: str = "Carla Whitfield"
    credentials: str = "CPSS"
    signed_on: str = "03/12/2025"


@dataclass(frozen=True)
class Layout:
    """One agency's form. ``form`` is how somebody signs there, in the words of ``SignatureForm``."""

    name: str
    suffix: str
    write: Callable[[Path, Facts], None]
    form: str = "electronic"
    leaves_out: frozenset[str] = field(default_factory=frozenset)


# -- Word ------------------------------------------------------------------------------------------------------------


def _lines(document: DocxDocument, *lines: str) -> None:
    for line in lines:
        document.add_paragraph(line)


def _grid(document: DocxDocument, *rows: tuple[str, ...]) -> None:
    table = document.add_table(rows=0, cols=max(len(row) for row in rows))
    table.style = "Table Grid"
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            cell.text = text
        if len(row) == 1:
            cells[0].merge(cells[-1])


def plain_lines(path: Path, facts: Facts) -> None:
    document = Document()
    document.add_heading("Lantern Street Peer Services", 1)
    _lines(
        document,
        "Progress Note",
        f"Client Name: {facts.member}",
        f"Medicaid Number: {facts.medicaid_id}",
        f"D.O.B.: {facts.birth_date}",
        f"DOS: {facts.service_date}",
        "Service Provided: Peer Support Services (H0038)",
        "Method of Contact: In person",
        f"Service Location: {facts.place}",
        f"Service Start Time: {facts.start}",
        f"Service End Time: {facts.end}",
        f"Total Minutes: {facts.minutes}",
        f"Units Billed: {facts.units}",
        f"Goals addressed: {facts.goals}",
        f"Reason for contact: {PURPOSE}",
        f"Description of intervention/activity: {INTERVENTION}",
        f"Client's response to services: {RESPONSE}",
        f"Plan for next steps: {NEXT}",
        f"Electronically signed by {facts.staff}, {facts.credentials} on {facts.signed_on} at 2:46 PM",
    )
    document.save(str(path))


def label_column(path: Path, facts: Facts) -> None:
    document = Document()
    document.add_paragraph("HARBOR HOUSE – PEER SUPPORT SERVICE NOTE")
    _grid(
        document,
        ("Participant", facts.member),
        ("Medicaid #", facts.medicaid_id),
        ("Birthdate", facts.birth_date),
        ("Session Date", facts.service_date),
        ("Type of service", "Peer Support – individual"),
        ("How we met", "Face-to-face"),
        ("Where we met", facts.place),
        ("Time in / Time out", f"{facts.start} / {facts.end}"),
        ("Length of session", f"{facts.minutes} minutes"),
        ("Billable units", str(facts.units)),
        ("Goals worked on", f"Goals {facts.goals}"),
        ("Why we met", PURPOSE),
        ("What the peer did", INTERVENTION),
        ("How did it go", RESPONSE),
        ("What's next", NEXT),
    )
    document.add_paragraph(
        f"Peer signature/credentials: /s/ {facts.staff}, {facts.credentials}\tDate signed: {facts.signed_on}"
    )
    document.save(str(path))


def landscape_grid(path: Path, facts: Facts) -> None:
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_paragraph("Contact Record")
    _grid(
        document,
        ("Name of individual served", "Medicaid ID", "DOB", "Date of contact", "Place of contact"),
        (facts.member, facts.medicaid_id, facts.birth_date, facts.service_date, facts.place),
        ("Begin", "Stop", "Minutes", "Units", "Type of contact"),
        (facts.start, facts.end, str(facts.minutes), str(facts.units), "F2F"),
    )
    _grid(
        document,
        (f"Service: Peer Support H0038    Goal(s): {facts.goals}",),
        ("Purpose of the contact",),
        (PURPOSE,),
        ("Staff interventions",),
        (INTERVENTION,),
        ("Effectiveness of interventions",),
        (RESPONSE,),
        ("Follow-up",),
        (NEXT,),
    )
    _grid(
        document,
        ("Signature", "Title", "Date"),
        (f"/s/ {facts.staff}", "Certified Peer Support Specialist", facts.signed_on),
    )
    document.save(str(path))


def paired_cells(path: Path, facts: Facts) -> None:
    document = Document()
    document.add_paragraph("PEER RECOVERY NOTE")
    _grid(
        document,
        (f"Name:\n{facts.member}", f"MID:\n{facts.medicaid_id}", f"DOB:\n{facts.birth_date}"),
        (f"Date of Service:\n{facts.service_date}", f"Start:\n{facts.start}", f"End:\n{facts.end}"),
        (f"Total time:\n{facts.minutes} min", f"Units:\n{facts.units}", f"Location:\n{facts.place}"),
        (
            "Service:\nPeer Support Services, individual",
            "Contact:\n☒ Face-to-face ☐ Telephone ☐ Telehealth",
            f"PCP Goal #:\n{facts.goals}",
        ),
    )
    for label, text in (("P", PURPOSE), ("I", INTERVENTION), ("E", RESPONSE), ("Plan", NEXT)):
        _lines(document, f"{label}: {text}")
    document.add_paragraph(f"Signed electronically: {facts.staff}, {facts.credentials}   {facts.signed_on} 4:15 PM")
    document.save(str(path))


def headings(path: Path, facts: Facts) -> None:
    document = Document()
    document.sections[0].header.paragraphs[
        0
    ].text = f"{facts.member}   |   MID {facts.medicaid_id}   |   DOB {facts.birth_date}"
    document.add_heading("Visit Note", 1)
    _lines(
        document,
        f"Visit date: {facts.service_date}\tVisit time: {facts.start} – {facts.end} ({facts.units}u)\t"
        f"Length: {facts.minutes} min",
        f"Program: Peer Support\tModality: Face to face\tSetting: {facts.place}\tGoal: {facts.goals}",
    )
    for label, text in (
        ("Focus of visit", PURPOSE),
        ("Support provided", INTERVENTION),
        ("Member response", RESPONSE),
        ("Next visit", NEXT),
    ):
        document.add_heading(label, 2)
        document.add_paragraph(text)
    _lines(document, "Staff signature: ______________________________", "")
    document.paragraphs[-2].text = "Staff signature:"
    document.paragraphs[-1].add_run().add_picture(_stroke(), width=Inches(1.5))
    document.add_paragraph(
        f"Printed name: {facts.staff}     Title: Peer Support Specialist     Date: {facts.signed_on}"
    )
    document.save(str(path))


def _stroke() -> io.BytesIO:
    """A drawn signature: a small picture of a dark line."""
    import struct
    import zlib

    width, height = 120, 40
    rows = b"".join(
        b"\0" + bytes(0 if abs(y - 20 - (x % 24 - 12)) < 3 else 255 for x in range(width)) for y in range(height)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )


def all_caps(path: Path, facts: Facts) -> None:
    document = Document()
    _lines(
        document,
        "STATE OF RECOVERY, INC.",
        "PEER SUPPORT SERVICE NOTE",
        f"NAME: {facts.member.upper()}\tMID: {facts.medicaid_id}\tDOB: {facts.birth_date}",
        f"DATE OF SERVICE: {facts.service_date}",
        f"TIME: {facts.start} TO {facts.end}\tTOTAL TIME: {facts.minutes} MIN\tUNITS: {facts.units}",
        f"PLACE OF SERVICE: {facts.place.upper()}\tTYPE OF CONTACT: FACE TO FACE",
        "SERVICE: PEER SUPPORT SERVICES",
        f"PCP GOALS: {facts.goals}",
        "PURPOSE:",
        PURPOSE.upper(),
        "INTERVENTIONS:",
        INTERVENTION.upper(),
        "RESPONSE:",
        RESPONSE.upper(),
        "PLAN:",
        NEXT.upper(),
        f"ELECTRONICALLY SIGNED BY {facts.staff.upper()}, {facts.credentials} ON {facts.signed_on}",
    )
    document.save(str(path))


def letter_like(path: Path, facts: Facts) -> None:
    document = Document()
    _lines(
        document,
        "Peer Support Note",
        f"{facts.member}     MID {facts.medicaid_id}     DOB {facts.birth_date}",
        f"{facts.service_date}, {facts.start} to {facts.end}",
        STORY,
        f"{facts.staff}, {facts.credentials}",
        facts.signed_on,
    )
    document.save(str(path))


def girp(path: Path, facts: Facts) -> None:
    document = Document()
    document.add_paragraph("GIRP Note – Peer Support (H0038)")
    _lines(
        document,
        f"Consumer: {facts.member}",
        f"Medicaid identification number: {facts.medicaid_id}    Date of birth: {facts.birth_date}",
        f"Date & time of service: {facts.service_date}  {facts.start} - {facts.end}",
        f"Duration: {facts.minutes} minutes   Units: {facts.units}",
        f"Place: {facts.place}   Contact type: face to face",
        "GOAL",
        f"Goals {facts.goals}: she wants a home where her dog can live with her.",
        "INTERVENTION",
        f"{PURPOSE} {INTERVENTION}",
        "RESPONSE",
        RESPONSE,
        "PLAN",
        NEXT,
        f"Author: {facts.staff}, {facts.credentials} (electronically signed {facts.signed_on})",
    )
    document.save(str(path))


# -- PDF -------------------------------------------------------------------------------------------------------------

_STYLES = getSampleStyleSheet()
_BODY = _STYLES["BodyText"]


def _prose(*lines: str) -> list[object]:
    return [Paragraph(line, _BODY) for line in lines]


def _ruled(*rows: tuple[str, ...], widths: list[float] | None = None) -> Table:
    table = Table([[Paragraph(cell, _BODY) for cell in row] for row in rows], colWidths=widths)
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.7, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
    return table


def ehr_printout(path: Path, facts: Facts) -> None:
    canvas = Canvas(str(path), pagesize=letter)
    canvas.setFont("Courier", 10)
    first, last = facts.member.split(maxsplit=1)
    lines = [
        "CLEARWATER BEHAVIORAL HEALTH                Encounter Report",
        "",
        f"Client Name.......: {last}, {first}",
        f"Medicaid Number...: {facts.medicaid_id}",
        f"Birth Date........: {facts.birth_date}",
        f"Service Date......: {facts.service_date}",
        "Program...........: Peer Support",
        f"Start Time........: {facts.start}",
        f"End Time..........: {facts.end}",
        f"Duration..........: {facts.minutes}",
        f"Units.............: {facts.units}",
        f"Location..........: {facts.place}",
        "Contact Method....: In-Person",
        f"Goals.............: {facts.goals}",
        "",
        "Purpose",
        *_wrapped(PURPOSE),
        "Intervention",
        *_wrapped(INTERVENTION),
        "Response",
        *_wrapped(RESPONSE),
        "Plan",
        *_wrapped(NEXT),
        "",
        f"Signed electronically by {facts.staff}, {facts.credentials}  {facts.signed_on} 11:02 AM",
    ]
    for number, line in enumerate(lines):
        canvas.drawString(54, 740 - 15 * number, line)
    canvas.save()


def _wrapped(text: str, width: int = 78) -> list[str]:
    import textwrap

    return textwrap.wrap(text, width)


def ruled_form(path: Path, facts: Facts) -> None:
    grid = _ruled(
        ("Individual", facts.member, "Medicaid ID", facts.medicaid_id),
        ("Date of service", facts.service_date, "Date of birth", facts.birth_date),
        ("Time in", facts.start, "Time out", facts.end),
        ("Total time", f"{facts.minutes} minutes", "Units", str(facts.units)),
        ("Place of service", facts.place, "Contact type", "Face-to-face"),
        ("Service", "Peer Support Services", "PCP goal(s)", facts.goals),
        widths=[90, 170, 90, 170],
    )
    text = _ruled(
        ("Purpose", PURPOSE),
        ("Interventions", INTERVENTION),
        ("Response / progress", RESPONSE),
        ("Next", NEXT),
        widths=[90, 430],
    )
    gap = "&nbsp;" * 8
    signed = f"Staff signature/credential: /s/ {facts.staff}, {facts.credentials}{gap} Date: {facts.signed_on}"
    SimpleDocTemplate(str(path), pagesize=letter).build(
        [*_prose("<b>SERVICE NOTE</b>"), grid, Spacer(1, 8), text, Spacer(1, 8), *_prose(signed)]
    )


def landscape_pdf(path: Path, facts: Facts) -> None:
    grid = _ruled(
        ("Member name", "Medicaid ID", "DOB", "Service date", "Start time", "End time", "Units", "Location"),
        (
            facts.member,
            facts.medicaid_id,
            facts.birth_date,
            facts.service_date,
            facts.start,
            facts.end,
            str(facts.units),
            facts.place,
        ),
        widths=[110, 90, 75, 80, 75, 75, 50, 105],
    )
    text = _ruled(
        (f"Goal(s): {facts.goals}",),
        (f"Type of contact: Face-to-face; service: Peer Support; duration: {facts.minutes} minutes",),
        (f"Purpose: {PURPOSE}",),
        (f"Intervention: {INTERVENTION}",),
        (f"Effectiveness: {RESPONSE}",),
        (f"Plan: {NEXT}",),
        widths=[660],
    )
    signed = f"Electronically signed by: {facts.staff}, {facts.credentials}, {facts.signed_on}"
    SimpleDocTemplate(str(path), pagesize=landscape(letter)).build(
        [*_prose("Peer Support Encounter Note"), grid, text, Spacer(1, 8), *_prose(signed)]
    )


def bold_labels(path: Path, facts: Facts) -> None:
    pairs = (
        ("Beneficiary", facts.member),
        ("Medicaid ID", facts.medicaid_id),
        ("Date of birth", facts.birth_date),
        ("Date of service", facts.service_date),
        ("Service", "Peer Support, individual (H0038)"),
        ("Mode of contact", "in person"),
        ("Site", facts.place),
        ("Start and stop time", f"{facts.start} - {facts.end}"),
        ("Amount of time", f"{facts.minutes} minutes"),
        ("Number of units", str(facts.units)),
        ("PCP goals addressed", facts.goals),
        ("Purpose of contact", PURPOSE),
        ("Provider's interventions", INTERVENTION),
        ("Effectiveness", RESPONSE),
        ("Next steps", NEXT),
    )
    story = _prose("<b>Full Service Note</b>", *(f"<b>{label}:</b> {text}" for label, text in pairs))
    story += _prose(f"/s/ {facts.staff}, {facts.credentials}, {facts.signed_on}")
    SimpleDocTemplate(str(path), pagesize=letter).build(story)


def soap_pdf(path: Path, facts: Facts) -> None:
    story = _prose(
        "Progress Note",
        f"Client: {facts.member}",
        f"MA ID: {facts.medicaid_id}",
        f"DOB: {facts.birth_date}",
        f"Date of Service: {facts.service_date}",
        f"Time: {facts.start} - {facts.end}",
        f"Units: {facts.units}",
        f"POS: {facts.place}",
        "Service: Peer Support",
        "Delivery mode: Face-to-Face",
        f"Goal: {facts.goals}",
        f"S: {PURPOSE}",
        "O: She kept eye contact and laughed twice.",
        f"A: {INTERVENTION} {RESPONSE}",
        f"P: {NEXT}",
        f"Provider signature: {facts.staff}, {facts.credentials} (electronically signed {facts.signed_on})",
    )
    SimpleDocTemplate(str(path), pagesize=letter).build(story)


_SECTIONS = frozenset({"sections"})

LAYOUTS = (
    Layout("plain lines", ".docx", plain_lines),
    Layout("label column", ".docx", label_column, form="typed with a signature mark"),
    Layout("landscape grid", ".docx", landscape_grid, form="typed with a signature mark"),
    Layout("paired cells, PIE letters", ".docx", paired_cells),
    Layout("headings, member in the page header, drawn signature", ".docx", headings, form="drawn"),
    Layout("all caps", ".docx", all_caps),
    Layout(
        "letter-like",
        ".docx",
        letter_like,
        form="name only",
        leaves_out=frozenset({"minutes", "units", "place", "goals", "contact"}) | _SECTIONS,
    ),
    Layout("GIRP", ".docx", girp, leaves_out=_SECTIONS),
    Layout("EHR print-out", ".pdf", ehr_printout),
    Layout("ruled form", ".pdf", ruled_form, form="typed with a signature mark"),
    Layout("landscape table", ".pdf", landscape_pdf),
    Layout("bold labels", ".pdf", bold_labels, form="typed with a signature mark"),
    Layout("SOAP", ".pdf", soap_pdf, leaves_out=_SECTIONS | {"minutes"}),
)
