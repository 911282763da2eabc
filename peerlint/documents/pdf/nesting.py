"""Drawings inside drawings, reckoned from the bytes of a PDF before an engine draws them.

A form XObject that draws itself, or thirty that each draw the next one twice, cost an engine minutes and gigabytes. A
form stands in plain bytes (a stream cannot lie inside another), so what it draws is found cheaply. What cannot be found
this way, as in an encrypted file, is left to the limits on time and memory.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from peerlint.documents.limits import MEBIBYTE, Limits
from peerlint.documents.model import Unreadable

_IS_FORM = re.compile(rb"/Subtype\s*/Form\b")
_HEAD = re.compile(rb"(?<![0-9])([0-9]{1,10})\s+[0-9]{1,5}\s+obj\b")
_STREAM = re.compile(rb"\bstream\r?\n")
_RESOURCES = re.compile(rb"/Resources\s+([0-9]{1,10})\s+[0-9]{1,5}\s+R\b")
_DRAWINGS = re.compile(rb"/XObject\s*(?:<<(.*?)>>|([0-9]{1,10})\s+[0-9]{1,5}\s+R\b)", re.DOTALL)
_NAMED = re.compile(rb"/([^\s/<>\[\]()]+)\s+([0-9]{1,10})\s+[0-9]{1,5}\s+R\b")
_DRAW = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
_LONGEST_DICTIONARY = 20_000  # bytes
_LONGEST_CONTENT = MEBIBYTE  # unpacked; a longer form is a page of its own and not one of a nest
_DEEPEST = 40
_REMEDY = "print it to PDF again"


def refuse_nested_drawings(content: bytes, limits: Limits) -> None:
    """Raises ``Unreadable`` for a form that draws itself, or that comes to more than ``limits.page_objects`` forms."""
    file = _File(content)
    totals: dict[int, int] = {}
    if any(_total(form, file.drawn, totals, ()) > limits.page_objects for form in file.drawn):
        raise Unreadable("the drawings in the PDF are nested too deep", _REMEDY)


def _total(form: int, drawn: dict[int, Counter[int]], totals: dict[int, int], above: tuple[int, ...]) -> int:
    """How many forms are drawn to draw one, itself counted."""
    if form in above:
        raise Unreadable("a drawing in the PDF draws itself", _REMEDY)
    if len(above) > _DEEPEST:
        return 1
    if form not in totals:
        inside = ((times, _total(one, drawn, totals, (*above, form))) for one, times in drawn[form].items())
        totals[form] = 1 + sum(times * total for times, total in inside)
    return totals[form]


@dataclass(frozen=True)
class _File:
    """The bytes of a PDF, searched for forms."""

    content: bytes

    @cached_property
    def drawn(self) -> dict[int, Counter[int]]:
        """How often each form draws which other form, or itself."""
        forms = dict(filter(None, map(self._form_around, _IS_FORM.finditer(self.content))))
        return {
            form: Counter({one: times for one, times in others.items() if one in forms})
            for form, others in forms.items()
        }

    def _form_around(self, mark: re.Match[bytes]) -> tuple[int, Counter[int]] | None:
        """The number of the form whose dictionary holds the mark, and how often it draws which objects."""
        heads = list(_HEAD.finditer(self.content, max(0, mark.start() - _LONGEST_DICTIONARY), mark.start()))
        stream = _STREAM.search(self.content, mark.end(), mark.end() + _LONGEST_DICTIONARY)
        if not heads or not stream:
            return None
        dictionary = self.content[heads[-1].end() : stream.start()]
        names = self._names(dictionary)
        if not names:
            return int(heads[-1][1]), Counter()
        used = _DRAW.findall(self._unpacked(stream.end(), b"/Filter" in dictionary))
        return int(heads[-1][1]), Counter(names[name] for name in used if name in names)

    def _names(self, dictionary: bytes) -> dict[bytes, int]:
        """The objects that a form may draw, by the names its resources give them."""
        if resources := _RESOURCES.search(dictionary):
            dictionary = self._object(int(resources[1]))
        drawings = _DRAWINGS.search(dictionary)
        if not drawings:
            return {}
        listed = drawings[1] if drawings[1] is not None else self._object(int(drawings[2]))
        return {name: int(number) for name, number in _NAMED.findall(listed)}

    def _object(self, number: int) -> bytes:
        start = self._starts.get(number)
        return self.content[start : self.content.find(b"endobj", start)][:_LONGEST_DICTIONARY] if start else b""

    @cached_property
    def _starts(self) -> dict[int, int]:
        return {int(head[1]): head.end() for head in _HEAD.finditer(self.content)}

    def _unpacked(self, start: int, packed: bool) -> bytes:
        """What a form draws; nothing where it is packed in another way than most."""
        raw = self.content[start : start + _LONGEST_CONTENT]
        if not packed:
            return raw[: max(raw.find(b"endstream"), 0)]
        try:
            return zlib.decompressobj().decompress(raw, _LONGEST_CONTENT)
        except zlib.error:
            return b""
