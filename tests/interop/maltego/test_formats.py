"""How surely Maltego's files are known."""

from __future__ import annotations

import pytest

from clew.errors import InvalidValue
from clew.interop.format import Confidence
from clew.interop.formats import formats
from clew.interop.importing import read_file
from clew.interop.maltego.formats import (
    sniff_maltego_graphml,
    sniff_mtgl,
    sniff_mtgx,
    sniff_mtz,
)
from clew.interop.sample import FileSample
from clew.schema.registry import catalogue
from interop.archives import zipped


@pytest.mark.parametrize(
    ("names", "name"),
    [
        (("Graphs/Graph1.graphml", "Entities/a.entity"), "mtgx"),
        (("Graph1.graphml",), "mtgx"),
        (("Graphs/Graph1/DataEntities/_0.cfs", "Entities/a.entity"), "mtgl"),
        (("Servers/Local.tas",), "mtz"),
        (("Machines/a.machine",), "mtz"),
        (("readme.txt",), "archive"),
    ],
)
def test_archives_are_known_by_their_members(names: tuple[str, ...], name: str) -> None:
    """Graphs have definitions of entities as well; the graph counts."""
    found = formats().recognise(zipped(*names))
    assert (found.format.name, found.ties) == (name, ())


def test_sureness_depends_on_the_folder() -> None:
    """A graph in its usual folder is certain; elsewhere it is likely."""
    assert sniff_mtgx(FileSample.of(zipped("Graphs/Graph1.graphml"))) == Confidence.CERTAIN
    assert sniff_mtgx(FileSample.of(zipped("x.graphml"))) == Confidence.LIKELY
    for sniff in (sniff_mtgx, sniff_mtgl, sniff_mtz):
        assert sniff(FileSample.of(b"Graphs/Graph1.graphml DataEntities/ Servers/")) is None


def test_the_dialect_is_known_by_its_namespace_and_not_by_a_value() -> None:
    """A graph that has Maltego's host as an entity is any GraphML."""
    dialect = b'<graphml xmlns:mtg="http://maltego.paterva.com/xml/mtgx">'
    assert sniff_maltego_graphml(FileSample.of(dialect)) == Confidence.CERTAIN
    assert (
        sniff_maltego_graphml(FileSample.of(b"<graphml><mtg:MaltegoEntity/>")) == Confidence.CERTAIN
    )
    value = b"<graphml><data>maltego.paterva.com MaltegoEntity</data></graphml>"
    assert sniff_maltego_graphml(FileSample.of(value)) is None


def test_a_configuration_is_refused_as_a_graph() -> None:
    """Its refusal names the command that reads it."""
    with pytest.raises(InvalidValue, match="clew maltego offer"):
        read_file(zipped("Servers/Local.tas"), catalogue(), run="", learnt=0)
