"""The one door to the language stage: every narrative is read once, and only when a rule asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from peerlint.language.model import Activity, Copy, GoalLink, OffPlan, PlanCopy, Substance, WrongPerson
from peerlint.records.model import Caseload, Plan, ServiceNote

if TYPE_CHECKING:
    from peerlint.language.people import Cast
    from peerlint.language.semantic import Embedder

Key = tuple[str, int]
"""The file of a note and its number in it."""
Told = tuple[ServiceNote, Plan | None]
WORTH_SHARING = 1000
"""How many notes must be read before other processes make up for their start."""
_SHARE = 250  # notes handed over at a time


@dataclass(slots=True)
class _Read:
    """What has been read of one note so far."""

    activities: tuple[Activity, ...] | None = None
    substance: Substance | None = None
    links: tuple[GoalLink, ...] | None = None
    off_plan: Sequence[OffPlan] | None = None


class NarrativeReader:
    """Reads narratives for one run. ``semantic`` names the optional embedding model's reader, None without it.

    ``ahead`` are notes with their plans in force that are read together once the first of them is asked for: their
    activities, or, where they are many, all that they tell, side by side by ``jobs`` processes."""

    def __init__(
        self, caseload: Caseload, semantic: Embedder | None = None, ahead: Sequence[Told] = (), jobs: int = 1
    ) -> None:
        self._caseload = caseload
        self._semantic = semantic
        self._ahead = ahead
        self._jobs = jobs if len(ahead) >= WORTH_SHARING else 1
        self._notes: dict[Key, _Read] = defaultdict(_Read)
        self._copies: tuple[Copy, ...] | None = None
        self._plan_copies: tuple[PlanCopy, ...] | None = None
        self._cast: Cast | None = None

    def activities(self, note: ServiceNote, plan: Plan | None) -> tuple[Activity, ...]:
        """Activities that are not covered, and their innocent look-alikes, in document order."""
        known = self._known(note)
        if known.activities is None and self._ahead:
            notes, self._ahead = self._ahead, ()
            self._read_activities(notes)
        if known.activities is None:
            self._read_activities([(note, plan)])
        assert known.activities is not None
        return known.activities

    def substance(self, note: ServiceNote) -> Substance:
        """What the note tells of purpose, intervention and response."""
        known = self._known(note)
        if known.substance is None:
            from peerlint.language.substance import read_substance

            known.substance = read_substance(note)
        return known.substance

    def links(self, note: ServiceNote, plan: Plan) -> tuple[GoalLink, ...]:
        """How the note bears on each goal of the plan, in the order of the goals."""
        known = self._known(note)
        if known.links is None:
            from peerlint.language.links import read_links

            activities, techniques = self.activities(note, plan), self.off_plan(note, plan)
            known.links = read_links(note, plan, activities, techniques, self._semantic)
        return known.links

    def off_plan(self, note: ServiceNote, plan: Plan) -> Sequence[OffPlan]:
        """Interventions of the note that the plan does not identify."""
        known = self._known(note)
        if known.off_plan is None:
            from peerlint.language.offplan import read_off_plan

            known.off_plan = read_off_plan(note, plan)
        return known.off_plan

    def _known(self, note: ServiceNote) -> _Read:
        if self._ahead and self._jobs > 1:
            notes, self._ahead = self._ahead, ()
            self._notes.update(_side_by_side(notes, self._jobs, self._semantic is not None))
        return self._notes[note.header.path, note.header.index]

    def read(self, notes: Sequence[Told]) -> dict[Key, _Read]:
        """All that can be read of each note by itself."""
        self._read_activities(notes)
        for note, plan in notes:
            self.substance(note)
            if plan:
                self.links(note, plan)
        return dict(self._notes)

    def _read_activities(self, notes: Sequence[Told]) -> None:
        """Many notes are read faster together."""
        from peerlint.language.activities import read_notes

        for (note, _), found in zip(notes, read_notes(notes, self._semantic), strict=True):
            self._known(note).activities = found

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


def _side_by_side(notes: Sequence[Told], jobs: int, semantic: bool) -> Iterator[tuple[Key, _Read]]:
    """What ``jobs`` fresh processes read of the notes, all texts kept in memory."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    shares = [notes[first : first + _SHARE] for first in range(0, len(notes), _SHARE)]
    with ProcessPoolExecutor(jobs, get_context("spawn")) as processes:
        for read in processes.map(partial(_read_share, semantic=semantic), shares):
            yield from read.items()


def _read_share(notes: Sequence[Told], semantic: bool) -> dict[Key, _Read]:
    from peerlint.language.semantic import embedder

    return NarrativeReader(Caseload((), ()), embedder() if semantic else None).read(notes)
