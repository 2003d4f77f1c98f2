"""What villages answered, as parts of a need: indicators, variables and own formulas of the dictionary.

A variable is read as the formula that names it, so that months and years are read as everywhere else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sidara.collection.core import DataSet
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Dictionary, Indicator, Variable
from sidara.dictionary.core.words import Confidence, Confidentiality, Direction, Field
from sidara.kernel.actor import Actor
from sidara.kernel.clock import Clock
from sidara.kernel.finding import Finding
from sidara.programmes.core.targeting.formulas import formula_faults
from sidara.programmes.core.targeting.need import Part, Sense, Source, Span
from sidara.programmes.core.targeting.question import AskedPart
from sidara.programmes.queries.targeting.published import Figures
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import IndicatorQuery

DECIMALS = 2
OWN = "own"
"""How formulas of a question are called among indicators, with their number."""


@dataclass(frozen=True)
class Told:
    """Parts with their figures, from one data set and year."""

    parts: Mapping[str, tuple[Part, Figures]]
    dataset: DataSet | None
    year: int | None
    as_of: date | None
    findings: tuple[Finding, ...]


def newest_year(actor: Actor, dataset: str) -> int | None:
    """Give the newest year with yearly answers."""
    return max(map(int, warehouse.years(actor, dataset)), default=None)


def answered(  # noqa: PLR0913 - what is asked, and where
    actor: Actor,
    parts: Sequence[AskedPart],
    *,
    dataset: str,
    year: int | None,
    under: str | None,
    clock: Clock,
) -> Told:
    """Read parts from answers; what cannot be read is told, and then there are no parts."""
    made = dictionary.dictionary(actor)
    own, faults = _own(made, parts)
    year = year or newest_year(actor, dataset)
    if year is None and not faults:
        faults = (
            Finding(
                "NEED_NO_ANSWERS",
                f"Himpunan {dataset} belum berisi jawaban tahunan.",
                "Pilih himpunan lain, atau tunggu isian pertama.",
                value=dataset,
            ),
        )
    if faults:
        return Told({}, None, year, None, faults)
    codes = tuple(one.text for one in parts if one.source is Source.INDICATOR)
    query = IndicatorQuery(dataset, codes, (str(year),), under=under, own=tuple(own.values()))
    answer = warehouse.indicators(actor, query, clock=clock)
    if answer.is_refused:
        return Told({}, answer.dataset, year, answer.as_of, answer.findings)
    figures: dict[str, dict[str, Span | None]] = {}
    for one in answer.figures:
        figures.setdefault(one.indicator, {})[one.region] = None if one.exact is None else Span.of(one.exact)
    told = {}
    for part in parts:
        indicator = own[part.key] if part.key in own else made.indicators[part.text]
        told[part.key] = _part(part, indicator), figures.get(indicator.code, {})
    return Told(told, answer.dataset, year, answer.as_of, answer.findings)


def _own(made: Dictionary, parts: Sequence[AskedPart]) -> tuple[dict[str, Indicator], tuple[Finding, ...]]:
    """Read formulas and variables as indicators of their own, by key."""
    found: dict[str, Indicator] = {}
    faults: list[Finding] = []
    for at, part in enumerate(parts):
        if part.source is Source.INDICATOR:
            if part.text not in made.indicators:
                faults.append(_unknown("indikator", part.text, made.indicators))
            continue
        variable = made.variables.get(part.text)
        if part.source is Source.VARIABLE and variable is None:
            faults.append(_unknown("variabel", part.text, made.variables))
            continue
        wrong = formula_faults(made, part.text)
        faults += wrong
        if not wrong:
            found[part.key] = _indicator(
                f"{OWN}{at}", part.text, variable if part.source is Source.VARIABLE else None
            )
    return found, tuple(faults)


def _indicator(code: str, formula: str, variable: Variable | None) -> Indicator:
    """Give a formula as an indicator that nobody stores."""
    return Indicator(
        code=code,
        name=variable.name if variable else formula,
        concept="",
        definition="",
        interpretation="",
        formula=formula,
        unit=variable.unit if variable else "",
        measure="",
        decimals=DECIMALS,
        direction=Direction.NONE,
        field=Field.GOVERNANCE,
        agency="",
        confidentiality=Confidentiality.OPEN,
        sources=(),
        confidence=Confidence.INFERRED,
    )


def _part(asked: AskedPart, indicator: Indicator) -> Part:
    """Give the part of an indicator; where a higher figure is better, a lower one needs more."""
    sense = asked.sense or (Sense.LESS if indicator.direction is Direction.UP else Sense.MORE)
    return Part(
        asked.key, indicator.name, asked.source, indicator.unit, asked.weight, sense, None, indicator.decimals
    )


def _unknown(word: str, text: str, known: Mapping[str, object]) -> Finding:
    return Finding(
        "NEED_UNKNOWN",
        f"Tidak ada {word} {text} pada kamus.",
        f"Lihat kodenya pada halaman kamus; misalnya {next(iter(known), 'tidak ada')}.",
        value=text,
    )
