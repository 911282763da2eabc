"""The lexicons that the language stage reads: lists of words that a QA person may edit, kept beside the rulesets."""

from __future__ import annotations

from functools import cache
from typing import Any

from peerlint.shelf import rulesets_folder


@cache
def lexicon(name: str) -> dict[str, Any]:
    """The lexicon ``rulesets/lexicons/<name>.yaml``, read once."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    path = rulesets_folder() / "lexicons" / f"{name}.yaml"
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    return found
