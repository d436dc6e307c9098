"""The reference pages that are made from the program: ``python -m clew.cli.reference FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_origin

from msgspec import Struct

from clew.cli.settings_page import settings_page
from clew.commands.registry import commands
from clew.questions.registry import questions
from clew.questions.table import fields_of
from clew.schema.registry import catalogue
from clew.schema.user_types_schema import schema_text
from clew.transform.registry import load_registry

if TYPE_CHECKING:
    from clew.interop.fidelity import GraphPart

NOTE = "Made by `python -m clew.cli.reference docs/reference`; do not edit.\n"


def pages() -> dict[str, str]:
    """The text of each page by its file name."""
    return {
        "commands.md": _commands(),
        "formats.md": _formats(),
        "kinds.md": _kinds(),
        "own-types.schema.json": schema_text(),
        "questions.md": _questions(),
        "settings.md": settings_page(NOTE),
        "transforms.md": _transforms(),
    }


def _questions() -> str:
    lines = [
        "# Questions",
        "This page lets you look up what each question is asked with, and what it answers.",
        NOTE,
        "Each is asked as `clew NAME FILE … [--json]`, as `Case.NAME()` and `Case.ask(request)` in "
        "Python, as `POST /api/questions/NAME`, as a playbook's step `NAME:`, and in the page; the "
        "answer is the same everywhere.",
        "An entity is named by its value, defanged or not, or by its id.",
        "Observations are cited by their ids (`o12.l9`); `clew explain FILE o12.l9` shows one.",
    ]
    for one in questions().values():
        lines += ["", f"## {one.name}", one.summary, "", "Asked with:", *_fields(one.request)]
        lines += ["", "Answered with:", *_fields(one.answer)]
        lines += ["", f"A row of `{one.table}`:", *_fields(one.row)]
    return "\n".join(lines) + "\n"


def _commands() -> str:
    lines = [
        "# Commands",
        "This page lets you look up what each command does to an investigation, and what it needs.",
        NOTE,
        "Each changes the log by one action, which one undo takes back: `Case.NAME()` and "
        "`Case.do(request)` in Python, `POST /api/commands/NAME`, and `clew do NAME FILE …`.",
    ]
    for one in commands().values():
        lines += ["", f"## {one.name}", one.summary, *_fields(one.request)]
    return "\n".join(lines) + "\n"


def _fields(record: type[Struct]) -> list[str]:
    lines = ["", "| field | type | what it is |", "|---|---|---|"]
    for one in fields_of(record):
        text = one.doc.replace("|", ",")
        if not one.required and one.default not in (None, "", ()):
            text += f" Default: `{one.default}`."
        lines.append(f"| `{one.name}` | {_kind(one.type)} | {text} |")
    return lines if len(lines) > 3 else ["", "Nothing."]


def _kind(kind: Any) -> str:
    inner = get_args(kind)
    if get_origin(kind) is tuple:
        return f"list of {_kind(inner[0])}"
    if inner and isinstance(inner[0], str):
        return ", ".join(f"`{one}`" for one in inner)
    if get_origin(kind) is dict:
        return f"numbers by {_kind(inner[0])}"
    if inner:
        return " or ".join(_kind(one) for one in inner)
    names = {str: "text", int: "whole number", float: "number", bool: "yes or no"}
    return "none" if kind is type(None) else names.get(kind, kind.__name__)


def _kinds() -> str:
    kinds = catalogue()
    lines = [
        "# Entity types, link types and states",
        "This page lets you look up which kinds of entities, links and states there are.",
        NOTE,
        "| type | label | family | what it is |",
    ]
    lines.append("|---|---|---|---|")
    for one in kinds.entity_types.values():
        about = one.description.splitlines()[0] if one.description else ""
        lines.append(f"| {one.name} | {one.label} | {one.family} | {about.replace('|', ',')} |")
    lines += [
        "",
        "| link | read backwards | from | to | shared | identity |",
        "|---|---|---|---|---|---|",
    ]
    for link in kinds.link_types.values():
        shared, same = ("yes" if flag else "" for flag in (link.shared, link.identity))
        ends = (", ".join(types) or "any" for types in (link.sources, link.targets))
        lines.append(f"| {link.name} | {link.inverse} | {' | '.join(ends)} | {shared} | {same} |")
    lines += ["", "| state | label | bounds pivots | weight |", "|---|---|---|---|"]
    for state in kinds.states.values():
        bounds = "yes" if state.bounds_pivots else "no"
        lines.append(f"| {state.name} | {state.label} | {bounds} | {state.weight:g} |")
    return "\n".join(lines) + "\n"


def _transforms() -> str:
    registry = load_registry()
    about = "This page lets you look up what can be asked of whom, and what it costs."
    lines = ["# Transforms", about, NOTE]
    for name, provider in sorted(registry.providers.items()):
        if not provider.docs and name != "local":
            continue
        lines += [f"## {provider.label}", provider.about, ""]
        lines += ["| transform | takes | finds | what it gives | costs |", "|---|---|---|---|---|"]
        for id_, one in sorted(registry.transforms.items()):
            if one.provider.name != name:
                continue
            takes = ", ".join(kind.type.name for kind in one.accepts) or "any"
            finds = ", ".join(kind.type.name for kind in one.finds)
            cost = str(one.cost) or "-"
            lines.append(f"| {id_} | {takes} | {finds} | {one.title} | {cost} |")
        lines.append("")
    return "\n".join(lines)


def _formats() -> str:
    from clew.interop.fidelity import LABELS, GraphPart
    from clew.interop.formats import formats

    lines = [
        "# File formats",
        "This page lets you look up which files Clew reads and writes, and what each carries.",
        NOTE,
        "`clew import FILE... --into CASE.clew`, `clew export CASE.clew NAME.ending` and "
        "`clew convert A B` read and write these; the page takes dropped and pasted files.",
        "A file is known by its content, never by its name; what is written follows the ending, "
        "or `--format`.",
        "Gzip is undone. A file that is of no use as a whole is refused with the reason; one bad "
        "row is a problem with its place, and the rest is read.",
        "What a format says and Clew has no word for is kept word for word, as a property named "
        "`original:<format>` or with the file's own bytes, and given back to the same format.",
        "No date is made up: when a file was written, or an indicator created, is no sighting.",
        "",
        "| format | read | written as | carried |",
        "|---|---|---|---|",
    ]
    for one in formats().of_graphs:
        keeps = one.fidelity if one.write else None
        gone = [] if keeps is None else _lost(keeps.parts)
        exchange = "-" if keeps is None else "all" if not gone and not keeps.links else "a part"
        endings = ", ".join(f"`{ending}`" for ending in one.extensions) if one.write else "-"
        reads = "yes" if one.read else "-"
        if one.read_as:
            reads = f"as {formats().named(one.read_as).label}"
        lines.append(f"| [{one.label}](#{one.name}) | {reads} | {endings} | {exchange} |")
    for one in formats().of_graphs:
        lines += ["", f'<a id="{one.name}"></a>', "", f"## {one.label}", *one.about.split("\n")]
        if not one.write:
            continue
        keeps = one.fidelity
        parts = [
            LABELS[part] for part in LABELS if part in keeps.parts and part is not GraphPart.SECONDS
        ]
        if GraphPart.SECONDS in keeps.parts:
            parts.insert(0, LABELS[GraphPart.SECONDS])
        of = ""
        if keeps.links is not None:
            of = f" of the types {', '.join(sorted(keeps.links))}"
        for word, types in (("from", keeps.sources), ("to", keeps.targets)):
            of += "" if types is None else f" {word} {', '.join(sorted(types))}"
        lines += ["", f"- **Carried:** {', '.join(['entities', f'links{of}', *parts])}."]
        gone = _lost(keeps.parts)
        lines.append(f"- **Lost:** {', '.join(gone)}." if gone else "- **Lost:** nothing.")
    return "\n".join(lines) + "\n"


def _lost(parts: GraphPart) -> list[str]:
    from clew.interop.fidelity import LABELS, GraphPart

    return [
        label
        for part, label in LABELS.items()
        if part not in parts
        and part is not GraphPart.SECONDS
        and not (part is GraphPart.DAYS and GraphPart.SECONDS in parts)
    ]


def main() -> None:
    """Write the pages into the folder named."""
    folder = Path(sys.argv[1])
    for name, text in pages().items():
        (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
