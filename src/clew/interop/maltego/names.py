"""Names of types and properties as older and newer generations of Maltego spell them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from clew.interop.exchange_graph import ORIGINAL
from clew.interop.maltego.record import EntityField, Thing
from clew.interop.maltego.words import IPV6, OLD_NAMES, TO_MALTEGO, VALUE_PROPERTIES
from clew.model.block import STATE

ICON = "icon-url"
"""Name of the field that keeps an icon's address; nobody fetches it."""
OVERLAY = "overlay#"
"""Head of the names of fields that keep overlays: ``overlay#<position>#<type>``."""
PROPERTY_NAME_LENGTH_MAX = 200
"""Longest name of a property that is kept, in code points."""

_STANDARD = """
AAAARecord ARecord AS Affiliation Airport Alias Ammunition AttackPattern BCHAddress BCHBlock
BCHBlockHeight BCHTransaction BTCAddress BTCBlock BTCBlockHeight BTCTransaction BadGuy
BankAccount Banner Bike BioWeapon Blade Boat BuiltWithRelationship BuiltWithTechnology Bus
BusinessLeader Businessman CIDR CPE CVE CVSS CWE Camera Car ChemicalWeapon Child Church
CircularArea City Company Computer Conversation ConversationEmail ConversationPhone Country
CrimeScene CryptocurrencyAddress CryptocurrencyBlock CryptocurrencyBlockHeight
CryptocurrencyOwner CryptocurrencyTransaction DNSName DateTime DesktopComputer Device Document
DogecoinAddress DogecoinBlock DogecoinBlockHeight DogecoinTransaction Domain DrugDealer EPSS
ETHAddress ETHBlock ETHBlockHeight ETHTransaction ETag EducationInstitution EmailAddress Event
Explosive FacebookObject Female File FlightNumber GPS Gang GangLeader GangMember GoodGuy
GovernmentOfficial Gun Harbor Hash HashPassword Home IED IPv4Address IPv6Address ISP
IdentificationNumber Identifier Image Incident Industry Infrastructure InternalIdentifier Item
JARMFingerprint Judge LTCAddress LTCBlock LTCBlockHeight LTCTransaction LawOfficer Lawyer Lens
Location MXRecord MacAddress Male Malware MalwareFamily MalwareSignature Meeting
MeetingBusiness MeetingSocial MilitaryOfficer Missile MobileComputer MobilePhone NSRecord Name
Namechk Netblock NominatimLocation NuclearWeapon Office OnlineGroup OnlineIdentifier
Organization PassportNumber Person PhoneNumber PhoneNumberMobile PhoneNumberOffice
PhoneNumberResidential Phrase PlaintextPassword Plane PoliticalMovement Port Prison Region
ReligiousGroup SSLCertificateHash SSLCertificateSerial Sentiment Service SexOffender Shop
Smartphone Software StockSymbol TTP Tag Terrorist TerroristLeader Thing Train TrainStation
Transport TransportHub Twit TwitterUserList URL UniqueIdentifier Unknown Unsub
VehicleRegistration VinNumber Vulnerability WHOISRecord WMD Weapon WebDir WebTitle Website
X509Certificate hashtag
"""
STANDARD = frozenset(_STANDARD.split())
"""Standard types (std-entities 1.0.2 and what was there before), without ``maltego.``."""

OLD_PROPERTIES: dict[str, dict[str, str]] = {
    "maltego.Person": {"firstname": "person.firstnames", "lastname": "person.lastname"},
    "maltego.Domain": {"whois": "whois-info"},
    "maltego.IPv4Address": {"whois": "whois-info"},
    "maltego.URL": {
        "maltego.v2.value.property": "short-title", "theurl": "url", "fulltitle": "title",
    },
    "maltego.Document": {
        "maltego.v2.value.property": "title", "link": "url", "metainfo": "document.meta-data",
    },
    "maltego.Location": {
        "area": "location.area", "countrysc": "countrycode", "long": "longitude",
        "lat": "latitude",
    },
    "maltego.PhoneNumber": {
        "countrycode": "phonenumber.countrycode", "citycode": "phonenumber.citycode",
        "areacode": "phonenumber.areacode", "lastnumbers": "phonenumber.lastnumbers",
    },
    "maltego.Service": {"banner": "banner.text", "port": "port.number"},
    "maltego.Alias": {"properties.alias": "alias"},
    "maltego.Device": {"properties.device": "device"},
    "maltego.GPS": {"properties.gps": "gps.coordinate"},
    "maltego.CircularArea": {"area": "radius"},
    "maltego.Image": {"properties.image": "description", "fullImage": "url"},
    "maltego.NominatimLocation": {"properties.nominatimlocation": "nominatimlocation"},
    "maltego.BuiltWithTechnology": {"properties.builtwithtechnology": "builtwith.technology"},
    "maltego.FacebookObject": {"properties.facebookobject": "facebook.object"},
}  # fmt: skip
"""Property names of version 2 and today's, by type (maltego-trx 1.7.0, one slip put right)."""

_AFFILIATION = {
    "network": "affiliation.network", "uid": "affiliation.uid",
    "profile_url": "affiliation.profile-url",
}  # fmt: skip
_SHORT = {id_: name for name, id_ in OLD_NAMES.items()}
_VALUES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("maltego.domain", "maltego.website", "maltego.nsrecord", "maltego.mxrecord"), ("fqdn",)
    ),
    **dict.fromkeys(("maltego.isp", "maltego.company", "maltego.event"), ("title",)),
    **dict.fromkeys(("maltego.country", "maltego.city"), ("location.name",)),
    "maltego.cidr": ("cidr",),
    "maltego.malware": ("name",),
    IPV6[0].lower(): (IPV6[1],),
    **{type_.lower(): (name,) for type_, name in TO_MALTEGO.values()},
    **VALUE_PROPERTIES,
}


def full_type(name: str, ancestry: Sequence[str] = ()) -> str:
    """
    The id of a type: the first of its genealogy, else what an old short name stands for.

    Names that are not known stay as they are.
    """
    if ancestry and ancestry[0]:
        return ancestry[0]
    if name in OLD_NAMES:
        return OLD_NAMES[name]
    if name in STANDARD:
        return f"maltego.{name}"
    network = name.removeprefix("Affiliation")
    if network and network != name and "." not in name:
        return f"maltego.affiliation.{network}"
    return name


def short_type(id_: str) -> str:
    """The name that version 2 has for a type; its id where it has none."""
    if id_ in _SHORT:
        return _SHORT[id_]
    name = id_.removeprefix("maltego.")
    network = name.removeprefix("affiliation.")
    if network and network != name:
        return f"Affiliation{network}"
    return name if name in STANDARD else id_


def with_old(type_: str, fields: Sequence[EntityField]) -> tuple[EntityField, ...]:
    """Fields, and each that had another name in version 2 under that name too."""
    there = {field.name for field in fields}
    today = {field.name: field for field in reversed(fields)}
    older = [
        replace(today[new], name=old)
        for old, new in _old(type_).items()
        if new in today and old not in there
    ]
    return (*fields, *older)


def with_new(type_: str, fields: Sequence[EntityField]) -> tuple[EntityField, ...]:
    """Fields under today's names: an old name is put right, and dropped where it repeats."""
    renamed = _old(type_)
    today = {field.name: field.value for field in fields}
    made = []
    for field in fields:
        new = renamed.get(field.name)
        if new is None or (new in today and today[new] != field.value):
            made.append(field)
        elif new not in today:
            made.append(replace(field, name=new))
    return tuple(made)


def value_names(type_: str) -> tuple[str, ...]:
    """Properties that may hold the value of a type, the likeliest first; empty if not known."""
    return _VALUES.get(type_.lower(), ())


def foreign_property(name: str) -> str:
    """
    The name under which a property of Maltego is kept.

    What Maltego calls a state may be one of a country: it must not become one of ours.
    """
    if name == STATE or name.startswith(ORIGINAL):
        name = f"maltego.{name}"
    return name[:PROPERTY_NAME_LENGTH_MAX]


def value_property(thing: Thing) -> str:
    """The property that holds a thing's value; it may be one that the thing does not have yet."""
    texts = {field.name: field.value for field in reversed(thing.fields)}
    known = value_names(thing.type)
    equal = [
        field.name
        for field in sorted(thing.fields, key=lambda field: not field.strict)
        if texts[field.name] == thing.value and field.name != ICON and not is_overlay(field)
    ]
    for name in known:
        if texts.get(name) == thing.value:
            return name
    for name in known:
        if name not in texts:
            return name
    if equal:
        return equal[0]
    name = f"properties.{thing.type.rpartition('.')[2].lower()}"
    while name in texts:
        name += ".value"
    return name


def is_overlay(field: EntityField) -> bool:
    """Whether a field stands for an overlay."""
    return field.name.startswith(OVERLAY) and field.name.count("#") >= 2


def _old(type_: str) -> dict[str, str]:
    if type_.startswith("maltego.affiliation"):
        return _AFFILIATION
    return OLD_PROPERTIES.get(type_, {})
