"""Routes of the start page: what can be opened, opening it, beginning anew."""

from __future__ import annotations

import asyncio
from importlib.metadata import version
from pathlib import Path

from fastapi import APIRouter

from clew.service.case_home import CaseHome
from clew.service.recent_cases import RecentCase, path_id
from clew.service.shapes import (
    Acknowledgement,
    KeyRequest,
    LibraryInfo,
    ListedCase,
    NewCaseRequest,
    OpenRequest,
    ShippedCase,
)


def library_routes(home: CaseHome) -> APIRouter:
    """The opening routes of a case home."""
    routes = APIRouter()
    library = home.library

    @routes.get("/shelf", include_in_schema=False)
    @routes.get("/library")
    async def listed() -> LibraryInfo:
        """What can be opened, and who can be asked."""
        home.remember_changes()
        return LibraryInfo(
            is_open=home.is_open,
            open_id=path_id(home.bench.case.store.path) if home.is_open else "",
            seq=home.seq,
            folder=library.folder.name or str(library.folder),
            version=version("clew"),
            recent=[_view(one) for one in library.listed()],
            cases=[ShippedCase(**one) for one in library.cases()],
            providers=home.providers.all(),
            contact_limit=int(library.settings.contact_limit),
        )

    @routes.post("/shelf/open", include_in_schema=False)
    @routes.post("/library/open")
    async def open_file(asked: OpenRequest) -> Acknowledgement:
        """Open a listed investigation in place of the open one."""
        return await _open(home, library.path(asked.id))

    @routes.post("/shelf/new", include_in_schema=False)
    @routes.post("/library/new")
    async def begin(asked: NewCaseRequest) -> Acknowledgement:
        """Begin a new investigation in the folder."""
        await home.open(library.create(asked.name))
        return Acknowledgement(seq=home.seq, label=asked.name)

    @routes.post("/shelf/case", include_in_schema=False)
    @routes.post("/library/case")
    async def open_case(asked: NewCaseRequest) -> Acknowledgement:
        """Open a shipped case; its replicas are started, and it is played where it is new."""
        path = library.shipped_path(asked.name)
        if _is_open(home, path):
            if not asked.fresh:
                # It answers from its replicas already; new ones would listen elsewhere.
                return Acknowledgement(seq=home.seq, label=path.stem)
            await home.close_case()
        path = await home.jobs.run(
            "open", f"Prepare {path.stem}",
            lambda _: asyncio.to_thread(library.case, asked.name, fresh=asked.fresh),
        )  # fmt: skip
        return await _open(home, path)

    @routes.post("/keys")
    async def keep_key(asked: KeyRequest) -> Acknowledgement:
        """Keep a provider's key; no route gives it back."""
        found = library.registry.provider(asked.provider)
        where = library.settings.secrets.set(found, asked.name, asked.value.get_secret_value())
        home.providers.forget()
        return Acknowledgement(seq=home.seq, label=f"Kept in the {where}")

    @routes.post("/shelf/forget", include_in_schema=False)
    @routes.post("/library/forget")
    async def forget(asked: OpenRequest) -> Acknowledgement:
        """Forget an investigation; its file stays."""
        library.recent.forget(asked.id)
        return Acknowledgement(seq=home.seq)

    return routes


async def _open(home: CaseHome, path: Path) -> Acknowledgement:
    if not _is_open(home, path):
        await home.open_file(path)
    return Acknowledgement(seq=home.seq, label=path.stem)


def _is_open(home: CaseHome, path: Path) -> bool:
    return home.is_open and home.bench.case.store.path.absolute() == path.absolute()


def _view(one: RecentCase) -> ListedCase:
    path = Path(one.path)
    return ListedCase(
        id=one.id, title=one.title, file=path.name, there=path.is_file(), seen_s=one.seen_s,
        seq=one.seq, entities=one.entities, graphs=one.graphs, window=one.window,
        dots=list(one.dots),
    )  # fmt: skip
