"""The console report: 80 columns, any encoding, no colour where there is none, a summary that fits one screen."""

from __future__ import annotations

import io

import pytest
from agency import RIDE, Agency, large_report, sample_report
from rich.console import Console

from peerlint.findings.tally import Tally
from peerlint.reports import Options, render
from peerlint.reports.console import show

SCREEN = 24


def shown(report: object, encoding: str = "utf-8", width: int = 80, color: bool = False) -> str:
    paper = io.BytesIO()
    file = io.TextIOWrapper(paper, encoding=encoding, errors="strict")
    show(
        Tally(report), Console(file=file, width=width, force_terminal=color, color_system="standard" if color else None)
    )  # type: ignore[arg-type]
    file.flush()
    return paper.getvalue().decode(encoding)


@pytest.mark.parametrize("width", [80, 100, 132])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(len(line) for line in shown(sample_report(), width=width).splitlines()) <= width


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437"])
def test_any_encoding_can_show_it(encoding: str) -> None:
    text = shown(sample_report(), encoding)
    assert "Siobhan O'Dwyer" in text
    assert text.isascii()


def test_a_dumb_terminal_gets_plain_letters() -> None:
    paper = io.StringIO()
    show(Tally(sample_report()), Console(file=paper, width=80, force_terminal=True, _environ={"TERM": "dumb"}))
    assert paper.getvalue().isascii()
    assert "\x1b" not in paper.getvalue()


def test_without_colour_the_words_say_it_all() -> None:
    text = shown(sample_report())
    assert "\x1b" not in text
    for word in ("error", "warning", "needs review", "[hard stop]", "[waived]", "[baseline]"):
        assert word in text


def test_the_cue_stands_out_in_the_evidence() -> None:
    a = Agency()
    a.note("vega-marisol", "Marisol Vega", "947112233A", "2025-02-04", "Tamika Osei", [1], RIDE)
    text = shown(a.report(), color=True)
    assert "\x1b[1;33mdrove Marisol to her dentist\x1b[0m" in text


def test_the_summary_fits_one_screen() -> None:
    text = shown(large_report(1000))
    assert len(text[text.rindex("\nSummary\n") :].splitlines()) <= SCREEN


def test_concise_is_one_line_a_finding() -> None:
    lines = str(render(sample_report(), "concise")).splitlines()
    assert len(lines) == len(sample_report().findings)
    assert lines[6] == "charts/pruitt-desmond/note-2025-02-11.docx::Signature N111 the signature line is empty"


def test_statistics_count_per_rule_and_list_no_finding() -> None:
    text = str(render(sample_report(), "console", Options(statistics=True)))
    assert "N110  note-effectiveness         2             0" in text
    assert "says that the specialist drove" not in text
    assert "\nSummary\n" in text
