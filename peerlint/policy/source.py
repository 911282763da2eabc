"""A ruleset file as plain data, with the line of every key.

YAML is read in the safe dialect only. What a person would never write by hand is refused before it is built: aliases,
tags, repeated keys, deep nesting, files over the cap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from peerlint.policy.errors import Problem, RulesetError

LARGEST_FILE = 1_000_000  # bytes
DEEPEST_NESTING = 20

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OPENING = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_CLOSING = (yaml.MappingEndEvent, yaml.SequenceEndEvent)

Key = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The data of one file. ``lines`` maps a path of keys to its line, counted from 1."""

    file: str
    text: bytes
    data: Any
    lines: Mapping[Key, int]

    def problem(self, key: Key, what: str, suggestion: str = "") -> Problem:
        """A mistake at ``key``, or at its nearest ancestor that stands in the file."""
        known = next(key[:length] for length in range(len(key), -1, -1) if key[:length] in self.lines)
        return Problem(self.file, self.lines[known], ".".join(map(str, key)), what, suggestion)


def read_source(path: Path) -> Source:
    """The file as plain data. Raises ``RulesetError`` for a file that is absent, too large or not plain YAML."""
    return parse(_read(path), path.name)


@lru_cache(maxsize=64)
def parse(text: bytes, file: str) -> Source:
    """YAML bytes as plain data; ``file`` is the name for messages. Raises ``RulesetError``."""
    try:
        _refuse_traps(text, file)
        root = yaml.compose(text, Loader=_Loader)
        lines: dict[Key, int] = {(): 1}
        data = _Builder(file, lines).build(root, ()) if root else None
    except (yaml.YAMLError, ValueError) as error:
        raise RulesetError(_not_yaml(error, file)) from None
    return Source(file, text, data, lines)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            text = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise RulesetError(Problem(path.name, 0, "", f"cannot be read: {error.strerror}")) from None
    if len(text) > LARGEST_FILE:
        raise RulesetError(Problem(path.name, 0, "", f"is larger than {LARGEST_FILE:,} bytes"))
    return text


def _refuse_traps(text: bytes, file: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, _OPENING) - isinstance(event, _CLOSING)
        if depth > DEEPEST_NESTING:
            raise RulesetError(_at(event, file, "nested too deeply"))
        if isinstance(event, yaml.AliasEvent):
            raise RulesetError(_at(event, file, "aliases are not used in rulesets; write the value out"))
        if getattr(event, "tag", None):
            raise RulesetError(_at(event, file, "tags are not used in rulesets"))


class _Builder:
    """Turns nodes into plain data. Keys are taken as written: ``5.5`` and ``NO`` are names here, not values."""

    def __init__(self, file: str, lines: dict[Key, int]) -> None:
        self._file = file
        self._lines = lines
        self._scalars = yaml.constructor.SafeConstructor()

    def build(self, node: yaml.Node, key: Key) -> Any:
        match node:
            case yaml.MappingNode():
                return {name: self.build(value, (*key, name)) for name, value in self._entries(node, key)}
            case yaml.SequenceNode():
                return [self._item(value, (*key, index)) for index, value in enumerate(node.value)]
            case _:
                return self._scalars.construct_object(node)

    def _item(self, node: yaml.Node, key: Key) -> Any:
        self._lines[key] = node.start_mark.line + 1
        return self.build(node, key)

    def _entries(self, node: yaml.MappingNode, key: Key) -> Iterator[tuple[str, yaml.Node]]:
        seen: set[str] = set()
        for name_node, value in node.value:
            name = name_node.value
            if not isinstance(name, str):
                raise RulesetError(_at(name_node, self._file, "a key must be a single word or name"))
            if name in seen:
                raise RulesetError(_at(name_node, self._file, f"{name!r} stands here twice"))
            seen.add(name)
            self._lines[(*key, name)] = name_node.start_mark.line + 1
            yield name, value


def _at(where: yaml.Event | yaml.Node, file: str, what: str) -> Problem:
    mark = where.start_mark
    return Problem(file, mark.line + 1 if mark else 0, "", what)


def _not_yaml(error: Exception, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or "a value that YAML does not allow"
    return Problem(file, mark.line + 1 if mark else 0, "", f"not readable as YAML: {what}")
