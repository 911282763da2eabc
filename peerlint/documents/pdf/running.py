"""Headers and footers: what stands at the top or bottom of page after page and belongs to no record."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from peerlint.documents.pdf.ink import Sheet
from peerlint.documents.pdf.layout import FilledGrid, Item
from peerlint.documents.pdf.lines import Passage

_TOP, _BOTTOM = 0.16, 0.88  # of the page's height: running lines stand above or below
_MARGIN = 0.075  # of the page's height: what stands higher is a header even where every page is a form of its own
_FOOT = 0.92
_SAME_PLACE = 8.0  # points
_MOST = 0.6  # of the pages
_SHARED_LABELS = 3
_PAGE_NUMBER = re.compile(r"\bpage\s*\d+|^\d{1,4}(\s*(of|/)\s*\d{1,4})?$", re.I)
_LONE_NUMBER = re.compile(r"(?<![\d/:.\-])\d{1,4}(?![\d/:\-]|\.\d)")


@dataclass
class Running:
    """The items of each page without running lines, and the headers and footers, each once, with their first page."""

    pages: list[list[Item]]
    headers: list[tuple[Item, int]]
    footers: list[tuple[Item, int]]


def set_running_apart(sheets: Sequence[Sheet], pages: Sequence[list[Item]]) -> Running:
    """Tells the running headers and footers from the body."""
    headers = _repeated(sheets, pages, head=True)
    footers = _repeated(sheets, pages, head=False)
    for sheet, items in zip(sheets, pages, strict=True):
        footers += [(item, sheet.number) for item in _lone_footer(sheet, items)]
    aside = {id(item) for item, _ in [*headers, *footers]}
    return Running([[i for i in items if id(i) not in aside] for items in pages], _once(headers), _once(footers))


def item_text(item: Item) -> str:
    """What an item says, its cells a line each."""
    if isinstance(item, Passage):
        return item.text
    return "\n".join(item_text(i) for cell in item.cells for i in cell.items)


def item_base(item: Item) -> float:
    """The last baseline of an item, or the bottom of a table."""
    return item.grid.box.bottom if isinstance(item, FilledGrid) else item.lines[-1].base


def _repeated(sheets: Sequence[Sheet], pages: Sequence[list[Item]], head: bool) -> list[tuple[Item, int]]:
    """The items that stand in the same place near the top, or the bottom, of several pages with the same words."""
    alike: dict[str, list[tuple[Item, int]]] = defaultdict(list)
    each_its_own = _is_form_per_page(pages)
    for sheet, items in zip(sheets, pages, strict=True):
        for item in items[:5] if head else items[-5:]:
            share = (item_base(item) if head else item.top) / sheet.height
            if (share < (_MARGIN if each_its_own else _TOP)) if head else share > (_FOOT if each_its_own else _BOTTOM):
                alike[_LONE_NUMBER.sub("#", item_text(item))].append((item, sheet.number))
    found: list[tuple[Item, int]] = []
    for places in alike.values():
        numbers = {number for _, number in places}
        level = max(item.top for item, _ in places) - min(item.top for item, _ in places) < _SAME_PLACE
        neighbours = any(number + 1 in numbers for number in numbers)
        if level and len(numbers) > 1 and (neighbours or len(numbers) >= _MOST * len(sheets)):
            found += places
    return found


def _is_form_per_page(pages: Sequence[list[Item]]) -> bool:
    """Whether neighbouring pages carry the same labels: then each is a form, and its title no running header."""
    labels = [{_label(line) for item in items for line in item_text(item).split("\n")} - {""} for items in pages]
    pairs = list(pairwise(labels))
    return bool(pairs) and 2 * sum(len(a & b) >= _SHARED_LABELS for a, b in pairs) >= len(pairs)


def _label(line: str) -> str:
    """The label a line starts with, "" for a line without."""
    head, colon, _ = line.partition(":")
    return head.strip().lower() if colon and 1 < len(head) <= 40 else ""


def _lone_footer(sheet: Sheet, items: list[Item]) -> list[Item]:
    """The last line of a page where it holds a page number and stands well below the rest."""
    if not items or not isinstance(items[-1], Passage):
        return []
    last = items[-1]
    above = max((item_base(i) for i in items[:-1]), default=0.0)
    apart = last.top - above > 2 * last.lines[0].size
    return (
        [last]
        if last.top > _FOOT * sheet.height - last.lines[0].size and apart and _PAGE_NUMBER.search(last.text)
        else []
    )


def _once(found: list[tuple[Item, int]]) -> list[tuple[Item, int]]:
    told: set[str] = set()
    kept = []
    for item, number in sorted(found, key=lambda f: f[1]):
        said = _LONE_NUMBER.sub("#", item_text(item))
        if said not in told:
            kept.append((item, number))
        told.add(said)
    return kept
