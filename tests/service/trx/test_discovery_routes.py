"""Discovery: what a client that is given the seed finds, down to a run."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from clew.interop.maltego.discovery import read_seed, read_transforms
from clew.interop.maltego.message import read_response
from clew.interop.maltego.mtz import read_mtz
from service.trx.client import TOKEN, Client, request, served
from service.trx.vectors import REGISTRY


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with served(tmp_path_factory.mktemp("seed"), registry=REGISTRY) as found:
        yield found


def path_of(url: str) -> str:
    return urlsplit(url).path.removeprefix(f"/t/{TOKEN}")


def test_a_client_gets_from_the_seed_to_a_result(client: Client) -> None:
    """The seed names the application, its list the transform, and a run by command its result."""
    seed, problems = read_seed(client.ask("GET", "/seed").body)
    assert problems == []
    at = seed.applications[0].url
    assert at == f"http://127.0.0.1:{client.port}/t/{TOKEN}/runner"
    listed = client.ask("GET", f"{path_of(at)}?Command=_TRANSFORMS")
    offered, problems = read_transforms(listed.body)
    assert problems == []
    takes = {one.input_type: one.name for one in offered if one.name.startswith("vector.kitchen")}
    assert set(takes) == {"maltego.DNSName", "maltego.Domain"}
    for type_, name in takes.items():
        query = f"?Command=_RUN&TransformToRun={name}&Key=abc&OEM="
        body = request(type_, "a.example.org")
        told = read_response(client.ask("POST", path_of(at) + query, body).body)
        assert [one.value for one in told.things] == ["192.0.2.1", "192.0.2.2"]


def test_settings_have_forms(client: Client) -> None:
    """Parameters of a transform are settings with a type and a default, none of them required."""
    offered, _ = read_transforms(client.ask("GET", "/seed?Command=_TRANSFORMS").body)
    one = next(one for one in offered if one.name == "vector.kitchensink")
    assert [(it.name, it.type, it.default, it.optional) for it in one.settings] == [
        ("count", "int", "2", True), ("since", "string", "2013-05-20", True),
        ("clew.limit", "int", "", True),
    ]  # fmt: skip


def test_a_client_of_version_3_finds_it_too(client: Client) -> None:
    """Asked for JSON, the seed is the one of version 3, and its address answers."""
    seed, _ = read_seed(client.ask("GET", "/seed", accept="application/json").body)
    base = path_of(seed.applications[0].v3_url)
    offered, _ = read_transforms(client.ask("GET", f"{base}/transforms").body)
    assert {one.name for one in offered} == set(REGISTRY.transforms)


def test_the_configuration_brings_types_and_transforms(client: Client) -> None:
    """The configuration holds Clew's own types, and the transforms with where to ask them."""
    told = read_mtz(client.ask("GET", "/runner?Command=_CONFIG").body)
    assert told.problems == ()
    assert "clew.user-agent" in {one.id for one in told.entities}
    assert "vector.kitchensink" in {one.name for one in told.remote}
    assert told.local == ()
    assert TOKEN in told.servers[0].url


@pytest.mark.parametrize(
    ("method", "query", "status"),
    [
        ("POST", "?Command=_RUN&TransformToRun=none", 404), ("POST", "?Command=_RUN", 404),
        ("POST", "", 405), ("GET", "?Command=_OTHER", 400), ("PUT", "", 405),
        ("POST", "?Command=_RUN&TransformToRun=vector.kitchensink", 400),
    ],
)  # fmt: skip
def test_a_wrong_command_is_refused(client: Client, method: str, query: str, status: int) -> None:
    """What is no command, or names no transform, is refused."""
    assert client.ask(method, f"/runner{query}", b"x").status == status


def test_the_newer_protocols_head_answers_in_its_form(client: Client) -> None:
    """Below /api/v3 the seed is JSON, whatever the client says that it accepts."""
    assert client.ask("GET", "/api/v3/seed").text.startswith("{")
    assert client.ask("GET", "/seed").text.startswith("<?xml")
