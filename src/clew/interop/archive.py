"""ZIP archives that were written by anyone: read in memory, bounded, nothing unpacked to disk."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ImportProblem

ARCHIVE_BYTES_MAX = 512 * 1024 * 1024
"""Largest archive that is read."""
MEMBERS_MAX = 10_000
"""Most members of one archive."""
MEMBER_BYTES_MAX = 512 * 1024 * 1024
"""Largest member, unpacked."""
UNPACKED_BYTES_MAX = 1024 * 1024 * 1024
"""Most bytes of all members together, unpacked."""
RATIO_MAX = 400
"""How much larger than its packed form a member may be, once it is over RATIO_BYTES_MIN."""
RATIO_BYTES_MIN = 4 * 1024 * 1024
TOGETHER_BYTES_MIN = 64 * 1024 * 1024
"""How much all members together may come to, however small the archive is."""
NAME_LENGTH_MAX = 1_000
_PIECE = 256 * 1024


def read_archive(data: bytes) -> tuple[dict[str, bytes], list[ImportProblem]]:
    """
    The members of an archive by name; of two with one name the last counts.

    Raises:
        InvalidValue: It is no ZIP archive, is over a bound, or has names that would leave a folder.
    """
    if len(data) > ARCHIVE_BYTES_MAX:
        raise _refused(f"it has {len(data)} bytes, and {ARCHIVE_BYTES_MAX} are read")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > MEMBERS_MAX:
                raise _refused(f"it has {len(infos)} members, and {MEMBERS_MAX} are read")
            return _members(archive, infos, len(data))
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError) as error:
        raise _refused(f"it can't be read: {error}") from error
    except (NotImplementedError, RuntimeError, UnicodeDecodeError, OverflowError) as error:
        raise _refused(f"it can't be read: {error}") from error


def _members(
    archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], packed: int
) -> tuple[dict[str, bytes], list[ImportProblem]]:
    members: dict[str, bytes] = {}
    problems: list[ImportProblem] = []
    left = UNPACKED_BYTES_MAX
    for info in infos:
        name = info.filename
        if name.endswith("/"):
            continue
        _check(info)
        if name in members:
            problems.append(ImportProblem(name[:200], "", "it is there twice; the last counts"))
        most = min(MEMBER_BYTES_MAX, left)
        try:
            members[name] = _unpacked(archive, info, most)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            # One damaged member does not take the others with it.
            problems.append(ImportProblem(name[:200], "", f"it is damaged: {error}"))
            continue
        left -= len(members[name])
        unpacked = UNPACKED_BYTES_MAX - left
        if unpacked > TOGETHER_BYTES_MIN and unpacked > RATIO_MAX * packed:
            raise _refused(f"its members grow over {RATIO_MAX} times together: a bomb")
    return members, problems


def _check(info: zipfile.ZipInfo) -> None:
    name = info.filename
    if len(name) > NAME_LENGTH_MAX or "\0" in name:
        raise _refused(f"a member's name is no name: {name[:80]!r}")
    if name.startswith(("/", "\\")) or (len(name) > 1 and name[1] == ":"):
        raise _refused(f"the member {name[:80]!r} has an absolute name")
    if ".." in name.replace("\\", "/").split("/"):
        raise _refused(f"the member {name[:80]!r} would leave its folder")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise _refused(f"the member {name[:80]!r} is a link")
    if info.flag_bits & 0x1:
        raise InvalidValue(
            "archive", name[:80], "it is password-protected", helps="Save it without a password."
        )


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """The bytes of a member; what it says of its own size is not believed."""
    pieces, size = [], 0
    with archive.open(info) as member:
        while piece := member.read(_PIECE):
            size += len(piece)
            if size > most:
                raise _refused(f"the member {info.filename[:80]!r} is over {most} bytes unpacked")
            if size > RATIO_BYTES_MIN and size > RATIO_MAX * max(info.compress_size, 1):
                raise _refused(
                    f"the member {info.filename[:80]!r} grows over {RATIO_MAX} times: a bomb"
                )
            pieces.append(piece)
    return b"".join(pieces)


def _refused(reason: str) -> InvalidValue:
    return InvalidValue("archive", "", reason)
