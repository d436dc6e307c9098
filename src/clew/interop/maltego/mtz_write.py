"""Maltego's configuration files (`.mtz`), written for clients that ask a transform server."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from clew.interop.maltego.configuration import LOCAL_SERVER, TransformServer
from clew.interop.maltego.definition import EntityDefinition, write_definition
from clew.interop.maltego.java_properties import write_properties
from clew.interop.maltego.offers import TransformOffer
from clew.interop.maltego.zip_write import VERSION, file_name, free_name, zip_of
from clew.interop.xml import legal

_ADAPTER = "com.paterva.maltego.transform.protocol.v2.RemoteTransformAdapterV2"


def write_mtz(
    definitions: Sequence[EntityDefinition], *, server: TransformServer | None = None
) -> bytes:
    """
    A configuration with these types, their categories, and a server with what it offers.

    Transforms that run a command on the reader's machine are never written.
    The form of a seed is a guess: no public file shows one. What a client needs is in the server.
    """
    members = {"version.properties": write_properties(VERSION)}
    for category in dict.fromkeys(one.category for one in definitions if one.category):
        root = etree.Element("EntityCategory", {"name": legal(category)})
        path = f"EntityCategories/{file_name(category).lower()}"
        members[free_name(members, path, ".category")] = _bytes(root)
    for one in definitions:
        path = f"Entities/{file_name(one.id)}"
        members[free_name(members, path, ".entity")] = write_definition(one)
    if server is not None and server.name != LOCAL_SERVER:
        name = file_name(server.name)
        members[f"Servers/{name}.tas"] = _server(server)
        for address in server.seeds[:1]:
            seed = {"name": server.name, "url": address, "enabled": "true"}
            root = etree.Element("TransformSeed", {key: legal(text) for key, text in seed.items()})
            members[f"Seeds/{name}.seed"] = _bytes(root)
        for offered in server.offered:
            path = f"TransformRepositories/Remote/{file_name(offered.name)}"
            path = free_name(members, path, ".transform")
            members[path] = _transform(offered)
            members[f"{path}settings"] = _settings()
    return zip_of(members)


def _server(server: TransformServer) -> bytes:
    root = etree.Element(
        "MaltegoServer",
        {"name": legal(server.name), "enabled": "true", "description": legal(server.description),
         "url": legal(server.url)},
    )  # fmt: skip
    etree.SubElement(root, "Protocol", {"version": legal(server.protocol)})
    etree.SubElement(root, "Authentication", {"type": legal(server.authentication)})
    listed = etree.SubElement(root, "Transforms")
    for name in dict.fromkeys((*server.transforms, *(one.name for one in server.offered))):
        etree.SubElement(listed, "Transform", {"name": legal(name)})
    seeds = etree.SubElement(root, "Seeds")
    for address in server.seeds:
        etree.SubElement(seeds, "Seed", {"url": legal(address)})
    return _bytes(root)


def _transform(one: TransformOffer) -> bytes:
    attributes = {
        "name": one.name, "displayName": one.display_name or one.name,
        "description": one.description, "author": one.author, "owner": one.owner,
        "version": one.version, "abstract": "false", "template": "false", "visibility": "public",
        "requireDisplayInfo": "false",
    }  # fmt: skip
    root = etree.Element(
        "MaltegoTransform", {name: legal(text) for name, text in attributes.items()}
    )
    etree.SubElement(root, "TransformAdapter").text = _ADAPTER
    fields = etree.SubElement(etree.SubElement(root, "Properties"), "Fields")
    for setting in one.settings:
        field = etree.SubElement(
            fields, "Property",
            {"name": legal(setting.name), "type": legal(setting.type),
             "nullable": _flag(setting.optional), "hidden": "false", "readonly": "false",
             "description": "", "popup": _flag(setting.popup), "abstract": "false",
             "visibility": "public", "auth": _flag(setting.auth),
             "displayName": legal(setting.display or setting.name)},
        )  # fmt: skip
        if setting.default and not setting.auth:
            etree.SubElement(field, "DefaultValue").text = legal(setting.default)
    inputs = etree.SubElement(root, "InputConstraints")
    for type_ in (one.input_type, *one.more_input_types):
        if type_:
            etree.SubElement(inputs, "Entity", {"type": legal(type_), "min": "1", "max": "1"})
    outputs = etree.SubElement(root, "OutputEntities")
    for type_ in one.output_types:
        etree.SubElement(outputs, "Entity", {"type": legal(type_)})
    sets = etree.SubElement(root, "defaultSets")
    for name in one.sets:
        etree.SubElement(sets, "Set", {"name": legal(name)})
    if one.disclaimer:
        etree.SubElement(root, "Disclaimer").text = legal(one.disclaimer)
    etree.SubElement(root, "StealthLevel").text = "0"
    return _bytes(root)


def _settings() -> bytes:
    attributes = {"enabled": "true", "disclaimerAccepted": "false", "showHelp": "true",
            "runWithAll": "true", "favorite": "false"}  # fmt: skip
    root = etree.Element("TransformSettings", attributes)
    etree.SubElement(root, "Properties")
    return _bytes(root)


def _bytes(root: etree._Element) -> bytes:
    etree.indent(root)
    made: bytes = etree.tostring(root, encoding="UTF-8")
    return made


def _flag(value: bool) -> str:
    return "true" if value else "false"
