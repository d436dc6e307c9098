"""The catalogue as plain data, for the service, the page and the docs."""

from __future__ import annotations

from clew.schema.entity_type import EntityType, State
from clew.schema.link_type import LinkType
from clew.schema.refang import DEFANGED_TYPES
from clew.schema.registry import Catalogue
from clew.schema.roles import ROLES


def catalogue_data(catalogue: Catalogue) -> dict[str, object]:
    """All kinds of *catalogue* as dictionaries, lists and scalars; fit for JSON, in its order."""
    return {
        "entity_types": [_entity_type(kind) for kind in catalogue.entity_types.values()],
        "link_types": [_link_type(kind) for kind in catalogue.link_types.values()],
        "states": [_state(kind) for kind in catalogue.states.values()],
        "roles": [
            {
                "name": role.name,
                "label": role.label,
                "type": role.type,
                "icon": role.icon,
                "solid": role.solid,
                "description": role.description,
            }
            for role in ROLES
        ],
    }


def _entity_type(kind: EntityType) -> dict[str, object]:
    return {
        "name": kind.name,
        "label": kind.label,
        "plural": kind.plural,
        "family": kind.family,
        "icon": kind.icon,
        "solid": kind.solid,
        "description": " ".join(kind.description.split()),
        "properties": [
            {"name": each.name, "label": each.label, "kind": each.kind} for each in kind.properties
        ],
        "detected": kind.detect is not None,
        "defanged": kind.name in DEFANGED_TYPES,
    }


def _link_type(kind: LinkType) -> dict[str, object]:
    return {
        "name": kind.name,
        "label": kind.label,
        "inverse": kind.inverse,
        "sources": list(kind.sources),
        "targets": list(kind.targets),
        "shared": kind.shared,
        "identity": kind.identity,
    }


def _state(kind: State) -> dict[str, object]:
    return {
        "name": kind.name,
        "label": kind.label,
        "icon": kind.icon,
        "bounds_pivots": kind.bounds_pivots,
        "weight": kind.weight,
        "types": sorted(kind.types),
    }
