"""Feeds the reader damaged copies of the fixture files for some minutes.

    python scripts/fuzz_reading.py [MINUTES] [SEED]

Bytes of the files, and words of the XML inside Word files, are changed, cut, doubled and swapped. Every copy must come
back as a document or as an ``Unreadable`` with a reason of its own; a reason that only names an exception is a hole in
the reader and ends the run with exit code 1, after the copy was saved beside the script's report. Children that die or
run late are counted: the pool is there for them.
"""

from __future__ import annotations

import io
import random
import re
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from peerlint.documents.limits import Limits  # noqa: E402
from peerlint.documents.model import Unreadable  # noqa: E402
from peerlint.documents.read import read  # noqa: E402
from peerlint.documents.worker import Workers  # noqa: E402

LIMITS = replace(Limits(), seconds=5.0)
HOLE = "could not be read"
SPICES = (
    b"\0",
    b"\xff\xff",
    b"9" * 20,
    b"-1",
    b"<",
    b"/>",
    b"endobj",
    b"<<",
    b"1 0 R",
    b"&amp;",
    b"%PDF-",
    b"PK\x03\x04",
)


def damaged(content: bytes, chance: random.Random) -> bytes:
    """A copy with one to eight wounds."""
    wounded = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at, length = chance.randrange(len(wounded) or 1), chance.choice((1, 2, 8, 64, 512))
        kind = chance.randrange(5)
        if kind == 0:
            wounded[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            del wounded[at : at + length]
        elif kind == 2:
            wounded[at:at] = chance.choice(SPICES)
        elif kind == 3:
            wounded[at:at] = wounded[at : at + length]
        else:
            there = chance.randrange(len(wounded) or 1)
            wounded[at : at + length], wounded[there : there + length] = (
                wounded[there : there + length],
                wounded[at : at + length],
            )
    return bytes(wounded)


def damaged_inside(content: bytes, chance: random.Random) -> bytes:
    """A copy of a Word file with wounds in the XML of one part, packed soundly again."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        parts = [i for i in source.infolist() if i.filename.endswith((".xml", ".rels"))]
        chosen = chance.choice(parts).filename
        for info in source.infolist():
            text = source.read(info)
            if info.filename == chosen:
                text = _tags_shuffled(text, chance) if chance.random() < 0.7 else damaged(text, chance)
            target.writestr(info.filename, text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _tags_shuffled(text: bytes, chance: random.Random) -> bytes:
    """Well-formed XML with elements doubled, emptied or renamed, and values changed."""
    kind = chance.randrange(3)
    elements = list(re.finditer(rb"<(w:\w+)[^<>]*?(/>|>[^<>]*</\1>)", text))
    if not elements:
        return damaged(text, chance)
    one = chance.choice(elements)
    if kind == 0:
        return text[: one.end()] + one[0] * chance.choice((1, 2, 50)) + text[one.end() :]
    if kind == 1:
        return text[: one.start()] + text[one.end() :]
    value = chance.choice((b"-1", b"", b"99999999999999999999", b"x", "☒".encode()))
    return text[: one.start()] + re.sub(rb'w:val="[^"]*"', b'w:val="' + value + b'"', one[0]) + text[one.end() :]


def copies(folder: Path, until: float, chance: random.Random) -> Iterator[Path]:
    originals = [
        (p, p.read_bytes())
        for p in sorted((ROOT / "fixtures" / "documents").iterdir())
        if p.suffix not in (".doc", ".rtf")
    ]
    number = 0
    while time.monotonic() < until:
        original, content = chance.choice(originals)
        inside = original.suffix.startswith(".do") and chance.random() < 0.7
        copy = folder / f"{number}-{original.name}"
        copy.write_bytes((damaged_inside if inside else damaged)(content, chance))
        number += 1
        yield copy


def main() -> int:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time())
    kinds: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        paths = copies(Path(name), time.monotonic() + 60 * minutes, random.Random(seed))
        for path, result in Workers(partial(read, limits=LIMITS), 2, LIMITS).run(paths):
            reason = result.reason if isinstance(result, Unreadable) else "read"
            kinds[re.sub(r"\d+", "#", reason)] += 1
            if HOLE in reason:
                kept = Path(tempfile.gettempdir()) / f"peerlint-fuzz-{path.name}"
                kept.write_bytes(path.read_bytes())
                print(f"{reason}: {kept} (seed {seed})")
            path.unlink()
    for kind, count in kinds.most_common():
        print(f"{count:7}  {kind}")
    return int(any(HOLE in kind for kind in kinds))


if __name__ == "__main__":
    sys.exit(main())
