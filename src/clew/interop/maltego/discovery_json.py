"""Discovery in JSON, as clients of version 3 read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clew.errors import InvalidValue
from clew.interop.json import decode_json
from clew.interop.maltego.discovery_xml import OFFERED_MAX
from clew.interop.maltego.offers import Application, Seed, Setting, TransformOffer
from clew.interop.maltego.thing_json import json_bytes, json_object, objects, strings, text_of


def read_seed(data: bytes, problems: list[str]) -> Seed:
    """The seed of version 3; raises InvalidValue."""
    value = decode_json(data)
    if not isinstance(value, dict) or not isinstance(value.get("TransformApplications"), list):
        raise InvalidValue("seed", "", "it has no TransformApplications")
    found = []
    for one in _bounded(value["TransformApplications"], "applications", problems):
        url, v3_url = text_of(one.get("URL")), text_of(one.get("V3URL"))
        if not url and not v3_url:
            problems.append(f"application {text_of(one.get('name'))[:80]!r} has no URL")
            continue
        found.append(
            Application(
                text_of(one.get("name")), url, v3_url, one.get("requireAPIKey") is True,
                text_of(one.get("registrationURL")), text_of(one.get("version")),
                text_of(one.get("disclaimer")),
            )
        )  # fmt: skip
    return Seed(tuple(found))


def read_transforms(data: bytes, problems: list[str]) -> tuple[TransformOffer, ...]:
    """The transforms of version 3; raises InvalidValue."""
    value = decode_json(data)
    listed = value.get("transforms") if isinstance(value, dict) else None
    if not isinstance(listed, list):
        raise InvalidValue("transform list", "", "it has no transforms")
    found = []
    for one in _bounded(listed, "transforms", problems):
        name = text_of(one.get("name"))
        if not name:
            problems.append("a transform without a name was left out")
            continue
        taken, outputs = json_object(one.get("input")), json_object(one.get("output"))
        inputs = strings(taken.get("typeIds"))
        if taken.get("inputConstraint"):
            problems.append(f"{name[:80]!r} has an input constraint, which is not read")
        found.append(
            TransformOffer(
                name, text_of(one.get("displayName")), text_of(one.get("description")),
                text_of(one.get("author")), inputs[0] if inputs else "",
                strings(outputs.get("typeIds")), _settings(one, name, problems), "v3",
                more_input_types=inputs[1:], input_kind=text_of(taken.get("type")) or "ENTITY",
                sets=strings(one.get("sets")), version=text_of(one.get("version")),
                owner=text_of(one.get("owner")), disclaimer=text_of(one.get("disclaimer")),
            )
        )  # fmt: skip
    return tuple(found)


def write_seed(seed: Seed) -> bytes:
    """The seed of version 3; further seeds have no place in it."""
    return json_bytes(
        {
            "TransformApplications": [
                {"name": one.name, "requireAPIKey": one.key_required, "URL": one.url,
                 "V3URL": one.v3_url or one.url, "version": one.version or "1.0.0",
                 "disclaimer": one.disclaimer or None}
                for one in seed.applications
            ]
        }
    )  # fmt: skip


def write_transforms(offered: Sequence[TransformOffer]) -> bytes:
    """The transforms of version 3."""
    return json_bytes({"transforms": [_transform(one) for one in offered], "oauth": []})


def _transform(one: TransformOffer) -> dict[str, Any]:
    inputs = [type_ for type_ in (one.input_type, *one.more_input_types) if type_]
    made: dict[str, Any] = {
        "name": one.name,
        "displayName": one.display_name,
        "input": {
            "type": one.input_kind, "typeIds": inputs, "typeVersions": dict.fromkeys(inputs),
        },
        "output": {
            "type": "ENTITIES", "typeIds": list(one.output_types),
            "typeVersions": dict.fromkeys(one.output_types),
        },
        "description": one.description,
        "author": one.author,
        "version": one.version or "1.0.0",
        "sets": list(one.sets),
        "maxEntityInputCount": 0,
        "maxEntityOutputCount": 0,
        "transformSettings": [_setting(setting) for setting in one.settings],
    }  # fmt: skip
    for name, value in (("owner", one.owner), ("disclaimer", one.disclaimer)):
        if value:
            made[name] = value
    return made


def _setting(one: Setting) -> dict[str, Any]:
    made: dict[str, Any] = {
        "displayName": one.display or one.name, "type": one.type, "name": one.name,
        "optional": one.optional, "popup": one.popup,
        "isGlobal": one.name.startswith("global#"), "auth": one.auth,
    }  # fmt: skip
    if one.default:
        made["defaultValue"] = one.default
    return made


def _settings(transform: dict[str, Any], name: str, problems: list[str]) -> tuple[Setting, ...]:
    found = []
    for one in _bounded(objects(transform.get("transformSettings")), "settings", problems):
        if not text_of(one.get("name")):
            problems.append(f"a setting of {name[:80]!r} has no name")
            continue
        found.append(
            Setting(
                text_of(one.get("name")), text_of(one.get("displayName")),
                (text_of(one.get("type")) or "string").lower(), text_of(one.get("defaultValue")),
                one.get("optional") is True, one.get("popup") is True, one.get("auth") is True,
            )
        )  # fmt: skip
    return tuple(found)


def _bounded(listed: object, what: str, problems: list[str]) -> list[dict[str, Any]]:
    found = objects(listed)
    if len(found) > OFFERED_MAX:
        problems.append(f"{len(found) - OFFERED_MAX} of {len(found)} {what} were left out")
    return found[:OFFERED_MAX]
