"""All questions by name: those of this room, and those that plug-ins add by an entry point."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from types import ModuleType
from typing import Generic, Protocol, TypeVar

from clew.errors import InvalidValue, UnknownName
from clew.questions.question import AnyQuestion, BaseRequest, Question


class RegistryEntry(Protocol):
    """A question or a command, as the registry sees it."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def module(self) -> str:
        """The module that defines it."""
        ...


Kind = TypeVar("Kind", bound=RegistryEntry)
GROUP = "clew.questions"
"""Entry points of plug-ins: each names a module or package whose questions are added."""


@dataclass(frozen=True, slots=True)
class RegistryContents(Generic[Kind]):
    """What was found by name, and what of plug-ins was left out."""

    by_name: Mapping[str, Kind]
    faults: tuple[str, ...]
    """A sentence for each plug-in, or part of one, that could not be taken."""


def questions() -> Mapping[str, AnyQuestion]:
    """Every question by name, in alphabetical order."""
    return question_registry().by_name


@cache
def question_registry() -> RegistryContents[AnyQuestion]:
    """The questions, and which plug-ins were left out."""
    import clew.questions

    return discover(clew.questions, GROUP, Question)


def question_named(name: str) -> AnyQuestion:
    """One question; raises UnknownName."""
    found = questions()
    if name not in found:
        raise UnknownName("question", name, known=tuple(found))
    return found[name]


def question_of(request: BaseRequest) -> AnyQuestion:
    """The question that a request asks; raises UnknownName."""
    for one in questions().values():
        if one.request is type(request):
            return one
    raise UnknownName("question", type(request).__name__)


def discover(room: ModuleType, group: str, kind: type[Kind]) -> RegistryContents[Kind]:
    """
    What the modules of a room and of plug-ins define of one kind, by name, in order.

    A plug-in that can't be imported, or that takes a name which is in use, is told, not fatal.

    Args:
        room: The package of the bundled ones.
        group: Entry points of plug-ins.
        kind: Question or Command.

    Raises:
        InvalidValue: Two bundled ones have one name.
    """
    found: dict[str, Kind] = {}
    faults: list[str] = []
    for one in _of(room, kind):
        if found.setdefault(one.name, one) is not one:
            what = f"{one.module} has another of that name"
            raise InvalidValue(kind.__name__.lower(), one.name, what)
    for point in sorted(entry_points(group=group), key=lambda it: (it.name, it.value)):
        try:
            own = tuple(_of(point.load(), kind))
        except Exception as error:  # a plug-in may raise anything while it is imported
            faults.append(f"{point.name} ({point.value}): {error}")
            continue
        faults += [
            f"{point.name} ({point.value}): the name {one.name} is taken"
            for one in own
            if found.setdefault(one.name, one) is not one
        ]
    return RegistryContents(dict(sorted(found.items())), tuple(faults))


def _of(module: ModuleType, kind: type[Kind]) -> Iterator[Kind]:
    """Those of a module, or of the modules of a package; what a module imported is not its own."""
    names = [module.__name__]
    below = pkgutil.iter_modules(getattr(module, "__path__", ()))
    names += [f"{module.__name__}.{info.name}" for info in below]
    for name in names:
        for one in vars(import_module(name)).values():
            if isinstance(one, kind) and one.module == name:
                yield one
