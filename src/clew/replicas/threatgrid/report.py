"""A run's analysis as ThreatGRID writes it, from a scenario; with the traps of real ones."""

from __future__ import annotations

import calendar
import time
from hashlib import md5
from typing import Any
from urllib.parse import urlsplit

from clew.replicas.scenario import RunFact, SandboxRun, pairs, parse_pairs, words

GUEST, RESOLVER = "192.168.1.28", "192.168.1.1"
"""The sandbox's own machine and resolver; every run shows them."""


def item(run: SandboxRun) -> dict[str, Any]:
    """A run as the search and the listing show it; no date where none is known."""
    body: dict[str, Any] = {
        "sample": run.id, "filename": run.filename or run.md5 or run.sha256, "state": "succ",
        "status": "job_done", "tags": list(words(run.tags)), "vm_runtime": 300,
        "private": run.private == "yes",
        # Other customers' samples have no login and organisation.
        "login": None, "organization_id": None,
        "analysis": {"behaviors": [], "metadata": metadata(run)},
    }  # fmt: skip
    body |= {name: getattr(run, name) for name in ("md5", "sha1", "sha256") if getattr(run, name)}
    if run.submitted:
        body["submitted_at"] = moment(run.submitted)
    if run.threat_score:
        body["analysis"]["threat_score"] = int(run.threat_score)
    return body


def moment(day: str) -> str:
    """A day as the vendor writes it; less than a day stays as it is told."""
    return f"{day}T00:00:00Z" if len(day) == 10 else day


def metadata(run: SandboxRun) -> dict[str, Any]:
    """What was run and when: epoch seconds here, where the search has ISO texts."""
    hashes = {name: getattr(run, name) for name in ("md5", "sha1", "sha256") if getattr(run, name)}
    env: dict[str, Any] = {"vm": "win7-x64", "vm_id": run.id, "run_time": 300}
    if len(run.submitted) == 10:
        env["sample_executed"] = calendar.timegm(time.strptime(run.submitted[:10], "%Y-%m-%d"))
    return {"sandcastle_env": env, "submitted_file": hashes, "analyzed_file": hashes}


def network_streams(facts: list[RunFact]) -> dict[str, Any]:
    """Streams by number; an empty part has no items at all."""
    streams: list[dict[str, Any]] = []
    agents = [fact.value for fact in facts if fact.kind == "user-agent"]
    covered: set[str] = set()
    for fact in facts:
        detail = pairs(fact.detail)
        match fact.kind:
            case "domain":
                transaction = str(1000 + len(streams))
                query = {"query": {"query_data": fact.value, "query_type": "A"}}
                streams.append(_stream("UDP", "DNS", RESOLVER, 53, {transaction: query}))
            case "url":
                headers = {"host": urlsplit(fact.value).netloc}
                if agent := detail.get("user-agent"):
                    headers["user-agent"] = agent
                    covered.add(agent)
                request = {"url": with_port(fact.value), "host": urlsplit(fact.value).hostname,
                           "method": detail.get("method", "GET"), "headers": headers}  # fmt: skip
                covered.add(detail.get("address", ""))
                streams.append(_http(request, detail.get("address")))
            case "url-path":
                streams.append(_http({"request_path": fact.value, "headers": {}}, None))
            case _:
                pass
    for agent in agents:
        if agent not in covered:
            streams.append(_http({"headers": {"user-agent": agent}}, None))
    for fact in facts:
        if fact.kind == "address" and fact.value not in covered:
            # Traffic that was not parsed has neither protocol nor decoded.
            streams.append(_stream("TCP", None, fact.value, 443, None))
    return {str(number): {"session": number, **one} for number, one in enumerate(streams, 1)}


def processes(run: SandboxRun, facts: list[RunFact]) -> dict[str, Any]:
    """The one process that a scenario knows of, by number."""
    process: dict[str, Any] = {
        "pid": 1692, "ppid": 61, "process_name": f"{(run.md5 or run.id)[:8]}.exe",
        "monitored": True, "new": True,
    }  # fmt: skip
    if len(run.submitted) == 10:
        process["time"] = time.strftime(
            "%a, %d %b %Y %H:%M:%S UTC", time.strptime(run.submitted[:10], "%Y-%m-%d")
        )
    for fact in facts:
        match fact.kind:
            case "mutex":
                process.setdefault("mutants_created", []).append(fact.value)
            case "registry-key":
                key, _, name = fact.value.partition(" : ")
                row = {"name": key, **({"value_name": name} if name else {})}
                process.setdefault("registry_keys_modified", []).append(row)
            case "dropped-file" if not set(pairs(fact.detail)) & {"md5", "sha1", "sha256"}:
                process.setdefault("files_created", []).append(fact.value)
            case _:
                pass
    return {"15": process}


def artifacts(facts: list[RunFact]) -> dict[str, Any]:
    """Dropped files whose hash is known, by number."""
    found: dict[str, Any] = {}
    for fact in facts:
        hashes = {name: digest for name, digest in pairs(fact.detail).items() if name in
                  ("md5", "sha1", "sha256")}  # fmt: skip
        if fact.kind == "dropped-file" and hashes:
            # 0 means that the time is unknown.
            found[str(len(found) + 2)] = {"origin": "disk", "path": fact.value, **hashes,
                                          "created-time": 0}  # fmt: skip
    return found


def iocs(facts: list[RunFact]) -> list[dict[str, Any]]:
    """Behavioural indicators: one per name, the values of all its facts as its data."""
    found: dict[str, dict[str, Any]] = {}
    for fact in facts:
        if fact.kind != "behaviour":
            continue
        detail = parse_pairs(fact.detail)
        details = dict(detail)
        one = found.setdefault(
            fact.value,
            {"ioc": fact.value, "title": details.get("title", fact.value), "hits": 0,
             "category": [], "tags": [], "mitre-tactics": [], "mitre-techniques": [],
             "truncated": False, "data": []},
        )  # fmt: skip
        for name in ("severity", "confidence"):
            if details.get(name, "").isdecimal():
                one[name] = int(details[name])
        one["hits"] += 1
        data = {name.removeprefix("data."): value for name, value in detail
                if name.startswith("data.")}  # fmt: skip
        if data:
            one["data"].append(data)
    return list(found.values())


def report(run: SandboxRun, facts: list[RunFact]) -> dict[str, Any]:
    """The whole ``analysis.json``, which comes without an envelope."""
    return {
        "version": 2, "status": {}, "metadata": metadata(run), "network": network_streams(facts),
        "dynamic": {"processes": processes(run, facts)}, "artifacts": artifacts(facts),
        "iocs": iocs(facts), "annotations": {"network": {RESOLVER: {"ts": 0}}},
        "domains": {fact.value: {"status": "unknown"} for fact in facts if fact.kind == "domain"},
        "threat": {"threat_score": int(run.threat_score)} if run.threat_score else {},
        "warnings": [],
    }  # fmt: skip


def with_port(url: str) -> str:
    """A URL as the sandbox writes it: with its port."""
    parts = urlsplit(url)
    if not parts.hostname or parts.port:
        return url
    port = 443 if parts.scheme == "https" else 80
    return url.replace(f"://{parts.netloc}", f"://{parts.netloc}:{port}", 1)


def _stream(
    transport: str, protocol: str | None, dst: str | None, port: int, decoded: object
) -> dict[str, Any]:
    uid = f"C{md5(f'{protocol}{dst}{decoded}'.encode()).hexdigest()[:17]}"  # noqa: S324
    stream: dict[str, Any] = {"uid": uid, "transport": transport, "src": GUEST,
                            "relation": {"process": [15]}}  # fmt: skip
    if protocol:
        stream |= {"protocol": protocol, "service": protocol.lower(), "decoded": decoded}
    if dst:
        stream |= {"dst": dst, "dst_port": port}
    return stream


def _http(request: dict[str, Any], address: str | None) -> dict[str, Any]:
    port = urlsplit(request.get("url", "")).port or 80
    answer = {"type": "response", "status_code": 200, "headers": {"set-cookie": ["a=1", "b=2"]}}
    decoded = [[{"type": "request", "version": "1.1", **request}, answer]]
    return _stream("TCP", "HTTP", address, port, decoded)
