"""Judging records written as plain text: documents, records, caseload, one rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

import peerlint.rules  # noqa: F401
from peerlint.documents.model import Place, Revision, RevisionKind
from peerlint.documents.text import document_from_text
from peerlint.language.reader import NarrativeReader
from peerlint.records.gather import gather
from peerlint.records.model import Caseload, Chart, DocumentFacts, Kind
from peerlint.records.recognise import recognise
from peerlint.rules.base import Outcome, Review, Rule, Scope, Verdict

AS_OF = date(2025, 7, 31)
FINDINGS = {Verdict.NOT_MET, Verdict.NEEDS_REVIEW}
_NO_CHART = Chart(key="", member=None, medicaid_ids=())
_KINDS = {Scope.NOTE: Kind.NOTE, Scope.PLAN: Kind.PLAN, Scope.CRISIS_PLAN: Kind.CRISIS_PLAN}


def judged(rule: Rule, text: str, parameters: Mapping[str, Any] | None = None, as_of: date = AS_OF) -> list[Outcome]:
    """The outcomes of one rule on the documents of the text, which ``---`` lines part."""
    return judge(rule, read(re.split(r"^---$", text, flags=re.MULTILINE)), parameters, as_of)


def read(texts: Iterable[str]) -> Caseload:
    """The caseload of plain texts, each a document of its own in one folder."""
    return gather(facts(f"{number}.txt", text) for number, text in enumerate(texts, 1))


def facts(path: str, text: str) -> DocumentFacts:
    return DocumentFacts(path, sha256(text.encode()).hexdigest(), recognise(document_from_text(text), path))


def revised(document: DocumentFacts, kinds: Iterable[str]) -> DocumentFacts:
    """The document with tracked changes of these kinds in each record."""
    changes = tuple(Revision(RevisionKind(kind), "words", "an author", Place(0)) for kind in kinds)
    records = (replace(r, header=replace(r.header, revisions=changes)) if changes else r for r in document.records)
    return replace(document, records=tuple(records))


def judge(
    rule: Rule, caseload: Caseload, parameters: Mapping[str, Any] | None = None, as_of: date = AS_OF
) -> list[Outcome]:
    reader = NarrativeReader(caseload)
    options = {**rule.parameters, **(parameters or {})}
    outcomes: list[Outcome] = []
    for about, chart in _subjects(rule.scope, caseload):
        outcomes += rule.check(about, Review(as_of, options, caseload, chart, reader))
    return outcomes


def _subjects(scope: Scope, caseload: Caseload) -> Iterable[tuple[Any, Chart]]:
    if scope is Scope.CASELOAD:
        return [(caseload, _NO_CHART)]
    if scope is Scope.DOCUMENT:
        return [(document, _NO_CHART) for document in caseload.documents]
    if scope is Scope.CHART:
        return [(chart, chart) for chart in caseload.charts]
    records = [(record, chart) for chart in caseload.charts for record in chart.records()]
    records += [(record, _NO_CHART) for record in caseload.strays]
    kind = _KINDS.get(scope)
    return [(record, chart) for record, chart in records if kind is None or record.kind is kind]
