"""The note family: tags, phrases, places and documents."""

from __future__ import annotations

from clew.schema.entity_type import Property, entity_type
from clew.schema.types.text import name, one_line
from clew.schema.value import Value


@entity_type(
    "tag",
    label="Tag",
    family="note",
    icon="tag",
    properties=(Property("description", "Description"), Property("owner", "Owner")),
)
class Tag(Value):
    """A word that a platform or an analyst put on something."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """The tag with single spaces, case kept."""
        return name("tag", text)


@entity_type("phrase", label="Phrase", family="note", icon="quote", solid=False)
class Phrase(Value):
    """A piece of text that is worth linking, such as a title, a string or a marker."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """The text as it is, trimmed, in one line."""
        return one_line("phrase", text)


@entity_type(
    "location",
    label="Location",
    family="note",
    icon="map",
    solid=False,
    properties=(
        Property("latitude", "Latitude", "number"),
        Property("longitude", "Longitude", "number"),
    ),
)
class Location(Value):
    """A place: a country code of two letters, or a name."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """A code of two letters in upper case, anything else as a name with its case."""
        text = name("location", text)
        return text.upper() if len(text) == 2 and text.isascii() else text


@entity_type(
    "document",
    label="Document",
    family="note",
    icon="file-text",
    solid=False,
    properties=(
        Property("title", "Title"),
        Property("published", "Published", "moment"),
        Property("source", "Source"),
        Property("web_link", "Address", "url"),
    ),
)
class Document(Value):
    """A report, article or other source, by its title or reference."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """The title with single spaces, case kept."""
        return name("document", text)
