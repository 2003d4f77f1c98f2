"""The content of codes and kinds, read once into the catalogue. A fault in it is ours and is raised."""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from sidara.kernel import content
from sidara.programmes.core.codes.catalogue import Candidates, Catalogue
from sidara.programmes.core.codes.entry import Basis, Earlier, Entry, Parent, Wording
from sidara.programmes.core.codes.funds import FundSource, FundSources
from sidara.programmes.core.codes.kinds import DanaDesaTag, Ground, Kind, KindActor, Kinds, Link, Relation
from sidara.programmes.core.codes.nomenclature import Complete, Nomenclature, Version, digit_of, programme_of
from sidara.programmes.core.codes.search import Search, Weights
from sidara.programmes.core.codes.village_codes import Account, VillageCodes
from sidara.programmes.core.words import Government, Level, Phase

ROOM = "sidara.programmes"
type Row = Mapping[str, Any]


@cache
def catalogue() -> Catalogue:
    """Read all lists (about a quarter of a second, once in a process)."""
    about = content.load(ROOM, "nomenclature_versions")
    return Catalogue(
        nomenclature=_nomenclature(about),
        villages=villages(),
        central=central(),
        kinds=kinds(),
        funds=funds(),
        governments={Government(one["code"]): one["name"] for one in about["governments"]},
        candidates=Candidates(about["candidates"]["most"], about["candidates"]["likeness"]),
    )


@cache
def search() -> Search:
    """Make the search over the catalogue."""
    said = content.load(ROOM, "nomenclature_versions")["search"]
    weights = Weights(
        **said["weights"],
        word_likeness=said["word_likeness"],
        beginning=said["beginning"],
        floor=said["floor"],
        most=said["most"],
        stop_words=frozenset(said["stop_words"]),
    )
    return Search(catalogue(), weights)


def _nomenclature(about: Row) -> Nomenclature:
    files = [content.parse(file.read_bytes()) for file in content.files(ROOM, "nomenclature")]
    special = {
        (one["government"], one["code"])
        for file in files
        for one in file["programmes"]
        if one["scope"] == "special"
    }
    owners = {
        (one["government"], one["code"]): one.get("executor", "")
        for file in files
        for one in file["programmes"]
    }
    national = {one["digit"]: Government(one["government"]) for one in about["digits"]["national"]}
    return Nomenclature(
        [
            Version(
                one["code"],
                one["name"],
                one["valid_from"],
                one["valid_to"],
                one["confidence"],
                one.get("note", ""),
            )
            for one in about["versions"]
        ],
        [
            _sub_activity(
                one,
                owner=owners.get((one["government"], programme_of(one["code"])), ""),
                is_special=(one["government"], programme_of(one["code"])) in special
                or digit_of(one["code"]) not in national,
            )
            for file in files
            for one in file["sub_activities"]
        ],
        digits=national,
        complete=[
            Complete(Government(one["government"]), one["prefix"], tuple(one["versions"]))
            for file in files
            for one in file["complete"]
        ],
        names=_names(files),
    )


def _names(files: Iterable[Row]) -> Iterable[tuple[Government, Parent]]:
    for file in files:
        for government in (Government.PROVINCE, Government.REGENCY):
            for one in file["affairs"]:
                yield government, Parent(one["code"], one["name"])
        for one in (*file["programmes"], *file["activities"]):
            yield Government(one["government"]), Parent(one["code"], one["name"])


def _sub_activity(one: Row, *, owner: str, is_special: bool) -> Entry:
    return Entry(
        government=Government(one["government"]),
        code=one["code"],
        name=one["name"],
        performance=one.get("performance", ""),
        indicator=one["indicator"],
        unit=one["unit"],
        nature=one.get("nature", ""),
        versions=tuple(one["versions"]),
        not_compared=tuple(one.get("not_compared", ())),
        texts=MappingProxyType(
            {
                version: Wording(text["name"], text["indicator"], text["unit"])
                for version, text in one.get("texts", {}).items()
            }
        ),
        earlier=tuple(
            Earlier(
                old["version"], old["code"], Basis(old["basis"]), old.get("name", ""), old.get("likeness")
            )
            for old in one.get("earlier", ())
        ),
        owner=owner,
        is_special=is_special,
        is_minimum_service=one.get("is_minimum_service", False),
        confidence=one["confidence"],
    )


@cache
def villages() -> VillageCodes:
    """Read the codes of the village budget."""
    said = content.load(ROOM, "village_codes")
    entries, ranges = [], []
    for field in said["fields"]:
        for sub_field in field["sub_fields"]:
            parents = (Parent(field["code"], field["name"]), Parent(sub_field["code"], sub_field["name"]))
            for one in sub_field["activities"]:
                entries.append(_village_activity(one, said["valid_from"], parents))
            if "regional_range" in sub_field:
                own = sub_field["regional_range"]
                ranges.append(
                    Entry(
                        government=Government.VILLAGE,
                        code=sub_field["code"],
                        name=own["name"],
                        valid_from=said["valid_from"],
                        parents=parents,
                        is_range=True,
                        confidence=own["confidence"],
                    )
                )
    accounts = [Account(one["code"], one["name"], one["level"]) for one in said["accounts"]["rows"]]
    sectors = {
        one["code"]: frozenset(one["sectors"]) for field in said["fields"] for one in field["sub_fields"]
    }
    return VillageCodes(entries, ranges, accounts, sectors)


def _village_activity(one: Row, valid_from: int, parents: tuple[Parent, ...]) -> Entry:
    return Entry(
        government=Government.VILLAGE,
        code=one["code"],
        name=one["name"],
        valid_from=valid_from,
        versions=(one["version"],),
        parents=parents,
        nature=one["nature"],
        also_written=one["siskeudes_code"],
        confidence="published",
    )


@cache
def central() -> tuple[Entry, ...]:
    """Read the programmes of the centre."""
    said = content.load(ROOM, "central_programmes")
    kinds = {one["code"]: one for one in said["kinds"]}
    return tuple(_central(one, kinds[one["kind"]]) for one in said["programmes"])


def _central(one: Row, kind: Row) -> Entry:
    return Entry(
        government=Government.CENTRE,
        code=one["code"],
        name=one["name"],
        unit=one["counted_in"],
        owner=one["ministry"],
        nature=one["kind"],
        is_funding=not kind["may_do"],
        is_transfer=kind.get("is_transfer", False),
        confidence=one["confidence"],
        note=one.get("note", ""),
    )


@cache
def funds() -> FundSources:
    """Read the fund sources."""
    return FundSources(
        FundSource(
            one["code"],
            one["name"],
            tuple(one["spellings"]),
            tuple(one.get("village_accounts", ())),
            one.get("regional_codes", ""),
            one.get("is_village_fund", False),
        )
        for one in content.load(ROOM, "fund_sources")["fund_sources"]
    )


@cache
def kinds() -> Kinds:
    """Read the activity kinds."""
    said = content.load(ROOM, "activity_kinds")
    phase_of = {one["code"]: Phase(one["phase"]) for one in said["stages"]}
    sectors = {one["code"]: frozenset(one["sectors"]) for one in said["groups"]}
    return Kinds(
        (_kind(one, phase_of, sectors) for one in said["kinds"]),
        phase_of=phase_of,
        grounds=[
            Ground(one["code"], one["name"], one["meaning"], one["may_do"], one["may_pay"])
            for one in said["bases"]
        ],
        labels={
            name: {one["code"]: one["name"] for one in said[name]}
            for name in ("groups", "fields", "characters", "relations", "bases")
        },
    )


def _kind(one: Row, phase_of: Mapping[str, Phase], sectors: Mapping[str, frozenset[str]]) -> Kind:
    group = one["code"].split("-")[1]
    codes = {Government(name): tuple(held) for name, held in one["sub_activities"].items()}
    codes[Government.VILLAGE] = tuple(one["village_activities"])
    codes[Government.CENTRE] = tuple(one.get("central_programmes", ()))
    tag = one.get("dana_desa")
    return Kind(
        code=one["code"],
        name=one["name"],
        definition=one["definition"],
        group=group,
        sectors=sectors[group],
        field=one["field"],
        unit=one["unit"],
        character=one["character"],
        stages=tuple(one["stages"]),
        phases=frozenset(phase_of[stage] for stage in one["stages"]),
        actors=tuple(
            KindActor(Level(level), actor["basis"], actor["reason"]) for level, actor in one["actors"].items()
        ),
        links=tuple(
            Link(index, link["item"], Relation(link["relation"]))
            for index, links in one["indices"].items()
            for link in links
        ),
        codes=MappingProxyType({government: held for government, held in codes.items() if held}),
        own_ranges=tuple(one.get("regional_ranges", ())),
        village_accounts=tuple(one.get("village_accounts", ())),
        dana_desa=DanaDesaTag(tag["tag"], tag.get("condition", "")) if tag else None,
        confidence=one["confidence"],
        note=one.get("note", ""),
    )
