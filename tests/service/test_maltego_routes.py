"""Maltego transforms over the wire: offered, taken, enabled, planned, run, stopped and undone."""

from __future__ import annotations

import asyncio
import json
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest

from clew.interop.maltego.configuration import TransformServer
from clew.interop.maltego.mtz_write import write_mtz
from clew.interop.maltego.offers import Setting, TransformOffer
from engine.maltego.loopback import Answers, Heard, Loopback, answer, listening
from service.page import Page, served

LOCAL, OWN, THIRD = 0, 1, 2
GREEN, RED = 2, 5
SECRET = "made-up-secret-7"
ANSWER = """<MaltegoMessage><MaltegoTransformResponseMessage><Entities>
<Entity Type="maltego.IPv4Address"><Value>192.0.2.7</Value></Entity>
<Entity Type="maltego.IPv4Address"><Value>192.0.2.8</Value></Entity></Entities>
<UIMessages><UIMessage MessageType="PartialError">2 of 5 were told</UIMessage></UIMessages>
</MaltegoTransformResponseMessage></MaltegoMessage>"""
PROGRAM = f"""
import sys, pathlib, time
pathlib.Path(sys.argv[1]).write_text(sys.argv[-2])
time.sleep(float(sys.argv[2]))
print({ANSWER!r})
"""
SETTINGS = (
    Setting("depth", "How deep", "int", "2", optional=True, popup=True),
    Setting("zone", "Zone", "string", popup=True),
    Setting("global#api.key", "Key", "string", SECRET, optional=True, auth=True),
)


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    environment = {"CLEW_HOME": str(tmp_path / "home"), "CLEW_KEYRING": "no"}
    with served(tmp_path / "a.clew", environment) as found:
        found.post("/text", graph="main", text="a.example.org\nb.example.org\n192.0.2.1")
        yield found


def program(folder: Path, wait_s: float = 0.0) -> tuple[str, str]:
    """A transform's command and parameters; it tells what it was asked about in ``ran``."""
    file = folder / "hosts.py"
    file.write_text(PROGRAM)
    return sys.executable, f"{file} {folder / 'ran'} {wait_s}"


def configuration(folder: Path, url: str = "https://example.org/run", wait_s: float = 0.0) -> bytes:
    """A configuration with a local transform of that folder, and a server."""
    command, parameters = program(folder, wait_s)
    offered = TransformOffer(
        "acme.to", "To addresses", input_type="maltego.Domain", settings=SETTINGS
    )
    server = TransformServer("far", url, transforms=("acme.to",), offered=(offered,))
    buffer = BytesIO(write_mtz((), server=server))
    with zipfile.ZipFile(buffer, "a") as archive:
        base = "TransformRepositories/Local/hosts.transform"
        archive.writestr(
            base,
            '<MaltegoTransform name="hosts" displayName="Hosts of a name"><TransformAdapter>'
            "com.paterva.maltego.transform.protocol.v2api.LocalTransformAdapterV2"
            '</TransformAdapter><InputConstraints><Entity type="maltego.Domain"/>'
            "</InputConstraints></MaltegoTransform>",
        )
        archive.writestr(
            f"{base}settings",
            '<TransformSettings enabled="true"><Properties>'
            f'<Property name="transform.local.command">{command}</Property>'
            f'<Property name="transform.local.parameters">{parameters}</Property>'
            "</Properties></TransformSettings>",
        )
    return buffer.getvalue()


def sent(page: Page, data: bytes, name: str = "team.mtz") -> str:
    """The token of a configuration that was dropped."""
    kind = {"Content-Type": "application/octet-stream"}
    status, _, body = page.raw("POST", f"/api/import/preview?name={name}", data, **kind)
    told = msgspec.json.decode(body)
    assert (status, told["format"], told["counts"]["entities"]) == (200, "mtz", 0)
    return str(told["token"])


def declared(page: Page, name: str) -> Any:
    return next(one for one in page.get("/maltego")["declared"] if one["name"] == name)


def enabled(page: Page, name: str, contact: int = LOCAL, tlp: int = GREEN) -> None:
    shown = declared(page, name)["shown"]
    page.post("/maltego/enable", name=name, shown=shown, agreed=True, contact=contact, tlp=tlp)


def ready(page: Page, folder: Path, wait_s: float = 0.0) -> None:
    """The local transform is taken and enabled."""
    token = sent(page, configuration(folder, wait_s=wait_s))
    page.post("/maltego/take", token=token, names=["hosts"], contact=LOCAL, tlp=GREEN)
    enabled(page, "hosts")


def about(page: Page, target: str = "hosts", **more: Any) -> dict[str, Any]:
    return {"graph": "main", "target": target, "entities": page.ids("main"), **more}


@contextmanager
def loopback(answers: Answers) -> Iterator[Loopback]:
    """A server in a thread of its own, since the client has loops of its own."""
    ready, end = threading.Event(), threading.Event()
    made: list[Loopback] = []

    async def serve() -> None:
        async with listening(answers) as server:
            made.append(server)
            ready.set()
            await asyncio.to_thread(end.wait)

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield made[0]
    finally:
        end.set()
        thread.join(10)


def test_a_configuration_is_offered_and_taken_disabled(page: Page, tmp_path: Path) -> None:
    """Its command lines are told whole; nothing is declared by looking, and taking enables none."""
    assert page.get("/maltego")["declared"] == []
    token = sent(page, configuration(tmp_path))
    told = page.post("/maltego/offer", token=token)
    offers = {one["name"]: one for one in told["offers"]}
    assert told["file"] == "team.mtz"
    assert offers["hosts"]["asks"] == " ".join(program(tmp_path))
    assert offers["far"]["asks"] == "https://example.org/run"
    assert page.get("/maltego")["declared"] == []
    page.post("/maltego/take", token=token, names=["hosts", "far"], contact=THIRD, tlp=RED)
    both = page.get("/maltego")["declared"]
    assert [(one["name"], one["enabled"], one["contact"], one["ceiling"]) for one in both] == [
        ("hosts", False, THIRD, "TLP:RED"), ("far", False, THIRD, "TLP:RED"),
    ]  # fmt: skip
    again = page.post("/maltego/offer", token=token)
    assert all(one["taken"] for one in again["offers"])
    refused = page.tried("/maltego/take", token=token, names=["far"], contact=1, tlp=1)
    assert refused[0] == 422
    assert page.tried("/maltego/run", **about(page))[0] == 403
    assert not (tmp_path / "ran").exists()


def test_a_password_in_an_address_is_not_told(page: Page, tmp_path: Path) -> None:
    """An address with a password can't be declared, and is shown without it."""
    data = configuration(tmp_path, f"https://me:{SECRET}@example.org/run")
    token = sent(page, data)
    told = page.post("/maltego/offer", token=token)
    (far,) = (one for one in told["offers"] if one["name"] == "far")
    assert (far["usable"], far["asks"]) == (False, "https://…@example.org/run")
    refused = page.tried("/maltego/take", token=token, names=["far"], contact=1, tlp=1)
    assert refused[0] == 422
    assert SECRET not in json.dumps([told, refused])


def test_enabling_needs_what_was_shown_and_a_word(page: Page, tmp_path: Path) -> None:
    """Without consent, or of a command that has changed since, nothing is enabled."""
    token = sent(page, configuration(tmp_path))
    page.post("/maltego/take", token=token, names=["hosts"], contact=LOCAL, tlp=GREEN)
    shown = declared(page, "hosts")["shown"]
    body = {"name": "hosts", "shown": shown, "agreed": True, "contact": LOCAL, "tlp": GREEN}
    assert page.tried("/maltego/enable", **{**body, "agreed": False})[0] == 422
    assert page.tried("/maltego/enable", **{**body, "shown": "0" * 32})[0] == 422
    page.post("/maltego/remove", name="hosts")
    other = tmp_path / "other"
    other.mkdir()
    page.post(
        "/maltego/take", token=sent(page, configuration(other)), names=["hosts"], contact=LOCAL,
        tlp=GREEN,
    )  # fmt: skip
    status, told = page.tried("/maltego/enable", **body)
    assert (status, "not what was shown" in told["what"]) == (422, True)
    enabled(page, "hosts", THIRD, RED)
    now = declared(page, "hosts")
    assert (now["enabled"], now["contact"], now["ceiling"]) == (True, THIRD, "TLP:RED")
    page.post("/maltego/disable", name="hosts")
    assert not declared(page, "hosts")["enabled"]


def test_a_local_transform_is_planned_run_and_undone(page: Page, tmp_path: Path) -> None:
    """The plan tells what leaves; the run is one action with its messages, and one undo ends it."""
    ready(page, tmp_path)
    fits = page.post("/maltego/fitting", graph="main", entities=page.ids("main"))
    assert [(one["target"], one["fits"]) for one in fits["transforms"]] == [("hosts", 2)]
    plan = page.post("/maltego/plan", **about(page))
    assert {one["value"] for one in plan["asks"]} == {"a.example[.]org", "b.example[.]org"}
    assert [one["value"] for one in plan["held"]] == ["192.0.2[.]1"]
    assert "takes maltego.Domain only" in plan["held"][0]["reason"]
    assert (plan["calls"], plan["enabled"], plan["to"]) == (0, True, " ".join(program(tmp_path)))
    assert not (tmp_path / "ran").exists()
    before = page.ids("main")
    id_ = page.post("/maltego/run", **about(page))["label"]
    (run,) = page.finished()
    assert (run["id"], run["maltego"], run["running"]) == (id_, "hosts", False)
    assert (run["done"], run["failed"], run["left"], run["total"]) == (2, 0, 0, 2)
    assert any("2 of 5" in one for one in run["cuts"])
    assert any("PartialError: 2 of 5 were told" in one for one in run["problems"])
    assert (tmp_path / "ran").read_text() in ("a.example.org", "b.example.org")
    found = page.get(f"/runs/{id_}/found")
    assert set(found) == set(page.ids("main")) - set(before)
    assert len(found) == 2
    assert set(page.get(f"/runs/{id_}/inputs")) == set(page.ids("main", "domain-name"))
    page.post("/undo")
    assert page.ids("main") == before


def test_a_run_is_stopped_and_gone_on_with(page: Page, tmp_path: Path) -> None:
    """Stopping ends the program; what was not asked is left, and asked when it goes on."""
    ready(page, tmp_path, wait_s=60)
    id_ = page.post("/maltego/run", **about(page))["label"]
    until = time.monotonic() + 20
    while not (tmp_path / "ran").exists():
        assert time.monotonic() < until
        time.sleep(0.02)
    assert page.get("/runs")[0]["running"]
    assert page.post(f"/runs/{id_}/stop")["label"] == "stopped"
    (run,) = page.finished()
    assert (run["done"], run["left"]) == (0, 2)
    assert page.post(f"/runs/{id_}/stop")["label"] == ""
    (tmp_path / "hosts.py").write_text(PROGRAM.replace("time.sleep", "float"))
    page.post(f"/runs/{id_}/resume")
    (run,) = page.finished()
    assert (run["id"], run["done"], run["left"]) == (id_, 2, 0)


def test_what_is_marked_or_too_far_is_held_back(page: Page, tmp_path: Path) -> None:
    """A marking above the ceiling and a class above the limit keep entities here."""
    token = sent(page, configuration(tmp_path))
    page.post("/maltego/take", token=token, names=["hosts"], contact=THIRD, tlp=GREEN)
    page.post("/mark", tlp=RED, entities=page.ids("main")[:1])
    plan = page.post("/maltego/plan", **about(page))
    assert (plan["enabled"], len(plan["asks"])) == (False, 1)
    enabled(page, "hosts", contact=4)
    plan = page.post("/maltego/plan", **about(page))
    assert (plan["asks"], plan["contact"], plan["contact_limit"]) == ([], 4, 2)
    assert page.tried("/maltego/run", **about(page))[0] == 422


def test_a_server_s_form_comes_along_and_keys_do_not(page: Page, tmp_path: Path) -> None:
    """Types, defaults and what is asked are kept; the default of a key is nowhere."""
    data = configuration(tmp_path)
    token = sent(page, data)
    page.post("/maltego/take", token=token, names=["far"], contact=THIRD, tlp=GREEN)
    told = declared(page, "far")
    (transform,) = told["transforms"]
    form = {one["name"]: one for one in transform["settings"]}
    assert list(form) == ["zone", "depth", "global#api.key"]
    assert form["depth"] == {
        "name": "depth", "label": "How deep", "kind": "int", "default": "2", "required": False,
        "asked": True, "secret": False,
    }  # fmt: skip
    assert (form["zone"]["required"], form["global#api.key"]["secret"]) == (True, True)
    enabled(page, "far", THIRD)
    given = {"zone": "x", "global#api.key": SECRET}
    plan = page.post("/maltego/plan", **about(page, "far/acme.to", settings=given))
    assert plan["leaves"].endswith("to https://example.org/run")
    status, told = page.tried("/maltego/run", **about(page, "far/acme.to"))
    assert (status, "zone" in told["what"]) == (422, True)
    kept = b"".join(one.read_bytes() for one in (tmp_path / "home").glob("*.json"))
    assert SECRET.encode() not in kept
    assert SECRET not in json.dumps([plan, page.get("/maltego")])
    page.post("/maltego/remove", name="far")
    assert b"zone" not in (tmp_path / "home" / "maltego-forms.json").read_bytes()


def test_a_server_is_discovered_and_asked(page: Page, tmp_path: Path) -> None:
    """A list gives forms; a run sends settings, keeps keys out of all, and is taken up."""
    listed = """<MaltegoMessage><MaltegoTransformListMessage><Transforms>
    <Transform TransformName="to.hosts" UIDisplayName="To hosts"><UIInputRequirements>
    <Input Name="since" Type="date" Display="Since" DefaultValue="2013-01-01" Optional="true"
    Popup="true"/><Input Name="token" Type="string" Optional="true"/></UIInputRequirements>
    <InputEntity>maltego.Domain</InputEntity></Transform></Transforms>
    </MaltegoTransformListMessage></MaltegoMessage>"""

    def answers(heard: Heard) -> bytes:
        return answer(listed if "_TRANSFORMS" in heard.path else ANSWER)

    with loopback(answers) as server:
        token = sent(page, configuration(tmp_path, f"{server.url}/tds"))
        page.post("/maltego/take", token=token, names=["far"], contact=OWN, tlp=GREEN)
        assert page.tried("/maltego/discover", name="far")[0] == 403
        assert server.heard == []
        enabled(page, "far", OWN)
        assert page.post("/maltego/discover", name="far")["known"] == 1
        (transform,) = declared(page, "far")["transforms"]
        assert [one["kind"] for one in transform["settings"]] == ["date", "string"]
        assert transform["settings"][0]["default"] == "2013-01-01"
        given = {"since": "2013-05-01", "token": SECRET}
        page.post("/maltego/run", **about(page, "far/to.hosts", settings=given, limit=12))
        (run,) = page.finished()
        assert (run["done"], run["calls"], run["provider"]) == (2, 2, "maltego-far")
        body = server.heard[-1].body.decode()
        assert SECRET in body
        assert "2013-05-01" in body
    history = json.dumps([run, page.get("/history"), page.get(f"/entities/{page.ids('main')[0]}")])
    assert SECRET not in history
    assert "2013-05-01" in history


def test_a_server_without_a_list_is_asked_by_name(page: Page, tmp_path: Path) -> None:
    """One that does not answer is a failed look-up with its reason, and nothing else fails."""
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)

    def answers(heard: Heard) -> bytes:
        return answer(f"no such transform: {heard.path}", 404)

    with loopback(answers) as server:
        file = {"transforms": [], "servers": [
            {"name": "team", "url": server.url, "protocol": "trx", "contact": 1, "enabled": True,
             "ceiling": "TLP:GREEN"}]}  # fmt: skip
        (home / "maltego.json").write_text(json.dumps(file))
        assert declared(page, "team")["by_name"]
        fits = page.post("/maltego/fitting", graph="main", entities=page.ids("main"))
        assert (fits["transforms"], fits["by_name"]) == ([], ["team"])
        assert page.tried("/maltego/plan", **about(page, "team/"))[0] == 404
        page.post("/maltego/run", **about(page, "team/hosts"))
        (run,) = page.finished()
        assert (run["failed"], run["done"]) == (3, 0)
        assert "no such transform" in run["cuts"][0]


def test_a_damaged_file_is_told_and_stays(page: Page, tmp_path: Path) -> None:
    """What can't be read is a fault in one shape, and is not written over."""
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    (home / "maltego.json").write_text("{")
    status, _, body = page.raw("GET", "/api/maltego")
    assert (status, b"damaged" in body) == (409, True)
    token = sent(page, configuration(tmp_path))
    assert page.tried("/maltego/take", token=token, names=["far"], contact=1, tlp=1)[0] == 409
    assert (home / "maltego.json").read_text() == "{"
    assert page.tried("/maltego/offer", token="0" * 32)[0] == 404
    assert page.tried("/import", token=token, graph="main")[0] == 422
