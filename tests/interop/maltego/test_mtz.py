"""Maltego's configurations: what they offer is read as data, and what we write comes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.interop.maltego.configuration import LocalProgram, Machine, TransformServer, TransformSet
from clew.interop.maltego.definition import (
    NEVER,
    DefinedField,
    EntityDefinition,
    read_definition,
    write_definition,
)
from clew.interop.maltego.mtgx_write import definition_of
from clew.interop.maltego.mtz import read_mtz, write_mtz
from clew.interop.maltego.offers import Setting, TransformOffer
from corpus.files import corpus
from interop.maltego.clients import zipped
from shared import shared

plain = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=12)
names = plain.filter(bool)
fields = st.builds(
    DefinedField, names, st.sampled_from(("string", "int", "string[]")), names, plain, plain, plain,
    hidden=st.booleans(), readonly=st.booleans(), nullable=st.booleans(),
)  # fmt: skip
definitions = st.builds(
    EntityDefinition, names, names, names, names, plain, names,
    bases=st.lists(names, max_size=2).map(tuple), value=names, display_value=names, image=plain,
    fields=st.lists(fields, max_size=3, unique_by=lambda one: one.name).map(tuple),
    regex=names, regex_groups=st.lists(plain, max_size=2).map(tuple),
    order=st.sampled_from((1, 50, NEVER)), visible=st.booleans(),
)  # fmt: skip
SERVER = TransformServer(
    "Clew", "https://ts.example.org/run", "Here", transforms=("clew.names",),
    seeds=("https://ts.example.org/seed",),
    offered=(
        TransformOffer(
            "clew.names", "To names", "Names of an address", "Ada", "maltego.IPv4Address",
            ("maltego.DNSName",),
            (Setting("global#limit", "Limit", "int", "5", optional=True, popup=True),),
            sets=("Clew",), version="1", owner="Ada", disclaimer="Take care",
        ),
    ),
)  # fmt: skip


def test_types_are_read() -> None:
    """A configuration gives its types, with fields, bases, pattern and category."""
    configuration = read_mtz(corpus("mtz/entities.mtz").read_bytes())
    assert (configuration.categories, configuration.problems, len(configuration.rest)) == (
        ("Heron",),
        (),
        12,
    )
    nest, feather = configuration.entities
    assert [one.name for one in nest.fields] == ["PictureOf", "eggs", "height", "properties.nest"]
    assert (nest.value, nest.image, nest.order) == ("properties.nest", "PictureOf", 1000)
    assert nest.bases == ("maltego.Location",)
    assert nest.regex == r"\bNEST-[a-km-zA-HJ-NP-Z1-9]{8}\b"
    # A field that stands there twice counts as its last.
    assert [one.sample for one in feather.fields] == ["second"]


def test_types_of_a_published_file_are_read() -> None:
    """A file that the client wrote gives its types, with fields, bases, pattern and category."""
    configuration = read_mtz(shared("maltego/samples/mtz/graphsense-entities.mtz").read_bytes())
    assert (configuration.categories, configuration.problems, len(configuration.rest)) == (
        ("Cryptocurrency",),
        (),
        24,
    )
    assert {one.id.removeprefix("maltego."): len(one.fields) for one in configuration.entities} == {
        "ZECAddress": 3, "LTCAddress": 3, "BCHAddress": 3, "ETHAddress": 9
    }  # fmt: skip
    first, second = configuration.entities[:2]
    assert (first.value, first.image, first.order) == (
        "properties.cryptocurrencyaddress", "OwnerTypeIcon", 1000,
    )  # fmt: skip
    assert first.bases == ("maltego.CryptocurrencyAddress",)
    assert first.regex == r"\b[tz][13][a-km-zA-HJ-NP-Z1-9]{33}\b"
    assert second.fields[0].sample == "Ler4HNAEfwYhBmGXcFP2Po1NpRUEiK8km2"


def test_local_transforms_are_offers() -> None:
    """A generated file gives its commands as texts, with server and sets."""
    configuration = read_mtz(corpus("mtz/trx-local.mtz").read_bytes())
    assert (configuration.problems, configuration.rest, configuration.remote) == ((), (), ())
    assert [one.name for one in configuration.local] == [
        "dnstoip", "greetperson", "overlayexample", "vectorkitchensink"
    ]  # fmt: skip
    assert configuration.local[0] == LocalProgram(
        "dnstoip", "DNS to IP", "Receive DNS name from the Client, and resolve to IP address.",
        "Ada Example <ada@example.org>", "python3", "project.py local dnstoip", "/opt/heron",
        debug=True, input_type="maltego.DNSName",
    )  # fmt: skip
    (server,) = configuration.servers
    assert (server.name, server.protocol, len(server.transforms)) == ("Local", "0.0", 4)
    assert configuration.sets == (TransformSet("Vectors", "vector set", ("vectorkitchensink",)),)


def test_cut_files_are_refused() -> None:
    """A file that ends early says that it can't be read, wherever it ends."""
    data = corpus("mtz/entities.mtz").read_bytes()
    for part in range(50):
        with pytest.raises(InvalidValue):
            read_mtz(data[: len(data) * part // 50])


@given(st.lists(definitions, max_size=3))
def test_definitions_come_back(sent: list[EntityDefinition]) -> None:
    """Types that are written are read as they were, however odd their names."""
    back = read_mtz(write_mtz(sent, server=SERVER))
    assert back.entities == tuple(sent)
    assert set(back.categories) == {one.category for one in sent} - {""}
    assert back.problems == ()


def test_a_server_comes_back() -> None:
    """A server is read with its seed and what it offers, and no key of anyone is in it."""
    back = read_mtz(write_mtz([definition_of("mutex")], server=SERVER))
    assert (back.servers, back.seeds, back.remote) == ((SERVER,), SERVER.seeds, SERVER.offered)
    assert back.entities[0].value == "properties.mutex"
    secret = Setting("key", auth=True, default="hidden")
    data = write_mtz(
        [], server=TransformServer("x", "", offered=(TransformOffer("a", settings=(secret,)),))
    )
    assert read_mtz(data).remote[0].settings == (Setting("key", "key", auth=True),)


def test_a_local_server_is_not_written() -> None:
    """Nothing that would run on the reader's own machine is written."""
    data = write_mtz([definition_of("mutex")], server=TransformServer("Local", "http://localhost"))
    assert read_mtz(data).servers == ()


def test_machines_are_texts() -> None:
    """A machine is its script, with what the file says of it."""
    configuration = read_mtz(
        zipped(
            {"Machines/a_B.machine": 'machine("a.B") {}', "Machines/a_B.properties": "enabled=true"}
        )
    )
    assert configuration.machines == (Machine("a_B", 'machine("a.B") {}', enabled=True),)
    assert configuration.rest == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Entities/a.entity", "<MaltegoEntity/>"), ("Entities/a.entity", "<x"),
        ("EntityCategories/a.category", "<EntityCategory/>"), ("Servers/a.tas", "<x name='a'/>"),
        ("TransformSets/a.set", "<!DOCTYPE a><TransformSet name='a'/>"),
        ("TransformRepositories/Local/a.transform", "<MaltegoTransform name='a'/>"),
        ("Seeds/a.seed", ""),
    ],
)  # fmt: skip
def test_bad_members_are_told(name: str, text: str) -> None:
    """A member that does not hold is a problem with its name, and the others are read."""
    good = write_definition(definition_of("mutex"))
    configuration = read_mtz(zipped({name: text, "Entities/good.entity": good}))
    assert [one.where for one in configuration.problems] == [name]
    assert [one.id for one in configuration.entities] == ["clew.mutex"]


@pytest.mark.parametrize("data", [b"", b"x", zipped({"a": b""})])
def test_what_is_no_configuration_is_refused(data: bytes) -> None:
    """An empty file, no archive, or an archive of other things is InvalidValue."""
    with pytest.raises(InvalidValue):
        read_mtz(data)


def test_a_field_is_defined_once() -> None:
    """Of two fields with one name the last counts, as real files have such."""
    text = (
        b"<MaltegoEntity id='a' conversionOrder='99999999999'><Properties><Fields>"
        b"<Field name='x' type='int'/><Field name='x' type='string'/><Field/></Fields>"
        b"</Properties></MaltegoEntity>"
    )
    definition = read_definition(text)
    assert ([(one.name, one.type) for one in definition.fields], definition.order) == (
        [("x", "string")],
        NEVER,
    )
