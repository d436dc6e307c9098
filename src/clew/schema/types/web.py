"""The web family: addresses of resources, and the traces that code and sites leave."""

from __future__ import annotations

import re

from clew.errors import InvalidValue
from clew.schema.entity_type import Property, entity_type
from clew.schema.types.locator import canonical_url, url_host
from clew.schema.types.properties import RATED, REPUTATION
from clew.schema.types.registry import canonical_key
from clew.schema.types.text import lower, name, one_line
from clew.schema.value import Value

_NAME = r"(?:[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?\.){1,7}[a-z](?:[a-z0-9-]{0,28}[a-z0-9])?"
_TRACKER_KIND = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")


@entity_type(
    "url",
    label="URL",
    family="web",
    icon="link",
    properties=(
        *RATED,
        *REPUTATION,
        Property("method", "Method"),
        Property("status_code", "Status code", "integer"),
        Property("title", "Title"),
    ),
    detect=r"[a-z][a-z0-9+.-]{1,15}://[^\s<>\"]+",
    detect_rank=10,
    fixed=rf"^https?://{_NAME}/[A-Za-z0-9._~/?#&=%+,;:@!*'-]{{0,800}}$",
)
class URL(Value):
    """A web or other network address with scheme and host; the path is kept to the letter."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """Scheme and host in lower case, the default port dropped; raises InvalidValue."""
        return canonical_url(text)

    @property
    def host(self) -> str:
        """The host: a canonical domain name or IP address, without brackets."""
        return url_host(self)


@entity_type(
    "user-agent",
    label="User agent",
    family="web",
    icon="app-window",
    solid=False,
    detect=r"(?:Mozilla|Opera|curl|Wget|python-requests|Go-http-client)/[0-9].{0,1000}",
    detect_rank=90,
)
class UserAgent(Value):
    """The User-Agent header of a request, to the letter."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """The text trimmed; inner white space and case kept."""
        return one_line("user agent", text)


@entity_type(
    "mutex",
    label="Mutex",
    plural="Mutexes",
    family="web",
    icon="lock",
    solid=False,
    properties=RATED,
)
class Mutex(Value):
    """The name of a mutex, to the letter."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """The name trimmed; inner white space and case kept (names are case-sensitive)."""
        return one_line("mutex", text)


@entity_type(
    "registry-key",
    label="Registry key",
    family="web",
    icon="key-round",
    solid=False,
    properties=(*RATED, Property("value_name", "Value name"), Property("value_type", "Type")),
    detect=r"(?:Computer\\)?(?:HK(?:LM|CU|CR|U|CC|PD)|HKEY_[A-Z_]{4,20}):?\\.{1,1000}",
    detect_rank=65,
)
class RegistryKey(Value):
    """A key or value of the Windows registry, its hive written out."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """``HKEY_LOCAL_MACHINE\\Software\\…``, case after the hive kept."""
        return canonical_key(one_line("registry key", text))


@entity_type(
    "file-path",
    label="File path",
    family="web",
    icon="folder",
    solid=False,
    properties=(Property("action", "What was done to it"),),
    detect=r"(?:[a-z]:\\|\\\\[^\\/]{1,255}\\|%[a-z_()0-9]{1,40}%\\|/(?:[^/\s]{1,255}/)+)[^\r\n]{1,1000}",
    detect_rank=70,
)
class FilePath(Value):
    """A path or name of a file on a machine, to the letter."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """The path trimmed; case kept, since not every system ignores it."""
        return one_line("file path", text)


@entity_type(
    "tracker",
    label="Tracker",
    family="web",
    icon="radar",
    solid=False,
    properties=(Property("kind", "Kind"),),
)
class Tracker(Value):
    """A site owner's tracking code as ``kind:value`` (``googleanalyticsid:UA-1``)."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """The kind in lower case, the value as it is."""
        kind, colon, value = one_line("tracker", text).partition(":")
        kind, value = lower(kind.strip()), value.strip()
        if not colon or not value:
            raise InvalidValue("tracker", text, "it reads kind:value")
        if not _TRACKER_KIND.fullmatch(kind):
            raise InvalidValue("tracker", text, "its kind is a short word")
        return f"{kind}:{value}"


@entity_type(
    "component",
    label="Component",
    family="web",
    icon="component",
    solid=False,
    properties=(Property("category", "Category"), Property("version", "Version")),
)
class Component(Value):
    """A piece of software that a site shows it runs, with its version where known."""

    @classmethod
    def canonical(cls, text: str) -> str:
        """The name with single spaces, case kept."""
        return name("component", text)
