"""All checks of a file of cells: rules, usual spans, copies; one finding for what is said twice of a cell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from sidara.checks.core.book import RuleBook
from sidara.checks.core.bulk import Tally, judge_table
from sidara.checks.core.cell_table import CellTable
from sidara.checks.core.copies import copies_in_table
from sidara.checks.core.derived import Kind
from sidara.checks.core.judge import CellFinding, Context
from sidara.checks.core.spans import Against, Settings
from sidara.checks.core.unusual import spans_of, unusual_in_table
from sidara.expressions import Tables
from sidara.kernel import period as periods
from sidara.kernel.finding import Severity
from sidara.kernel.period import Period

DISTRICT = 8
"""Letters of a village's code that its district's villages share."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a file is judged: one form or all; one period or the last of each form.

    `says_open`: what could not be evaluated is told, too.
    """

    form: str = ""
    period: str = ""
    today: date | None = None
    tables: Tables = field(default_factory=dict)
    says_open: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found: `judged` names forms and periods, `is_compared` whether villages were compared."""

    findings: tuple[CellFinding, ...]
    tally: Tally
    judged: tuple[tuple[str, str], ...]
    regions: int
    is_compared: bool
    version: str


def check_all(
    cells: pl.DataFrame,
    book: RuleBook,
    kinds: Mapping[str, Kind],
    settings: Settings,
    choice: Choice,
) -> Checked:
    """Judge a long frame of cells; villages are compared where there are enough of them.

    A village's kind comes from its code: its last part begins with 1 for a kelurahan.
    """
    kinds_of_regions = {
        region: "kelurahan" if region.rpartition(".")[2].startswith("1") else "desa"
        for region in cells["region"].unique()
    }
    table = CellTable(cells, book, kinds_of_regions)
    is_compared = len(table.regions) >= settings.least_peers
    findings: list[CellFinding] = []
    tally, judged = Tally(), _judged(cells, book, choice)
    for form, period in judged:
        context = Context(period, form, today=choice.today, tables=choice.tables, region_kind="desa")
        one = judge_table(table, context, says_open=choice.says_open)
        tally += one.tally
        told = list(one.findings)
        if is_compared:
            spans = spans_of(table, period, settings, form)
            told += unusual_in_table(table, spans, context, kinds)
        groups = {region: region[:DISTRICT] for region in table.regions}
        told += copies_in_table(table, context, kinds, groups)
        findings += without_repeats(told)
    return Checked(
        tuple(findings),
        tally,
        tuple((form, str(period)) for form, period in judged),
        len(table.regions),
        is_compared,
        book.version,
    )


def _judged(cells: pl.DataFrame, book: RuleBook, choice: Choice) -> list[tuple[str, Period]]:
    """Give forms in the order of the book, each with the period that is judged."""
    forms = {item.code: item.form for item in book.items.values()}
    seen: dict[str, set[Period]] = {}
    for variable, text in cells.select("variable", "period").unique().iter_rows():
        period = periods.parse(text)
        if variable in forms and period is not None:
            seen.setdefault(forms[variable], set()).add(period)
    chosen = periods.parse(choice.period) if choice.period else None
    made = []
    for form in dict.fromkeys(forms.values()):
        found = seen.get(form, set())
        if not found or (choice.form and form != choice.form):
            continue
        at = max(found) if chosen is None else chosen
        if at in found:
            made.append((form, at))
    return made


STATISTICAL = frozenset(against.value for against in Against)


def without_repeats(findings: Sequence[CellFinding]) -> Iterable[CellFinding]:
    """Leave out that a figure is unusual where something more exact is said of the same cell."""
    told = {
        _cell(one)
        for one in findings
        if one.code not in STATISTICAL and one.severity is not Severity.NOT_EVALUATED
    }
    return [one for one in findings if one.code not in STATISTICAL or _cell(one) not in told]


def _cell(finding: CellFinding) -> tuple[str, ...]:
    place = finding.cells[0]
    return place.region, place.variable, place.breakdown, place.period, place.row
