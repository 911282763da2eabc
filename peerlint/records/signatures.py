"""Who signed a record, how, and when.

A place to sign is a labelled entry ("Staff signature: ..."), a caption under a line, a row of a signature table, or a
line that says by itself that somebody signed ("Electronically signed by Rosa Diaz, CPSS on 01/06/2025").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from peerlint.documents.model import PICTURE, TICKED, SigningKind
from peerlint.records.captions import name_before, says_who_signed
from peerlint.records.credentials import find_credentials, first_credential, is_job_title, role_of
from peerlint.records.dates import dates_in, is_bare_date, without_dates
from peerlint.records.entries import Entry
from peerlint.records.model import Signature, SignatureForm, SignerRole, Value
from peerlint.records.names import read_name, same_person
from peerlint.records.words import any_of

_ELECTRONIC = re.compile(
    r"\b(?:(?:electronic(?:ally)?|digital(?:ly)?)\s+(?:co-?)?(?:sign(?:ed|ature)|approved|authenticated|completed|verified|submitted|reviewed|cosigned)|e-?\s?sign(?:ed|ature)|esigned"
    r"|signed\s+(?:on\s+(?:the\s+)?(?:device|tablet|phone|screen)|electronically|digitally|and\s+(?:sealed|finalized|locked))|docusigned"
    r"|adobe\s+(?:acrobat\s+)?sign(?:ed)?|signed\s+(?:in|via|through|using)\s+(?=[\w .-]{2,40}\bby\b)"
    r"|authenticated\s+by|attested\s+by|finalized\s+by|firmado\s+electr[oó]nicamente)(?!\w)",
    re.IGNORECASE,
)
_SLASH_S = re.compile(
    r"(?:^|(?<=[\s:]))/\s?s\s?/|(?:^|(?<=[\s:]))s/\s?(?=[A-Z])|\\s\\|\(signed\)|\[signed\]", re.IGNORECASE
)
_MARKED = re.compile(rf"\s*(?:{_SLASH_S.pattern})\s*[A-Z]", re.IGNORECASE)
_BY_THE_SYSTEM = re.compile(rf"\s*{_ELECTRONIC.pattern}\s*(?:by\b|:)?\s*[A-Z]", re.IGNORECASE)
_SYSTEM = r"(?:(?:in|via|through|using|with)\s+)?(?:(?:the\s+)?[A-Z][\w.-]*\s+){1,3}?(?=by\b)"
_LEAD = re.compile(
    rf"^\s*(?:{_ELECTRONIC.pattern}|{_SLASH_S.pattern}|(?:by|por)\b|[:\s,{TICKED}✓✔☑✎*–—-]|{_SYSTEM}"
    r"|this (?:note|document|plan) (?:was|has been)"
    r"|(?:authored|completed|documented|entered|prepared|recorded|signed|submitted|written)"
    r"(?:\s+and\s+(?:submitted|signed))?\s+by\b)+\s*",
    re.IGNORECASE,
)
_STAMPED = re.compile(r"\bsigned\b.*\bby\b.*\d{1,2}:\d{2}", re.IGNORECASE)
_WHEN = re.compile(r"\b(?:on|dated?|at|date signed|signed on|as of)\b\s*:?\s*$", re.IGNORECASE)
_NOTHING = re.compile(r"[\s_.\-–—/\\:xX]*(?:n/?a|none|date)?[\s_.\-–—/:]*", re.IGNORECASE)

_ROLES = {
    "staff_signature": SignerRole.STAFF,
    "staff_name": SignerRole.STAFF,
    "member_signature": SignerRole.MEMBER,
    "guardian_signature": SignerRole.GUARDIAN,
    "professional_signature": SignerRole.PROFESSIONAL,
    "supervisor_signature": SignerRole.SUPERVISOR,
    "other_signature": SignerRole.OTHER,
}
_SIGNATURE_KEYS = frozenset({*_ROLES, "signature", "e_signature"}) - {"staff_name"}
_DRAWN_ON = frozenset({"staff_name", "printed_name"})
_NAME_KEYS = frozenset({"printed_name", "name", "staff_name", "supervisor_name"})
_NAMES_OF_STAFF = frozenset({"staff_name", "staff_signature"})
_KEYS_BEFORE = frozenset({"printed_name", "staff_name", "supervisor_name", "title"})
_BLANK_HEADINGS = frozenset({"signature", "signatures"})
_MAY_SIGN = frozenset({*_NAME_KEYS, "member_name", "service", ""})
_LONGEST_SIGNATURE = 240
_MOST_WORDS_OF_A_LABEL = 2
_HEAD_OF_ROW = " – "
_FOLLOWERS = frozenset(
    {"printed_name", "name", "staff_name", "title", "signed_date", "date", "signed_time", "date_and_time", "agency"}
)


@dataclass(frozen=True, slots=True)
class _Written:
    """What stands on one signature line."""

    form: SignatureForm
    name: str
    credentials: str
    on: Value[date] | None


def read_signatures(entries: Sequence[Entry]) -> tuple[Signature, ...]:
    """The places to sign among the entries, in order, each with the name, title and date that belong to it."""
    signatures: list[Signature] = []
    position = taken = 0
    while position < len(entries):
        entry = entries[position]
        signs = _signs(entry) or _is_drawn_alone(entries, position) or _is_name_with_date(entries, position)
        if not signs or _is_heading(entries, position):
            position += 1
            continue
        end = position + 1
        while end < len(entries) and _follows(entries[end], entries[position + 1 : end]):
            end += 1
        signatures.append(_signature(entry, entries[position + 1 : end], _before(entries[taken:position], entry)))
        position = taken = end
    known = (_with_credentials(_with_member(signature, entries), entries) for signature in signatures)
    return tuple(_without_doubles(known))


def _with_member(signature: Signature, entries: Sequence[Entry]) -> Signature:
    """A signature without label for its part and without credentials, by the member's own name, is the member's."""
    name = read_name(signature.name) if signature.name else None
    told = signature.role is not SignerRole.STAFF or signature.credentials or not name or not name.last
    if told or "staff" in signature.label.casefold():
        return signature
    member = next((entry for entry in entries if entry.key == "member_name" and entry.text), None)
    whole = read_name(member.text) if member else None
    return replace(signature, role=SignerRole.MEMBER) if name and whole and same_person(name, whole) else signature


def _with_credentials(signature: Signature, entries: Sequence[Entry]) -> Signature:
    """A signature of staff without credentials has those that stand behind the same name elsewhere on the form."""
    name = read_name(signature.name) if signature.name else None
    if signature.role is not SignerRole.STAFF or signature.credentials or not name or not name.last:
        return signature
    for entry in entries:
        named = (
            read_name(entry.text) if entry.key in _NAMES_OF_STAFF and len(entry.text) <= _LONGEST_SIGNATURE else None
        )
        if named and same_person(name, named) and (found := find_credentials(entry.text)):
            return replace(signature, credentials=found)
    return signature


def _is_heading(entries: Sequence[Entry], position: int) -> bool:
    """Whether "Signatures" stands over a printed name, a title and the place to sign that they belong to."""
    entry, behind = entries[position], position + 1
    if entry.text or entry.signings or entry.label.casefold() not in _BLANK_HEADINGS:
        return False
    while behind < len(entries) and entries[behind].key in _KEYS_BEFORE:
        behind += 1
    return behind > position + 1 and behind < len(entries) and entries[behind].key in _SIGNATURE_KEYS


def _is_drawn_alone(entries: Sequence[Entry], position: int) -> bool:
    """A picture without a label where a signature belongs: before a printed name or title, or behind the last prose."""
    entry = entries[position]
    if entry.key or entry.text or not any(signing.kind is not SigningKind.EMPTY_FIELD for signing in entry.signings):
        return False
    follower = entries[position + 1].key if position + 1 < len(entries) else ""
    if follower in _FOLLOWERS:
        return True
    told = any(other.shape == "prose" for other in entries[:position])
    return told and not any(other.shape == "prose" for other in entries[position:])


def _is_name_with_date(entries: Sequence[Entry], position: int) -> bool:
    """A name of staff before the date of signing, on a form without another place to sign: "Peer: Ann Bo, CPSS
    Signed on: 3/4/25"."""
    entry, behind = entries[position], entries[position + 1 : position + 2]
    asked = entry.key == "staff_name" and bool(entry.text) and any(other.key == "signed_date" for other in behind)
    return asked and not any(other.key in _SIGNATURE_KEYS for other in entries)


def _signs(entry: Entry) -> bool:
    """Prose under a label like "Supervisor" or "Completed by" is no place to sign."""
    if entry.key in _DRAWN_ON and any(signing.kind is not SigningKind.EMPTY_FIELD for signing in entry.signings):
        return True
    if entry.key not in _SIGNATURE_KEYS:
        marked = _MARKED.match(entry.text) or _BY_THE_SYSTEM.match(entry.text)
        return entry.key in _MAY_SIGN and bool(marked) and len(entry.text) <= _LONGEST_SIGNATURE
    return len(entry.text) <= _LONGEST_SIGNATURE or bool(_ELECTRONIC.search(entry.text[:120]))


def _follows(entry: Entry, taken: Sequence[Entry]) -> bool:
    """Whether an entry behind a signature belongs to it: printed name, title or date, each once; or a short line of
    them."""
    if entry.key in _FOLLOWERS or (entry.key == "signature" and is_bare_date(entry.text)):
        kind = _kind(entry.key)
        return all(_kind(other.key) != kind for other in taken)
    if entry.label and not entry.key:
        return len(entry.label.split()) <= _MOST_WORDS_OF_A_LABEL and is_bare_date(entry.text) and not _dated(taken)
    if entry.key or len(entry.text) > 80:
        return False
    return is_job_title(entry.text) or is_bare_date(entry.text)


def _dated(entries: Sequence[Entry]) -> bool:
    return any(_kind(entry.key) == "date" for entry in entries)


def _kind(key: str) -> str:
    if key in _NAME_KEYS:
        return "name"
    return "date" if key in ("signed_date", "date", "date_and_time", "signature") else key


def _before(entries: Sequence[Entry], signing: Entry) -> Sequence[Entry]:
    """Printed name and title that stand just before a signature line, as in "Staff: Rosa Diaz   Signature: ____"; a
    date on a line of its own above a signature without label."""
    start = len(entries)
    while start > 0 and entries[start - 1].key in _KEYS_BEFORE:
        start -= 1
    if start == len(entries) > 0 and signing.key == "e_signature" and _is_date_alone(entries[-1]):
        start -= 1
    return entries[start:]


def _is_date_alone(entry: Entry) -> bool:
    """A date on a line of its own, as it is set above or beside a name that nobody labelled."""
    return not (entry.key or entry.label or entry.signings) and is_bare_date(entry.text)


def _signature(entry: Entry, behind: Sequence[Entry], before: Sequence[Entry]) -> Signature:
    written = _written(entry)
    around = [*behind, *before]
    printed = next((e for e in around if _kind(e.key) == "name" and e.text), None)
    head, _, caption = entry.label.rpartition(_HEAD_OF_ROW)
    credentials = written.credentials or _credentials_of(around) or find_credentials(head if caption else "")
    name = written.name or (_name(printed.text) if printed else "")
    on = written.on or _date_of(behind) or _date_of([one for one in before if _is_date_alone(one)])
    role = _role(entry, credentials, around)
    form = _form_with(written.form, entry)
    return Signature(role, form, name, credentials, on, entry.place, entry.text, entry.label)


def _form_with(form: SignatureForm, entry: Entry) -> SignatureForm:
    kinds = {signing.kind for signing in entry.signings}
    if SigningKind.DIGITAL in kinds:
        return SignatureForm.DIGITAL
    if SigningKind.DRAWN in kinds:
        return SignatureForm.DRAWN if form in (SignatureForm.BLANK, SignatureForm.NAME_ONLY) else form
    return form


def _written(entry: Entry) -> _Written:
    text = entry.text.replace(PICTURE, " ").strip()
    digital = next((s for s in entry.signings if s.kind is SigningKind.DIGITAL), None)
    found = next(dates_in(text), None)
    on = Value(found.text, found.meaning, entry.place, source=entry.source) if found else None
    if digital and digital.signed_on and not on:
        on = Value(digital.signed_on.isoformat(), digital.signed_on, entry.place, source=entry.source)
    who = text[: found.start] if found else text
    who = _WHEN.sub("", who.rstrip(" ,;|\t-–—"))
    name, credentials = _name(who), find_credentials(_behind_name(text))
    form = _form(text, entry, has_name=bool(name or credentials))
    return _Written(form, name or (digital.name if digital else ""), credentials, on)


def _form(text: str, entry: Entry, *, has_name: bool) -> SignatureForm:
    plain = not entry.label and not entry.signings and not _SLASH_S.search(text)
    stated = _STAMPED.search(text) or (plain and says_who_signed(text))
    if _ELECTRONIC.search(text) or stated or (_says_electronic(entry.label) and has_name):
        return SignatureForm.ELECTRONIC if has_name or next(dates_in(text), None) else SignatureForm.BLANK
    if _SLASH_S.search(text):
        return SignatureForm.TYPED if has_name else SignatureForm.BLANK
    if (
        _NOTHING.fullmatch(text)
        or any_of("unsigned").search(text)
        or not re.search(r"[^\W\d_]{2}", without_dates(text))
    ):
        return SignatureForm.BLANK
    return SignatureForm.NAME_ONLY


def _says_electronic(label: str) -> bool:
    return bool(_ELECTRONIC.search(label))


def _behind_name(text: str) -> str:
    return _LEAD.sub("", text)


def _name(text: str) -> str:
    """The name on a signature line as written, without marks and credentials; "" where none stands there."""
    text = _LEAD.sub("", text.strip())
    text = re.sub(r"/\s?s\s?/|\\s\\", " ", text).strip()
    start = first_credential(text)
    if start is not None:
        text = text[:start]
    text = text.split("\n")[0].split("\t")[0].strip(" ,;:()[]|_–—-/~*")
    if text and read_name(text) and not _NOTHING.fullmatch(text) and ":" not in text:
        return text
    return name_before(text, len(text)) if start is not None else ""


def _credentials_of(entries: Iterable[Entry]) -> str:
    for entry in entries:
        if entry.key == "title" and entry.text:
            return find_credentials(entry.text) or entry.text.strip()
        if found := find_credentials(entry.text):
            return found
    return ""


def _date_of(entries: Iterable[Entry]) -> Value[date] | None:
    for entry in entries:
        if _kind(entry.key) != "date" and entry.key:
            continue
        found = next(dates_in(entry.text), None)
        if found or _kind(entry.key) == "date":
            return Value(
                found.text if found else entry.text,
                found.meaning if found else None,
                entry.place,
                entry.label,
                entry.source,
            )
    return None


def _role(entry: Entry, credentials: str, around: Sequence[Entry]) -> SignerRole:
    if known := _ROLES.get(entry.key):
        return known
    if re.search(r"\b(?:co-?sign|review|approv|supervis)", f"{entry.label} {entry.text}", re.IGNORECASE):
        return SignerRole.SUPERVISOR
    if any(e.key == "supervisor_name" for e in around):
        return SignerRole.SUPERVISOR
    if any(e.key == "staff_name" for e in around):
        return SignerRole.STAFF
    return role_of(credentials) or (SignerRole.STAFF if not credentials else SignerRole.OTHER)


def _is_name_below_drawn(signature: Signature, drawn: Signature) -> bool:
    """A name with credentials and without label on the line below a drawn signature is the printed name."""
    plain = signature.form in (SignatureForm.NAME_ONLY, SignatureForm.ELECTRONIC) and not signature.label
    dated_twice = signature.signed_on is not None and drawn.signed_on is not None
    ours = not drawn.label or (signature.role is drawn.role and bool(signature.credentials))
    return plain and not dated_twice and drawn.form is SignatureForm.DRAWN and ours and not drawn.name


def _is_same_name_below(signature: Signature, signed: Signature) -> bool:
    """The printed name below a signature without label, with the credentials that the signature leaves out."""
    plain = signature.form is SignatureForm.NAME_ONLY and not signature.label and not signed.label
    names = read_name(signature.name), read_name(signed.name)
    return plain and not signed.credentials and all(names) and same_person(*names)  # type: ignore[arg-type]


def _is_stamp_below_name(signature: Signature, named: Signature) -> bool:
    """ "Signed electronically 3/4/2025" without a name belongs to the name above."""
    plain = not signature.label and not signature.name and not named.label
    return plain and signature.form is SignatureForm.ELECTRONIC and named.form is SignatureForm.NAME_ONLY


def _without_doubles(signatures: Iterable[Signature]) -> Iterable[Signature]:
    """A blank line of the paper form above a stamp, and a blank heading "Signature" above a signature, are no
    signatures of their own."""
    kept: list[Signature] = []
    for signature in signatures:
        double = next(
            (s for s in kept if s.role is signature.role and s.form is SignatureForm.BLANK and not s.name), None
        )
        if kept and _is_name_below_drawn(signature, kept[-1]):
            dated = kept[-1].signed_on or signature.signed_on
            kept[-1] = replace(
                kept[-1], name=signature.name, credentials=signature.credentials, signed_on=dated, text=signature.text
            )
            continue
        if kept and _is_same_name_below(signature, kept[-1]):
            dated = kept[-1].signed_on or signature.signed_on
            kept[-1] = replace(kept[-1], credentials=signature.credentials, signed_on=dated)
            continue
        if kept and _is_stamp_below_name(signature, kept[-1]):
            kept[-1] = replace(kept[-1], form=signature.form, signed_on=signature.signed_on or kept[-1].signed_on)
            continue
        stamped = signature.form is SignatureForm.ELECTRONIC and not signature.label
        headed = double is not None and double is kept[-1] and double.label.casefold() in _BLANK_HEADINGS
        if double and signature.signed and (stamped or headed):
            kept[kept.index(double)] = replace(signature, label=double.label)
        else:
            kept.append(signature)
    return kept
