"""What stands on a PDF page: words, rules, boxes, pictures, in points from the top left of the page as it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from peerlint.documents.model import Signing, Source

Color = tuple[int, int, int]
"""Red, green and blue from 0 to 255."""

WHITE: Color = (255, 255, 255)
BLACK: Color = (0, 0, 0)
LAST = 1 << 30


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle. ``top`` is less than ``bottom``."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def within(self, other: Box) -> Box | None:
        """What of this box lies within another, None where they lie apart."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Box(left, top, right, bottom) if left < right and top < bottom else None

    def holds(self, x: float, y: float, slack: float = 0.0) -> bool:
        return self.left - slack <= x <= self.right + slack and self.top - slack <= y <= self.bottom + slack


@dataclass(frozen=True, slots=True)
class Style:
    """How the characters of a text object are drawn. ``picture_font`` is "" for a font of letters; ``rank`` counts the
    objects of the page in the order in which they are drawn."""

    picture_font: str = ""
    bold: bool = False
    color: Color = BLACK
    unpainted: bool = False
    rank: int = LAST


@dataclass(slots=True)
class Word:
    """Characters without a space between them, or a mark that stands among words (a tick box, picture or form value).

    ``base`` is the baseline, ``size`` the font size; ``spaced`` says that a space stands before it.
    A word that is struck keeps its room with the text "". ``rights`` are the right edges of its letters, where known.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    style: Style = Style()
    spaced: bool = True
    source: Source = Source.TEXT
    signing: Signing | None = None
    confidence: float | None = None
    rights: list[float] = field(default_factory=list)

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, self.base - 0.35 * self.size


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn path. ``strokes`` are its straight pieces, ``curves`` how many of its pieces are bent.
    ``fill`` is the grey of its filling from 0 (black) to 1 (white), None where it is not filled.
    ``patch`` is what is seen of a plain rectangle through which nothing shows, None for any other shape; ``color`` is
    that of the filling. ``rank`` counts as it does for a ``Style``."""

    box: Box
    strokes: tuple[tuple[float, float, float, float], ...]
    curves: int
    stroked: bool
    fill: float | None
    color: Color = WHITE
    patch: Box | None = None
    rank: int = 0


@dataclass(slots=True)
class Sheet:
    """Everything read from one page. ``quarters`` are the clockwise quarter turns that set its text upright."""

    number: int
    width: float
    height: float
    quarters: int = 0
    words: list[Word] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    covered: list[Word] = field(default_factory=list)
    turned: list[str] = field(default_factory=list)
    hidden: bool = False
    garbled: bool = False
