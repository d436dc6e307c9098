"""Whom the engine can ask, each kind with a small one of its own: they obey the same tests."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from clew.engine.bounds import Bounds
from clew.engine.budget import Budget, Meter
from clew.engine.events import RunEnded
from clew.engine.maltego.declarations import (
    Declarations,
    ProgramDeclaration,
    Protocol,
    ServerDeclaration,
    declarations_path,
    save_declarations,
)
from clew.engine.plan import Plan
from clew.interop.maltego.message import read_request, write_response
from clew.interop.maltego.record import Thing, TransformResponse
from clew.interop.maltego.v3 import read_run, write_results, write_started
from clew.model.marking import TLP, Marking
from clew.replicas.behaviour import Misbehaviour
from clew.replicas.scenario import load_scenario
from clew.replicas.server import serve_replicas
from clew.transform.provider import Contact
from clew.workbench import Workbench

KINDS = ("replica", "program", "trx", "v3")
SERVERS = ("replica", "trx", "v3")
"""Those that have keys."""
NAMES = ("laton.dyn1.example", "geoinfo.dyn1.example", "www.seasidegames.example")
MORE_NAMES = tuple(f"n{number}.example" for number in range(12))
KEY = "made-up-key-71"
NOW = datetime(2024, 1, 2, tzinfo=UTC)
TIGHT = Bounds(
    connect_s=2, total_s=0.7, reply_bytes=300_000, attempts=2, backoff_s=0.01, wait_s=0.02,
    batch_tasks=1, program_s=2.0, program_grace_s=0.2, poll_first_s=0.01,
)  # fmt: skip
PROGRAM = """
import pathlib, sys, time
folder, value = pathlib.Path(sys.argv[1]), sys.argv[2]
with (folder / "heard").open("a") as heard:
    heard.write(value + "\\n")
for mode in ("down", "garbage"):
    for one in sorted(folder.glob(mode + "-*")):
        try:
            one.unlink()
        except FileNotFoundError:
            continue
        if mode == "down":
            time.sleep(60)
        sys.exit("no answer today")
sys.stdout.write("<MaltegoMessage><MaltegoTransformResponseMessage><Entities>"
    "<Entity Type='maltego.Phrase'><Value>of %s</Value></Entity>"
    "<Entity Type='maltego.Phrase'><Value>on %s</Value></Entity></Entities>"
    "</MaltegoTransformResponseMessage></MaltegoMessage>" % (value, value))
"""


@dataclass
class Source:
    """Somebody who can be asked about names."""

    kind: str
    transform: str
    calls: int
    """Requests of one look-up, at least."""
    folder: Path
    settings: dict[str, str]
    """The environment in which it is known."""
    heard: Callable[[], int]
    """How many look-ups reached it so far, each attempt by itself."""
    misbehave: Callable[[str, int], None]
    """``down`` (a fault that may pass) or ``garbage`` befalls that many look-ups to come."""
    found: Callable[[str], set[str]]
    """The links that it tells of a name."""
    parameters: dict[str, str] = field(default_factory=dict)
    """Settings of each run; those of servers hold a key."""
    secrets: tuple[str, ...] = ()
    """What must be in no file."""
    wrong_key: dict[str, str] = field(default_factory=dict)
    """Settings over its own by which it refuses the key."""
    more_names: tuple[str, ...] = MORE_NAMES
    """Names that it knows, for a long run."""

    @property
    def path(self) -> Path:
        """The investigation."""
        return self.folder / "case.clew"

    def bench(
        self,
        bounds: Bounds = TIGHT,
        *,
        names: Sequence[str] = NAMES,
        settings: Mapping[str, str] | None = None,
    ) -> Workbench:
        """A new investigation with the names in the graph ``main``, or the one of before."""
        told = {**self.settings, **(settings or {})}
        if self.path.exists():
            return Workbench.open(self.path, told, bounds=bounds)
        bench = Workbench.create(self.path, told, bounds=bounds)
        values = [bench.catalogue.value("domain-name", name) for name in dict.fromkeys(names)]
        bench.add(values, graph="main", label="given")
        return bench

    def plan(self, bench: Workbench, **options: Any) -> Plan:
        """A plan of asking about all names."""
        view = bench.view("main")
        rows = view.entities[view.type_flags("domain-name")]
        return bench.plan(self.transform, rows, self.parameters, **options)

    def run(
        self, bench: Workbench, budget: Budget | None = None, *, refresh: bool = False,
        rows_max: int | None = None,
    ) -> RunEnded:  # fmt: skip
        """A run about all names."""
        meter = Meter(budget or Budget())
        plan = self.plan(bench, refresh=refresh)
        started = bench.start(plan, graph="main", meter=meter)
        return bench.work(started, refresh=refresh, meter=meter, rows_max=rows_max)

    def links(self, names: Iterable[str]) -> set[str]:
        """The links that it tells of those names."""
        return {link for name in names for link in self.found(name)}


@contextmanager
def source_of(kind: str, folder: Path) -> Iterator[Source]:
    """A source of that kind while the block runs."""
    makers = {"replica": _replica, "program": _program}
    if kind in makers:
        with makers[kind](folder) as source:
            yield source
    else:
        with _server("v3" if kind == "v3" else "trx", folder) as source:
            yield source


@contextmanager
def _replica(folder: Path) -> Iterator[Source]:
    case = load_scenario("tendrit")
    with serve_replicas(case, only=("passivetotal",)) as server:

        def misbehave(mode: str, times: int) -> None:
            kind = {"down": "unavailable", "garbage": "html"}[mode]
            server.behave("passivetotal", Misbehaviour(kind, times=times))

        def found(name: str) -> set[str]:
            return {
                f"{row.name} -resolves-to-> {row.value}"
                for row in case.resolutions
                if row.type == "A" and row.name == name
            }

        yield Source(
            "replica", "passivetotal.name_to_addresses", 1, folder,
            {**server.settings(), "CLEW_KEYRING": "no", "CLEW_HOME": str(folder)},
            lambda: len(server.requests("passivetotal")), misbehave, found, {},
            tuple(server.credentials["passivetotal"].values()),
            {"CLEW_PASSIVETOTAL_KEY": "wrong-but-secret"},
            tuple(row.name for row in case.resolutions),
        )  # fmt: skip


@contextmanager
def _program(folder: Path) -> Iterator[Source]:
    place = folder / "program"
    place.mkdir()
    (place / "program.py").write_text(PROGRAM)
    command = f"-I -S '{place / 'program.py'}' '{place}'"
    declared = ProgramDeclaration(
        "phrases", "Phrases", sys.executable, command, input_type="maltego.Domain",
        contact=Contact.OWN_SERVER, ceiling=Marking(TLP.GREEN), enabled=True,
    )  # fmt: skip

    def misbehave(mode: str, times: int) -> None:
        for number in range(times):
            (place / f"{mode}-{number}").touch()

    def heard() -> int:
        log = place / "heard"
        return len(log.read_text().splitlines()) if log.exists() else 0

    yield Source(
        "program", "maltego-local.phrases", 1, folder, _declared(folder, declared), heard,
        misbehave, _phrases,
    )  # fmt: skip


@contextmanager
def _server(protocol: Protocol, folder: Path) -> Iterator[Source]:
    answering = _Answering(protocol)

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            status, kind, body = answering.answer(
                self.command, self.path, dict(self.headers), self.rfile.read(size)
            )
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_DELETE = answer

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}"
    declared = ServerDeclaration(
        "phrases", url, protocol, Contact.OWN_SERVER, Marking(TLP.GREEN), True
    )
    settings = {**_declared(folder, declared), "CLEW_MALTEGO_PHRASES_KEY": KEY}
    settings["CLEW_MALTEGO_PHRASES_TOKEN"] = KEY
    try:
        yield Source(
            protocol, "maltego-phrases.phrases", 3 if protocol == "v3" else 1, folder, settings,
            lambda: len(answering.asked), answering.misbehave, _phrases, {"token": KEY}, (KEY,),
            {"CLEW_MALTEGO_PHRASES_KEY": "wrong-but-secret"},
        )  # fmt: skip
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Answering:
    """A small server of version 2 or 3; it has one transform, ``phrases``."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self.asked: list[str] = []
        self._wrong: list[str] = []
        self._lock = threading.Lock()

    def misbehave(self, mode: str, times: int) -> None:
        with self._lock:
            self._wrong = [mode] * times

    def answer(
        self, method: str, path: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, str, bytes]:
        if (method == "POST" and path.endswith("/run")) or path.startswith("/run/"):
            return self._begin(headers, body)
        if method == "GET":
            value = path.split("/")[4]
            told = write_results(
                _answer(value), run=value, state="COMPLETED", started=NOW, updated=NOW
            )
            return 200, "application/json", told
        return 200, "application/json", b"{}"

    def _begin(self, headers: dict[str, str], body: bytes) -> tuple[int, str, bytes]:
        request = read_run(body) if self.protocol == "v3" else read_request(body)
        value = request.things[0].value
        with self._lock:
            self.asked.append(value)
            wrong = self._wrong.pop() if self._wrong else ""
        if wrong:
            return 503 if wrong == "down" else 200, "text/html", b"<html>no answer today</html>"
        if self.protocol == "v3" and headers.get("Maltego-Api-Key") != KEY:
            return 401, "text/plain", b"who are you?"
        if self.protocol == "v3":
            return 201, "application/json", write_started(run=value, started=NOW)
        return 200, "text/xml", write_response(_answer(value))


def _answer(value: str) -> TransformResponse:
    return TransformResponse(
        tuple(Thing("maltego.Phrase", f"{word} {value}") for word in ("of", "on"))
    )


def _declared(folder: Path, one: ProgramDeclaration | ServerDeclaration) -> dict[str, str]:
    settings = {"CLEW_KEYRING": "no", "CLEW_HOME": str(folder / "home")}
    save_declarations(declarations_path(settings), Declarations().with_one(one))
    return settings


def _phrases(name: str) -> set[str]:
    return {f"{name} -related-to-> {word} {name}" for word in ("of", "on")}
