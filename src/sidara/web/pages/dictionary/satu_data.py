"""Satu Data: what is missing for the dictionary's data to count, by variable, indicator, activity."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sidara.dictionary import queries
from sidara.kernel.actor import Actor
from sidara.kernel.number import format_number
from sidara.ui.figures import Column, Figure, Table, number_cell, text_cell
from sidara.web.pages.dictionary import addresses

MOST = 40


@dataclass(frozen=True)
class SatuDataPage:
    """How many count, and why the others do not yet."""

    title: str
    lead: str
    figures: Mapping[str, Figure]


def build(actor: Actor, year: int) -> SatuDataPage:
    """Build the page for the metadata of a year."""
    made = queries.dictionary(actor)
    found = queries.satu_data(actor, year)
    ready = sum(one.is_ready for one in found.variables.values())
    complete = sum(one.completeness.is_complete for one in found.variables.values())
    whole = format_number(len(found.variables))
    notes = addresses.notes(made)
    figures = (
        Figure(
            "alasan",
            "Yang masih menghalangi",
            "Banyaknya elemen menurut alasan; satu elemen dapat punya beberapa alasan.",
            _reasons(found),
            (),
            notes=notes,
        ),
        Figure(
            "kegiatan",
            "Isian MS-Keg yang belum ada",
            "Isian wajib kegiatan statistik yang belum diketahui. Tidak ada yang dikarang.",
            _activities(found),
            (),
            notes=notes,
        ),
        Figure(
            "kelengkapan",
            "Kelengkapan tiap elemen",
            "MS-Var: isian wajib yang terisi, dan alasan bila belum boleh dihitung sebagai Satu Data.",
            _variables(found),
            (),
            notes=notes,
            is_folded=True,
            most=MOST,
        ),
    )
    return SatuDataPage(
        f"{format_number(ready)} dari {whole} elemen sudah memenuhi syarat Satu Data",
        f"MS-Var {format_number(complete)} dari {whole} elemen sudah lengkap. Yang masih kurang: persetujuan "
        "teks oleh OPD pemilik, dan isian MS-Keg.",
        {one.key: one for one in figures},
    )


def _reasons(found: queries.SatuData) -> Table:
    counts = Counter(reason for one in found.variables.values() for reason in one.reasons)
    columns = (Column("alasan", "Alasan"), Column("elemen", "Elemen", is_number=True))
    return Table(
        columns, tuple((text_cell(reason), number_cell(count)) for reason, count in counts.most_common())
    )


def _activities(found: queries.SatuData) -> Table:
    columns = (
        Column("kode", "Kode"),
        Column("blok", "Blok"),
        Column("isian", "Isian"),
        Column("catatan", "Catatan"),
    )
    rows = tuple(
        (
            text_cell(one.field.code),
            text_cell(one.field.block),
            text_cell(one.field.name),
            text_cell(one.field.note),
        )
        for own in found.activities.values()
        for one in own.missing
    )
    return Table(columns, rows)


def _variables(found: queries.SatuData) -> Table:
    columns = (
        Column("kode", "Kode"),
        Column("terisi", "Terisi", is_number=True),
        Column("wajib", "Wajib", is_number=True),
        Column("memenuhi", "Memenuhi"),
        Column("alasan", "Alasan"),
    )
    rows = tuple(
        (
            addresses.element_cell(code),
            number_cell(one.completeness.filled),
            number_cell(one.completeness.required),
            text_cell("ya" if one.is_ready else "belum"),
            text_cell("; ".join(one.reasons)),
        )
        for code, one in found.variables.items()
    )
    return Table(columns, rows)
