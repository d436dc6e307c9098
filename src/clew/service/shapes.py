"""What requests carry and answers are: the shapes that OpenAPI and the page's types come from."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints

ENTITIES_MAX = 100_000
"""Most entities that one request names."""
NOTE_LENGTH_MAX = 100_000
TEXT_LENGTH_MAX = 4_000_000

Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Ids = Annotated[list[Id], Field(max_length=ENTITIES_MAX)]


class RequestBody(BaseModel):
    """A request's body: nothing that it does not know."""

    model_config = ConfigDict(extra="forbid")


class FaultView(BaseModel):
    """The one shape of an error."""

    what: str
    subject: str = ""
    helps: str = ""


class GraphInfo(BaseModel):
    """A graph of the investigation, in numbers."""

    name: str
    entities: int
    links: int
    hidden: int


class ProviderInfo(BaseModel):
    """Who can be asked."""

    name: str
    label: str
    status: str
    contact: int
    ready: bool
    local: bool
    """Whether it answers on this machine, as replicas do."""
    locked: bool
    """Whether its keys are in a file that was not opened."""
    keys: list[str]
    """Names of the keys that can be set; never the keys."""
    missing: list[str]
    """Names of the keys that it lacks."""
    refused: str
    """Why it can't be asked as things are; empty where it is ready."""
    helps: str
    """What would help."""


class ListedCase(BaseModel):
    """An investigation that can be opened, as it looked last. Dots are x, y, family."""

    id: str
    title: str
    file: str
    there: bool
    seen_s: float
    seq: int
    entities: int
    graphs: int
    window: str
    dots: list[tuple[int, int, str]]


class ShippedCase(BaseModel):
    """A case that comes with Clew; its replicas answer on this machine."""

    name: str
    title: str
    synthetic: bool
    as_of: str
    incidents: int
    indicators: int
    resolutions: int
    there: bool
    id: str


class LibraryInfo(BaseModel):
    """What can be opened, and who can be asked."""

    is_open: bool
    open_id: str
    seq: int
    folder: str
    version: str
    recent: list[ListedCase]
    cases: list[ShippedCase]
    providers: list[ProviderInfo]
    contact_limit: int


class CeilingTerms(BaseModel):
    """What people decided of the ceiling and the default marking, and what the settings say."""

    ceiling: int
    """What was decided; 0 where the settings count."""
    default_tlp: int
    default_pap: int
    settings_ceiling: int
    settings_default_tlp: int
    settings_default_pap: int


class CaseInfo(BaseModel):
    """The investigation as it stands."""

    title: str
    file: str
    seq: int
    graphs: list[GraphInfo]
    window: str
    window_first: str
    window_last: str
    undated: Literal["keep", "drop", "with-ends"]
    tlp: int
    """The marking that people gave it; 0 is none."""
    default_tlp: int
    """How what carries no marking counts."""
    ceiling: int
    """The strictest TLP that leaves without being named."""
    terms: CeilingTerms
    contact_limit: int
    undo: str
    redo: str
    providers: list[ProviderInfo]
    notice: str
    """What of the file is not as it should be, or as it was seen here last; empty where nothing."""


class EntitySelection(RequestBody):
    """Entities of a graph."""

    graph: Name
    entities: Ids


class OpenRequest(RequestBody):
    """A listed investigation, by its id."""

    id: Id


class NewCaseRequest(RequestBody):
    """A new investigation, or a shipped case from the start."""

    name: Name
    fresh: bool = False


class KeyRequest(RequestBody):
    """A key of a provider. It is kept, and never told again."""

    provider: Name
    name: Name
    value: Annotated[SecretStr, Field(min_length=1, max_length=10_000)]


class PlaybookRequest(RequestBody):
    """A playbook with its parameters, and answers to steps that ask."""

    name: Name
    settings: Annotated[dict[str, Any], Field(max_length=50)] = {}
    answers: Annotated[dict[str, str], Field(max_length=50)] = {}
    credits_max: Annotated[float, Field(ge=0)] | None = None
    """Most credits of the whole run; none where not told, but of replicas."""


class TextRequest(RequestBody):
    """Text that becomes entities."""

    graph: Name
    text: Annotated[str, StringConstraints(max_length=TEXT_LENGTH_MAX)]


class PlanRequest(RequestBody):
    """A transform about entities."""

    graph: Name
    transform: Name
    entities: Ids
    settings: Annotated[dict[str, Any], Field(max_length=50)] = {}


class RunRequest(PlanRequest):
    """A run that is begun."""

    credits_max: Annotated[float, Field(ge=0)] = 0
    rows_max: Annotated[int, Field(ge=1, le=100_000)] | None = None


class ResumeRequest(RequestBody):
    """A run that is gone on with."""

    credits_max: Annotated[float, Field(ge=0)] | None = None
    """What is left of its grant where not told."""


class LayoutRequest(RequestBody):
    """Lay a graph out anew."""

    graph: Name
    layout: Literal["organic", "layered", "circular", "block"] = "organic"


class Acknowledgement(BaseModel):
    """The change is on disk."""

    seq: int
    label: str = ""
