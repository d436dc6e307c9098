"""Entities as STIX 2.1 objects of their own kind, with deterministic ids."""

from __future__ import annotations

from typing import Any
from uuid import uuid5

import msgspec

from clew.interop.stix.words import HASH_NAMES, OWN_NAMESPACE, SCO_NAMESPACE
from clew.model.entity import Entity
from clew.schema.value import entity_id

Thing = dict[str, Any]

_OBSERVABLES = {
    "domain-name": ("domain-name", "value"),
    "url": ("url", "value"),
    "email-address": ("email-addr", "value"),
    "mutex": ("mutex", "name"),
    "registry-key": ("windows-registry-key", "key"),
    "component": ("software", "name"),
    "mac-address": ("mac-addr", "value"),
}
_DOMAIN: dict[str, tuple[str, Thing]] = {
    "threat-actor": ("intrusion-set", {}),
    "incident": ("campaign", {}),
    "malware-family": ("malware", {"is_family": True}),
    "organisation": ("identity", {"identity_class": "organization"}),
    "person": ("identity", {"identity_class": "individual"}),
    "vulnerability": ("vulnerability", {}),
    "attack-pattern": ("attack-pattern", {}),
    "course-of-action": ("course-of-action", {}),
    "tool": ("tool", {}),
    "infrastructure": ("infrastructure", {}),
}


def object_of(one: Entity, created: str) -> Thing:
    """
    The object that an entity is in STIX; ``x-clew-entity`` where STIX has none.

    Args:
        one: The entity.
        created: Time of creation of objects that need one, in STIX's form.
    """
    contributing: Thing
    if one.type in _OBSERVABLES:
        type_, name = _OBSERVABLES[one.type]
        contributing = {name: one.value}
    elif one.type == "ip-address" or (one.type == "netblock" and "/" in one.value):
        type_, contributing = (
            ("ipv6-addr" if ":" in one.value else "ipv4-addr"),
            {"value": one.value},
        )
    elif one.type == "autonomous-system":
        type_, contributing = "autonomous-system", {"number": int(one.value.removeprefix("AS"))}
    elif one.type == "file":
        type_, contributing = "file", {"hashes": {HASH_NAMES[len(one.value)]: one.value}}
    elif one.type == "certificate":
        type_ = "x509-certificate"
        contributing = {"hashes": {HASH_NAMES[len(one.value)]: one.value}}
    elif one.type == "file-path":
        type_, contributing = "directory", {"path": one.value}
    else:
        return _domain(one, created)
    return {
        "type": type_, "spec_version": "2.1", "id": observable_id(type_, contributing),
        **contributing,
    }  # fmt: skip


def observable_id(type_: str, contributing: Thing) -> str:
    """The deterministic id of an observable (STIX 2.1, section 2.9; JSON as of RFC 8785)."""
    # Names and values here are texts and integers, for which sorted compact JSON is canonical.
    name = msgspec.json.encode(contributing, order="sorted").decode()
    return f"{type_}--{uuid5(SCO_NAMESPACE, name)}"


def own_id(type_: str, *parts: str) -> str:
    """The id that Clew gives to an object that is no observable."""
    return f"{type_}--{uuid5(OWN_NAMESPACE, chr(0).join((type_, *parts)))}"


def relationship(
    source: str, type_: str, target: str, created: str, times: tuple[str, str]
) -> Thing:
    """A relationship between two objects; *times* are start and stop, empty where unknown."""
    thing: Thing = {
        "type": "relationship", "spec_version": "2.1",
        "id": own_id("relationship", source, type_, target), "created": created,
        "modified": created, "relationship_type": type_, "source_ref": source, "target_ref": target,
    }  # fmt: skip
    if times[0]:
        thing["start_time"] = times[0]
    # A stop must lie after the start (section 5.1).
    if times[1] and times[1] > times[0]:
        thing["stop_time"] = times[1]
    return thing


def _domain(one: Entity, created: str) -> Thing:
    head: Thing = {"spec_version": "2.1", "created": created, "modified": created}
    id_of = entity_id(one.type, one.value).hex()
    if one.type == "location":
        code = len(one.value) == 2 and one.value.isalpha() and one.value.isascii()
        # A place needs a region, a country or co-ordinates (section 4.10).
        place = {"country": one.value.upper()} if code else {"region": one.value, "name": one.value}
        return {"type": "location", "id": own_id("location", id_of), **head, **place}
    if one.type == "document":
        return {
            "type": "report", "id": own_id("report", id_of), **head, "name": one.value,
            "published": created, "object_refs": [],
        }  # fmt: skip
    if one.type in _DOMAIN:
        type_, more = _DOMAIN[one.type]
        return {"type": type_, "id": own_id(type_, id_of), **head, "name": one.value, **more}
    return {
        "type": "x-clew-entity", "id": own_id("x-clew-entity", id_of), **head, "name": one.value,
        "entity_type": one.type,
    }  # fmt: skip
