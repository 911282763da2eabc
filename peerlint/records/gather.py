"""Charts: the records of a run, gathered by member.

Records belong together where their Medicaid ID agrees and their names do not contradict it, or where name and birth
date, or name and folder, agree. A record with a mistyped ID stays with its member, so that the mismatch can be
reported; two members of one name with IDs and birth dates of their own stay apart.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from peerlint.records.model import (
    Caseload,
    Chart,
    CrisisPlan,
    DocumentFacts,
    OtherKind,
    OtherRecord,
    PersonName,
    Plan,
    Record,
    ServiceNote,
)
from peerlint.records.names import folded, same_person
from peerlint.records.words import word_list

_WORDS = re.compile(r"[^\W_]+")
_LETTERS_AT_HEAD = 500
_FEWEST_OF_AN_ID = 5


@dataclass(slots=True)
class _Member:
    """One member while records are being gathered."""

    name: PersonName | None = None
    ids: Counter[str] = field(default_factory=Counter)
    births: Counter[date] = field(default_factory=Counter)
    folders: set[str] = field(default_factory=set)
    records: list[Record] = field(default_factory=list)

    def take(self, record: Record, folder: str) -> None:
        self.records.append(record)
        self.folders.add(folder)
        if medicaid_id := _id(record):
            self.ids[medicaid_id] += 1
        if birth := _birth(record):
            self.births[birth] += 1
        if name := _name(record):
            self.name = _fuller(self.name, name)

    def join(self, other: _Member) -> None:
        self.records += other.records
        self.folders |= other.folders
        self.ids += other.ids
        self.births += other.births
        if other.name:
            self.name = _fuller(self.name, other.name)


def gather(documents: Iterable[DocumentFacts]) -> Caseload:
    """The charts of the documents' records. The order of the documents does not matter."""
    ordered = tuple(sorted(documents, key=lambda document: document.path))
    records = [record for document in ordered for record in document.records]
    members, strays = _members(records)
    charts = tuple(sorted((_chart(member) for member in members), key=lambda chart: (folded(chart.name), chart.key)))
    return Caseload(charts, ordered, tuple(strays))


def _members(records: Sequence[Record]) -> tuple[list[_Member], list[Record]]:
    """Members, and the records that belong to none. Records that say most about their member come first."""
    own_folders = _own_folders(records)
    telling = [record for record in records if not _is_mere_mention(record)]
    members = _joined(_by_identity(record for record in telling if _full_name(record) and _id(record)))
    rest = [record for record in telling if not (_full_name(record) and _id(record))]
    strays: list[Record] = []
    for record in _by_certainty(rest):
        member = _member_of(record, members, own_folders)
        if member is None and _identifies(record):
            member = _Member()
            members.append(member)
        if member is None:
            strays.append(record)
        else:
            member.take(record, _folder(record))
    return _placed_by_path(members, strays, [record for record in records if _is_mere_mention(record)], own_folders)


def _by_certainty(records: Iterable[Record]) -> list[Record]:
    """Full names before initials, initials before no name at all."""
    return sorted(
        records,
        key=lambda record: (
            not _full_name(record),
            not _name(record),
            not _id(record),
            record.header.path,
            record.header.index,
        ),
    )


def _placed_by_path(
    members: list[_Member], strays: list[Record], mentions: list[Record], own_folders: dict[str, str]
) -> tuple[list[_Member], list[Record]]:
    """Records without a member of their own join the member whose folder they lie in or whose name their file bears."""
    left = []
    for record in [*strays, *mentions]:
        member = _member_of(record, members, own_folders)
        if member:
            member.take(record, _folder(record)) if not _is_mere_mention(record) else member.records.append(record)
        else:
            left.append(record)
    return members, sorted(left, key=lambda record: (record.header.path, record.header.index))


def _by_identity(records: Iterable[Record]) -> list[_Member]:
    """One member for each pair of Medicaid ID and last name."""
    found: dict[Hashable, _Member] = {}
    for record in records:
        name = _name(record)
        assert name is not None
        key = (_id(record), frozenset(folded(name.last).split()), folded(name.first)[:1])
        found.setdefault(key, _Member()).take(record, _folder(record))
    return list(found.values())


def _joined(members: list[_Member]) -> list[_Member]:
    """Members that are one person: the same ID and names that can be one person's, or a name with birth date or
    folder, one of the two IDs being a slip."""
    changed = True
    while changed:
        changed = False
        for one, other in _pairs(members):
            if _is_one_person(one, other):
                first, second = (one, other) if _weight(one) >= _weight(other) else (other, one)
                first.join(second)
                members.remove(second)
                changed = True
                break
    return members


def _pairs(members: Sequence[_Member]) -> Iterator[tuple[_Member, _Member]]:
    """Pairs that share an ID or a part of the last name."""
    by_trait: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number, member in enumerate(members):
        for trait in [*member.ids, *(folded(member.name.last).split() if member.name else ())]:
            by_trait[trait].append(number)
    seen = set()
    for numbers in by_trait.values():
        for first in numbers:
            for second in numbers:
                if first < second and (first, second) not in seen:
                    seen.add((first, second))
                    yield members[first], members[second]


def _weight(member: _Member) -> tuple[int, str]:
    return len(member.records), min(record.header.path for record in member.records)


def _is_one_person(one: _Member, other: _Member) -> bool:
    if not (one.name and other.name and _alike(one.name, other.name)):
        return bool(one.ids & other.ids) and bool(one.births & other.births) and bool(one.folders & other.folders)
    if one.ids & other.ids:
        return True
    near = any(_is_slip_of(first, second) for first in one.ids for second in other.ids)
    shares_folder = any(not _is_general(folder) for folder in one.folders & other.folders)
    if one.births & other.births:
        return True
    if one.births and other.births:
        return near and shares_folder
    return near or shares_folder


def _alike(one: PersonName, other: PersonName) -> bool:
    """Whether two names are one person's, or one slip of the pen apart."""
    return same_person(one, other) or (
        not (one.initials_only or other.initials_only) and _near(folded(one.full), folded(other.full))
    )


def _is_slip_of(one: str, other: str) -> bool:
    """Whether two IDs are one slip of the pen apart, or one is the other cut short."""
    shorter, longer = sorted((one, other), key=len)
    cut = len(shorter) >= _FEWEST_OF_AN_ID and (longer.startswith(shorter) or longer.endswith(shorter))
    return cut or _near(one, other)


def _near(one: str, other: str) -> bool:
    """Whether a character is wrong, missing or doubled, or two neighbours are exchanged."""
    if abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        wrong = [n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        swapped = (
            len(wrong) == 2
            and wrong[1] == wrong[0] + 1
            and one[wrong[0]] == other[wrong[1]]
            and one[wrong[1]] == other[wrong[0]]
        )
        return len(wrong) <= 1 or swapped
    shorter, longer = sorted((one, other), key=len)
    return any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))


def _member_of(record: Record, members: Sequence[_Member], own_folders: dict[str, str]) -> _Member | None:
    """The member that a record without name or ID of its own, or with one of them, belongs to."""
    tests: list[Callable[[_Member], bool]] = []
    name, medicaid_id, birth = _name(record), _id(record), _birth(record)
    folder = _folder(record)
    if medicaid_id:
        tests.append(lambda member: medicaid_id in member.ids and (name is None or _can_be(name, member)))
    if name and birth:
        tests.append(lambda member: _can_be(name, member) and birth in member.births)
    if name:
        tests.append(lambda member: _can_be(name, member) and folder in member.folders and _agrees(record, member))
        if not name.initials_only:
            tests.append(lambda member: _can_be(name, member) and _agrees(record, member))
        tests.append(lambda member: _differs_by_a_slip(name, member) and _shares_own_folder(record, member))
    else:
        tests.append(lambda member: _bears_id_of(record, member) or _begins_with_name_of(record, member))
        tests.append(lambda member: folder in member.folders and folder in own_folders)
        tests.append(lambda member: member.name is not None and _path_names(record.header.path, member.name))
    for test in tests:
        fitting = [member for member in members if test(member)]
        if len(fitting) == 1:
            return fitting[0]
    return None


def _can_be(name: PersonName, member: _Member) -> bool:
    return member.name is not None and same_person(name, member.name)


def _differs_by_a_slip(name: PersonName, member: _Member) -> bool:
    return member.name is not None and _alike(name, member.name)


def _bears_id_of(record: Record, member: _Member) -> bool:
    return any(len(known) >= _FEWEST_OF_AN_ID and known in record.header.text for known in member.ids)


def _begins_with_name_of(record: Record, member: _Member) -> bool:
    """Whether first and last name stand near the top of the record, in either order."""
    if member.name is None or member.name.initials_only:
        return False
    first, last = folded(member.name.first), folded(member.name.last)
    head = " ".join(folded(record.header.text[:_LETTERS_AT_HEAD]).split())
    return bool(first and last) and any(name in f" {head} " for name in (f" {first} {last} ", f" {last} {first} "))


def _agrees(record: Record, member: _Member) -> bool:
    """Whether ID and birth date of a record do not both speak against the member."""
    medicaid_id, birth = _id(record), _birth(record)
    other_id = bool(medicaid_id and member.ids) and medicaid_id not in member.ids
    other_birth = bool(birth and member.births) and birth not in member.births
    return not (other_id and other_birth) and not (
        other_id
        and not any(_is_slip_of(str(medicaid_id), known) for known in member.ids)
        and not _shares_own_folder(record, member)
    )


def _shares_own_folder(record: Record, member: _Member) -> bool:
    return _folder(record) in member.folders and not _is_general(_folder(record))


def _own_folders(records: Sequence[Record]) -> dict[str, str]:
    """Folders whose named records are all of one person: folder -> the person's folded last name."""
    names: defaultdict[str, list[PersonName]] = defaultdict(list)
    for record in records:
        if (name := _full_name(record)) and not _is_mere_mention(record):
            names[_folder(record)].append(name)
    return {
        folder: folded(found[0].last)
        for folder, found in names.items()
        if all(_alike(found[0], other) for other in found) and (len(found) > 1 or not _is_general(folder))
    }


def _path_names(path: str, name: PersonName) -> bool:
    """Whether file or folder bears the member's first and last name ("Dang_Kevin_note.pdf")."""
    words = {folded(word) for word in _WORDS.findall(path.replace("'", ""))}
    parts = [*folded(name.first).split()[:1], *folded(name.last).replace("-", " ").split()]
    return bool(parts) and all(part in words for part in parts)


def _is_general(folder: str) -> bool:
    """Whether a folder is named for months, kinds of record or the like, and so for no member."""
    words = _WORDS.findall(PurePosixPath(folder).name.casefold())
    return not words or all(word.isdigit() or word in word_list("general_folders") for word in words)


def _folder(record: Record) -> str:
    return str(PurePosixPath(record.header.path.replace("\\", "/")).parent)


def _name(record: Record) -> PersonName | None:
    """The name in the record, if it is one that can be told from others: a first name alone cannot."""
    name = record.header.member.meaning if record.header.member else None
    return name if name and name.last else None


def _full_name(record: Record) -> PersonName | None:
    name = _name(record)
    return name if name and not name.initials_only else None


def _id(record: Record) -> str | None:
    return record.header.medicaid_id.meaning if record.header.medicaid_id else None


def _birth(record: Record) -> date | None:
    return record.header.birth_date.meaning if record.header.birth_date else None


def _identifies(record: Record) -> bool:
    """Whether a record says enough of its member to begin a chart."""
    return _full_name(record) is not None or _id(record) is not None


def _is_mere_mention(record: Record) -> bool:
    """A paper that is no known record (a flyer, a fax cover) begins no chart, whoever it names."""
    return isinstance(record, OtherRecord) and record.what is OtherKind.UNKNOWN


def _fuller(one: PersonName | None, other: PersonName) -> PersonName:
    """The fuller of two names of one person; among equals the first in the alphabet, so that the order does not
    matter."""
    if one is None or one.initials_only:
        return other
    if other.initials_only:
        return one
    return min((one, other), key=lambda name: (-len(name.last), -len(name.first), name.full))


def _chart(member: _Member) -> Chart:
    name = _usual_name(member)
    ids = tuple(sorted(member.ids, key=lambda medicaid_id: (-member.ids[medicaid_id], medicaid_id)))
    records = sorted(
        member.records, key=lambda record: (record.date or date.max, record.header.path, record.header.index)
    )
    return Chart(
        key=_key(member, name, ids),
        member=name,
        medicaid_ids=ids,
        notes=tuple(record for record in records if isinstance(record, ServiceNote)),
        plans=tuple(record for record in records if isinstance(record, Plan)),
        crisis_plans=tuple(record for record in records if isinstance(record, CrisisPlan)),
        others=tuple(record for record in records if isinstance(record, OtherRecord)),
    )


def _usual_name(member: _Member) -> PersonName | None:
    """The name that most records bear; initials and other people's names in single records do not count."""
    names = Counter(name for record in member.records if (name := _full_name(record)))
    return min(names, key=lambda name: (-names[name], -len(name.full), name.full)) if names else member.name


def _key(member: _Member, name: PersonName | None, ids: Sequence[str]) -> str:
    if ids:
        return ids[0]
    if name:
        birth = min(member.births, default=None)
        return "-".join([*folded(name.full).split(), *([birth.isoformat()] if birth else [])])
    return min(record.header.path for record in member.records)
