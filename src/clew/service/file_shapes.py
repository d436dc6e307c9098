"""What requests about files carry and answers are: previews, mappings of tables, formats."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from clew.interop.table.cells import COLUMNS_MAX
from clew.interop.table.mapping import NAME_LENGTH_MAX, RULES_MAX
from clew.service.shapes import Id, Name, RequestBody

ShortText = Annotated[str, StringConstraints(max_length=NAME_LENGTH_MAX)]
Title = Annotated[str, StringConstraints(max_length=4 * NAME_LENGTH_MAX)]
Place = Annotated[int, Field(ge=-1, lt=COLUMNS_MAX)]
Kind = Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z0-9-]*$")]
"""Name of a format; empty where the content tells."""


class MappingShape(RequestBody):
    """A part of a mapping: answers hold all its fields, requests may leave those with defaults."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)


class TableColumn(MappingShape):
    """What a column of a table is."""

    title: Title
    role: Literal[
        "ignore", "entity", "type", "property", "first", "last", "date", "collectors", "provider",
        "tags", "relation", "detail",
    ]  # fmt: skip
    type: ShortText = ""
    of: Place = -1
    name: ShortText = ""


class TableLink(MappingShape):
    """Two columns whose entities are linked in each row."""

    source: Place
    type: Annotated[str, StringConstraints(min_length=1, max_length=NAME_LENGTH_MAX)]
    target: Place
    dated: bool = True


class TableMapping(MappingShape):
    """What the columns of a table are; as it is saved."""

    clew: Literal["table-mapping"] = "table-mapping"
    version: Literal[1] = 1
    day_order: Literal["", "day first", "month first"] = ""
    columns: Annotated[list[TableColumn], Field(min_length=1, max_length=COLUMNS_MAX)]
    links: Annotated[list[TableLink], Field(default_factory=list, max_length=RULES_MAX)]


class RemapRequest(RequestBody):
    """Read a file that was sent as another format, or by another mapping."""

    token: Id
    format: Kind = ""
    mapping: TableMapping | None = None
    saved: bool = True
    """Whether a mapping that was saved for its columns is used where none is given."""


class ImportRequest(RequestBody):
    """Bring a file that was sent into a graph, new or not."""

    token: Id
    graph: Name
    format: Kind = ""
    mapping: TableMapping | None = None
    remember: bool = False
    """Whether *mapping* is saved for tables with the same columns."""


class DropRequest(RequestBody):
    """Let a file that was sent go."""

    token: Id


class FileCounts(BaseModel):
    """How much a file holds."""

    entities: int
    links: int
    observations: int
    properties: int
    notes: int
    problems: int


class FileEntity(BaseModel):
    """An entity that a file would bring, defanged."""

    type: str
    value: str


class FileLink(BaseModel):
    """An observation of a link that a file would bring."""

    source: FileEntity
    type: str
    target: FileEntity
    first: str
    last: str
    provider: str


class FileProblem(BaseModel):
    """A part of a file that is left out or changed, and why."""

    where: str
    text: str
    reason: str


class TableSheet(BaseModel):
    """A table of a file: its columns with some cells, and what they are taken for."""

    sheet: str
    rows: int
    titled: bool
    samples: list[list[str]]
    """Some filled cells of each column."""
    mapping: TableMapping
    saved: bool
    """Whether the mapping is one that was saved for these columns."""


class FilePreview(BaseModel):
    """What a file would bring; nothing is kept but its bytes, for a while."""

    token: str
    name: str
    bytes: int
    format: str
    label: str
    counts: FileCounts
    more: list[str]
    """What it brings beside entities, links and properties."""
    entities: list[FileEntity]
    links: list[FileLink]
    problems: list[FileProblem]
    """The first ones; *counts* has how many there are."""
    tables: list[TableSheet]


class ImportResult(BaseModel):
    """A file's graph is on disk; how much of it the graph did not have."""

    seq: int
    label: str
    graph: str
    counts: FileCounts
    new_entities: int
    new_links: int
    remembered: bool
    """Whether the mapping was saved."""


class FormatInfo(BaseModel):
    """A file format."""

    name: str
    label: str
    endings: list[str]
    reads: bool
    writes: bool
    about: str


class ExportLosses(BaseModel):
    """What of a graph would be in a file, and what the format has no room for."""

    entities: int
    observations: int
    kept_back: int
    """Entities that are marked stricter than the ceiling."""
    kept_back_told: str
    """All that stays here for its marking, as a sentence; empty where nothing does."""
    lost: list[str]


class KeptBackView(BaseModel):
    """How much of a graph stays here under a ceiling."""

    ceiling: int
    """The TLP that leaves at most."""
    leaving: int
    """Entities that may leave."""
    entities: int
    links: int
    facts: int
    notes: int
    told: str
    """The same as a sentence; empty where nothing stays."""
