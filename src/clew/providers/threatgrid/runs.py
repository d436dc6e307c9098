"""The runs of a file, and what a run's report says."""

from __future__ import annotations

import ipaddress
from collections.abc import AsyncIterator, Iterator
from typing import Any

from clew.providers.threatgrid import PAGE_ROWS
from clew.schema.types import (
    URL,
    Behaviour,
    DomainName,
    File,
    FilePath,
    IPAddress,
    Mutex,
    RegistryKey,
    UserAgent,
)
from clew.schema.value import Value
from clew.transform.contract import Api
from clew.transform.finding import Found, Seen
from clew.transform.row import Row

NOISE_NAMES = frozenset({"workstation", "wpad", "time.windows.com", "localhost"})
NOISE_UNDER = (".windowsupdate.com", ".local", ".in-addr.arpa", ".ip6.arpa")
NOISE_NETS = tuple(
    ipaddress.ip_network(net)
    for net in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16",
                "224.0.0.0/4", "255.255.255.255/32", "0.0.0.0/8")
)  # fmt: skip
"""What every sandbox run shows of the sandbox itself."""

Activity = tuple[type[Value], str, str, dict[str, Any]]
"""Type of what was seen, its text, the link from the file to it, and detail."""


async def runs_of(file: File, api: Api, after: str, before: str) -> AsyncIterator[Row]:
    """The finished runs of a file that were submitted within two dates."""
    async for row in api.pages(
        "v2/search/submissions",
        q=str(file),
        after=after or None,
        before=before or None,
        offset=0,
        limit=PAGE_ROWS,
    ):
        run = row.row("item")
        if run.text("state") in ("", "succ") and run.text("sample"):
            yield run


async def activity(
    file: File, api: Api, after: str, before: str, noise: bool, *kinds: type[Value]
) -> AsyncIterator[Found[Any]]:
    """What the runs of a file did, each dated by its run; all *kinds* where none is named."""
    async for run in runs_of(file, api, after, before):
        seen = Seen(run.text("submitted_at") or None, run.text("submitted_at") or None)
        score = run.row("analysis").integer("threat_score")
        report = await api.get(("v2", "samples", run.text("sample"), "analysis.json"))
        told: set[tuple[type[Value], str]] = set()
        for kind, text, link, detail in _read(report):
            if (kinds and kind not in kinds) or (kind, text) in told:
                continue
            if not noise and _is_noise(kind, text):
                continue
            told.add((kind, text))
            more = {**detail, "run": run.text("sample"), "threat_score": score}
            yield Found(kind, text, seen, link=link, detail=more)


def _read(report: Row) -> Iterator[Activity]:
    for _, stream in report.members("network"):
        yield from _stream(stream)
    for address, _ in report.row("annotations").members("network"):
        yield IPAddress, address, "connects-to", {"told_by": "annotation"}
    for name, _ in report.members("domains"):
        yield DomainName, name, "communicates-with", {"told_by": "domains"}
    for _, process in report.row("dynamic").members("processes"):
        for text in process.texts("mutants_created"):
            yield Mutex, text, "creates-mutex", {"process": process.text("process_name")}
        for text in process.texts("registry_keys_set"):
            yield RegistryKey, text, "sets-registry-key", {"process": process.text("process_name")}
    for _, artifact in report.members("artifacts"):
        if artifact.text("origin") == "disk":
            digest = artifact.text("sha256") or artifact.text("sha1") or artifact.text("md5")
            if digest:
                yield File, digest, "drops", {"path": artifact.text("path")}
            elif artifact.text("path"):
                yield FilePath, artifact.text("path"), "writes-path", {}
    for ioc in report.rows("iocs"):
        yield Behaviour, ioc.text("title"), "exhibits", {
            "severity": ioc.integer("severity"), "confidence": ioc.integer("confidence"),
        }  # fmt: skip


def _stream(stream: Row) -> Iterator[Activity]:
    if stream.text("protocol") == "DNS":
        for _, transaction in stream.members("decoded"):
            name = transaction.row("query").text("query_data")
            if name:
                yield DomainName, name.rstrip("."), "communicates-with", {"told_by": "dns"}
        return
    if stream.text("dst"):
        yield IPAddress, stream.text("dst"), "connects-to", {"port": stream.integer("dst_port")}
    if stream.text("protocol") != "HTTP":
        return
    decoded = stream["decoded"]
    for transaction in decoded if isinstance(decoded, list) else ():
        for part in transaction if isinstance(transaction, list) else ():
            if not isinstance(part, dict):
                continue
            request = Row(part)
            if request.text("url"):
                yield URL, request.text("url"), "requests", {"method": request.text("method")}
            if agent := request.row("headers").text("user-agent"):
                yield UserAgent, agent, "uses-user-agent", {}


def _is_noise(kind: type[Value], text: str) -> bool:
    if kind is DomainName:
        name = text.lower().rstrip(".")
        return name in NOISE_NAMES or name.endswith(NOISE_UNDER) or "." not in name
    if kind is IPAddress:
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            return False
        return any(address in net for net in NOISE_NETS if net.version == address.version)
    return False
