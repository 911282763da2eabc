"""Who did it: the first question to any cue, for most look-alikes are somebody else's doing.

There is no parser here, on purpose: notes are fragments, and a parser trained on news reads them worse than a few plain
habits of note writers. The doer stands right before the verb, or at the head of the clause or sentence that the verb
belongs to; a verb without any subject is the writer's own doing; "by" after a passive names the doer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from peerlint.language.clauses import is_break
from peerlint.language.cues import Hit
from peerlint.language.lexicon import lexicon
from peerlint.language.model import Actor

_KINDS = {
    "specialist": Actor.STAFF,
    "member": Actor.MEMBER,
    "relative": Actor.RELATIVE,
    "professional": Actor.PROFESSIONAL,
}
_VERB = "~"


@dataclass(frozen=True)
class People:
    """Words that mean somebody. ``names`` are the names of this record's people, in lower case; ``kin`` says of
    relatives what they are ("sister")."""

    names: Mapping[str, Actor]
    kin: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def stand_ins(self) -> Mapping[str, str]:
        """For each name the word that cues and the model read in its stead."""
        called = {Actor.STAFF: "cpss", Actor.MEMBER: "member"}
        bare = {name: name.removesuffix("'s") for name in self.names}
        return {
            name: (called.get(actor) or self.kin[bare[name]]) + name[len(bare[name]) :]
            for name, actor in self.names.items()
        }

    def __call__(self, word: str) -> Actor | None:
        if word in self.names:
            return self.names[word]
        return kind_of(word)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: ``words`` as cues read them (punctuation is ";"), ``written`` the same tokens as they stand.

    ``start`` is where it begins in its text, in characters."""

    text: str
    start: int
    words: Sequence[str]
    written: Sequence[str]


@cache
def _table() -> Mapping[str, list[str]]:
    table: dict[str, list[str]] = lexicon("actors")
    return table


@cache
def _single_words() -> Mapping[str, Actor]:
    return {str(word): actor for kind, actor in _KINDS.items() for word in _table()[kind] if "_" not in str(word)}


def kind_of(word: str) -> Actor | None:
    """What kind of person a single word means, None for a word that means nobody."""
    return _single_words().get(word)


@cache
def _phrases() -> Mapping[str, list[tuple[tuple[str, ...], Actor]]]:
    """Names of several words ("case manager") by their last word."""
    found: dict[str, list[tuple[tuple[str, ...], Actor]]] = {}
    for kind, actor in _KINDS.items():
        for term in _table()[kind]:
            parts = tuple(str(term).split("_"))
            if len(parts) > 1:
                found.setdefault(parts[-1], []).append((parts, actor))
    return found


@cache
def _small_words(name: str) -> frozenset[str]:
    return frozenset(str(word) for word in _table()[name])


def person_at(sentence: Sentence, i: int, people: People) -> Actor | None:
    """Whom the word at ``i`` means, as the end of a name of several words where it is one."""
    word = sentence.words[i]
    for parts, actor in _phrases().get(word, ()):
        if tuple(sentence.words[max(0, i - len(parts) + 1) : i + 1]) == parts:
            return actor
    return people(word)


def doer(sentence: Sentence, hit: Hit, people: People) -> Actor:
    """Who did what a cue tells."""
    inside = [person_at(sentence, i, people) for i in range(hit.first, hit.last + 1)]
    if Actor.STAFF in inside:
        return Actor.STAFF
    agent = _agent_after(sentence, hit, people)
    if agent:
        return agent
    i = _before_verb(sentence, hit.first - 1)
    named = _adjacent(sentence, i, hit, people)
    if named:
        return named
    if not hit.cue.text.startswith(_VERB):
        return Actor.NOBODY
    found = _head_of_sentence(sentence, hit.first - 1, people)
    if found is Actor.MEMBER and Actor.MEMBER in inside:
        return Actor.NOBODY  # "Member cried so drove her home": nobody drives herself as "her"
    return found or Actor.NOBODY


def first_subject(sentence: Sentence, people: People) -> Actor | None:
    """The specialist where the sentence names the specialist at all, else who stands at its head, None for nobody."""
    persons = [person_at(sentence, i, people) for i in range(len(sentence.words))]
    if Actor.STAFF in persons or "my" in sentence.words:
        return Actor.STAFF
    head = next(
        (
            i
            for i, word in enumerate(sentence.words)
            if word not in _small_words("between") and word not in _small_words("determiners") and word != ";"
        ),
        None,
    )
    if head is None:
        return None
    for i in range(head, min(head + 3, len(persons))):
        if persons[i] and not sentence.words[i].endswith("'s"):
            return persons[i] if _is_subject(sentence, i) or i > head else None
    follows = sentence.written[head + 1 : head + 2]
    return Actor.OTHER if _looks_like_name(sentence, head) and follows and follows[0][:1].isupper() else None


def _agent_after(sentence: Sentence, hit: Hit, people: People) -> Actor | None:
    words = sentence.words
    passive = any(w in _small_words("passive") for w in words[max(0, hit.first - 2) : hit.last + 1])
    for i in range(hit.last + 1, min(len(words), hit.last + 10)):
        if words[i] == "by" and passive:
            nearby = range(i + 1, min(len(words), i + 5))
            return next((p for p in (person_at(sentence, k, people) for k in nearby) if p), None)
        if words[i] == ";":
            break
    return None


def _before_verb(sentence: Sentence, i: int) -> int:
    """The last word before the verb that is neither an auxiliary nor an adverb; -1 where there is none."""
    while i >= 0 and sentence.words[i] in _small_words("between") and sentence.words[i] not in _small_words("joining"):
        i -= 1
    return i


def _adjacent(sentence: Sentence, i: int, hit: Hit, people: People) -> Actor | None:
    """The person right before the verb, and whoever is joined to that person by "and"."""
    if i < 0:
        return None
    person = person_at(sentence, i, people)
    if person is None:
        return Actor.OTHER if hit.cue.text.startswith(_VERB) and _looks_like_name(sentence, i) else None
    head = _head_of_name(sentence, i)
    if head > 1 and sentence.words[head - 1] in _small_words("joining"):
        other = person_at(sentence, head - 2, people)
        if Actor.STAFF in (person, other):
            return Actor.STAFF
    return person


def _head_of_name(sentence: Sentence, i: int) -> int:
    while i > 0 and (sentence.words[i - 1] in _small_words("determiners") or sentence.words[i - 1].endswith("'s")):
        i -= 1
    return i


def _looks_like_name(sentence: Sentence, i: int) -> bool:
    written, word = sentence.written[i], sentence.words[i]
    return (
        len(written) > 2
        and written[0].isupper()
        and written[1:].islower()
        and word.isalpha()
        and word not in _small_words("openers")
        and not word.endswith(("ed", "ing", "ly"))
    )


def _head_of_sentence(sentence: Sentence, i: int, people: People) -> Actor | None:
    """The nearest person to the left that stands where a subject stands."""
    for k in range(i, -1, -1):
        if sentence.written[k] in ":()" or sentence.words[k] in ("so", "because"):
            return None
        person = person_at(sentence, k, people)
        if person and _is_subject(sentence, k):
            return person
    return None


def _is_subject(sentence: Sentence, k: int) -> bool:
    word = sentence.words[k]
    if word in _small_words("nominative"):
        return k == 0 or sentence.words[k - 1] not in _small_words("embedding")
    if word in _small_words("objects"):
        return False
    head = _head_of_name(sentence, k)
    return head == 0 or sentence.words[head - 1] == ";" or is_break(sentence.words[head - 1])
