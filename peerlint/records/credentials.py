"""Credentials and job titles behind a signer's name, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from peerlint.records.model import SignerRole

_ROLES = {"peer": SignerRole.STAFF, "professional": SignerRole.PROFESSIONAL, "other": SignerRole.OTHER}


@dataclass(frozen=True, slots=True)
class _Known:
    credentials: dict[str, str]
    titles: dict[str, str]
    finding: re.Pattern[str]


@cache
def _known() -> _Known:
    data = yaml.safe_load((files("peerlint.records") / "credentials.yaml").read_text("utf-8"))
    credentials = {_plain(word): part for part, entry in data.items() for word in entry["credentials"]}
    titles = {title.casefold(): part for part, entry in data.items() for title in entry["titles"]}
    written = sorted((word for entry in data.values() for word in entry["credentials"]), key=len, reverse=True)
    spelled = "|".join(r"\.?".join(re.escape(letter) for letter in word) + r"\.?" for word in written)
    called = "|".join(re.escape(title) for title in sorted(titles, key=len, reverse=True))
    return _Known(
        credentials,
        titles,
        re.compile(rf"(?<![\w@.])(?:(?i:{called})(?:\s+(?:I{{1,3}}|[1-4]))?\b|(?:{spelled})(?![\w-]))"),
    )


def _plain(word: str) -> str:
    return re.sub(r"[.\s]", "", word).casefold()


def find_credentials(text: str) -> str:
    """The credentials and titles of a text as written, joined by commas; "" where there are none."""
    found: list[str] = []
    for match in _known().finding.finditer(text):
        word = match[0].rstrip(",") if "." in match[0][:-1] else match[0].rstrip(",.")
        if word not in found:
            found.append(word)
    return ", ".join(found)


def first_credential(text: str) -> int | None:
    """Where the first credential or title begins in the text."""
    match = _known().finding.search(text)
    return match.start() if match else None


def is_job_title(text: str) -> bool:
    """Whether the whole text is credentials or a job title ("Peer Support Specialist II, CPSS")."""
    rest = _known().finding.sub(" ", text)
    return rest != text and not re.search(r"[A-Za-z]{3,}", rest)


def role_of(credentials: str) -> SignerRole | None:
    """The part that somebody with these credentials plays; a peer credential decides over any other."""
    parts = {_part(match[0]) for match in _known().finding.finditer(credentials)}
    return next((_ROLES[part] for part in ("peer", "professional", "other") if part in parts), None)


def _part(word: str) -> str:
    known = _known()
    bare = re.sub(r"\s+(?:I{1,3}|[1-4])$", "", word)
    return (
        known.credentials.get(_plain(word))
        or known.titles.get(bare.casefold())
        or known.credentials.get(_plain(bare), "")
    )
