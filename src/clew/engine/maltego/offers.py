"""What a Maltego configuration offers, as declarations that are not enabled. Pure."""

from __future__ import annotations

from clew.engine.maltego.declarations import (
    NAME_LENGTH_MAX,
    Declaration,
    ListedTransform,
    ProgramDeclaration,
    ServerDeclaration,
    check,
)
from clew.errors import InvalidValue
from clew.interop.maltego.configuration import Configuration
from clew.transform.provider import Contact


def offers_of(configuration: Configuration, contact: Contact) -> dict[str, tuple[Declaration, str]]:
    """
    Local transforms and servers by a name that can be declared, each with a note.

    Addresses that can't be asked (such as the one of the local machine) are left out.

    Args:
        configuration: What the file holds.
        contact: The class that each is offered with.
    """
    found: dict[str, tuple[Declaration, str]] = {}
    for one in configuration.local:
        local = ProgramDeclaration(
            _free(one.name, found), one.display_name or one.name, one.command, one.parameters,
            one.working_directory, one.input_type, one.output_types, contact,
        )  # fmt: skip
        _offer(found, local, one.description)
    for server in configuration.servers:
        if server.url.startswith(("http://", "https://")):
            url = server.url.partition("?")[0]
            known = tuple(
                ListedTransform(
                    it.name, it.display_name, url,
                    tuple(t for t in (it.input_type, *it.more_input_types) if t), it.output_types,
                    tuple(setting.name for setting in it.settings),
                    tuple(setting.name for setting in it.settings if setting.auth),
                )
                for it in server.offered
            )  # fmt: skip
            made = ServerDeclaration(_free(server.name, found), url, "tds", contact, offers=known)
            _offer(found, made, server.description)
    for seed in configuration.seeds:
        _offer(
            found,
            ServerDeclaration(_free("seed", found), seed.partition("?")[0], "tds", contact),
            "",
        )
    return found


def _offer(found: dict[str, tuple[Declaration, str]], one: Declaration, description: str) -> None:
    try:
        check(one)
    except InvalidValue as error:
        found[one.name] = (one, f"it can't be declared as it is: {error.reason}")
        return
    found[one.name] = (one, description[:200])


def _free(name: str, taken: dict[str, tuple[Declaration, str]]) -> str:
    """A name that can be declared, near to what the file calls it."""
    allowed = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in name)
    plain = allowed.strip("-._")[: NAME_LENGTH_MAX - 10] or "offer"
    made, number = plain, 2
    while made in taken:
        made, number = f"{plain}-{number}", number + 1
    return made
