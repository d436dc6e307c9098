"""Commands about other tools' files: import, export, convert, formats."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clew.cli.columns import columns
from clew.cli.session import Ceiling, File, Json, WholeOrGraph

if TYPE_CHECKING:
    from clew.graph.sharing import KeptBack
    from clew.interop.importing import ImportedFile
    from clew.model.marking import TLP
    from clew.schema.registry import Catalogue
    from clew.workbench import Workbench

PROBLEMS_SHOWN_MAX = 20
Kind = Annotated[
    str, typer.Option("--format", "-f", help="Its format; else found by its content or ending")
]


def declare(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("import")(import_)
    for command in (columns, export, convert, formats):
        app.command(command.__name__)(command)


def import_(
    files: Annotated[list[Path], typer.Argument(help="Files; - is standard input")],
    into: Annotated[Path, typer.Option("--into", help="NAME.clew; made where it is not there")],
    graph: Annotated[str, typer.Option("--graph", "-g", help="The graph")] = "main",
    kind: Kind = "",
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="Of a table's columns; see 'clew columns'")
    ] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Say what would come")] = False,
    as_json: Json = False,
) -> None:
    """Bring other tools' files into an investigation; the format is known by the content."""
    from clew.cli.output import print_json
    from clew.cli.session import kinds, open_workbench
    from clew.errors import ClewError
    from clew.model.marking import TLP
    from clew.store.investigation import Investigation

    catalogue = kinds()
    files_read: list[dict[str, Any]] = []
    bad = 0
    for file in files:
        try:
            data, imported, _ = _read(file, catalogue, kind, mapping, TLP.RED)
            if not preview:
                if not into.exists():
                    Investigation.create(into).close()
                with open_workbench(into) as bench:
                    bench.import_graph(imported, data, graph=graph, label=f"Import {_label(file)}")
        except ClewError as error:
            # One file that is of no use does not keep the others out.
            bad += 1
            files_read.append(
                {"file": _plain(str(file)), "error": error.what, "helps": error.helps}
            )
            continue
        files_read.append(_file_data(file, imported))
    if as_json:
        print_json({"into": str(into), "graph": graph, "entered": not preview, "files": files_read})
    else:
        _print(files_read, "would come" if preview else f"in {into}, graph {graph}")
    if bad:
        raise typer.Exit(1 if bad == len(files) else 3)


def export(
    file: File,
    to: Annotated[Path, typer.Argument(help="NAME.stix, .mtgx, .graphml, .csv, .svg, …")],
    graph: WholeOrGraph = None,
    kind: Kind = "",
    ceiling: Ceiling = "",
    theme: Annotated[str, typer.Option("--theme", help="light or dark, of a picture")] = "light",
) -> None:
    """Write a graph in another tool's format, or as a picture; says what the format can't hold."""
    from clew.cli.output import say, say_aside
    from clew.cli.session import named_ceiling, open_workbench, tell_kept_back
    from clew.interop.fidelity import losses
    from clew.interop.formats import formats as all_formats

    named = named_ceiling(ceiling)
    with open_workbench(file, readonly=True) as bench:
        if to.suffix.lower() == ".clew" and not kind:
            entries, kept_back = bench.write_part(graph, to, ceiling=named)
            say(f"{to}: {entries} entries; the first one names {file.name} as it is now.")
            tell_kept_back(kept_back, say)
            return
        if to.suffix.lower() in (".svg", ".png") and not kind:
            (data, kept_back), gone = _picture(bench, graph, to, theme, named), []
        else:
            form = all_formats().named(kind) if kind else all_formats().for_file(to.name)
            exchange = bench.export_graph(graph, form.name, ceiling=named)
            data, gone = all_formats().writer(form.name)(exchange), losses(exchange, form.fidelity)
            kept_back = str(exchange.kept_back)
    _write(to, data)
    tell = say_aside if str(to) == "-" else say
    tell(f"{to}: {len(data)} bytes.")
    tell_kept_back(kept_back, tell)
    if gone:
        tell(f"The format has no room for: {', '.join(gone)}.")


def convert(
    source: Annotated[Path, typer.Argument(help="A file of any format, or an investigation")],
    to: Annotated[Path, typer.Argument(help="NAME.stix, .mtgx, .misp.json, .clew, …")],
    kind: Annotated[str, typer.Option("--from", help="Format of the first")] = "",
    to_kind: Annotated[str, typer.Option("--to", help="Format of the second")] = "",
    ceiling: Ceiling = "",
    as_json: Json = False,
) -> None:
    """Read a file by its content and write it in another format; nothing else is touched."""
    from clew.cli.output import print_json, say, say_aside
    from clew.cli.session import (
        ceiling_of_settings,
        kinds,
        named_ceiling,
        open_workbench,
        tell_kept_back,
    )
    from clew.errors import FileFault
    from clew.interop.fidelity import losses
    from clew.interop.formats import formats as all_formats
    from clew.interop.within import graph_within
    from clew.store.investigation import Investigation

    catalogue, named = kinds(), named_ceiling(ceiling)
    data, imported, stays = _read(source, catalogue, kind, None, named)
    kept_back = str(stays or "")
    gone: list[str] = []
    if to.suffix.lower() == ".clew" and not to_kind:
        if to.exists():
            raise FileFault(to, "it is there already", helps="Use 'clew import' to add to it.")
        Investigation.create(to, title=imported.graph.title).close()
        with open_workbench(to) as bench:
            bench.import_graph(imported, data, graph="main", label=f"Import {_label(source)}")
    else:
        form = all_formats().named(to_kind) if to_kind else all_formats().for_file(to.name)
        highest = stays.ceiling if stays is not None else ceiling_of_settings(named)
        part = graph_within(imported.graph, highest)
        gone, kept_back = losses(part, form.fidelity), kept_back or str(part.kept_back)
        _write(to, all_formats().writer(form.name)(part))
    written = {**_file_data(source, imported), "to": str(to), "lost": gone}
    if kept_back:
        written["kept_back"] = kept_back
    if str(to) == "-":
        tell_kept_back(kept_back, say_aside)
        return
    if as_json:
        print_json(written)
        return
    _print([written], f"written to {to}")
    tell_kept_back(kept_back, say)
    if gone:
        say(f"The format has no room for: {', '.join(gone)}.")


def formats(as_json: Json = False) -> None:
    """The formats that are read and written; docs/reference/formats.md says what they carry."""
    from clew.cli.output import print_json, print_table, say_aside
    from clew.interop.formats import formats as all_formats

    registry = all_formats()
    for fault in registry.faults:
        say_aside(f"Left out: {fault}")
    if as_json:
        print_json(
            [{"name": one.name, "label": one.label, "endings": list(one.extensions),
              "reads": one.read is not None, "writes": one.write is not None, "about": one.about}
             for one in registry.of_graphs]
        )  # fmt: skip
        return
    rows = [
        (one.name, one.label, "yes" if one.read else "",
         ", ".join(one.extensions) if one.write else "")
        for one in registry.of_graphs
    ]  # fmt: skip
    print_table("Formats", ("name", "format", "read", "written as"), rows)


def _read(
    file: Path, catalogue: Catalogue, kind: str, mapping: Path | None, ceiling: TLP | None
) -> tuple[bytes, ImportedFile, KeptBack | None]:
    """A file's bytes and its graph; of an investigation what may leave, as lines, what stays."""
    import time
    import uuid

    from clew.cli.session import open_workbench, read_bytes
    from clew.interop.importing import read_file
    from clew.interop.jsonl import write_jsonl
    from clew.workbench.mappings import saved_mapping

    stays = None
    data = sys.stdin.buffer.read() if str(file) == "-" else read_bytes(file)
    if not kind and data[:16] == b"SQLite format 3\0":
        with open_workbench(file, readonly=True) as bench:
            exchange = bench.export_graph(None, "jsonl", ceiling=ceiling)
        data, stays = write_jsonl(exchange), exchange.kept_back
    imported = read_file(
        data, catalogue, run=uuid.uuid4().hex, learnt=int(time.time()), kind=kind,
        name=_label(file),
        mapping=read_bytes(mapping).decode("utf-8", "replace") if mapping
        else saved_mapping(data, os.environ),
    )  # fmt: skip
    return data, imported, stays


def _picture(
    bench: Workbench, graph: str | None, to: Path, theme: str, ceiling: TLP | None
) -> tuple[bytes, str]:
    from clew.interop.picture.drawing import drawing_of
    from clew.interop.picture.png import png
    from clew.interop.picture.svg import svg

    part = bench.shareable(graph, ceiling)
    drawing = drawing_of(part, bench.catalogue, title=bench.title, subtitle=graph or "all graphs")
    if to.suffix.lower() == ".png":
        return png(drawing, theme=theme), str(part.kept_back)
    return svg(drawing, theme=theme).encode(), str(part.kept_back)


def _write(to: Path, data: bytes) -> None:
    from clew.store.beside import write_beside

    if str(to) == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    write_beside(to, data)


def _file_data(file: Path, imported: ImportedFile) -> dict[str, Any]:
    return {
        "file": _plain(str(file)), "format": imported.format, **imported.counts(),
        "told": [
            {"where": one.where, "text": one.text, "reason": one.reason}
            for one in imported.problems
        ],
    }  # fmt: skip


def _print(files_read: list[dict[str, Any]], end: str) -> None:
    from clew.cli.output import print_table, safe, say, say_aside

    columns = ("file", "format", "entities", "links", "observations", "properties", "problems")
    rows = [
        [_named(one["file"]), *(one.get(name, "") for name in columns[1:])]
        for one in files_read
        if "error" not in one
    ]
    if rows:
        print_table(f"Read, {end}", columns, rows, most=1000)
    for one in files_read:
        if "error" in one:
            named = "" if one["error"].startswith(one["file"]) else f"{one['file']}: "
            say_aside(f"{named}{one['error']} {one['helps']}".strip())
        problems = one.get("told", [])
        if problems:
            shown = [
                (it["where"], safe(it["text"]), it["reason"])
                for it in problems[:PROBLEMS_SHOWN_MAX]
            ]
            name = _named(one["file"])
            print_table(f"Problems of {name}", ("where", "what", "why"), shown)
            if len(problems) > PROBLEMS_SHOWN_MAX:
                say(f"… {PROBLEMS_SHOWN_MAX} of {len(problems)} shown; --json gives all.")


def _label(file: Path) -> str:
    """What the history calls a file."""
    return "standard input" if str(file) == "-" else _plain(file.name)


def _plain(name: str) -> str:
    """A file's name as text; bytes that are none become marks."""
    return os.fsencode(name).decode("utf-8", "replace")


def _named(file: str) -> str:
    """A file's name with its folder's, since names of feeds repeat."""
    return "/".join(Path(file).parts[-2:])
