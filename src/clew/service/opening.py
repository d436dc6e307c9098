"""Routes of the start page: what can be opened, opening it, beginning anew."""

from __future__ import annotations

import asyncio
from importlib.metadata import version
from pathlib import Path

from fastapi import APIRouter

from clew.service.desk import Desk
from clew.service.memory import Remembered, path_id
from clew.service.shapes import Acknowledged, Begun, Keyed, Listed, Opened, ShelfInfo, Shipped


def opening(desk: Desk) -> APIRouter:
    """The opening routes of a desk."""
    routes = APIRouter()
    shelf = desk.shelf

    @routes.get("/shelf")
    async def listed() -> ShelfInfo:
        """What can be opened, and who can be asked."""
        desk.remember_changes()
        return ShelfInfo(
            is_open=desk.is_open,
            open_id=path_id(desk.bench.case.store.path) if desk.is_open else "",
            seq=desk.seq,
            folder=shelf.folder.name or str(shelf.folder),
            version=version("clew"),
            recent=[_told(one) for one in shelf.listed()],
            cases=[Shipped(**one) for one in shelf.cases()],
            providers=desk.providers(),
            contact_limit=int(shelf.settings.contact_limit),
        )

    @routes.post("/shelf/open")
    async def open_file(asked: Opened) -> Acknowledged:
        """Open a listed investigation in place of the open one."""
        return await _seat(desk, shelf.path(asked.id))

    @routes.post("/shelf/new")
    async def begin(asked: Begun) -> Acknowledged:
        """Begin a new investigation in the folder."""
        await desk.seat(shelf.create(asked.name))
        return Acknowledged(seq=desk.seq, label=asked.name)

    @routes.post("/shelf/case")
    async def open_case(asked: Begun) -> Acknowledged:
        """Open a shipped case; its replicas are started, and it is played where it is new."""
        path = shelf.shipped_path(asked.name)
        if _is_open(desk, path):
            if not asked.fresh:
                # It answers from its replicas already; new ones would listen elsewhere.
                return Acknowledged(seq=desk.seq, label=path.stem)
            await desk.leave()
        path = await asyncio.to_thread(shelf.case, asked.name, fresh=asked.fresh)
        return await _seat(desk, path)

    @routes.post("/keys")
    async def keep_key(asked: Keyed) -> Acknowledged:
        """Keep a provider's key; no route gives it back."""
        found = shelf.registry.provider(asked.provider)
        where = shelf.settings.secrets.set(found, asked.name, asked.value.get_secret_value())
        desk.keys_changed()
        return Acknowledged(seq=desk.seq, label=f"Kept in the {where}")

    @routes.post("/shelf/forget")
    async def forget(asked: Opened) -> Acknowledged:
        """Forget an investigation; its file stays."""
        shelf.memory.forget(asked.id)
        return Acknowledged(seq=desk.seq)

    return routes


async def _seat(desk: Desk, path: Path) -> Acknowledged:
    if not _is_open(desk, path):
        await desk.seat(desk.shelf.open(path))
    return Acknowledged(seq=desk.seq, label=path.stem)


def _is_open(desk: Desk, path: Path) -> bool:
    return desk.is_open and desk.bench.case.store.path.absolute() == path.absolute()


def _told(one: Remembered) -> Listed:
    path = Path(one.path)
    return Listed(
        id=one.id, title=one.title, file=path.name, there=path.is_file(), seen_s=one.seen_s,
        seq=one.seq, entities=one.entities, graphs=one.graphs, window=one.window,
        dots=list(one.dots),
    )  # fmt: skip
