"""One activity kind: what it is, who may do it and by which code, the items it answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from sidara.kernel.actor import Actor
from sidara.programmes import queries
from sidara.programmes.core.codes.catalogue import Catalogue
from sidara.programmes.core.codes.kinds import Kind
from sidara.ui.figures import Cell, Table, text_cell
from sidara.ui.language import format_number, say
from sidara.web.pages.codes import words
from sidara.web.pages.parts import Fact
from sidara.web.pages.places import Link


@dataclass(frozen=True)
class KindPage:
    """What the page shows; tables may be missing."""

    code: str
    title: str
    definition: str
    trail: Sequence[Link]
    lead: str
    facts: Sequence[Fact]
    actors: Table | None
    items: Table | None


def build(actor: Actor, code: str, year: int) -> KindPage | None:
    """Build the page of a kind with the codes that hold in a year; `None` where there is none."""
    catalogue = queries.catalogue(actor)
    kind = catalogue.kinds.find(code)
    if kind is None:
        return None
    return KindPage(
        code=kind.code,
        title=kind.name,
        definition=kind.definition,
        trail=words.trail(Link(kind.code)),
        lead=_lead(catalogue, kind, year),
        facts=_facts(catalogue, kind),
        actors=_actors(catalogue, kind, year),
        items=words.item_table(actor, [kind]),
    )


def _lead(catalogue: Catalogue, kind: Kind, year: int) -> str:
    able = [one for one in catalogue.payers(kind, year) if one.may_do]
    if not able:
        return say("Belum ada pemerintah yang punya kode untuk jenis kegiatan ini.")
    return say(
        "Dapat dikerjakan oleh {levels}. Menjawab {items} butir indeks.",
        levels=", ".join(say(words.LEVELS[one.level]).lower() for one in able),
        items=format_number(len(kind.links)),
    )


def _facts(catalogue: Catalogue, kind: Kind) -> list[Fact]:
    labels = catalogue.kinds.labels
    phases = [phase for phase in words.PHASES if phase in kind.phases]
    tag = kind.dana_desa
    facts = [
        Fact(say("Kelompok"), labels["groups"][kind.group], is_cited=True),
        Fact(say("Bidang"), labels["fields"][kind.field], is_cited=True),
        Fact(say("Ciri"), labels["characters"][kind.character], is_cited=True),
        Fact(say("Satuan keluaran"), kind.unit, is_cited=True),
        Fact(say("Tahap rinci"), ", ".join(one.replace("_", " ") for one in kind.stages), is_cited=True),
        Fact(say("Tahap"), ", ".join(say(words.PHASES[one]) for one in phases)),
        Fact(
            say("Batas Dana Desa"),
            f"{tag.tag.replace('_', ' ')} {tag.condition}".strip() if tag else "",
            is_cited=True,
        ),
        Fact(say("Akun desa"), ", ".join(kind.village_accounts)),
        Fact(say("Catatan"), kind.note, is_cited=True),
    ]
    return [fact for fact in facts if fact.text]


def _actors(catalogue: Catalogue, kind: Kind, year: int) -> Table | None:
    rows: list[tuple[Cell, ...]] = []
    for payer in catalogue.payers(kind, year):
        level = text_cell(say(words.LEVELS[payer.level]))
        basis = text_cell(say(words.BASES[payer.basis]))
        rows += [
            (
                level,
                text_cell(words.may(payer, entry)),
                basis,
                text_cell(entry.code, href=words.entry_href(entry)),
                words.cited(entry.name),
            )
            for entry in payer.entries
        ]
        if not payer.entries:
            reason = words.cited(payer.reason)
            rows.append((level, text_cell(words.may(payer)), basis, text_cell(None), reason))
    columns = (
        ("tingkat", say("Tingkat")),
        ("boleh", say("Dapat")),
        ("dasar", say("Dasar")),
        ("kode", say("Kode")),
        ("nama", say("Nama")),
    )
    return words.table(columns, rows)
