"""One reading for all activities that are not covered: who did what, really or not.

An activity on which a cue and a second reader agree, or that names the specialist as the one who did it, is a
violation; anything less goes to a person.
"""

from __future__ import annotations

from peerlint.language.model import Activity, Certainty, Innocence
from peerlint.records.model import ServiceNote
from peerlint.rules.base import Evidence, Outcome, Review, met, needs_review, not_applicable, not_met, plan_in_force

_SURE = (Certainty.BOTH, Certainty.EXPLICIT)
_NOT_THE_WORK = (
    "peer-as-first-responder",
    "service-to-others",
    "staff-residence",
    "family-provider",
    "institution",
    "integral-service",
)
"""Categories that tell with whom, for whom or where the work was done, and so leave open what it served."""


def not_covered(note: ServiceNote, review: Review) -> Activity | None:
    """What the specialist did for certain that no policy covers: the link rules do not report it again."""
    for activity in review.reader.activities(note, plan_in_force(note, review.chart)):
        if activity.innocence is None and activity.certainty in _SURE and activity.category not in _NOT_THE_WORK:
            return activity
    return None


def judged_activity(
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


def _words(activity: Activity) -> Evidence:
    return Evidence(activity.quote, activity.place, activity.label)
