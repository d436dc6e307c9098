"""Sent is at most what was granted, as the vendor counts it: all transforms, however it behaves."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from clew.engine.bounds import Bounds
from clew.engine.budget import Budget, Meter
from clew.engine.quota import account_of
from clew.errors import OverBudget, ProviderFault
from clew.replicas.behaviour import KINDS, Misbehaviour
from clew.replicas.scenario import load_scenario
from clew.replicas.server import ReplicaServer, serve_replicas
from clew.store.ledger import Ledger
from clew.transform.contract import Transform
from clew.transform.provider import Contact
from clew.transform.registry import load_registry
from clew.workbench import Workbench
from deep_runs import FIGURES, note
from effort import times

pytestmark = pytest.mark.assurance("budget", "vendor-faults")
QUICK = Bounds(
    connect_s=1, total_s=0.3, attempts=2, backoff_s=0.001, wait_s=0.01, reply_bytes=1 << 20
)
TRANSFORMS = sorted(
    (one for one in load_registry().transforms.values() if one.provider.contact != Contact.LOCAL),
    key=lambda one: one.id,
)
BEHAVIOURS = ("well", *KINDS)
INPUTS_MAX = 3
GRANTS = ((0, 0), (1, 0), (1, 1), (2, 1), (3, 3), (4, 2), (9, 3), (9, 9))
"""Calls and credits."""
ENOUGH = (40, 40)
"""A grant that is enough for all that a transform asks about its few inputs."""
OFTEN = (1, 2, 99)
"""How many requests go wrong."""


@dataclass
class Vendors:
    """The replicas, and what each transform finds where nothing bounds it."""

    server: ReplicaServer
    folder: Path
    whole: dict[str, frozenset[str]] = field(default_factory=dict)
    cases: int = 0
    figures: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """What deep runs found, by provider: trials, and the figures that are noted of them."""

    def bench(self, transform: Transform) -> Workbench:
        """A new case with a few entities that the transform takes."""
        self.cases += 1
        place = self.folder / str(self.cases)
        place.mkdir()
        settings = {**self.server.settings(), "CLEW_KEYRING": "no", "CLEW_HOME": str(place)}
        made = Workbench.create(place / "case.clew", settings, bounds=QUICK)
        values = [
            made.catalogue.value(kind.type.name, text)
            for kind in transform.accepts
            for text in INPUTS.get(kind.type.name, ())
        ]
        assert values, f"the scenario has something to ask {transform.id} about"
        made.add(values[:INPUTS_MAX], graph="main", label="given")
        return made

    def unbounded(self, transform: Transform) -> frozenset[str]:
        """What it finds when it may spend what it needs."""
        if transform.id not in self.whole:
            self.server.behave(transform.provider.name)
            with self.bench(transform) as bench:
                ask(bench, transform, Meter())
                self.whole[transform.id] = findings(bench)
        return self.whole[transform.id]


def _inputs() -> dict[str, list[str]]:
    case = load_scenario("tendrit")
    names = [row.domain for row in case.registrations] + [row.name for row in case.resolutions]
    found = {
        "domain-name": names,
        "ip-address": [row.value for row in case.resolutions if row.type == "A"],
        "email-address": [row.email for row in case.registrations if row.email],
        "file": [run.sha256 or run.md5 for run in case.runs],
        "incident": [row.name for row in case.incidents],
        "organisation": [row.owner for row in case.incidents],
        "url": ["http://www.example.org/a"],
        "certificate": ["a" * 40],
    }
    return {name: list(dict.fromkeys(values)) for name, values in found.items()}


INPUTS = _inputs()


@pytest.fixture(scope="module")
def vendors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vendors]:
    with serve_replicas(load_scenario("tendrit")) as server:
        found = Vendors(server, tmp_path_factory.mktemp("money"))
        yield found
    for provider, figures in found.figures.items():
        trials = [asked for asked, _, _ in _trials() if asked.startswith(f"{provider}.")]
        # A part of a provider's trials is no run of all, and is not noted.
        if times(0, deep=1) and figures.pop("trials") == len(trials):
            note("money", provider, {name: figures[name] for name in FIGURES["money"]})


def findings(bench: Workbench) -> frozenset[str]:
    return frozenset(str(link) for link in bench.view("main").link_records())


def counted(bench: Workbench, transform: Transform) -> tuple[int, float]:
    """Calls and credits of the transform's account in the user's ledger."""
    account = account_of(bench.settings.config_of(transform.provider))
    with Ledger(bench.settings.ledger_path) as ledger:
        return ledger.spent(transform.provider.name, account, 0)


def ask(bench: Workbench, transform: Transform, meter: Meter, *, refresh: bool = False) -> bool:
    """Plan, queue and work as ``clew run`` does; gives whether all was asked and answered."""
    rows = bench.view("main").entities
    given = rows[bench.view("main").type_flags(*{kind.type.name for kind in transform.accepts})]
    made = bench.plan(
        transform.id, given[:INPUTS_MAX], {}, with_quotes=True, refresh=refresh, meter=meter
    )
    begun = bench.start(made, graph="main", meter=meter)
    ended = bench.work(begun, refresh=refresh, meter=meter)
    assert ended.calls <= meter.calls
    assert ended.credits <= meter.credits + len(made.lookups)
    return not (ended.incomplete or ended.problems or ended.failed or ended.left)


def _trials() -> list[tuple[str, str, bool]]:
    every = [
        (transform.id, behaviour, refresh)
        for transform in TRANSFORMS
        for behaviour in BEHAVIOURS
        for refresh in (False, True)
    ]
    few = random.Random(7).sample(every, 30)
    # Each transform once at least, each behaviour once at least with what is paid for.
    few += [(transform.id, "well", True) for transform in TRANSFORMS]
    few += [(one.id, kind, False) for one in TRANSFORMS if one.cost.per != "call" for kind in KINDS]
    return every if times(0, deep=1) else list(dict.fromkeys(few))


@pytest.mark.parametrize(("asked", "behaviour", "refresh"), _trials())
def test_sent_is_at_most_granted(
    asked: str, behaviour: str, refresh: bool, vendors: Vendors
) -> None:
    """Whatever goes wrong and how often, nothing is sent or sold over the grant; a cut is told."""
    transform = load_registry().transform(asked)
    server, name = vendors.server, transform.provider.name
    chance = random.Random(f"{transform.id} {behaviour} {refresh}")
    whole = vendors.unbounded(transform)
    figures = vendors.figures[name]
    figures["trials"] += 1
    tried = [(*grant, chance.choice(OFTEN)) for grant in chance.sample(GRANTS, times(1, deep=4))]
    tried += [(*ENOUGH, often) for often in OFTEN[: times(1, deep=len(OFTEN))]]
    for calls, credits_, often in tried:
        with vendors.bench(transform) as bench:
            server.behave(name)
            if refresh:
                ask(bench, transform, Meter())
            if behaviour != "well":
                server.behave(name, Misbehaviour(behaviour, times=often))
            before, known = (server.received(name), server.sold(name)), counted(bench, transform)
            meter = Meter(Budget(calls, credits_))
            try:
                complete = ask(bench, transform, meter, refresh=refresh)
            except (OverBudget, ProviderFault):
                complete = False
            sent, sold = server.received(name) - before[0], server.sold(name) - before[1]
            missing = whole - findings(bench) if complete else frozenset()
            figures["grants"] += 1
            figures["over"] += sent > calls or sold > credits_
            figures["untold"] += bool(missing)
            assert sent <= meter.calls <= calls
            assert sold <= meter.credits <= credits_
            assert counted(bench, transform) == (known[0] + meter.calls, known[1] + meter.credits)
            assert not missing
