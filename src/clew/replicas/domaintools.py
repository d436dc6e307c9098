"""The DomainTools replica: signed requests, reports that are bought, histories as changes."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from clew.replicas.scenario import Registration, Scenario

PROVIDER = "domaintools"
BASE_PATH = ""
CREDENTIALS = {"username": "replica_user", "key": "replica-key-of-domaintools"}
REPORT_DOMAINS_MAX = 1000
CLOCK_S_MAX = 900
HISTORY_ROWS = 100


def application(scenario: Scenario, *, now: Callable[[], datetime]) -> web.Application:
    """The service over a scenario's registrations and hostings."""
    replica = _Replica(scenario, now)
    app = web.Application(middlewares=[replica.signed])
    for path, handler in (
        ("/v1/account", replica.account),
        ("/v1/reverse-whois/", replica.reverse_whois),
        ("/v1/{domain}/whois/history", replica.whois_history),
        ("/v1/{domain}/whois/parsed", replica.whois_parsed),
        ("/v1/{domain}/hosting-history", replica.hosting_history),
        ("/v1/{domain}/reverse-ip", replica.reverse_ip),
        ("/v1/{address}/host-domains", replica.host_domains),
        ("/v1/{server}/name-server-domains", replica.name_server),
        ("/v1/{domain}", replica.profile),
    ):
        app.router.add_get(path, handler)
    return app


def bill(request: web.Request, answer: Any) -> int:
    """Reports are billed when bought, a whois history by its records, the rest by the call."""
    match request.path.rstrip("/").rpartition("/")[2]:
        case "account":
            return 0
        case "reverse-whois":
            return int(request.query.get("mode") == "purchase")
        case "history":
            return len(answer["response"].get("history", ()))
        case _:
            return 1


class _Replica:
    def __init__(self, scenario: Scenario, now: Callable[[], datetime]) -> None:
        self._scenario = scenario
        self._now = now
        self._bought = 0
        self._asked: dict[str, int] = {}

    @web.middleware
    async def signed(self, request: web.Request, handler: Any) -> web.StreamResponse:
        """Refuse what carries neither a good signature nor the key."""
        if not (self._has_key(request) or self._is_signed(request)):
            return _fault(403, "The credentials you entered do not match an active account.")
        response: web.StreamResponse = await handler(request)
        return response

    def _has_key(self, request: web.Request) -> bool:
        key = request.headers.get("X-Api-Key", request.query.get("api_key", ""))
        return hmac.compare_digest(key.encode(), CREDENTIALS["key"].encode())

    def _is_signed(self, request: web.Request) -> bool:
        stamp = request.query.get("timestamp", "")
        try:
            at = datetime.fromisoformat(stamp.replace("Z", "+00:00"))
            fresh = abs(self._now() - at) < timedelta(seconds=CLOCK_S_MAX)
        except (ValueError, TypeError):
            return False
        path = request.raw_path.partition("?")[0]
        message = f"{CREDENTIALS['username']}{stamp}{path}".encode()
        wanted = hmac.new(CREDENTIALS["key"].encode(), message, hashlib.sha256).hexdigest()
        signature = request.query.get("signature", "")
        return fresh and hmac.compare_digest(wanted.encode(), signature.encode())

    async def account(self, request: web.Request) -> web.Response:  # noqa: ARG002
        """Limits and usage, all as texts or null."""
        product = {
            "id": "reverse-whois", "per_month_limit": "500", "per_hour_limit": None,
            "per_minute_limit": "10", "absolute_limit": None,
            "usage": {"today": str(self._bought), "month": str(self._bought)},
            "expiration_date": "2030-01-01",
        }  # fmt: skip
        account = {"api_username": CREDENTIALS["username"], "active": True}
        return _answer({"account": account, "products": [product]})

    async def reverse_whois(self, request: web.Request) -> web.Response:
        """A quote, or a report that is charged each time."""
        terms = [term.lower() for term in request.query.get("terms", "").split("|") if term]
        scope = request.query.get("scope", "current")
        if not terms:
            return _fault(400, "The parameter terms is missing.")
        historic, current = self._domains(terms, False), self._domains(terms, True)
        found = historic if scope == "historic" else current
        if len(found) > REPORT_DOMAINS_MAX:
            return _fault(503, "The size of this report exceeds the maximum allowed.")
        purchase = request.query.get("mode", "quote") == "purchase"
        self._bought += purchase
        price = {"current": len(current) * 2, "historic": len(historic) * 2}
        cost = {"current": 1 if current else 0, "historic": 1 if historic else 0}
        body: dict[str, Any] = {
            "domain_count": {"current": len(current), "historic": len(historic)},
            "report_price": price, "report_cost": cost,
        }  # fmt: skip
        if purchase:
            body["domains"] = found
        return _answer(body)

    def _domains(self, terms: list[str], current: bool) -> list[str]:
        return sorted(
            {
                row.domain
                for row in self._scenario.registrations
                if all(term in (row.email.lower(), row.name.lower()) for term in terms)
                and (row.open_end == "yes" or not current)
            }
        )

    async def whois_history(self, request: web.Request) -> web.Response:
        """Snapshots, newest first; one at which nobody is registered ends a period."""
        domain = request.match_info["domain"].lower()
        periods = sorted(
            (row for row in self._scenario.registrations if row.domain == domain),
            key=lambda row: row.seen_from,
        )
        if not periods:
            return _fault(404, "No whois history found for this domain.")
        snapshots: list[dict[str, Any]] = []
        for at, row in enumerate(periods):
            snapshots.append(_snapshot(domain, row))
            following = periods[at + 1].seen_from if at + 1 < len(periods) else ""
            if row.open_end != "yes" and row.seen_to and row.seen_to != following:
                snapshots.append(_gone(domain, row.seen_to))
        snapshots.reverse()
        offset = int(request.query.get("offset", 0))
        limit = min(int(request.query.get("limit", HISTORY_ROWS)), HISTORY_ROWS)
        body: dict[str, Any] = {"record_count": len(snapshots)}
        if request.query.get("mode", "list") == "list":
            body["history"] = snapshots[offset : offset + limit]
        return _answer(body)

    async def whois_parsed(self, request: web.Request) -> web.Response:
        """The current record."""
        domain = request.match_info["domain"].lower()
        rows = [it for it in self._scenario.registrations if it.domain == domain and it.current]
        if not rows:
            return _fault(404, "No recent whois record found.")
        row = rows[-1]
        contact = {"name": row.name, "email": row.email, "country": row.country.lower(), "org": ""}
        parsed = {
            "domain": domain, "created_date": "", "updated_date": "", "expired_date": "",
            "name_servers": [], "registrar": {"name": row.registrar},
            "contacts": {"registrant": contact}, "other_properties": {},
        }  # fmt: skip
        whois = {"date": self._scenario.as_of, "record": _record(domain, row)}
        return _answer({"registrant": row.name, "whois": whois, "parsed_whois": parsed})

    async def hosting_history(self, request: web.Request) -> web.Response:
        """Changes, oldest first; there is no end date, and repeated rows do happen."""
        domain = request.match_info["domain"].lower()
        periods = sorted(
            (row for row in self._scenario.hostings if row.domain == domain),
            key=lambda row: row.seen_from,
        )
        events: list[dict[str, Any]] = []
        before: str | None = None
        for at, row in enumerate(periods):
            action = "N" if before is None else "C"
            events.append(_event(domain.upper() if at % 2 else domain, before, row.address,
                                 action, row.seen_from))  # fmt: skip
            before = row.address
            following = periods[at + 1].seen_from if at + 1 < len(periods) else None
            if row.seen_to and row.seen_to != following:
                gone = _event(domain, before, None, "D", row.seen_to)
                events += [gone, gone]
                before = None
        return _answer({"domain_name": domain, "ip_history": events, "registrar_history": [],
                        "nameserver_history": []})  # fmt: skip

    def _on(self, address: str) -> list[str]:
        return sorted(
            {
                row.domain
                for row in self._scenario.hostings
                if row.address == address and not row.seen_to
            }
        )

    async def reverse_ip(self, request: web.Request) -> web.Response:
        """Addresses of a domain with the domains on them: a list."""
        domain = request.match_info["domain"].lower()
        now = [
            it.address for it in self._scenario.hostings if it.domain == domain and not it.seen_to
        ]
        return _answer({"ip_addresses": [
            {"ip_address": address, "domain_count": len(self._on(address)),
             "domain_names": self._on(address)} for address in now
        ]})  # fmt: skip

    async def host_domains(self, request: web.Request) -> web.Response:
        """Domains on an address: an object."""
        address = request.match_info["address"]
        names = self._on(address)
        return _answer({"ip_addresses": {"ip_address": address, "domain_count": len(names),
                                         "domain_names": names}})  # fmt: skip

    async def name_server(self, request: web.Request) -> web.Response:
        """Domains of a name server; cases tell none."""
        server = {"hostname": request.match_info["server"].upper(), "total": 0}
        return _answer({"name_server": server, "primary_domains": [], "secondary_domains": []})

    async def profile(self, request: web.Request) -> web.Response:
        """Counts of a domain's history."""
        domain = request.match_info["domain"].lower()
        events = [row for row in self._scenario.hostings if row.domain == domain]
        records = [row for row in self._scenario.registrations if row.domain == domain]
        server = {"ip_address": events[-1].address} if events else {}
        history = {
            "ip_address": {"events": len(events), "timespan_in_years": ""},
            "whois": {"records": len(records), "earliest_event": ""},
        }
        return _answer({"registrant": {}, "server": server, "registration": {},
                        "history": history, "website_data": {"meta": []}})  # fmt: skip


def _snapshot(domain: str, row: Registration) -> dict[str, Any]:
    return {
        "date": row.seen_from, "is_private": int(row.private == "yes"),
        "whois": {"registrant": row.name, "registration": {"registrar": row.registrar},
                  "name_servers": [f"NS1.{domain}".upper()], "record": _record(domain, row)},
    }  # fmt: skip


def _gone(domain: str, day: str) -> dict[str, Any]:
    record = f"No match for {domain.upper()}.\n"
    whois = {"registrant": "", "registration": {}, "name_servers": [], "record": record}
    return {"date": day, "is_private": 0, "whois": whois}


def _record(domain: str, row: Registration) -> str:
    lines = [f"Domain Name: {domain.upper()}"]
    if row.name:
        lines.append(f"Registrant Name: {row.name}")
    if row.email:
        lines.append(f"Registrant Email: {row.email}")
    if row.country:
        lines.append(f"Registrant Country: {row.country}")
    return "\n".join(lines) + "\n"


def _event(domain: str, pre: str | None, post: str | None, action: str, day: str) -> dict[str, Any]:
    words = {"N": "New", "C": "Change", "D": "Not Resolvable"}[action]
    return {"domain": domain, "pre_ip": pre, "post_ip": post, "action": action,
            "actiondate": day, "action_in_words": words}  # fmt: skip


def _answer(body: dict[str, Any]) -> web.Response:
    return web.json_response({"response": body})


def _fault(status: int, message: str) -> web.Response:
    body = {"error": {"code": status, "message": message}, "resources": {"support": ""}}
    return web.json_response(body, status=status)
