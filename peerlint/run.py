"""The whole run on one page: find, read, gather, judge, dispose, report."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from peerlint.dispositions.disposal import NOTHING_DISPOSED, Disposal
from peerlint.documents.find import Found, find
from peerlint.documents.limits import Limits
from peerlint.documents.model import NoTextLayer, Unreadable
from peerlint.documents.worker import Workers
from peerlint.findings.model import Report
from peerlint.policy.model import Ruleset
from peerlint.records.model import Caseload, Chart, DocumentFacts, Record

AUTO = "auto"
DOCUMENTS_PER_WORKER = 12


@dataclass(frozen=True, slots=True)
class Request:
    """What one run is asked to do. ``rulesets`` are ids or paths; "auto" picks by payer and date of service.

    ``wanted`` and ``unwanted`` are rule codes, prefixes of codes, or names."""

    paths: tuple[Path, ...]
    rulesets: tuple[str, ...]
    as_of: date
    payer: str = ""
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    jobs: int = 0
    limits: Limits = field(default_factory=Limits)
    disposal: Disposal = NOTHING_DISPOSED


class Watcher:
    """Told of the run's progress; the console overrides what it wants to show."""

    def found(self, found: Found) -> None:
        """The documents of the run are known."""

    def read(self, path: Path) -> None:
        """One more document is read, or given up."""

    def judging(self, charts: int) -> None:
        """All documents are read; so many charts are being judged."""


def check(request: Request, watcher: Watcher | None = None) -> Report:
    """Read, judge and report. Raises ``NothingFound`` and ``policy.load.RulesetError`` before anything is read."""
    from peerlint.records.gather import gather

    watcher = watcher or Watcher()
    rulesets = _load_rulesets(request)
    found = find(request.paths)
    watcher.found(found)
    documents = sorted(_read_all(found, request, watcher), key=lambda document: document.path)
    caseload = gather(documents)
    watcher.judging(len(caseload.charts))
    return request.disposal.dispose(judge_caseload(caseload, rulesets, request, found))


def judge_caseload(
    caseload: Caseload, rulesets: Sequence[Ruleset], request: Request, found: Found | None = None
) -> Report:
    """The report on a caseload that has been read. ``found`` limits it to the files named one by one, if any were."""
    from peerlint.findings.assemble import assemble
    from peerlint.findings.tally import summarize
    from peerlint.rules.judge import Judge

    judge = Judge(caseload, _bindings(rulesets, request), request.as_of, _selection(request))
    judged = list(judge.outcomes())
    if found and found.judged is not None:
        named = {found_path(path, found.root) for path in found.judged}
        judged = [j for j in judged if j.outcome.subject.path in named]
        caseload = _only(caseload, named)
    run: dict[str, Any] = {
        "as_of": request.as_of.isoformat(),
        "root": found.root.name if found else "",
        "redacted": False,
    }
    bound = list({j.ruleset.id: j.ruleset for j in judged}.values()) or list(rulesets)
    report = assemble(caseload, judged, judge.reader, bound, _attestations(bound), run)
    return replace(report, summary=summarize(report))


def found_path(path: Path, root: Path) -> str:
    """The path as reports show it: relative to the root, with forward slashes."""
    return path.relative_to(root).as_posix()


def read_document(path: Path, root: Path, limits: Limits) -> DocumentFacts:
    """Read one file and recognise its records. Runs in a worker; raises ``Unreadable``."""
    from peerlint.documents.read import read
    from peerlint.records.recognise import recognise

    name = found_path(path, root)
    document = read(path, limits)
    return DocumentFacts(name, document.properties["sha256"], recognise(document, name), warnings=document.warnings)


def _read_all(found: Found, request: Request, watcher: Watcher) -> Iterator[DocumentFacts]:
    task = partial(read_document, root=found.root, limits=request.limits)
    with Workers(task, request.jobs or _jobs_for(len(found.documents)), request.limits) as workers:
        for path, result in workers.run(found.documents):
            watcher.read(path)
            yield _unread(path, result, found.root) if isinstance(result, Unreadable) else result


def _jobs_for(documents: int) -> int:
    """A second worker pays once it has enough to read to make up for its start."""
    return max(1, min(os.cpu_count() or 1, documents // DOCUMENTS_PER_WORKER))


def _unread(path: Path, why: Unreadable, root: Path) -> DocumentFacts:
    from peerlint.documents.read import fingerprint

    return DocumentFacts(
        found_path(path, root),
        fingerprint(path),
        unreadable=why.reason,
        remedy=why.remedy,
        no_text=isinstance(why, NoTextLayer),
    )


def judge_texts(ruleset: Ruleset, documents: Sequence[str], as_of: date) -> Report:
    """Judge records written in plain text (see ``documents.text``): how ruleset tests and rule pages are executed."""
    from peerlint.documents.text import document_from_text
    from peerlint.records.gather import gather
    from peerlint.records.recognise import recognise

    facts = []
    for number, text in enumerate(documents, start=1):
        name = f"document-{number}.txt"
        facts.append(DocumentFacts(name, f"{number:064d}", recognise(document_from_text(text), name)))
    request = Request((), (ruleset.id,), as_of)
    return judge_caseload(gather(facts), [ruleset], request)


def _load_rulesets(request: Request) -> list[Ruleset]:
    from peerlint.policy.load import load
    from peerlint.policy.versions import versions

    if AUTO in request.rulesets:
        return list(versions())
    return [load(name) for name in request.rulesets]


def _bindings(rulesets: Sequence[Ruleset], request: Request) -> Callable[[Chart], Sequence[Any]]:
    """Which policy versions bind a chart: all that were asked for, or those of the chart's payer, each in its time."""
    from peerlint.policy.versions import payer_named
    from peerlint.rules.judge import Binding

    if AUTO not in request.rulesets:
        return lambda chart: [Binding(ruleset) for ruleset in rulesets]

    def by_payer(chart: Chart) -> Sequence[Binding]:
        payer = next(filter(None, (payer_named(r.header.payer.text) for r in chart.records() if r.header.payer)), "")
        wanted = payer or payer_named(request.payer)
        return [Binding(r, r.in_effect) for r in rulesets if r.payer == wanted]

    return by_payer


def _selection(request: Request) -> Callable[[Any], bool]:
    def names(rule: Any, words: tuple[str, ...]) -> bool:
        return any(rule.code.startswith(word.upper()) or rule.name == word.lower() for word in words)

    return lambda rule: (not request.wanted or names(rule, request.wanted)) and not names(rule, request.unwanted)


def _attestations(rulesets: Sequence[Ruleset]) -> list[Any]:
    from peerlint.findings.model import AttestLine
    from peerlint.policy.attest import attestations

    return [AttestLine(r.id, clause, says) for r in rulesets for clause, says in attestations(r)]


def _only(caseload: Caseload, names: set[str]) -> Caseload:
    """The caseload reduced to the documents that were named, with charts kept whole for links."""

    def named(records: tuple[Record, ...]) -> tuple[Any, ...]:
        return tuple(r for r in records if r.header.path in names)

    return replace(
        caseload,
        charts=tuple(replace(c, notes=named(c.notes)) for c in caseload.charts if any(named(tuple(c.records())))),
        documents=tuple(d for d in caseload.documents if d.path in names),
        strays=named(caseload.strays),
    )


def read_blocks(path: Path) -> Any:
    """The document's blocks as read, for ``peerlint extract --blocks``. Runs in a worker."""
    from peerlint.documents.read import read

    return read(path, Limits())


def read_document_alone(path: Path) -> DocumentFacts:
    """One document's records, for ``peerlint extract``. Runs in a worker."""
    return read_document(path, path.parent, Limits())
