"""What requests about Maltego transforms carry and answers are."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, SecretStr, StringConstraints

from clew.engine.maltego.declarations import NAME_LENGTH_MAX
from clew.engine.maltego.transforms import LIMIT_MAX
from clew.service.shapes import EntitySelection, Id, RequestBody

SETTINGS_MAX = 200
"""Most settings of one question."""
TAKEN_MAX = 1_000
"""Most offers that are taken at once."""

Called = Annotated[str, StringConstraints(min_length=1, max_length=NAME_LENGTH_MAX)]
"""Name of a local transform or a server."""
Target = Annotated[str, StringConstraints(min_length=1, max_length=4 * NAME_LENGTH_MAX)]
"""A local transform, or ``server/transform``."""
SettingName = Annotated[str, StringConstraints(min_length=1, max_length=500)]
SettingValue = Annotated[SecretStr, Field(max_length=10_000)]
"""Any of them may be a key, so none is repeated anywhere."""
Class = Annotated[int, Field(ge=0, le=4)]
Tlp = Annotated[int, Field(ge=0, le=5)]
Kind = Literal["local", "trx", "tds", "v3"]


class MaltegoFileRequest(RequestBody):
    """A configuration that was sent, by its token."""

    token: Id


class MaltegoTakeRequest(MaltegoFileRequest):
    """Offers of a configuration that are declared, disabled."""

    names: Annotated[list[Called], Field(min_length=1, max_length=TAKEN_MAX)]
    contact: Class
    tlp: Tlp


class MaltegoNameRequest(RequestBody):
    """A local transform or a server that is declared."""

    name: Called


class MaltegoEnableRequest(MaltegoNameRequest):
    """Let it be asked: what a person saw of it, and agreed to."""

    shown: Id
    """The *shown* of what was on the screen; of another command or address it is refused."""
    agreed: Literal[True]
    """That a program is run with the user's rights, or a server is told what is sent."""
    contact: Class
    tlp: Tlp


class MaltegoRunRequest(EntitySelection):
    """A transform about entities of a graph."""

    target: Target
    settings: Annotated[
        dict[SettingName, SettingValue], Field(default_factory=dict, max_length=SETTINGS_MAX)
    ]
    limit: Annotated[int, Field(ge=1, le=LIMIT_MAX)] = 256


class MaltegoSetting(BaseModel):
    """A field of a transform's form."""

    name: str
    label: str
    kind: str
    """string, int, double, boolean, date, datetime, daterange or url."""
    default: str
    """Empty for one that holds a key."""
    required: bool
    asked: bool
    """Whether it is asked before each run."""
    secret: bool


class MaltegoTransform(BaseModel):
    """A transform that can be asked."""

    target: str
    name: str
    label: str
    takes: list[str]
    gives: list[str]
    settings: list[MaltegoSetting]


class MaltegoDeclarationView(BaseModel):
    """A local transform or a server: what it would run or ask, and on what terms."""

    name: str
    label: str
    kind: Kind
    asks: str
    """The whole command line, or the address."""
    command: str
    parameters: str
    folder: str
    """Where a program runs; a fresh, empty folder where this is empty."""
    contact: int
    ceiling: str
    tlp: int
    enabled: bool
    shown: str
    """Digest of what it would run or ask."""
    key: bool
    """Whether a key of an account there is configured."""
    transforms: list[MaltegoTransform]
    """Of a server the first ones that it told of; a local one is its own."""
    known: int
    """How many a server told of."""
    by_name: bool
    """Whether it has to be asked by a name that it did not tell."""


class MaltegoInfo(BaseModel):
    """All that is declared."""

    contact_limit: int
    declared: list[MaltegoDeclarationView]


class MaltegoOffer(MaltegoDeclarationView):
    """What a configuration would have declared."""

    note: str
    taken: bool
    """Whether something of that name is declared already."""
    usable: bool
    """Whether it can be declared as it is."""


class MaltegoOffers(BaseModel):
    """What a configuration offers; nothing of it is declared, enabled or run."""

    file: str
    offers: list[MaltegoOffer]
    left: int
    """Offers that are not listed."""
    problems: list[str]


class MaltegoDiscoveryView(BaseModel):
    """What a server said that it offers."""

    known: int
    problems: list[str]


class MaltegoFit(MaltegoTransform):
    """An enabled transform that takes some of the chosen entities."""

    whose: str
    kind: Kind
    contact: int
    fits: int


class MaltegoFits(BaseModel):
    """The enabled transforms that fit, and the servers that have to be asked by name."""

    transforms: list[MaltegoFit]
    left: int
    by_name: list[str]
    looked_at: int
    """How many of the chosen entities were looked at."""


class MaltegoLookUp(BaseModel):
    """An entity that would be asked about, defanged."""

    type: str
    value: str
    sent_as: str


class MaltegoSkippedEntity(BaseModel):
    """An entity that is held back, and why."""

    type: str
    value: str
    reason: str


class MaltegoPlanView(BaseModel):
    """What asking would do; nothing has left yet."""

    target: str
    label: str
    provider: str
    kind: Kind
    enabled: bool
    contact: int
    contact_limit: int
    ceiling: str
    to: str
    """The whole command line, or the address."""
    leaves: str
    route: str
    """The way to it, where it is not plain: a proxy, an own server."""
    properties: list[str]
    """Names of the properties that go along."""
    calls: int
    limit: int
    asks: list[MaltegoLookUp]
    asks_count: int
    held: list[MaltegoSkippedEntity]
    held_count: int
    settings: list[MaltegoSetting]
    """The form of the transform."""
