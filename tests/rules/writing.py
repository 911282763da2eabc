"""Records of rule cases, written out in several hands (``hands.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

_DATA: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "hands.yaml").read_text("utf-8"))
HANDS: tuple[str, ...] = tuple(_DATA["hands"])
_PLACE = re.compile(r"\{(\w+)\}")


def write(record: Mapping[str, Any], hand: str) -> str:
    """One record as a document: the standard note, plan or crisis plan with changes, or a text as it stands."""
    ((kind, changes),) = record.items()
    if kind == "text":
        return str(changes)
    layouts = _DATA["hands"][hand]
    layout = layouts.get(kind) or _DATA["hands"]["lines"][kind]
    values = {**_DATA["values"][kind], **(changes or {})}
    return "\n".join(line for raw in layout.splitlines() if (line := _line(raw, values)) is not None)


def _line(raw: str, values: Mapping[str, Any]) -> str | None:
    if any(values[name] is None for name in _PLACE.findall(raw)):
        return None
    return _PLACE.sub(lambda place: str(values[place[1]]), raw)
