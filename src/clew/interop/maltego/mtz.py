"""Maltego's configuration files (`.mtz`), read. Nothing that one offers is run or enabled."""

from __future__ import annotations

import re
from dataclasses import replace

from clew.errors import InvalidValue
from clew.interop.archive import MEMBERS_MAX
from clew.interop.exchange_graph import ImportProblem
from clew.interop.maltego.configuration import (
    Configuration,
    LocalProgram,
    Machine,
    TransformServer,
    TransformSet,
)
from clew.interop.maltego.definition import EntityDefinition, read_definition
from clew.interop.maltego.java_properties import read_properties
from clew.interop.maltego.mtgx import read_members
from clew.interop.maltego.mtz_write import write_mtz
from clew.interop.maltego.offers import Setting, TransformOffer
from clew.interop.xml import Element, child, children, local, parse_xml, text_of

__all__ = ["MACHINE_LENGTH_MAX", "NAMES_MAX", "read_mtz", "write_mtz"]

NAMES_MAX = MEMBERS_MAX
"""Most transforms, types or seeds that one list names."""
MACHINE_LENGTH_MAX = 1_000_000
"""Longest script of a machine, in code points."""
_KIND = re.compile(
    r"(Entities|EntityCategories|Servers|Seeds|TransformSets|Machines|TransformRepositories/[^/]+)"
    r"/[^/]+\.(entity|category|tas|seed|set|machine|transform)"
)


class _ConfigurationReader:
    """A file on its way to a configuration."""

    def __init__(self, members: dict[str, bytes]) -> None:
        self.members = members
        self.entities: list[EntityDefinition] = []
        self.categories: list[str] = []
        self.local: list[LocalProgram] = []
        self.remote: list[TransformOffer] = []
        self.servers: list[TransformServer] = []
        self.seeds: list[str] = []
        self.sets: list[TransformSet] = []
        self.machines: list[Machine] = []

    def take(self, name: str, kind: str) -> set[str]:
        """Read one member; the names of those that were read. Raises InvalidValue."""
        data = self.members[name]
        match kind:
            case "entity":
                self.entities.append(read_definition(data))
            case "machine":
                return self._machine(name, data)
            case "transform":
                return self._transform(name, _root(data, "MaltegoTransform"))
            case "category":
                self.categories.append(_named(_root(data, "EntityCategory")))
            case "tas":
                self.servers.append(_server(_root(data, "MaltegoServer")))
            case "seed":
                self.seeds += _addresses(parse_xml(data))
            case _:
                root = _root(data, "TransformSet")
                names = _names(child(root, "Transforms"), "Transform", "name")
                self.sets.append(TransformSet(_named(root), root.get("description", ""), names))
        return {name}

    def _transform(self, name: str, root: Element) -> set[str]:
        settings = f"{name}settings"
        settings_texts: dict[str, str] = {}
        read = {name}
        if settings in self.members:
            listed = child(_root(self.members[settings], "TransformSettings"), "Properties")
            for one in children(listed, "Property") if listed is not None else ():
                settings_texts[one.get("name", "")] = "".join(one.itertext())
            read.add(settings)
        adapter = text_of(child(root, "TransformAdapter"))
        inputs = _names(child(root, "InputConstraints"), "Entity", "type")
        outputs = _names(child(root, "OutputEntities"), "Entity", "type")
        sets = _names(child(root, "defaultSets"), "Set", "name")
        if "LocalTransformAdapter" in adapter:
            self.local.append(
                LocalProgram(
                    _named(root), root.get("displayName", ""), root.get("description", ""),
                    root.get("author", ""), settings_texts.get("transform.local.command", ""),
                    settings_texts.get("transform.local.parameters", ""),
                    settings_texts.get("transform.local.working-directory", ""),
                    debug=settings_texts.get("transform.local.debug", "").strip() == "true",
                    input_type=(inputs or ("",))[0], output_types=outputs, sets=sets,
                )
            )  # fmt: skip
        elif "RemoteTransformAdapter" in adapter:
            self.remote.append(
                TransformOffer(
                    _named(root), root.get("displayName", ""), root.get("description", ""),
                    root.get("author", ""), (inputs or ("",))[0], outputs, _settings(root),
                    sets=sets, version=root.get("version", ""), owner=root.get("owner", ""),
                    disclaimer=text_of(child(root, "Disclaimer")),
                )
            )  # fmt: skip
        else:
            raise InvalidValue("transform", adapter, "its adapter is not known")
        return read

    def _machine(self, name: str, data: bytes) -> set[str]:
        text = data.decode("utf-8-sig", "replace")
        if len(text) > MACHINE_LENGTH_MAX:
            raise InvalidValue("machine", "", f"it is longer than {MACHINE_LENGTH_MAX} characters")
        beside = f"{name.removesuffix('.machine')}.properties"
        texts = read_properties(self.members.get(beside, b""))
        title = name.rpartition("/")[2].removesuffix(".machine")
        self.machines.append(Machine(title, text, enabled=texts.get("enabled") == "true"))
        return {name, beside}


def read_mtz(data: bytes) -> Configuration:
    """
    What a file holds; a member that can't be read is told and left out.

    Raises:
        InvalidValue: It is empty, no archive, or holds nothing of a configuration.
    """
    members, problems = read_members(data)
    reader = _ConfigurationReader(members)
    read = {"version.properties"}
    found = False
    for name in members:
        kind = _KIND.fullmatch(name)
        if kind is None:
            continue
        found = True
        try:
            read |= reader.take(name, kind[2])
        except InvalidValue as error:
            problems.append(ImportProblem(name[:200], "", f"{error.kind}: {error.reason}"))
            read.add(name)
    if not found and not any(name.startswith("Icons/") for name in members):
        raise InvalidValue("Maltego configuration", "", "nothing of one is in the archive")
    offered = {one.name: one for one in reader.remote}
    return Configuration(
        entities=tuple(reader.entities), categories=tuple(reader.categories),
        local=tuple(reader.local), remote=tuple(reader.remote),
        servers=tuple(
            replace(one, offered=tuple(offered[it] for it in one.transforms if it in offered))
            for one in reader.servers
        ),
        seeds=tuple(dict.fromkeys(reader.seeds)), sets=tuple(reader.sets),
        machines=tuple(reader.machines),
        rest=tuple(name for name in members if name not in read), problems=tuple(problems),
    )  # fmt: skip


def _server(root: Element) -> TransformServer:
    protocol, authentication = child(root, "Protocol"), child(root, "Authentication")
    seeds = child(root, "Seeds")
    return TransformServer(
        _named(root), root.get("url", ""), root.get("description", ""),
        protocol.get("version", "") if protocol is not None else "",
        authentication.get("type", "") if authentication is not None else "",
        _names(child(root, "Transforms"), "Transform", "name"),
        tuple(_addresses(seeds)) if seeds is not None else (),
    )  # fmt: skip


def _settings(root: Element) -> tuple[Setting, ...]:
    fields = child(child(root, "Properties"), "Fields")
    listed = children(fields, "Property") if fields is not None else []
    return tuple(
        Setting(
            one.get("name", ""), one.get("displayName", ""), one.get("type", "string").lower(),
            text_of(child(one, "DefaultValue")), optional=one.get("nullable") == "true",
            popup=one.get("popup") == "true", auth=one.get("auth") == "true",
        )
        for one in listed[:NAMES_MAX]
        if one.get("name")
    )  # fmt: skip


def _addresses(root: Element) -> list[str]:
    """The addresses that a document of seeds holds, as attributes or as texts."""
    found = []
    for one in [root, *root.iterdescendants()][:NAMES_MAX]:
        for text in (one.get("url", ""), one.get("URL", ""), one.text or ""):
            if text.strip().startswith(("http://", "https://")):
                found.append(text.strip())
    return list(dict.fromkeys(found))


def _names(listed: Element | None, tag: str, attribute: str) -> tuple[str, ...]:
    elements = children(listed, tag) if listed is not None else []
    names = (one.get(attribute, "") or text_of(one) for one in elements[:NAMES_MAX])
    return tuple(name for name in names if name)


def _root(data: bytes, name: str) -> Element:
    root = parse_xml(data)
    if local(root) != name:
        raise InvalidValue(name, local(root), "the document is another one")
    return root


def _named(root: Element) -> str:
    name: str = root.get("name", "").strip()
    if not name:
        raise InvalidValue(local(root), "", "it has no name")
    return name
