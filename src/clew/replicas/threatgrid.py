"""The ThreatGRID replica: submissions, reports, and samples by what they touched."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from clew.replicas.case import Case, Run, RunFact, pairs, words

PROVIDER = "threatgrid"
BASE_PATH = "/api"
CREDENTIALS = {"api_key": "replica-key-of-threatgrid"}
PAGE_ROWS_MAX = 100


def application(case: Case, *, now: Callable[[], datetime]) -> web.Application:  # noqa: ARG001
    """The service over a case's sandbox runs."""
    replica = _Replica(case)
    app = web.Application(middlewares=[_keyed])
    app.router.add_get("/api/v2/search/submissions", replica.submissions)
    app.router.add_get("/api/v2/samples/{id}", replica.sample)
    app.router.add_get("/api/v2/samples/{id}/analysis.json", replica.analysis)
    app.router.add_get("/api/v2/{kind:domains|ips|urls}/{value}/samples", replica.touched)
    app.router.add_get("/api/v3/session/whoami", replica.whoami)
    return app


@web.middleware
async def _keyed(request: web.Request, handler: Any) -> web.StreamResponse:
    told = request.headers.get("Authorization", "").removeprefix("bearer ").strip()
    given = told or request.query.get("api_key", "")
    if not hmac.compare_digest(given.encode(), CREDENTIALS["api_key"].encode()):
        return _fault(401, "Unauthorized")
    response: web.StreamResponse = await handler(request)
    return response


class _Replica:
    def __init__(self, case: Case) -> None:
        self._runs = {run.id: run for run in case.runs}
        self._facts: dict[str, list[RunFact]] = {run.id: [] for run in case.runs}
        for fact in case.run_facts:
            self._facts.setdefault(fact.run, []).append(fact)

    async def submissions(self, request: web.Request) -> web.Response:
        """Runs of a hash within two dates; a run without a date can't be left out by one."""
        wanted = request.query.get("q", "").lower()
        after, before = request.query.get("after", ""), request.query.get("before", "")
        found = [
            run
            for run in self._runs.values()
            if wanted in (run.md5, run.sha1, run.sha256)
            and not (run.submitted and after and run.submitted[:10] < after[:10])
            and not (run.submitted and before and run.submitted[:10] > before[:10])
        ]
        offset = int(request.query.get("offset", 0))
        limit = min(int(request.query.get("limit", 20)), PAGE_ROWS_MAX)
        items = [
            {"score": 1.0, "matches": {"item": {"md5": [run.md5]}}, "item": _item(run)}
            for run in found[offset : offset + limit]
        ]
        data: dict[str, Any] = {
            "index": offset, "total": len(found), "took": 4, "timed_out": False,
            "items_per_page": limit, "current_item_count": len(items),
        }  # fmt: skip
        if items:
            data["items"] = items
        return web.json_response({"api_version": 2, "id": 1, "data": data})

    async def sample(self, request: web.Request) -> web.Response:
        """One run."""
        run = self._runs.get(request.match_info["id"])
        if run is None:
            return _fault(404, "sample not found")
        return web.json_response({"api_version": 2, "id": 1, "data": _item(run)})

    async def analysis(self, request: web.Request) -> web.Response:
        """The report of a run, which comes without the envelope."""
        run = self._runs.get(request.match_info["id"])
        if run is None:
            return _fault(404, "sample not found")
        return web.json_response(_report(run, self._facts.get(run.id, [])))

    async def touched(self, request: web.Request) -> web.Response:
        """Samples by a name, an address, or the SHA-256 of a URL with its port."""
        kind, value = request.match_info["kind"], request.match_info["value"].lower()
        wanted = {"domains": "domain", "ips": "address", "urls": "url"}[kind]
        samples = []
        for run, facts in self._facts.items():
            for fact in facts:
                text = fact.value.lower()
                if fact.kind == wanted and value in (
                    text, sha256(_with_port(fact.value).encode()).hexdigest()
                ):  # fmt: skip
                    told = self._runs[run]
                    one = {"sample": run, "filename": told.filename, "private": False,
                           "login": None, "relation": "dns-lookup"}  # fmt: skip
                    if told.sha256:
                        one["sha256"] = told.sha256
                    if told.submitted:
                        one["timestamp"] = f"{told.submitted}T00:00:00Z"
                    samples.append(one)
        return web.json_response({"api_version": 2, "id": 1, "data": {"samples": samples}})

    async def whoami(self, request: web.Request) -> web.Response:  # noqa: ARG002
        """Whose key it is."""
        data = {"login": "analyst", "role": "user", "email": "analyst@example.org"}
        return web.json_response({"api_version": 3, "id": 1, "data": data})


def _item(run: Run) -> dict[str, Any]:
    item: dict[str, Any] = {
        "sample": run.id, "filename": run.filename or f"{run.md5}.exe", "md5": run.md5,
        "tags": list(words(run.tags)), "state": "succ", "status": "job_done", "login": None,
        "organization_id": None, "private": run.private == "yes", "analysis": {},
    }  # fmt: skip
    for name in ("sha1", "sha256"):
        if getattr(run, name):
            item[name] = getattr(run, name)
    if run.submitted:
        item["submitted_at"] = f"{run.submitted}T00:00:00Z"
    if run.threat_score:
        item["analysis"]["threat_score"] = int(run.threat_score)
    return item


def _report(run: Run, facts: list[RunFact]) -> dict[str, Any]:
    network: dict[str, Any] = {}
    process: dict[str, Any] = {"pid": 1234, "process_name": f"{run.md5[:8]}.exe"}
    artifacts: dict[str, Any] = {}
    iocs: list[dict[str, Any]] = []
    requests: list[dict[str, Any]] = []
    agents = [fact.value for fact in facts if fact.kind == "user-agent"]
    addresses = [fact for fact in facts if fact.kind == "address"]
    for number, fact in enumerate(facts):
        match fact.kind:
            case "domain":
                network[str(number)] = {
                    "transport": "UDP", "protocol": "DNS", "src": "10.0.2.15", "dst": "10.0.2.3",
                    "dst_port": 53,
                    "decoded": {"1": {"query": {"query_data": fact.value, "query_type": "A"}}},
                }  # fmt: skip
            case "url":
                headers = {"host": urlsplit(fact.value).hostname}
                if agents:
                    headers["user-agent"] = agents[0]
                requests.append(
                    {"method": pairs(fact.detail).get("method", "GET"),
                     "url": _with_port(fact.value), "headers": headers}
                )  # fmt: skip
            case "mutex":
                process.setdefault("mutants_created", []).append(fact.value)
            case "registry-key":
                process.setdefault("registry_keys_set", []).append(fact.value)
            case "dropped-file":
                artifacts[str(number)] = {"origin": "disk", "path": fact.value}
            case "behaviour":
                iocs.append({"ioc": fact.value.lower().replace(" ", "-"), "title": fact.value,
                             "severity": 80, "confidence": 80})  # fmt: skip
            case _:
                pass
    if agents and not requests:
        requests.append({"method": "GET", "headers": {"user-agent": agents[0]}})
    stream: dict[str, Any] = {"transport": "TCP", "protocol": "HTTP", "src": "10.0.2.15"}
    if requests:
        stream["decoded"] = [[request, {"status": 200}] for request in requests]
    if addresses:
        stream |= {"dst": addresses[0].value, "dst_port": 80}
    if requests or addresses:
        network["http"] = stream
    for number, fact in enumerate(addresses[1:]):
        network[f"tcp{number}"] = {"transport": "TCP", "dst": fact.value, "dst_port": 443}
    return {
        "metadata": {"submitted_file": {"md5": run.md5}},
        "network": network,
        "dynamic": {"processes": {"1": process}},
        "artifacts": artifacts,
        "iocs": iocs,
        "status": {},
        "version": 2,
    }


def _with_port(url: str) -> str:
    parts = urlsplit(url)
    if not parts.hostname or parts.port:
        return url
    port = 443 if parts.scheme == "https" else 80
    return url.replace(f"://{parts.netloc}", f"://{parts.netloc}:{port}", 1)


def _fault(status: int, message: str) -> web.Response:
    error = {"code": status, "message": message, "errors": [{"code": status, "message": message}]}
    return web.json_response({"api_version": 2, "id": 1, "error": error}, status=status)
