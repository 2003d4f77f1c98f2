"""What a place lost, which activities close it, who may do or pay them, and who already plans there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from sidara.indices import queries as indices
from sidara.kernel.actor import Actor
from sidara.programmes import queries
from sidara.programmes.core import Level as Owner
from sidara.programmes.core.codes.catalogue import Catalogue, Option, Payer
from sidara.programmes.core.codes.kinds import Relation
from sidara.programmes.core.listed import ActivityRow
from sidara.programmes.core.targeting.closing import Lost
from sidara.programmes.core.targeting.need import Span
from sidara.programmes.queries import targeting
from sidara.programmes.queries.targeting import Closing
from sidara.regions.core import Level, Region
from sidara.ui.figures import Source
from sidara.ui.language import format_number, say
from sidara.web.pages import places
from sidara.web.pages.places import Link
from sidara.web.pages.targeting.asked import EDITOR, SIMULATED, Asked
from sidara.web.pages.targeting.places import sources_of

OPEN = 12
"""So many items are told with their activities; the others lead to theirs."""
CHOSEN = "buka"
"""The item that an address asks for, which then stands first."""
MOST_CODES, MOST_NAMES = 3, 8
SHARE_DECIMALS = 4


@dataclass(frozen=True)
class PayerView:
    """A government that may have a part: its basis, its part in words, codes with their names."""

    level: str
    part: str
    basis: str
    codes: Sequence[tuple[str, str]]
    more: int


@dataclass(frozen=True)
class KindView:
    """A kind of activity that answers an item."""

    code: str
    name: str
    relation: str
    href: str
    payers: Sequence[PayerView]
    planned: Sequence[Link]
    start: str


@dataclass(frozen=True)
class LostView:
    """An item with what was lost and what answers it."""

    code: str
    name: str
    lost: str
    villages: str
    kinds: Sequence[KindView]


@dataclass(frozen=True)
class GapPage:
    """All that the page shows; without `items` its findings say why."""

    region: Region
    title: str
    lead: str
    trail: Sequence[Link]
    indices: Sequence[Link]
    findings: Sequence[str] = ()
    items: Sequence[LostView] = ()
    rest: Sequence[Link] = ()
    wanted: str = ""
    planned: Sequence[tuple[str, Sequence[Link]]] = ()
    silent: str = ""
    sources: Sequence[Source] = ()
    is_simulated: bool = False
    may_plan: bool = False


def build(actor: Actor, region: Region, asked: Asked) -> GapPage:
    """Build the page of a village or an area."""
    made = targeting.closing(
        actor, region, asked.index, dataset=asked.one("himpunan"), examples=asked.is_simulated
    )
    here = reverse("gap", args=[region.code])
    page = GapPage(
        region=region,
        title=say("Kesenjangan {name} belum dapat dibaca", name=region.name),
        lead=say("Belum ada skor butir untuk wilayah ini."),
        trail=places.trail(actor, region),
        indices=tuple(
            Link(
                one.name,
                "" if one.slug == asked.index else f"{here}?{asked.other(indeks=one.slug, butir='')}",
            )
            for one in indices.definitions(actor)
        ),
        findings=tuple(f"{one.message} {one.remedy}" for one in made.findings),
    )
    if made.scores is None:
        return page
    catalogue = queries.catalogue(actor)
    wanted = asked.one(CHOSEN)
    ordered = sorted(made.lost, key=lambda one: one.item.code != wanted)
    items = tuple(_item(made, one, catalogue, asked) for one in ordered[:OPEN])
    rest = tuple(
        Link(f"{one.item.code} {one.item.name}", f"{here}?{asked.other(buka=one.item.code)}#butir")
        for one in ordered[OPEN:]
    )
    return replace(
        page,
        title=say("Kesenjangan {name} dan kegiatan yang menutupnya", name=region.name),
        lead=say(
            "{lost} dari {items} butir {index} {year} kehilangan poin. Yang paling menurunkan nilainya lebih"
            " dahulu.",
            lost=format_number(len(ordered)),
            items=format_number(len(made.scores.items)),
            index=made.scores.definition.name,
            year=made.scores.year,
        ),
        items=items,
        rest=rest,
        wanted=wanted,
        planned=tuple(_planned(made)),
        silent=", ".join(_level(one) for one in made.silent),
        sources=sources_of([made.scores.dataset], made.scores.as_of),
        is_simulated=made.is_simulated,
        may_plan=actor.may_somewhere(queries.PLAN),
    )


def _item(made: Closing, one: Lost, catalogue: Catalogue, asked: Asked) -> LostView:
    told = f"{_span(one.points)} {say('poin')}"
    villages = ""
    if made.region.level is Level.VILLAGE:
        if one.share is not None:
            told += ", " + say("{share} nilai indeks", share=_span(one.share, SHARE_DECIMALS))
    else:
        villages = say(
            "{sure} dari {count} desa", sure=format_number(one.sure), count=format_number(made.villages)
        )
    return LostView(
        one.item.code,
        one.item.name,
        told,
        villages,
        tuple(_kind(made, one, option, catalogue, asked) for option in one.options),
    )


def _span(span: Span, decimals: int = 1) -> str:
    low, high = (
        format_number(side, 0 if side.denominator == 1 else decimals) for side in (span.least, span.most)
    )
    return low if span.is_sure else say("{low} sampai {high}", low=low, high=high)


def _kind(made: Closing, one: Lost, option: Option, catalogue: Catalogue, asked: Asked) -> KindView:
    slug = made.scores.definition.slug if made.scores else asked.index
    start = [("jenis", option.kind.code), ("butir", f"{slug}:{one.item.code}"), ("tahun", str(made.year))]
    if made.region.level is Level.VILLAGE:
        start.append(("desa", made.region.code))
    start += [("data", SIMULATED)] if asked.is_simulated else []
    relations = {
        Relation.RAISES: say("menaikkan skor"),
        Relation.SUPPORTS: say("mendukung, perlu syarat lain"),
    }
    return KindView(
        option.kind.code,
        option.kind.name,
        relations.get(option.relation, say("hanya membetulkan data")),
        reverse("activity-kind", args=[option.kind.code]),
        tuple(_payer(payer, catalogue) for payer in option.payers),
        tuple(
            Link(say("{level}: {name}", level=_level(level), name=link.label), link.href)
            for level, rows in _by_level(made.of_kind(option.kind.code)).items()
            for link in _links(made, level, rows)
        ),
        f"{EDITOR}?{urlencode(start)}",
    )


def _payer(payer: Payer, catalogue: Catalogue) -> PayerView:
    if payer.may_do:
        part = say("boleh mengerjakan dan membayar") if payer.may_pay else say("boleh mengerjakan")
    else:
        part = say("boleh membayar") if payer.may_pay else say("hanya disebut, kewenangan belum tentu")
    ground = catalogue.kinds.grounds.get(payer.basis)
    return PayerView(
        _level(payer.level),
        part,
        ground.name if ground else payer.reason,
        tuple((one.code, one.name) for one in payer.entries[:MOST_CODES]),
        max(len(payer.entries) - MOST_CODES, 0),
    )


def _level(level: Owner) -> str:
    """Name a level of government."""
    return {
        Owner.CENTRE: say("Pusat"),
        Owner.PROVINCE: say("Provinsi"),
        Owner.REGENCY: say("Kabupaten"),
        Owner.VILLAGE: say("Desa"),
        Owner.COMPANY: say("Perusahaan"),
    }[level]


def _planned(made: Closing) -> "Iterator[tuple[str, Sequence[Link]]]":
    """Give what each level plans there; a level of which nothing at all is known is told apart."""
    for level, rows in (made.planned or {}).items():
        if level not in made.silent:
            yield _level(level), tuple(_links(made, level, rows))


def _by_level(rows: Sequence[ActivityRow]) -> dict[Owner, list[ActivityRow]]:
    found: dict[Owner, list[ActivityRow]] = {}
    for row in rows:
        found.setdefault(row.level, []).append(row)
    return found


def _links(made: Closing, level: Owner, rows: Sequence[ActivityRow]) -> Iterator[Link]:
    """Lead to activities of a level: several of one name by one link to the list that holds them."""
    by_name: dict[str, list[ActivityRow]] = {}
    for row in rows:
        by_name.setdefault(row.name, []).append(row)
    listed = {"tahun": made.year, "tingkat": level.value, "wilayah": made.region.code}
    listed |= {"data": SIMULATED} if any(row.is_simulated for row in rows) else {}
    for name, same in list(by_name.items())[:MOST_NAMES]:
        if len(same) == 1:
            yield Link(f"{name} ({same[0].year})", f"/program/{same[0].uid}")
        else:
            label = say(
                "{name} ({year}), {n} kegiatan", name=name, year=made.year, n=format_number(len(same))
            )
            yield Link(label, f"/program?{urlencode(listed | {'kata': name[:100]})}")
    rest = sum(len(same) for same in list(by_name.values())[MOST_NAMES:])
    if rest:
        yield Link(say("{n} kegiatan lain", n=format_number(rest)), f"/program?{urlencode(listed)}")
