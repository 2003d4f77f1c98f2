"""What a ceiling buys: the best plan for an index, a status or a need, beside greedy and equal shares.

Rights and data sets are those of `ranked`; nothing is stored.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from math import floor

from sidara.collection.core import EXAMPLES
from sidara.indices.core import standing
from sidara.indices.core.costs import STEP, Costs
from sidara.kernel.actor import OPERATOR, Actor, require
from sidara.kernel.clock import Clock, now
from sidara.kernel.finding import Finding, Severity
from sidara.kernel.number import format_number
from sidara.programmes.core.targeting import told, wishes
from sidara.programmes.core.targeting.candidates import (
    NEED_UNIT,
    Objective,
    lifts,
    raises,
    services,
    unpriced,
)
from sidara.programmes.core.targeting.moves import Move, Problem
from sidara.programmes.core.targeting.need import Source
from sidara.programmes.core.targeting.optimise import SECONDS, Comparison, optimise
from sidara.programmes.core.targeting.prices import Prices
from sidara.programmes.core.targeting.question import AskedPart, NeedQuery
from sidara.programmes.core.targeting.wishes import Wishes
from sidara.programmes.queries.rights import READ
from sidara.programmes.queries.targeting.needing import Ranked, ranked, village_area
from sidara.programmes.queries.targeting.scored import Scored
from sidara.regions import queries as regions

HUNDRED = 100


@dataclass(frozen=True)
class BudgetQuery:
    """What is to be gained (`need` says where, when, and of which parts), for how much, within which limits.

    `budget`: in the unit of the prices. `items`: only these items are raised, all where there are none.
    """

    need: NeedQuery
    objective: Objective
    budget: Fraction
    wishes: Wishes = field(default_factory=Wishes)
    items: tuple[str, ...] = ()
    unit: str = STEP
    seconds: float = SECONDS


@dataclass(frozen=True)
class Bought:
    """Three plans with what they stand on; without them `findings` say why.

    `gain_of`, `cost_of`: what whole numbers of the plans are in their units. `gain_unit`: its words.
    """

    query: BudgetQuery
    ranked: Ranked
    problem: Problem | None = None
    made: Comparison | None = None
    gain_unit: str = ""
    gain_of: Callable[[int], Fraction] = Fraction
    cost_of: Callable[[int], Fraction] = Fraction
    findings: tuple[Finding, ...] = ()

    def money(self, cost: int) -> str:
        """Write a cost with its unit."""
        return told.amount(self.cost_of(cost), self.query.unit)

    def gain(self, gain: int) -> str:
        """Write a gain with its unit."""
        figure = self.gain_of(gain)
        return f"{format_number(figure, 0 if figure.denominator == 1 else 2)} {self.gain_unit}"


@dataclass(frozen=True)
class _Menu:
    """Moves to choose from, with the units of gain and cost; `faults` where there are none."""

    moves: Sequence[Move] = ()
    gain_unit: str = ""
    per_gain: int = 1
    per_cost: int = 1
    faults: tuple[Finding, ...] = ()


def bought(
    actor: Actor,
    query: BudgetQuery,
    *,
    costs: Costs | None = None,
    prices: Prices | None = None,
    clock: Clock = now,
) -> Bought:
    """Choose the plan that gains most for a ceiling, and say how sure that is.

    `costs` price steps of items (for points and status), `prices` villages to be served (for a need); without
    them each step, or each village, costs 1 langkah.
    """
    require(actor, READ)
    found = ranked(actor, _whole(query), clock=clock)
    if found.ranking is None:
        return Bought(query, found, findings=found.findings)
    limits, faults = wishes.limits(query.wishes, found.area.areas)
    menu = _menu(query, found, costs or Costs(), prices)
    if faults or any(one.severity is Severity.ERROR for one in menu.faults):
        return Bought(query, found, findings=(*faults, *menu.faults))
    problem = Problem(tuple(menu.moves), found.area.area_of, floor(query.budget * menu.per_cost), limits)
    made = optimise(problem, seconds=query.seconds)
    bare = Bought(
        query,
        found,
        problem,
        made,
        menu.gain_unit,
        partial(_over, per=menu.per_gain),
        partial(_over, per=menu.per_cost),
    )
    words = told.Words(bare.money, bare.gain, found.area.areas)
    said = told.findings(problem, made, words)
    return replace(bare, findings=(*said, *menu.faults))


def _over(figure: int, per: int) -> Fraction:
    return Fraction(figure, per)


def _whole(query: BudgetQuery) -> NeedQuery:
    """Ask for the index where no part is named: points and status need its scores."""
    if query.objective is Objective.NEED:
        return query.need
    source = Source.STATUS if query.objective is Objective.STATUS else Source.INDEX
    return replace(query.need, parts=(AskedPart(source),), needs_items=True)


def _menu(query: BudgetQuery, found: Ranked, costs: Costs, prices: Prices | None) -> _Menu:
    if query.objective is Objective.NEED:
        return _of_need(found, prices)
    scores = found.scores
    if not isinstance(scores, Scored):
        message = "Tujuan ini memerlukan indeks dengan skor butir."
        return _Menu(faults=(Finding("NEED_INDEX", message, "Sebutkan indeksnya, misalnya idm."),))
    unknown = [one for one in query.items if one not in scores.items]
    if unknown:
        message = f"Butir {', '.join(unknown)} tidak ada pada {scores.definition.name}."
        return _Menu(faults=(Finding("NEED_ITEM", message, "Isi kode butir indeks itu.", value=unknown[0]),))
    if standing.linear(scores.version) is None:
        message = (
            f"{scores.definition.name} bukan jumlah skor, jadi manfaat langkahnya tidak dapat dijumlahkan."
        )
        return _Menu(faults=(Finding("NEED_NOT_A_SUM", message, "Pakailah kebutuhan sebagai tujuan."),))
    priced = _held(costs, scores, query.items)
    menu = (
        _of_points(scores, priced, query)
        if query.objective is Objective.POINTS
        else _of_status(scores, priced)
    )
    return replace(menu, faults=(*menu.faults, *_silent(scores, costs)))


def _held(costs: Costs, scores: Scored, items: Sequence[str]) -> Costs:
    """Hold every item that is not to be raised."""
    others = [code for code in scores.items if items and code not in items]
    return replace(costs, fixed=costs.fixed | frozenset(others))


def _of_points(scores: Scored, costs: Costs, query: BudgetQuery) -> _Menu:
    moves: list[Move] = []
    per = 1
    for rows in scores.standings:
        index = standing.linear(rows.version)
        if index is not None:
            moves += raises(rows, costs, index, query.items)
            per = index.denominator
    return _Menu(moves, f"poin {scores.version.top.name}", per, costs.denominator)


def _of_status(scores: Scored, costs: Costs) -> _Menu:
    moves = [move for rows in scores.standings for move in lifts(rows, costs)]
    return _Menu(moves, "kelas status", 1, costs.denominator)


def _of_need(found: Ranked, prices: Prices | None) -> _Menu:
    if found.ranking is None:
        raise TypeError("no ranking to serve")
    frame = regions.dimension(OPERATOR, examples=found.query.answers == EXAMPLES)
    above: Mapping[str, Sequence[str]] = {
        code: [one for one in (district, regency, province) if one]
        for code, district, regency, province in frame.select(
            "code", "district_code", "regency_code", "province_code"
        ).iter_rows()
    }
    needy = [one.village for one in found.ranking.rows]
    moves, per_cost = services(needy, prices, above)
    left = unpriced(needy, moves)
    faults: tuple[Finding, ...] = ()
    if left:
        message = f"{format_number(left)} desa tidak punya harga, jadi tidak ikut dipilih."
        faults = (
            Finding(
                "PRICE_ABSENT", message, "Tambah barisnya, atau satu baris dengan kode *.", Severity.INFO
            ),
        )
    return _Menu(moves, "poin kebutuhan", NEED_UNIT // HUNDRED, per_cost, faults)


def _silent(scores: Scored, costs: Costs) -> tuple[Finding, ...]:
    """Name the items that are not raised for want of a price."""
    codes = costs.without_price(scores.version)
    if not codes:
        return ()
    message = f"{len(codes)} butir tidak punya biaya, jadi tidak dinaikkan: {', '.join(codes)}."
    remedy = "Tambahkan biayanya, atau satu baris dengan butir '*' untuk semua yang lain."
    return (Finding("COST_ABSENT", message, remedy, Severity.INFO),)


def codes_of(actor: Actor, under: str | None, *, examples: bool = False) -> frozenset[str]:
    """Give the codes that prices may name: the desa of an area and all areas above them."""
    require(actor, READ)
    area = village_area(actor, under, examples=examples)
    frame = regions.dimension(OPERATOR, examples=examples)
    rows = frame.filter(frame["code"].is_in(list(area.names)))
    above = (rows[name].drop_nulls() for name in ("district_code", "regency_code", "province_code"))
    return frozenset(area.names).union(*above)
