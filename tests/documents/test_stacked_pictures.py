"""Pictures of a PDF that touch one below the other: signatures in rows of a table, or one picture cut into strips."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image as Drawing
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from peerlint.documents.model import PICTURE
from peerlint.documents.read import read

_HEIGHT = 30
_TOP = 500


def _strokes() -> ImageReader:
    content = io.BytesIO()
    drawing = Drawing.new("RGB", (200, 60), "white")
    drawing.putpixel((20, 20), (0, 0, 90))
    drawing.save(content, "PNG")
    content.seek(0)
    return ImageReader(content)


def _printed(path: Path, roles: list[str], pictures: int) -> list[str]:
    """The lines of a page with pictures that touch one below the other, and words beside as many as there are roles."""
    page = Canvas(str(path), pagesize=LETTER)
    page.drawString(72, 700, "Person-Centered Plan of Delphine Roark, agreed on this day")
    for number in range(pictures):
        page.drawImage(_strokes(), 200, _TOP - number * _HEIGHT, width=110, height=_HEIGHT)
    for number, role in enumerate(roles):
        page.drawString(72, _TOP + 10 - number * _HEIGHT, role)
    page.save()
    return [paragraph.text for block in read(path).blocks for paragraph in block.paragraphs()]


def test_each_row_keeps_its_own_signature(tmp_path: Path) -> None:
    roles = ["Person served", "Responsible professional", "Peer specialist"]

    lines = _printed(tmp_path / "signed.pdf", roles, pictures=3)

    assert [line.count(PICTURE) for line in lines if line.startswith(tuple(roles))] == [1, 1, 1]


def test_strips_of_one_picture_are_one(tmp_path: Path) -> None:
    lines = _printed(tmp_path / "strips.pdf", ["Signature"], pictures=3)

    assert sum(line.count(PICTURE) for line in lines) == 1
