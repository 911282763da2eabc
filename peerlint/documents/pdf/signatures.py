"""Who signed the signature fields of a PDF, and when. That a signature is there says nothing on whether it is valid."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from peerlint.documents.certificates import common_name
from peerlint.documents.model import Signing, SigningKind

_DEEPEST_FIELD = 20


def signed_fields(content: bytes) -> dict[str, Signing]:
    """The signed signature fields of a PDF by their full names; nothing where its form cannot be followed."""
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser
    from pdfminer.pdftypes import resolve1

    try:
        catalog = PDFDocument(PDFParser(io.BytesIO(content))).catalog
        form = resolve1(catalog.get("AcroForm")) or {}
        fields = resolve1(form.get("Fields")) or []
        return dict(_signed(fields, "", None, set(), 0))
    except Exception:  # pdfminer raises many kinds on odd files; the fields then count as unsigned but present
        return {}


def _signed(fields: list[Any], above: str, inherited: Any, met: set[int], depth: int) -> Iterator[tuple[str, Signing]]:
    from pdfminer.pdftypes import resolve1

    for reference in fields:
        key = getattr(reference, "objid", id(reference))
        field = resolve1(reference)
        if key in met or depth > _DEEPEST_FIELD or not isinstance(field, dict):
            continue
        met.add(key)
        part = _text(resolve1(field.get("T")))
        name = f"{above}.{part}" if above and part else above or part
        kind = resolve1(field.get("FT")) or inherited
        value = resolve1(field.get("V"))
        if getattr(kind, "name", "") == "Sig" and isinstance(value, dict):
            yield name, _signing({k: resolve1(v) for k, v in value.items()})
        yield from _signed(resolve1(field.get("Kids")) or [], name, kind, met, depth + 1)


def _signing(value: dict[str, Any]) -> Signing:
    contents = value.get("Contents")
    name = _text(value.get("Name")) or (common_name(contents) if isinstance(contents, bytes) else "")
    return Signing(SigningKind.DIGITAL, name, _day(_text(value.get("M"))))


def _day(text: str) -> date | None:
    """The day of a PDF date, D:20250205170000-05'00'."""
    digits = text.removeprefix("D:")[:8]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def _text(value: object) -> str:
    if not isinstance(value, bytes):
        return str(value or "")
    if value.startswith(b"\xfe\xff"):
        return value[2:].decode("utf-16-be", "replace")
    return value.decode("utf-8", "replace") if value.startswith(b"\xef\xbb\xbf") else value.decode("latin-1")
