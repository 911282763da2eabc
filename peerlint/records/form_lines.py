"""The lines of a form: labels with their values on one line, on the next, or in columns above and below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from peerlint.documents.model import PICTURE, TICKED, UNTICKED, Paragraph, Signing
from peerlint.records.box_labels import with_colons_before_boxes
from peerlint.records.captions import (
    SIGNING_LINE,
    caption_below,
    captions_above,
    captions_below,
    is_name_with_credentials,
    says_who_signed,
)
from peerlint.records.credentials import find_credentials, is_job_title
from peerlint.records.dates import is_bare_date
from peerlint.records.entries import Gatherer
from peerlint.records.filled_rules import without_rules
from peerlint.records.labels import Field, Labels
from peerlint.records.lead_ins import with_lead_ins
from peerlint.records.led_lines import with_colons
from peerlint.records.letters import led_by_letters
from peerlint.records.model import Topic
from peerlint.records.nearest import nearest
from peerlint.records.pieces import Piece, Setting, cut
from peerlint.records.set_off_lines import set_off
from peerlint.records.shapes import STRICT, fits
from peerlint.records.titles import is_title
from peerlint.records.words import any_of, word_list

_LATER_PAGE = re.compile(
    r"[^:☒☐]{0,80}(?:\(?\b(?:continued|cont'?d?)\b\.?\)?|\bpage\s+(?:[2-9]|\d\d)(?:\s*(?:of|/)\s*\d+)?)\)?[\s\d/-]*",
    re.IGNORECASE,
)
_INTERROGATIVE = re.compile(r"(?:how|what|why)\b", re.IGNORECASE)
_GOAL_ALONE = re.compile(r"\W*[A-Za-z-]*\s?(?:g|goals?)\s*(?:#|no\.?|number)?\s*\d{1,2}\W*", re.IGNORECASE)
_MARK_ALONE = re.compile(r"\W*/s/\W*", re.IGNORECASE)
_SIGNED = Field("e_signature", "signature", "signature")
_SEPARATING_RULE = re.compile(r"[\s_=*\-–—.]{20,}")
_SHAPES_OF_A_FEW_WORDS = frozenset({"text", "name", "ticks"})
_LONGEST_WRAPPED_VALUE = 70
_LONGEST_HEADING = 90
_MOST_WORDS_IN_CAPITALS = 8
_ENTRIES_BEFORE_A_TITLE = 4
_FEWEST_STACKED = 4
_FEWEST_BELOW = 2
_TIMES = frozenset({"start", "end", "times", "date_and_time"})
_MOST_WORDS_OF_A_GOAL = 24


@dataclass(slots=True)
class Line:
    """One printed line. ``begins`` is False for the second and further lines of a paragraph; ``led`` is True where its
    company tells that it begins with a label."""

    text: str
    paragraph: Paragraph
    begins: bool
    signings: tuple[Signing, ...] = ()
    led: bool = False


def lines_of(paragraphs: Iterable[Paragraph]) -> Iterator[Line]:
    """The lines of paragraphs, each with the signature marks that stand in it."""
    for paragraph in paragraphs:
        marks = iter(paragraph.signings)
        for number, text in enumerate(paragraph.text.split("\n")):
            own = tuple(islice(marks, text.count(PICTURE)))
            if text.strip():
                yield Line(text, paragraph, number == 0, own)


@dataclass(slots=True)
class LineReader:
    """Reads lines into the entries that are ``gathered``."""

    gathered: Gatherer
    below: int = 0
    """How many rows of captions stood below their values."""

    @property
    def labels(self) -> Labels:
        return self.gathered.labels

    def read(self, lines: list[Line]) -> None:
        """Read lines that follow one another."""
        for line in lines:
            line.text = with_colons_before_boxes(with_lead_ins(without_rules(line.text), self.labels), self.labels)
        beginning = [line.text if line.begins and not line.paragraph.heading else "" for line in lines]
        opening = [line.text if line.begins else "" for line in lines]
        led = {**with_colons(beginning, self.labels), **led_by_letters(beginning), **set_off(opening, self.labels)}
        for number, text in led.items():
            lines[number].text, lines[number].led = text, True
        position = 0
        while position < len(lines):
            position += self._captioned(lines[position : position + 2]) or self._line(lines[position])

    def _captioned(self, pair: Sequence[Line]) -> int:
        """Captions above or below their values: the number of lines taken, 0 where there are none."""
        if len(pair) < 2:
            return 0
        upper, lower = pair
        waiting = self.gathered.waiting
        if waiting and waiting.shape == "signature":
            return 0
        below = captions_below(upper.text, lower.text, self.labels)
        self.below += below is not None
        if below is None and self.below >= _FEWEST_BELOW:
            below = caption_below(upper.text, lower.text, self.labels)
        for columns, line in ((below, upper), (captions_above(upper.text, lower.text, self.labels), lower)):
            if columns:
                self._pair(*columns, line)
                return 2
        return 0

    def _pair(self, captions: Sequence[Piece], values: list[str], line: Line) -> None:
        for number, caption in enumerate(captions):
            self.gathered.start(caption.label, caption.field, line.paragraph)
            if number < len(values):
                self.gathered.add(values[number], line.signings if PICTURE in values[number] else ())
        self.gathered.close()

    def _line(self, line: Line) -> int:
        if _SEPARATING_RULE.fullmatch(line.text):
            self.gathered.close()
        elif _LATER_PAGE.fullmatch(line.text):
            self.gathered.put_aside(line.text, line.paragraph)
        elif self._is_title(line):
            self.gathered.stand_alone(line.text, line.paragraph)
        else:
            self._pieces(cut(line.text, self.labels, self._setting(line)), line)
        return 1

    def _pieces(self, pieces: Sequence[Piece], line: Line) -> None:
        asked = any(piece.shape == "signature" for piece in pieces)
        if not asked and line.begins and self._is_told() and says_who_signed(line.text):
            self.gathered.start("", _SIGNED, line.paragraph)
            self.gathered.add(line.text, line.signings)
            return
        for piece in pieces:
            self._piece(piece, line)

    def _is_told(self) -> bool:
        """Whether running text stands before."""
        entry = self.gathered.open
        return any(done.prose for done in self.gathered.done) or (entry is not None and entry.prose and not entry.empty)

    def _is_closing(self, text: str) -> bool:
        """Whether a line ends a letter, above the name of its writer ("Respectfully,")."""
        return text.strip(" ,.!-–—").casefold() in word_list("closings") and self._is_told()

    def _setting(self, line: Line) -> Setting:
        entry = self.gathered.open
        if line.led:
            return Setting()
        if entry is None or not entry.prose or "\t" in line.text:
            return Setting(begins=line.begins, waits=bool(entry and entry.in_cell and self.gathered.waiting))
        return Setting(prose=True, begins=line.begins, waits=entry.empty)

    def _is_title(self, line: Line) -> bool:
        named = self.labels.named(line.text.split("\t")[0])
        if len(self.gathered.done) >= _ENTRIES_BEFORE_A_TITLE or self.gathered.waiting or not is_title(line.text):
            return False
        if named and named.topic is not Topic.NARRATIVE:
            return False
        return not any(piece.text and piece.label and piece.shape in STRICT for piece in cut(line.text, self.labels))

    def _piece(self, piece: Piece, line: Line) -> None:
        signings = line.signings if PICTURE in piece.text else ()
        if piece.label and self._is_said_inside(piece, line):
            self.gathered.add(f"{piece.label}: {piece.text}")
        elif piece.alone and (self._is_goal_under_label(piece) or self._is_title_of_signer(piece)):
            self.gathered.add(piece.label)
        elif piece.alone and piece.shape == "goals" and _is_goal_cited(line):
            self.gathered.start("", piece.field, line.paragraph)
            self.gathered.add(piece.label)
        elif piece.label:
            self.gathered.stacked += piece.alone and ":" not in line.text
            self.gathered.start(piece.label, piece.field, line.paragraph)
            self.gathered.add(piece.text, signings)
        elif _may_head(piece, line) and self._heads(piece.text, line.paragraph):
            self.gathered.start(piece.text, None, line.paragraph)
            if self.gathered.open and self.gathered.open.named is None and not self.gathered.done:
                self.gathered.close()
        else:
            self._unlabelled(piece.text, line, signings)

    def _is_said_inside(self, piece: Piece, line: Line) -> bool:
        """Words of a narrative that happen to be a label of the form ("Start time: 6:30 sharp"): not at the head of
        a line, in running text, and the form has asked for it before."""
        entry = self.gathered.open
        inside = (
            entry is not None and entry.prose and not entry.empty and not line.text.lstrip().startswith(piece.label)
        )
        if not inside or piece.field is None or piece.shape in ("prose", "signature"):
            return False
        alike = _TIMES if piece.field.key in _TIMES else {piece.field.key}
        return any(done.named and done.named.key in alike and not done.empty for done in self.gathered.done)

    def _heads(self, text: str, paragraph: Paragraph) -> bool:
        """Whether a paragraph's first line without a known label stands over what follows: a heading, a question of
        the form, or words in capitals that are near to a label."""
        if paragraph.heading and len(text) < _LONGEST_HEADING:
            return True
        if "\n" in paragraph.text.strip() or (field := nearest(self.labels, text)) is None:
            return False
        short = len(text.split()) <= _MOST_WORDS_IN_CAPITALS
        return text.rstrip().endswith("?") or (short and (text.isupper() or self._is_plain_heading(text, field)))

    def _is_plain_heading(self, text: str, field: Field) -> bool:
        """Whether a line is a heading over a part of the narrative that is not set apart: it begins as a question does
        ("How she took it"), or the form sets its labels on lines of their own."""
        plain = text[:1].isupper() and text.rstrip()[-1:].isalpha() and not self.gathered.waiting
        asks = bool(_INTERROGATIVE.match(text))
        return plain and field.shape == "prose" and (asks or self.gathered.stacked >= _FEWEST_STACKED)

    def _is_goal_under_label(self, piece: Piece) -> bool:
        """ "Goal 2" on the line below "PCP goal" or "Focus" is the goal that is cited."""
        entry = self.gathered.open
        if entry is None or not entry.empty or piece.shape != "goals" or entry.named is None:
            return False
        return entry.shape == "goals" or entry.named.topic is Topic.PURPOSE

    def _is_title_of_signer(self, piece: Piece) -> bool:
        """ "Certified Peer Support Specialist" on the line below a signature that has no credentials yet."""
        entry = self.gathered.open
        if entry is None or not is_job_title(piece.label):
            return False
        if entry.empty or entry.shape != "signature":
            return entry.empty and entry.named is not None and entry.named.key == "title"
        return not find_credentials("\n".join(entry.texts))

    def _unlabelled(self, text: str, line: Line, signings: tuple[Signing, ...]) -> None:
        entry = self.gathered.open
        if entry and entry.shape == "signature" and _MARK_ALONE.fullmatch(text):
            pass
        elif self._is_closing(text):
            self.gathered.start("", _SIGNED, line.paragraph)
            return
        elif self._signs(text):
            self.gathered.start("", _SIGNED, line.paragraph)
        elif self.gathered.open is None or not self._continues(text, line) or self._is_picture_below_prose(text):
            self.gathered.start("", None, line.paragraph)
        self.gathered.add(text, signings)

    def _is_picture_below_prose(self, text: str) -> bool:
        """A picture on a line of its own: a drawn signature, not part of the narrative above it."""
        entry = self.gathered.open
        alone = PICTURE in text and not text.replace(PICTURE, "").strip()
        return entry is not None and entry.shape == "prose" and alone

    def _signs(self, text: str) -> bool:
        """Whether a line without label is one on which somebody signed."""
        entry, waiting = self.gathered.open, self.gathered.waiting
        if entry is not None and entry.shape == "signature" and entry.empty:
            return False
        if SIGNING_LINE.match(text):
            return True
        if waiting and (waiting.in_cell or waiting.shape in _SHAPES_OF_A_FEW_WORDS):
            return False
        return self._is_told() and is_name_with_credentials(text)

    def _continues(self, text: str, line: Line) -> bool:
        """Whether a line without label still belongs to the open entry."""
        entry = self.gathered.open
        assert entry is not None
        if line.begins and any_of("attestations").match(text):
            return False
        if entry.prose and not entry.empty and line.begins and is_bare_date(text):
            return False
        if entry.shape == "goals" and not entry.label:
            return len(entry.texts) == 1 and len(text.split()) <= _MOST_WORDS_OF_A_GOAL
        if entry.in_cell or entry.empty or entry.prose:
            return True
        if entry.shape == "signature":
            return len(text) <= _LONGEST_WRAPPED_VALUE and not text.rstrip().endswith((".", "!"))
        boxes = TICKED in text or UNTICKED in text
        if entry.shape == "ticks" or (boxes and any(UNTICKED in t or TICKED in t for t in entry.texts)):
            return boxes
        wraps = not line.begins and len(text) <= _LONGEST_WRAPPED_VALUE
        return wraps and not fits(entry.shape, entry.texts[-1]) and not text.rstrip().endswith((".", "!", "?"))


def _is_goal_cited(line: Line) -> bool:
    """ "PCP goal 2" and "G#1" on a line of their own cite a goal; "Goal 2:" asks for one."""
    return not line.paragraph.heading and ":" not in line.text and bool(_GOAL_ALONE.fullmatch(line.text))


def _may_head(piece: Piece, line: Line) -> bool:
    """Whether a piece without label could stand over what follows: it is a whole line, not one of several parts."""
    return line.begins and piece.text == line.text.strip() and not SIGNING_LINE.match(piece.text)
