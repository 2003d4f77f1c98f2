"""`sidara target optimise`: what gains most for a ceiling, proven, beside greedy and equal shares."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer
from rich.table import Table

from sidara import tables
from sidara.collection.core import COLLECTION, EXAMPLES
from sidara.indices import queries as indices
from sidara.indices.core.costs import STEP, Costs
from sidara.kernel.actor import OPERATOR
from sidara.kernel.exits import Exit
from sidara.kernel.reasons import reason_of
from sidara.programmes.cli import asking
from sidara.programmes.core.targeting import wishes
from sidara.programmes.core.targeting.candidates import Objective
from sidara.programmes.core.targeting.moves import Base, Plan
from sidara.programmes.core.targeting.optimise import SECONDS
from sidara.programmes.core.targeting.prices import Prices
from sidara.programmes.core.targeting.told import BASES
from sidara.programmes.formats import prices_file
from sidara.programmes.queries.targeting import Bought, BudgetQuery, bought, codes_of
from sidara.ui import terminal

NAMES = {"best": "Terbaik", "greedy": "Bertahap", "equal": "Bagi rata"}
Limit = list[str] | None


def optimise(  # noqa: PLR0913 - the options of the command
    *,
    budget: Annotated[str, typer.Option(metavar="N", help="Pagu, dalam satuan biaya (atau langkah).")],
    objective: Annotated[
        Objective, typer.Option(help="Manfaat: poin indeks, kelas status, atau kebutuhan yang dipilih.")
    ] = Objective.POINTS,
    index: asking.Index = "",
    items: asking.Items = None,
    is_status: asking.IsStatus = False,
    indicators: asking.Indicators = None,
    variables: asking.Variables = None,
    formulas: asking.Formulas = None,
    weights: asking.Weights = None,
    less: asking.Less = None,
    more: asking.More = None,
    under: asking.Under = None,
    year: asking.Year = None,
    scores: asking.Scores = "",
    answers: asking.Answers = COLLECTION,
    share_of: Annotated[
        Base, typer.Option(help="Bagian dihitung dari pagu, uang terpakai, atau manfaat.")
    ] = (Base.CEILING),
    min_share: Annotated[
        Limit, typer.Option(metavar="KODE=x%", help="Bagian minimal sebuah wilayah; boleh berulang.")
    ] = None,
    min_share_each: Annotated[str, typer.Option(metavar="x%", help="Bagian minimal tiap wilayah.")] = "",
    max_share: Annotated[
        Limit, typer.Option(metavar="KODE=x%", help="Bagian maksimal sebuah wilayah; boleh berulang.")
    ] = None,
    max_share_each: Annotated[str, typer.Option(metavar="x%", help="Bagian maksimal tiap wilayah.")] = "",
    min_villages: Annotated[
        Limit, typer.Option(metavar="KODE=n", help="Desa minimal sebuah wilayah; boleh berulang.")
    ] = None,
    min_villages_each: Annotated[str, typer.Option(metavar="n", help="Desa minimal tiap wilayah.")] = "",
    costs: Annotated[
        Path | None,
        typer.Option(help="Harga: item,cost (poin, status), atau kode,cost,gain,name (kebutuhan)."),
    ] = None,
    unit: Annotated[str, typer.Option(help="Satuan harga pada --costs, misalnya rupiah.")] = "biaya",
    seconds: Annotated[float, typer.Option(min=1, help="Batas waktu mencari bukti, detik.")] = SECONDS,
    target: Annotated[
        str | None, typer.Option("--output", help="Berkas langkah dari ketiga rencana.")
    ] = None,
    as_json: terminal.AsJson = False,
) -> None:
    """Cari rencana dengan manfaat terbesar untuk satu pagu, di dalam batas keadilan antarwilayah.

    Di samping rencana terbaik yang terbukti, ditunjukkan cara bertahap (manfaat per biaya terbesar lebih
    dahulu) dan bagi rata (tiap wilayah pagu yang sama). Tanpa --costs satu langkah berbiaya 1; rupiah tidak
    pernah ditebak. Wilayah yang dibagi: kabupaten, atau kecamatan bila --under sebuah kabupaten.

    Contoh: sidara target optimise --index idm --budget 500 --min-share-each 3%

    Contoh: sidara target optimise --objective status --index idm --costs harga.csv --budget 2000000000
    """
    limit = wishes.money(budget)
    if limit is None:
        asking.usage(
            f"Pagu '{budget}' tidak dapat dipakai. Isi angka nol atau lebih, misalnya 500 atau Rp2.500.000."
        )
    is_need = objective is Objective.NEED
    need = asking.question(
        index=index,
        items=items if is_need else None,
        is_status=is_status and is_need,
        indicators=indicators,
        variables=variables,
        formulas=formulas,
        weights=weights,
        less=less,
        more=more,
        under=under,
        year=year,
        scores=scores,
        answers=answers,
        top=1,
    )
    asked = wishes.Wishes(
        share_of,
        tuple(min_share or ()),
        min_share_each,
        tuple(max_share or ()),
        max_share_each,
        tuple(min_villages or ()),
        min_villages_each,
    )
    query = BudgetQuery(
        need, objective, limit, asked, () if is_need else tuple(items or ()), unit if costs else STEP, seconds
    )
    priced, prices = _prices(query, costs)
    with _quiet():
        made = bought(OPERATOR, query, costs=priced, prices=prices)
    terminal.say_findings(made.findings)
    if made.made is None or made.made.best is None:
        if as_json:
            terminal.write_json(as_mapping(made))
        raise typer.Exit(Exit.REFUSED)
    if target is not None:
        _write(made, target)
    if as_json:
        terminal.write_json(as_mapping(made))
    elif target is None:
        _show(made)
    raise typer.Exit(Exit.GOOD if made.made.is_optimal else Exit.PARTIAL)


@contextmanager
def _quiet() -> Iterator[None]:
    """Send what the solver itself writes to standard output elsewhere: that belongs to the result."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def _prices(query: BudgetQuery, source: Path | None) -> tuple[Costs | None, Prices | None]:
    """Read the file of prices that the objective needs; end where it is refused."""
    if source is None:
        return None, None
    if query.objective is Objective.NEED:
        known = codes_of(OPERATOR, query.need.under, examples=query.need.answers == EXAMPLES)
        prices, findings = prices_file.read(source, known)
        is_good = prices is not None
        costs = None
    else:
        definition = indices.definition(OPERATOR, query.need.index)
        if definition is None:
            asking.usage(f"Indeks {query.need.index or '(kosong)'} tidak dikenal; --costs memerlukannya.")
        priced = indices.costs_of_file(OPERATOR, definition, source, unit=query.unit)
        costs, findings, prices = priced.costs, priced.findings, None
        is_good = costs is not None
    terminal.say_findings(findings)
    if not is_good:
        raise typer.Exit(Exit.REFUSED)
    return costs, prices


def as_mapping(found: Bought) -> dict[str, Any]:
    """Give three plans as the documented JSON."""
    data: dict[str, Any] = {
        "is_simulated": found.ranked.is_simulated,
        "datasets": [one.code for one in found.ranked.datasets],
        "years": list(found.ranked.years),
        "as_of": found.ranked.as_of.isoformat() if found.ranked.as_of else None,
        "objective": found.query.objective.value,
        "unit": found.query.unit,
        "budget": float(found.query.budget),
        "share_of": found.query.wishes.base.value,
        "findings": [one.flat() for one in found.findings],
    }
    made = found.made
    if made is None or found.problem is None:
        return data | {"plans": {}}
    plans = {"best": made.best, "greedy": made.greedy, "equal": made.equal}
    why = made.reasons
    return data | {
        "gain_unit": found.gain_unit,
        "moves": len(found.problem.moves),
        "villages": len(found.problem.area_of),
        "bound": None if made.bound is None else float(found.gain_of(made.bound)),
        "is_optimal": made.is_optimal,
        "is_cheapest": made.is_cheapest,
        "ceiling_above": None if why is None or why.above is None else float(found.cost_of(why.above)),
        "ceiling_below": None if why is None or why.below is None else float(found.cost_of(why.below)),
        "plans": {name: None if plan is None else _plan(found, plan) for name, plan in plans.items()},
    }


def _plan(found: Bought, plan: Plan) -> dict[str, Any]:
    return {
        "gain": float(found.gain_of(plan.gain)),
        "cost": float(found.cost_of(plan.cost)),
        "villages": len(plan.villages),
        "is_kept": plan.is_kept,
        "broken": [{"limit": one.kind.value, "area": one.area} for one in plan.broken],
        "areas": [
            {
                "kode": one.area,
                "name": found.ranked.area.areas.get(one.area),
                "cost": float(found.cost_of(one.cost)),
                "gain": float(found.gain_of(one.gain)),
                "villages": one.villages,
                "share": None if one.part is None else float(one.part),
            }
            for one in plan.shares
        ],
        "moves": [
            {
                "kode": one.village,
                "move": one.name,
                "gain": float(found.gain_of(one.gain)),
                "cost": float(found.cost_of(one.cost)),
            }
            for one in plan.moves
        ],
    }


def _write(found: Bought, target: str) -> None:
    """Write the moves of all three plans, one row a move."""
    rows = [
        {"rencana": NAMES[name], "desa": found.ranked.area.names.get(move["kode"]), **move}
        | {
            "satuan_biaya": found.query.unit,
            "satuan_manfaat": found.gain_unit,
            "simulasi": found.ranked.is_simulated,
        }
        for name, plan in as_mapping(found)["plans"].items()
        if plan
        for move in plan["moves"]
    ]
    try:
        tables.write(pl.DataFrame(rows, infer_schema_length=None), asking.file(target))
    except OSError as fault:
        terminal.say(f"Berkas hasil {target} tidak dapat ditulis: {reason_of(fault)}.")
        raise typer.Exit(Exit.REFUSED) from fault


def _show(found: Bought) -> None:
    made = found.made
    if made is None or made.best is None:
        return
    plans = {"best": made.best, "greedy": made.greedy, "equal": made.equal}
    console = terminal.page()
    table = Table("Rencana", "Manfaat", "Biaya", "Desa", "Batas")
    for name, plan in plans.items():
        kept = "dipenuhi" if plan.is_kept else f"{len(plan.broken)} dilanggar"
        table.add_row(
            NAMES[name], found.gain(plan.gain), found.money(plan.cost), str(len(plan.villages)), kept
        )
    console.print(table)
    areas = Table("Wilayah", *(f"{NAMES[name]}: biaya (bagian), desa" for name in plans))
    for at, code in enumerate(one.area for one in made.best.shares):
        cells = [plan.shares[at] for plan in plans.values()]
        areas.add_row(
            f"{code} {found.ranked.area.areas.get(code, '')}",
            *(f"{found.money(one.cost)} ({wishes.percent(one.part)}), {one.villages} desa" for one in cells),
        )
    console.print(areas)
    proof = "terbukti tidak ada rencana yang lebih baik" if made.is_optimal else "belum terbukti terbaik"
    least = ", dan tidak ada yang sama baik dengan biaya lebih kecil" if made.is_cheapest else ""
    console.print(
        f"Rencana terbaik {proof}{least}. Bagian dihitung dari {BASES[found.query.wishes.base]}.",
        highlight=False,
    )
    titles, years = (one.title for one in found.ranked.datasets), map(str, found.ranked.years)
    mark = "SIMULASI. " if found.ranked.is_simulated else ""
    terminal.say(f"{mark}Sumber: {'; '.join(titles)}; tahun {', '.join(years)}")
