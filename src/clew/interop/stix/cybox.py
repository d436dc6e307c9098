"""CybOX 2 objects as entities: the fields that name a value, with their conditions and lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from clew.errors import InvalidValue
from clew.interop.graph_builder import GraphBuilder
from clew.interop.stix.words import HASHES
from clew.interop.xml import Element, child, children, local, text_of

VALUES_MAX = 10_000
"""Most values of one list."""
DELIMITER = "##comma##"
"""What parts the values of a list where the field names nothing else (CybOX 2.1, common)."""

_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_EQUAL = frozenset({"", "equals"})
_PART = frozenset({"contains", "startswith", "endswith"})
_ADDRESSES = {
    "e-mail": "email-address", "asn": "autonomous-system", "mac": "mac-address",
    "cidr": "netblock", "ipv4-net": "netblock", "ipv6-net": "netblock",
}  # fmt: skip
_SENDERS = ("From", "Sender", "Reply_To")


@dataclass(frozen=True, slots=True)
class CyboxObject:
    """One object's properties while they are read."""

    properties: Element
    builder: GraphBuilder
    by: int
    where: str

    def entity(self, kind: str, field: Element, *, like: bool = False) -> Iterator[int]:
        """
        The rows of a field's values.

        Args:
            kind: Type of the entities.
            field: The element that holds the value or values.
            like: Whether a piece of a value (``Contains``) is a value of that type too.
        """
        for value in self.values(field, like=like):
            row = self.builder.entity(kind, value, self.where, self.by)
            if row is not None:
                yield row

    def host(self, field: Element, kind: str = "domain-name") -> Iterator[int]:
        """The rows of a field that holds names or addresses."""
        for value in self.values(field):
            row = self.builder.entity(self._host_kind(value, kind), value, self.where, self.by)
            if row is not None:
                yield row

    def values(self, field: Element, *, like: bool = False) -> list[str]:
        """The values that a field asks for; a problem and none where it asks otherwise."""
        text = text_of(field)
        condition = field.get("condition", "").strip().lower()
        if field.get("apply_condition", "").strip().upper() == "NONE" or condition.startswith(
            "doesnot"
        ):
            self.builder.problem(self.where, text, "a negated field says what must not be there")
            return []
        if field.get("is_obfuscated", "").lower() == "true" or field.get("bit_mask"):
            self.builder.problem(self.where, text, "an obfuscated or masked field is not read")
            return []
        if condition not in _EQUAL and not (like and condition in _PART):
            reason = f"the condition {field.get('condition')} names no whole value"
            self.builder.problem(self.where, text, reason)
            return []
        values = [one.strip() for one in text.split(field.get("delimiter") or DELIMITER)]
        if len(values) > VALUES_MAX:
            reason = f"only {VALUES_MAX} of its {len(values)} values are read"
            self.builder.problem(self.where, text, reason)
        return [one for one in values[:VALUES_MAX] if one]

    def say(self, row: int, name: str, field: Element | None) -> None:
        """A property that a field says of an entity."""
        if field is not None:
            self.builder.property(row, name, text_of(field), by=self.by, where=self.where)

    def _host_kind(self, value: str, kind: str) -> str:
        if "/" in value and kind == "ip-address":
            return "netblock"
        try:
            self.builder.catalogue.value("ip-address", value)
        except InvalidValue:
            return kind
        return "ip-address"


def kind_of(properties: Element) -> str:
    """The name of an object's type without its namespace and tail: ``domainname``, ``file``."""
    named = str(properties.get(_TYPE, "")).rpartition(":")[2]
    if not named and len(properties):
        # Untyped properties still have their fields' namespace, …objects#FileObject-2.
        space = str(properties[0].tag).partition("}")[0]
        named = space.rpartition("#")[2].partition("-")[0]
    return named.lower().removesuffix("type").removesuffix("object").removesuffix("obj")


def rows_of(item: CyboxObject) -> list[int] | None:
    """The entities that an object's properties name; None where no entity is like it."""
    read = _READERS.get(kind_of(item.properties))
    if read is None:
        return None
    return list(dict.fromkeys(read(item)))


def _field(*names: str, kind: str, like: bool = False) -> Callable[[CyboxObject], Iterator[int]]:
    def read(item: CyboxObject) -> Iterator[int]:
        for name in names:
            for field in children(item.properties, name):
                yield from item.entity(kind, field, like=like)

    return read


def _hosts(*names: str) -> Callable[[CyboxObject], Iterator[int]]:
    def read(item: CyboxObject) -> Iterator[int]:
        for field in item.properties.iter():
            if local(field) in names:
                yield from item.host(field)

    return read


def _address(item: CyboxObject) -> Iterator[int]:
    yield from _address_at(item, item.properties)


def _address_at(item: CyboxObject, element: Element, category: str = "") -> Iterator[int]:
    category = element.get("category", category or "ipv4-addr").lower()
    field = child(element, "Address_Value")
    if field is None:
        return
    if category in _ADDRESSES:
        yield from item.entity(_ADDRESSES[category], field)
    elif category.startswith("ip"):
        yield from item.host(field, "ip-address")
    else:
        item.builder.problem(item.where, text_of(field), f"an address of the kind {category}")


def _uri(item: CyboxObject) -> Iterator[int]:
    named = item.properties.get("type", "").lower() == "domain name"
    for field in children(item.properties, "Value"):
        yield from item.host(field) if named else item.entity("url", field)


def _file(item: CyboxObject) -> Iterator[int]:
    """A file by each of its hashes, which are said to be the same; by its name where none."""
    alone: list[int] = []
    made: list[int] = []
    hashes = child(item.properties, "Hashes")
    for one in children(hashes, "Hash") if hashes is not None else ():
        field = child(one, "Simple_Hash_Value")
        if field is None:
            field = child(one, "Fuzzy_Hash_Value")
        if field is None:
            continue
        named = text_of(child(one, "Type")).upper().replace("_", "-")
        for value in item.values(field):
            if named in HASHES and HASHES[named] != len(value):
                reason = f"a {named} hash has {HASHES[named]} digits"
                item.builder.problem(item.where, value, reason)
                continue
            row = item.builder.entity("file", value, item.where, item.by)
            if row is not None:
                made.append(row)
                alone.extend([row] if DELIMITER not in text_of(field) else ())
    for other in dict.fromkeys(alone[1:]):
        if other != alone[0]:
            item.builder.link(alone[0], "same-as", other, by=item.by, where=item.where)
    names = [
        field
        for name in ("Full_Path", "File_Path", "File_Name")
        for field in children(item.properties, name)
    ]
    if not made:
        for field in names:
            yield from item.entity("file-path", field, like=True)
        return
    for field in names:
        item.say(made[0], "file_name", field)
    item.say(made[0], "size_bytes", child(item.properties, "Size_In_Bytes"))
    yield from made


def _mail(item: CyboxObject) -> Iterator[int]:
    header = child(item.properties, "Header")
    for field in header if header is not None else ():
        name = local(field)
        if name in _SENDERS:
            yield from _address_at(item, field, "e-mail")
        elif name in ("To", "CC", "BCC"):
            for one in children(field, "Recipient"):
                yield from _address_at(item, one, "e-mail")
        elif name == "X_Originating_IP":
            yield from _address_at(item, field)
        elif name == "Subject":
            yield from item.entity("phrase", field)


def _registry(item: CyboxObject) -> Iterator[int]:
    key, hive = child(item.properties, "Key"), text_of(child(item.properties, "Hive"))
    made: list[int] = []
    for value in item.values(key, like=True) if key is not None else ():
        whole = value if not hive or value.upper().startswith(hive.upper()) else f"{hive}\\{value}"
        row = item.builder.entity("registry-key", whole, item.where, item.by)
        made.extend([] if row is None else [row])
    around = child(item.properties, "Values")
    for one in children(around, "Value") if around is not None and made else ():
        item.say(made[0], "value_name", child(one, "Name"))
    yield from made


def _session(item: CyboxObject) -> Iterator[int]:
    for field in item.properties.iter():
        if local(field) == "User_Agent":
            yield from item.entity("user-agent", field)
        elif local(field) == "Host":
            for name in children(field, "Domain_Name"):
                for value in children(name, "Value"):
                    yield from item.host(value)


_READERS: dict[str, Callable[[CyboxObject], Iterator[int]]] = {
    "address": _address,
    "domainname": _hosts("Value"),
    "hostname": _hosts("Hostname_Value"),
    "uri": _uri,
    "link": _uri,
    "file": _file,
    "windowsexecutablefile": _file,
    "pdffile": _file,
    "emailmessage": _mail,
    "mutex": _field("Name", kind="mutex"),
    "windowsmutex": _field("Name", kind="mutex"),
    "windowsregistrykey": _registry,
    "httpsession": _session,
    "useragent": _field("Value", kind="user-agent"),
    "as": _field("Number", kind="autonomous-system"),
    "asn": _field("Number", kind="autonomous-system"),
    "socketaddress": _hosts("Address_Value", "Hostname_Value"),
    "networkconnection": _hosts("Address_Value", "Hostname_Value"),
}
"""Readers by the type of an object; what is not here has no entity."""
