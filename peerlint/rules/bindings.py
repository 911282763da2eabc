"""Which policy versions bind a chart, and in which dates of service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from peerlint.policy.model import Period, Ruleset
from peerlint.policy.versions import payer_named
from peerlint.records.model import Chart

ALWAYS = Period()


class NothingBinds(Exception):
    """No policy in hand binds any record of the run; the message is one line for the user."""


@dataclass(frozen=True, slots=True)
class Binding:
    """A policy version and the dates of service that it binds in this run."""

    ruleset: Ruleset
    period: Period = ALWAYS


BindingsOf = Callable[[Chart], Sequence[Binding]]


def as_named(rulesets: Sequence[Ruleset]) -> BindingsOf:
    """Every chart is judged by all rulesets that were asked for, whatever its dates."""
    bindings = [Binding(ruleset) for ruleset in rulesets]
    return lambda chart: bindings


def by_payer(versions: Sequence[Ruleset], general: Ruleset, payer: str) -> BindingsOf:
    """Each chart is judged by the versions of its payer, each in its time: the payer that its records name, else
    ``payer``. What no version binds is judged by the general rules of record keeping alone."""

    def bindings(chart: Chart) -> Sequence[Binding]:
        theirs = sorted(
            (r for r in versions if r.payer == (payer_of(chart) or payer) and r.in_effect.since),
            key=lambda r: str(r.in_effect.since),
        )
        if not theirs:
            return [Binding(general)]
        first = theirs[0].in_effect.since
        before = Period(until=first - timedelta(days=1)) if first else ALWAYS
        return [Binding(general, before), *(Binding(r, r.in_effect) for r in theirs)]

    return bindings


def payer_of(chart: Chart) -> str:
    """The payer that the chart's records name, "" where they name none."""
    named = (payer_named(record.header.payer.text) for record in chart.records() if record.header.payer)
    return next(filter(None, named), "")
