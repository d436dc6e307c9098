"""The rooms, what each may import, and who alone may reach the outside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from architecture.source import Source, imports

_PURE = frozenset({"errors", "schema", "model"})
_GRAPH = _PURE | {"graph"}
_EFFECTS = _GRAPH | {"analysis", "layout", "transform"}
_ASKED = frozenset({"questions", "commands", "playbook"})
_BELOW_FACADE = _EFFECTS | _ASKED | {"engine", "store", "interop", "providers", "replicas"}
_FACES = _BELOW_FACADE | {"workbench"}

LAYERS: Mapping[str, frozenset[str]] = {
    "errors": frozenset(),
    "schema": frozenset({"errors"}),
    "model": frozenset({"errors", "schema"}),
    "graph": _PURE,
    "analysis": _GRAPH,
    "layout": _GRAPH,
    "transform": _PURE,
    "providers": frozenset({"errors", "schema", "transform"}),
    "replicas": frozenset({"errors", "schema"}),
    "store": _EFFECTS,
    "engine": _EFFECTS | {"store", "interop"},
    "interop": _EFFECTS,
    "questions": _EFFECTS - {"layout"},
    "commands": _EFFECTS | {"interop", "questions"},
    "playbook": _EFFECTS | {"engine", "store", "questions"},
    "workbench": _BELOW_FACADE,
    "service": _FACES,
    "cli": _FACES | {"service"},
    "api": _FACES,
    "__init__": _FACES | {"api"},
}
"""For each room the others that it may import; its own files always."""

ALLOWED: Mapping[tuple[str, str], str] = {
    ("providers", "clew.model.interval"): "a transform's parameter can be a Window",
}
"""Single modules that a room may import beside the table, and why."""

OWNERS: Mapping[str, frozenset[str]] = {
    "aiohttp": frozenset({"engine", "replicas"}),
    "apsw": frozenset({"store"}),
    "cryptography": frozenset({"engine"}),
    "fastapi": frozenset({"service"}),
    "ftplib": frozenset(),
    "http.client": frozenset(),
    "httpx": frozenset(),
    "keyring": frozenset({"engine"}),
    "lxml": frozenset({"interop"}),
    "requests": frozenset(),
    "rich": frozenset({"cli"}),
    "smtplib": frozenset(),
    "socket": frozenset({"engine", "replicas", "service"}),
    "starlette": frozenset({"service"}),
    "sqlite3": frozenset(),
    "typer": frozenset({"cli"}),
    "urllib.request": frozenset(),
    "urllib3": frozenset(),
    "uvicorn": frozenset({"service"}),
}
"""Modules that reach the outside, or that one room hides from the others, and those rooms."""


def layer_faults(files: Iterable[Source]) -> list[str]:
    """Imports that go up, sideways, or into a room that is not in the table."""
    faults = []
    for file in files:
        if file.room not in LAYERS:
            faults.append(f"{file.path}: the room {file.room} is not in the table of layers")
            continue
        for found in imports(file):
            where = f"{file.path}:{found.line}"
            if found.module.startswith("."):
                faults.append(f"{where}: imports are absolute, not {found.module}")
                continue
            parts = found.name.split(".")
            if parts[0] != "clew" or found.name in ("clew", "clew.__version__"):
                continue
            own = parts[1] == file.room
            if not own and parts[1] not in LAYERS[file.room] and not _allowed(file, found.name):
                faults.append(f"{where}: {file.room} may not import {found.module}")
            if own and file.room == "providers" and _other_provider(file, parts):
                faults.append(f"{where}: one provider may not import another ({found.module})")
    return faults


def owner_faults(files: Iterable[Source]) -> list[str]:
    """Imports of an owned module outside of the rooms that own it."""
    return [
        f"{file.path}:{found.line}: {file.room} may not import {module}"
        for file in files
        for found in imports(file)
        for module, rooms in OWNERS.items()
        if f"{found.name}.".startswith(f"{module}.") and file.room not in rooms
    ]


def _allowed(file: Source, name: str) -> bool:
    return any(
        file.room == room and f"{name}.".startswith(f"{module}.") for room, module in ALLOWED
    )


def _other_provider(file: Source, parts: list[str]) -> bool:
    own = file.path.split("/")[1].removesuffix(".py")
    return len(parts) < 3 or parts[2] != own
