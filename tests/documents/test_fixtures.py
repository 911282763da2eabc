"""Each way a form can be built is read to exactly what stands on it."""

from __future__ import annotations

from pathlib import Path

import make_documents
import pytest
import yaml
from outline import outline_of

from peerlint.documents.read import fingerprint, read

HERE = Path(__file__).parent
EXPECTED: dict[str, list[str]] = yaml.safe_load((HERE / "expected.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_reads_what_stands_on_the_page(files: Path, name: str) -> None:
    assert outline_of(files / name) == EXPECTED[name]


def test_every_kept_file_has_its_expectation(files: Path) -> None:
    kept = {path.name for path in files.iterdir() if path.suffix not in (".doc", ".rtf")}
    assert kept == set(EXPECTED)


def test_the_script_makes_the_kept_files(tmp_path: Path) -> None:
    make_documents.make(tmp_path)
    made = {path.name: outline_of(path) for path in tmp_path.iterdir()}
    assert made == {name: EXPECTED[name] for name in made}


def test_originals_stay_as_they_are(files: Path) -> None:
    before = {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in files.iterdir()
        if path.suffix in (".docx", ".pdf")
    }
    for path in before:
        outline_of(path)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in before} == before


def test_fingerprint_is_of_the_bytes_that_were_read(files: Path) -> None:
    path = files / "plain-note.pdf"
    assert read(path).properties["sha256"] == fingerprint(path)


def test_places_count_blocks_rows_and_pages(files: Path) -> None:
    document = read(files / "table-over-pages.pdf")
    assert [block.place.block for block in document.blocks] == list(range(len(document.blocks)))
    table = next(block for block in document.blocks if hasattr(block, "rows"))
    assert [[(c.place.row, c.place.cell, c.place.page) for c in row] for row in table.rows] == [
        [(0, 0, 1), (0, 1, 1)],
        [(1, 0, 1), (1, 1, 1)],
        [(2, 0, 2), (2, 1, 2)],
    ]


def test_a_file_is_known_by_its_bytes_not_its_name(files: Path, tmp_path: Path) -> None:
    renamed = tmp_path / "note.docx"
    renamed.write_bytes((files / "plain-note.pdf").read_bytes())
    assert read(renamed).format == "pdf"


def test_strict_and_transitional_files_read_alike(files: Path) -> None:
    assert read(files / "strict.docx").blocks == read(files / "content-controls.docx").blocks
