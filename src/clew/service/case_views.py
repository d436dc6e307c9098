"""What the page reads of the open investigation, beside graphs and questions."""

from __future__ import annotations

from pydantic import BaseModel


class PropertyType(BaseModel):
    """A property that entities of a type may have."""

    name: str
    label: str
    kind: str


class EntityTypeView(BaseModel):
    """A type of entities, and how it is shown."""

    name: str
    label: str
    plural: str
    family: str
    icon: str
    solid: bool
    description: str
    properties: list[PropertyType]
    detected: bool
    """Whether pasted text is searched for it."""
    defanged: bool


class RoleView(BaseModel):
    """What an entity of a type is in particular, such as a registered domain."""

    name: str
    label: str
    type: str
    icon: str
    solid: bool
    description: str


class LinkTypeView(BaseModel):
    """A type of links."""

    name: str
    label: str
    inverse: str
    sources: list[str]
    targets: list[str]
    shared: bool
    identity: bool


class StateView(BaseModel):
    """A state that entities can be in."""

    name: str
    label: str
    icon: str
    bounds_pivots: bool
    weight: float
    types: list[str]


class CatalogueView(BaseModel):
    """All kinds of entities, links and states."""

    entity_types: list[EntityTypeView]
    link_types: list[LinkTypeView]
    states: list[StateView]
    roles: list[RoleView]


class NoteView(BaseModel):
    """A note; of the investigation where it names no entity."""

    at: int
    """When, in microseconds since 1970."""
    actor: str
    text: str
    entity: str
    value: str
    """The entity's value, defanged."""
    type: str


class HistoryStep(BaseModel):
    """An entry of the log."""

    seq: int
    at: str
    actor: str
    label: str
    kind: str
    counts: bool
    """False where it was undone."""
    reverts: list[int]


class ReplyText(BaseModel):
    """A raw reply as text; a long one is cut, and says so by *shown*."""

    digest: str
    media_type: str
    bytes: int
    shown: int
    text: str


class MergedEntities(BaseModel):
    """An entity that stands for others, and those others."""

    id: str
    value: str
    type: str
    others: list[str]
    values: list[str]
