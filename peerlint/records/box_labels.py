"""Labels before tick boxes that print no colon: "Where ☐ home ☐ office     Modifier ☐ GT ☐ KX"."""

from __future__ import annotations

import re

from peerlint.documents.model import TICKED, UNTICKED
from peerlint.records.labels import Labels
from peerlint.records.nearest import nearest
from peerlint.records.ticks import has_boxes

_LED = re.compile(
    rf"(?:^|(?<=\t)|(?<=\s{{3}}))(?P<label>[A-Z](?:(?!\s{{3}})[^:.!?;\t{TICKED}{UNTICKED}]){{1,60}}?)(?=\s*[{TICKED}{UNTICKED}])"
)
_ENDS_IN_BOX = re.compile(rf"[{TICKED}{UNTICKED}]\s*$")
_ASKED_BY_BOXES = frozenset({"ticks", "text", "modifier", "goals", "code"})


def with_colons_before_boxes(text: str, labels: Labels) -> str:
    """The line with a colon behind each label that stands right before a box. Captions may stand before their boxes,
    too: such a row ends with a box."""
    if not has_boxes(text) or _ENDS_IN_BOX.search(text):
        return text
    return _LED.sub(lambda match: f"{match['label']}:" if _is_asked(match["label"], labels) else match["label"], text)


def _is_asked(label: str, labels: Labels) -> bool:
    field = labels.named(label) or nearest(labels, label)
    return field is not None and field.shape in _ASKED_BY_BOXES
