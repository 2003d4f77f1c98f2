"""What a ceiling buys best: three plans side by side, what each area gets against its limits, who gains."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from uuid import UUID, uuid4

from django.urls import reverse

from sidara.indices import queries as indices
from sidara.kernel.actor import Actor
from sidara.programmes.core.targeting import prices, wishes
from sidara.programmes.core.targeting.candidates import Objective
from sidara.programmes.core.targeting.moves import Base, LimitKind, Move, Plan
from sidara.programmes.core.targeting.optimise import Comparison
from sidara.programmes.core.targeting.wishes import Wishes
from sidara.programmes.queries import targeting
from sidara.programmes.queries.targeting import Bought, BudgetQuery
from sidara.regions.core import Region
from sidara.ui.figures import Cell, Column, Figure, Table, number_cell, text_cell
from sidara.ui.language import format_number, say
from sidara.web.pages.parts import Option
from sidara.web.pages.targeting.asked import Asked
from sidara.web.pages.targeting.needy import areas_of
from sidara.web.pages.targeting.places import sources_of

STEP = "langkah"
SECONDS = 20.0
"""So long a page waits for a proof; the command waits as long as one likes."""
NAMES = ("terbaik", "bertahap", "rata")


@dataclass(frozen=True)
class PlanView:
    """One of the three plans in words."""

    key: str
    name: str
    how: str
    gain: str
    cost: str
    villages: str
    kept: str
    is_kept: bool


@dataclass(frozen=True)
class BudgetPage:
    """All that the page shows; `plans` are empty before a ceiling is given."""

    region: Region
    asked: Asked
    title: str
    lead: str
    areas: Sequence[Option]
    indices: Sequence[Option]
    objectives: Sequence[Option]
    bases: Sequence[Option]
    message_id: UUID
    findings: Sequence[str] = ()
    plans: Sequence[PlanView] = ()
    proof: str = ""
    figures: Mapping[str, Figure] | None = None
    codes: Sequence[str] = ()
    is_simulated: bool = False
    back: str = ""


def build(actor: Actor, region: Region, asked: Asked) -> BudgetPage:
    """Build the page; without a ceiling it only asks for one."""
    objective = _objective(asked)
    page = BudgetPage(
        region=region,
        asked=asked,
        title=say("Satu anggaran untuk desa di {name}", name=region.name),
        lead=say("Rencana terbaik yang terbukti, di samping cara bertahap dan bagi rata."),
        areas=tuple(areas_of(actor, region)),
        indices=tuple(
            Option(one.slug, one.name, one.slug == asked.index) for one in indices.definitions(actor)
        ),
        objectives=tuple(Option(one.value, text, one is objective) for one, text in _objectives().items()),
        bases=tuple(Option(one.value, text, one is _base(asked)) for one, text in _bases().items()),
        message_id=uuid4(),
        back=f"{reverse('targets')}?{asked.query}",
    )
    if not asked.one("pagu"):
        return page
    limit = wishes.money(asked.one("pagu"))
    if limit is None:
        fault = say("Pagu tidak dapat dibaca. Isi angka nol atau lebih, misalnya 500 atau Rp2.500.000.000.")
        return replace(page, findings=(fault,))
    made = _bought(actor, asked, objective, limit)
    if not isinstance(made, Bought):
        return replace(page, findings=made)
    findings = tuple(f"{one.message} {one.remedy}" for one in made.findings)
    page = replace(page, findings=findings, is_simulated=made.ranked.is_simulated)
    if made.made is None or made.made.best is None:
        return replace(page, title=say("Tidak ada rencana yang memenuhi semua batas"))
    return _told(page, made, made.made, made.made.best)


def _bought(actor: Actor, asked: Asked, objective: Objective, limit: Fraction) -> Bought | tuple[str, ...]:
    """Ask the core; sentences where prices are refused."""
    text = asked.one("harga")
    unit = asked.one("satuan") or "rupiah" if text else STEP
    is_need = objective is Objective.NEED
    items = () if is_need else asked.all("butir")
    query = BudgetQuery(asked.need(1), objective, limit, _wishes(asked), items, unit, SECONDS)
    if not text:
        return targeting.bought(actor, query)
    if is_need:
        codes = targeting.codes_of(actor, asked.area or None, examples=asked.is_simulated)
        found, faults = prices.prices(prices.lines(text), codes)
        if faults:
            return tuple(f"{one.message} {one.remedy}" for one in faults)
        return targeting.bought(actor, query, prices=found)
    definition = indices.definition(actor, asked.index)
    if definition is None:
        return targeting.bought(actor, query)
    priced = indices.costs(actor, definition, text, unit=unit)
    if priced.costs is None:
        return tuple(f"{one.message} {one.remedy}" for one in priced.findings)
    return targeting.bought(actor, query, costs=priced.costs)


def _objective(asked: Asked) -> Objective:
    known = {one.value: one for one in Objective}
    return known.get(asked.one("tujuan"), Objective.NEED if asked.all("butir") else Objective.POINTS)


def _base(asked: Asked) -> Base:
    return {one.value: one for one in Base}.get(asked.one("dasar"), Base.CEILING)


def _objectives() -> dict[Objective, str]:
    return {
        Objective.POINTS: say("poin indeks terbanyak"),
        Objective.STATUS: say("kelas status terbanyak"),
        Objective.NEED: say("kebutuhan yang dipilih"),
    }


def _bases() -> dict[Base, str]:
    return {
        Base.CEILING: say("pagu"),
        Base.SPENT: say("uang yang terpakai"),
        Base.GAIN: say("manfaat"),
    }


def _wishes(asked: Asked) -> Wishes:
    """Read the limits; lines `62.01=5%` name an area."""
    lines = tuple(one.strip() for one in asked.one("batas").splitlines() if one.strip())
    return Wishes(
        _base(asked), lines, asked.one("minimal"), (), asked.one("maksimal"), (), asked.one("desa_minimal")
    )


def _told(page: BudgetPage, made: Bought, found: Comparison, best: Plan) -> BudgetPage:
    """Add what three plans show."""
    plans = (best, found.greedy, found.equal)
    more = best.gain - max(found.greedy.gain, found.equal.gain)
    if found.is_optimal:
        proof = say("Terbukti: tidak ada rencana dalam batas ini yang memberi lebih banyak.")
        if found.is_cheapest:
            proof = say(
                "Terbukti: tidak ada rencana dalam batas ini yang memberi lebih banyak, atau sama banyak"
                " dengan biaya lebih kecil."
            )
    else:
        proof = say("Belum terbukti yang terbaik; waktunya habis.")
    if more > 0:
        proof += " " + say("Lebihnya dari cara lain yang terbaik: {more}.", more=_gain(made, more))
    return replace(
        page,
        title=say("Rencana terbaik memberi {gain}", gain=_gain(made, best.gain)),
        plans=tuple(_plan(made, key, plan) for key, plan in zip(NAMES, plans, strict=True)),
        proof=proof,
        figures={"wilayah": _areas(made, plans), "langkah": _moves(made, plans)},
        codes=best.villages,
    )


def _gain_unit(made: Bought) -> str:
    """Name what is gained, in the language of the page."""
    index = made.gain_unit.removeprefix("poin ")
    return {
        Objective.POINTS: say("poin {index}", index=index),
        Objective.STATUS: say("kelas status"),
        Objective.NEED: say("poin kebutuhan"),
    }[made.query.objective]


def _unit(made: Bought) -> str:
    """Name what costs are counted in."""
    return say("langkah") if made.query.unit == STEP else made.query.unit


def _gain(made: Bought, gain: int) -> str:
    figure = made.gain_of(gain)
    return f"{format_number(figure, 0 if figure.denominator == 1 else 2)} {_gain_unit(made)}"


def _cost(made: Bought, cost: int) -> str:
    figure = made.cost_of(cost)
    if made.query.unit != STEP:
        return made.money(cost)
    return f"{format_number(figure, 0 if figure.denominator == 1 else 2)} {_unit(made)}"


def _words() -> dict[str, tuple[str, str]]:
    return {
        "terbaik": (say("Terbaik"), say("dicari dengan pemrograman bilangan bulat, dan dibuktikan")),
        "bertahap": (say("Bertahap"), say("batas minimal lebih dahulu, lalu manfaat per biaya terbesar")),
        "rata": (say("Bagi rata"), say("tiap wilayah mendapat pagu yang sama")),
    }


def _plan(made: Bought, key: str, plan: Plan) -> PlanView:
    name, how = _words()[key]
    kept = say("Semua batas dipenuhi.")
    if plan.broken:
        areas = [made.ranked.area.areas.get(one.area, "") for one in plan.broken]
        is_over = any(one.kind is LimitKind.CEILING for one in plan.broken)
        named = ", ".join(sorted({one for one in areas if one}))
        kept = say("Melanggar pagu.") if is_over else say("Melanggar batas {areas}.", areas=named)
    villages = say("{count} desa", count=format_number(len(plan.villages)))
    return PlanView(
        key, name, how, _gain(made, plan.gain), _cost(made, plan.cost), villages, kept, plan.is_kept
    )


def _areas(made: Bought, plans: Sequence[Plan]) -> Figure:
    """Set what each area gets in the three plans beside its limits."""
    columns = [Column("kode", say("Kode"), is_file_only=True), Column("wilayah", say("Wilayah"))]
    columns.append(Column("batas", say("Batas")))
    for key in NAMES:
        name = _words()[key][0]
        columns += [
            Column(f"biaya_{key}", say("{name}: biaya", name=name), is_number=True),
            Column(f"bagian_{key}", say("bagian ({name})", name=name)),
            Column(f"desa_{key}", say("desa ({name})", name=name), is_number=True),
        ]
    rows = []
    for at, share in enumerate(plans[0].shares):
        cells: list[Cell] = [
            text_cell(share.area),
            text_cell(made.ranked.area.areas.get(share.area, share.area)),
            text_cell(_limit(made, share.area)),
        ]
        for plan in plans:
            own = plan.shares[at]
            cost = made.cost_of(own.cost)
            cells += [
                number_cell(cost, 0 if cost.denominator == 1 else 2),
                text_cell(wishes.percent(own.part)),
                number_cell(own.villages),
            ]
        rows.append(tuple(cells))
    title = say("Yang diterima tiap wilayah, di samping batasnya")
    subtitle = say(
        "Biaya dalam {unit}; bagian dari {base}.", unit=_unit(made), base=_bases()[made.query.wishes.base]
    )
    return Figure(
        "wilayah",
        title,
        subtitle,
        Table(tuple(columns), tuple(rows)),
        sources_of(made.ranked.datasets, made.ranked.as_of),
    )


def _limit(made: Bought, area: str) -> str | None:
    """Write the limits of an area."""
    bound = made.problem.bound(area) if made.problem else None
    if bound is None:
        return None
    parts = []
    if bound.least is not None:
        parts.append(say("minimal {part}", part=wishes.percent(bound.least)))
    if bound.most is not None:
        parts.append(say("maksimal {part}", part=wishes.percent(bound.most)))
    if bound.villages:
        parts.append(say("minimal {count} desa", count=format_number(bound.villages)))
    return ", ".join(parts) or None


def _moves(made: Bought, plans: Sequence[Plan]) -> Figure:
    """Give who gains: the moves of the best plan on the screen, those of all three in files."""
    columns = (
        Column("rencana", say("Rencana"), is_file_only=True),
        Column("kode", say("Kode"), is_file_only=True),
        Column("desa", say("Desa")),
        Column("wilayah", say("Wilayah")),
        Column("langkah", say("Langkah")),
        Column("manfaat", say("Manfaat"), is_number=True),
        Column("biaya", say("Biaya"), is_number=True),
    )
    tables = [
        tuple(tuple(_move(made, key, one)) for one in plan.moves)
        for key, plan in zip(NAMES, plans, strict=True)
    ]
    title = say(
        "Yang mendapat manfaat menurut rencana terbaik: {count} desa",
        count=format_number(len(plans[0].villages)),
    )
    subtitle = say("Manfaat dalam {gain}, biaya dalam {unit}.", gain=_gain_unit(made), unit=_unit(made))
    filed = Table(columns, tuple(row for rows in tables for row in rows))
    shown = Table(columns, tables[0])
    return Figure(
        "langkah",
        title,
        subtitle,
        shown,
        sources_of(made.ranked.datasets, made.ranked.as_of),
        first=15,
        most=150,
        filed=filed,
    )


def _move(made: Bought, key: str, one: Move) -> Iterator[Cell]:
    area = made.ranked.area
    cost, gain = made.cost_of(one.cost), made.gain_of(one.gain)
    yield text_cell(_words()[key][0])
    yield text_cell(one.village)
    yield text_cell(area.names.get(one.village, one.village), href=reverse("gap", args=[one.village]))
    yield text_cell(area.areas.get(area.area_of.get(one.village, "")))
    yield text_cell(one.name.replace("->", "\N{RIGHTWARDS ARROW}"))
    yield number_cell(gain, 0 if gain.denominator == 1 else 4)
    yield number_cell(cost, 0 if cost.denominator == 1 else 2)
