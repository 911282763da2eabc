"""The parts of a Word file, opened only after its zip directory has been found harmless."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from lxml import etree

from peerlint.documents.limits import MEBIBYTE, Limits
from peerlint.documents.model import Unreadable

Element: TypeAlias = Any  # an lxml element: lxml has no types of its own

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAMESPACES = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.strip("{}").encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R.strip("{}").encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
DAMAGED = Unreadable("the Word file is damaged or cut short", "open it in Word, save it again, or ask for a fresh copy")
PASSWORD = Unreadable("the file is protected with a password", "save a copy without the password")


@dataclass(frozen=True, slots=True)
class Relation:
    kind: str  # the last word of the relationship's type: "header", "image"
    target: str  # the name of the part, "" for an external target, which is never followed


class Package:
    """The named parts of one Word file."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self._entries = {_part_name(info.filename): info for info in archive.infolist()}
        self._parsed: dict[str, Element | None] = {}

    def names(self) -> list[str]:
        return list(self._entries)

    def xml(self, name: str) -> Element | None:
        """The root of an XML part; None where the file has no such part."""
        if name not in self._parsed:
            info = self._entries.get(_part_name(name))
            self._parsed[name] = None if info is None else self._parse(self._content(info))
        return self._parsed[name]

    def relations(self, name: str) -> dict[str, Relation]:
        """The relations of a part (of the whole file for ""), by their id."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        return {} if root is None else {r.get("Id", ""): _relation(r, folder) for r in root if isinstance(r.tag, str)}

    @cached_property
    def main_part(self) -> str:
        """The name of the part that holds the body."""
        named = [r.target for r in self.relations("").values() if r.kind == "officeDocument"]
        for name in [*named, "word/document.xml"]:
            if _part_name(name) in self._entries:
                return name
        raise Unreadable(*_other_office_file(self.names()))

    def _content(self, info: zipfile.ZipInfo) -> bytes:
        try:
            return self._archive.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise Unreadable(DAMAGED.reason, DAMAGED.remedy) from error

    def _parse(self, content: bytes) -> Element:
        if content.count(b"<") > 2 * self._limits.xml_elements:
            raise Unreadable(f"a part of the file has more than {self._limits.xml_elements:,} XML elements")
        if _STRICT in content:
            for strict, transitional in _STRICT_NAMESPACES:
                content = content.replace(strict, transitional)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            if b"<!DOCTYPE" in content.replace(b"\0", b"")[:4096]:
                raise _has_dtd() from error
            raise Unreadable(DAMAGED.reason, DAMAGED.remedy) from error
        if root.getroottree().docinfo.doctype:
            raise _has_dtd()
        return root


def open_package(content: bytes, limits: Limits) -> Package:
    """The parts of a zip file; raises ``Unreadable`` for one that is damaged, locked or larger than allowed."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise Unreadable(DAMAGED.reason, DAMAGED.remedy) from error
    _refuse_bombs(archive.infolist(), limits)
    return Package(archive, limits)


def _refuse_bombs(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.zip_entries:
        raise Unreadable(f"the file packs more than {limits.zip_entries:,} parts")
    if len({_part_name(e.filename) for e in entries}) < len(entries):
        raise Unreadable("the file holds two parts of one name", "open it in Word and save it again")
    if any(e.flag_bits & 1 for e in entries):
        raise Unreadable(PASSWORD.reason, PASSWORD.remedy)
    if sum(e.file_size for e in entries) > limits.expanded_bytes:
        raise Unreadable(f"the file unpacks to more than {limits.expanded_bytes // MEBIBYTE} MiB")
    for entry in entries:
        if _is_xml(entry.filename) and entry.file_size > limits.part_bytes:
            raise Unreadable(f"a part of the file unpacks to more than {limits.part_bytes // MEBIBYTE} MiB")
        if entry.file_size > MEBIBYTE and entry.file_size > limits.ratio * max(entry.compress_size, 1):
            raise Unreadable(f"a part of the file unpacks to more than {limits.ratio} times its size")


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _part_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _relation(element: Element, folder: str) -> Relation:
    kind = element.get("Type", "").rpartition("/")[2]
    if element.get("TargetMode") == "External":
        return Relation(kind, "")
    target = element.get("Target", "")
    return Relation(
        kind, target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    )


def _has_dtd() -> Unreadable:
    return Unreadable(
        "the file declares an XML document type, which Word never writes", "open it in Word and save it again"
    )


def _other_office_file(names: list[str]) -> tuple[str, str]:
    kinds = {
        "xl/workbook.xml": "an Excel workbook",
        "ppt/presentation.xml": "a PowerPoint file",
        "content.xml": "an OpenDocument file",
    }
    for name, kind in kinds.items():
        if name in names:
            return f"the file is {kind}, not a Word document", "save it as DOCX or PDF"
    return "the file is a zip archive without a Word document", "send the documents unpacked, as DOCX or PDF"
