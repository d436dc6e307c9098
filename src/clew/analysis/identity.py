"""Entities that may be one: suggestions with reasons, for a person to decide; nothing is merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from clew.graph.view import View
from clew.model.entity import Entity
from clew.schema.registered_domain import registered_domain

LENGTH_MIN = 9
"""Shortest value that is compared letter by letter; shorter ones are alike too easily."""
LENGTH_MAX = 120
GROUP_MAX = 20
"""Most entities that one shared value may suggest to be one: more is a common value."""
SUGGESTIONS_MAX = 200
_NO_DIGITS = str.maketrans("", "", "0123456789")
SPELLED = frozenset({"domain-name", "email-address", "person", "organisation", "file-path"})
"""Types whose values people mistype."""
TELLING = frozenset({"md5", "sha1", "sha-1", "sha256", "sha-256", "imphash", "phone", "street"})
"""Properties whose value hardly two different things share."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two entities that may be one."""

    a: int
    b: int
    """Rows."""
    entities: tuple[Entity, Entity]
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        one, other = self.entities
        return f"{one.value} and {other.value}: {'; '.join(self.reasons)}"


def suggestions(view: View) -> tuple[Suggestion, ...]:
    """
    Pairs of one type that may be the same thing, those with most reasons first.

    Two values that differ by one letter (left out, put in, another one, or two swapped), or a
    property that hardly two things share. Pairs that a person merged or split are left out.
    """
    found: dict[tuple[int, int], list[str]] = {}
    for a, b, reason in (*_spelled_alike(view), *_same_properties(view)):
        found.setdefault((a, b), []).append(reason)
    suggestions = [
        Suggestion(a, b, (view.entity(a), view.entity(b)), tuple(dict.fromkeys(reasons)))
        for (a, b), reasons in found.items()
    ]
    suggestions.sort(key=lambda one: (-len(one.reasons), one.entities))
    return tuple(suggestions[:SUGGESTIONS_MAX])


def one_letter_apart(one: str, other: str) -> bool:
    """Whether an edit of one letter, or a swap of two neighbours, makes one of the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), None)
    if at is None:
        return True
    rest, other_rest = one[at:], other[at:]
    if rest[1:] == other_rest[1:] or rest[1:] == other_rest or rest == other_rest[1:]:
        return True
    swapped = rest[1::-1] + rest[2:]
    return len(rest) == len(other_rest) and swapped == other_rest


def _spelled_alike(view: View) -> Iterator[tuple[int, int, str]]:
    """Through what is left when one letter is taken out: alike values share such a rest."""
    rests: dict[tuple[str, str], list[int]] = {}
    values: dict[int, str] = {}
    for row, record in zip(view.entities.tolist(), view.entity_records(), strict=True):
        if _compared(record):
            values[row] = record.value
            for rest in _rests(record.value):
                rests.setdefault((record.type, rest), []).append(row)
    for rows in rests.values():
        if 2 <= len(rows) <= GROUP_MAX:
            for a, b in combinations(sorted(set(rows)), 2):
                if one_letter_apart(values[a], values[b]) and not _numbered(values[a], values[b]):
                    yield a, b, "spelled alike, one letter apart"


def _compared(record: Entity) -> bool:
    """Of names only registered ones: hosts of one domain are meant to differ by little."""
    if record.type not in SPELLED or not LENGTH_MIN <= len(record.value) <= LENGTH_MAX:
        return False
    return record.type != "domain-name" or registered_domain(record.value) == record.value


def _numbered(one: str, other: str) -> bool:
    """Whether they differ by a digit alone, as things do that are numbered."""
    return one.translate(_NO_DIGITS) == other.translate(_NO_DIGITS)


def _rests(value: str) -> set[str]:
    return {value, *(value[:at] + value[at + 1 :] for at in range(len(value)))}


def _same_properties(view: View) -> Iterator[tuple[int, int, str]]:
    columns = view.state.properties
    names = view.state.names.names
    wanted = [code for code, name in enumerate(names) if name.lower() in TELLING]
    rows = view.properties[np.isin(columns.names.values[view.properties], wanted)]
    holders: dict[tuple[str, str, str], set[int]] = {}
    texts = columns.texts.take(rows)
    for row, text in zip(rows.tolist(), texts, strict=True):
        subject = view.state.decisions.merged_into(int(columns.subject.values[row]))
        if view.entity_places[subject] < 0:
            continue
        name = names[int(columns.names.values[row])]
        type_ = view.entity(subject).type
        holders.setdefault((type_, name, text.strip().lower()), set()).add(subject)
    for (_, name, text), subjects in holders.items():
        if 2 <= len(subjects) <= GROUP_MAX and text:
            for a, b in _pairs(subjects):
                yield a, b, f"the same {name}"


def _pairs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    return combinations(sorted(rows), 2)
