"""A file of any format as a graph with its problems; the one door for all faces."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b

from clew.errors import InvalidValue
from clew.interop.around import mark_by_surroundings
from clew.interop.collection import pause_collection
from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.formats import Recognition, formats
from clew.interop.gzip_file import gunzip
from clew.model.provenance import Provenance
from clew.schema.registry import Catalogue

FILE_BYTES_MAX = 512 * 1024 * 1024
"""Largest file that is read."""


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """What a file brought."""

    format: str
    graph: ExchangeGraph = field(repr=False)
    problems: tuple[ImportProblem, ...] = ()
    digest: str = ""
    """Of the file's bytes, hex; under which an investigation keeps them."""

    def counts(self) -> dict[str, int]:
        """How many entities, links, properties, notes and problems it has."""
        block = self.graph.block
        links = block.links.select("source", "type", "target").n_unique() if len(block.links) else 0
        return {
            "entities": block.entities.height, "links": links,
            "observations": block.links.height, "properties": block.properties.height,
            "notes": len(self.graph.notes), "problems": len(self.problems),
        }  # fmt: skip


def read_file(
    data: bytes,
    catalogue: Catalogue,
    *,
    run: str,
    learnt: int,
    kind: str = "",
    mapping: str = "",
    name: str = "",
) -> ImportedFile:
    """
    The graph of a file.

    Args:
        data: Its bytes.
        catalogue: Types that are known.
        run: Id of the import, 32 hex digits.
        learnt: When, in seconds since 1970.
        kind: Name of its format; found by its content where empty.
        mapping: Of a table's columns, as JSON; guessed where empty.
        name: The file's name, which may mark it; empty where it has none.

    Raises:
        InvalidValue: It is of no use as a whole: empty, damaged, over a bound, or of a kind that
            holds no graph.
        UnknownName: There is no such format.
    """
    if len(data) > FILE_BYTES_MAX:
        raise InvalidValue("file", "", f"it has {len(data)} bytes, and {FILE_BYTES_MAX} are read")
    digest = blake2b(data, digest_size=32).hexdigest()
    plain = gunzip(data)
    registry = formats()
    recognition = None if kind else registry.recognise(plain)
    form = registry.named(kind) if recognition is None else recognition.format
    if mapping and form.read_mapped is None:
        # Who gives a mapping says that it is a table.
        form = registry.named("csv")
    origin = Provenance("import", f"import.{form.name}", run, learnt, reply=digest)
    try:
        with pause_collection():
            if mapping and form.read_mapped is not None:
                graph, problems = form.read_mapped(plain, origin, catalogue, mapping)
            else:
                graph, problems = registry.reader(form.name)(plain, origin, catalogue)
    except RecursionError as error:
        raise InvalidValue("file", "", "it is nested too deeply") from error
    around = mark_by_surroundings(graph, plain, name=name)
    problems = [*(_doubts(recognition) if recognition else ()), *problems, *around]
    return ImportedFile(form.name, graph, tuple(problems), digest)


def _doubts(recognition: Recognition) -> list[ImportProblem]:
    """What makes the choice of the format unsure."""
    doubts = [ImportProblem("file", "", fault) for fault in recognition.faults]
    if recognition.ties:
        others = " or ".join(one.label for one in recognition.ties)
        reason = f"it could as well be {others}; it is read as {recognition.format.label}"
        doubts.insert(0, ImportProblem("file", "", reason))
    return doubts


def rest_of(data: bytes, kind: str, catalogue: Catalogue) -> dict[str, bytes]:
    """The parts of a file that Clew has no word for, by their name there."""
    try:
        return read_file(data, catalogue, run="", learnt=0, kind=kind).graph.rest
    except InvalidValue:
        return {}
