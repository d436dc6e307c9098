"""Answers that are bytes: how a route tells their media type, and how a browser saves them."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Query
from fastapi.responses import Response


def bytes_of(media_type: str, title: str, about: str = "Successful Response") -> dict[str, Any]:
    """What a route that answers with bytes is declared with: its media type, name and meaning."""
    schema = {"type": "string", "format": "binary", "title": title}
    answer = {"description": about, "content": {media_type: {"schema": schema}}}
    return {"response_class": Response, "responses": {200: answer}}


Ceiling = Annotated[int | None, Query(ge=0, le=5)]
"""The strictest TLP that leaves; that of the investigation where none is named."""
SharedBytes = tuple[bytes, str]
"""What leaves, and what was kept back of it, as a sentence; empty where nothing was."""
KEPT_BACK = "clew-kept-back"
"""The header that tells what a ceiling kept back."""


def ceiling_response(body: SharedBytes, media_type: str, *, name: str = "") -> Response:
    """What leaves under a ceiling, to be saved where it has a name."""
    data, kept_back = body
    answer = download(data, media_type, name) if name else Response(data, media_type=media_type)
    if kept_back:
        answer.headers[KEPT_BACK] = kept_back
    return answer


def download(body: bytes | str, media_type: str, name: str) -> Response:
    """A file to be saved; its name may be anything, so it is told in ASCII and in UTF-8."""
    plain = "".join(one if one.isprintable() and one not in '/\\"' else "-" for one in name)
    ascii_ = plain.encode("ascii", "replace").decode().replace("?", "-")
    disposition = f"attachment; filename=\"{ascii_}\"; filename*=UTF-8''{quote(plain, safe='')}"
    return Response(body, media_type=media_type, headers={"content-disposition": disposition})
