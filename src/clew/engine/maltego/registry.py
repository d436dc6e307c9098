"""The registry with the transforms that the user declared, as the file says now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from clew.engine.maltego.declarations import (
    Declarations,
    ListedTransform,
    ProgramDeclaration,
    ServerDeclaration,
    declarations_path,
    load_declarations,
)
from clew.engine.maltego.transforms import (
    provider_name,
    provider_of,
    server_transform,
    transforms_of,
    undeclared_transform,
)
from clew.errors import FileFault, UnknownName
from clew.schema.registry import Catalogue
from clew.transform.contract import Transform, is_key_name
from clew.transform.provider import Provider
from clew.transform.registry import Registry


class DeclaredRegistry:
    """A registry and what the user's file declares beside it; read anew when the file changes."""

    def __init__(
        self, base: Registry, environment: Mapping[str, str], catalogue: Catalogue
    ) -> None:
        """
        Args:
            base: Providers and transforms of the plug-ins.
            environment: Where the user's folder is.
            catalogue: The kinds that exist.
        """
        self.base = base
        self._path = declarations_path(environment)
        self._catalogue = catalogue
        self._read: tuple[tuple[int, int], Registry] | None = None

    @property
    def current(self) -> Registry:
        """All that can be asked now; a file that can't be read is one of its faults."""
        stamp = _stamp(self._path)
        if self._read is None or self._read[0] != stamp:
            self._read = stamp, self._with_declared()
        return self._read[1]

    def _with_declared(self) -> Registry:
        try:
            declared = load_declarations(self._path)
        except FileFault as fault:
            return replace(self.base, faults=(*self.base.faults, str(fault)))
        return with_declarations(self.base, declared, self._catalogue)


def with_declarations(base: Registry, declared: Declarations, catalogue: Catalogue) -> Registry:
    """
    A registry with the enabled programs and servers.

    What is disabled, and what a server has without telling, is in no list and found by its id.
    """
    providers, transforms = dict(base.providers), dict(base.transforms)
    for one in declared.all().values():
        if one.enabled:
            provider = _listed_provider(one)
            providers[provider.name] = provider
            transforms |= {made.id: made for made in transforms_of(one, catalogue)}
    return replace(
        base, providers=providers, transforms=transforms, unlisted=_finder(declared, catalogue)
    )


def with_undeclared(registry: Registry, catalogue: Catalogue) -> Registry:
    """A registry that also reads the replies of what is not declared any more."""

    def found(id_: str) -> Transform | None:
        known = registry.unlisted(id_)
        if known is None and id_.startswith("maltego-"):
            return undeclared_transform(id_, catalogue)
        return known

    return replace(registry, unlisted=found)


def transform_id(declared: Declarations, name: str) -> str:
    """
    The id of the transform that a user names: a local one, or ``server/transform``.

    Raises:
        UnknownName: There is none, or the server did not tell of it and can't be asked blindly.
    """
    server, slash, transform = name.partition("/")
    one = declared.named(server)
    if isinstance(one, ProgramDeclaration):
        if slash:
            raise UnknownName("Maltego server", server)
        return f"{provider_name(one)}.{one.name}"
    if not (transform and _can_be_asked(one, transform)):
        names = tuple(f"{server}/{known.name}" for known in one.offers)
        raise UnknownName("transform of that server", name, known=names)
    return f"{provider_name(one)}.{transform}"


def declaration_of(
    declared: Declarations, id_: str
) -> ProgramDeclaration | ServerDeclaration | None:
    """The declared program or server that has the transform of that id."""
    name, _, transform = id_.partition(".")
    for one in declared.all().values():
        if provider_name(one) == name and (
            isinstance(one, ServerDeclaration) or one.name == transform
        ):
            return one
    return None


def _finder(declared: Declarations, catalogue: Catalogue) -> Callable[[str], Transform | None]:
    def found(id_: str) -> Transform | None:
        one, name = declaration_of(declared, id_), id_.partition(".")[2]
        if isinstance(one, ServerDeclaration) and _can_be_asked(one, name):
            known = {it.name: it for it in one.offers}.get(name) or ListedTransform(name)
            return server_transform(one, known, catalogue)
        if isinstance(one, ProgramDeclaration):
            return transforms_of(one, catalogue)[0]
        return None

    return found


def _can_be_asked(server: ServerDeclaration, transform: str) -> bool:
    """Whether a server told of a transform, or tells of none and may have it."""
    if any(one.name == transform for one in server.offers):
        return True
    return server.protocol == "trx" or (server.protocol == "v3" and not server.offers)


def _listed_provider(one: ProgramDeclaration | ServerDeclaration) -> Provider:
    """A provider as lists show it: all programs are one, a server has the keys of all."""
    if isinstance(one, ServerDeclaration):
        names = {name for known in one.offers for name in known.settings if is_key_name(name)}
        names |= {name for known in one.offers for name in known.secrets}
        return provider_of(one, sorted(names))
    return replace(
        provider_of(one), label="Maltego on this machine",
        about="Programs of this machine that are Maltego transforms; each has its own terms.",
    )  # fmt: skip


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
