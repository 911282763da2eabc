"""The one door to the language stage: every narrative is read once, and only when a rule asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from peerlint.language.model import Activity, Copy, GoalLink, OffPlan, PlanCopy, Substance, WrongPerson
from peerlint.records.model import Caseload, Plan, ServiceNote

if TYPE_CHECKING:
    from peerlint.language.people import Cast
    from peerlint.language.semantic import Embedder


class NarrativeReader:
    """Reads narratives for one run. ``semantic`` names the optional embedding model's reader, None without it."""

    def __init__(self, caseload: Caseload, semantic: Embedder | None = None) -> None:
        self._caseload = caseload
        self._semantic = semantic
        self._activities: dict[tuple[str, int], tuple[Activity, ...]] = {}
        self._substance: dict[tuple[str, int], Substance] = {}
        self._links: dict[tuple[str, int], tuple[GoalLink, ...]] = {}
        self._off_plan: dict[tuple[str, int], Sequence[OffPlan]] = {}
        self._copies: tuple[Copy, ...] | None = None
        self._plan_copies: tuple[PlanCopy, ...] | None = None
        self._cast: Cast | None = None

    def activities(self, note: ServiceNote, plan: Plan | None) -> tuple[Activity, ...]:
        """Activities that are not covered, and their innocent look-alikes, in document order."""
        key = (note.header.path, note.header.index)
        if key not in self._activities:
            from peerlint.language.activities import read_activities

            self._activities[key] = read_activities(note, plan)
        return self._activities[key]

    def substance(self, note: ServiceNote) -> Substance:
        """What the note tells of purpose, intervention and response."""
        key = (note.header.path, note.header.index)
        if key not in self._substance:
            from peerlint.language.substance import read_substance

            self._substance[key] = read_substance(note)
        return self._substance[key]

    def links(self, note: ServiceNote, plan: Plan) -> tuple[GoalLink, ...]:
        """How the note bears on each goal of the plan, in the order of the goals."""
        key = (note.header.path, note.header.index)
        if key not in self._links:
            from peerlint.language.links import read_links

            activities, techniques = self.activities(note, plan), self.off_plan(note, plan)
            self._links[key] = read_links(note, plan, activities, techniques, self._semantic)
        return self._links[key]

    def off_plan(self, note: ServiceNote, plan: Plan) -> Sequence[OffPlan]:
        """Interventions of the note that the plan does not identify."""
        key = (note.header.path, note.header.index)
        if key not in self._off_plan:
            from peerlint.language.offplan import read_off_plan

            self._off_plan[key] = read_off_plan(note, plan)
        return self._off_plan[key]

    def copies(self) -> tuple[Copy, ...]:
        """Near copies over the whole caseload, each pair once, the later note first."""
        if self._copies is None:
            from peerlint.language.likeness import find_copies

            notes = [note for chart in self._caseload.charts for note in chart.notes]
            self._copies = tuple(find_copies(notes, self._caseload))
        return self._copies

    def plan_copies(self) -> tuple[PlanCopy, ...]:
        """Crisis plans of different members that are near copies, each pair once, the later one first."""
        if self._plan_copies is None:
            from peerlint.language.likeness import find_plan_copies

            self._plan_copies = tuple(find_plan_copies(self._caseload))
        return self._plan_copies

    def wrong_people(self, note: ServiceNote) -> tuple[WrongPerson, ...]:
        """Another member's name, or the other pronouns throughout, where the note tells of its own member."""
        from peerlint.language.people import Cast, wrong_people

        if self._cast is None:
            self._cast = Cast(self._caseload)
        return wrong_people(note, self._cast)
