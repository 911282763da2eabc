"""Whether the digital signatures of a PDF still fit what was signed, where ``peerlint[signatures]`` is installed.

Integrity alone: offline, and without a word on whether the signer is to be trusted or the certificate was revoked.
"""

from __future__ import annotations

import importlib.util
import io
from typing import Any

BROKEN = "a digital signature does not fit: what was signed has been changed"
CHANGED = "the document was changed after a digital signature"
UNCHECKED = "a digital signature could not be checked"


def doubts(content: bytes) -> dict[str, str]:
    """What speaks against the signatures of a PDF, by the names of their fields, under "" for all of them.

    Nothing where the extra is not installed."""
    if importlib.util.find_spec("pyhanko") is None:
        return {}
    import logging

    from pyhanko.pdf_utils.reader import PdfFileReader

    for library in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    try:
        signatures = PdfFileReader(io.BytesIO(content), strict=False).embedded_regular_signatures
        found = {signature.field_name: _doubt_about(signature) for signature in signatures}
    except Exception:  # pyhanko raises many kinds on odd files
        return {"": UNCHECKED}
    return {field: doubt for field, doubt in found.items() if doubt}


def _doubt_about(signature: Any) -> str:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    offline = ValidationContext(trust_roots=[], allow_fetching=False)
    status = validate_pdf_signature(signature, signer_validation_context=offline)
    if not (status.intact and status.valid):
        return BROKEN
    return "" if status.docmdp_ok else CHANGED
