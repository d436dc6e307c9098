"""Configurations as declarations that nobody enabled."""

from __future__ import annotations

from clew.engine.maltego.declarations import Declarations, ProgramDeclaration, ServerDeclaration
from clew.engine.maltego.offers import offers_of
from clew.interop.maltego import configuration as mtz
from clew.interop.maltego.mtz import read_mtz
from clew.interop.maltego.offers import Setting, TransformOffer
from clew.transform.provider import Contact
from corpus.files import corpus


def test_offers_are_disabled_and_can_be_declared() -> None:
    """Programs, servers with what they have, and seeds come with free names and a class."""
    settings = (Setting("global#key", auth=True),)
    configuration = mtz.Configuration(
        local=(mtz.LocalProgram("a b", "A", command="python", parameters="x.py"),) * 2,
        servers=(
            mtz.TransformServer("Local", "http://localhost"),
            mtz.TransformServer("far", "https://example.org/run?x=y",
                        offered=(TransformOffer("acme.to", "To", settings=settings),)),
            mtz.TransformServer("plain", "http://example.org/"),
        ),
        seeds=("https://example.org/seed",),
    )  # fmt: skip
    offers = offers_of(configuration, Contact.TARGET)
    assert list(offers) == ["a-b", "a-b-2", "Local", "far", "plain", "seed"]
    declared = Declarations()
    for one, _ in offers.values():
        assert not one.enabled
        assert one.contact is Contact.TARGET
        if one.name != "plain":
            declared = declared.with_one(one)
    far = declared.named("far")
    assert isinstance(far, ServerDeclaration)
    assert (far.url, far.offers[0].secrets) == ("https://example.org/run", ("global#key",))
    assert "can't be declared" in offers["plain"][1]


def test_a_configuration_shows_its_command_lines() -> None:
    """What maltego-trx generates offers its transforms with command and parameters."""
    offers = offers_of(read_mtz(corpus("mtz/trx-local.mtz").read_bytes()), Contact.OWN_SERVER)
    local = [one for one, _ in offers.values() if isinstance(one, ProgramDeclaration)]
    assert local
    assert all(one.command and "local" in one.parameters for one in local)
