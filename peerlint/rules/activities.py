"""Activities that are not covered, however the note calls them (X101 to X117).

All of them rest on one reading: who did what, really or not. An activity on which a cue and a second reader agree, or
that names the specialist as the one who did it, is a violation; anything less goes to a person.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.language.model import Activity, Certainty, Innocence, Presence
from peerlint.records.model import ContactType, ServiceNote
from peerlint.rules.base import (
    Evidence,
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
from peerlint.rules.lexicon import mention, phrases

_SURE = (Certainty.BOTH, Certainty.EXPLICIT)
_NOT_THE_WORK = ("peer-as-first-responder", "staff-residence", "family-provider", "institution", "integral-service")


@rule("X101", "transportation", Scope.NOTE, planned_travel_support=True, arranging_allowed=True)
def transportation(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The specialist did not carry the member or family from place to place, and no travel stands in the time.

    Going along on a bus ride that the plan names, and telling what was coached on the way, is support during travel
    where the policy admits it. Helping somebody to book a ride is no transport.

    Why: Rides are a benefit of their own; every policy in hand leaves transportation out of peer support.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I picked Ana up and drove her to the housing office in my car, forty minutes each way.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I helped Ana call the ride line and book her own trip. Her sister drove her home afterwards.
    Mend: Take the travel out of the time billed; where the whole contact was a ride, do not bill it.
    """
    refused = set()
    if not review.parameters["planned_travel_support"]:
        refused.add(Innocence.PLANNED_SKILL)
    if not review.parameters["arranging_allowed"]:
        refused.add(Innocence.ARRANGED)
    yield _judged(note, review, "transportation", "transported the member or family", frozenset(refused))


@rule("X102", "habilitation", Scope.NOTE)
def habilitation(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The contact was not habilitation: training in self-care or household tasks for a developmental disability, or for
    a job.

    Why: Habilitation is another service for another need. Daily living skills as part of recovery stay covered.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I taught Ana to brush her teeth with hand-over-hand prompts as part of her habilitation plan.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I encouraged Ana to use the morning checklist she wrote for her recovery and told her about mine.
    Mend: Do not bill the time. Refer the member to a service that provides habilitation.
    """
    yield _judged(note, review, "habilitation", "gave habilitation")


@rule("X103", "recreation", Scope.NOTE, exception="planned-skill")
def recreation(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The contact was not recreation or leisure, unless it served a social skill that the plan names (some policies:
    never).

    ``exception`` is "planned-skill", "none" or "not-purely" (only what is purely recreational is left out).

    Why: Fun is no service. What makes an outing one is the planned skill, the coaching and what came of it.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I took Ana bowling for fun. We bowled three games and ate pizza.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: Ana told me that she enjoyed bowling with her cousin. I coached her to ask the cousin for a
        regular night.
    Mend: Do not bill the time. Where an outing can serve a goal, write the skill into the plan before it takes place.
    """
    exception = review.parameters["exception"]
    refused = frozenset({Innocence.PLANNED_SKILL}) if exception == "none" else frozenset[Innocence]()
    outcome = _judged(note, review, "recreation", "spent the time on recreation", refused)
    told = review.reader.substance(note).intervention.presence is Presence.TOLD
    if exception == "not-purely" and told and outcome.verdict == "not_met":
        yield needs_review(
            note, "recreation beside other work: see whether it was purely recreational", *outcome.evidence
        )
    else:
        yield outcome


@rule("X104", "supervision", Scope.NOTE)
def supervision(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The time was not the specialist's own supervision or a staff meeting.

    Why: Supervision is a duty of the agency and paid within the rate, not a service to the member.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I attended my weekly supervision with the QP and we reviewed my caseload and my notes.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I helped Ana write what she wants to tell her probation officer about the supervision fee.
    Mend: Take the time out of what is billed.
    """
    yield _judged(note, review, "supervision", "spent the time in supervision or a staff meeting")


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
        yield _judged(note, review, "not-rendered", "billed a contact that did not take place")


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
    yield _judged(note, review, "childcare", "minded children or stood in for a carer")


@rule("X107", "academic-teaching", Scope.NOTE)
def academic_teaching(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The specialist did not tutor the member or teach school subjects.

    Why: Teaching is the school's part. Encouraging somebody to go back to school, and helping to enrol, is peer
    support.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I tutored Ana in algebra for the GED and worked through two pages of equations with her.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I helped Ana find a GED class and told her how afraid I was to go back to school.
    Mend: Do not bill the time. Link the member with the school's tutors.
    """
    yield _judged(note, review, "academic-teaching", "taught school subjects")


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
    outcome = _judged(note, review, "service-to-others", "served somebody other than the member")
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
    yield _judged(note, review, "room-and-board", "paid for or provided lodging, rent or meals")


@rule("X110", "clerical", Scope.NOTE)
def clerical(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The time was not office work: filing, copying, writing notes.

    Why: General office tasks are the agency's own. Helping a member with the member's own form is support.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I completed my notes for the week and filed paperwork at the office.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I sat with Ana while she filled in her own application.
    Mend: Take the time out of what is billed.
    """
    yield _judged(note, review, "clerical", "spent the time on office work")


@rule("X111", "meeting-without-purpose", Scope.NOTE)
def meeting_without_purpose(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """A meeting, group, court date or appointment that the specialist attended had a purpose for the member that the
    note tells.

    Why: Sitting in is no service. What counts is why the peer was there and what came of it.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I attended the court hearing.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: At Ana's request I sat beside her at the hearing and prompted her to ask the question she had
        rehearsed.
    Mend: Let the writer add, from memory that is still good, why the peer was there and what the member gained.
    """
    yield _judged(note, review, "meeting-without-purpose", "attended without a purpose that the note tells")


@rule("X112", "clinical-service", Scope.NOTE)
def clinical_service(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The specialist did no clinician's work: therapy, assessment, diagnosis, advice on medicines.

    Why: Peers are not licensed for it. Work in place of a clinician is not covered and may harm.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I provided cognitive behavioral therapy for her panic and advised her to stop her Zoloft.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I told Ana how I came to terms with taking medicine and encouraged her to ask her doctor.
    Mend: Do not bill the time, and take it up in supervision.
    """
    yield _judged(note, review, "clinical-service", "did a clinician's work")


@rule("X113", "personal-care", Scope.NOTE)
def personal_care(note: ServiceNote, review: Review) -> Iterator[Outcome]:
    """The specialist did no personal care or housekeeping for the member.

    Why: Bathing, dressing, feeding and cleaning are another service, given by aides.
    Bad:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I cleaned Ana's kitchen, did her laundry and helped her bathe.
    Good:
        Progress Note
        Member: Ana Ruiz
        Medicaid ID: 948217305K
        Date of service: 03/04/2025
        Service: Peer Support Services
        Intervention: I encouraged Ana as she sorted her mail into keep and throw away.
    Mend: Do not bill the time. Help the member ask for personal care.
    """
    yield _judged(note, review, "personal-care", "gave personal care or kept house")


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
        yield _judged(note, review, "staff-residence", "met the member in the home of the staff")


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
    yield _judged(note, review, "family-provider", "is a relative of the member")


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
        yield _judged(note, review, "institution", "served an inmate or a patient of an institution")


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
    yield _judged(note, review, "integral-service", "worked as part of another covered service")


def not_covered(note: ServiceNote, review: Review) -> Activity | None:
    """What the specialist did for certain that no policy covers: the link rules do not report it again."""
    for activity in review.reader.activities(note, plan_in_force(note, review.chart)):
        if activity.innocence is None and activity.certainty in _SURE and activity.category not in _NOT_THE_WORK:
            return activity
    return None


def _judged(
    note: ServiceNote, review: Review, category: str, deed: str, refused: frozenset[Innocence] = frozenset()
) -> Outcome:
    """The outcome for one kind of activity. ``refused`` are excuses that the policy does not take."""
    seen = [a for a in review.reader.activities(note, plan_in_force(note, review.chart)) if a.category == category]
    guilty = [a for a in seen if a.innocence is None or a.innocence in refused]
    sure = [a for a in guilty if a.certainty in _SURE]
    if sure:
        return not_met(note, f"the specialist {deed}", *map(_words, sure))
    if guilty:
        return needs_review(note, f"see whether the specialist {deed}", *map(_words, guilty))
    if seen:
        return met(note, f"considered and found innocent: {seen[0].innocence}", *map(_words, seen))
    if not any(section.text.strip() for section in note.narrative):
        return not_applicable(note, "the note has no narrative")
    return met(note, "nothing of the kind in the narrative", Evidence("", note.header.place, "whole narrative read"))


def _bills_nothing(note: ServiceNote) -> bool:
    return bool(note.not_billed) or bool(note.units and note.units.meaning == 0)


def _words(activity: Activity) -> Evidence:
    return Evidence(activity.quote, activity.place, activity.label)
