"""Which files of a folder are documents to read, and which are left out and why."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TypeVar

DOCUMENT_SUFFIXES = frozenset({".docx", ".docm", ".dotx", ".pdf", ".doc", ".rtf"})
CLOSED_FOLDER = "the folder cannot be opened"
ROOT_MARKS = ("peerlint.toml", ".peerlint.toml", ".git")
_JUNCTION = 0xA0000003  # the tag that Windows gives a folder which stands for another one

AnyPath = TypeVar("AnyPath", bound=PurePath)


class NothingFound(Exception):
    """No document at the given paths; the message is one line for the user."""


@dataclass(frozen=True, slots=True)
class Found:
    """The documents of a run. ``root`` is the folder that reported paths are relative to.

    ``judged`` are the files named one by one, None where whole folders are judged.
    ``left_out`` pairs what was not read with the reason."""

    root: Path
    documents: tuple[Path, ...]
    judged: frozenset[Path] | None
    left_out: tuple[tuple[Path, str], ...]


def find(paths: Sequence[Path]) -> Found:
    """The documents under ``paths``. Files named one by one bring the documents of the folder around them along.

    Raises ``NothingFound`` where a path does not exist or no document lies there."""
    for path in paths:
        if not path.exists():
            raise NothingFound(f"{path}: no such file or folder")
    paths = [path.resolve() for path in paths]
    files = [path for path in paths if path.is_file()]
    folders = [path for path in paths if path.is_dir()]
    left_out: list[tuple[Path, str]] = []
    if files and not folders:
        root = surroundings(files)
        around = _documents_below(root, left_out)
        documents = sorted({*around, *files})
        return Found(root, tuple(documents), frozenset(files), tuple(left_out))
    root = folders[0] if len(paths) == 1 else common_folder(paths)
    documents = sorted({*files, *(d for folder in folders for d in _documents_below(folder, left_out))})
    if not documents:
        raise NothingFound(f"{paths[0]}: no .docx or .pdf document here" + _others(left_out))
    return Found(root, tuple(documents), None, tuple(left_out))


def surroundings(files: Sequence[Path]) -> Path:
    """The folder in which the plans and other notes of these files' members are looked for: the nearest folder above
    them with a peerlint configuration or a repository, else the folder above the one that holds them all; never the
    home folder or a drive as a whole."""
    common = common_folder([file.parent for file in files])
    for folder in (common, *common.parents):
        if any((folder / mark).exists() for mark in ROOT_MARKS):
            return folder
    too_wide = {Path.home(), Path(common.anchor), Path(common.anchor) / "tmp", Path.home().parent}
    return common if common.parent in too_wide else common.parent


def common_folder(paths: Sequence[AnyPath]) -> AnyPath:
    """The lowest folder that holds all of these absolute paths, or is one of them.

    Raises ``NothingFound`` for paths on different drives."""
    shared = set.intersection(*({path, *path.parents} for path in paths))
    if not shared:
        raise NothingFound("the paths lie on different drives: check one drive at a time")
    return max(shared, key=lambda path: len(path.parts))


def _documents_below(folder: Path, left_out: list[tuple[Path, str]]) -> list[Path]:
    found = []

    def unreadable(error: OSError) -> None:
        left_out.append((Path(error.filename), CLOSED_FOLDER))

    for where, names, files in os.walk(folder, onerror=unreadable):
        here = Path(where)
        left_out += [(here / name, reason) for name in names if (reason := _reason_not_to_enter(here / name))]
        names[:] = sorted(name for name in names if not _reason_not_to_enter(here / name))
        for name in files:
            if reason := _reason_to_leave_out(name):
                left_out.append((here / name, reason))
            else:
                found.append(here / name)
    return found


def _reason_not_to_enter(folder: Path) -> str:
    if folder.name.startswith("."):
        return "hidden folder"
    return "linked folder" if folder.is_symlink() or _is_junction(folder) else ""


def _is_junction(folder: Path) -> bool:
    return getattr(folder.lstat(), "st_reparse_tag", 0) == _JUNCTION


def _reason_to_leave_out(name: str) -> str:
    if name.startswith("~$"):
        return "lock file of an open document"
    if name.startswith("."):
        return "hidden file"
    if Path(name).suffix.lower() not in DOCUMENT_SUFFIXES:
        return "no Word or PDF document"
    return ""


def _others(left_out: Sequence[tuple[Path, str]]) -> str:
    if any(reason == CLOSED_FOLDER for _, reason in left_out):
        return f", and {CLOSED_FOLDER.replace('the', 'a', 1)}"
    return f" ({len(left_out)} other files or folders left out)" if left_out else ""
