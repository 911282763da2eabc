"""Judging a caseload: every requirement of every policy version on every subject it binds.

Which version binds a record is decided here and nowhere else: a note is judged by the version in effect on its date of
service; a plan, a crisis plan and a chart by the version in effect on the chart's latest date of service.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from peerlint.language.reader import NarrativeReader
from peerlint.policy.model import Requirement, Ruleset
from peerlint.records.model import Caseload, Chart, Kind, Record, ServiceNote
from peerlint.rules.base import (
    REGISTRY,
    Outcome,
    Review,
    Rule,
    Scope,
    Subject,
    document_subject,
    not_applicable,
    not_evaluated,
    subject,
)
from peerlint.rules.bindings import Binding, BindingsOf
from peerlint.rules.forms import Forms

_RECORDS_OF = {Scope.NOTE: Kind.NOTE, Scope.PLAN: Kind.PLAN, Scope.CRISIS_PLAN: Kind.CRISIS_PLAN}


@dataclass(frozen=True, slots=True)
class Judged:
    """An outcome with the rule and the requirement it was judged by. ``chart`` is the chart's key, "" for a stray."""

    outcome: Outcome
    rule: Rule
    requirement: Requirement
    ruleset: Ruleset
    chart: str


class Judge:
    """Judges one caseload. ``bindings_of`` tells which policy versions bind a chart (strays: an empty chart)."""

    def __init__(
        self,
        caseload: Caseload,
        reader: NarrativeReader,
        bindings_of: BindingsOf,
        as_of: date,
        wanted: Callable[[Rule], bool] = lambda _: True,
    ) -> None:
        self._caseload = caseload
        self._bindings_of = bindings_of
        self._as_of = as_of
        self._wanted = wanted
        self._reader = reader
        stray = (record for record in caseload.strays if isinstance(record, ServiceNote))
        self._forms = Forms([*stray, *(note for chart in caseload.charts for note in chart.notes)])
        self._stray_chart = Chart(key="", member=None, medicaid_ids=())
        self._notes = {subject(note).id for chart in caseload.charts for note in chart.notes}
        self._charts: dict[str, Chart] = {}
        for chart in caseload.charts:
            for record in chart.records():
                self._charts[subject(record).id] = chart
                self._charts.setdefault(record.header.path, chart)

    def outcomes(self) -> Iterator[Judged]:
        """Every outcome, in a stable order: by chart, then rule; rules over the whole caseload last."""
        for chart in [*self._caseload.charts, self._stray_chart]:
            for binding in self._bindings_of(chart):
                yield from self._judge_chart(chart, binding)
        for ruleset in self._rulesets():
            yield from self._judge_documents(ruleset)
            yield from self._judge_caseload(ruleset)

    def _rulesets(self) -> list[Ruleset]:
        charts = [*self._caseload.charts, self._stray_chart]
        return list({b.ruleset.id: b.ruleset for chart in charts for b in self._bindings_of(chart)}.values())

    def _requirements(self, ruleset: Ruleset, *scopes: Scope) -> Iterator[tuple[Rule, Requirement]]:
        for code, requirement in sorted(ruleset.requirements.items()):
            rule = REGISTRY.get(code)
            if rule and rule.scope in scopes and self._wanted(rule):
                yield rule, requirement

    def _judge_chart(self, chart: Chart, binding: Binding) -> Iterator[Judged]:
        scopes = (Scope.RECORD, Scope.NOTE, Scope.PLAN, Scope.CRISIS_PLAN, Scope.CHART)
        for rule, requirement in self._requirements(binding.ruleset, *scopes):
            for about in self._subjects(rule, chart):
                for outcome in self._ask(rule, requirement, about, chart):
                    if self._binds(binding, outcome.subject, chart):
                        yield Judged(_within(requirement, outcome), rule, requirement, binding.ruleset, chart.key)

    def _judge_documents(self, ruleset: Ruleset) -> Iterator[Judged]:
        for rule, requirement in self._requirements(ruleset, Scope.DOCUMENT):
            for document in self._caseload.documents:
                chart = self._charts.get(document.path, self._stray_chart)
                for outcome in self._ask(rule, requirement, document, chart):
                    if self._governs(ruleset, outcome.subject, chart):
                        yield Judged(outcome, rule, requirement, ruleset, chart.key)

    def _judge_caseload(self, ruleset: Ruleset) -> Iterator[Judged]:
        for rule, requirement in self._requirements(ruleset, Scope.CASELOAD):
            for outcome in self._ask(rule, requirement, self._caseload, self._stray_chart):
                chart = self._charts.get(outcome.subject.id, self._stray_chart)
                if self._governs(ruleset, outcome.subject, chart):
                    yield Judged(_within(requirement, outcome), rule, requirement, ruleset, chart.key)

    def _subjects(self, rule: Rule, chart: Chart) -> Sequence[Record | Chart]:
        if rule.scope is Scope.CHART:
            return [chart] if chart is not self._stray_chart else []
        records = list(chart.records()) if chart is not self._stray_chart else list(self._caseload.strays)
        kind = _RECORDS_OF.get(rule.scope)
        return [r for r in records if kind is None or r.kind is kind]

    def _ask(self, rule: Rule, requirement: Requirement, about: object, chart: Chart) -> Iterator[Outcome]:
        if rule.scope in _RECORDS_OF and isinstance(about, Record) and about.header.may_be:
            yield not_evaluated(about, "it is not certain what kind of record this is: see unknown-document-kind")
            return
        review = Review(self._as_of, _overlay(rule, requirement), self._caseload, chart, self._reader, self._forms)
        try:
            yield from rule.check(about, review)
        except Exception as error:
            yield not_evaluated(_subject_of(about), f"the rule itself failed here ({type(error).__name__})")

    def _binds(self, binding: Binding, about: Subject, chart: Chart) -> bool:
        return binding.period.covers(about.date if about.id in self._notes else _latest_service(chart))

    def _governs(self, ruleset: Ruleset, about: Subject, chart: Chart) -> bool:
        return any(b.ruleset.id == ruleset.id and self._binds(b, about, chart) for b in self._bindings_of(chart))


def _overlay(rule: Rule, requirement: Requirement) -> Mapping[str, object]:
    return {**rule.parameters, **requirement.parameters}


def _within(requirement: Requirement, outcome: Outcome) -> Outcome:
    """The outcome, or "not asked for" where the requirement does not bind that date of service yet or any more."""
    if requirement.binds.covers(outcome.subject.date):
        return outcome
    return not_applicable(outcome.subject, "the policy does not ask for this on that date of service")


def _latest_service(chart: Chart) -> date | None:
    return max((n.date for n in chart.notes if n.date), default=None)


def _subject_of(about: object) -> Subject:
    if isinstance(about, Chart):
        first = next(about.records(), None)
        return replace(subject(first), index=None) if first else Subject(about.key)
    if isinstance(about, Caseload):
        return Subject("")
    return document_subject(about) if not hasattr(about, "header") else subject(about)  # type: ignore[arg-type]
