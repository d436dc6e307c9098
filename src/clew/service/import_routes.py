"""Routes of other tools' files: a preview that keeps nothing, and bringing it in as one action."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.requests import ClientDisconnect

from clew.errors import InvalidValue
from clew.interop.formats import formats as all_formats
from clew.interop.importing import ImportedFile
from clew.interop.table.mapping import mapping_from_json
from clew.service.case_home import CaseHome
from clew.service.file_shapes import (
    DropRequest,
    FileCounts,
    FilePreview,
    FormatInfo,
    ImportRequest,
    ImportResult,
    Kind,
    RemapRequest,
    TableMapping,
)
from clew.service.gate import BYTES, UPLOAD_BYTES_MAX
from clew.service.heavy_work import INLINE_BYTES_MAX, preview_upload, read_upload
from clew.service.import_preview import configuration_preview, is_configuration, saved_for
from clew.service.shapes import Acknowledgement
from clew.service.uploads import Upload
from clew.workbench.mappings import save_mapping

NAME_SHOWN_LENGTH = 120
IMPORT_S = 600.0
"""Longest time that reading one file takes, in seconds."""
FileName = Annotated[str, Query(max_length=1_000)]
BODY = {
    "requestBody": {
        "required": True,
        "content": {BYTES: {"schema": {"type": "string", "format": "binary"}}},
    }
}


def import_routes(home: CaseHome) -> APIRouter:
    """The importing routes of a case home."""
    routes = APIRouter()
    uploads = home.uploads

    async def mapping_of(upload: Upload, mapping: TableMapping | None, *, saved: bool) -> str:
        if mapping is not None or not saved:
            return mapping.model_dump_json() if mapping is not None else ""
        return await asyncio.to_thread(saved_for, upload, home.library.environment)

    async def shown(
        upload: Upload, token: str, mapping: TableMapping | None = None, *, saved: bool = True
    ) -> FilePreview:
        used = await mapping_of(upload, mapping, saved=saved)
        arguments = upload, *_origin(), used, token, mapping is None
        if len(upload.data) < INLINE_BYTES_MAX:
            return await asyncio.to_thread(preview_upload, home.library.kinds, *arguments)
        return await home.in_worker(
            "import", f"Look at {upload.name}", preview_upload, None, *arguments, seconds=IMPORT_S
        )

    async def graph_of(upload: Upload, mapping: str) -> ImportedFile:
        arguments = upload, *_origin(), mapping
        if len(upload.data) < INLINE_BYTES_MAX:
            return await asyncio.to_thread(read_upload, home.library.kinds, *arguments)
        return await home.in_worker(
            "import", f"Read {upload.name}", read_upload, None, *arguments, seconds=IMPORT_S
        )

    @routes.get("/formats")
    async def formats() -> list[FormatInfo]:
        """The file formats that are read and written."""
        return [
            FormatInfo(
                name=one.name, label=one.label, endings=list(one.extensions),
                reads=one.read is not None, writes=one.write is not None, about=one.about,
            )
            for one in all_formats().of_graphs
        ]  # fmt: skip

    @routes.post("/import/preview", openapi_extra=BODY)
    async def send(request: Request, name: FileName = "", format: Kind = "") -> FilePreview:
        """What a file would bring. Its bytes are kept for a while, by a token."""
        plain = " ".join(name.split())[:NAME_SHOWN_LENGTH] or "file"
        upload = Upload(plain, await _body(request, plain), format)
        if await asyncio.to_thread(is_configuration, upload):
            found = configuration_preview(upload)
        else:
            found = await shown(upload, "")
        return found.model_copy(update={"token": uploads.keep(upload)})

    @routes.post("/import/remap")
    async def remap(asked: RemapRequest) -> FilePreview:
        """What a file that was sent would bring, read in another way."""
        upload = uploads.get(asked.token)
        return await shown(
            _read_as(upload, asked.format), asked.token, asked.mapping, saved=asked.saved
        )

    @routes.post("/import")
    async def enter(asked: ImportRequest) -> ImportResult:
        """Bring a file that was sent into a graph; one undo takes it out again."""
        before, upload = home.bench, _read_as(uploads.get(asked.token), asked.format)
        used = await mapping_of(upload, asked.mapping, saved=True)
        imported = await graph_of(upload, used)
        bench = home.bench
        if bench is not before:
            raise InvalidValue("graph", asked.graph, "another investigation was opened meanwhile")
        had = _sizes(home, asked.graph)
        if had[0]:
            # What has a place keeps it, and what is new is laid out near its neighbours.
            imported.graph.places = {}
        label = f"Import {upload.name}"
        bench.import_graph(imported, upload.data, graph=asked.graph, label=label)
        uploads.drop(asked.token)
        home.changed()
        entities, links = _sizes(home, asked.graph)
        return ImportResult(
            seq=bench.state.seq, label=label, graph=asked.graph,
            counts=FileCounts(**imported.counts()), new_entities=max(0, entities - had[0]),
            new_links=max(0, links - had[1]),
            remembered=asked.remember and _remembered(used, home.library.environment),
        )  # fmt: skip

    @routes.post("/import/drop")
    async def drop(asked: DropRequest) -> Acknowledgement:
        """Let a file that was sent go; nothing of it is kept."""
        uploads.drop(asked.token)
        return Acknowledgement(seq=home.seq)

    return routes


def _origin() -> tuple[str, int]:
    """The id of an import, and when it is, in seconds since 1970."""
    return uuid.uuid4().hex, int(time.time())


def _read_as(upload: Upload, kind: str) -> Upload:
    return Upload(upload.name, upload.data, kind or upload.format)


def _remembered(mapping: str, environment: Mapping[str, str]) -> bool:
    """Save a mapping; gives whether it could be, since the import itself is done."""
    if not mapping:
        return False
    try:
        save_mapping(mapping_from_json(mapping), environment)
    except OSError:
        return False
    return True


def _sizes(home: CaseHome, graph: str) -> tuple[int, int]:
    """How many entities and links a graph shows; none where it is not there yet."""
    if graph not in home.bench.state.decisions.graphs:
        return 0, 0
    view = home.view(graph)
    return len(view.entities), len(view.links)


async def _body(request: Request, name: str) -> bytes:
    """The bytes of a file, as they come; the gate ends those that are too many."""
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
    except ClientDisconnect as error:
        reason = f"it did not arrive whole, or has over {UPLOAD_BYTES_MAX} bytes"
        raise InvalidValue("file", name, reason, helps="Use 'clew import'.") from error
    return bytes(body)
