"""Files to documents: what a file is by its first bytes, never by its name, and the reader for it."""

from __future__ import annotations

import hashlib
import stat
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING

from peerlint.documents.limits import MEBIBYTE, Limits
from peerlint.documents.model import Document, Unreadable

if TYPE_CHECKING:
    from peerlint.documents.ocr import Ocr

_CONVERT = "save it as DOCX or PDF"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_BLANK = b"\0 \r\n\t"
_PDF_HEAD = 1024  # a PDF may start with this many bytes of something else


def read(path: Path, limits: Limits | None = None, ocr: Ocr | None = None) -> Document:
    """The document in the file at ``path``, which is only ever read. Its SHA-256 stands in ``properties["sha256"]``.

    Raises ``Unreadable`` (``NoTextLayer`` for a scan when ``ocr`` is None) with the reason and what to do about it.
    """
    limits = limits or Limits()
    content = _content(path, limits)
    document = read_bytes(content, limits, ocr)
    document.properties["sha256"] = hashlib.sha256(content).hexdigest()
    return document


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal; "" for one that cannot be opened."""
    try:
        with _opened(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def read_bytes(content: bytes, limits: Limits, ocr: Ocr | None = None) -> Document:
    """The document in the bytes of one file."""
    if not content[:_PDF_HEAD].strip(_BLANK) and not content.strip(_BLANK):
        raise Unreadable("the file is empty", "ask for a fresh copy")
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        from peerlint.documents.docx import read_docx

        return read_docx(content, limits)
    if b"%PDF-" in content[:_PDF_HEAD]:
        from peerlint.documents.pdf import read_pdf

        return read_pdf(content, limits, ocr)
    if content.startswith((_OLE, b"{\\rtf")):
        return _old_office(content, limits)
    raise Unreadable(*_named(content))


def _content(path: Path, limits: Limits) -> bytes:
    try:
        with _opened(path) as file:
            content = file.read(limits.bytes + 1)
    except OSError as error:
        raise Unreadable("the file cannot be opened", "check that it exists and that you may read it") from error
    if len(content) > limits.bytes:
        raise Unreadable(f"the file is larger than {limits.bytes // MEBIBYTE} MiB", "split it")
    return content


def _opened(path: Path) -> BufferedReader:
    """The file, open for reading. Raises ``OSError``, also for a pipe or device, which may never end."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError("no regular file")
    return path.open("rb")


def _old_office(content: bytes, limits: Limits) -> Document:
    """A .doc or .rtf, by way of an installed LibreOffice."""
    kind = "an RTF file" if content.startswith(b"{\\rtf") else _ole_kind(content)
    from peerlint.documents.convert import to_docx
    from peerlint.documents.docx import read_docx

    converted = to_docx(content, ".rtf" if kind == "an RTF file" else ".doc", limits)
    if converted is None:
        raise Unreadable(f"the file is {kind}", _CONVERT)
    return read_docx(converted, limits)


def _ole_kind(content: bytes) -> str:
    """What an OLE file is; raises ``Unreadable`` for one that no converter is asked about."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Unreadable("the file is protected with a password", "save a copy without the password")
    if "WordDocument".encode("utf-16-le") not in content:
        raise Unreadable("the file is an old Office file that is no Word document", _CONVERT)
    return "an old Word file (.doc)"


def _named(content: bytes) -> tuple[str, str]:
    """The reason and remedy for a file that is no document of a known kind."""
    heads = {
        b"\x89PNG": "a picture",
        b"\xff\xd8\xff": "a picture",
        b"II*\0": "a picture",
        b"MM\0*": "a picture",
        b"GIF8": "a picture",
        b"BM": "a picture",
        b"<!DO": "a web page",
        b"<htm": "a web page",
        b"MZ": "a program",
    }
    kind = next((k for head, k in heads.items() if content.lstrip()[:4].startswith(head)), "")
    if kind == "a picture":
        return "the file is a picture, not a document", "save the scan as PDF"
    if kind == "a program":
        return "the file is a program, not a document", ""
    return (f"the file is {kind}" if kind else "the file is neither DOCX nor PDF"), _CONVERT
