"""The PassiveTotal replica: Basic authentication, results all at once, times without a zone."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

from aiohttp import web

from clew.replicas.scenario import Resolution, Scenario, pairs, words

PROVIDER = "passivetotal"
BASE_PATH = "/v2"
CREDENTIALS = {"user": "analyst@example.org", "key": "replica-key-of-passivetotal"}
QUOTA = 10_000


def application(scenario: Scenario, *, now: Callable[[], datetime]) -> web.Application:
    """The service over a scenario's resolutions, addresses and registrations."""
    replica = _Replica(scenario, now)
    app = web.Application(middlewares=[_keyed])
    for path, handler in (
        ("dns/passive", replica.passive),
        ("enrichment", replica.enrichment),
        ("enrichment/subdomains", replica.subdomains),
        ("whois", replica.whois),
        ("whois/search", replica.whois_search),
        ("ssl-certificate/history", replica.certificates),
        ("host-attributes/{kind:components|trackers|pairs}", replica.attributes),
        ("account/quota", replica.quota),
    ):
        app.router.add_get(f"/v2/{path}", handler)
    return app


def bill(request: web.Request, answer: Any) -> int:  # noqa: ARG001
    """Every query is billed; the account's own page is free."""
    return int(not request.path.endswith("account/quota"))


@web.middleware
async def _keyed(request: web.Request, handler: Any) -> web.StreamResponse:
    pair = f"{CREDENTIALS['user']}:{CREDENTIALS['key']}".encode()
    wanted = f"Basic {base64.b64encode(pair).decode()}"
    if not hmac.compare_digest(wanted.encode(), request.headers.get("Authorization", "").encode()):
        return web.json_response({"error": "invalid credentials", "message": ""}, status=401)
    response: web.StreamResponse = await handler(request)
    return response


class _Replica:
    def __init__(self, scenario: Scenario, now: Callable[[], datetime]) -> None:
        self._scenario = scenario
        self._now = now
        self._zones = tuple(f".{zone.zone}" for zone in scenario.zones)
        self._asked = 0

    async def passive(self, request: web.Request) -> web.Response:
        """Rows whose dates overlap the asked span; undated rows can't be left out by one."""
        self._asked += 1
        query = request.query.get("query", "").lower()
        start, end = request.query.get("start", ""), request.query.get("end", "9999")
        rows = [
            row
            for row in self._scenario.resolutions
            if query in (row.name.lower(), row.value.lower())
            and not (row.last_seen and row.last_seen[:10] < start)
            and not (row.first_seen and row.first_seen[:10] > end)
        ]
        is_address = query.replace(".", "").isdigit() or ":" in query
        firsts = [row.first_seen for row in rows if row.first_seen]
        lasts = [row.last_seen for row in rows if row.last_seen]
        return web.json_response(
            {
                "pager": None, "queryValue": query, "queryType": "ip" if is_address else "domain",
                "firstSeen": _time(min(firsts, default="")),
                "lastSeen": _time(max(lasts, default="")),
                "totalRecords": len(rows),
                "results": [self._row(row, query) for row in rows],
            }
        )  # fmt: skip

    def _row(self, row: Resolution, query: str) -> dict[str, Any]:
        other = row.value if row.name.lower() == query else row.name
        kind = "ip" if other.replace(".", "").isdigit() or ":" in other else "domain"
        if "@" in other:
            kind = "email"
        return {
            "firstSeen": _time(row.first_seen), "lastSeen": _time(row.last_seen),
            "collected": f"{self._now():%Y-%m-%d %H:%M:%S}", "source": list(words(row.sources)),
            "value": query, "resolve": other, "resolveType": kind, "recordType": row.type,
            "recordHash": sha256(f"{row.name}{row.type}{row.value}".encode()).hexdigest(),
        }  # fmt: skip

    async def enrichment(self, request: web.Request) -> web.Response:
        """Details of an address or a name."""
        self._asked += 1
        query = request.query.get("query", "").lower()
        for address in self._scenario.addresses:
            if address.address == query:
                meta: dict[str, Any] = {}
                tags = list(words(address.tags))
                if address.parked == "yes":
                    tags.append("parked")
                if address.sinkhole == "yes" and address.sinkhole_since:
                    meta["sinkhole"] = {"creator": "riskiq", "created_at": address.sinkhole_since}
                body: dict[str, Any] = {
                    "queryType": "ip", "queryValue": query, "network": address.network,
                    "country": address.country, "sinkhole": address.sinkhole == "yes",
                    "tags": tags, "system_tags": [], "global_tags": [], "tag_meta": meta,
                }  # fmt: skip
                if address.ever_compromised:
                    body["everCompromised"] = address.ever_compromised == "yes"
                if address.asn:
                    # A number in some bodies, a text in others.
                    body["autonomousSystemNumber"] = (
                        int(address.asn) if address.asn[-1] in "02468" else address.asn
                    )
                    body["autonomousSystemName"] = address.as_name
                return web.json_response(body)
        labels = query.split(".")
        return web.json_response(
            {"queryType": "domain", "queryValue": query, "primaryDomain": ".".join(labels[-2:]),
             "dynamicDns": query.endswith(self._zones) if self._zones else False,
             "everCompromised": False, "tags": [], "tld": labels[-1], "subdomains": []}
        )  # fmt: skip

    async def subdomains(self, request: web.Request) -> web.Response:
        """Labels below a domain, not whole names."""
        query = request.query.get("query", "").removeprefix("*.").lower()
        names = {row.name for row in self._scenario.resolutions if row.name.endswith(f".{query}")}
        labels = sorted(name.removesuffix(f".{query}") for name in names)
        return web.json_response(
            {"queryValue": f"*.{query}", "primaryDomain": query, "subdomains": labels}
        )

    async def whois(self, request: web.Request) -> web.Response:
        """The current record of a domain."""
        query = request.query.get("query", "").lower()
        rows = [row for row in self._scenario.registrations if row.domain == query and row.current]
        if not rows:
            return web.json_response({"error": {"message": "no record"}}, status=404)
        return web.json_response(self._record(rows[-1]))

    async def whois_search(self, request: web.Request) -> web.Response:
        """Current records that name an e-mail."""
        query = request.query.get("query", "").lower()
        rows = [row for row in self._scenario.registrations if row.email == query and row.current]
        return web.json_response({"results": [self._record(row) for row in rows]})

    def _record(self, row: Any) -> dict[str, Any]:
        contact = {"email": row.email, "name": row.name, "country": row.country or None}
        return {
            "domain": row.domain, "registrar": row.registrar or "N/A", "contactEmail": row.email,
            "lastLoadedAt": f"{self._scenario.as_of}T16:00:00.000-0800",
            "nameServers": [], "name": row.name, "registrant": contact, "rawText": "",
        }  # fmt: skip

    async def certificates(self, request: web.Request) -> web.Response:
        """Certificates of an address, or addresses of a certificate."""
        query = request.query.get("query", "").lower()
        results = [
            {"sha1": row.value, "firstSeen": row.first_seen or None,
             "lastSeen": row.last_seen or None, "ipAddresses": [row.host]}
            for row in self._scenario.attributes
            if row.kind == "certificate" and query in (row.host, row.value)
        ]  # fmt: skip
        return web.json_response({"results": results})

    async def attributes(self, request: web.Request) -> web.Response:
        """Components, trackers and host pairs."""
        kind = request.match_info["kind"][:-1]
        query = request.query.get("query", "").lower()
        results = []
        for row in self._scenario.attributes:
            if row.kind != kind or query not in (row.host, row.value):
                continue
            one = {"firstSeen": _time(row.first_seen), "lastSeen": _time(row.last_seen)}
            more = pairs(row.detail)
            if kind == "pair":
                one |= {"parent": row.host, "child": row.value, "cause": more.get("cause", "")}
            elif kind == "tracker":
                one |= {"hostname": row.host, "attributeValue": row.value,
                        "attributeType": more.get("type", "unknown")}  # fmt: skip
            else:
                one |= {"hostname": row.host, "label": row.value, "version": more.get("version"),
                        "category": more.get("category", "")}  # fmt: skip
            results.append(one)
        return web.json_response(
            {"totalRecords": len(results), "success": True, "results": results, "facets": []}
        )

    async def quota(self, request: web.Request) -> web.Response:  # noqa: ARG002
        """What is left of the account's queries."""
        counts = {"counts": {"search_api": self._asked}, "limits": {"search_api": QUOTA},
                  "quotaInterval": "monthly"}  # fmt: skip
        return web.json_response({"user": counts, "organization": counts})


def _time(day: str) -> str | None:
    return f"{day} 00:00:00" if len(day) == 10 else day or None
