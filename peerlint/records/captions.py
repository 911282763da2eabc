"""Captions that stand on a line of their own, above or below the line that holds their values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from peerlint.documents.model import PICTURE, TICKED, UNTICKED
from peerlint.records.contact import contact_types, is_place
from peerlint.records.credentials import find_credentials, first_credential, is_job_title
from peerlint.records.dates import dates_in, without_dates
from peerlint.records.labels import Labels
from peerlint.records.names import read_name
from peerlint.records.nearest import nearest
from peerlint.records.pieces import Piece, chunks, cut
from peerlint.records.shapes import STRICT, blank, fits
from peerlint.records.words import word_list

SIGNING_LINE = re.compile(
    rf"[\s{TICKED}✓✔☑✎*]*(?:/s/|(?:electronically|digitally)\s+(?:signed|approved|authenticated|completed)|e-?signed"
    r"|docusigned|adobe\s+sign|signed\s+(?:electronically|digitally|(?:in|via|through|using)\s)|firmado"
    r"|signed\s+on\s+(?:the\s+)?(?:device|tablet|phone|screen)\b"
    r"|(?:(?:authored|completed|documented|entered|prepared|recorded|submitted|written)(?:\s+and\s+(?:submitted|signed))?"
    r"|signed)\s+by\s+(?-i:[A-Z]))",
    re.IGNORECASE,
)
"""How a line begins that says by itself that somebody signed."""

_RULE = re.compile(r"[\s_]*_{4,}[\s_]*")
_MAY_BE_CAPTION = re.compile(r"[A-Z][A-Za-z/&'’#. ]{1,28}")
_BOXES = (TICKED, UNTICKED)
_SHAPES_OF_A_FEW_WORDS = frozenset({"text", "name", "ticks"})
_CAPTION_SHAPES = frozenset({"signature", "name", "text", "date", "time"})
_TOLD_BY_SHAPE = frozenset({"id", "date", "time", "times"})
_MOST_WORDS_OF_A_CAPTION = 6
_MOST_CAPTIONS = 8
_MOST_WORDS_ABOVE = 8
_LONGEST_SIGNING_LINE = 80
_LONGEST_STATEMENT = 160
_MOST_OTHER_WORDS = 1
_MOST_WORDS_OF_A_NAME = 4
_SIGNING_WORD = re.compile(
    r"\b(?:e-?)?sign(?:ed|ature|er)\b|\bdocusign|\b(?:finali[sz]ed|authenticated|attested|locked|sealed)\b",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"((?:[A-Z][\w.'’-]*\s+)*[A-Z][\w'’-]*)[\s,(–—-]*$")

Columns = tuple[tuple[Piece, ...], list[str]]
"""Captions, and the values that belong to them in order; there may be fewer values."""


def captions_above(upper: str, lower: str, labels: Labels) -> Columns | None:
    """The captions of the upper line with the values of the lower one; None where the lines are no such pair."""
    captions = _captions(upper, labels)
    values = _values(lower, len(captions))
    if not captions and (near := _near_caption(upper, lower, labels)):
        return (near,), [lower]
    if len(captions) > 1 and len(captions) == len(values) and _stand_below(values, captions, labels):
        return captions, values
    return _columns(_parts(upper), _with_boxes_joined(values), labels)


def _columns(heads: Sequence[str], values: list[str], labels: Labels) -> Columns | None:
    """Captions with a colon behind them, or of which a few are not known, over as many values, where those that can be
    told by their shape fit."""
    captions = tuple(_caption(head, labels) for head in heads)
    known = [caption for caption in captions if caption and caption.field]
    if not len(heads) == len(values) > 1 or None in captions or len(known) < max(2, len(heads) - len(known)):
        return None
    pairs = [(caption, value) for caption, value in zip(captions, values, strict=True) if caption]
    told = [_is_fitting(caption, value) for caption, value in pairs if caption.shape in STRICT and not blank(value)]
    if not any(told) or not all(told) or not _are_values(values, labels):
        return None
    return tuple(caption for caption, _ in pairs), values


def _is_fitting(caption: Piece, value: str) -> bool:
    """Whether a value has the shape that a caption asks for. A type of contact needs no boxes, and a name may stand
    where somebody is to sign."""
    contact = caption.field is not None and caption.field.key == "contact_type" and bool(contact_types(value))
    return contact or fits(caption.shape, value) or (caption.shape == "signature" and fits("name", value))


def _caption(text: str, labels: Labels) -> Piece | None:
    """A short text as a caption, known or not; None for what can be none."""
    bare = text.rstrip(" :*")
    pieces = cut(bare, labels)
    if len(pieces) == 1 and pieces[0].alone and pieces[0].field:
        return pieces[0]
    return Piece(bare, None, "") if _MAY_BE_CAPTION.fullmatch(bare) else None


def _with_boxes_joined(values: Sequence[str]) -> list[str]:
    """The values with the boxes of one choice together."""
    joined: list[str] = []
    for value in values:
        if joined and value[:1] in _BOXES and joined[-1][:1] in _BOXES:
            joined[-1] += f"\t{value}"
        else:
            joined.append(value)
    return joined


def captions_below(upper: str, lower: str, labels: Labels) -> Columns | None:
    """The captions of the lower line with the values of the upper one; None where the lines are no such pair."""
    captions = _captions(lower, labels)
    values = _values(upper, len(captions))
    if len(captions) > 1 and _fit_captions(values, captions, labels):
        return captions, values
    if aligned := _aligned(values, captions, labels):
        return captions, aligned
    if not captions or not any(piece.shape in ("signature", "name") for piece in captions):
        return None
    if is_job_title(lower) and SIGNING_LINE.match(upper):
        return None
    if not all(piece.shape in _CAPTION_SHAPES for piece in captions):
        return None
    if not _is_signed(upper, captions) and (len(values) != len(captions) or len(values) < 2):
        return None
    return None if any(piece.label for piece in cut(upper, labels)) else (captions, values)


def caption_below(upper: str, lower: str, labels: Labels) -> Columns | None:
    """A single caption of the lower line with the value of the upper one, in a form whose captions stand below."""
    captions, values = _captions(lower, labels), _parts(upper)
    if not len(captions) == len(values) == 1 or captions[0].shape == "prose" or not _are_values(values, labels):
        return None
    return (captions, values) if len(values[0].split()) <= _MOST_WORDS_ABOVE else None


def _captions(line: str, labels: Labels) -> tuple[Piece, ...]:
    """The labels of a line that holds labels alone."""
    pieces = cut("\t".join(_parts(line)), labels)
    return pieces if pieces and all(piece.alone and piece.field and ":" not in line for piece in pieces) else ()


def _near_caption(upper: str, lower: str, labels: Labels) -> Piece | None:
    """A line of a few words that are near to a label, above a line that is nothing but what that label asks for."""
    plain = upper[:1].isupper() and upper.rstrip()[-1:].isalpha() and len(upper.split()) <= _MOST_WORDS_OF_A_CAPTION
    if not plain or len(lower.split()) > _MOST_WORDS_OF_A_CAPTION or any(piece.label for piece in cut(upper, labels)):
        return None
    field = nearest(labels, upper, lower)
    told = field and field.shape in _TOLD_BY_SHAPE and fits(field.shape, lower)
    return Piece(upper.strip(), field, "") if told else None


def _parts(line: str) -> list[str]:
    """The parts of a line between its gaps, or between the semicolons of an export."""
    return [part.strip() for part in line.split(";")] if line.count(";") > 1 and "\t" not in line else chunks(line)


def _values(line: str, count: int) -> list[str]:
    """The parts of a line; those between tabs alone where only they are as many as counted ("60 min · 4 units" is one
    value)."""
    columns = [part.strip() for part in line.split("\t")]
    parts = _parts(line)
    return columns if len(columns) == count != len(parts) else parts


def _is_signed(line: str, captions: Sequence[Piece]) -> bool:
    """Whether somebody signed on the line above a caption, or could have."""
    if _RULE.search(line) or PICTURE in line or SIGNING_LINE.match(line):
        return True
    return len(captions) == 1 and captions[0].shape == "name" and is_name_with_credentials(line)


def _stand_below(values: Sequence[str], captions: Sequence[Piece], labels: Labels) -> bool:
    """Whether the parts of a line are what the captions above ask for. A place may hold a colon ("Community: senior
    center"), and a goal may read like a label."""
    if _are_values(values, labels):
        return True
    apart = [value for value, caption in zip(values, captions, strict=True) if not _may_read_as_label(value, caption)]
    return bool(apart) and _are_values(apart, labels)


def _are_values(texts: Sequence[str], labels: Labels) -> bool:
    """Whether the parts of a line are values: none holds a labelled value, and some hold no label at all."""
    pieces = [piece for text in texts for piece in cut(text, labels)]
    told = any(":" in text and cut(text, labels)[0].label and cut(text, labels)[0].text for text in texts)
    return not told and not all(piece.alone for piece in pieces)


def _fit_captions(values: list[str], captions: Sequence[Piece], labels: Labels) -> bool:
    """Whether the parts of a line are what the captions below ask for, so far as a value can be told by its shape."""
    told = [(value, piece.shape) for value, piece in zip(values, captions, strict=False) if piece.shape in STRICT]
    strict = sum(shape not in ("name", "ticks", "signature") for _, shape in told)
    loose = frozenset({"ticks", "signature", "goals"})
    fitting = all(fits(shape, value) or shape in loose for value, shape in told)
    return len(values) == len(captions) and strict > 0 and fitting and _are_values(values, labels)


def _aligned(values: list[str], captions: Sequence[Piece], labels: Labels) -> list[str]:
    """Fewer values than captions, each put over the one that asks for it and "" over the others; [] where they could
    stand otherwise, too."""
    if not 0 < len(values) < len(captions) <= _MOST_CAPTIONS or not _are_values(values, labels):
        return []
    ways = [
        dict(zip(chosen, values, strict=True))
        for chosen in combinations(range(len(captions)), len(values))
        if all(_told_by(captions[number], value) for number, value in zip(chosen, values, strict=True))
    ]
    return [ways[0].get(number, "") for number in range(len(captions))] if len(ways) == 1 else []


def _told_by(caption: Piece, value: str) -> bool:
    """Whether a value is by its looks what a caption asks for."""
    if caption.field and caption.field.key == "printed_name":
        return is_name_with_credentials(value) or fits("name", value)
    if caption.field and caption.field.key == "place_of_service":
        return is_place(value)
    return caption.shape in STRICT and caption.shape not in ("name", "ticks") and fits(caption.shape, value)


def _may_read_as_label(value: str, caption: Piece) -> bool:
    """Whether a part of a line is a place or a kind of contact with a detail behind its colon, or a goal, below a
    caption that asks for it."""
    if caption.shape == "goals":
        return fits("goals", value)
    kind = value.partition(":")[0]
    return ":" in value and caption.shape in _SHAPES_OF_A_FEW_WORDS and (is_place(kind) or bool(contact_types(kind)))


def says_who_signed(text: str) -> bool:
    """ "Rosa Olin, CPSS signed this note electronically on 3/4/2025": a short line that holds a name with credentials
    and a word for signing, and nothing else; "Signed on:" with no date behind it asks for a signature."""
    start = first_credential(text)
    if (
        start is None
        or text.rstrip().endswith(":")
        or len(text) > _LONGEST_STATEMENT
        or not _SIGNING_WORD.search(text)
        or not name_before(text, start)
    ):
        return False
    rest = without_dates(text.replace(name_before(text, start), " "))
    for credential in find_credentials(rest).split(", "):
        rest = rest.replace(credential, " ")
    words = re.findall(r"[^\W\d_]+", rest.casefold())
    return sum(word not in word_list("signing_words") for word in words) <= _MOST_OTHER_WORDS


def name_before(text: str, end: int) -> str:
    """The name that stands right before a place in the text; "" where there is none."""
    match = _CAPITALISED.search(text[:end])
    words = match[1].split() if match else []
    for first in range(max(0, len(words) - _MOST_WORDS_OF_A_NAME), len(words) - 1):
        said = words[first:]
        name = read_name(" ".join(said))
        if name and name.last and not any(word.casefold() in word_list("signing_words") for word in said):
            return " ".join(said)
    return ""


def is_name_with_credentials(text: str) -> bool:
    """ "Rosa Diaz, CPSS" with nothing else than a date behind it: somebody's name where a signature belongs."""
    if len(text) > _LONGEST_SIGNING_LINE:
        return False
    start = first_credential(text)
    if not start or len(text[:start].split()) > 5:
        return False
    name = read_name(text[:start])
    rest = text[start:]
    for credential in find_credentials(rest).split(", "):
        rest = rest.replace(credential, " ")
    for found in dates_in(rest):
        rest = rest.replace(found.text, " ")
    return name is not None and bool(name.last) and len(rest.split()) <= 3
