"""The entries of a form: one for each label, with what stands there; and their gathering as a form is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from peerlint.documents.model import PICTURE, Paragraph, Place, Signing, Source
from peerlint.records.labels import Field, Labels, label_words
from peerlint.records.misread import field_by_value, is_matter
from peerlint.records.model import Topic
from peerlint.records.nearest import nearest
from peerlint.records.placeholders import emptied
from peerlint.records.several import several, shared_out
from peerlint.records.shapes import is_clock_time
from peerlint.records.ticks import has_boxes

_FEWEST_WORDS_OF_PROSE = 8
_MARK = "/s/"


@dataclass(frozen=True, slots=True)
class Entry:
    """One label and what stands there. ``key`` is the label's key in ``labels.yaml``, "" for a label that is not
    known and for text without a label; ``label`` as written, "" for text without a label. A blank or a placeholder
    is empty text. ``heading`` is the level of the label's heading, else 0."""

    key: str
    label: str
    text: str
    place: Place
    source: Source = Source.TEXT
    signings: tuple[Signing, ...] = ()
    shape: str = ""
    topic: Topic | None = None
    heading: int = 0


@dataclass(slots=True)
class Gathering:
    """An entry while its text is being gathered."""

    label: str
    named: Field | None
    place: Place
    source: Source
    heading: int = 0
    texts: list[str] = field(default_factory=list)
    signings: list[Signing] = field(default_factory=list)
    in_cell: bool = False
    near: bool = False

    @property
    def shape(self) -> str:
        return self.named.shape if self.named else ""

    @property
    def empty(self) -> bool:
        return not any(text.strip() for text in self.texts) and not self.signings

    @property
    def prose(self) -> bool:
        """Whether running text stands here."""
        if self.shape == "prose" or (self.heading and self.label):
            return self.shape in ("prose", "", "goals")
        if self.shape not in ("", "goals") or has_boxes(text := "\n".join(self.texts)):
            return False
        return len(text.split()) >= _FEWEST_WORDS_OF_PROSE

    def entry(self) -> Entry:
        text = emptied("\n".join(self.texts).replace(PICTURE, "").strip(" \t\n"))
        return Entry(
            self.named.key if self.named else "",
            self.label,
            text,
            self.place,
            self.source,
            tuple(self.signings),
            self.shape,
            self.named.topic if self.named else None,
            self.heading,
        )


@dataclass(slots=True)
class Gatherer:
    """Gathers entries in reading order; at most one is ``open`` and takes what is added. ``stacked`` counts the labels
    that stood alone on their lines, without a colon."""

    labels: Labels
    done: list[Gathering] = field(default_factory=list)
    open: Gathering | None = None
    stacked: int = 0

    @property
    def waiting(self) -> Gathering | None:
        """The open entry, if it is a label that still waits for its value."""
        return self.open if self.open is not None and self.open.label and self.open.empty else None

    def entries(self) -> Iterator[Entry]:
        for gathered in self.done:
            entry = gathered.entry()
            if entry.label or entry.text or entry.signings:
                yield entry

    def start(self, label: str, named: Field | None, paragraph: Paragraph) -> None:
        self.close()
        near = None if named or not label else nearest(self.labels, label)
        self.open = Gathering(
            label.strip(" .:*\t\n"),
            named or near,
            paragraph.place,
            paragraph.source,
            paragraph.heading,
            near=bool(near),
        )

    def add(self, text: str, signings: Iterable[Signing] = ()) -> None:
        if self.open is not None:
            self.open.texts.append(text)
            self.open.signings.extend(signings)

    def close(self) -> None:
        if self.open is not None:
            if self.open.near:
                self.open.named = nearest(self.labels, self.open.label, "\n".join(self.open.texts).strip())
            self._by_value(self.open)
            if self.open.shape == "date" and "\n".join(self.open.texts).lstrip().startswith(_MARK):
                self.open.named = self._place_to_sign(self.open) or self.open.named
            self.done.extend(self._several(self.open))
            self.open = None

    def _place_to_sign(self, entry: Gathering) -> Field | None:
        """ "Staff signature/date" before a signature asks for it; before a date it asks for the date."""
        return self.labels.find([word.plain for word in label_words(entry.label) if word.plain != "date"])

    def _by_value(self, entry: Gathering) -> None:
        """Let what stands behind an everyday word decide whether it is a label, and for what."""
        if entry.empty:
            return
        value = "\n".join(entry.texts).strip()
        if entry.named is None:
            entry.label = "" if is_matter(entry.label, value) else entry.label
            return
        if entry.shape == "prose" and not entry.heading and is_clock_time(value):
            entry.named = None
            return
        named = field_by_value(self.labels, entry.label, entry.named, value)
        if named is None:
            entry.label = ""
        entry.named = named

    def _several(self, entry: Gathering) -> list[Gathering]:
        """The entries of a label that asks for several things ("Date / time / units"): one for each, with its part of
        the text."""
        fields = several(self.labels, entry.label) if entry.label and not entry.heading else ()
        if len(fields) < 2 or entry.signings:
            return [entry]
        parts = shared_out("\n".join(entry.texts).strip(), fields)
        return [replace(entry, named=named, texts=[text]) for named, text in zip(fields, parts, strict=True)]

    def close_value(self) -> None:
        """Close the open entry unless it is a label that still waits for its value."""
        if self.open is not None and not self.open.empty:
            self.close()

    def stand_alone(self, text: str, paragraph: Paragraph) -> None:
        """A text without a label that nothing belongs to."""
        self.close()
        self.start("", None, paragraph)
        self.add(text)
        self.close()

    def put_aside(self, text: str, paragraph: Paragraph) -> None:
        """A text without a label that interrupts the open entry, such as the head of a later page."""
        self.done.append(Gathering("", None, paragraph.place, paragraph.source, texts=[text]))
