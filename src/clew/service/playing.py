"""Routes of playbooks and of what to ask next."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from clew.errors import UnknownName
from clew.playbook.forecast import forecast
from clew.playbook.format import Playbook
from clew.playbook.library import load_playbook, shipped_playbooks
from clew.playbook.record import record
from clew.playbook.run_history import changes_since_last_run, runs_of
from clew.service.desk import Desk
from clew.service.shapes import Acknowledged, Play

RecordName = Annotated[str, Query(pattern=r"^[a-z][a-z0-9-]{0,60}$")]


def playing(desk: Desk) -> APIRouter:
    """The playing routes of a desk."""
    routes = APIRouter()

    @routes.get("/playbooks")
    async def playbooks() -> list[dict[str, Any]]:
        """The shipped playbooks with their parameters, and how often each was played here."""
        told = []
        for name in shipped_playbooks():
            found = load_playbook(name)
            told.append(
                {
                    "name": found.name, "title": found.title, "about": found.about,
                    "parameters": [
                        {"name": it.name, "about": it.about, "default": it.default,
                         "required": it.required}
                        for it in found.parameters
                    ],
                    "plays": len(runs_of(desk.bench.state, found.name)),
                }
            )  # fmt: skip
        return told

    @routes.post("/playbooks/outlook")
    async def look_ahead(asked: Play) -> dict[str, Any]:
        """What a playbook would ask, with numbers where something is known; nothing is asked."""
        found = forecast(_shipped(asked.name), asked.settings, desk.bench)
        return {**found.as_data(), "text": [str(line) for line in found.lines]}

    @routes.get("/playbooks/{name}/changes")
    async def changes(name: str) -> dict[str, Any]:
        """What its last play brought against the one before."""
        found = changes_since_last_run(desk.bench.case, _shipped(name).name)
        return {**found.as_data(), "text": found.as_text()}

    @routes.get("/plays")
    async def plays() -> list[dict[str, Any]]:
        """Plays of this process, latest first."""
        return [one.as_data() for one in desk.plays.all()]

    @routes.post("/plays")
    async def play(asked: Play) -> Acknowledged:
        """Begin a play; it goes on when the page is closed."""
        made = desk.plays.begin(desk.bench, _shipped(asked.name), asked.settings, asked.answers)
        return Acknowledged(seq=desk.seq, label=made.id)

    @routes.post("/plays/{play}/stop")
    async def stop_play(play: str) -> Acknowledged:
        """Stop a play; what its steps brought stays."""
        return Acknowledged(seq=desk.seq, label="stopped" if desk.plays.stop(play) else "")

    @routes.get("/playbooks/recorded.yaml", response_class=Response)
    async def recorded(name: RecordName = "recorded") -> Response:
        """What was done by hand (runs, merges, windows) as a playbook."""
        text = record(desk.bench.case, name=name)
        headers = {"content-disposition": "attachment; filename=recorded.yaml"}
        return Response(text, media_type="application/yaml", headers=headers)

    return routes


def _shipped(name: str) -> Playbook:
    if name not in shipped_playbooks():
        raise UnknownName("playbook", name, known=shipped_playbooks())
    return load_playbook(name)
