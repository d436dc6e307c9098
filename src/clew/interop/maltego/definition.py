"""Definitions of Maltego's entity types (`.entity`), read and written."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from clew.errors import InvalidValue
from clew.interop.xml import Element, child, children, legal, local, parse_xml, text_of

FIELDS_MAX = 2_000
"""Most fields of one type that are read."""
BASES_MAX = 20
"""Most base types of one type that are read."""
NEVER = 2_147_483_647
"""Conversion order of a type that pasted text never becomes."""


@dataclass(frozen=True, slots=True)
class DefinedField:
    """A property that entities of a type have."""

    name: str
    type: str = "string"
    display_name: str = ""
    description: str = ""
    default: str = ""
    sample: str = ""
    hidden: bool = False
    readonly: bool = False
    nullable: bool = True


@dataclass(frozen=True, slots=True)
class EntityDefinition:
    """An entity type as Maltego declares it."""

    id: str
    display_name: str = ""
    plural: str = ""
    description: str = ""
    category: str = ""
    icon: str = ""
    """Name of its icon, ``Category/Name`` or bare."""
    bases: tuple[str, ...] = ()
    """Types that it derives from; the first counts where two share a property."""
    value: str = ""
    """Name of the property that holds the value; empty where a base type says it."""
    display_value: str = ""
    image: str = ""
    fields: tuple[DefinedField, ...] = ()
    """Inherited ones are not among them."""
    regex: str = ""
    """What pasted text of this type looks like, in Java's syntax. It is not run here."""
    regex_groups: tuple[str, ...] = ()
    """The property of each group of the expression; empty where a group is skipped."""
    order: int = NEVER
    """Lower ones are tried first."""
    visible: bool = True


def read_definition(data: bytes) -> EntityDefinition:
    """The type that a file declares; raises InvalidValue where it declares none."""
    root = parse_xml(data)
    type_id = root.get("id", "").strip()
    if local(root) != "MaltegoEntity" or not type_id:
        raise InvalidValue("entity definition", local(root), "it declares no Maltego entity")
    properties = child(root, "Properties")
    converter = child(root, "Converter")
    groups = child(converter, "RegexGroups")
    bases = child(root, "BaseEntities")
    names = [text_of(one) for one in (children(bases, "BaseEntity") if bases is not None else ())]
    order = root.get("conversionOrder", "")
    return EntityDefinition(
        type_id,
        display_name=root.get("displayName", ""),
        plural=root.get("displayNamePlural", ""),
        description=root.get("description", ""),
        category=root.get("category", ""),
        icon=root.get("largeIconResource", "") or root.get("smallIconResource", ""),
        bases=tuple(name for name in names if name)[:BASES_MAX],
        value=properties.get("value", "") if properties is not None else "",
        display_value=properties.get("displayValue", "") if properties is not None else "",
        image=properties.get("image", "") if properties is not None else "",
        fields=_fields(child(properties, "Fields")),
        regex=text_of(child(converter, "Value")),
        regex_groups=tuple(
            one.get("property", "")
            for one in (children(groups, "RegexGroup") if groups is not None else ())
        )[:FIELDS_MAX],
        order=int(order) if order.isascii() and order.isdigit() and len(order) < 11 else NEVER,
        visible=root.get("visible", "true") != "false",
    )


def write_definition(definition: EntityDefinition) -> bytes:
    """The file that declares a type."""
    shown = definition.display_name or definition.id
    root = etree.Element(
        "MaltegoEntity",
        {name: legal(value) for name, value in (
            ("id", definition.id), ("displayName", shown),
            ("displayNamePlural", definition.plural or shown),
            ("description", definition.description or shown),
            ("category", definition.category),
            ("smallIconResource", definition.icon or "Phrase"),
            ("largeIconResource", definition.icon or "Phrase"), ("allowedRoot", "true"),
            ("conversionOrder", str(definition.order)), ("visible", _flag(definition.visible)),
        )},
    )  # fmt: skip
    if definition.bases:
        bases = etree.SubElement(root, "BaseEntities")
        for name in definition.bases:
            etree.SubElement(bases, "BaseEntity").text = legal(name)
    if definition.regex:
        converter = etree.SubElement(root, "Converter")
        etree.SubElement(converter, "Value").text = legal(definition.regex)
        groups = etree.SubElement(converter, "RegexGroups")
        for name in definition.regex_groups:
            etree.SubElement(groups, "RegexGroup", {"property": legal(name)} if name else {})
    attributes = {
        "value": definition.value,
        "displayValue": definition.display_value or definition.value,
        "image": definition.image,
    }
    properties = etree.SubElement(
        root, "Properties", {name: legal(value) for name, value in attributes.items() if value}
    )
    etree.SubElement(properties, "Groups")
    fields = etree.SubElement(properties, "Fields")
    for one in definition.fields:
        field = etree.SubElement(
            fields, "Field",
            {"name": legal(one.name), "type": legal(one.type), "nullable": _flag(one.nullable),
             "hidden": _flag(one.hidden), "readonly": _flag(one.readonly),
             "description": legal(one.description),
             "displayName": legal(one.display_name or one.name)},
        )  # fmt: skip
        if one.default:
            etree.SubElement(field, "DefaultValue").text = legal(one.default)
        etree.SubElement(field, "SampleValue").text = legal(one.sample)
    etree.indent(root)
    made: bytes = etree.tostring(root, encoding="UTF-8")
    return made


def _fields(parent: Element | None) -> tuple[DefinedField, ...]:
    """The fields of a type; of two with one name, which real files have, the last counts."""
    fields: dict[str, DefinedField] = {}
    for one in children(parent, "Field") if parent is not None else ():
        name = one.get("name", "")
        if not name or (name not in fields and len(fields) >= FIELDS_MAX):
            continue
        fields[name] = DefinedField(
            name,
            type=one.get("type", "string"),
            display_name=one.get("displayName", ""),
            description=one.get("description", ""),
            default=text_of(child(one, "DefaultValue")),
            sample=text_of(child(one, "SampleValue")),
            hidden=one.get("hidden") == "true",
            readonly=one.get("readonly") == "true",
            nullable=one.get("nullable", "true") != "false",
        )
    return tuple(fields.values())


def _flag(value: bool) -> str:
    return "true" if value else "false"
