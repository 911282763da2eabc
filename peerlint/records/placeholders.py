"""Placeholders of a form: instructions and sample text left where content belongs.

A rule to write on ("____") is a blank, no placeholder; an unticked box ("[ ] self-advocacy") and a writer's aside in brackets
("[Member's sister]") are neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_ASKS = (
    r"insert|enter|type|click|tap|choose|select|add|describe|list|fill|write|provide|specify|state|note|include|explain|document|put|your|tbd|xx+|"
    r"e\.?g\.?,?\s|example|sample|optional"
)
_NAMES = (
    r"(?:member|client|individual|consumer|recipient|patient|beneficiary|participant|peer|staff|provider|agency|first|last|full|preferred|facility)(?:'s|’s)?[\s_-]*(?:first|last|full)?[\s_-]*name|name|"
    r"date(?:[\s_-]+of[\s_-]+(?:service|birth|contact))?|dos|dob|medicaid[\s_-]*(?:id|number|#)?|mid|time|start[\s_-]*time|end[\s_-]*time|location|place|"
    r"place[\s_-]+of[\s_-]+service|goal(?:[\s_-]*(?:#|number|\d))?|purpose|intervention|response|signature|credentials?|title|phone(?:[\s_-]*number)?|address|text|"
    r"mm/dd/yy(?:yy)?|units?|diagnosis|record[\s_-]*(?:number|#)|plan|next[\s_-]*steps?|narrative|number|describe.*|service"
)
PLACEHOLDER = re.compile(
    rf"\[\s*(?:(?:{_ASKS})\b[^\[\]]{{0,200}}|(?:{_NAMES})(?:\s+here)?)\s*\]"
    rf"|<\s*(?:(?:{_ASKS})\b[^<>]{{0,200}}|(?:{_NAMES})(?:\s+here)?)\s*>"
    rf"|\{{\{{?\s*[\w .#-]{{2,60}}\s*\}}?\}}|«[^»]{{1,60}}»|‹[^›]{{1,60}}›"
    r"|\bClick (?:or tap )?(?:here )?to (?:enter|add|choose|select)[^.\n]{0,60}\.?|\bClick (?:or tap )?here\b[^.\n]{0,60}\.?|\bChoose an item\.?|\bEnter (?:text|date|name|time|a date)(?: here)?\b\.?"
    r"|\bInsert [\w' ]{1,40} here\b\.?|\b(?:Type|Enter) [\w' ]{0,40}here\b\.?|\bLorem ipsum\b[^\n]*"
    r"|\bX{1,2}[/-]X{1,2}[/-]X{2,4}\b|\b(?:MM|mm)[/-](?:DD|dd)[/-](?:YYYY|yyyy|YY|yy)\b|\bX{3}[-. ]X{3}[-. ]X{4}\b|\bX{4,}\b|\b0{1,2}/0{1,2}/0{2,4}\b"
    r"|\b(?:Member|Client|Patient|Consumer) Name Here\b|\bJohn Q\.? Public\b|\bTBD\b|\bX{1,2}:X{2}\b",
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
        return "" if "_" in text or not text.strip(" .\t\n") else text.strip()
    rest = text
    for found in placeholders_in(text):
        rest = rest.replace(found, " ")
    return "" if rest != text and _BLANK.fullmatch(rest.replace(":", " ").replace(",", " ")) else text
