"""What is known of poverty in an area, with coverage and age; what only lies near it is told apart."""

from collections.abc import Sequence

from sidara.kernel.actor import Actor
from sidara.programmes.queries import Poverty
from sidara.programmes.queries import poverty as known_of
from sidara.regions.core import Region
from sidara.ui.figures import Cell, Column, Figure, Table, number_cell, text_cell
from sidara.ui.language import format_number, percent_sign, say
from sidara.ui.periods import format_code
from sidara.warehouse import queries as warehouse
from sidara.web.pages import places, sources
from sidara.web.pages.equity.asked import Asked

KEY = "kemiskinan"


def build(actor: Actor, asked: Asked, region: Region) -> Figure | None:
    """Build the part about poverty; `None` where the dictionary has no such variable."""
    dataset = asked.dataset
    told, answer = known_of(actor, dataset, region.code)
    if not told:
        return None
    is_open = dataset in {one.code for one in warehouse.open_datasets(actor)}
    shown = sources.sources([answer]) if answer is not None and is_open else ()
    return Figure(
        KEY,
        _title(region, told),
        say(
            "Jumlah dari jawaban terbaru tiap desa dan kelurahan di {place}. Yang tidak menjawab tidak"
            " dihitung nol.",
            place=places.full_name(region),
        ),
        _table(told, asked),
        shown,
        notes=(
            say(
                "Penerima bantuan dan rumah tidak layak huni bukan ukuran kemiskinan; keduanya disebut"
                " terpisah. Tidak ada ukuran lain yang dipakai sebagai pengganti."
            ),
        ),
    )


def _title(region: Region, told: Sequence[Poverty]) -> str:
    first = next((one for one in told if one.measure.is_poverty), None)
    if first is None or first.total is None:
        return say("Belum ada data kemiskinan menurut desa di {place}", place=places.full_name(region))
    return say(
        "{total} keluarga tercatat desil 1-2 di {n} dari {all} desa dan kelurahan",
        total=format_number(first.total),
        n=format_number(first.reporting),
        all=format_number(first.expected),
    )


def _table(told: Sequence[Poverty], asked: Asked) -> Table:
    columns = (
        Column("ukuran", say("Ukuran")),
        Column("kode", say("Kode"), is_file_only=True),
        Column("arti", say("Yang diukur")),
        Column("jumlah", say("Jumlah"), is_number=True),
        Column("satuan", say("Satuan"), is_file_only=True),
        Column("persen", say("Persen"), is_number=True),
        Column("melapor", say("Desa menjawab"), is_number=True),
        Column("diharapkan", say("Diharapkan"), is_number=True, is_file_only=True),
        Column("periode", say("Periode datanya")),
        Column("catatan", say("Catatan")),
    )
    return Table(columns, tuple(_row(one, asked) for one in told))


def _row(one: Poverty, asked: Asked) -> tuple[Cell, ...]:
    kind = say("kemiskinan") if one.measure.is_poverty else say("bukan kemiskinan")
    age = ""
    if one.oldest:
        ends = dict.fromkeys(format_code(text) for text in (one.oldest, one.newest))
        age = say(" sampai ").join(ends)
    words = say("{n} dari {all}", n=format_number(one.reporting), all=format_number(one.expected))
    href = asked.href(ukuran=one.measure.variable, indeks="", tahun="") if one.total is not None else ""
    return (
        Cell(one.variable.name, one.variable.name, href=href, language="id"),
        text_cell(one.measure.variable),
        text_cell(kind),
        number_cell(one.total) if one.total is not None else text_cell(say("belum ada data")),
        text_cell(one.variable.unit),
        number_cell(one.share * 100 if one.share is not None else None, 1, suffix=percent_sign()),
        Cell(one.reporting, words) if one.expected else number_cell(None),
        number_cell(one.expected),
        text_cell(age),
        text_cell(one.measure.note, language="id"),
    )
