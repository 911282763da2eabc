"""The configuration file: ``peerlint.toml``, ``.peerlint.toml`` or ``[tool.peerlint]`` in ``pyproject.toml``.

The nearest one above the checked folder wins as a whole. An unknown key is an error with a suggestion.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

SEVERITIES = ("error", "warning", "info", "never")
NAMES = ("peerlint.toml", ".peerlint.toml", "pyproject.toml")


_KINDS = {str: "a text", bool: "true or false", int: "a number", float: "a number"}


class ConfigError(Exception):
    """A configuration that cannot be used; the message is one line with the file, the key and the mend."""


@dataclass(frozen=True, slots=True)
class Config:
    """Settings of one agency. ``ruleset`` may name several; ``threshold`` is the percentage of requirements met below
    which a report marks one; ``semantic`` asks the model of ``peerlint[semantic]``
    for a second opinion on links; ``fingerprint_key`` is a secret that keeps the fingerprints of findings from being
    guessed; paths are relative to the file."""

    ruleset: tuple[str, ...] = ()
    payer: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = "error"
    jobs: int = 0
    waivers: str = ""
    baseline: str = ""
    letterhead: str = ""
    fingerprint_key: str = ""
    threshold: float = 85.0
    semantic: bool = False
    max_megabytes: int = 0
    max_pages: int = 0
    max_seconds: int = 0
    folder: Path = Path()

    def path(self, name: str) -> Path | None:
        """A path setting made absolute, None where it is not set."""
        return self.folder / name if name else None


def find_config(start: Path) -> Config:
    """The configuration nearest above ``start``, or the defaults."""
    folder = start if start.is_dir() else start.parent
    for above in (folder.resolve(), *folder.resolve().parents):
        for name in NAMES:
            if (above / name).is_file() and (config := _settings(above / name)) is not None:
                return config
    return Config()


def read_config(path: Path) -> Config:
    """The configuration in ``path``. Raises ``ConfigError``."""
    return _settings(path) or Config(folder=path.parent)


def _settings(path: Path) -> Config | None:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be opened ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: is not valid TOML ({error})") from None
    if path.name == "pyproject.toml":
        tools = data.get("tool")
        ours = tools.get("peerlint") if isinstance(tools, dict) else None
        if ours is None:
            return None
        if not isinstance(ours, dict):
            raise ConfigError(f"{path}: tool.peerlint: must be a table")
        data = ours
    return Config(**_checked(data, path), folder=path.parent)


def _checked(data: dict[str, Any], path: Path) -> dict[str, Any]:
    hints = get_type_hints(Config)
    known = [f.name for f in fields(Config) if f.name != "folder"]
    checked = {}
    for written, value in data.items():
        key = written.replace("-", "_")
        if key not in known:
            raise ConfigError(f"{path}: unknown key {written!r}{_suggestion(key, known)}")
        checked[key] = _sensible(key, _typed(value, hints[key], f"{path}: {written}"), f"{path}: {written}")
    return checked


def _typed(value: Any, hint: Any, where: str) -> Any:
    if get_origin(hint) is tuple:
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(v, get_args(hint)[0]) for v in values):
            raise ConfigError(f"{where}: must be a text or a list of texts")
        return tuple(values)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, hint) or isinstance(value, bool) is not (hint is bool):
        raise ConfigError(f"{where}: must be {_KINDS[hint]}")
    return value


def _sensible(key: str, value: Any, where: str) -> Any:
    if key == "fail_on" and value not in SEVERITIES:
        raise ConfigError(f"{where}: must be one of {', '.join(SEVERITIES)}{_suggestion(value, list(SEVERITIES))}")
    if isinstance(value, int | float) and value < 0:
        raise ConfigError(f"{where}: must not be below 0")
    return value


def _suggestion(key: str, known: list[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(key, known, n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
