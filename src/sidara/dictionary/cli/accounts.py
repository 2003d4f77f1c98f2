"""How commands tell what came of a save, and how they give an entry as plain data."""

import dataclasses
from typing import Any

import typer

from sidara.dictionary.core import Difference, Verdict
from sidara.dictionary.services import Account
from sidara.kernel.exits import Exit
from sidara.kernel.number import format_number
from sidara.ui import terminal


def as_data(account: Account) -> dict[str, Any]:
    """Give an account as plain data."""
    counts = ("sent", "created", "updated", "unchanged", "kept", "conflicting", "rejected")
    return {
        **{name: getattr(account, name) for name in counts},
        "revision": account.revision,
        "is_stored": account.is_stored,
        "differences": [difference(one) for one in account.differences],
        "form_versions": [dataclasses.asdict(one) for one in account.moves],
        "findings": [one.flat() | {"file": one.place.file} for one in account.findings],
    }


def difference(one: Difference) -> dict[str, Any]:
    """Give a difference as plain data."""
    return {
        "kind": str(one.kind),
        "code": one.code,
        "name": one.name,
        "verdict": str(one.verdict),
        "keys": [dataclasses.asdict(key) for key in one.keys],
    }


def tell(account: Account, *, as_json: bool, is_dry: bool) -> None:
    """Tell what came of a save, and leave with its exit code."""
    if as_json:
        terminal.write_json(as_data(account))
    terminal.say_findings(account.findings)
    parts = [
        f"{format_number(getattr(account, str(verdict)))} {verdict.words}"
        for verdict in Verdict
        if getattr(account, str(verdict))
    ]
    terminal.say(f"Dikirim {format_number(account.sent)} entri: {', '.join(parts) or 'tidak ada'}.")
    if account.moves:
        moves = ", ".join(f"{one.form} v{one.after}" for one in account.moves[:8])
        more = f" dan {len(account.moves) - 8} lagi" if len(account.moves) > 8 else ""
        terminal.say(f"Versi formulir: {moves}{more}.")
    if account.is_refused:
        terminal.say("Ada galat; tidak ada yang disimpan.")
        raise typer.Exit(Exit.REFUSED)
    if is_dry:
        terminal.say("Ini percobaan; tidak ada yang disimpan.")
    elif account.is_stored:
        terminal.say(f"Tersimpan sebagai revisi {account.revision}.")
    else:
        terminal.say("Tidak ada yang berubah.")
    if account.conflicting:
        raise typer.Exit(Exit.PARTIAL)


def tell_differences(found: tuple[Difference, ...], *, as_json: bool) -> None:
    """Tell what differs, key by key."""
    if as_json:
        terminal.write_json([difference(one) for one in found])
        return
    console = terminal.page()
    for one in found:
        verdict = "diambil" if one.verdict is Verdict.REJECTED else one.verdict.words
        console.print(f"{one.kind.words} {one.code} ({one.name}): {verdict}", highlight=False, markup=False)
        for key in one.keys:
            console.print(f"  {key.key}: {key.old} -> {key.new}", highlight=False, markup=False)
    terminal.say(f"{format_number(len(found))} entri berbeda.")
