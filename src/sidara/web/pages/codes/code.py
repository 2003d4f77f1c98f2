"""One code: its words, its versions, the activity kinds it may belong to and the items these answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop as noop

from sidara.kernel.actor import Actor
from sidara.programmes import queries
from sidara.programmes.core import Government
from sidara.programmes.core.codes.catalogue import LISTED, Catalogue
from sidara.programmes.core.codes.entry import Basis, Entry
from sidara.ui.figures import Table, text_cell
from sidara.ui.language import say
from sidara.web.pages.codes import words
from sidara.web.pages.parts import Fact
from sidara.web.pages.places import Link

CONFIDENCES = {
    "official": noop("daftar resmi yang dibaca, lewat salinan publik"),
    "published": noop("sumber sekunder yang terbit"),
    "inferred": noop("disimpulkan; periksa sebelum dipakai"),
}
EARLIER = {
    Basis.SAME_NAME: noop("nama sama, dapat dipakai sebagai pengganti"),
    Basis.REVIEWED: noop("sudah ditinjau, dapat dipakai sebagai pengganti"),
    Basis.CANDIDATE: noop("nama mirip saja, periksa dahulu"),
}


@dataclass(frozen=True)
class CodePage:
    """What the page shows; tables may be missing."""

    code: str
    title: str
    government: str
    trail: Sequence[Link]
    facts: Sequence[Fact]
    is_special: bool
    is_old: bool
    versions: Table | None
    kinds: Table | None
    items: Table | None
    others: Table | None


def build(actor: Actor, government: str, code: str) -> CodePage | None:
    """Build the page of a code as written; `None` where there is none for that government."""
    chosen = next((one for one in Government if one.value == government), None)
    catalogue = queries.catalogue(actor)
    entry = catalogue.entry(chosen, code) if chosen is not None else None
    if entry is None:
        return None
    kinds = catalogue.kinds.of_code(entry.government, entry.code)
    others = {
        one.key: one
        for kind in kinds
        for government_of in Government
        if government_of is not entry.government
        for one in catalogue.codes_of(kind, government_of)
    }
    whose = words.government(entry.government)
    return CodePage(
        code=entry.code,
        title=entry.name,
        government=whose,
        trail=words.trail(Link(whose), Link(entry.code)),
        facts=_facts(entry),
        is_special=entry.is_special,
        is_old=entry.valid_to is not None,
        versions=_versions(catalogue, entry),
        kinds=words.kind_table(catalogue.kinds, kinds),
        items=words.item_table(actor, kinds),
        others=words.entry_table(tuple(others.values())),
    )


def _facts(one: Entry) -> list[Fact]:
    is_listed = one.government in LISTED
    facts = [
        Fact(say("Pemerintah"), words.government(one.government)),
        Fact(say("Tahun rencana"), words.years(one)),
        Fact(say("Kinerja"), one.performance, is_cited=True),
        Fact(say("Indikator"), one.indicator, is_cited=True),
        Fact(say("Satuan"), one.unit, is_cited=True),
        Fact(say("Ditulis juga"), one.also_written),
        Fact(say("Kementerian") if not is_listed else say("Pelaksana"), one.owner, is_cited=True),
        *(Fact(parent.code, parent.name, is_cited=True) for parent in one.parents),
        Fact(say("Standar pelayanan minimal"), say("ya") if one.is_minimum_service else ""),
        Fact(say("Keyakinan"), say(CONFIDENCES[one.confidence]) if one.confidence else ""),
        Fact(say("Catatan"), one.note, is_cited=True),
    ]
    return [fact for fact in facts if fact.text]


def _versions(catalogue: Catalogue, one: Entry) -> Table | None:
    """Say of each version whether the code stands in it, and which code it had there before."""
    if one.government not in LISTED:
        return None
    editions = catalogue.nomenclature.editions(one.government, one.code)
    rows = []
    for version in reversed(catalogue.nomenclature.versions):
        held = next((edition for edition in editions if version.code in edition.versions), None)
        earlier = [old for edition in editions for old in edition.earlier if old.version == version.code]
        if held is not None:
            told = say("berlaku")
        elif any(version.code in edition.not_compared for edition in editions):
            told = say("tidak diketahui, daftarnya tidak terbaca atau tidak lengkap")
        else:
            told = say("tidak ada")
        rows.append(
            (
                words.cited(version.name),
                text_cell(told),
                words.cited(held.wording(version.code).indicator if held else ""),
                text_cell("; ".join(f"{old.code} ({say(EARLIER[old.basis])})" for old in earlier)),
            )
        )
    columns = (
        ("versi", say("Versi")),
        ("keadaan", say("Kode ini")),
        ("indikator", say("Indikator")),
        ("kode_lain", say("Kode lain pada versi itu")),
    )
    return words.table(columns, rows)
