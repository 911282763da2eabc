"""Train the second reader of activities on labelled sentences by several hands.

    python scripts/train_activities.py              prints what was learned
    python scripts/train_activities.py --write      and writes the weights that peerlint ships

Needs scikit-learn (``pip install peerlint[train]``); reading needs numpy alone. The third reader's weights are trained
too where ``peerlint[semantic]`` is installed. The same data and options give the same weights.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from peerlint.language import activity_meaning, weighing  # noqa: E402
from peerlint.language import activity_model as reader  # noqa: E402
from peerlint.language.activity_meaning import MeaningModel  # noqa: E402
from peerlint.language.activity_model import NONE  # noqa: E402
from peerlint.language.cues import categories  # noqa: E402
from peerlint.language.pipeline import NOBODY_NAMED, read_passages, sentences_of  # noqa: E402
from peerlint.language.readings import unexcused  # noqa: E402
from peerlint.language.semantic import Embedder  # noqa: E402
from peerlint.language.semantic import embedder as installed_embedder  # noqa: E402
from peerlint.language.weighing import LONG, SHORT, WITH_MEANING, log_odds  # noqa: E402

BANK = ROOT / "fixtures" / "sentences"
ROLES = ROOT / "fixtures" / "roles"
LINKS = ROOT / "fixtures" / "links"
OFF_PLAN = ("NO", "NN", "off-plan-intervention", "off-goal")  # kinds of narratives that may tell what is not covered
FOLDS = 11
"""Into how many groups the hands are dealt: each is read by a model that has seen none of its group."""
HANDS = (
    "author-a",
    "author-b",
    "author-c",
    "author-e",
    "author-f",
    "author-g",
    "author-h",
    "author-i",
    "author-j",
    "author-k",
    "author-l",
    "author-m",
    "author-n",
    "author-o",
    "author-p",
    "author-q",
    "author-r",
    "author-s",
    "author-t",
    "author-u",
    "author-v",
    "study",
)
STUDY_NAMES = {
    "transport": "transportation", "clinical": "clinical-service", "not_rendered": "not-rendered",
    "family": "service-to-others",
    "tutoring": "academic-teaching", "room_board": "room-and-board",
}  # fmt: skip
REGULARITY = 20.0
ORDINARY = 8.0  # how many times an activity's weight ordinary sentences weigh together
FEWEST = 2  # a feature must occur in as many rows
LARGEST = 80_000  # features kept
MEANING_REGULARITY = 10.0
READ = ("author-a", "author-b", "author-c", "author-e", "study")  # hands whose texts the writers of cues have read


@dataclass(frozen=True)
class Labelled:
    """A snippet of a note. ``span`` are the words that tell; ``hand`` is who wrote it."""

    text: str
    label: str
    span: str
    hand: str
    trap: str = ""


def load(hand: str) -> list[Labelled]:
    """The snippets of one hand, none where there is no such file."""
    path = BANK / f"{hand}.jsonl"
    if not path.exists():
        return []
    return [_labelled(json.loads(line), hand) for line in path.read_text(encoding="utf-8").splitlines()]


def _labelled(row: dict[str, object], hand: str) -> Labelled:
    labels = row.get("labels", [row.get("label")])
    assert isinstance(labels, list)
    label = str(labels[0]) if labels else NONE
    return Labelled(
        str(row["text"]), STUDY_NAMES.get(label, label), str(row.get("span") or ""), hand, str(row.get("trap") or "")
    )


def examples_of_cues() -> list[Labelled]:
    """The examples that the lexicon gives for its cues."""
    found = [Labelled(t, c.name, "", "lexicon") for c in categories() for g in c.groups for t in g.match]
    return found + [Labelled(t, NONE, "", "lexicon") for c in categories() for g in c.groups for t in g.innocent]


def ordinary_sentences() -> list[Labelled]:
    """Sentences of ordinary notes: what the bank, half of it violations, has too few of."""
    roles = [row["text"] for n in (1, 2) for row in read_rows(ROLES / f"roles-{n}.jsonl")]
    return [Labelled(text, NONE, "", "roles") for text in roles] + narrative_sentences("notes")


def narrative_sentences(name: str) -> list[Labelled]:
    """The sentences of the narratives of one hand that serve a goal of their plan."""
    texts = [row["narrative"] for row in read_rows(LINKS / f"{name}.jsonl") if row["kind"] not in OFF_PLAN]
    return [Labelled(s.text, NONE, "", name) for text in texts for s in sentences_of(text)]


def read_rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def words_of(text: str) -> list[str]:
    """The words of a snippet, its sentences run together with a full stop between them."""
    found: list[str] = []
    for sentence in sentences_of(text):
        found += [*([";"] if found else []), *sentence.words]
    return found


def train(snippets: Sequence[Labelled]) -> reader.ActivityModel:
    """A model of the snippets, each positive's telling words given as a row of their own too."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    rows = [(s.text, s.label) for s in snippets]
    rows += [(s.span, s.label) for s in snippets if s.span and s.label != NONE]
    found = [reader.tokens(words_of(text)) for text, _ in rows]
    bags = [_bag(f) for f in found]
    common = Counter(feature for bag in bags for feature in bag)
    kept = sorted(f for f, n in common.items() if n >= FEWEST)
    place = {feature: i for i, feature in enumerate(kept)}
    rarity = np.array([np.log((1 + len(bags)) / (1 + common[f])) + 1 for f in kept])
    matrix = hstack(
        [_matrix(found, place, rarity), csr_matrix(np.array([reader.mean_vector(f) for f in found]) * reader.VECTOR)]
    ).tocsr()
    labels = [label for _, label in rows]
    learned = LogisticRegression(C=REGULARITY, max_iter=300, class_weight=_class_weights(labels)).fit(matrix, labels)
    return _model(learned.classes_, learned.coef_, learned.intercept_, kept, rarity)


def _class_weights(labels: Sequence[str]) -> dict[str, float]:
    """Every activity weighs the same; ordinary sentences weigh more than an activity, for in notes they are many."""
    counts = Counter(labels)
    weights = {label: len(labels) / (len(counts) * n) for label, n in counts.items()}
    return weights | {NONE: weights[NONE] * ORDINARY}


def _bag(found: Sequence[str]) -> set[str]:
    """The features of a snippet; pieces are told from rows of words by a leading "~"."""
    return reader.rows_of_words(found) | {"~" + piece for word in set(found) for piece in reader.pieces(word)}


def _matrix(found: Sequence[Sequence[str]], place: dict[str, int], rarity: np.ndarray) -> object:
    """The bundles of rows of words and of pieces as ``ActivityModel`` adds them up, one line for each snippet."""
    from scipy.sparse import csr_matrix

    lines: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for line, words in enumerate(found):
        rows = [place[r] for r in reader.rows_of_words(words) if r in place]
        parts = [place["~" + p] for word in set(words) for p in reader.pieces(word) if "~" + p in place]
        for bundle, weight in ((rows, 1.0), (parts, reader.PIECES)):
            length = float(np.linalg.norm(rarity[bundle])) or 1.0
            lines += [line] * len(bundle)
            columns += bundle
            values += [weight * rarity[c] / length for c in bundle]
    return csr_matrix((values, (lines, columns)), shape=(len(found), len(place)))


def _model(
    classes: Iterable[str], weights: np.ndarray, bias: np.ndarray, kept: list[str], rarity: np.ndarray
) -> reader.ActivityModel:
    sparse, vector = weights[:, : len(kept)], weights[:, len(kept) :]
    strength = np.abs(sparse).max(axis=0) * rarity
    strongest = set(np.argsort(-strength, kind="stable")[:LARGEST].tolist())
    rows = [i for i in range(len(kept)) if i in strongest and not kept[i].startswith("~")]
    pieces = [i for i in range(len(kept)) if i in strongest and kept[i].startswith("~")]
    order = rows + pieces
    return reader.ActivityModel(
        classes=tuple(str(c) for c in classes),
        rows={kept[i]: n for n, i in enumerate(rows)},
        pieces={kept[i][1:]: n for n, i in enumerate(pieces, len(rows))},
        weights=sparse[:, order].T.astype(np.float32),
        rarity=rarity[order].astype(np.float32),
        vector=vector.T.astype(np.float32),
        bias=bias.astype(np.float32),
    )


def write(model: reader.ActivityModel, path: Path) -> None:
    """Store a model: weights in eight bits with one scale for each class, features as lines of text."""
    scale = np.abs(model.weights).max(axis=0) / 127
    features = "\n".join([*model.rows, *model.pieces])
    np.savez_compressed(
        path,
        features=np.frombuffer(features.encode(), np.uint8),
        row_count=len(model.rows),
        classes=np.frombuffer("\n".join(model.classes).encode(), np.uint8),
        weights=np.round(model.weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        rarity=model.rarity.astype(np.float16),
        vector=model.vector.astype(np.float16),
        bias=model.bias.astype(np.float32),
    )


def learn_meaning(snippets: Sequence[Labelled], embedder: Embedder) -> MeaningModel:
    """A linear model of the embeddings of the snippets and of each positive's telling words."""
    from sklearn.linear_model import LogisticRegression

    rows = [(s.text, s.label) for s in snippets] + [(s.span, s.label) for s in snippets if s.span and s.label != NONE]
    labels = [label for _, label in rows]
    learned = LogisticRegression(C=MEANING_REGULARITY, max_iter=150, class_weight=_class_weights(labels))
    learned.fit(embedder.rows([text for text, _ in rows]), labels)
    return MeaningModel(embedder, tuple(learned.classes_), learned.coef_.T, learned.intercept_)


def write_meaning(model: MeaningModel, path: Path) -> None:
    np.savez_compressed(
        path,
        classes=np.frombuffer("\n".join(model.classes).encode(), np.uint8),
        weights=model.weights.astype(np.float16),
        bias=model.bias.astype(np.float32),
    )


@dataclass(frozen=True)
class Facts:
    """What speaks for an activity in one sentence, and whether it is told there."""

    alone: float
    together: float
    cue: bool
    meaning: float
    short: bool
    told: bool


def facts(snippet: Labelled, model: reader.ActivityModel, meaning: MeaningModel | None) -> Iterator[Facts]:
    """What the readers say of each sentence, about every activity that they may come to report."""
    (passage,) = read_passages([(snippet.text, NOBODY_NAMED)], model)
    looks = meaning.look([sentence.text for sentence in passage.sentences]) if meaning else None
    for at, category, cue in unexcused(passage):
        chance = passage.chances[at][category]
        like = log_odds(looks[at][category]) if looks else 0.0
        short, told = passage.length == SHORT, category == snippet.label
        yield Facts(log_odds(chance.alone), log_odds(chance.together), cue, like, short, told)


def learn_weights(found: Sequence[Facts], words: str, *more: str) -> dict[str, float]:
    """How much each of the named facts weighs; the first are the words."""
    from sklearn.linear_model import LogisticRegression

    rows = [[getattr(f, name) for name in (words, *more)] for f in found]
    learned = LogisticRegression().fit(rows, [f.told for f in found])
    weighed = zip(("bias", "words", *more), (*learned.intercept_, *learned.coef_[0]), strict=True)
    return {name: round(float(weight), 3) for name, weight in weighed}


def weigh(embedder: Embedder | None) -> dict[str, dict[str, float]]:
    """The weights for short and long texts, without and with meaning, from hands that no writer of cues has read.

    Each hand is read by models that have not seen it; every other clean narrative stands for ordinary notes. How a long
    text is read is learned from single sentences, for what stands beside them there is something else."""
    clean = [Labelled(text, NONE, "", "") for text in clean_narratives()[::2]]
    found: list[Facts] = []
    for number, group in enumerate(groups()):
        snippets = everything(without=group)
        model, meaning = train(snippets), learn_meaning(snippets, embedder) if embedder else None
        unread = [snippet for hand in group if hand not in READ for snippet in load(hand)]
        found += [fact for snippet in [*unread, *clean[number::FOLDS]] for fact in facts(snippet, model, meaning)]
    looks = {SHORT: ([fact for fact in found if fact.short], "together"), LONG: (found, "alone")}
    learned = {length: learn_weights(some, words, "cue") for length, (some, words) in looks.items()}
    if embedder:
        for length, (some, words) in looks.items():
            learned[length + WITH_MEANING] = learn_weights(some, words, "cue", "meaning")
    return learned


def clean_narratives() -> list[str]:
    """Whole narratives by a hand that no model is trained on, each serving a goal with what its plan names."""
    return [row["narrative"] for row in read_rows(LINKS / "more-notes.jsonl") if row["kind"] not in OFF_PLAN]


def groups() -> list[tuple[str, ...]]:
    """The hands dealt into groups, those whose texts the writers of cues have read evenly among them."""
    dealt = [*READ, *(hand for hand in HANDS if hand not in READ)]
    return [tuple(dealt[number::FOLDS]) for number in range(FOLDS)]


def everything(without: Collection[str] = ()) -> list[Labelled]:
    """All that a model is trained on, except the texts of some hands."""
    told = [snippet for hand in HANDS if hand not in without for snippet in load(hand)]
    return [*told, *examples_of_cues(), *ordinary_sentences()]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--write", action="store_true", help="write the weights that peerlint ships")
    wanted = options.parse_args()
    snippets, embedder = everything(), installed_embedder()
    model = train(snippets)
    print(
        f"{len(snippets)} snippets, {len(model.rows)} rows of words, {len(model.pieces)} pieces, "
        f"{len(model.classes)} classes"
    )
    if wanted.write:
        write(model, reader.WEIGHTS)
        if embedder:
            write_meaning(learn_meaning(snippets, embedder), activity_meaning.WEIGHTS)
        known = json.loads(weighing.WEIGHTS.read_text(encoding="utf-8")) if weighing.WEIGHTS.exists() else {}
        weighing.WEIGHTS.write_text(json.dumps(known | weigh(embedder), indent=1) + "\n", encoding="utf-8")
        print(f"{reader.WEIGHTS.relative_to(ROOT)}: {reader.WEIGHTS.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
