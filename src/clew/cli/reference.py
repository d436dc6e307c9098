"""The reference pages that are made from the program: ``python -m clew.cli.reference FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

from clew.schema.registry import catalogue
from clew.transform.registry import load_registry

NOTE = "Made by `python -m clew.cli.reference docs/reference`; do not edit.\n"


def pages() -> dict[str, str]:
    """The text of each page by its file name."""
    return {"kinds.md": _kinds(), "transforms.md": _transforms()}


def _kinds() -> str:
    kinds = catalogue()
    lines = [
        "# Entity types, link types and states",
        NOTE,
        "| type | label | family | what it is |",
    ]
    lines.append("|---|---|---|---|")
    for one in kinds.entity_types.values():
        said = one.description.splitlines()[0] if one.description else ""
        lines.append(f"| {one.name} | {one.label} | {one.family} | {said.replace('|', ',')} |")
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
    lines = ["# Transforms", NOTE]
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
            cost = f"{one.cost.credits} {one.cost.unit}" if one.cost.credits else "-"
            lines.append(f"| {id_} | {takes} | {finds} | {one.title} | {cost} |")
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    """Write the pages into the folder named."""
    folder = Path(sys.argv[1])
    for name, text in pages().items():
        (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
