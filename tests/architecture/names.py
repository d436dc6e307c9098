"""Names: one public class a name, nouns rather than bare participles, and values by their kind."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import TypeAlias

from architecture.source import Source

IRREGULAR = frozenset({
    "begun", "bought", "bound", "broken", "brought", "built", "caught", "chosen", "drawn", "driven",
    "fallen", "fed", "forbidden", "foreseen", "forgotten", "found", "frozen", "given", "gone",
    "heard", "held", "hidden", "kept", "known", "laid", "left", "lent", "lost", "made", "met",
    "overridden", "paid", "proven", "ran", "ridden", "risen", "said", "seen", "sent", "shaken",
    "shown", "sold", "sought", "spent", "spoken", "stolen", "taken", "taught", "thrown", "told",
    "torn", "undone", "unknown", "withdrawn", "withheld", "won", "worn", "woven", "written",
})  # fmt: skip
"""Past participles of English that do not end in -ed and are no noun or verb stem as well."""

VAGUE = frozenset({"brought", "carried", "given", "held", "kept", "said", "told"})
"""Words that a value or a function is not called by: they fit all that a program handles."""

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z0-9]*")
_REGULAR = re.compile(r"\w*[aeiouy]\w*[^e]ed", re.IGNORECASE)
_Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
_FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
_GERUND = re.compile(r"\w*[aeiouy]\w*ings?", re.IGNORECASE)


def glossary_words(text: str) -> frozenset[str]:
    """The words that a glossary explains (``- **Word**, or **other**: …``), in lower case."""
    heads = [line.partition(":")[0] for line in text.splitlines() if line.startswith("- **")]
    return frozenset(
        word.lower() for head in heads for word in re.findall(r"\*\*([^*]+)\*\*", head)
    )


def duplicate_faults(files: Iterable[Source]) -> list[str]:
    """Public classes whose name another one has as well."""
    places: dict[str, list[str]] = defaultdict(list)
    for file in files:
        for name in _public_classes(file):
            places[name].append(file.path)
    return [
        f"{name} is a class of {', '.join(paths)}"
        for name, paths in sorted(places.items())
        if len(paths) > 1
    ]


def participle_faults(files: Iterable[Source], glossary: frozenset[str]) -> list[str]:
    """
    Public classes and functions, and files, of one word that is a participle: it tells what was
    done, and not to what. Methods are read with what they belong to (``registry.named(...)``).

    A word in -ing may be a noun of the field (a marking, a mapping). Which ones are is not
    guessed: the glossary explains them to the analyst, and one that it does not know is none.
    The file of such a noun is one of an activity (``polling.py``), and may be called so.
    """
    return [
        f"{file.path}: {name} is a participle"
        for file in files
        for name in (*_public_names(file), *_file_name(file))
        if _is_participle(name, glossary)
    ]


def vague_faults(files: Iterable[Source]) -> list[str]:
    """
    Variables, parameters and functions that are called by no more than a vague word.

    Fields of a record are not looked at: they may be keys of a file format or of JSON.
    """
    return [
        f"{file.path}:{line}: {name} does not say what it is"
        for file in files
        for name, line in _local_names(file)
        if name.strip("_").lower() in VAGUE
    ]


def _local_names(file: Source) -> Iterable[tuple[str, int]]:
    fields = {
        step.target
        for thing in ast.walk(file.tree)
        if isinstance(thing, ast.ClassDef)
        for step in thing.body
        if isinstance(step, ast.AnnAssign)
    }
    for thing in ast.walk(file.tree):
        match thing:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield thing.name, thing.lineno
            case ast.arg():
                yield thing.arg, thing.lineno
            case ast.Name(ctx=ast.Store()) if thing not in fields:
                yield thing.id, thing.lineno


def _is_participle(name: str, glossary: frozenset[str]) -> bool:
    if "_" in name or len(_WORDS.findall(name.capitalize() if name.islower() else name)) != 1:
        return False
    word = name.lower()
    if _GERUND.fullmatch(word):
        return word not in glossary and word.removesuffix("s") not in glossary
    return word in IRREGULAR or _REGULAR.fullmatch(word) is not None


def _public_classes(file: Source) -> Iterable[str]:
    for thing in file.tree.body:
        if isinstance(thing, ast.ClassDef) and not thing.name.startswith("_"):
            yield thing.name


def _public_names(file: Source) -> Iterable[str]:
    """Names of public classes, and of public functions that are no transforms."""
    yield from _public_classes(file)
    for thing in file.tree.body:
        if isinstance(thing, _FUNCTION) and thing.name[0] != "_" and not _is_transform(thing):
            yield thing.name


def _is_transform(function: _Function) -> bool:
    """Whether its name is the name of a transform, which files and playbooks hold."""
    return any(
        isinstance(one, ast.Call) and ast.unparse(one.func) == "transform"
        for one in function.decorator_list
    )


def _file_name(file: Source) -> Iterable[str]:
    stem = file.path.rpartition("/")[2].removesuffix(".py")
    return () if _GERUND.fullmatch(stem) else (stem,)
