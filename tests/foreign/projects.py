"""Small transform projects as their authors would write them, and servers that serve them."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

START_S = 30.0

TRX = {
    "project.py": """\
import sys
import transforms
from extensions import registry
from maltego_trx.handler import handle_run
from maltego_trx.registry import register_transform_classes
from maltego_trx.server import app as application

register_transform_classes(transforms)

if __name__ == "__main__":
    handle_run(__name__, sys.argv, application)
""",
    "extensions.py": """\
from maltego_trx.decorator_registry import TransformRegistry

registry = TransformRegistry(
    owner="Example", author="Example <dev@example.org>", host_url="https://example.org",
    seed_ids=["demo"],
)
""",
    "transforms/__init__.py": "",
    "transforms/KitchenSink.py": """\
from extensions import registry
from maltego_trx.entities import IPAddress, Phrase
from maltego_trx.maltego import MaltegoMsg, MaltegoTransform
from maltego_trx.transform import DiscoverableTransform


@registry.register_transform(display_name="Kitchen sink", input_entity="maltego.DNSName",
                             description="All that a response can hold.", output_entities=[])
class KitchenSink(DiscoverableTransform):
    @classmethod
    def create_entities(cls, request: MaltegoMsg, response: MaltegoTransform):
        address = response.addEntity("maltego.IPv4Address", "192.0.2.10")
        address.setWeight(42)
        address.addProperty("ipv4-address", "IP Address", "strict", "192.0.2.10")
        address.addProperty("note.text", "A & B <c>", "loose", 'quote " amp & lt < é 中')
        address.setLinkLabel("resolves to")
        address.setLinkColor("#ff0000")
        address.addProperty("link#maltego.link.direction", value="output-to-input")
        address.setNote("line1\\nline2")
        address.setBookmark(4)
        address.setIconURL("https://example.org/icon.png")
        address.addDisplayInformation("<b>bold</b><script>x</script>", "Label")
        response.addEntity("maltego.Website", "www.example.org")
        response.addEntity(Phrase, "value=%s type=%s slider=%s" % (
            request.Value, request.Type, request.Slider))
        for name, value in sorted(request.Properties.items()):
            response.addEntity(Phrase, "property %s=%s" % (name, value))
        for name, value in sorted((request.TransformSettings or {}).items()):
            response.addEntity(Phrase, "setting %s=%s" % (name, value))
        response.addUIMessage("message of kind inform", "Inform")
""",
    "transforms/GreetPerson.py": """\
from extensions import registry
from maltego_trx.entities import Phrase
from maltego_trx.maltego import MaltegoMsg, MaltegoTransform
from maltego_trx.transform import DiscoverableTransform


@registry.register_transform(display_name="Greet Person", input_entity="maltego.Person",
                             description="Greets.", output_entities=["maltego.Phrase"])
class GreetPerson(DiscoverableTransform):
    @classmethod
    def create_entities(cls, request: MaltegoMsg, response: MaltegoTransform):
        response.addEntity(Phrase, f"Hi {request.Value}, nice to meet you!")
""",
    "transforms/Crash.py": """\
from maltego_trx.transform import DiscoverableTransform


class Crash(DiscoverableTransform):
    @classmethod
    def create_entities(cls, request, response):
        if request.Value != "good.example":
            raise ValueError("boom")
        response.addEntity("maltego.Phrase", "good")
""",
    "transforms/Refused.py": """\
from maltego_trx.maltego import MaltegoTransform
from maltego_trx.transform import DiscoverableTransform


class Refused(DiscoverableTransform):
    @classmethod
    def run_transform(cls, client_msg):
        response = MaltegoTransform()
        response.addException("upstream refused the key")
        return response.throwExceptions()
""",
}

V3 = {
    "project.py": """\
from transforms.hello import *
from maltego.server import MaltegoServerSettings, ServerHTTPSettings, run_server

if __name__ == "__main__":
    settings = MaltegoServerSettings(
        server_name="Example", ns="example.vectors", author="dev@example.org",
        http_settings=ServerHTTPSettings(
            protocol="http", cors_allowed_origins=["https://app.example.org"]
        ),
    )
    run_server(settings=settings)
""",
    "transforms/__init__.py": "",
    "transforms/hello.py": """\
import asyncio
from typing import List, Optional

from maltego.entities import DNSName, IPv4Address, Person, Phrase
from maltego.model.exception import MaltegoException
from maltego.model.prompt import PromptItem
from maltego.server import MaltegoContext, register_transform
from maltego.model.types import LinkColor


@register_transform(display_name="Kitchen sink", transform_set="Vectors")
async def kitchen_sink(entity: DNSName, context: MaltegoContext) -> None:
    graph = context.graph
    address = graph.add_entity(IPv4Address("192.0.2.10"))
    graph.add_link(entity, address, label="resolves to", color=LinkColor.RED)
    await asyncio.sleep(0.3)
    phrase = graph.add_entity(Phrase("said of 192.0.2.10 é 中"))
    graph.add_link(address, phrase, is_reversed=True)
    context.log.inform("half done")


@register_transform(display_name="Greet Person", transform_set="Vectors")
async def greet_person(entity: Person) -> Phrase:
    return Phrase(f"Hi {entity.value}, nice to meet you!")


@register_transform(display_name="Many", transform_set="Vectors")
async def many(entity: DNSName) -> List[Phrase]:
    return [Phrase(f"phrase {number}") for number in range(1200)]


@register_transform(display_name="Crash", transform_set="Vectors")
async def crash(entity: DNSName) -> Optional[Phrase]:
    if entity.value != "good.example":
        raise ValueError("boom")
    return Phrase("good")


@register_transform(display_name="Refused", transform_set="Vectors")
async def refused(entity: DNSName) -> Optional[Phrase]:
    raise MaltegoException("upstream refused the key")


@register_transform(display_name="Requester back", transform_set="Vectors", interactive=True)
async def asks_back(entity: DNSName, context: MaltegoContext) -> Optional[Phrase]:
    answer = await context.choice_prompt(
        message="Would you like to continue?",
        options=[PromptItem("yes", "Yes"), PromptItem("no", "No")],
        timeout=20, default_option_id="yes",
    )
    return Phrase(f"answer {answer.reason}")
""",
}


def interpreter() -> Path:
    """The Python that has the libraries of others; ``./dev foreign`` makes it."""
    python = Path(__file__).parents[2] / ".venv-foreign" / "bin" / "python"
    assert python.exists(), "run these tests with ./dev foreign"
    return python


def written(folder: Path, files: dict[str, str]) -> Path:
    """A project in a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextlib.contextmanager
def serving(
    command: Sequence[str], folder: Path, port: int, **environment: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A server that was started and listens; ended with its group by its own id."""
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=folder, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            env={**os.environ, **environment}, start_new_session=True,
        )  # fmt: skip
    try:
        end = time.monotonic() + START_S
        while time.monotonic() < end and process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        else:
            pytest.fail((folder / "server.log").read_text("utf-8", "replace")[-2000:])
        yield process
    finally:
        for number in (signal.SIGTERM, signal.SIGKILL):
            if process.poll() is None:
                os.killpg(process.pid, number)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(10)
