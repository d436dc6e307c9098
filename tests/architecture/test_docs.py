"""How the pages of the documentation begin, and that its pictures stay small."""

from __future__ import annotations

import re

import pytest

from architecture.source import ROOT

DOCS = ROOT / "docs"
OWN_FORM = ("decisions/", "examples/")
"""Decisions begin with the situation; reports are what Clew wrote."""
PICTURE_BYTES_MAX = 150_000
"""Largest picture of a page."""
PICTURES_MAX = 8
OPENING = re.compile(r"# [^\n]+\n+Th(?:is page|ese pages) \w+[^\n]*[.:]\n")
PAGES = sorted(
    name
    for path in DOCS.rglob("*.md")
    if not (name := path.relative_to(DOCS).as_posix()).startswith(OWN_FORM) and name != "index.md"
)


def opens_well(text: str) -> bool:
    """Whether a page has a title, then what it lets its reader do, on a line of its own."""
    return OPENING.match(text) is not None


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_with_what_it_lets_you_do(page: str) -> None:
    """A reader knows after the first line whether to go on."""
    assert opens_well((DOCS / page).read_text("utf-8"))


def test_an_opening_can_be_missed() -> None:
    """A page that begins with something else is found."""
    assert opens_well("# X\nThis page lets you do x.\nMore.\n")
    assert not opens_well("# X\n\nX is a thing.\n")
    assert not opens_well("This page lets you do x.\n")


def test_pictures_are_few_and_small() -> None:
    """A clone stays small; the whole tour is made for a release."""
    pictures = [one for one in (DOCS / "tour").iterdir() if one.suffix != ".md"]
    assert 0 < len(pictures) <= PICTURES_MAX
    assert max(one.stat().st_size for one in pictures) <= PICTURE_BYTES_MAX
