"""For whom, by whom and where a contact was: nobody met, others served, family, institutions."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.records.model import ContactType, ServiceNote
from peerlint.rules.activities.judging import judged_activity
from peerlint.rules.base import Outcome, Review, Scope, needs_review, not_applicable, not_met, quote, rule
from peerlint.rules.lexicon import mention, phrases


@rule("X105", "not-rendered", Scope.NOTE)
def not_rendered(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """A no-show, a cancelled visit, an unanswered door or call is not billed.

    The same words in a note marked as not billed document an attempt and are right.

    Why: What was not given cannot be paid for; billing it is the plainest false claim there is.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Units: 2
        Intervention: Ana did not answer the door. I waited thirty minutes, called twice and left a voicemail.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Units: 0 (not billed)
        Intervention: Ana did not answer the door. I waited thirty minutes, called twice and left a voicemail.
    Mend: Void the claim, and keep the note as the record of an attempt, marked as not billed.
    """
    if _bills_nothing(note):
        yield not_applicable(note, "the note bills no time", *quote(note.not_billed or note.units))
    else:
        yield judged_activity(note, review, "not-rendered", "billed a contact that did not take place")


@rule("X106", "childcare", Scope.NOTE)
def childcare(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The specialist did not mind the member's children or stand in for a carer.

    Why: Childcare is no peer support, however much it helps on the day.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I watched Ana's two children in the lobby while she had her interview.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: Her mother watched the children while I helped Ana rehearse the interview.
    Mend: Take the time out of what is billed. Help the member find childcare as a goal of the plan.
    """
    yield judged_activity(note, review, "childcare", "minded children or stood in for a carer")


@rule("X108", "service-to-others", Scope.NOTE, collateral_allowed=True)
def service_to_others(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The service was for the member, not for somebody else's problem that the plan does not list.

    Talking with family about what the member wants is collateral contact, where the policy admits it.

    Why: Medicaid pays for the person who is enrolled. A sister's eviction is the sister's.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I helped Ana's brother fill in his food stamp application and called the office for him.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I coached Ana to tell her brother what helps her when she is low.
    Mend: Do not bill the time. Where it bears on the member's own goal, write it into the plan before it is done again.
    """
    outcome = judged_activity(note, review, "service-to-others", "served somebody other than the member")
    found = outcome.verdict in ("not_met", "needs_review")
    if not found and not review.parameters["collateral_allowed"] and ContactType.COLLATERAL in note.contact_types:
        yield needs_review(note, "a collateral contact: the policy covers nobody but the member", *quote(note.contact))
    else:
        yield outcome


@rule("X109", "room-and-board", Scope.NOTE)
def room_and_board(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The specialist did not pay for or provide lodging, rent or meals.

    Why: Medicaid does not pay room and board, and money between peer and member crosses a line of its own.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I paid Ana's motel for two nights with the agency card.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I went over housing vouchers with Ana. Her church paid the motel.
    Mend: Do not bill the time, and take the payment up with the supervisor.
    """
    yield judged_activity(note, review, "room-and-board", "paid for or provided lodging, rent or meals")


@rule("X114", "staff-residence", Scope.NOTE)
def staff_residence(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The service was not given in the home of the staff.

    Why: Policies exclude it in so many words, whoever else lives there.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Place of service: Staff's home
        Intervention: I coached Ana through two practice calls.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Place of service: Member's home
        Intervention: I coached Ana through two practice calls.
    Mend: Do not bill the contact. Meet in the member's home, the community or the office.
    """
    place = note.place_of_service
    if place and mention(phrases("places", "staff_home"), place.text):
        yield not_met(note, "the place of service is the home of the staff", *quote(place))
    else:
        yield judged_activity(note, review, "staff-residence", "met the member in the home of the staff")


@rule("X115", "family-provider", Scope.NOTE)
def family_provider(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The specialist is no relative of the member and not legally responsible for the member.

    Why: Policies do not let family serve family. "She calls me cousin" is a manner of speech.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: As her nephew I know how she gets in winter, so I coached her to call her friends early.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: Her nephew came by. I coached Ana to ask him for help with the stairs.
    Mend: Do not bill the contact, and give the member to a specialist who is no relative.
    """
    yield judged_activity(note, review, "family-provider", "is a relative of the member")


@rule("X116", "institution", Scope.NOTE)
def institution(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The member was not an inmate of a correctional institution or a patient of an institution for mental diseases.

    Why: Federal rules leave these people out of Medicaid services while they are there.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Place of service: County jail
        Intervention: I coached Ana through what to ask her lawyer.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Place of service: Courthouse lobby
        Intervention: I coached Ana through what to ask her lawyer.
    Mend: Do not bill the contact to Medicaid.
    """
    place = note.place_of_service
    if place and mention(phrases("places", "institution"), place.text):
        yield needs_review(note, "the place of service may be an institution", *quote(place))
    else:
        yield judged_activity(note, review, "institution", "served an inmate or a patient of an institution")


@rule("X117", "integral-service", Scope.NOTE)
def integral_service(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The contact was not part of another covered service in which the member was at that time.

    Why: The other service's rate already pays for it.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I gave the peer component of her ACT visit together with the team nurse.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I went over the questions that Ana wants to ask at her next therapy visit.
    Mend: Do not bill the contact as a service of its own.
    """
    yield judged_activity(note, review, "integral-service", "worked as part of another covered service")


def _bills_nothing(note: ServiceNote) -> bool:
    return bool(note.not_billed) or bool(note.units and note.units.meaning == 0)
