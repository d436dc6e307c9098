"""What asking one transform about one entity came to."""

from __future__ import annotations

from dataclasses import dataclass, field

from clew.interop.maltego.record import Response


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, and what has to be said of it."""

    response: Response
    body: bytes = field(repr=False)
    """As it came; pages of one run are joined by a line break."""
    media_type: str = "text/xml"
    problems: tuple[str, ...] = ()
    """What went wrong beside the answer; sentences."""
    cut: str = ""
    """Why there may be more; empty where it is whole."""
    failed: str = ""
    """What stopped it before it was whole; what came before that is kept."""
    calls: int = 0
    """Requests that it took."""
