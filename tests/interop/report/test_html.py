"""The report: self-contained, inert whatever the values are, cuts told."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from clew.interop.report.html import html
from interop.report.hostile import hostile_contents
from service.hostile import PAYLOADS

OURS = {
    "html", "head", "meta", "title", "style", "body", "p", "span", "h1", "h2", "div", "table",
    "tr", "th", "td", "thead", "tbody", "svg", "rect",
    "line", "path", "circle", "text", "g", "polygon", "tspan",
}  # fmt: skip
REACHING = {"src", "href", "action", "data", "srcdoc", "xlink:href"}


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def page(folder: Path) -> str:
    with hostile_contents(folder) as content:
        return html(content)


@pytest.mark.assurance("xss")
def test_no_value_becomes_markup(tmp_path: Path) -> None:
    """Of 150 payloads in every text, none makes an element or an attribute of its own."""
    seen = Seen()
    seen.feed(page(tmp_path))
    assert seen.tags <= OURS
    assert not {name for name in seen.attributes if name.startswith("on")}
    assert not seen.attributes & REACHING
    assert PAYLOADS[0] in seen.text


def test_the_page_says_what_it_is_of(tmp_path: Path) -> None:
    """Window, log position and every source are told."""
    seen = Seen()
    seen.feed(page(tmp_path))
    assert "2013-01-01" in seen.text
    assert "change 4 of the log" in seen.text
    assert "150 entities" in seen.text
