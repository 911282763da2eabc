"""Optical character recognition, where one of two engines is installed: RapidOCR (``peerlint[ocr]``) or Tesseract.

Both work offline. No engine is fit to judge handwriting or to see whether a box is ticked: a page below ``floor`` stays
unread, and everything read this way is marked ``Source.OCR``.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

FLOOR = 0.6
_TESSERACT_SECONDS = 120


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word or line found on a picture. The box is in pixels from the top left, ``confidence`` from 0 to 1."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float


class Ocr(Protocol):
    """An engine. ``floor`` is the mean confidence below which a page counts as unread."""

    @property
    def floor(self) -> float: ...

    def words(self, image: Any) -> list[OcrWord]:
        """What stands on a picture, an array of rows of blue, green and red."""
        ...


def installed_ocr(floor: float = FLOOR) -> Ocr | None:
    """The engine that is installed, RapidOCR before Tesseract; None without either."""
    if importlib.util.find_spec("rapidocr") and importlib.util.find_spec("onnxruntime"):
        return RapidOcr(floor)
    return Tesseract(floor) if shutil.which("tesseract") else None


class RapidOcr:
    """RapidOCR with the models inside its wheel. The engine is loaded with the first page."""

    def __init__(self, floor: float = FLOOR) -> None:
        self.floor = floor
        self._engine: Any = None

    def words(self, image: Any) -> list[OcrWord]:
        if self._engine is None:
            self._engine = _quiet_engine()
        result = self._engine(image)
        boxes = () if result.boxes is None else result.boxes
        return [
            _boxed(text, box, score)
            for box, text, score in zip(boxes, result.txts or (), result.scores or (), strict=False)
        ]


class Tesseract:
    """The ``tesseract`` program."""

    def __init__(self, floor: float = FLOOR) -> None:
        self.floor = floor

    def words(self, image: Any) -> list[OcrWord]:
        from PIL import Image

        with tempfile.TemporaryDirectory(prefix="peerlint-") as folder:
            page = Path(folder, "page.png")
            Image.fromarray(image[:, :, ::-1]).save(page)
            command = ["tesseract", str(page), "stdout", "--dpi", "200", "tsv"]
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, capture_output=True, check=True, timeout=_TESSERACT_SECONDS
            )
        return list(_tabled(done.stdout.decode("utf-8", "replace").splitlines()[1:]))


def _quiet_engine() -> Any:
    import logging

    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(params={"Global.log_level": "error"})


def _boxed(text: str, corners: Any, score: float) -> OcrWord:
    across, down = [float(c[0]) for c in corners], [float(c[1]) for c in corners]
    return OcrWord(text, min(across), min(down), max(across), max(down), float(score))


def _tabled(rows: Iterable[str]) -> Iterable[OcrWord]:
    """The words in the rows of Tesseract's table; a row without a word has the confidence -1."""
    for row in rows:
        cells = row.split("\t")
        if len(cells) == 12 and float(cells[10]) >= 0 and cells[11].strip():
            left, top, width, height = (float(c) for c in cells[6:10])
            yield OcrWord(cells[11], left, top, left + width, top + height, float(cells[10]) / 100)
