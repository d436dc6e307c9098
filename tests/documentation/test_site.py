"""The built documentation is whole, and asks nothing of another machine; ``./dev docs`` runs it."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from inspect import isclass, isfunction
from pathlib import Path

import pytest

from clew.commands.command import Command
from clew.questions.question import Question
from documentation.pages import (
    SITE,
    Page,
    broken_links,
    outside_loads,
    outside_styles,
    page_of,
    site_pages,
)

PACKAGES = ("clew.api", "clew.questions", "clew.commands", "clew.transform")
"""What others write against."""


@pytest.fixture(scope="module")
def pages() -> dict[Path, Page]:
    """The pages that ./dev docs has built."""
    assert SITE.is_dir(), "run these tests with ./dev docs"
    return site_pages()


def test_reading_asks_no_other_machine(pages: dict[Path, Page]) -> None:
    """No script, style, font or picture comes from elsewhere."""
    assert len(pages) > 30
    assert {path.name: found for path, one in pages.items() if (found := outside_loads(one))} == {}
    assert list(outside_styles()) == []


def test_no_link_is_broken(pages: dict[Path, Page]) -> None:
    """Each link leads to a page of the site, and to a place that is there."""
    assert broken_links(pages) == []


def test_every_public_name_has_its_place(pages: dict[Path, Page]) -> None:
    """Classes, functions, questions and commands of the packages that others write against."""
    anchors = {anchor for one in pages.values() for anchor in one.anchors}
    names = set(public_names())
    assert {"clew.api.case.Case", "clew.questions.why.why", "clew.transform.row.Row"} <= names
    assert names - anchors == set()


def public_names() -> Iterator[str]:
    """Public names with the modules that define them."""
    for package in PACKAGES:
        found = import_module(package)
        below = pkgutil.iter_modules(found.__path__)
        for module in (found, *(import_module(f"{package}.{one.name}") for one in below)):
            for name, value in vars(module).items():
                if name.startswith("_"):
                    continue
                if isinstance(value, Question | Command):
                    home = value.module
                elif isclass(value) or isfunction(value):
                    home = value.__module__
                else:
                    continue
                if home == module.__name__:
                    yield f"{home}.{name}"


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://cdn.example.org/x.js"></script>',
        '<link rel="stylesheet" href="//fonts.example.org/x.css">',
        '<img src="HTTP://example.org/x.png">',
        '<img srcset="x.png 1x, https://example.org/x.png 2x">',
        "<style>@import 'https://example.org/x.css'</style>",
        '<p style="background: url(https://example.org/x.png)">',
        '<pre class="mermaid">',
    ],
)
def test_a_load_from_elsewhere_is_found(html: str) -> None:
    """Each way in which a page can make a browser ask another machine."""
    assert outside_loads(page_of(html))


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    """A page that is not there, and a place that a page lacks; a mere address of others is fine."""
    text = '<a id="x" href="#x">1<a href="#y">2<a href="no.html">3<a href="https://example.org">4'
    (tmp_path / "a.html").write_text(text)
    assert broken_links(site_pages(tmp_path)) == ["a.html: #y", "a.html: no.html"]
