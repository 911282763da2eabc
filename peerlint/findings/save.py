"""A report to JSON and back: UTF-8, keys sorted, one outcome a line, the same bytes for the same report."""

from __future__ import annotations

import json
from typing import Any

from peerlint.findings.model import SCHEMA, Report


class ReportError(ValueError):
    """A saved report that cannot be read. The message is one line and quotes nothing of the file."""


def dump(report: Report) -> str:
    """The report as JSON text with a final line feed. Top-level lists stand one item a line."""
    sections = {name: getattr(report, name) for name in Report.__slots__}
    body = ",\n".join(f"{_json(name)}: {_section(sections[name])}" for name in sorted(sections))
    text = "{\n" + body + "\n}\n"
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def read(text: str) -> Report:
    """The report that ``dump`` wrote. Raises ReportError where ``text`` is none."""
    from pydantic import TypeAdapter, ValidationError

    saved = _parsed(text)
    try:
        return TypeAdapter(Report).validate_python(saved)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise ReportError(f"not a report that peerlint saved: {where}: {first['msg']}") from None


def _parsed(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise ReportError(f"not a report that peerlint saved: no JSON (line {line})") from None
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        raise ReportError(f'not a report that peerlint saved: "schema" is not "{SCHEMA}"')
    return found


def _section(section: Any) -> str:
    if isinstance(section, list) and section:
        return "[\n" + ",\n".join(_json(item) for item in section) + "\n]"
    return _json(section)


def _json(thing: Any) -> str:
    return json.dumps(thing, ensure_ascii=False, sort_keys=True, allow_nan=False, default=_fields)


def _fields(line: Any) -> dict[str, Any]:
    return {name: _whole(getattr(line, name)) for name in type(line).__slots__}


def _whole(value: Any) -> Any:
    """4.0 units are saved as 4, whether they were counted or read back."""
    return int(value) if type(value) is float and value.is_integer() else value
