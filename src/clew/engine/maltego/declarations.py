"""What a user declared to be asked: local transforms and transform servers, in one file."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeVar
from urllib.parse import urlsplit

import msgspec

from clew.engine.addresses import is_loopback
from clew.engine.settings import home
from clew.errors import FileFault, InvalidValue, UnknownName
from clew.model.marking import TLP, Marking
from clew.transform.provider import Contact

FILE_NAME = "maltego.json"
FILE_BYTES_MAX = 16 * 1024 * 1024
"""Largest file that is read."""
NAME_LENGTH_MAX = 200
"""Longest name of a transform or server, in code points."""
Protocol = Literal["trx", "tds", "v3"]
_NAME = re.compile(rf"[A-Za-z0-9][A-Za-z0-9._-]{{0,{NAME_LENGTH_MAX - 1}}}")
_DEFAULT_CEILING = Marking(TLP.GREEN)


@dataclass(frozen=True, slots=True)
class ProgramDeclaration:
    """A program that Maltego would start."""

    name: str
    label: str
    command: str
    parameters: str = ""
    """One string, as a `.mtz` tells it; split at blanks, quotes keep together."""
    working_directory: str = ""
    """Where it runs; a fresh, empty folder where this is empty."""
    input_type: str = ""
    """The Maltego type that it takes; any where empty."""
    output_types: tuple[str, ...] = ()
    contact: Contact = Contact.TARGET
    """Whom it touches, as the user says: nothing here can see what a program does."""
    ceiling: Marking = _DEFAULT_CEILING
    """The strictest marking of what it may be given."""
    enabled: bool = False


@dataclass(frozen=True, slots=True)
class ListedTransform:
    """A transform that a server said it has."""

    name: str
    label: str = ""
    url: str = ""
    """Where it is asked."""
    input_types: tuple[str, ...] = ()
    output_types: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    """Names of its settings."""
    secrets: tuple[str, ...] = ()
    """Those of its settings that hold a key or token."""


@dataclass(frozen=True, slots=True)
class ServerDeclaration:
    """A server of transforms."""

    name: str
    url: str
    protocol: Protocol
    contact: Contact = Contact.TARGET
    """Whom asking it touches, as the user says: the server may ask others."""
    ceiling: Marking = _DEFAULT_CEILING
    enabled: bool = False
    offers: tuple[ListedTransform, ...] = ()
    """What it offered when it was last asked."""


Declaration = ProgramDeclaration | ServerDeclaration
T = TypeVar("T", ProgramDeclaration, ServerDeclaration)


@dataclass(frozen=True, slots=True)
class Declarations:
    """All that is declared; adding, removing and switching give a new one."""

    transforms: tuple[ProgramDeclaration, ...] = ()
    servers: tuple[ServerDeclaration, ...] = ()

    def all(self) -> dict[str, Declaration]:
        """Local transforms and servers by name."""
        both: tuple[Declaration, ...] = (*self.transforms, *self.servers)
        return {one.name: one for one in both}

    def named(self, name: str) -> Declaration:
        """The transform or server of that name; raises UnknownName."""
        found = self.all().get(name)
        if found is None:
            raise UnknownName("Maltego transform or server", name, known=tuple(self.all()))
        return found

    def with_one(self, new: Declaration) -> Declarations:
        """With one more; raises InvalidValue where it can't be, or its name is taken."""
        check(new)
        if new.name in self.all():
            raise InvalidValue(
                "name", new.name, "it is taken", helps=f"Remove it first: maltego remove {new.name}"
            )
        if isinstance(new, ServerDeclaration):
            return replace(self, servers=(*self.servers, new))
        return replace(self, transforms=(*self.transforms, new))

    def changed(self, name: str, new: Declaration | None) -> Declarations:
        """With *new* in the place of that one, or without it; raises UnknownName."""
        self.named(name)
        return Declarations(
            _changed(self.transforms, name, new if isinstance(new, ProgramDeclaration) else None),
            _changed(self.servers, name, new if isinstance(new, ServerDeclaration) else None),
        )

    def without(self, name: str) -> Declarations:
        """Without that one; raises UnknownName."""
        return self.changed(name, None)

    def switched(self, name: str, *, enabled: bool) -> Declarations:
        """With that one enabled or disabled; raises UnknownName."""
        return self.changed(name, replace(self.named(name), enabled=enabled))


def v3_base(url: str) -> str:
    """Below what a server of version 3 has its routes, whether its seed or its root is named."""
    return url.rstrip("/").removesuffix("/seed")


def declarations_path(environment: Mapping[str, str]) -> Path:
    """Where the file is."""
    return home(environment) / FILE_NAME


def load_declarations(path: Path) -> Declarations:
    """
    What the file says; nothing where there is none.

    Raises:
        FileFault: It is damaged or can't be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(FILE_BYTES_MAX + 1)
    except FileNotFoundError:
        return Declarations()
    except OSError as error:
        raise FileFault(path, f"it can't be read: {error.strerror}") from error
    if len(data) > FILE_BYTES_MAX:
        raise FileFault(path, f"it has over {FILE_BYTES_MAX} bytes", helps=_DAMAGED)
    try:
        file_ = msgspec.json.decode(data, type=_File)
        made = Declarations(
            tuple(one.made() for one in file_.transforms),
            tuple(one.made() for one in file_.servers),
        )
        for one in made.all().values():
            check(one)
    except (msgspec.DecodeError, InvalidValue, RecursionError, UnicodeError) as error:
        raise FileFault(path, f"it is damaged: {error}", helps=_DAMAGED) from error
    if len(made.all()) != len(made.transforms) + len(made.servers):
        raise FileFault(path, "it is damaged: two have the same name", helps=_DAMAGED)
    return made


def save_declarations(path: Path, declared: Declarations) -> None:
    """
    Write the file whole or not at all, readable by its owner only.

    Raises:
        FileFault: What is there is damaged and would be lost, or it can't be written.
    """
    load_declarations(path)
    records = _File(
        tuple(_LocalRecord.of(one) for one in declared.transforms),
        tuple(_ServerRecord.of(one) for one in declared.servers),
    )
    fresh = path.with_suffix(f".{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(records), indent=2) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        raise FileFault(path, f"it can't be written: {error.strerror}") from error


def check(one: Declaration) -> None:
    """Raises InvalidValue where a declaration can't be used."""
    if not _NAME.fullmatch(one.name):
        reason = "it has other signs than letters, digits, dot, dash and underscore"
        raise InvalidValue("name", one.name, reason)
    if isinstance(one, ProgramDeclaration):
        if not one.command.strip() or "\0" in one.command:
            raise InvalidValue("command", one.command, "there is no program in it")
        return
    parts = urlsplit(one.url)
    host = parts.hostname or ""
    if parts.username or parts.password:
        raise InvalidValue("URL", "…", "it holds a password")
    if not host or parts.query or parts.fragment:
        raise InvalidValue("URL", one.url, "it is no address of a server without a query")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        raise InvalidValue("URL", one.url, "servers are asked by https, but on this machine")


_DAMAGED = "It was left as it is; repair it, or move it away to begin anew."


class _LocalRecord(msgspec.Struct, forbid_unknown_fields=True):
    """A local transform as the file has it."""

    name: str
    command: str
    contact: int
    label: str = ""
    parameters: str = ""
    working_directory: str = ""
    input_type: str = ""
    output_types: tuple[str, ...] = ()
    ceiling: str = ""
    enabled: bool = False

    @classmethod
    def of(cls, one: ProgramDeclaration) -> _LocalRecord:
        return cls(
            one.name, one.command, int(one.contact), one.label, one.parameters,
            one.working_directory, one.input_type, one.output_types, _ceiling_text(one.ceiling),
            one.enabled,
        )  # fmt: skip

    def made(self) -> ProgramDeclaration:
        return ProgramDeclaration(
            self.name, self.label or self.name, self.command, self.parameters,
            self.working_directory, self.input_type, self.output_types, _contact(self.contact),
            Marking.parse(self.ceiling), self.enabled,
        )  # fmt: skip


class _ServerRecord(msgspec.Struct, forbid_unknown_fields=True):
    """A server as the file has it."""

    name: str
    url: str
    protocol: Protocol
    contact: int
    ceiling: str = ""
    enabled: bool = False
    offers: tuple[ListedTransform, ...] = ()

    @classmethod
    def of(cls, one: ServerDeclaration) -> _ServerRecord:
        return cls(
            one.name, one.url, one.protocol, int(one.contact), _ceiling_text(one.ceiling),
            one.enabled, one.offers,
        )  # fmt: skip

    def made(self) -> ServerDeclaration:
        return ServerDeclaration(
            self.name, self.url, self.protocol, _contact(self.contact),
            Marking.parse(self.ceiling), self.enabled, self.offers,
        )  # fmt: skip


class _File(msgspec.Struct, forbid_unknown_fields=True):
    transforms: tuple[_LocalRecord, ...] = ()
    servers: tuple[_ServerRecord, ...] = ()


def _ceiling_text(ceiling: Marking) -> str:
    return str(ceiling) if ceiling.tlp or ceiling.pap else ""


def _contact(number: int) -> Contact:
    try:
        return Contact(number)
    except ValueError as error:
        raise InvalidValue("contact class", number, "it is none of 0 to 4") from error


def _changed(before: tuple[T, ...], name: str, new: T | None) -> tuple[T, ...]:
    if new is None:
        return tuple(one for one in before if one.name != name)
    return tuple(new if one.name == name else one for one in before)
