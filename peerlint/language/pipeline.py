"""The spaCy pipeline that reads narratives: blank English with a tokenizer and three components of peerlint's own.

===================  ====================================================================================
tokenizer            tokens and sentence starts of notes (``clauses.NoteTokenizer``)
``note_sentences``   the sentences of ``doc._.passage``: words as cues read them, names read as whom they mean
``note_chances``     its chances and guesses: what the model thinks possible of each sentence and what it takes
                     for an activity, many documents at once
``note_activities``  its readings: cues and guesses with their doers and what makes them innocent
===================  ====================================================================================

This module imports spaCy, so it is itself imported only when a narrative is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from peerlint.language.activity_model import ActivityModel, activity_model
from peerlint.language.actors import People, Sentence
from peerlint.language.clauses import WRITTEN, NoteTokenizer, is_punctuation, plain
from peerlint.language.model import Actor
from peerlint.language.readings import Passage, Reading, readings

NOBODY_NAMED = People({})
TOGETHER = 300
"""How many texts the model looks at together."""

Doc.set_extension("passage", default=None, force=True)


def read_texts(texts: Iterable[tuple[str, People]], model: ActivityModel) -> Iterator[Sequence[Reading]]:
    """The readings of each text, in order; with each text come the people whom its names mean."""
    nlp = pipeline(model)
    docs = (_document(nlp, text, people) for text, people in texts)
    return (doc._.passage.readings for doc in nlp.pipe(docs, batch_size=TOGETHER))


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
def pipeline(model: ActivityModel) -> Language:
    """The whole pipeline with ``model`` in it."""
    nlp = blank()
    nlp.add_pipe("note_sentences")
    for name in ("note_chances", "note_activities"):
        nlp.add_pipe(name)
        nlp.get_pipe(name).model = model  # type: ignore[attr-defined]
    return nlp


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


class _WithModel:
    """A component that asks a model, the shipped one where no other is set."""

    def __init__(self) -> None:
        self.model = activity_model()


class NoteChances(_WithModel):
    def __call__(self, doc: Doc) -> Doc:
        return self._look([doc])[0]

    def pipe(self, stream: Iterable[Doc], batch_size: int) -> Iterator[Doc]:
        docs = iter(stream)
        while some := list(islice(docs, batch_size)):
            yield from self._look(some)

    def _look(self, docs: list[Doc]) -> list[Doc]:
        passages: list[Passage] = [doc._.passage for doc in docs]
        looks = self.model.look([[sentence.words for sentence in passage.sentences] for passage in passages])
        for passage, look in zip(passages, looks, strict=True):
            passage.chances, passage.guesses = look.chances, look.guesses
        return docs


class NoteActivities(_WithModel):
    def __call__(self, doc: Doc) -> Doc:
        passage: Passage = doc._.passage
        passage.readings = tuple(readings(passage, self.model))
        return doc


@Language.factory("note_chances")
def _note_chances(nlp: Language, name: str) -> NoteChances:
    return NoteChances()


@Language.factory("note_activities")
def _note_activities(nlp: Language, name: str) -> NoteActivities:
    return NoteActivities()
