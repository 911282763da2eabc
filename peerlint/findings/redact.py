"""Masking: a report in which no name, id, birth date or quote of a record is left, file names included.

Whoever appears in several places gets the same alias everywhere ("Member 01", "Staff 02", "file-003.docx"), in the
order of the report, so that the same report is masked the same way each time. Dates of service, codes and counts stay.

Quotes (evidence, goals, titles of records) are replaced whole. Sentences that rules wrote are kept, less what they take
from the record: what stands in quotation marks, every known name and any part of one, capitalised words shared with the
finding's own evidence, long numbers, and every date that is no date of service, signature or plan of this report.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from peerlint.findings.model import DocumentLine, Finding, LinkLine, Location, OutcomeLine, RecordLine, Report
from peerlint.findings.tally import summarize

QUOTE = "[quote]"
_ADULT = 15
"""Years before the run's date beyond which no date is taken for one of service."""

_QUOTES = re.compile(r'"[^"]+"|“[^”]+”|‘[^’]+’|«[^»]+»|(?<!\w)\'[^\']+\'(?!\w)')
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DATE = (
    r"(?<![\w-])(?:(?P<years>(?:19|20)\d\d[-–/](?:19|20)\d\d)|(?P<iso>\d{4}-\d{2}-\d{2})"
    r"|(?P<m>\d{1,2})[/.-](?P<d>\d{1,2})[/.-](?P<y>\d{4}|\d{2})"
    r"|(?P<month>[A-Z][a-z]{2,8})\.? (?P<md>\d{1,2})(?:st|nd|rd|th)?,? (?P<my>\d{4})"
    r"|(?P<dd>\d{1,2})(?:st|nd|rd|th)? (?P<dm>[A-Z][a-z]{2,8})\.?,? (?P<dy>\d{4}))(?![\w-])"
)
_LONG_NUMBER = r"(?<![\w.])[A-Za-z]{0,3}[-#]?\d[\d\-. ]{4,}\d[A-Za-z]?(?!\w)|\w*\d{6,}\w*"
_FIGURES = re.compile(f"{_DATE}|{_LONG_NUMBER}")
_NAME_PART = re.compile(r"[^\W\d_]+(?:[-_’'][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"[’']s?$", re.IGNORECASE)
_SAME_TWICE = re.compile(r"\b((?:Member|Staff|Person) \d+)(?:[\s,]+\1)+")
_CAPITALISED = re.compile(r"(?<![\w’'])[A-ZÀ-Þ][a-zß-ÿ]+(?:[-’'][A-ZÀ-Þ]?[a-zß-ÿ]+)*")
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}$")


def redact(report: Report) -> Report:
    """The report masked, its summary reckoned anew. A masked report is returned as it is."""
    return redact_all([report])[0]


def redact_all(reports: Sequence[Report]) -> list[Report]:
    """Several runs masked alike: a member has one alias in all of them."""
    book = AliasBook(reports)
    return [report if report.run.get("redacted") else _redacted(report, book) for report in reports]


class AliasBook:
    """Who and what is called how. Filled from the fields of records, applied to any text."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self.charts: dict[str, str] = {"": ""}
        self.members: dict[str, str] = {"": ""}
        self.staff: dict[str, str] = {"": ""}
        self.ids: dict[str, str] = {"": ""}
        self.paths: dict[str, str] = {"": ""}
        self.days: set[date] = set()
        for report in reports:
            self._enter(report)
        self._latest = max((day for r in reports if (day := _iso(str(r.run.get("as_of", ""))))), default=None)
        self._names = self._aliases_by_name_part()
        self._files = {name: alias for path, alias in self.paths.items() for name in (path, path.rpartition("/")[2])}
        self._file_names = _any_of(self._files)
        self._known_ids = _any_of(self.ids)
        self._vocabulary = {word for report in reports for word in _vocabulary(report)}
        self._masked: dict[tuple[str, str], str] = {}

    def _enter(self, report: Report) -> None:
        for document in report.documents:
            self._path(document.path)
            for record in document.records:
                self._record(record)
        for line in report.findings:
            self._path(line.path)
            self._member(line.chart, line.member)
            self._person(line.specialist)
        for outcome in report.outcomes:
            self._path(outcome.subject.partition("#")[0])
            self._chart(outcome.chart)
        for link in report.links:
            self._path(link.path)
        self.days |= {day for day in map(_iso, _known_days(report)) if day}

    def _record(self, record: RecordLine) -> None:
        self._member(record.chart, record.member)
        self._person(record.specialist)
        for signature in record.signatures:
            name = signature.get("name") or ""
            if signature.get("role") in ("member", "patient"):
                self._member(record.chart, name)
            else:
                self._person(name)
        for act in record.acts:
            self._person(act.get("by") or "")
        self.ids.setdefault(record.medicaid_id, "[id]" if record.medicaid_id else "")

    def _path(self, path: str) -> None:
        if path not in self.paths:
            found = _EXTENSION.search(path)
            self.paths[path] = f"file-{len(self.paths):03}{found.group().lower() if found else ''}"

    def _chart(self, key: str) -> str:
        return self.charts.setdefault(key, f"chart-{len(self.charts):02}" if key else "")

    def _member(self, chart: str, name: str) -> None:
        alias = f"Member {self._chart(chart).removeprefix('chart-')}" if chart else f"Person {len(self.members):02}"
        self.members.setdefault(name, alias)

    def _person(self, name: str) -> None:
        if name not in self.members:
            self.staff.setdefault(name, f"Staff {len(self.staff):02}")

    def _aliases_by_name_part(self) -> dict[str, str]:
        """Alias by each part of a name and by a chart's key, in lower case; credentials are no part of a name."""
        parts = {_folded(key): alias for key, alias in self.charts.items() if key}
        for name, alias in (self.members | self.staff).items():
            for part in _NAME_PART.findall(name.partition(",")[0]) or _NAME_PART.findall(name):
                if name.isupper() or not part.isupper():
                    for piece in (part, *re.split(r"[-’']", part)):
                        parts.setdefault(_folded(piece), alias)
        return {part: alias for part, alias in parts.items() if len(part) > 1}

    def member(self, name: str, chart: str) -> str:
        return self.members.get(name) or self.mask(name)

    def mask(self, text: str, evidence: str = "") -> str:
        """``text`` without what it takes from a record. ``evidence`` is the quote that the text is about."""
        known = self._masked.get((text, evidence))
        if known is None:
            known = self._masked[(text, evidence)] = self._mask(text, evidence)
        return known

    def _mask(self, text: str, evidence: str) -> str:
        masked = _QUOTES.sub(QUOTE, text)
        if "." in masked or "/" in masked:
            masked = self._file_names.sub(lambda m: self._files[m.group()], masked)
        masked = self._known_ids.sub("[id]", masked)
        masked = _FIGURES.sub(self._figure, masked)
        masked = _SAME_TWICE.sub(r"\1", _NAME_PART.sub(self._name, masked))
        return self._unshared(masked, evidence) if evidence else masked

    def _name(self, match: re.Match[str]) -> str:
        """The alias of a word that is a known name, or of a joined one ("vega-marisol") that holds a known name.

        A plain word in small letters is taken for a word: "will" is not Will."""
        word = match.group()
        if word.islower() and word.isalpha():
            return word
        key = _folded(word)
        for candidate in (key, _POSSESSIVE.sub("", key), *re.split(r"[-_']", key)):
            if candidate in self._names:
                return self._names[candidate] + ("’s" if _POSSESSIVE.search(word) else "")
        return word

    def _figure(self, match: re.Match[str]) -> str:
        if match.lastgroup is None:
            return "[number]"
        if match["years"]:
            return match.group()
        day = _written_day(match)
        too_old = day and self._latest and day.year < self._latest.year - _ADULT
        return match.group() if day in self.days and not too_old else "[date]"

    def _unshared(self, text: str, evidence: str) -> str:
        shared = set(_CAPITALISED.findall(evidence)) - self._vocabulary
        return _CAPITALISED.sub(lambda m: "[name]" if m.group() in shared and m.start() > 0 else m.group(), text)


def _redacted(report: Report, book: AliasBook) -> Report:
    masked = replace(
        report,
        run=report.run | {"redacted": True, "root": ""},
        documents=[_document(line, book) for line in report.documents],
        findings=[_finding(line, book) for line in report.findings],
        outcomes=[_outcome(line, book) for line in report.outcomes],
        links=[_link(line, book) for line in report.links],
        summary={},
    )
    return replace(masked, summary=summarize(masked))


def _document(line: DocumentLine, book: AliasBook) -> DocumentLine:
    return replace(
        line,
        path=book.paths[line.path],
        reason=book.mask(line.reason) if line.reason else line.reason,
        records=[_record(record, book) for record in line.records],
    )


def _record(line: RecordLine, book: AliasBook) -> RecordLine:
    return replace(
        line,
        subject=_subject(line.subject, book),
        member=book.member(line.member, line.chart),
        medicaid_id=book.ids[line.medicaid_id],
        chart=book.charts[line.chart],
        title="",
        specialist=_person(line.specialist, book),
        contact=book.mask(line.contact),
        goals=dict.fromkeys(line.goals, QUOTE),
        signatures=[s | {"name": _person(s.get("name") or "", book)} for s in line.signatures],
        acts=[act | {"by": _person(act.get("by") or "", book)} for act in line.acts],
    )


def _finding(line: Finding, book: AliasBook) -> Finding:
    return replace(
        line,
        path=book.paths[line.path],
        member=book.member(line.member, line.chart),
        message=book.mask(line.message, line.evidence),
        evidence=QUOTE if line.evidence else "",
        location=_location(line.location, book),
        chart=book.charts[line.chart],
        subject=_subject(line.subject, book),
        specialist=_person(line.specialist, book),
    )


def _outcome(line: OutcomeLine, book: AliasBook) -> OutcomeLine:
    return replace(
        line,
        subject=_subject(line.subject, book),
        evidence=QUOTE if line.evidence else "",
        location=_location(line.location, book),
        message=book.mask(line.message, line.evidence),
        chart=book.charts[line.chart],
    )


def _link(line: LinkLine, book: AliasBook) -> LinkLine:
    return replace(
        line,
        path=book.paths[line.path],
        subject=_subject(line.subject, book),
        why=[{key: _told(value) for key, value in why.items()} for why in line.why],
    )


def _told(value: Any) -> Any:
    return QUOTE if isinstance(value, str) and value else value


def _location(location: Location, book: AliasBook) -> Location:
    return replace(location, label=book.mask(location.label))


def _subject(subject: str, book: AliasBook) -> str:
    path, mark, index = subject.rpartition("#")
    if mark and index.isdigit():
        return f"{book.paths.get(path) or book.mask(path)}#{index}"
    return book.paths.get(subject) or book.mask(subject)


def _person(name: str, book: AliasBook) -> str:
    return book.staff.get(name) or book.members.get(name) or book.mask(name)


def _known_days(report: Report) -> Iterable[str | None]:
    yield str(report.run.get("as_of", ""))
    for record in (record for document in report.documents for record in document.records):
        yield record.date
        yield from record.period or ()
        yield from (told.get("date") for told in (*record.signatures, *record.acts))


def _vocabulary(report: Report) -> Iterable[str]:
    """Capitalised words of requirements and rulesets: they are the policy's, not the record's."""
    for requirement in report.requirements:
        yield from _CAPITALISED.findall(str(requirement.get("asks", "")))
    for ruleset in report.rulesets:
        yield from _CAPITALISED.findall(ruleset.title)


def _folded(word: str) -> str:
    """Small letters, without accents, with the straight apostrophe: how names are told to be the same."""
    spelled = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
    return "".join(c for c in spelled if not unicodedata.combining(c))


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted((word for word in words if word), key=lambda word: (-len(word), word))
    alternatives = "|".join(re.escape(word) for word in longest_first) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")


def _written_day(match: re.Match[str]) -> date | None:
    told = match.groupdict()
    if told["iso"]:
        return _iso(told["iso"])
    if told["m"]:
        year = int(told["y"]) + (2000 if len(told["y"]) == 2 else 0)
        return _day(year, int(told["m"]), int(told["d"]))
    month, day, written_year = (told[k] for k in (("month", "md", "my") if told["month"] else ("dm", "dd", "dy")))
    short = month[:3].lower()
    return _day(int(written_year), _MONTHS.index(short) + 1, int(day)) if short in _MONTHS else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _iso(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
