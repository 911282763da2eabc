"""The Word reports: real headings, tables with repeated heads, page numbers, and an agency's own letterhead."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from agency import earlier_report, sample_report
from docx import Document
from docx.oxml.ns import qn

from peerlint.reports import Options, ReportingError, render


def word(name: str, **options: Any) -> Any:
    content = render(sample_report(), name, Options(**options))
    assert isinstance(content, bytes)
    return Document(io.BytesIO(content))


def headings(document: Any) -> list[str]:
    return [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]


def test_the_report_and_its_plan_of_correction() -> None:
    found = headings(word("docx", against=(earlier_report(),)))
    assert found[0] == "Compliance report, peer support records as of 31 Jul 2025"
    for part in ("Hard stops", "Requirements", "Findings by chart", "To be attested by a person", "Plan of correction"):
        assert part in found
    assert headings(word("poc")) == ["Plan of correction"]


@pytest.mark.parametrize("name", ["docx", "poc"])
def test_heads_are_repeated_and_rows_are_not_torn(name: str) -> None:
    for table in word(name).tables:
        first, *others = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in others)


@pytest.mark.parametrize("name", ["docx", "poc"])
def test_every_page_bears_its_number_and_the_identity(name: str) -> None:
    footer = word(name).sections[0].footer
    fields = [field.get(qn("w:instr")) for field in footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert "example-payer-2025 (EX.PS.100, in force" in footer.paragraphs[0].text


def test_the_plan_of_correction_stands_on_wide_pages() -> None:
    section = word("docx").sections[-1]
    assert section.page_width > section.page_height
    assert section.footer.is_linked_to_previous


def test_a_correction_is_prefilled_and_its_cause_is_not() -> None:
    table = word("poc").tables[0]
    cells = [cell.text for cell in table.rows[1].cells]
    assert cells[0].startswith("N111 note-signature\nHard stop")
    assert cells[3].startswith("Sign as a late entry with today's date")
    assert (cells[2], cells[5]) == ("", "")


def test_the_agency_s_letterhead_is_kept(tmp_path: Path) -> None:
    letterhead = Document()
    letterhead.sections[0].header.paragraphs[0].text = "Harbor Light Peer Network"
    letterhead.sections[0].footer.paragraphs[0].text = "12 Pier Road"
    letterhead.add_paragraph("Quality office")
    for style in ("Heading 1", "List Bullet"):
        letterhead.styles[style].element.getparent().remove(letterhead.styles[style].element)
    file = tmp_path / "letterhead.docx"
    letterhead.save(str(file))
    before = file.read_bytes()
    document = word("docx", template=file)
    assert document.sections[0].header.paragraphs[0].text == "Harbor Light Peer Network"
    assert [p.text[:12] for p in document.sections[0].footer.paragraphs] == ["12 Pier Road", "peerlint 0.1"]
    assert document.paragraphs[0].text == "Quality office"
    assert "Plan of correction" in [p.text for p in document.paragraphs]
    assert file.read_bytes() == before


def test_a_letterhead_that_is_no_word_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "letterhead.docx"
    file.write_text("no Word file")
    with pytest.raises(ReportingError, match="cannot open the Word template"):
        word("docx", template=file)


def test_the_only_date_is_the_run_s() -> None:
    properties = word("docx").core_properties
    assert str(properties.created)[:10] == "2025-07-31"
    assert str(properties.modified)[:10] == "2025-07-31"
