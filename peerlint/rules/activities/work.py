"""What was done instead of peer support: rides, habilitation, leisure, office work."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.language.model import Innocence, Presence
from peerlint.records.model import ServiceNote
from peerlint.rules.activities.judging import judged_activity
from peerlint.rules.base import Outcome, Review, Scope, needs_review, rule


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
    yield judged_activity(note, review, "transportation", "transported the member or family", frozenset(refused))


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
    yield judged_activity(note, review, "habilitation", "gave habilitation")


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
    outcome = judged_activity(note, review, "recreation", "spent the time on recreation", refused)
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
    yield judged_activity(note, review, "supervision", "spent the time in supervision or a staff meeting")


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
    yield judged_activity(note, review, "academic-teaching", "taught school subjects")


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
    yield judged_activity(note, review, "clerical", "spent the time on office work")


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
    yield judged_activity(note, review, "meeting-without-purpose", "attended without a purpose that the note tells")


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
    yield judged_activity(note, review, "clinical-service", "did a clinician's work")


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
    yield judged_activity(note, review, "personal-care", "gave personal care or kept house")
