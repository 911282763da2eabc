"""Whether the digital signatures of a PDF still fit what was signed, where ``peerlint[signatures]`` is installed.

Integrity alone: offline, and without a word on whether the signer is to be trusted or the certificate was revoked.
"""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Iterator
from typing import Any

BROKEN = "a digital signature does not fit: what was signed has been changed"
CHANGED = "the document was changed after a digital signature"
UNCHECKED = "a digital signature could not be checked"


def doubts(content: bytes) -> tuple[str, ...]:
    """What speaks against the signatures of a PDF, each doubt once; nothing where the extra is not installed."""
    if importlib.util.find_spec("pyhanko") is None:
        return ()
    return tuple(dict.fromkeys(_doubts(content)))


def _doubts(content: bytes) -> Iterator[str]:
    import logging

    from pyhanko.pdf_utils.reader import PdfFileReader

    for library in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    try:
        for signature in PdfFileReader(io.BytesIO(content), strict=False).embedded_regular_signatures:
            yield from _doubts_about(signature)
    except Exception:  # pyhanko raises many kinds on odd files
        yield UNCHECKED


def _doubts_about(signature: Any) -> Iterator[str]:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    offline = ValidationContext(trust_roots=[], allow_fetching=False)
    status = validate_pdf_signature(signature, signer_validation_context=offline)
    if not (status.intact and status.valid):
        yield BROKEN
    elif not status.docmdp_ok:
        yield CHANGED
