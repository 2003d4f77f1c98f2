"""The rule book of a dictionary: its variables and columns as items, its rules with message and remedy apart.

The part of a message behind its last semicolon says how to mend it, and becomes the remedy.
"""

from collections.abc import Iterator

from sidara.checks.core.book import Item, Rule, RuleBook, Type
from sidara.dictionary.core import Column, Dictionary, Variable, time_of
from sidara.dictionary.core import Rule as Written
from sidara.dictionary.core.words import Totals
from sidara.expressions import Time
from sidara.kernel.period import Frequency


def rule_book(dictionary: Dictionary) -> RuleBook:
    """Give the items and the rules of a dictionary, without the checks that follow from the items."""
    items = {item.code: item for item in (*_variables(dictionary), *_columns(dictionary))}
    figures = {
        (figure.year, code): figure.value
        for code, parameter in dictionary.parameters.items()
        for figure in parameter.figures
    }
    years = sorted({year for year, _ in figures})
    return RuleBook(
        items,
        tuple(_rule(one, items[asked.code], own_list) for asked, one, own_list in dictionary.rules()),
        {
            code: {one.code: one.label for one in classification.categories}
            for code, classification in dictionary.classifications.items()
        },
        {code: classification.name for code, classification in dictionary.classifications.items()},
        {code: form.name for code, form in dictionary.forms.items()},
        {code: (one.name.lower(), one.label) for code, one in dictionary.lists.items()},
        {year: {code: value for (at, code), value in figures.items() if at == year} for year in years},
        frozenset(dictionary.tables),
        dictionary.indices,
    )


def _variables(dictionary: Dictionary) -> Iterator[Item]:
    for one in dictionary.variables.values():
        form = dictionary.forms[one.form]
        sections = {code: section.name for section in form.sections for code in section.variables}
        limits = one.range
        yield Item(
            one.code,
            one.name,
            Type(one.type.value),
            one.form,
            sections.get(one.code, one.concept),
            one.unit,
            one.decimals or 0,
            form.frequency.span,
            time_of(one),
            one.adds_up,
            _options(dictionary, one),
            one.classifications,
            one.parts is Totals.EQUAL,
            limits.minimum if limits else None,
            limits.maximum if limits else None,
            limits.above if limits else None,
            one.part_of.variable if one.part_of else "",
            one.relevance,
            one.is_required,
            not one.is_asked,
        )


def _columns(dictionary: Dictionary) -> Iterator[Item]:
    for own_list, one in dictionary.columns.values():
        limits = one.range
        yield Item(
            one.code,
            one.name,
            Type(one.type.value),
            own_list.form,
            "",
            one.unit,
            one.decimals or 0,
            _frequency(dictionary, own_list.form),
            Time.STOCK,
            Type(one.type.value) in {Type.INTEGER, Type.MONEY},
            _options(dictionary, one),
            minimum=limits.minimum if limits else None,
            maximum=limits.maximum if limits else None,
            above=limits.above if limits else None,
            relevance=one.relevance,
            is_required=one.is_required,
            is_derived=not one.is_asked,
            own_list=own_list.code,
        )


def _frequency(dictionary: Dictionary, form: str) -> Frequency:
    return dictionary.forms[form].frequency.span


def _options(dictionary: Dictionary, asked: Variable | Column) -> dict[str, str]:
    return {option.code: option.label for option in dictionary.options_of(asked)}


def _rule(written: Written, home: Item, own_list: str | None) -> Rule:
    message, _, remedy = written.message.rpartition("; ")
    return Rule(
        written.code,
        written.severity.severity,
        written.holds,
        f"{message}." if message else written.message,
        home.code,
        remedy[:1].upper() + remedy[1:] if message else "",
        written.when,
        home.form,
        home.frequency,
        written.for_each,
        own_list=own_list or "",
    )
