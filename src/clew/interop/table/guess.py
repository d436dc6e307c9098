"""What the columns of a table probably are, by their names and by what is in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from clew.errors import InvalidValue
from clew.interop.table import words
from clew.interop.table.cells import Cells
from clew.interop.table.edges import MARKINGS, edge_columns, edge_ends, node_label
from clew.interop.table.mapping import ColumnMapping, ColumnRole, Mapping, signature
from clew.interop.table.pairs import likely_links
from clew.interop.table.titles import words as plain
from clew.interop.table.type_columns import typed_columns
from clew.interop.table.values import blank, values_of
from clew.interop.table.words import ANY, DETECT
from clew.interop.whois.dates import DAY_FIRST, ORDER_UNKNOWN, day_order, read_date
from clew.model.marking_text import MARKING_NAMES, forbids_sharing, read_marking
from clew.schema.registry import Catalogue

SAMPLE_ROWS_MAX = 200
"""How many filled cells of a column are looked at."""
NAMED_SHARE_MIN = 0.5
"""How many of its cells must fit before a column is what its name says."""
DETECTED_SHARE_MIN = 0.6
"""How many of its cells must be known before a column with a strange name holds entities."""
_DATED = ((words.FIRST_TITLES, ColumnRole.FIRST), (words.LAST_TITLES, ColumnRole.LAST))
_OF_LINKS = (ColumnRole.FIRST, ColumnRole.LAST, ColumnRole.DATE, ColumnRole.COLLECTORS)


def guess(cells: Cells, catalogue: Catalogue) -> Mapping:
    """A proposal for a table; what no rule knows is a property of the row's first entity."""
    titles = [plain(title) for title in cells.header]
    samples = [_sample(cells, at) for at in range(len(titles))]
    columns = [
        _column(title if cells.titled else "", sample, catalogue)
        for title, sample in zip(titles, samples, strict=True)
    ]
    ends = edge_ends(titles, samples, columns) if cells.titled else None
    if ends is not None:
        links = [edge_columns(titles, samples, columns, ends, _one_type(catalogue))]
        _only_one_each(columns)
        for at, column in enumerate(columns):
            if column.role is ColumnRole.PROPERTY and column.name not in MARKINGS:
                columns[at] = ColumnMapping(ColumnRole.DETAIL, name=titles[at])
        return Mapping(signature(cells), tuple(columns), tuple(links), _order(cells, columns))
    _set_entities(cells, titles, samples, columns, catalogue)
    entities = [at for at, column in enumerate(columns) if column.role is ColumnRole.ENTITY]
    found = {at: _types(samples[at], _seen_as(columns[at]), catalogue) for at in entities}
    links = likely_links(titles, columns, found)
    order = _order(cells, columns) if links else ORDER_UNKNOWN
    _only_one_each(columns)
    for at, column in enumerate(columns):
        # Dates and sources are of links; where a row makes none they stay what the file says.
        if not entities and column.role is not ColumnRole.IGNORE:
            columns[at] = ColumnMapping()
        elif column.name in MARKINGS:
            # Of all that the row names; whatever else is said is of one entity.
            continue
        elif column.role is ColumnRole.PROPERTY or (column.role in _OF_LINKS and not links):
            name = words.PROPERTY_TITLES.get(titles[at], titles[at]) or f"column_{at + 1}"
            of = _owner(name, entities, found, catalogue)
            columns[at] = ColumnMapping(ColumnRole.PROPERTY, of=of, name=name)
        elif column.role is ColumnRole.TAGS:
            columns[at] = replace(column, of=entities[0])
    return Mapping(signature(cells), tuple(columns), tuple(links), order)


def _set_entities(
    cells: Cells,
    titles: Sequence[str],
    samples: Sequence[Sequence[str]],
    columns: list[ColumnMapping],
    catalogue: Catalogue,
) -> None:
    """Say which columns hold entities, beyond those that are known each by itself."""
    if typed := typed_columns(cells, titles, catalogue):
        columns[typed.values] = ColumnMapping(ColumnRole.ENTITY, typed.values_type)
        columns[typed.types] = ColumnMapping(ColumnRole.TYPE, of=typed.values)
    for at, column in enumerate(columns):
        if column.role is ColumnRole.TYPE and (typed is None or at != typed.types):
            columns[at] = ColumnMapping(ColumnRole.PROPERTY)
    if any(column.role is ColumnRole.ENTITY for column in columns):
        return
    if cells.titled:
        _named_types(titles, columns, catalogue)
        label = node_label(titles, samples)
        if label is not None and not any(column.role is ColumnRole.ENTITY for column in columns):
            columns[label] = ColumnMapping(ColumnRole.ENTITY, _one_type(catalogue)(samples[label]))


def _seen_as(column: ColumnMapping) -> str:
    """What its cells are looked at as, where links are guessed."""
    return DETECT if column.type == ANY else column.type


def _one_type(catalogue: Catalogue) -> Callable[[Sequence[str]], str]:
    """What gives the one type of some cells; ``any`` where one of them looks like nothing."""

    def one_type(sample: Sequence[str]) -> str:
        types = _types(sample, DETECT, catalogue)
        if types.total() < len(sample):
            return ANY
        return next(iter(types)) if len(types) == 1 else DETECT

    return one_type


def _order(cells: Cells, columns: Sequence[ColumnMapping]) -> str:
    dates = [
        at
        for at, one in enumerate(columns)
        if one.role in (ColumnRole.FIRST, ColumnRole.LAST, ColumnRole.DATE)
    ]
    return day_order(text for at in dates for text in cells.rows.distinct(at))


def _sample(cells: Cells, at: int) -> list[str]:
    sample: list[str] = []
    for texts in cells.rows.column(at):
        sample.extend(text for text in texts if not blank(text))
        if len(sample) >= SAMPLE_ROWS_MAX:
            break
    return sample[:SAMPLE_ROWS_MAX]


def _column(title: str, sample: Sequence[str], catalogue: Catalogue) -> ColumnMapping:
    if not sample:
        return ColumnMapping()
    if _marks(title, sample):
        return ColumnMapping(ColumnRole.PROPERTY, name="pap" if title == "pap" else "marking")
    if title in words.TYPE_TITLES:
        return ColumnMapping(ColumnRole.TYPE)
    if title in words.TAG_TITLES:
        return ColumnMapping(ColumnRole.TAGS)
    if title in words.PROVIDER_TITLES:
        return ColumnMapping(ColumnRole.PROVIDER)
    for titles, role in (*_DATED, (words.DATE_TITLES, ColumnRole.DATE)):
        if title in titles and _dates(sample) >= NAMED_SHARE_MIN:
            return ColumnMapping(role)
    if _no_entities(title) or title in words.PROPERTY_TITLES:
        return ColumnMapping(ColumnRole.PROPERTY)
    wanted = "domain-name" if title in words.LINK_TITLES else words.ENTITY_TITLES.get(title, "")
    if title in words.VALUE_TITLES:
        wanted = DETECT
    if wanted and _share(sample, wanted, catalogue) >= NAMED_SHARE_MIN:
        return ColumnMapping(ColumnRole.ENTITY, wanted)
    known = _types(sample, DETECT, catalogue)
    needed = NAMED_SHARE_MIN if wanted else DETECTED_SHARE_MIN
    if known.total() >= needed * len(sample) and title not in words.COLLECTOR_TITLES:
        return ColumnMapping(ColumnRole.ENTITY, next(iter(known)) if len(known) == 1 else DETECT)
    if title in words.COLLECTOR_TITLES:
        return ColumnMapping(ColumnRole.COLLECTORS)
    return ColumnMapping(ColumnRole.PROPERTY)


def _marks(title: str, sample: Sequence[str]) -> bool:
    """Whether a column holds markings, by its name or by what its cells say."""
    if title in MARKING_NAMES:
        return True
    if title not in words.MARKING_TITLES:
        return False
    fits = sum(not read_marking(text)[1] or forbids_sharing(text) for text in sample)
    return fits >= NAMED_SHARE_MIN * len(sample)


def _no_entities(title: str) -> bool:
    """Whether a column's cells may look like entities, and are none by its name."""
    return title in words.NO_ENTITIES or title.split("_")[-1] in words.NO_ENTITIES_LAST


def _named_types(titles: Sequence[str], columns: list[ColumnMapping], catalogue: Catalogue) -> None:
    """Where no cell is known by its form, a column that is called like a type holds that type."""
    for at, title in enumerate(titles):
        name = title.replace("_", "-")
        if columns[at].role is ColumnRole.PROPERTY and name in catalogue.entity_types:
            columns[at] = ColumnMapping(ColumnRole.ENTITY, name)


def _only_one_each(columns: list[ColumnMapping]) -> None:
    """Of several columns with dates of one kind the first counts; a span goes before a day."""
    seen: set[ColumnRole] = set()
    spans = any(one.role in (ColumnRole.FIRST, ColumnRole.LAST) for one in columns)
    for at, column in enumerate(columns):
        if column.role not in (
            ColumnRole.FIRST,
            ColumnRole.LAST,
            ColumnRole.DATE,
            ColumnRole.PROVIDER,
        ):
            continue
        if column.role in seen or (spans and column.role is ColumnRole.DATE):
            columns[at] = ColumnMapping(ColumnRole.PROPERTY)
        seen.add(column.role)


def _owner(
    name: str, entities: Sequence[int], found: dict[int, Counter[str]], catalogue: Catalogue
) -> int:
    """The column whose entities have such a property by their type; the first one else."""
    for at in entities:
        for type_ in found[at]:
            kind = catalogue.entity_types.get(type_)
            if kind and any(one.name == name for one in kind.properties):
                return at
    return entities[0]


def _types(sample: Sequence[str], type_: str, catalogue: Catalogue) -> Counter[str]:
    """How many cells are of which type."""
    types: Counter[str] = Counter()
    for text in sample:
        try:
            types.update({kind for kind, _ in values_of(text, type_, catalogue)[:1]})
        except InvalidValue:
            continue
    return types


def _share(sample: Sequence[str], type_: str, catalogue: Catalogue) -> float:
    return _types(sample, type_, catalogue).total() / len(sample)


def _dates(sample: Sequence[str]) -> float:
    """Which part of the cells are dates, in whatever order of day and month."""
    count = 0
    for text in sample:
        try:
            count += read_date(text, order=DAY_FIRST).known
        except InvalidValue:
            continue
    return count / len(sample)
