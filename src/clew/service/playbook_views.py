"""What the page reads of playbooks, of what they would ask, and of their runs."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel


class PlaybookParameterView(BaseModel):
    """A parameter of a playbook."""

    name: str
    about: str
    default: Any
    required: bool


class PlaybookView(BaseModel):
    """A playbook that comes with Clew."""

    name: str
    title: str
    about: str
    parameters: list[PlaybookParameterView]
    plays: int
    """How often it was run on the open investigation."""


class ForecastLineView(BaseModel):
    """A step that would ask somebody."""

    step: str
    title: str
    depth: int
    transform: str
    provider: str
    contact: int
    inputs: float | None
    calls: float | None
    credits: float | None
    leaves: str
    refused: str
    rounds: int
    """How often it is asked at most."""
    at_most: bool
    """Whether *inputs* is a bound, and not what look-ups usually lead to."""


class ForecastView(BaseModel):
    """What a playbook would ask; numbers are upper ones, None where nothing is known."""

    lines: list[ForecastLineView]
    inputs: float
    """Look-ups in all."""
    at_most: bool
    """Whether there are no more."""
    calls: float
    credits: float
    unknown: int
    """Steps whose number of look-ups is not known."""
    text: list[str]
    files: list[str]
    """Files that its steps write beside the investigation's."""


class ChangedEntity(BaseModel):
    """An entity that is new or gone."""

    type: str
    value: str


class PlaybookChanges(BaseModel):
    """What the last run of a playbook brought against the one before."""

    new: list[ChangedEntity]
    gone: list[ChangedEntity]
    new_links: list[str]
    gone_links: list[str]
    extended: list[str]
    same: int
    text: str


class PlaybookStepView(BaseModel):
    """A step that ended."""

    id: str
    title: str
    count: int
    """How many entities it gave."""
    extents: list[str]
    problems: list[str]


class PlaybookQuestion(BaseModel):
    """What a person is asked before a run can go on."""

    step: str
    text: str
    choices: list[str]


class PlaybookRunView(BaseModel):
    """A run of a playbook, and how far it is."""

    id: str
    playbook: str
    title: str
    total: int
    """Steps that it has."""
    steps: list[PlaybookStepView]
    now: str
    """Title of the step that goes on."""
    fault: str
    waits: PlaybookQuestion | None
    running: bool
    settings: dict[str, Any]
