"""Assessments, orders, authorizations and papers that are no record at all, from real files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from printed import write_docx, write_pdf

from peerlint.documents.read import read
from peerlint.records.extent import Extent
from peerlint.records.model import OtherKind, OtherRecord
from peerlint.records.others import read_other

ASSESSMENT: list[dict[str, Any]] = [
    {"title": "Comprehensive Clinical Assessment"},
    {"table": [["Client", "Nora Pell"], ["DOB", "03/04/1977"], ["Date of assessment", "02/20/2025"]]},
    {"h2": "Diagnosis"},
    {"p": "F33.1 Major depressive disorder, recurrent, moderate. History of F10.20 alcohol use disorder."},
    {"p": "/s/ Faye Stone, LCMHC   02/21/2025"},
]
ORDER: list[dict[str, Any]] = [
    {"title": "Service Order"},
    {"p": "Member: Nora Pell     Medicaid ID: 911002233S"},
    {"p": "Date ordered: 02/22/2025"},
    {"p": "Peer Support Services are medically necessary."},
    {"p": "Ordering practitioner: /s/ A. Reed, MD     Date: 02/24/2025"},
]
AUTHORIZATION: list[dict[str, Any]] = [
    {"title": "Notice of Authorization"},
    {"table": [["Member", "Nora Pell"], ["Units authorized", "96"], ["From", "03/01/2025"], ["To", "05/31/2025"]]},
]
UNTITLED_ASSESSMENT: list[dict[str, Any]] = [
    {"p": "Nora Pell, seen 02/20/2025"},
    {"p": "Presenting problem: low mood since the flood."},
    {"p": "Mental status: alert, tearful."},
    {"p": "Diagnosis: F33.1 Major depressive disorder, recurrent, moderate"},
]
MENU: list[dict[str, Any]] = [{"bold": "FRIDAY LUNCH"}, {"p": "Soup, bread, pie. Served from 11 to 1 on 03/07/2025."}]


def other(blocks: list[dict[str, Any]], what: OtherKind, tmp_path: Path, suffix: str = ".docx") -> OtherRecord:
    write = write_docx if suffix == ".docx" else write_pdf
    document = read(write(blocks, tmp_path / f"other{suffix}"))
    return read_other(Extent("other", 0, document, document.blocks), what)


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_an_assessment_tells_when_and_by_whom(tmp_path: Path, suffix: str) -> None:
    record = other(ASSESSMENT, OtherKind.ASSESSMENT, tmp_path, suffix)
    assert record.date == date(2025, 2, 20)
    assert [(act.on, act.by) for act in record.acts] == [(date(2025, 2, 20), "Faye Stone, LCMHC")]
    assert [diagnosis.code for diagnosis in record.diagnoses] == ["F33.1"]


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_an_order_counts_from_its_signature(tmp_path: Path, suffix: str) -> None:
    record = other(ORDER, OtherKind.SERVICE_ORDER, tmp_path, suffix)
    assert record.date == date(2025, 2, 22)
    assert [(act.on, act.by) for act in record.acts] == [(date(2025, 2, 24), "A. Reed, MD")]


def test_an_authorization_is_dated_by_its_first_day(tmp_path: Path) -> None:
    record = other(AUTHORIZATION, OtherKind.AUTHORIZATION, tmp_path)
    assert record.date == date(2025, 3, 1)
    assert record.acts == () and record.diagnoses == ()


@pytest.mark.parametrize(
    ("blocks", "what"),
    [(UNTITLED_ASSESSMENT, OtherKind.ASSESSMENT), (MENU, OtherKind.UNKNOWN)],
    ids=["assessment", "menu"],
)
def test_a_record_without_title_is_known_by_its_looks_or_not_at_all(
    tmp_path: Path, blocks: list[dict[str, Any]], what: OtherKind
) -> None:
    assert other(blocks, OtherKind.UNKNOWN, tmp_path).what is what
