"""The commands `sidara plan import | tables`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import now
from sidara.kernel.exits import Exit
from sidara.kernel.number import format_number
from sidara.programmes import queries, services
from sidara.programmes.core import Edition, Level
from sidara.programmes.core.importing import Ask, Need, PlanTable, Verdict
from sidara.ui import terminal

OPTIONS = {
    "PLAN_UNIT_UNSURE": "--unit rupiah, ribu, juta, atau miliar",
    "PLAN_PERCENT_UNSURE": "--percent shown (seperti tampil) atau --percent stored (seperti tersimpan)",
    "PLAN_TABLE_UNSURE": "--table dan kunci tabelnya (sidara plan tables)",
    "PLAN_CHANGED_HERE": "--over-hand bila berkas yang berlaku",
    "PLAN_AGENCY_MISSING": "--agency dan nama perangkat daerahnya",
}
"""By which option a question of the file is answered."""
WORDS = {
    "sent": "terkirim",
    Verdict.CREATED.value: "baru",
    Verdict.UPDATED.value: "diperbarui",
    Verdict.UNCHANGED.value: "tetap",
    Verdict.CONFLICTING.value: "berselisih",
    Verdict.REJECTED.value: "ditolak",
}


def import_(  # noqa: PLR0913 - one parameter an option
    *,
    file: Annotated[Path, typer.Argument(help="Buku kerja .xlsx (juga .xls, .ods) atau .csv.")],
    area: Annotated[str, typer.Option(help="Kode wilayah pemilik rencana, misalnya 62.07 atau kode desa.")],
    year: Annotated[int, typer.Option(help="Tahun rencana; untuk Renstra dan RPJM Desa tahun pertamanya.")],
    owner: Annotated[
        Level | None, typer.Option(help="Tingkat pemilik; tanpa ini menurut tabel yang disebut.")
    ] = None,
    table: Annotated[
        str, typer.Option(help="Tabel, misalnya renja; tanpa ini dikenali dari judul kolomnya.")
    ] = "",
    agency: Annotated[str, typer.Option(help="Perangkat daerah, kementerian, atau perusahaan.")] = "",
    year_to: Annotated[int, typer.Option(help="Tahun terakhir; tanpa ini menurut jangka dokumennya.")] = 0,
    edition: Annotated[Edition, typer.Option(help="Naskah murni atau perubahan.")] = Edition.ORIGINAL,
    document: Annotated[str, typer.Option(help="Nomor dan nama peraturannya.")] = "",
    sector: Annotated[str, typer.Option(help="Bidang yang menyusunnya, bila bukan semua.")] = "",
    unit: Annotated[
        str, typer.Option(help="Satuan uang bila judulnya menyebut lain: rupiah, ribu, juta, miliar.")
    ] = "",
    percent: Annotated[
        str, typer.Option(help="Arti sel bergaya persen: shown (96 seperti tampil) atau stored (0,96).")
    ] = "",
    kind: Annotated[
        list[str] | None, typer.Option(help="Jenis kegiatan yang dipilih: KUNCI=JK-…; boleh berulang.")
    ] = None,
    village: Annotated[
        list[str] | None, typer.Option(help="Desa yang dipilih untuk nama: NAMA=KODE; boleh berulang.")
    ] = None,
    over_hand: Annotated[
        bool, typer.Option("--over-hand", help="Berkas yang berlaku atas baris yang diubah orang di sini.")
    ] = False,
    simulated: Annotated[
        bool, typer.Option("--simulated", help="Rencana karangan (SIMULASI) untuk desa contoh.")
    ] = False,
    dry_run: terminal.DryRun = False,
    all_or_nothing: terminal.AllOrNothing = False,
    as_json: terminal.AsJson = False,
    report: Annotated[
        Path | None, typer.Option(help="Tulis putusan dan semua temuan ke berkas JSON ini.")
    ] = None,
) -> None:
    """Impor tabel rencana; setiap baris data mendapat putusan.

    Baru + diperbarui + tetap + berselisih + ditolak = terkirim (baris data). Baris jumlah, nomor kolom dan
    kelompok dilewati dan disebut. Sel kosong tidak mengubah apa pun.

    Kode keluar: 0 tidak ada yang ditolak atau berselisih, 2 ada, 1 berkas tidak dapat dipakai.

    Contoh: sidara plan import rkp.xlsx --table rkpdes --area 62.07.01.2001 --year 2027 --dry-run
    """
    known = queries.plan_tables(OPERATOR).table(table)
    ask = Ask(
        level=owner or _owner(known),
        area=area,
        year=year,
        year_to=year_to,
        table=table,
        agency=agency.strip(),
        sector=sector,
        edition=edition,
        document=document.strip(),
        unit=unit,
        percent=percent,
        kinds=_pairs(kind or (), "--kind"),
        villages=_pairs(village or (), "--village"),
        is_simulated=simulated,
        over_hand=over_hand,
        all_or_nothing=all_or_nothing,
    )
    done = services.import_plan(
        OPERATOR, content=terminal.read_file(file), name=file.name, ask=ask, now=now(), is_dry=dry_run
    )
    result = told(done, is_dry=dry_run)
    if report is not None:
        terminal.write_report(report, result)
    if as_json:
        terminal.write_json(result)
    else:
        if not done.is_refused:
            _say_account(done, dry_run=dry_run)
        terminal.say_findings(done.findings, rest="; --report BERKAS.json menulis semuanya")
        _say_options(done)
    if done.is_refused:
        raise typer.Exit(Exit.REFUSED)
    if not done.is_clean:
        raise typer.Exit(Exit.PARTIAL)


def _owner(table: PlanTable | None) -> Level:
    if table is None or len(table.owners) != 1:
        terminal.say(
            "Sebutkan tingkat pemiliknya dengan --owner (pusat, provinsi, kabupaten, desa, perusahaan)."
        )
        raise typer.Exit(Exit.USAGE)
    return table.owners[0]


def _pairs(given: Sequence[str], option: str) -> dict[str, str]:
    pairs = [one.rpartition("=") for one in given]
    if any(not sign or not key.strip() for key, sign, _ in pairs):
        terminal.say(f"Tulis {option} sebagai KUNCI=NILAI.")
        raise typer.Exit(Exit.USAGE)
    return {key.strip(): value.strip() for key, _, value in pairs}


def told(done: services.Imported, *, is_dry: bool) -> dict[str, Any]:
    """Give the account of an import as plain values, for programs."""
    return {
        "table": done.table.key if done.table else None,
        **dict(done.counts or dict.fromkeys(WORDS, 0)),
        "stored": done.is_stored,
        "refused": done.is_refused,
        "dry_run": is_dry,
        "import": str(done.uid) if done.uid else None,
        "rows": [
            {
                "sheet": one.row.draft.sheet,
                "line": one.row.draft.line,
                "verdict": one.verdict.value,
                "code": one.row.draft.written.get("code", ""),
                "name": one.row.draft.written.get("name", ""),
            }
            for one in done.rows
        ],
        "skipped": [
            {"sheet": one.sheet, "line": one.line, "reason": one.skip.value, "words": one.words}
            for one in done.file.skipped
        ],
        "columns": [
            {"sheet": sheet, "heading": heading, "column": column}
            for sheet, heading, column in done.file.columns
        ],
        "choices": [
            {
                "what": one.what,
                "key": one.key,
                "words": one.words,
                "chosen": one.chosen,
                "candidates": [{"code": code, "name": name} for code, name in one.candidates],
            }
            for one in done.offers
        ],
        "findings": [one.flat() for one in done.findings],
    }


def _say_options(done: services.Imported) -> None:
    """Say by which options questions of the file are answered."""
    codes = {one.code for one in done.findings}
    for code, option in OPTIONS.items():
        if code in codes:
            terminal.say(f"Jawab dengan {option}.")
    for one in done.offers:
        if one.chosen is None:
            option = "--kind" if one.what == "kind" else "--village"
            some = " | ".join(code for code, _ in one.candidates)
            terminal.say(f"{option} '{one.key}={some}'")


def _say_account(done: services.Imported, *, dry_run: bool) -> None:
    assert done.table is not None  # noqa: S101 - not refused
    typer.echo(f"Tabel: {done.table.name}")
    for key, words in WORDS.items():
        typer.echo(f"{words:12}{format_number(done.counts[key]):>9} baris")
    typer.echo(f"{'dilewati':12}{format_number(len(done.file.skipped)):>9} baris, bukan data")
    if done.is_stored:
        typer.echo("Tersimpan.")
    else:
        typer.echo("Uji coba: tidak ada yang disimpan." if dry_run else "Tidak ada yang disimpan.")


def tables(*, as_json: terminal.AsJson = False) -> None:
    """Daftar tabel rencana yang dapat diimpor, dengan pemilik dan kolom wajibnya.

    Contoh: sidara plan tables
    """
    found = queries.plan_tables(OPERATOR).tables
    if as_json:
        terminal.write_json(
            [
                {
                    "table": one.key,
                    "name": one.name,
                    "owners": [level.value for level in one.owners],
                    "columns": [
                        {
                            "key": column.key,
                            "label": column.label,
                            "type": column.type.value,
                            "need": column.need.value,
                            "spellings": list(column.spellings),
                        }
                        for column in one.columns
                    ],
                }
                for one in found
            ]
        )
        return
    for one in found:
        needed = ", ".join(column.label for column in one.columns if column.need is Need.REQUIRED)
        owners = "/".join(level.value for level in one.owners)
        typer.echo(f"{one.key:18} {one.name} ({owners}). Wajib: {needed}")
