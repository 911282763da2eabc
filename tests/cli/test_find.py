from pathlib import Path

import pytest

from peerlint.documents.find import NothingFound, find


def touch(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def names(root: Path, paths: object) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in paths)  # type: ignore[attr-defined]


def test_documents_are_found_whatever_the_case_of_their_suffix(tmp_path: Path) -> None:
    touch(tmp_path, "a/note.docx", "a/NOTE.PDF", "b/c/plan.Docx", "old.doc")
    assert names(tmp_path, find([tmp_path]).documents) == ["a/NOTE.PDF", "a/note.docx", "b/c/plan.Docx", "old.doc"]


def test_lock_files_hidden_folders_and_other_files_are_left_out_and_said(tmp_path: Path) -> None:
    touch(tmp_path, "note.docx", "~$note.docx", ".trash/old.docx", ".hidden.docx", "list.xlsx")
    found = find([tmp_path])
    assert names(tmp_path, found.documents) == ["note.docx"]
    assert {path.name: reason for path, reason in found.left_out} == {
        "~$note.docx": "lock file of an open document",
        ".trash": "hidden folder",
        ".hidden.docx": "hidden file",
        "list.xlsx": "no Word or PDF document",
    }


def test_a_named_file_brings_the_documents_around_it(tmp_path: Path) -> None:
    touch(tmp_path, "agency/peerlint.toml", "agency/plans/plan.docx", "agency/2025-03/note.docx", "away/other.docx")
    note = tmp_path / "agency/2025-03/note.docx"
    found = find([note])
    assert found.root == tmp_path / "agency"
    assert names(found.root, found.documents) == ["2025-03/note.docx", "plans/plan.docx"]
    assert found.judged == {note}


def test_without_a_mark_the_folder_above_is_the_surroundings(tmp_path: Path) -> None:
    touch(tmp_path, "charts/june/note.docx", "charts/june/plan.docx", "charts/otis/plan.docx")
    found = find([tmp_path / "charts/june/note.docx"])
    assert found.root == tmp_path / "charts"
    assert len(found.documents) == 3


@pytest.mark.parametrize(("name", "complaint"), [("missing", "no such file or folder"), ("empty", "no .docx or .pdf")])
def test_nothing_to_read_is_said_in_one_line(tmp_path: Path, name: str, complaint: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingFound, match=complaint):
        find([tmp_path / name])


def test_several_folders_share_their_common_root(tmp_path: Path) -> None:
    touch(tmp_path, "2025-01/a.docx", "2025-02/b.pdf")
    found = find([tmp_path / "2025-01", tmp_path / "2025-02"])
    assert found.root == tmp_path
    assert names(tmp_path, found.documents) == ["2025-01/a.docx", "2025-02/b.pdf"]
    assert found.judged is None
