"""The rule book: everything that judging needs to know of a dictionary, in the words of judging.

An *item* is a variable of a form or a column of a list. A *rule* says in an expression what must hold, and in
a template what is told where it does not. A book is one version of both; its `version` is the SHA-256 of what
stands in it, so that a verdict can say by which rules it was made. Kinds of rules that follow from items
(range, parts, fall …) are written as rules, too: `derived`.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from sidara.expressions import Classes, Kind, Time, Variable, Vocabulary
from sidara.kernel.breakdown import TOTAL, breakdown_of, parts_of
from sidara.kernel.finding import Severity
from sidara.kernel.period import Frequency


class Type(StrEnum):
    """What an item holds."""

    INTEGER = "bulat"
    DECIMAL = "desimal"
    MONEY = "uang"
    PERCENT = "persen"
    YES_NO = "ya_tidak"
    CHOICE = "pilihan"
    CHOICES = "pilihan_jamak"
    TEXT = "teks"
    DATE = "tanggal"
    POINT = "titik"
    FILE = "berkas"

    @property
    def is_number(self) -> bool:
        """Whether it is a number."""
        return self in _NUMBERS

    @property
    def kind(self) -> Kind:
        """What expressions take it for."""
        if self.is_number:
            return Kind.NUMBER
        return _KINDS.get(self, Kind.TEXT)


_NUMBERS = {Type.INTEGER, Type.DECIMAL, Type.MONEY, Type.PERCENT}
_KINDS = {Type.YES_NO: Kind.BOOLEAN, Type.DATE: Kind.DATE}


@dataclass(frozen=True, slots=True)
class Item:
    """A variable of a form, or (`own_list`) a column of a list.

    `minimum` and `maximum` belong to the range, `above` does not. `part_of` is a variable of which this one
    counts a part. `relevance` is the expression under which it is asked.
    """

    code: str
    name: str
    type: Type
    form: str = ""
    section: str = ""
    unit: str = ""
    decimals: int = 0
    frequency: Frequency = Frequency.YEAR
    time: Time = Time.STOCK
    adds_up: bool = False
    options: Mapping[str, str] = field(default_factory=dict)
    classifications: tuple[str, ...] = ()
    parts_make_total: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    above: Decimal | None = None
    part_of: str = ""
    relevance: str = ""
    is_required: bool = False
    is_derived: bool = False
    own_list: str = ""

    @property
    def variable(self) -> Variable:
        """What expressions need to know of it."""
        return Variable(
            self.type.kind,
            self.adds_up,
            None if self.own_list else self.frequency,
            self.time,
            self.classifications,
            frozenset(self.options) if self.options else None,
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold, and what is told where it does not.

    `message` and `remedy` are plain Indonesian; `{…}` in them are expressions whose figures are shown.
    `when`: judged only where that is true. `category`: judged once for each category of that classification,
    in which codes mean their parts. `own_list`: judged once for each row of that list. `variable` (and
    `breakdown`) is the cell at which the finding stands. `kind` is the code of its finding where many rules
    are of one kind (`OUT_OF_RANGE`), else its own.
    """

    code: str
    severity: Severity
    holds: str
    message: str
    variable: str
    remedy: str = ""
    when: str = ""
    form: str = ""
    frequency: Frequency = Frequency.YEAR
    category: str = ""
    breakdown: str = TOTAL
    own_list: str = ""
    kind: str = ""

    @property
    def finding_code(self) -> str:
        """The code of its findings."""
        return self.kind or self.code


@dataclass(frozen=True, eq=False)
class RuleBook:
    """One version of items and rules. `forms`, `lists`: names; `lists` also the column that names a row.

    `classifications`: code -> category -> label; `names` their own names. `params`: year -> name ->
    figure, `None` = not known. `tables`: names of look-up tables; their figures come with what is judged.
    `indices`: the classes of each index, for `class_of` and `class_rank`.
    """

    items: Mapping[str, Item]
    rules: Sequence[Rule]
    classifications: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    params: Mapping[int, Mapping[str, Decimal | None]] = field(default_factory=dict)
    tables: frozenset[str] = frozenset()
    indices: Mapping[str, Classes] = field(default_factory=dict)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of its expressions."""
        columns: dict[str, dict[str, Variable]] = {name: {} for name in self.lists}
        for item in self.items.values():
            if item.own_list:
                columns[item.own_list][item.code] = item.variable
        return Vocabulary(
            {item.code: item.variable for item in self.items.values() if not item.own_list},
            columns,
            {code: tuple(labels) for code, labels in self.classifications.items()},
            frozenset(name for figures in self.params.values() for name in figures),
            self.tables,
            self.indices,
        )

    @cached_property
    def version(self) -> str:
        """SHA-256 of items, rules and what they read, in hexadecimal."""
        parts = {
            "items": [asdict(item) for _, item in sorted(self.items.items())],
            "rules": [asdict(rule) for rule in sorted(self.rules, key=lambda rule: rule.code)],
            "classifications": self.classifications,
            "lists": self.lists,
            "params": self.params,
            "tables": sorted(self.tables),
            "indices": {code: asdict(classes) for code, classes in self.indices.items()},
        }
        text = json.dumps(parts, sort_keys=True, default=str, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def with_rules(self, rules: Sequence[Rule]) -> "RuleBook":
        """Give the book with more rules."""
        return replace(self, rules=(*self.rules, *rules))

    def rules_of(self, form: str) -> list[Rule]:
        """Give the rules of a form; of all forms where it is empty."""
        return [rule for rule in self.rules if not form or rule.form == form]

    def breakdowns(self, item: Item) -> list[str]:
        """Give the breakdowns of an item's cells: its parts, and the total where it has one."""
        parts = [
            breakdown_of([(name, code)])
            for name in item.classifications
            for code in self.classifications[name]
        ]
        return [*parts, TOTAL] if item.parts_make_total or not parts else parts

    def home_of(self, own_list: str) -> str:
        """Give the form of a list."""
        return next((item.form for item in self.items.values() if item.own_list == own_list), "")

    def label(self, classification: str, category: str) -> str:
        """Give the label of a category, its code where it has none."""
        return self.classifications.get(classification, {}).get(category, category)

    def words_of(self, breakdown: str) -> str:
        """Give a breakdown in the labels of its categories; empty for the total."""
        return " / ".join(self.label(*part) for part in parts_of(breakdown))
