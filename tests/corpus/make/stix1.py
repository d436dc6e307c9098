"""A package of STIX 1.1.1 as MISP writes one of an event."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

SPACES = {
    "cyboxCommon": "http://cybox.mitre.org/common-2",
    "cybox": "http://cybox.mitre.org/cybox-2",
    "cyboxVocabs": "http://cybox.mitre.org/default_vocabularies-2",
    "AddressObj": "http://cybox.mitre.org/objects#AddressObject-2",
    "DomainNameObj": "http://cybox.mitre.org/objects#DomainNameObject-1",
    "EmailMessageObj": "http://cybox.mitre.org/objects#EmailMessageObject-2",
    "FileObj": "http://cybox.mitre.org/objects#FileObject-2",
    "HTTPSessionObj": "http://cybox.mitre.org/objects#HTTPSessionObject-2",
    "HostnameObj": "http://cybox.mitre.org/objects#HostnameObject-1",
    "URIObj": "http://cybox.mitre.org/objects#URIObject-2",
    "WinRegistryKeyObj": "http://cybox.mitre.org/objects#WinRegistryKeyObject-2",
    "marking": "http://data-marking.mitre.org/Marking-1",
    "tlpMarking": "http://data-marking.mitre.org/extensions/MarkingStructure#TLP-1",
    "incident": "http://stix.mitre.org/Incident-1",
    "indicator": "http://stix.mitre.org/Indicator-2",
    "ttp": "http://stix.mitre.org/TTP-1",
    "stixCommon": "http://stix.mitre.org/common-1",
    "stixVocabs": "http://stix.mitre.org/default_vocabularies-1",
    "stix": "http://stix.mitre.org/stix-1",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
SAID = "Derived from MISP's IDS flag. If an attribute is marked for IDS exports, it is high"


def package(
    *,
    title: str,
    id_: str,
    event: int,
    author: str,
    rows: Sequence[tuple[str, str, str, str]],
    tags: Sequence[str],
    colour: str,
) -> bytes:
    """A package of an event's attributes: category, type, value and id."""
    spaces = "\n".join(f'\txmlns:{name}="{space}"' for name, space in SPACES.items())
    name = escape(title)
    items = "".join(_indicator(18_346 + at, *row) for at, row in enumerate(rows))
    history = "".join(
        '<incident:History_Item><incident:Journal_Entry time_precision="second">'
        f"MISP Tag: {tag}</incident:Journal_Entry></incident:History_Item>\n"
        for tag in tags
    )
    return f"""<stix:STIX_Package
{spaces} id=":Package-{id_}" version="1.1.1" timestamp="2018-08-04T10:27:32.017919+00:00">
    <stix:STIX_Header>
        <stix:Title>Export from {author} MISP</stix:Title>
        <stix:Package_Intent xsi:type="stixVocabs:PackageIntentVocab-1.0">Threat Report</stix:Package_Intent>
    </stix:STIX_Header>
    <stix:Related_Packages>
        <stix:Related_Package>
            <stix:Package id=":STIXPackage-{id_}" version="1.1.1" timestamp="2018-08-04T06:17:18+00:00">
                <stix:STIX_Header>
                    <stix:Title>{name}</stix:Title>
                </stix:STIX_Header>
                <stix:Incidents>
                    <stix:Incident id=":incident-{id_}" timestamp="2018-08-04T06:25:10+00:00" xsi:type='incident:IncidentType'>
                        <incident:Title>{name}</incident:Title>
                        <incident:External_ID source="MISP Event">{event}</incident:External_ID>
                        <incident:Time>
                            <incident:Incident_Discovery precision="second">2018-01-31T00:00:00+00:00</incident:Incident_Discovery>
                        </incident:Time>
                        <incident:Status xsi:type="stixVocabs:IncidentStatusVocab-1.0">Closed</incident:Status>
                        <incident:Related_Indicators>
{items}                        </incident:Related_Indicators>
                        <incident:History>
{history}                        </incident:History>
                        <incident:Information_Source>
                            <stixCommon:Identity>
                                <stixCommon:Name>{author}</stixCommon:Name>
                            </stixCommon:Identity>
                        </incident:Information_Source>
                        <incident:Handling>
                            <marking:Marking>
                                <marking:Controlled_Structure>../../../descendant-or-self::node()</marking:Controlled_Structure>
                                <marking:Marking_Structure xsi:type='tlpMarking:TLPMarkingStructureType' color="{colour}"/>
                            </marking:Marking>
                        </incident:Handling>
                    </stix:Incident>
                </stix:Incidents>
            </stix:Package>
        </stix:Related_Package>
    </stix:Related_Packages>
</stix:STIX_Package>
""".encode()  # noqa: E501


def _indicator(number: int, category: str, type_: str, value: str, id_: str) -> str:
    text = escape(f"{category}: {value} (MISP Attribute #{number})")
    properties = _properties(type_, value)
    kind = properties.partition('"')[2].partition("Obj:")[0]
    observable = (
        f"""<indicator:Observable id=":observable-{id_}">
<cybox:Object id=":{kind}-{id_}">
<cybox:Properties {properties}</cybox:Properties>
</cybox:Object>
</indicator:Observable>
"""
        if properties
        else ""
    )
    return f"""<incident:Related_Indicator>
<stixCommon:Relationship>{category}</stixCommon:Relationship>
<stixCommon:Indicator id=":indicator-{id_}" timestamp="2018-08-04T06:13:57+00:00"
 xsi:type='indicator:IndicatorType'>
<indicator:Title>{text}</indicator:Title>
<indicator:Type xsi:type="stixVocabs:IndicatorTypeVocab-1.1">Malware Artifacts</indicator:Type>
<indicator:Description>{text}</indicator:Description>
<indicator:Valid_Time_Position/>
{observable}<indicator:Confidence timestamp="2018-08-04T06:13:57+00:00">
<stixCommon:Value xsi:type="stixVocabs:HighMediumLowVocab-1.0">High</stixCommon:Value>
<stixCommon:Description>{SAID}</stixCommon:Description>
</indicator:Confidence>
</stixCommon:Indicator>
</incident:Related_Indicator>
"""


def _properties(type_: str, value: str) -> str:
    """The type and fields of an observable; empty where the export has none."""
    text = escape(value)
    match type_:
        case "md5" | "sha1" | "sha256":
            hash_ = (
                '<cyboxCommon:Hash><cyboxCommon:Type condition="Equals" '
                f'xsi:type="cyboxVocabs:HashNameVocab-1.0">{type_.upper()}</cyboxCommon:Type>'
                f'<cyboxCommon:Simple_Hash_Value condition="Equals">{text}'
                "</cyboxCommon:Simple_Hash_Value></cyboxCommon:Hash>"
            )
            return f'xsi:type="FileObj:FileObjectType"><FileObj:Hashes>{hash_}</FileObj:Hashes>'
        case "domain":
            return _value("DomainNameObj:DomainNameObjectType", "DomainNameObj:Value", text)
        case "hostname":
            return _value("HostnameObj:HostnameObjectType", "HostnameObj:Hostname_Value", text)
        case "url":
            return _value("URIObj:URIObjectType", "URIObj:Value", text)
        case "ip-dst" | "ip-src":
            source = str(type_ == "ip-src").lower()
            address = _value("AddressObj:AddressObjectType", "AddressObj:Address_Value", text)
            return address.replace(">", f' category="ipv4-addr" is_source="{source}">', 1)
        case "email-src":
            return (
                'xsi:type="EmailMessageObj:EmailMessageObjectType"><EmailMessageObj:Header>'
                '<EmailMessageObj:From xsi:type="AddressObj:AddressObjectType" category="e-mail">'
                f'<AddressObj:Address_Value condition="Equals">{text}</AddressObj:Address_Value>'
                "</EmailMessageObj:From></EmailMessageObj:Header>"
            )
        case "regkey":
            hive, _, key = text.partition("\\")
            return (
                'xsi:type="WinRegistryKeyObj:WindowsRegistryKeyObjectType">'
                f'<WinRegistryKeyObj:Key condition="Equals">{key}</WinRegistryKeyObj:Key>'
                f'<WinRegistryKeyObj:Hive condition="Equals">{hive}</WinRegistryKeyObj:Hive>'
            )
        case "user-agent":
            names = ("HTTP_Request_Response", "HTTP_Client_Request", "HTTP_Request_Header",
                     "Parsed_Header", "User_Agent")  # fmt: skip
            opened = "".join(f"<HTTPSessionObj:{name}>" for name in names)
            closed = "".join(f"</HTTPSessionObj:{name}>" for name in reversed(names))
            return f'xsi:type="HTTPSessionObj:HTTPSessionObjectType">{opened}{text}{closed}'
        case _:
            return ""


def _value(type_: str, field: str, text: str) -> str:
    return f'xsi:type="{type_}"><{field} condition="Equals">{text}</{field}>'
