"""The report: self-contained, inert whatever the values are, cuts told."""

from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

from clew.graph.view import view_of
from clew.interop.picture.drawing import drawing_of
from clew.interop.picture.svg import svg
from clew.interop.report import report
from clew.model.interval import Window
from clew.schema.registry import catalogue
from clew.store.investigation import Investigation
from service.hostile import PAYLOADS, write

OURS = {
    "html", "head", "meta", "title", "style", "body", "p", "span", "h1", "h2", "div", "table",
    "tr", "th", "td", "svg", "rect", "line", "path", "circle", "text", "g", "polygon", "tspan",
}  # fmt: skip
REACHING = {"src", "href", "action", "data", "srcdoc", "xlink:href"}


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.text += data


def page(folder: Path) -> str:
    write(folder / "hostile.clew")
    with Investigation.open(folder / "hostile.clew") as case:
        view = view_of(case.state, PAYLOADS[1])
        kinds = catalogue()
        return report(
            view, kinds, title=PAYLOADS[0], marking=PAYLOADS[2], window=Window.parse("2013"),
            picture=svg(drawing_of(view, kinds, title=PAYLOADS[0])), undated=PAYLOADS[3],
            at=datetime(2026, 1, 1, tzinfo=UTC), log_digest="0" * 64,
        )  # fmt: skip


def test_no_value_becomes_markup(tmp_path: Path):
    """Of 150 payloads in every text, none makes an element or an attribute of its own."""
    seen = Seen()
    seen.feed(page(tmp_path))
    assert seen.tags <= OURS
    assert not {name for name in seen.attributes if name.startswith("on")}
    assert not seen.attributes & REACHING
    assert PAYLOADS[0] in seen.text


def test_the_page_says_what_it_is_of(tmp_path: Path):
    """Window, log position and every source are told."""
    seen = Seen()
    seen.feed(page(tmp_path))
    assert "2013-01-01" in seen.text
    assert "change 3 of the log" in seen.text
    assert "150 entities" in seen.text
