"""The rooms, what each may import, and who alone may reach the outside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from architecture.source import Source, imports

LAYERS: Mapping[str, frozenset[str]] = {
    room: frozenset(allowed.split())
    for room, allowed in {
        "errors": "",
        "schema": "errors",
        "model": "errors",
        "graph": "errors schema model",
        "analysis": "errors schema model graph",
        "layout": "errors",
        "transform": "errors schema model",
        "providers": "errors schema transform",
        "replicas": "errors schema",
        "store": "errors model graph",
        "interop": "errors schema model graph analysis layout transform",
        "engine": "errors schema model graph analysis transform store interop",
        "questions": "errors schema model graph analysis",
        "commands": "errors schema model graph analysis interop questions",
        "playbook": "errors schema model graph analysis transform store engine questions",
        "workbench": "errors schema model graph analysis transform store interop engine questions "
        "commands playbook",
        "service": "errors schema model graph analysis layout transform store interop engine "
        "replicas questions commands playbook workbench",
        "cli": "errors schema model graph transform store interop engine replicas questions "
        "commands playbook workbench service",
        "api": "schema model graph analysis interop questions commands playbook store workbench",
        "__init__": "api",
    }.items()
}
"""For each room the others that it imports, lowest first; its own files always."""

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


def unused_permissions(files: Iterable[Source]) -> list[str]:
    """Rooms of the table that a room may import, and does not."""
    used: dict[str, set[str]] = {room: set() for room in LAYERS}
    for file in files:
        names = (found.name.split(".") for found in imports(file))
        used.setdefault(file.room, set()).update(n[1] for n in names if n[0] == "clew" and n[1:])
    return [
        f"{room} does not import {other}, though the table says so"
        for room, allowed in LAYERS.items()
        for other in sorted(allowed - used[room])
    ]


def upward_permissions() -> list[str]:
    """Rooms that may import one that stands below them in the table: then it is no layer."""
    order = list(LAYERS)
    return [
        f"{room} may import {other}, which stands below it in the table"
        for room, allowed in LAYERS.items()
        for other in sorted(allowed)
        if order.index(other) >= order.index(room)
    ]


def circle_faults(files: Iterable[Source]) -> list[str]:
    """Files that import each other in a circle when they run; imports for types alone don't run."""
    modules = {
        file.path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): file
        for file in files
    }
    graph = {name: _imported(name, file, modules) for name, file in modules.items()}
    sorter = TopologicalSorter(graph)
    try:
        sorter.prepare()
    except CycleError as error:
        return [" imports ".join(reversed(error.args[1]))]
    return []


def _imported(name: str, file: Source, modules: Mapping[str, Source]) -> set[str]:
    """The files that one imports, whichever of their names it takes."""
    found = set()
    for one in imports(file, types=False):
        module = one.name.removeprefix("clew.") if one.name.startswith("clew.") else ""
        while module and module not in modules:
            module = module.rpartition(".")[0]
        found.add(module)
    return found - {"", name}


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
