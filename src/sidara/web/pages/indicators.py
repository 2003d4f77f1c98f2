"""Indicators of the dictionary on the pages of areas and villages, from what villages filled in.

They stand in a part of their own, with their coverage and the level that stands behind them; made-up answers
say SIMULASI and never stand beside real figures in one table.
"""

from dataclasses import replace

from sidara.collection.core import dataset_of
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor
from sidara.regions.core import Level, Region
from sidara.ui.figures import Cell, Column, Figure, Table, text_cell
from sidara.ui.language import format_number, say
from sidara.verification.core import Level as Verified
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import IndicatorAnswer, IndicatorFigure, IndicatorQuery
from sidara.web.pages.measured import source

KEY = "indikator"


def of_region(actor: Actor, region: Region) -> Figure | None:
    """Build the part of a region from what is filled in there; `None` where nothing is, or is not open.

    An example village is told from what is made up, and everything real from what is real.
    """
    dataset = dataset_of(region.code)
    if dataset not in {one.code for one in warehouse.open_datasets(actor)}:
        return None
    years = warehouse.years(actor, dataset)
    if not years:
        return None
    codes = tuple(dictionary.dictionary(actor).indicators)
    query = IndicatorQuery(dataset, codes, (max(years),), Level(region.level), region.code)
    answer = warehouse.indicators(actor, query)
    absent = {one.value for one in answer.findings}
    shown = tuple(one for one in answer.figures if one.indicator not in absent)
    if not any(one.reporting for one in shown):
        return None
    return _figure(region, replace(answer, figures=shown), max(years), left_out=len(absent))


def _figure(region: Region, answer: IndicatorAnswer, year: str, *, left_out: int) -> Figure:
    told = [one for one in answer.figures if one.value is not None]
    is_village = region.level is Level.VILLAGE
    subtitle = (
        say("Rumus kamus data atas isian {year}.", year=year)
        if is_village
        else say(
            "Rumus kamus data atas jumlah isian {year} dari desa dan kelurahan yang menjawab semua yang"
            " dibaca rumusnya; bukan rata-rata persentase desa.",
            year=year,
        )
    )
    return Figure(
        KEY,
        say(
            "{count} dari {all} indikator {name} dapat dihitung dari isian {year}",
            count=format_number(len(told)),
            all=format_number(len(answer.figures)),
            name=region.name,
            year=year,
        ),
        subtitle,
        _table(answer, is_village=is_village),
        (source(answer),),
        notes=_notes(answer, left_out),
    )


def _table(answer: IndicatorAnswer, *, is_village: bool) -> Table:
    columns = (
        Column("indikator", say("Indikator")),
        Column("kode_indikator", say("Kode"), is_file_only=True),
        Column("nilai", say("Nilai"), is_number=True),
        Column("satuan", say("Satuan")),
        Column("melapor", say("Desa melapor"), is_number=True, is_file_only=is_village),
        Column("diharapkan", say("Diharapkan"), is_number=True, is_file_only=True),
        Column("kurang", say("Yang kurang"), is_file_only=not is_village),
        Column("tingkat", say("Tingkat data")),
    )
    return Table(columns, tuple(_row(answer, one, is_village=is_village) for one in answer.figures))


def _row(answer: IndicatorAnswer, one: IndicatorFigure, *, is_village: bool) -> tuple[Cell, ...]:
    made = answer.indicators[one.indicator]
    level = None if one.level is None else say(Verified(one.level).words)
    counted = say("{count} dari {all}", count=format_number(one.reporting), all=format_number(one.expected))
    return (
        Cell(made.name, made.name, language="id"),
        Cell(one.indicator, one.indicator),
        Cell(one.value, format_number(one.value, made.decimals)),
        Cell(made.unit, made.unit, language="id"),
        Cell(one.reporting, counted),
        Cell(one.expected, format_number(one.expected)),
        text_cell(_missing(one, is_village=is_village)),
        text_cell(level),
    )


def _missing(one: IndicatorFigure, *, is_village: bool) -> str:
    """Say what those lack that do not stand behind a figure."""
    if is_village:
        return ", ".join(say(state.words) for state in sorted(one.missing))
    parts = (f"{say(state.words)} {format_number(count)}" for state, count in sorted(one.missing.items()))
    return ", ".join(parts)


def _notes(answer: IndicatorAnswer, left_out: int) -> tuple[str, ...]:
    lowest = min((one.level for one in answer.figures if one.level is not None), default=None)
    notes = [say("Tingkat data: yang terendah dari isian di balik angka itu.")]
    if lowest is not None and lowest < Verified.PROVINCE:
        notes.append(say("Belum final: angka dapat berubah sampai diperiksa semua jenjang."))
    if left_out:
        notes.append(
            say("{count} indikator dari hitungan daftar belum tampil di sini.", count=format_number(left_out))
        )
    return tuple(notes)
