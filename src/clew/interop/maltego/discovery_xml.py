"""Discovery in XML, as clients of version 2 read it."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from clew.errors import InvalidValue
from clew.interop.maltego.offers import Application, Seed, Setting, TransformOffer
from clew.interop.maltego.thing_xml import add_child, bytes_of
from clew.interop.xml import Element, child, children, local, parse_xml, text_of

OFFERED_MAX = 10_000
"""Most transforms, applications, seeds, or settings of a transform, that are read."""


def read_seed(data: bytes, problems: list[str]) -> Seed:
    """The seed of a discovery message; raises InvalidValue."""
    message = _message(data, "MaltegoTransformDiscoveryMessage")
    found = []
    for one in _bounded(child(message, "TransformApplications"), "TransformApplication", problems):
        if not one.get("URL", "").strip():
            problems.append(f"application {one.get('name', '')[:80]!r} has no URL")
            continue
        found.append(
            Application(
                one.get("name", ""), one.get("URL", "").strip(),
                key_required=_true(one.get("requireAPIKey")),
                registration_url=one.get("registrationURL", ""),
            )
        )  # fmt: skip
    others = [
        one.get("URL", "").strip()
        for one in _bounded(child(message, "OtherSeedServers"), "SeedServer", problems)
    ]
    return Seed(tuple(found), tuple(url for url in others if url), message.get("source", ""))


def read_transforms(data: bytes, problems: list[str]) -> tuple[TransformOffer, ...]:
    """The transforms of a list message; raises InvalidValue."""
    message = _message(data, "MaltegoTransformListMessage")
    found = []
    for one in _bounded(child(message, "Transforms"), "Transform", problems):
        name = one.get("TransformName", "").strip()
        if not name:
            problems.append("a transform without a name was left out")
            continue
        outputs = _bounded(child(one, "OutputEntities"), "OutputEntity", problems)
        found.append(
            TransformOffer(
                name, one.get("UIDisplayName", ""), one.get("Description", ""),
                one.get("Author", ""), text_of(child(one, "InputEntity")),
                tuple(text_of(output) for output in outputs),
                _settings(one, name, problems), "v2",
                version=one.get("Version", ""), disclaimer=one.get("Disclaimer", ""),
                owner=one.get("Owner", one.get("owner", "")),
            )
        )  # fmt: skip
    return tuple(found)


def write_seed(seed: Seed) -> bytes:
    """The discovery message of a seed."""
    root = etree.Element("MaltegoMessage")
    message = add_child(root, "MaltegoTransformDiscoveryMessage", source=seed.source)
    applications = add_child(message, "TransformApplications")
    for one in seed.applications:
        add_child(
            applications, "TransformApplication", name=one.name,
            requireAPIKey="true" if one.key_required else "false",
            registrationURL=one.registration_url, URL=one.url,
        )  # fmt: skip
    others = add_child(message, "OtherSeedServers")
    for url in seed.others:
        add_child(others, "SeedServer", URL=url)
    return bytes_of(root)


def write_transforms(offered: Sequence[TransformOffer]) -> bytes:
    """The list message of transforms."""
    root = etree.Element("MaltegoMessage")
    message = add_child(root, "MaltegoTransformListMessage")
    listed = add_child(message, "Transforms")
    for one in offered:
        transform = add_child(
            listed, "Transform", TransformName=one.name, UIDisplayName=one.display_name,
            Description=one.description, Disclaimer=one.disclaimer, Author=one.author,
            Owner=one.owner, Version=one.version or "1.0", LocationRelevance="global",
            MaxEntityInputCount="0", MaxEntityOutputCount="0",
        )  # fmt: skip
        required = add_child(transform, "UIInputRequirements")
        for setting in one.settings:
            add_child(
                required, "Input", Name=setting.name, Type=setting.type,
                Display=setting.display or setting.name, DefaultValue=setting.default,
                Optional=str(setting.optional), Popup=str(setting.popup),
            )  # fmt: skip
        outputs = add_child(transform, "OutputEntities")
        for type_ in one.output_types:
            add_child(outputs, "OutputEntity", type_)
        add_child(transform, "InputEntity", one.input_type)
    return bytes_of(root)


def _message(data: bytes, kind: str) -> Element:
    root = parse_xml(data)
    message = child(root, kind) if local(root) == "MaltegoMessage" else None
    if message is None:
        raise InvalidValue("Maltego message", local(root), f"it holds no {kind}")
    return message


def _settings(transform: Element, name: str, problems: list[str]) -> tuple[Setting, ...]:
    found = []
    for one in _bounded(child(transform, "UIInputRequirements"), "Input", problems):
        if not one.get("Name"):
            problems.append(f"a setting of {name[:80]!r} has no name")
            continue
        found.append(
            Setting(
                one.get("Name", ""), one.get("Display", ""), one.get("Type", "string").lower(),
                one.get("DefaultValue", ""), _true(one.get("Optional")), _true(one.get("Popup")),
            )
        )  # fmt: skip
    return tuple(found)


def _bounded(parent: Element | None, name: str, problems: list[str]) -> list[Element]:
    found = [] if parent is None else children(parent, name)
    if len(found) > OFFERED_MAX:
        problems.append(f"{len(found) - OFFERED_MAX} of {len(found)} {name} were left out")
    return found[:OFFERED_MAX]


def _true(text: str | None) -> bool:
    return (text or "").strip().lower() in ("true", "yes", "1")
