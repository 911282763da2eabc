"""A report is saved and read back: equal, in the same bytes, and a file that is none is refused in one line."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from agency import earlier_report, sample_report

from peerlint.findings.save import ReportError, dump, read

GOOD = dump(sample_report())


def test_reads_back_equal() -> None:
    assert read(GOOD) == sample_report()


def test_reading_and_saving_again_gives_the_same_bytes() -> None:
    assert dump(read(GOOD)) == GOOD


def test_keys_are_sorted_and_the_text_is_json() -> None:
    saved = json.loads(GOOD)
    assert list(saved) == sorted(saved)
    assert list(saved["findings"][0]) == sorted(saved["findings"][0])
    assert "Siobhán O’Dwyer" in GOOD


def test_a_file_name_that_is_no_text_survives() -> None:
    report = replace(sample_report(), run={"as_of": "2025-07-31", "root": "caf\udce9", "redacted": False})
    saved = dump(report)
    assert saved.encode("utf-8")
    assert read(saved).run["root"] == "caf\udce9"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no JSON"),
        ("%PDF-1.4", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[]", "schema"),
        ("{}", "schema"),
        (GOOD.replace("peerlint-report/1", "peerlint-report/9"), "schema"),
        (GOOD.replace('"rule": "N110"', '"rule": 110'), "rule"),
        (GOOD.replace('"findings": [', '"findings": [null,'), "findings.0"),
        (GOOD.replace('"tool": {', '"tool_": {'), "tool"),
    ],
)
def test_what_is_no_report_is_refused_in_one_line(text: str, says: str) -> None:
    with pytest.raises(ReportError, match="not a report that peerlint saved") as refused:
        read(text)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "Marisol" not in str(refused.value)


def test_another_run_is_another_text() -> None:
    assert dump(earlier_report()) != GOOD
