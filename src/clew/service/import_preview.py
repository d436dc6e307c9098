"""What a file would bring, as the page shows it. Pure; run outside of the event loop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

import msgspec

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.formats import formats
from clew.interop.gzip_file import gunzip
from clew.interop.importing import ImportedFile, read_file
from clew.interop.table.cells import Cells
from clew.interop.table.guess import guess
from clew.interop.table.mapping import mapping_from_json, signature, to_json
from clew.interop.table.own import is_own
from clew.interop.table.sheet_files import read_sheets
from clew.interop.texts import shorten_text
from clew.model.entity import Entity, Link
from clew.model.marking import Marking
from clew.model.marking_text import pap_of, tlp_of
from clew.schema.refang import DEFANGED_TYPES, defang
from clew.schema.registry import Catalogue
from clew.service.file_shapes import (
    FileCounts,
    FileEntity,
    FileLink,
    FilePreview,
    FileProblem,
    TableMapping,
    TableSheet,
)
from clew.service.uploads import Upload
from clew.workbench.mappings import saved_mapping

SAMPLE_MAX = 50
"""Most entities, and most links, that are shown."""
PROBLEMS_SHOWN_MAX = 200
CELLS_SHOWN_MAX = 5
"""Most cells of a column that are shown."""
SHEETS_SHOWN_MAX = 20
CELL_SHOWN_LENGTH = 80
"""How much of a cell is shown, in code points."""
VALUE_SHOWN_LENGTH = 500
CONFIGURATION = "mtz"


def read(
    upload: Upload, catalogue: Catalogue, *, run: str, learnt: int, mapping: str
) -> ImportedFile:
    """
    The graph of a file that was sent; *mapping* is of a table's columns, as JSON.

    Raises:
        InvalidValue: It is of no use as a whole; told with its name.
        UnknownName: There is no such format.
    """
    try:
        return read_file(
            upload.data,
            catalogue,
            run=run,
            learnt=learnt,
            kind=upload.format,
            mapping=mapping,
            name=upload.name,
        )
    except InvalidValue as error:
        if error.value:
            raise
        raise InvalidValue(
            error.kind, upload.name, error.reason, helps=error.helps or _helps(error)
        ) from error


def preview(
    upload: Upload,
    imported: ImportedFile,
    catalogue: Catalogue,
    *,
    token: str,
    mapping: str,
    saved: bool,
) -> FilePreview:
    """What a file that was read would bring, with samples; *saved* tells where *mapping* is of."""
    exchange, form = imported.graph, formats().named(imported.format)
    return FilePreview(
        token=token,
        name=upload.name,
        bytes=len(upload.data),
        format=form.name,
        label=form.label,
        counts=FileCounts(**imported.counts()),
        more=_more(exchange),
        entities=[_entity(one, catalogue) for one in _some(exchange)],
        links=list(_links(exchange, catalogue)),
        problems=[
            FileProblem(where=one.where, text=one.text, reason=one.reason)
            for one in imported.problems[:PROBLEMS_SHOWN_MAX]
        ],
        tables=_tables(upload, catalogue, mapping, saved=saved) if form.read_mapped else [],
    )


def is_configuration(upload: Upload) -> bool:
    """Whether a file is Maltego's configuration, which holds no graph."""
    if upload.format not in ("", CONFIGURATION):
        return False
    try:
        return formats().recognise(gunzip(upload.data)).format.name == CONFIGURATION
    except InvalidValue:
        # Reading it tells what is wrong.
        return False


def configuration_preview(upload: Upload) -> FilePreview:
    """A preview of Maltego's configuration: it brings nothing, its offers are told elsewhere."""
    none = FileCounts(entities=0, links=0, observations=0, properties=0, notes=0, problems=0)
    return FilePreview(
        token="", name=upload.name, bytes=len(upload.data), format=CONFIGURATION,
        label=formats().named(CONFIGURATION).label, counts=none, more=[], entities=[], links=[],
        problems=[], tables=[],
    )  # fmt: skip


def saved_for(upload: Upload, environment: Mapping[str, str]) -> str:
    """The mapping that was saved for a table's columns, as JSON; empty where there is none."""
    table = not upload.format or formats().named(upload.format).read_mapped is not None
    return saved_mapping(upload.data, environment) if table else ""


def _helps(error: InvalidValue) -> str:
    if error.kind == "mapping":
        return ""
    if "investigation" in error.reason:
        return "Open it with 'clew open'."
    return "Choose another format if you know it better."


def _some(exchange: ExchangeGraph) -> Iterator[Entity]:
    names = exchange.block.names
    rows = exchange.block.entities.head(SAMPLE_MAX).select("type", "value").iter_rows()
    return (Entity(names[type_], value) for type_, value in rows)


def _links(exchange: ExchangeGraph, catalogue: Catalogue) -> Iterator[FileLink]:
    for _, _, observation in islice(exchange.links(), SAMPLE_MAX):
        link = observation.subject
        assert isinstance(link, Link)
        yield FileLink(
            source=_entity(link.source, catalogue),
            type=link.type,
            target=_entity(link.target, catalogue),
            first=str(observation.seen.first),
            last=str(observation.seen.last),
            provider=observation.provenance.provider,
        )


def _entity(one: Entity, catalogue: Catalogue) -> FileEntity:
    kind = catalogue.entity_types.get(one.type)
    dead = kind is None or one.type in DEFANGED_TYPES
    value = one.value[:VALUE_SHOWN_LENGTH]
    return FileEntity(type=one.type, value=defang(value) if dead else value)


def _more(exchange: ExchangeGraph) -> list[str]:
    """What else it brings, in words."""
    tags = len({tag for names in exchange.tags.values() for tag in names})
    flags = len(exchange.stars | exchange.pins | exchange.seeds)
    marks = sum(row >= 0 for row in exchange.marks)
    parts = [
        f"{number} {one if number == 1 else many}"
        for number, one, many in (
            (tags, "tag", "tags"),
            (flags, "starred, pinned or kept entity", "starred, pinned or kept entities"),
            (marks, "marked entity", "marked entities"),
            (len(exchange.merged_into), "merged entity", "merged entities"),
            (len(exchange.rest), "part that is kept as it is", "parts that are kept as they are"),
        )
        if number
    ]
    if -1 in exchange.marks:
        tlp, pap = exchange.marks[-1]
        parts.append(f"marks the investigation {Marking(tlp_of(tlp), pap_of(pap))}")
    return parts


def _tables(upload: Upload, catalogue: Catalogue, mapping: str, *, saved: bool) -> list[TableSheet]:
    """The tables whose columns can be mapped; Clew's own need no mapping."""
    tables, _ = read_sheets(gunzip(upload.data))
    chosen = mapping_from_json(mapping) if mapping else None
    sheets = []
    for cells in tables[:SHEETS_SHOWN_MAX]:
        if not cells.header or (chosen is None and is_own(cells)):
            continue
        fits = chosen is not None and signature(cells) == chosen.signature
        what = chosen if chosen is not None and fits else guess(cells, catalogue)
        sheets.append(
            TableSheet(
                sheet=cells.sheet,
                rows=len(cells.rows),
                titled=cells.titled,
                samples=_samples(cells),
                mapping=TableMapping(**msgspec.json.decode(to_json(what))),
                saved=saved and fits,
            )
        )
    return sheets


def _samples(cells: Cells) -> list[list[str]]:
    """Some cells of each column, each once."""
    samples: list[dict[str, None]] = [{} for _ in cells.header]
    wanting = set(range(len(samples)))
    for row in cells.rows[:10_000]:
        for at in [*wanting]:
            text = row.cell(at).strip()
            if text:
                samples[at][shorten_text(text)[:CELL_SHOWN_LENGTH]] = None
                if len(samples[at]) == CELLS_SHOWN_MAX:
                    wanting.discard(at)
        if not wanting:
            break
    return [[*one] for one in samples]
