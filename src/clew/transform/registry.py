"""Which providers and transforms exist: bundled ones and plug-ins come in by the same door."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib import import_module, metadata
from pkgutil import iter_modules

from clew.errors import UnknownName
from clew.schema.value import Value
from clew.transform.contract import Transform
from clew.transform.provider import Provider

ENTRY_POINT_GROUP = "clew.providers"
"""An entry point names a package whose modules declare one Provider and its Transforms."""


@dataclass(frozen=True, slots=True)
class Registry:
    """Providers and transforms by name, and the plug-ins that could not be loaded."""

    providers: dict[str, Provider] = field(default_factory=dict)
    transforms: dict[str, Transform] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    unlisted: Callable[[str], Transform | None] = lambda id_: None  # noqa: ARG005
    """Transforms that can be named and are in no list, by id."""

    def transform(self, id_: str) -> Transform:
        """The transform ``provider.name``; raises UnknownName."""
        found = self.transforms.get(id_) or self.unlisted(id_)
        if found is None:
            raise UnknownName("transform", id_, known=tuple(self.transforms))
        return found

    def provider(self, name: str) -> Provider:
        """The provider of that name; raises UnknownName."""
        found = self.providers.get(name)
        if found is None:
            raise UnknownName("provider", name, known=tuple(self.providers))
        return found

    def fitting(self, kind: type[Value]) -> tuple[Transform, ...]:
        """The transforms that take that type, by id."""
        return tuple(
            found
            for _, found in sorted(self.transforms.items())
            if not found.accepts or kind in found.accepts
        )


def registry_of(modules: Iterable[object]) -> Registry:
    """The providers and transforms that the modules hold as module-level names."""
    providers: dict[str, Provider] = {}
    transforms: dict[str, Transform] = {}
    for module in modules:
        for thing in vars(module).values():
            if isinstance(thing, Provider):
                providers[thing.name] = thing
            elif isinstance(thing, Transform):
                transforms[thing.id] = thing
                providers.setdefault(thing.provider.name, thing.provider)
    return Registry(providers, transforms)


def load_registry() -> Registry:
    """All providers of the entry points; a plug-in that fails to load is told, not fatal."""
    modules: list[object] = []
    faults: list[str] = []
    for entry in metadata.entry_points(group=ENTRY_POINT_GROUP):
        try:
            package = entry.load()
            modules.append(package)
            for info in iter_modules(getattr(package, "__path__", ())):
                modules.append(import_module(f"{package.__name__}.{info.name}"))
        except Exception as error:  # a plug-in may raise anything while it is imported
            faults.append(f"{entry.name} ({entry.value}): {error}")
    found = registry_of(modules)
    return Registry(found.providers, found.transforms, tuple(faults))
