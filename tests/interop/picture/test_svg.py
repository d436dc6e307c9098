"""Pictures."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import graph_of, whole
from clew.graph.view import view_of
from clew.interop.picture.drawing import EntityGlyph, GraphDrawing, LinkLine, drawing_of, short
from clew.interop.picture.png import png
from clew.interop.picture.svg import svg
from clew.schema.registry import catalogue

LINES = (
    "a.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-02-01",
    "b.example -resolves-to-> 192.0.2.1",
    "192.0.2.1 is sinkhole @2014-01-01..open",
)


@given(st.text(), st.text())
def test_hostile_texts_are_inert(label: str, title: str) -> None:
    """Whatever a label holds, the picture is well-formed and holds only shapes and text."""
    marks = (
        EntityGlyph(0, 0, short(label), "name", True, 1),
        EntityGlyph(1, 1, "x", "web", False, 1),
    )
    root = ElementTree.fromstring(svg(GraphDrawing(marks, (LinkLine(0, 1),), title)))
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "title", "rect", "text", "line", "path", "circle"}
    for element in root.iter():
        assert not any(name.startswith("on") or "href" in name for name in element.attrib)


def test_values_are_defanged() -> None:
    """No live name stands in a picture."""
    text = svg(drawing_of(whole(view_of(graph_of(*LINES))), catalogue(), title="t"))
    assert "a[.]example" in text
    assert ">a.example<" not in text


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_png_is_a_picture(theme: str) -> None:
    """The picture is rendered in both themes."""
    drawing = drawing_of(whole(view_of(graph_of(*LINES))), catalogue(), title="t")
    assert png(drawing, theme=theme).startswith(b"\x89PNG\r\n")


def test_an_empty_graph_is_drawn() -> None:
    """Nothing is a picture too."""
    assert "0 entities, 0 links" in svg(GraphDrawing((), (), "empty"))
