"""What commands share: opening a workbench, choosing entities, showing progress."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from clew.graph.sharing import Ceiling as Highest
    from clew.model.marking import TLP
    from clew.schema.registry import Catalogue
    from clew.transform.registry import Registry
    from clew.workbench import Workbench

File = Annotated[Path, typer.Argument(help="The investigation, NAME.clew", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON value")]
Graph = Annotated[str, typer.Option("--graph", "-g", help="The graph")]
Title = Annotated[str, typer.Option("--title", help="What it is called")]
WholeOrGraph = Annotated[
    str | None, typer.Option("--graph", "-g", help="Else the whole investigation")
]

Ceiling = Annotated[
    str,
    typer.Option(
        "--ceiling", help="Leave out what is stricter; the investigation's ceiling where none"
    ),
]


def named_ceiling(text: str) -> TLP | None:
    """The TLP that a ceiling names; None where it names none. Raises InvalidValue."""
    from clew.model.marking import Marking

    return Marking.parse(text).tlp if text else None


def ceiling_of_settings(named: TLP | None) -> Highest:
    """A ceiling where no investigation is open: as named, else as the settings say."""
    from clew.engine.settings import Settings
    from clew.graph.sharing import Ceiling as Highest

    settings = Settings.of_environment(os.environ)
    return Highest(settings.ceiling_tlp if named is None else named, settings.default_marking)


def tell_kept_back(kept_back: str, tell: Callable[[str], None]) -> None:
    """Say what a ceiling kept back; nothing where it kept nothing."""
    if kept_back:
        tell(f"{kept_back} --ceiling names another ceiling.")


@contextmanager
def open_workbench(
    path: Path, *, readonly: bool = False, asks: bool = False, **parts: Any
) -> Iterator[Workbench]:
    """A workbench on a file, closed at the end; one that *asks* providers may need keys."""
    from clew.cli.passphrase import passphrase_asker
    from clew.workbench import Workbench

    if asks:
        parts["passphrase"] = passphrase_asker()

    with Workbench.open(path, os.environ, readonly=readonly, kinds=kinds(), **parts) as bench:
        if bench.case.difference:
            sys.stderr.write(f"clew: {bench.case.difference}\n")
        yield bench


def kinds() -> Catalogue:
    """The built-in kinds and the user's own, from the YAML files of their folder ``types/``."""
    from clew.engine.user_kinds import user_kinds

    found, problems = user_kinds(os.environ)
    for problem in problems:
        sys.stderr.write(f"clew: {problem}\n")
    return found


def registry() -> Registry:
    """Providers and transforms of the plug-ins, and those that the user declared."""
    from clew.engine.maltego.registry import DeclaredRegistry
    from clew.transform.registry import load_registry

    return DeclaredRegistry(load_registry(), os.environ, kinds()).current


def values_of(bench: Workbench, texts: Sequence[str]) -> list[Any]:
    """The values of texts, defanged or not; raises InvalidValue with the line."""
    from clew.errors import InvalidValue
    from clew.schema.detect import read_lines

    values, problems = read_lines("\n".join(texts), bench.catalogue)
    if problems and not values:
        raise InvalidValue("value", problems[0].text, problems[0].reason)
    for problem in problems:
        sys.stderr.write(f"clew: line {problem.line}: {problem.text!r}: {problem.reason}\n")
    return [value for _, value in values]


def rows_of(
    bench: Workbench, texts: Sequence[str], *, types: Sequence[str] = (), graph: str | None = None
) -> NDArray[np.int32]:
    """Rows of the entities named, or of those types, or of the whole graph."""
    import numpy as np

    from clew.errors import UnknownName
    from clew.graph.entities import pack_ids

    view = bench.view(graph)
    if texts:
        values = values_of(bench, texts)
        found = bench.state.entities.find(pack_ids(b"".join(value.id for value in values)))
        for value, row in zip(values, found.tolist(), strict=True):
            if row < 0:
                raise UnknownName(value.type.term, str(value))
        return found
    rows = view.entities
    if types:
        rows = rows[view.type_flags(*types)]
    return np.asarray(rows, np.int32)


@contextmanager
def progress(title: str, *, quiet: bool) -> Iterator[Any]:
    """A progress bar on standard error; gives the function that takes the run's events."""
    from clew.engine.events import TaskEnded

    if quiet or not sys.stderr.isatty():
        yield lambda event: None  # noqa: ARG005
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(),
        TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task(title, total=None)

        def tell(event: object) -> None:
            if isinstance(event, TaskEnded):
                bars.update(bar, completed=event.done, total=event.total)

        yield tell


def parameters(texts: list[str]) -> dict[str, Any]:
    """``name=value`` options as a mapping; raises InvalidValue."""
    from clew.errors import InvalidValue

    found: dict[str, Any] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign:
            raise InvalidValue("setting", text, "it is not written name=value")
        found[name] = value
    return found


def read_bytes(file: Path) -> bytes:
    """A file's bytes; raises FileFault."""
    from clew.errors import FileFault

    try:
        return file.read_bytes()
    except OSError as error:
        raise FileFault(file, f"it can't be read: {error.strerror}") from error


def environment(more: dict[str, str]) -> dict[str, str]:
    """This process's environment with *more*."""
    return {**os.environ, **more}
