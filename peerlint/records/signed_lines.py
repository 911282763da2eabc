"""Lines on which somebody signed, with the mark, the name, the part and the date in any order: "Ana Ruiz - member -
tapped to sign 05/19/2025", "CLIENT   E-SIGNED: RUIZ, ANA   05/19/2025", "Signed by Ana Ruiz (member) on 05/19/2025";
and lines of a signature log, which only the stamp of the clock marks: "2025-05-19 10:14 CLIENT RUIZ, ANA pen"."""

from __future__ import annotations

import re

from peerlint.documents.model import Paragraph
from peerlint.records.credentials import find_credentials, role_of
from peerlint.records.dates import dates_in
from peerlint.records.labels import SIGNING_FAMILIES, labels_of
from peerlint.records.model import PersonName, Signature, SignatureForm, SignerRole, Value
from peerlint.records.named_signers import ROLES, is_stamped, last_name_first, name_before, part_within
from peerlint.records.names import read_name, same_person

_SIGNED_ON = r"(?<=[,;)] )signed\b(?=\s+(?:on\s+)?(?:[A-Z][a-z]+\s+)?\d)"
_MARKS = re.compile(
    rf"{_SIGNED_ON}"
    r"|\b(?:tapped to sign|(?:signed|confirmed) in (?:the )?app|e-?\s?signed(?:\s+by)?"
    r"|(?:electronically|digitally) signed(?:\s+by)?"
    r"|signed (?:electronically|digitally)(?:\s+by)?)\b\s*:?|/\s?e?s\s?/|^signed\b(?:\s+by\b)?",
    re.IGNORECASE,
)
_ANYHOW = re.compile(
    rf"{_SIGNED_ON}"
    r"|\btapped to sign\b|\b(?:signed|confirmed) in (?:the )?app\b|/es/|^signed\b|\(e-?signed\b"
    r"|^[A-Z][\w ,]{2,40}[ \t]+e-?signed\s*:",
    re.IGNORECASE,
)
_ELECTRONIC = re.compile(r"\be-?\s?sign|electronic|digital|\bapp\b|\btapped\b", re.IGNORECASE)
_TIME = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?|\b(?:dated|on|at)\b(?=\W*$|\W*\d)", re.IGNORECASE)
_BETWEEN = re.compile(r"\t|\s{2,}|\s[-–—·|]\s|[:;,()·]")
_LONGEST_LINE = 200
_MOST_WORDS_OF_A_PART = 6
_TRIM = " \t,;:.-–—()|_/·"


def says_signed(text: str) -> bool:
    """Whether a line says in one of these ways that somebody signed."""
    return len(text) <= _LONGEST_LINE and bool(_ANYHOW.search(text.strip())) and _signer(_bare(text))[0] != ""


def signed_line(paragraph: Paragraph, member: PersonName | None) -> Signature | None:
    """The signature on such a line; None for any other line, and where no name stands on it."""
    text = paragraph.text.strip()
    marked, stamped = bool(_ANYHOW.search(text)), is_stamped(text)
    if "\n" in text or len(text) > _LONGEST_LINE or not (marked or stamped):
        return None
    name, role = _signer(_bare(text))
    credentials = find_credentials(text)
    who = read_name(name) if name else None
    if role is None and member and who and same_person(who, member):
        role = SignerRole.MEMBER
    role = role or role_of(credentials)
    if not name or not (marked or role):
        return None
    found = next(dates_in(text), None)
    on = Value(found.text, found.meaning, paragraph.place) if found else None
    form = SignatureForm.ELECTRONIC if stamped or _ELECTRONIC.search(text) else SignatureForm.TYPED
    return Signature(role or SignerRole.OTHER, form, name, credentials, on, paragraph.place, text)


def _bare(text: str) -> str:
    """The line without marks, dates and times."""
    for found in list(dates_in(text)):
        text = text.replace(found.text, " , ")
    return _TIME.sub(" ", _MARKS.sub(" , ", text.strip()))


def _signer(text: str) -> tuple[str, SignerRole | None]:
    """The name in what is left of the line, and the part that is told beside it."""
    name, role, surname = "", None, ""
    for chunk in filter(None, (chunk.strip(_TRIM) for chunk in _BETWEEN.split(text))):
        told, rest = _part_before(chunk)
        role = role or told
        name = name or last_name_first(f"{surname}, {rest}") or name_before(rest)
        surname = rest if f"{rest}," in text and " " not in rest else ""
        if not told and chunk != name:
            role = role or part_within(chunk)
    return name or last_name_first(text), role


def _part_before(chunk: str) -> tuple[SignerRole | None, str]:
    """The part with which a chunk begins ("Participant Nadia Brock"), and what follows it."""
    words = chunk.split()
    for count in range(min(len(words), _MOST_WORDS_OF_A_PART), 0, -1):
        field = labels_of(SIGNING_FAMILIES).named(" ".join(words[:count]))
        if field and field.key in ROLES:
            return ROLES[field.key], " ".join(words[count:])
    return None, chunk
