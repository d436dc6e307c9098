"""Answers that are bytes: how a route tells their media type, and how a browser saves them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fastapi.responses import Response


def bytes_of(media_type: str, title: str, about: str = "Successful Response") -> dict[str, Any]:
    """What a route that answers with bytes is declared with: its media type, name and meaning."""
    schema = {"type": "string", "format": "binary", "title": title}
    answer = {"description": about, "content": {media_type: {"schema": schema}}}
    return {"response_class": Response, "responses": {200: answer}}


def download(body: bytes | str, media_type: str, name: str) -> Response:
    """A file to be saved; its name may be anything, so it is told in ASCII and in UTF-8."""
    plain = "".join(one if one.isprintable() and one not in '/\\"' else "-" for one in name)
    ascii_ = plain.encode("ascii", "replace").decode().replace("?", "-")
    disposition = f"attachment; filename=\"{ascii_}\"; filename*=UTF-8''{quote(plain, safe='')}"
    return Response(body, media_type=media_type, headers={"content-disposition": disposition})
