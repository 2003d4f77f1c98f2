"""Four fields and three aims as a board shows them, and as tables for files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext_noop as noop

from sidara.indices.core import Version
from sidara.kernel.number import rounded
from sidara.programmes.core.board.aims import Reached
from sidara.programmes.core.board.fields import FieldStanding
from sidara.programmes.queries import Board, PlannedMoney
from sidara.ui.figures import Column, Figure, Source, Table, number_cell, text_cell
from sidara.ui.language import format_number, format_percent, percent_sign, say

FIELDS = (noop("Ekonomi"), noop("Sosial"), noop("Infrastruktur"), noop("Lingkungan"))
AIMS = (noop("Mandiri"), noop("Sejahtera"), noop("Berdaya saing"))
NOTES = (
    noop("dari subindeks IKS, termasuk permukiman"),
    noop("dari subindeks IKE, termasuk keterbukaan wilayah"),
    noop("dari subindeks IKL"),
    noop("dari dimensi Sosial, tanpa pendidikan dan kesehatan"),
    noop("dari dimensi Ekonomi"),
    noop("dari dimensi Aksesibilitas, tanpa utilitas dasar"),
    noop("dari dimensi Lingkungan"),
    noop("belum dapat dihitung: skor butir tidak terbit untuk cukup desa"),
)
PARTS = (
    noop("Ekonomi desa berjalan"),
    noop("Pemerintahan desa mengurus sendiri"),
    noop("Layanan dasar ada"),
    noop("Kehidupan sosial baik"),
    noop("Lingkungan terjaga"),
    noop("Desa terhubung"),
    noop("Ekonomi kuat"),
)
"""Words of `content/fields.yaml` and `content/aims/`, so that they have their English."""
BILLION, MILLION = 1_000_000_000, 1_000_000


@dataclass(frozen=True)
class FieldLine:
    """A field on the board: `bar` is whole percent for the drawing, `None` where nothing is known."""

    name: str
    bar: int | None
    share: str
    spread: str
    change: str
    note: str
    weakest: Sequence[str]
    money: str

    @property
    def words(self) -> str:
        """Say spread, change, money and what was measured in one line."""
        planned = say("rencana {money}", money=self.money) if self.money else ""
        return ", ".join(one for one in (self.spread, self.change, planned, self.note) if one)


@dataclass(frozen=True)
class AimPartLine:
    """A part of an aim: who reaches it, from which share of points on, and why."""

    name: str
    share: str
    words: str
    condition: str


@dataclass(frozen=True)
class AimLine:
    """An aim on the board with its parts opened; `left` names parts that the index does not measure."""

    name: str
    bar: int | None
    share: str
    words: str
    reason: str
    source: str
    parts: Sequence[AimPartLine]
    left: Sequence[str]


def money(amount: int | Fraction | None) -> str:
    """Write rupiah as people say it (`Rp1,2 miliar`, below a million in full)."""
    if amount is None:
        return format_number(None)
    if amount < MILLION:
        return say("Rp{n}", n=format_number(rounded(amount, 0)))
    if amount >= BILLION:
        return say("Rp{n} miliar", n=format_number(Fraction(amount) / BILLION, 1))
    return say("Rp{n} juta", n=format_number(Fraction(amount) / MILLION, 1))


def field_lines(board: Board, planned: PlannedMoney | None, scale: Version) -> tuple[FieldLine, ...]:
    """Lay the fields out; `scale` = the index in the language of the page."""
    return tuple(_field(one, board, planned, scale) for one in board.fields)


def _field(one: FieldStanding, board: Board, planned: PlannedMoney | None, scale: Version) -> FieldLine:
    change = ""
    if one.change is not None:
        change = say(
            "{n} poin persen dari {year}",
            n=format_number(rounded(one.change, 1), 1, sign=True),
            year=one.before,
        )
    weakest = [
        name if item.known == board.villages else f"{name} ({say('data')} {_of(item.known, board.villages)})"
        for item in one.weakest
        for name in (scale.by_code[item.code].name,)
    ]
    return FieldLine(
        say(one.field.name),
        _bar(one.share),
        _percent(one.share),
        say("{low} sampai {high}", low=_percent(one.p10), high=_percent(one.p90))
        if one.p10 is not None
        else "",
        change,
        say(one.note) if one.note else "",
        weakest,
        money(planned.by_field.get(one.field.code, 0)) if planned else "",
    )


def aim_lines(board: Board) -> tuple[AimLine, ...]:
    """Lay the aims out, each with its parts."""
    return tuple(
        AimLine(
            say(one.aim.name),
            _bar(one.all_parts.share),
            _percent(one.all_parts.share),
            _reached(one.all_parts),
            one.aim.reason,
            one.aim.source,
            tuple(
                AimPartLine(
                    say(part.name),
                    _percent(reached.share),
                    _reached(reached),
                    say(
                        "sedikitnya {percent} dari poinnya",
                        percent=f"{format_number(part.at_least * 100)}{percent_sign()}",
                    ),
                )
                for part, reached in one.parts
            ),
            tuple(say(part.name) for part in one.unmeasured),
        )
        for one in board.aims
    )


def tables(board: Board, planned: PlannedMoney | None, sources: Sequence[Source]) -> Mapping[str, Figure]:
    """Give fields and aims as tables for files."""
    fields = Figure("bidang", say("Empat bidang"), "", _fields(board, planned), sources)
    aims = Figure("tujuan", say("Tiga tujuan, usulan"), "", _aims(board), sources)
    return {"bidang": fields, "tujuan": aims}


def _fields(board: Board, planned: PlannedMoney | None) -> Table:
    columns = (
        Column("bidang", say("Bidang")),
        Column("persen_poin", say("Poin tercapai"), is_number=True),
        Column("desa", say("Desa"), is_number=True),
        Column("semua_desa", say("Semua desa"), is_number=True),
        Column("p10", "P10", is_number=True),
        Column("p90", "P90", is_number=True),
        Column("perubahan", say("Perubahan"), is_number=True),
        Column("sejak", say("Sejak")),
        Column("rencana_rupiah", say("Rencana, rupiah"), is_number=True),
        Column("terlemah", say("Butir terlemah")),
        Column("keterangan", say("Keterangan")),
    )
    rows = tuple(
        (
            text_cell(say(one.field.name)),
            *(number_cell(share * 100 if share is not None else None, 1) for share in (one.share,)),
            number_cell(one.known),
            number_cell(one.villages),
            *(number_cell(share * 100 if share is not None else None, 1) for share in (one.p10, one.p90)),
            number_cell(one.change, 1),
            text_cell(one.before),
            number_cell(planned.by_field.get(one.field.code, 0) if planned else None),
            text_cell("; ".join(item.name for item in one.weakest)),
            text_cell(say(one.note) if one.note else ""),
        )
        for one in board.fields
    )
    return Table(columns, rows)


def _aims(board: Board) -> Table:
    columns = (
        Column("tujuan", say("Tujuan")),
        Column("bagian", say("Bagian")),
        Column("sedikitnya_persen", say("Sedikitnya, persen poin"), is_number=True),
        Column("tercapai", say("Tercapai"), is_number=True),
        Column("diketahui", say("Diketahui"), is_number=True),
        Column("semua_desa", say("Semua desa"), is_number=True),
        Column("status", say("Status")),
        Column("alasan", say("Alasan")),
        Column("sumber", say("Sumber definisi")),
    )
    rows = []
    for one in board.aims:
        aim = one.aim
        told: list[tuple[str, Fraction | None, Reached, str]] = [("", None, one.all_parts, aim.reason)]
        told += [(part.name, part.at_least, reached, part.reason) for part, reached in one.parts]
        rows += [
            (
                text_cell(say(aim.name)),
                text_cell(say(name) if name else say("semua bagian")),
                number_cell(bound * 100 if bound is not None else None),
                number_cell(reached.reached),
                number_cell(reached.known),
                number_cell(reached.villages),
                text_cell(say(aim.status)),
                text_cell(reason, language="id"),
                text_cell(aim.source, language="id"),
            )
            for name, bound, reached, reason in told
        ]
    return Table(columns, tuple(rows))


def _reached(one: Reached) -> str:
    return say("{n} dari {all} desa", n=format_number(one.reached), all=format_number(one.known))


def _of(part: int, whole: int) -> str:
    return say("{n} dari {all} desa", n=format_number(part), all=format_number(whole))


def _percent(share: Fraction | None) -> str:
    return format_number(None) if share is None else format_percent(share.numerator, share.denominator)


def _bar(share: Fraction | None) -> int | None:
    return None if share is None else int(rounded(share * 100, 0))
