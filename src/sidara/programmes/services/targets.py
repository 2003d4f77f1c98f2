"""Baseline and targets of goals: values beside the actual, in two data sets of the plan, never stored here.

A plan has `external:rencana-…-target` and `external:rencana-…-baseline` (`simulated:…` where it is made up),
so that `warehouse.queries.ask` gives them as it gives every figure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import polars as pl

from sidara.collection import queries as collection
from sidara.collection.core import DataSet, ValueType, Variable
from sidara.collection.services import put_cells
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor
from sidara.kernel.cell import State
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Finding
from sidara.programmes import models, queries
from sidara.programmes.core.plan_drafts import GoalDraft, IndicatorDraft, fault
from sidara.programmes.core.targets import BASELINE, TARGET, dataset_code, measured, variable_code
from sidara.regions.core import KEMENDAGRI

IMPORT = "collection.import"
DECIMALS = 4
_CELL = {
    "region_id": pl.Int64,
    "period": pl.String,
    "variable": pl.String,
    "state": pl.String,
    "value": pl.String,
}


def indicator_faults(actor: Actor, *, plan: models.Plan, goals: Sequence[GoalDraft]) -> tuple[Finding, ...]:
    """Say which indicators no dictionary or index knows, and which targets have no area to stand for."""
    return tuple(_faults(actor, plan, goals))


def _faults(actor: Actor, plan: models.Plan, goals: Sequence[GoalDraft]) -> Iterator[Finding]:
    drafts = [one for goal in goals for one in goal.indicators]
    if plan.area is None and any(one.targets or one.baseline is not None for one in drafts):
        yield fault(
            "TARGET_WITHOUT_AREA",
            "Dokumen ini berlaku untuk seluruh negeri, sedangkan angka di sini selalu milik sebuah wilayah.",
            "Tulis targetnya pada dokumen daerah yang menurunkan tujuan ini.",
            "indicators",
        )
    known = dictionary.dictionary(actor).indicators
    asked = {one.indicator for one in drafts if one.indicator and one.indicator not in known}
    codes = {measured(one).variable for one in asked}
    held = {one.code: one for one in collection.variables(actor, codes=codes)} if codes else {}
    for one in sorted(asked):
        wanted = measured(one)
        variable = held.get(wanted.variable)
        categories = {choice.code for choice in variable.choices} if variable else set()
        if variable is None or (categories and wanted.category not in categories):
            yield fault(
                "INDICATOR_UNKNOWN",
                f"Indikator {one} tidak dikenal.",
                f"Tulis {wanted.variable}=KODE dengan salah satu dari: {', '.join(sorted(categories))}."
                if categories
                else "Pilih dari kamus atau indeks, atau kosongkan kodenya bila hanya berupa kata-kata.",
                "indicators",
                one,
            )


def put_targets(
    actor: Actor, *, plan: models.Plan, goals: Sequence[GoalDraft], dropped: Sequence[str] = (), now: datetime
) -> None:
    """Put baseline and targets of goals into the data sets of their plan; what is no more said becomes empty.

    `dropped`: variables that no goal of the plan has any more. The planner need not hold
    `collection.import`: that the plan is his own was judged before, and only its own data sets are touched.
    The facts follow at the next refresh (the server's, or a command's); until then
    `queries.goal_indicators` says so.
    """
    if plan.area is None:
        return
    writer = replace(actor, operations=actor.operations | {IMPORT})
    for measure in (TARGET, BASELINE):
        code = dataset_code(plan.uid, measure, is_simulated=plan.is_simulated)
        said = {
            (variable_code(goal.uid, one.indicator, one.name), str(year)): value
            for goal in goals
            for one in goal.indicators
            for year, value in _figures(one, measure)
        }
        variables = {
            variable_code(goal.uid, one.indicator, one.name): _variable(actor, goal, one)
            for goal in goals
            for one in goal.indicators
        }
        present = collection.cells(actor, code, variables=[*variables, *dropped])
        held = present.filter(pl.col("state") == State.VALUE.value).select("variable", "period").rows()
        gone = [key for key in held if key not in said]
        if not said and not gone:
            continue
        stored = {one.code: one for one in collection.variables(actor, code)}
        rows: list[tuple[int | None, str, str, str, str | None]] = [
            (plan.area_id, period, variable, State.VALUE.value, format(value, "f"))
            for (variable, period), value in said.items()
        ]
        rows += [(plan.area_id, period, variable, State.EMPTY.value, None) for variable, period in gone]
        account = put_cells(
            writer,
            dataset=_dataset(actor, plan, code, measure, now),
            variables=tuple((stored | variables).values()),
            cells=pl.DataFrame(rows, schema=_CELL, orient="row"),
            now=now,
            is_announced=False,
        )
        if account.rejected or account.conflicting:
            raise ValueError(f"targets of plan {plan.uid}: {[one.message for one in account.findings]}")


def _figures(draft: IndicatorDraft, measure: str) -> Iterator[tuple[int, Decimal]]:
    if measure == TARGET:
        yield from draft.targets.items()
    elif draft.baseline is not None and draft.baseline_year is not None:
        yield draft.baseline_year, draft.baseline


def _variable(actor: Actor, goal: GoalDraft, draft: IndicatorDraft) -> Variable:
    """Give the variable under which a target stands: that of the actual, as a number."""
    known = dictionary.dictionary(actor).indicators.get(draft.indicator)
    return Variable(
        code=variable_code(goal.uid, draft.indicator, draft.name),
        label=known.name if known else draft.name.strip(),
        unit=draft.unit or (known.unit if known else ""),
        decimals=known.decimals if known else DECIMALS,
        type=ValueType.NUMBER,
    )


def _dataset(actor: Actor, plan: models.Plan, code: str, measure: str, now: datetime) -> DataSet:
    kinds = queries.plan_kinds(actor)
    word = "Target" if measure == TARGET else "Angka dasar"
    return DataSet(
        code=code,
        title=f"{word} {plan.title}",
        source=plan.agency or plan.title,
        url="",
        licence=kinds.licence_simulated if plan.is_simulated else kinds.licence,
        retrieved_date=local_date(now),
        code_scheme=KEMENDAGRI,
        is_simulated=plan.is_simulated,
        measure=measure,
        definition=plan.title,
    )
