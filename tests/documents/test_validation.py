"""A signature that fits is left alone; one whose bytes were changed, or that was written over later, is told."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pytest
from make_documents import lines, pdf, plain_note

from peerlint.documents.limits import Limits
from peerlint.documents.pdf import validation
from peerlint.documents.read import read_bytes
from peerlint.run import Request, check

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


def changed(content: bytes) -> bytes:
    """A signed PDF with one letter of what was signed changed."""
    at = content.index(b"/CreationDate") + 20
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def test_changed_bytes_do_not_fit(note: bytes) -> None:
    assert warnings(changed(note)) == (validation.BROKEN,)


def test_a_page_written_over_after_signing_is_told(note: bytes) -> None:
    assert warnings(overwritten(note)) == (validation.CHANGED,)


def test_a_signature_that_is_none_could_not_be_checked(note: bytes) -> None:
    at = note.index(b"/Contents <3082") + len("/Contents <")
    assert warnings(note[:at] + b"0000" + note[at + 4 :]) == (validation.UNCHECKED,)


def test_a_field_filled_without_a_signature_is_passed_over(files: Path) -> None:
    assert warnings((files / "signed-fields.pdf").read_bytes()) == ()


NOTE = (
    "Peer Support Service Note",
    "Member: Ada Quill",
    "Medicaid ID: 900123456A",
    "Date of service: 03/04/2025",
    "Service: Peer Support Services",
    "Units: 4",
)
PLAN = (
    "Person-Centered Plan",
    "Member: Ada Quill",
    "Medicaid ID: 900123456A",
    "Date of plan: 01/06/2025",
    "Goal 1: I will have a place of my own.",
    "Signature of the person responsible for the plan:",
)


def findings(content: bytes, code: str, ruleset: str, folder: Path) -> list[tuple[str, str]]:
    """What a whole run finds by one rule on a form."""
    (folder / "form.pdf").write_bytes(content)
    report = check(Request((folder,), (ruleset,), date(2025, 4, 1), wanted=(code,)))
    return [(finding.verdict, finding.message) for finding in report.findings]


@pytest.mark.parametrize(
    ("form", "code", "ruleset"),
    [((*NOTE, "Staff signature:"), "N111", "nc-8g"), (PLAN, "P105", "wellcare-nc-2025")],
    ids=["note", "plan"],
)
def test_a_run_asks_to_look_at_a_signature_that_does_not_fit(
    form: tuple[str, ...], code: str, ruleset: str, tmp_path: Path
) -> None:
    content = signed(pdf(partial(lines, texts=form, y=104 + 30 * len(form), leading=30)))
    assert findings(content, code, ruleset, tmp_path) == []
    assert findings(changed(content), code, ruleset, tmp_path) == [("needs_review", validation.BROKEN)]


def test_without_the_extra_nothing_is_said(note: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert warnings(overwritten(note)) == ()
