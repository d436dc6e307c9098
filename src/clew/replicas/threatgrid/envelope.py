"""ThreatGRID's envelope, its pages and its faults."""

from __future__ import annotations

from typing import Any

from aiohttp import web


def envelope(data: object, version: int = 2) -> web.Response:
    """An answer in its envelope."""
    return web.json_response({"api_version": version, "id": 5_340_769, "data": data})


def list_page(
    request: web.Request, rows: list[Any], *, most: int, total: bool = False
) -> web.Response:
    """A page of a list; an empty one has no items at all."""
    offset, limit = request.query.get("offset", "0"), request.query.get("limit", str(most))
    if not (offset.isdecimal() and limit.isdecimal() and len(offset + limit) < 16):
        return fault(400, "offset and limit must be numbers")
    start, size = int(offset), max(1, min(int(limit), most))
    items = rows[start : start + size]
    data: dict[str, Any] = {
        "index": start, "items_per_page": size, "current_item_count": len(items),
    }  # fmt: skip
    if total:
        data |= {"total": len(rows), "took": 4, "timed_out": False}
    if items:
        data["items"] = items
    return envelope(data)


def fault(status: int, message: str) -> web.Response:
    """A failure in the envelope."""
    error = {"code": status, "message": message, "errors": [{"code": status, "message": message}]}
    return web.json_response({"api_version": 2, "id": 5_340_770, "error": error}, status=status)
