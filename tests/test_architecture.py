"""The arrows of the house, and a command line that starts at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from importlinter.api import read_configuration
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

PROJECT = Path(__file__).parents[1]
HEAVY = {
    "docx",
    "jinja2",
    "lxml",
    "numpy",
    "pdfminer",
    "pdfplumber",
    "pydantic",
    "pypdfium2",
    "rapidfuzz",
    "spacy",
    "xlsxwriter",
    "yaml",
}


def test_imports_run_downhill_only() -> None:
    configuration = str(PROJECT / "pyproject.toml")
    assert len(read_configuration(configuration)["contracts_options"]) >= 1
    assert lint_imports(config_filename=configuration, cache_dir=None) == EXIT_STATUS_SUCCESS


def test_starting_the_command_line_loads_nothing_heavy() -> None:
    command = "import sys, peerlint.cli.app; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True, cwd=PROJECT)
    assert set(done.stdout.split()) & HEAVY == set()
    assert "typer" in done.stdout.split()
