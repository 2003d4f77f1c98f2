"""Reads of `checks`: files of cells judged whole, files of cases with verdicts by one of the pure engines."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from sidara.checks.core import (
    Case,
    Checked,
    Choice,
    Evaluate,
    Kind,
    Read,
    RuleBook,
    Verdict,
    cases_of,
    check_all,
    derived,
    read_rows,
    rule_book,
    verdicts,
)
from sidara.checks.formats import case_file, kinds_file, peers_file
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Dictionary
from sidara.expressions import Bound, Subject, Tables, Value, record, sheet, to_python
from sidara.kernel.actor import Actor, require
from sidara.kernel.finding import Finding
from sidara.kernel.kept import Kept
from sidara.tables import LINE, Reading

EVALUATE = "checks.evaluate"


class Pure(StrEnum):
    """Engines that need nothing but memory."""

    PYTHON = "python"
    POLARS = "polars"


KEPT_BOOKS = 8
"""How many rule books are kept ready, as many as dictionaries are."""
_books: Kept[RuleBook] = Kept(KEPT_BOOKS)


def rules(actor: Actor) -> RuleBook:
    """Give the rule book of the dictionary in force, with the checks that follow from its items."""
    require(actor, EVALUATE)
    return rules_of(actor, dictionary.dictionary(actor))


def rules_of(actor: Actor, made: Dictionary) -> RuleBook:
    """Give the rule book of a dictionary that the caller holds; the same one for the same dictionary."""
    require(actor, dictionary.READ)
    return _books.of(made, None, lambda: _book(made))


def _book(made: Dictionary) -> RuleBook:
    own = rule_book(made)
    return own.with_rules(derived(own, kinds_file.load()))


def kinds(actor: Actor) -> Mapping[str, Kind]:
    """Give the kinds of checks that are made from items and from copies, by code."""
    require(actor, dictionary.READ)
    return kinds_file.load()


def read_cells(actor: Actor, reading: Reading, book: RuleBook) -> Read:
    """Read the cells of a table with the columns of `rows.KNOWN`; rows that cannot be read are rejected."""
    require(actor, EVALUATE)
    if reading.table is None:
        return read_rows((), book)
    frame = reading.table.frame
    return read_rows(((row[LINE], row) for row in frame.iter_rows(named=True)), book)


def check_cells(actor: Actor, read: Read, book: RuleBook, choice: Choice) -> Checked:
    """Judge cells by all checks."""
    require(actor, EVALUATE)
    return check_all(read.cells, book, kinds_file.load(), peers_file.load(), choice)


def read_cases(actor: Actor, content: bytes) -> tuple[list[Case], tuple[Finding, ...]]:
    """Read a file of cases. A case that cannot be judged says so itself; findings refuse the whole file."""
    require(actor, EVALUATE)
    given, findings = case_file.parse(content)
    indices = dictionary.index_classes(actor)
    return cases_of(given, indices), findings


def evaluate(actor: Actor, cases: Sequence[Case], engine: Pure | Evaluate) -> list[Verdict]:
    """Judge cases with a pure engine, or with one that a higher room lends.

    What a table could not hold is refused by every engine alike, so that all give the same answer.
    """
    require(actor, EVALUATE)
    own = _ENGINES[engine] if isinstance(engine, Pure) else engine

    def evaluate_if_tables_hold(bound: Bound, subjects: Sequence[Subject], tables: Tables) -> Sequence[Value]:
        if own is not sheet.evaluate:
            sheet.evaluate(bound, subjects, tables)
        return own(bound, subjects, tables)

    return verdicts(cases, evaluate_if_tables_hold)


def _on_records(bound: Bound, subjects: Sequence[Subject], tables: Tables) -> list[Value]:
    value_of = to_python(bound)
    return [value_of(record(bound, subject, tables)) for subject in subjects]


_ENGINES: Mapping[Pure, Callable[[Bound, Sequence[Subject], Tables], list[Value]]] = {
    Pure.PYTHON: _on_records,
    Pure.POLARS: sheet.evaluate,
}
