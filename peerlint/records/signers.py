"""Who signed a plan or crisis plan. In a block of signatures "Person" and "Peer" say who signs; elsewhere they stand before a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from peerlint.documents.model import Block
from peerlint.records.credentials import find_credentials, role_of
from peerlint.records.form import Form, read_form
from peerlint.records.labels import SIGNING_FAMILIES
from peerlint.records.lines import Line, blocks_of, clean
from peerlint.records.model import PersonName, Signature, SignatureForm, SignerRole, Topic
from peerlint.records.names import read_name, same_person
from peerlint.records.passages import Passage
from peerlint.records.signatures import read_signatures


_NAMED_AS_MEMBER = re.compile(
    r"\bby:?\s+(?P<name>[^(\n\d]{3,60}?),?\s*[(–-]\s*(?:client|member|individual|participant|person served|consumer|patient|recipient|beneficiary)\b", re.IGNORECASE
)


def signing_lines(passages: Iterable[Passage]) -> list[Line]:
    """The lines of the blocks of signatures."""
    return [line for passage in passages if passage.topic is Topic.SIGNATURES for line in passage.lines]


def without_signing(blocks: Sequence[Block], signing: Sequence[Line]) -> tuple[Block, ...]:
    """The blocks of a record without those that hold signatures alone."""
    numbers = {line.place.block for line in signing}
    return tuple(block for block in blocks if block.place.block not in numbers)


def read_signers(signing: Sequence[Line], form: Form, member: PersonName | None) -> tuple[Signature, ...]:
    """The places to sign in the blocks of signatures, and those in the rest of the record (``form``), each with its signer's part."""
    block = read_signatures(read_form(blocks_of(signing), SIGNING_FAMILIES).entries)
    completed = [_credentialed(signature, signing, block) for signature in block]
    elsewhere = [signature for signature in read_signatures(form.entries) if _is_signed_elsewhere(signature, signing)]
    return tuple(_with_part(signature, member) for signature in (*completed, *elsewhere))


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
    if signature.label or not name or signature.role is SignerRole.MEMBER:
        return signature
    if member and same_person(name, member) and role_of(signature.credentials) is None:
        return replace(signature, role=SignerRole.MEMBER)
    return signature

