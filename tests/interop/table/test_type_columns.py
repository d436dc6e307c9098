"""Tables in which one column names the type of what stands in another."""

from __future__ import annotations

import pytest

from clew.interop.table.read import read_table
from clew.interop.table.sheet_files import read_cells
from clew.interop.table.titles import words
from clew.interop.table.type_columns import TypedColumns, typed_columns
from clew.interop.table.words import ANY, DETECT
from clew.schema.registry import catalogue
from interop.graphs import ORIGIN

MD5, SHA1, SHA256 = "0123456789abcdef" * 2, "abcde" * 8, "0123456789abcdef" * 4
WORDS = {
    "ip ipaddress IPADDR IPv4 IPv4-Addr ip-dst IP-address address ip_addr": (
        "ip-address", "192.0.2.1"
    ),
    "Domain FQDN host Fully_Qualified_Domain_Name domain-name": ("domain-name", "a.example.org"),
    "md5 File:MD5 FileHash-MD5 hash File file_md5": ("file", MD5),
    "NETWORK cidr ip_range netblock": ("netblock", "192.0.2.0/24"),
    "email email-sender EmailAddress e-mail": ("email-address", "x@a.example.org"),
    "ip:port": ("port", "192.0.2.1:443/tcp"),
    "filename file_path FileName": ("file-path", "invoice.exe"),
    "URL uri strange_word": ("url", "https://a.example.org/x"),
}  # fmt: skip


def typed(*lines: str) -> TypedColumns | None:
    cells, _ = read_cells("\n".join(lines).encode())
    return typed_columns(cells, [words(title) for title in cells.header], catalogue())


def entities(*lines: str) -> tuple[list[tuple[str, str]], list[str]]:
    graph, problems = read_table("\n".join(lines).encode(), ORIGIN, catalogue())
    return (
        [(one.type, one.value) for one in graph.entities()],
        [f"{one.where}: {one.reason}" for one in problems],
    )


@pytest.mark.parametrize(
    ("word", "entity"),
    [(one, entity) for synonyms, entity in WORDS.items() for one in synonyms.split()],
)
def test_words_of_types(word: str, entity: tuple[str, str]) -> None:
    """However a feed writes a type, it is that type; the value's form decides for other words."""
    for written in {word, word.replace("_", " ")}:
        assert entities("type,value", f"{written},{entity[1]}") == ([entity], [])


def test_a_type_of_ones_own_is_told_once() -> None:
    """Where neither the word nor the value is known, the word becomes a type, and that is told."""
    found, problems = entities("type,value", "snare,one", "snare,two", "snare,192.0.2.1")
    assert found == [("snare", "one"), ("snare", "two"), ("ip-address", "192.0.2.1")]
    assert problems == [
        "row 2, column value: no such type is known; its values enter as snare"
    ]  # fmt: skip


@pytest.mark.parametrize("header", ["Indicator_type,Data,Note", "Indicator,Data,", "what,which,x"])
def test_types_are_known_by_their_cells(header: str) -> None:
    """Under any name: what is known enters, and each other row is told."""
    lines = (
        "Description,Indicators of the fox,", "ip,192.0.2.1,payload", f"sha256,{SHA256},loader",
        "domain,a.example.org,C2", "filename,invoice.exe,lure", "file_path,C:\\Temp\\run.bat,",
        "command_line,makecab a.dmp a.cab,", "tool,Burrow,tunnel",
    )  # fmt: skip
    found, problems = entities(header, *lines)
    assert found == [
        ("ip-address", "192.0.2.1"), ("file", SHA256), ("domain-name", "a.example.org"),
        ("file-path", "invoice.exe"), ("file-path", "C:\\Temp\\run.bat"),
    ]  # fmt: skip
    assert [line.partition(",")[0] for line in problems] == ["row 2", "row 8", "row 9"]


def test_several_hashes_of_one_file() -> None:
    """A row that lists the hashes of one file gives one file by several names."""
    line = f"File,{MD5} : {SHA1} : {SHA256},4"
    graph, problems = read_table(
        f"Type,Summary,Rating\nAddress,192.0.2.1,3\n{line}\n".encode(), ORIGIN, catalogue()
    )
    assert [str(observation.subject) for _, _, observation in graph.links()] == [
        f"{SHA256} -same-as-> {MD5}", f"{SHA256} -same-as-> {SHA1}"
    ]  # fmt: skip
    assert [(row, observation.value) for row, observation in graph.properties()] == [
        (0, "3"),
        (3, "4"),
    ]
    assert problems == []


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("type,value", "ip,192.0.2.1"), TypedColumns(0, 1, ANY)),
        (("note,x,what", "a,192.0.2.1,ip"), TypedColumns(2, 1, DETECT)),
        (("url,threat", "https://a.example.org/x,malware"), None),
        (("domain,ip,type", "a.example.org,192.0.2.1,A"), None),
        (("domain,kind", "a.example.org,parked"), None),
        (("ip,192.0.2.1", "domain,a.example.org"), TypedColumns(0, 1, DETECT)),
    ],
)
def test_where_types_and_values_are(lines: tuple[str, ...], found: TypedColumns | None) -> None:
    """A column of types is none without values beside it that look like them."""
    assert typed(*lines) == found
