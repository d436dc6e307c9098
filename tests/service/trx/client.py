"""A server for Maltego's clients on loopback, and a client that sends raw bytes."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import msgspec

from clew.service.trx.run import Setup
from clew.service.trx.serve import HOST, listen, serve
from clew.transform.registry import Registry
from clew.workbench import Workbench
from corpus.files import corpus
from service.background import running

SAMPLES = corpus("maltego")
TOKEN = "a-token-for-tests-only"
DEADLINE_S = 60


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Client:
    port: int
    prefix: str = f"/t/{TOKEN}"

    def send(self, raw: bytes) -> Answer:
        """The answer to those bytes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=DEADLINE_S) as line:
            line.sendall(raw)
            answer = HTTPResponse(line)
            answer.begin()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, headers, answer.read())

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """The answer to a request below the token."""
        told = {"host": f"127.0.0.1:{self.port}", "connection": "close",
                "content-length": str(len(body))}  # fmt: skip
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"{name}: {value}" for name, value in told.items()]
        head = "\r\n".join([f"{method} {self.prefix}{path} HTTP/1.1", *lines, "", ""])
        return self.send(head.encode("latin-1") + body)

    def json(self, path: str) -> Any:
        """A JSON answer that is there."""
        answer = self.ask("GET", path, accept="application/json")
        assert answer.status == 200, answer
        return answer.json

    def recorded(self, file: Path, path: str | None = None, run: str = "") -> Answer:
        """The answer to a recorded request: only path, Host and run id are put in place."""
        raw = file.read_bytes()
        line, _, rest = raw.partition(b"\r\n")
        method, target, version = line.decode().split(" ")
        target = path or (re.sub(r"/run/[0-9a-f-]{36}", f"/run/{run}", target) if run else target)
        rest = re.sub(rb"Host: [^\r]*", f"Host: 127.0.0.1:{self.port}".encode(), rest, count=1)
        return self.send(f"{method} {self.prefix}{target} {version}\r\n".encode() + rest)

    def finished(self, transform: str, run: str) -> Any:
        """The results of a run that has ended."""
        until = time.monotonic() + DEADLINE_S
        while time.monotonic() < until:
            told = self.json(f"/transforms/{transform}/run/{run}/results")
            if told["result"]["state"] not in ("INITIALIZED", "RUNNING"):
                return told["result"]
        raise AssertionError("the run does not end")


@contextmanager
def served(
    folder: Path,
    environment: Mapping[str, str] | None = None,
    registry: Registry | None = None,
    **options: Any,
) -> Iterator[Client]:
    """The service on a new file or the one there, until the context ends."""
    door = {name: options.pop(name) for name in ("url", "origins") if name in options}
    with closing(listen(HOST, 0)) as listening:
        port = listening.getsockname()[1]

    def serve_it(ready: Callable[[str], None], stop: threading.Event) -> None:
        file = folder / "case.clew"
        make = Workbench.open if file.exists() else Workbench.create
        settings = {"CLEW_HOME": str(folder / "home"), "CLEW_KEYRING": "no", **(environment or {})}
        with make(file, settings, registry=registry) as bench:
            setup = Setup(bench, **options)
            serve(setup, token=TOKEN, ready=ready, port=port, stop=stop, **door)

    with running(serve_it):
        yield Client(port)


def request(
    type_: str, value: str, settings: Mapping[str, str] | None = None, most: int = 256
) -> bytes:
    """A request of version 2 in XML."""
    fields = "".join(f'<Field Name="{k}">{v}</Field>' for k, v in (settings or {}).items())
    return (
        "<MaltegoMessage><MaltegoTransformRequestMessage><Entities>"
        f'<Entity Type="{type_}"><Value>{value}</Value><Weight>0</Weight></Entity></Entities>'
        f"<TransformFields>{fields}</TransformFields>"
        f'<Limits SoftLimit="{most}" HardLimit="{most}"/>'
        "</MaltegoTransformRequestMessage></MaltegoMessage>"
    ).encode()


def run_body(type_: str, name: str, value: str, *, limit: int = 256, **settings: str) -> bytes:
    """The body that starts a run of version 3."""
    return msgspec.json.encode(
        {
            "input": {
                "metadata": {"entitiesTypesStat": {type_: 1}, "entitiesTotalCount": 1,
                             "linksTotalCount": 0, "rootEntitiesCount": 1},
                "graph": {"entities": [
                    {"id": "e7", "type": type_, "valueRef": name, "weight": 0,
                     "properties": [{"name": name, "value": value, "type": "string"}]}
                ], "links": []},
            },
            "transformSettings": [{"name": k, "value": v} for k, v in settings.items()],
            "limit": limit,
        }
    )  # fmt: skip
