"""How a table's columns are taken: proposed, shown, and saved for the next file of its kind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clew.cli.session import Json

if TYPE_CHECKING:
    from clew.interop.table.cells import Cells
    from clew.interop.table.mapping import ColumnMapping, LinkRule

SAMPLES = 3
"""Cells shown of each column."""


def columns(
    file: Annotated[Path, typer.Argument(help="CSV, TSV or XLSX")],
    to: Annotated[Path | None, typer.Option("--to", help="Write the mapping here")] = None,
    mapping: Annotated[Path | None, typer.Option("--mapping", help="Take this one")] = None,
    save: Annotated[
        bool, typer.Option("--save", help="Take tables with this header so from now on")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show how a table's columns are taken: as proposed, as saved, or by a mapping of yours."""
    import os
    import sys

    import msgspec

    from clew.cli.output import print_json, print_table, say
    from clew.cli.session import kinds, read_bytes
    from clew.errors import InvalidValue
    from clew.interop.formats import formats
    from clew.interop.gzip_file import gunzip
    from clew.interop.table.guess import guess
    from clew.interop.table.mapping import mapping_from_json, to_json
    from clew.interop.table.sheet_files import read_cells
    from clew.store.beside import write_beside
    from clew.workbench.mappings import save_mapping, saved_mapping

    data = sys.stdin.buffer.read() if str(file) == "-" else read_bytes(file)
    form = formats().recognise(gunzip(data)).format
    if form.read_mapped is None:
        raise InvalidValue("table", "", f"{file} is {form.name}, by its content")
    cells, problems = read_cells(gunzip(data))
    mapping_text = saved_mapping(data, os.environ)
    if mapping is not None:
        mapping_text = read_bytes(mapping).decode("utf-8", "replace")
    table_mapping = mapping_from_json(mapping_text) if mapping_text else guess(cells, kinds())
    if to is not None:
        write_beside(to, to_json(table_mapping).encode())
    if save:
        save_mapping(table_mapping, os.environ)
    if as_json:
        print_json({"header": list(cells.header), "rows": len(cells.rows),
                    "mapping": msgspec.json.decode(to_json(table_mapping)),
                    "problems": len(problems)})  # fmt: skip
        return
    rows = [_row(at, one, cells) for at, one in enumerate(table_mapping.columns)]
    print_table(f"Columns of {file.name}", ("", "column", "taken as", "for example"), rows)
    for rule in table_mapping.links:
        say(_rule(rule, cells))
    if not mapping_text:
        say("This is a proposal. Write it with --to, change it, and keep it with --mapping --save.")


def _row(at: int, column: ColumnMapping, cells: Cells) -> tuple[object, ...]:
    from clew.cli.output import safe

    reading = " ".join(word for word in (str(column.role), column.name, column.type) if word)
    if column.of >= 0:
        reading += f" of {cells.header[column.of]}"
    some = list(dict.fromkeys(row.cell(at) for row in cells.rows[:50] if row.cell(at)))[:SAMPLES]
    name = cells.header[at] if at < len(cells.header) else f"column {at + 1}"
    return at + 1, name, reading, " · ".join(safe(one)[:40] for one in some)


def _rule(rule: LinkRule, cells: Cells) -> str:
    dated = ", with the row's dates" if rule.dated else ""
    return f"{cells.header[rule.source]} -{rule.type}-> {cells.header[rule.target]}{dated}"
