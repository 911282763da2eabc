"""Files that are meant to break a reader cost their own document and nothing else."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

import make_hostile
import pytest
from tasks import read_quickly

from peerlint.documents.limits import Limits
from peerlint.documents.model import Document, Unreadable
from peerlint.documents.worker import Workers

SECONDS = 4.0
LIMITS = replace(Limits(), seconds=SECONDS)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document | Unreadable]:
    """What became of every hostile file, each between two sound ones, and of the sound ones."""
    folder = tmp_path_factory.mktemp("hostile")
    paths = make_hostile.make(folder)
    sound = folder / "sound.docx"
    sound.write_bytes(make_hostile.word_file(make_hostile.paragraph("Sound.")))
    started = time.monotonic()
    found = list(Workers(read_quickly, jobs=2, limits=LIMITS).run([p for path in paths for p in (path, sound)]))
    assert time.monotonic() - started < SECONDS * len(paths)
    answers = [result for path, result in found if path == sound]
    assert len(answers) == len(paths)
    assert all(isinstance(a, Document) and a.text == "Sound." for a in answers)
    return {path.name: result for path, result in found if path != sound}


@pytest.mark.parametrize("name", sorted(make_hostile.OUTCOMES))
def test_hostile_file_has_its_outcome(outcomes: dict[str, Document | Unreadable], name: str) -> None:
    outcome, expected = outcomes[name], make_hostile.OUTCOMES[name]
    if expected == make_hostile.READ:
        assert isinstance(outcome, Document)
    elif expected:
        assert isinstance(outcome, Unreadable)
        assert expected in outcome.reason
    else:
        assert isinstance(outcome, Document) or outcome.reason


def test_nothing_is_written_outside(outcomes: dict[str, Document | Unreadable]) -> None:
    assert "outside-names.docx" in outcomes
    assert not Path("/absolute.txt").exists()
    assert not (Path(sys.prefix).parent / "escaped.txt").exists()


def test_external_entity_is_not_read(outcomes: dict[str, Document | Unreadable]) -> None:
    assert isinstance(outcomes["external-entity.docx"], Unreadable)
