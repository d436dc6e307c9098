"""The Defender TI replica speaks as Microsoft documents it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import aiohttp

from clew.replicas.defender_ti import BASE_PATH, CREDENTIALS, PAGE_ROWS, TOKEN
from clew.replicas.scenario import Attribute, load_scenario
from clew.replicas.server import ReplicaServer, serve_replicas

NAME = "firehappy.dyn3.example"


async def rows_of(origin: str, host: str, part: str) -> list[dict[str, Any]]:
    """The rows of a list that belongs to a host."""
    async with (
        aiohttp.ClientSession(headers={"Authorization": f"Bearer {TOKEN}"}) as session,
        session.get(f"{origin}{BASE_PATH}/hosts/{host}/{part}") as reply,
    ):
        found: list[dict[str, Any]] = (await reply.json())["value"]
        return found


def test_the_parent_host_is_what_was_asked_in_both_directions() -> None:
    """What is found is the artifact, with its kind, also in reverse passive DNS."""
    scenario = load_scenario("tendrit")
    one = next(row for row in scenario.resolutions if row.type == "A")
    asked = {"passiveDns": one.name, "passiveDnsReverse": one.value}
    kinds = {"passiveDns": "ipAddress", "passiveDnsReverse": "hostname"}
    with serve_replicas(scenario, only=("defender-ti",)) as server:
        for part, host in asked.items():
            rows = asyncio.run(rows_of(server.origins["defender-ti"], host, part))
            assert {row["parentHost"]["id"] for row in rows} == {host}
            (other,) = set(asked.values()) - {host}
            found = {row["artifact"]["id"]: row["artifact"]["@odata.type"] for row in rows}
            assert found[other] == f"#microsoft.graph.security.{kinds[part]}"


async def told(
    server: ReplicaServer, path: str, *, token: str = TOKEN, form: dict[str, str] | None = None
) -> tuple[int, Any]:
    """Status and body of one request."""
    origin = server.origins["defender-ti"]
    headers = {"Authorization": f"Bearer {token}"}
    method = "GET" if form is None else "POST"
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.request(method, f"{origin}{path}", data=form) as reply,
    ):
        return reply.status, await reply.json()


def attribute(kind: str, value: str, detail: str) -> Attribute:
    return Attribute(
        host=NAME, kind=kind, value=value, first_seen="2013-01-01", last_seen="", detail=detail
    )


def test_keys_are_traded_for_the_token_that_lists_need() -> None:
    """Wrong client credentials give no token, and without one nothing is told."""
    form = {"grant_type": "client_credentials", **CREDENTIALS}
    path = f"/{CREDENTIALS['tenant']}/oauth2/v2.0/token"
    with serve_replicas(load_scenario("tendrit"), only=("defender-ti",)) as server:
        status, body = asyncio.run(told(server, path, token="", form=form))
        assert (status, body["access_token"]) == (200, TOKEN)
        wrong = {**form, "client_secret": "no"}
        assert asyncio.run(told(server, path, token="", form=wrong))[0] == 401
        assert asyncio.run(told(server, f"{BASE_PATH}/hosts/a.example", token="no"))[0] == 401


def test_a_host_has_details_lists_and_a_record() -> None:
    """An address, a name, its attributes and its registration each have their shape."""
    scenario = replace(
        load_scenario("tendrit"),
        attributes=(
            attribute("pair", "other.example", "cause=redirect"),
            attribute("tracker", "UA-1", "type=GoogleAnalyticsID"),
            attribute("component", "nginx", "category=Server|version=1.2"),
        ),
    )

    def ask(path: str) -> tuple[int, Any]:
        return asyncio.run(told(server, f"{BASE_PATH}/hosts/{path}"))

    with serve_replicas(scenario, only=("defender-ti",)) as server:
        assert ask("192.0.2.10")[1]["autonomousSystem"]["number"] == "64496"
        assert ask(NAME)[1]["@odata.type"].endswith(".hostname")
        (pair,) = ask(f"{NAME}/childHostPairs")[1]["value"]
        assert (pair["childHost"]["id"], pair["linkKind"]) == ("other.example", "redirect")
        (tracker,) = ask(f"{NAME}/trackers")[1]["value"]
        assert (tracker["kind"], tracker["value"]) == ("GoogleAnalyticsID", "UA-1")
        (part,) = ask(f"{NAME}/components")[1]["value"]
        assert (part["name"], part["version"], part["category"]) == ("nginx", "1.2", "Server")
        assert ask(f"{NAME}/reputation")[1]["classification"] == "unknown"
        record = ask("seasidegames.example/whois")[1]
        assert record["registrant"]["email"] == "privacy@protect.example"
        for path, status in (
            ("nobody.example", 404), ("nobody.example/whois", 404), (f"{NAME}/nothing", 400),
            ("nobody.example/passiveDns", 404),
        ):  # fmt: skip
            assert ask(path)[0] == status, path


def test_a_long_list_comes_in_pages() -> None:
    """Each page but the last names the next, by what it leaves out."""
    scenario = load_scenario("tendrit")
    row = next(one for one in scenario.resolutions if one.name == NAME)
    many = tuple(replace(row, value=f"203.0.113.{n}") for n in range(PAGE_ROWS + 1))
    with serve_replicas(replace(scenario, resolutions=many), only=("defender-ti",)) as server:
        path = f"{BASE_PATH}/hosts/{NAME}/passiveDns"
        first = asyncio.run(told(server, path))[1]
        following = first["@odata.nextLink"].removeprefix(server.origins["defender-ti"])
        last = asyncio.run(told(server, following))[1]
    assert [len(one["value"]) for one in (first, last)] == [PAGE_ROWS, 1]
    assert "@odata.nextLink" not in last
