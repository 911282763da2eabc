"""Who signed a plan or crisis plan. In a block of signatures "Person" and "Peer" say who signs; elsewhere they stand
before a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from peerlint.documents.model import PICTURE, Block, Cell, Paragraph, Table
from peerlint.records.credentials import find_credentials, role_of
from peerlint.records.form import Form, read_form
from peerlint.records.labels import SIGNING_FAMILIES, labels_of
from peerlint.records.lines import Line, blocks_of, clean
from peerlint.records.model import DatedAct, PersonName, Signature, SignatureForm, SignerRole, Topic
from peerlint.records.named_signers import ROLES, drawn_signers, named_line, signing_rows
from peerlint.records.names import read_name, same_person
from peerlint.records.passages import Passage
from peerlint.records.signatures import read_signatures
from peerlint.records.signed_lines import signed_line

_BEFORE_MARK = re.compile(rf"(?<=[A-Za-z).])[ \t]+(?=_{{4,}}|/s/|{PICTURE})")
_NAME_BEFORE_RULE = re.compile(rf"(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){{1,3}}):?\s+(?=_{{4,}}|/s/|{PICTURE})")
_SIGNED = re.compile(r"/\s?s\s?/|\b(?:docu-?|e-?|(?:electronically|digitally)\s+)signed\b", re.IGNORECASE)
_GAP = re.compile(r"\t|\s{3,}|\s\|\s|(?<=\.)\s+(?=Signed\b)")
_BEFORE_DATE = re.compile(r"\b(Date)[ \t]+(?=\d)")
_NAMED_AS_MEMBER = re.compile(
    r"\bby:?\s+(?P<name>[^(\n\d]{3,60}?),?\s*[(–-]\s*"
    r"(?:client|member|individual|participant|person served|consumer|patient|recipient|beneficiary)\b",
    re.IGNORECASE,
)


def signing_lines(passages: Iterable[Passage]) -> list[Line]:
    """The lines of the blocks of signatures."""
    return [line for passage in passages if passage.topic is Topic.SIGNATURES for line in passage.lines]


def read_signers(signing: Sequence[Line], form: Form, member: PersonName | None) -> tuple[Signature, ...]:
    """The places to sign in the blocks of signatures, and those in the rest of the record (``form``), each with its
    signer's part."""
    block = tuple(_in_block(signing, member))
    completed = [_with_part(_credentialed(signature, signing, block), member) for signature in block]
    completed = [signature for signature in completed if not _only_heads(signature, completed, signing)]
    elsewhere = [signature for signature in read_signatures(form.entries) if _is_signed_elsewhere(signature, signing)]
    return (*completed, *(_with_part(signature, member) for signature in elsewhere))


def _in_block(signing: Sequence[Line], member: PersonName | None) -> Iterator[Signature]:
    """The places to sign in a block of signatures, in order: those that begin with the signer's name, and the labelled
    ones between them."""
    labelled: list[Block] = []
    for found in _named_or_not(signing, member):
        if isinstance(found, Signature):
            yield from _labelled(labelled, member)
            labelled = []
            yield found
        else:
            labelled.append(found)
    yield from _labelled(labelled, member)


def _named_or_not(signing: Sequence[Line], member: PersonName | None) -> Iterator[Signature | Block]:
    above: Paragraph | None = None
    label: Paragraph | None = None
    for block in (column for printed in blocks_of(signing) for column in _side_by_side(printed)):
        if isinstance(block, Table):
            for found in signing_rows(block, member):
                yield found if isinstance(found, Signature) else Table((found,), block.place)
        elif drawn := drawn_signers(block, block, member) or (
            above and not _asks_to_sign(label) and drawn_signers(above, block, member)
        ):
            yield from drawn
        else:
            named = named_line(block, member)
            yield named if named and named.name else signed_line(block, member) or named or block
        label, above = above, block if isinstance(block, Paragraph) else None


def _asks_to_sign(label: Paragraph | None) -> bool:
    """Whether a line is a label that says who signs below it."""
    field = labels_of(SIGNING_FAMILIES).named(label.text) if label else None
    return field is not None and field.key in ROLES


def _side_by_side(block: Block) -> Iterator[Block]:
    """The signatures of a line that holds several, each with what stands behind it up to the next."""
    if isinstance(block, Table) or len(_SIGNED.findall(block.text)) < 2 or "\n" in block.text or block.signings:
        yield block
        return
    columns: list[str] = []
    for chunk in _GAP.split(block.text):
        if columns and not (_SIGNED.search(chunk) and _SIGNED.search(columns[-1])):
            columns[-1] += f"\t{chunk}"
        else:
            columns.append(chunk)
    yield from (replace(block, text=column) for column in columns)


def _labelled(blocks: Sequence[Block], member: PersonName | None) -> tuple[Signature, ...]:
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if isinstance(block, Table) and isinstance(last, Table) and last.place == block.place:
            joined[-1] = Table((*last.rows, *block.rows), last.place)
        else:
            joined.append(block)
    named = [_with_colons(_with_part_for_name(block, member)) for block in joined]
    return read_signatures(read_form(named, SIGNING_FAMILIES).entries)


def _only_heads(signature: Signature, others: Sequence[Signature], signing: Sequence[Line]) -> bool:
    """Whether a signature without a name is no more than a heading over the place where that person signs."""
    printed = [line for line in signing if line.place == signature.place]
    heading = any(line.heading or line.text.strip().endswith(signature.label) for line in printed)
    nameless = not signature.signed or (signature.form is SignatureForm.NAME_ONLY and not signature.name)
    return heading and nameless and sum(other.role is signature.role for other in others) > 1


def signed_acts(lines: Sequence[Line]) -> Iterator[DatedAct]:
    """What professionals did by signing: one act for each dated signature among the lines."""
    if not any("/s/" in line.text or "sign" in line.text.casefold() for line in lines):
        return
    for signature in read_signatures(
        read_form([_with_colons(block) for block in blocks_of(lines)], SIGNING_FAMILIES).entries
    ):
        if signature.signed and signature.signed_on and signature.signed_on.meaning:
            by = ", ".join(part for part in (signature.name, signature.credentials) if part)
            yield DatedAct(signature.text, signature.place, signature.signed_on.meaning, by)


def _with_part_for_name(block: Block, member: PersonName | None) -> Block:
    """A block in which the member's printed name stands where others print "Member" before the place to sign."""
    if member is None:
        return block
    if isinstance(block, Table):
        return Table(tuple(_row_with_part(row, member) for row in block.rows), block.place)
    match = _NAME_BEFORE_RULE.match(block.text)
    if match and _is_member(match["name"], member):
        return replace(block, text="Member" + block.text[match.end("name") :])
    return block


def _row_with_part(row: tuple[Cell, ...], member: PersonName) -> tuple[Cell, ...]:
    first = next(row[0].paragraphs(), None)
    if first is None or len(row) < 2 or not _is_member(row[0].text, member):
        return row
    return (replace(row[0], blocks=(replace(first, text="Member"),)), *row[1:])


def _is_member(text: str, member: PersonName) -> bool:
    name = read_name(text) if len(text) < 60 else None
    return name is not None and bool(name.last) and same_person(name, member)


def _with_colons(block: Block) -> Block:
    """A signature line whose labels have no colon ("Individual ________ Date 1/13/2025"), with them."""
    if not isinstance(block, Paragraph):
        return block
    return replace(block, text=_BEFORE_DATE.sub(r"\1: ", _BEFORE_MARK.sub(": ", block.text)))


def _is_signed_elsewhere(signature: Signature, signing: Sequence[Line]) -> bool:
    """Whether somebody signs outside a block of signatures; a name in a table of goals is not signed by its bearer."""
    if signature.form in (SignatureForm.NAME_ONLY, SignatureForm.BLANK):
        return not signing and bool(signature.label)
    return True


def _credentialed(signature: Signature, signing: Sequence[Line], others: Sequence[Signature]) -> Signature:
    """A signature with the credentials that its own line gives before the mark."""
    alone = sum(other.place == signature.place for other in others) == 1
    if signature.credentials or not signature.signed or signature.role is SignerRole.MEMBER or not alone:
        return signature
    own = [clean(line.text) for line in signing if line.place == signature.place and not line.cells]
    return replace(signature, credentials=find_credentials(own[0])) if len(own) == 1 else signature


def _with_part(signature: Signature, member: PersonName | None) -> Signature:
    """The member's own signature is known by the name where nothing else says whose it is."""
    if named := _NAMED_AS_MEMBER.search(signature.text):
        return replace(signature, role=SignerRole.MEMBER, name=signature.name or named["name"].strip())
    name = read_name(signature.name) if signature.name else None
    if not name or signature.role is SignerRole.MEMBER:
        return signature
    told = signature.role not in (SignerRole.STAFF, SignerRole.OTHER) or "staff" in signature.label.casefold()
    if signature.label and told:
        return signature
    if member and same_person(name, member) and role_of(signature.credentials) is None:
        return replace(signature, role=SignerRole.MEMBER)
    return signature
