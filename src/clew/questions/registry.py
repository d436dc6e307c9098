"""All questions by name: those of this room, and those that plug-ins add by an entry point."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from types import ModuleType
from typing import Protocol, TypeVar

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


@cache
def questions() -> Mapping[str, AnyQuestion]:
    """Every question by name, in alphabetical order; raises InvalidValue for a name used twice."""
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


def discover(room: ModuleType, group: str, kind: type[Kind]) -> dict[str, Kind]:
    """
    What the modules of a room and of plug-ins define of one kind, by name, in order.

    Args:
        room: The package of the bundled ones.
        group: Entry points of plug-ins.
        kind: Question or Command.

    Raises:
        InvalidValue: Two have one name.
    """
    found: dict[str, Kind] = {}
    for module in (room, *(point.load() for point in entry_points(group=group))):
        for one in _of(module, kind):
            if one.name in found:
                what = f"{module.__name__} has another of that name"
                raise InvalidValue(kind.__name__.lower(), one.name, what)
            found[one.name] = one
    return dict(sorted(found.items()))


def _of(module: ModuleType, kind: type[Kind]) -> Iterator[Kind]:
    """Those of a module, or of the modules of a package; what a module imported is not its own."""
    names = [module.__name__]
    below = pkgutil.iter_modules(getattr(module, "__path__", ()))
    names += [f"{module.__name__}.{info.name}" for info in below]
    for name in names:
        for one in vars(import_module(name)).values():
            if isinstance(one, kind) and one.module == name:
                yield one
