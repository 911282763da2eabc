"""Notes drawn on the page, where position alone tells what belongs together: boxes with their captions inside, and
summaries with values set flush right."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reportlab.lib.pagesizes import LETTER
from reportlab.pdfgen.canvas import Canvas

from peerlint.documents.read import read
from peerlint.records.model import ServiceNote, SignatureForm
from peerlint.records.recognise import recognise

Box = tuple[float, float, float, float, str, str]

HEAD: tuple[Box, ...] = (
    (40, 712, 250, 30, "1. LAST NAME, FIRST, M.I.", "Whitcomb, Darnell, R"),
    (290, 712, 140, 30, "2. MEDICAID NO.", "900417318R"),
    (430, 712, 142, 30, "3. DATE OF BIRTH", "11 02 1984"),
    (40, 682, 110, 30, "4. DATE (MM DD YYYY)", "08 12 2025"),
    (150, 682, 70, 30, "5. FROM", "5:00 PM"),
    (220, 682, 70, 30, "6. TO", "5:45 PM"),
    (290, 682, 60, 30, "7. MINUTES", "45"),
    (350, 682, 50, 30, "8. UNITS", "3"),
    (400, 682, 172, 30, "9. PROC. / MOD.", "H0038"),
    (40, 652, 250, 30, "10. SERVICE", "Peer Support Services, individual"),
    (290, 652, 60, 30, "11. POS", "11"),
    (350, 652, 222, 30, "12. WHERE (describe)", "Agency office, Room 4"),
    (
        40,
        582,
        532,
        70,
        "13. PURPOSE OF CONTACT (tie to plan goal no.)",
        "First visit under the plan. Goal 1, meetings.",
    ),
    (40, 512, 532, 70, "14. INTERVENTION - what staff did", "Put a ring around the meetings he can walk to, with him."),
    (40, 442, 532, 70, "15. EFFECTIVENESS / progress", "He picked three meetings and asked a friend along."),
    (40, 412, 220, 30, "16. STAFF NAME (PRINT) AND CREDENTIAL", "Gene Lambert, CPSS"),
)


def drawn(boxes: Iterable[Box], path: Path) -> ServiceNote:
    canvas = Canvas(str(path), pagesize=LETTER)
    canvas.setFont("Times-Bold", 13)
    canvas.drawString(40, 752, "CONTACT RECORD")
    for left, bottom, width, height, caption, value in boxes:
        canvas.rect(left, bottom, width, height)
        canvas.setFont("Helvetica", 6.3)
        canvas.drawString(left + 3, bottom + height - 8, caption)
        canvas.setFont("Courier", 10)
        canvas.drawString(left + 5, bottom + height - 24, value)
    canvas.save()
    (record,) = recognise(read(path), path.name)
    assert isinstance(record, ServiceNote)
    return record


def signed_boxes(signature: str, day: str) -> tuple[Box, ...]:
    return (
        *HEAD,
        (260, 412, 210, 30, "17. SIGNATURE OF STAFF WHO SERVED", signature),
        (470, 412, 102, 30, "18. DATE SIGNED", day),
    )


def test_numbered_boxes_hold_each_its_value(tmp_path: Path) -> None:
    note = drawn(signed_boxes("/s/ Gene Lambert", "08 12 2025"), tmp_path / "note.pdf")

    assert note.header.medicaid_id
    assert note.header.medicaid_id.meaning == "900417318R"
    assert str(note.date) == "2025-08-12"
    assert note.place_of_service
    assert note.place_of_service.text == "Agency office, Room 4"
    signature = note.staff_signature
    assert signature
    assert (signature.form, signature.name, signature.credentials) == (SignatureForm.TYPED, "Gene Lambert", "CPSS")
    assert signature.signed_on
    assert str(signature.signed_on.meaning) == "2025-08-12"


def test_a_box_to_sign_that_is_left_blank_is_not_signed_by_the_caption_of_the_next(tmp_path: Path) -> None:
    note = drawn(signed_boxes("", ""), tmp_path / "note.pdf")

    assert note.staff_signature
    assert note.staff_signature.form is SignatureForm.BLANK


def test_values_set_flush_right_are_rows_of_their_own(tmp_path: Path) -> None:
    rows = [
        ("Peer served", "Otis Hendry"),
        ("Medicaid ID", "955118320T"),
        ("Born", "19 Oct 1992"),
        ("Visit", "Fri 10 Oct 2025"),
        ("Clock", "11:00 - 12:00 (1 h 00 m)"),
        ("Mode", "In person"),
        ("Pin", "Community - library"),
        ("Record", "20655, opened by the intake"),
        ("number", "clerk of the agency"),
    ]
    path = tmp_path / "summary.pdf"
    canvas = Canvas(str(path), pagesize=LETTER)
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(40, 740, "Visit summary")
    canvas.setFont("Helvetica", 10)
    for number, (label, value) in enumerate(rows):
        canvas.drawString(40, 715 - 14 * number, label)
        canvas.drawRightString(360, 715 - 14 * number, value)
    canvas.drawString(40, 570, "Support provided: I sat by with him while he called three landlords from his list.")
    canvas.drawString(40, 550, "Response: One landlord will see him on the 15th, and he said it was easier each time.")
    canvas.save()

    (note,) = recognise(read(path), path.name)

    assert isinstance(note, ServiceNote)
    assert note.header.member
    assert note.header.member.text == "Otis Hendry"
    assert str(note.date) == "2025-10-10"
    assert note.place_of_service
    assert note.place_of_service.text == "Community - library"
    assert note.start
    assert f"{note.start.meaning:%H:%M}" == "11:00"
    assert note.header.record_number
    assert note.header.record_number.text == "20655, opened by the intake clerk of the agency"
