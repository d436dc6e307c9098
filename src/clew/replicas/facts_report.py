"""The facts folder of a published report: one incident, its samples, hosts and registrations."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from clew.replicas.fact import (
    Address,
    Association,
    Group,
    IncidentFact,
    Indicator,
    Registration,
    Resolution,
    RunFact,
    SandboxRun,
)
from clew.replicas.write_scenario import (
    Tables,
    from_page,
    join_names,
    join_pairs,
    read_table,
    yes_or_no,
)

OWNER = "Common Community"
"""Reports have no owner; the scenario has one that a community shared."""
KINDS = {
    "user-agent": "user-agent",
    "dns-lookup": "domain",
    "url-path": "url-path",
    "registry-value": "registry-key",
    "dropped-file": "dropped-file",
    "mutex": "mutex",
}
"""Kinds of a sample's behaviour that a run shows as such."""
TITLES = {
    "injects-into": ("Injects into {}", "Process_Name"),
    "hardcoded-dns-server": ("Holds the address of a DNS server", "IP"),
    "service": ("Installs the service {}", "Service"),
    "network-marker": ("Sends the marker {}", "Marker"),
}
"""Others are behavioural indicators: title, and the name of the value in the indicator's data."""
_CVE = re.compile(r"CVE-\d{4}-\d+")


def read_report(src: Path) -> tuple[dict[str, Any], Tables]:
    """Members of ``case.yaml`` and the tables, from the folder's files."""
    incident = json.loads((src / "incident.json").read_text("utf-8"))
    about = {
        "name": "pitty-tiger",
        "title": "Pitty Tiger: a campaign described in July 2014, real public facts",
        "as_of": incident["published"],
        "synthetic": False,
        "playbook": "pitty-tiger",
        "parameters": {"owner": OWNER, "incident": incident["name"], "year": "2013"},
        "owners": [OWNER],
    }
    runs, facts = _runs(src)
    tables: Tables = {
        "incidents": [_incident(incident)],
        "indicators": _indicators(src, incident["id"]),
        "groups": _groups(incident),
        "associations": [
            Association(
                "Host", row["domain"], "Host", row["with_domain"],
                f"shares {row['shares']}" + (f": {row['comment']}" if row["comment"] else ""),
                from_page(row),
            )
            for row in read_table(src / "domain_links.csv")
        ],
        "runs": runs,
        "run_facts": facts,
        "resolutions": [
            Resolution(
                row["rrname"], row["rrtype"], row["rdata"], row["first_seen"], row["last_seen"],
                still_open=yes_or_no(row["still_resolving_at_report"]),
                precision=row["date_precision"], source=from_page(row),
            )
            for row in read_table(src / "passive_dns.csv")
        ],
        "addresses": [
            Address(
                row["ip"], f"{row['range_first']}-{row['range_last']}", country=row["country"],
                city=row["city"], hosting=row["hosting"], sinkhole=yes_or_no(row["sinkhole"]),
                source=from_page(row),
            )
            for row in read_table(src / "ip_details.csv")
        ],
        "registrations": [
            Registration(
                row["domain"], row["seen_from"], row["seen_to"], yes_or_no(row["open_end"]),
                row["registrant_email"], country=row["registrant_country"], source=from_page(row),
            )
            for row in read_table(src / "whois_history.csv")
        ],
    }  # fmt: skip
    return about, tables


def _incident(incident: dict[str, Any]) -> IncidentFact:
    length = {"month": 7, "year": 4}.get(incident.get("event_date_precision", "day"), 10)
    attributes = [("Published", incident["published"]), ("Note", incident.get("note", ""))]
    attributes += [("Victim Sector", sector) for sector in incident.get("victim_sectors", ())]
    return IncidentFact(
        incident["id"], incident["name"], OWNER, incident["event_date"][:length],
        description=incident.get("summary", ""),
        attributes=join_names(*(f"{name}={value}" for name, value in attributes if value)),
        source=incident.get("source", ""),
    )  # fmt: skip


def _groups(incident: dict[str, Any]) -> list[Group]:
    actor = incident["threat_actor"]
    aliases = [alias.partition(" (")[0] for alias in actor.get("aliases", ())]
    source = incident.get("source", "")
    groups = [
        Group(incident["id"], "Adversary", actor["name"], aliases=join_names(*aliases),
              source=actor.get("source", source))
    ]  # fmt: skip
    for name in incident["malware_families"]:
        family, _, more = name.partition(" (")
        groups.append(Group(incident["id"], "Malware", family, more.rstrip(")"), source=source))
    for name in incident["vulnerabilities"]:
        groups.append(Group(incident["id"], "Vulnerability", name, source=source))
    return groups


def _indicators(src: Path, incident: str) -> list[Indicator]:
    samples = {row["md5"]: row for row in read_table(src / "samples.csv")}
    families: dict[str, list[str]] = {}
    for row in read_table(src / "domain_family.csv"):
        families.setdefault(row["domain"], []).append(row["family"])
    found = []
    for row in read_table(src / "indicators.csv"):
        sample = samples.get(row["value"])
        tags, groups = [], families.get(row["value"], [])
        attributes = {"Role": row["role"]}
        if sample is None:
            tags = [row["role"].partition(" (")[0], *groups] if row["type"] != "File" else []
        else:
            cves = _CVE.findall(f"{sample['family']} {sample['role']}")
            family = "" if _CVE.search(sample["family"]) else sample["family"]
            tags, groups = [family], [family, *cves]
            attributes |= {"Malware Family": sample["family"], "File Role": sample["role"]}
            if sample["family_certain"] != "yes":
                attributes["Family Certain"] = sample["family_certain"]
        found.append(
            Indicator(
                incident, row["type"], row["value"],
                tags=join_names(*tags), description=row["role"],
                attributes=join_names(*(f"{key}={value}" for key, value in attributes.items())),
                groups=join_names(*groups),
                source=from_page(sample) if sample is not None else row["source"],
            )
        )  # fmt: skip
    return found


def _runs(src: Path) -> tuple[list[SandboxRun], list[RunFact]]:
    """One run per sample of which a report tells network or behaviour; none has a date."""
    runs: dict[str, SandboxRun] = {}
    facts: dict[tuple[str, str, str, str], RunFact] = {}

    def add(row: dict[str, str], kind: str, value: str, detail: str = "") -> None:
        md5 = row["md5"]
        run = runs.setdefault(md5, SandboxRun(f"{len(runs) + 1:032x}", md5=md5))
        # The first telling stays: the table of hosts says how sure it is, the behaviours don't.
        key = (run.id, kind, value, detail if kind == "behaviour" else "")
        facts.setdefault(key, RunFact(run.id, kind, value, detail, from_page(row)))

    for row in read_table(src / "sample_network.csv"):
        detail = join_pairs(confidence=row["confidence"], note=row["note"])
        add(row, "domain", row["host"], detail)
    for row in read_table(src / "sample_behaviour.csv"):
        kind, value = row["kind"], row["value"]
        if kind in KINDS:
            add(row, KINDS[kind], value)
        elif kind == "connects-to":
            add(row, "domain", value.partition(":")[0], join_pairs(port=value.partition(":")[2]))
        else:
            title, name = TITLES.get(kind, (f"{kind}: {{}}", "Value"))
            detail = "|".join((f"title={title.replace('{}', value)}", f"data.{name}={value}"))
            add(row, "behaviour", kind, detail)
    return list(runs.values()), list(facts.values())
