"""What the page reads of transforms, plans and runs."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel


class TransformParameter(BaseModel):
    """A setting of a transform."""

    name: str
    kind: str
    default: Any
    helps: str
    choices: list[str]


class TransformView(BaseModel):
    """A transform, with how many of the chosen entities it takes."""

    id: str
    name: str
    title: str
    provider: str
    provider_label: str
    contact: int
    fits: int
    takes: list[str]
    credits: float
    unit: str
    last_used: int
    """How long ago it was used, in runs; -1 never."""
    maltego: str
    """Its name in Maltego; empty for others."""
    parameters: list[TransformParameter]


class SkippedValue(BaseModel):
    """A value that is not asked about, and why."""

    value: str
    reason: str


class QuoteView(BaseModel):
    """What a vendor says that a look-up costs and gives."""

    credits: float | None
    expected: int | None
    unit: str
    helps: str


class PlanView(BaseModel):
    """What a run would do; nothing has left yet."""

    title: str
    provider: str
    transform: str
    settings: dict[str, Any]
    inputs: int
    asks: list[str]
    """Asked anew, defanged."""
    kept: list[str]
    """Answered by kept replies, defanged."""
    cached: int
    calls: int
    credits: float
    unit: str
    per: str
    """What each unit is paid for: call, page, row or report."""
    contact: int
    leaves: str
    route: str
    """The way to the provider, where it is not plain: a proxy, an own server."""
    expected: float | None
    allowance: str
    quotes: dict[str, QuoteView]
    quote_fault: str
    """Why the vendor did not tell all prices; empty where it did, or need not."""
    held_back: list[SkippedValue]


class RunView(BaseModel):
    """A run, and how far it is."""

    id: str
    label: str
    transform: str
    provider: str
    graph: str
    at: int
    running: bool
    done: int
    failed: int
    left: int
    total: int
    calls: int
    cached: int
    credits: float
    credits_left: float
    """What going on with it may cost: what is left of its grant, or else as it is declared."""
    cuts: list[str]
    problems: list[str]
    fault: str
    maltego: str
    """The Maltego transform that was asked; empty for others."""
