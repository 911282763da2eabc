"""The wheel carries all that is no code, and an installed copy works from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
CARRIED = {
    "rulesets": "peerlint/rulesets",
    "fixtures/demo": "peerlint/demo",
}
"""Folders of the project that lie elsewhere in the wheel."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, PROJECT)
    (built,) = folder.glob("peerlint-*.whl")
    return built


def pip(*arguments: object) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def expected() -> set[str]:
    """Everything beside the code: rulesets, lexicons, labels, wordlists, models, templates, the demo agency."""
    package = {p.relative_to(PROJECT).as_posix() for p in data_below(PROJECT / "peerlint")}
    elsewhere = {
        f"{target}/{path.relative_to(PROJECT / source).as_posix()}"
        for source, target in CARRIED.items()
        for path in data_below(PROJECT / source)
    }
    return package | elsewhere


def data_below(folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*") if p.is_file() and p.suffix not in (".py", ".pyc")]


def test_everything_that_is_no_code_is_in_the_wheel(wheel: Path) -> None:
    carried = set(zipfile.ZipFile(wheel).namelist())
    assert expected() - carried == set()
    kinds = {Path(name).suffix for name in carried}
    assert {".yaml", ".docx", ".pdf", ".j2"} <= kinds
    assert "peerlint/rulesets/wellcare-nc-2025.yaml" in carried


def test_tests_and_scripts_stay_at_home(wheel: Path) -> None:
    roots = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {root for root in roots if not root.endswith(".dist-info")} == {"peerlint"}


def test_an_installed_copy_runs_the_demo_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    installed, elsewhere = tmp_path / "installed", tmp_path / "elsewhere"
    elsewhere.mkdir()
    pip("install", "--no-deps", "--no-index", "--target", installed, wheel)
    done = subprocess.run(
        [sys.executable, "-m", "peerlint", "demo", "--format", "concise"],
        cwd=elsewhere,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert f"demo agency in {installed / 'peerlint' / 'demo'} " in done.stderr
    assert "D107" in done.stdout
    assert list(elsewhere.iterdir()) == []
