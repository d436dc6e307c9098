"""Version 3 of ThreatConnect's API: lists by TQL, single objects, asked-for parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from aiohttp import web

from clew.replicas.threatconnect.records import Record, Records, check_names, fields_of
from clew.replicas.threatconnect.tql import BadTql, parse

APP = "https://app.threatconnect.com"
LIMIT, LIMIT_MAX = 100, 10_000
VALUE_KEYS = {
    "Address": "ip", "EmailAddress": "address", "Host": "hostName", "URL": "text",
    "ASN": "AS Number", "CIDR": "Block", "Mutex": "Mutex", "Registry Key": "Key Name",
    "User Agent": "User Agent String",
}  # fmt: skip


class V3:
    """The handlers of version 3."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def add_to(self, app: web.Application) -> None:
        """Add the routes."""
        app.router.add_get("/api/v3/security/owners", self.owners)
        for name, rows in (("groups", self._records.groups),
                           ("indicators", self._records.indicators)):  # fmt: skip
            app.router.add_get(f"/api/v3/{name}", self._lister(rows))
            app.router.add_get(f"/api/v3/{name}/{{id}}", self._single(rows))

    async def owners(self, request: web.Request) -> web.Response:
        """The owners that the key can read."""
        rows = [
            {"id": number, "name": name, "type": owner_type(name), "ownerRole": "User",
             "permIndicator": "READ", "permGroup": "READ"}
            for name, number in self._records.owners.items()
        ]  # fmt: skip
        return page(request, rows)

    def _lister(self, rows: list[Record]) -> Any:
        async def handle(request: web.Request) -> web.Response:
            try:
                query = parse(request.query.get("tql", ""))
                check_names(query)
                found = [row for row in rows if query.holds(row, fields_of)]
            except BadTql as error:
                return fault(400, f"Please check the syntax of your TQL and try again: {error}")
            owner = request.query.get("owner")
            if owner is not None and owner not in self._records.owners:
                return fault(403, "You do not have permission to view this owner")
            found = [row for row in found if owner in (None, row.owner)]
            parts = request.query.getall("fields", [])
            return page(request, [self.shown(row, parts) for row in found])

        return handle

    def _single(self, rows: list[Record]) -> Any:
        async def handle(request: web.Request) -> web.Response:
            id_ = request.match_info["id"]
            for row in rows:
                if id_ in (str(row.id), row.xid) or id_.lower() == row.summary.lower():
                    shown = self.shown(row, request.query.getall("fields", []))
                    return web.json_response({"data": shown, "status": "Success"})
            return fault(404, "The requested object was not found")

        return handle

    def shown(self, record: Record, parts: list[str], *, nested: bool = False) -> dict[str, Any]:
        """A record as it goes on the wire, with the parts that were asked for."""
        group = bool(record.id >= 50_000)
        kind = "groups" if group else "indicators"
        body: dict[str, Any] = {
            "id": record.id, "ownerId": self._records.owners.get(record.owner, 0),
            "ownerName": record.owner,
            "webLink": f"{APP}/#/details/{kind}/{record.id}/overview", "type": record.type,
        }  # fmt: skip
        if record.date_added:
            body["dateAdded"] = f"{record.date_added}T00:00:00Z"
        if group:
            body |= {"name": record.summary, "upVoteCount": "0", "downVoteCount": "0"}
            if record.type == "Incident":
                body |= {"status": "New"}
            if record.event_date:
                body["eventDate"] = f"{record.event_date}T00:00:00Z"
        else:
            body |= _indicator(record)
        if nested:
            return body
        for part in parts:
            match part:
                case "tags":
                    body[part] = _data([{"name": tag} for tag in record.tags])
                case "attributes":
                    body[part] = _data(_attributes(record))
                case "securityLabels":
                    body[part] = _data(
                        [{"name": name, "owner": "System"} for name in record.labels]
                    )
                case "associatedIndicators":
                    body[part] = _data(
                        [self.shown(it, [], nested=True) for it in record.indicators]
                    )
                case "associatedGroups":
                    body[part] = _data([self.shown(it, [], nested=True) for it in record.groups])
                case "customAssociations":
                    body[part] = _data(
                        [{**self.shown(far, [], nested=True), "customAssociationName": name}
                         for name, far in record.associations]
                    )  # fmt: skip
                    body[part]["count"] = len(record.associations)
                case _:
                    pass
        return body


def owner_type(name: str) -> str:
    """What kind of owner a name is: the scenario has names only."""
    return "Community" if "community" in name.lower() else "Organization"


def page(request: web.Request, rows: list[dict[str, Any]]) -> web.Response:
    """The page that was asked for; the count comes with the first one only."""
    bounds = page_bounds(request.query)
    if bounds is None:
        return fault(400, "resultStart and resultLimit must be numbers")
    start, limit = bounds
    body: dict[str, Any] = {"data": rows[start : start + limit], "status": "Success"}
    if request.query.get("count") == "true" and start == 0:
        body["count"] = len(rows)
    for name, at in (("next", start + limit), ("prev", start - limit)):
        if (name == "next" and at < len(rows)) or (name == "prev" and start > 0):
            body[name] = _page_url(request, max(at, 0), limit)
    return web.json_response(body)


def page_bounds(query: Mapping[str, str]) -> tuple[int, int] | None:
    """First row and page size of a request; None where they are no numbers."""
    start, limit = query.get("resultStart", "0"), query.get("resultLimit", str(LIMIT))
    if not (start.isdecimal() and limit.isdecimal() and len(start + limit) < 16):
        return None
    return int(start), max(1, min(int(limit), LIMIT_MAX))


def fault(status: int, message: str) -> web.Response:
    """A failure in version 3's envelope."""
    return web.json_response({"message": message, "status": "Error"}, status=status)


def _page_url(request: web.Request, start: int, limit: int) -> str:
    """The next page's URL names the public host, though the client may have come another way."""
    pairs = [(name, value) for name, value in request.query.items()
            if name not in ("resultStart", "resultLimit", "count")]  # fmt: skip
    pairs += [("resultStart", str(start)), ("resultLimit", str(limit))]
    query = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)
    return f"{APP}{request.path}?{query}"


def _indicator(record: Record) -> dict[str, Any]:
    body: dict[str, Any] = {
        "summary": record.summary, "privateFlag": False, "active": True, "activeLocked": False,
    }  # fmt: skip
    if record.rating is not None:
        body["rating"] = record.rating
    if record.confidence is not None:
        body["confidence"] = record.confidence
    if record.description:
        body["description"] = record.description
    if record.type == "File":
        return body | record.hashes
    if record.type in VALUE_KEYS:
        body[VALUE_KEYS[record.type]] = record.summary
    return body


def _attributes(record: Record) -> list[dict[str, Any]]:
    return [
        {"id": record.id * 100 + at, "type": name, "value": value, "pinned": name == "Description"}
        for at, (name, value) in enumerate(record.attributes)
    ]


def _data(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"data": rows}
