"""Verbs of version 0.1 whose questions have better names now; they stay, and are not listed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from clew.cli.session import File, Json, WholeOrGraph

Most = Annotated[int, typer.Option("--most", min=1, max=10_000, help="Rows shown")]


def declare(app: typer.Typer) -> None:
    """Add the commands."""
    for name, command in (
        ("score", score), ("together", together), ("changes", changes), ("crowds", crowds),
        ("same", same), ("next", next_),
    ):  # fmt: skip
        app.command(name, hidden=True)(command)


def score(file: File, graph: WholeOrGraph = None, most: Most = 30, as_json: Json = False) -> None:
    """Now 'clew scores'."""
    fields = {"graph": graph or ""} if as_json else {"graph": graph or "", "limit": most}
    _rows(file, "scores", fields, as_json)


def together(
    file: File,
    graphs: Annotated[list[str], typer.Argument(help="Two graphs or more")],
    most: Most = 50,
    as_json: Json = False,
) -> None:
    """Now 'clew common'."""
    from clew.cli.questions import ask

    ask(file, "common", {"graphs": graphs, "limit": most}, as_json=as_json)


def changes(
    file: File,
    seq: Annotated[int, typer.Argument(min=0, help="An entry of the log (clew history)")],
    graph: WholeOrGraph = None,
    as_json: Json = False,
) -> None:
    """Now 'clew compare'."""
    import sys

    from clew.cli.output import print_json
    from clew.cli.questions import answer_of
    from clew.questions.question import LIMIT_MAX
    from clew.questions.registry import question_named

    fields = {"entry": seq, "graph": graph or "", "limit": LIMIT_MAX}
    found: Any = answer_of(file, question_named("compare"), fields)
    by: dict[str, list[Any]] = {
        name: [] for name in ("new", "gone", "new_links", "gone_links", "extended")
    }
    for one in found.changes:
        link = f"{one.value} -{one.type}-> {one.target}"
        if one.change == "extended":
            by["extended"].append(f"{link}: {one.before}, now {one.after}")
        elif one.kind == "link":
            by[f"{one.change}_links"].append(link)
        else:
            by[one.change].append({"type": one.type, "value": one.value})
    if as_json:
        print_json({**by, "same": found.same})
        return
    signs = {"new": "+", "gone": "-", "new_links": "+", "gone_links": "-", "extended": "~"}
    for name, rows in by.items():
        for row in rows:
            text = row if isinstance(row, str) else f"{row['type']} {row['value']}"
            sys.stdout.write(f"{signs[name]} {text}\n")
    sys.stdout.write(f"= {found.same} entities as before\n")


def crowds(
    file: File,
    graph: WholeOrGraph = None,
    zones: Annotated[int, typer.Option("--zones", min=2, help="From how many domains on")] = 12,
    as_json: Json = False,
) -> None:
    """Now 'clew shared-hosting'."""
    _rows(file, "shared-hosting", {"graph": graph or "", "domains_min": zones}, as_json,
          renamed={"domains": "zones"})  # fmt: skip


def same(file: File, graph: WholeOrGraph = None, as_json: Json = False) -> None:
    """Now 'clew identity'."""
    _rows(file, "identity", {"graph": graph or ""}, as_json)


def next_(file: File, graph: WholeOrGraph = None, most: Most = 10, as_json: Json = False) -> None:
    """Now 'clew next-pivots'."""
    _rows(file, "next-pivots", {"graph": graph or "", "limit": most}, as_json)


def _rows(
    file: Path,
    name: str,
    fields: dict[str, Any],
    as_json: bool,
    *,
    renamed: dict[str, str] | None = None,
) -> None:
    """Ask; as JSON the rows alone are printed, as 0.1 did, with a column under its old name too."""
    import msgspec

    from clew.cli.output import print_json
    from clew.cli.questions import answer_of, print_answer
    from clew.questions.registry import question_named

    question = question_named(name)
    answer = answer_of(file, question, fields, all_rows=as_json)
    if not as_json:
        print_answer(question, answer)
        return
    rows: list[dict[str, Any]] = msgspec.to_builtins(getattr(answer, question.table))
    for row in rows:
        row |= {old: row[new] for new, old in (renamed or {}).items()}
        if "hubs" in row:
            row["hubs"] = [f"{hub['value']}: {hub['rows']} rows" for hub in row["hubs"]]
    print_json(rows)
