"""Activities that are not covered: read by cues, and by a model that checks them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from peerlint.documents.model import Place
from peerlint.language.actors import People, Sentence, doer
from peerlint.language.clauses import is_punctuation, plain, reader
from peerlint.language.context import contact_held, innocence
from peerlint.language.cues import Hit, WordRow, activity_index, categories
from peerlint.language.model import Activity, Actor, Certainty, Innocence
from peerlint.records.model import Plan, ServiceNote

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ELSEWHERE = frozenset((Actor.MEMBER, Actor.RELATIVE, Actor.PROFESSIONAL, Actor.OTHER))
_NOWHERE = Place(block=0)


@dataclass(frozen=True, slots=True)
class Reading:
    """One cue read in its sentence: who did it, and why it may be innocent."""

    hit: Hit
    sentence: Sentence
    actor: Actor
    innocence: Innocence | None

    @property
    def category(self) -> str:
        return self.hit.group.category

    @property
    def cue(self) -> str:
        return " ".join(self.sentence.written[self.hit.first : self.hit.last + 1])


def sentences_of(text: str, people: People) -> list[Sentence]:
    """The sentences of a text with their words as cues read them."""
    return [_sentence(span, people) for span in reader()(text).sents]


def _sentence(span: Doc, people: People) -> Sentence:
    written: list[str] = []
    words: list[str] = []
    for token in span:
        text = token.text
        if not text.isspace():
            written.append(text)
            words.append(_word(text, people))
    return Sentence(span.text.strip(), span.start_char, words, written)


def _word(text: str, people: People) -> str:
    if is_punctuation(text):
        return ";"
    word = plain(text)
    if " " in word:
        title, name = word.split(" ", 1)
        known = people(name.rstrip("."))
        return "doctor" if title.startswith("dr") else "cpss" if known is Actor.STAFF else "member"
    if word in people.names:
        return "cpss" if people.names[word] is Actor.STAFF else "member"
    return word


def read_sentences(sentences: Sequence[Sentence], people: People) -> Iterator[Reading]:
    """Every cue of every sentence, the innocent ones too, one for each category and sentence: the worst of them."""
    for at, sentence in enumerate(sentences):
        row = WordRow(sentence.words)
        found: dict[str, Reading] = {}
        for hit in activity_index().hits(row):
            reading = _read_hit(sentences, at, hit, people)
            before = found.get(reading.category)
            if before is None or _weight(reading) > _weight(before):
                found[reading.category] = reading
        yield from found.values()


def _weight(reading: Reading) -> tuple[bool, bool, bool]:
    return reading.innocence is None, reading.actor is Actor.STAFF, reading.hit.group.sure


def _read_hit(sentences: Sequence[Sentence], at: int, hit: Hit, people: People) -> Reading:
    sentence = sentences[at]
    actor = Actor.NOBODY if hit.group.anyone else doer(sentence, hit, people)
    why = Innocence.SOMEBODY_ELSE if actor in _ELSEWHERE else None
    why = why or innocence(sentences, at, hit, actor, hit.group.category in _excused_by_goal())
    if why is None and hit.group.category == "not-rendered" and contact_held(sentences, at):
        why = Innocence.CONTACT_HELD
    return Reading(hit, sentence, actor, why)


@cache
def _excused_by_goal() -> frozenset[str]:
    return frozenset(("recreation", "service-to-others", "meeting-without-purpose", "personal-care", "habilitation"))


def read_text(text: str, people: People | None = None) -> tuple[Activity, ...]:
    """Activities in a text of its own, without a note or a plan."""
    people = people or People({})
    sentences = sentences_of(text, people)
    return tuple(_activity(r, _NOWHERE, "") for r in read_sentences(sentences, people))


def _activity(reading: Reading, place: Place, label: str) -> Activity:
    certainty = Certainty.EXPLICIT if reading.actor is Actor.STAFF else Certainty.CUE
    return Activity(
        category=reading.category,
        quote=reading.sentence.text,
        cue=reading.cue,
        actor=reading.actor,
        certainty=certainty,
        place=place,
        label=label,
        innocence=reading.innocence,
    )
