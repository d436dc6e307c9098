"""The facts folder of the walkthrough: incidents as JSON, one table per service."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from clew.replicas.fact import (
    Address,
    HostingPeriod,
    IncidentFact,
    Indicator,
    Registration,
    Resolution,
    RunFact,
    SandboxRun,
    Zone,
)
from clew.replicas.write_scenario import Tables, join_names, join_pairs, read_table, yes_or_no
from clew.schema.privacy import is_privacy_service
from clew.schema.types import EmailAddress


def read_walkthrough(src: Path) -> tuple[dict[str, Any], Tables]:
    """Members of ``case.yaml`` and the tables, from the folder's files."""
    content = json.loads((src / "threatconnect_incidents.json").read_text("utf-8"))
    whois = read_table(src / "whois_history.csv")
    as_of = max(row["seen_to"] for row in whois)
    main = max(content["incidents"], key=lambda it: len(it["indicators"]))
    year = main["event_date"][:4]
    about = {
        "name": "tendrit",
        "title": "Tendrit: the walkthrough, with made-up facts on reserved names",
        "as_of": as_of,
        "synthetic": bool(content.get("synthetic")),
        "playbook": "walkthrough",
        "parameters": {
            "owner": main["owner"],
            "incident": main["name"],
            "since": f"{year}-01-01",
            "days": 45,
            "prune": f"{year}-01-01..{year}-12-31",
        },
        "owners": list(content["owners"]),
    }
    runs, facts = _runs(read_table(src / "sandbox_runs.csv"))
    tables: Tables = {
        "incidents": [_incident(it) for it in content["incidents"]],
        "indicators": [
            _indicator(it["id"], one) for it in content["incidents"] for one in it["indicators"]
        ],
        "runs": runs,
        "run_facts": facts,
        "resolutions": [
            Resolution(
                row["rrname"], row["rrtype"], row["rdata"], row["first_seen"], row["last_seen"],
                join_names(*row["sources"].split(",")),
                precision="" if row["first_seen"] or row["last_seen"] else "unknown",
            )
            for row in read_table(src / "passive_dns.csv")
        ],
        "addresses": [
            Address(
                row["address"], row["network"], row["asn"], row["as_name"], row["country"],
                sinkhole=yes_or_no(row["sinkhole"]), sinkhole_since=row["sinkhole_since"],
                parked=yes_or_no(row["parked"]),
            )
            for row in read_table(src / "address_details.csv")
        ],
        "registrations": [_registration(row, as_of) for row in whois],
        "hostings": [
            HostingPeriod(row["domain"], row["address"], row["from"], row["to"])
            for row in read_table(src / "hosting_history.csv")
        ],
        "zones": [Zone(row["zone"]) for row in read_table(src / "dynamic_dns_zones.csv")],
    }  # fmt: skip
    return about, tables


def _incident(it: dict[str, Any]) -> IncidentFact:
    return IncidentFact(
        it["id"], it["name"], it["owner"], it.get("event_date", ""),
        description=it.get("description", ""), tags=join_names(*it.get("tags", ())),
        marking=it.get("marking", ""),
    )  # fmt: skip


def _indicator(incident: str, one: dict[str, Any]) -> Indicator:
    return Indicator(
        incident, one["type"], one["value"], str(one.get("rating", "")),
        str(one.get("confidence", "")), join_names(*one.get("tags", ())),
        one.get("description", ""),
    )  # fmt: skip


def _runs(rows: list[dict[str, str]]) -> tuple[list[SandboxRun], list[RunFact]]:
    runs: list[SandboxRun] = []
    facts: list[RunFact] = []
    for number, row in enumerate(rows, 1):
        run = f"{number:032x}"
        runs.append(
            SandboxRun(
                run, md5=row["md5"], submitted=row["submitted"], threat_score=row["threat_score"]
            )
        )
        url = join_pairs(method=row["method"], address=row["address"], user_agent=row["user_agent"])
        of_run = (
            RunFact(run, "domain", row["host"]),
            RunFact(run, "address", row["address"], join_pairs(host=row["host"])),
            RunFact(run, "url", row["url"], url),
            RunFact(run, "user-agent", row["user_agent"]),
            RunFact(run, "mutex", row["mutex"]),
        )
        facts += [fact for fact in of_run if fact.value]
    return runs, facts


def _registration(row: dict[str, str], as_of: str) -> Registration:
    email, name = row["registrant_email"], row["registrant_name"]
    private = "privacy" in name.lower() or (
        "@" in email and is_privacy_service(EmailAddress(email))
    )
    return Registration(
        row["domain"], row["seen_from"], row["seen_to"],
        "yes" if row["seen_to"] == as_of else "no", email, name,
        private="yes" if private else "no",
    )  # fmt: skip
