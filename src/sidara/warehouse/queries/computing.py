"""Indicators of the dictionary, computed from answers of villages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from sidara.collection import queries as collection
from sidara.collection.core import EXAMPLES
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Dictionary, Indicator, Reader
from sidara.expressions import Bound, Slot, Subject, Tables, Value, record, to_python
from sidara.kernel import period as periods_of
from sidara.kernel.actor import OPERATOR, Actor, require
from sidara.kernel.cell import State
from sidara.kernel.clock import Clock, local_date, now
from sidara.kernel.finding import Finding, Severity
from sidara.kernel.period import Period
from sidara.regions import queries as regions
from sidara.regions.core import Level
from sidara.warehouse import engines
from sidara.warehouse.core import Areas, Operation, Query, check_variables
from sidara.warehouse.core.indicators import (
    KINDS,
    IndicatorAnswer,
    IndicatorFigure,
    IndicatorQuery,
    cannot_be_summed,
    figure_of,
    gather,
    not_at,
    not_stored,
    unknown,
)
from sidara.warehouse.core.indicators import Read as CellRead
from sidara.warehouse.queries.asking import ASK, areas_asked, ask, variables_of, visible

FEW = 20
"""Areas that are evaluated one by one."""


def indicators(actor: Actor, query: IndicatorQuery, *, clock: Clock = now) -> IndicatorAnswer:
    """Answer indicators of the dictionary from answers of villages: the formula over sums of each area.

    Sums run over the units that answered all that the formula reads; so a ratio is that of sums, and the
    others are counted by what they lack. Faults stand in `findings`; rights are those of `ask`.
    """
    require(actor, ASK)
    made = dictionary.dictionary(actor)
    asked = {code: made.indicators[code] for code in query.indicators if code in made.indicators}
    asked |= {one.code: one for one in query.own}
    base = Query(
        query.dataset,
        (),
        Operation.COUNT,
        query.level,
        query.under,
        query.codes,
        query.periods,
        kinds=KINDS,
        as_of=query.as_of,
        least_level=query.least_level,
    )
    held = visible(actor, query.dataset, base)
    reader = collection.reader_of(actor, made)
    periods = [(at, text) for text in query.periods if (at := periods_of.parse(text))]
    bounds = {
        code: [(at, text, reader.bound(one.formula, at)) for at, text in periods]
        for code, one in asked.items()
    }
    slots = {slot for told in bounds.values() for *_, bound in told for slot in bound.cells}
    known = frozenset(variables_of(actor, held, {one.variable for one in slots})) if held else frozenset()
    as_of = query.as_of or local_date(clock())
    some = next(iter(made.indicators), "")
    findings = [unknown(code, some) for code in query.indicators if code not in asked]
    if held is None:
        findings += check_variables(base, None, {})
    else:
        probe = ask(actor, replace(base, variables=(min(known, default="-"),)), clock=clock)
        findings += [
            one
            for one in probe.findings
            if one.severity is Severity.ERROR and (known or one.code != "VARIABLE_UNKNOWN")
        ]
    if findings or held is None:
        return IndicatorAnswer((), asked, held, as_of, tuple(findings))
    reads = _reads(actor, base, [one for one in slots if one.variable in known], clock)
    areas = areas_asked(actor, base)
    below = _below(areas, examples=base.dataset == EXAMPLES)
    work = _Work(made, reader, base.level, areas, below, bounds, reads, findings)
    figures = [figure for one in asked.values() for figure in work.figures(one)]
    place = {code: number for number, code in enumerate(asked)}
    figures.sort(key=lambda one: (one.region, place[one.indicator], one.period))
    return IndicatorAnswer(tuple(figures), asked, held, as_of, tuple(findings))


@dataclass(frozen=True)
class _Work:
    """A question while it is answered; what must be said about it goes into `findings`."""

    made: Dictionary
    reader: Reader
    level: Level
    areas: Areas
    below: Mapping[int, Sequence[str]]
    bounds: Mapping[str, Sequence[tuple[Period, str, Bound]]]
    reads: Mapping[tuple[str, Slot], CellRead]
    findings: list[Finding]

    def figures(self, indicator: Indicator) -> Iterator[IndicatorFigure]:
        """Give the figures of one indicator, by period and area."""
        bounds = self.bounds[indicator.code]
        codes = {slot.variable for *_, bound in bounds for slot in bound.cells}
        read = [self.made.variables[code] for code in sorted(codes)]
        rolled = {one.code for own in self.reader.rollups.values() for one in own}
        if computed := [one.code for one in read if not one.is_asked and one.code not in rolled]:
            self.findings.append(not_stored(indicator, computed))
        single = [one.code for one in read if not one.adds_up]
        if single and self.level is not Level.VILLAGE:
            self.findings.append(cannot_be_summed(indicator, single))
            return
        for at, text, bound in bounds:
            if bound.notes:
                self.findings.append(not_at(indicator, text, bound.notes))
            yield from self._at(indicator, at, text, bound)

    def _at(self, indicator: Indicator, at: Period, text: str, bound: Bound) -> Iterator[IndicatorFigure]:
        """Gather the cells of each area and evaluate the formula on the sums."""
        rows = self.areas.groups.select("region_id", "code", "name", "expected").rows()
        found = [gather(bound, self.below.get(row[0], ()), self.reads) for row in rows]
        values = _evaluated(bound, [one.subject for one in found], self.reader.tables(at.year))
        for (_, code, name, expected), one, value in zip(rows, found, values, strict=True):
            exact = value if isinstance(value, Fraction) else None
            yield figure_of(indicator, text, (code, name, expected), one, exact)


def _evaluated(bound: Bound, subjects: Sequence[Subject], tables: Tables) -> Sequence[Value]:
    """Evaluate a formula in the warehouse; of a few areas on records, which gives the same and is quicker."""
    if len(subjects) > FEW:
        return engines.expressions.evaluate(bound, subjects, tables)
    value_of = to_python(bound)
    return [value_of(record(bound, one, tables)) for one in subjects]


def _below(areas: Areas, *, examples: bool) -> dict[int, list[str]]:
    """Give the codes of the units of each area, sorted."""
    codes = dict(regions.dimension(OPERATOR, examples=examples).select("region_id", "code").iter_rows())
    made: dict[int, list[str]] = {}
    for region, group in areas.units.iter_rows():
        made.setdefault(group, []).append(codes[region])
    return {group: sorted(units) for group, units in made.items()}


def _reads(
    actor: Actor, base: Query, slots: Sequence[Slot], clock: Clock
) -> dict[tuple[str, Slot], CellRead]:
    """Read the cells of formulas, of all villages of a question, a question for each breakdown."""
    found: dict[tuple[str, Slot], CellRead] = {}
    for breakdown in sorted({slot.breakdown for slot in slots}):
        own = {(slot.variable, slot.period): slot for slot in slots if slot.breakdown == breakdown}
        query = replace(
            base,
            variables=tuple(sorted({variable for variable, _ in own})),
            operation=Operation.LATEST,
            level=Level.VILLAGE,
            codes=base.codes if base.level is Level.VILLAGE else None,
            periods=tuple(sorted({period for _, period in own})),
            breakdown=breakdown,
        )
        names = ("region", "variable", "period", "value", "state", "level", "newest")
        frame = ask(actor, query, clock=clock).frame.drop_nulls("state").select(names)
        for region, variable, period, value, state, level, newest in frame.iter_rows():
            slot = own.get((variable, period))
            if slot is not None:
                is_zero = state == State.NONE.value and slot.reads_zero
                found[region, slot] = CellRead(Decimal(0) if is_zero else value, State(state), level, newest)
    return found
