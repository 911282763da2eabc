"""The words by which plans set out their goals, read from ``goals.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from peerlint.records.goal_parts import LEADING_NUMBER, asked, asked_parts, key
from peerlint.records.labels import label_words
from peerlint.records.wordlists import any_of, wordlist


class Level(StrEnum):
    """How far a goal reaches, by the word that opens it. ``WEAK`` words open one only where nothing else does."""

    LONG = "long"
    SHORT = "short"
    OBJECTIVE = "objective"
    GOAL = "goal"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Head:
    """The line that opens a goal. ``number`` is as printed ("1a"), else ""; ``text`` may follow later."""

    level: Level
    number: str
    text: str

    @property
    def rank(self) -> int | None:
        """The number as a whole one: 1 for "1a" and "1.2", None without a number."""
        return _rank(self.number)


@dataclass(frozen=True, slots=True)
class PartOfGoal:
    """A label that names a part of a goal and the goal's number, with the text behind it."""

    rank: int
    part: str
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line: a part of a goal and what the line says of it. ``part`` is "" for text without a label."""

    part: str
    label: str
    text: str


_NUMBER_WORDS = {
    word: rank
    for rank, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)
}
_ORDINALS = {
    word: rank
    for rank, words in enumerate(
        [("first", "1st"), ("second", "2nd"), ("third", "3rd"), ("fourth", "4th"), ("fifth", "5th"), ("sixth", "6th")],
        1,
    )
    for word in words
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}
_NUMERAL = (
    r"(?:0\d\d|\d{1,2})(?:\.\d{1,2})*(?:\s?[a-hA-H](?!\w))?|[IVX]{1,4}(?!\w)|[A-H](?=[.:)])"
    rf"|(?:{'|'.join(_NUMBER_WORDS)})(?!\w)"
)
_BRACKET = r"(?:\s*[(\[][^)\]]*[)\]]|,?\s+in\s+(?:[a-z'’]+\s+){0,2}own\s+words)?"
_LONGEST_COLUMN_HEADING = 9
_INSTRUCTION = re.compile(r"^\([^()]{25,}\)\s*")
_IN_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_WHAT_SOMEBODY_DOES = re.compile(
    r"(?:what|how|steps?|actions?)\s+(?:the\s+|my\s+)?(?P<who>\S+(?:\s+\S+){0,3}?)\s+(?:will|can|agrees?\s+to|is\s+going\s+to)\s+(?:do|help|take)\b.*",
    re.IGNORECASE,
)
_SOMEBODY_WILL = re.compile(
    r"(?!(?:What|How|When|Where|Why|Things?)\b)(?P<who>[A-Z][\w'’.-]*(?:\s+[\w'’.-]+){0,3}?)\s+(?:will(?:\s+do)?|does|do|agrees?\s+to(?:\s+do)?)"
)
_COUNTED_BEFORE = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2})*[a-h]?)\s+(?=[A-Z])")
_NAMED_GOAL = re.compile(
    rf"^(?P<before>(?:(?-i:[A-Z#])[\w'’.-]*[ /]+|(?:of|and|the|/)\s+){{0,6}})goals?\b"
    rf"(?P<between>(?:[ /]+(?-i:[A-Z])[\w'’.-]*){{0,4}}?)"
    rf"[ (]*(?:#|no\.?|number)?\s*(?P<number>{_NUMERAL})(?:\s+of\s+\d+)?\)?(?P<sep>\s*[:.|\t–—-]\s*|\s*$)(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_ORDINAL_GOAL = re.compile(
    rf"^(?:(?:(?-i:[A-Z])[\w'’.-]*\s+){{0,3}}?)(?P<number>{'|'.join(_ORDINALS)})\s+(?:\w+\s+)?(?:goal|outcome|priority|wish)"
    r"(?P<sep>\s*[:.–—-]\s*|,?\s+is(?:\s+to|\s+that)?\s+|\s*$)(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_GOAL_IN_BRACKETS = re.compile(
    rf"^(?P<label>[^:()\n\t]{{2,90}}?)\s*[(\[]\s*goal\s*#?\s*(?P<number>{_NUMERAL})\s*[)\]]\s*[:?]?\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_PART_OF_GOAL = re.compile(
    rf"^goal\s*#?\s*(?P<number>{_NUMERAL})(?: *[-–—,:] +| +)(?P<label>[A-Za-z][^:?\n\t]{{2,80}}?)\s*(?P<sep>[:?\t]|$)"
    r"\s*(?P<rest>.*)$"
    r"|^(?P<other>[A-Za-z][^:?\n\t]{2,60}?)\s*(?:[-–—,]|\bfor\b|\bto\b|\btoward\b)\s*goal\s*#?\s*"
    rf"(?P<last>{_NUMERAL})\s*(?P<end>[:?]|$)\s*(?P<tail>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_SPOKEN_BEFORE = re.compile(r"^[A-Z][^.:;\n]{0,45},\s+(?=goal\s+\w+,?\s+is\b)", re.IGNORECASE)
_NAMED_BEFORE = re.compile(r"^\W*(?:[A-Z][\w.'’-]+\s+){0,2}[A-Z][\w.-]+['’]s\s+(?=goal\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GoalWords:
    parts: dict[str, str]
    columns: dict[str, str]
    head_pattern: re.Pattern[str]
    levels: dict[str, Level]
    not_heads: frozenset[str]
    inline: re.Pattern[str]
    contained: tuple[tuple[str, re.Pattern[str]], ...]
    measuring: re.Pattern[str]
    acting: re.Pattern[str]
    frequency: re.Pattern[str]
    no_goal: frozenset[str]
    domains: frozenset[str]
    counted: re.Pattern[str]
    counted_parts: dict[str, str]

    def read_head(self, text: str) -> Head | None:
        if self.read_part(text):
            return None
        return self._worded_head(text) or self._counted_head(text)

    def _counted_head(self, text: str) -> Head | None:
        """A goal counted in other words: "Life Role Goal 1", "My second goal is ...", "What do you want? (Goal 1)"."""
        if bracketed := _GOAL_IN_BRACKETS.match(text):
            if asked(bracketed["label"]) == "goal":
                return Head(Level.GOAL, bracketed["number"], bracketed["rest"].strip())
            return None
        if named := _NAMED_GOAL.match(text):
            around = f"{named['before']} {named['between']}"
            if self._is_remark(named["rest"], named["sep"]) or asked(around) not in ("", "goal"):
                return None
            if self.not_heads & {word.plain for word in label_words(around)}:
                return None
            return Head(Level.GOAL, named["number"].replace(" ", ""), named["rest"].strip())
        ordinal = _ORDINAL_GOAL.match(text)
        if ordinal is None or self._is_remark(ordinal["rest"], ordinal["sep"]):
            return None
        return Head(Level.GOAL, str(_ORDINALS[ordinal["number"].casefold()]), ordinal["rest"].strip())

    def read_part(self, text: str) -> PartOfGoal | None:
        """A part of a goal that is told by its number: "Goal 2 interventions: ...", "How will we know? (Goal 1)"."""
        if bracketed := _GOAL_IN_BRACKETS.match(text):
            return self._part_of_goal(bracketed["label"], bracketed["number"], bracketed["rest"])
        match = _PART_OF_GOAL.match(text)
        if match is None:
            return None
        label, number, text = (
            (match["label"], match["number"], match["rest"])
            if match["label"]
            else (match["other"], match["last"], match["tail"])
        )
        told = bool(match["sep"] or match["end"]) or self._ends_in_part(label)
        return self._part_of_goal(label, number, text) if told else None

    def _ends_in_part(self, label: str) -> bool:
        """Whether the last words of a label are one for a part of a goal ("peer support interventions")."""
        words = key(label).split()
        return any(" ".join(words[start:]) in self.parts for start in range(len(words)))

    def _part_of_goal(self, label: str, number: str, text: str) -> PartOfGoal | None:
        part = self.parts.get(key(label)) or asked(label)
        rank = _rank(number)
        if (
            rank is None
            or part in ("", "goal", "status", "review", "aside")
            or len(label.split()) > _LONGEST_COLUMN_HEADING
        ):
            return None
        return PartOfGoal(rank, part, text.strip())

    def _worded_head(self, text: str) -> Head | None:
        counted = _COUNTED_BEFORE.match(text)
        if counted:
            text = text[counted.end() :]
        bare = _SPOKEN_BEFORE.sub("", _NAMED_BEFORE.sub("", LEADING_NUMBER.sub("", text)))
        match = self.head_pattern.match(bare)
        if not match:
            return None
        rest = _INSTRUCTION.sub("", match["rest"].strip())
        if match["number"] and not match["sep"] and asked(rest.lstrip(", ")) == "goal":
            return Head(self.levels[key(match["label"])], match["number"].replace(" ", ""), "")
        if self._is_remark(rest, match["sep"]):
            return None
        if match["number"] and not match["sep"] and rest and not (rest[0].isupper() or rest[0] in "\"“'‘"):
            return None
        number = match["number"] or (counted["number"] if counted else "")
        if not number and not match["sep"] and rest:
            return None
        return Head(self.levels[key(match["label"])], number.replace(" ", ""), rest)

    def _is_remark(self, rest: str, separator: str | None) -> bool:
        """ "Goal 1 progress: ..." and "Goal 2: Met" say something of a goal; "Goal 2: Progress in school" is one."""
        words = rest.split()
        if not words or label_words(words[0])[:1] == () or label_words(words[0])[0].plain not in self.not_heads:
            return False
        return not separator or len(words) <= 3 or ":" in " ".join(words[:4])

    def part(self, label: str) -> str:
        """The part of a goal that a whole label stands for, else ""."""
        if len(label) > 160:
            return ""
        name = key(label)
        if part := self.parts.get(name):
            return part
        if self.columns.get(name) == "objective":
            return "measure"
        words = name.split()
        return next(
            (
                self.parts[" ".join(words[:n])]
                for n in range(min(len(words), 6), 2, -1)
                if len(words) <= n + 4 and " ".join(words[:n]) in self.parts
            ),
            "",
        )

    def pieces(self, text: str) -> Iterator[Piece]:
        """The line cut at the labels of goal parts in it."""
        part, label, start = "", "", 0
        if (counted := self.counted.match(text)) and (counted["before"] or counted["behind"]):
            label, start = counted["tag"], counted.end()
            part = self.counted_parts[" ".join(label.casefold().split())]
        for match in self.inline.finditer(text, start):
            if value := text[start : match.start()].strip(" \t;"):
                yield Piece(part, label, value)
            elif label:
                yield Piece(part, label, "")
            label = (match["label"] or match["plain"]).strip()
            part, start = self.parts[key(label)], match.end()
        rest = text[start:].strip()
        whole = "" if label else self.part(rest)
        if whole:
            yield Piece(whole, rest, "")
        elif rest or label:
            yield Piece(part, label, rest)

    def exact_roles(self, heading: str) -> tuple[str, ...]:
        """The role of a column whose heading is a known one; () for any other."""
        name = key(heading)
        role = self.columns.get(name) or self.parts.get(name)
        return (role,) if role else ()

    def read_roles(self, heading: str) -> tuple[str, ...]:
        if not heading or len(heading) > 120:
            return ()
        name = key(heading)
        bracketed = _IN_BRACKETS.search(heading)
        if bracketed and (head := read_head(bracketed[1])) and head.level in (Level.SHORT, Level.GOAL):
            return ("goal",)
        if exact := self.exact_roles(heading):
            return exact
        if doer_of(heading):
            return ("intervention",)
        if head := read_head(heading):
            return () if head.text or head.number else ("goal",)
        if parts := asked_parts(heading):
            return parts
        if len(heading.split()) > _LONGEST_COLUMN_HEADING or heading.endswith("."):
            return ()
        roles = [role for role, pattern in self.contained if pattern.search(f" {name} ")]
        return tuple(role for role in roles if role != "intervention") or tuple(roles)


@cache
def goal_words() -> GoalWords:
    data = wordlist("goals.yaml")
    heads = {phrase: Level(level) for level, phrases in data["heads"].items() for phrase in phrases}
    parts = {key(phrase): part for part, phrases in data["parts"].items() for phrase in phrases}
    sentences = data["sentences"]
    return GoalWords(
        parts=parts,
        columns={key(phrase): role for role, phrases in data["columns"].items() for phrase in phrases},
        head_pattern=_head_pattern(heads),
        levels={key(phrase): level for phrase, level in heads.items()},
        not_heads=frozenset(word for phrase in data["not_heads"] for word in phrase.split()),
        inline=_inline_pattern((phrase for phrases in data["parts"].values() for phrase in phrases), data["behind"]),
        contained=tuple(_contained(data["parts"])),
        measuring=any_of(sentences["measure"]),
        acting=re.compile(rf"\b(?:{'|'.join(sentences['actor'])})\b[^.;]{{0,60}}?\bwill\b", re.IGNORECASE),
        frequency=any_of(sentences["frequency"]),
        no_goal=frozenset(data["no_goal"]),
        domains=frozenset(key(domain) for domain in data["domains"]),
        counted=_counted_pattern(tag for tags in data["counted"].values() for tag in tags),
        counted_parts={tag: part for part, tags in data["counted"].items() for tag in tags},
    )


@lru_cache(maxsize=8192)
def read_head(text: str) -> Head | None:
    """The goal that the line opens, or None: "Goal 1: ...", "SHORT-RANGE GOAL (my words)", "My goal is ..."."""
    return goal_words().read_head(text)


@lru_cache(maxsize=8192)
def column_roles(heading: str) -> tuple[str, ...]:
    """The roles that a column heading gives to its cells; () where it is no heading of a goal table."""
    return goal_words().read_roles(heading)


def doer_of(heading: str) -> str:
    """Who acts, by a heading or label like "What Ana will do" or "Others will"; "" for any other."""
    match = _WHAT_SOMEBODY_DOES.fullmatch(heading.strip(" :")) or _SOMEBODY_WILL.fullmatch(heading.strip(" :.…"))
    return match["who"] if match else ""


def opens_goal(text: str) -> bool:
    """Whether the line opens a goal with words that can mean nothing else."""
    head = read_head(text)
    if head is None or head.level is Level.WEAK:
        return False
    return bool(head.number) or (head.level is not Level.OBJECTIVE and ":" in text)


def numbers_goal(text: str) -> bool:
    """Whether the line opens a goal and counts it."""
    head = read_head(text)
    return head is not None and bool(head.number)


def names_goal(text: str) -> bool:
    """Whether the line is a word for a goal and nothing else ("Long Term Outcome")."""
    head = read_head(text)
    return head is not None and head.level is not Level.WEAK and not head.text


def tells_of_goal(text: str) -> bool:
    """Whether the line, within the goals of a plan, begins with a word for a goal or for a part of one."""
    words = goal_words()
    told = words.read_head(text) or words.read_part(text)
    return told is not None or bool(next(iter(words.pieces(text)), Piece("", "", "")).part)


_CONTAINED_ORDER = (
    "review",
    "status",
    "target",
    "measure",
    "baseline",
    "responsible",
    "frequency",
    "service",
    "intervention",
)


def _contained(parts: dict[str, list[str]]) -> Iterator[tuple[str, re.Pattern[str]]]:
    for part in _CONTAINED_ORDER:
        phrases = sorted({key(phrase) for phrase in parts[part] if not phrase.endswith(" will")}, key=len, reverse=True)
        yield part, re.compile(rf" (?:{'|'.join(map(re.escape, phrases))}) ")


def _phrase(phrase: str) -> str:
    """A phrase as a pattern that does not mind what stands between its words, except a colon."""
    words = (re.escape(word).replace("'", "['’]?") for word in phrase.split())
    return r"[^\w:\n]{1,4}".join(words)


def _longest_first(phrases: Iterable[str]) -> str:
    return "|".join(_phrase(phrase) for phrase in sorted(phrases, key=len, reverse=True))


def _head_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    separator = r"(?:\s*[:.)\t]|\s+[–—-](?=\s)|\s*[–—](?=\S)|,?\s+is(?:\s+to|\s+that)?(?=\s)|\s*$)"
    return re.compile(
        rf"\W*(?P<label>{_longest_first(phrases)})(?!\w){_BRACKET}\s*(?:(?:#|no\.|number|-)\s*)?(?:(?P<number>{_NUMERAL})(?:\s+of\s+\d+)?)?"
        rf"{_BRACKET}(?P<sep>{separator})?\s*(?P<rest>.*)$",
        re.IGNORECASE | re.DOTALL,
    )


def _inline_pattern(phrases: Iterable[str], behind: Iterable[str]) -> re.Pattern[str]:
    """Labels behind the beginning of a line, a gap or a sentence; the plainest ones, in capitals, behind any word."""
    return re.compile(
        rf"(?:(?:^|(?<=[.;!?)\"”]\s)|(?<=[.;!?)\"”]\s\s)|\t|\s{{2,}}|\n|\s[|–—]\s)(?P<label>{_longest_first(phrases)})"
        rf"|(?<=\w\s)(?-i:(?=[A-Z]))(?P<plain>{_longest_first(behind)}))(?!\w)(?:\s*#?\s*\d{{1,2}}[a-h]?)?{_BRACKET}"
        r"\s*(?::(?!\d)|\t|(?<=\S)\s[–—]\s)\s*",
        re.IGNORECASE,
    )


def _counted_pattern(tags: Iterable[str]) -> re.Pattern[str]:
    """ "Intervention 1.2: ...", "1.2 Intervention ...": a word for a part with its number before or behind it."""
    return re.compile(
        rf"^\(?(?P<before>\d{{1,3}}(?:\.\w{{1,3}})+|\d{{1,3}}[a-h]?(?=[.)]))?[.)]?\s*(?P<tag>{_longest_first(tags)})(?!\w)"
        r"\s*#?\s*(?P<behind>\d{1,3}(?:\.\w{1,3})*[a-h]?(?!\w)|[a-h](?=[.:)]))?\s*[:.)\t–-]*\s+(?=\S)",
        re.IGNORECASE,
    )


def _rank(number: str) -> int | None:
    if digits := re.match(r"\d+", number):
        return int(digits.group())
    name = number.casefold()
    if name in _NUMBER_WORDS:
        return _NUMBER_WORDS[name]
    if len(name) == 1 and name in "abcdefgh" and number.isupper():
        return "abcdefgh".index(name) + 1
    return _ROMAN.get(name)
