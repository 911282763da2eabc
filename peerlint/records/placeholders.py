"""Placeholders of a form: instructions and sample text left where content belongs.

A rule to write on ("____") is a blank, no placeholder; an unticked box ("[ ] self-advocacy") and a writer's aside in
brackets ("[Member's sister]") are neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from peerlint.records.words import alternatives

_ASKS = alternatives("placeholder_asks")
_NAMES = alternatives("placeholder_names")
PLACEHOLDER = re.compile(
    rf"\[{{1,2}}\s*(?:(?:{_ASKS}|xx+|e\.?g\.?,?\s)\b[^\[\]]{{0,200}}|(?:{_NAMES})(?:\s+here|\s+of\s[^\[\]]{{1,40}})?|#+)\s*\]{{1,2}}"
    rf"|<{{1,2}}\s*(?:(?:{_ASKS})\b[^<>]{{0,200}}|(?:{_NAMES})(?:\s+here)?)\s*>{{1,2}}"
    rf"|\{{\{{?\s*[\w .#-]{{2,60}}\s*\}}?\}}|«[^»]{{1,60}}»|‹[^›]{{1,60}}›"
    r"|\bClick (?:or tap )?(?:here )?to (?:enter|add|choose|select)[^.\n]{0,60}\.?"
    r"|\bClick (?:or tap )?here\b[^.\n]{0,60}\.?|\bChoose an item\.?"
    r"|\bEnter (?:text|date|name|time|a date)(?: here)?\b\.?"
    r"|\bInsert [\w' ]{1,40} here\b\.?|\b(?:Type|Enter) [\w' ]{0,40}here\b\.?|\bLorem ipsum\b[^\n]*"
    r"|\bX{1,2}[/-]X{1,2}[/-]X{2,4}\b|\bMM[/-]DD[/-](?:YYYY|YY)\b|\bX{3}[-. ]X{3}[-. ]X{4}\b|\bX{4,}\b"
    r"|\b0{1,2}/0{1,2}/0{2,4}\b|\b(?:Member|Client|Patient|Consumer) Name Here\b|\bJohn Q\.? Public\b|\bTBD\b"
    r"|\bX{1,2}:X{2}\b",
    re.IGNORECASE,
)
_CLUES = re.compile(
    r"[\[<{«‹]|\b(?:click|choose an|enter|insert|type|lorem|tbd|mm|john q|x+|0?0)\b|xx|name here", re.IGNORECASE
)
_WITH_CASE = re.compile(r"X{1,2}[/-]X{1,2}|X{4,}|X{3}[-. ]|X{1,2}:X{2}|TBD")
_BLANK = re.compile(r"[\s_.\-–—]*")


def placeholders_in(text: str) -> Iterator[str]:
    """The placeholders of a text as written, in order."""
    if not _CLUES.search(text):
        return
    for match in PLACEHOLDER.finditer(text):
        if not (match[0].casefold().startswith(("x", "tbd")) and not _WITH_CASE.match(match[0])):
            yield match[0]


def emptied(text: str) -> str:
    """The text, "" where it is a blank to fill in or nothing but placeholders."""
    if _BLANK.fullmatch(text):
        return ""
    rest = text
    for found in placeholders_in(text):
        rest = rest.replace(found, " ")
    return "" if rest != text and _BLANK.fullmatch(rest.replace(":", " ").replace(",", " ")) else text
