"""Documents that hold several records are cut where a person would cut them, and single records are left whole."""

from __future__ import annotations

from datetime import date

from peerlint.documents.model import Block, Document, Paragraph, Part, Place
from peerlint.documents.text import document_from_text
from peerlint.records.model import Kind, ServiceNote
from peerlint.records.recognise import recognise

PROSE = (
    "I shared how I kept a calendar in my first year and we filled in the coming week, one hour "
    "at a time, until she had two plans for Friday."
)


def note(day: str, member: str = "Rosa Diaz", title: str = "Progress Note", head: str = "") -> str:
    return f"""{head}
# {title}
Member name: {member}
Medicaid ID: 903311457P
Date of service: {day}
Time: 10:00 AM - 11:00 AM
Intervention: {PROSE}
Response: She smiled and said that {day} was a good day to begin.
Electronically signed by Ann Bo, CPSS on {day}"""


def kinds(text: str) -> list[Kind]:
    return [record.kind for record in recognise(document_from_text(text), "packet.docx")]


def days(text: str) -> list[str]:
    records = recognise(document_from_text(text), "packet.docx")
    return [record.service_date.text for record in records if isinstance(record, ServiceNote) and record.service_date]


def test_a_month_of_notes_is_as_many_notes() -> None:
    month = [f"02/{day:02d}/2025" for day in (4, 11, 18, 25)]

    assert days("\n".join(note(day) for day in month)) == month


def test_two_notes_of_one_day_stay_two() -> None:
    assert days(note("02/04/2025") + "\n" + note("02/04/2025")) == ["02/04/2025", "02/04/2025"]


def test_letterheads_go_with_the_note_below_them() -> None:
    text = (
        note("02/04/2025", head="# Lantern Street Peer Services")
        + "\n"
        + note("02/11/2025", head="# Lantern Street Peer Services")
    )
    records = recognise(document_from_text(text), "month.docx")

    assert [record.header.text.count("Lantern Street") for record in records] == [1, 1]
    assert [record.header.index for record in records] == [0, 1]


def test_notes_without_titles_are_cut_at_their_labels() -> None:
    text = "\n".join(note(day).replace("# Progress Note", "") for day in ("03/03/2025", "03/10/2025"))

    assert days(text) == ["03/03/2025", "03/10/2025"]


def test_an_export_that_names_the_member_once_names_her_in_every_note() -> None:
    entry = (
        "Date of service: {day}\nStart time: 10:00 AM\nEnd time: 11:00 AM\nNote: "
        + PROSE
        + "\nElectronically signed by Ann Bo, CPSS on {day}\n"
    )
    text = "Member name: Rosa Diaz\nMedicaid ID: 903311457P\n" + "".join(
        entry.format(day=day) for day in ("03/03/2025", "03/10/2025", "03/17/2025")
    )
    records = recognise(document_from_text(text), "export.pdf")

    assert days(text) == ["03/03/2025", "03/10/2025", "03/17/2025"]
    assert [record.header.member and record.header.member.text for record in records] == ["Rosa Diaz"] * 3


def test_a_log_with_a_row_for_each_note_is_a_note_for_each_row() -> None:
    text = f"""Member name: Rosa Diaz
| Date of service | Start | End | Narrative | Staff signature |
| 03/03/2025 | 10:00 AM | 11:00 AM | {PROSE} | /s/ Ann Bo, CPSS |
| 03/10/2025 | 1:00 PM | 2:00 PM | {PROSE} | /s/ Ann Bo, CPSS |"""

    assert days(text) == ["03/03/2025", "03/10/2025"]


def test_notes_stacked_in_one_table_are_cut_apart() -> None:
    rows = (
        "| Member | Rosa Diaz |\n| Date of service | {day} |\n| Time | 10:00 AM - 11:00 AM |\n| Intervention | "
        + PROSE
        + " |\n| Response | She laughed. |\n"
    )
    text = "".join(rows.format(day=day) for day in ("03/03/2025", "03/10/2025"))

    assert days(text) == ["03/03/2025", "03/10/2025"]


def test_a_packet_holds_plan_and_notes() -> None:
    plan = """# Person-Centered Plan
Member name: Rosa Diaz
Medicaid ID: 903311457P
Date of plan: 01/06/2025
## Goals
Goal 1: Find an apartment by June.
Interventions: The peer specialist will practice calls to landlords with Rosa every week for three months.
Target date: 06/30/2025
Member signature: /s/ Rosa Diaz   Date: 01/06/2025
Person responsible for the plan: /s/ Lee Fox, QP   Date: 01/06/2025
"""

    assert kinds(plan + note("02/04/2025") + "\n" + note("02/11/2025")) == [Kind.PLAN, Kind.NOTE, Kind.NOTE]


def test_a_note_over_two_pages_with_its_head_repeated_is_one_note() -> None:
    head = ["Progress Note", "Member name: Rosa Diaz", "Date of service: 02/04/2025"]
    first = [*head, "Time: 10:00 AM - 11:00 AM", f"Intervention: {PROSE}"]
    second = [
        *head,
        "Response: She filled in the rest of the week by herself.",
        "Electronically signed by Ann Bo, CPSS on 02/04/2025",
    ]
    blocks: list[Block] = [Paragraph(text, Place(n, page=1)) for n, text in enumerate(first)]
    blocks += [Paragraph(text, Place(len(first) + n, page=2)) for n, text in enumerate(second)]

    records = recognise(Document("pdf", tuple(blocks)), "note.pdf")

    assert [record.header.pages for record in records] == [(1, 2)]


def test_notes_keep_the_pages_they_stand_on() -> None:
    blocks: list[Block] = []
    for page, day in enumerate(("02/04/2025", "02/11/2025"), 1):
        blocks += [
            Paragraph(line.strip("# "), Place(len(blocks) + n, page=page))
            for n, line in enumerate(note(day).strip().split("\n"))
        ]
    blocks.append(Paragraph("Lantern Street Peer Services, confidential", Place(len(blocks), part=Part.FOOTER)))

    records = recognise(Document("pdf", tuple(blocks)), "month.pdf")

    assert [record.header.pages for record in records] == [(1, 1), (2, 2)]


def test_addenda_and_later_signatures_stay_with_their_note() -> None:
    text = (
        note("02/04/2025")
        + f"""
Addendum
Date: 02/06/2025
Rosa called to say that the second plan for Friday worked out. {PROSE}
Electronically signed by Ann Bo, CPSS on 02/06/2025
Date/Time: 02/06/2025 9:00 AM"""
    )

    assert days(text) == ["02/04/2025"]


def test_dates_and_headings_inside_a_note_do_not_cut_it() -> None:
    text = note("02/04/2025").replace(
        "Response:",
        (
            "Plan\nDate of next visit: 02/11/2025\n"
            "Safety plan\nShe has a copy on the fridge and named two people from it today.\n"
            "Response:"
        ),
    )

    assert kinds(text) == [Kind.NOTE]


def _asked_note(day: str) -> str:
    return f"""# What day?
{day}
# What time?
1:00p-2:00p
# What service was it?
Peer Support, individual (H0038), 60 minutes, so 4 units
# How did we meet?
In person
# Where did we meet?
the library
# Which goal on the plan?
Goal 1
# What did we work on and why?
She wants a payday plan.
# What did I do?
{PROSE}
# How did it go for you?
She wrote it herself.
# Signed
/s/ Ann Bo, CPSS
# Signed on
{day}"""


def test_notes_under_questions_begin_where_the_first_question_comes_again() -> None:
    text = "Rosa Diaz, born 11/02/1958, Medicaid 903311457P\n" + "\n".join(
        _asked_note(day) for day in ("March 4, 2025", "March 11, 2025", "March 25, 2025")
    )
    notes = recognise(document_from_text(text), "march.docx")

    assert days(text) == ["March 4, 2025", "March 11, 2025", "March 25, 2025"]
    assert [str(n.header.birth_date and n.header.birth_date.meaning) for n in notes] == ["1958-11-02"] * 3


def test_a_log_under_a_line_that_names_the_member_is_a_note_for_each_row_with_its_name() -> None:
    text = """
Tidewater Peer Network | Member: Ana Delgado | MID: 903311457P
| Date | Time in / out | Place | Goal / reason | What was done | Response |
| 03/11/2025 | 10:00 AM / 11:00 AM | Home | Goal 1: two skills | I showed her how I breathe in a box. | Calmer. |
| 03/18/2025 | 2:00 PM / 3:00 PM |  | Goal 2 - intake call | We listed her questions for the call. | Ready. |
"""
    records = recognise(document_from_text(text), "log.pdf")

    told = [
        (note.date, note.header.member.text) for note in records if isinstance(note, ServiceNote) and note.header.member
    ]
    assert told == [(date(2025, 3, 11), "Ana Delgado"), (date(2025, 3, 18), "Ana Delgado")]
