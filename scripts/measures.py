"""Measures that the evaluations share."""

from __future__ import annotations

import numpy as np


def auc(scores: np.ndarray, wanted: np.ndarray) -> float:
    """How often a wanted case scores above another, 0 to 1."""
    ranks = np.empty(len(scores))
    ranks[np.argsort(scores, kind="stable")] = np.arange(1, len(scores) + 1)
    positive = int(wanted.sum())
    return float((ranks[wanted].sum() - positive * (positive + 1) / 2) / (positive * (len(scores) - positive)))


def ratios(right: int, said: int, true: int) -> dict[str, float]:
    """Precision, recall and F1 of ``said`` cases of which ``right`` are among ``true``."""
    return {
        "precision": right / said if said else 0.0,
        "recall": right / true if true else 0.0,
        "F1": 2 * right / (said + true) if said + true else 0.0,
    }
