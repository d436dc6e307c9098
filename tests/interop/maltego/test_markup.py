"""Labels in HTML as text."""

from __future__ import annotations

import pytest

from interop.maltego.answers import answered


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>bold</b> &amp; <a href='https://example.org/'>link</a>", "bold & link"),
        ("' <i>x</i> '", "x"),
        ("a<script>alert('<b>')</script>b", "ab"),
        ("<ul><li>one</li><li>two</li></ul>", "one\ntwo"),
        ("a<br/>b", "a\nb"),
        ("1 < 2 > 0", "1 < 2 > 0"),
        ("a<!-- <b> -->c", "ac"),
        ("a<script>never closed", "a"),
    ],
)
def test_labels_become_text(html: str, text: str) -> None:
    """Markup is taken off, scripts with what is in them."""
    from html import escape

    label = f'<Label Name="L" Type="text/html">{escape(html)}</Label>'
    thing, _ = answered(
        f'<Entity Type="a.b"><DisplayInformation>{label}</DisplayInformation></Entity>'
    )
    assert thing.labels == (("L", text),)
