"""Clew's own entity types, as Maltego's clients take them up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from clew.interop.maltego.configuration import TransformServer
from clew.interop.maltego.definition import EntityDefinition
from clew.interop.maltego.mtgx_write import definition_of
from clew.interop.maltego.mtz_write import write_mtz
from clew.interop.maltego.words import TO_MALTEGO
from clew.schema.registry import Catalogue
from clew.service.trx.catalogue import TransformCatalogue


def own_kinds(catalogue: Catalogue) -> tuple[EntityDefinition, ...]:
    """The types that Maltego has no word for."""
    return tuple(
        replace(
            definition_of(name), display_name=kind.label, plural=kind.plural,
            description=kind.description,
        )
        for name, kind in sorted(catalogue.entity_types.items())
        if name not in TO_MALTEGO
    )  # fmt: skip


def configuration(
    catalogue: Catalogue, transforms: TransformCatalogue, *, url: str, seed: str
) -> bytes:
    """Own types and transforms as a `.mtz`."""
    server = TransformServer(
        "Clew", url, "Clew's transforms: every result with its source and its dates.",
        seeds=(seed,), offered=transforms.simple,
    )  # fmt: skip
    return write_mtz(own_kinds(catalogue), server=server)


def asset(kind: EntityDefinition) -> dict[str, Any]:
    """A type as version 3 declares it."""
    return {
        "id": kind.id,
        "displayName": kind.display_name,
        "displayNamePlural": kind.plural or kind.display_name,
        "description": kind.description,
        "category": kind.category,
        "iconResource": kind.icon or "Phrase",
        "visible": kind.visible,
        "allowedRoot": True,
        "conversionOrder": kind.order,
        "baseEntities": list(kind.bases),
        "properties": {
            "value": kind.value,
            "displayValue": kind.display_value or kind.value,
            "fields": [
                {
                    "name": one.name, "matchingRule": "strict", "type": one.type.upper(),
                    "displayName": one.display_name or one.name, "nullable": one.nullable,
                    "hidden": one.hidden, "readonly": one.readonly, "isArray": False,
                    "sampleValue": one.sample,
                }
                for one in kind.fields
            ],
        },
    }  # fmt: skip
