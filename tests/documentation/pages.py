"""The built documentation as a reader's browser takes it: what it loads, where its links lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

SITE = Path(__file__).parents[2] / "build" / "site"
OUTSIDE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
CSS_LOAD = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""", re.IGNORECASE)
LOADING_LINKS = frozenset(
    {"stylesheet", "icon", "preload", "preconnect", "prefetch", "dns-prefetch", "manifest"}
)
FETCHED_BY_SCRIPT = frozenset({"mermaid", "md-source"})
"""Classes of parts for which the theme's script would ask another server."""


@dataclass
class Page(HTMLParser):
    """What one page of the site has."""

    loads: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self._style = tag == "style"
        self.anchors |= {found[name] for name in ("id", "name") if found.get(name)}
        self.classes |= set(found.get("class", "").split())
        self.loads += [found[name] for name in ("src", "data", "poster") if found.get(name)]
        self.loads += [one.split()[0] for one in found.get("srcset", "").split(",") if one.strip()]
        self.loads += CSS_LOAD.findall(found.get("style", ""))
        if tag == "link" and LOADING_LINKS & set(found.get("rel", "").lower().split()):
            self.loads.append(found.get("href", ""))
        elif tag == "a" and found.get("href"):
            self.links.append(found["href"])

    def handle_data(self, data: str) -> None:
        if self._style:
            self.loads += CSS_LOAD.findall(data)


def page_of(text: str) -> Page:
    """A page of HTML."""
    page = Page()
    page.feed(text)
    return page


def site_pages(site: Path = SITE) -> dict[Path, Page]:
    """Every page of the site but the one for addresses that lead nowhere."""
    paths = sorted(site.rglob("*.html"))
    return {one: page_of(one.read_text("utf-8")) for one in paths if one.name != "404.html"}


def outside_loads(page: Page) -> list[str]:
    """What a browser would fetch from elsewhere for a page."""
    asked = [f"class {one}" for one in sorted(FETCHED_BY_SCRIPT & page.classes)]
    return [one for one in page.loads if OUTSIDE.match(one)] + asked


def outside_styles(site: Path = SITE) -> Iterator[str]:
    """What the site's own style sheets would fetch from elsewhere."""
    for path in site.rglob("*.css"):
        for load in CSS_LOAD.findall(path.read_text("utf-8")):
            if OUTSIDE.match(load):
                yield f"{path.name}: {load}"


def broken_links(pages: dict[Path, Page]) -> list[str]:
    """Links of pages, and what they load, that are not in the site."""
    faults = []
    for path, page in pages.items():
        for link in {*page.links, *page.loads}:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if target.is_dir():
                target /= "index.html"
            other = pages.get(target)
            wanted = unquote(parts.fragment)
            if not target.is_file() or (other and wanted and wanted not in other.anchors):
                faults.append(f"{path.name}: {link}")
    return sorted(faults)
