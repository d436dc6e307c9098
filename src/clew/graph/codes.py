"""Names as small numbers: types, properties, collectors, link types."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clew.errors import TooLarge

NAMES_MAX = 65_536
"""Most distinct names of one kind in an investigation."""


class Codes:
    """A name's number, given in order of appearance."""

    __slots__ = ("_code", "names")

    def __init__(self, names: list[str] | None = None) -> None:
        self.names: list[str] = names or []
        self._code = {name: code for code, name in enumerate(self.names)}

    def code(self, name: str) -> int:
        """The number of a name, a new one when unknown."""
        code = self._code.get(name)
        if code is None:
            code = self._code[name] = len(self.names)
            if code >= NAMES_MAX:
                raise TooLarge("names", NAMES_MAX)
            self.names.append(name)
        return code

    def head(self, size: int) -> Codes:
        """The first names."""
        return Codes(self.names[:size])

    def known(self, name: str) -> int:
        """The number of a name, -1 when unknown."""
        return self._code.get(name, -1)

    def translate(self, names: tuple[str, ...], used: NDArray[np.generic]) -> NDArray[np.uint16]:
        """Numbers for the codes of a block: index by local code. Unused names get none."""
        table = np.zeros(len(names) or 1, np.uint16)
        for local in np.unique(used).tolist():
            table[local] = self.code(names[local])
        return table
