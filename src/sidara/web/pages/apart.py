"""Two indices on one page: why they stand apart, and desa by status in each, a picture for each.

Their figures are never in one series, table column or file, and no movement leads from one to the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sidara.kernel.actor import Actor
from sidara.regions.core import Region
from sidara.ui.charts import Bar, ranking_bars
from sidara.ui.drawing import SLIM
from sidara.ui.figures import Column, Figure, Table, mark_cell, number_cell, text_cell
from sidara.ui.language import format_number, format_percent, percent_sign, say
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import Operation, Query
from sidara.web.pages import content, findings, index, sources, status
from sidara.web.pages.index import Edition
from sidara.web.pages.status import Statuses


@dataclass(frozen=True)
class Choice:
    """An index that the page can show: its name, where, whether it is shown, whether it is simulated."""

    label: str
    href: str
    is_current: bool
    is_simulated: bool


@dataclass(frozen=True)
class Apart:
    """Why indices stand apart: sentences with their source, and what is unlike in a table."""

    title: str
    lead: str
    question: str
    reasons: Sequence[str]
    source: str
    table: Table
    figures: Sequence[Figure] = ()


def choices(editions: Sequence[Edition], shown: Edition, address: str) -> tuple[Choice, ...]:
    """Give the indices that a page can show by link, none where there is only one."""
    if len(editions) < 2:
        return ()
    return tuple(
        Choice(f"{one.label} {one.period}", address + one.query, one.slug == shown.slug, one.is_simulated)
        for one in editions
    )


def why(editions: Sequence[Edition], figures: Sequence[Figure] = ()) -> Apart | None:
    """Say why the figures of several indices stand apart; nothing where there is only one."""
    if len(editions) < 2:
        return None
    told = content.pages()["apart"]
    words = {key: say(told[key]) for key in ("title", "lead", "question", "source")}
    reasons = tuple(say(reason) for reason in told["reasons"])
    return Apart(**words, reasons=reasons, table=_unlike(editions), figures=figures)


def of_area(actor: Actor, region: Region, editions: Sequence[Edition], shown: Statuses) -> Apart | None:
    """Count the desa of an area by status in each index; `shown` are the counts of the first one."""
    if len(editions) < 2:
        return None
    figures = []
    for one in editions:
        counted = shown if one is editions[0] else _counted(actor, one, region)
        figures.append(_by_status(one, counted, region))
    return why(editions, figures)


def _counted(actor: Actor, edition: Edition, region: Region) -> Statuses:
    """Count the desa of one area by status, those with a span apart."""
    counted = status.statuses(actor, edition, under=region.code, level=region.level)
    if not edition.ends:
        return counted
    known = (edition.variable(edition.top.code), edition.ends[0])
    query = Query(
        edition.dataset,
        known,
        Operation.COUNT,
        level=region.level,
        codes=(region.code,),
        periods=(edition.period,),
        vintage=edition.vintage,
    )
    figures = sum(int(figure.value or 0) for figure in warehouse.ask(actor, query).figures)
    return counted.with_unsure(figures - counted.total().assessed)


def _by_status(edition: Edition, counted: Statuses, region: Region) -> Figure:
    """Draw the desa of an area by status: one picture with an axis of its own."""
    total = counted.total()
    marks = tuple(reversed(index.marks(edition.scale).items()))
    counts = [(mark, total.by_class.get(code, 0)) for code, mark in marks]
    bars = [
        Bar(
            mark.label,
            Decimal(count),
            f"{format_number(count)} ({format_percent(count, total.desa)})",
            format_number(count),
            is_low=index.is_low(mark),
        )
        for mark, count in counts
    ]
    subtitle = say(
        "{index} {period}, jumlah desa menurut status, persen dari semua desa",
        index=edition.top.name,
        period=edition.period,
    )
    subtitle += say(", termasuk yang belum ada datanya.") if total.missing else "."
    if total.unsure:
        subtitle += say(" Status {unsure} desa belum pasti.", unsure=format_number(total.unsure))
    unsure = ((index.unsure(), total.unsure),) if edition.ends or total.unsure else ()
    rows = (*counts, *unsure, (index.missing(), total.missing))
    table = Table(
        (
            Column("status", say("Status")),
            Column("desa", say("Desa", context="banyak"), is_number=True),
            Column("persen", say("Persen"), is_number=True),
        ),
        tuple(
            (
                mark_cell(mark),
                number_cell(count),
                number_cell(
                    Fraction(count * 100, total.desa) if total.desa else None, 1, suffix=percent_sign()
                ),
            )
            for mark, count in rows
        ),
    )
    return Figure(
        f"jumlah-{edition.slug}",
        findings.of_area(region.name, total, edition.scale, kelurahan=0),
        subtitle,
        table,
        sources.sources(counted.answers),
        ranking_bars(
            bars,
            label=say(
                "Desa di {region_name} menurut status {label} {period}",
                region_name=region.name,
                label=edition.label,
                period=edition.period,
            ),
            width=SLIM,
        )
        if total.assessed
        else None,
    )


def _unlike(editions: Sequence[Edition]) -> Table:
    """Set beside each other what the indices are made of, as their definitions say."""
    ways = content.pages()["apart"]["ways"]

    def rows(one: Edition) -> tuple[str, ...]:
        scale, top = one.scale, one.top
        scores = sorted({score for item in scale.items for score in item.scores_in(int(one.period))})
        first, last = one.definition.versions[0].valid_from, one.definition.versions[-1].valid_to
        good = scale.thresholds.classes[-index.GOOD]
        least = index.decimal(good.minimum, one.decimals) if good.minimum is not None else None
        return (
            one.sets.scores.definition if one.sets.scores else "",
            say("{first} sampai {last}", first=first, last=last)
            if last
            else say("mulai {first}", first=first),
            say(
                "{items} butir, skor {lowest} sampai {highest}",
                items=len(scale.items),
                lowest=scores[0],
                highest=scores[-1],
            ),
            f"{len(scale.sub_indices)}: {findings.joined([level.name for level in scale.sub_indices])}",
            say("0 sampai {n}", n=format_number(int(top.max or 1))),
            say(ways[top.aggregation.value]),
            f"{format_number(least, one.decimals)} ({index.word_of(good.status).lower()})",
        )

    heads = (
        say("Dasar"),
        say("Dipakai"),
        say("Butir", context="banyak"),
        say("Bagian"),
        say("Skala"),
        say("Cara hitung"),
        say("Batas status baik"),
    )
    told = [rows(one) for one in editions]
    return Table(
        (Column("hal", say("Hal")), *(Column(one.slug, one.label) for one in editions)),
        tuple(
            (text_cell(head), *(text_cell(words[place]) for words in told))
            for place, head in enumerate(heads)
        ),
    )
