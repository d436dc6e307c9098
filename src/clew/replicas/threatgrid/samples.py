"""Runs: by hash and date, one of them, and the parts of its analysis."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from clew.replicas.scenario import RunFact, SandboxRun, Scenario
from clew.replicas.threatgrid import report
from clew.replicas.threatgrid.envelope import envelope, fault, list_page

SEARCH_MAX = 100
"""Largest page of the search."""


class Samples:
    """The handlers for runs."""

    def __init__(self, scenario: Scenario) -> None:
        self._runs = {run.id: run for run in scenario.runs}
        self._facts: dict[str, list[RunFact]] = {run.id: [] for run in scenario.runs}
        for fact in scenario.run_facts:
            self._facts.setdefault(fact.run, []).append(fact)

    def add_to(self, app: web.Application) -> None:
        """Add the routes."""
        get = app.router.add_get
        get("/api/v2/search/submissions", self.search)
        get("/api/v2/samples", self.listing)
        get("/api/v2/samples/state", self.states)
        get("/api/v2/samples/{id}", self.single)
        get("/api/v2/samples/{id}/state", self.single)
        get("/api/v2/samples/{id}/summary", self.summary)
        get("/api/v2/samples/{id}/threat", self.threat)
        get("/api/v2/samples/{id}/analysis.json", self.analysis)
        get("/api/v2/samples/{id}/analysis/{part}", self.part)
        get("/api/v3/session/whoami", self.whoami)
        get("/api/v3/users/{login}/rate-limit", self.rate_limit)

    async def search(self, request: web.Request) -> web.Response:
        """Runs of a hash within two dates."""
        wanted = request.query.get("q", "").lower()
        found = [run for run in self._runs.values() if wanted in _hashes(run)]
        rows = [
            {"score": 1_000_000, "matches": {}, "item": report.item(run)}
            for run in found
            if in_span(run, request)
        ]
        return list_page(request, rows, most=SEARCH_MAX, total=True)

    async def listing(self, request: web.Request) -> web.Response:
        """Finished runs by one kind of hash, or by id."""
        rows: list[dict[str, Any]] = []
        for run in self._runs.values():
            keys = {"md5": run.md5, "sha1": run.sha1, "sha256": run.sha256, "id": run.id}
            asked = {name: request.query[name].lower() for name in keys if name in request.query}
            if all(keys[name] == value for name, value in asked.items()) and in_span(run, request):
                rows.append(_sample(run))
        return list_page(request, rows, most=SEARCH_MAX)

    async def states(self, request: web.Request) -> web.Response:
        """States of several runs."""
        ids = request.query.get("ids", "")
        rows = [_state(run) for run in self._runs.values() if f'"{run.id}"' in ids]
        return envelope(rows)

    async def single(self, request: web.Request) -> web.Response:
        """One run, or its state."""
        run = self._runs.get(request.match_info["id"])
        if run is None:
            return fault(404, "Sample not found")
        return envelope(_state(run) if request.path.endswith("/state") else _sample(run))

    async def summary(self, request: web.Request) -> web.Response:
        """Counts of what a run showed."""
        run = self._runs.get(request.match_info["id"])
        if run is None:
            return fault(404, "Sample not found")
        facts = self._facts[run.id]
        return envelope({
            "sample": run.id, "md5": run.md5, "times_seen": 1, "tags": [],
            "stream_count": len(report.network_streams(facts)),
            "artifacts": {"disk": len(report.artifacts(facts))},
            "iocs": [{"ioc": it["ioc"]} for it in report.iocs(facts)],
        })  # fmt: skip

    async def threat(self, request: web.Request) -> web.Response:
        """A run's score."""
        run = self._runs.get(request.match_info["id"])
        if run is None:
            return fault(404, "Sample not found")
        found = report.iocs(self._facts[run.id])
        body: dict[str, Any] = {"sample": run.id, "count": len(found),
                                "bis": [it["ioc"] for it in found]}  # fmt: skip
        return envelope(body | ({"score": int(run.threat_score)} if run.threat_score else {}))

    async def analysis(self, request: web.Request) -> web.Response:
        """The whole report, which comes without an envelope."""
        run = self._runs.get(request.match_info["id"])
        if run is None:
            return fault(404, "Analysis not found")
        return web.json_response(report.report(run, self._facts[run.id]))

    async def part(self, request: web.Request) -> web.Response:
        """One part of the report: by id in some parts, a list in others, nothing when empty."""
        run = self._runs.get(request.match_info["id"])
        if run is None:
            return fault(404, "Analysis not found")
        facts = self._facts[run.id]
        items: Any
        match request.match_info["part"]:
            case "network_streams":
                items = report.network_streams(facts)
            case "processes":
                items = report.processes(run, facts)
            case "artifacts":
                items = report.artifacts(facts)
            case "iocs":
                items = report.iocs(facts)
            case "annotations":
                items = {"network": {report.RESOLVER: {"ts": 0}}}
            case "metadata":
                items = report.metadata(run)
            case _:
                return fault(404, "Not Found")
        return envelope({"items": items} if items else {})

    async def whoami(self, request: web.Request) -> web.Response:  # noqa: ARG002
        """Whose key it is."""
        return envelope({"login": "analyst1", "name": "Example Analyst", "role": "user",
                        "organization_id": 8, "email": "analyst1@example.org"}, 3)  # fmt: skip

    async def rate_limit(self, request: web.Request) -> web.Response:  # noqa: ARG002
        """What is left of the submissions; null where that level has no limit."""
        rate = {"samples": 1000, "minutes": 1440, "submissions-available": 1000,
                "submission-wait-seconds": 0}  # fmt: skip
        none = {"submission-rate-limit": [], "submission-wait-seconds": 0,
                "submissions-available": None}  # fmt: skip
        limited = {**none, "submission-rate-limit": [rate], "submissions-available": 1000}
        return envelope({"user": none, "organization": limited}, 3)


def in_span(run: SandboxRun, request: web.Request) -> bool:
    """
    Whether a run was submitted within ``after`` and ``before``.

    A run without a date can't be left out by one, so it always is.
    """
    after, before = request.query.get("after", ""), request.query.get("before", "")
    if not run.submitted:
        return True
    return (not after or run.submitted >= after[:10]) and (
        not before or run.submitted <= before[:10]
    )


def _hashes(run: SandboxRun) -> set[str]:
    return {run.md5, run.sha1, run.sha256} - {""}


def _sample(run: SandboxRun) -> dict[str, Any]:
    item = {name: value for name, value in report.item(run).items() if name != "sample"}
    return {"id": run.id, "vm": "win7-x64", "os": "", **item}


def _state(run: SandboxRun) -> dict[str, Any]:
    return {"sample": run.id, "state": "succ", "status": "job_done"}
