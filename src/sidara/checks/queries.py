"""Reads of `checks`: `read_cases` (a file of cases), `evaluate` (verdicts by one of the pure engines)."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from sidara.checks.core import Case, Evaluate, Verdict, case_of, verdicts
from sidara.checks.formats import case_file
from sidara.dictionary import queries as dictionary
from sidara.expressions import Bound, Subject, Tables, Value, record, sheet, to_python
from sidara.kernel.actor import Actor, require
from sidara.kernel.finding import Finding

EVALUATE = "checks.evaluate"


class Pure(StrEnum):
    """Engines that need nothing but memory."""

    PYTHON = "python"
    POLARS = "polars"


def read_cases(actor: Actor, content: bytes) -> tuple[list[Case], tuple[Finding, ...]]:
    """Read a file of cases. A case that cannot be judged says so itself; findings refuse the whole file."""
    require(actor, EVALUATE)
    given, findings = case_file.parse(content)
    indices = dictionary.index_classes(actor)
    return [case_of(one, indices) for one in given], findings


def evaluate(actor: Actor, cases: Sequence[Case], engine: Pure | Evaluate) -> list[Verdict]:
    """Judge cases with a pure engine, or with one that a higher room lends."""
    require(actor, EVALUATE)
    return verdicts(cases, _ENGINES[engine] if isinstance(engine, Pure) else engine)


def _on_records(bound: Bound, subjects: Sequence[Subject], tables: Tables) -> list[Value]:
    value_of = to_python(bound)
    return [value_of(record(bound, subject, tables)) for subject in subjects]


_ENGINES: Mapping[Pure, Callable[[Bound, Sequence[Subject], Tables], list[Value]]] = {
    Pure.PYTHON: _on_records,
    Pure.POLARS: sheet.evaluate,
}
