"""Judging: rules against the cells of one village, each failure a finding with its place and its figures.

Pure. What cannot be told is a finding, too (`not_evaluated`) and says why. Every task of a programme ends in
exactly one way: it passed, failed, did not concern this village, or could not be evaluated.
"""

import re
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sidara.checks.core.book import RuleBook
from sidara.checks.core.programme import Task, Words, programme
from sidara.expressions import Row, Subject, Tables, missing, record
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import EMPTY, Cell, State
from sidara.kernel.finding import CellPlace, Finding, Severity
from sidara.kernel.period import Period

type CellKey = tuple[str, str, str]
"""Variable, breakdown, period."""
type Cells = Mapping[CellKey, Cell]
NOT_EVALUATED = "Lengkapi isian yang disebut; aturan ini dinilai kembali sesudahnya."


@dataclass(frozen=True, slots=True)
class Context:
    """Where, when and with what is judged.

    `form`: only its rules; empty = all of the period's frequency. `lists`: rows not marked removed; `None` =
    not filled. `tables`: look-up tables, name -> key -> figure. `region` is a code.
    """

    period: Period
    form: str = ""
    region: str = ""
    region_kind: str = ""
    today: date | None = None
    lists: Mapping[str, Sequence[Row] | None] = field(default_factory=dict)
    tables: Tables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CellFinding(Finding):
    """A finding of a check: `place` is where it stands, `cells` are all cells that it names, the own first.

    `rule` is the code of the rule; `figures` are the values of `cells`, as files hold them (`None` = none).
    `row` is the number (from 1) of the row of a list in which it stands, 0 outside lists.
    """

    rule: str = ""
    cells: tuple[CellPlace, ...] = ()
    figures: tuple[str | None, ...] = ()
    row: int = 0

    @property
    def is_blocking(self) -> bool:
        """Whether the form cannot be sent with it."""
        return self.severity is Severity.ERROR

    @property
    def needs_explanation(self) -> bool:
        """Whether the form can be sent only with an explanation."""
        return self.severity is Severity.WARNING


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found, and how many tasks ended in which way; `version` is that of the rule book.

    `passed + failed + not_evaluated + not_concerned` are all tasks.
    """

    findings: tuple[CellFinding, ...] = ()
    passed: int = 0
    not_concerned: int = 0
    version: str = ""

    @property
    def failed(self) -> int:
        """Tasks that did not hold."""
        return len(self.findings) - self.not_evaluated

    @property
    def not_evaluated(self) -> int:
        """Tasks that could not be told."""
        return sum(1 for one in self.findings if one.severity is Severity.NOT_EVALUATED)


def judge(cells: Cells, book: RuleBook, context: Context) -> Judgement:
    """Judge the cells of one village by the rules of a book.

    `cells` holds all that the rules read, also of other forms and periods; what is not there is not filled.
    Gives findings in the order of the rules; those of lists name their row (from 1).
    """
    return together(
        (
            judge_at(task, stand, book)
            for task in programme(book, context.period, context.form)
            for stand in stands(task, cells, context)
        ),
        book.version,
    )


def together(judgements: Iterable[Judgement], version: str) -> Judgement:
    """Put judgements by one version of a rule book together, in their order."""
    found = list(judgements)
    return Judgement(
        tuple(finding for one in found for finding in one.findings),
        sum(one.passed for one in found),
        sum(one.not_concerned for one in found),
        version,
    )


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a task is judged: the village itself, or a row of a list (its number, from 1)."""

    subject: Subject
    context: Context
    row: int = 0


def stands(task: Task, cells: Cells, context: Context) -> Iterator[Stand]:
    """Give where a task is judged: once for the village, or for each row of its list."""
    subject = Subject(
        cells, context.lists, context.today, context.region or None, context.region_kind or None
    )
    if not task.rule.own_list:
        yield Stand(subject, context)
        return
    for number, row in enumerate(context.lists.get(task.rule.own_list) or (), 1):
        keys = {(column, TOTAL, str(context.period)): cell for column, cell in row.items()}
        both = ChainMap(keys, cells)  # type: ignore[arg-type]  # it is only read
        yield Stand(replace(subject, cells=both), context, number)


def judge_at(task: Task, stand: Stand, book: RuleBook) -> Judgement:
    """Judge one task at one place."""
    subject, tables = stand.subject, stand.context.tables
    if task.when is not None:
        asked = task.when.value_of(record(task.when.bound, subject, tables))
        if asked is False:
            return Judgement(not_concerned=1)
        if asked is None:
            return _open(task, stand, book, missing(task.when.bound, subject))
    holds = task.holds.value_of(record(task.holds.bound, subject, tables))
    if holds is True:
        return Judgement(passed=1)
    if holds is False:
        return Judgement((finding(task, stand, book),))
    return _open(task, stand, book, missing(task.holds.bound, subject))


def _open(task: Task, stand: Stand, book: RuleBook, reason: str) -> Judgement:
    """Say why a task could not be told; one at a question that does not concern the village is silent."""
    key = (task.rule.variable, task.breakdown, str(stand.context.period))
    cells = _cells(task, stand, book)
    if stand.subject.cells.get(key, EMPTY).state is State.NOT_APPLICABLE:
        return Judgement(not_concerned=1)
    return Judgement(
        (
            CellFinding(
                task.rule.finding_code,
                f"Tidak dinilai: {named(reason, book)}.",
                NOT_EVALUATED,
                Severity.NOT_EVALUATED,
                place(task.rule.variable, task.breakdown, stand, book),
                rule=task.rule.code,
                cells=cells,
                figures=_figures(cells, stand),
                row=stand.row,
            ),
        )
    )


def finding(task: Task, stand: Stand, book: RuleBook) -> CellFinding:
    """Tell that a task does not hold: words with their figures, the place, the cells it names."""
    message, remedy = (_filled(words, stand) for words in (task.message, task.remedy))
    cells = _cells(task, stand, book)
    figures = _figures(cells, stand)
    return CellFinding(
        task.rule.finding_code,
        message,
        remedy,
        task.rule.severity,
        cells[0],
        figures[0],
        rule=task.rule.code,
        cells=cells,
        figures=figures,
        row=stand.row,
    )


def _filled(words: Words, stand: Stand) -> str:
    """Write a template with its figures for this village."""
    return words.filled(
        tuple(
            part.value_of(record(part.bound, stand.subject, stand.context.tables)) for part, _ in words.parts
        )
    )


def written(cell: Cell) -> str | None:
    """Write the value of a cell as files hold it; `None` where it has none."""
    if cell.state is not State.VALUE or cell.value is None:
        return None
    if isinstance(cell.value, bool):
        return "true" if cell.value else "false"
    return str(cell.value)


def place(variable: str, breakdown: str, stand: Stand, book: RuleBook, period: str = "") -> CellPlace:
    """Say where a cell stands: form, section, row, question, category, period (or its own), region."""
    item = book.items.get(variable)
    return CellPlace(
        form="" if item is None else book.forms.get(item.form, item.form),
        section="" if item is None else item.section,
        row=_row(item.own_list, stand, book) if item is not None and item.own_list and stand.row else "",
        variable=variable,
        label="" if item is None else item.name,
        breakdown=breakdown,
        category=book.words_of(breakdown),
        period=period or str(stand.context.period),
        region=stand.context.region,
    )


def _row(own_list: str, stand: Stand, book: RuleBook) -> str:
    """Name a row: its number, its list, and what stands in the column that names rows."""
    name, column = book.lists.get(own_list, (own_list, ""))
    rows = stand.context.lists.get(own_list) or ()
    cell = rows[stand.row - 1].get(column, EMPTY)
    item = book.items.get(column)
    label = str(cell.value) if cell.state is State.VALUE else ""
    label = item.options.get(label, label) if item is not None else label
    return f"baris {stand.row} {name}" + (f" ({label})" if label else "")


def _cells(task: Task, stand: Stand, book: RuleBook) -> tuple[CellPlace, ...]:
    """Give the places of the cells that a task names, the one of the finding first."""
    now = str(stand.context.period)
    own = place(task.rule.variable, task.breakdown, stand, book, now)
    read = [
        place(slot.variable, slot.breakdown, stand, book, slot.period or now)
        for slot in task.slots
        if not slot.own_list or stand.row
    ]
    return tuple(dict.fromkeys((own, *read)))


def _figures(cells: Sequence[CellPlace], stand: Stand) -> tuple[str | None, ...]:
    known = stand.subject.cells
    return tuple(written(known.get((one.variable, one.breakdown, one.period), EMPTY)) for one in cells)


def named(reason: str, book: RuleBook) -> str:
    """Put names before the codes of a reason: `jumlah penduduk (KEP_001), periode 2025 belum diisi`."""

    def name(code: re.Match[str]) -> str:
        item = book.items.get(code.group())
        return code.group() if item is None else f"{item.name} ({code.group()})"

    return _CODE.sub(name, reason)


_CODE = re.compile(r"\b[A-Z]{3}_\d{3}\b")
