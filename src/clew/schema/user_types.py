"""Entity and link types that users declare in YAML, without code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clew.schema.declaration import DeclarationFault, compose, items, line_of, mapping, scalar
from clew.schema.entity_type import EntityType, Property
from clew.schema.link_type import LinkType
from clew.schema.registry import Catalogue
from clew.schema.user_value import CASES, PatternRefused, declare_type

if TYPE_CHECKING:
    from yaml import Node

FAMILIES: Final = ("case", "code", "name", "address", "identity", "web", "trust", "note")
"""The families that a type may join."""

PROPERTY_KINDS: Final = ("text", "integer", "number", "boolean", "moment", "url")
"""What a property may be."""

NAME_PATTERN: Final = re.compile(r"[a-z][a-z0-9]{0,30}(?:-[a-z0-9]{1,30}){0,5}")
"""What a type may be called."""

PROPERTY_NAME_PATTERN: Final = re.compile(r"[a-z][a-z0-9_]{0,62}")
"""What a property may be called."""


@dataclass(frozen=True, slots=True)
class TypeProblem:
    """Why one declaration was left out."""

    line: int
    """Line of the file, counted from 1."""
    reason: str


def read_user_types(
    text: str, catalogue: Catalogue
) -> tuple[tuple[EntityType | LinkType, ...], tuple[TypeProblem, ...]]:
    """
    The types that YAML *text* declares, fit for ``catalogue.with_kinds``, and what was left out.

    Two lists are read: ``entity_types`` (name, label, plural, family, icon, solid, description,
    pattern, case, detect, properties) and ``link_types`` (name, label, inverse, sources, targets,
    shared). Only ``name`` and ``label`` are needed, and ``inverse`` for a link.

    Args:
        text: The file; anchors and tags are refused.
        catalogue: The types that exist already.
    """
    try:
        root = compose(text)
        sections = mapping(root, ("entity_types", "link_types")) if root is not None else {}
        entities = items(sections.get("entity_types"))
        links = items(sections.get("link_types"))
    except DeclarationFault as fault:
        return (), (TypeProblem(fault.line, fault.reason),)
    kinds: dict[tuple[str, str], EntityType | LinkType] = {}
    problems: list[TypeProblem] = []
    known = set(catalogue.entity_types)
    faulty: dict[str, int] = {}
    for node in entities:
        try:
            entity = _entity_type(node, known)
            known.add(entity.name)
            kinds["entity", entity.name] = entity
        except DeclarationFault as fault:
            if name := _name_text(node):
                faulty.setdefault(name, fault.line)
            problems.append(TypeProblem(fault.line, fault.reason))
    taken = set(catalogue.link_types)
    for node in links:
        try:
            link = _link_type(node, known, faulty, taken)
            taken.add(link.name)
            kinds["link", link.name] = link
        except DeclarationFault as fault:
            problems.append(TypeProblem(fault.line, fault.reason))
    return tuple(kinds.values()), tuple(problems)


def _entity_type(node: Node, taken: set[str]) -> EntityType:
    keys = ("name", "label", "plural", "family", "icon", "solid", "description", "pattern")
    fields = mapping(node, (*keys, "case", "detect", "properties"))
    name = _name(node, fields, taken)
    pattern = _text(fields, "pattern", "")
    properties = tuple(_property(each) for each in items(fields.get("properties")))
    try:
        return declare_type(
            name,
            label=_needed(node, fields, "label"),
            plural=_text(fields, "plural", ""),
            family=_choice(fields, "family", FAMILIES, "note"),
            icon=_text(fields, "icon", "shapes"),
            solid=_flag(fields, "solid", False),
            description=_text(fields, "description", ""),
            pattern=pattern,
            case=_choice(fields, "case", CASES, "keep"),
            detected=_flag(fields, "detect", bool(pattern)) and bool(pattern),
            properties=properties,
        )
    except PatternRefused as error:
        raise DeclarationFault(line_of(fields["pattern"]), str(error)) from error


def _link_type(node: Node, known: set[str], faulty: Mapping[str, int], taken: set[str]) -> LinkType:
    fields = mapping(node, ("name", "label", "inverse", "sources", "targets", "shared"))
    return LinkType(
        name=_name(node, fields, taken),
        label=_needed(node, fields, "label"),
        inverse=_needed(node, fields, "inverse"),
        sources=_types(fields.get("sources"), known, faulty),
        targets=_types(fields.get("targets"), known, faulty),
        shared=_flag(fields, "shared", False),
    )


def _property(node: Node) -> Property:
    fields = mapping(node, ("name", "label", "kind"))
    name = _needed(node, fields, "name")
    if not PROPERTY_NAME_PATTERN.fullmatch(name):
        raise DeclarationFault(
            line_of(fields["name"]), "a property's name is lower-case letters, digits and _"
        )
    label = _text(fields, "label", name.replace("_", " ").capitalize())
    return Property(name, label, _choice(fields, "kind", PROPERTY_KINDS, "text"))


def _name(node: Node, fields: dict[str, Node], taken: set[str]) -> str:
    name = _needed(node, fields, "name")
    if not NAME_PATTERN.fullmatch(name):
        raise DeclarationFault(
            line_of(fields["name"]), "a name is lower-case words joined by hyphens"
        )
    if name in taken:
        raise DeclarationFault(line_of(fields["name"]), f"the name {name} is taken")
    return name


def _name_text(node: Node) -> str:
    """The name in a faulty declaration; empty where it has none."""
    pairs = node.value if isinstance(node.value, list) else ()
    found = (pair for pair in pairs if isinstance(pair, tuple) and pair[0].value == "name")
    return next((str(value.value) for _, value in found), "")


def _types(node: Node | None, known: set[str], faulty: Mapping[str, int]) -> tuple[str, ...]:
    names = []
    for each in items(node):
        name = scalar(each)
        if name not in known and name in faulty:
            what = f"the entity type {name[:60]!r} was left out, see line {faulty[name]}"
            raise DeclarationFault(line_of(each), what)
        if name not in known:
            raise DeclarationFault(line_of(each), f"there is no entity type named {name[:60]!r}")
        names.append(name)
    return tuple(names)


def _needed(node: Node, fields: dict[str, Node], key: str) -> str:
    text = _text(fields, key, "")
    if not text:
        raise DeclarationFault(line_of(fields.get(key, node)), f"{key} is missing")
    return text


def _text(fields: dict[str, Node], key: str, default: str) -> str:
    return scalar(fields[key]) if key in fields else default


def _choice(fields: dict[str, Node], key: str, choices: tuple[str, ...], default: str) -> str:
    text = _text(fields, key, default)
    if text not in choices:
        raise DeclarationFault(line_of(fields[key]), f"{key} is one of {', '.join(choices)}")
    return text


def _flag(fields: dict[str, Node], key: str, default: bool) -> bool:
    text = _text(fields, key, "true" if default else "false").lower()
    if text not in {"true", "false"}:
        raise DeclarationFault(line_of(fields[key]), f"{key} is true or false")
    return text == "true"
