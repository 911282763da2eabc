"""How much one document may cost before it is set aside as unreadable."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one document. A document that breaks one becomes ``Unreadable`` with a reason that names the bound.

    ``bytes``: size of the file. ``zip_entries``, ``expanded_bytes`` (all entries), ``part_bytes`` (one entry) and
    ``ratio`` (expanded to packed, asked of entries above 1 MiB): what a DOCX may unpack to, checked before unpacking.
    ``xml_elements``: elements in one XML part. ``pages``: pages of a PDF. ``page_objects``: characters, and separately
    drawn shapes, on one page. ``seconds``: wall clock for one document. ``memory``: what the process that reads it
    may take, in bytes: of address space on Linux, committed on Windows, held at once on macOS.
    """

    bytes: int = 128 * MEBIBYTE
    zip_entries: int = 5_000
    expanded_bytes: int = 512 * MEBIBYTE
    part_bytes: int = 64 * MEBIBYTE
    ratio: int = 200
    xml_elements: int = 500_000
    pages: int = 500
    page_objects: int = 100_000
    seconds: float = 20.0
    memory: int = 2048 * MEBIBYTE
