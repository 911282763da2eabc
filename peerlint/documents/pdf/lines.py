"""Words to lines, and lines to passages: what a reader takes as one paragraph or one row of label and value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from statistics import median

from peerlint.documents.model import PICTURE, TICKED, UNTICKED, Part
from peerlint.documents.pdf.ink import Word

Join = Callable[[str, str], str]


@dataclass
class Setting:
    """How a document is set: how the words parted at its line ends join, and the widest step that was met between lines
    of one paragraph, in font sizes. A page of few lines is read by what the others showed."""

    join: Join
    leading: float = 0.0


_SAME_BASELINE = 0.4  # of the smaller font size
_GAP = 1.0  # font sizes: a wider space between words is a gap
_SPACE = 0.17
_ALIGNED = 3.0  # points
_PADDING = 1.2  # font sizes: the room between two columns of a table
_INDENT = 4.5  # font sizes: how far the first line of a paragraph may stand in or out
USUAL_LEADING, _WIDEST_LEADING = 1.45, 3.0  # font sizes
_WIDE = 0.6  # of the room between even margins
_LONG_LINE = 30  # characters
_SLACK = 0.3  # font sizes: printers measure words a little differently
_MARKER = re.compile(r"^(?:[•‣▪▫●○◦∙·–—■➢►\-*]|\d{1,2}[.)]|[a-z]\))(?=\s)")
_TABBED_MARKER = re.compile(r"^\(?(?:[\dA-Za-z]{1,4}[.)]){1,3}(?=\t)")
SENTENCE_END = '.!?:"”)'
_LONE_LABEL = re.compile(r"^[A-Z][^.!?:]{1,40}:$")
_LABELLED = re.compile(r"^[A-Z][^.!?:]{1,40}:(\s|$)")


@dataclass
class Segment:
    """The words of one line that stand together, without a gap between them."""

    words: list[Word]

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @cached_property
    def text(self) -> str:
        words = [w for w in self.words if w.text]
        text = words[0].text if words else ""
        for before, word in pairwise(words):
            apart = word.spaced or word.left - before.right > _SPACE * word.size or _is_mark(word) or _is_mark(before)
            text += (" " if apart else "") + word.text
        return text


@dataclass
class Line:
    """One line of a page: segments with gaps between them."""

    segments: list[Segment]
    base: float

    @cached_property
    def words(self) -> list[Word]:
        return [w for s in self.segments for w in s.words]

    @cached_property
    def left(self) -> float:
        return self.segments[0].left

    @cached_property
    def right(self) -> float:
        return self.segments[-1].right

    @cached_property
    def size(self) -> float:
        """The size of most of its letters."""
        letters: Counter[float] = Counter()
        for word in self.words:
            letters[word.size] += 0 if _is_mark(word) else len(word.text)
        return letters.most_common(1)[0][0]

    @cached_property
    def text(self) -> str:
        return "\t".join(s.text for s in self.segments if s.text)

    @cached_property
    def bold(self) -> bool:
        letters = [w for w in self.words if not _is_mark(w)]
        return bool(letters) and all(w.style.bold for w in letters)


@dataclass
class Passage:
    """A paragraph, or a row of label and value, with the lines it was put together from."""

    lines: list[Line]
    texts: list[str] = field(default_factory=list)
    lefts: list[float] = field(default_factory=list)
    rights: list[float] = field(default_factory=list)
    part: Part = Part.BODY

    def __post_init__(self) -> None:
        if not self.texts:
            self.texts = [s.text for s in self.lines[0].segments if s.text] or [""]
            self.lefts = [s.left for s in self.lines[0].segments if s.text] or [self.lines[0].left]
            self.rights = [s.right for s in self.lines[0].segments if s.text] or [self.lines[0].right]

    def add(self, column: int, segment: Segment, join: Join) -> None:
        """Goes on with a column, or adds one."""
        if column < len(self.texts):
            self.texts[column] = join(self.texts[column], segment.text) if self.texts[column] else segment.text
            self.rights[column] = segment.right
        else:
            self.texts.append(segment.text)
            self.lefts.append(segment.left)
            self.rights.append(segment.right)

    @property
    def top(self) -> float:
        return self.lines[0].base - self.lines[0].size

    @property
    def right(self) -> float:
        """Where its longest line ends."""
        return max(line.right for line in self.lines)

    @property
    def text(self) -> str:
        return "\t".join(self.texts)

    @property
    def words(self) -> list[Word]:
        return [w for line in self.lines for w in line.words]


def lines_of(words: Iterable[Word]) -> list[Line]:
    """The words as lines from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.base):
        if rows and _share_baseline(rows[-1], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_line(row) for row in rows]


def passages_of(lines: Sequence[Line], right: float, setting: Setting) -> list[Passage]:
    """The lines of one column as passages. ``right`` is where its lines break."""
    leading = _usual_leading(lines, right)
    setting.leading = max(setting.leading, leading)
    leading = leading or setting.leading
    passages: list[Passage] = []
    for line in lines:
        at = _continued(passages[-1], line, right, leading) if passages else {}
        if not at:
            passages.append(Passage([line]))
            continue
        passage = passages[-1]
        for column, segment in at.items():
            passage.add(column, segment, setting.join)
        passage.lines.append(line)
    return passages


def right_margin(lines: Sequence[Line], left_edge: float, right_edge: float) -> float:
    """Where lines break: at the longest one if it is no loner, else as far from the right edge as from the left."""
    if not lines:
        return right_edge
    left, furthest = min(line.left for line in lines), max(line.right for line in lines)
    symmetric = right_edge - (left - left_edge)
    near = sum(line.right > furthest - 0.1 * (right_edge - left_edge) for line in lines)
    wide = furthest - left > _WIDE * (symmetric - left)
    return furthest if (near >= 3 and wide) or furthest >= symmetric - 40 else symmetric


def marker(text: str) -> str:
    """The bullet or number a line of text starts with."""
    found = _MARKER.match(text) or _TABBED_MARKER.match(text)
    return found[0] if found else ""


def _line(row: list[Word]) -> Line:
    row.sort(key=lambda w: w.left)
    segments: list[Segment] = []
    for word in _without_doubled_boxes(row):
        if segments and word.left - segments[-1].right <= _GAP * max(word.size, segments[-1].words[-1].size):
            segments[-1].words.append(word)
        else:
            segments.append(Segment([word]))
    letters = [w.base for w in row if not _is_mark(w)] or [w.base for w in row]
    return Line(segments, median(letters))


def _without_doubled_boxes(row: list[Word]) -> list[Word]:
    """A tick drawn over an empty box is one ticked box."""
    kept: list[Word] = []
    for word in row:
        if (
            kept
            and word.text in (TICKED, UNTICKED)
            and kept[-1].text in (TICKED, UNTICKED)
            and word.left < kept[-1].right - 0.3 * word.size
        ):
            kept[-1].text = TICKED if TICKED in (word.text, kept[-1].text) else UNTICKED
            kept[-1].right = max(kept[-1].right, word.right)
        else:
            kept.append(word)
    return kept


def _share_baseline(row: list[Word], word: Word) -> bool:
    """Whether a word stands on the line of a row, whose last word is the one with the nearest baseline."""
    return word.base - row[-1].base <= _SAME_BASELINE * min(row[-1].size, word.size)


def _is_mark(word: Word) -> bool:
    return word.text in (TICKED, UNTICKED, PICTURE)


def _usual_leading(lines: Sequence[Line], right: float) -> float:
    """The distance between the baselines of lines that break at the margin within a sentence, in font sizes; 0 where
    there are none."""
    steps = [
        (b.base - a.base) / b.size
        for a, b in pairwise(lines)
        if a.right > 0.8 * right and abs(a.left - b.left) < _ALIGNED and b.text[:1].islower()
    ]
    return median(steps) if steps else 0.0


def _continued(passage: Passage, line: Line, right: float, leading: float) -> dict[int, Segment]:
    """Which of the passage's columns the line goes on with; nothing where it starts a passage of its own."""
    last = passage.lines[-1]
    step = line.base - last.base
    if not 0.6 * line.size < step <= max(USUAL_LEADING, 1.2 * min(leading, _WIDEST_LEADING)) * line.size:
        return {}
    if not 0.88 < line.size / last.size < 1.14 or _is_drawn_rule(line) or _is_drawn_rule(last):
        return {}
    if _wraps(passage, last, line, right):
        return {len(passage.texts) - 1 + n: segment for n, segment in enumerate(line.segments)}
    return _columns_below(passage, line, right) if len(passage.texts) > 1 else {}


def _columns_below(passage: Passage, line: Line, right: float) -> dict[int, Segment]:
    """The columns of a row that a line goes on with. With a piece under the label it does so only where no piece would
    have fitted on the line above. Without one a single piece always does; several are the next row beside a cell merged
    downwards where one of them would have fitted."""
    if len(passage.texts) == 2 and _ends_like(passage.lines[-1], line) and line.text[0].islower():
        return dict(enumerate(line.segments))
    at: dict[int, Segment] = {}
    for segment in line.segments:
        column = next((i for i, left in enumerate(passage.lefts) if abs(left - segment.left) <= _ALIGNED), None)
        if column is None:
            return {}
        at[column] = segment
    if 0 not in at:
        inner = [column for column in at if column + 1 < len(passage.lefts)]
        fitted = [passage.lefts[i + 1] - _reach(passage, i, at[i], line) > _PADDING * line.size for i in inner]
        return {} if len(at) > 1 and any(fitted) else at
    ends = [left - 0.5 * line.size for left in passage.lefts[1:]] + [right]
    full = all(_reach(passage, column, segment, line) > ends[column] for column, segment in at.items())
    return at if full and not _LABELLED.match(line.text) else {}


def _reach(passage: Passage, column: int, segment: Segment, line: Line) -> float:
    """How far a column would come with the first word of a segment behind what stands in it."""
    return passage.rights[column] + 0.25 * line.size + _first_word_width(segment)


def _wraps(passage: Passage, last: Line, line: Line, right: float) -> bool:
    """Whether the last line broke because the next word did not fit, and the line stands where that would go on."""
    if _starts_anew(last, line) or (len(line.segments) > 1 and _is_row(passage, line)):
        return False
    shift = line.left - last.left
    under = abs(shift) <= _ALIGNED or abs(line.left - last.segments[-1].left) <= _ALIGNED
    centred = abs(line.left + line.right - last.left - last.right) <= 2 * _ALIGNED
    indented = len(passage.lines) == 1 and abs(shift) <= _INDENT * line.size
    fits = last.right + 0.25 * line.size + _first_word_width(line.segments[0]) <= right - _SLACK * line.size
    return (not fits and (under or indented or centred)) or (under and _goes_on_in_a_sentence(last, line))


def _goes_on_in_a_sentence(last: Line, line: Line) -> bool:
    """Whether a line of some length broke off in a sentence that the next goes on with."""
    single = len(last.segments) == 1 and len(line.segments) == 1
    return single and len(last.text) >= _LONG_LINE and last.text[-1] not in ".:;!?" and line.text[0].islower()


def _is_row(passage: Passage, line: Line) -> bool:
    """Whether a line with gaps is a row of its own, by its label or because it stands in the columns of the passage,
    which begin or end together."""
    aligned = any(abs(s.left - left) <= _ALIGNED for s in line.segments[1:] for left in passage.lefts[1:])
    return aligned or _ends_like(passage.lines[-1], line) or bool(_LABELLED.match(line.text))


def _ends_like(last: Line, line: Line) -> bool:
    """Whether two lines of label and value begin and end together: their values are set flush right."""
    paired = len(last.segments) == len(line.segments) == 2
    return paired and abs(last.left - line.left) <= _ALIGNED and abs(last.right - line.right) <= _ALIGNED


def _is_drawn_rule(line: Line) -> bool:
    """A line of nothing but dashes or underscores."""
    return len(line.text) > 8 and not line.text.strip("_-—–=.* \t")


def _starts_anew(last: Line, line: Line) -> bool:
    first = line.words[0]
    if first.text in (TICKED, UNTICKED):
        return not any(w.text in (TICKED, UNTICKED) for w in last.words)
    if marker(line.text) or _LONE_LABEL.match(line.text):
        return True
    if _LABELLED.match(line.text) and _LABELLED.match(last.text):
        return True
    if last.text.isupper() and any(letter.islower() for letter in line.text):
        return True
    if first.style.bold and not last.words[-1].style.bold:
        return line.bold or bool(_LABELLED.match(line.text))
    return last.bold and len(last.segments) == 1 and not first.style.bold and first.text not in (TICKED, UNTICKED)


def _first_word_width(segment: Segment) -> float:
    width = 0.0
    for word in segment.words:
        if width and word.spaced:
            break
        width = word.right - segment.left
    return width


def is_unfinished(text: str, following: str) -> bool:
    """Whether a paragraph at the foot of a page or column goes on with the words at the head of the next."""
    if not text or not following or text[-1] in SENTENCE_END:
        return False
    return following[0].islower() or text[-1] in ",-"


def runs_on(passage: Passage, following: Passage) -> bool:
    """Whether a paragraph at the foot of a page goes on at the head of the next: within a sentence, where the next word
    would not have fitted on its last line."""
    last, line = passage.lines[-1], following.lines[0]
    if is_unfinished(passage.text, following.text):
        return True
    if len(passage.lines) < 2 or passage.text[-1:] in SENTENCE_END or _starts_anew(last, line):
        return False
    full = last.right + 0.25 * line.size + _first_word_width(line.segments[0]) > passage.right
    return full and abs(line.left - last.left) <= _ALIGNED and not _LABELLED.match(line.text)
