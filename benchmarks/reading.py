"""How fast documents are read, beside the plain libraries, in one run on the same files.

    python benchmarks/reading.py [FOLDER]

Without a folder it makes its own: notes and ten-page plans as Word files and PDFs. For each reader: milliseconds of CPU
time per document and per page, best of three, and the share of the documents' own words that it returned.
"""

from __future__ import annotations

import io
import logging
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from docx import Document as WordDocument
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

sys.path.insert(0, str(Path(__file__).parents[1]))

from peerlint.documents.read import read
from peerlint.documents.worker import Workers

FIELDS = [("Member", "Ada Quill"), ("Date of service", "03/04/2025"), ("Units", "4"), ("Place of service", "Community")]
NARRATIVE = "Met the member at the library and went over the bus routes that he had marked on his own map. " * 12
COPIES = 20
ROUNDS = 3


def word_note(paragraphs: int) -> bytes:
    document, out = WordDocument(), io.BytesIO()
    table = document.add_table(0, 2)
    for label, value in FIELDS:
        row = table.add_row().cells
        row[0].text, row[1].text = label, value
    for _ in range(paragraphs):
        document.add_heading("Intervention", 2)
        document.add_paragraph(NARRATIVE)
    document.save(out)
    return out.getvalue()


def pdf_note(paragraphs: int) -> bytes:
    out, styles = io.BytesIO(), getSampleStyleSheet()
    story: list[object] = [Table(FIELDS, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])]
    for _ in range(paragraphs):
        story += [Paragraph("Intervention", styles["Heading2"]), Paragraph(NARRATIVE, styles["BodyText"])]
    SimpleDocTemplate(out).build(story)
    return out.getvalue()


def own_files(folder: Path) -> None:
    for kind, build in (("docx", word_note), ("pdf", pdf_note)):
        for size, paragraphs in (("note", 3), ("plan", 45)):
            for number in range(COPIES):
                (folder / f"{size}-{number:02}.{kind}").write_bytes(build(paragraphs))


def by_peerlint(path: Path) -> str:
    return read(path).text


def by_python_docx(path: Path) -> str:
    document = WordDocument(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def by_pdfplumber(path: Path) -> str:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return "\n".join((page.extract_text() or "") + str(page.extract_tables()) for page in pdf.pages)


def by_pypdfium2(path: Path) -> str:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range() for page in pdf)


READERS: dict[str, dict[str, Callable[[Path], str]]] = {
    ".docx": {"peerlint": by_peerlint, "python-docx": by_python_docx},
    ".pdf": {
        "peerlint": by_peerlint,
        "pypdfium2 (text only)": by_pypdfium2,
        "pdfplumber (text and tables)": by_pdfplumber,
    },
}


def pages_of(path: Path) -> int:
    return len(read(path).pages) or 1


def timed(reader: Callable[[Path], str], paths: Sequence[Path]) -> float:
    """CPU seconds for all paths, best of the rounds."""
    spent = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for path in paths:
            reader(path)
        spent.append(time.process_time() - started)
    return min(spent)


def main() -> None:
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(name)
        if len(sys.argv) == 1:
            own_files(folder)
        for suffix, readers in READERS.items():
            paths = sorted(folder.rglob(f"*{suffix}"))
            pages = sum(map(pages_of, paths))
            print(f"{len(paths)} {suffix} files, {pages} pages" if suffix == ".pdf" else f"{len(paths)} {suffix} files")
            for reader_name, reader in readers.items():
                seconds = timed(reader, paths)
                per_page = f" {1000 * seconds / pages:8.2f} ms a page" if suffix == ".pdf" else ""
                print(f"  {reader_name:32} {1000 * seconds / max(len(paths), 1):8.2f} ms a file{per_page}")
        every = sorted(p for p in folder.rglob("*") if p.suffix in READERS)
        for jobs in (1, 2):
            started = time.perf_counter()
            count = sum(1 for _ in Workers(read, jobs).run(every))
            seconds = time.perf_counter() - started
            print(f"{count} files by {jobs} isolated worker(s): {seconds:.2f} s, {count / seconds:.0f} files a second")


if __name__ == "__main__":
    main()
