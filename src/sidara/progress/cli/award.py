"""The award by command: `sidara award run | show`."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

import typer
from rich.table import Table

from sidara.collection.core import COLLECTION, EXAMPLES
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import now
from sidara.kernel.exits import Exit
from sidara.kernel.number import format_date, format_number, format_percent, rounded
from sidara.progress import queries, services
from sidara.progress.core.award import COUNTS, PARTS, ROLLS, Entry, Roll, Score
from sidara.progress.queries import Line, Run
from sidara.ui import terminal

app = typer.Typer(
    no_args_is_help=True,
    help="""SIDARA Award: nilai tim operator dan produsen data menurut rumus usulan, yang dapat diulang.

    Contoh: sidara award run --under 62 --year 2026""",
)
HUNDRED, DECIMALS, MOST = 100, 2, 20
List = Annotated[str, typer.Option("--list", help="tim (operator desa) atau produsen (bidang di kabupaten).")]


@app.command()
def run(
    *,
    under: Annotated[str, typer.Option(help="Wilayah yang dinilai, misalnya 62.")] = "62",
    year: Annotated[int, typer.Option(help="Tahun isian yang dinilai.")],
    examples: Annotated[bool, typer.Option("--examples", help="Desa contoh, bukan desa nyata.")] = False,
    as_json: terminal.AsJson = False,
) -> None:
    """Nilai semua isian setahun yang sudah jatuh tempo; hari dan isian yang sama memberi nilai yang sama.

    Contoh: sidara award run --under 62 --year 2026 --examples
    """
    services.refresh(OPERATOR)
    dataset = EXAMPLES if examples else COLLECTION
    done = services.run_award(OPERATOR, under=under, year=year, now=now(), dataset=dataset)
    made = queries.award_run(OPERATOR, done.number)
    if as_json:
        found = [one.flat() for one in done.findings]
        terminal.write_json(
            {"number": done.number, "repeated": done.is_repeated, "findings": found}
            | (_flat_run(made) if made else {})
        )
    terminal.say_findings(done.findings)
    if made is None:
        raise typer.Exit(Exit.REFUSED)
    if not as_json:
        _say_run(made)
        again = "Sama dengan yang sudah ada." if done.is_repeated else "Tersimpan."
        terminal.say(f"{again} Lihat: sidara award show {made.number}")


@app.command()
def show(  # noqa: PLR0913 - the options of the command
    number: Annotated[
        int | None, typer.Argument(metavar="[NOMOR]", help="Nomor penilaian; bawaan yang terbaru.")
    ] = None,
    *,
    list_: List = "tim",
    subject: Annotated[
        str, typer.Option(help="Buka nilai ini: kode desa, atau kabupaten dan bidang seperti 62.01-KES.")
    ] = "",
    all_: Annotated[bool, typer.Option("--all", help="Semua, bukan 20 teratas tiap kelas.")] = False,
    recompute: Annotated[bool, typer.Option("--recompute", help="Hitung lagi dari yang disimpan.")] = False,
    as_json: terminal.AsJson = False,
) -> None:
    """Daftar nilai menurut kelas kesulitan, atau satu nilai dengan bagian-bagiannya.

    Kode keluar 1 bila hitungan ulang tidak sama.

    Contoh: sidara award show 1 --list produsen
    """
    roll = ROLLS.get(list_)
    if roll is None:
        raise typer.BadParameter("Tulis tim atau produsen.", param_hint="--list")
    made = _run_of(number)
    if recompute:
        _recompute(made, as_json=as_json)
    elif subject:
        _show_one(made, roll, subject, as_json=as_json)
    else:
        _show_list(made, roll, all_=all_, as_json=as_json)


def _run_of(number: int | None) -> Run:
    """Find the run that is named, else the newest; leaves where there is none."""
    runs = queries.award_runs(OPERATOR)
    made = next((one for one in runs if number in {None, one.number}), None)
    if made is None:
        terminal.say("Penilaian itu tidak ada. Buat dengan: sidara award run --under 62 --year 2026")
        raise typer.Exit(Exit.REFUSED)
    return made


def _recompute(made: Run, *, as_json: bool) -> None:
    is_same = queries.award_is_whole(OPERATOR, made.number)
    if as_json:
        terminal.write_json({"number": made.number, "same": is_same, "scores_hash": made.scores_hash})
    terminal.say(f"Hitungan ulang memberi nilai {'yang sama' if is_same else 'LAIN'}.")
    if not is_same:
        raise typer.Exit(Exit.REFUSED)


def _show_one(made: Run, roll: Roll, subject: str, *, as_json: bool) -> None:
    score = queries.award_score(OPERATOR, made.number, roll, subject)
    lines = queries.award_lines(OPERATOR, made.number, roll, subjects=(subject,))
    if score is None or not lines:
        terminal.say(f"{subject} tidak ada pada penilaian {made.number}.")
        raise typer.Exit(Exit.REFUSED)
    if as_json:
        entries = [_flat_entry(one) for one in score.entries]
        terminal.write_json(_flat_run(made) | _flat_line(lines[0]) | {"entries": entries})
        return
    _say_run(made)
    typer.echo(f"{lines[0].name}: {_points(lines[0].total)} dari 100")
    for words, part in _parts(score):
        typer.echo(f"  {words:18}{format_percent(rounded(part, DECIMALS + 2), 1, 1)}")
    table = Table("Formulir", "Periode", "Desa", "Wajib", "Terisi", "Dipersoalkan", "Terlambat")
    for one in score.entries:
        late = "tidak masuk" if one.delay is None else f"{format_number(one.delay)} hari"
        counts = (one.required - one.not_applicable, one.filled, one.unsound)
        table.add_row(one.form, one.period, one.region, *map(format_number, counts), late)
    terminal.page().print(table)


def _show_list(made: Run, roll: Roll, *, all_: bool, as_json: bool) -> None:
    lines = [one for one in queries.award_lines(OPERATOR, made.number, roll) if all_ or one.rank <= MOST]
    if as_json:
        terminal.write_json(_flat_run(made) | {"lines": [_flat_line(one) for one in lines]})
        return
    _say_run(made)
    table = Table("Kelas", "Peringkat", "Nama", "Nilai", "Kelengkapan", "Tepat waktu", "Mutu")
    for one in lines:
        parts = (format_percent(part, 1, 1) for part in (one.completeness, one.timeliness, one.quality))
        kind = one.difficulty.label if one.difficulty else "Belum dicatat"
        table.add_row(kind, format_number(one.rank), one.name, _points(one.total), *parts)
    terminal.page().print(table)


def _say_run(made: Run) -> None:
    kind = " SIMULASI." if made.is_simulated else ""
    terminal.say(
        f"Penilaian {made.number}, {made.area_name}, isian {made.year} per {format_date(made.day)}: "
        f"{made.formula['status']}.{kind}"
    )


def _parts(score: Score) -> Iterator[tuple[str, Fraction]]:
    yield "kelengkapan", score.completeness
    yield "ketepatan waktu", score.timeliness
    yield "mutu", score.quality


def _points(total: Decimal) -> str:
    return format_number(total * HUNDRED, DECIMALS)


def _flat_run(made: Run) -> dict[str, Any]:
    return {
        "number": made.number,
        "dataset": made.dataset,
        "simulated": made.is_simulated,
        "area": made.area,
        "year": made.year,
        "day": str(made.day),
        "status": made.formula["status"],
        "formula": dict(made.formula),
        "content_hash": made.content_hash,
        "scores_hash": made.scores_hash,
    }


def _flat_line(one: Line) -> dict[str, Any]:
    return {
        "subject": one.subject,
        "name": one.name,
        "difficulty": one.difficulty,
        "rank": one.rank,
    } | {name: str(getattr(one, name)) for name in PARTS}


def _flat_entry(one: Entry) -> dict[str, Any]:
    own = {"form": one.form, "period": one.period, "region": one.region}
    return own | {name: getattr(one, name) for name in COUNTS}
