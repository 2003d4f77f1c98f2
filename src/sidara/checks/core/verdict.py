"""What is said about a case: the result, whether it could be evaluated, and if not, why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sidara.checks.core.case import Case
from sidara.expressions import Bound, ExpressionFault, Subject, Tables, Value, missing
from sidara.kernel.finding import Finding, Place

type Evaluate = Callable[[Bound, Sequence[Subject], Tables], Sequence[Value]]
"""An engine: a bound expression's values for some subjects; `ExpressionFault` for too large figures."""
DECIMALS = 18
"""Decimals of a written number; one that has more is rounded half away from zero."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of a case; `None` = not evaluated, and `reason` says why."""

    id: str | int
    result: Value
    reason: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether the case could not be judged at all."""
        return bool(self.findings)

    @property
    def is_evaluated(self) -> bool:
        """Whether there is a result."""
        return self.result is not None


def verdicts(cases: Sequence[Case], evaluate: Evaluate) -> list[Verdict]:
    """Give verdicts of cases by an engine, in their order; cases of one expression go through it together."""
    groups: dict[object, list[int]] = {}
    for at, case in enumerate(cases):
        key = (case.bound, repr(sorted(case.tables.items()))) if case.bound else at
        groups.setdefault(key, []).append(at)
    found: dict[int, Verdict] = {}
    for places in groups.values():
        group = [cases[at] for at in places]
        found |= zip(places, _judged(group, evaluate), strict=True)
    return [found[at] for at in range(len(cases))]


def _judged(group: Sequence[Case], evaluate: Evaluate) -> list[Verdict]:
    """Judge cases of one expression; when figures of one are too large, each by itself."""
    bound = group[0].bound
    if bound is None:
        return [Verdict(case.id, None, _words(case.findings), case.findings) for case in group]
    try:
        values = evaluate(bound, [case.subject for case in group], group[0].tables)
    except ExpressionFault as fault:
        if len(group) > 1:
            return [verdict for case in group for verdict in _judged([case], evaluate)]
        return [Verdict(group[0].id, None, _words(fault.findings), fault.findings)]
    return [
        Verdict(
            case.id, value, "" if value is not None else f"Tidak dinilai: {missing(bound, case.subject)}."
        )
        for case, value in zip(group, values, strict=True)
    ]


def _words(findings: Sequence[Finding]) -> str:
    return " ".join(f"{_at(finding.place)}{finding.message} {finding.remedy}".strip() for finding in findings)


def _at(place: Place) -> str:
    """Say which case and key of the file."""
    parts = (place.line and f"kasus ke-{place.line}", place.column and f"kunci {place.column}")
    words = ", ".join(part for part in parts if part)
    return f"{words[0].upper()}{words[1:]}: " if words else ""


def written(value: Value) -> str | bool | None:
    """Write a result: numbers as plain decimals, exact up to `DECIMALS`, days as 2026-11-24."""
    if isinstance(value, Fraction):
        whole = (2 * abs(value) * 10**DECIMALS + 1) // 2
        digits = f"{whole:0{DECIMALS + 1}d}"
        plain = f"{digits[:-DECIMALS]}.{digits[-DECIMALS:]}".rstrip("0").rstrip(".")
        return f"-{plain}" if value < 0 and whole else plain
    return value.isoformat() if isinstance(value, date) else value
