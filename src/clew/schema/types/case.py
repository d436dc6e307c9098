"""The case family: incidents and who is behind them."""

from __future__ import annotations

from clew.schema.entity_type import Property, entity_type
from clew.schema.types.text import name
from clew.schema.value import Value


@entity_type(
    "incident",
    label="Incident",
    family="case",
    icon="siren",
    properties=(
        Property("platform_id", "Id in the platform"),
        Property("event_date", "Date of the event", "moment"),
        Property("date_added", "Added", "moment"),
        Property("date_modified", "Modified", "moment"),
        Property("status", "Status"),
        Property("kind", "Kind of group"),
        Property("owner", "Owner"),
        Property("description", "Description"),
        Property("web_link", "In the platform", "url"),
    ),
)
class Incident(Value):
    """An incident, campaign or report that holds indicators; known by its title."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """The title with single spaces, case kept."""
        return name("incident", text)


@entity_type(
    "threat-actor",
    label="Threat actor",
    family="case",
    icon="venetian-mask",
    solid=False,
    properties=(Property("description", "Description"), Property("country", "Country")),
)
class ThreatActor(Value):
    """A group or person that acts, by the name that a source gives it."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """The name with single spaces, case kept."""
        return name("threat actor", text)


@entity_type(
    "alias",
    label="Alias",
    plural="Aliases",
    family="case",
    icon="venetian-mask",
    solid=False,
    properties=(Property("platform", "Platform"), Property("description", "Description")),
)
class Alias(Value):
    """A handle or further name of an actor or a person."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """The handle with single spaces, case kept."""
        return name("alias", text)
