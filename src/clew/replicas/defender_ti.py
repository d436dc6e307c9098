"""The Defender TI replica: client credentials, Graph lists with next links."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime
from typing import Any

from aiohttp import web

from clew.replicas.scenario import Scenario, pairs

PROVIDER = "defender-ti"
BASE_PATH = "/v1.0/security/threatIntelligence"
TOKEN_PATH = ""
CREDENTIALS = {
    "tenant": "replica-tenant",
    "client_id": "replica-client",
    "client_secret": "replica-secret-of-defender",
}
TOKEN = "replica-token"  # noqa: S105
PAGE_ROWS = 50


def application(scenario: Scenario, *, now: Callable[[], datetime]) -> web.Application:
    """The service over a scenario's resolutions, addresses and registrations."""
    replica = _Replica(scenario, now)
    app = web.Application(middlewares=[_bearer])
    app.router.add_post("/{tenant}/oauth2/v2.0/token", replica.token)
    app.router.add_get(f"{BASE_PATH}/hosts/{{host}}", replica.host)
    app.router.add_get(f"{BASE_PATH}/hosts/{{host}}/{{part}}", replica.part)
    return app


@web.middleware
async def _bearer(request: web.Request, handler: Any) -> web.StreamResponse:
    header = request.headers.get("Authorization", "").encode()
    asks_token = request.path.endswith("/oauth2/v2.0/token")
    if not asks_token and not hmac.compare_digest(header, f"Bearer {TOKEN}".encode()):
        return _fault(401, "InvalidAuthenticationToken", "Access token is empty.")
    response: web.StreamResponse = await handler(request)
    return response


class _Replica:
    def __init__(self, scenario: Scenario, now: Callable[[], datetime]) -> None:
        self._scenario = scenario
        self._now = now

    async def token(self, request: web.Request) -> web.Response:
        """A token for the right client credentials."""
        form = await request.post()
        good = (
            request.match_info["tenant"] == CREDENTIALS["tenant"]
            and form.get("grant_type") == "client_credentials"
            and form.get("client_id") == CREDENTIALS["client_id"]
            and form.get("client_secret") == CREDENTIALS["client_secret"]
        )
        if not good:
            return web.json_response({"error": "invalid_client"}, status=401)
        return web.json_response(
            {"token_type": "Bearer", "expires_in": 3599, "access_token": TOKEN}
        )

    async def host(self, request: web.Request) -> web.Response:
        """Details of a host."""
        host = request.match_info["host"].lower()
        for address in self._scenario.addresses:
            if address.address == host:
                system = {"name": address.as_name, "organization": address.as_name}
                if address.asn:
                    system["number"] = address.asn
                return web.json_response(
                    {"@odata.type": "#microsoft.graph.security.ipAddress", "id": host,
                     "netblock": address.network, "countryOrRegion": address.country,
                     "hostingProvider": address.hosting or None, "autonomousSystem": system}
                )  # fmt: skip
        if any(host == row.name for row in self._scenario.resolutions):
            kind = "#microsoft.graph.security.hostname"
            return web.json_response({"@odata.type": kind, "id": host})
        return _fault(404, "notFound", "The host is not known.")

    async def part(self, request: web.Request) -> web.Response:
        """A list that belongs to a host."""
        host, part = request.match_info["host"].lower(), request.match_info["part"]
        if part == "whois":
            return self._whois(host)
        if part == "reputation":
            return web.json_response({"classification": "unknown", "score": 0, "rules": []})
        rows = {
            "passiveDns": lambda: self._resolutions(host),
            "passiveDnsReverse": lambda: self._resolutions(host, reverse=True),
            "childHostPairs": lambda: self._attributes(host, "pair"),
            "components": lambda: self._attributes(host, "component"),
            "trackers": lambda: self._attributes(host, "tracker"),
        }.get(part)
        if rows is None:
            return _fault(400, "badRequest", "Resource not found for the segment.")
        found = rows()
        if not found:
            return _fault(404, "notFound", "The host is not known.")
        skip = int(request.query.get("$skip", 0))
        body: dict[str, Any] = {
            "@odata.context": f"{request.url.origin()}{BASE_PATH}/$metadata",
            "value": found[skip : skip + PAGE_ROWS],
        }
        if skip + PAGE_ROWS < len(found):
            body["@odata.nextLink"] = (
                f"{request.url.origin()}{request.path}?$skip={skip + PAGE_ROWS}"
            )
        return web.json_response(body)

    def _resolutions(self, asked: str, *, reverse: bool = False) -> list[dict[str, Any]]:
        """Both ways the parent host is what was asked about, and the artifact what was found."""
        return [
            {"@odata.type": "#microsoft.graph.security.passiveDnsRecord", "id": str(at),
             "firstSeenDateTime": _time(row.first_seen), "lastSeenDateTime": _time(row.last_seen),
             "collectedDateTime": f"{self._now():%Y-%m-%dT%H:%M:%SZ}", "recordType": row.type,
             "parentHost": {"id": asked}, "artifact": _host(row.name if reverse else row.value)}
            for at, row in enumerate(self._scenario.resolutions)
            if (row.value if reverse else row.name) == asked
        ]  # fmt: skip

    def _attributes(self, host: str, kind: str) -> list[dict[str, Any]]:
        found = []
        for row in self._scenario.attributes:
            if row.host != host or row.kind != kind:
                continue
            more = pairs(row.detail)
            one: dict[str, Any] = {"firstSeenDateTime": _time(row.first_seen),
                                   "lastSeenDateTime": _time(row.last_seen)}  # fmt: skip
            if kind == "pair":
                one |= {"childHost": {"id": row.value}, "linkKind": more.get("cause", "")}
            elif kind == "tracker":
                one |= {"kind": more.get("type", "unknown"), "value": row.value}
            else:
                one |= {"name": row.value, "version": more.get("version"),
                        "category": more.get("category", "")}  # fmt: skip
            found.append(one)
        return found

    def _whois(self, host: str) -> web.Response:
        rows = [row for row in self._scenario.registrations if row.domain == host and row.current]
        if not rows:
            return _fault(404, "notFound", "No record.")
        row = rows[-1]
        registrant = {"email": row.email, "name": row.name, "organization": row.organisation}
        return web.json_response(
            {"firstSeenDateTime": _time(row.seen_from), "lastSeenDateTime": _time(row.seen_to),
             "registrant": registrant, "nameservers": [],
             "registrar": {"name": None, "organization": row.registrar, "email": None}}
        )  # fmt: skip


def _host(value: str) -> dict[str, str]:
    kind = "ipAddress" if value.replace(".", "").isdigit() or ":" in value else "hostname"
    return {"@odata.type": f"#microsoft.graph.security.{kind}", "id": value}


def _time(day: str) -> str | None:
    return f"{day}T00:00:00Z" if len(day) == 10 else None


def _fault(status: int, code: str, message: str) -> web.Response:
    error = {"code": code, "message": message, "innerError": {}}
    return web.json_response({"error": error}, status=status)
