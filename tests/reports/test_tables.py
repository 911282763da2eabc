"""Workbook and comma-separated values: text stays text, heads stay in sight, pages can be printed."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from agency import Agency, earlier_report, sample_report

from peerlint.reports import Options, render
from peerlint.reports.cells import FORMULA_MARKS, as_text

SHEETS = {
    *("Summary", "Requirements", "Members", "Specialists", "Months", "Event matrix", "Findings", "Worklist"),
    *("Plan of correction", "Attestations", "Comparison", "Trend", "Documents"),
}
NS = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@pytest.fixture(scope="module")
def workbook() -> zipfile.ZipFile:
    content = render(sample_report(), "xlsx", Options(against=(earlier_report(),)))
    assert isinstance(content, bytes)
    return zipfile.ZipFile(io.BytesIO(content))


def sheets(workbook: zipfile.ZipFile) -> dict[str, ElementTree.Element]:
    book = ElementTree.fromstring(workbook.read("xl/workbook.xml"))
    names = [sheet.get("name", "") for sheet in book.iterfind(".//s:sheet", NS)]
    return {n: ElementTree.fromstring(workbook.read(f"xl/worksheets/sheet{i}.xml")) for i, n in enumerate(names, 1)}


def test_the_sheets(workbook: zipfile.ZipFile) -> None:
    assert set(sheets(workbook)) == SHEETS


def test_no_cell_is_a_formula_or_a_link(workbook: zipfile.ZipFile) -> None:
    for sheet in sheets(workbook).values():
        assert sheet.find(".//s:f", NS) is None
        assert sheet.find(".//s:hyperlink", NS) is None
    assert b"=HYPERLINK(" in workbook.read("xl/sharedStrings.xml")


def test_heads_are_frozen_filtered_and_repeated_in_print(workbook: zipfile.ZipFile) -> None:
    for name, sheet in sheets(workbook).items():
        if name != "Summary":
            assert sheet.find(".//s:pane[@state='frozen']", NS) is not None, name
            assert sheet.find("s:autoFilter", NS) is not None, name
            assert sheet.find("s:pageSetup", NS).get("orientation") == "landscape"  # type: ignore[union-attr]
    assert workbook.read("xl/workbook.xml").count(b"_xlnm.Print_Titles") == len(sheets(workbook)) - 1


def test_every_sheet_bears_the_identity_and_page_numbers(workbook: zipfile.ZipFile) -> None:
    for sheet in sheets(workbook).values():
        footer = sheet.findtext("s:headerFooter/s:oddFooter", "", NS)
        assert "example-payer-2025" in footer
        assert "&P / &N" in footer
        assert len(footer) <= 255


def test_dates_are_dates_and_units_are_numbers(workbook: zipfile.ZipFile) -> None:
    rows = sheets(workbook)["Event matrix"].findall(".//s:row", NS)
    cells = {re.sub(r"\d", "", c.get("r", "")): c for c in rows[-1]}
    assert cells["B"].get("t") is None
    assert float(cells["B"].findtext("s:v", "", NS)) > 45000
    assert cells["D"].findtext("s:v", "", NS) == "4"


def test_csv_has_a_row_per_finding_and_no_formula() -> None:
    text = str(render(sample_report(), "csv"))
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == 1 + len(sample_report().findings)
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA_MARKS)]
    assert """'=HYPERLINK("http://evil.example","click")""" in [cell for row in rows for cell in row]


@pytest.mark.parametrize("mark", FORMULA_MARKS)
def test_whatever_begins_like_a_formula_stays_text(mark: str) -> None:
    assert as_text(f"{mark}1+1") == f"'{mark}1+1"
    assert as_text(f"  {mark}1+1") == f"'  {mark}1+1"


@pytest.mark.parametrize("text", ["", "plain", "10-4", "a=b", "me@home", "'quoted'"])
def test_other_text_is_left_alone(text: str) -> None:
    assert as_text(text) == text


def test_a_run_of_nothing_opens_too() -> None:
    content = render(Agency().report(), "xlsx")
    assert isinstance(content, bytes)
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
