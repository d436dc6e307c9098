"""Labels of Maltego are HTML by whoever wrote the transform; here they are text."""

from __future__ import annotations

import re
from html import escape, unescape

LABEL_LENGTH_MAX = 1_000_000
"""Longest label that is read, in code points; what is over is left out."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})[^<>]*>|<!--|-->")
_HIDDEN = frozenset({"script", "style", "head", "template"})
_NAMES = """
address article blockquote dd div dl dt footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section
table td th tr ul
"""
_BLOCKS = frozenset(_NAMES.split())


def plain(html: str) -> str:
    """
    The text of a piece of HTML; scripts and styles are left out.

    Without tags, it is the text with its references resolved, white space kept.
    """
    html = strip_label_quotes(html[:LABEL_LENGTH_MAX])
    pieces: list[str] = []
    hidden, at, tags = "", 0, False
    for match in _TAG.finditer(html):
        if not hidden:
            pieces.append(html[at : match.start()])
        at = match.end()
        name = (match[2] or match[0]).lower()
        if hidden:
            if name == hidden and (match[1] or name == "-->"):
                hidden = ""
            continue
        if name in _HIDDEN and not match[1]:
            hidden = name
        elif name == "<!--":
            hidden = "-->"
        elif name == "br" or name in _BLOCKS:
            pieces.append("\n")
        tags = tags or name != "br"
    if not hidden:
        pieces.append(html[at:])
    text = unescape("".join(pieces))
    if not tags:
        return text
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def marked_up(text: str) -> str:
    """A text as HTML that shows it."""
    return escape(text).replace("\n", "<br>")


def strip_label_quotes(content: str) -> str:
    """A label without the quotes and blanks that maltego-trx before 1.5 put around it."""
    if len(content) >= 4 and content.startswith("' ") and content.endswith(" '"):
        return content[2:-2]
    return content
