"""From gaps to activities: what the village may do by its own money, what it must ask of others, and of whom.

A gap is an item of the index that has not all its points. What closes it and who may do it come from the
kinds of activities; where none raises an item, from the tables of the index.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sidara.indices.core import ItemExplanation
from sidara.kernel.actor import Actor
from sidara.kernel.number import Language, rounded
from sidara.ui.figures import Cell, Column, Figure, Table, text_cell
from sidara.ui.language import format_number, say
from sidara.web.pages import itemized
from sidara.web.pages.our_village import who
from sidara.web.pages.our_village.basis import Basis
from sidara.web.pages.our_village.who import Doer, VillageCode

KINDS = 2
"""How many kinds of activities name what closes a gap."""
OPEN = 6
"""How many gaps stand open; the reader opens the others."""


@dataclass(frozen=True)
class Gap:
    """An item with points to win: how it is now, what would close it, by what the index gains, who may.

    `advice`: as the index's table words it. `codes`: activities of the village's own accounts that close it;
    `others` who else may act, the nearest government first.
    """

    item: str
    name: str
    now: str
    activity: str
    advice: str
    gain: Decimal
    codes: Sequence[VillageCode]
    is_own: bool
    others: Sequence[Doer]


@dataclass(frozen=True)
class Gaps:
    """All gaps of a village, the largest gain first, in two lists; `why_none` where there is no list."""

    own: Sequence[Gap] = ()
    asked: Sequence[Gap] = ()
    unknown: int = 0
    why_none: str = ""

    @property
    def all(self) -> Sequence[Gap]:
        """Give both lists in the order of what is gained."""
        return sorted((*self.own, *self.asked), key=_rank)


def of_basis(actor: Actor, basis: Basis | None) -> Gaps:
    """Read the gaps of a village off its basis."""
    if basis is None:
        return Gaps(why_none=say("Kesenjangan belum dapat dibaca: belum ada isian final atau angka terbit."))
    if not basis.items:
        return Gaps(
            why_none=say(
                "Kesenjangan belum dapat dibaca: dari {label} yang terbit hanya angka bagiannya, tanpa skor"
                " tiap butir. Setelah isian desa final, daftar kegiatan muncul di sini.",
                label=basis.label,
            )
        )
    useful = (_gap(actor, basis, one) for one in basis.items if one.gain and one.activity)
    found = sorted((one for one in useful if one.is_own or one.others), key=_rank)
    return Gaps(
        tuple(one for one in found if one.is_own),
        tuple(one for one in found if not one.is_own),
        len(basis.items) - len(basis.known),
        "" if found else say("Tidak ada kesenjangan: semua butir yang diketahui sudah penuh."),
    )


def figures(basis: Basis | None, gaps: Gaps) -> tuple[Figure, ...]:
    """Lay the two lists out as tables that can be taken away."""
    if basis is None:
        return ()
    made = []
    if gaps.own:
        made.append(
            Figure(
                "kerja-desa",
                say("{n} kegiatan dapat dikerjakan desa sendiri", n=format_number(len(gaps.own))),
                say(
                    "Masuk RKP Desa dan APBDes dengan kode kegiatan desa (Permendagri 20/2018). Urut dari"
                    " yang paling menambah {label}.",
                    label=basis.label,
                ),
                _table(basis, gaps.own, is_own=True),
                basis.sources,
                first=OPEN,
            )
        )
    if gaps.asked:
        made.append(
            Figure(
                "minta",
                say("{n} kegiatan perlu diminta kepada pihak lain", n=format_number(len(gaps.asked))),
                say(
                    "Bukan kewenangan desa: bawa sebagai usulan (DU-RKP Desa). Urut dari yang paling menambah"
                    " nilai."
                ),
                _table(basis, gaps.asked, is_own=False),
                basis.sources,
                first=OPEN,
            )
        )
    return tuple(made)


def _rank(one: Gap) -> tuple[Decimal, str]:
    return -one.gain, one.item


def _gap(actor: Actor, basis: Basis, one: ItemExplanation) -> Gap:
    doing, advice = who.of_item(actor, basis.slug, one), itemized.activity_text(one) or ""
    return Gap(
        one.code,
        one.label,
        one.meaning or "",
        "; ".join(doing.kinds[:KINDS]) or advice,
        advice,
        rounded(Decimal(str(one.gain or 0)), basis.decimals),
        doing.codes,
        doing.is_own,
        doing.others,
    )


def _table(basis: Basis, gaps: Sequence[Gap], *, is_own: bool) -> Table:
    last = say("Dapat dibantu") if is_own else say("Minta kepada")
    columns = (
        Column("kegiatan", say("Kegiatan")),
        Column("butir", say("Butir")),
        Column("kode_butir", say("Kode butir"), is_file_only=True),
        Column("kini", say("Keadaan kini")),
        Column("saran", say("Saran menurut tabel indeks"), is_file_only=True),
        Column("tambahan", say("Tambah {label}", label=basis.label), is_number=True),
        *((Column("kode_desa", say("Kode kegiatan desa")),) if is_own else ()),
        Column("pihak", last),
    )
    return Table(columns, tuple(_row(basis, one, is_own=is_own) for one in gaps))


def _row(basis: Basis, one: Gap, *, is_own: bool) -> tuple[Cell, ...]:
    codes = ", ".join(each.code for each in one.codes)
    named = "; ".join(f"{each.code} {each.name}" for each in one.codes)
    others = ", ".join(each.word for each in one.others)
    offices = "; ".join(f"{each.word}: {each.name}" if each.name else each.word for each in one.others)
    return (
        text_cell(one.activity, language=Language.INDONESIAN),
        text_cell(one.name),
        text_cell(one.item),
        text_cell(one.now or None),
        text_cell(one.advice),
        Cell(one.gain, format_number(one.gain, basis.decimals, sign=True)),
        *(
            (Cell(named, codes, more=named, language=Language.INDONESIAN) if codes else text_cell(None),)
            if is_own
            else ()
        ),
        Cell(offices, others, more=offices if offices != others else "", language=Language.INDONESIAN)
        if others
        else text_cell(None),
    )
