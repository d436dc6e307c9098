"""The canonical form of a Windows registry key."""

from __future__ import annotations

import re

from clew.errors import InvalidValue
from clew.schema.types.text import upper

HIVES = {
    "HKLM": "HKEY_LOCAL_MACHINE",
    "HKCU": "HKEY_CURRENT_USER",
    "HKCR": "HKEY_CLASSES_ROOT",
    "HKU": "HKEY_USERS",
    "HKCC": "HKEY_CURRENT_CONFIG",
    "HKPD": "HKEY_PERFORMANCE_DATA",
}
"""Short names of the hives, and the names in full."""

_KERNEL = {"MACHINE": "HKEY_LOCAL_MACHINE", "USER": "HKEY_USERS"}
_SEPARATORS = re.compile(r"\\+")
_FULL = frozenset(HIVES.values())


def canonical_key(text: str) -> str:
    r"""
    The key with its hive in full and single backslashes.

    Knows ``HKLM``, PowerShell's ``HKLM:``, regedit's ``Computer\``, and the kernel's
    ``\REGISTRY\MACHINE``. A key without a hive stays without; its case is kept.

    Raises:
        InvalidValue: It has neither a hive nor a backslash.
    """
    key = _SEPARATORS.sub(r"\\", text.strip()).strip("\\").strip()
    head, slash, rest = key.partition("\\")
    if slash and upper(head) == "COMPUTER":
        head, slash, rest = rest.partition("\\")
    if slash and upper(head) == "REGISTRY":
        kernel, slash, rest = rest.partition("\\")
        hive = _KERNEL.get(upper(kernel))
        if hive is None:
            raise InvalidValue("registry key", text, f"{kernel[:40]!r} is no root of the registry")
        return f"{hive}\\{rest}" if rest else hive
    written = upper(head.removesuffix(":"))
    hive = HIVES.get(written, written if written in _FULL else None)
    if hive is not None:
        return f"{hive}\\{rest}" if rest else hive
    if not slash:
        raise InvalidValue("registry key", text, "it has neither a hive nor a backslash")
    return f"{head}\\{rest}"
