"""A signature that fits is left alone; one whose bytes were changed, or that was written over later, is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from make_documents import pdf, plain_note

from peerlint.documents.limits import Limits
from peerlint.documents.pdf import validation
from peerlint.documents.read import read_bytes

pytest.importorskip("pyhanko")

from make_signed import overwritten, signed


@pytest.fixture(scope="module")
def note() -> bytes:
    return signed(pdf(plain_note))


def warnings(content: bytes) -> tuple[str, ...]:
    return read_bytes(content, Limits()).warnings


def test_a_signature_that_fits_raises_no_doubt(note: bytes) -> None:
    assert warnings(note) == ()


def test_a_second_signature_raises_no_doubt_on_the_first(note: bytes) -> None:
    assert warnings(signed(note, "Supervisor")) == ()


def test_changed_bytes_do_not_fit(note: bytes) -> None:
    at = note.index(b"/CreationDate") + 20
    assert warnings(note[:at] + bytes([note[at] ^ 1]) + note[at + 1 :]) == (validation.BROKEN,)


def test_a_page_written_over_after_signing_is_told(note: bytes) -> None:
    assert warnings(overwritten(note)) == (validation.CHANGED,)


def test_a_signature_that_is_none_could_not_be_checked(note: bytes) -> None:
    at = note.index(b"/Contents <3082") + len("/Contents <")
    assert warnings(note[:at] + b"0000" + note[at + 4 :]) == (validation.UNCHECKED,)


def test_a_field_filled_without_a_signature_is_passed_over(files: Path) -> None:
    assert warnings((files / "signed-fields.pdf").read_bytes()) == ()


def test_without_the_extra_nothing_is_said(note: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert warnings(overwritten(note)) == ()
