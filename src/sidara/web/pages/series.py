"""A village's index through the years, and its sub-indices beside its neighbours'."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median

from sidara.indices.core import Level
from sidara.kernel.actor import Actor
from sidara.kernel.number import rounded
from sidara.regions.core import Region
from sidara.ui.charts import Point, Span, Spread, line_over_years, range_dots, spans
from sidara.ui.drawing import Drawing
from sidara.ui.figures import Cell, Column, Figure, Source, Table, mark_cell, number_cell, text_cell
from sidara.ui.language import format_number, say
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import EVERY, Answer, Query
from sidara.web.pages import findings, index, sources, status
from sidara.web.pages.index import Edition
from sidara.web.pages.parts import Note
from sidara.web.pages.status import VillageScore
from sidara.web.pages.tables import ESTIMATE, UNAVAILABLE


@dataclass(frozen=True)
class Series:
    """The picture of the years, and the data sets' disagreement if any."""

    figure: Figure | None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Year:
    """A village's figures of one year: the index or its span, its status, what lies below."""

    period: str
    value: Decimal | None
    span: tuple[Decimal, Decimal] | None
    status: str | None
    below: Mapping[str, Decimal | None]
    is_estimate: bool = False
    is_unavailable: bool = False


def of_village(actor: Actor, edition: Edition, region: Region) -> Series:
    """Draw the index through the years from the one data set that has most of them: never two in a line."""
    chosen = {one.code: one for one in (edition.sets.items, edition.sets.scores) if one}
    answers = [_ask(actor, edition, code, region) for code in chosen]
    best = max(answers, key=lambda answer: len(_years(answer, edition)))
    years = _years(best, edition)
    if not years:
        return Series(None)
    figure = Figure(
        "indeks" if edition.is_main else edition.slug,
        _heading(edition, years),
        say(
            "{index}, skala 0 sampai {n}. Garis tipis: batas antarstatus.",
            index=edition.top.name,
            n=format_number(int(edition.top.max or 1)),
        ),
        _table(edition, region, years),
        sources.sources([best]),
        _drawing(edition, region, years) if any(year.span or year.value for year in years) else None,
    )
    return Series(figure, _disagreement(answers, edition))


def told(actor: Actor, edition: Edition, region: Region) -> frozenset[tuple[object, ...]]:
    """Give the figures of all years as plain values, to hold two vintages beside each other."""
    chosen = {one.code for one in (edition.sets.items, edition.sets.scores) if one}
    answers = [_ask(actor, edition, code, region) for code in sorted(chosen)]
    return frozenset(
        (answer.query.dataset, f.period, f.variable, f.shown, f.flag)
        for answer in answers
        for f in answer.figures
        if f.shown is not None or f.is_unavailable
    )


def _table(edition: Edition, region: Region, years: Sequence[Year]) -> Table:
    """List the years with status, index and what lies below it; the ends of spans stand in files."""
    top, below = edition.top, edition.scale.sub_indices
    key = top.code.lower()
    ends = tuple(f"{key}_{end}" for end in ("min", "max")) if edition.ends else ()
    is_estimated = any(year.is_estimate for year in years)
    return Table(
        (
            Column("tahun", say("Tahun")),
            Column("status", say("Status")),
            Column(key, edition.word_of(top), is_number=True),
            *(
                Column(
                    level.code.lower(),
                    edition.word_of(level),
                    is_number=True,
                    is_file_only=not edition.is_scaled,
                )
                for level in below
            ),
            *(Column(end, "", is_number=True, is_file_only=True) for end in ends),
            *((Column("perkiraan", say("Keterangan")),) if is_estimated else ()),
        ),
        tuple(
            (
                text_cell(year.period),
                mark_cell(
                    index.mark(
                        edition.scale,
                        year.status,
                        region.kind,
                        between=edition.between(year.span) if year.span else "",
                        is_unavailable=year.is_unavailable,
                    )
                ),
                _index_cell(edition, year),
                *(number_cell(year.below.get(level.code), edition.decimals_of(level)) for level in below),
                *(number_cell(end, edition.decimals) for end in (year.span or (None, None)) if ends),
                *((text_cell(say(ESTIMATE) if year.is_estimate else None),) if is_estimated else ()),
            )
            for year in years
        ),
    )


def _index_cell(edition: Edition, year: Year) -> Cell:
    """Show the index of a year, its span where it is not sure, or that it cannot be had."""
    if year.value is None and year.span:
        return Cell(None, edition.span_text(year.span))
    if year.value is None and year.is_unavailable:
        return Cell(None, say(UNAVAILABLE))
    return number_cell(year.value, edition.decimals)


def _drawing(edition: Edition, region: Region, years: Sequence[Year]) -> Drawing:
    """Draw a line through the years, or what each year can be where one is not sure."""
    lines = index.thresholds(edition.scale)
    first, last = years[0].period, years[-1].period
    span = first if first == last else say("{first} sampai {last}", first=first, last=last)
    told = f"{edition.label} {region.name} {span}"
    if any(year.span for year in years):
        rows = [
            Span(year.period, *(year.span or (year.value or Decimal(0), year.value or Decimal(0))))
            for year in years
        ]
        said = "; ".join(f"{year.period} {edition.text(year.value, year.span)}" for year in years)
        return spans(rows, lines, label=f"{told}: {said}", decimals=edition.decimals)
    value_of = {int(year.period): year.value for year in years}
    points = [Point(year, value_of.get(year)) for year in range(int(first), int(last) + 1)]
    moved = say(
        "dari {start} ke {end}", start=edition.text(years[0].value), end=edition.text(years[-1].value)
    )
    return line_over_years(points, lines, label=f"{told}: {moved}", decimals=edition.decimals)


def beside_neighbours(
    edition: Edition,
    own: VillageScore,
    near: Mapping[str, VillageScore],
    district: Region,
    shown: Sequence[Source],
) -> Figure | None:
    """Draw each sub-index of the village on the spread of all desa of its kecamatan."""
    decimals = edition.decimals if edition.is_scaled else 0
    spreads, rows, open_levels = [], [], []
    count = 0
    for level in edition.scale.sub_indices:
        name = short_name(level.name).capitalize()
        others = [_shown(level, value) for value in known(near.values(), level.code)]
        found = own.figures.get(level.code)
        if found is None and own.span is not None:
            open_levels.append(name)
        if found is None or len(others) < 2:
            continue
        value = _shown(level, found)
        count = max(count, len(others))
        middle = median(others)
        spreads.append(Spread(name, value, min(others), middle, max(others)))
        rank = 1 + sum(1 for other in others if other > value)
        code = f" ({level.code})" if edition.is_scaled else ""
        rows.append(
            (
                text_cell(f"{name}{code}"),
                *(number_cell(figure, decimals) for figure in (value, min(others), middle, max(others))),
                text_cell(say("{rank} dari {others}", rank=rank, others=len(others))),
            )
        )
    if not spreads:
        return None
    key, word = "subindeks" if edition.is_scaled else "dimensi", index.parts_word(edition)
    columns = (
        Column(key, word.capitalize()),
        Column("desa_ini", say("Desa ini"), is_number=True),
        Column("terendah", say("Terendah"), is_number=True),
        Column("nilai_tengah", say("Nilai tengah"), is_number=True),
        Column("tertinggi", say("Tertinggi"), is_number=True),
        Column("peringkat", say("Peringkat"), is_number=True),
    )
    unit = say("skala 0 sampai 1") if edition.is_scaled else say("persen dari poin penuh")
    left_out = say(" Belum pasti: {joined}.", joined=findings.joined(open_levels)) if open_levels else ""
    return Figure(
        key if edition.is_main else f"{edition.slug}-{key}",
        _strong_and_weak(spreads),
        say(
            "{parts} {label} {period}, {unit}. Titik: {own_name}. Pita: terendah sampai"
            " tertinggi dari {count} desa di {district_name}. Garis tegak: nilai tengahnya.{left_out}",
            parts=word.capitalize(),
            label=edition.label,
            period=edition.period,
            unit=unit,
            own_name=own.name,
            count=format_number(count),
            district_name=district.name,
            left_out=left_out,
        ),
        Table(columns, tuple(rows)),
        shown,
        range_dots(
            spreads,
            label=say(
                "{parts} {own_name} dibanding desa lain di {district_name}",
                parts=word.capitalize(),
                own_name=own.name,
                district_name=district.name,
            ),
            decimals=decimals,
        ),
    )


def _shown(level: Level, value: Decimal) -> Decimal:
    """Give a part as it is drawn: points as percent of all that it can have."""
    if level.max is not None or not level.points:
        return value
    return rounded(Fraction(value) * 100 / level.points, 2)


def known(villages: Iterable[VillageScore], level: str) -> list[Decimal]:
    """Give the figures of a level that villages have, lowest first."""
    return sorted(value for village in villages if (value := village.figures.get(level)) is not None)


def short_name(name: str) -> str:
    """Give a sub-index's name inside a sentence (`ketahanan sosial`)."""
    return name.removeprefix("Indeks ").removesuffix(" Index").lower()


def _ask(actor: Actor, edition: Edition, dataset: str, region: Region) -> Answer:
    """Ask for index, its parts and status of all years of one village."""
    variables = tuple(edition.variable(level.code) for level in (edition.top, *edition.scale.sub_indices))
    ends = edition.ends if edition.sets.scores and dataset == edition.sets.scores.code else ()
    return warehouse.ask(
        actor,
        Query(
            dataset,
            (*variables, edition.variable("STATUS"), *ends),
            codes=(region.code,),
            periods=EVERY,
            vintage=edition.vintage,
        ),
    )


def _years(answer: Answer, edition: Edition) -> list[Year]:
    """Give the years for which a data set has the index or its span, in order."""
    value_of = {(f.period, f.variable): f.value for f in answer.figures if f.value is not None}
    status_of = {f.period: f.code for f in answer.select(variable=edition.variable("STATUS"))}
    top = edition.variable(edition.top.code)
    flags = {(f.period, f.variable): f for f in answer.figures if f.is_estimate or f.is_unavailable}
    lost = {period for (period, variable), f in flags.items() if variable == top and f.is_unavailable}
    found = []
    for period in sorted({period for period, _ in value_of if period} | {one for one in lost if one}):
        ends = [value_of[period, end] for end in edition.ends if (period, end) in value_of]
        if (period, top) not in value_of and len(ends) < len(status.SPAN_ENDS) and period not in lost:
            continue
        below = {
            level.code: value_of.get((period, edition.variable(level.code)))
            for level in edition.scale.sub_indices
        }
        span = (ends[0], ends[1]) if ends else None
        found.append(
            Year(
                period,
                value_of.get((period, top)),
                span,
                status_of.get(period),
                below,
                any(at == period and figure.is_estimate for (at, _), figure in flags.items()),
                period in lost,
            )
        )
    return found


def _heading(edition: Edition, years: Sequence[Year]) -> str:
    """Say how the index moved between the first and the last year, or what it can be."""
    first, last = years[0], years[-1]
    if last.value is None and last.span is not None:
        return say(
            "{label} {last_period} belum pasti, {between}",
            label=edition.label,
            last_period=last.period,
            between=edition.between(last.span),
        )
    if last.is_unavailable:
        return say(
            "{label} {last_period} tidak dapat dihitung untuk wilayah yang bergabung",
            label=edition.label,
            last_period=last.period,
        )
    if first.value is None or last.value is None or first is last:
        return f"{edition.label} {last.period}: {edition.text(last.value)}"
    change = last.value - first.value
    if not change:
        return say(
            "{label} tetap dari {first_period} sampai {last_period}",
            label=edition.label,
            first_period=first.period,
            last_period=last.period,
        )
    word = say("naik") if change > 0 else say("turun")
    figure = format_number(abs(change), edition.decimals)
    return say(
        "{label} {word} {figure} dari {first_period} sampai {last_period}",
        label=edition.label,
        word=word,
        figure=figure,
        first_period=first.period,
        last_period=last.period,
    )


def _strong_and_weak(spreads: Sequence[Spread]) -> str:
    """Say which sub-index stands out against the neighbours' middle."""
    by_gap = sorted(spreads, key=lambda spread: spread.value - spread.median)
    weak, strong = by_gap[0], by_gap[-1]
    if weak.value < weak.median < strong.value or weak.value < weak.median:
        if strong.value > strong.median:
            return say(
                "{strong_label} kuat, {weak_label} tertinggal dari desa sekecamatan",
                strong_label=strong.label,
                weak_label=weak.label.lower(),
            )
        return say("{weak_label} paling tertinggal dari desa sekecamatan", weak_label=weak.label)
    if strong.value > strong.median:
        return say("{strong_label} paling menonjol di antara desa sekecamatan", strong_label=strong.label)
    return say("Setara dengan nilai tengah desa sekecamatan")


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
            say("Dua sumber berbeda untuk {label} {period}", label=edition.label, period=edition.period),
            say("{start}. Keduanya ditunjukkan apa adanya.", start=text),
        ),
    )
