"""`sidara target rank`: villages in the order of their need, with the places that they could have."""

from typing import Annotated, Any

import polars as pl
import typer
from rich.table import Table

from sidara import tables
from sidara.collection.core import COLLECTION
from sidara.kernel.actor import OPERATOR
from sidara.kernel.exits import Exit
from sidara.kernel.number import format_date, format_number
from sidara.kernel.reasons import reason_of
from sidara.programmes.cli import asking
from sidara.programmes.core.targeting.need import Part, Scale, Sense, Span
from sidara.programmes.core.targeting.question import TOP
from sidara.programmes.core.targeting.ranking import Ranked as Row
from sidara.programmes.queries.targeting import Ranked, ranked
from sidara.ui import terminal

HUNDRED = 100
SCALES = {Scale.FIXED: "skala tetap", Scale.SEEN: "nilai terkecil sampai terbesar di wilayah ini"}
SENSES = {Sense.MORE: "makin besar makin butuh", Sense.LESS: "makin kecil makin butuh"}


def rank(  # noqa: PLR0913 - the options of the command
    *,
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
    top: Annotated[int, typer.Option(min=1, help="Banyaknya desa teratas yang ditunjukkan dan diuji.")] = TOP,
    target: Annotated[str | None, typer.Option("--output", help="Berkas hasil dengan semua desa.")] = None,
    as_json: terminal.AsJson = False,
) -> None:
    """Urutkan desa menurut kebutuhan, dengan peringkat terbaik dan terburuk yang mungkin.

    Kebutuhan 0 sampai 100: rata-rata berbobot dari ukuran yang dinormalkan. Yang belum diketahui menjadi
    selang, tidak ditebak. Kebutuhan yang sama diurutkan menurut kode desa.

    Contoh: sidara target rank --index idm --item S34 --item S35 --weight S34=2 --under 62.07 --top 12

    Contoh: sidara target rank --formula "100 * SAN_003 / KEP_004" --year 2026 --output kebutuhan.xlsx
    """
    query = asking.question(
        index=index,
        items=items,
        is_status=is_status,
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
        top=top,
    )
    found = ranked(OPERATOR, query)
    terminal.say_findings(found.findings)
    if found.ranking is None:
        raise typer.Exit(Exit.REFUSED)
    if target is not None:
        _write(found, target)
    if as_json:
        terminal.write_json(as_mapping(found))
    elif target is None:
        _show(found)


def as_mapping(found: Ranked) -> dict[str, Any]:
    """Give a ranking as the documented JSON."""
    made = found.ranking
    if made is None:
        return {"villages": [], "findings": [one.flat() for one in found.findings]}
    return {
        "is_simulated": found.is_simulated,
        "datasets": [one.code for one in found.datasets],
        "years": list(found.years),
        "as_of": found.as_of.isoformat() if found.as_of else None,
        "top": made.top,
        "surely_in_top": len(made.sure),
        "possibly_in_top": len(made.possible),
        "weight_shifts": len(made.shifts),
        "parts": [
            {
                "key": part.key,
                "label": part.label,
                "source": part.source.value,
                "unit": part.unit,
                "weight": float(weight),
                "sense": part.sense.value,
                "scale": part.scale.value,
                "ends": None if ends is None else [float(one) for one in ends],
            }
            for part, weight, ends in zip(made.needs.parts, made.needs.weights, made.needs.ends, strict=True)
        ],
        "villages": [_row(found, one) for one in made.rows],
        "findings": [one.flat() for one in found.findings],
    }


def _row(found: Ranked, one: Row) -> dict[str, Any]:
    village, made = one.village, found.ranking
    parts = made.needs.parts if made else ()
    figures = {
        part.key: None if figure is None else [float(figure.least), float(figure.most)]
        for part, figure in zip(parts, village.figures, strict=True)
    }
    return {
        "place": one.place,
        "best": one.best,
        "worst": one.worst,
        "kode": village.code,
        "name": village.name,
        "area": found.area.area_of.get(village.code),
        "need": float(village.need.least * HUNDRED),
        "need_max": float(village.need.most * HUNDRED),
        "place_low": one.place_low,
        "place_high": one.place_high,
        "shifts_in_top": one.shifts_in_top,
        "is_simulated": found.is_simulated,
        "figures": figures,
    }


def _write(found: Ranked, target: str) -> None:
    """Write all villages, a column a figure (two where it is a span)."""
    rows = []
    for one in as_mapping(found)["villages"]:
        figures = one.pop("figures")
        for key, span in figures.items():
            one[key], one[f"{key}_max"] = span or (None, None)
        rows.append(one)
    notes = {"Sumber": _source(found)} | ({"Catatan": "SIMULASI"} if found.is_simulated else {})
    try:
        tables.write(pl.DataFrame(rows, infer_schema_length=None), asking.file(target), notes=notes)
    except OSError as fault:
        terminal.say(f"Berkas hasil {target} tidak dapat ditulis: {reason_of(fault)}.")
        raise typer.Exit(Exit.REFUSED) from fault


def _source(found: Ranked) -> str:
    titles = "; ".join(one.title for one in found.datasets)
    years = ", ".join(map(str, found.years))
    day = format_date(found.as_of) if found.as_of else ""
    return f"{titles}; tahun {years}; per {day}"


def _show(found: Ranked) -> None:
    made = found.ranking
    if made is None:
        return
    console = terminal.page()
    for part, weight, ends in zip(made.needs.parts, made.needs.weights, made.needs.ends, strict=True):
        between = "" if ends is None else f" ({_figure(ends[0], part)} sampai {_figure(ends[1], part)})"
        console.print(
            f"{part.label}: bobot {format_number(weight * HUNDRED, 1)} %, {SENSES[part.sense]}, "
            f"{SCALES[part.scale]}{between}",
            highlight=False,
            markup=False,
        )
    table = Table(
        "No.",
        "Mungkin",
        "Kode",
        "Desa",
        "Kebutuhan",
        *(one.key[:24] for one in made.needs.parts),
        "Bila bobot digeser",
    )
    for row in made.rows[: made.top]:
        table.add_row(
            str(row.place),
            _places(row.best, row.worst),
            row.village.code,
            row.village.name,
            _span(Span(row.village.need.least * HUNDRED, row.village.need.most * HUNDRED), 1),
            *(
                _span(one, part.decimals)
                for one, part in zip(row.village.figures, made.needs.parts, strict=True)
            ),
            _places(row.place_low, row.place_high),
        )
    console.print(table)
    console.print(
        f"Pasti di {made.top} teratas: {len(made.sure)} desa; mungkin: {len(made.possible)} desa, dari "
        f"{format_number(len(made.rows))}.",
        highlight=False,
    )
    terminal.say(f"{'SIMULASI. ' if found.is_simulated else ''}Sumber: {_source(found)}")


def _figure(value: Any, part: Part) -> str:
    return format_number(value, part.decimals)


def _span(span: Span | None, decimals: int) -> str:
    if span is None:
        return "belum diketahui"
    least, most = format_number(span.least, decimals), format_number(span.most, decimals)
    return least if span.is_sure else f"{least} sampai {most}"


def _places(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return "\N{EN DASH}"
    return str(low) if low == high else f"{low} sampai {high}"
