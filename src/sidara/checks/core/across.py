"""A finding that ties several submissions of a village together: what it weighs, and where it opens.

An error holds back sending only while all of them are drafts. Where another one is sent or final it becomes a
warning that asks for an explanation. It opens on each of them, because either may be the wrong one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from sidara.checks.core.book import RuleBook
from sidara.checks.core.judge import CellFinding
from sidara.kernel.finding import CellPlace, Severity


class Stage(StrEnum):
    """How far a submission is."""

    DRAFT = "draf"
    SENT = "terkirim"
    FINAL = "final"


@dataclass(frozen=True, slots=True, order=True)
class Submission:
    """A form of a village at a period, by code and SDMX text."""

    form: str
    period: str


def opened(
    finding: CellFinding, book: RuleBook, stages: Mapping[Submission, Stage]
) -> dict[Submission, CellFinding]:
    """Give the finding as it stands on each submission whose cells it names.

    `stages` of the village's submissions; one that is absent is a draft. Cells of nobody's form (derived
    elsewhere, not in the book) belong to none.
    """
    cells: dict[Submission, CellPlace] = {}
    for cell in finding.cells:
        home = _home(cell, book)
        if home is not None:
            cells.setdefault(home, cell)
    is_held = all(stages.get(one, Stage.DRAFT) is Stage.DRAFT for one in cells)
    severity = finding.severity
    if severity is Severity.ERROR and len(cells) > 1 and not is_held:
        severity = Severity.WARNING
    return {home: replace(finding, severity=severity, place=cell) for home, cell in cells.items()}


def reopened(
    before: Mapping[Submission, tuple[CellFinding, ...]], now: Mapping[Submission, tuple[CellFinding, ...]]
) -> dict[Submission, tuple[CellFinding, ...]]:
    """Give what a later value broke: findings of rules that had none on that submission before."""
    made = {}
    for home, findings in now.items():
        known = {(one.rule, one.place) for one in before.get(home, ())}
        new = tuple(one for one in findings if (one.rule, one.place) not in known)
        if new:
            made[home] = new
    return made


def _home(cell: CellPlace, book: RuleBook) -> Submission | None:
    item = book.items.get(cell.variable)
    return None if item is None or not item.form else Submission(item.form, cell.period)
