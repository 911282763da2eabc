"""Train the model that tells how a record reads: as a note, a plan, a crisis plan or another paper.

    python scripts/train_kinds.py              scores it, each agency by a model that has not seen it
    python scripts/train_kinds.py --write      and writes the weights that peerlint ships

The records are those of the evaluated agencies and of the demo, the layouts that the tests of the readers hold, and the
papers in ``fixtures/kinds``. Needs scikit-learn (``pip install peerlint[train]``); reading needs nothing but Python.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from peerlint.documents.limits import Limits  # noqa: E402
from peerlint.documents.read import read  # noqa: E402
from peerlint.documents.text import document_from_text  # noqa: E402
from peerlint.records.kind_model import KINDS, WEIGHTS, features  # noqa: E402
from peerlint.records.kinds import lines_of_record  # noqa: E402
from peerlint.records.model import Kind  # noqa: E402
from peerlint.records.split import split  # noqa: E402

AGENCIES = ROOT / "fixtures" / "evaluation"
DEMO = ROOT / "fixtures" / "demo"
PAPERS = ROOT / "fixtures" / "kinds"
ZOO = ROOT / "tests" / "records"
PAPERS_OF = {"others": Kind.OTHER, "notes": Kind.NOTE, "plans": Kind.PLAN, "crisis_plans": Kind.CRISIS_PLAN}
READ_ALIKE = {".docx", ".pdf"}
FEWEST_HANDS = 2  # a feature must have been used by as many hands
LARGEST = 12_000  # features kept
REGULARITY = 60.0
DEMO_HAND, FOLDS = "demo", 8


@dataclass(frozen=True)
class Paper:
    """One record. ``hand`` is who wrote it: an agency, or a layout of its own; ``hand`` also tells what is held out
    together."""

    lines: tuple[str, ...]
    kind: Kind
    hand: str


# -- the papers --------------------------------------------------------------------------------------------------------


def agency_papers(folder: Path) -> Iterator[Paper]:
    documents = yaml.safe_load((folder / "expected.yaml").read_text("utf-8"))["documents"]
    for document in documents:
        path = folder / document["path"]
        if path.suffix in READ_ALIKE:
            yield from _papers_in(path, _kind(document["kind"]), folder.name)


def _kind(told: str) -> Kind:
    return Kind({"notes": "note", "plan+crisis-plan": "plan"}.get(told, told))


def _papers_in(path: Path, kind: Kind, hand: str) -> Iterator[Paper]:
    for extent in split(read(path, Limits(), None), path.name):
        yield Paper(tuple(lines_of_record(extent.blocks)), kind, hand)


def demo_papers() -> Iterator[Paper]:
    for path in sorted(DEMO.rglob("*")):
        name = path.name.casefold()
        if path.suffix in READ_ALIKE and "scan" not in name:
            kind = next(
                (
                    kind
                    for word, kind in (("crisis", Kind.CRISIS_PLAN), ("plan", Kind.PLAN), ("pcp", Kind.PLAN))
                    if word in name
                ),
                Kind.OTHER if "flyer" in name or "assessment" in name else Kind.NOTE,
            )
            yield from _papers_in(path, kind, DEMO_HAND)


def layouts() -> Iterator[Paper]:
    """Each layout of the tests and each paper is a hand of its own."""
    for path in sorted(ZOO.glob("notes_of_many_*.yaml")):
        for case, note in yaml.safe_load(path.read_text("utf-8")).items():
            yield _from_text(note["text"], Kind.NOTE, case)
    for case, note in yaml.safe_load((ZOO / "note_forms.yaml").read_text("utf-8")).items():
        yield Paper(tuple(_lines_of_blocks(note["blocks"])), Kind.NOTE, case)
    for folder, kind in (("plans", Kind.PLAN), ("crisis_plans", Kind.CRISIS_PLAN)):
        for path in sorted((ZOO / folder).glob("*.yaml")):
            blocks = yaml.safe_load(path.read_text("utf-8"))["blocks"]
            yield Paper(tuple(_lines_of_blocks(blocks)), kind, path.stem)
    for name, kind in PAPERS_OF.items():
        for number, text in enumerate(yaml.safe_load((PAPERS / f"{name}.yaml").read_text("utf-8"))):
            yield _from_text(text, kind, f"{name} {number}")


def _from_text(text: str, kind: Kind, hand: str) -> Paper:
    return Paper(tuple(lines_of_record(document_from_text(text).blocks)), kind, hand)


def _lines_of_blocks(content: Any) -> Iterator[str]:
    """The texts of a record told as blocks (see ``tests/records/printed.py``)."""
    if isinstance(content, str):
        yield from content.split("\n")
    elif isinstance(content, list):
        for part in content:
            yield from _lines_of_blocks(part)
    elif isinstance(content, dict):
        for part in content.values():
            yield from _lines_of_blocks(part)
    elif content is not None:
        yield str(content)


# -- training ----------------------------------------------------------------------------------------------------------


def views(paper: Paper) -> Iterator[Paper]:
    """The paper as it is, without its title, and with the labels struck out: what is left on a form nobody knows."""
    yield paper
    if len(paper.lines) > 4:
        yield Paper(paper.lines[2:], paper.kind, paper.hand)
    told = [re.sub(r"^[^:\t]{2,60}[:\t]\s*", "", line) for line in paper.lines]
    yield Paper(tuple(line for line in told if len(line.split()) > 3) or paper.lines, paper.kind, paper.hand)


@dataclass(frozen=True)
class Model:
    weights: dict[str, np.ndarray]
    bias: np.ndarray

    def chances(self, lines: Sequence[str]) -> np.ndarray:
        found = [self.weights[f] for f in features(lines) if f in self.weights]
        margins = self.bias + (sum(found) / len(found) ** 0.5 if found else 0.0)
        odds = np.exp(margins - margins.max())
        return odds / odds.sum()


def train(papers: Sequence[Paper]) -> Model:
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    seen = [view for paper in papers for view in views(paper)]
    bags = [features(paper.lines) for paper in seen]
    hands: defaultdict[str, set[str]] = defaultdict(set)
    for paper, bag in zip(seen, bags, strict=True):
        for feature in bag:
            hands[feature].add(paper.hand)
    kept = {f: n for n, f in enumerate(sorted(f for f, by in hands.items() if len(by) >= FEWEST_HANDS))}
    columns = [[kept[f] for f in bag if f in kept] for bag in bags]
    lines = [line for line, found in enumerate(columns) for _ in found]
    values = [1 / len(found) ** 0.5 for found in columns for _ in found]
    matrix = csr_matrix((values, (lines, [c for found in columns for c in found])), shape=(len(seen), len(kept)))
    learned = LogisticRegression(C=REGULARITY, max_iter=2000).fit(
        matrix, [KINDS.index(paper.kind) for paper in seen], sample_weight=_worth(seen)
    )
    strength = np.abs(learned.coef_).max(axis=0)
    strongest = set(np.argsort(-strength, kind="stable")[:LARGEST].tolist())
    return Model({f: learned.coef_[:, n] for f, n in kept.items() if n in strongest}, learned.intercept_)


def _worth(papers: Sequence[Paper]) -> np.ndarray:
    """Every kind weighs the same, and many papers of one kind by one hand weigh less than as many by many."""
    together = Counter((paper.hand, paper.kind) for paper in papers)
    worth = np.array([together[paper.hand, paper.kind] ** -0.5 for paper in papers])
    for kind in KINDS:
        own = np.array([paper.kind is kind for paper in papers])
        worth[own] *= len(papers) / len(KINDS) / worth[own].sum()
    return worth


def write(model: Model, path: Path) -> None:
    """Store the weights as whole numbers with one scale, so that they are small; the same model gives the same file."""
    scale = max(float(np.abs(row).max()) for row in [*model.weights.values(), model.bias]) / 1000
    rows = {"": model.bias, **model.weights}
    stored = {"scale": scale, "weights": {f: [round(float(w) / scale) for w in row] for f, row in sorted(rows.items())}}
    path.write_bytes(gzip.compress(json.dumps(stored, separators=(",", ":")).encode(), mtime=0))


# -- scoring -----------------------------------------------------------------------------------------------------------


def score(papers: Sequence[Paper]) -> None:
    """Each agency by a model that has not seen it; the layouts in folds."""
    agencies = sorted({p.hand for p in papers if Counter(q.hand for q in papers)[p.hand] > 3})
    held = [[p for p in papers if p.hand == agency] for agency in agencies]
    others = [p for p in papers if p.hand not in agencies]
    held += [others[n::FOLDS] for n in range(FOLDS)]
    names = [*agencies, *(f"layouts {n + 1}" for n in range(FOLDS))]
    for name, unseen in zip(names, held, strict=True):
        hidden = {paper.hand for paper in unseen}
        report(name, train([p for p in papers if p.hand not in hidden]), unseen)


def report(name: str, model: Model, papers: Iterable[Paper]) -> None:
    """How often the model is right on the papers and on their views, and how sure it is where it is wrong."""
    right: Counter[int] = Counter()
    wrong: list[str] = []
    asked: Counter[int] = Counter()
    for paper in papers:
        for number, view in enumerate(views(paper)):
            chances = model.chances(view.lines)
            best = KINDS[int(chances.argmax())]
            asked[number] += 1
            right[number] += best is paper.kind
            if best is not paper.kind and not number:
                wrong.append(f"    {paper.hand}: {paper.kind} read as {best} ({chances.max():.2f})")
    told = ", ".join(f"{right[n]}/{asked[n]}" for n in sorted(asked))
    print(f"{name:12} whole, untitled, unlabelled: {told}", *wrong, sep="\n")


def everything() -> list[Paper]:
    agencies = [paper for folder in sorted(AGENCIES.iterdir()) for paper in agency_papers(folder)]
    return [*agencies, *demo_papers(), *layouts()]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--write", action="store_true", help="write the weights that peerlint ships")
    options.add_argument("--unseen", type=Path, nargs="*", default=[], help="score on these agencies, labelled alike")
    wanted = options.parse_args()
    papers = everything()
    print(len(papers), "records:", dict(Counter(paper.kind.value for paper in papers)))
    score(papers)
    model = train(papers)
    for folder in wanted.unseen:
        report(folder.name, model, agency_papers(folder))
    if wanted.write:
        path = ROOT / "peerlint" / "records" / WEIGHTS
        write(model, path)
        print(f"{len(model.weights)} features, {path.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
