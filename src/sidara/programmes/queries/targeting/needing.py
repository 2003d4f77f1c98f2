"""Villages ranked by need: parts from an index and from answers, put together and set in order.

Rights are those of `indices.table` and `warehouse.indicators`. Real and made-up figures never meet in one
need, nor example villages and real ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sidara import expressions
from sidara.collection.core import EXAMPLES, DataSet
from sidara.expressions import Expression, ExpressionFault, Kind
from sidara.indices import queries as indices
from sidara.indices.core import Definition
from sidara.kernel.actor import Actor, require
from sidara.kernel.clock import Clock, local_date, now
from sidara.kernel.finding import Finding, Severity
from sidara.kernel.number import format_number
from sidara.programmes.core.targeting import question
from sidara.programmes.core.targeting.formulas import not_a_number
from sidara.programmes.core.targeting.need import Asked, Needs, Part, Source, needs
from sidara.programmes.core.targeting.question import AskedPart, NeedQuery
from sidara.programmes.core.targeting.ranking import MOST_PARTS, Ranking, ranking
from sidara.programmes.queries.rights import READ
from sidara.programmes.queries.targeting.answered import Told, answered
from sidara.programmes.queries.targeting.published import Figures, Published, published
from sidara.programmes.queries.targeting.scored import Scored, scored, scored_by_answers
from sidara.regions import queries as regions
from sidara.regions.core import DESA, Level
from sidara.warehouse import queries as warehouse

type Held = Scored | Published
"""Villages with what a data set holds of an index: item scores, or what was published."""

ENOUGH = 2
"""A real data set counts where it holds at least one in so many of the villages that any set holds."""

INSIDE = {Level.PROVINCE: "province_id", Level.REGENCY: "regency_id", Level.DISTRICT: "district_id"}
"""Which column of the register says that a desa lies in an area of a level."""


@dataclass(frozen=True)
class VillageArea:
    """The desa that a question is about: names, the area below it of each, and the names of those areas.

    Areas are kabupaten; of a question about one kabupaten or less they are kecamatan.
    """

    names: Mapping[str, str]
    area_of: Mapping[str, str]
    areas: Mapping[str, str]


@dataclass(frozen=True)
class Ranked:
    """A ranking with what it stands on; without one `findings` say why.

    `scores`: the index behind it, `None` without parts of an index. `area`: the desa that were asked about.
    """

    query: NeedQuery
    ranking: Ranking | None = None
    scores: Held | None = None
    datasets: tuple[DataSet, ...] = ()
    years: tuple[int, ...] = ()
    as_of: date | None = None
    area: VillageArea = field(default_factory=lambda: VillageArea({}, {}, {}))
    findings: tuple[Finding, ...] = ()

    @property
    def is_simulated(self) -> bool:
        """Say whether every figure must carry the mark SIMULASI."""
        return any(one.is_simulated for one in self.datasets)


def ranked(actor: Actor, query: NeedQuery, *, clock: Clock = now) -> Ranked:
    """Rank the desa of an area by need; every desa of the area is there, with or without figures."""
    require(actor, READ)
    faults = question.check(query)
    if faults:
        return Ranked(query, findings=faults)
    scores, formulas, said = _of_index(actor, query)
    if any(one.severity is Severity.ERROR for one in said):
        return Ranked(query, findings=said)
    rest = [one for one in query.parts if one not in query.of_index and one.key not in formulas]
    told = Told({}, None, None, None, ())
    if rest:
        told = answered(actor, rest, dataset=query.answers, year=query.year, under=query.under, clock=clock)
    both = [one for one in (scores and scores.dataset, told.dataset) if one]
    datasets = tuple({one.code: one for one in both}.values())
    severe = tuple(one for one in told.findings if one.severity is Severity.ERROR)
    mixed = _mixed(datasets)
    if severe or mixed:
        return Ranked(query, datasets=datasets, findings=(*severe, *mixed))
    area = village_area(actor, query.under, examples=query.answers == EXAMPLES)
    if not area.names:
        return Ranked(query, datasets=datasets, findings=(_nobody(query),))
    parts, figures = _parts(query, scores, formulas, told)
    villages = [
        Asked(code, name, tuple(one.get(code) for one in figures))
        for code, name in sorted(area.names.items())
    ]
    made = needs(parts, villages)
    days = [one for one in (scores and scores.as_of, told.as_of) if one]
    years = {scores.year} if scores else set()
    return Ranked(
        query,
        ranking(made, query.top),
        scores,
        datasets,
        tuple(sorted(years | ({told.year} if told.year else set()))),
        min(days, default=local_date(clock())),
        area,
        (*said, *told.findings, *_said(made)),
    )


def _of_index(
    actor: Actor, query: NeedQuery
) -> tuple[Held | None, Mapping[str, Expression], tuple[Finding, ...]]:
    """Give the scores that parts read, the formulas over items, and what is wrong with them."""
    if not query.index:
        return None, {}, (_without_index(),) if query.of_index else ()
    found, said = held_of(actor, query)
    if found is None:
        return None, {}, said
    faults = [
        question.unknown_item(one.text, found.definition.name, list(found.items))
        for one in query.of_index
        if one.source is Source.ITEM and one.text not in found.items
    ]
    formulas = {}
    for one in query.parts:
        expression = _over_items(one, found) if one.source is Source.FORMULA else None
        if expression is not None:
            formulas[one.key] = expression
            faults += [] if expression.kind is Kind.NUMBER else [not_a_number(one.text)]
    return found, formulas, (*faults, *said)


def held_of(actor: Actor, query: NeedQuery) -> tuple[Held | None, tuple[Finding, ...]]:
    """Give the villages with what is held of the index that is asked; without it, why not."""
    definition = indices.definition(actor, query.index)
    if definition is None:
        known = ", ".join(one.slug for one in indices.definitions(actor))
        message, remedy = f"Indeks {query.index} tidak dikenal.", f"Yang ada: {known}."
        return None, (Finding("NEED_INDEX", message, remedy, value=query.index),)
    found, said = _held(actor, definition, query)
    if found is not None:
        return found, said
    year = "" if query.year is None else f" tahun {query.year}"
    message = f"Skor {definition.name}{year} untuk wilayah ini belum ada."
    remedy = "Pilih tahun, wilayah, atau himpunan lain."
    return None, (Finding("NEED_NO_SCORES", message, remedy, value=query.scores or None),)


def _held(actor: Actor, definition: Definition, query: NeedQuery) -> tuple[Held | None, tuple[Finding, ...]]:
    """Choose the data set: the one named, else a real one that holds half of the villages that any holds."""
    sets = [one for one in warehouse.open_datasets(actor) if query.scores in {"", one.code}]
    year, under = query.year, query.under
    needs_items = query.needs_items or any(one.source in {Source.ITEM, Source.FORMULA} for one in query.parts)
    if query.answers == EXAMPLES:
        return scored_by_answers(actor, definition, EXAMPLES, year=year, under=under), ()
    found: list[Held] = [
        one for held in sets if (one := scored(actor, definition, held, year=year, under=under))
    ]
    if not needs_items:
        told = (published(actor, definition, held, year=year, under=under) for held in sets)
        found += [one for one in told if one is not None]
    if not found:
        return None, ()
    most = max(one.held for one in found)
    real = [one for one in found if not one.dataset.is_simulated]
    enough = [one for one in real if one.held * ENOUGH >= most]
    best = max(enough or found, key=lambda one: (one.year, one.held, not one.dataset.is_simulated))
    if not real or not best.dataset.is_simulated:
        return best, ()
    few = max(real, key=lambda one: one.held)
    message = (
        f"{few.dataset.title} hanya memuat {few.held} desa di wilayah ini; dipakai {best.dataset.title} "
        f"dengan {best.held} desa."
    )
    remedy = f"Untuk memakai yang nyata, pilih himpunan {few.dataset.code}."
    return best, (Finding("NEED_SIMULATED", message, remedy, Severity.INFO, value=few.dataset.code),)


def _over_items(part: AskedPart, scores: Held) -> Expression | None:
    """Read a formula over items; `None` where it is none, or names something else than items."""
    try:
        found = expressions.parse(part.text, dict.fromkeys(scores.names, Kind.NUMBER))
    except ExpressionFault:
        return None
    return found if found.names else None


def village_area(actor: Actor, under: str | None, *, examples: bool) -> VillageArea:
    """Lay out the desa of an area (a code, `None` = all) with the areas between which money is shared."""
    require(actor, READ)
    frame = regions.dimension(actor, examples=examples)
    region = regions.resolve(actor, under) if under else None
    rows = frame.filter(frame["kind"].is_in([str(one) for one in DESA]))
    if under:
        rows = (
            rows.filter(rows[INSIDE.get(region.level, "region_id")] == region.id) if region else rows.clear()
        )
    level = Level.DISTRICT if region and region.level >= Level.REGENCY else Level.REGENCY
    area_of = dict(rows.select("code", f"{level.name.lower()}_code").iter_rows())
    names = dict(frame.filter(frame["level"] == int(level)).select("code", "name").iter_rows())
    kept = {code: names[code] for code in sorted(set(area_of.values()))}
    return VillageArea(dict(rows.select("code", "name").iter_rows()), area_of, kept)


def _parts(
    query: NeedQuery, scores: Held | None, formulas: Mapping[str, Expression], told: Told
) -> tuple[list[Part], list[Figures]]:
    """Give the parts in the order in which they were asked, with their figures."""
    found: dict[str, tuple[Part, Figures]] = dict(told.parts)
    for one in query.parts:
        if scores is None or one.key in found:
            continue
        found[one.key] = scores.formula(one, formulas[one.key]) if one.key in formulas else scores.part(one)
    pairs = [found[one.key] for one in query.parts]
    return [part for part, _ in pairs], [figures for _, figures in pairs]


def _without_index() -> Finding:
    return Finding(
        "NEED_INDEX", "Butir, indeks, dan status memerlukan nama indeks.", "Sebutkan indeksnya, misalnya idm."
    )


def _mixed(datasets: tuple[DataSet, ...]) -> tuple[Finding, ...]:
    """Refuse real and made-up figures, or real and example villages, in one need."""
    codes = ", ".join(one.code for one in datasets)
    is_mixed = len({one.is_simulated for one in datasets}) > 1
    is_apart = len({one.code for one in datasets}) > 1 and any(one.code == EXAMPLES for one in datasets)
    if not is_mixed and not is_apart:
        return ()
    return (
        Finding(
            "NEED_MIXED",
            f"Ukuran ini berasal dari himpunan yang tidak boleh dicampur: {codes}.",
            "Pilih ukuran dari angka nyata saja, atau dari angka SIMULASI yang sama saja.",
            value=codes,
        ),
    )


def _nobody(query: NeedQuery) -> Finding:
    where = query.under or "register"
    return Finding("NEED_NO_VILLAGES", f"Tidak ada desa di {where}.", "Periksa kode wilayahnya.", value=where)


def _said(made: Needs) -> tuple[Finding, ...]:
    """Say which parts set no village apart, how many villages have a span, and if weights were not tried."""
    found = []
    for part, ends in zip(made.parts, made.ends, strict=True):
        if ends is None:
            message = f"Ukuran {part.label} sama di semua desa yang diketahui, jadi tidak membedakan desa."
            found.append(
                Finding("NEED_PART_FLAT", message, "Pilih ukuran lain.", Severity.WARNING, value=part.key)
            )
    if made.unsure:
        count = f"{format_number(made.unsure)} dari {format_number(len(made.villages))}"
        message = f"Kebutuhan {count} desa berupa selang karena ada isi yang belum diketahui."
        remedy = "Lengkapi isinya agar urutannya pasti; tidak ada angka yang ditebak."
        found.append(Finding("NEED_UNSURE", message, remedy, Severity.INFO))
    if len(made.parts) > MOST_PARTS:
        message = f"Kepekaan terhadap bobot tidak dihitung untuk lebih dari {MOST_PARTS} ukuran."
        found.append(Finding("NEED_WEIGHTS_NOT_TRIED", message, "Kurangi ukurannya.", Severity.NOT_EVALUATED))
    return tuple(found)
