"""Whom a record is about, and what every kind of record has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice, pairwise

from peerlint.documents.model import PICTURE, Paragraph, Part
from peerlint.records.captions import name_before
from peerlint.records.credentials import find_credentials
from peerlint.records.dates import birth_dates_in, dates_in, is_bare_date, read_birth_date
from peerlint.records.entries import Entry
from peerlint.records.extent import Extent
from peerlint.records.form import Form
from peerlint.records.model import Header, PersonName, Section, Signature, Value
from peerlint.records.names import read_name
from peerlint.records.placeholders import placeholders_in
from peerlint.records.titles import is_title
from peerlint.records.words import any_of

_IDENTIFIERS = frozenset({"medicaid_id", "member_id", "birth_date", "record_number"})
_SIGNING_KEYS = frozenset({"signature", "e_signature", "printed_name", "title", "staff_name", "signed_date"})
_ID = re.compile(r"[A-Z0-9][A-Z0-9-]{2,}", re.IGNORECASE)
_BRACKETED_ID = re.compile(
    r"\b(?P<label>MID|M\.I\.D\.|Medicaid(?: ID| number| no\.?)?|MA ID)\s*[#:]*\s*"
    r"(?P<id>(?=[A-Z0-9-]*\d{4})[A-Z0-9-]{6,})",
    re.IGNORECASE,
)
_IDENTIFIER_IN_SENTENCE = re.compile(
    r",?\s*\(?(?:\bborn\b|\bDOB\b|\bD\.O\.B\b|\bdate of birth\b|\bMID\b|\bMedicaid\b)", re.IGNORECASE
)
_SPOKEN_ID = re.compile(
    r"\b(?:Medicaid|MID|M\.I\.D\.|MA)\s+(?:ID\s+|identification\s+)?(?:number|no\.?|num\.?|#)?\s*(?:is\s+|of\s+|:\s*)?(?P<id>(?=[A-Z0-9-]*\d{4})[A-Z0-9-]{6,})",
    re.IGNORECASE,
)
_ID_IN_TITLE = re.compile(r"\((?P<id>(?=[A-Z0-9]*\d{6})[A-Z0-9]{8,14})\)")
_GAP_IN_ID = re.compile(r"(?<=[A-Z0-9])[ -](?=[A-Z0-9]+(?:[ -]|$))", re.IGNORECASE)
_NAME = r"[A-Z][\w'’-]+(?:\s+[\"“(][A-Z][\w'’-]*[\"”)])?(?:\s+[A-Z][\w.'’-]*){1,3}"
_NAME_BEFORE_ID = re.compile(
    rf"(?:\b(?:belongs to|[Ff]or|of|[Ww]ith|is|saw|met|gave|visited|called)\s+|^)(?P<name>{_NAME})"
    r"[\s,;(]*(?:\([^)]*\)\s*)?"
    r"(?:\bborn\b|\bbirthday\b|\bdate of birth\b|\bDOB\b|\bD\.O\.B\.?|\bMID\b|\bMedicaid\b"
    r"|(?=[A-Z0-9]*\d{6})[A-Z0-9]{8,14}\b)"
)
_BELONGS_TO = re.compile(
    rf"\b(?:[Tt]his\s+(?:plan\s+)?belongs\s+to|(?:[Pp]lan|PLAN)\s+(?:for|of)|[Pp]repared\s+(?:with|for)|[Ii]\s+am)\s*:?\s+"
    rf"(?P<name>{_NAME})(?=\s*(?:[,.;:(\n]|$|on\b|born\b|DOB\b))",
)
_BARE_ID = re.compile(r"(?=[A-Z0-9]*\d{7})(?=\d*[A-Z])[A-Z0-9]{8,14}")
_ASIDE = re.compile(r"\s*\([^()]{1,30}\)\s*")
_WHOLE_NAME = re.compile(_NAME)
_ENTRIES_AT_HEAD = 8
_LINES_AT_HEAD = 6
_LONGEST_UNPLACED = 80
_LONGEST_LINE_OF_IDENTITY = 160
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_GAPS = re.compile(r"[\n\t|•·]|\s{3,}")
_BEHIND_NAME_IN_TITLE = re.compile(r",\s|\s[-–—|:·]\s|\t|['’]s\s")
_PARTS_OF_TITLE = re.compile(r"\s+[-–—|:]\s+|\t|:\s")


def read_header(
    extent: Extent, form: Form, sections: Iterable[Section] = (), signatures: Iterable[Signature] = ()
) -> Header:
    """The header of the record that the extent holds, with the sections and signatures that its reader found."""
    text = extent.text
    return Header(
        path=extent.path,
        index=extent.index,
        pages=extent.pages,
        place=extent.place,
        title=form.title,
        text=text,
        member=_member(form, extent),
        medicaid_id=medicaid_id_of(form),
        birth_date=_birth_date(form),
        record_number=_plain(form.first("record_number")),
        payer=_plain(form.first("payer")),
        sections=tuple(sections),
        signatures=tuple(signatures),
        placeholders=tuple(_placeholders(extent, text, form)),
        revisions=extent.revisions,
        pictures=text.count(PICTURE),
        doubts=extent.doubts(),
        signing_doubts=extent.signing_doubts(),
        unplaced=_unplaced(form),
    )


def _member(form: Form, extent: Extent) -> Value[PersonName] | None:
    """The member's name where the form tells it, else in the opening lines; words that are no name only where no name
    stands elsewhere."""
    told = member_of(form)
    return told if told and told.meaning else _in_opening_lines(extent) or told


def member_of(form: Form) -> Value[PersonName] | None:
    """The member's name: under its label, else beside an identifier, else in the title."""
    labelled = [_as_name(entry) for entry in _labelled(form)]
    if not any(value.text for value in labelled) and (plain := _plain_name(form.entries)):
        labelled.append(_as_name(plain))
    named = next((value for value in labelled if value.meaning), None)
    named = named or _name_in_parts(form) or _beside_identifier(form.entries) or _in_title(form)
    if named or (named := _alone_at_head(form.entries)):
        return named
    return next((value for value in labelled if value.text), labelled[0] if labelled else None)


def _labelled(form: Form) -> list[Entry]:
    """The fields for the member's name. A name with credentials is of staff, whatever its label seems to ask for;
    "Peer" before an identifier asks for the peer who was served."""
    served = [
        entry for entry, below in pairwise(form.entries) if entry.key == "staff_name" and below.key in _IDENTIFIERS
    ]
    return [entry for entry in [*form.all("member_name"), *served] if not find_credentials(entry.text)]


def _alone_at_head(entries: Sequence[Entry]) -> Value[PersonName] | None:
    """A full name on a line of its own at the head of a note, above a date or an identifier."""
    for entry, below in islice(pairwise(entries), _ENTRIES_AT_HEAD):
        told = below.key in _IDENTIFIERS or is_bare_date(below.text) or _BARE_ID.fullmatch(below.text.strip())
        name = _IN_BRACKETS.sub("", entry.text).strip()
        if entry.key or entry.label or not told or not _WHOLE_NAME.fullmatch(name):
            continue
        if not is_title(entry.text) and not any_of("agencies").search(name):
            return Value(name, read_name(name), entry.place, source=entry.source)
    return None


def _as_name(entry: Entry) -> Value[PersonName]:
    return Value(entry.text, read_name(entry.text), entry.place, entry.label, entry.source)


def _plain_name(entries: Sequence[Entry]) -> Entry | None:
    """A label "Name" that does not stand in a signature block."""
    before_signing = True
    for number, entry in enumerate(entries):
        if entry.key in _SIGNING_KEYS or entry.shape == "signature":
            before_signing = False
        near = {other.key for other in entries[max(0, number - 2) : number + 5]}
        if entry.key == "name" and (before_signing or near & _IDENTIFIERS):
            return entry
    return None


def _name_in_parts(form: Form) -> Value[PersonName] | None:
    first, last = form.first("first_name"), form.first("last_name")
    if not (first and last and first.text and last.text):
        return None
    if first.text == last.text:
        return _as_name(first)
    whole = f"{first.text} {last.text}"
    name = read_name(whole)
    return Value(whole, PersonName(name.first, last.text) if name else None, first.place, first.label, first.source)


def _beside_identifier(entries: Sequence[Entry]) -> Value[PersonName] | None:
    """ "Rosa Diaz   MID 948217305K   DOB 06/14/1979": a name without a label before an identifier on its line
    or on the next."""
    for before, entry in pairwise([entry for entry in entries if not _ASIDE.fullmatch(entry.text)]):
        if (
            entry.key not in _IDENTIFIERS
            or (before.label and before.text and not is_title(before.label))
            or not 0 <= (entry.place.block - before.place.block) <= 1
        ):
            continue
        line = _GAPS.split(_IN_BRACKETS.sub("", before.text or before.label).strip())[-1].strip()
        name = read_name(line)
        if name and name.last:
            return Value(line, name, before.place, source=before.source)
    return None


def _in_title(form: Form) -> Value[PersonName] | None:
    """ "Peer Support Note - Rosa Diaz - 01/06/2025"."""
    parts = _PARTS_OF_TITLE.split(form.title)
    if not form.blocks:
        return None
    for part in [*parts[1:], *form.title.split(", ")[1:]]:
        name = read_name(part)
        if name and name.last and not name.initials_only and len(part.split()) <= 4:
            return Value(part.strip(), name, form.blocks[0].place)
    return None


def _in_opening_lines(extent: Extent) -> Value[PersonName] | None:
    """ "Rosa Diaz, Medicaid 948217305K, born 06/14/1979" and "Plan for Rosa Diaz" near the top of the record."""
    opening = [p for p in extent.paragraphs() if p.place.part is Part.BODY and p.text.strip()][:_LINES_AT_HEAD]
    for pattern in (_NAME_BEFORE_ID, _BELONGS_TO):
        for paragraph in opening:
            match = pattern.search(paragraph.text)
            name = read_name(match["name"]) if match else None
            if match and name and name.last:
                return Value(match["name"], name, paragraph.place, source=paragraph.source)
    return _before_identifier(opening) or _heads_record(opening, extent.text)


def _heads_record(opening: Sequence[Paragraph], text: str) -> Value[PersonName] | None:
    """ "Rosa Diaz - my plan": the name with which the first line begins, where its bearer signs further down."""
    first = opening[0] if opening else None
    head = _BEHIND_NAME_IN_TITLE.split(first.text.strip())[0] if first else ""
    if first is None or not _WHOLE_NAME.fullmatch(head) or any_of("agencies").search(head):
        return None
    signs = re.search(rf"(?m)(?:^|/s/ |\bby:? ){re.escape(head)}(?=\s*[:,(_\t]|\s+\S*\d)", text.partition("\n")[2])
    return Value(head, read_name(head), first.place, source=first.source) if signs else None


def _before_identifier(opening: Iterable[Paragraph]) -> Value[PersonName] | None:
    """ "... I gave Rosa Diaz, born March 4, 1983": the name right before an identifier in a sentence."""
    for paragraph in opening:
        for match in _IDENTIFIER_IN_SENTENCE.finditer(paragraph.text):
            if said := name_before(paragraph.text, match.start()):
                return Value(said, read_name(said), paragraph.place, source=paragraph.source)
    return None


def _unlabelled_birth_date(form: Form) -> Value[date] | None:
    """ "Rosa Diaz, born 11/02/1985" """
    for entry in form.entries:
        if found := next(birth_dates_in(f"{entry.label} {entry.text}"), None):
            return Value(found.text, found.meaning, entry.place, entry.label, entry.source)
    return None


def medicaid_id_of(form: Form) -> Value[str] | None:
    """The Medicaid ID as written; a bare "Member ID" or "ID" counts where no Medicaid ID stands in the record."""
    entry = next((entry for entry in form.all("medicaid_id") if _identifier(entry.text)), form.first("medicaid_id"))
    if not (entry and entry.text):
        entry = form.first("member_id") or entry
    if entry is None:
        return _unlabelled_id(form)
    written = entry.text.split("\n")[0].split("\t")[0].strip(" #:.,;|")
    return Value(written, _identifier(written), entry.place, entry.label, entry.source)


def _unlabelled_id(form: Form) -> Value[str] | None:
    """ "Sam Whitaker (MID 933445566B)"."""
    for entry in form.entries:
        if (not entry.topic and len(entry.text) <= _LONGEST_LINE_OF_IDENTITY) and (
            match := _BRACKETED_ID.search(f"{entry.label} {entry.text}")
        ):
            return Value(match["id"], match["id"].upper(), entry.place, match["label"], entry.source)
    for entry in form.entries[:_ENTRIES_AT_HEAD]:
        if not entry.key and not entry.label and (bare := _BARE_ID.fullmatch(entry.text.strip())):
            return Value(bare[0], bare[0].upper(), entry.place, source=entry.source)
    said = (match for entry in form.entries if (match := _SPOKEN_ID.search(entry.text)))
    told = next(said, None)
    told = told or _ID_IN_TITLE.search(form.title)
    place = form.blocks[0].place if form.blocks else None
    return Value(told["id"], told["id"].upper(), place) if told and place else None


def _identifier(text: str) -> str | None:
    joined = _GAP_IN_ID.sub("", text) if len(text) <= 24 else text
    match = next((match for match in _ID.finditer(joined) if any(c.isdigit() for c in match[0])), None)
    return match[0].upper() if match else None


def _birth_date(form: Form) -> Value[date] | None:
    entry = form.first("birth_date")
    if entry is None:
        return _unlabelled_birth_date(form)
    found = next(dates_in(entry.text), None)
    text = found.text if found else entry.text
    return Value(text, read_birth_date(entry.text), entry.place, entry.label, entry.source)


def _plain(entry: Entry | None) -> Value[str] | None:
    if entry is None:
        return None
    text = entry.text.split("\n")[0].strip()
    return Value(text, text or None, entry.place, entry.label, entry.source)


def _unplaced(form: Form) -> int:
    """How many short stretches of the body stand under no known label."""
    return sum(
        not entry.key and bool(entry.text) and len(entry.text) <= _LONGEST_UNPLACED and entry.place.part is Part.BODY
        for entry in form.entries
    )


def _placeholders(extent: Extent, text: str, form: Form) -> Iterator[Value[str]]:
    """The placeholders of the record; a heading in brackets ("[Plan]") over text is none."""
    headings = {entry.label.casefold() for entry in form.entries if entry.text}
    if not any(True for _ in placeholders_in(text)):
        return
    for paragraph in extent.paragraphs():
        for found in placeholders_in(paragraph.text):
            if paragraph.text.strip().startswith(found) and found.strip("[]<>{}«»‹› ").casefold() in headings:
                continue
            yield Value(found, found, paragraph.place, source=paragraph.source)
