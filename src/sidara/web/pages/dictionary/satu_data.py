"""Satu Data: what is missing for the dictionary's data to count, by variable, indicator, activity."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sidara.dictionary import queries
from sidara.kernel.actor import Actor
from sidara.ui.figures import Column, Figure, Table, number_cell, text_cell
from sidara.ui.language import format_number, say
from sidara.web.pages.dictionary import addresses
from sidara.web.pages.dictionary.words import cited, reason

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
            say("Yang masih menghalangi"),
            say("Banyaknya elemen menurut alasan; satu elemen dapat punya beberapa alasan."),
            _reasons(found),
            (),
            notes=notes,
        ),
        Figure(
            "kegiatan",
            say("Isian MS-Keg yang belum ada"),
            say("Isian wajib kegiatan statistik yang belum diketahui. Tidak ada yang dikarang."),
            _activities(found),
            (),
            notes=notes,
        ),
        Figure(
            "kelengkapan",
            say("Kelengkapan tiap elemen"),
            say("MS-Var: isian wajib yang terisi, dan alasan bila belum boleh dihitung sebagai Satu Data."),
            _variables(found),
            (),
            notes=notes,
            is_folded=True,
            most=MOST,
        ),
    )
    return SatuDataPage(
        say(
            "{ready} dari {whole} elemen sudah memenuhi syarat Satu Data",
            ready=format_number(ready),
            whole=whole,
        ),
        say(
            "MS-Var {complete} dari {whole} elemen sudah lengkap. Yang masih kurang: persetujuan teks oleh "
            "OPD pemilik, dan isian MS-Keg.",
            complete=format_number(complete),
            whole=whole,
        ),
        {one.key: one for one in figures},
    )


def _reasons(found: queries.SatuData) -> Table:
    counts = Counter(why for one in found.variables.values() for why in one.reasons)
    columns = (Column("alasan", say("Alasan")), Column("elemen", say("Elemen"), is_number=True))
    return Table(
        columns, tuple((text_cell(reason(why)), number_cell(count)) for why, count in counts.most_common())
    )


def _activities(found: queries.SatuData) -> Table:
    columns = (
        Column("kode", say("Kode")),
        Column("blok", say("Blok")),
        Column("isian", say("Isian")),
        Column("catatan", say("Catatan")),
    )
    rows = tuple(
        (
            text_cell(one.field.code),
            cited(one.field.block),
            cited(one.field.name),
            cited(one.field.note),
        )
        for own in found.activities.values()
        for one in own.missing
    )
    return Table(columns, rows)


def _variables(found: queries.SatuData) -> Table:
    columns = (
        Column("kode", say("Kode")),
        Column("terisi", say("Terisi"), is_number=True),
        Column("wajib", say("Wajib"), is_number=True),
        Column("memenuhi", say("Memenuhi")),
        Column("alasan", say("Alasan")),
    )
    rows = tuple(
        (
            addresses.element_cell(code),
            number_cell(one.completeness.filled),
            number_cell(one.completeness.required),
            text_cell(say("ya") if one.is_ready else say("belum")),
            text_cell("; ".join(reason(why) for why in one.reasons)),
        )
        for code, one in found.variables.items()
    )
    return Table(columns, rows)
