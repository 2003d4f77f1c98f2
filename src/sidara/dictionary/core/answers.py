"""The answers of one region: cells and rows of lists, what follows from them, what does not apply.

A cell is keyed (variable, breakdown, period); a list by (list, period), `None` = not filled, no rows =
declared empty. Derived variables are computed by their formula at their own period, never asked.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from sidara.dictionary.core.dictionary import Dictionary
from sidara.dictionary.core.expressions import lists_read, variables_read
from sidara.dictionary.core.things import Column, ListOfRows, Variable
from sidara.dictionary.core.words import Totals, Type
from sidara.expressions import (
    Bound,
    Evaluator,
    Expression,
    Record,
    Row,
    Subject,
    Tables,
    Value,
    bind,
    missing,
    read,
    record,
    to_python,
)
from sidara.kernel import period as periods
from sidara.kernel.breakdown import TOTAL, parts_of
from sidara.kernel.cell import EMPTY, Cell, State
from sidara.kernel.number import rounded
from sidara.kernel.period import Period, last_ended

type Key = tuple[str, str, str]
type Rows = Sequence[Row] | None
NOT_APPLICABLE = Cell(State.NOT_APPLICABLE)


@dataclass(frozen=True)
class Answers:
    """What a region answered, over any periods. Rows that were removed are left out."""

    region: str = ""
    region_kind: str = "desa"
    cells: Mapping[Key, Cell] = field(default_factory=dict)
    lists: Mapping[tuple[str, str], Rows] = field(default_factory=dict)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years that any answer falls in, the earliest first."""
        texts = {key[2] for key in self.cells} | {key[1] for key in self.lists}
        found = {period.year for text in texts if (period := periods.parse(text)) is not None}
        return tuple(sorted(found))


class Reader:
    """Reads answers with a dictionary: expressions are read once, and bound once for each period.

    Threads may share one: two may bind the same at once, and the first that is kept stays.
    """

    def __init__(self, dictionary: Dictionary, tables: Mapping[int, Tables] | None = None) -> None:
        """Take the dictionary; `tables` are look-up tables by year (else those of the dictionary)."""
        self.dictionary = dictionary
        self.words = dictionary.vocabulary
        self._tables = tables
        self._read: dict[tuple[str, str | None], Expression] = {}
        self._bound: dict[tuple[str, str, str | None, tuple[str, str] | None], Bound] = {}
        self._functions: dict[int, tuple[Bound, Evaluator]] = {}
        self._last: dict[date, tuple[tuple[str, tuple[str, str]], ...]] = {}

    def expression(self, text: str, own_list: str | None = None) -> Expression:
        """Read an expression; refuses (`ExpressionFault`) as `expressions.read` does."""
        key = text, own_list
        if key not in self._read:
            self._read[key] = read(text, self.words, own_list=own_list)
        return self._read[key]

    def bound(
        self, text: str, at: Period, own_list: str | None = None, category: tuple[str, str] | None = None
    ) -> Bound:
        """Bind an expression to a period, with the parameters of its year."""
        key = text, str(at), own_list, category
        if key not in self._bound:
            params = {code: one.value(at.year) for code, one in self.dictionary.parameters.items()}
            made = bind(
                self.expression(text, own_list),
                self.words,
                at,
                params=params,
                own_list=own_list,
                category=category,
            )
            self._bound.setdefault(key, made)
        return self._bound[key]

    def of(self, bound: Bound, filled: Record) -> Value:
        """Evaluate what `bound` gave on a record; its function is made once."""
        kept = self._functions.get(id(bound))
        if kept is None:  # what is bound is held with its function, so that nothing else gets its id
            kept = self._functions[id(bound)] = bound, to_python(bound)
        return kept[1](filled)

    @cached_property
    def rollups(self) -> Mapping[str, tuple[Variable, ...]]:
        """The derived variables that roll up a list and read nothing else, by the code of the list."""
        made: dict[str, tuple[Variable, ...]] = {}
        for one in self.dictionary.variables.values():
            if name := rolls_up(self, one):
                made[name] = (*made.get(name, ()), one)
        return made

    @cached_property
    def order(self) -> tuple[Variable, ...]:
        """The derived variables, each after those that its formula reads."""
        return tuple(_in_order(self))

    def tables(self, year: int) -> Tables:
        """Give the look-up tables of a year."""
        if self._tables is not None:
            return self._tables.get(year, {})
        return {
            code: {row.region: Fraction(row.value) for row in one.rows if row.year == year}
            for code, one in self.dictionary.tables.items()
        }

    def subject(self, answers: Answers, at: Period, today: date | None = None) -> Subject:
        """Give what is judged at a period: lists are read at their last period that ended by then."""
        if at.last_day not in self._last:
            self._last[at.last_day] = tuple(
                (code, (code, str(last_ended(self._span(code), at.last_day))))
                for code in self.dictionary.lists
            )
        lists = {code: answers.lists.get(key) for code, key in self._last[at.last_day]}
        return Subject(answers.cells, lists, today, answers.region, answers.region_kind)

    def _span(self, list_code: str) -> periods.Frequency:
        form = self.dictionary.forms[self.dictionary.lists[list_code].form]
        return form.frequency.span

    def value(self, answers: Answers, text: str, at: Period, today: date | None = None) -> Value:
        """Evaluate an expression at a period; `None` = not evaluated."""
        bound = self.bound(text, at)
        return self.of(bound, record(bound, self.subject(answers, at, today), self.tables(at.year)))

    def reading(self, answers: Answers, code: str, at: Period, breakdown: str = TOTAL) -> tuple[Value, str]:
        """Read a variable at any frequency: value, and why there is none.

        A stock is its last period that ended by the end of the asked one, a flow the sum of its periods
        inside (differences where it runs from January), anything else is not evaluated.
        """
        text = code
        if breakdown != TOTAL:
            ((classification, part),) = parts_of(breakdown)
            text = f"part({code}, '{classification}', '{part}')"
        bound = self.bound(text, at)
        subject = self.subject(answers, at)
        value = self.of(bound, record(bound, subject, self.tables(at.year)))
        return value, "" if value is not None else missing(bound, subject)

    def relevance(self, answers: Answers, variable: Variable, at: Period) -> dict[str, bool | None]:
        """Say whether a variable applies: by breakdown where its condition is about the same categories."""
        breakdowns = self.dictionary.breakdowns(variable) or (TOTAL,)
        if not variable.relevance:
            return dict.fromkeys(breakdowns, True)
        shared = self.shared(variable)
        subject, tables = self.subject(answers, at), self.tables(at.year)
        made: dict[str, bool | None] = {}
        for breakdown in breakdowns:
            parts = dict(parts_of(breakdown))
            category = (shared, parts[shared]) if shared in parts else None
            bound = self.bound(variable.relevance, at, None, category)
            value = self.of(bound, record(bound, subject, tables))
            made[breakdown] = value if isinstance(value, bool) else None
        return made

    def shared(self, variable: Variable) -> str:
        """Give the classification without total that a variable shares with what its relevance reads."""
        if variable.parts is not Totals.WITHOUT:
            return ""
        names = variables_read(self.expression(variable.relevance), self.words)
        read_by = {
            name
            for code in names
            if self.dictionary.variables[code].parts is Totals.WITHOUT
            for name in self.dictionary.variables[code].classifications
        }
        return next((name for name in variable.classifications if name in read_by), "")

    def column_relevance(
        self, answers: Answers, column: Column, list_code: str, row: Row, at: Period
    ) -> bool:
        """Say whether a column applies to a row; what cannot be told does not hide it."""
        if not column.relevance:
            return True
        return self.row_value(answers, column.relevance, list_code, row, at) is not False

    def row_value(  # noqa: PLR0913, PLR0917 - a row and where it stands
        self, answers: Answers, text: str, list_code: str, row: Row, at: Period, today: date | None = None
    ) -> Value:
        """Evaluate an expression in a row of a list."""
        bound = self.bound(text, at, list_code)
        subject = self.subject(answers, at, today)
        own = {(code, TOTAL, str(at)): cell for code, cell in row.items()}
        inside = replace(subject, cells={**answers.cells, **own})
        return self.of(bound, record(bound, inside, self.tables(at.year)))


def derived(reader: Reader, answers: Answers) -> Answers:
    """Add every derived cell that can be computed, in all years of the answers; columns of rows first.

    The total of parts that add up is their sum where it was not given.
    """
    made = replace(answers, lists=dict(_with_columns(reader, answers)))
    cells = dict(answers.cells)
    cells |= _totals(reader, answers)
    made = replace(made, cells=cells)
    for variable in reader.order:
        form = reader.dictionary.forms.get(variable.form)
        if form is None:
            continue
        for year in answers.years:
            for at in periods.year(year).parts(form.frequency.span):
                cells |= _derived_at(reader, made, variable, at)
    return made


def _totals(reader: Reader, answers: Answers) -> dict[Key, Cell]:
    made: dict[Key, Cell] = {}
    for one in reader.dictionary.variables.values():
        if not one.is_asked or not one.is_number or one.parts is not Totals.EQUAL:
            continue
        span = reader.dictionary.forms[one.form].frequency.span
        for at in (at for year in answers.years for at in periods.year(year).parts(span)):
            key = one.code, TOTAL, str(at)
            if answers.cells.get(key, EMPTY).state is State.EMPTY:
                made[key] = _cell(one, reader.value(answers, total_of(one), at))
    return {key: cell for key, cell in made.items() if cell.state is State.VALUE}


def total_of(one: Variable) -> str:
    """Write the sum of the parts of a variable as an expression."""
    return f"sum_of({one.code}, '{one.classifications[0]}')"


def skipped(reader: Reader, answers: Answers, form: str, at: Period) -> Answers:
    """Say `tidak_berlaku` of what a form does not ask of this region, where nothing was filled in."""
    cells = dict(answers.cells)
    for one in reader.dictionary.variables_of(form):
        if one.relevance and one.is_asked:
            for breakdown, applies in reader.relevance(answers, one, at).items():
                key = one.code, breakdown, str(at)
                if applies is False and cells.get(key, EMPTY).state is State.EMPTY:
                    cells[key] = NOT_APPLICABLE
    lists = dict(answers.lists)
    for own in reader.dictionary.lists_of(form):
        rows = lists.get((own.code, str(at)))
        if rows is not None:
            lists[own.code, str(at)] = [_skipped_row(reader, answers, own, row, at) for row in rows]
    return replace(answers, cells=cells, lists=lists)


def _skipped_row(reader: Reader, answers: Answers, own: ListOfRows, row: Row, at: Period) -> Row:
    return dict(row) | {
        column.code: NOT_APPLICABLE
        for column in own.columns
        if row.get(column.code, EMPTY).state is State.EMPTY
        and not reader.column_relevance(answers, column, own.code, row, at)
    }


def computed(
    reader: Reader, answers: Answers, wanted: Sequence[tuple[str, Period]]
) -> dict[tuple[str, str], Cell]:
    """Compute the totals of some variables at their periods, each after those that it reads.

    One that is asked is the sum of its parts, where it was not given.
    """
    made = replace(answers, lists=dict(_with_columns(reader, answers)))
    cells = dict(answers.cells)
    made = replace(made, cells=cells)
    found: dict[tuple[str, str], Cell] = {}
    for code, at in wanted:
        variable = reader.dictionary.variables[code]
        if variable.is_asked and cells.get((code, TOTAL, str(at)), EMPTY).state is not State.EMPTY:
            continue
        text = total_of(variable) if variable.is_asked else variable.formula
        cell = _cell(variable, reader.value(made, text, at))
        if cell.state is State.VALUE:
            cells[code, TOTAL, str(at)] = found[code, str(at)] = cell
    return found


def rolled_up(reader: Reader, answers: Answers, wanted: Sequence[Variable], at: Period) -> dict[Key, Cell]:
    """Compute what rolls lists up at a period, by category where a variable is broken down by one.

    Each of the cells of `wanted` is given: one of a list that is not filled is empty, one of a list that was
    declared empty counts 0.
    """
    made = replace(answers, lists=dict(_with_columns(reader, answers)))
    cells: dict[Key, Cell] = {}
    for variable in wanted:
        parts = reader.dictionary.breakdowns(variable) if variable.rows_by else ()
        cells |= {(variable.code, part, str(at)): EMPTY for part in (TOTAL, *parts)}
        cells |= _derived_at(reader, made, variable, at)
    return cells


def rolls_up(reader: Reader, variable: Variable) -> str:
    """Give the list of its own form that a derived variable rolls up, where it reads nothing else.

    Then its value follows from the rows alone. Empty for any other variable.
    """
    if variable.is_asked or not variable.formula:
        return ""
    expression = reader.expression(variable.formula)
    own = {one.code: one for one in reader.dictionary.lists_of(variable.form)}
    names = lists_read(expression)
    if len(names) != 1 or names[0] not in own or variables_read(expression, reader.words):
        return ""
    columns = (column.formula for column in own[names[0]].columns if column.formula)
    is_apart = all(
        not variables_read(made, reader.words, names[0]) and not lists_read(made)
        for made in (reader.expression(text, names[0]) for text in columns)
    )
    return names[0] if is_apart else ""


def _with_columns(reader: Reader, answers: Answers) -> Iterator[tuple[tuple[str, str], Rows]]:
    for (code, when), rows in answers.lists.items():
        one, at = reader.dictionary.lists.get(code), periods.parse(when)
        if one is None or at is None or rows is None:
            yield (code, when), rows
            continue
        filled: list[Row] = []
        for row in rows:
            made = dict(row)
            for column in one.columns:
                if column.formula:
                    made[column.code] = _cell(
                        column, reader.row_value(answers, column.formula, code, made, at)
                    )
            filled.append(made)
        yield (code, when), filled


def _in_order(reader: Reader) -> list[Variable]:
    """Put derived variables so that each comes after those that its formula reads."""
    left = {one.code: one for one in reader.dictionary.variables.values() if one.formula}
    needs = {
        code: set(variables_read(reader.expression(one.formula), reader.words)) & set(left)
        for code, one in left.items()
    }
    order: list[Variable] = []
    while ready := [code for code in left if not needs[code] & set(left)]:
        order += [left.pop(code) for code in ready]
    return order


def _derived_at(reader: Reader, answers: Answers, variable: Variable, at: Period) -> dict[Key, Cell]:
    value = reader.value(answers, variable.formula, at)
    made = {(variable.code, TOTAL, str(at)): _cell(variable, value)}
    for breakdown in reader.dictionary.breakdowns(variable) if variable.rows_by else ():
        ((_, code),) = parts_of(breakdown)
        part = reader.value(_only(reader, answers, variable, code), variable.formula, at)
        made[variable.code, breakdown, str(at)] = _cell(variable, part)
    return {key: cell for key, cell in made.items() if cell.state is State.VALUE}


def _only(reader: Reader, answers: Answers, variable: Variable, code: str) -> Answers:
    """Keep the rows of one category of the list by which a variable is broken down."""
    names = lists_read(reader.expression(variable.formula))

    def is_kept(row: Row) -> bool:
        return row.get(variable.rows_by, EMPTY).value == code

    lists = {
        key: [row for row in rows if is_kept(row)] if rows is not None and key[0] in names else rows
        for key, rows in answers.lists.items()
    }
    return replace(answers, lists=lists)


def _cell(asked: Variable | Column, value: Value) -> Cell:
    """Store a computed value as the variable's type has it; null is not stored."""
    if value is None:
        return EMPTY
    if isinstance(value, Fraction):
        value_decimal = rounded(value, asked.decimals or 0)
        return Cell(State.VALUE, value_decimal)
    return Cell(State.VALUE, value)


def typed(dictionary: Dictionary, asked: Variable | Column, text: str) -> Decimal | str | bool | date | None:
    """Read the text of a value by its type; `None` when it is none.

    Numbers are plain decimals with a point, truths `true`/`false` (or `ya`/`tidak`), days `2026-11-24`,
    several options stand apart by one blank.
    """
    if asked.type is Type.YES_NO:
        return {"true": True, "ya": True, "false": False, "tidak": False}.get(text)
    if asked.is_number:
        return _number(asked, text)
    if asked.type is Type.DATE:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    if asked.is_choice:
        codes = {option.code for option in dictionary.options_of(asked)}
        chosen = [text] if asked.type is Type.CHOICE else text.split(" ")
        return text if set(chosen) <= codes and len(set(chosen)) == len(chosen) else None
    return text or None


def _number(asked: Variable | Column, text: str) -> Decimal | None:
    digits = text.removeprefix("-")
    whole, point, behind = digits.partition(".")
    if not whole.isascii() or not whole.isdigit() or (point and not (behind.isascii() and behind.isdigit())):
        return None
    if len(behind) > (asked.decimals or 0) or len(whole) + len(behind) > 18:
        return None
    return Decimal(text)
