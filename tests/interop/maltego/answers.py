"""Answers of a transform from loose entities."""

from __future__ import annotations

from clew.interop.maltego.message import (
    read_response,
)
from clew.interop.maltego.record import (
    Thing,
)

DOMAIN = Thing("maltego.Domain", "example.org", 87)


def answer(inside: str) -> bytes:
    return (
        "<MaltegoMessage><MaltegoTransformResponseMessage>"
        f"{inside}</MaltegoTransformResponseMessage></MaltegoMessage>"
    ).encode()


def answered(entity: str) -> tuple[Thing, tuple[str, ...]]:
    """The one entity that an answer holds, and the problems."""
    got = read_response(answer(f"<Entities>{entity}</Entities>"))
    return got.things[0], got.problems
