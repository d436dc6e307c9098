"""Guesses: what headers and cells say of columns, and which links rows make."""

from __future__ import annotations

import pytest

from clew.interop.table.guess import guess
from clew.interop.table.mapping import ColumnRole, Mapping
from clew.interop.table.sheet_files import read_cells
from clew.schema.registry import catalogue

MD5, SHA256 = "0123456789abcdef" * 2, "0123456789abcdef" * 4


def guessed(*lines: str) -> Mapping:
    return guess(read_cells("\n".join(lines).encode())[0], catalogue())


@pytest.mark.parametrize(
    ("header", "row", "links"),
    [
        ("Domain,IP", "a.example.org,192.0.2.1", ["0 resolves-to 1"]),
        ("IP;Host", "192.0.2.1;a.example.org", ["1 resolves-to 0"]),
        ("MD5,C2", f"{MD5},a.example.org", ["0 detect 1"]),
        ("md5,domain", f"{MD5},a.example.org", ["0 communicates-with 1"]),
        ("md5,ip", f"{MD5},192.0.2.1", ["0 connects-to 1"]),
        ("domain,registrant email", "a.example.org,x@b.example.org", ["0 registered-by 1"]),
        ("md5,sha256", f"{MD5},{SHA256}", ["1 same-as 0"]),
        ("md5,sha256,ip", f"{MD5},{SHA256},192.0.2.1", ["1 same-as 0", "1 connects-to 2"]),
        ("domain,ns", "a.example.org,ns1.b.example.org", ["0 served-by-name-server 1"]),
        ("ip,asn", "192.0.2.1,64496", ["0 announced-by 1"]),
        ("domain,cve", "a.example.org,CVE-2012-0158", ["0 related-to 1"]),
        ("source,target", "a.example.org,192.0.2.1", ["0 detect 1"]),
        ("md5,kind,value", f"{MD5},ip,192.0.2.1", ["0 detect 2"]),
        ("value,comment", "a.example.org,seen on 192.0.2.1", []),
    ],
)
def test_links_of_a_row(header: str, row: str, links: list[str]) -> None:
    """Two kinds of entities in one row have the link that is likely between them."""
    found = guessed(header, row).links
    assert [f"{one.source} {one.type} {one.target}" for one in found] == links


def test_roles_by_header() -> None:
    """Dates, sources and tags are known by name, and all else is a property."""
    made = guessed(
        "Domain,IP,First Seen (UTC),last seen,source,Tags,imphash,Ключ",
        f"a.example.org,192.0.2.1,2014-01-02,2014-02-03,lab,x;y,{MD5},v",
    )
    assert [column.role for column in made.columns] == [
        ColumnRole.ENTITY, ColumnRole.ENTITY, ColumnRole.FIRST, ColumnRole.LAST,
        ColumnRole.COLLECTORS, ColumnRole.TAGS, ColumnRole.PROPERTY, ColumnRole.PROPERTY,
    ]  # fmt: skip
    assert [column.name for column in made.columns[6:]] == ["imphash", "ключ"]


def test_cells_overrule_a_wrong_name() -> None:
    """A column named ip that holds domains, or words, is not one of addresses."""
    mixed = guessed("ip", "a.example.org", "b.example.org", "192.0.2.1")
    assert mixed.columns[0].type == "detect"
    assert (
        guessed("domain,ip", "a.example.org,none of yours").columns[1].role is ColumnRole.PROPERTY
    )


def test_types_and_values() -> None:
    """A column of types tells the types of the values beside it."""
    made = guessed("type,value,date", "md5," + MD5 + ",20140102", "yara,rule x,20140102")
    assert [(one.role, one.of) for one in made.columns] == [
        (ColumnRole.TYPE, 1), (ColumnRole.ENTITY, -1), (ColumnRole.PROPERTY, 1)
    ]  # fmt: skip


def test_the_order_of_days_needs_proof() -> None:
    """One date that can be read one way only tells the order; none or both do not."""
    row = "a.example.org,192.0.2.1,"
    assert guessed("domain,ip,date", row + "05/06/2014").day_order == ""
    assert (
        guessed("domain,ip,date", row + "05/06/2014", row + "24/06/2014").day_order == "day first"
    )
    both = guessed("domain,ip,date", row + "06/24/2014", row + "24/06/2014")
    assert both.day_order == ""
