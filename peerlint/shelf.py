"""Where the data that people edit lies: beside the package when installed, beside the checkout in development."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def rulesets_folder() -> Path:
    """The folder of shipped rulesets; lexicons are in its ``lexicons`` folder."""
    return _first(_PACKAGE / "rulesets", _PACKAGE.parent / "rulesets")


def demo_folder() -> Path:
    """The built-in demo agency."""
    return _first(_PACKAGE / "demo", _PACKAGE.parent / "fixtures" / "demo")


def _first(installed: Path, checkout: Path) -> Path:
    return installed if installed.is_dir() else checkout
