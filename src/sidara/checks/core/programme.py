"""Rules made ready for a period: read, bound, compiled; once for all villages.

A rule with a category becomes one *task* for each category. A task knows the cells it names, by key.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from sidara.checks.core import figures
from sidara.checks.core.book import Item, Rule, RuleBook
from sidara.expressions import Bound, Expression, ExpressionFault, Slot, Value, bind, read, to_python
from sidara.expressions.record import Evaluator
from sidara.kernel.breakdown import TOTAL, breakdown_of, parts_of
from sidara.kernel.finding import Finding
from sidara.kernel.period import Frequency, Period, containing

_FIGURE = re.compile(r"\{([^{}]*)\}")
_CODE = re.compile(r"[A-Z]{3}_\d{3}")
YEAR_UNIT = "tahun"
"""The unit of items that are years: never grouped."""
KEPT = 128
"""How many programmes are kept ready, about 1 MB each: those of a year are 82."""


@dataclass(frozen=True, slots=True)
class Part:
    """An expression that is bound and compiled."""

    bound: Bound
    value_of: Evaluator


@dataclass(frozen=True, slots=True)
class Words:
    """A template: texts and, between them, figures with the item as which they are shown."""

    texts: tuple[str, ...]
    parts: tuple[tuple[Part, Item | None], ...]

    def filled(self, values: tuple[Value, ...]) -> str:
        """Write the template with the values of its figures."""
        shown = [_shown(value, item) for value, (_, item) in zip(values, self.parts, strict=True)]
        return "".join(text + figure for text, figure in zip(self.texts, [*shown, ""], strict=True))


def _shown(value: Value, item: Item | None) -> str:
    if item is not None and item.unit == YEAR_UNIT and item.type.is_number:
        return figures.year(value)
    return figures.figure(value, item)


@dataclass(frozen=True)
class Task:
    """A rule at a period and, where it has one, in one category (classification, code)."""

    rule: Rule
    category: tuple[str, str] | None
    when: Part | None
    holds: Part
    message: Words
    remedy: Words

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """The cells that it names: those of what must hold, and of when it is judged."""
        when = self.when.bound.slots if self.when else ()
        return tuple(dict.fromkeys((*self.holds.bound.slots, *when)))

    @property
    def breakdown(self) -> str:
        """The breakdown of the cell at which its finding stands."""
        return breakdown_of([self.category]) if self.category else self.rule.breakdown


@lru_cache(maxsize=KEPT)
def programme(book: RuleBook, period: Period, form: str = "") -> tuple[Task, ...]:
    """Make the rules of a form (of all forms where it is empty) ready for a period of their frequency."""
    return tuple(
        task
        for rule in book.rules_of(form)
        if rule.frequency is period.frequency
        for task in tasks(book, rule, period)
    )


def faults(book: RuleBook) -> tuple[Finding, ...]:
    """Say which rules cannot be read, with the rule's code before each message."""
    found = []
    for rule in book.rules:
        try:
            _Reading(book, rule).all()
        except ExpressionFault as fault:
            found += [
                Finding(one.code, f"{rule.code}: {one.message}", one.remedy, one.severity, value=one.value)
                for one in fault.findings
            ]
    return tuple(found)


def tasks(book: RuleBook, rule: Rule, period: Period) -> list[Task]:
    """Make one rule ready for a period: a task, or one for each category."""
    reading = _Reading(book, rule)
    categories: list[tuple[str, str] | None] = [None]
    if rule.category:
        categories = [(rule.category, code) for code in book.classifications[rule.category]]
    return [reading.task(period, category) for category in categories]


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads and binds the expressions of one rule."""

    book: RuleBook
    rule: Rule

    def all(self) -> None:
        """Read everything, at any period, to see whether it can be read."""
        period = _ANY[self.rule.frequency]
        category = None
        if self.rule.category:
            codes = self.book.classifications.get(self.rule.category, {})
            category = (self.rule.category, next(iter(codes), ""))
        self.task(period, category)

    def task(self, period: Period, category: tuple[str, str] | None) -> Task:
        rule = self.rule
        return Task(
            rule,
            category,
            self.part(rule.when, period, category) if rule.when else None,
            self.part(rule.holds, period, category),
            self.words(rule.message, period, category),
            self.words(rule.remedy, period, category),
        )

    def part(self, text: str, period: Period, category: tuple[str, str] | None) -> Part:
        bound = bind(
            _read(self.book, text, self.rule.own_list),
            self.book.vocabulary,
            period,
            params=self.book.params.get(period.year, {}),
            own_list=self.rule.own_list or None,
            category=category,
        )
        return Part(bound, to_python(bound))

    def words(self, template: str, period: Period, category: tuple[str, str] | None) -> Words:
        pieces = _FIGURE.split(template)
        found = [(self.part(text, period, category), _item(self.book.items, text)) for text in pieces[1::2]]
        return Words(tuple(pieces[::2]), tuple(found))


@lru_cache(maxsize=4096)
def _read(book: RuleBook, text: str, own_list: str) -> Expression:
    return read(text, book.vocabulary, own_list=own_list or None)


def _item(items: Mapping[str, Item], text: str) -> Item | None:
    """Give the item as which a figure is shown: the first that its expression names."""
    code = _CODE.search(text)
    return items.get(code.group()) if code else None


_ANY = {frequency: containing(frequency, date(2026, 7, 1)) for frequency in Frequency}
"""A period of each frequency, to see whether a rule can be bound at all."""


def part_of(book: RuleBook, text: str, period: Period, breakdown: str = TOTAL) -> Bound:
    """Bind an expression of a book at a period, in the category of a breakdown (`KLAS:code`)."""
    return bind(
        _read(book, text, ""),
        book.vocabulary,
        period,
        params=book.params.get(period.year, {}),
        category=next(iter(parts_of(breakdown)), None),
    )
