"""One item of an index: the activity kinds that answer it, who may do or pay them, and by which codes."""

from collections.abc import Sequence
from dataclasses import dataclass

from sidara.indices import queries as indices
from sidara.kernel.actor import Actor
from sidara.programmes import queries
from sidara.programmes.core import Level
from sidara.programmes.core.codes.catalogue import Option, Payer
from sidara.programmes.core.codes.kinds import Relation
from sidara.ui.figures import Cell, Table, text_cell
from sidara.ui.language import format_number, say
from sidara.web.pages.codes import words
from sidara.web.pages.places import Link


@dataclass(frozen=True)
class ItemPage:
    """What the page shows; the table is missing where nothing answers the item."""

    code: str
    title: str
    index: str
    trail: Sequence[Link]
    lead: str
    options: Table | None


def build(actor: Actor, index: str, code: str, year: int) -> ItemPage | None:
    """Build the page of an item with the codes that hold in a year; `None` where there is none."""
    definition = indices.definition(actor, index)
    title = words.item_label(definition, code)
    if definition is None or not title:
        return None
    catalogue = queries.catalogue(actor)
    found = catalogue.options(definition.slug, code, year, relations=tuple(Relation))
    return ItemPage(
        code=code,
        title=title,
        index=say(definition.name),
        trail=words.trail(Link(say(definition.name)), Link(code)),
        lead=_lead(found),
        options=_table(found),
    )


def _lead(found: Sequence[Option]) -> str:
    if not found:
        return say("Belum ada jenis kegiatan yang menjawab butir ini.")
    raising = sum(one.relation is Relation.RAISES for one in found)
    able = {payer.level for one in found for payer in one.payers if payer.may_do}
    return say(
        "{kinds} jenis kegiatan menjawab butir ini, {raising} di antaranya langsung menaikkan. "
        "Yang dapat mengerjakan: {levels}.",
        kinds=format_number(len(found)),
        raising=format_number(raising),
        levels=", ".join(say(name).lower() for level, name in words.LEVELS.items() if level in able),
    )


def _table(found: Sequence[Option]) -> Table | None:
    columns = (
        ("jenis", say("Jenis kegiatan")),
        ("hubungan", say("Hubungan")),
        ("pusat", say("Pusat")),
        ("provinsi", say("Provinsi")),
        ("kabupaten", say("Kab./kota")),
        ("desa", say("Desa")),
        ("perusahaan", say("Perusahaan")),
    )
    rows = [
        (
            words.cited(one.kind.name, href=words.kind_href(one.kind)),
            text_cell(say(words.RELATIONS[one.relation])),
            *(_payer(one.payers, level) for level in words.LEVELS),
        )
        for one in found
    ]
    return words.table(columns, rows)


def _payer(payers: Sequence[Payer], level: Level) -> Cell:
    """Name the codes by which a level may do it, else say what it may."""
    one = next((payer for payer in payers if payer.level is level), None)
    if one is None:
        return text_cell(None)
    codes = ", ".join(entry.code for entry in one.doing)
    paying = ", ".join(entry.code for entry in one.entries if entry.is_funding)
    if codes:
        return text_cell(codes)
    if one.may_pay and paying:
        return text_cell(say("membiayai: {codes}", codes=paying))
    return text_cell(words.may(one))
