"""Discovery: seeds and lists of transforms in both forms."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.interop.maltego import discovery, discovery_json, discovery_xml
from clew.interop.maltego.discovery import (
    Application,
    Seed,
    Setting,
    TransformOffer,
    read_seed,
    read_transforms,
    write_seed,
    write_transforms,
)
from interop.maltego.spoken import legal, sample

word = legal.map(lambda text: f"w{text}w")
kinds = st.sampled_from(("string", "int", "boolean", "daterange"))
settings = st.builds(Setting, word, word, kinds, legal, st.booleans(), st.booleans())
offers = st.builds(
    TransformOffer, word, legal, legal, legal, word, st.lists(word, max_size=2).map(tuple),
    st.lists(settings, max_size=2).map(tuple), version=word, owner=legal, disclaimer=legal,
)  # fmt: skip
HELLO = TransformOffer(
    "vec.vector_hello", "Vector hello", "", "dev@example.org", "maltego.Domain",
    ("maltego.IPv4Address",),
    (Setting("global#vec.api_key", "API key", "string", "", True, False, True),), "v3",
    sets=("Vectors",), version="1.0.0",
)  # fmt: skip


def test_a_seed_in_xml_is_read() -> None:
    """Applications of a discovery message are told with their addresses."""
    assert read_seed(sample("tds-discovery/seed.xml")) == (
        Seed(
            (Application("Example transforms", "https://ts.example.org/runner",
                         registration_url="https://ts.example.org/register"),),
            (), "Example",
        ),
        [],
    )  # fmt: skip


def test_transforms_in_xml_are_read() -> None:
    """A transform of a list message has its input, outputs and settings."""
    got, problems = read_transforms(sample("tds-discovery/transforms.xml"))
    assert (got, problems) == (
        (
            TransformOffer(
                "acme.DomainToIP", "To IP [Acme]", "Resolves a domain", "dev@example.org",
                "maltego.Domain", ("maltego.IPv4Address",),
                (Setting("global#api_key", "API key"),), version="0.1", owner="Acme",
            ),
        ),
        [],
    )  # fmt: skip
    assert read_transforms(write_transforms(got, protocol="v2")) == (got, [])


def test_a_seed_in_json_is_read() -> None:
    """Applications of the vendor's server are told, and written as it does."""
    data = sample("v3/01-seed.response.json")
    got, problems = read_seed(data)
    url = "http://127.0.0.1:3000"
    assert got == Seed((Application("Vector Server", url, url, version="1.0.0"),))
    assert problems == []
    assert json.loads(write_seed(got, protocol="v3")) == json.loads(data)


def test_transforms_in_json_are_read() -> None:
    """Transforms of the vendor's server are told, and come back from what is written."""
    got, problems = read_transforms(sample("v3/04-transforms.response.json"))
    assert (got[0], len(got), problems) == (HELLO, 2, [])
    assert read_transforms(write_transforms(got, protocol="v3")) == (got, [])
    made = json.loads(write_transforms(got[1:], protocol="v3"))
    recorded = json.loads(sample("v3/04-transforms.response.json"))
    assert made["transforms"] == recorded["transforms"][1:]


@pytest.mark.parametrize("protocol", ["v2", "v3"])
@given(offers_made=st.lists(offers, max_size=3))
def test_transforms_come_back(protocol: str, offers_made: list[TransformOffer]) -> None:
    """What is read is what is offered, in both forms."""
    offered = tuple(replace(one, protocol=protocol) for one in offers_made)
    got, problems = read_transforms(write_transforms(offered, protocol=protocol))
    assert problems == []
    trimmed = [(one.name, one.input_type, one.output_types) for one in got]
    assert [(a, b.strip(), [c.strip() for c in d]) for a, b, d in trimmed] == [
        (one.name, one.input_type.strip(), [type_.strip() for type_ in one.output_types])
        for one in offered
    ]
    assert [(one.settings, one.description, one.owner, one.version) for one in got] == [
        (one.settings, one.description, one.owner, one.version) for one in offered
    ]


@given(st.lists(st.builds(Application, word, word, key_required=st.booleans(),
                          registration_url=legal), max_size=2),
       st.lists(word, max_size=2), legal)  # fmt: skip
def test_seeds_come_back(applications: list[Application], others: list[str], source: str) -> None:
    """What is read is what the seed names."""
    seed = Seed(tuple(applications), tuple(others), source)
    assert read_seed(write_seed(seed, protocol="v2")) == (seed, [])
    got, _ = read_seed(write_seed(seed, protocol="v3"))
    assert [(one.name, one.url, one.v3_url) for one in got.applications] == [
        (one.name, one.url, one.url) for one in applications
    ]


def test_what_has_no_name_or_address_is_told() -> None:
    """An application without an address, and a transform or setting without a name, is left out."""
    seed = Seed((Application("x", ""),))
    offered = [TransformOffer(""), TransformOffer("a", settings=(Setting(""),))]
    assert len(read_seed(write_seed(seed, protocol="v2"))[1]) == 1
    assert len(read_seed(write_seed(seed, protocol="v3"))[1]) == 1
    for protocol in ("v2", "v3"):
        got, problems = read_transforms(write_transforms(offered, protocol=protocol))
        assert ([one.name for one in got], len(problems)) == (["a"], 2)


def test_lists_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """More transforms or bytes than are read is told or refused."""
    for module, protocol in ((discovery_xml, "v2"), (discovery_json, "v3")):
        monkeypatch.setattr(module, "OFFERED_MAX", 1)
        data = write_transforms([TransformOffer("a"), TransformOffer("b")], protocol=protocol)
        got, problems = read_transforms(data)
        assert (len(got), len(problems)) == (1, 1)
    monkeypatch.setattr(discovery, "DISCOVERY_BYTES_MAX", 10)
    with pytest.raises(InvalidValue, match="bytes"):
        read_transforms(data)


@pytest.mark.parametrize("read", [read_seed, read_transforms])
@given(data=st.one_of(st.binary(), st.recursive(
    st.none() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(("transforms", "TransformApplications", "name", "URL", "input", "typeIds",
                         "transformSettings", "sets", "type")), inner, max_size=4),
).map(lambda data: json.dumps(data).encode())))  # fmt: skip
def test_hostile_documents_never_crash(read: Callable[[bytes], Any], data: bytes) -> None:
    """Whatever a server answers is read or refused."""
    try:
        read(data)
    except InvalidValue:
        return


def test_a_doctype_is_refused() -> None:
    """Entities that a document declares are not expanded."""
    data = b"<!DOCTYPE x [<!ENTITY e 'x'>]>" + write_seed(Seed(), protocol="v2").split(b"\n", 1)[1]
    with pytest.raises(InvalidValue, match="DOCTYPE"):
        read_seed(data)
