"""The page that a person reads who was not let in."""

from __future__ import annotations

import pytest

from clew.service.refusal_page import is_navigation, refusal_page

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("method", "accept", "asked"),
    [
        ("GET", BROWSER, True),
        ("HEAD", "Text/HTML", True),
        ("POST", BROWSER, False),
        ("GET", "*/*", False),
        ("GET", "application/json", False),
    ],
)
def test_a_navigation_asks_for_a_page(method: str, accept: str, asked: bool) -> None:
    """Only what fetches HTML is a person's browser."""
    assert is_navigation(method, {"accept": accept}) is asked
    assert not is_navigation(method, {})


def test_what_is_said_is_text() -> None:
    """Nothing that is said can become markup, and nothing is said where nothing helps."""
    page = refusal_page("<b>No</b>", "a & b").decode()
    assert "&lt;b&gt;No&lt;/b&gt;" in page
    assert "<p>a &amp; b</p>" in page
    assert "<p></p>" not in refusal_page("No", "").decode()
