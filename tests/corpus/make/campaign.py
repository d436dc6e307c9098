"""One made-up campaign in the five forms in which a research lab gives its indicators out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import md5, sha1, sha256
from uuid import UUID, uuid5
from xml.sax.saxutils import escape, quoteattr

from corpus.make import stix1

TITLE = "Grey Heron:  Birds"
"""The lab's export doubles the blank that MISP has once."""
LAB = "examplelab"
EVENT = 133
SPACE = UUID("00000000-0000-4000-8000-00000000abcd")


@dataclass(frozen=True)
class Indicator:
    """An attribute of the event: its category, type and value, and whether it is to be detected."""

    category: str
    type: str
    value: str
    comment: str = ""
    to_ids: bool = True
    day: str = "20180131"

    @property
    def uuid(self) -> str:
        return str(uuid5(SPACE, f"{self.type} {self.value}"))


def _indicators() -> Iterator[Indicator]:
    dropped, network, delivery = "Artifacts dropped", "Network activity", "Payload delivery"
    for name in ("heron.exe", "nest.dll", "egg.doc"):
        text = name.encode()
        yield Indicator(dropped, "md5", md5(text).hexdigest(), f"{name}, HeronRat")
        yield Indicator(dropped, "sha1", sha1(text).hexdigest(), to_ids=name != "egg.doc")
        yield Indicator(delivery, "sha256", sha256(text).hexdigest(), day="20180206")
    for name in ("heron-news", "heron-mail", "login.heron-mail", "heron-files"):
        yield Indicator(network, "domain", f"{name}.example")
    yield Indicator(network, "hostname", "cdn.heron-files.example", 'payload, "stage 2"')
    for last in (7, 8, 9):
        yield Indicator(network, "ip-dst", f"192.0.2.{last}", "C2 IP", day="20180130")
    yield Indicator(network, "ip-src", "198.51.100.23", "login to the mailbox", to_ids=False)
    yield Indicator(network, "url", "http://192.0.2.7/a/b.php?id=1&x=2")
    yield Indicator(delivery, "url", "https://heron-files.example/egg.doc")
    yield Indicator(delivery, "email-src", "news@heron-mail.example", to_ids=False)
    yield Indicator(dropped, "regkey", "HKEY_CURRENT_USER\\Software\\Heron\\Nest Settings")
    yield Indicator(network, "user-agent", "heron nest", "sic")


INDICATORS = tuple(_indicators())
LEFT_OUT = (
    Indicator("Attribution", "text", "said to be birds", to_ids=False),
    Indicator("External analysis", "link", "https://lab.example/2018/heron", to_ids=False),
    Indicator("Attribution", "whois-registrant-name", "Ada Example", to_ids=False),
)
"""Attributes that are in the event and in the package only."""


def csv() -> bytes:
    """The lab's own table: dates without dashes, only values and comments in quotes."""
    rows = ["uuid,event_id,category,type,value,comment,to_ids,date"]
    for one in INDICATORS:
        quoted = (f'"{text.replace(chr(34), 2 * chr(34))}"' for text in (one.value, one.comment))
        head = f"{one.uuid},{EVENT},{one.category},{one.type}"
        rows.append(f"{head},{','.join(quoted)},{int(one.to_ids)},{one.day}")
    return ("\n".join(rows) + "\n").encode()


def misp() -> bytes:
    """An answer of the server's search, with an attribute that was deleted."""
    gone = Indicator("Network activity", "domain", "not-heron.example")
    attributes = [
        {
            "id": str(18_346 + at), "type": one.type, "category": one.category,
            "to_ids": one.to_ids, "uuid": one.uuid, "event_id": str(EVENT), "distribution": "5",
            "timestamp": "1533377637", "comment": one.comment, "sharing_group_id": "0",
            "deleted": one is gone, "value": one.value, "SharingGroup": [], "ShadowAttribute": [],
        }
        for at, one in enumerate((*INDICATORS, *LEFT_OUT, gone))
    ]  # fmt: skip
    org = {"id": "2", "name": LAB, "uuid": str(uuid5(SPACE, LAB))}
    tags = [{"id": "29", "name": 'circl:incident-classification="phishing"', "colour": "#387000",
             "exportable": True},
            {"id": "2", "name": "tlp:green", "colour": "#33FF00", "exportable": True}]  # fmt: skip
    event = {
        "id": str(EVENT), "orgc_id": "2", "org_id": "2", "date": "2018-01-31",
        "threat_level_id": "2", "info": " ".join(TITLE.split()), "published": True,
        "uuid": str(uuid5(SPACE, TITLE)), "attribute_count": str(len(attributes)), "analysis": "2",
        "timestamp": "1533377838", "distribution": "1", "proposal_email_lock": False,
        "locked": False, "publish_timestamp": "1533378310", "sharing_group_id": "0", "Org": org,
        "Orgc": org, "Attribute": attributes, "ShadowAttribute": [],
        "RelatedEvent": [{"Event": {"id": "12", "date": "2017-01-01", "info": "Another",
                                    "uuid": str(uuid5(SPACE, "Another")), "published": True}}],
        "Tag": tags,
    }  # fmt: skip
    return json.dumps({"response": [{"Event": event}]}, indent=4).encode()


def openioc() -> bytes:
    """The lab's export: a value stands in the item's id, and its content is empty."""
    terms = {
        "md5": "FileItem/Md5sum", "sha256": "FileItem/Sha256sum", "domain": "Network/DNS",
        "hostname": "Network/DNS", "ip-dst": "RouteEntryItem/Destination",
        "url": "UrlHistoryItem/URL", "regkey": "RegistryItem/KeyPath",
        "user-agent": "Network/UserAgent",
    }  # fmt: skip
    lines = []
    for one in INDICATORS:
        term = terms.get(one.type)
        if term and one.to_ids:
            kind = "md5" if one.type == "md5" else "string"
            document = "Network" if one.type == "regkey" else term.partition("/")[0]
            lines += [
                f'      <IndicatorItem id={quoteattr(one.value)} condition="is">',
                f'        <Context document="{document}" search="{term}" type="mir" />',
                f'        <Content type="{kind}"></Content>', "      </IndicatorItem>",
            ]  # fmt: skip
    event = uuid5(SPACE, TITLE)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<ioc xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xmlns:xsd="http://www.w3.org/2001/XMLSchema" id="{event}" '
        'last-modified="2018-01-31T00:00:00" xmlns="http://schemas.mandiant.com/2010/ioc">\n'
        f"  <short_description>Event #{EVENT}</short_description>\n"
        f"  <description>{escape(TITLE)}</description>\n  <keywords />\n"
        f"  <authored_by>{LAB}</authored_by>\n"
        "  <authored_date>2018-01-31T00:00:00</authored_date>\n  <links />\n  <definition>\n"
        f'    <Indicator operator="OR" id="{event}">\n'
        + "\n".join(lines)
        + "\n    </Indicator>\n  </definition>\n</ioc>\n"
    ).encode()


def stix_one() -> bytes:
    """MISP's export: an incident of a package in a package, each attribute an indicator."""
    rows = [(one.category, one.type, one.value, one.uuid) for one in (*INDICATORS, *LEFT_OUT)]
    return stix1.package(
        title=TITLE, id_=str(uuid5(SPACE, TITLE)), event=EVENT, author=LAB, rows=rows,
        tags=("TLP:GREEN", "SOURCE:EXAMPLELAB", "DETECT"), colour="GREEN",
    )  # fmt: skip


def stix() -> bytes:
    """A bundle of indicators that indicate one piece of malware, in the form of a small script."""
    patterns = {
        "domain": "domain-name:value", "hostname": "domain-name:value", "ip-dst": "ipv4-addr:value",
        "ip-src": "ipv4-addr:value", "url": "url:value", "email-src": "email-addr:value",
        "regkey": "windows-registry-key:key", "md5": "file:hashes.md5",
        "sha1": "file:hashes.'SHA-1'", "sha256": "file:hashes.sha256",
        "user-agent": "network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'",
    }  # fmt: skip
    at = "2018-01-31T12:14:36.194951Z"
    head = {"spec_version": "2.1", "created": at, "modified": at}
    malware = f"malware--{uuid5(SPACE, 'malware')}"
    objects: list[dict[str, object]] = [
        {"type": "malware", "id": malware, **head, "name": "HeronRat", "is_family": False,
         "description": "IOCs of Grey Heron"}
    ]  # fmt: skip
    for one in INDICATORS:
        value = one.value.replace("\\", "\\\\").replace("'", "\\'")
        indicator = f"indicator--{one.uuid}"
        objects += [
            {"type": "indicator", "id": indicator, **head,
             "indicator_types": ["malicious-activity"],
             "pattern": f"[{patterns[one.type]}='{value}']", "pattern_type": "stix",
             "pattern_version": "2.1", "valid_from": at},
            {"type": "relationship", "id": f"relationship--{uuid5(SPACE, one.uuid)}", **head,
             "relationship_type": "indicates", "source_ref": indicator, "target_ref": malware},
        ]  # fmt: skip
    bundle = {"type": "bundle", "id": f"bundle--{uuid5(SPACE, 'bundle')}", "objects": objects}
    return json.dumps(bundle, indent=4).encode()
