"""Records that are neither note, plan nor crisis plan: assessments, service orders, authorizations and the like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from peerlint.records.dates import dates_in
from peerlint.records.diagnoses import coded_in, read_diagnoses
from peerlint.records.entries import Entry
from peerlint.records.extent import Extent
from peerlint.records.form import Form, read_form
from peerlint.records.header import read_header
from peerlint.records.labels import PLAN_FAMILIES, label_words
from peerlint.records.lines import without
from peerlint.records.model import DatedAct, Diagnosis, OtherKind, OtherRecord, Signature, SignatureForm, Topic, Value
from peerlint.records.passages import Passage, plan_passages
from peerlint.records.signers import read_signers, signing_lines
from peerlint.records.wordlists import wordlist

_ACTING = frozenset({OtherKind.ASSESSMENT, OtherKind.SERVICE_ORDER})
_ENOUGH_OF_A_LOOK = 2
_LINES_AT_HEAD = 12


def read_other(extent: Extent, what: OtherKind = OtherKind.UNKNOWN) -> OtherRecord:
    """The record in the extent. ``what`` is what its title says; an untitled one is known by its labels, if at all."""
    passages = plan_passages(extent.blocks)
    signing = signing_lines(passages)
    form = read_form(tuple(without(extent.blocks, signing)), PLAN_FAMILIES)
    if what is OtherKind.UNKNOWN and not form.title:
        what = _look(form)
    sections = tuple(passage.section() for passage in passages if passage.heading and passage.text)
    header = read_header(extent, form, sections)
    signatures = read_signers(signing, form, header.member.meaning if header.member else None)
    dated = _dated(what, form, signatures)
    return OtherRecord(
        header=replace(header, signatures=signatures),
        what=what,
        dated=dated,
        acts=tuple(_acts(what, form, signatures, dated)),
        diagnoses=_diagnoses(passages) if what is OtherKind.ASSESSMENT else (),
    )


def _look(form: Form) -> OtherKind:
    """What a record without title looks like by its labels and headings."""
    labels = {_plain(entry.label) for entry in form.entries if entry.label}
    hits = {
        kind: sum(_plain(word) in labels for word in words) for kind, words in wordlist("others.yaml")["look"].items()
    }
    best = max(hits, key=lambda kind: hits[kind])
    return OtherKind(best) if hits[best] >= _ENOUGH_OF_A_LOOK else OtherKind.UNKNOWN


def _plain(label: str) -> str:
    return " ".join(word.plain for word in label_words(label))


# -- dates and acts ----------------------------------------------------------------------------------------------------


def _dated(what: OtherKind, form: Form, signatures: Sequence[Signature]) -> Value[date] | None:
    """The record's date: under its own label, else of the signature, else at its head."""
    for label in wordlist("others.yaml")["dates"].get(what.value, ["date"]):
        for entry in form.entries:
            if _plain(entry.label) == _plain(label) and (value := _first_date(entry)):
                return value
    return _signed_on(signatures) or next(_dates_at_head(form), None)


def _first_date(entry: Entry) -> Value[date] | None:
    written = next(dates_in(entry.text), None)
    return Value(written.text, written.meaning, entry.place, entry.label, entry.source) if written else None


def _signed_on(signatures: Iterable[Signature]) -> Value[date] | None:
    return next((s.signed_on for s in signatures if s.signed and s.signed_on and s.signed_on.meaning), None)


def _dates_at_head(form: Form) -> Iterator[Value[date]]:
    for entry in form.entries[:_LINES_AT_HEAD]:
        if entry.key != "birth_date" and (value := _first_date(entry)):
            yield value


def _acts(
    what: OtherKind, form: Form, signatures: Sequence[Signature], dated: Value[date] | None
) -> Iterator[DatedAct]:
    """What the professional did by this record: an assessment on its own date, an order on the day it was signed."""
    if what not in _ACTING:
        return
    signer = next(
        (s for s in signatures if s.signed and (s.credentials or s.form is not SignatureForm.NAME_ONLY)), None
    )
    by = _signer_name(signer) if signer else _author(form)
    signed = signer.signed_on if signer else None
    on = signed if what is OtherKind.SERVICE_ORDER and signed and signed.meaning else dated
    place = on.place if on else signer.place if signer else None
    if place is not None:
        yield DatedAct(form.title, place, on.meaning if on else None, by)


def _signer_name(signature: Signature) -> str:
    return ", ".join(part for part in (signature.name, signature.credentials) if part)


def _author(form: Form) -> str:
    labels = {_plain(label) for label in wordlist("others.yaml")["authors"]}
    return next(
        (re.sub(r"\s+", " ", entry.text) for entry in form.entries if _plain(entry.label) in labels and entry.text), ""
    )


def _diagnoses(passages: Sequence[Passage]) -> tuple[Diagnosis, ...]:
    own = [line for passage in passages if passage.topic is Topic.DIAGNOSIS for line in passage.lines]
    return read_diagnoses(own) or coded_in(line for passage in passages for line in passage.lines)
