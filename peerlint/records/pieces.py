"""One line of a record cut into labelled pieces: "Name: Rosa Diaz   DOB: 06/14/1979" is two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from peerlint.documents.model import PICTURE, TICKED, UNTICKED
from peerlint.records.labels import LONGEST_LABEL, Field, Labels, Word, label_words
from peerlint.records.model import Topic
from peerlint.records.names import read_name
from peerlint.records.nearest import nearest
from peerlint.records.several import several
from peerlint.records.shapes import STRICT, blank, fits, fitting_end
from peerlint.records.titles import read_title
from peerlint.records.words import any_of, word_list

_GAP = re.compile(r"\s*(?:\t|\s\|\s|\s[•·]\s| {3,})[\s|•·]*")
_GAP_MARKS = ("\t", " | ", " • ", " · ", "   ")
_LEADERS = re.compile(r"(?<=[\w)])\s*(?:\.\s?){3,}\s*:?\s*|\s*…+\s*:?\s*(?=\S)")
_AFTER_LABEL = re.compile(
    r"(?:e?s\)|ies\))?\s*(?:\([^()]*\)|\[[^\[\]]*\]|[#*?.)\]/]|\s|\b(?:of|for|by|was|at|on|this|with)\b)*",
    re.IGNORECASE,
)
_NUMBER_SIGN = re.compile(r"\b(?:no|nos|nbr|num)\.$", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:[-–—=]|>)\s+")
_SENTENCE_END = re.compile(r"[.!?;)\]”\"]\s*$")
_LAST_WORDS = re.compile(r"[.!?][\"”’')]*\s+(?P<label>[A-Z][A-Za-z/&' ]{3,40})$")
_BOX = re.compile(f"[{TICKED}{UNTICKED}]")
_MARK = re.compile(f"[{TICKED}{UNTICKED}{PICTURE}]")
_LIST_MARK = re.compile(r"[\s•●▪*\-–—]*(?:(?:\d{1,2}(?:\.\d+)*|[a-zA-Z]|[ivxIVX]{1,4})\s*[.)]\s*)?")
_RUN_IN = re.compile(r"\.\s+(?=[A-Z][^.]*\s)")
_DASH = re.compile(r"\s[-–—|]\s")
_UNKNOWN = re.compile(r"[\s•*\-–—]*(?P<label>[A-Z0-9][^:\n☒☐.!?;,\"“”]{1,60}?)\s*:(?=\s|$|[_☒☐])")
_WORDY = re.compile(
    r"\W*(?:(?:\d{1,2}|[a-zA-Z])\s*[.)]\s+)?(?P<label>[A-Z0-9][^:\n☒☐.!;\"“”]{1,100}?)\s*:(?=\s|$|[_☒☐])"
)
_DASH_FOR_VALUE = re.compile(r"\s+(?P<dash>[-–—]{1,3})$")
_SHAPES_LEFT_OUT_BY_DASH = frozenset({"text", "ticks", "date", "time", "units", "duration", "code", "modifier", "id"})
_LONGEST_IN_CAPITALS = 60
_MOST_WORDS_IN_CAPITALS = 8
_SHAPES_WITH_LEAD = frozenset({"signature", "goals", "text", "ticks"})
_LONGEST_ARTICLE = 4
_MOST_WORDS_BEFORE_SMALL = 4
_WRITTEN_SMALL = frozenset({"birth_date", "medicaid_id"})
_UNCAPITALISED = frozenset(["to", "in", "by", "from", "per", "vs"])


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line. ``label`` is "" where no label stands before the text; ``field`` is None for an unknown
    label.

    ``alone`` is True where the label stands without anything behind it.
    """

    label: str
    field: Field | None
    text: str

    @property
    def alone(self) -> bool:
        return bool(self.label) and not self.text

    @property
    def shape(self) -> str:
        return self.field.shape if self.field else ""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a line stands. Inside running prose a colon seldom ends a label; less so where a label still waits for
    its text (``waits``). ``begins`` is False for the second and further lines of a paragraph."""

    prose: bool = False
    begins: bool = True
    waits: bool = False


def chunks(line: str) -> list[str]:
    """The parts of a line between its gaps."""
    if not any(mark in line for mark in _GAP_MARKS):
        return [line.strip()] if line.strip() else []
    return [part for part in _GAP.split(line.strip()) if part.strip()]


@lru_cache(maxsize=8192)
def cut(line: str, labels: Labels, setting: Setting = Setting()) -> tuple[Piece, ...]:
    """The pieces of one line, in order. A chunk without label belongs to the label that stands alone before it."""
    pieces: list[Piece] = []
    if ".." in line or ". ." in line or "…" in line:
        line = _LEADERS.sub(": ", line)
    for number, chunk in enumerate(chunks(line)):
        here = setting if number == 0 else Setting(prose=False)
        for piece in _cut_chunk(chunk, labels, here):
            if not piece.label and pieces and (_takes(pieces[-1]) or several(labels, pieces[-1].label)):
                last = pieces.pop()
                piece = Piece(last.label, last.field, f"{last.text}\t{piece.text}".strip("\t"))
            pieces.append(piece)
    return tuple(pieces)


def _takes(piece: Piece) -> bool:
    """Whether a chunk behind a gap belongs to the piece before it."""
    return piece.alone or (
        piece.shape in ("ticks", "signature", "goals", "times") or TICKED in piece.text or UNTICKED in piece.text
    )


def _cut_chunk(chunk: str, labels: Labels, setting: Setting) -> list[Piece]:
    words = label_words(chunk)
    cuts = list(_colon_cuts(chunk, words, labels, setting))
    if not cuts or cuts[0][0] > 0:
        head = chunk[: cuts[0][0]] if cuts else chunk
        pieces = [] if cuts and _LIST_MARK.fullmatch(head) else _without_colon(head, labels, setting)
    else:
        pieces = []
    for number, (_, label, field, start) in enumerate(cuts):
        end = cuts[number + 1][0] if number + 1 < len(cuts) else len(chunk)
        pieces += _value_pieces(label, field, chunk[start:end].strip(), labels, setting)
    return pieces


def _value_pieces(label: str, field: Field | None, value: str, labels: Labels, setting: Setting) -> list[Piece]:
    """A labelled value, and further labels that stand in it without a colon ("Name: Rosa Diaz MID 948217305K")."""
    if not value or field is None or field.shape == "prose" or setting.prose or len(value) > 160:
        return [Piece(label, field, value)]
    rest = _without_colon(value, labels, Setting(begins=False))
    if len(rest) <= 1 or rest[0].label:
        return [Piece(label, field, value)]
    return [Piece(label, field, rest[0].text), *rest[1:]]


def _colon_cuts(
    chunk: str, words: tuple[Word, ...], labels: Labels, setting: Setting
) -> Iterator[tuple[int, str, Field | None, int]]:
    """(start of label, label, field, start of value) for every label that ends with a colon."""
    last = 0
    before: Field | None = None
    position = chunk.find(":")
    while position >= 0:
        if _in_clock_time(chunk, position):
            position = chunk.find(":", position + 1)
            continue
        value = chunk[position + 1 :]
        accepted: tuple[int, str, Field | None] | None = None
        if found := _label_before(chunk, position, last, words, labels):
            start, field = found
            if last == 0 and (whole := _whole_label(chunk, start, position, labels, setting)):
                start, field = whole
            elif last == 0 and field.shape in _SHAPES_WITH_LEAD and _is_lead(chunk[:start]):
                start = _LIST_MARK.match(chunk).end()  # type: ignore[union-attr]
            if _is_goal_under(before, field) and not chunk[last:start].strip():
                pass
            elif _accepted(chunk[last:start], before, field, chunk[start], value, setting, at_start=last == 0):
                accepted = start, chunk[start:position].strip(), field
        if not accepted and last == 0:
            accepted = _near_label(chunk, position, labels, setting)
            accepted = accepted or (None if found else _unknown_label(chunk, position, setting))
        if accepted:
            yield *accepted, position + 1
            last, before = position + 1, accepted[2]
        position = chunk.find(":", position + 1)


def _is_goal_under(before: Field | None, field: Field) -> bool:
    """Whether "Goal 1:" stands right behind a label that asks for the purpose or the goal."""
    return field.shape == "goals" and before is not None and (before.topic is Topic.PURPOSE or before.shape == "goals")


def _whole_label(chunk: str, start: int, colon: int, labels: Labels, setting: Setting) -> tuple[int, Field] | None:
    """All the words before the colon as one label, where the table holds only the last of them: "Time it began"."""
    first = _LIST_MARK.match(chunk).end()  # type: ignore[union-attr]
    label = chunk[first:colon].strip()
    value = chunk[colon + 1 :]
    in_prose = setting.prose and not fits("signature", value) and not (setting.begins and blank(value))
    if first >= start or in_prose or not label[:1].isupper() or label.endswith((".", "!")) or _DASH.search(label):
        return None
    together = several(labels, label)
    field = together[0] if together else nearest(labels, label, value.strip())
    return (first, field) if field else None


def _near_label(chunk: str, colon: int, labels: Labels, setting: Setting) -> tuple[int, str, Field | None] | None:
    """A label before the first colon that is not in the table but near to one that is: its start, words and field."""
    match = None if setting.waits else _WORDY.match(chunk)
    if not match or match.end() != colon + 1:
        return None
    value = chunk[colon + 1 :]
    goes_on = setting.prose and value.strip()[:1].islower() and len(match["label"].split()) > _MOST_WORDS_BEFORE_SMALL
    field = None if goes_on else nearest(labels, match["label"], value.strip())
    if field and (not setting.prose or _stands_out(field, match["label"][0], value, setting)):
        return match.start("label"), match["label"], field
    return None


def _unknown_label(chunk: str, colon: int, setting: Setting) -> tuple[int, str, Field | None] | None:
    """Words before the first colon that look like a label and are near to none."""
    match = _UNKNOWN.match(chunk)
    if match and match.end() == colon + 1 and _plausible(match["label"], chunk[colon + 1 :], setting):
        return match.start("label"), match["label"], None
    return None


def _is_lead(text: str) -> bool:
    """Words of a label's own that are not in the data: "LMHP" before "Supervisor signature"."""
    words = _LIST_MARK.sub("", text, count=1).split()
    return (
        0 < len(words) <= 3
        and all(word[0].isupper() or _stays_small(word) for word in words)
        and not text.rstrip().endswith((".", "!", "?", ":"))
    )


def _stays_small(word: str) -> bool:
    """Whether a word is written small in a heading."""
    return word.casefold() in word_list("small_words") or word.casefold() in _UNCAPITALISED


def _in_clock_time(chunk: str, colon: int) -> bool:
    return chunk[colon - 1 : colon].isdigit() and chunk[colon + 1 : colon + 3].isdigit()


def _label_before(
    chunk: str, colon: int, last: int, words: tuple[Word, ...], labels: Labels
) -> tuple[int, Field] | None:
    """The longest known label that ends at the colon: its start and field."""
    near = [word for word in words if last <= word.start and word.end <= colon][-LONGEST_LABEL:]
    if not near or not _AFTER_LABEL.fullmatch(chunk, near[-1].end, colon):
        return None
    for first in range(len(near)):
        if _BOX.search(chunk, max(last, near[first].start - 2), near[-1].end):
            continue
        if field := labels.find([word.plain for word in near[first:]]):
            return near[first].start, field
    start = _LIST_MARK.match(chunk, last).end() if last == 0 else last  # type: ignore[union-attr]
    field = labels.named(chunk[start:colon]) if colon - start < 80 else None
    return (start + len(chunk[start:colon]) - len(chunk[start:colon].lstrip()), field) if field else None


def _accepted(
    lead: str, before: Field | None, field: Field, initial: str, value: str, setting: Setting, *, at_start: bool
) -> bool:
    """Whether a known label before a colon is a label here, and not the last words of a sentence."""
    lead = _LIST_MARK.sub("", lead, count=1).strip()
    follows_prose = setting.prose if at_start else (before is None or before.shape == "prose")
    if lead in ("", "the", "The", "of"):
        return not (setting.prose and at_start) or _stands_out(field, initial, value, setting)
    if field.shape == "prose" or (follows_prose and at_start):
        return (
            bool(_SENTENCE_END.search(lead))
            and initial.isupper()
            and (field.shape == "prose" or fits(field.shape, value))
        )
    if follows_prose:
        return (len(lead.split()) <= 6 and (blank(value) or fits(field.shape, value))) or (
            bool(_SENTENCE_END.search(lead)) and initial.isupper()
        )
    return field.shape not in STRICT or blank(value) or fits(field.shape, value) or initial.isupper()


def _stands_out(field: Field, initial: str, value: str, setting: Setting) -> bool:
    if not initial.isupper() and not setting.begins:
        return False
    boxes = value.lstrip()[:1] in (TICKED, UNTICKED) or fits("signature", value)
    return field.shape in ("prose", "signature", "text") or blank(value) or boxes or fits(field.shape, value)


def _plausible(label: str, value: str, setting: Setting) -> bool:
    """Whether words before a colon that are no known label look like one."""
    words = label.split()
    if len(words) > 8 or setting.waits or any_of("sentence_words").search(label):
        return False
    if not setting.prose:
        return True
    if value.strip()[:1].islower():
        return False
    capital = [word for word in words if word[0].isupper() or _stays_small(word) or not word[0].isalpha()]
    return setting.begins and len(capital) == len(words)


def _without_colon(chunk: str, labels: Labels, setting: Setting) -> list[Piece]:
    """Labels that need no colon: alone, before a dash, or before a value that can be nothing else."""
    text = chunk.strip()
    if not text:
        return []
    if piece := _alone_or_dashed(text, labels, setting):
        return [piece]
    if capitals := _label_in_capitals(text, labels, setting):
        return _value_pieces(*capitals, labels, Setting(begins=False))
    if trailing := _label_behind_sentence(text, labels):
        return trailing
    if setting.prose or len(text) > 160:
        return [Piece("", None, text)]
    return list(_strict_pieces(text, labels))


def _alone_or_dashed(text: str, labels: Labels, setting: Setting) -> Piece | None:
    bare = text.rstrip(" :*_")
    if fits("signature", bare):
        return None
    if (bare and not bare.endswith((".", "!", "?", ",", ";"))) or len(bare) <= 6 or _NUMBER_SIGN.search(bare):
        start = _LIST_MARK.match(bare).end()  # type: ignore[union-attr]
        capital = bare[start : start + 1].isupper() or (setting.begins and not setting.prose)
        if capital and not _MARK.search(bare) and (field := labels.named(bare)):
            if field.shape == "name" and read_title(bare):
                return None
            dash = _DASH_FOR_VALUE.search(bare) if field.shape in _SHAPES_LEFT_OUT_BY_DASH else None
            return Piece(bare[start : dash.start() if dash else len(bare)], field, dash["dash"] if dash else "")
    if not setting.begins:
        return None
    words = label_words(text)[:LONGEST_LABEL]
    for count in range(len(words), 0, -1):
        end = words[count - 1].end
        plain = [word.plain for word in words[:count]]
        field = labels.find(plain)
        told = field or _account(plain, labels)
        if (
            told
            and told.shape == "prose"
            and (match := _RUN_IN.match(text, end))
            and words[0].start <= _LONGEST_ARTICLE
        ):
            return Piece(text[:end], told, text[match.end() :])
        if field and "." not in text[:end] and (match := _SEPARATOR.match(text, end)):
            if words[0].start <= 3 and text[words[0].start].isupper() and not _numbered(words[:count]):
                return Piece(text[:end], field, text[match.end() :])
            return None
    return None


def _account(words: Sequence[str], labels: Labels) -> Field | None:
    """ "The visit." before an account of it."""
    return labels.find(["narrative"]) if len(words) == 1 and words[0] in word_list("meetings") else None


def _label_in_capitals(text: str, labels: Labels, setting: Setting) -> tuple[str, Field, str] | None:
    """ "DATE 06/12/25", "SERVICE Peer Support": a label in capitals, as paper forms print them, before a value that is
    not: its words, its field and the value."""
    if setting.prose and (not setting.begins or len(text) > _LONGEST_IN_CAPITALS or text.rstrip().endswith(".")):
        return None
    start = _LIST_MARK.match(text).end()  # type: ignore[union-attr]
    words = [word for word in label_words(text) if word.start >= start][:LONGEST_LABEL]
    for count in range(len(words) - 1 if len(words) > 1 else len(words), 0, -1):
        label = text[start : words[count - 1].end]
        value = text[words[count - 1].end :].lstrip(" #.:_")
        field = (
            labels.find([word.plain for word in words[:count]]) if label.isupper() and words[0].start == start else None
        )
        if field and _may_stand_behind(field, value):
            return label, field, value
    return None


def _may_stand_behind(field: Field, value: str) -> bool:
    """Whether a text can be nothing else than the value of a label in capitals before it."""
    first = value.split(maxsplit=1)[0] if value else ""
    if fits("signature", value) and field.shape in ("name", "signature"):
        return True
    if field.shape == "name":
        name = read_name(value)
        return fits("name", value) and not value.isupper() and name is not None and bool(name.last)
    if field.shape in STRICT:
        return fits(field.shape, value)
    return (
        field.shape == "text"
        and field.key != "late_entry"
        and len(value.split()) <= _MOST_WORDS_IN_CAPITALS
        and not first.isupper()
    )


def _label_behind_sentence(text: str, labels: Labels) -> list[Piece] | None:
    """A heading that was printed as the last words of the paragraph above it: "... face alone. Intervention"."""
    match = _LAST_WORDS.search(text)
    field = labels.named(match["label"]) if match else None
    if match is None or field is None or field.topic is None or field.shape != "prose":
        return None
    return [Piece("", None, text[: match.start("label")].rstrip()), Piece(match["label"], field, "")]


def _numbered(words: tuple[Word, ...]) -> bool:
    return words[-1].plain.isdigit()


def _strict_pieces(text: str, labels: Labels) -> Iterator[Piece]:
    """ "Rosa Diaz MID 948217305K DOB 06/14/1979" as three pieces."""
    words = label_words(text)
    last, label, owner = 0, "", None
    position = 0
    while position < len(words):
        found = _strict_label(text, words, position, labels)
        if not found:
            position += 1
            continue
        count, field = found
        if head := text[last : words[position].start].strip(" ,;|-–"):
            yield Piece(label, owner, head)
        label, owner = text[words[position].start : words[position + count - 1].end], field
        last = words[position + count - 1].end
        reach = last + fitting_end(field.shape, text[last:].lstrip(" #:.)"))
        position += count
        while position < len(words) and words[position].end <= reach:
            position += 1
    if tail := text[last:].lstrip(" #.)" if label else " ").rstrip():
        yield Piece(label, owner, tail)


def _strict_label(text: str, words: tuple[Word, ...], position: int, labels: Labels) -> tuple[int, Field] | None:
    """A label at the position that is followed by a value of its shape: how many words, and the field."""
    if words[position].plain not in labels.first_words:
        return None
    small = position > 0 and not text[words[position].start].isupper()
    for count in range(min(6, len(words) - position - 1), 0, -1):
        field = labels.find([word.plain for word in words[position : position + count]])
        if _BOX.search(text, words[position].start, words[position + count - 1].end):
            continue
        if field and small and field.key not in _WRITTEN_SMALL:
            continue
        if field and field.shape in STRICT and _names_itself(field, words[position : position + count]):
            rest = text[words[position + count - 1].end :].lstrip(" #.)")
            if fits(field.shape, rest):
                return count, field
    return None


def _names_itself(field: Field, words: tuple[Word, ...]) -> bool:
    """Labels that are everyday words ("Member", "Goal", "In") need a colon; "Member name", "DOB" and "MID" do not."""
    if field.shape == "name":
        return words[-1].plain == "name"
    if field.shape in ("signature", "goals") or (len(words) == 1 and words[0].plain in word_list("spoken_labels")):
        return False
    return (
        field.shape in ("date", "id", "units", "code", "ticks", "modifier", "phone")
        or len(words) > 1
        or field.shape in ("duration", "time", "times")
    )
