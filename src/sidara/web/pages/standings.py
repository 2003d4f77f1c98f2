"""Where a village stands in an index: figure with its span, status, what the next one lacks, rank."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sidara.indices import queries as indices
from sidara.indices.core import Depth, Version
from sidara.indices.core.standing import least_units
from sidara.indices.core.whatif import EVERY, Change
from sidara.kernel.actor import Actor
from sidara.kernel.number import rounded
from sidara.ui.charts import Threshold
from sidara.ui.figures import Cell, Mark
from sidara.ui.language import format_number, say
from sidara.web.pages import ground, index
from sidara.web.pages.fields import Form
from sidara.web.pages.ground import Ground


@dataclass(frozen=True)
class Standing:
    """One side of a what-if; `low` and `high` are equal where every score is known."""

    scale: Version
    low: Decimal
    high: Decimal
    statuses: tuple[str, ...]
    levels: Mapping[str, Decimal | None]

    @property
    def is_sure(self) -> bool:
        """Say whether the figure is one, not a span."""
        return self.low == self.high

    @property
    def text(self) -> str:
        """Write the figure, or the span."""
        decimals = self.scale.thresholds.decimals
        if self.is_sure:
            return format_number(self.low, decimals)
        return say(
            "{low} sampai {high}",
            low=format_number(self.low, decimals),
            high=format_number(self.high, decimals),
        )

    @property
    def cell_text(self) -> str:
        """Write the figure, or the span as a cell of a table does."""
        decimals = self.scale.thresholds.decimals
        return span_text(format_number(self.low, decimals), format_number(self.high, decimals))

    @property
    def mark(self) -> Mark:
        """Give the mark of the class, or of the lowest one with all that it can be in words."""
        first = index.by_status(self.scale)[self.statuses[0]]
        if self.is_classed:
            return first
        return Mark(
            first.style,
            say(
                "antara {low} dan {high}",
                low=index.word_of(self.statuses[0]),
                high=index.word_of(self.statuses[-1]),
            ),
        )

    @property
    def is_classed(self) -> bool:
        """Say whether it can have one class only."""
        return len(self.statuses) == 1

    @property
    def place(self) -> int:
        """Give the place of the lowest class that it can have."""
        return [one.status for one in self.scale.thresholds.classes].index(self.statuses[0])

    @property
    def next(self) -> Threshold | None:
        """Give the line of the status above, where the least figure of that class lies; `None` at the top."""
        thresholds = self.scale.thresholds
        if self.place + 1 == len(thresholds.classes):
            return None
        units = least_units(thresholds, self.place + 1)
        name = index.word_of(thresholds.classes[self.place + 1].status)
        return Threshold(say("batas {name}", name=name), Decimal(units).scaleb(-thresholds.decimals))

    @property
    def lacking(self) -> Decimal | None:
        """Give what the lowest figure lacks to the status above."""
        return None if self.next is None else self.next.value - self.low

    @property
    def lacking_figure(self) -> str:
        """Write what is lacking, of a span the most that it can be; an en dash at the top."""
        figure = format_number(self.lacking, self.scale.thresholds.decimals)
        return figure if self.is_sure or self.next is None else say("paling banyak {figure}", figure=figure)

    @property
    def lacking_text(self) -> str:
        """Write it with the status; of a span the most that it can be."""
        if self.next is None:
            return say("sudah tertinggi")
        return say(
            "{lacking_figure} menuju {status}",
            lacking_figure=self.lacking_figure,
            status=index.word_of(self.scale.thresholds.classes[self.place + 1].status).lower(),
        )

    def rank(self, others: Sequence[Decimal]) -> tuple[int, int]:
        """Give the best and the worst place among others and itself."""
        return 1 + sum(one > self.high for one in others), 1 + sum(one > self.low for one in others)


def today(actor: Actor, where: Ground, form: Form) -> Standing | None:
    """Give where the village stands with nothing changed: the first field is set to what it holds."""
    first = next(form.fields, None)
    if first is None or where.table is None:
        return None
    kept = replace(first, value=first.today).plain
    found = indices.whatif(actor, where.definition, where.table, [Change(EVERY, first.name, kept)])
    if found.frame is None or found.frame.is_empty():
        return None
    return of_row(
        where.scale, found.frame.row(0, named=True), "before", found.before.frame.row(0, named=True)
    )


def beside_published(actor: Actor, where: Ground, form: Form) -> str:
    """Tell the published figure beside the one that simulated answers give; nothing where both are one."""
    figure = ground.published(actor, where)
    now = today(actor, where, form) if figure and where.table else None
    if now is None or where.table is None:
        return ""
    held = say("jawaban") if where.table.depth is Depth.ANSWERS else say("skor butir")
    return say(
        "Angka terbit desa ini {figure}; hitungan di sini memakai {held} rekaan ({now_text}).",
        figure=figure,
        held=held,
        now_text=now.text,
    )


def of_row(scale: Version, row: Mapping[str, Any], word: str, levels: Mapping[str, Any]) -> Standing:
    """Read one side (`before`, `after`) of a row of `WhatIf.frame`; `levels` comes from its computation."""
    decimals = scale.thresholds.decimals

    def figure(value: float | None) -> Decimal | None:
        return None if value is None else rounded(Decimal(str(value)), decimals)

    low, high = (figure(row[f"index_{end}_{word}"]) for end in ("min", "max"))
    return Standing(
        scale,
        low or Decimal(0),
        high or Decimal(0),
        tuple(str(row[f"status_set_{word}"] or row[f"status_{word}"]).split("|")),
        {level.code: figure(levels.get(level.column)) for level in scale.sub_indices},
    )


def span_text(low: str, high: str) -> str:
    """Write both ends as a cell of a table does; equal ones are one figure."""
    return low if low == high else f"{low}\N{EN DASH}{high}"


def rank_text(rank: tuple[int, int]) -> str:
    """Write a rank in a sentence (`15`, `15 sampai 19`)."""
    best, worst = rank
    return (
        format_number(best)
        if best == worst
        else say("{best} sampai {worst}", best=format_number(best), worst=format_number(worst))
    )


def rank_cell(rank: tuple[int, int], whole: int) -> Cell:
    """Write a rank with its whole (`35 dari 87`, `15-19 dari 87` with an en dash)."""
    best, worst = (format_number(place) for place in rank)
    return Cell(
        rank[0], say("{span_text} dari {whole}", span_text=span_text(best, worst), whole=format_number(whole))
    )


def moved(before: Standing, after: Standing, others: Sequence[Decimal]) -> int:
    """Count the others whose place changes when one village goes from the one figure to the other."""
    return sum((before.low > one) != (after.low > one) for one in others)
