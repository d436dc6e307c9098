"""Commands about the file as evidence: check, sign, verify, backup."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from clew.cli.session import File, Json

SignatureFile = Annotated[
    Path | None, typer.Option("--signature", help="The signature; else FILE.sig")
]


def declare(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (check, sign, verify, backup):
        app.command()(command)


def check(
    file: File,
    salvage: Annotated[Path | None, typer.Option("--salvage", help="Copy what is good")] = None,
    digest: Annotated[
        str, typer.Option("--digest", help="A last digest that was noted before: still in its log?")
    ] = "",
    as_json: Json = False,
) -> None:
    """Tell whether a file is whole, and what can be read of it."""
    from dataclasses import asdict

    from clew.cli.output import print_json, say
    from clew.store.check import check as check_it
    from clew.store.salvage import salvage as salvage_it

    report = check_it(file, digest=digest)
    if as_json:
        print_json(asdict(report))
    else:
        for line in report.lines():
            say(line)
    if salvage is not None:
        copied = salvage_it(file, salvage)
        if not as_json:
            say(f"{copied} entries were copied to {salvage}.")
    if not report.good:
        raise typer.Exit(5)


def sign(file: File, signature: SignatureFile = None, as_json: Json = False) -> None:
    """Sign a file's last digest, for handing it over."""
    import time

    import msgspec

    from clew.cli.output import print_json, say
    from clew.engine.signing import ENDING, signing_key, signing_key_path
    from clew.errors import DamagedFile
    from clew.store.beside import write_beside
    from clew.store.check import check as check_it

    report = check_it(file)
    if not report.good or report.unproven:
        raise DamagedFile(file, report.fault or report.unproven, helps="Nothing was signed.")
    key, new = signing_key(os.environ)
    made = key.sign(entries=report.good_entries, digest=report.digest, at=int(time.time()))
    target = signature or file.with_name(f"{file.name}{ENDING}")
    write_beside(target, msgspec.json.encode(made) + b"\n")
    if as_json:
        print_json({"signature": str(target), "key": key.public, "digest": report.digest})
        return
    if new:
        say(f"A signing key was made: {signing_key_path(os.environ)}.")
        say("Keep a copy of it where only you are: who has it signs as you, and it can't be "
            "made again. What it signed stays verifiable without it.")  # fmt: skip
    say(f"{target}: {report.good_entries} entries, digest {report.digest}.")
    say(f"Tell the public key on another way than the file: {key.public}")


def verify(
    file: File,
    signature: SignatureFile = None,
    key: Annotated[
        str, typer.Option("--key", help="The signer's public key, hex, told on another way")
    ] = "",
    as_json: Json = False,
) -> None:
    """Tell whether a file is whole and is the one that was signed."""
    from datetime import UTC, datetime

    from clew.cli.output import print_json, say
    from clew.engine.signing import ENDING, read_signature, require_signed
    from clew.errors import DamagedFile, FileFault
    from clew.store.check import check as check_it

    source = signature or file.with_name(f"{file.name}{ENDING}")
    try:
        data = source.read_bytes()
    except OSError as error:
        raise FileFault(source, f"the signature can't be read: {error.strerror}") from error
    signed = read_signature(data)
    require_signed(signed, key)
    report = check_it(file, digest=signed.digest)
    if not report.good:
        raise DamagedFile(file, " ".join(report.lines()))
    later = report.good_entries - signed.entries
    if as_json:
        print_json({"key": signed.key, "digest": signed.digest, "at": signed.at,
                    "entries": signed.entries, "later": later, "known": bool(key)})  # fmt: skip
        return
    when = f"{datetime.fromtimestamp(signed.at, UTC):%Y-%m-%d %H:%M} UTC"
    say(f"{file}: signed by {signed.key} at {when} (by the signer's clock), {signed.entries} "
        "entries; the signature holds.")  # fmt: skip
    if later:
        say(
            f"Appended since, and signed by nobody: {later} {'entry' if later == 1 else 'entries'}."
        )
    if not key:
        say("Whose key that is, is not known: compare it with what the signer told, or use --key.")


def backup(file: File, to: Annotated[Path, typer.Argument(help="The copy")]) -> None:
    """Copy a file whole, also while it is open elsewhere."""
    from clew.cli.output import say
    from clew.store.backup import backup as copy

    entries, digest = copy(file, to)
    say(f"{to}: {entries} entries, digest {digest}.")
