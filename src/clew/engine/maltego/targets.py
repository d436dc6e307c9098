"""What a plan of a Maltego transform hands over, in Maltego's own words. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clew.engine.maltego.declarations import (
    Declaration,
    Declarations,
    ListedTransform,
    ProgramDeclaration,
    ServerDeclaration,
)
from clew.engine.maltego.registry import declaration_of
from clew.engine.maltego.type_matching import thing_for
from clew.engine.plan import Plan
from clew.errors import UnknownName
from clew.interop.maltego.record import Thing
from clew.model.entity import Entity
from clew.schema.registry import Catalogue


@dataclass(frozen=True, slots=True)
class MaltegoTarget:
    """One transform as it was declared: a program, or what a server has."""

    declaration: Declaration
    known: ListedTransform | None = None
    """What the server told of it; None of a program."""

    @property
    def name(self) -> str:
        """As a user names it: a program, or ``server/transform``."""
        if self.known is None:
            return self.declaration.name
        return f"{self.declaration.name}/{self.known.name}"

    @property
    def label(self) -> str:
        """What a person reads."""
        if isinstance(self.declaration, ProgramDeclaration):
            return self.declaration.label
        return (self.known.label or self.known.name) if self.known else self.declaration.name

    @property
    def input_types(self) -> tuple[str, ...]:
        """Maltego types that it takes; any where empty."""
        if isinstance(self.declaration, ProgramDeclaration):
            return (self.declaration.input_type,) if self.declaration.input_type else ()
        return self.known.input_types if self.known else ()

    @property
    def output_types(self) -> tuple[str, ...]:
        """Maltego types that it gives, as far as told."""
        if isinstance(self.declaration, ProgramDeclaration):
            return self.declaration.output_types
        return self.known.output_types if self.known else ()


def target_of(declared: Declarations, id_: str) -> MaltegoTarget:
    """The declared transform of that id; raises UnknownName."""
    one, name = declaration_of(declared, id_), id_.partition(".")[2]
    if one is None:
        raise UnknownName("Maltego transform", id_)
    if isinstance(one, ProgramDeclaration):
        return MaltegoTarget(one)
    known = next((it for it in one.offers if it.name == name), ListedTransform(name))
    return MaltegoTarget(one, known)


def targets_of(one: Declaration) -> list[MaltegoTarget]:
    """All of a declaration that can be asked by a known name."""
    if isinstance(one, ProgramDeclaration):
        return [MaltegoTarget(one)]
    return [MaltegoTarget(one, known) for known in one.offers]


def things_of(made: Plan, target: MaltegoTarget, catalogue: Catalogue) -> Iterator[Thing]:
    """What each look-up of a plan sends, in their order."""
    for lookup in made.lookups:
        entity = Entity(lookup.value.type.name, str(lookup.value))
        thing = thing_for(entity, lookup.properties, target.input_types, catalogue)
        assert thing is not None, "what does not fit is held back"
        yield thing


def handed_over(made: Plan, target: MaltegoTarget) -> str:
    """What is handed over, and to whom; what kept replies answer is part of it."""
    kinds = ", ".join(sorted({lookup.value.type.name for lookup in made.lookups})) or "nothing"
    what = f"{_many(len(made.lookups), 'entity', 'entities')} ({kinds})"
    more = sum(len(lookup.properties) for lookup in made.lookups)
    what += f" with {_many(more, 'property', 'properties')}"
    one = target.declaration
    if isinstance(one, ServerDeclaration):
        return f"{what} to {one.url}"
    return f"{what} to the program {one.command}"


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
