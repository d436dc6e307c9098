"""The code family: files, the families they belong to, and what runs of them showed."""

from __future__ import annotations

import re

from clew.errors import InvalidValue
from clew.schema.entity_type import Property, entity_type
from clew.schema.types.properties import RATED
from clew.schema.types.text import name, one_line
from clew.schema.value import Value

_HASH_NAMES = {32: "md5", 40: "sha1", 64: "sha256", 128: "sha512"}
_HASH_PREFIX = re.compile(r"^(?:md5|sha-?1|sha-?256|sha-?512)\s*[:=]\s*", re.IGNORECASE)
_HEX = re.compile(r"[0-9a-f]+")


@entity_type(
    "file",
    label="File",
    family="code",
    icon="file-code",
    solid=False,
    properties=(
        *RATED,
        Property("hash_kind", "Kind of hash"),
        Property("file_name", "File name"),
        Property("size_bytes", "Size in bytes", "integer"),
        Property("file_type", "File type"),
        Property("threat_score", "Threat score", "integer"),
        Property("family", "Malware family"),
    ),
    detect=r"(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})",
    detect_rank=50,
    fixed=r"^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$",
)
class File(Value):
    """A file, known by one hash (md5, sha1, sha256 or sha512) in lower-case hexadecimal."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """Lower-case hexadecimal; a leading ``md5:`` or the like is dropped."""
        digest = _HASH_PREFIX.sub("", text).lower()
        if not _HEX.fullmatch(digest):
            raise InvalidValue("file", text, "a hash has hexadecimal digits only")
        if len(digest) not in _HASH_NAMES:
            raise InvalidValue("file", text, f"no hash has {len(digest)} digits")
        return digest

    @property
    def hash_kind(self) -> str:
        """One of md5, sha1, sha256, sha512."""
        return _HASH_NAMES[len(self)]


@entity_type(
    "malware-family",
    label="Malware family",
    plural="Malware families",
    family="code",
    icon="biohazard",
    properties=(Property("description", "Description"), Property("kind", "Kind")),
)
class MalwareFamily(Value):
    """A family of malware, by the name that a source gives it."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """The name with single spaces, case kept."""
        return name("malware family", text)


@entity_type(
    "sample",
    label="Sandbox run",
    family="code",
    icon="flask-conical",
    solid=False,
    properties=(
        Property("submitted_at", "Submitted", "moment"),
        Property("threat_score", "Threat score", "integer"),
        Property("file_name", "File name"),
        Property("status", "Status"),
        Property("machine", "Machine"),
        Property("private", "Private", "boolean"),
        Property("tags", "Tags"),
    ),
)
class Sample(Value):
    """One run of a file in a sandbox, by the id that the sandbox gave it."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """The id as it is; it has no white space."""
        if len(text.split()) != 1:
            raise InvalidValue("sandbox run", text, "an id has no white space")
        return one_line("sandbox run", text)


@entity_type(
    "behaviour",
    label="Behaviour",
    family="code",
    icon="activity",
    solid=False,
    properties=(
        Property("title", "Title"),
        Property("severity", "Severity", "integer"),
        Property("confidence", "Confidence", "integer"),
        Property("category", "Category"),
        Property("techniques", "ATT&CK techniques"),
    ),
)
class Behaviour(Value):
    """A behavioural indicator of a sandbox, by its short name."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """The short name with single spaces, case kept."""
        return name("behaviour", text)
