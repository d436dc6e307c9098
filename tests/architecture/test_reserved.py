"""Names and addresses in the corpus are reserved ones: nobody's, and safe to look up by mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import ip_address, ip_network

import pytest

from clew.interop.text.extract import extract
from clew.schema.registry import catalogue
from corpus.files import corpus, corpus_files
from corpus.make.archive import members

NETWORKS = tuple(
    ip_network(one)
    for one in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "127.0.0.0/8")
)
ENDINGS = (".example", ".test", ".invalid", "example.org", "example.com", "example.net")
OTHERS = frozenset(
    {"cybox.mitre.org", "data-marking.mitre.org", "stix.mitre.org", "gexf.net", "openioc.org",
     "graphml.graphdrawing.org", "maltego.paterva.com", "schemas.mandiant.com", "www.w3.org",
     "schemas.openxmlformats.org", "www.yworks.com", "icann.org", "www.icann.org", "localhost"}
)  # fmt: skip
"""Hosts in the names of XML namespaces and of states of domains."""
REVERSED = frozenset({"4.2.0.192"})
"""An address within a reverse name."""
MEMBER = re.compile(
    r"(?:attr|maltego\.[\w.]+|body_raw_ref|ipaddress)\.(?:name|style|report|internal)"
)
"""Names of attributes and types that look like names of hosts."""
FOREIGN = ("scenario/", "make/", "__pycache__/")
FILES = [path for path in corpus_files("**/*.*") if not path.startswith(FOREIGN)]


@pytest.mark.parametrize("folder", sorted({path.partition("/")[0] for path in FILES}))
def test_names_and_addresses_are_reserved(folder: str) -> None:
    """What a reader would take for a host is in a documentation range or below a reserved name."""
    found = {
        (path, host)
        for path in FILES
        if path.startswith(f"{folder}/")
        for host in hosts(corpus(path).read_bytes())
        if not reserved(host)
    }
    assert found == set()


def test_others_are_told() -> None:
    """The rule knows a real name and a real address."""
    told = list(hosts(b"at http://heron.org/x and 9.9.9.9, who@nic.fr"))
    assert [host for host in told if reserved(host)] == []
    assert len(told) == 3


def hosts(data: bytes) -> Iterator[str]:
    """The hosts of all that looks like one, in a file or in the members of an archive."""
    for part in members(data).values() if data.startswith(b"PK") else (data,):
        for one in extract(part.decode("utf-8", "replace"), catalogue()):
            if one.type in ("domain-name", "ip-address"):
                yield one.value
            elif one.type == "email-address":
                yield one.value.rpartition("@")[2]
            elif one.type == "url":
                yield re.sub(r"^[a-z]+://(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*).*", r"\1", one.value)


def reserved(host: str) -> bool:
    """Whether a host is nobody's, or stands in a name of a format."""
    host = host.strip("[]").lower()
    try:
        address = ip_address(host)
    except ValueError:
        named = host.endswith(ENDINGS) or host in OTHERS
        return named or MEMBER.fullmatch(host) is not None
    return host in REVERSED or any(address in network for network in NETWORKS)
