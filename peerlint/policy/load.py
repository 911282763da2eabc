"""Loading rulesets: a file, the files it extends, and what becomes of both when they are merged."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peerlint.policy.declared import DeclaredRequirement, DeclaredRuleset, declared
from peerlint.policy.errors import Problem, RulesetError, nearest
from peerlint.policy.model import Clause, Requirement, Ruleset
from peerlint.policy.parameters import Options, check_parameters
from peerlint.policy.source import Source, read_source
from peerlint.shelf import rulesets_folder

__all__ = ["RulesetError", "load", "load_many", "shipped"]

Draft = dict[str, Any]
Clauses = dict[tuple[str, str], Clause]


@dataclass(frozen=True, slots=True)
class _Merged:
    """A file with its bases merged in. ``files`` are their bytes by id, the file's own first."""

    drafts: dict[str, Draft]
    clauses: Clauses
    files: dict[str, bytes]


def shipped() -> tuple[str, ...]:
    """The ids of the rulesets that come with the tool."""
    return tuple(sorted(path.stem for path in rulesets_folder().glob("*.yaml")))


def load(name_or_path: str | Path, options: Options | None = None) -> Ruleset:
    """The ruleset of that id, or in that file. Raises ``RulesetError``.

    With the rules' ``options`` its parameters are checked too.
    """
    path = _find(name_or_path)
    source = read_source(path)
    form = declared(source)
    merged = _merge(path, source, form, ())
    ruleset = Ruleset(
        **form.model_dump(include=_HEADER),
        clauses=tuple(merged.clauses.values()),
        requirements={code: _requirement(code, d, merged.clauses) for code, d in sorted(merged.drafts.items())},
        sha256=hashlib.sha256(b"".join(merged.files.values())).hexdigest(),
    )
    if options is not None:
        check_parameters(ruleset, options, source)
    return ruleset


def load_many(names: Iterable[str | Path]) -> tuple[Ruleset, ...]:
    return tuple(load(name) for name in names)


_HEADER = {"id", "title", "policy", "payer", "aliases", "jurisdiction", "status", "in_effect", "extends"}


def _find(name_or_path: str | Path) -> Path:
    name = str(name_or_path)
    path = Path(name)
    if path.suffix in (".yaml", ".yml") or len(path.parts) > 1:
        return path
    if name in shipped():
        return rulesets_folder() / f"{name}.yaml"
    raise RulesetError(Problem(name, 0, "", "there is no ruleset of this name", nearest(name, shipped())))


def _merge(path: Path, source: Source, form: DeclaredRuleset, above: tuple[str, ...]) -> _Merged:
    bases = [_base(path, source, form, name, (*above, form.id)) for name in form.extends]
    inherited = _together(bases)
    if problems := list(_misplaced(path, source, form, inherited)):
        raise RulesetError(*problems)
    drafts = {code: draft for code, draft in inherited.drafts.items() if code not in form.drop}
    for code, requirement in form.requirements.items():
        drafts[code] = _overlay(drafts.get(code), _draft(requirement, form, code in drafts))
    own = {
        (form.policy, name): Clause(id=name, policy=form.policy, **clause.model_dump())
        for name, clause in form.clauses.items()
    }
    kept = {key: clause for key, clause in _without(inherited.clauses, form.drop).items() if key not in own}
    return _Merged(drafts, {**own, **kept}, {form.id: source.text, **inherited.files})


def _base(path: Path, source: Source, form: DeclaredRuleset, name: str, above: tuple[str, ...]) -> _Merged:
    """A base, looked for beside the file first and then among the shipped rulesets."""
    key = ("extends", form.extends.index(name))
    if name in above:
        raise RulesetError(source.problem(key, f"{name} extends itself"))
    known = (*shipped(), *(p.stem for p in path.parent.glob("*.yaml")))
    if name not in known:
        raise RulesetError(source.problem(key, f"there is no ruleset {name}", nearest(name, known)))
    beside = path.parent / f"{name}.yaml"
    base_path = beside if beside.is_file() else rulesets_folder() / beside.name
    base = read_source(base_path)
    return _merge(base_path, base, declared(base), above)


def _together(bases: Iterable[_Merged]) -> _Merged:
    whole = _Merged({}, {}, {})
    for base in bases:
        for code, draft in base.drafts.items():
            whole.drafts[code] = _overlay(whole.drafts.get(code), draft)
        whole.clauses.update(base.clauses)
        whole.files.update(base.files)
    return whole


def _misplaced(path: Path, source: Source, form: DeclaredRuleset, inherited: _Merged) -> Iterator[Problem]:
    """What is wrong with the file only in the light of its name and its bases."""
    if form.id != path.stem:
        yield source.problem(("id",), f"the file is named {path.name}: its id must be {path.stem}")
    for index, code in enumerate(form.drop):
        if code not in inherited.drafts:
            yield source.problem(("drop", index), f"{code} is not among the requirements it extends")
    for code, requirement in form.requirements.items():
        if requirement.severity is None and code not in inherited.drafts:
            yield source.problem(("requirements", code), "severity is missing (error, warning or info)")


def _draft(requirement: DeclaredRequirement, form: DeclaredRuleset, known: bool) -> Draft:
    """What the file says of a requirement. Whoever names the clauses is cited, and in its own words."""
    draft = requirement.model_dump(exclude_none=True, exclude={"binds"})
    if requirement.binds is not None:
        draft["binds"] = requirement.binds
    if requirement.clauses is None and known:
        return draft
    return {"policy": form.policy, "ruleset": form.id, "clauses": (), "citation": form.citation, "asks": "", **draft}


def _overlay(base: Draft | None, own: Draft) -> Draft:
    """The base's requirement with the file's own words over it: parameters one by one, every other key as a whole."""
    if base is None:
        return own
    return {**base, **own, "parameters": {**base["parameters"], **own["parameters"]}}


def _without(clauses: Clauses, dropped: tuple[str, ...]) -> Clauses:
    """The clauses without the dropped rules; a clause that no rule is left of goes with them."""
    kept: Clauses = {}
    for key, clause in clauses.items():
        rules = tuple(code for code in clause.rules if code not in dropped)
        if rules or not clause.rules:
            kept[key] = clause.model_copy(update={"rules": rules})
    return kept


def _requirement(code: str, draft: Draft, clauses: Mapping[tuple[str, str], Clause]) -> Requirement:
    says = " ".join(clauses[draft["policy"], name].says for name in draft["clauses"])
    return Requirement(rule=code, **{**draft, "asks": draft["asks"] or says})
