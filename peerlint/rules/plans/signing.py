"""Who signed the plan and when, and which notes came before (P104 to P106)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from peerlint.records.model import Plan, ServiceNote, Signature, SignatureForm, SignerRole
from peerlint.rules.absence import absent
from peerlint.rules.base import (
    Outcome,
    Review,
    Scope,
    met,
    needs_review,
    not_applicable,
    not_met,
    plan_in_force,
    quote,
    rule,
)
from peerlint.rules.lexicon import mention, phrases, telling

MEMBER = (SignerRole.MEMBER, SignerRole.GUARDIAN)
PROFESSIONAL = (SignerRole.PROFESSIONAL,)


@rule("P104", "plan-member-signature", Scope.PLAN)
def member_signature(plan: Plan, review: Review) -> Iterator[Outcome]:
    """The member, or the legally responsible person, signed and dated the plan.

    Why: It is the member's plan, and nothing may be billed for dates before the signature. An undated one proves no
    date.
    Bad:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Goal 1: I will have a place of my own.
        Person receiving services: /s/ Ana Ruiz
        Person responsible for the plan: /s/ Karen Whit, QP   Date: 01/06/2025
    Good:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Goal 1: I will have a place of my own.
        Person receiving services: /s/ Ana Ruiz   Date: 01/06/2025
        Person responsible for the plan: /s/ Karen Whit, QP   Date: 01/06/2025
    Mend: Let the member sign with today's date; what was given before that date is not billable. Never put an earlier
        date.
    """
    outcome = _signed_and_dated(plan, MEMBER, "the member or legally responsible person")
    refusal = telling(phrases("plans", "refused"), plan.header.text)
    if refusal and not dated(plan, MEMBER):
        yield needs_review(
            plan, "the plan says why the member did not sign: see whether the payer takes that", *outcome.evidence
        )
    elif dated(plan, MEMBER) and _guardian_is_missing(plan):
        yield needs_review(plan, "a guardian is named, but only the member signed", *quote(plan.guardian))
    else:
        yield outcome


@rule("P105", "plan-professional-signature", Scope.PLAN)
def professional_signature(plan: Plan, review: Review) -> Iterator[Outcome]:
    """The professional responsible for the plan signed and dated it.

    Why: Nothing may be billed for dates before this signature and the member's; a peer's own signature does not replace
    it.
    Bad:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Goal 1: I will have a place of my own.
        Person receiving services: /s/ Ana Ruiz   Date: 01/06/2025
        Person responsible for the plan: ______________   Date: ________
    Good:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Goal 1: I will have a place of my own.
        Person receiving services: /s/ Ana Ruiz   Date: 01/06/2025
        Person responsible for the plan: /s/ Karen Whit, QP   Date: 01/06/2025
    Mend: Let the responsible professional sign with today's date; what was given before that date is not billable.
    """
    yield _signed_and_dated(plan, PROFESSIONAL, "the responsible professional")


@rule("P106", "service-before-signature", Scope.NOTE)
def service_before_signature(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The service was given on or after the day on which the plan bore both signatures.

    Why: Policy takes back what was billed for dates before the member (or guardian) and the responsible professional
    signed.
    Bad:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Goal 1: I will have a place of my own.
        Person receiving services: /s/ Ana Ruiz   Date: 01/06/2025
        Person responsible for the plan: /s/ Karen Whit, QP   Date: 01/10/2025
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 01/08/2025
        Service: Peer Support Services
    Good:
        Person-Centered Plan
        Name: Ana Ruiz
        Medicaid ID: 948217305K
        Date of plan: 01/06/2025
        Goal 1: I will have a place of my own.
        Person receiving services: /s/ Ana Ruiz   Date: 01/06/2025
        Person responsible for the plan: /s/ Karen Whit, QP   Date: 01/10/2025
        ---
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 01/10/2025
        Service: Peer Support Services
    Mend: Do not bill this contact. Have plans signed by both before the first visit.
    """
    plan = plan_in_force(note, review.chart)
    if plan is None:
        yield not_applicable(note, "the member has no plan: see note-without-plan")
        return
    day = both_signed(plan)
    if note.date is None or day is None:
        yield not_applicable(note, "the plan lacks a dated signature, or the note a date, and is reported for that")
        return
    words = [e for role in (MEMBER, PROFESSIONAL) for s in _dated(plan, role) for e in quote(s)]
    earlier = next((p for p in review.chart.plans if p is not plan and _covers(p, note.date)), None)
    if day <= note.date:
        yield met(note, f"the plan bore both signatures from {day:%m/%d/%Y}", *words)
    elif earlier:
        before = [e for role in (MEMBER, PROFESSIONAL) for s in _dated(earlier, role) for e in quote(s)]
        yield met(note, "an earlier plan with both signatures still covered the date", *before)
    else:
        yield not_met(note, f"the service came before the plan bore both signatures, on {day:%m/%d/%Y}", *words)


def both_signed(plan: Plan) -> date | None:
    """The first day on which the plan bore the member's (or guardian's) and the professional's dated signatures."""
    member, professional = dated(plan, MEMBER), dated(plan, PROFESSIONAL)
    return max(member, professional) if member and professional else None


def dated(plan: Plan, roles: tuple[SignerRole, ...]) -> date | None:
    """The earliest date on which somebody of these roles signed."""
    return min((s.signed_on.meaning for s in _dated(plan, roles) if s.signed_on and s.signed_on.meaning), default=None)


def _dated(plan: Plan, roles: tuple[SignerRole, ...]) -> list[Signature]:
    signed = [s for s in plan.header.signatures if s.role in roles and s.signed]
    return [s for s in signed if s.signed_on and s.signed_on.meaning]


def _signed_and_dated(plan: Plan, roles: tuple[SignerRole, ...], who: str) -> Outcome:
    places = [s for s in plan.header.signatures if s.role in roles]
    signed = [s for s in places if s.signed]
    if complete := _dated(plan, roles):
        words = [e for s in complete for e in (*quote(s), *quote(s.signed_on))]
        if plan.header.signing_doubts and all(s.form is SignatureForm.DIGITAL for s in complete):
            return needs_review(plan, plan.header.signing_doubts[0], *words)
        return met(plan, f"signed and dated by {who}", *words)
    if not places and plan.header.pictures:
        return needs_review(
            plan, f"no signature of {who} was found in the text, but the plan holds a picture that may be one"
        )
    if not places and (unplaced := _unplaced(plan)):
        return needs_review(
            plan, f"no signature of {who} was found, but somebody signed whose part is not said", *quote(unplaced)
        )
    if not places:
        return absent(plan, f"no signature of {who} was found")
    if not signed:
        return not_met(plan, f"not signed by {who}", *quote(places[0]))
    undated = signed[0]
    if undated.form is SignatureForm.DRAWN and undated.signed_on is None:
        return needs_review(
            plan, f"the signature of {who} is drawn: whether it shows a date only a person can see", *quote(undated)
        )
    return not_met(plan, f"the signature of {who} is undated", *quote(undated))


def _unplaced(plan: Plan) -> Signature | None:
    """A signature of somebody who is neither called a peer, a supervisor or a witness nor bears credentials."""
    return next((s for s in plan.header.signatures if s.signed and s.role is SignerRole.OTHER and not s.label), None)


def _guardian_is_missing(plan: Plan) -> bool:
    guardian = plan.guardian
    if guardian is None or guardian.empty or mention(phrases("plans", "no_guardian"), guardian.text):
        return False
    member = plan.header.member.meaning if plan.header.member else None
    if member and member.last and member.full.casefold() in guardian.text.casefold():
        return False
    return not dated(plan, (SignerRole.GUARDIAN,))


def _covers(plan: Plan, day: date) -> bool:
    signed = both_signed(plan)
    ends = plan.ends.meaning if plan.ends else None
    return signed is not None and signed <= day and (ends is None or day <= ends)
