"""A shipped case asked through every face: the record, a frame, HTTP, the terminal, a playbook."""

from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

import clew.api
from clew.analysis.interval_columns import has_dates
from clew.api import Case
from clew.cli.playbooks import play
from clew.cli.questions import ask
from clew.graph.observation_ids import observation_ids
from clew.model.observation_id import ObservationKind
from clew.playbook.format import read_playbook
from clew.playbook.library import load_playbook
from clew.playbook.run import run_playbook
from clew.questions.question import AnyQuestion
from clew.questions.requests import request_of
from clew.replicas.scenario import load_scenario
from clew.replicas.server import serve_replicas
from clew.service.asking import answer_file
from clew.workbench import Workbench
from service.page import served

CASES = ("tendrit", "pitty-tiger")


@contextmanager
def opened_case(name: str, folder: Path) -> Iterator[Case]:
    """A shipped case that was played, open; its file is ``case.clew`` in the folder."""
    case = load_scenario(name)
    with serve_replicas(case) as server:
        settings = {**server.settings(), "CLEW_KEYRING": "no", "CLEW_HOME": str(folder)}
        with Workbench.create(folder / "case.clew", settings) as bench:
            run_playbook(load_playbook(case.playbook), case.parameters, bench)
    with pytest.MonkeyPatch.context() as patch:
        # The terminal reads keys from the environment, and what can be asked depends on them.
        for name_, value in settings.items():
            patch.setenv(name_, value)
        with clew.api.open(folder / "case.clew", environment=settings) as found:
            yield found


def seeded(question: AnyQuestion, case: Case) -> dict[str, Any]:
    """A request of the question that the case can answer: the same for every face."""
    state = case.bench.state
    views = [case.bench.view(name) for name in case.graphs]
    views.sort(key=lambda one: -int(np.count_nonzero(has_dates(one.seen[2]))))
    view, graphs = views[0], [str(one.graph) for one in views]
    place = int(view.observed_places[np.argmax(has_dates(view.seen[2]))])
    link = view.link(place)
    names = [link.source.value, link.target.value]
    wanted = {
        "a": names[0], "b": names[-1], "entity": names[0], "entities": names,
        "graphs": graphs[:2], "entry": state.seq // 2, "graph": graphs[0],
        "id": str(observation_ids(state, np.asarray([0]), ObservationKind.LINK)[0]),
        "window": "2013", "limit": 25,
        "day": "2013-05-01", "domains_min": 2,
    }  # fmt: skip
    if question.name == "overlap":
        wanted |= {"a": graphs[0], "b": graphs[1]}
    return {name: wanted[name] for name in question.request.__struct_fields__ if name in wanted}


def plain(answer: Any) -> Any:
    """An answer as JSON gives it."""
    return json.loads(msgspec.json.encode(answer))


def beside_answer(case: Case, question: AnyQuestion, given: Mapping[str, Any]) -> Any:
    """The answer that the service has a process beside give, of a large graph."""
    bench = case.bench
    data = answer_file(
        str(bench.case.store.path.absolute()), bench.state.seq, question.name,
        msgspec.json.encode(given), bench.default_marking, tuple(bench.pivot_transforms()),
    )  # fmt: skip
    return msgspec.json.decode(data)


def record_answer(case: Case, question: AnyQuestion, given: Mapping[str, Any]) -> Any:
    """By ``Case.ask``."""
    return plain(case.ask(request_of(question.name, question.request, given)))


def frame_answer(case: Case, question: AnyQuestion, given: Mapping[str, Any]) -> Any:
    """The table of ``Case.NAME``, as records."""
    return plain(getattr(case, question.method)(**given).to_dicts())


def terminal_answer(case: Case, question: AnyQuestion, given: Mapping[str, Any]) -> Any:
    """By ``clew NAME --json``."""
    return json.loads(terminal(case, question, given, as_json=True))


def terminal(case: Case, question: AnyQuestion, given: Mapping[str, Any], *, as_json: bool) -> str:
    """What the terminal shows."""
    with redirect_stdout(io.StringIO()) as out:
        ask(case.bench.case.store.path, question.name, given, as_json=as_json)
    return out.getvalue()


def playbook_of(question: AnyQuestion, given: Mapping[str, Any]) -> str:
    """A playbook that asks the question."""
    step = {"id": "asked", "title": "Asked", question.name: dict(given)}
    return json.dumps({"playbook": "asks", "steps": [step]})


def playbook_answer(case: Case, question: AnyQuestion, given: Mapping[str, Any]) -> Any:
    """By a step of a playbook."""
    playbook = read_playbook(playbook_of(question, given), name="asks")
    with Workbench.open(copied(case, "played.clew"), os.environ) as bench:
        done = run_playbook(playbook, {}, bench)
    return plain(done.steps[0].data)


def played_in_terminal(case: Case, question: AnyQuestion, given: Mapping[str, Any]) -> str:
    """What ``clew play`` shows of a playbook with that step."""
    file = copied(case, "played.clew")
    playbook = file.with_name("asks.yaml")
    playbook.write_text(playbook_of(question, given), "utf-8")
    with redirect_stdout(io.StringIO()) as out:
        play(file, str(playbook))
    return out.getvalue()


@contextmanager
def page_of(case: Case) -> Iterator[Any]:
    """The service on a copy of the case's file."""
    with served(copied(case, "served.clew"), os.environ) as page:
        yield page


def copied(case: Case, name: str) -> Path:
    """A copy of the case's file beside it."""
    file = case.bench.case.store.path
    copy = file.with_name(name)
    shutil.copy(file, copy)
    return copy
