"""Labels that are set off by another mark than a colon, told by their company: "member = Rosa Diaz" above "place =
home", "SEEKING — Rosa asked ...", and headings in brackets or between rules ("[Subjective]", "== Purpose ==")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from peerlint.records.labels import Field, Labels
from peerlint.records.nearest import nearest

_FEWEST_LINES = 3
_FEWEST_HEADINGS = 2
_FEWEST_WORDS_OF_PROSE = 6
_FEWEST_WORDS_BELOW = 3
_MARKED = re.compile(
    r"\W*(?P<label>[^\W\d_][^=→»›~:|\t.!?]{0,44}?)\s*(?:={1,2}>?|[-–]>|→|»|>>|›|::|\s~\s)\s*(?P<value>(?:[^=].*)?)"
)
_LED = re.compile(r"(?P<label>[A-Z][A-Z/&' ]{1,40}?|[A-Z][a-z']+(?: [a-z']+){0,3})\s*(?:—|\s[–-]+\s)\s*(?P<value>\S.*)")
_RUN_IN = re.compile(r"(?P<label>[A-Z][A-Z/&' ]{3,40}?)(?P<stop>\.)?\s+(?P<value>(?:[A-Z][a-z]|I\s+[a-z]|[\"“]).*)")
_IN_BRACKETS = re.compile(
    r"\s*(?:\[{1,2}(?P<square>[^\[\]]{1,50})\]{1,2}|<{1,2}(?P<angle>[^<>]{1,50})>{1,2}|«(?P<quote>[^«»]{1,50})»"
    r"|\{(?P<brace>[^{}]{1,50})\}|\((?P<round>[A-Z]|[^()]{4,50})\)|(?P<mark>[-=*~#_+/|])(?P=mark){1,9}(?P<ruled>[^=*~#_+|]{1,50}?)(?P=mark){2,10})"
    r"\s*[:–—-]?\s*(?P<rest>.*)"
)


def set_off(texts: Sequence[str], labels: Labels) -> dict[int, str]:
    """Number of each text that begins with a label set off by such a mark -> the text with a colon behind the label."""
    return {**_marked(texts, labels), **_run_in(texts, labels), **_led(texts, labels), **_bracketed(texts, labels)}


def _marked(texts: Sequence[str], labels: Labels) -> dict[int, str]:
    """Three or more lines that follow one another, each with the mark, two of whose labels are known."""
    found: dict[int, str] = {}
    marked = {number: match for number, text in enumerate(texts) if (match := _MARKED.fullmatch(text))}
    for lines in _stretches(marked):
        known = sum(bool(_field(match["label"], match["value"], labels)) for match in lines.values())
        if len(lines) >= _FEWEST_LINES and known >= _FEWEST_HEADINGS:
            found |= {number: _joined(match["label"], match["value"]) for number, match in lines.items()}
    return found


def _run_in(texts: Sequence[str], labels: Labels) -> dict[int, str]:
    """Words in capitals at the head of running text, with a full stop ("REASON. Rosa asked") or nothing behind them."""
    found: dict[int, str] = {}
    known = 0
    for number, text in enumerate(texts):
        match = _RUN_IN.fullmatch(text)
        if match and len(match["value"].split()) >= _FEWEST_WORDS_OF_PROSE:
            field = _field(match["label"], match["value"], labels)
            told = field is not None and field.shape == "prose"
            known += told
            if told or match["stop"]:
                found[number] = _joined(match["label"], match["value"])
    return found if known >= _FEWEST_HEADINGS else {}


def _led(texts: Sequence[str], labels: Labels) -> dict[int, str]:
    """Paragraphs of running text that each begin with a few words and a dash: words in capitals wherever they stand,
    others where they follow one another."""
    led = {
        number: match
        for number, text in enumerate(texts)
        if (match := _LED.fullmatch(text)) and len(match["value"].split()) >= _FEWEST_WORDS_OF_PROSE
    }
    found: dict[int, str] = {}
    for lines in ({number: match for number, match in led.items() if match["label"].isupper()}, *_stretches(led)):
        known = any(_field(match["label"], match["value"], labels) for match in lines.values())
        capitals = all(match["label"].isupper() for match in lines.values())
        if len(lines) >= (_FEWEST_HEADINGS if known or capitals else _FEWEST_LINES):
            found |= {number: _joined(match["label"], match["value"]) for number, match in lines.items()}
    return found


def _bracketed(texts: Sequence[str], labels: Labels) -> dict[int, str]:
    """Headings in brackets, alone above running text or at its head. A placeholder stands alone: what follows it is the
    next label."""
    written = [number for number, text in enumerate(texts) if text.strip()]
    below = dict(zip(written, [texts[number] for number in written[1:]], strict=False))
    found: dict[int, str] = {}
    prose = 0
    for number in written:
        match = _IN_BRACKETS.fullmatch(texts[number])
        label = (
            next((said.strip() for said in match.groups()[:-1] if said and said.strip(" -=*~#_+/|")), "")
            if match
            else ""
        )
        text = match["rest"] or below.get(number, "") if match else ""
        if match and _is_told(text, labels):
            found[number] = _joined(label, match["rest"])
            prose += (field := _field(label, text, labels)) is not None and field.shape == "prose"
    return found if prose >= _FEWEST_HEADINGS else {}


def _is_told(text: str, labels: Labels) -> bool:
    alone = labels.named(text) or _IN_BRACKETS.fullmatch(text)
    return not alone and len(text.split()) >= _FEWEST_WORDS_BELOW


def _field(label: str, value: str, labels: Labels) -> Field | None:
    return labels.named(label) or nearest(labels, label, value.strip())


def _joined(label: str, value: str) -> str:
    return f"{label[:1].upper()}{label[1:].strip()}: {value}".rstrip()


def _stretches(found: Mapping[int, re.Match[str]]) -> Iterator[dict[int, re.Match[str]]]:
    """The texts that follow one another, in stretches."""
    for _, stretch in groupby(enumerate(found), key=lambda counted: counted[1] - counted[0]):
        yield {number: found[number] for _, number in stretch}
