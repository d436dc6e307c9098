"""Clew's own tables: guarded cells, and rows that others have changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clew.interop.table.own import HEADER, escape_cell, inert, plain, unescape_cell
from clew.interop.table.read import read_table
from clew.schema.registry import catalogue
from interop.graphs import ORIGIN

SIGNS = st.text(st.sampled_from("'=+-@\t\r\n_x0041aF\x01"))


@given(SIGNS)
def test_guards_are_undone(text: str) -> None:
    """What keeps a cell from harm is undone, whatever the cell begins with."""
    assert plain(inert(text)) == text
    assert unescape_cell(escape_cell(text)) == text
    assert inert(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")


def test_changed_rows_are_told() -> None:
    """Rows that do not hold are told with their place, and the others are read."""
    rows = (
        "domain-name,a[.]example,resolves-to,ip-address,192.0.2[.]1,2014,open,dnsdb,a b,t,xx,zz",
        "domain-name,,resolves-to,ip-address,192.0.2[.]1",
        "domain-name,b[.]example,resolves-to,ip-address,192.0.2[.]1,2015,2014,dnsdb",
        "Odd Type,c,Odd Link,ip-address,192.0.2[.]2",
        f"domain-name,d[.]example,,,,,,{'p' * 200}",
    )
    data = "\n".join((",".join(HEADER), *rows)).encode()
    graph, problems = read_table(data, ORIGIN, catalogue())
    links = [observation for _, _, observation in graph.links()]
    assert [f"{one.subject} {one.seen}" for one in links] == [
        "a.example -resolves-to-> 192.0.2.1 2014 to open",
        "b.example -resolves-to-> 192.0.2.1 unknown",
        "c -odd-link-> 192.0.2.2 unknown",
    ]
    assert (links[0].provenance.run, links[0].provenance.reply) == (ORIGIN.run, "")
    assert [one.where for one in problems] == [
        "row 3, column source", "row 4, column first", "row 5, column source", "row 5", "row 6"
    ]  # fmt: skip
