"""The form of a ruleset file before its bases are merged in, and what is said to a person who errs in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from peerlint.policy.codes import codes
from peerlint.policy.errors import Problem, RulesetError, nearest
from peerlint.policy.model import ClauseKind, Period, Severity
from peerlint.policy.source import Key, Source

Citation = Literal["verified", "unverified"]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DeclaredClause(_Form):
    kind: ClauseKind
    says: str = Field(min_length=1)
    rules: tuple[str, ...] = ()


class DeclaredRequirement(_Form):
    """What one file says of one rule; None where it leaves the matter to the ruleset it extends."""

    severity: Severity | None = None
    clauses: tuple[str, ...] | None = None
    citation: Citation | None = None
    asks: str | None = None
    parameters: dict[str, Any] = Field(default_factory=dict)
    binds: Period | None = None
    hard_stop: bool | None = None


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class DeclaredRuleset(_Form):
    """``citation`` is the default of the file's own requirements: "unverified" in a file written from memory."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str
    policy: str
    payer: str
    aliases: tuple[str, ...] = ()
    jurisdiction: str
    status: str = "in force"
    in_effect: Period = Period()
    citation: Citation = "verified"
    extends: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    drop: tuple[str, ...] = ()
    clauses: dict[str, DeclaredClause] = Field(default_factory=dict)
    requirements: dict[str, DeclaredRequirement] = Field(default_factory=dict)


def declared(source: Source) -> DeclaredRuleset:
    """The file's content in its form. Raises ``RulesetError`` with every mistake that the file alone can show."""
    if not isinstance(source.data, dict):
        raise RulesetError(Problem(source.file, 1, "", "a ruleset is a list of keys with values (id: ..., title: ...)"))
    try:
        form = DeclaredRuleset.model_validate(source.data)
    except ValidationError as error:
        raise RulesetError(*(_problem(source, e) for e in error.errors(include_url=False))) from None
    if problems := [*_unknown_codes(source, form), *_loose_clauses(source, form)]:
        raise RulesetError(*problems)
    return form


def _problem(source: Source, error: Any) -> Problem:
    key: Key = tuple(part for part in error["loc"] if part != "[key]")
    match error["type"]:
        case "extra_forbidden":
            where, known = _form_of(key)
            return source.problem(key, f"{key[-1]!r} is no key of a {where}", nearest(str(key[-1]), known))
        case "missing":
            return source.problem(key, "is missing")
        case "string_type":
            return source.problem(key, "must be text; put it in quotes")
        case "enum" | "literal_error":
            expected = error["ctx"]["expected"]
            hint = nearest(str(error["input"]), expected.replace("'", "").replace(" or ", ", ").split(", "))
            return source.problem(key, f"must be {expected}, not {error['input']!r}", hint)
        case _:
            return source.problem(key, error["msg"][:1].lower() + error["msg"][1:])


def _form_of(key: Key) -> tuple[str, list[str]]:
    match key:
        case ("clauses", _, _):
            return "clause", list(DeclaredClause.model_fields)
        case ("requirements", _, "binds", _) | ("in_effect", _):
            return "period", ["from", "until"]
        case ("requirements", _, _):
            return "requirement", list(DeclaredRequirement.model_fields)
        case _:
            return "ruleset", list(DeclaredRuleset.model_fields)


def _unknown_codes(source: Source, form: DeclaredRuleset) -> Iterator[Problem]:
    named: list[tuple[Key, str]] = [(("requirements", code), code) for code in form.requirements]
    named += [(("drop", i), code) for i, code in enumerate(form.drop)]
    for name, clause in form.clauses.items():
        named += [(("clauses", name, "rules", i), code) for i, code in enumerate(clause.rules)]
    for key, code in named:
        if code not in codes().names:
            yield source.problem(key, f"there is no rule {code}", codes().meant(code))


def _loose_clauses(source: Source, form: DeclaredRuleset) -> Iterator[Problem]:
    """Clauses and requirements that do not point at each other."""
    for name, clause in form.clauses.items():
        if (clause.kind is ClauseKind.RULE) != bool(clause.rules):
            yield source.problem(("clauses", name), "a clause names rules if, and only if, its kind is rule")
    for code, requirement in form.requirements.items():
        for index, name in enumerate(requirement.clauses or ()):
            key = ("requirements", code, "clauses", index)
            if name not in form.clauses:
                yield source.problem(key, f"this file has no clause {name}", nearest(name, form.clauses))
            elif code not in form.clauses[name].rules:
                yield source.problem(key, f"clause {name} does not name {code} among its rules")
