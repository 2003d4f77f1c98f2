"""A village's index through the years, and its sub-indices beside its neighbours'."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from sidara.kernel.actor import Actor
from sidara.kernel.number import format_number
from sidara.regions.core import Region
from sidara.ui.charts import Point, Spread, line_over_years, range_dots
from sidara.ui.figures import Column, Figure, Source, Table, mark_cell, number_cell, text_cell
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import EVERY, Answer, Query
from sidara.web.pages import index, sources
from sidara.web.pages.index import Edition
from sidara.web.pages.parts import Note
from sidara.web.pages.status import VillageScore


@dataclass(frozen=True)
class Series:
    """The picture of the years, and the data sets' disagreement if any."""

    figure: Figure | None
    notes: tuple[Note, ...] = ()


def of_village(actor: Actor, edition: Edition, region: Region) -> Series:
    """Draw the index through the years from the one data set that has most of them: never two in a line."""
    scale = edition.scale
    chosen = {one.code: one for one in (edition.sets.items, edition.sets.scores) if one}
    answers = [_ask(actor, edition, code, region) for code in chosen]
    best = max(answers, key=lambda answer: len(_years(answer, edition)))
    years = _years(best, edition)
    if not years:
        return Series(None)
    top, decimals = scale.top, scale.thresholds.decimals
    value_of = {
        (figure.period, figure.variable): figure.value for figure in best.figures if figure.value is not None
    }
    status_of = {figure.period: figure.code for figure in best.select(variable=edition.variable("STATUS"))}
    first, last = years[0], years[-1]
    span = first if first == last else f"{first} sampai {last}"
    points = [
        Point(year, value_of.get((str(year), edition.variable(top.code))))
        for year in range(int(first), int(last) + 1)
    ]
    levels = (top, *scale.sub_indices)
    table = Table(
        (
            Column("tahun", "Tahun"),
            Column("status", "Status"),
            *(Column(level.code.lower(), level.code, is_number=True) for level in levels),
        ),
        tuple(
            (
                text_cell(year),
                mark_cell(index.mark(scale, status_of.get(year), region.kind)),
                *(
                    number_cell(value_of.get((year, edition.variable(level.code))), decimals)
                    for level in levels
                ),
            )
            for year in years
        ),
    )
    start, end = value_of[first, edition.variable(top.code)], value_of[last, edition.variable(top.code)]
    moved = f"dari {format_number(start, decimals)} ke {format_number(end, decimals)}"
    label = f"{top.code} {region.name} {span}: {moved}"
    figure = Figure(
        "indeks",
        _moved(top.code, first, last, end - start, decimals),
        f"{top.name}, skala 0 sampai 1. Garis tipis: batas antarstatus.",
        table,
        sources.sources([best]),
        line_over_years(points, index.thresholds(scale), label=label, decimals=decimals),
    )
    return Series(figure, _disagreement(answers, edition))


def beside_neighbours(
    edition: Edition,
    own: VillageScore,
    near: Mapping[str, VillageScore],
    district: Region,
    shown: Sequence[Source],
) -> Figure | None:
    """Draw each sub-index of the village on the spread of all desa of its kecamatan."""
    decimals = edition.decimals
    spreads, rows = [], []
    count = 0
    for level in edition.scale.sub_indices:
        others = known(near.values(), level.code)
        value = own.figures.get(level.code)
        if value is None or len(others) < 2:
            continue
        count = len(others)
        name, middle = short_name(level.name).capitalize(), median(others)
        spreads.append(Spread(name, value, min(others), middle, max(others)))
        rank = 1 + sum(1 for other in others if other > value)
        rows.append(
            (
                text_cell(f"{name} ({level.code})"),
                *(number_cell(figure, decimals) for figure in (value, min(others), middle, max(others))),
                text_cell(f"{rank} dari {len(others)}"),
            )
        )
    if not spreads:
        return None
    columns = (
        Column("subindeks", "Subindeks"),
        Column("desa_ini", "Desa ini", is_number=True),
        Column("terendah", "Terendah", is_number=True),
        Column("nilai_tengah", "Nilai tengah", is_number=True),
        Column("tertinggi", "Tertinggi", is_number=True),
        Column("peringkat", "Peringkat", is_number=True),
    )
    return Figure(
        "subindeks",
        _strong_and_weak(spreads),
        f"Subindeks {edition.top.code} {edition.period}, skala 0 sampai 1. Titik: {own.name}. Pita: terendah"
        f" sampai tertinggi dari {format_number(count)} desa di {district.name}. Garis tegak: nilai"
        " tengahnya.",
        Table(columns, tuple(rows)),
        shown,
        range_dots(
            spreads, label=f"Subindeks {own.name} dibanding desa lain di {district.name}", decimals=decimals
        ),
    )


def known(villages: Iterable[VillageScore], level: str) -> list[Decimal]:
    """Give the figures of a level that villages have, lowest first."""
    return sorted(value for village in villages if (value := village.figures.get(level)) is not None)


def short_name(name: str) -> str:
    """Give a sub-index's name inside a sentence (`ketahanan sosial`)."""
    return name.removeprefix("Indeks ").lower()


def _ask(actor: Actor, edition: Edition, dataset: str, region: Region) -> Answer:
    """Ask for index, sub-indices and status of all years of one village."""
    variables = tuple(edition.variable(level.code) for level in (edition.top, *edition.scale.sub_indices))
    return warehouse.ask(
        actor,
        Query(dataset, (*variables, edition.variable("STATUS")), codes=(region.code,), periods=EVERY),
    )


def _years(answer: Answer, edition: Edition) -> list[str]:
    """Give the years for which a data set has the index, in order."""
    top = edition.variable(edition.top.code)
    return sorted(f.period for f in answer.select(variable=top) if f.period and f.value is not None)


def _moved(top: str, first: str, last: str, change: Decimal, decimals: int) -> str:
    """Say how the index moved between the first and the last year."""
    if first == last:
        return f"{top} terbit untuk {first} saja"
    if not change:
        return f"{top} tetap dari {first} sampai {last}"
    word = "naik" if change > 0 else "turun"
    return f"{top} {word} {format_number(abs(change), decimals)} dari {first} sampai {last}"


def _strong_and_weak(spreads: Sequence[Spread]) -> str:
    """Say which sub-index stands out against the neighbours' middle."""
    by_gap = sorted(spreads, key=lambda spread: spread.value - spread.median)
    weak, strong = by_gap[0], by_gap[-1]
    if weak.value < weak.median < strong.value or weak.value < weak.median:
        if strong.value > strong.median:
            return f"{strong.label} kuat, {weak.label.lower()} tertinggal dari desa sekecamatan"
        return f"{weak.label} paling tertinggal dari desa sekecamatan"
    if strong.value > strong.median:
        return f"{strong.label} paling menonjol di antara desa sekecamatan"
    return "Setara dengan nilai tengah desa sekecamatan"


def _disagreement(answers: Sequence[Answer], edition: Edition) -> tuple[Note, ...]:
    """Tell when two data sets give different figures for the same year: both stand side by side."""
    top, decimals = edition.variable(edition.top.code), edition.decimals
    found = [
        (answer.dataset.title, figure.value)
        for answer in answers
        if answer.dataset is not None and not answer.is_simulated
        for figure in answer.select(variable=top, period=edition.period)
        if figure.value is not None
    ]
    if len({value for _, value in found}) < 2:
        return ()
    text = "; ".join(f"{title}: {format_number(value, decimals)}" for title, value in found)
    return (
        Note(
            f"Dua sumber berbeda untuk {edition.top.code} {edition.period}",
            f"{text}. Keduanya ditunjukkan apa adanya.",
        ),
    )
