"""Small rulesets for tests, written to disk as a person would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

HEADER = """\
id: {id}
title: Test policy
policy: TP.1
payer: Test Plan
jurisdiction: Test State
"""

Write = Callable[..., Path]


@pytest.fixture(scope="session")
def write() -> Write:
    """Writes a ruleset file: ``write(folder, name, body)`` gives it the five keys that must be there and ``body``."""

    def write_ruleset(folder: Path, name: str, body: str = "") -> Path:
        path = folder / f"{name}.yaml"
        path.write_text(HEADER.format(id=name) + body, encoding="utf-8")
        return path

    return write_ruleset
