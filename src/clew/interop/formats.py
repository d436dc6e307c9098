"""Which file formats exist: bundled ones and plug-ins come in by the same door."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import metadata

from clew.errors import ClewError, InvalidValue, UnknownName
from clew.interop.format import Confidence, Format, Read, Write
from clew.interop.sample import FileSample

ENTRY_POINT_GROUP = "clew.formats"
"""An entry point names a module that declares one Format or several."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """Which format a file is in, and how sure that is."""

    format: Format
    confidence: Confidence
    ties: tuple[Format, ...] = ()
    """Formats that are as sure that it is theirs; the file is read as *format*."""
    faults: tuple[str, ...] = ()
    """Formats of plug-ins that could not look at it."""


@dataclass(frozen=True, slots=True)
class FormatRegistry:
    """Formats by name, and the plug-ins that could not be loaded."""

    by_name: dict[str, Format]
    faults: tuple[str, ...] = ()

    @property
    def of_graphs(self) -> tuple[Format, ...]:
        """The formats that hold graphs, by label."""
        found = (one for one in self.by_name.values() if one.holds_graph)
        return tuple(sorted(found, key=lambda one: one.label.casefold()))

    @property
    def readable(self) -> tuple[str, ...]:
        """Names of the formats of graphs that are read."""
        return tuple(one.name for one in self.of_graphs if one.read)

    @property
    def writable(self) -> tuple[str, ...]:
        """Names of the formats of graphs that are written."""
        return tuple(one.name for one in self.of_graphs if one.write)

    def named(self, name: str) -> Format:
        """The format of that name; raises UnknownName."""
        found = self.by_name.get(name)
        if found is None:
            raise UnknownName("format", name, known=tuple(one.name for one in self.of_graphs))
        return found

    def reader(self, name: str) -> Read:
        """The function that reads a format; raises UnknownName."""
        if (read := self.named(name).read) is None:
            raise UnknownName("format that is read", name, known=self.readable)
        return read

    def writer(self, name: str) -> Write:
        """The function that writes a format; raises UnknownName."""
        if (write := self.named(name).write) is None:
            raise UnknownName("format that is written", name, known=self.writable)
        return write

    def for_file(self, file_name: str) -> Format:
        """
        The format that a file to be written is asked for by its name: its longest ending counts.

        Raises:
            InvalidValue: No format that is written has that ending.
        """
        lower = file_name.lower()
        endings = {ending: one for one in self.of_graphs if one.write for ending in one.extensions}
        fits = [ending for ending in endings if lower.endswith(ending)]
        if not fits:
            raise InvalidValue(
                "name of a file to be written", file_name,
                "no format that is written has its ending",
                helps=f"Choose one of {', '.join(endings)}, or name the format.",
            )  # fmt: skip
        return endings[max(fits, key=len)]

    def recognise(self, data: bytes) -> Recognition:
        """
        The format of a file that is not packed with gzip, by its content and never by its name.

        The format that is surest counts. Of several that are as sure, the first by name does, and
        the others are told.

        Raises:
            InvalidValue: The file is empty, or no format takes it.
        """
        if not data.strip():
            raise InvalidValue("file", "", "it is empty")
        sample = FileSample.of(data)
        claims: list[tuple[Confidence, Format]] = []
        faults: list[str] = []
        for _, one in sorted(self.by_name.items()):
            try:
                confidence = one.sniff(sample) if one.sniff else None
            except Exception as error:  # a plug-in may raise anything
                faults.append(f"{one.label} could not look at it: {error}")
                continue
            if confidence is not None:
                claims.append((confidence, one))
        if not claims:
            raise InvalidValue("file", "", "no format takes it")
        most = max(confidence for confidence, _ in claims)
        best, *ties = (one for confidence, one in claims if confidence == most)
        return Recognition(best, most, tuple(ties), tuple(faults))


def registry_of(modules: Iterable[object], faults: Iterable[str] = ()) -> FormatRegistry:
    """The formats that the modules hold as module-level names; of two with one name the first."""
    by_name: dict[str, Format] = {}
    problems = [*faults]
    for module in modules:
        for thing in vars(module).values():
            if not isinstance(thing, Format):
                continue
            if by_name.setdefault(thing.name, thing) is not thing:
                problems.append(
                    f"the format {thing.name} of {module} is there already; it is left out"
                )
    return FormatRegistry(by_name, tuple(problems))


@cache
def formats() -> FormatRegistry:
    """
    All formats of the entry points; a plug-in that fails to load is told, not fatal.

    Raises:
        ClewError: Not even Clew's own are declared.
    """
    modules: list[object] = []
    faults: list[str] = []
    found = metadata.entry_points(group=ENTRY_POINT_GROUP)
    # Clew's own come first, so that no plug-in takes one of their names.
    for entry in sorted(found, key=lambda one: (not one.value.startswith("clew."), one.name)):
        try:
            modules.append(entry.load())
        except Exception as error:  # a plug-in may raise anything while it is imported
            faults.append(f"{entry.name} ({entry.value}): {error}")
    registry = registry_of(modules, faults)
    if "text" not in registry.by_name:
        raise ClewError(
            "Clew's own file formats are not declared in its installed package.",
            helps="Install Clew again; in a checkout, pip install -e . does so.",
        )
    return registry
