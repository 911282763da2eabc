"""The digital signatures of a Word file (``_xmlsignatures/``): who signed which signature line, and when."""

from __future__ import annotations

import base64
import binascii
from datetime import date

from peerlint.documents.certificates import common_name
from peerlint.documents.docx.package import Element, Package
from peerlint.documents.model import Signing, SigningKind


def digital_signatures(package: Package) -> dict[str, Signing]:
    """Signatures by the id of the signature line they stand on, or the name of their part where they stand on none."""
    found: dict[str, Signing] = {}
    for name in package.names():
        if name.startswith("_xmlsignatures/") and name.endswith(".xml"):
            root = package.xml(name)
            if root is not None and root.tag.endswith("}Signature"):
                found[_first(root, "SetupID").strip("{}").lower() or name] = _signing(root)
    return found


def _signing(root: Element) -> Signing:
    name = _first(root, "SignatureText") or _certified_name(root)
    return Signing(SigningKind.DIGITAL, name, _day(_first(root, "SigningTime") or _first(root, "Value")))


def _certified_name(root: Element) -> str:
    try:
        return common_name(base64.b64decode(_first(root, "X509Certificate"), validate=False))
    except (binascii.Error, ValueError):
        return ""


def _first(root: Element, name: str) -> str:
    return next(((e.text or "").strip() for e in root.iter("{*}" + name)), "")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
