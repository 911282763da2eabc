"""What the reader saw of one document, for ``peerlint extract``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from peerlint.documents.model import Document, Paragraph, Part, Place
from peerlint.records.model import DocumentFacts, Header, Record, Value

_NOT_SHOWN = {"text", "path", "index", "place"}


def show_records(document: DocumentFacts) -> str:
    """Every record with its fields, their meanings and where each was found."""
    lines = [f"{document.path}: {len(document.records)} record(s)"]
    lines += [f"  warning: {warning}" for warning in document.warnings]
    for record in document.records:
        lines += ["", *_record(record)]
    return "\n".join(lines)


def show_blocks(document: Document) -> str:
    """Every paragraph in reading order, with its place."""
    paragraphs = (f"{_where(p.place):<22} {_mark(p)}{p.text}" for p in document.paragraphs())
    return "\n".join([*(f"warning: {w}" for w in document.warnings), *paragraphs])


def _record(record: Record) -> Iterator[str]:
    yield f"record {record.header.index}: {record.kind.value}"
    for part in (record.header, record):
        for f in fields(part):
            value = getattr(part, f.name)
            if f.name not in _NOT_SHOWN and not isinstance(value, Header):
                yield from _field(f.name.replace("_", " "), value, "  ")


def _field(name: str, value: Any, indent: str) -> Iterator[str]:
    match value:
        case None | () | "" | False:
            return
        case Value():
            yield f"{indent}{name}: {_value(value)}"
        case tuple() if any(is_dataclass(item) for item in value):
            yield f"{indent}{name}:"
            for item in value:
                yield from _item(item, indent + "  ")
        case tuple():
            yield f"{indent}{name}: {', '.join(map(_plain, value))}"
        case _ if is_dataclass(value) and not isinstance(value, type):
            yield from _item(value, indent)
        case _:
            yield f"{indent}{name}: {_plain(value)}"


def _item(item: Any, indent: str) -> Iterator[str]:
    if isinstance(item, Value):
        yield f"{indent}- {_value(item)}"
        return
    if not is_dataclass(item):
        yield f"{indent}- {_plain(item)}"
        return
    place = getattr(item, "place", None)
    yield f"{indent}- {_where(place) if place else ''}".rstrip()
    for f in fields(item):
        if f.name != "place":
            yield from _field(f.name.replace("_", " "), getattr(item, f.name), indent + "  ")


def _value(value: Value[Any]) -> str:
    label = f" labelled {value.label!r}" if value.label else ""
    if value.empty:
        return f"(empty){label}, {_where(value.place)}"
    meaning = "not understood" if value.meaning is None else _plain(value.meaning)
    return f"{value.text!r} = {meaning}{label}, {_where(value.place)}, {value.source.value}"


def _plain(value: Any) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, tuple):
        return ", ".join(map(_plain, value))
    if hasattr(value, "full"):
        return str(value.full)
    return str(value)


def _where(place: Place) -> str:
    parts = [f"page {place.page}"] if place.page else []
    parts.append(f"block {place.block}")
    if place.row is not None:
        parts.append(f"row {place.row} cell {place.cell}")
    if place.part is not Part.BODY:
        parts.append(place.part.value)
    return " ".join(parts)


def _mark(paragraph: Paragraph) -> str:
    return ("#" * paragraph.heading + " " if paragraph.heading else "") + (
        f"{paragraph.bullet} " if paragraph.bullet else ""
    )
