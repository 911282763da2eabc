"""Places to sign that begin with the signer: "Ana Ruiz: /s/ Ana Ruiz", a row of name, signature and date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peerlint.documents.model import PICTURE, Cell, Paragraph, Place, SigningKind, Table
from peerlint.records.credentials import find_credentials, first_credential, role_of
from peerlint.records.dates import dates_in
from peerlint.records.labels import LONGEST_LABEL, PLAN_FAMILIES, SIGNING_FAMILIES, label_words, labels_of
from peerlint.records.lines import clean
from peerlint.records.model import PersonName, Signature, SignatureForm, SignerRole, Value
from peerlint.records.names import read_name, same_person
from peerlint.records.words import any_of

_TYPED = re.compile(r"(?<!\w)/\s?s\s?/|\((?:signed|signature on file)\)", re.IGNORECASE)
_ELECTRONIC = re.compile(
    r"\(?\b(?:electronic(?:ally)?|digital(?:ly)?)[\s-]+sign(?:ed|ature)\b(?:\s+by\b)?\)?"
    r"|\(?\be-?\s?sign(?:ed|ature)\b(?:\s+by\b)?\)?",
    re.IGNORECASE,
)
_MARK = re.compile(rf"{_TYPED.pattern}|{_ELECTRONIC.pattern}|{PICTURE}|_{{4,}}", re.IGNORECASE)
_DATE_LABEL = re.compile(r"\s*\b(?:date(?:\s+signed)?|signed\s+on|on)\b\s*:?\s*$", re.IGNORECASE)
_EMPTY_DATE = re.compile(r"\bdate(?:\s+signed)?\b\s*:?[\s_/]*$", re.IGNORECASE)
_BEHIND_NAME = re.compile(r"[,(;]|\s[-–—]\s|\s{3,}|\t")
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}")
_LAST_NAME_FIRST = re.compile(r"\b([A-Z][\w'’-]+,\s+[A-Z][\w'’-]+)")
_REPEATED = re.compile(r"^(\S+ .+) \1$")
_TRIM = " \t\n,;:.-–—()[]|_/"
_LONGEST_LEAD = 90
_LONGEST_LINE = 200

ROLES = {
    "member_signature": SignerRole.MEMBER,
    "guardian_signature": SignerRole.GUARDIAN,
    "professional_signature": SignerRole.PROFESSIONAL,
    "staff_signature": SignerRole.STAFF,
    "supervisor_signature": SignerRole.SUPERVISOR,
    "other_signature": SignerRole.OTHER,
}
_COLUMNS = {"signature": "signature", "signed_date": "date", "printed_name": "name", "title": "title"}


@dataclass(frozen=True, slots=True)
class _Spot:
    """One place to sign. ``lead`` is what stands before it, ``titles`` what else says who signs, ``mark`` what stands
    on the line itself."""

    lead: str
    titles: tuple[str, ...]
    mark: str
    day: str
    place: Place
    drawn: tuple[SigningKind, ...] = ()


def named_line(paragraph: Paragraph, member: PersonName | None) -> Signature | None:
    """The signature on a line that begins with the signer's name; None for any other line."""
    text = paragraph.text.strip()
    mark = _MARK.search(text)
    if mark is None or "\n" in text or len(text) > _LONGEST_LINE:
        return None
    lead = text[: mark.start()].strip(_TRIM)
    if not name_before(lead) and not part_within(lead):
        return None
    if _known_label(lead) or next(dates_in(lead), None):
        return None
    kinds = tuple(signing.kind for signing in paragraph.signings)
    return _signature(_Spot(lead, (), text[mark.start() :], text[mark.start() :], paragraph.place, kinds), member)


def drawn_signers(picture: Paragraph, caption: Paragraph, member: PersonName | None) -> tuple[Signature, ...]:
    """The signatures drawn over a line of names ("Ana Ruiz, 01/06/2025    Karen Whit, QP, 01/07/2025"); () where the
    line holds anything else. ``picture`` may be that line itself, with the drawing in it."""
    if PICTURE not in picture.text or (picture is not caption and picture.text.replace(PICTURE, "").strip()):
        return ()
    captions = _captions(caption.text)
    if not captions or not all(name_before(text) for text in captions):
        return ()
    kinds = tuple(signing.kind for signing in picture.signings) or (SigningKind.DRAWN,)
    return tuple(_signature(_Spot(text, (), text, text, caption.place, kinds), member) for text in captions)


def _captions(text: str) -> list[str]:
    """The parts of a line between its gaps; a date that stands alone belongs to the name before it."""
    parts: list[str] = []
    for part in re.split(r"\t|\s{3,}|\n", re.sub(rf"\s*{PICTURE}\s*", " ", text)):
        if parts and _is_date(part):
            parts[-1] += f", {part.strip()}"
        elif part.strip():
            parts.append(part.strip())
    return parts


def signing_rows(table: Table, member: PersonName | None) -> Iterator[Signature | tuple[Cell, ...]]:
    """The signature of each row that names its signer, and the other rows as they are. A heading row says what the
    columns hold."""
    columns: list[str] = []
    for row in table.rows:
        if headed := signing_columns(row):
            columns = headed
            continue
        spot = _row_spot(row, columns if len(columns) == len(row) else [])
        yield _signature(spot, member) if spot else row


def signing_columns(row: Sequence[Cell]) -> list[str]:
    """What the columns below a heading row of a table of signatures hold; [] for any other row."""
    if len(row) < 2:
        return []
    texts = [clean(cell.text) for cell in row]
    fields = [labels_of(SIGNING_FAMILIES).named(text) for text in texts]
    held = [_COLUMNS.get(field.key, "") if field else "" for field in fields]
    filled = sum(bool(text) for text in texts)
    if "signature" not in held and not {"name", "date"} <= set(held):
        return []
    return held if sum(map(bool, held)) >= max(2, filled - 1) else []


def is_signing_row(row: Sequence[Cell]) -> bool:
    """Whether a row holds somebody's part, a name and a date, and nothing else: there people sign."""
    texts = [clean(cell.text) for cell in row]
    if not 3 <= len(texts) <= 4 or not _part_of(texts[0]):
        return False
    return bool(name_before(texts[1])) and any(map(_is_date, texts[2:]))


def _part_of(text: str) -> bool:
    field = labels_of(SIGNING_FAMILIES).named(text)
    return field is not None and field.key in ROLES


def _row_spot(row: Sequence[Cell], columns: Sequence[str]) -> _Spot | None:
    if len(row) < 2 or not any(clean(cell.text) for cell in row):
        return None
    texts = [cell.text.replace("\n", " ").strip() for cell in row]
    cells = dict(zip(columns, range(len(row)), strict=False))
    first = cells.get("name", 0)
    marked = next((n for n, text in enumerate(texts) if n != first and _MARK.search(text)), first)
    signs = cells.get("signature", marked)
    dated = cells.get("date", next((n for n, text in enumerate(texts) if n != first and _is_date(text)), None))
    if not columns and not (name_before(texts[first]) and not _known_label(texts[first]) and (signs != first or dated)):
        return None
    lead = clean(texts[first]) if first != signs else clean(texts[0]) if signs else ""
    titles = tuple(clean(text) for n, text in enumerate(texts) if n not in (first, signs, dated) and clean(text))
    kinds = tuple(signing.kind for paragraph in row[signs].paragraphs() for signing in paragraph.signings)
    day = texts[dated] if dated is not None else texts[signs]
    return _Spot(lead, titles, texts[signs], day, row[signs].place, kinds)


def _is_date(text: str) -> bool:
    found = next(dates_in(text), None)
    return found is not None and len(text.strip()) - (found.end - found.start) <= 14


def _signature(spot: _Spot, member: PersonName | None) -> Signature:
    around = " , ".join((spot.lead, *spot.titles, spot.mark))
    name = name_before(_bare(spot.mark)) or name_before(spot.lead)
    found = next(dates_in(spot.day), None)
    on = Value(found.text, found.meaning, spot.place) if found else None
    text = " ".join(part for part in (spot.lead, spot.mark) if part) if spot.lead != spot.mark else spot.mark
    form = _form(spot, name)
    written = "" if form is SignatureForm.BLANK else name
    return Signature(_role(spot, name, around, member), form, written, find_credentials(around), on, spot.place, text)


def _form(spot: _Spot, name: str) -> SignatureForm:
    if SigningKind.DIGITAL in spot.drawn:
        return SignatureForm.DIGITAL
    if SigningKind.DRAWN in spot.drawn:
        return SignatureForm.DRAWN
    if _ELECTRONIC.search(spot.mark) or (name and is_stamped(" ".join((spot.day, *spot.titles)))):
        return SignatureForm.ELECTRONIC
    if _TYPED.search(spot.mark):
        return SignatureForm.TYPED if name else SignatureForm.BLANK
    return SignatureForm.NAME_ONLY if re.search(r"[^\W\d_]{2}", _bare(spot.mark)) else SignatureForm.BLANK


def _bare(mark: str) -> str:
    """What is written on a signature line, without marks, rules and its date."""
    text = _MARK.sub(" ", mark)
    if found := next(dates_in(text), None):
        text = _DATE_LABEL.sub("", text[: found.start].strip(_TRIM)) or text[found.end :]
    return _EMPTY_DATE.sub("", text).strip(_TRIM)


def _role(spot: _Spot, name: str, around: str, member: PersonName | None) -> SignerRole:
    """The part that somebody plays: as printed, else the member by the name, else by a word for it, else by the
    credentials."""
    for text in (*spot.titles, spot.lead):
        if (field := labels_of(SIGNING_FAMILIES).named(text)) and field.key in ROLES:
            return ROLES[field.key]
    signer = read_name(name) if name else None
    if member and signer and signer.last and same_person(signer, member) and "guardian" not in around.casefold():
        return SignerRole.MEMBER
    beside = (*spot.titles, spot.lead.removeprefix(name))
    return next((part for text in beside if (part := part_within(text))), None) or (
        role_of(find_credentials(around)) or SignerRole.OTHER
    )


def name_before(text: str) -> str:
    """The name with which a text begins, as written; "" where it begins with none or with somebody's part."""
    text = text.strip(_TRIM)
    start = first_credential(text)
    head = text[: start if start is not None else len(text)]
    head = _BEHIND_NAME.split(head)[0].strip(_TRIM)
    if len(text) > _LONGEST_LEAD:
        return ""
    if len(head.split()) < 2:
        return last_name_first(text) if text.startswith(f"{head},") else ""
    head = _REPEATED.sub(r"\1", head)
    name = read_name(head)
    return head if name and name.last and not part_within(head) and not _known_label(head) else ""


def last_name_first(text: str) -> str:
    """The name in a text that is written with the last name first ("Ruiz, Ana"); "" where there is none."""
    match = _LAST_NAME_FIRST.search(text)
    return match[1] if match and read_name(match[1]) and not find_credentials(match[1]) else ""


def is_stamped(text: str) -> bool:
    """Whether a line bears the day and the clock of a system that somebody signed in, not only opened or printed."""
    stamp = bool(_CLOCK.search(text)) and next(dates_in(text), None) is not None
    return stamp and not any_of("unsigned").search(text) and not any_of("unsigned_events").search(text)


def _known_label(text: str) -> bool:
    bare = text.strip(_TRIM)
    return bool(labels_of(SIGNING_FAMILIES).named(bare) or labels_of(PLAN_FAMILIES).named(bare))


def part_within(text: str) -> SignerRole | None:
    """The part named by the longest run of words that is a label for a signer ("ISP facilitator", "my clinician")."""
    if len(text) > _LONGEST_LEAD:
        return None
    words = [word.plain for word in label_words(text)]
    fields = labels_of(SIGNING_FAMILIES).fields
    for length in range(min(len(words), LONGEST_LABEL), 0, -1):
        for first in range(len(words) - length + 1):
            field = fields.get(" ".join(words[first : first + length]))
            if field and field.key in ROLES:
                return ROLES[field.key]
    return None
