"""Version 2 of ThreatConnect's API: branches per type, filters, counts on the first page only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from aiohttp import web

from clew.replicas.threatconnect.records import Record, Records
from clew.replicas.threatconnect.v3 import VALUE_KEYS, owner_type, page_bounds

GROUPS = {
    "adversaries": "Adversary", "attackPatterns": "Attack Pattern", "campaigns": "Campaign",
    "documents": "Document", "emails": "Email", "events": "Event", "incidents": "Incident",
    "intrusionSets": "Intrusion Set", "malware": "Malware", "reports": "Report",
    "signatures": "Signature", "tactics": "Tactic", "threats": "Threat", "tools": "Tool",
    "vulnerabilities": "Vulnerability",
}  # fmt: skip
INDICATORS = {
    "addresses": "Address", "emailAddresses": "EmailAddress", "files": "File", "hosts": "Host",
    "urls": "URL", "asns": "ASN", "cidrBlocks": "CIDR", "mutexes": "Mutex",
    "registryKeys": "Registry Key", "userAgents": "User Agent",
}  # fmt: skip
ENTITIES = {
    **{name: name[:1].lower() + name[1:].replace(" ", "") for name in GROUPS.values()},
    "Address": "address", "EmailAddress": "emailAddress", "File": "file", "Host": "host",
    "URL": "url", "ASN": "asn", "CIDR": "cidrBlock", "Mutex": "mutex",
    "Registry Key": "registryKey", "User Agent": "userAgent",
}  # fmt: skip
"""Name of the member that holds records of a type."""
_FILTER = re.compile(r"(\w+)([=<>^])(.*)", re.DOTALL)
Handler = Any


class V2:
    """The handlers of version 2."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def add_to(self, app: web.Application) -> None:
        """Add the routes; a value in a path is percent-encoded in full, slashes too."""
        get = app.router.add_get
        get("/api/v2/owners", self.owners)
        get("/api/v2/owners/mine", self.owners)
        get("/api/v2/whoami", self.whoami)
        for kind, rows, branches in (
            ("groups", self._records.groups, GROUPS),
            ("indicators", self._records.indicators, INDICATORS),
        ):
            get(f"/api/v2/{kind}", self._lister(kind[:-1], rows, {}))
            get(f"/api/v2/{kind}/{{branch}}", self._lister(kind[:-1], rows, branches))
            get(f"/api/v2/{kind}/{{branch}}/{{id}}", self._single(rows, branches))
            get(f"/api/v2/{kind}/{{branch}}/{{id}}/{{part}}", self._part(rows, branches))
            get(f"/api/v2/{kind}/{{branch}}/{{id}}/{{part}}/{{below}}", self._part(rows, branches))

    async def owners(self, request: web.Request) -> web.Response:
        """The owners that the key can read."""
        rows = [
            {"id": number, "name": name, "type": owner_type(name)}
            for name, number in self._records.owners.items()
        ]
        return _page(request, "owner", rows)

    async def whoami(self, request: web.Request) -> web.Response:  # noqa: ARG002
        """Whose key it is."""
        user = {"userName": "13371337", "firstName": "Example", "lastName": "Analyst",
                "pseudonym": "replica", "role": "Api User"}  # fmt: skip
        return web.json_response({"status": "Success", "data": {"user": user}})

    def _lister(self, entity: str, rows: list[Record], branches: dict[str, str]) -> Handler:
        async def handle(request: web.Request) -> web.Response:
            branch = request.match_info.get("branch")
            if branch is not None and branch not in branches:
                return _missing()
            type_ = branches.get(branch or "")
            found = [row for row in self._owned(request, rows) if type_ in (None, row.type)]
            chosen = [row for row in found if _filtered(request, row)]
            name = ENTITIES[type_] if type_ else entity
            return _page(request, name, [_shown(row, typed=bool(type_)) for row in chosen])

        return handle

    def _single(self, rows: list[Record], branches: dict[str, str]) -> Handler:
        async def handle(request: web.Request) -> web.Response:
            row = self._find(request, rows, branches)
            if row is None:
                return _missing()
            owner = {"id": self._records.owners.get(row.owner, 0), "name": row.owner,
                     "type": owner_type(row.owner)}  # fmt: skip
            shown = {key: value for key, value in _shown(row, typed=True).items()
                     if key != "ownerName"}  # fmt: skip
            body = {"data": {ENTITIES[row.type]: {**shown, "owner": owner}}, "status": "Success"}
            return web.json_response(body)

        return handle

    def _part(self, rows: list[Record], branches: dict[str, str]) -> Handler:
        async def handle(request: web.Request) -> web.Response:
            row = self._find(request, rows, branches)
            below = request.match_info.get("below")
            if row is None:
                return _missing()
            match request.match_info["part"]:
                case "attributes":
                    attributes = [
                        {"id": str(row.id * 100 + at), "type": name, "value": value,
                         "displayed": True}
                        for at, (name, value) in enumerate(row.attributes)
                    ]  # fmt: skip
                    return _page(request, "attribute", attributes)
                case "tags":
                    return _page(request, "tag", [{"name": tag} for tag in row.tags])
                case "securityLabels":
                    return _page(request, "securityLabel", [{"name": it} for it in row.labels])
                case "owners":
                    return _page(request, "owner", [{"name": row.owner}])
                case "dnsResolutions":
                    return _page(request, "dnsResolution", [])
                case "groups":
                    return _linked(request, row.groups, GROUPS, "group", below)
                case "indicators":
                    near = row.indicators or [far for _, far in row.associations]
                    return _linked(
                        request, list(dict.fromkeys(near)), INDICATORS, "indicator", below
                    )
            return _missing()

        return handle

    def _owned(self, request: web.Request, rows: list[Record]) -> list[Record]:
        """The records of the owner that is named, or of the key's own organisation."""
        mine = next((it for it in self._records.owners if owner_type(it) == "Organization"), "")
        owner = request.query.get("owner", mine)
        return [row for row in rows if row.owner == owner]

    def _find(
        self, request: web.Request, rows: list[Record], branches: dict[str, str]
    ) -> Record | None:
        type_ = branches.get(request.match_info["branch"])
        wanted = request.match_info["id"].lower()
        numbered = branches is GROUPS
        for row in rows if numbered else self._owned(request, rows):
            names = {str(row.id)} if numbered else {row.summary.lower()}
            if row.type == "File":
                names |= {part.lower() for part in row.hashes.values()}
            if row.type == type_ and wanted in names:
                return row
        return None


def _linked(
    request: web.Request, rows: Sequence[Record], branches: dict[str, str], entity: str,
    branch: str | None,
) -> web.Response:  # fmt: skip
    if branch is None:
        return _page(request, entity, [_shown(row, typed=False) for row in rows])
    if branch not in branches:
        return _missing()
    typed = [_shown(row, typed=True) for row in rows if row.type == branches[branch]]
    return _page(request, ENTITIES[branches[branch]], typed)


def _shown(row: Record, *, typed: bool) -> dict[str, Any]:
    # Ids come as numbers here and as texts there, even within one list.
    body: dict[str, Any] = {"id": row.id if row.id % 2 else str(row.id), "ownerName": row.owner}
    if row.date_added:
        body["dateAdded"] = f"{row.date_added}T00:00:00"
    if row.id >= 50_000:
        body["name"] = row.summary
        if row.event_date:
            body["eventDate"] = f"{row.event_date}T00:00:00Z"
    elif not typed:
        body["summary"] = row.summary
    elif row.type == "File":
        body |= row.hashes
    else:
        body[VALUE_KEYS.get(row.type, "summary")] = row.summary
    if not typed:
        body["type"] = row.type
    for name, value in (("rating", row.rating), ("confidence", row.confidence)):
        if value is not None:
            body[name] = value
    if row.description:
        body["description"] = row.description
    return body


def _filtered(request: web.Request, row: Record) -> bool:
    filters = request.query.get("filters", "")
    holds = [_clause(clause, row) for clause in filters.split(",") if clause]
    if request.query.get("orParams") == "true":
        return any(holds) or not holds
    return all(holds)


def _clause(clause: str, row: Record) -> bool:
    match = _FILTER.fullmatch(clause)
    if match is None:
        return False
    name, sign, value = match.groups()
    known = {
        "name": row.summary, "summary": row.summary, "eventDate": row.event_date,
        "dateAdded": row.date_added, "rating": row.rating, "confidence": row.confidence,
    }  # fmt: skip
    present = known.get(name)
    if present in (None, ""):
        return False
    if sign == "^":
        return str(present).lower().startswith(value.lower())
    if isinstance(present, str):
        one, two = present.lower(), value.lower()
        return one == two if sign == "=" else one < two if sign == "<" else one > two
    number = float(value) if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", value) else -1.0
    return (
        present == number if sign == "=" else present < number if sign == "<" else present > number
    )


def _page(request: web.Request, entity: str, rows: list[dict[str, Any]]) -> web.Response:
    bounds = page_bounds(request.query)
    if bounds is None:
        return _failure(400, "resultStart and resultLimit must be numbers")
    start, limit = bounds
    data: dict[str, Any] = {"resultCount": len(rows)} if start == 0 else {}
    data[entity] = rows[start : start + limit]
    return web.json_response({"status": "Success", "data": data})


def _missing() -> web.Response:
    return _failure(404, "The requested resource was not found")


def _failure(status: int, message: str) -> web.Response:
    return web.json_response({"status": "Failure", "message": message}, status=status)
