"""The pure rooms take time, ids and randomness as arguments, and reach no file or network."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

from architecture.source import Source, aliases, dotted, imports

PURE_ROOMS = frozenset({"errors", "schema", "model", "graph", "analysis", "layout"})

IMPURE_MODULES = frozenset(
    [
        "aiohttp",
        "apsw",
        "asyncio",
        "concurrent",
        "ctypes",
        "fileinput",
        "ftplib",
        "glob",
        "http",
        "httpx",
        "importlib.resources",
        "logging",
        "mmap",
        "multiprocessing",
        "os",
        "pathlib",
        "random",
        "requests",
        "secrets",
        "select",
        "shutil",
        "signal",
        "smtplib",
        "socket",
        "socketserver",
        "sqlite3",
        "ssl",
        "subprocess",
        "sys",
        "tempfile",
        "threading",
        "time",
        "urllib.request",
        "urllib3",
        "uuid",
        "zipfile",
    ]
)

IMPURE_CALLS = frozenset(
    [
        "breakpoint",
        "input",
        "open",
        "print",
        "datetime.date.today",
        "datetime.datetime.now",
        "datetime.datetime.today",
        "datetime.datetime.utcnow",
        "numpy.fromfile",
        "numpy.load",
        "numpy.loadtxt",
        "numpy.memmap",
        "numpy.save",
        "numpy.savetxt",
        "numpy.savez",
        "polars.read_csv",
        "polars.read_parquet",
        "polars.scan_csv",
        "polars.scan_ipc",
        "polars.scan_parquet",
    ]
)

FILE_METHODS = frozenset({"read_bytes", "read_text", "write_bytes", "write_text", "iterdir"})

SEEDED = frozenset({"numpy.random.default_rng", "numpy.random.Generator", "numpy.random.PCG64"})

PACKAGE_DATA: Mapping[str, str] = {
    "schema/lists.py": "reads the lists that the package pymispwarninglists ships",
    "schema/registered.py": "reads the public suffix list that a package ships",
}
"""Files that read data of an installed package, and which; no others touch a file."""


def purity_faults(files: Iterable[Source]) -> list[str]:
    """Where a pure room could reach a file, a socket, a clock, or chance without a seed."""
    return [
        f"{file.path}:{line}: {what} in a pure room"
        for file in files
        if file.room in PURE_ROOMS
        for line, what in _impure(file)
    ]


def _impure(file: Source) -> Iterable[tuple[int, str]]:
    reads = file.path in PACKAGE_DATA
    for found in imports(file):
        hit = next((m for m in IMPURE_MODULES if f"{found.name}.".startswith(f"{m}.")), None)
        if hit and not (reads and hit in ("pathlib", "importlib.resources")):
            yield found.line, f"import of {found.name}"
    known = aliases(file)
    for step in ast.walk(file.tree):
        if not isinstance(step, ast.Call):
            continue
        name = dotted(step.func, known)
        method = step.func.attr if isinstance(step.func, ast.Attribute) else ""
        if name in IMPURE_CALLS or (method in FILE_METHODS and not reads):
            yield step.lineno, f"call of {name or method}"
        if name.startswith("numpy.random.") and not (name in SEEDED and step.args):
            yield step.lineno, f"call of {name} without a seed"
