"""Words in the file that the page does not show, and words that only look so to a program."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from make_documents import said, stream
from make_hostile import one_page

from peerlint.documents.limits import Limits
from peerlint.documents.model import Document, RevisionKind
from peerlint.documents.pdf.layers import has_layers
from peerlint.documents.read import read, read_bytes

GRADIENT = (
    "<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [72 0 372 0] /Extend [true true] "
    "/Function << /FunctionType 2 /Domain [0 1] /C0 [0 0 0.4] /C1 [0 0.3 0.3] /N 1 >> >>"
)
WHITE_WORDS = f"1 1 1 rg {said(700, 'Progress Note')} 0 0 0 rg {said(660, 'Units: 4')}"


def page(content: str, resources: str = "", *more: str) -> Document:
    return read_bytes(one_page(stream(content), resources, more), Limits())


def test_white_words_on_a_gradient_as_browsers_print_it() -> None:
    band = "q /Pattern cs /G scn 72 690 300 30 re f Q "
    pattern = "<< /Type /Pattern /PatternType 2 /Shading 7 0 R >>"
    document = page(band + WHITE_WORDS, "/Pattern << /G 6 0 R >>", pattern, GRADIENT)
    assert document.text == "Progress Note\nUnits: 4"


def test_white_words_on_a_white_patch() -> None:
    document = page("1 1 1 rg 72 690 300 30 re f " + WHITE_WORDS)
    assert document.text == "Units: 4"
    assert document.warnings == ("hidden text was set aside",)


@pytest.mark.parametrize(
    ("patch", "text"),
    [
        ("1 1 1 rg 120 655 60 14 re f", "Units:"),
        ("1 1 1 rg 120 655 60 14 re S", "Units: 4"),
        ("q 300 655 60 14 re W n 1 1 1 rg 120 655 240 14 re f Q", "Units: 4"),
        ("1 1 1 rg 120 655 60 14 re 10 10 5 5 re f", "Units: 4"),
        ("q 1 0.2 0 1 0 0 cm 1 1 1 rg 120 625 60 20 re f Q", "Units: 4"),
        ("1 1 1 rg 120 667 60 14 re f", "Units: 4"),
        ("1 1 1 rg 120 640 60 14 re f", "Units: 4"),
    ],
    ids=["over it", "only framed", "clipped away", "one of two", "slanting", "above it", "below it"],
)
def test_a_patch_drawn_later_hides_what_lies_wholly_under_it(patch: str, text: str) -> None:
    assert page(f"{said(660, 'Units:')} {said(660, '4', 130)} {patch}").text.replace("\t", " ") == text


def test_a_patch_drawn_first_hides_nothing() -> None:
    shaded = "0.9 g 70 655 200 14 re f 0 g " + said(660, "Units: 4")
    assert page(shaded + "0.9 g 70 635 200 14 re f 0 g " + said(640, "Place: Home")).text == "Units: 4\nPlace: Home"


def test_underscores_under_a_value_are_no_deletion() -> None:
    covered = said(660, "Units:") + said(660, "______", 130) + "1 1 1 rg 128 655 60 14 re f 0 g " + said(660, "4", 130)
    document = page(covered)
    assert document.text == "Units:\t4"
    assert document.revisions == ()


def test_what_was_covered_is_known_as_deleted(files: Path) -> None:
    revisions = read(files / "covered-and-colored.pdf").revisions
    assert {revision.kind for revision in revisions} == {RevisionKind.DELETION}


def test_layers_are_found_also_where_the_catalog_is_packed() -> None:
    packed = zlib.compress(b"1 0 << /Type /Catalog /OCProperties << /OCGs [6 0 R] >> >>")
    head = b"%PDF-1.7 5 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n"
    assert has_layers(head + packed + b"\nendstream endobj")
    assert not has_layers(head + zlib.compress(b"1 0 << /Type /Catalog >>") + b"\nendstream endobj")
