"""The ThreatConnect replica: v3 lists by TQL, HMAC checked against the raw request target."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote

from aiohttp import web

from clew.replicas.case import Case, Indicator, pairs, words

PROVIDER = "threatconnect"
BASE_PATH = "/api"
CREDENTIALS = {"access_id": "13371337", "secret_key": "replica-secret"}
CLOCK_S_MAX = 300
PAGE_ROWS = 100
_CLAUSE = re.compile(
    r'(typeName) in \("([^"]*)"\)'
    r'|(ownerName|summary|eventDate) (=|>=|<=|contains) "((?:[^"\\]|\\.)*)"'
    r'|hasGroup\(id = (\d+)\)|hasIndicator\(summary = "((?:[^"\\]|\\.)*)"\)'
)
_FIELDS = {"Address": "ip", "EmailAddress": "address", "Host": "hostName", "URL": "text"}


def application(case: Case, *, now: Callable[[], datetime]) -> web.Application:
    """The service over a case's incidents."""
    replica = _Replica(case, now)
    app = web.Application(middlewares=[replica.signed])
    app.router.add_get("/api/v3/security/owners", replica.owners)
    app.router.add_get("/api/v3/groups", replica.groups)
    app.router.add_get("/api/v3/indicators", replica.indicators)
    return app


class _Replica:
    def __init__(self, case: Case, now: Callable[[], datetime]) -> None:
        self._case = case
        self._now = now
        self._groups: list[dict[str, Any]] = []
        self._members: dict[int, list[dict[str, Any]]] = {}
        self._beside: dict[int, list[dict[str, Any]]] = {}
        unique: dict[tuple[str, str], dict[str, Any]] = {}
        for number, told in enumerate(case.incidents, 54_321):
            group = {
                "id": number, "ownerId": 10, "ownerName": told.owner, "type": "Incident",
                "name": told.name, "upVoteCount": "0", "downVoteCount": "0", "status": "Open",
                "tags": {"data": [{"name": tag} for tag in words(told.tags)]},
                "attributes": {"data": [{"type": "Description", "value": told.description}]
                               if told.description else []},
            }  # fmt: skip
            if told.event_date:
                group["eventDate"] = f"{told.event_date}T00:00:00Z"
            if told.date_added:
                group["dateAdded"] = f"{told.date_added}T00:00:00Z"
            if told.marking:
                group["securityLabels"] = {"data": [{"name": told.marking}]}
            self._groups.append(group)
            self._members[number] = []
            for one in case.indicators:
                if one.incident == told.id:
                    record = unique.setdefault(
                        (one.type, one.value), _indicator(one, told.owner, len(unique) + 1)
                    )
                    self._members[number].append(record)
            for at, beside in enumerate(case.groups):
                if beside.incident == told.id:
                    self._beside.setdefault(number, []).append(
                        {"id": str(90_000 + at), "type": beside.type, "name": beside.name,
                         "ownerName": told.owner}
                    )  # fmt: skip

    @web.middleware
    async def signed(self, request: web.Request, handler: Any) -> web.StreamResponse:
        """Refuse what is not signed as the documentation says."""
        stamp = request.headers.get("Timestamp", "")
        told = request.headers.get("Authorization", "")
        message = f"{request.raw_path}:{request.method}:{stamp}".encode()
        digest = hmac.new(CREDENTIALS["secret_key"].encode(), message, hashlib.sha256).digest()
        wanted = f"TC {CREDENTIALS['access_id']}:{base64.b64encode(digest).decode()}"
        if not stamp.isdigit() or abs(int(stamp) - self._now().timestamp()) > CLOCK_S_MAX:
            return _fault(401, "Timestamp out of acceptable time range")
        if not hmac.compare_digest(wanted.encode(), told.encode()):
            return _fault(401, "Access was denied: signature does not match")
        response: web.StreamResponse = await handler(request)
        return response

    async def owners(self, request: web.Request) -> web.Response:
        """``/v3/security/owners``."""
        rows = [
            {"id": 10 + at, "name": name, "type": "Community" if "Comm" in name else "Organization"}
            for at, name in enumerate(self._case.owners)
        ]
        return _page(request, rows)

    async def groups(self, request: web.Request) -> web.Response:
        """``/v3/groups`` by TQL."""
        clauses = _parse(request.query.get("tql", ""))
        if clauses is None:
            return _fault(400, "Please check the syntax of your TQL and try again")
        rows = list(self._groups)
        for name, operator, value in clauses:
            match name:
                case "hasGroup":
                    rows = self._beside.get(int(value), [])
                case "hasIndicator":
                    inside = {
                        number
                        for number, members in self._members.items()
                        if any(_same(member, value) for member in members)
                    }
                    beside = [one for number in inside for one in self._beside.get(number, [])]
                    rows = [row for row in rows if row["id"] in inside] + beside
                case "typeName":
                    rows = [row for row in rows if row["type"] == value]
                case _:
                    key = {"summary": "name"}.get(name, name)
                    rows = [row for row in rows if _holds(str(row.get(key, "")), operator, value)]
        return _page(request, rows)

    async def indicators(self, request: web.Request) -> web.Response:
        """``/v3/indicators`` by TQL."""
        clauses = _parse(request.query.get("tql", ""))
        if not clauses or len(clauses) != 1:
            return _fault(400, "Please check the syntax of your TQL and try again")
        name, _, value = clauses[0]
        if name == "hasGroup":
            return _page(request, self._members.get(int(value), []))
        related = []
        for at, told in enumerate(self._case.associations):
            if value.lower() in (told.value.lower(), told.with_value.lower()):
                first = value.lower() == told.value.lower()
                other = Indicator("", told.with_type if first else told.type,
                                  told.with_value if first else told.value)  # fmt: skip
                record = _indicator(other, self._case.owners[0], 5_000 + at)
                related.append({**record, "customAssociationName": told.reason})
        return _page(request, related)


def _indicator(told: Indicator, owner: str, number: int) -> dict[str, Any]:
    record: dict[str, Any] = {
        # Ids come as numbers here and as text there, even within one list.
        "id": number if number % 3 else str(number),
        "ownerName": owner, "type": told.type, "summary": told.value, "active": True,
        "webLink": f"https://app.threatconnect.example/#/details/indicators/{number}/overview",
    }  # fmt: skip
    if told.type == "File":
        record["summary"] = told.value.upper()
        record[{32: "md5", 40: "sha1", 64: "sha256"}.get(len(told.value), "md5")] = (
            told.value.upper()
        )
    elif told.type in _FIELDS:
        record[_FIELDS[told.type]] = told.value
    if told.rating:
        record["rating"] = float(told.rating)
    if told.confidence:
        record["confidence"] = int(told.confidence)
    if told.date_added:
        record["dateAdded"] = f"{told.date_added}T00:00:00"
    if told.description:
        record["description"] = told.description
    record["tags"] = {"data": [{"name": tag} for tag in words(told.tags)]}
    record["attributes"] = {
        "data": [{"type": name, "value": value} for name, value in pairs(told.attributes).items()]
    }
    return record


def _parse(tql: str) -> list[tuple[str, str, str]] | None:
    clauses = []
    at = 0
    while at < len(tql):
        match = _CLAUSE.match(tql, at)
        if match is None:
            return None
        type_, types, name, operator, text, group, indicator = match.groups()
        if type_:
            clauses.append(("typeName", "in", types))
        elif name:
            clauses.append((name, operator, re.sub(r"\\(.)", r"\1", text)))
        elif group:
            clauses.append(("hasGroup", "=", group))
        else:
            clauses.append(("hasIndicator", "=", re.sub(r"\\(.)", r"\1", indicator)))
        at = match.end()
        if tql.startswith(" and ", at):
            at += 5
        elif at < len(tql):
            return None
    return clauses


def _holds(told: str, operator: str, value: str) -> bool:
    match operator:
        case "=":
            return told.lower() == value.lower()
        case "contains":
            return value.lower() in told.lower()
        case ">=":
            return bool(told) and told[:10] >= value[:10]
        case _:
            return bool(told) and told[:10] <= value[:10]


def _same(member: dict[str, Any], value: str) -> bool:
    return bool(str(member["summary"]).lower() == value.lower())


def _page(request: web.Request, rows: list[dict[str, Any]]) -> web.Response:
    start = int(request.query.get("resultStart", 0))
    limit = min(int(request.query.get("resultLimit", PAGE_ROWS)), 10_000)
    body: dict[str, Any] = {"data": rows[start : start + limit], "status": "Success"}
    if request.query.get("count") == "true" and start == 0:
        body["count"] = len(rows)
    if start + limit < len(rows):
        tql = quote(request.query.get("tql", ""), safe="")
        body["next"] = (
            f"https://app.threatconnect.example{request.path}?tql={tql}"
            f"&resultStart={start + limit}&resultLimit={limit}"
        )
    return web.json_response(body)


def _fault(status: int, message: str) -> web.Response:
    return web.json_response({"message": message, "status": "Error"}, status=status)
