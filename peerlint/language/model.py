"""What a narrative tells: activities and who did them, the parts it plays, the goals it serves, the copies it has."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from peerlint.documents.model import Place
from peerlint.records.model import CrisisPlan, Goal, Intervention, ServiceNote


class Actor(StrEnum):
    STAFF = "the specialist"  # named: CPSS, peer, I, this writer; "we" counts where the specialist is part of it
    NOBODY = "nobody named"  # no subject written: in a note, the specialist as a rule
    MEMBER = "the member"
    RELATIVE = "a relative or friend"
    PROFESSIONAL = "another professional"
    OTHER = "somebody else"


class Certainty(StrEnum):
    """Who vouches for an activity."""

    BOTH = "cue and model"
    EXPLICIT = "cue with the specialist named"
    CUE = "cue only"
    MODEL = "model only"
    MEANING = "likeness of meaning"


class Innocence(StrEnum):
    """Why words that look like an activity are none."""

    SOMEBODY_ELSE = "somebody else did it"
    NEGATED = "said not to have happened"
    PLANNED = "planned, wished or asked about"
    PAST = "past history or own story"
    TAUGHT = "taught or practised as a skill"
    ARRANGED = "referred or arranged"
    PLANNED_SKILL = "tied to a planned skill of the plan"
    NOT_BILLED = "marked not billed"
    CONTACT_HELD = "the contact took place after all"
    FIGURE = "a figure of speech or another meaning"


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity that is not covered, or that looks like one.

    ``category`` is the catalogue's name of the rule ("transportation"); ``quote`` the clause or sentence, ``cue`` the
    words in it that tell. ``innocence`` says why it does not count; None where it counts. ``planned`` is the
    intervention of the member's plan that it is tied to. ``score`` is how likely it is by its words, all weighed.
    """

    category: str
    quote: str
    cue: str
    actor: Actor
    certainty: Certainty
    place: Place
    label: str = ""
    innocence: Innocence | None = None
    planned: Intervention | None = None
    score: float | None = None


class Role(StrEnum):
    """The part that a sentence plays in a note."""

    PURPOSE = "purpose"
    INTERVENTION = "intervention"
    RESPONSE = "response"
    MEMBER_ACT = "member-act"
    PLAN = "plan"
    CONTEXT = "context"
    ADMIN = "admin"


class Presence(StrEnum):
    """Whether a note tells a part: said, said only in appearance, probably said, or not at all."""

    TOLD = "told"
    DOUBTFUL = "doubtful"
    EMPTY = "in name only"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Telling:
    """How a note tells one part (purpose, intervention or response). ``quote`` are its words, or the empty ones."""

    presence: Presence
    quote: str = ""
    place: Place | None = None
    label: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Substance:
    """The substance of one note. ``specific_words`` counts words left after stock phrases and form words are removed;
    ``stock_only`` is true where nothing else is left."""

    purpose: Telling
    intervention: Telling
    response: Telling
    words: int
    specific_words: int
    stock_only: bool


class LinkStrength(StrEnum):
    SUPPORTED = "supported"
    WEAK = "weak"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class GoalLink:
    """How a note bears on one goal of the plan. ``score`` is comparable within one note only. ``evidence`` are matching
    words or the cited number; ``cited`` is true where the note names the goal."""

    goal: Goal
    strength: LinkStrength
    score: float
    evidence: str
    cited: bool = False


@dataclass(frozen=True, slots=True)
class OffPlan:
    """An intervention of a note that the plan does not identify. ``nearest`` is the likest planned intervention.
    ``sure`` is false where a person must look."""

    quote: str
    place: Place
    label: str
    nearest: Intervention | None
    sure: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """Two narratives alike once names, dates and numbers are masked. ``likeness`` is 0 to 1, ``passages`` shared."""

    note: ServiceNote
    original: ServiceNote
    likeness: float
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanCopy:
    """Two members' crisis plans alike once names, dates and numbers are masked, the later one first."""

    plan: CrisisPlan
    original: CrisisPlan
    likeness: float
    passages: tuple[str, ...]


class Slip(StrEnum):
    """How a narrative tells of the wrong person."""

    NAME = "another member's name"
    PRONOUNS = "the other pronouns throughout"


@dataclass(frozen=True, slots=True)
class WrongPerson:
    """Words of a narrative that belong to another person. ``sure`` is false where a person must look."""

    slip: Slip
    quote: str
    place: Place
    label: str
    sure: bool
    why: str
