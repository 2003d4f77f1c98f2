"""A draft of the RKP Desa out of the gaps: a row for each activity of the village's accounts that closes any.

What no data tell stays empty: place, volume, cost and fund are for the village to decide. No rupiah is
invented. The columns are those of the table `rkpdes` that the import of plans takes back.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from django.urls import reverse

from sidara import tables
from sidara.programmes.core import Government
from sidara.regions.core import Region
from sidara.ui.figures import Cell, Column, Figure, Source, Table, text_cell
from sidara.ui.language import format_number, say
from sidara.web.pages import files
from sidara.web.pages.our_village.gaps import Gap, Gaps
from sidara.web.pages.our_village.who import VillageCode

KEY = "rancangan-rkp-desa"
OPEN = 8
TAKEN_BACK = (
    *("No", "Bidang", "Jenis Kegiatan", "Kode", "Lokasi", "Volume", "Sasaran/Manfaat", "Waktu Pelaksanaan"),
    *("Jumlah (Rp)", "Sumber", "Swakelola", "Kerja Sama Antar Desa", "Kerja Sama Pihak Ketiga"),
    *("Rencana Pelaksana Kegiatan", "Keterangan"),
)
"""The columns of the file, as the format of the RKP Desa names them, and one that says SIMULASI.

No other column may stand there: `sumber`, where figures come from, would be read as the fund.
"""
NAMED = 3
"""How many gaps a row names as its benefit."""


@dataclass(frozen=True)
class Row:
    """An activity of the village's accounts, and the gaps that it closes, the largest first."""

    code: VillageCode
    gaps: Sequence[Gap]

    @property
    def benefit(self) -> str:
        """Name what becomes better."""
        named = ", ".join(one.name for one in self.gaps[:NAMED])
        left = len(self.gaps) - NAMED
        return say("{named} dan {n} butir lain", named=named, n=format_number(left)) if left > 0 else named


def rows(gaps: Gaps) -> list[Row]:
    """Gather the village's own gaps by the first activity that closes each, the largest gain first.

    What is no activity of a plan (capital for the BUM Desa) is none.
    """
    found: dict[str, list[Gap]] = {}
    codes: dict[str, VillageCode] = {}
    for one in gaps.own:
        for code in [each for each in one.codes if each.field][:1]:
            codes[code.code] = code
            found.setdefault(code.code, []).append(one)
    made = [Row(codes[code], held) for code, held in found.items()]
    return sorted(made, key=lambda one: (-sum(each.gain for each in one.gaps), one.code.code))


def figure(region: Region, gaps: Gaps, sources: Sequence[Source], *, year: int) -> Figure | None:
    """Lay the draft out for the RKP Desa of a year; `None` where there is nothing to draft."""
    found = rows(gaps)
    if not found:
        return None
    shown = (
        Column("kode", say("Kode")),
        Column("kegiatan", say("Kegiatan")),
        Column("bidang", say("Bidang")),
        Column("manfaat", say("Sasaran/manfaat")),
        Column("biaya", say("Biaya dan sumber")),
    )
    empty = say("diisi desa")
    table = Table(
        shown,
        tuple(
            (
                text_cell(one.code.code, href=_href(one.code)),
                text_cell(one.code.name, language="id"),
                text_cell(one.code.field, language="id"),
                text_cell(one.benefit),
                text_cell(empty),
            )
            for one in found
        ),
    )
    filed = Table(
        tuple(Column(key, key) for key in TAKEN_BACK),
        tuple(_filed(region, number, one) for number, one in enumerate(found, 1)),
    )
    return Figure(
        KEY,
        say(
            "Rancangan RKP Desa {year}: {n} kegiatan dari kesenjangan", year=year, n=format_number(len(found))
        ),
        say(
            "Lokasi, volume, biaya, dan sumber dana diisi desa dalam musdes: SIDARA tidak mengarang"
            " rupiah. Berkas Excel-nya dapat dimasukkan kembali sesudah diisi."
        ),
        table,
        tuple(sources),
        first=OPEN,
        notes=(say("{name}, menurut kode Permendagri 20/2018", name=region.name),),
        filed=filed,
    )


def _href(code: VillageCode) -> str:
    """Give the page of a code of the village; one that the kabupaten names itself has none."""
    return "" if code.is_open else reverse("nomenclature-code", args=[Government.VILLAGE.value, code.code])


def content(drafted: Figure, suffix: str) -> bytes:
    """Write the draft as a file that can be filled in and brought back; sources stand on a sheet apart."""
    made, target = drafted.filed, io.BytesIO()
    if made is None:
        raise LookupError("a draft has rows for files")
    frame = pl.DataFrame(
        [[cell.value for cell in row] for row in made.rows],
        schema=dict.fromkeys((column.key for column in made.columns), pl.String),
        orient="row",
    )
    told = "; ".join(one.title for one in drafted.sources)
    notes = {"judul": drafted.title, "keterangan": drafted.subtitle, "dasar": told}
    tables.write(frame, target, format=suffix, notes=notes)
    return target.getvalue()


def _filed(region: Region, number: int, one: Row) -> tuple[Cell, ...]:
    """Give a row as the import of an RKP Desa reads it; what the village decides is empty."""
    known = {
        "No": str(number),
        "Bidang": one.code.field,
        "Jenis Kegiatan": one.code.name,
        "Kode": "" if one.code.is_open else one.code.code,
        "Sasaran/Manfaat": one.benefit,
        "Keterangan": files.SIMULATED if region.is_example else "",
    }
    return tuple(Cell(known.get(key)) for key in TAKEN_BACK)
