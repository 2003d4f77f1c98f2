"""A form as it is asked: sections, questions, lists, its size; its version; small forms joined as one task.

The version is the hash of the closure: all that changes what is asked or how it is judged. Wording of
sources, owners and confidence does not.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sidara.dictionary.core.dictionary import Dictionary
from sidara.dictionary.core.expressions import lists_read, of_asked, variables_read
from sidara.dictionary.core.reading import canonical, plain
from sidara.dictionary.core.things import Column, Form, ListOfRows, Section, Variable
from sidara.dictionary.core.words import Thing
from sidara.expressions import ExpressionFault, read

NOT_ASKED = frozenset(
    {
        *("sources", "confidence", "text_confidence", "note", "agency", "presentation", "standard_id"),
        *("source", "other_codes"),
    }
)
"""Keys that do not change what is asked."""


@dataclass(frozen=True)
class Questionnaire:
    """A form with everything that it asks, in the order in which it is asked."""

    form: Form
    sections: tuple[tuple[str, tuple[Variable, ...]], ...]
    lists: tuple[ListOfRows, ...]

    @property
    def variables(self) -> tuple[Variable, ...]:
        """Its variables, asked and derived."""
        return tuple(one for _, variables in self.sections for one in variables)


@dataclass(frozen=True)
class Size:
    """How large a form is: variables, their cells, and those cells that somebody fills in."""

    variables: int
    cells: int
    asked_cells: int


def questionnaire(dictionary: Dictionary, code: str) -> Questionnaire | None:
    """Give a form as it is asked; `None` when there is none of that code."""
    form = dictionary.forms.get(code)
    if form is None:
        return None
    own = dictionary.variables_of(code)
    sections = form.sections or _by_concept(own)
    known = {one.code: one for one in own}
    laid = tuple(
        (section.name, tuple(known[name] for name in section.variables if name in known))
        for section in sections
    )
    return Questionnaire(form, laid, dictionary.lists_of(code))


def _by_concept(variables: Sequence[Variable]) -> tuple[Section, ...]:
    """Put variables of one concept together, concepts in the order of their first variable."""
    found: dict[str, list[str]] = {}
    for one in variables:
        found.setdefault(one.concept, []).append(one.code)
    return tuple(Section(name, tuple(codes)) for name, codes in found.items())


def cells_of(dictionary: Dictionary, variable: Variable) -> int:
    """Count the cells of a variable: one, or one for each category."""
    return len(dictionary.breakdowns(variable)) or 1


def size(dictionary: Dictionary, code: str) -> Size:
    """Measure a form."""
    own = dictionary.variables_of(code)
    cells = [(cells_of(dictionary, one), one.is_asked) for one in own]
    return Size(len(own), sum(count for count, _ in cells), sum(count for count, asked in cells if asked))


def closure(dictionary: Dictionary, code: str) -> dict[str, object]:
    """Give everything that makes the version of a form, as plain values.

    The form, its variables and lists whole, the classifications that they use, and of what its expressions
    read elsewhere that by which it is read (type, frequency, options), parameters and tables by name.
    """
    made = questionnaire(dictionary, code)
    if made is None:
        return {}
    classes: set[str] = set()
    elsewhere: set[str] = set()
    lists: set[str] = set()
    for one in made.variables:
        classes |= {*one.classifications, one.options_from} - {""}
        outside, gone = _read_by(dictionary, one, None)
        elsewhere |= outside
        lists |= gone
    for list_ in made.lists:
        for column in list_.columns:
            classes |= {column.options_from} - {""}
            outside, gone = _read_by(dictionary, column, list_.code)
            elsewhere |= outside
            lists |= gone
    own = {one.code for one in made.variables}
    return {
        "form": _asked(plain(made.form)),
        "variables": [_asked(plain(one)) for one in made.variables],
        "lists": [_asked(plain(one)) for one in made.lists],
        "classifications": {
            name: _asked(plain(dictionary.classifications[name]))
            for name in sorted(classes & set(dictionary.classifications))
        },
        "elsewhere": {name: _signature(dictionary, name) for name in sorted(elsewhere - own)},
        "lists_elsewhere": {
            name: {column.code: str(column.type) for column in dictionary.lists[name].columns}
            for name in sorted(lists - {one.code for one in made.lists})
        },
    }


def _read_by(
    dictionary: Dictionary, one: Variable | Column, own_list: str | None
) -> tuple[set[str], set[str]]:
    names: set[str] = set()
    lists: set[str] = set()
    for given in of_asked(Thing.VARIABLE, "", one, own_list):
        try:
            expression = read(given.text, dictionary.vocabulary, own_list=own_list)
        except ExpressionFault:
            continue
        names |= set(variables_read(expression, dictionary.vocabulary, own_list))
        lists |= set(lists_read(expression))
    return names, lists


def _asked(value: object) -> object:
    """Leave out the keys that do not change what is asked."""
    match value:
        case dict():
            return {key: _asked(one) for key, one in value.items() if key not in NOT_ASKED}
        case list():
            return [_asked(one) for one in value]
        case _:
            return value


def _signature(dictionary: Dictionary, code: str) -> dict[str, object]:
    one = dictionary.variables[code]
    frequency = dictionary.frequency(code)
    return {
        "type": str(one.type),
        "frequency": str(frequency) if frequency else "",
        "nature": str(one.nature),
        "accumulation": str(one.accumulation),
        "aggregation": str(one.aggregation),
        "classifications": list(one.classifications),
        "options": [option.code for option in dictionary.options_of(one)],
    }


def version_hash(dictionary: Dictionary, code: str) -> str:
    """Give the version of a form: SHA-256 (hex) of the canonical JSON of its closure."""
    return hashlib.sha256(canonical(closure(dictionary, code)).encode()).hexdigest()


@dataclass(frozen=True)
class Task:
    """What an operator does until one day: one form, or small ones together."""

    due: date
    forms: tuple[str, ...]
    asked_cells: int
    is_joined: bool


def joined(
    sizes: Mapping[str, int], due: Mapping[str, date], *, small: int, together: int
) -> tuple[Task, ...]:
    """Join small forms that are due on the same day into one task, as long as it stays small.

    `sizes` are the asked cells of each form (rows of lists are not counted), `small` the most cells of a
    form that is joined, `together` the most cells of a joined task. Tasks come by day, then as `sizes` has
    them; every form stands in exactly one.
    """
    tasks: list[Task] = []
    for day in sorted({due[code] for code in sizes if code in due}):
        open_codes: list[str] = []
        for code in (code for code in sizes if due.get(code) == day):
            if sizes[code] > small:
                tasks.append(Task(day, (code,), sizes[code], is_joined=False))
                continue
            if sum(sizes[one] for one in open_codes) + sizes[code] > together:
                tasks.append(_task(day, open_codes, sizes))
                open_codes = []
            open_codes.append(code)
        if open_codes:
            tasks.append(_task(day, open_codes, sizes))
    return tuple(tasks)


def _task(day: date, codes: Sequence[str], sizes: Mapping[str, int]) -> Task:
    return Task(day, tuple(codes), sum(sizes[code] for code in codes), is_joined=len(codes) > 1)
