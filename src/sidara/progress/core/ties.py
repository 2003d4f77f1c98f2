"""Which forms a change may touch besides its own: those that rules, formulas and conditions tie to it."""

import re
from collections.abc import Iterator, Mapping

from sidara.checks.core import RuleBook
from sidara.dictionary.core import Dictionary

_NAME = re.compile(r"\b[A-Z][A-Z0-9_]*\b")
REACH = 2
"""How many years apart periods may lie of which one is read where the other is judged."""


def linked(book: RuleBook, dictionary: Dictionary) -> Mapping[str, frozenset[str]]:
    """Give, for each form, the forms whose verdict or counts may change with it, itself among them.

    Rather too many than too few: every form that stands in one rule, formula or condition with it, through
    computed variables, too.
    """
    homes = {code: item.form for code, item in book.items.items()}
    homes |= {code: one.form for code, one in dictionary.lists.items()}
    reads = {code: one.formula or "" for code, one in dictionary.variables.items()}
    made: dict[str, set[str]] = {code: {code} for code in dictionary.forms}
    for own, text in _expressions(book, dictionary):
        forms = {own} | {homes[code] for code in _names(text, reads) if code in homes}
        for form in forms & made.keys():
            made[form] |= forms & made.keys()
    return {form: frozenset(forms) for form, forms in made.items()}


def _expressions(book: RuleBook, dictionary: Dictionary) -> Iterator[tuple[str, str]]:
    """Give every expression with the form in which it stands."""
    for rule in book.rules:
        yield rule.form, f"{rule.variable} {rule.holds} {rule.when}"
    for one in dictionary.variables.values():
        yield one.form, f"{one.formula or ''} {one.relevance or ''}"
    for own in dictionary.lists.values():
        for column in own.columns:
            yield own.form, f"{column.formula or ''} {column.relevance or ''}"


def _names(text: str, reads: Mapping[str, str]) -> set[str]:
    """Give the codes that an expression reads, and those that their formulas read."""
    found: set[str] = set()
    left = set(_NAME.findall(text))
    while left:
        code = left.pop()
        found.add(code)
        left |= set(_NAME.findall(reads.get(code, ""))) - found
    return found
