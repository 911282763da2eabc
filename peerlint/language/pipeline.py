"""The spaCy pipeline that reads narratives: blank English with a tokenizer and components of peerlint's own.

===================  ====================================================================================
tokenizer            tokens and sentence starts of notes (``clauses.NoteTokenizer``)
``note_sentences``   the sentences of ``doc._.passage``: words as cues read them, names read as whom they mean
``note_chances``     its chances: what the model thinks possible of each sentence, many documents at once
``note_meanings``    its meanings: the same by likeness of meaning, where the embedding model is asked
``note_activities``  its readings: cues and guesses with their doers and what makes them innocent
===================  ====================================================================================

This module imports spaCy, so it is itself imported only when a narrative is read.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from peerlint.language.activity_meaning import MeaningModel
from peerlint.language.activity_model import ActivityModel
from peerlint.language.actors import People, Sentence
from peerlint.language.clauses import WRITTEN, NoteTokenizer, is_punctuation, plain
from peerlint.language.model import Actor
from peerlint.language.readings import Passage, Reading, readings

NOBODY_NAMED = People({})
TOGETHER = 300
"""How many texts the model looks at together."""

Doc.set_extension("passage", default=None, force=True)


def read_texts(
    texts: Iterable[tuple[str, People]], model: ActivityModel, meaning: MeaningModel | None = None
) -> Iterator[Sequence[Reading]]:
    """The readings of each text, in order; with each text come the people whom its names mean."""
    return (passage.readings for passage in read_passages(texts, model, meaning))


def read_passages(
    texts: Iterable[tuple[str, People]], model: ActivityModel, meaning: MeaningModel | None = None
) -> Iterator[Passage]:
    """The texts as they leave the pipeline, in order."""
    nlp = pipeline(model, meaning)
    docs = (_document(nlp, text, people) for text, people in texts)
    return (doc._.passage for doc in nlp.pipe(docs, batch_size=TOGETHER))


def sentences_of(text: str, people: People = NOBODY_NAMED) -> Sequence[Sentence]:
    """The sentences of a text with their words as cues read them."""
    passage: Passage = note_sentences(_document(_tokenizing(), text, people))._.passage
    return passage.sentences


def _document(nlp: Language, text: str, people: People) -> Doc:
    doc = nlp.make_doc(text)
    doc._.passage = Passage(people)
    return doc


def blank() -> Language:
    """Blank English that splits notes into tokens and sentences and does no more."""
    nlp = spacy.blank("en")
    nlp.tokenizer = NoteTokenizer(nlp.vocab)
    return nlp


_tokenizing = cache(blank)


@cache
def pipeline(model: ActivityModel, meaning: MeaningModel | None = None) -> Language:
    """The whole pipeline with these models in it."""
    nlp = blank()
    nlp.add_pipe("note_sentences")
    _add(nlp, "note_chances", model)
    if meaning:
        _add(nlp, "note_meanings", meaning)
    _add(nlp, "note_activities", model)
    return nlp


def _add(nlp: Language, name: str, model: ActivityModel | MeaningModel) -> None:
    component: Any = nlp.add_pipe(name)
    component.model = model


# -- sentences ---------------------------------------------------------------------------------------------------------


@Language.component("note_sentences")
def note_sentences(doc: Doc) -> Doc:
    passage: Passage = doc._.passage
    text, tokens = doc.text, doc.user_data[WRITTEN]
    found = ((span.start_char, span.end_char, tokens[span.start : span.end]) for span in doc.sents)
    passage.sentences = [_sentence(text[a:b].strip(), a, written, passage.people) for a, b, written in found]
    return doc


def _sentence(text: str, start: int, tokens: Sequence[str], people: People) -> Sentence:
    written = [token for token in tokens if not token.isspace()]
    read = [people.stand_ins.get(word, word) for word in map(_read, written)]
    words = [_titled(word, people) if " " in word else word for word in read]
    return Sentence(text, start, words, written)


@cache
def _read(token: str) -> str:
    return ";" if is_punctuation(token) else plain(token)


def _titled(word: str, people: People) -> str:
    """What a title with a name ("mr. t.") is read as."""
    title, name = word.split(" ", 1)
    return "doctor" if title.startswith("dr") else "cpss" if people(name.rstrip(".")) is Actor.STAFF else "member"


# -- activities --------------------------------------------------------------------------------------------------------


class _Together(ABC):
    """A component whose model looks at many documents together. ``model`` is set by ``pipeline``."""

    model: Any

    def __call__(self, doc: Doc) -> Doc:
        self.look([doc._.passage])
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int) -> Iterator[Doc]:
        docs = iter(stream)
        while some := list(islice(docs, batch_size)):
            self.look([doc._.passage for doc in some])
            yield from some

    @abstractmethod
    def look(self, passages: Sequence[Passage]) -> None:
        """Write into the passages what the model makes of them."""


@Language.factory("note_chances")
class NoteChances(_Together):
    model: ActivityModel

    def __init__(self, nlp: Language, name: str) -> None:
        """Made by spaCy."""

    def look(self, passages: Sequence[Passage]) -> None:
        found = self.model.look([[sentence.words for sentence in passage.sentences] for passage in passages])
        for passage, chances in zip(passages, found, strict=True):
            passage.chances = chances


@Language.factory("note_meanings")
class NoteMeanings(_Together):
    model: MeaningModel

    def __init__(self, nlp: Language, name: str) -> None:
        """Made by spaCy."""

    def look(self, passages: Sequence[Passage]) -> None:
        doubtful = [(passage, at) for passage in passages for at in passage.doubtful()]
        found = self.model.look([passage.sentences[at].text for passage, at in doubtful])
        for (passage, at), meaning in zip(doubtful, found, strict=True):
            passage.meanings[at] = meaning


@Language.factory("note_activities")
class NoteActivities:
    model: ActivityModel

    def __init__(self, nlp: Language, name: str) -> None:
        """Made by spaCy."""

    def __call__(self, doc: Doc) -> Doc:
        passage: Passage = doc._.passage
        passage.readings = tuple(readings(passage, self.model))
        return doc
