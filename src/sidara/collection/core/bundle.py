"""The bundle of a form: everything with which a device fills it in and judges it by itself, as plain JSON.

Two halves. *Asked* is the same for all villages: the form at its version, bound to a period: sections,
questions, lists, relevance, what is derived, the rules as programs. `wanted` says which cells and lists
of which periods these read; *held* are those of one village, with its submission as it stands.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sidara.checks.core import Item, RuleBook, Task, programme
from sidara.collection.core.answering import Asking
from sidara.collection.core.programs import Part, Pool
from sidara.dictionary.core import Column, Reader, Variable, total_of
from sidara.dictionary.core.words import AppliesTo, Totals
from sidara.expressions import Bound
from sidara.kernel import period as periods
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.period import Period, last_ended

FORMAT = 1
"""The number of this shape; a device refuses one that it does not know."""
_CODE = re.compile(r"\b[A-Z]{3}_\d{3}\b")
type CellKey = tuple[str, str, str]
"""Variable, breakdown, period."""


@dataclass(frozen=True)
class Asked:
    """What is asked, as JSON takes it, and the cells and lists (with their period) that a device reads."""

    body: Mapping[str, Any]
    cells: frozenset[CellKey]
    lists: frozenset[tuple[str, str]]


def asked(asking: Asking, book: RuleBook, period: Period) -> Asked:
    """Write a form at a period for the device."""
    return _Writer(asking, book, period).asked()


@dataclass
class _Writer:
    asking: Asking
    book: RuleBook
    period: Period
    pool: Pool = field(default_factory=Pool)
    derived: dict[CellKey, dict[str, Any]] = field(default_factory=dict)
    lists: dict[tuple[str, str], None] = field(default_factory=dict)
    read_at: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make the reader of the dictionary."""
        self.reader = Reader(self.asking.dictionary)

    def asked(self) -> Asked:
        """Write everything; what is derived comes last, for it depends on what was read before."""
        form = self.asking.questionnaire.form
        questions = {code: self._question(one) for code, one in self.asking.variables.items()}
        lists = {one.code: self._list(one.code) for one in self.asking.lists.values()}
        tasks = [self._task(one) for one in programme(self.book, self.period, form.code)]
        own = [
            (code, breakdown, str(self.period))
            for code, one in self.asking.variables.items()
            for breakdown in (*self.asking.breakdowns[code], TOTAL)
            if not one.is_asked or one.parts is Totals.EQUAL
        ]
        self._close(own)
        rows = self._rows()
        self._close(())
        read = self._cells()
        used = {key[0] for key in read} | set(questions) | {task["a"] for task in tasks} | self._columns()
        body = {
            "format": FORMAT,
            "form": form.code,
            "name": form.topic,
            "hint": form.hint,
            "frequency": form.frequency.value,
            "number": self.asking.number,
            "version": self.asking.version,
            "rules": self.book.version,
            "period": str(self.period),
            "before": str(self.period.preceding),
            "sections": [
                {"name": name, "questions": [one.code for one in variables]}
                for name, variables in self.asking.questionnaire.sections
            ],
            "questions": questions,
            "lists": lists,
            "classifications": self._classifications(),
            "items": {code: self._item(code) for code in sorted(used) if code in self.book.items},
            "forms": dict(self.book.forms),
            "list_names": {code: list(names) for code, names in self.book.lists.items()},
            "list_periods": self.read_at,
            "rows": rows,
            "derived": list(self.derived.values()),
            "tasks": tasks,
            **self.pool.written(),
        }
        return Asked(body, frozenset(read), frozenset(self.lists))

    def _cells(self) -> set[CellKey]:
        """Give the cells that are read, and the form's own of this period and of the one before."""
        made = {(slot.variable, slot.breakdown, slot.period) for slot in self.pool.slots if not slot.own_list}
        for code in self.asking.variables:
            for breakdown in (*self.asking.breakdowns[code], TOTAL):
                made |= {(code, breakdown, str(at)) for at in (self.period, self.period.preceding)}
        return made

    def _columns(self) -> set[str]:
        """Give the codes of columns that are shown, read or named in a note."""
        noted = {code for note in self.pool.notes for code in _CODE.findall(note)}
        read = {slot.variable for slot in self.pool.slots if slot.variable in self.asking.dictionary.columns}
        labels = {self.book.lists[slot.own_list][1] for slot in self.pool.slots if slot.own_list}
        return read | labels | noted | set(self.asking.columns)

    def _part(self, bound: Bound, at: Period | None = None) -> Part:
        """Write a bound expression; notes at which period it reads each list."""
        at = at or self.period
        for name in bound.lists:
            self._reads_list(name, at)
        return self.pool.part(bound)

    def _reads_list(self, name: str, at: Period) -> None:
        form = self.asking.dictionary.forms[self.asking.dictionary.lists[name].form]
        when = str(last_ended(form.frequency.span, at.last_day))
        self.lists[name, when] = None
        self.read_at.setdefault(str(at), {})[name] = when

    def _question(self, one: Variable) -> dict[str, Any]:
        made = self._told(one) | {
            "breakdowns": list(self.asking.breakdowns[one.code]),
            "by": one.classifications[0] if one.classifications else "",
            "total": one.parts is Totals.EQUAL,
            "concept": one.concept,
            "date": one.reference_date.words,
            "villages": one.applies_to is AppliesTo.VILLAGES,
        }
        if one.relevance:
            made["relevance"] = self._relevance(one)
        return made

    def _relevance(self, one: Variable) -> dict[str, Part]:
        """Write when a question applies: once, or by category where its condition is about the same ones."""
        shared = self.reader.shared(one)
        if not shared:
            return {"": self._part(self.reader.bound(one.relevance, self.period))}
        return {
            breakdown: self._part(
                self.reader.bound(one.relevance, self.period, None, (shared, breakdown.partition(":")[2]))
            )
            for breakdown in self.asking.breakdowns[one.code]
        }

    def _told(self, one: Variable | Column) -> dict[str, Any]:
        """Write what a question or a column says to people; what is empty is left out."""
        options = self.asking.dictionary.options_of(one)
        made = {
            "name": one.name,
            "question": one.question,
            "definition": one.definition,
            "reason": one.reason,
            "example": one.example,
            "evidence": one.evidence,
            "unit": one.unit,
            "type": one.type.value,
            "decimals": one.decimals or 0,
            "required": one.is_required,
            "derived": not one.is_asked,
            "options": [[option.code, option.label] for option in options],
        }
        return {key: value for key, value in made.items() if value not in ("", 0, False, [])}

    def _list(self, code: str) -> dict[str, Any]:
        one = self.asking.lists[code]
        self._reads_list(code, self.period)
        self.lists[code, str(self.period.preceding)] = None
        return {
            "name": one.name,
            "hint": one.hint,
            "villages": one.applies_to is AppliesTo.VILLAGES,
            "required": one.is_required,
            "label": one.label,
            "columns": {column.code: self._column(column, code) for column in one.columns},
        }

    def _column(self, column: Column, code: str) -> dict[str, Any]:
        made = self._told(column)
        if column.relevance:
            made["relevance"] = self._part(self.reader.bound(column.relevance, self.period, code))
        return made

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        """Write the columns that are computed in each row of the lists that are read, by list and period."""
        made: dict[str, list[dict[str, Any]]] = {}
        for code, when in list(self.lists):
            at = periods.parse(when)
            for column in self.asking.dictionary.lists[code].columns if at else ():
                if column.formula and at:
                    part = self._part(self.reader.bound(column.formula, at, code), at)
                    told = {"a": column.code, "at": when, "d": column.decimals or 0, "h": part}
                    made.setdefault(f"{code}@{when}", []).append(told)
        return made

    def _classifications(self) -> dict[str, Any]:
        used = {name for one in self.asking.variables.values() for name in one.classifications}
        used |= {slot.breakdown.partition(":")[0] for slot in self.pool.slots if slot.breakdown != TOTAL}
        return {
            name: {"name": self.book.names.get(name, name), "labels": dict(self.book.classifications[name])}
            for name in sorted(used)
        }

    def _item(self, code: str) -> dict[str, Any]:
        """Write what findings say of a cell: name, form, section, type, unit; decimals, list, options."""
        item = self.book.items[code]
        made = {"n": item.name, "f": item.form, "s": item.section, "t": item.type.value, "u": item.unit}
        more: dict[str, Any] = {"d": item.decimals, "l": item.own_list, "o": dict(item.options)}
        return made | {name: value for name, value in more.items() if value}

    def _task(self, task: Task) -> dict[str, Any]:
        rule = task.rule
        made: dict[str, Any] = {
            "c": rule.code,
            "k": rule.finding_code,
            "v": rule.severity.value,
            "a": rule.variable,
            "b": "" if task.breakdown == TOTAL else task.breakdown,
            "l": rule.own_list,
            "w": self._part(task.when.bound) if task.when else None,
            "h": self._part(task.holds.bound),
        }
        for name, words in (("m", task.message), ("r", task.remedy)):
            shown = [[self._part(part.bound), _shown_as(item)] for part, item in words.parts]
            made[name] = [list(words.texts), shown] if shown else words.texts[0]
        return {name: value for name, value in made.items() if value not in ("", None)}

    def _close(self, wanted: Iterable[CellKey]) -> None:
        """Write all derived cells that are read, each after those that it needs itself."""
        for key in wanted:
            self._derive(key)
        done = 0
        while done < len(self.pool.slots):
            slot = self.pool.slots[done]
            done += 1
            if not slot.own_list:
                self._derive((slot.variable, slot.breakdown, slot.period))

    def _derive(self, key: CellKey) -> None:
        code, breakdown, when = key
        one, at = self.asking.dictionary.variables.get(code), periods.parse(when)
        if one is None or at is None or key in self.derived:
            return
        for bound, more in self._formula(one, breakdown, at):
            for slot in bound.slots:
                if not slot.own_list:
                    self._derive((slot.variable, slot.breakdown, slot.period))
            self.derived[key] = {
                "a": code,
                "b": "" if breakdown == TOTAL else breakdown,
                "at": when,
                "d": one.decimals or 0,
                "h": self._part(bound, at),
                **more,
            }

    def _formula(self, one: Variable, breakdown: str, at: Period) -> Iterator[tuple[Bound, dict[str, Any]]]:
        """Give how a derived cell, or the total of parts, is computed; nothing for any other."""
        if one.formula and breakdown == TOTAL:
            yield self.reader.bound(one.formula, at), {}
        elif one.formula and one.rows_by:
            yield self.reader.bound(one.formula, at), {"by": [one.rows_by, breakdown.partition(":")[2]]}
        elif one.is_asked and breakdown == TOTAL and one.parts is Totals.EQUAL and one.is_number:
            yield self.reader.bound(total_of(one), at), {"sum": True}


def _shown_as(item: Item | None) -> str:
    """Name the item as which a figure is shown."""
    return "" if item is None else item.code
