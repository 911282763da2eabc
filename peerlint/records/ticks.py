"""Tick boxes: which captions of a row of boxes are ticked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from peerlint.documents.model import TICKED, UNTICKED

_BOX = re.compile(f"[{TICKED}{UNTICKED}]")
_UNTICKED_CAPTION = re.compile(rf"{UNTICKED}(?:(?!\.\s)[^{TICKED}{UNTICKED}\n\t])*(?:\.(?=\s))?")
_MOST_WORDS_BEFORE_BOXES = 6


@dataclass(frozen=True, slots=True)
class Tick:
    """One box with its caption."""

    caption: str
    ticked: bool


def has_boxes(text: str) -> bool:
    return TICKED in text or UNTICKED in text


def ticks(text: str) -> list[Tick]:
    """The boxes of a text with their captions; captions stand behind their boxes, or all before them ("Home ☒ Office
    ☐")."""
    boxes = list(_BOX.finditer(text))
    if not boxes:
        return []
    lead, tail = text[: boxes[0].start()].strip(), text[boxes[-1].end() :].strip()
    if lead and not tail and not lead.endswith(":"):
        starts = [0, *(box.end() for box in boxes[:-1])]
        return [
            Tick(_caption(text[start : box.start()]), box[0] == TICKED)
            for start, box in zip(starts, boxes, strict=True)
        ]
    ends = [*(box.start() for box in boxes[1:]), len(text)]
    return [Tick(_caption(text[box.end() : end]), box[0] == TICKED) for box, end in zip(boxes, ends, strict=True)]


def _caption(text: str) -> str:
    return " ".join(re.split(r"\.\s+(?=[A-Z])", text)[0].split()).strip(" |,;.")


def ticked(text: str) -> list[str]:
    """The captions of the ticked boxes."""
    return [tick.caption for tick in ticks(text) if tick.ticked]


def chosen(text: str) -> str:
    """What a field says: the ticked captions where it has boxes, and words before them; else the text as it stands."""
    if not has_boxes(text):
        return text.strip()
    return ", ".join(caption for caption in ticked(text) if caption)


def without_unticked(text: str) -> str:
    """Text with the captions of unticked boxes left out: they were not said."""
    if UNTICKED not in text:
        return text
    return "\n".join(_ticked_line(line) for line in text.split("\n")).strip()


def _ticked_line(line: str) -> str:
    first = _BOX.search(line)
    if not first or len(line[: first.start()].split(":")[-1].split()) > _MOST_WORDS_BEFORE_BOXES:
        return line
    return re.sub(r"[ \t]{2,}", " ", _UNTICKED_CAPTION.sub(" ", line)).strip()
