"""Whom to call in a crisis, in order: from tables, lists and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from peerlint.records.labels import label_words
from peerlint.records.lines import Line, cell_lines
from peerlint.records.model import Contact, Topic
from peerlint.records.phones import PHONE, phones_in
from peerlint.records.topics import crisis_cues
from peerlint.records.wordlists import wordlist

_RANK = re.compile(r"\s*#?\(?(\d{1,2})\s*[.):]?\s*(?=\D|$)")
_ONLY_RANK = re.compile(r"\s*#?\(?\d{1,2}[.)]?\s*")
_BRACKET = re.compile(r"\(([^()]*)\)")
_EDGE = " \t,;:.-–—()/|"
_AROUND = " \t,;:.-–—/|"
_CALLING = re.compile(r"^(?:call(?:ing)?|phone|text|contact|reach|ask for)\s+", re.IGNORECASE)
_ASKED_TO = re.compile(
    r"(?:^|(?<=[\s,;:]))(?<!crisis )(?<!to )"
    r"(?:call|text|ring|dial|[Cc]all in (?:this )?order:?|in this order:?)\s+(?:the\s+)?(?=\S)"
)
_NAMED = re.compile(
    r"^(?:name|who|contact|agency|clinician|provider|person|local emergency service|place)(?:\s*/\s*\w+)*"
    r"(?:\s+name)?\s*:\s*",
    re.IGNORECASE,
)
_AT_NUMBER = re.compile(
    r"[\s,;:–—-]*(?:\b(?:at|on|tel|phone|cell|mobile|number|on (?:her|his|their) cell)\b[\s.:]*)*$", re.IGNORECASE
)
_KIN = re.compile(r"(?:my|our|his|her|their)\s+(?P<kin>[a-z]+(?:[- ][a-z]+)?)\s+(?=[A-Z][\w'’-]+ [A-Z])")
_BREAK = re.compile(r"(?<!\bDr)(?<!\bMs)(?<!\bMr)(?<!\bMrs)\.\s+|;\s*|,?\s+(?:and )?then\s+|\n")
_ALTERNATIVE = re.compile(r"^\s*,?\s*(?:or|and)\s+")
_SHORT_NUMBERS = frozenset({"988", "911"})


def read_contacts(lines: Sequence[Line]) -> tuple[Contact, ...]:
    """The contacts in the lines of a crisis plan's contact part. Printed numbers give their order, else their place
    does."""
    contacts: list[Contact] = []
    columns: list[str] = []
    for line in lines:
        if line.cells and (named := _columns(line)):
            columns = named
            continue
        found = _in_row(line, columns) if line.cells else list(_in_line(line))
        for name, relation, phone, rank in found:
            contacts.append(Contact(name, relation, phone, rank or len(contacts) + 1, line.place))
    return tuple(contacts)


Found = tuple[str, str, str, int]


def _columns(line: Line) -> list[str]:
    """What each column holds if the row heads columns, else []."""
    roles = [_headings().get(" ".join(word.plain for word in label_words(text)), "") for text in line.texts]
    filled = [text for text in line.texts if text]
    return (
        roles
        if len(filled) >= 2 and sum(map(bool, roles)) >= len(filled) - 1 and not phones_in(line.text) and any(roles)
        else []
    )


@cache
def _headings() -> dict[str, str]:
    data = wordlist("contacts.yaml")["columns"]
    return {
        " ".join(word.plain for word in label_words(phrase)): role
        for role, phrases in data.items()
        for phrase in phrases
    }


def _in_row(line: Line, columns: Sequence[str]) -> list[Found]:
    texts = list(line.texts)
    if not any(texts):
        return []
    cells = dict(zip(columns, texts, strict=False)) if len(columns) == len(texts) else {}
    rank = next((int(m[1]) for text in texts[:1] if _ONLY_RANK.fullmatch(text) and (m := _RANK.match(text))), 0)
    rest = [text for text in texts if text and not _ONLY_RANK.fullmatch(text)]
    if not rest:
        return []
    if len(line.cells) == 2 and len(rest) == 2 and _asks_for_contacts(rest[0]) and not _is_phone(rest[1]):
        return [found for cell in cell_lines(line.cells[1]) for found in _in_line(cell)]
    phone = next((_phone(text) for text in reversed(rest) if phones_in(text)), "")
    if len(rest) == 1 and phone:
        return [
            (name, relation, number, rank) for name, relation, number, _ in _in_line(Line(rest[0], line.place, 0, "1."))
        ]
    name = cells.get("name") or rest[0]
    others = [text for text in rest if text != name and not _is_phone(text)]
    relation = cells.get("relation") or ", ".join(others)
    first, aside = _split_name(name)
    return [(first, ", ".join(part for part in (aside, relation) if part), phone, rank)]


def _asks_for_contacts(label: str) -> bool:
    """Whether a cell stands before contacts and is none itself: "Whom to call", "Then"."""
    if phones_in(label):
        return False
    return bool(_turns().fullmatch(label.strip(_EDGE))) or crisis_cues().topic_of(label) is Topic.CONTACTS


def _is_phone(text: str) -> bool:
    return bool(phones_in(text)) and not re.search(r"[A-Za-z]{4,}", PHONE.sub("", text))


def _phone(text: str) -> str:
    return text if _is_phone(text) else " / ".join(phones_in(text))


def _in_line(line: Line) -> Iterator[Found]:
    """The contacts of one line: one before each number; a list item without a number is a contact all the same."""
    text = line.text.replace("\t", ", ")
    rank = _rank(line)
    if not phones_in(text):
        if line.bullet and len(text) <= 80:
            name, relation = _split_name(_without_turn(text))
            yield name, relation, "", rank
        return
    start = 0
    for match in PHONE.finditer(text):
        lead = text[start : match.start()]
        start = match.end()
        who = _ALTERNATIVE.sub("", _AT_NUMBER.sub("", _BREAK.split(_AT_NUMBER.sub("", lead))[-1]))
        name, relation = _split_name(_without_turn(who))
        if match[0] in _SHORT_NUMBERS:
            yield match[0], who.strip(_EDGE), match[0], rank
        elif name:
            yield name, relation, match[0], rank
        rank = 0


def _rank(line: Line) -> int:
    match = re.match(r"\(?(\d{1,2})[.)]?", line.bullet) if line.bullet else None
    return int(match[1]) if match else 0


def _without_turn(text: str) -> str:
    """A line without the words that only tell its turn ("First, at any hour: Denise")."""
    text = _RANK.sub("", text, count=1) if _RANK.match(text) and not PHONE.match(text) else text
    head, colon, tail = text.partition(":")
    if colon and tail.strip() and all(_turns().fullmatch(part.strip()) for part in head.split(",") if part.strip()):
        text = tail
    text = text.strip(_AROUND)
    while (match := _turns().match(text)) and len(text) > match.end():
        text = text[match.end() :].strip(_AROUND)
    return _NAMED.sub("", _CALLING.sub("", _ASKED_TO.split(text)[-1]))


@cache
def _turns() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(wordlist('contacts.yaml')['turns'])})(?!\w)", re.IGNORECASE)


def _split_name(text: str) -> tuple[str, str]:
    """A name and what is said of it behind a comma or in brackets."""
    asides = [aside.strip() for aside in _BRACKET.findall(text)]
    bare = _BRACKET.sub(" ", text)
    if kin := _KIN.match(bare.strip()):
        asides, bare = [kin["kin"], *asides], bare.strip()[kin.end() :]
    name, _, more = bare.partition(",")
    if not name.strip():
        return "", ""
    relation = ", ".join(part for part in (*asides, more.strip(_EDGE)) if part)
    return " ".join(name.split()).strip(_EDGE), " ".join(relation.split())
