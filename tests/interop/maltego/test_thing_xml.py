"""Entities in messages, part by part."""

from __future__ import annotations

import pytest
from hypothesis import given

from clew.interop.maltego.message import (
    read_request,
    read_response,
    write_response,
)
from clew.interop.maltego.record import (
    EntityField,
    Thing,
    TransformResponse,
)
from interop.maltego.answers import answered
from interop.maltego.spoken import (
    hostile,
    sample,
)


def test_the_youngest_generation_is_the_type() -> None:
    """An entity with an old type and two generations is of the first that is named."""
    thing, problems = answered(sample("messages/two-generations-entity.xml").decode())
    assert (thing.type, thing.value, problems) == ("maltego.Website", "www.example.org", ())
    assert [one.name for one in thing.fields] == ["fqdn", "website.ssl-enabled", "ports"]


def test_a_recorded_entity_is_read_part_by_part() -> None:
    """Pseudo-fields, label, overlays and icon of maltego-trx go to their places."""
    first, second = read_response(sample("trx-remote/01-kitchensink.response.xml")).things
    text = 'quote " amp &amp; lt &lt; gt &gt; nl\nend é 中 😀'
    assert first == Thing(
        "maltego.IPv4Address", "192.0.2.10", 42,
        (EntityField("ipv4-address", "192.0.2.10", "IP Address", strict=True),
         EntityField("note.text",
                     text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"),
                     "A & B <c>"),
         EntityField("country", "DE", "Country"),
         EntityField("icon-url", "https://example.org/icon.png"),
         EntityField("overlay#SW#image", "country"), EntityField("overlay#NW#colour", "#45e06f")),
        (), (("HTML label", "bold & link"),),
        (EntityField("maltego.link.color", "#ff0000", "LinkColor"),
         EntityField("maltego.link.style", "1", "LinkStyle"),
         EntityField("maltego.link.thickness", "3", "Thickness"),
         EntityField("maltego.link.label", "resolves to", "Label"),
         EntityField("maltego.link.direction", "output-to-input", "link#maltego.link.direction"),
         EntityField("seen.first", "2024-01-02", "First seen")),
        4, "line1\nline2",
    )  # fmt: skip
    assert second.type == "maltego.Phrase"


@pytest.mark.parametrize(
    ("type_", "genealogy", "full"),
    [
        ("DNSName", '<Type Name="maltego.DNSName" OldName="DNSName"/>', "maltego.DNSName"),
        ("DNSName", '<Type Name="maltego.Website"/><Type Name="maltego.DNSName"/>',
         "maltego.Website"),
        ("IPAddress", "", "maltego.IPv4Address"),
        ("Domain", "", "maltego.Domain"),
        ("AffiliationTwitter", "", "maltego.affiliation.Twitter"),
        ("maltego.Domain", "", "maltego.Domain"),
        ("type", "", "type"),
    ],
)  # fmt: skip
def test_old_type_names_are_resolved(type_: str, genealogy: str, full: str) -> None:
    """The id is that of the genealogy, else what the old name stands for, else the name."""
    thing, _ = answered(f'<Entity Type="{type_}"><Genealogy>{genealogy}</Genealogy></Entity>')
    assert thing.type == full


def test_old_property_names_are_put_right() -> None:
    """A client that knows the old name only is understood."""
    got = read_request(sample("messages/old-names-request.xml"))
    assert [one.name for one in got.things[0].fields] == ["fqdn", "whois-info"]


@given(hostile)
def test_all_text_is_written(text: str) -> None:
    """What XML can't hold becomes a mark, and what was marked once stays."""
    thing = Thing("clew.x", text, fields=(EntityField(f"n{text}", text, text),), note=text)
    once = read_response(write_response(TransformResponse((thing,)))).things[0]
    assert len(once.value) == len(text)
    assert read_response(write_response(TransformResponse((once,)))).things[0] == once
