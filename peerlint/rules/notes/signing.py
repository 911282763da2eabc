"""Who signed a note, as what and when (N111 to N113)."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.records.model import ServiceNote, Signature, SignatureForm, SignerRole
from peerlint.rules.absence import absent
from peerlint.rules.base import (
    Evidence,
    Outcome,
    Review,
    Scope,
    met,
    needs_review,
    not_applicable,
    not_met,
    quote,
    rule,
)
from peerlint.rules.forms import A_FORM
from peerlint.rules.lexicon import mention, phrases
from peerlint.rules.notes.places import absent_on_form

_MARKS = frozenset({SignatureForm.TYPED, SignatureForm.ELECTRONIC, SignatureForm.DIGITAL, SignatureForm.DRAWN})
_NEARLY_ALL = 0.8


@rule("N111", "note-signature", Scope.NOTE, drawn_is_review=False, typed_name_signs=True)
def note_signature(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The person who gave the service signed the note.

    A typed mark ("/s/"), an electronic or digital signature and a drawn one beside a printed name are signatures; a
    form label or a supervisor's countersignature is none.

    Why: An unsigned note is a draft. A payer takes back every unit that rests on it.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Staff signature: ______________________
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Staff signature: /s/ Dana Wells, CPSS   Date: 03/04/2025
    Mend: Let the person who gave the service sign with today's date and mark the signature as late; nobody signs for
        another.
    """
    signature = note.staff_signature
    if signature is None:
        yield _no_place_to_sign(note, review)
        return
    words = quote(signature)
    named = bool(signature.name.strip())
    match signature.form:
        case SignatureForm.BLANK:
            yield not_met(note, "the staff signature is blank", *words)
        case SignatureForm.DRAWN if review.parameters["drawn_is_review"] or not named:
            yield needs_review(
                note, "a picture stands where the staff signs: see whether it is a signature and whose", *words
            )
        case SignatureForm.DRAWN:
            yield met(note, "drawn signature beside a printed name", *words)
        case SignatureForm.NAME_ONLY if not _signs(signature, review) or _is_printed_name(signature, note, review):
            yield needs_review(
                note, "a name is typed where the staff signs, without any mark that it was signed", *words
            )
        case SignatureForm.DIGITAL if note.header.signing_doubts:
            yield needs_review(note, note.header.signing_doubts[0], *words)
        case _:
            yield met(note, f"signed ({signature.form})", *words)


def _signs(signature: Signature, review: Review) -> bool:
    """Whether a bare typed name may count: the policy must allow it and a credential or date must stand beside it."""
    return review.parameters["typed_name_signs"] and bool(signature.credentials or signature.signed_on)


def _is_printed_name(signature: Signature, note: ServiceNote, review: Review) -> bool:
    """Whether a bare name without a date or a picture stands where nearly all other notes on the form bear a mark."""
    if note.header.pictures or (signature.signed_on and signature.signed_on.meaning):
        return False
    others = [other.staff_signature for other in review.forms.on_the_form_of(note) if other is not note]
    marked = sum(other is not None and other.form in _MARKS for other in others)
    return len(others) >= A_FORM and marked >= _NEARLY_ALL * len(others)


def _no_place_to_sign(note: ServiceNote, review: Review) -> Outcome:
    supervisor = next((s for s in note.header.signatures if s.role is SignerRole.SUPERVISOR and s.signed), None)
    if supervisor:
        return absent(note, "only a supervisor signed, not the person who served", *quote(supervisor))
    if note.header.pictures:
        return needs_review(note, "no signature was found in the text, but the note holds a picture that may be one")
    message = "no signature of the person who served was found"
    return absent_on_form(note, review, "signature", message, lambda n: n.staff_signature)


@rule("N112", "note-credentials", Scope.NOTE)
def credentials(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The signer's credentials or job title stand beside the signature.

    Why: Peer support is paid only when a qualified peer gave it, and the note is where that shows.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Staff signature: /s/ Dana Wells   Date: 03/04/2025
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Staff signature: /s/ Dana Wells, Certified Peer Support Specialist   Date: 03/04/2025
    Mend: Let the signer add the credential held on the date of service as a dated and signed correction.
    """
    signature = note.staff_signature
    if signature is None or not signature.signed:
        yield not_applicable(note, "the note is not signed: see note-signature")
    elif stated := credentials_of_signer(note):
        yield met(
            note, "the signer's credentials or title are given", Evidence(stated, signature.place, signature.label)
        )
    elif signature.form is SignatureForm.DRAWN and not signature.name.strip():
        yield not_applicable(note, "whose signature was drawn only a person can see: see note-signature")
    else:
        message = "the signer's credentials or job title are missing"
        yield absent_on_form(note, review, "credentials", message, credentials_of_signer, *quote(signature))


def credentials_of_signer(note: ServiceNote) -> str:
    """Credentials or title of the person who signed as staff, wherever the note names that person as staff."""
    signature = note.staff_signature
    if signature is None or not signature.signed:
        return ""
    same = [s for s in note.header.signatures if s.role is SignerRole.STAFF and _same_name(s, signature)]
    return next((told for s in (signature, *same) if (told := _stated_credentials(s))), "")


def _same_name(one: Signature, other: Signature) -> bool:
    return bool(one.name.strip()) and one.name.casefold().split() == other.name.casefold().split()


def _stated_credentials(signature: Signature) -> str:
    if signature.credentials.strip():
        return signature.credentials.strip()
    written = signature.text.replace(signature.name, " ")
    return mention(phrases("credentials", "peer", "title", "clinician"), written)


@rule("N113", "note-signature-date", Scope.NOTE)
def signature_date(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The signature bears the date on which it was made.

    Why: Without it nobody can tell a note of the day from one written for the audit.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Staff signature: /s/ Dana Wells, CPSS
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Staff signature: /s/ Dana Wells, CPSS   Date: 03/04/2025
    Mend: Let the signer add a dated statement of when the note was signed; never put an earlier date beside a
        signature.
    """
    signature = note.staff_signature
    if signature is None or not signature.signed:
        yield not_applicable(note, "the note is not signed: see note-signature")
        return
    signed_on = signature.signed_on
    if signed_on and signed_on.meaning:
        yield met(note, "the signature is dated", *quote(signed_on))
    elif signed_on and not signed_on.empty:
        yield not_met(note, "what stands beside the signature is no full date", *quote(signed_on))
    elif signature.form is SignatureForm.DRAWN and not signature.name.strip():
        yield not_applicable(note, "whose signature was drawn only a person can see: see note-signature")
    elif signature.form is SignatureForm.DRAWN and signed_on is None:
        yield needs_review(
            note, "the signature is drawn: whether it shows a date only a person can see", *quote(signature)
        )
    else:
        undated = "the signature is undated"
        yield absent_on_form(note, review, "date of signature", undated, _dated_or_unsigned, *quote(signature))


def _dated_or_unsigned(note: ServiceNote) -> bool:
    signature = note.staff_signature
    return signature is None or not signature.signed or signature.signed_on is not None
