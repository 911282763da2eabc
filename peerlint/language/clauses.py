"""Narrative prose as tokens, sentences and clauses: notes are full of shorthand that a tokenizer for books tears apart.

The tokenizer keeps "w/o", "d/t", "f/u" and "Mr. T." as one token each. Cues and the model read the plain form
of a word:
"w/" is "with", "&" is "and". Sentences end where note writers end them: at a full stop, at a line, or at the letter of
the next part ("P: ... I: ... E: ..."); what runs on without one is parted at "and I".
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from peerlint.language.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

WRITTEN = "written"
"""Where a document keeps its tokens as written, so that they need not be asked one by one."""
_HONORIFIC = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr)"
_TOKEN = re.compile(
    rf"""(\s+
    | {_HONORIFIC}\b\.?[ ][A-Z](?:[a-z'’-]+(?:[A-Z][a-z]+)?\b|\b\.?)   # Mr. T.   Ms. Ruiz
    | \b(?:w/o|w/|b/c|d/t|f/u|d/c|c/o|s/p|n/a|t/c|h/o|r/t)(?:'d|'ed)?
    | \b[ap]\.m\.
    | \d+(?:[.,:/-]\d+)*
    | [^\W\d_]+(?:['’-][^\W\d_]+)*['’]?(?<!['’])
    | \$
    | .)([ ]?)""",
    re.VERBOSE | re.IGNORECASE,
)
_ENDERS = frozenset(".!?")
_MAY_END = _ENDERS | {":"}
_AND = frozenset(("and", "&", "n"))
RUN_ON = 16
_PUNCTUATION = frozenset(',;:()–—-•·|[]…"“”')


@cache
def plain(word: str) -> str:
    """A word as cues and the model read it: lower case, straight apostrophe, shorthand spelled out."""
    word = word.lower().replace("’", "'")
    spelled: str = lexicon("clauses")["plain"].get(word, word)
    return spelled


@cache
def wordlist(name: str) -> frozenset[str]:
    """A list of the lexicon ``clauses``."""
    return frozenset(lexicon("clauses")[name])


class NoteTokenizer:
    """Splits the prose of notes into tokens and sentences without losing a character."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        from spacy.tokens import Doc

        pieces = _TOKEN.findall(text)
        words = [word for word, _ in pieces]
        spaces = [bool(space) for _, space in pieces]
        starts: list[bool | int | None] = [*sentence_starts(words)]
        return Doc(self.vocab, words=words, spaces=spaces, sent_starts=starts, user_data={WRITTEN: words})


def sentence_starts(words: list[str]) -> list[bool]:
    """For each token whether a sentence starts there. ``words`` are the tokens as written, white space among them."""
    starts = [False] * len(words)
    if words:
        starts[0] = True
    for i, word in enumerate(words):
        if i == 0 or (word not in _MAY_END and not word.isspace()):
            continue
        if word.isspace():
            if "\n" in word and _line_ends(words, i):
                _start_at(starts, words, i + 1)
        elif word == ":":
            starts[i - 1] = starts[i - 1] or _is_part_letter(words, i - 1)
        elif _ends_sentence(words, i):
            _start_at(starts, words, i + 1)
    _part_run_ons(starts, words)
    return starts


def _part_run_ons(starts: list[bool], words: list[str]) -> None:
    """Begin a sentence at "and I", "and she" where a sentence has run on for ``RUN_ON`` words or more."""
    length = 0
    for i, (word, following) in enumerate(pairwise(words)):
        length = 0 if starts[i] else length + 1
        if length >= RUN_ON and word in _AND and following.lower() in wordlist("subjects"):
            starts[i], length = True, 0


def _start_at(starts: list[bool], words: list[str], i: int) -> None:
    while i < len(words) and (words[i].isspace() or words[i] in "'\"”’)" or words[i] in _ENDERS):
        i += 1
    if i < len(words):
        starts[i] = True


def _line_ends(words: list[str], i: int) -> bool:
    if words[i].count("\n") > 1 or words[i - 1] in ".:;!?":
        return True
    return i + 1 < len(words) and not words[i + 1][:1].islower()


def _ends_sentence(words: list[str], i: int) -> bool:
    before = words[i - 1].lower()
    if words[i] == "." and (
        before in wordlist("abbreviations") or (len(before) == 1 and before.isalpha() and not _ends_text(words, i))
    ):
        return False
    return i + 1 >= len(words) or words[i + 1].isspace() or not words[i + 1][:1].isdigit()


def _ends_text(words: list[str], i: int) -> bool:
    return i + 1 >= len(words) or "\n" in words[i + 1]


def _is_part_letter(words: list[str], i: int) -> bool:
    return words[i] in wordlist("part-letters") and (i == 0 or words[i - 1].isspace() or words[i - 1] in ".!?;")


def is_break(word: str) -> bool:
    """Whether a token parts two clauses: punctuation, or a word that opens another clause."""
    return word in _PUNCTUATION or word in _ENDERS or word in wordlist("clause-words")


@cache
def is_punctuation(word: str) -> bool:
    return word in _PUNCTUATION or word in _ENDERS or word.isspace()
