"""The kept fixture files, and the scripts that make them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parents[2] / "fixtures"
sys.path[:0] = [str(Path(__file__).parent), str(FIXTURES)]


@pytest.fixture
def files() -> Path:
    """The folder of one small file for each way a form can be built."""
    return FIXTURES / "documents"
