"""Names, addresses and URLs of all runs: samples by them, what stands beside them, feeds."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from aiohttp import web

from clew.replicas.scenario import RunFact, SandboxRun, Scenario
from clew.replicas.threatgrid.envelope import envelope, fault, list_page
from clew.replicas.threatgrid.report import moment, with_port
from clew.replicas.threatgrid.samples import in_span

KINDS = {"domains": "domain", "ips": "address", "urls": "url"}
MEMBERS = {"domains": "domain", "ips": "ip", "urls": "url"}
FEED_MAX, SEARCH_MAX = 100_000, 1_000
"""Largest pages of a feed and of an entity search."""


class Pivots:
    """The handlers for what runs touched."""

    def __init__(self, scenario: Scenario) -> None:
        runs = {run.id: run for run in scenario.runs}
        self._facts = [(runs[it.run], it) for it in scenario.run_facts if it.run in runs]

    def add_to(self, app: web.Application) -> None:
        """Add the routes."""
        kinds = "|".join(KINDS)
        get = app.router.add_get
        get(f"/api/v2/{{kind:{kinds}}}/{{value}}/samples", self.samples)
        get(f"/api/v2/{{kind:{kinds}}}/{{value}}/{{other:{kinds}}}", self.beside)
        get(f"/api/v2/search/{{other:{kinds}}}", self.search)
        get(f"/api/v2/samples/feeds/{{kind:{kinds}}}", self.feed)

    async def samples(self, request: web.Request) -> web.Response:
        """Samples by a name, an address, or the SHA-256 of a URL with its port."""
        kind, value = request.match_info["kind"], request.match_info["value"]
        rows = {}
        for run, _ in self._found(kind, value):
            row: dict[str, Any] = {
                "sample": run.id, "details": f"/api/v2/samples/{run.id}",
                "filename": run.filename or run.md5, "private": run.private == "yes",
                "login": None, "owner": None, "relation": None, "iocs": [],
            }  # fmt: skip
            if run.sha256:
                row["sha256"] = run.sha256
            if run.submitted:
                row["timestamp"] = moment(run.submitted)
            rows[run.id] = row
        if not rows:
            return fault(404, "Not Found")
        return envelope({MEMBERS[kind]: value, "samples": list(rows.values())})

    async def beside(self, request: web.Request) -> web.Response:
        """What else the runs of a name, address or URL touched."""
        near = self._near(request.match_info["kind"], request.match_info["value"],
                          request.match_info["other"])  # fmt: skip
        return list_page(request, [{"result": value} for value in near], most=SEARCH_MAX)

    async def search(self, request: web.Request) -> web.Response:
        """``search/ips?query=<name>&term=domain``: entities by another one."""
        term = request.query.get("term", "")
        kind = next((name for name, member in MEMBERS.items() if member == term), "")
        if not kind:
            return fault(400, "term is not known")
        other = request.match_info["other"]
        near = self._near(kind, request.query.get("query", ""), other)
        rows = [{"result": value, "details": f"/api/v2/{other}/{value}"} for value in near]
        return list_page(request, rows, most=SEARCH_MAX)

    async def feed(self, request: web.Request) -> web.Response:
        """Names, addresses or URLs of a list of samples."""
        kind = request.match_info["kind"]
        wanted = {it for it in request.query.get("sample", "").split(",") if it}
        rows = []
        for run, fact in self._facts:
            if fact.kind != KINDS[kind] or (wanted and run.id not in wanted):
                continue
            if in_span(run, request):
                row: dict[str, Any] = {
                    "sample": run.id, MEMBERS[kind]: _text(fact), "relation": "dns-lookup",
                    "data": {"answers": []},
                }  # fmt: skip
                if run.submitted:
                    row["ts"] = moment(run.submitted)
                # One look-up may be told many times over.
                rows += [row, row]
        return list_page(request, rows, most=FEED_MAX)

    def _found(self, kind: str, value: str) -> Iterator[tuple[SandboxRun, RunFact]]:
        for run, fact in self._facts:
            if fact.kind == KINDS.get(kind) and value.lower() in (
                fact.value.lower(), sha256(with_port(fact.value).encode()).hexdigest()
            ):  # fmt: skip
                yield run, fact

    def _near(self, kind: str, value: str, other: str) -> list[str]:
        runs = {run.id for run, _ in self._found(kind, value)}
        found = (_text(fact) for run, fact in self._facts
                 if run.id in runs and fact.kind == KINDS[other])  # fmt: skip
        return list(dict.fromkeys(found))


def _text(fact: RunFact) -> str:
    return with_port(fact.value) if fact.kind == "url" else fact.value
