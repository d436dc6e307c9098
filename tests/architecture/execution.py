"""No data is run as code: what can run what it is given, and the file that each is left to."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping

from architecture.source import Source, aliases, dotted, imports, uses

_NOBODY: frozenset[str] = frozenset()
RUNNERS: Mapping[str, frozenset[str]] = {
    "__import__": _NOBODY,
    "asyncio.create_subprocess_exec": frozenset({"service/worker.py"}),
    "asyncio.create_subprocess_shell": _NOBODY,
    "breakpoint": _NOBODY,
    "cloudpickle": _NOBODY,
    "code": _NOBODY,
    "codeop": _NOBODY,
    "compile": _NOBODY,
    "ctypes": frozenset({"store/place.py"}),
    "dill": _NOBODY,
    "eval": _NOBODY,
    "exec": _NOBODY,
    "importlib.import_module": frozenset(
        {"questions/registry.py", "replicas/server.py", "transform/registry.py"}
    ),
    "importlib.machinery": _NOBODY,
    "importlib.util.module_from_spec": _NOBODY,
    "jinja2": _NOBODY,
    "joblib": _NOBODY,
    "lxml.etree.XSLT": _NOBODY,
    "mako": _NOBODY,
    "marshal": _NOBODY,
    "multiprocessing": _NOBODY,
    "numpy.load": _NOBODY,
    "os.execv": _NOBODY,
    "os.execve": _NOBODY,
    "os.popen": _NOBODY,
    "os.posix_spawn": _NOBODY,
    "os.spawnv": _NOBODY,
    "os.startfile": _NOBODY,
    "os.system": _NOBODY,
    "pickle": frozenset({"service/worker.py"}),
    "polars.DataFrame.deserialize": _NOBODY,
    "polars.LazyFrame.deserialize": _NOBODY,
    "pty": _NOBODY,
    "runpy": _NOBODY,
    "shelve": _NOBODY,
    "string.Formatter": _NOBODY,
    "string.Template": _NOBODY,
    "subprocess": _NOBODY,
    ".subprocess_exec": frozenset({"engine/maltego/child.py"}),
    ".subprocess_shell": _NOBODY,
    "types.CodeType": _NOBODY,
    "types.FunctionType": _NOBODY,
}
"""
Modules, functions and methods that run what they are given, and the files that may use them.

A worker's messages come from the service itself; modules that are imported by name are those of
installed packages.
"""
SAFE_YAML = frozenset({"safe_dump", "safe_load"})
"""Functions of YAML that make no objects; others are given their loader, which has to be safe."""


def execution_faults(files: Iterable[Source]) -> list[str]:
    """Where a file uses what runs code, and is not the one that this is left to."""
    return [f"{file.path}:{line}: {what}" for file in files for line, what in _faults(file)]


def unused_runners(files: Iterable[Source]) -> list[str]:
    """Files that may use a runner, and do not."""
    used = {(name, file.path) for file in files for name, _ in uses(file, RUNNERS)}
    return [
        f"{path} does not use {name}, though the table says so"
        for name, paths in RUNNERS.items()
        for path in sorted(paths)
        if (name, path) not in used
    ]


def _faults(file: Source) -> Iterator[tuple[int, str]]:
    for name, line in uses(file, RUNNERS):
        if file.path not in RUNNERS[name]:
            yield line, f"{name} may run what it is given"
    known, constants, safe = aliases(file), _texts(file), _safe_loaders(file)
    for step in ast.walk(file.tree):
        if not isinstance(step, ast.Call):
            continue
        module, _, name = dotted(step.func, known).rpartition(".")
        if module == "yaml" and name not in SAFE_YAML and _loader(step) not in safe:
            yield step.lineno, f"yaml.{name} without the safe loader"
        if isinstance(step.func, ast.Attribute) and step.func.attr in ("format", "format_map"):
            of = step.func.value
            constant = isinstance(of, ast.Constant) or ast.unparse(of) in constants
            # A module has functions of that name too, as msgspec.json has.
            if not constant and not any(f"{module}.".startswith(f"{it}.") for it in _modules(file)):
                yield step.lineno, "a format that is no constant reaches into objects"
        if any(word.arg == "shell" for word in step.keywords):
            yield step.lineno, "a shell runs its text"


def _texts(file: Source) -> set[str]:
    """Names of the module's own texts."""
    return {
        target.id
        for step in file.tree.body
        if isinstance(step, ast.Assign)
        and isinstance(step.value, ast.Constant)
        and isinstance(step.value.value, str)
        for target in step.targets
        if isinstance(target, ast.Name)
    }


def _safe_loaders(file: Source) -> set[str]:
    made = {
        step.name
        for step in file.tree.body
        if isinstance(step, ast.ClassDef)
        and [ast.unparse(base) for base in step.bases] == ["yaml.SafeLoader"]
    }
    return {"yaml.SafeLoader", *made}


def _loader(call: ast.Call) -> str:
    return next((ast.unparse(it.value) for it in call.keywords if it.arg == "Loader"), "")


def _modules(file: Source) -> set[str]:
    """Modules that are imported whole."""
    return {found.name for found in imports(file) if found.name == found.module}
