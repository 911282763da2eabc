"""Score what peerlint finds and what it reads in prose, part by part, and compare with the scores committed last.

    python scripts/evaluate_language.py                     prints every part
    python scripts/evaluate_language.py activities          prints one part
    python scripts/evaluate_language.py --write             and writes the scores and the sections of docs/accuracy.md

A part is a module of this folder with two functions: ``scores()`` gives its figures as plain data,
``section(scores)`` its
text in docs/accuracy.md. Name it in ``PARTS``.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

PARTS = {
    "agencies": "evaluate_agencies",
    "activities": "evaluate_activities",
    "links": "evaluate_links",
    "substance": "evaluate_substance",
    "copies": "evaluate_copies",
}
SCORES = ROOT / "fixtures" / "scores"
ACCURACY = ROOT / "docs" / "accuracy.md"
NOTICEABLE = 0.005


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument(
        "parts", nargs="*", choices=[*PARTS, []], help="parts to score, all of them where none is named"
    )
    options.add_argument("--write", action="store_true", help="write the scores and the sections of docs/accuracy.md")
    wanted = options.parse_args()
    for name in wanted.parts or PARTS:
        part = import_module(PARTS[name])
        found = part.scores()
        print(part.section(found))
        print("\n".join(changes(committed(name), found)) or "No figure changed noticeably.")
        if wanted.write:
            save(name, found)
            write_section(name, part.section(found))


def committed(name: str) -> Mapping[str, Any]:
    path = SCORES / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def save(name: str, found: Mapping[str, Any]) -> None:
    SCORES.mkdir(exist_ok=True)
    (SCORES / f"{name}.json").write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Every figure that differs from the committed one, as "path: before -> now"."""
    old, new = dict(_leaves(before)), dict(_leaves(now))
    return [
        f"{path}: {old[path]} -> {new[path]}" for path in new if path in old and abs(new[path] - old[path]) > NOTICEABLE
    ]


def _leaves(found: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, float]]:
    for key, value in found.items():
        here = f"{path} / {key}" if path else key
        if isinstance(value, Mapping):
            yield from _leaves(value, here)
        elif isinstance(value, int | float):
            yield here, value


def write_section(name: str, text: str) -> None:
    """Replace the part's section of docs/accuracy.md, between its two marks."""
    begin, end = f"<!-- {name}: generated -->", f"<!-- {name}: end -->"
    page = ACCURACY.read_text(encoding="utf-8") if ACCURACY.exists() else "# How accurate peerlint is\n"
    block = f"{begin}\n{text}\n{end}"
    if begin in page:
        page = re.sub(re.escape(begin) + r".*?" + re.escape(end), lambda _: block, page, flags=re.DOTALL)
    else:
        page = f"{page.rstrip()}\n\n## {name.capitalize()}\n\n{block}\n"
    ACCURACY.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
