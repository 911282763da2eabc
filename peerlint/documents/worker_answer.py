"""What a reading child says to its parent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """``fit`` is False when the child should not go on to another document."""

    result: Any
    fit: bool = True
