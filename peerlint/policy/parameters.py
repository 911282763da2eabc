"""Whether the parameters a ruleset gives are options that the rules have, and of the right kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from peerlint.policy.codes import codes
from peerlint.policy.errors import Problem, RulesetError, nearest
from peerlint.policy.model import Ruleset
from peerlint.policy.source import Source

Options = Mapping[str, Mapping[str, Any]]
"""Each rule's options with their defaults, by code."""

_KINDS = {bool: "true or false", int: "a whole number", float: "a number", str: "text in quotes", list: "a list"}


def check_parameters(ruleset: Ruleset, options: Options, source: Source | None = None) -> None:
    """Raises ``RulesetError`` with every parameter that its rule does not have or cannot use.

    With the ``source`` that the ruleset was loaded from, mistakes are told at their lines.
    """
    if problems := list(_problems(ruleset, options, source)):
        raise RulesetError(*problems)


def _problems(ruleset: Ruleset, options: Options, source: Source | None) -> Iterator[Problem]:
    for code, requirement in ruleset.requirements.items():
        if code in codes().attested and code not in options:
            continue
        for name, value in requirement.parameters.items():
            what, suggestion = _misfit(name, value, options.get(code, {}))
            key = ("requirements", code, "parameters", name)
            if what and source and key in source.lines:
                yield source.problem(key, what, suggestion)
            elif what:
                yield Problem(f"{requirement.ruleset}.yaml", 0, ".".join(key), what, suggestion)


def _misfit(name: str, value: Any, known: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong with a parameter and what was probably meant; two empty strings where nothing is."""
    if name not in known:
        return f"the rule has no option {name!r}", nearest(name, known)
    kind = _kind(known[name])
    if kind and not _is(value, kind):
        return f"must be {_KINDS[kind]}, not {value!r}", ""
    if kind is list and not all(isinstance(item, str) for item in value):
        return "must be a list of texts; put each in quotes", ""
    if name == "pattern" and not _compiles(value):
        return "is not a regular expression", ""
    return "", ""


def _kind(default: Any) -> type | None:
    """The kind of value an option takes, told by its default; None where the default is none and tells nothing."""
    if isinstance(default, tuple | list | set | frozenset):
        return list
    return type(default) if type(default) in _KINDS else None


def _is(value: Any, kind: type) -> bool:
    if isinstance(value, bool) or kind is bool:
        return kind is bool and isinstance(value, bool)
    return isinstance(value, int | float) if kind is float else isinstance(value, kind)


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
