"""Telephone numbers as people write them, short ones for emergencies among them."""

from __future__ import annotations

import re

PHONE = re.compile(
    r"(?<![\d-])(?:(?:\+?1[-. ])?(?:\(\d{3}\)\s?|\d{3}[-. /])\d{3}[-. ]\d{4}(?:,?\s*(?:ext|x)\.?\s*\d{1,5})?"
    r"|1-8\d\d-[A-Z0-9-]{7,9}|\d{3}-\d{4}|988|911|741-?741)(?![\d-])"
)


def phones_in(text: str) -> tuple[str, ...]:
    return tuple(match[0] for match in PHONE.finditer(text))
