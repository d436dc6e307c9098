"""Declaring transforms and providers."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Annotated, Literal

import pytest

from clew.errors import InvalidValue, UnknownName
from clew.model.interval import Window
from clew.schema.types import DomainName, IPAddress
from clew.schema.value import Value
from clew.transform.contract import Api, Parameter, Transform, transform
from clew.transform.finding import Findings, LinkFinding
from clew.transform.provider import Provider
from clew.transform.registry import Registry, registry_of

EXAMPLE = Provider("example", "Example", "An imaginary provider.")


@transform(EXAMPLE, link="resolves-to")
async def name_to_addresses(
    name: DomainName,
    api: Api,
    *,
    window: Window | None = None,
    limit: Annotated[int, "Most rows"] = 10,
    scope: Literal["all", "new"] = "all",
    live: bool = False,
) -> Findings[IPAddress | DomainName]:
    """Addresses of a name.

    More text that the catalogue leaves out.
    """
    async for row in api.pages("dns", query=name):
        yield LinkFinding(IPAddress, row["address"])


def test_annotations_are_the_declaration() -> None:
    """Input, findings, title and parameters come from the signature."""
    assert isinstance(name_to_addresses, Transform)
    assert name_to_addresses.id == "example.name_to_addresses"
    assert name_to_addresses.title == "Addresses of a name"
    assert name_to_addresses.accepts == (DomainName,)
    assert name_to_addresses.finds == (DomainName, IPAddress)
    kinds = {parameter.name: parameter.kind for parameter in name_to_addresses.parameters}
    assert kinds == {"window": "window", "limit": "integer", "scope": "choice", "live": "boolean"}


def test_settings_are_checked() -> None:
    """Texts become what the parameter is; the rest is refused by name."""
    settings = name_to_addresses.settings({"window": "2013", "limit": "5", "live": "yes"})
    assert settings == {
        "window": Window.parse("2013"), "limit": 5, "scope": "all", "live": True,
    }  # fmt: skip
    for wrong in ({"limit": "many"}, {"scope": "old"}, {"windwo": "2013"}, {"live": "maybe"}):
        with pytest.raises(InvalidValue):
            name_to_addresses.settings(wrong)


def test_open_settings_are_texts_and_keys_among_them_are_known() -> None:
    """Beside its parameters such a transform takes any; what is named as keys are is one."""
    open_ = replace(
        name_to_addresses, open_settings=True,
        parameters=(Parameter("limit", "integer", 5, between=(1, 9)),
                    Parameter("pin", "text", None, secret=True)),
    )  # fmt: skip
    settings = open_.settings({"more": 7, "api-key": "k", "pin": "1"})
    assert settings == {"more": "7", "api-key": "k", "limit": 5, "pin": "1"}
    assert open_.secret_settings(settings) == {"api-key", "pin"}
    assert name_to_addresses.secret_settings({"api-key"}) == frozenset()
    for wrong in (0, 10):
        with pytest.raises(InvalidValue):
            open_.settings({"limit": wrong})


def test_a_registry_finds_what_is_in_no_list() -> None:
    """A transform that can be named only is found by its id."""

    def unlisted(id_: str) -> Transform | None:
        return name_to_addresses if id_ == "other.one" else None

    assert Registry(unlisted=unlisted).transform("other.one") is name_to_addresses
    with pytest.raises(UnknownName):
        Registry(unlisted=unlisted).transform("other.two")


def test_a_registry_knows_by_name_and_type() -> None:
    """Providers and transforms are found in modules, and by what they take."""
    found = registry_of([SimpleNamespace(a=EXAMPLE, b=name_to_addresses, c=1)])
    assert found.transform("example.name_to_addresses") is name_to_addresses
    assert found.fitting(DomainName) == (name_to_addresses,)
    assert found.fitting(IPAddress) == ()
    with pytest.raises(UnknownName, match="name_to_addresses"):
        found.transform("example.name_to_adresses")


def test_a_declaration_is_read_when_it_is_made() -> None:
    """Defaults, words of help, choices and a price quoter become the transform's own."""

    @transform(EXAMPLE, link="related-to", through_states={"sinkhole"}, expects=3)
    async def anything(
        value: Value,
        api: Api,
        *,
        share: float = 0.5,
        word: Annotated[str, "A word"] = "x",
        which: Literal["one", "two"] = "one",
        since: Window | None = None,
    ) -> Findings[DomainName]:
        """What a value leads to."""
        yield LinkFinding(DomainName, "a.example")

    @anything.quote
    async def price(value: Value, api: Api) -> None:
        """Nothing."""

    assert (anything.accepts, anything.finds) == ((), (DomainName,))
    assert (anything.through_states, anything.expects) == (frozenset({"sinkhole"}), 3)
    assert anything.quoter is price
    shown = {
        one.name: (one.kind, one.default, one.helps, one.choices) for one in anything.parameters
    }
    assert shown == {
        "share": ("number", 0.5, "", ()), "word": ("text", "x", "A word", ()),
        "which": ("choice", "one", "", ("one", "two")), "since": ("window", None, "", ()),
    }  # fmt: skip
    given = {"share": "0.25", "word": 7, "which": "two", "since": Window.parse("2013")}
    assert anything.settings(given) == {**given, "share": 0.25, "word": "7"}
    assert name_to_addresses.settings({"live": 1, "window": None}) == {
        "window": None, "limit": 10, "scope": "all", "live": True,
    }  # fmt: skip
