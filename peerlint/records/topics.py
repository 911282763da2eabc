"""What a part of a plan or crisis plan is about, told by its heading or, failing that, by its words
(``topics.yaml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from peerlint.records.labels import CRISIS_FAMILIES, PLAN_FAMILIES, label_words, labels_of
from peerlint.records.model import Topic
from peerlint.records.phones import phones_in
from peerlint.records.wordlists import any_of, wordlist

_LONGEST_HEADING = 130
_ASK_FOR_DEEDS = frozenset({"what", "how", "thing", "way"})
_BETWEEN_TOPICS = re.compile(r"[/&;,|]|\s(?:and|or|vs?\.?|versus)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues of one kind of record: their words -> topic."""

    families: tuple[str, ...]
    topics: dict[tuple[str, ...], Topic]

    @property
    def longest(self) -> int:
        return max(map(len, self.topics))

    def topic_of(self, heading: str) -> Topic | None:
        """The topic that the heading names, None where it names none."""
        if not heading or len(heading) > _LONGEST_HEADING:
            return None
        field = labels_of(self.families).named(heading)
        if field and field.topic:
            return self._rather(heading) or field.topic if field.topic is Topic.PROFILE else field.topic
        return self._cued(tuple(word.plain for word in label_words(heading)))

    def topics_of(self, heading: str) -> tuple[Topic, ...]:
        """The topics of a heading that names several things ("What helps / what makes it worse"), each once; () where
        it does not, or where one of them is not known."""
        parts = [part for part in _BETWEEN_TOPICS.split(heading) if part.strip()]
        topics = [self.topic_of(part.strip()) for part in parts]
        return tuple(dict.fromkeys(topic for topic in topics if topic)) if len(parts) > 1 and all(topics) else ()

    def _rather(self, heading: str) -> Topic | None:
        """What a heading of several parts asks for besides who somebody is ("What is not working / needs")."""
        parts = heading.split("/")
        fields = [labels_of(self.families).named(part.strip()) for part in parts if len(parts) > 1]
        return next((f.topic for f in fields if f and f.topic not in (None, Topic.PROFILE)), None)

    def _cued(self, words: tuple[str, ...]) -> Topic | None:
        found: list[Topic] = []
        for length in range(min(len(words), self.longest), 0, -1):
            for first in range(len(words) - length + 1):
                if topic := self.topics.get(words[first : first + length]):
                    found.append(topic)
            if found:
                return min(found, key=lambda topic: _turn(topic, words))
        return None


def _turn(topic: Topic, words: tuple[str, ...]) -> int:
    """How late a topic is taken among several that a heading names: "What my people can do" asks for deeds, not for
    whom to call."""
    if topic is Topic.OTHER:
        return 2
    return int(topic is Topic.CONTACTS and words[0] in _ASK_FOR_DEEDS)


@cache
def plan_cues() -> Cues:
    return Cues(PLAN_FAMILIES, _cues("plan"))


@cache
def crisis_cues() -> Cues:
    return Cues(CRISIS_FAMILIES, _cues("crisis"))


def _cues(kind: str) -> dict[tuple[str, ...], Topic]:
    return {
        tuple(word.plain for word in label_words(str(cue))): Topic(topic)
        for topic, cues in wordlist("topics.yaml")[kind].items()
        for cue in cues
    }


@lru_cache(maxsize=1024)
def crisis_topic_in(text: str) -> Topic | None:
    """The topic that the words of a stretch of a crisis plan are mostly about; None where nothing tells."""
    if len(phones_in(text)) >= 2:
        return Topic.CONTACTS
    counts = {topic: len(pattern.findall(text)) for topic, pattern in _hints().items()}
    best = max(counts, key=lambda topic: counts[topic])
    return best if counts[best] else None


@cache
def _hints() -> dict[Topic, re.Pattern[str]]:
    return {Topic(topic): any_of(hints) for topic, hints in wordlist("topics.yaml")["crisis_text"].items()}
