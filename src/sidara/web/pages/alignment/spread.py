"""Does money go where the need is: a bar for each fifth of the villages, and the concentration index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sidara.kernel.number import rounded
from sidara.programmes.core.spread import concentration, shares
from sidara.programmes.queries.alignment import Planned
from sidara.ui.charts import Bar, Threshold, ranking_bars
from sidara.ui.drawing import SLIM
from sidara.ui.figures import Column, Figure, Source, Table, number_cell, text_cell
from sidara.ui.language import format_number, percent_sign, say

PARTS, EVEN = 5, 20


@dataclass(frozen=True)
class Spread:
    """The picture, the share of those who need most in percent, how many villages it stands on."""

    figure: Figure
    neediest: Decimal
    known: int


def build(
    planned: Planned, need: Mapping[str, str], index: str, sources: Sequence[Source], year: int
) -> Spread | None:
    """Share out what comes to the villages whose need is known; nothing where no money or no need is."""
    money = planned.by_village()
    rows = [
        (Fraction(need[code]), Fraction(amount), Fraction(1))
        for code, amount in money.items()
        if code in need
    ]
    total = sum((amount for _, amount, _ in rows), Fraction(0))
    if len(rows) < PARTS or not total:
        return None
    parts = [rounded(one * 100 / total, 1) for one in shares(rows, PARTS)]
    spread = rounded(concentration(rows), 2)
    first, sign = parts[0], percent_sign()
    label = say("Bagian anggaran menurut kebutuhan desa")
    bars = [
        Bar(_name(at), part, format_number(part, 1) + sign, is_low=at == 0) for at, part in enumerate(parts)
    ]
    drawing = ranking_bars(
        bars,
        label=label,
        reference=Threshold(say("bagian merata {n} %", n=EVEN), Decimal(EVEN)),
        width=SLIM,
    )
    table = Table(
        (
            Column("kelompok", say("Seperlima desa menurut kebutuhan")),
            Column("bagian", say("Bagian anggaran (%)"), is_number=True),
        ),
        tuple((text_cell(_name(at)), number_cell(part, 1)) for at, part in enumerate(parts)),
    )
    figure = Figure(
        "kuintil",
        title(first, spread),
        say(
            "Bagian anggaran {year} untuk tiap seperlima desa, yang paling membutuhkan lebih dulu (nilai"
            " {index} terendah). Indeks konsentrasi {spread}: di bawah 0 berarti lebih banyak ke desa yang"
            " membutuhkan.",
            year=year,
            spread=format_number(spread, 2, sign=True),
            index=index,
        ),
        table,
        sources,
        drawing=drawing,
        notes=(
            say(
                "{n} dari {all} desa yang kebutuhannya diketahui. Anggaran satu kegiatan dibagi rata antar"
                " desa sasarannya.",
                n=format_number(len(rows)),
                all=format_number(len(money)),
            ),
        ),
    )
    return Spread(figure, first, len(rows))


def _name(at: int) -> str:
    if at == 0:
        return say("1 (paling butuh)")
    return say("{n} (paling kecil)", n=PARTS) if at == PARTS - 1 else str(at + 1)


def title(first: Decimal, spread: Decimal) -> str:
    """Say whether money follows the need: the share of the neediest fifth, the concentration index."""
    if first < EVEN:
        return say(
            "Desa yang paling membutuhkan mendapat {share} anggaran, di bawah bagian merata",
            share=format_number(first, 1) + percent_sign(),
        )
    if spread < 0:
        return say("Anggaran lebih banyak ke desa yang lebih membutuhkan")
    return say(
        "Desa yang paling membutuhkan mendapat {share} anggaran",
        share=format_number(first, 1) + percent_sign(),
    )
