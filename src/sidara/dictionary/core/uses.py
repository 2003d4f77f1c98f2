"""What reads what: the elements behind an input of an index, an indicator, a report, a rule; both ways."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sidara.dictionary.core.dictionary import Dictionary
from sidara.dictionary.core.expressions import Role, Written, readings, variables_read, written
from sidara.dictionary.core.words import Thing
from sidara.expressions import ExpressionFault, read


@dataclass(frozen=True)
class FedInput:
    """An input that a variable feeds: of which feed, for which items, by which expression."""

    feed: str
    target: str
    input: str
    items: tuple[str, ...]
    expression: str


@dataclass(frozen=True)
class Uses:
    """Who reads a variable. `rules`, `relevances` and `formulas` are codes of other entries."""

    inputs: tuple[FedInput, ...] = ()
    indicators: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    relevances: tuple[str, ...] = ()
    formulas: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()


@dataclass
class _Open:
    inputs: list[FedInput] = field(default_factory=list)
    indicators: dict[str, None] = field(default_factory=dict)
    rules: dict[str, None] = field(default_factory=dict)
    relevances: dict[str, None] = field(default_factory=dict)
    formulas: dict[str, None] = field(default_factory=dict)


def uses(dictionary: Dictionary) -> Mapping[str, Uses]:
    """Say of every variable who reads it. A report is a source with a place: `podes:R301`."""
    found = {code: _Open() for code in dictionary.variables}
    read = readings(dictionary)
    for one in written(dictionary):
        expression = read.of(one.text, one.own_list)
        if expression is not None and one.kind is not Thing.FEED:
            for code in variables_read(expression, dictionary.vocabulary, one.own_list):
                _note(found[code], one)
    for feed in dictionary.feeds.values():
        for given in feed.inputs:
            made = FedInput(feed.code, feed.target, given.input, given.items, given.text)
            for code in given.variables:
                found[code].inputs.append(made)
    return {
        code: Uses(
            tuple(one.inputs),
            tuple(one.indicators),
            tuple(one.rules),
            tuple(one.relevances),
            tuple(one.formulas),
            tuple(source for source in dictionary.variables[code].sources if is_report(source)),
        )
        for code, one in found.items()
    }


def _note(found: _Open, one: Written) -> None:
    """Note who reads a variable."""
    if one.kind is Thing.INDICATOR:
        found.indicators[one.code] = None
    elif one.role in {Role.WHEN, Role.HOLDS}:
        found.rules[one.part] = None
    elif one.role is Role.RELEVANCE:
        found.relevances[one.part] = None
    elif one.role is Role.FORMULA:
        found.formulas[one.part] = None


def is_report(source: str) -> bool:
    """Whether a source names a place in a report or form: `podes:R301`, `prodeskel:potensi umum`."""
    head, colon, place = source.partition(":")
    return bool(colon and place) and head in REPORTS


REPORTS: Mapping[str, str] = {
    "podes": "Podes (BPS)",
    "prodeskel": "Profil desa (Prodeskel)",
    "apbdes": "APBDes (Siskeudes)",
    "idm": "Indeks Desa Membangun",
    "indeks_desa": "Indeks Desa",
}
"""Reports that ask the same, by the word with which sources name them."""


def indicator_variables(dictionary: Dictionary, code: str) -> tuple[str, ...]:
    """Give the variables that an indicator reads, in the order of its formula."""
    words = dictionary.vocabulary
    try:
        return variables_read(read(dictionary.indicators[code].formula, words), words)
    except ExpressionFault:
        return ()
