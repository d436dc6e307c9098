"""One entity of a message in XML, as local transforms and version 2 have it."""

from __future__ import annotations

import re

from lxml import etree

from clew.errors import InvalidValue
from clew.interop.maltego.markup import marked_up, plain, strip_label_quotes
from clew.interop.maltego.names import ICON as ICON
from clew.interop.maltego.names import OVERLAY as OVERLAY
from clew.interop.maltego.names import full_type, is_overlay, short_type, with_new, with_old
from clew.interop.maltego.record import EntityField, Thing
from clew.interop.xml import Element, child, children, legal, local

FIELDS_MAX = 10_000
"""Most fields, labels, overlays or ancestors of one entity."""
PROBLEMS_MAX = 200
"""Most problems that one message tells; the rest is counted by nobody."""

_LINK, _BOOKMARK, _NOTES = "link#", "bookmark#", "notes#"
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_KNOWN = frozenset(
    ("Value", "Weight", "Genealogy", "AdditionalFields", "DisplayInformation", "Overlays",
     "IconURL")
)  # fmt: skip


def read_thing(element: Element, problems: list[str], *, asked: bool = False) -> Thing:
    """
    The entity that an element is.

    Args:
        element: An ``Entity``.
        problems: Takes what of it was not understood.
        asked: It is of a request, so old property names are put right.

    Raises:
        InvalidValue: It has no type, or more parts than are read.
    """
    genealogy = tuple(one.get("Name", "") for one in _listed(element, "Genealogy", "Type"))
    type_ = full_type(element.get("Type", ""), genealogy)
    if not type_:
        raise InvalidValue("Maltego entity", content(child(element, "Value")), "it has no type")
    fields: list[EntityField] = []
    link: list[EntityField] = []
    notes: list[str] = []
    bookmark = -1
    for one in _listed(element, "AdditionalFields", "Field"):
        field = _field(one)
        if field.name.startswith(_LINK) and field.name != _LINK:
            link.append(_named(field, field.name.removeprefix(_LINK)))
        elif field.name == _BOOKMARK:
            bookmark = _bookmark(field.value, problems)
        elif field.name == _NOTES:
            notes.append(field.value)
        elif field.name:
            fields.append(field)
        else:
            tell(problems, f"a field of a {type_[:80]} has no name")
    icon = content(child(element, "IconURL"))
    fields += [EntityField(ICON, icon)] if icon else []
    for one in _listed(element, "Overlays", "Overlay"):
        kind = one.get("type", "").replace("color", "colour")
        fields.append(
            EntityField(f"{OVERLAY}{one.get('position', '')}#{kind}", one.get("propertyName", ""))
        )
    for one in element:
        if local(one) not in _KNOWN:
            tell(problems, f"{local(one)[:80]} of a {type_[:80]} was left out")
    return Thing(
        type_, content(child(element, "Value")), _weight(child(element, "Weight"), problems),
        with_new(type_, fields) if asked else tuple(fields), genealogy[1:],
        tuple((one.get("Name", ""), _label(one))
              for one in _listed(element, "DisplayInformation", "Label")),
        tuple(link), bookmark, "\n".join(notes),
    )  # fmt: skip


def write_thing(parent: Element, thing: Thing, *, asked: bool) -> None:
    """
    Add an entity to its list.

    What goes with a question is type, ancestry, value, weight and properties: notes, bookmarks and
    labels are the analyst's. Old names of type and properties are sent with today's.
    """
    entity = add_child(parent, "Entity", Type=short_type(thing.type) if asked else thing.type)
    if asked:
        genealogy = add_child(entity, "Genealogy")
        for id_ in (thing.type, *thing.ancestry):
            old = short_type(id_)
            add_child(genealogy, "Type", Name=id_, **({"OldName": old} if old != id_ else {}))
    add_child(entity, "Value", thing.value)
    add_child(entity, "Weight", str(thing.weight if asked else max(1, thing.weight)))
    if thing.labels and not asked:
        shown = add_child(entity, "DisplayInformation")
        for name, text in thing.labels:
            add_child(shown, "Label", marked_up(text), Name=name, Type="text/html")
    fields = with_old(thing.type, thing.fields) if asked else thing.fields
    plain_fields = [one for one in fields if one.name != ICON and not is_overlay(one)]
    if not asked:
        plain_fields += [_named(one, _LINK + one.name) for one in thing.link]
        if thing.bookmark >= 0:
            plain_fields.append(EntityField(_BOOKMARK, str(thing.bookmark), "Bookmark"))
        if thing.note:
            plain_fields.append(EntityField(_NOTES, thing.note, "Notes"))
    if plain_fields:
        listed = add_child(entity, "AdditionalFields")
        for field in plain_fields:
            write_field(listed, field)
    if asked:
        return
    overlays = [one for one in fields if is_overlay(one)]
    if overlays:
        listed = add_child(entity, "Overlays")
        for field in overlays:
            _, position, kind = field.name.split("#", 2)
            add_child(listed, "Overlay", propertyName=field.value, position=position, type=kind)
    for field in fields:
        if field.name == ICON:
            add_child(entity, "IconURL", field.value)


def write_field(parent: Element, field: EntityField) -> None:
    """Add a field to its list."""
    attributes = {"Name": field.name}
    if field.display_name:
        attributes["DisplayName"] = field.display_name
    if field.strict:
        attributes["MatchingRule"] = "strict"
    add_child(parent, "Field", field.value, **attributes)


def add_child(parent: Element, name: str, text: str = "", /, **attributes: str) -> Element:
    """A new child; characters that XML can't hold become marks."""
    made = etree.SubElement(parent, name)
    for key, value in attributes.items():
        made.set(key, _legal(value))
    if text:
        made.text = _legal(text)
    return made


def bytes_of(root: Element) -> bytes:
    """A document as XML 1.0 in UTF-8."""
    made: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return made


def content(element: Element | None) -> str:
    """All text within an element, white space kept."""
    return "".join(element.itertext()) if element is not None else ""


def number(text: str) -> int | None:
    """The whole number that a text is, of at most nine digits; None where it is none."""
    text = text.strip()
    return int(text) if _NUMBER.fullmatch(text) else None


def tell(problems: list[str], text: str) -> None:
    """Note a problem, up to the most that are told."""
    if len(problems) < PROBLEMS_MAX:
        problems.append(text)


def _field(element: Element) -> EntityField:
    strict = element.get("MatchingRule", "").lower() == "strict"
    return EntityField(
        element.get("Name", ""), content(element), element.get("DisplayName", ""), strict
    )


def _named(field: EntityField, name: str) -> EntityField:
    return EntityField(name, field.value, field.display_name, field.strict, field.type)


def _label(element: Element) -> str:
    text = content(element)
    return (
        plain(text) if "html" in element.get("Type", "html").lower() else strip_label_quotes(text)
    )


def _weight(element: Element | None, problems: list[str]) -> int:
    text = content(element)
    weight = number(text)
    if weight is None:
        if text.strip():
            tell(problems, f"the weight {text[:40]!r} is no whole number")
        return 100
    return weight


def _bookmark(text: str, problems: list[str]) -> int:
    bookmark = number(text)
    if bookmark is None or not -1 <= bookmark <= 4:
        tell(problems, f"the bookmark {text[:40]!r} is none of -1 to 4")
        return -1
    return bookmark


def _listed(element: Element, group: str, name: str) -> list[Element]:
    parent = child(element, group)
    found = [] if parent is None else children(parent, name)
    if len(found) > FIELDS_MAX:
        reason = f"it has {len(found)} of {name}, and {FIELDS_MAX} are read"
        raise InvalidValue("Maltego entity", element.get("Type", ""), reason)
    return found


def _legal(text: str) -> str:
    # What can be printed is legal, and seen so without a look at each character.
    return text if text.isprintable() else legal(text)
