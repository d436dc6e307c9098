"""Routes of playbooks and of their runs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from clew.errors import UnknownName
from clew.model.marking import TLP
from clew.playbook.forecast import forecast
from clew.playbook.format import Playbook
from clew.playbook.library import load_playbook, shipped_playbooks
from clew.playbook.record import record
from clew.playbook.run_history import changes_since_last_run, runs_of
from clew.service.case_home import CaseHome
from clew.service.downloads import Ceiling, bytes_of, ceiling_response
from clew.service.playbook_runs import begin_playbook, playbook_run_view
from clew.service.playbook_views import (
    ForecastLineView,
    ForecastView,
    PlaybookChanges,
    PlaybookParameterView,
    PlaybookRunView,
    PlaybookView,
)
from clew.service.shapes import Acknowledgement, PlaybookRequest

RecordName = Annotated[str, Query(pattern=r"^[a-z][a-z0-9-]{0,60}$")]


def playbook_routes(home: CaseHome) -> APIRouter:
    """The routes of a case home that run playbooks."""
    routes = APIRouter()

    @routes.get("/playbooks")
    async def playbooks() -> list[PlaybookView]:
        """The shipped playbooks with their parameters, and how often each was run here."""
        return [
            PlaybookView(
                name=found.name, title=found.title, about=found.about,
                parameters=[
                    PlaybookParameterView(
                        name=it.name, about=it.about, default=it.default, required=it.required
                    )
                    for it in found.parameters
                ],
                plays=len(runs_of(home.bench.state, found.name)),
            )
            for found in map(load_playbook, shipped_playbooks())
        ]  # fmt: skip

    @routes.post("/playbooks/outlook")
    async def playbook_forecast(asked: PlaybookRequest) -> ForecastView:
        """What a playbook would ask, with numbers where something is known; nothing is asked."""
        found = forecast(_shipped(asked.name), asked.settings, home.bench)
        return ForecastView(
            lines=[ForecastLineView(**asdict(line)) for line in found.lines],
            inputs=found.inputs, at_most=found.at_most, calls=found.calls,
            credits=found.credits, unknown=found.unknown, files=list(found.files),
            text=[str(line) for line in found.lines],
        )  # fmt: skip

    @routes.get("/playbooks/{name}/changes")
    async def playbook_changes(name: str) -> PlaybookChanges:
        """What its last run brought against the one before."""
        found = changes_since_last_run(home.bench.case, _shipped(name).name)
        return PlaybookChanges.model_validate({**found.as_data(), "text": found.as_text()})

    @routes.get("/plays", include_in_schema=False)
    @routes.get("/playbook-runs")
    async def playbook_runs() -> list[PlaybookRunView]:
        """Runs of playbooks of this process, latest first."""
        return [playbook_run_view(job) for job in home.jobs.all("playbook-run")]

    @routes.post("/plays", include_in_schema=False)
    @routes.post("/playbook-runs")
    async def run_playbook(asked: PlaybookRequest) -> Acknowledgement:
        """Begin a run of a playbook; it goes on when the page is closed."""
        playbook = _shipped(asked.name)
        job = begin_playbook(
            home.jobs, home.bench, playbook, asked.settings, asked.answers,
            credits_max=asked.credits_max,
        )  # fmt: skip
        return Acknowledgement(seq=home.seq, label=job.id)

    @routes.post("/plays/{run}/stop", include_in_schema=False)
    @routes.post("/playbook-runs/{run}/stop")
    async def stop_playbook(run: str) -> Acknowledgement:
        """Stop a run of a playbook; what its steps brought stays."""
        return Acknowledgement(seq=home.seq, label="stopped" if home.jobs.stop(run) else "")

    @routes.get("/playbooks/recorded.yaml", **bytes_of("application/yaml", "Playbook"))
    async def recorded(name: RecordName = "recorded", ceiling: Ceiling = None) -> Response:
        """What was done by hand (runs, merges, windows) as a playbook."""
        named = None if ceiling is None else TLP(ceiling)
        text, kept_back = record(home.bench.case, home.bench.ceiling(named), name=name)
        return ceiling_response(
            (text.encode(), kept_back), "application/yaml", name="recorded.yaml"
        )

    return routes


def _shipped(name: str) -> Playbook:
    if name not in shipped_playbooks():
        raise UnknownName("playbook", name, known=shipped_playbooks())
    return load_playbook(name)
