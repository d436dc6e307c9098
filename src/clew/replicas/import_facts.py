"""A case made from the facts folders' own layouts (see docs/reference/cases.md)."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import yaml

from clew.errors import InvalidValue
from clew.replicas.case import (
    TABLES,
    Address,
    Association,
    Case,
    Group,
    Hosting,
    Incident,
    Indicator,
    Registration,
    Resolution,
    Run,
    RunFact,
    Zone,
    load_case,
)

Tables = dict[str, list[Any]]


def import_facts(source: Path, folder: Path) -> Case:
    """
    The case in *folder*, written from a facts folder.

    Raises:
        InvalidValue: The folder has neither of the layouts that are known.
    """
    readers: dict[str, Callable[[Path], tuple[dict[str, Any], Tables]]] = {
        "threatconnect_incidents.json": _synthetic,
        "sample_network.csv": _report,
    }
    for mark, read in readers.items():
        if (source / mark).is_file():
            about, tables = read(source)
            break
    else:
        raise InvalidValue(
            "facts folder",
            source,
            "it has no layout that is known",
            helps=f"It needs one of: {', '.join(readers)}.",
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "case.yaml").write_text(
        yaml.safe_dump(about, sort_keys=False, allow_unicode=True), "utf-8"
    )
    for name, kind in TABLES.items():
        _write(folder / f"{name}.csv", kind, tables.get(name, []))
    return load_case(folder)


def _synthetic(source: Path) -> tuple[dict[str, Any], Tables]:
    told = json.loads((source / "threatconnect_incidents.json").read_text("utf-8"))
    as_of = max(row["seen_to"] for row in _read(source / "whois_history.csv"))
    main = max(told["incidents"], key=lambda it: len(it["indicators"]))
    about = {
        "name": "tendrit",
        "title": "Tendrit: the walkthrough with made-up facts on reserved names",
        "as_of": as_of,
        "synthetic": True,
        "playbook": "walkthrough",
        "parameters": {
            "owner": main["owner"],
            "incident": main["name"],
            "since": "2013-01-01",
            "days": 45,
            "prune": "2013-01-01..2013-12-31",
        },
        "owners": told["owners"],
    }
    runs, facts = [], []
    for number, row in enumerate(_read(source / "sandbox_runs.csv"), 1):
        run = f"{number:032x}"
        runs.append(
            Run(run, md5=row["md5"], submitted=row["submitted"], threat_score=row["threat_score"])
        )
        facts += [
            RunFact(run, "domain", row["host"]),
            RunFact(run, "address", row["address"], f"host={row['host']}"),
            RunFact(run, "url", row["url"], f"method={row['method']}"),
            RunFact(run, "user-agent", row["user_agent"]),
            RunFact(run, "mutex", row["mutex"]),
        ]
    registrations = [
        Registration(
            row["domain"], row["seen_from"], row["seen_to"],
            "yes" if row["seen_to"] == as_of else "",
            row["registrant_email"], row["registrant_name"],
            private="yes" if row["registrant_name"].startswith("Privacy") else "",
        )
        for row in _read(source / "whois_history.csv")
    ]  # fmt: skip
    tables: Tables = {
        "incidents": [
            Incident(it["id"], it["name"], it["owner"], it["event_date"])
            for it in told["incidents"]
        ],
        "indicators": [
            Indicator(
                it["id"], one["type"], one["value"], str(one.get("rating", "")),
                str(one.get("confidence", "")), "|".join(one.get("tags", ())),
            )
            for it in told["incidents"]
            for one in it["indicators"]
        ],
        "runs": runs,
        "run_facts": facts,
        "resolutions": [
            Resolution(
                row["rrname"], row["rrtype"], row["rdata"], row["first_seen"], row["last_seen"],
                row["sources"].replace(",", "|"),
            )
            for row in _read(source / "passive_dns.csv")
        ],
        "addresses": [
            Address(
                row["address"], row["network"], row["asn"], row["as_name"], row["country"],
                sinkhole=_yes(row["sinkhole"]), sinkhole_since=row["sinkhole_since"],
                parked=_yes(row["parked"]),
            )
            for row in _read(source / "address_details.csv")
        ],
        "registrations": registrations,
        "hostings": [
            Hosting(row["domain"], row["address"], row["from"], row["to"])
            for row in _read(source / "hosting_history.csv")
        ],
        "zones": [Zone(row["zone"]) for row in _read(source / "dynamic_dns_zones.csv")],
    }  # fmt: skip
    return about, tables


def _report(source: Path) -> tuple[dict[str, Any], Tables]:
    told = json.loads((source / "incident.json").read_text("utf-8"))
    owner = "Common Community"
    about = {
        "name": "pitty-tiger",
        "title": "Pitty Tiger: a campaign described in July 2014, real public facts",
        "as_of": told["published"],
        "synthetic": False,
        "playbook": "pitty-tiger",
        "parameters": {"owner": owner, "incident": told["name"], "year": "2013"},
        "owners": [owner],
    }
    families = {row["md5"]: row for row in _read(source / "samples.csv")}
    indicators = []
    for row in _read(source / "indicators.csv"):
        sample = families.get(row["value"])
        more = [f"Role={row['role']}"] if row["role"] else []
        if sample is not None:
            more += [f"Malware Family={sample['family']}"]
            more += [f"Family certain={sample['family_certain']}"]
        indicators.append(
            Indicator(told["id"], row["type"], row["value"], attributes="|".join(more))
        )
    runs: dict[str, Run] = {}
    facts: list[RunFact] = []

    def run_of(md5: str) -> str:
        known = runs.get(md5)
        if known is None:
            known = runs[md5] = Run(f"{len(runs) + 1:032x}", md5=md5)
        return known.id

    for row in _read(source / "sample_network.csv"):
        detail = f"confidence={row['confidence']}"
        facts.append(RunFact(run_of(row["md5"]), "domain", row["host"], detail))
    kinds = {"dns-lookup": "domain", "registry-value": "registry-key"}
    for row in _read(source / "sample_behaviour.csv"):
        kind = kinds.get(row["kind"], row["kind"])
        if kind in RunFact.KINDS:
            facts.append(RunFact(run_of(row["md5"]), kind, row["value"]))
    tables: Tables = {
        "incidents": [Incident(told["id"], told["name"], owner, told["event_date"],
                               told["published"], told["summary"])],
        "indicators": indicators,
        "groups": [
            Group(told["id"], "Adversary", told["threat_actor"]["name"]),
            *(Group(told["id"], "Malware", name) for name in told["malware_families"]),
            *(Group(told["id"], "Vulnerability", name) for name in told["vulnerabilities"]),
        ],
        "associations": [
            Association("Host", row["domain"], "Host", row["with_domain"],
                        ": ".join(filter(None, (f"shares {row['shares']}", row["comment"]))))
            for row in _read(source / "domain_links.csv")
        ],
        "runs": list(runs.values()),
        "run_facts": facts,
        "resolutions": [
            Resolution(row["rrname"], row["rrtype"], row["rdata"], row["first_seen"],
                       row["last_seen"], "", _yes(row["still_resolving_at_report"]))
            for row in _read(source / "passive_dns.csv")
        ],
        "addresses": [
            Address(row["ip"], f"{row['range_first']}-{row['range_last']}", "", "", row["country"],
                    row["city"], row["hosting"], sinkhole=_yes(row["sinkhole"]))
            for row in _read(source / "ip_details.csv")
        ],
        "registrations": [
            Registration(row["domain"], row["seen_from"], row["seen_to"], _yes(row["open_end"]),
                         row["registrant_email"], country=row["registrant_country"])
            for row in _read(source / "whois_history.csv")
        ],
    }  # fmt: skip
    return about, tables


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, kind: type[Any], rows: Iterable[Any]) -> None:
    held = list(rows)
    if not held:
        path.unlink(missing_ok=True)
        return
    names = [f.name for f in fields(kind)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(row) for row in held)


def _yes(text: str) -> str:
    return "yes" if text.strip().lower().startswith("yes") else ""
