"""Cells of spreadsheets: text from a record must never be taken for a formula."""

from __future__ import annotations

FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet program may take for the beginning of a formula, the full-width forms among it."""


def as_text(text: str) -> str:
    """``text`` with an apostrophe before it where a spreadsheet program would reckon with it."""
    return f"'{text}" if text.lstrip(" \u00a0\n").startswith(FORMULA_MARKS) else text
