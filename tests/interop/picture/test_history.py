"""Links over time as a picture."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from builders import graph_of
from clew.graph.view import view_of
from clew.interop.picture.history import history_svg
from clew.model.interval import Window

WHEN = st.sampled_from(
    ("", " @2013-01-01..2013-02-01", " @2012..open", " @?..2014-01-01", " @2013-05-05..?")
)


@given(st.lists(WHEN, min_size=1, max_size=6), st.sampled_from((None, Window.parse("2013"))))
def test_any_dates_make_a_picture(times: list[str], window: Window | None) -> None:
    """It is XML, says how many have no date, and shows the window as a band where there is one."""
    lines = [f"h{n}.example -resolves-to-> 192.0.2.1{when}" for n, when in enumerate(times)]
    text = history_svg(view_of(graph_of(*lines), "main"), window)
    root = etree.fromstring(text.encode())
    undated = times.count("")
    if undated == len(times):
        assert "Nothing here has a date" in text
    else:
        assert f"without a date: {undated}" in text
        bands = [one for one in root.iter() if one.get("opacity") == "0.16"]
        assert len(bands) == (window is not None)
