"""Bounds of readers: Clew reads back what it writes of a large case, or refuses to write it."""

from __future__ import annotations

import io
import zipfile

import pytest

from clew.errors import TooLarge
from clew.interop import archive, importing
from clew.interop import json as json_bounds
from clew.interop import xml as xml_bounds
from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.formats import formats
from clew.interop.maltego import graphml as maltego_bounds
from clew.interop.stix import read as stix_bounds
from clew.interop.table import cells as table_bounds
from clew.interop.table import sheet as sheet_bounds
from clew.interop.table.sheets import SHEET_ROWS_MAX
from clew.model.block import BlockBuilder
from clew.model.interval import Interval
from clew.model.provenance import Provenance

SIZES = ((150_000, 1), (200_000, 4))
"""Entities, and links of each, that are promised: a mixture of families, and a year's case."""
SOME = 60
ROUND_TRIP = sorted(set(formats().writable) & set(formats().readable))


def case(entities: int, links_each: int) -> ExchangeGraph:
    """Addresses and names with dated links from a provider; values are as long as real ones."""
    builder = BlockBuilder()
    seen = Interval.parse("2016-01-02", "2017-03-04")
    rows = [
        builder.entity("domain-name", f"mail-{at:06}.customers.example.org", 0)
        if at % 3
        else builder.entity("ip-address", f"10.{at >> 16}.{at >> 8 & 255}.{at & 255}", 0)
        for at in range(entities)
    ]
    for at in range(entities * links_each):
        source, target = rows[at % entities], rows[(at * 7 + 3) % entities]
        builder.link(source, "resolves-to", target, 0, seen=seen, collectors=["riskiq"])
    by = Provenance("passivetotal", "passivetotal.domain_to_addresses", "0" * 32, 1, reply="a" * 64)
    return ExchangeGraph(builder.build(), (by,), title="A case")


def sizes(data: bytes) -> dict[str, int]:
    """What of a file readers bound: bytes, those of archives unpacked, and the largest member."""
    found = {"file": len(data), "elements": data.count(b"<"), "objects": data.count(b'"type"')}
    if data.startswith(b"PK"):
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
        found["unpacked"] = sum(one.file_size for one in members)
        found["member"] = max(one.file_size for one in members)
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            found["elements"] = max(opened.read(one).count(b"<") for one in members)
    return found


def bounds(name: str) -> dict[str, int]:
    """The bounds of a format's reader."""
    common = {"file": importing.FILE_BYTES_MAX, "unpacked": archive.UNPACKED_BYTES_MAX}
    common["member"] = archive.MEMBER_BYTES_MAX
    match name:
        case "gexf" | "graphml":
            return common | {"file": xml_bounds.XML_BYTES_MAX}
        case "mtgx":
            return common | {"member": min(archive.MEMBER_BYTES_MAX, xml_bounds.XML_BYTES_MAX)}
        case "stix" | "misp":
            objects = {"objects": stix_bounds.OBJECTS_MAX} if name == "stix" else {}
            return common | {"file": json_bounds.JSON_BYTES_MAX} | objects
        case "csv" | "tsv":
            return common | {"file": table_bounds.TABLE_BYTES_MAX}
        case "xlsx":
            return common | {"elements": sheet_bounds.ELEMENTS_MAX}
        case _:
            return common


@pytest.mark.parametrize(("entities", "links_each"), SIZES)
@pytest.mark.parametrize("name", ROUND_TRIP)
def test_large_exports_are_within_bounds(
    name: str, entities: int, links_each: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a format writes grows as the graph; at a promised size it is read, or not written."""
    write = formats().named(name).write
    assert write is not None
    some, more = (sizes(write(case(count, links_each))) for count in (SOME, 3 * SOME))
    # A sheet of a workbook has so many rows at most, and is a member of its own.
    alone = min(1, SHEET_ROWS_MAX / (entities * links_each)) if name == "xlsx" else 1
    over = {
        what
        for what, most in bounds(name).items()
        if what in some
        and some[what]
        + (more[what] - some[what])
        / (2 * SOME)
        * entities
        * (alone if what in ("member", "elements") else 1)
        > most
    }
    if over:
        assert (entities, links_each) != SIZES[0], over
        monkeypatch.setattr("clew.interop.maltego.mtgx_write.MEMBER_BYTES_MAX", some["member"])
        with pytest.raises(TooLarge):
            write(case(3 * SOME, links_each))


def test_tables_and_drawings_have_room() -> None:
    """Rows, cells and elements of the promised size are within what is read of them."""
    rows = max(entities * (links_each + 1) for entities, links_each in SIZES)
    assert rows <= table_bounds.ROWS_MAX
    assert rows * 12 <= table_bounds.CELLS_MAX
    assert rows <= maltego_bounds.NODES_MAX
