"""The diagnoses that a record states: ICD-10 codes with their words, or words alone where no code is given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from peerlint.records.credentials import find_credentials
from peerlint.records.dates import dates_in
from peerlint.records.lines import Line
from peerlint.records.model import Diagnosis
from peerlint.records.wordlists import any_of, wordlist

_CODE = re.compile(r"(?<![\w.])(?:F\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?|[A-EG-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4})(?![\w])")
_DSM_IV = re.compile(r"(?<![\w.$/-])(?:29[0-9]|30[0-9]|31[0-9])\.\d{1,2}(?![\w%])")
_SENTENCE = re.compile(r"(?<=[.;])\s+|\n")
_END = re.compile(r"[;\n\t|]|\.\s|\.$")
_TRIM = " \t:;,.-–—()[]"
_HEADINGS = re.compile(
    r"(?:icd(?:-?10)?(?:-?cm)?|dsm(?:-?5)?|code|dx|diagnos[ei]s|primary|secondary|tertiary|principal|description|[ivx\d]+[.)])\W*$",
    re.IGNORECASE,
)


def read_diagnoses(lines: Sequence[Line]) -> tuple[Diagnosis, ...]:
    """The diagnoses among the lines under a record's diagnosis heading, each once, in order."""
    coded = list(_coded(lines))
    found = coded or list(_worded(lines))
    unique: dict[tuple[str, str], Diagnosis] = {}
    for diagnosis in found:
        unique.setdefault((diagnosis.code, "" if diagnosis.code else diagnosis.text.casefold()), diagnosis)
    return tuple(unique.values())


def coded_in(lines: Iterable[Line]) -> tuple[Diagnosis, ...]:
    """Diagnoses with a mental health code anywhere in a record that has no place of its own for them."""
    return tuple(d for d in _coded([line for line in lines if _CODE.search(line.text)]) if d.code.startswith("F"))


def _coded(lines: Sequence[Line]) -> Iterator[Diagnosis]:
    for number, line in enumerate(lines):
        if line.cells:
            described = next((after for after in lines[number + 1 : number + 2] if after.cells), None)
            yield from _in_row(line, described)
        else:
            yield from _in_text(line)


def _in_row(line: Line, below: Line | None) -> Iterator[Diagnosis]:
    texts = [text for text in line.texts if text]
    codes = [(text, match) for text in texts for match in _codes(text)]
    if len(codes) == 1 and len(codes[0][0]) <= len(codes[0][1][0]) + 12 and not _words_of(codes[0][0], codes[0][1]):
        words = next((text for text in texts if _describes(text)), "")
        if (
            not words
            and below is not None
            and re.match(r"(?:description|name|diagnosis|words)\b", below.texts[0], re.IGNORECASE)
        ):
            words = below.texts[-1]
        yield Diagnosis(codes[0][1][0], words, line.place)
        return
    for text in texts:
        yield from _in_text(Line(text, line.place))


def _describes(text: str) -> bool:
    """Whether a cell beside a code gives its words, not its date, its author or the cell's own heading."""
    if _CODE.search(text) or next(dates_in(text), None) or find_credentials(text):
        return False
    return len(re.findall(r"[A-Za-z]", text)) > 3 and not _HEADINGS.fullmatch(text)


def _in_text(line: Line) -> Iterator[Diagnosis]:
    matches = list(_codes(line.text))
    for number, match in enumerate(matches):
        if _taken_back(line.text, match.start(), match.end()):
            continue
        end = matches[number + 1].start() if number + 1 < len(matches) else len(line.text)
        start = matches[number - 1].end() if number else 0
        yield Diagnosis(
            match[0], _after(line.text[match.end() : end]) or _before(line.text[start : match.start()]), line.place
        )


def _codes(text: str) -> Iterator[re.Match[str]]:
    yield from _CODE.finditer(text)
    if not _CODE.search(text):
        yield from _DSM_IV.finditer(text)


def _words_of(text: str, code: re.Match[str]) -> str:
    return re.sub(r"[\W\d_]+", "", text.replace(code[0], ""))


def _after(text: str) -> str:
    text = text.lstrip(" \t")
    end = _END.search(text)
    words = text[: end.start()] if end else text
    words = re.split(r"\s\(?(?:diagnosed|dated?|per|by)\b", words, maxsplit=1)[0]
    return "" if text.lstrip().startswith((")", "]")) and not words.strip(_TRIM) else words.strip(_TRIM)


_UNFINISHED = re.compile(r"\b(?:to|for|of|with|by|has|have|had|is|was|from|code|codes)$", re.IGNORECASE)


def _before(text: str) -> str:
    words = re.split(r"[;\n\t|]|\.\s|:\s", text.rstrip(_TRIM))[-1]
    words = _HEADINGS.sub("", words).strip(_TRIM)
    return "" if _UNFINISHED.search(words) else words


def _worded(lines: Sequence[Line]) -> Iterator[Diagnosis]:
    for line in lines:
        for cell in line.texts or (line.text,):
            for sentence in _SENTENCE.split(cell):
                yield from (Diagnosis("", words, line.place) for words in _disorders_in(sentence))


def _disorders_in(sentence: str) -> Iterator[str]:
    """The disorders of a sentence, each with its grade, that it does not take back."""
    end = 0
    for match in _disorders().finditer(sentence):
        words = _phrase(sentence, match)
        within = match.start() < end
        end = max(end, sentence.find(words, match.start()) + len(words))
        if words and not (within or _taken_back(sentence, match.start(), match.end()) or _NO_DISORDER.match(words)):
            yield words


_NO_DISORDER = re.compile(r"(?:no|any|this|the|a|an|her|his|their|my)\s+(?:\w+\s+)?disorder\b", re.IGNORECASE)


def _phrase(sentence: str, match: re.Match[str]) -> str:
    """The disorder with its grade ("recurrent, moderate") behind it."""
    behind = re.match(
        r"(?:,\s*(?:recurrent|single episode|mild|moderate|severe|chronic|unspecified|in \w+ remission|depressive type"
        r"|bipolar type|with [\w ]+))+",
        sentence[match.end() :],
    )
    words = match[0] + (behind[0] if behind else "")
    return re.sub(
        r"^(?:(?:has|with|a|an|the|is|was|diagnosed|diagnosis|of|and|she|he|member|client|includes?|are|for|meets|criteria)\s+)+",
        "",
        words,
        flags=re.IGNORECASE,
    ).strip(_TRIM)


def _taken_back(text: str, start: int, end: int) -> bool:
    """Whether the words around a diagnosis deny it, or put it in the past or in somebody else."""
    clause = re.split(r"[.;,\n]|\bbut\b", text[:start])[-1]
    inside = " ".join(text[start:end].split()[:3])
    return bool(_denial().search(clause)) or bool(_denial().search(inside))


@cache
def _disorders() -> re.Pattern[str]:
    return any_of(wordlist("plans.yaml")["disorders"])


@cache
def _denial() -> re.Pattern[str]:
    return any_of(wordlist("plans.yaml")["not_diagnosed"])
