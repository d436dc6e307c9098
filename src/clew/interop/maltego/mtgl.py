"""Graphs of a `.mtgl` file, from the six Lucene indexes that hold each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypedDict, cast

from clew.errors import InvalidValue, quote_value
from clew.interop.maltego.lucene import Allowance, Commit, read_commit, read_segment

FOLDERS = (
    "DataEntities", "DataLinks", "StructureEntities", "StructureLinks",
    "LayoutEntities", "LayoutLinks",
)  # fmt: skip
"""The index folders of one graph."""

GRAPHS_MAX = 100
"""Most graphs of one file that are read."""

PROBLEMS_MAX = 200
"""Most problems that are told; the rest is counted."""

Scalar = str | int | float
"""What a property holds; a truth value is the text "t" or "f"."""


class MtglProperty(TypedDict, total=False):
    """One property; without *value* it is empty, without *displayName* its definition names it."""

    displayName: str
    type: str
    hidden: str
    readonly: str
    value: list[Scalar]
    storage: str


MtglRecord = TypedDict(
    "MtglRecord",
    {
        "__key[long]": int, "__birth-date[date]": int, "__index-date[date]": int,
        "id[string]": str, "type[string]": str, "valueStr[string]": str,
        "displayValueStr[string]": str, "weight[int]": int, "bookmark[int]": int,
        "labelReadOnly[bool]": str, "hasAttachments[bool]": str, "reversed[bool]": str,
        "properties": dict[str, MtglProperty], "displayInfo": list[dict[str, Scalar]],
        "overlays": list[dict[str, Scalar]], "notes": dict[str, Scalar],
        "x": int, "y": int, "pinned": str, "source": str, "target": str, "path": list[list[int]],
    },
    total=False,
)  # fmt: skip
"""
One entity or link: stored fields under their stored names, and what was joined to them.

Dates are milliseconds since 1970. Only links have *source*, *target* (keys of entities) and
*path* (bends as x and y); only entities have *x*, *y* and *pinned*.
"""


class MtglGraph(TypedDict):
    """One graph: records by key, and by index folder its segments and its Lucene version."""

    segments: dict[str, list[str]]
    lucene: dict[str, list[int]]
    entities: dict[str, MtglRecord]
    links: dict[str, MtglRecord]


def read_documents(entries: Mapping[str, bytes]) -> tuple[dict[str, MtglGraph], list[str]]:
    """
    What the index folders of a `.mtgl` file hold, by graph, and what could not be read.

    A damaged segment or folder is left out with a problem, and the rest is read.

    Args:
        entries: The unpacked entries of the ZIP, by name.

    Returns:
        The graphs by folder name ("Graph1") in order of the entries; and sentences.
    """
    indexes: dict[str, dict[str, dict[str, bytes]]] = {}
    for name, data in entries.items():
        if match := _ENTRY.fullmatch(name):
            indexes.setdefault(match[1], {}).setdefault(match[2], {})[match[3]] = data
    problems = [] if indexes else ["The file has no index of a graph."]
    if len(indexes) > GRAPHS_MAX:
        problems.append(f"{len(indexes) - GRAPHS_MAX} graphs were left out.")
    allowance = Allowance()
    graphs = {
        name: _graph(name, folders, allowance, problems)
        for name, folders in list(indexes.items())[:GRAPHS_MAX]
    }
    if len(problems) > PROBLEMS_MAX:
        problems[PROBLEMS_MAX:] = [f"{len(problems) - PROBLEMS_MAX} more problems."]
    return graphs, problems


_ENTRY = re.compile(rf"Graphs/([^/]+)/({'|'.join(FOLDERS)})/([^/]+)")
_KEY = "__key[long]"
_KINDS: Mapping[str, type] = {
    "string": str, "bool": str, "int": int, "long": int, "date": int,
    "float": float, "double": float,
}  # fmt: skip
"""What a value is whose name ends with a kind."""
_NOT_SHOWN = ("propText[string]", "|*analyzed")
"""Ends of names of copies that only search needs."""

_PROPERTY_TEXTS = frozenset({"displayName", "type", "hidden", "readonly"})
_GROUPS = frozenset({"properties", "displayInfo", "overlays", "notes", "path"})
"""Names of the maps that are read."""

_Fields = list[tuple[str, Scalar]]


def _graph(
    name: str,
    folders: Mapping[str, Mapping[str, bytes]],
    allowance: Allowance,
    problems: list[str],
) -> MtglGraph:
    graph = MtglGraph(segments={}, lucene={}, entities={}, links={})
    for folder in FOLDERS:
        reasons: list[str] = []
        records = graph["links" if folder.endswith("Links") else "entities"]
        alone = 0
        try:
            commit = read_commit(folders.get(folder, {}))
            graph["segments"][folder] = [segment.name for segment in commit.segments]
            graph["lucene"][folder] = list(commit.version)
            for key, fields in _documents(folders[folder], commit, allowance, reasons):
                if folder.startswith("Data"):
                    records[key] = _data(fields)
                elif key in records:
                    records[key].update(_joined(fields))
                else:
                    alone += 1
        except InvalidValue as error:
            reasons.append(str(error))
        if alone:
            reasons.append(f"{alone} documents belong to no entity or link that was read.")
        problems += [f"{quote_value(name)[1:-1]}/{folder}: {problem}" for problem in reasons]
    return graph


def _documents(
    files: Mapping[str, bytes], commit: Commit, allowance: Allowance, reasons: list[str]
) -> Iterator[tuple[str, _Fields]]:
    """The key and the sound fields of each document; all or nothing of one segment."""
    odd: dict[str, int] = {}
    for segment in commit.segments:
        if allowance.spent:
            reasons.append("The rest was left out, as the file is too large.")
            break
        try:
            documents = list(read_segment(files, segment, allowance=allowance))
        except InvalidValue as error:
            reasons.append(str(error))
            continue
        for document in documents:
            fields: _Fields = []
            for name, value in document:
                if not isinstance(value, bytes) and _sound(name, value):
                    fields.append((name, value))
                elif not name.endswith(_NOT_SHOWN):
                    odd[name] = odd.get(name, 0) + 1
            key = dict(fields).get(_KEY)
            if key is None:
                odd[_KEY] = odd.get(_KEY, 0) + 1
            else:
                yield str(key), fields
    if odd:
        example = quote_value(next(iter(odd)))
        reasons.append(f"{sum(odd.values())} values were left out, such as one named {example}.")


def _sound(name: str, value: Scalar) -> bool:
    """Whether a field is one that is read, with a value of the kind that its name tells."""
    group, nested, _ = name.partition("[map]|")
    kind = _KINDS.get(name.rpartition("[")[2].removesuffix("]"))
    return kind is not None and isinstance(value, kind) and (not nested or group in _GROUPS)


def _data(fields: _Fields) -> MtglRecord:
    """An entity or link with its properties."""
    record: dict[str, object] = {"properties": {}}
    properties: dict[str, dict[str, object]] = {}
    shown: list[dict[str, Scalar]] = []
    overlays: dict[str, dict[str, Scalar]] = {}
    notes: dict[str, Scalar] = {}
    for name, value in fields:
        group, nested, rest = name.partition("[map]|")
        path, _, leaf = rest.rpartition("[map]|")
        leaf, _, kind = leaf.rpartition("[")
        if not nested:
            if not name.endswith(_NOT_SHOWN):
                record[name] = value
        elif group == "properties":
            _property(properties.setdefault(path.replace("°", "."), {}), leaf, kind[:-1], value)
        elif group == "displayInfo":
            _row(shown, leaf, value)
        elif group == "overlays":
            overlays.setdefault(path, {})[leaf] = value
        elif group == "notes":
            notes[leaf] = value
    record["properties"] = properties
    optional = {"displayInfo": shown, "overlays": list(overlays.values()), "notes": notes}
    record |= {name: group for name, group in optional.items() if group}
    # The values were checked against the kinds that the names of a record have.
    return cast("MtglRecord", record)


def _property(property: dict[str, object], leaf: str, kind: str, value: Scalar) -> None:
    if leaf == "value":
        values = property.setdefault("value", [])
        assert isinstance(values, list)
        values.append(value)
        property["storage"] = kind
    elif leaf in _PROPERTY_TEXTS and isinstance(value, str):
        property[leaf] = value


def _joined(fields: _Fields) -> MtglRecord:
    """What structure and layout tell of an entity or link."""
    record = MtglRecord()
    bends: list[dict[str, Scalar]] = []
    for name, value in fields:
        match name, value:
            case "source[long]", int():
                record["source"] = str(value)
            case "target[long]", int():
                record["target"] = str(value)
            case "pinned[bool]", str():
                record["pinned"] = value
            case "x[int]", int():
                record["x"] = value
            case "y[int]", int():
                record["y"] = value
            case (("path[map]|x[int]" | "path[map]|y[int]"), int()):
                _row(bends, name[-6], value)
    if bends:
        record["path"] = [[int(one["x"]), int(one["y"])] for one in bends if len(one) == 2]
    return record


def _row(rows: list[dict[str, Scalar]], column: str, value: Scalar) -> None:
    """Put a value into the last row, or into a new one where that column is filled."""
    if not rows or column in rows[-1]:
        rows.append({})
    rows[-1][column] = value
