"""A project of the vendor's library, and how its transforms are asked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clew.engine.maltego.declarations import (
    ProgramDeclaration,
    Protocol,
    ServerDeclaration,
)
from clew.transform.provider import Contact

NAMES = {"example.org": "domain-name", "www.example.net": "domain-name"}


@dataclass(frozen=True)
class Project:
    """A project on this machine, and the server that serves it."""

    python: Path
    folder: Path
    url: str

    def local(self, name: str, **more: Any) -> ProgramDeclaration:
        made: dict[str, Any] = {"contact": Contact.LOCAL, "enabled": True, **more}
        return ProgramDeclaration(
            name, name, str(self.python), f"project.py local {name}", str(self.folder), **made
        )

    def server(self, protocol: Protocol, **more: Any) -> ServerDeclaration:
        made: dict[str, Any] = {"contact": Contact.OWN_SERVER, "enabled": True, **more}
        return ServerDeclaration("example", self.url, protocol, **made)
