"""Entities and claims in requests and answers: found by value or id, told with id and source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

from clew.errors import InvalidValue, UnknownName
from clew.questions.question import AnswerRecord, doc

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from clew.graph.working_set import WorkingSet
    from clew.schema.registry import Catalogue

ID = re.compile(r"[0-9a-f]{32}")
EntityId = Annotated[str, doc("The entity's id, 32 hexadecimal digits.")]


class EntityRow(AnswerRecord, frozen=True, kw_only=True):
    """An entity."""

    id: EntityId
    type: Annotated[str, doc("Its type.")]
    value: Annotated[str, doc("Its canonical value, live.")]


def entity_rows(state: WorkingSet, rows: Iterable[int]) -> tuple[EntityRow, ...]:
    """Entities of the working set, in the order given."""
    from clew.graph.view import entity_record

    listed = list(rows)
    records = [entity_record(state, row) for row in listed]
    return tuple(
        EntityRow(id=id_, type=one.type, value=one.value)
        for id_, one in zip(ids_of(state, listed), records, strict=True)
    )


def ids_of(state: WorkingSet, rows: Sequence[int] | NDArray[np.int32]) -> list[str]:
    """The id of each row, in hexadecimal."""
    import numpy as np

    raw = state.entities.id_rows(np.asarray(rows, np.int32)).tobytes()
    return [raw[at : at + 16].hex() for at in range(0, len(raw), 16)]


def row_named(state: WorkingSet, catalogue: Catalogue, name: str) -> int:
    """
    The row of an entity that is named by its id or its value, after merges.

    Raises:
        InvalidValue: The name is no value of any type.
        UnknownName: The investigation holds no such entity.
    """
    return int(rows_named(state, catalogue, [name])[0])


def rows_named(
    state: WorkingSet, catalogue: Catalogue, names: Sequence[str], *, merged: bool = True
) -> NDArray[np.int32]:
    """
    The row of each entity named; raises as `row_named`.

    Args:
        state: The working set.
        catalogue: The kinds that a value may be of.
        names: Values, defanged or not, or ids.
        merged: Whether an entity that was merged into another gives that other's row.
    """
    import numpy as np

    from clew.graph.entities import pack_ids

    # A digest of that length may be a hash's value as well: an id that is there comes first.
    raw = b"".join(bytes.fromhex(name) if ID.fullmatch(name) else bytes(16) for name in names)
    rows = state.entities.find(pack_ids(raw)).astype(np.int32)
    for at in np.flatnonzero(rows < 0).tolist():
        rows[at] = _row_of_value(state, catalogue, names[at])
    if merged and state.decisions.merged:
        rows = np.asarray([state.decisions.merged_into(row) for row in rows.tolist()], np.int32)
    return rows


def _row_of_value(state: WorkingSet, catalogue: Catalogue, text: str) -> int:
    """The row of a value: as it stands of any type, refanged, or as it is read of pasted text."""
    from clew.graph.entities import pack_ids
    from clew.schema.detect import read_lines
    from clew.schema.refang import refang_words
    from clew.schema.value import entity_id

    forms = dict.fromkeys((text, refang_words(text)))
    ids = b"".join(entity_id(name, form) for form in forms for name in catalogue.entity_types)
    rows = state.entities.find(pack_ids(ids))
    if (rows >= 0).any():
        return int(rows[rows >= 0][0])
    values, problems = read_lines(text, catalogue)
    if not values:
        raise InvalidValue("entity", text, problems[0].reason if problems else "it is empty")
    value = values[0][1]
    row = int(state.entities.find(pack_ids(value.id))[0])
    if row < 0:
        raise UnknownName(value.type.term, str(value))
    return row


def date_time(seconds: float) -> str:
    """A moment as ISO 8601 in UTC, to the second."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"
