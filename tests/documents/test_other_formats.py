"""Old Word files and scans: read where a program for it is installed, told apart with a remedy where none is."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from peerlint.documents.limits import Limits
from peerlint.documents.model import NoTextLayer, Source, Unreadable
from peerlint.documents.ocr import OcrWord, Tesseract, installed_ocr
from peerlint.documents.read import read


@dataclass
class Engine:
    """An engine that finds two lines on every page, as surely as it is told."""

    confidence: float
    floor: float = 0.6

    def words(self, image: Any) -> list[OcrWord]:
        return [
            OcrWord(text, 300, y, 900, y + 40, self.confidence)
            for text, y in (("Member: Ada Quill", 300), ("Units: 4", 400))
        ]


@pytest.mark.parametrize("name", ["template.doc", "template.rtf"])
def test_old_formats_are_converted_or_named(files: Path, name: str) -> None:
    if shutil.which("soffice") or shutil.which("libreoffice"):
        assert read(files / name).text == "From a template."
        return
    with pytest.raises(Unreadable) as caught:
        read(files / name)
    assert caught.value.remedy == "save it as DOCX or PDF"


def test_old_formats_without_a_converter(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Unreadable, match=r"an old Word file \(\.doc\)") as caught:
        read(files / "template.doc")
    assert caught.value.remedy == "save it as DOCX or PDF"


def test_a_scan_without_ocr_says_how_to_get_it(files: Path) -> None:
    with pytest.raises(NoTextLayer) as caught:
        read(files / "scan.pdf")
    assert "pip install 'peerlint[ocr]'" in caught.value.remedy


def test_a_scan_read_by_ocr_is_marked_so(files: Path) -> None:
    document = read(files / "scan.pdf", ocr=Engine(0.9))
    assert [p.text for p in document.paragraphs()] == ["Member: Ada Quill", "Units: 4"]
    assert {p.source for p in document.paragraphs()} == {Source.OCR}
    assert document.pages[0].confidence == pytest.approx(0.9)


def test_a_scan_that_ocr_is_unsure_of_stays_unread(files: Path) -> None:
    with pytest.raises(NoTextLayer):
        read(files / "scan.pdf", ocr=Engine(0.3))


def test_only_the_scanned_page_of_a_mixed_file_goes_through_ocr(files: Path) -> None:
    document = read(files / "half-scanned.pdf", ocr=Engine(0.9))
    assert [(p.place.page, p.source) for p in document.paragraphs()] == [
        (1, Source.TEXT),
        (2, Source.OCR),
        (2, Source.OCR),
    ]
    assert [page.unread for page in document.pages] == ["", ""]


def test_an_installed_engine_reads_the_scan(files: Path) -> None:
    engine = installed_ocr()
    if engine is None:
        assert not shutil.which("tesseract")
        return
    text = read(files / "scan.pdf", Limits(), engine).text
    assert "Ada Quill" in text
    assert "03/04/2025" in text


def test_tesseract_rows_without_words_are_passed_over() -> None:
    from peerlint.documents.ocr import _tabled

    rows = ["5\t1\t1\t1\t1\t1\t10\t20\t30\t12\t96.0\tUnits", "4\t1\t1\t1\t1\t0\t10\t20\t30\t12\t-1\t", "broken"]
    assert list(_tabled(rows)) == [OcrWord("Units", 10, 20, 40, 32, 0.96)]
    assert Tesseract().floor == pytest.approx(0.6)
