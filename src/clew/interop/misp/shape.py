"""Entities as MISP attributes and objects, with deterministic ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid5

from clew.interop.misp.words import ENTITY_NAME, ENTITY_TEMPLATE, OWN_NAMESPACE
from clew.model.entity import Entity

_HASHES = {32: "md5", 40: "sha1", 64: "sha256", 128: "sha512"}
_CATEGORIES = {
    "AS": "Network activity",
    "domain": "Network activity",
    "email": "Network activity",
    "email-src": "Payload delivery",
    "filename": "Payload delivery",
    "full-name": "Person",
    "ip-dst": "Network activity",
    "md5": "Payload delivery",
    "mutex": "Artifacts dropped",
    "phone-number": "Person",
    "regkey": "Persistence mechanism",
    "sha1": "Payload delivery",
    "sha256": "Payload delivery",
    "sha512": "Payload delivery",
    "threat-actor": "Attribution",
    "url": "Network activity",
    "user-agent": "Network activity",
    "vulnerability": "External analysis",
    "whois-registrar": "Attribution",
    "x509-fingerprint-sha1": "Network activity",
    "x509-fingerprint-sha256": "Network activity",
}
_FREE = {
    "domain-name": "domain",
    "ip-address": "ip-dst",
    "url": "url",
    "email-address": "email",
    "person": "full-name",
    "phone": "phone-number",
    "vulnerability": "vulnerability",
    "mutex": "mutex",
    "registry-key": "regkey",
    "file-path": "filename",
    "user-agent": "user-agent",
    "threat-actor": "threat-actor",
}
"""Types whose value is one attribute; those of hashes and numbers have their own rows below."""


@dataclass(frozen=True, slots=True)
class ObjectHead:
    """A template of MISP's objects (MISP/misp-objects)."""

    name: str
    uuid: str
    version: str
    category: str


ENTITY_HEAD = ObjectHead(ENTITY_NAME, ENTITY_TEMPLATE, "1", "misc")
_DOMAIN_IP = ObjectHead("domain-ip", "43b3b146-77eb-4931-b4cc-b66c60f28734", "11", "network")
_FILE = ObjectHead("file", "688c46fb-5edb-40a3-8273-1af7923e2215", "25", "file")
_GEOLOCATION = ObjectHead("geolocation", "cd6f2238-ba55-4888-82c4-104e6e1acf21", "8", "misc")
_HEADS = {
    "domain-name": (_DOMAIN_IP, "domain", "domain"),
    "ip-address": (_DOMAIN_IP, "ip", "ip-dst"),
    "url": (
        ObjectHead("url", "60efb77b-40b5-4c46-871b-ed1ed999fce5", "10", "network"), "url", "url"
    ),
    "email-address": (
        ObjectHead("email", "a0c666e0-fc65-4be8-b48f-3423d788b552", "19", "network"),
        "from", "email-src",
    ),
    "person": (
        ObjectHead("person", "a15b0477-e9d1-4b9c-9546-abe78a4f4248", "21", "misc"),
        "full-name", "full-name",
    ),
    "organisation": (
        ObjectHead("organization", "f750e12b-127a-432c-b022-b3f9153c4e2a", "9", "misc"),
        "name", "text",
    ),
    "phone": (
        ObjectHead("phone-number", "c4b5a67c-63d2-11ec-90d6-0242ac120003", "1", "mobile"),
        "phone-number", "phone-number",
    ),
    "vulnerability": (
        ObjectHead("vulnerability", "81650945-f186-437b-8945-9f31715d32da", "12", "vulnerability"),
        "id", "vulnerability",
    ),
    "mutex": (
        ObjectHead("mutex", "9f5c1a68-2021-4faa-b409-61c899c86466", "1", "misc"), "name", "text"
    ),
    "registry-key": (
        ObjectHead("registry-key", "8b3228ad-6d82-4fe6-b2ae-05426308f1d5", "5", "file"),
        "key", "regkey",
    ),
    "file-path": (_FILE, "filename", "filename"),
    "threat-actor": (
        ObjectHead("intrusion-set", "bfe96eae-e37a-4ecf-8012-1cdb478571a5", "1", "misc"),
        "name", "text",
    ),
    "document": (
        ObjectHead("report", "70a68471-df22-4e3f-aa1a-5a3be19f82df", "8", "misc"), "title", "text",
    ),
    "alias": (
        ObjectHead("user-account", "49606b06-22f0-4ac8-8eee-2f12ad46f3d3", "6", "misc"),
        "username", "text",
    ),
    "incident": (
        ObjectHead("incident", "38597424-f9bb-4865-9b4b-819172df0334", "1", "misc"), "name", "text",
    ),
    "attack-pattern": (
        ObjectHead("attack-pattern", "35928348-56be-4d7f-9752-a80927936351", "1", "vulnerability"),
        "name", "text",
    ),
    "component": (
        ObjectHead("software", "b1b5dc0e-73fe-443c-8d9d-0e208de3951e", "1", "misc"), "name", "text",
    ),
}  # fmt: skip
_ASN = ObjectHead("asn", "4ec55cc6-9e49-4c64-b794-03c25c1a6587", "6", "network")
_X509 = ObjectHead("x509", "d1ab756a-26b5-4349-9f43-765630f0911c", "14", "network")

Fields = tuple[str, str, str]
"""Relation, type and value of an attribute in an object."""


def free_attribute(one: Entity) -> tuple[str, str] | None:
    """Type and value of the one attribute that says all of an entity; None where there is none."""
    match one.type:
        case "file":
            return _HASHES[len(one.value)], one.value
        case "certificate":
            return f"x509-fingerprint-{_HASHES[len(one.value)]}", one.value
        case "autonomous-system":
            return "AS", one.value.removeprefix("AS")
        case "netblock" if "/" in one.value:
            return "ip-dst", one.value
    return (_FREE[one.type], one.value) if one.type in _FREE else None


def object_of(one: Entity) -> tuple[ObjectHead, tuple[Fields, ...]]:
    """The object that an entity is, and its attributes; Clew's own where MISP has no template."""
    match one.type:
        case "file":
            name = _HASHES[len(one.value)]
            return _FILE, ((name, name, one.value),)
        case "certificate":
            name = f"x509-fingerprint-{_HASHES[len(one.value)]}"
            return _X509, ((name, name, one.value),)
        case "autonomous-system":
            return _ASN, (("asn", "AS", one.value.removeprefix("AS")),)
        case "netblock" if "/" in one.value:
            return _DOMAIN_IP, (("ip", "ip-dst", one.value),)
        case "location":
            code = len(one.value) == 2 and one.value.isascii()
            return _GEOLOCATION, (("countrycode" if code else "region", "text", one.value),)
        case "malware-family":
            head = ObjectHead("malware", "e5ad1d64-4b4e-44f5-9e00-88a705a67f9d", "1", "misc")
            return head, (("name", "text", one.value), ("is_family", "boolean", "1"))
    if one.type in _HEADS:
        head, relation, type_ = _HEADS[one.type]
        return head, ((relation, type_, one.value),)
    return ENTITY_HEAD, (("value", "text", one.value), ("type", "text", one.type))


def category_of(type_: str) -> str:
    """The category of a type of attribute, where Clew writes it."""
    return _CATEGORIES.get(type_, "Other")


def own_uuid(*parts: str) -> str:
    """The id that Clew gives, from what it stands for."""
    return str(uuid5(OWN_NAMESPACE, chr(0).join(parts)))
