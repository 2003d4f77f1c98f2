"""`sidara dictionary list | show | load | diff | validate`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from sidara.dictionary import queries, services
from sidara.dictionary.cli import accounts
from sidara.dictionary.core import Thing, Variable, Wanted, find, plain
from sidara.dictionary.core.metadata import checks, domain
from sidara.expressions.vocabulary import near
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import now
from sidara.kernel.exits import Exit
from sidara.kernel.number import format_number
from sidara.ui import terminal

AsJson = Annotated[bool, typer.Option("--json", help="Tulis sebagai JSON.")]
Files = Annotated[
    list[Path] | None, typer.Argument(metavar="[BERKAS]...", help="Berkas YAML; tanpa ini isi bawaan.")
]
Kind = Annotated[str, typer.Option("--kind", help="Jenis entri: variable, form, list, indicator, …")]


def _kind(name: str) -> Thing:
    try:
        return Thing(name)
    except ValueError as fault:
        terminal.say(f"Jenis {name} tidak dikenal; pilih {', '.join(Thing)}.")
        raise typer.Exit(Exit.USAGE) from fault


def list_(  # noqa: PLR0913 - the options of the command
    text: Annotated[str, typer.Argument(metavar="[KATA]", help="Kata yang dicari pada elemen.")] = "",
    *,
    kind: Kind = "variable",
    sector: Annotated[str, typer.Option("--sector", help="Kode bidang, misalnya KES.")] = "",
    agency: Annotated[str, typer.Option("--agency", help="Kode OPD pemilik, misalnya DINKES.")] = "",
    form: Annotated[str, typer.Option("--form", help="Kode formulir.")] = "",
    confidence: Annotated[str, typer.Option("--confidence", help="official, published, atau inferred.")] = "",
    as_json: AsJson = False,
) -> None:
    """Daftar entri kamus; elemen dapat dicari dan disaring.

    Contoh: sidara dictionary list stunting --sector KES --json
    """
    made = queries.dictionary(OPERATOR)
    chosen = _kind(kind)
    if chosen is Thing.VARIABLE:
        wanted = Wanted(text, sector, agency, form, confidence=confidence)
        things: list[object] = list(find(made, wanted))
    else:
        things = list(made.of(chosen).values())
    if as_json:
        terminal.write_json([plain(one) for one in things])  # type: ignore[arg-type]  # entries of one kind
        return
    table = Table("Kode", "Nama", "Formulir", "Satuan", "Keyakinan")
    for one in things:
        cells = [getattr(one, name, "") for name in ("code", "name", "form", "unit", "confidence")]
        table.add_row(*(escape(str(cell)) for cell in cells))
    terminal.page().print(table)
    terminal.say(f"{format_number(len(things))} {chosen.words}.")


def show(
    code: Annotated[str, typer.Argument(metavar="KODE")], *, kind: Kind = "", as_json: AsJson = False
) -> None:
    """Tampilkan satu entri: teks, rincian, aturan, pemakainya, dan riwayatnya.

    Contoh: sidara dictionary show KEP_001 --json
    """
    made = queries.dictionary(OPERATOR)
    kinds = [_kind(kind)] if kind else [one for one in Thing if code in made.of(one)]
    if not kinds or code not in made.of(kinds[0]):
        known = {one for each in (kinds or list(Thing)) for one in made.of(each)}
        terminal.say(f"{code} tidak ada dalam kamus. {near(code, known)}")
        raise typer.Exit(Exit.REFUSED)
    thing = made.of(kinds[0])[code]
    if not isinstance(thing, Variable):
        terminal.write_json(plain(thing))
        return
    used = queries.uses(OPERATOR)[code]
    metadata = queries.ms_var(OPERATOR, code)
    if as_json:
        terminal.write_json(
            plain(thing)
            | {
                "frequency": str(made.frequency(code)),
                "breakdowns": list(made.breakdowns(thing)),
                "inputs": [f"{one.target} {one.input}" for one in used.inputs],
                "indicators": list(used.indicators),
                "read_by_rules": list(used.rules),
                "reports": list(used.reports),
                "ms_var": {one.field.key: one.value for one in metadata.fields} if metadata else {},
                "versions": len(queries.history(OPERATOR, Thing.VARIABLE, code)),
            }
        )
        return
    console = terminal.page()
    console.print(f"[bold]{escape(thing.code)} {escape(thing.name)}[/bold]")
    owner = made.agencies[thing.agency].name
    rows = (
        ("Pertanyaan", thing.question),
        ("Definisi", thing.definition),
        ("Mengapa ditanya", thing.reason),
        ("Contoh", thing.example),
        ("Bukti", thing.evidence),
        ("Satuan", thing.unit),
        ("Jawaban", domain(made, thing) or thing.type.words),
        ("Rincian", "; ".join(made.breakdowns(thing))),
        ("Formulir", f"{thing.form}, {made.frequency(code)}"),
        ("Pemilik", owner),
        ("Keyakinan", f"butir {thing.confidence.words}, teks {thing.text_confidence.words}"),
        ("Diperiksa", "; ".join(checks(made, thing))),
        ("Dipakai", "; ".join([f"{one.target} {one.input}" for one in used.inputs] + [*used.indicators])),
    )
    for word, value in rows:
        if value:
            console.print(f"{word}: {value}", markup=False, highlight=False)


def load(
    files: Files = None,
    *,
    take_given: Annotated[
        bool, typer.Option("--take-given", help="Pakai isi yang dimuat juga bila disunting di sini.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Hanya tunjukkan perubahannya.")] = False,
    as_json: AsJson = False,
) -> None:
    """Muat isi kamus (bawaan atau berkas YAML) sebagai revisi baru. Suntingan setempat dipertahankan.

    Contoh: sidara dictionary load --dry-run
    """
    given = None if not files else _read(files)
    account = services.load(OPERATOR, clock=now, files=given, take_given=take_given, dry_run=dry_run)
    accounts.tell(account, as_json=as_json, is_dry=dry_run)


def diff(
    old: Annotated[int, typer.Argument(metavar="LAMA", help="Nomor revisi; 0 = isi bawaan.")] = 0,
    new: Annotated[
        int | None, typer.Argument(metavar="[BARU]", help="Nomor revisi; tanpa ini yang berlaku.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Bandingkan dua revisi kamus, entri demi entri, kunci demi kunci.

    Contoh: sidara dictionary diff 1 2
    """
    accounts.tell_differences(queries.difference(OPERATOR, old, new), as_json=as_json)


def validate(files: Files = None, *, as_json: AsJson = False) -> None:
    """Periksa kamus yang berlaku, atau berkas YAML, tanpa menyimpan apa pun.

    Contoh: sidara dictionary validate kamus/*.yaml
    """
    checked = queries.check(OPERATOR, _read(files) if files else None)
    if as_json:
        findings = [one.flat() | {"file": one.place.file} for one in checked.findings]
        terminal.write_json({"entries": checked.entries, "findings": findings})
    terminal.say_findings(checked.findings)
    terminal.say(
        f"{format_number(checked.entries)} entri diperiksa, {format_number(len(checked.findings))} temuan."
    )
    raise typer.Exit(Exit.GOOD if checked.is_good else Exit.REFUSED)


def _read(files: list[Path]) -> list[tuple[str, bytes]]:
    return [(file.name, terminal.read_file(file)) for file in files]
