"""Who may act on an item: the village by codes of its own accounts, and whoever else can be asked.

What raises the item is looked up among the kinds of activities; offices are those of the index's tables.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sidara.indices.core import ItemExplanation
from sidara.kernel.actor import Actor
from sidara.programmes import queries as programmes
from sidara.programmes.core import Level
from sidara.programmes.core.codes.catalogue import Catalogue, Option, Payer
from sidara.programmes.core.codes.kinds import Relation
from sidara.ui.language import say
from sidara.web.pages.our_village.planned import LEVELS

NEAREST = (Level.REGENCY, Level.PROVINCE, Level.CENTRE, Level.COMPANY)
"""Whom a village asks, the nearest first."""
OFFICES = {Level.REGENCY: "kab", Level.PROVINCE: "prov", Level.CENTRE: "pusat", Level.COMPANY: "csr"}
"""The levels by the keys of the index's tables."""


@dataclass(frozen=True)
class VillageCode:
    """An activity of the village's accounts: its code, name and field (bidang).

    `is_open`: the kabupaten names the code itself (90 to 99 of a sub-field). Without a field it is an account
    of the budget (capital for the BUM Desa), no activity of a plan.
    """

    code: str
    name: str
    field: str = ""
    is_open: bool = False


@dataclass(frozen=True)
class Doer:
    """A level that can be asked: its word, and offices as the index's tables print them."""

    level: Level
    word: str
    name: str = ""


@dataclass(frozen=True)
class Doing:
    """What raises an item, and who may do it: `codes` are the village's own; `kinds` name the activities."""

    is_own: bool
    kinds: Sequence[str]
    codes: Sequence[VillageCode]
    others: Sequence[Doer]


def of_item(actor: Actor, index: str, one: ItemExplanation) -> Doing:
    """Tell what raises an item and who may act; of an item that no kind raises, by the index's table alone.

    What the village may do itself stands before what only others may do.
    """
    catalogue = programmes.catalogue(actor)
    found = catalogue.options(index, one.code, relations=(Relation.RAISES,))
    own = [option for option in found if _village(option) is not None]
    chosen = own or list(found)
    if not chosen:
        doers = tuple(
            Doer(each, say(LEVELS[each]), office) for each in NEAREST if (office := _office(one, each))
        )
        return Doing(is_own=False, kinds=(), codes=(), others=doers)
    codes = {code.code: code for option in own for code in _codes(catalogue, option)}
    return Doing(
        is_own=bool(own),
        kinds=tuple(option.kind.name for option in chosen),
        codes=tuple(codes.values()),
        others=_others(one, chosen),
    )


def _village(option: Option) -> Payer | None:
    """Give the part of the village in a kind that it may do."""
    return next((one for one in option.payers if one.level is Level.VILLAGE and one.may_do), None)


def _codes(catalogue: Catalogue, option: Option) -> list[VillageCode]:
    """Give the codes by which a village does a kind; else what stands in their place."""
    payer = _village(option)
    if payer is not None and payer.entries:
        return [VillageCode(one.code, one.name, one.parents[0].name) for one in payer.entries]
    opens = [
        VillageCode(f"{one}.90-99", option.kind.name, held.parents[0].name, is_open=True)
        for one in option.kind.own_ranges
        if (held := catalogue.villages.find(f"{one}.90")) is not None
    ]
    accounts = [
        VillageCode(one, account.name)
        for one in option.kind.village_accounts
        if (account := catalogue.villages.account(one)) is not None
    ]
    return opens or accounts


def _others(one: ItemExplanation, options: Sequence[Option]) -> tuple[Doer, ...]:
    """Give the levels that may do or pay any of the kinds; who may pay only is said so."""
    made = []
    for level in NEAREST:
        parts = [payer for option in options for payer in option.payers if payer.level is level]
        if any(part.may_do or part.may_pay for part in parts):
            word = say(LEVELS[level])
            told = word if any(part.may_do for part in parts) else say("{level} (mendanai)", level=word)
            made.append(Doer(level, told, _office(one, level)))
    return tuple(made)


def _office(one: ItemExplanation, level: Level) -> str:
    actors: Mapping[str, str | None] = one.actors
    return actors.get(OFFICES[level]) or ""
