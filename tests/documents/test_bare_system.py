"""Where ``resource``, timers and groups of processes are missing, as on Windows, a run survives the same files.

``bare_system/sitecustomize.py`` takes them from the run's own interpreter and from every reading process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path, PureWindowsPath
from typing import Any

import make_hostile
import pytest
from make_documents import paragraph, pdf, plain_note, word_file

from peerlint.documents.find import NothingFound, common_folder
from peerlint.documents.limits import MEBIBYTE
from peerlint.documents.windows_job import job_limits
from peerlint.run import found_path

BARE = Path(__file__).with_name("bare_system")
ENVIRONMENT = os.environ | {"PYTHONPATH": os.pathsep.join([str(BARE), *sys.path])}
SECONDS = 3
FILL = """
import sys
from pathlib import Path
from tasks import fill_slowly
from peerlint.documents.model import Unreadable
from peerlint.documents.worker import Workers
if __name__ == "__main__":
    ((_, result),) = Workers(fill_slowly, 1).run([Path(sys.argv[1])])
    assert isinstance(result, Unreadable)
"""
CHECK = "import peerlint.run as run; run.OCR_SECONDS = 0; from peerlint.cli.app import main; main()"


def test_the_system_is_bare() -> None:
    done = subprocess.run([sys.executable, "-c", "import resource"], env=ENVIRONMENT, capture_output=True)
    assert b"resource" in done.stderr


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A whole run on a bare system: an endless document and a broken one, one by one, each between sound ones."""
    folder = tmp_path_factory.mktemp("agency")
    (folder / "1.pdf").write_bytes(pdf(plain_note))
    (folder / "2-endless.pdf").write_bytes(make_hostile.endless_drawing())
    (folder / "3.pdf").write_bytes(pdf(plain_note))
    (folder / "4-half.docx").write_bytes(make_hostile.cut(word_file(paragraph("Half.")), 0.5))
    (folder / "5.docx").write_bytes(word_file(paragraph("Sound.")))
    (folder / "peerlint.toml").write_text(f"max_seconds = {SECONDS}\njobs = 1\n", encoding="utf-8")
    command = [sys.executable, "-c", CHECK, "check", ".", "--ruleset", "nc-8g", "--format", "json"]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, cwd=folder, timeout=60)
    assert done.returncode == 1, done.stderr.decode()
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_an_endless_document_is_killed_and_its_successor_goes_on(report: dict[str, Any]) -> None:
    assert {document["path"]: document["reason"] for document in report["documents"]} == {
        "1.pdf": None,
        "2-endless.pdf": f"it took longer than {SECONDS} s to read",
        "3.pdf": None,
        "4-half.docx": "the Word file is damaged or cut short",
        "5.docx": None,
    }


def test_each_document_that_was_lost_costs_one_finding(report: dict[str, Any]) -> None:
    lost = [finding["path"] for finding in report["findings"] if finding["rule"] == "D101"]
    assert lost == ["2-endless.pdf", "4-half.docx"]


def test_paths_in_reports_have_forward_slashes() -> None:
    root = PureWindowsPath("C:/Charts")
    assert found_path(root / "Quill, Ada" / "note.docx", root) == "Quill, Ada/note.docx"


def test_a_process_that_takes_too_much_under_a_watch_is_ended(tmp_path: Path) -> None:
    """As on macOS, which does not keep the bound on the address space. Linux counts a parent's peak as its child's, so
    a small process must be the parent."""
    command = [sys.executable, "-c", FILL, str(tmp_path / "taken")]
    subprocess.run(command, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}, check=True, timeout=60)
    assert 128 < 16 * (tmp_path / "taken").stat().st_size < 1024


def test_a_windows_job_is_told_in_the_layout_that_windows_reads() -> None:
    """The offsets of winnt.h for 64 bits: LimitFlags, then ProcessMemoryLimit."""
    told = bytes(job_limits(2048 * MEBIBYTE))
    assert len(told) == 144
    assert int.from_bytes(told[16:20], "little") == 0x2500
    assert int.from_bytes(told[112:120], "little") == 2048 * MEBIBYTE


@pytest.mark.parametrize(
    ("paths", "folder"),
    [
        (["C:/Charts/a", "C:/Charts/b/c"], "C:/Charts"),
        (["C:/Charts/a", "c:/charts/A/b"], "C:/Charts/a"),
        (["C:/a", "C:/b"], "C:/"),
        (["//server/share/a", "//server/share/b"], "//server/share/"),
    ],
)
def test_the_folder_of_several_paths(paths: list[str], folder: str) -> None:
    assert common_folder([PureWindowsPath(path) for path in paths]) == PureWindowsPath(folder)


@pytest.mark.parametrize("other", ["D:/Charts", "//server/share/Charts"])
def test_paths_on_different_drives_are_refused_in_one_line(other: str) -> None:
    with pytest.raises(NothingFound, match="different drives"):
        common_folder([PureWindowsPath("C:/Charts"), PureWindowsPath(other)])
