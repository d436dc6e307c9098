"""Asking a Maltego transform about entities: each answer is recorded, all are one action."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

from clew.engine.bounds import Bounds
from clew.engine.client import Client
from clew.engine.events import Event, RunEnded, TaskEnded
from clew.engine.maltego.answered import Answered
from clew.engine.maltego.declared import LocalTransform, Server
from clew.engine.maltego.local import Caps, Progress, run_local
from clew.engine.maltego.planned import Asked, MaltegoPlan
from clew.engine.maltego.received import received
from clew.engine.maltego.remote import run_tds, run_trx
from clew.engine.maltego.run_v3 import Polling, run_v3
from clew.engine.maltego.send import Sender
from clew.engine.settings import Settings
from clew.errors import ClewError, KeyMissing, KeyRefused, Refusal
from clew.interop.maltego.record import Request as Question
from clew.model.provenance import Completeness, Extent, Provenance
from clew.schema.registry import Catalogue
from clew.schema.value import entity_id
from clew.store.investigation import Investigation
from clew.transform.provider import Key, Provider

AT_ONCE = 4
"""Entities that are asked about at the same time."""
SECRET_LENGTH_MIN = 4
"""Shortest secret that is taken out of texts, in code points; shorter ones are in every text."""
HIDDEN = "…"


@dataclass(frozen=True, slots=True)
class Means:
    """What asking needs beside the plan."""

    environment: Mapping[str, str] = field(repr=False)
    """Of which a program sees a few variables."""
    settings: Settings
    bounds: Bounds = field(default_factory=Bounds)
    caps: Caps = field(default_factory=Caps)
    polling: Polling = field(default_factory=Polling)
    progress: Progress = lambda kind, text: None  # noqa: ARG005


async def ask(
    case: Investigation,
    plan: MaltegoPlan,
    means: Means,
    *,
    graph: str,
    catalogue: Catalogue,
    now_us: Callable[[], int],
    actor: str = "analyst",
    tell: Callable[[Event], None] = lambda event: None,  # noqa: ARG005
) -> RunEnded:
    """
    Ask about each entity of a plan, and record what comes as it comes.

    One that fails does not stop the others, unless the key is refused. Whatever ends it, what was
    recorded stays, and one undo takes all of it back.

    Raises:
        Refusal: The transform or server is not enabled.
    """
    target = plan.target
    if not target.how.enabled:
        raise Refusal(
            f"{target.how.name} is declared and not enabled.",
            helps=f"Look at it (clew maltego list), then: clew maltego enable {target.how.name}.",
        )
    one = _Ask(case, plan, means, graph, catalogue, now_us, actor, tell)
    async with Client(means.bounds, contact_limit=means.settings.contact_limit) as client:
        one.client = client
        pending = iter(plan.asks)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(AT_ONCE):
                    group.create_task(one.work(pending))
        except ExceptionGroup as faults:
            # Such as a file that another process holds; the first says what the others would.
            raise faults.exceptions[0] from faults
    ended = one.ended()
    tell(ended)
    return ended


def key_of(settings: Settings, server: Server) -> str:
    """The key of an account at a server; empty where none is configured."""
    name = f"maltego-{server.name.replace('.', '-')}"
    keys = (Key("key", "API key", required=False),)
    return settings.secrets.keys(Provider(name, server.name, "", keys=keys)).get("key", "")


class _Ask:
    """One ask on its way."""

    client: Client

    def __init__(
        self,
        case: Investigation,
        plan: MaltegoPlan,
        means: Means,
        graph: str,
        catalogue: Catalogue,
        now_us: Callable[[], int],
        actor: str,
        tell: Callable[[Event], None],
    ) -> None:
        self._case, self._plan, self._means = case, plan, means
        self._graph, self._catalogue, self._now_us = graph, catalogue, now_us
        self._actor, self._tell = actor, tell
        self._run, self._action = uuid.uuid4().hex, uuid.uuid4().hex
        self._done = self._failed = self._calls = 0
        self._incomplete: list[str] = []
        self._problems: list[str] = []
        self._useless = ""
        how = plan.target.how
        self._key = key_of(means.settings, how) if isinstance(how, Server) else ""
        secrets = [value for name, value in plan.settings if name in plan.secrets]
        self._secrets = [one for one in (*secrets, self._key) if len(one) >= SECRET_LENGTH_MIN]
        shown = {n: HIDDEN if n in plan.secrets else value for n, value in plan.settings}
        self._settings = msgspec.json.encode(
            {**shown, "limit": plan.limit}, order="sorted"
        ).decode()

    async def work(self, pending: Iterator[Asked]) -> None:
        """Ask until nothing is left."""
        for asked in pending:
            if self._useless:
                self._record(asked, Completeness(Extent.FAILED, 0, None, self._useless), ())
                continue
            try:
                answered = await self._answer(asked)
            except ClewError as fault:
                text = self._hide(str(fault))
                if isinstance(fault, KeyMissing | KeyRefused):
                    self._useless = f"not asked after: {text}"
                self._record(asked, Completeness(Extent.FAILED, 0, None, text), ())
                continue
            self._take(asked, answered)

    def ended(self) -> RunEnded:
        """What it came to."""
        return RunEnded(
            self._run, self._done, self._failed, 0, self._calls, 0, 0, tuple(self._incomplete),
            tuple(self._problems),
        )  # fmt: skip

    async def _answer(self, asked: Asked) -> Answered:
        plan, target = self._plan, self._plan.target
        how = target.how
        if isinstance(how, LocalTransform):
            return await run_local(
                how, asked.thing, environment=self._means.environment, caps=self._means.caps,
                progress=self._means.progress,
            )  # fmt: skip
        question = Question((), plan.settings, plan.limit, plan.limit)
        sender = Sender(self.client, how, self._key)
        try:
            match how.protocol:
                case "trx":
                    return await run_trx(sender, target.name, asked.thing, question)
                case "tds":
                    return await run_tds(sender, target.name, asked.thing, question, url=target.url)
                case "v3":
                    return await run_v3(
                        sender, target.name, asked.thing, question, base=target.url,
                        polling=self._means.polling,
                    )  # fmt: skip
        finally:
            self._calls += sender.calls

    def _take(self, asked: Asked, answered: Answered) -> None:
        target, at = self._plan.target, self._now_us()
        origin = Provenance(
            target.provider, f"maltego.{target.name}", self._run, at // 1_000_000,
            entity_id(asked.entity.type, asked.entity.value), self._settings,
        )  # fmt: skip
        came = received(
            answered, asked, origin, limit=self._plan.limit, catalogue=self._catalogue,
            graph=self._graph, action=self._action, label=target.label, actor=self._actor, at=at,
            hide=self._hide,
        )  # fmt: skip
        if came.changes:
            self._case.append(came.changes, replies=[came.reply] if came.reply else [])
        self._record(asked, came.completeness, came.problems)

    def _record(self, asked: Asked, how_much: Completeness, problems: tuple[str, ...]) -> None:
        failed = how_much.extent is Extent.FAILED
        self._failed += failed
        self._done += not failed
        value = asked.entity.value
        if how_much.extent is not Extent.COMPLETE:
            self._incomplete.append(f"{value}: {how_much}")
        self._problems += [f"{value}: {problem}" for problem in problems]
        self._tell(
            TaskEnded(
                self._run,
                value,
                failed,
                how_much,
                self._done + self._failed,
                len(self._plan.asks),
                problems,
            )
        )

    def _hide(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return text
