"""Which type and value an entity of Maltego has here, and which there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import ip_network

from clew.errors import InvalidValue
from clew.interop.maltego.definition import EntityDefinition, read_definition
from clew.interop.maltego.words import FROM_MALTEGO, IPV6, TO_MALTEGO, VALUE_PROPERTIES
from clew.interop.texts import own_type

OWN_HEAD = "clew."
"""Head of the ids of types that Clew brings to Maltego."""
DEPTH_MAX = 20
"""Longest line of types that derive from each other, in levels."""
DEFINITIONS_MAX = 2_000
"""Most definitions of one file that are read."""

Definitions = Mapping[str, EntityDefinition]
"""Definitions by id in lower case, as ids are compared so."""


def definitions_of(members: Mapping[str, bytes]) -> tuple[dict[str, EntityDefinition], list[str]]:
    """The definitions among the members of an archive, and the members that are none."""
    found: dict[str, EntityDefinition] = {}
    refused = []
    for name, data in members.items():
        if name.startswith("Entities/") and name.endswith(".entity"):
            try:
                definition = read_definition(data)
            except InvalidValue:
                refused.append(name)
                continue
            if len(found) < DEFINITIONS_MAX:
                found[definition.id.lower()] = definition
            else:
                refused.append(name)
    return found, refused


def type_of(id_: str) -> str:
    """Our type of an entity type's id there."""
    low = id_.strip().lower()
    if low.startswith(OWN_HEAD):
        return own_type(low.removeprefix(OWN_HEAD))
    return FROM_MALTEGO.get(low) or own_type(id_)


def is_type(id_: str, type_: str) -> bool:
    """Whether an entity of that id there can be one of our type."""
    low = id_.strip().lower()
    return type_ in (type_of(id_), own_type(id_)) or low in (
        f"{OWN_HEAD}{type_}".lower(), TO_MALTEGO.get(type_, ("", ""))[0].lower()
    )  # fmt: skip


def value_name(
    id_: str, texts: Mapping[str, str], definitions: Definitions, *, named: str = ""
) -> str:
    """
    The property that holds the value of an entity; empty where none does.

    Args:
        id_: Its type there.
        texts: Its properties.
        definitions: Those that came with it.
        named: The property that it names itself.
    """
    for name in _names(id_.strip().lower(), definitions, named):
        if texts.get(name, "").strip():
            return name
    by_type = f"properties.{id_.strip().rpartition('.')[2].lower()}"
    for name, value in texts.items():
        if name.lower() == by_type and value.strip():
            return name
    filled = [name for name, value in texts.items() if value.strip() and not _is_own(name)]
    return next((name for name in filled if name.startswith("properties.")), (filled or [""])[0])


def to_maltego(type_: str, value: str) -> tuple[str, str, str]:
    """Type there, property of the value, and the value as Maltego writes it."""
    match type_:
        case "ip-address" if ":" in value:
            return (*IPV6, value)
        case "autonomous-system" if value.upper().startswith("AS"):
            return (*TO_MALTEGO[type_], value[2:])
        case "netblock":
            return (*TO_MALTEGO[type_], _range(value))
        case "port":
            return (*TO_MALTEGO[type_], value.rpartition(":")[2].partition("/")[0])
    if type_ in TO_MALTEGO:
        return (*TO_MALTEGO[type_], value)
    return f"{OWN_HEAD}{type_}", f"properties.{type_}", value


def _names(low: str, definitions: Definitions, named: str) -> Iterator[str]:
    yield from VALUE_PROPERTIES.get(low, ())
    line, seen = [low], {low}
    for id_ in line:
        definition = definitions.get(id_)
        if definition is not None:
            if definition.value:
                yield definition.value
            for base in definition.bases:
                if base.lower() not in seen and len(line) < DEPTH_MAX:
                    seen.add(base.lower())
                    line.append(base.lower())
    yield named
    for id_ in line:
        if id_ == IPV6[0].lower():
            yield IPV6[1]
        yield from VALUE_PROPERTIES.get(id_, ())
        ours = FROM_MALTEGO.get(id_, "")
        if ours in TO_MALTEGO:
            yield TO_MALTEGO[ours][1]
        if id_.startswith(OWN_HEAD):
            yield f"properties.{id_.removeprefix(OWN_HEAD)}"


def _range(block: str) -> str:
    """A block from its first to its last address, as Maltego writes it."""
    try:
        network = ip_network(block)
    except ValueError:
        return block
    return f"{network[0]}-{network[-1]}"


def _is_own(name: str) -> bool:
    return name.startswith(OWN_HEAD)
