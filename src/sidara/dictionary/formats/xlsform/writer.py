"""Writes a form as an XLSForm workbook: sections as groups, breakdowns as groups, lists as repeats.

Rules that only this form can judge become constraints; what a device cannot judge (other periods, other
forms, tables) stays in our columns, and SIDARA judges it when answers arrive.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import xlsxwriter

from sidara.dictionary.core.dictionary import Dictionary
from sidara.dictionary.core.forms import Questionnaire
from sidara.dictionary.core.metadata import range_words
from sidara.dictionary.core.reading import canonical, plain
from sidara.dictionary.core.things import Column, Option, Range, Rule, Variable
from sidara.dictionary.core.words import Totals, Weight
from sidara.dictionary.core.xpath import NoCounterpart, guarded, question_name, to_xpath
from sidara.dictionary.formats.xlsform.columns import CHOICES, KEPT, SURVEY, TYPES, YES_NO
from sidara.expressions import ExpressionFault, Kind, read
from sidara.expressions.nodes import Node, Operation, Operator
from sidara.kernel.breakdown import parts_of

type Line = dict[str, str]


def write(dictionary: Dictionary, made: Questionnaire, version: str) -> bytes:
    """Give the workbook of a form at a version (`v7`)."""
    survey = list(Survey(dictionary, made).lines())
    lists = dict(_choices(dictionary, made))
    choices = [
        {"list_name": name, "name": option.code, "label": option.label}
        for name, options in lists.items()
        for option in options
    ]
    form = made.form
    settings = [
        {
            "form_title": form.name,
            "form_id": form.code,
            "version": version,
            "default_language": "Bahasa Indonesia (id)",
            KEPT: canonical(plain(form)),
        }
    ]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        _sheet(book, "survey", (*SURVEY, KEPT), survey)
        _sheet(book, "choices", CHOICES, choices)
        _sheet(book, "settings", tuple(settings[0]), settings)
    return buffer.getvalue()


def _sheet(book: xlsxwriter.Workbook, name: str, columns: Iterable[str], lines: list[Line]) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 1})
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column, head)
        for row, line in enumerate(lines, 1):
            if line.get(column):
                sheet.write_string(row, at, line[column])
    sheet.freeze_panes(1, 0)


def _choices(dictionary: Dictionary, made: Questionnaire) -> Iterator[tuple[str, tuple[Option, ...]]]:
    yield YES_NO, (Option("true", "Ya"), Option("false", "Tidak"))
    asked: list[Variable | Column] = [*made.variables]
    asked += [column for one in made.lists for column in one.columns]
    for one in asked:
        if one.is_choice:
            yield _list_name(one), dictionary.options_of(one)


def _list_name(one: Variable | Column) -> str:
    return one.options_from if one.options_from and not one.options else one.code


@dataclass
class Survey:
    """The rows of the survey sheet of a form."""

    dictionary: Dictionary
    made: Questionnaire
    kinds: dict[str, Kind | None] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def lines(self) -> Iterator[Line]:
        """Give the rows in their order."""
        for one in self.made.variables:
            for name in self._names_of(one):
                self.names.add(name)
                self.kinds[name] = one.type.kind
            self.kinds[one.code] = one.type.kind
        for number, (name, variables) in enumerate(self.made.sections, 1):
            if not variables:
                continue
            yield {"type": "begin group", "name": f"bagian_{number}", "label": name}
            for one in variables:
                yield from self._variable(one)
            yield {"type": "end group"}
        for rows in self.made.lists:
            first = {"type": "begin repeat", "name": rows.code, "label": f"{rows.name}. {rows.hint}"}
            yield first | {KEPT: canonical(plain(rows))}
            own: dict[str, Kind | None] = {column.code: column.type.kind for column in rows.columns}
            for column in rows.columns:
                yield self._question(
                    column, column.code, column.question, {*self.names, *own}, self.kinds | own, rows.code
                )
            yield {"type": "end repeat"}

    def _names_of(self, one: Variable) -> list[str]:
        """Give the questions of a variable: itself (asked, or the sum of its parts), and its parts."""
        parts = [question_name(one.code, breakdown) for breakdown in self.dictionary.breakdowns(one)]
        if not one.is_asked:
            return [] if self._calculation(one) is None else [one.code]
        return [*parts, one.code] if one.parts is not Totals.WITHOUT or not parts else parts

    def _calculation(self, one: Variable) -> str | None:
        """Write a formula where a device can compute it from the questions of this form."""
        own = {name.code for name in self.made.variables if name.is_asked and not name.classifications}
        try:
            root = read(one.formula, self.dictionary.vocabulary).root
            return to_xpath(root, own, {code: self.dictionary.variables[code].type.kind for code in own})
        except (NoCounterpart, ExpressionFault):
            return None

    def _variable(self, one: Variable) -> Iterator[Line]:
        kept = {KEPT: canonical(plain(one))}
        if not one.is_asked:
            calculation = self._calculation(one)
            line = {"name": one.code, "label": f"{one.name} (dihitung SIDARA)"}
            if calculation is None:
                yield {"type": "note", **line, **kept}
            else:
                yield {"type": "calculate", **line, "calculation": calculation, **kept}
            return
        breakdowns = self.dictionary.breakdowns(one)
        if not breakdowns:
            yield self._question(one, one.code, one.question, self.names, self.kinds) | kept
            return
        group = {"type": "begin group", "name": f"{one.code}_rincian", "label": one.question}
        yield group | self._relevant(one, self.names, self.kinds) | kept
        for breakdown in breakdowns:
            label = " / ".join(self._category(*part) for part in parts_of(breakdown))
            name = question_name(one.code, breakdown)
            yield self._question(one, name, label, self.names, self.kinds, is_part=True)
        if one.parts is Totals.EQUAL:
            parts = " + ".join(f"${{{question_name(one.code, part)}}}" for part in breakdowns)
            yield {"type": "calculate", "name": one.code, "label": one.name, "calculation": parts}
        yield {"type": "end group"}

    def _category(self, name: str, code: str) -> str:
        known = self.dictionary.classifications[name].categories
        return next((one.label for one in known if one.code == code), code)

    def _question(  # noqa: PLR0913, PLR0917 - what a line is made of
        self,
        one: Variable | Column,
        name: str,
        label: str,
        names: set[str],
        kinds: dict[str, Kind | None],
        own_list: str | None = None,
        *,
        is_part: bool = False,
    ) -> Line:
        kind = TYPES[one.type]
        if one.is_choice:
            kind = f"{kind} {_list_name(one)}"
        if not one.is_asked:
            return {"type": "note", "name": name, "label": f"{one.name} (dihitung SIDARA)"}
        line: Line = {"type": kind, "name": name, "label": label, "hint": _hint(one)}
        if one.is_required:
            line["required"] = "yes"
        if not is_part:
            line |= self._relevant(one, names, kinds, own_list)
        limits = [_range(one.range)] if one.range else []
        rules = [] if is_part else list(self._constraints(one, names, kinds, own_list))
        limits += [constraint for _, constraint in rules]
        if limits:
            line["constraint"] = " and ".join(f"({one_})" if len(limits) > 1 else one_ for one_ in limits)
            said = [f"Isi {range_words(one.range)}."] if one.range else []
            line["constraint_message"] = " ".join([*said, *(rule.message for rule, _ in rules)])
        return line

    def _relevant(
        self,
        one: Variable | Column,
        names: set[str],
        kinds: dict[str, Kind | None],
        own_list: str | None = None,
    ) -> Line:
        if not one.relevance:
            return {}
        try:
            root = read(one.relevance, self.dictionary.vocabulary, own_list=own_list).root
            return {"relevant": to_xpath(root, names, kinds)}
        except (NoCounterpart, ExpressionFault):
            return {}

    def _constraints(
        self,
        one: Variable | Column,
        names: set[str],
        kinds: dict[str, Kind | None],
        own_list: str | None,
    ) -> Iterator[tuple[Rule, str]]:
        """Give the rules that hold back sending and that this form can judge by itself."""
        for rule in one.rules:
            if rule.severity is not Weight.ERROR or rule.for_each:
                continue
            try:
                root: Node = read(rule.holds, self.dictionary.vocabulary, own_list=own_list).root
                if rule.when:
                    when = read(rule.when, self.dictionary.vocabulary, own_list=own_list).root
                    root = Operation(Operator.OR, (Operation(Operator.NOT, (when,)), root))
                yield rule, guarded(root, names, kinds, one.code)
            except (NoCounterpart, ExpressionFault):
                continue


def _hint(one: Variable | Column) -> str:
    unit = f" Satuan: {one.unit}." if one.is_number else ""
    return f"{one.definition.rstrip('.')}.{unit} Contoh: {one.example}"


def _range(given: Range) -> str:
    parts = []
    if given.above is not None:
        parts.append(f". > {given.above}")
    if given.minimum is not None:
        parts.append(f". >= {given.minimum}")
    if given.maximum is not None:
        parts.append(f". <= {given.maximum}")
    return " and ".join(parts)
