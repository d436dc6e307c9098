"""Reading bundles: ATT&CK, and 60 MB of indicators and observations beside the stix2 library."""

from __future__ import annotations

import gzip
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

import msgspec

from clew.interop.changes import import_changes
from clew.interop.importing import read_file
from clew.interop.stix.read import read_stix
from clew.model.provenance import Provenance
from clew.schema.registry import catalogue
from clew.store.investigation import Investigation
from figure import Row, figure

ATTACK = Path(__file__).parents[2] / "shared" / "data" / "stix" / "enterprise-attack.json.gz"
ORIGIN = Provenance("import", "import.stix", "0" * 32, 1_700_000_000)
BUNDLE_BYTES = 60_000_000


def run(quick: bool) -> list[Row]:
    """The figures; those of ATT&CK only where the bundle is there."""
    catalogue()
    rows = _attack() if ATTACK.exists() else []
    data = bundle(BUNDLE_BYTES // 10 if quick else BUNDLE_BYTES)
    count = data.count(b'"type":')
    begun = time.perf_counter()
    exchange, problems = read_stix(data, ORIGIN, catalogue())
    ours = time.perf_counter() - begun
    assert not problems, problems[:3]
    assert exchange.block.links.height
    name = f"STIX bundle, {len(data) / 1e6:.0f} MB, {count:,} objects"
    rows.append(figure(name, ours, _stix2(data), "s", "<= 3, >= 100x", "stix2"))
    return rows


def bundle(size: int) -> bytes:
    """A bundle of about so many bytes: names, addresses, indicators, sightings, relationships."""
    objects: list[dict[str, Any]] = []
    stamp = "2023-07-28T12:14:36.194Z"
    author = f"identity--{uuid.UUID(int=1, version=4)}"
    malware = f"malware--{uuid.UUID(int=2, version=4)}"
    head = {"spec_version": "2.1", "created": stamp, "modified": stamp}
    objects.append({"type": "identity", "id": author, **head, "name": "A lab",
                    "identity_class": "organization"})  # fmt: skip
    objects.append({"type": "malware", "id": malware, **head, "name": "PoisonRat",
                    "is_family": True, "created_by_ref": author})  # fmt: skip
    taken, number = 0, 10
    while taken < size:
        number += 10
        ids = [str(uuid.UUID(int=number + at, version=4)) for at in range(6)]
        name = f"host{number}.example"
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        made: list[dict[str, Any]] = [
            {"type": "domain-name", "spec_version": "2.1", "id": f"domain-name--{ids[0]}",
             "value": name},
            {"type": "ipv4-addr", "spec_version": "2.1", "id": f"ipv4-addr--{ids[1]}",
             "value": address},
            {"type": "indicator", "id": f"indicator--{ids[2]}", **head, "created_by_ref": author,
             "name": f"Command server {number}", "indicator_types": ["malicious-activity"],
             "description": "Seen in traffic of an infected machine. " * 8,
             "pattern": f"[domain-name:value = '{name}']", "pattern_type": "stix",
             "valid_from": stamp, "labels": ["apt"]},
            {"type": "relationship", "id": f"relationship--{ids[3]}", **head,
             "created_by_ref": author, "relationship_type": "indicates",
             "source_ref": f"indicator--{ids[2]}", "target_ref": malware},
            {"type": "relationship", "id": f"relationship--{ids[4]}", **head,
             "created_by_ref": author, "relationship_type": "resolves-to",
             "source_ref": f"domain-name--{ids[0]}", "target_ref": f"ipv4-addr--{ids[1]}",
             "start_time": "2023-01-01T00:00:00Z", "stop_time": "2023-02-01T00:00:00Z",
             "description": "Passive DNS of the lab's own sensors. " * 4},
        ]  # fmt: skip
        objects.extend(made)
        taken += 2_000 if not taken else len(msgspec.json.encode(made))
    return msgspec.json.encode(
        {"type": "bundle", "id": f"bundle--{uuid.UUID(int=3, version=4)}", "objects": objects}
    )


def _attack() -> list[Row]:
    data = gzip.decompress(ATTACK.read_bytes())
    begun = time.perf_counter()
    exchange, problems = read_stix(data, ORIGIN, catalogue())
    read = time.perf_counter() - begun
    assert not problems, "ATT&CK has no dangling relationship"
    with tempfile.TemporaryDirectory() as folder:
        case = Investigation.create(Path(folder) / "attack.clew")
        begun = time.perf_counter()
        imported = read_file(data, catalogue(), run="0" * 32, learnt=1)
        case.append(
            import_changes(
                imported.graph, "main", action="0" * 32, label="Import", actor="bench", at=1
            )
        )
        durable = time.perf_counter() - begun
        case.close()
    del exchange, imported
    size = "24,771 objects, 33 MB"
    return [
        figure(f"ATT&CK for Enterprise read, {size}", read, None, "s", "<= 2"),
        figure(f"ATT&CK for Enterprise imported and durable, {size}", durable, None, "s", "<= 2"),
    ]


def _stix2(data: bytes) -> float | None:
    try:
        import stix2
    except ImportError:
        sys.stderr.write("bench: stix2 is not there, so nothing is beside the bundle\n")
        return None
    text = data.decode()
    begun = time.perf_counter()
    stix2.parse(text, allow_custom=True)
    return time.perf_counter() - begun
