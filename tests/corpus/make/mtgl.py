"""Graphs as a client of version 4.2 stores them: six indexes in an archive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clew.interop.maltego.lucene import Document, Value
from corpus.make.archive import PIXEL, zipped
from corpus.make.lucene import Segment, index_of

FOLDERS = (
    "DataEntities", "DataLinks", "StructureEntities", "StructureLinks", "LayoutEntities",
    "LayoutLinks",
)  # fmt: skip
NOT_DATA = frozenset({"properties", "notes", "displayInfo", "overlays", "x", "y", "pinned",
                      "source", "target", "path"})  # fmt: skip
Record = dict[str, Any]


@dataclass(frozen=True)
class Graph:
    """Records as a reader gives them, and in which segments of which folder they are stored."""

    entities: Sequence[Record]
    links: Sequence[Record]
    segments: Mapping[str, Sequence[tuple[str, int]]]
    """By folder: name and number of documents of each segment."""
    deleted: Sequence[Record] = ()
    """Entities whose data stay in the file though they are deleted: the last of each segment."""

    def decoded(self) -> Record:
        """What a reader is to find: the records by key, and the listed segments."""
        return {
            "segments": {name: [one for one, _ in self.segments[name]] for name in FOLDERS},
            "lucene": {name: [5, 5, 0] for name in FOLDERS},
            "entities": {str(one["__key[long]"]): one for one in self.entities},
            "links": {str(one["__key[long]"]): one for one in self.links},
        }

    def members(self) -> dict[str, bytes]:
        """The files of all indexes, by their name in the archive."""
        documents = {
            "DataEntities": [_data(one) for one in self.entities],
            "DataLinks": [_data(one) for one in self.links],
            "StructureEntities": [_structure(one) for one in self.entities],
            "StructureLinks": [_ends(one) for one in self.links],
            "LayoutEntities": [_place(one) for one in self.entities],
            "LayoutLinks": [_bends(one) for one in self.links],
        }
        gone = [_data(one) for one in self.deleted]
        return {
            f"Graphs/Graph1/{folder}/{name}": data
            for folder in FOLDERS
            for name, data in index_of(
                _cut(documents[folder], self.segments[folder], gone * folder.startswith("DataE"))
            ).items()
        }


def mtgl(graph: Graph, *, version: str, at: str, more: Mapping[str, bytes | str]) -> bytes:
    """The archive of a graph that was saved at a local time (``2021-03-23 10:41:55``)."""
    day = at.replace(":", r"\:")
    refuse = {
        f"Graphs/Graph1/StructureEntities/_z.{ending}": b"left behind by an earlier save"
        for ending in ("si", "cfs", "cfe")
    }
    return zipped(
        {
            "version.properties": f"#\n#{at}\nmaltego.mtz.version=1.0\nmaltego.client.subtitle=\n"
            f"maltego.client.version={version}\nmaltego.pandora.version=1.4.2\n"
            "maltego.graph.version=1.2\nmaltego.client.name=Maltego Classic\n",
            "Graphs/Graph1/Collection/collection-nodes.data": b"\0\5types\0\0\0\1",
            **graph.members(),
            **refuse,
            "Graphs/Graph1.properties": f"#\n#{at}\nmodified={day}.740 +0100\n"
            f"created={day}.408 +0100\n",
            "Icons/Heron/Nest.png": PIXEL,
            "Icons/Heron/Nest.xml": "<Icon>\n   <Aliases/>\n</Icon>",
            **more,
        }
    )


def text(value: str | list[str] | None, *, type_: str = "string", **more: str) -> Record:
    """A property of text; an array is a list, and an empty one has no value."""
    values = [value] if isinstance(value, str) else value
    return {**more, "type": type_, **({"value": values, "storage": "string"} if values else {})}


def number(value: int, *, type_: str = "int", storage: str = "int", **more: str) -> Record:
    """A property of a whole number."""
    return {**more, "type": type_, "value": [value], "storage": storage}


def _cut(
    documents: list[Document], plan: Sequence[tuple[str, int]], gone: list[Document]
) -> list[Segment]:
    """Segments of as many documents as the plan says; a deleted one ends each while there are."""
    made: list[Segment] = []
    at = 0
    left = list(gone)
    for name, count in plan:
        part: list[Document] = documents[at : at + count]
        dead: tuple[int, ...] = ()
        if left:
            part, dead = [*part, left.pop(0)], (len(part),)
        made.append(Segment(name, part, dead))
        at += count
    assert at == len(documents)
    assert not left
    return made


def _data(record: Record) -> Document:
    made: Document = [(name, one) for name, one in record.items() if name not in NOT_DATA]
    for name, property_ in record["properties"].items():
        head = f"properties[map]|{name.replace('.', '°')}[map]|"
        for field, value in property_.items():
            if field == "value":
                made += [(f"{head}value[{property_['storage']}]", one) for one in value]
            elif field != "storage":
                kind = "bool" if field in ("hidden", "readonly") else "string"
                made.append((f"{head}{field}[{kind}]", value))
    for one in record.get("displayInfo", ()):
        made += [(f"displayInfo[map]|{name}[string]", value) for name, value in one.items()]
    for at, one in enumerate(record.get("overlays", ())):
        made += [
            (f"overlays[map]|{one['position']}{at}[map]|{name}[string]", value)
            for name, value in one.items()
        ]
    for name, value in record.get("notes", {}).items():
        made.append((f"notes[map]|{name}[{'bool' if name == 'show' else 'string'}]", value))
    made.append(("propText[string]", str(record.get("displayValueStr[string]", ""))))
    return made


def _key(record: Record) -> tuple[str, Value]:
    return ("__key[long]", record["__key[long]"])


def _structure(record: Record) -> Document:
    return [_key(record), ("pinned[bool]", record["pinned"])]


def _ends(record: Record) -> Document:
    return [_key(record), *((f"{name}[long]", int(record[name])) for name in ("source", "target"))]


def _place(record: Record) -> Document:
    return [_key(record), ("x[int]", record["x"]), ("y[int]", record["y"])]


def _bends(record: Record) -> Document:
    bends = ((f"path[map]|{name}[int]", one) for bend in record.get("path", ())
             for name, one in zip("xy", bend, strict=True))  # fmt: skip
    return [_key(record), *bends]
