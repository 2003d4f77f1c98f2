"""Definitions and figures: `sidara index list | show | compute | explain | disagreements`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from sidara.indices import core, queries
from sidara.indices.cli import options
from sidara.indices.core.telling import as_data, explained, figure_of
from sidara.kernel.actor import OPERATOR
from sidara.kernel.exits import Exit
from sidara.kernel.number import format_number
from sidara.kernel.reasons import reason_of
from sidara.regions import queries as regions
from sidara.ui import terminal

EVERYTHING = "; --report menulis semuanya"


def disagreements(
    dataset: Annotated[
        str, typer.Argument(metavar="HIMPUNAN", help="Kode himpunan data, misalnya external:idm-2024.")
    ],
    *,
    as_json: options.AsJson = False,
) -> None:
    """Sebutkan angka terbit yang tidak cocok dengan butir atau subindeksnya sendiri, menurut impor terakhir.

    Contoh: sidara index disagreements external:idm-2024 --json
    """
    found = queries.published_findings(OPERATOR, dataset)
    known = regions.regions(OPERATOR, {each.region_id for each in found})
    rows = [
        {"kode": known[each.region_id].code, "tahun": each.period, "indeks": each.index} | each.finding.flat()
        for each in found
    ]
    if as_json:
        terminal.write_json(rows)
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("Kode", "Tahun", "Kolom", "Terbit", "Temuan"):
        table.add_column(name, no_wrap=name == "Kode")
    for row in rows:
        cells = (row["kode"], row["tahun"], row["column"], row["value"], row["message"])
        table.add_row(*(escape(str(cell or "")) for cell in cells))
    terminal.page().print(table)
    terminal.say(f"{format_number(len(rows))} angka terbit tidak cocok pada {dataset}.")


def list_indices(*, as_json: options.AsJson = False) -> None:
    """Sebutkan indeks yang dikenal, versi dan tahun berlakunya.

    Contoh: sidara index list --json
    """
    found = queries.definitions(OPERATOR)
    if as_json:
        terminal.write_json(
            [
                {
                    "code": one.code,
                    "slug": one.slug,
                    "name": one.name,
                    "source": one.source,
                    "versions": [
                        {
                            "code": v.code,
                            "valid_from": v.valid_from,
                            "valid_to": v.valid_to,
                            "items": len(v.items),
                        }
                        for v in one.versions
                    ],
                }
                for one in found
            ]
        )
        return
    table = Table("Indeks", "Kode", "Nama", "Berlaku", "Butir")
    for one in found:
        for version in one.versions:
            span = f"{version.valid_from}-{version.valid_to or 'sekarang'}"
            table.add_row(one.slug, one.code, one.name, span, format_number(len(version.items)))
    terminal.page().print(table)


def show(name: options.IndexName, *, as_json: options.AsJson = False) -> None:
    """Tampilkan definisi sebuah indeks: tingkat, ambang, butir dan aturannya.

    Contoh: sidara index show idm --json
    """
    definition = options.definition(name)
    if as_json:
        terminal.write_json(as_data(definition))
        return
    console = terminal.page()
    console.print(f"[bold]{escape(definition.name)}[/bold] ({definition.code})")
    console.print(f"Dasar: {escape(definition.source)}")
    for version in definition.versions:
        console.print(f"\nVersi {version.code}, {version.valid_from} sampai {version.valid_to or 'sekarang'}")
        limits = Table("Status", "Mulai", "Sampai")
        for one in version.thresholds.classes:
            places = version.thresholds.decimals
            limits.add_row(one.status, format_number(one.minimum, places), format_number(one.maximum, places))
        console.print(limits)
        items = Table("Butir", "Nama", "Tingkat", "Masukan", "Skor")
        for item in version.items:
            scores = sorted({score for rule in item.rules for score in rule.possible}, reverse=True)
            items.add_row(
                item.code,
                item.name,
                item.level,
                ", ".join(one.name for one in item.inputs),
                ", ".join(str(score) for score in scores) or "ukuran",
            )
        console.print(items)


def compute(  # noqa: PLR0913 - the options of the command
    name: options.IndexName,
    *,
    target: options.Output,
    source: options.InputOrNone = None,
    cells: options.Cells = None,
    year: options.CellsYear = None,
    format: options.Format = None,  # noqa: A002 - the word of the command line
    strict: Annotated[
        bool, typer.Option("--strict", help="Tolak seluruh berkas bila ada baris yang salah.")
    ] = False,
    scheme: Annotated[
        str | None, typer.Option("--scheme", help="Skema kode pada berkas bila dapat diragukan: kemendagri.")
    ] = None,
    report: Annotated[Path | None, typer.Option("--report", help="Tulis laporan ke berkas JSON ini.")] = None,
) -> None:
    """Hitung indeks dari jawaban, skor butir, atau subindeks.

    Kolom masukan: kode, tahun, dan S01..S35,E01..E12,L01..L03 atau iks,ike,ikl (atau semua jawaban).
    Sel kosong berarti tidak ada data: hasilnya selang, bukan tebakan.
    Dengan --cells, jawaban formulir (form,region,period,row,variable,breakdown,state,value,explanation)
    dibaca menurut peta masukan pada kamus.

    Contoh: sidara index compute idm --input skor.csv --output hasil.xlsx --report laporan.json

    Contoh: sidara index compute indeks-desa --cells sel.csv --output hasil.csv

    Contoh: sidara index compute idm --input - --output - --format csv < skor.csv > hasil.csv
    """
    definition = options.definition(name)
    given = options.one_source(source, cells)
    options.check_usage(given, target, format, report)
    chosen = format if given == options.PIPE else None
    if cells is not None:
        opened = options.opened(cells)
        made = queries.compute_cells(OPERATOR, definition, opened, year=year, format=chosen)
    else:
        opened = options.opened(given)
        made = queries.compute_file(OPERATOR, definition, opened, format=chosen, scheme=scheme)
    if report is not None:
        _write_report(report, made)
    is_refused = made.frame is None or (strict and made.rejected > 0)
    terminal.say_findings(made.findings, rest=EVERYTHING)
    _say_account(made)
    if made.frame is None:
        terminal.say("Berkas ditolak; tidak ada yang ditulis.")
    elif is_refused:
        terminal.say("Ada baris yang ditolak dan --strict dipakai; tidak ada yang ditulis.")
    if made.frame is None or is_refused:
        raise typer.Exit(Exit.REFUSED)
    options.write(options.points(made.frame, definition), target, format, definition)
    raise typer.Exit(Exit.PARTIAL if made.rejected else Exit.GOOD)


def explain(  # noqa: PLR0913 - the options of the command
    name: options.IndexName,
    *,
    source: options.Input,
    code: Annotated[str, typer.Option("--kode", help="Kode desa, misalnya 6201022016 atau 62.01.02.2016.")],
    year: Annotated[int, typer.Option("--tahun", help="Tahun data, misalnya 2024.")],
    format: options.Format = None,  # noqa: A002 - the word of the command line
    as_json: options.AsJson = False,
) -> None:
    """Jelaskan skor satu desa: aturan yang kena, kegiatan yang disarankan, dan pelaksananya.

    Contoh: sidara index explain idm --input skor.csv --kode 6201022016 --tahun 2024 --json
    """
    definition = options.definition(name)
    options.check_usage(source, None, format, None)
    chosen = format if source == options.PIPE else None
    found = queries.explain_row(
        OPERATOR, definition, options.opened(source), code=code, year=year, format=chosen
    )
    if not isinstance(found, core.Explanation):
        terminal.say_findings(found)
        raise typer.Exit(Exit.REFUSED)
    if as_json:
        terminal.write_json(explained(definition, found))
        return
    terminal.say_findings(found.findings)
    _show_explanation(definition, found)


def _write_report(report: Path, made: queries.Computation) -> None:
    account = {
        "read": made.read,
        "computed": made.computed,
        "rejected": made.rejected,
        "level": made.depth and str(made.depth),
        "findings": [finding.flat() for finding in made.findings],
    }
    try:
        terminal.write_report(report, account)
    except OSError as fault:
        terminal.say(f"Laporan {report} tidak dapat ditulis: {reason_of(fault)}.")
        raise typer.Exit(Exit.REFUSED) from fault


def _say_account(made: queries.Computation) -> None:
    level = f" Tingkat data: {options.DEPTHS[made.depth]}." if made.depth else ""
    terminal.say(
        f"Dibaca {format_number(made.read)} baris, dihitung {format_number(made.computed)}, "
        f"ditolak {format_number(made.rejected)}.{level}"
    )


def _shown(level: core.Level, results: Mapping[str, object], decimals: int) -> str:
    value = figure_of(level, results)
    return str(value) if isinstance(value, int) else options.figure(value, decimals)


def _show_explanation(definition: core.Definition, found: core.Explanation) -> None:
    console = terminal.page()
    version = definition.version_in(found.year)
    levels = (*version.sub_indices, version.top) if version else ()
    decimals = options.decimals(definition)
    figures = ", ".join(f"{level.code} {_shown(level, found.results, decimals)}" for level in levels)
    console.print(
        f"Desa {found.code}, {found.year}: {figures}; status {found.results['status']}", highlight=False
    )
    console.print(f"Tingkat data: {options.DEPTHS[found.depth]}. Dasar: {definition.source}", highlight=False)
    if not found.items:
        console.print("Skor butir desa ini tidak ada dalam berkas; penjelasan berhenti pada subindeks.")
        return
    table = Table("Butir", "Skor", "Arti", "Kegiatan yang disarankan", "Tambahan", "Pelaksana")
    for item in found.items:
        actors = "; ".join(f"{name}: {who}" for name, who in item.actors.items() if who)
        table.add_row(
            f"{item.code} {escape(item.label)}",
            "kosong" if item.score is None else str(item.score),
            escape(item.meaning or ""),
            escape(item.activity or ""),
            options.figure(item.gain) if item.gain else "",
            escape(actors) if item.gain else "",
        )
    console.print(table)
