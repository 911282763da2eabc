"""Whether the goals of a plan were read for certain."""

from __future__ import annotations

import re
from collections import Counter

from peerlint.records.model import Goal, Plan

PLACEHOLDER = re.compile(r"[\[<{][^\]>}]*(insert|enter|describe|type|specify|how the)[^\]>}]*[\]>}]", re.IGNORECASE)
"""An instruction of the form that nobody wrote over."""

_MOST_GOALS = 9


def real_goals(plan: Plan) -> tuple[Goal, ...]:
    """The goals that say something; an empty row of the goal table is none."""
    return tuple(goal for goal in plan.goals if PLACEHOLDER.sub("", goal.text).strip(" ._-"))


def why_doubted(plan: Plan) -> str:
    """Why what a plan says of its goals may have been misread; "" where nothing tells so.

    A plan with goals and nothing at all to be done for them, with one number on two goals, or with more goals than
    anybody sets, is more often a form that was not understood than a plan so written.
    """
    goals = real_goals(plan)
    if not goals:
        return ""
    if not any(goal.interventions for goal in goals):
        return "nothing that is to be done for them was made out"
    if len(goals) > _MOST_GOALS:
        return f"{len(goals)} goals were made out, more than plans have"
    return "two of them bear the same number" if _same_number(goals) else ""


def _same_number(goals: tuple[Goal, ...]) -> bool:
    return any(count > 1 for count in Counter(goal.number for goal in goals).values())
