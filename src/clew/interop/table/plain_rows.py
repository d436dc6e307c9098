"""Rows without anything odd in them: entities, links and properties in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from clew.interop.graph_builder import GraphBuilder
from clew.interop.table.date_columns import SeenColumns
from clew.interop.table.mapping import LinkRule, Mapping
from clew.interop.table.piece_facts import CellAnswers
from clew.interop.table.rows import provider_number
from clew.interop.table.words import DETECT, link_between
from clew.model.block import collector_text
from clew.model.interval import UNDATED

Numbers = NDArray[np.int64]


class EntityValue(NamedTuple):
    """The one entity of a cell; without a type there is none."""

    type: str
    value: str


@dataclass(frozen=True, slots=True)
class PropertyTexts:
    """One column of properties."""

    name: str
    owners: list[int]
    """Places, among the columns of entities, of those that have it."""
    cells: CellAnswers[str]


@dataclass(frozen=True, slots=True)
class RowColumns:
    """What rows say of all that they hold."""

    by: CellAnswers[str]
    who: CellAnswers[tuple[str, ...]]
    seen: SeenColumns
    relation: CellAnswers[tuple[str, str]]


class PlainRows:
    """The rows of a piece; spans of plain ones are taken into a graph, in their order."""

    def __init__(
        self,
        builder: GraphBuilder,
        mapping: Mapping,
        columns: Sequence[CellAnswers[EntityValue]],
        rows: RowColumns,
        properties: Sequence[PropertyTexts],
        tags: Sequence[tuple[list[int], CellAnswers[tuple[str, ...]]]],
    ) -> None:
        """
        Args:
            builder: Where all goes.
            mapping: What the columns are.
            columns: The columns of entities, in the mapping's order.
            rows: Who told each row, when it was seen, and so on.
            properties: The columns of properties.
            tags: The columns of tags, with the places of their entities' columns.
        """
        self._builder = builder
        self._mapping = mapping
        self._of_rows = rows
        self._properties = properties
        self._tags = tags
        numbers: dict[EntityValue, int] = {}
        self._codes = np.stack(
            [one.each(lambda of: numbers.setdefault(of, len(numbers)) if of.type else -1, np.int64)
             for one in columns], axis=1,
        )  # fmt: skip
        self._entities = list(numbers)
        self._row_of = np.full(len(numbers), -1, np.int64)
        places = {at: place for place, at in enumerate(_entity_columns(mapping))}
        self._rules = [(rule, places[rule.source], places[rule.target]) for rule in mapping.links]

    def named(self) -> NDArray[np.bool_]:
        """Which rows name an entity."""
        found: NDArray[np.bool_] = np.any(self._codes >= 0, axis=1)
        return found

    def linked(self) -> NDArray[np.bool_]:
        """Which rows make a link."""
        found = np.zeros(len(self._codes), bool)
        for _, source, target in self._rules:
            found |= (self._codes[:, source] >= 0) & (self._codes[:, target] >= 0)
        return found

    def take(self, start: int, end: int) -> None:
        """Take rows *start* to *end*, none of which is odd."""
        by = self._numbers_of_providers(start, end)
        rows = self._rows(self._codes[start:end], by)
        who = self._codes_of_collectors(start, end)
        if self._rules:
            self._links(start, rows, by, who)
        self._take_properties(start, rows, by, who)
        self._take_tags(start, rows)

    def _numbers_of_providers(self, start: int, end: int) -> Numbers:
        cells = self._of_rows.by
        return _in_order(cells, start, end, lambda name: provider_number(self._builder, name))

    def _codes_of_collectors(self, start: int, end: int) -> Numbers:
        builder = self._builder
        return _in_order(
            self._of_rows.who, start, end,
            lambda names: builder.block.code(collector_text(builder.collectors(names, ""))),
        )  # fmt: skip

    def _rows(self, codes: Numbers, by: Numbers) -> Numbers:
        """The row of each cell's entity, -1 where there is none; new ones enter in their order."""
        flat = codes.ravel()
        places = np.flatnonzero(flat >= 0)
        places = places[self._row_of[flat[places]] < 0]
        new, first = np.unique(flat[places], return_index=True)
        order = np.argsort(first)
        tellers = by[places[first[order]] // codes.shape[1]]
        for code, teller in zip(new[order].tolist(), tellers.tolist(), strict=True):
            self._row_of[code] = self._builder.checked_entity(
                self._entities[code].type, self._entities[code].value, teller
            )
        return np.where(codes >= 0, self._row_of[codes], -1) if len(self._row_of) else codes

    def _links(self, start: int, rows: Numbers, by: Numbers, who: Numbers) -> None:
        found = [self._links_of(start, rows, *one) for one in self._rules]
        at = np.concatenate([one[0] for one in found])
        order = np.argsort(at, kind="stable")
        if not len(order):
            return
        source, type_, target, dated = (
            np.concatenate([one[part] for one in found])[order] for part in (1, 2, 3, 4)
        )
        at = at[order]
        details = [one[1] or None if one else None for one in self._of_rows.relation.answers]
        codes = self._of_rows.relation.codes[start + at]
        self._builder.block.links.extend(
            len(at), source=source, type=type_, target=target, provenance=by[at],
            collectors=who[at], detail=[details[code] for code in codes.tolist()],
            **self._dates(start + at, dated),
        )  # fmt: skip

    def _links_of(
        self, start: int, rows: Numbers, rule: LinkRule, source: int, target: int
    ) -> tuple[Numbers, Numbers, Numbers, Numbers, NDArray[np.bool_]]:
        """Rows in which a rule links, and of each link: source, type, target, whether dated."""
        at = np.flatnonzero((rows[:, source] >= 0) & (rows[:, target] >= 0))
        ends = rows[at, source], rows[at, target]
        relation = self._of_rows.relation
        named = relation.codes[start + at]
        types = [one[0] if one else "" for one in relation.answers]
        if rule.type != DETECT:
            codes = [self._code(type_ or rule.type) for type_ in types]
            type_of = np.asarray(codes, np.int64)[named]
            return at, ends[0], type_of, ends[1], np.full(len(at), rule.dated)
        kinds = self._kinds(start, at, source), self._kinds(start, at, target)
        count = max((int(one.max()) for one in kinds if len(one)), default=0) + 1
        combined = (named * count + kinds[0]) * count + kinds[1]
        keys, inverse = np.unique(combined, return_inverse=True)
        names = self._kind_names()
        likely = []
        for key in keys.tolist():
            rest, two = divmod(key, count)
            word, one = divmod(rest, count)
            between = (types[word], False) if types[word] else link_between(names[one], names[two])
            likely.append(between)
        type_of = np.asarray([self._code(type_) for type_, _ in likely], np.int64)[inverse]
        turned = np.asarray([turn for _, turn in likely], bool)[inverse]
        first, second = np.where(turned, ends[1], ends[0]), np.where(turned, ends[0], ends[1])
        return at, first, type_of, second, np.full(len(at), rule.dated)

    def _kind_names(self) -> list[str]:
        return list(dict.fromkeys(one.type for one in self._entities))

    def _kinds(self, start: int, at: Numbers, column: int) -> Numbers:
        """The number of each entity's type, in the order of their names."""
        number = {name: at for at, name in enumerate(self._kind_names())}
        kinds: Numbers = np.asarray([number[one.type] for one in self._entities], np.int64)
        found: Numbers = kinds[self._codes[start + at, column]]
        return found

    def _take_properties(self, start: int, rows: Numbers, by: Numbers, who: Numbers) -> None:
        dated = not any(rule.dated for rule in self._mapping.links)
        found: list[tuple[Numbers, Numbers, Numbers, list[str]]] = []
        for column in self._properties:
            texts = column.cells.answers
            filled = column.cells.each(bool, bool)[start : start + len(rows)]
            for owner in column.owners:
                at = np.flatnonzero(filled & (rows[:, owner] >= 0))
                values = [texts[code] or "" for code in column.cells.codes[start + at].tolist()]
                name = np.full(len(at), self._code(column.name) if len(at) else 0)
                found.append((at, rows[at, owner], name, values))
        if not any(len(one[0]) for one in found):
            return
        at = np.concatenate([one[0] for one in found])
        order = np.argsort(at, kind="stable")
        texts_of_all = [text for one in found for text in one[3]]
        at = at[order]
        self._builder.block.properties.extend(
            len(at), entity=np.concatenate([one[1] for one in found])[order],
            name=np.concatenate([one[2] for one in found])[order],
            value=[texts_of_all[place] for place in order.tolist()], provenance=by[at],
            collectors=who[at], **self._dates(start + at, np.full(len(at), dated)),
        )  # fmt: skip

    def _take_tags(self, start: int, rows: Numbers) -> None:
        if not self._tags:
            return
        words = [
            [cells.answers[code] or () for code in cells.codes[start : start + len(rows)].tolist()]
            for _, cells in self._tags
        ]
        for at in range(len(rows)):
            for (owners, _), said_of in zip(self._tags, words, strict=True):
                for word in said_of[at]:
                    for row in rows[at, owners].tolist():
                        if row >= 0:
                            self._builder.tag(row, word)

    def _dates(self, rows: Numbers, dated: NDArray[np.bool_]) -> dict[str, Any]:
        seen, (first, last) = self._of_rows.seen, UNDATED.seconds
        return {
            "first": np.where(dated, seen.first[rows], first),
            "last": np.where(dated, seen.last[rows], last),
            "precision": np.where(dated, seen.precision[rows], UNDATED.precision_code),
        }

    def _code(self, name: str) -> int:
        return self._builder.block.code(name)


def _entity_columns(mapping: Mapping) -> list[int]:
    return [at for at, column in enumerate(mapping.columns) if column.role == "entity"]


def _in_order(cells: CellAnswers[Any], start: int, end: int, number: Any) -> Numbers:
    """The number of what each row says; each is made at the first row that says it."""
    codes = cells.codes[start:end]
    found, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
    numbers = np.zeros(len(found), np.int64)
    for place in np.argsort(first).tolist():
        numbers[place] = number(cells.answers[int(found[place])])
    return numbers[inverse]
