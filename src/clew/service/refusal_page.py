"""A small page that says why the gate let a person's browser not in, and what helps."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

HTML = "text/html; charset=utf-8"
_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>Clew</title>
<style>
:root {{ color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }}
body {{ max-width: 34rem; margin: 18vh auto; padding: 0 1.5rem }}
h1 {{ font-size: 1.4rem; line-height: 1.3 }}
</style>
<main>
<h1>{what}</h1>
{helps}<p>Where the workbench is open in this browser already, <a href="/">go on there</a>.</p>
</main>
</html>
"""


def is_navigation(method: str, headers: Mapping[str, str]) -> bool:
    """
    Whether a person's browser asks for a page, and no script for data.

    Args:
        method: The method of the request.
        headers: Its headers, names in lower case.
    """
    return method in ("GET", "HEAD") and "text/html" in headers.get("accept", "").lower()


def refusal_page(what: str, helps: str) -> bytes:
    """The page, with no script and nothing of the request in it."""
    helping = f"<p>{escape(helps)}</p>\n" if helps else ""
    return _PAGE.format(what=escape(what), helps=helping).encode()
