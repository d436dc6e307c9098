"""Which enabled Maltego transforms take the entities that a person chose. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from clew.engine.maltego.declarations import Declarations, ProgramDeclaration
from clew.engine.maltego.targets import targets_of
from clew.engine.maltego.type_matching import thing_for
from clew.interop.maltego.exchange import thing_of
from clew.model.entity import Entity
from clew.schema.registry import Catalogue
from clew.service.maltego_forms import Forms
from clew.service.maltego_shapes import MaltegoFit, MaltegoFits
from clew.service.maltego_views import asked_by_name, transform_view

FITS_SHOWN_MAX = 200
"""Most transforms that are listed."""
LOOKED_AT_MAX = 5_000
"""Most entities that are looked at to find what fits."""


def fits_view(
    declared: Declarations, entities: Sequence[Entity], forms: Forms, catalogue: Catalogue
) -> MaltegoFits:
    """
    The enabled transforms that take some of these entities.

    One entity stands for all that Maltego has the same type for; the plan looks at each.
    """
    looked_at = entities[:LOOKED_AT_MAX]
    kinds: dict[tuple[str, str], tuple[Entity, int]] = {}
    for entity in looked_at:
        key = entity.type, thing_of(entity, {}).type
        first, number = kinds.get(key, (entity, 0))
        kinds[key] = first, number + 1
    counted = _Fits(list(kinds.values()), catalogue)
    enabled = [one for one in declared.all().values() if one.enabled]
    found: list[MaltegoFit] = []
    left = 0
    for target in (it for one in enabled for it in targets_of(one)):
        fits = counted(target.input_types)
        if not fits:
            continue
        if len(found) == FITS_SHOWN_MAX:
            left += 1
            continue
        how = target.declaration
        found.append(
            MaltegoFit(
                **dict(transform_view(target, forms)), whose=how.name,
                kind="local" if isinstance(how, ProgramDeclaration) else how.protocol,
                contact=int(how.contact), fits=fits,
            )
        )  # fmt: skip
    return MaltegoFits(
        transforms=found, left=left, by_name=[one.name for one in enabled if asked_by_name(one)],
        looked_at=len(looked_at),
    )  # fmt: skip


class _Fits:
    """How many entities a list of Maltego types takes; each list is looked at once."""

    def __init__(self, kinds: Sequence[tuple[Entity, int]], catalogue: Catalogue) -> None:
        self._kinds, self._catalogue = kinds, catalogue
        self._known: dict[tuple[str, ...], int] = {}

    def __call__(self, types: tuple[str, ...]) -> int:
        if types not in self._known:
            self._known[types] = sum(
                number
                for entity, number in self._kinds
                if thing_for(entity, {}, types, self._catalogue) is not None
            )
        return self._known[types]
