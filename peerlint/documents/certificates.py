"""The name of a signer in the certificates that come with a digital signature."""

from __future__ import annotations

_COMMON_NAME = bytes.fromhex("0603550403")  # the object identifier 2.5.4.3 in DER


def common_name(der: bytes) -> str:
    """The common name of the first certificate's subject; its issuer's name stands before it. "" for none."""
    names: list[str] = []
    at = der.find(_COMMON_NAME)
    while 0 <= at < len(der) - 7 and len(names) < 2:
        length = der[at + 6]
        if length < 0x80:
            names.append(der[at + 7 : at + 7 + length].decode("utf-8", "replace"))
        at = der.find(_COMMON_NAME, at + 5)
    return names[-1] if names else ""
