"""The form of a what-if: every answer or score that decides, as a field with its meaning.

Words: field (one name of the address), today (what is held), asked (what the address sets). Numbers stand in
fields and addresses as people write them (`1,5`); `plain` gives the form that the index reads.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_noop as noop

from sidara.collection.core import Variable
from sidara.indices.core import Depth, Item, Level, Version
from sidara.indices.core.answers import NO, YES
from sidara.indices.core.definition import Input, InputType
from sidara.indices.queries import VillageTable
from sidara.kernel.finding import Finding, Severity
from sidara.kernel.number import Language
from sidara.ui.language import active, format_number, say
from sidara.web.pages import content
from sidara.web.pages.retold import retold

KEEP = ""
"""Of an area: nothing is set, each village keeps what it has. Of a village: not known."""
UNKNOWN = noop("tidak diketahui")
UNCHANGED = noop("tidak diubah")
LONGEST = 100
MOST_TOGETHER = 12
"""Items of a level that has more than these are grouped."""
PLAIN_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,10})?", re.ASCII)
NUMBERED = re.compile(r"^(?:[ivx]{1,4}\.?|[0-9]{1,2}\.) +")
RANGE = re.compile(r"\b(\d+)(?: sampai | )(\d+)\b")
GROUPED = {mark: re.compile(rf"-?\d{{1,3}}(?:\{mark}\d{{3}})+", re.ASCII) for mark in (".", ",")}
"""Numbers whose thousands are grouped, by the mark that groups them."""


@dataclass(frozen=True)
class Field:
    """One field: `value` and `today` as they stand in it; no `options` = a number with its `unit`.

    `is_unknown` = nothing is held, and so the score is not sure.
    """

    name: str
    label: str
    value: str
    today: str = KEEP
    options: Sequence[tuple[str, str]] = ()
    unit: str = ""
    decimals: int = 0
    fault: str = ""
    is_unknown: bool = False

    @property
    def is_changed(self) -> bool:
        """Say whether the address sets another value than today's."""
        return self.value != self.today

    @property
    def plain(self) -> str | None:
        """Give the value as the index reads it; `None` = not known."""
        if self.options or not self.value:
            return self.value or None
        return plain(self.value, self.decimals)

    def said(self, value: str) -> str:
        """Write a value in words."""
        if not value:
            return say(UNKNOWN)
        return dict(self.options).get(value) or f"{self._grouped(value)} {self.unit}".strip()

    @property
    def shown(self) -> str:
        """Give the value as it stands in the field: numbers in the form of the active language."""
        return self.value if self.options else written(self.value)

    def _grouped(self, value: str) -> str:
        """Write a number with points between its thousands; what is none stays as it is."""
        text = plain(value, self.decimals)
        if self.options or not PLAIN_NUMBER.fullmatch(text):
            return value
        return format_number(Decimal(text), len(text.partition(".")[2]))


@dataclass(frozen=True)
class Entry:
    """An item with its fields; `score` is today's in words, `note` says which answers stand elsewhere."""

    code: str
    name: str
    score: str
    fields: Sequence[Field]
    note: str = ""

    @property
    def is_unknown(self) -> bool:
        """Say whether an answer is missing that would make the score sure."""
        return any(field.is_unknown for field in self.fields)

    @property
    def is_plain(self) -> bool:
        """Say whether the name of the item is all that its one field needs."""
        return len(self.fields) == 1 and self.fields[0].label == self.name


@dataclass(frozen=True)
class Group:
    """Items of a level that belong together; open when something in it is changed or at fault."""

    name: str
    entries: Sequence[Entry]

    @property
    def fields(self) -> Iterator[Field]:
        """Give its fields."""
        return (field for entry in self.entries for field in entry.fields)

    @property
    def changed(self) -> int:
        """Count the changed fields."""
        return sum(field.is_changed for field in self.fields)

    @property
    def unknown(self) -> int:
        """Count the items of which an answer is missing that would make the score sure."""
        return sum(entry.is_unknown for entry in self.entries)

    @property
    def is_open(self) -> bool:
        """Say whether something in it is changed or at fault."""
        return any(field.is_changed or field.fault for field in self.fields)


@dataclass(frozen=True)
class Part(Group):
    """A level of the index with its items; those of a long one stand in `groups`."""

    groups: Sequence[Group] = ()


@dataclass(frozen=True)
class Form:
    """All parts, and the names of the address that are none of its fields."""

    parts: Sequence[Part]
    strange: Sequence[str] = ()

    @property
    def fields(self) -> Iterator[Field]:
        """Give every field once, in the order of the form."""
        return (field for part in self.parts for field in part.fields)

    @property
    def changed(self) -> tuple[Field, ...]:
        """Give the changed fields."""
        return tuple(field for field in self.fields if field.is_changed)

    @property
    def faulty(self) -> tuple[Field, ...]:
        """Give the fields with a fault."""
        return tuple(field for field in self.fields if field.fault)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Give the changes as parameters of an address."""
        return tuple((field.name, field.value) for field in self.changed)

    def with_faults(self, findings: Iterable[Finding]) -> "Form":
        """Set what was found beside the fields that it is about."""
        said = {
            finding.place.column: say(
                "“{value}” tidak dapat dipakai. {remedy}", value=finding.value, remedy=retold(finding.remedy)
            )
            for finding in findings
            if finding.place.column and finding.severity is Severity.ERROR
        }

        def marked(entry: Entry) -> Entry:
            fields = [replace(one, fault=said[one.name]) if one.name in said else one for one in entry.fields]
            return replace(entry, fields=tuple(fields))

        def faulty(group: Group) -> Group:
            return replace(group, entries=tuple(marked(one) for one in group.entries))

        parts = (
            replace(part, entries=faulty(part).entries, groups=tuple(faulty(one) for one in part.groups))
            for part in self.parts
        )
        return Form(tuple(parts), self.strange)


def form(
    table: VillageTable,
    asked: Mapping[str, str],
    *,
    row: Mapping[str, Any] | None = None,
    scores: Mapping[str, Any] | None = None,
    reserved: Iterable[str] = (),
) -> Form:
    """Build the form of one village (`row` = its texts, `scores` = today's by item) or of many (`row` None).

    `asked` are the parameters of an address; those `reserved` mean something else.
    """
    version, year = table.version, int(table.period)
    seen: dict[str, str] = {}
    parts = []
    for level in version.sub_indices:
        entries = []
        for item in version.items_below(level.code):
            is_open = scores is not None and scores.get(item.code) is None
            made = tuple(
                _field(one, asked, row, is_open=is_open)
                for one in _specs(table, item, year)
                if one.name not in seen
            )
            elsewhere = [seen[one.name] for one in item.inputs if one.name in seen]
            seen |= dict.fromkeys((one.name for one in made), item.code)
            note = (
                say("Sebagian jawabannya diisi pada {items}.", items=", ".join(elsewhere))
                if elsewhere
                else ""
            )
            if table.depth is Depth.ITEMS:
                note = ""
            entries.append(Entry(item.code, unnumbered(item.name), _score(item, scores), made, note))
        parts.append(_part(level, version.items_below(level.code), entries))
    strange = [name for name in asked if name not in seen and name not in set(reserved)]
    return Form(tuple(parts), tuple(strange[:10]))


def _part(level: Level, items: Sequence[Item], entries: Sequence[Entry]) -> Part:
    """Group the items of a long level by dimension, or by what lies below one; unknown ones come first."""
    names = [one.dimension or "" for one in items]
    if len(set(names)) == 1:
        names = [one.subdimension or "" for one in items]
    by_name: dict[str, list[Entry]] = {}
    for name, entry in zip(names, entries, strict=True):
        by_name.setdefault(name, []).append(entry)
    groups = tuple(Group(name, _unknown_first(some)) for name, some in by_name.items())
    is_grouped = len(entries) > MOST_TOGETHER and len(groups) > 1 and all(by_name)
    return Part(level.name, _unknown_first(entries), groups if is_grouped else ())


def _unknown_first(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: not entry.is_unknown))


def _score(item: Item, scores: Mapping[str, Any] | None) -> str:
    if scores is None:
        return ""
    score = scores.get(item.code)
    if score is None:
        return say("skor belum pasti")
    return say(
        "skor {score} dari {maximum}",
        score=format_number(Fraction(score), item.decimals),
        maximum=format_number(item.maximum),
    )


def _specs(table: VillageTable, item: Item, year: int) -> Iterator[Field]:
    """Give the fields of an item without a value."""
    if table.depth is Depth.ITEMS:
        yield Field(
            item.code,
            unnumbered(item.name),
            KEEP,
            options=() if item.measure else score_options(item, year),
            unit="" if item.measure is None else say("skor"),
            decimals=item.decimals,
        )
        return
    for one in item.read_inputs:
        label = input_label(one, table.answer.variables.get(table.variable(one.name)))
        unit = "" if one.type in {InputType.YES_NO, InputType.CHOICE} else say(unit_of(one))
        yield Field(one.name, label, KEEP, options=_options(one), unit=unit, decimals=one.decimals)


def label_of(one: Input, name: str) -> str:
    """Write the name of an answer as the label of its field, the unit left out."""
    return spelled(name).removesuffix(f" {one.unit}")


def unit_of(one: Input) -> str:
    """Give the unit of an answer without its explanation."""
    return (one.unit or "").split(" (")[0]


def score_options(item: Item, year: int) -> tuple[tuple[str, str], ...]:
    """Give each score that an item can have, highest first, with its published meaning."""
    meaning: dict[int, str] = {}
    for rule in item.rules_in(year):
        for score in rule.possible:
            meaning.setdefault(score, (rule.label or "").strip())
    return tuple(
        (str(score), f"{score}: {meaning[score]}" if meaning[score] else str(score))
        for score in sorted(meaning, reverse=True)
    )


def unnumbered(name: str) -> str:
    """Leave out the number that a name carried in its own list (`iii Peranan aparat`, `i. Hari`)."""
    bare = NUMBERED.sub("", name)
    return bare[:1].upper() + bare[1:]


def spelled(name: str) -> str:
    """Write a name for people: blanks, capitals of abbreviations, ranges with an en dash."""
    words = RANGE.sub("\\1\N{EN DASH}\\2", unnumbered(name.replace("_", " ")))
    known = {one.casefold(): one for one in content.abbreviations()}
    return re.sub(r"[a-z]+", lambda word: known.get(word[0].casefold(), word[0]), words, flags=re.IGNORECASE)


def input_label(one: Input, held: Variable | None) -> str:
    """Name an answer for people: the question, or its words without the unit (`jarak_sd_km`: `Jarak SD`)."""
    return say(label_of(one, held.label if held else one.name))


def _options(one: Input) -> tuple[tuple[str, str], ...]:
    match one.type:
        case InputType.YES_NO:
            yes, no = (
                (say("Ada"), say("Tidak ada"))
                if (one.unit or "").startswith("ada")
                else (say("Ya"), say("Tidak"))
            )
            return ((YES[-1], yes), (NO[-1], no))
        case InputType.CHOICE:
            return tuple((name, say(spelled(name))) for name in one.choices)
        case _:
            return ()


def _field(
    spec: Field, asked: Mapping[str, str], row: Mapping[str, Any] | None, *, is_open: bool = False
) -> Field:
    """Give a field its values; a value that is not among the options stays to be seen."""
    today = KEEP if row is None else _today(spec, row.get(spec.name))
    value = asked.get(spec.name)
    value = today if value is None else _given(spec, value.strip()[:LONGEST])
    options = spec.options
    if options:
        options = ((KEEP, say(UNCHANGED if row is None else UNKNOWN)), *options)
        if value not in dict(options):
            options = (*options, (value, value))
    is_unknown = is_open and row is not None and today == KEEP
    return replace(spec, value=value, today=today, options=options, is_unknown=is_unknown)


def _today(spec: Field, held: str | None) -> str:
    if held is None:
        return KEEP
    if spec.options:
        lower = held.casefold()
        return YES[-1] if lower in YES else NO[-1] if lower in NO and spec.options[0][0] == YES[-1] else held
    return held.replace(".", ",")


def _given(spec: Field, value: str) -> str:
    """Write what an address or a form sets as addresses have it."""
    return value if spec.options or not value else addressed(value, spec.decimals)


def written(value: str) -> str:
    """Write a value of an address (`1,5`) as people write it in the active language; only numbers change."""
    if active() is Language.ENGLISH and PLAIN_NUMBER.fullmatch(value.replace(",", ".")):
        return value.replace(",", ".")
    return value


def addressed(value: str, decimals: int) -> str:
    """Write a number that people gave as addresses have it in every language (`1,5`); others stay."""
    text = plain(value, decimals)
    return text.replace(".", ",") if PLAIN_NUMBER.fullmatch(text) else value


def plain(value: str, decimals: int) -> str:
    """Read a number as people write it (`1.250`, `1,5`; English `1,250`, `1.5`); what is none stays as it is.

    English pages read the comma of an address as decimal, too, unless it can only group thousands.
    """
    text = value.replace("\N{MINUS SIGN}", "-").replace(" ", "")
    group, point = (",", ".") if active() is Language.ENGLISH else (".", ",")
    if point in text:
        text = text.replace(group, "").replace(point, ".")
    elif decimals < 3 and GROUPED[group].fullmatch(text):
        text = text.replace(group, "")
    else:
        text = text.replace(",", ".")
    if not PLAIN_NUMBER.fullmatch(text):
        return value
    number = f"{Decimal(text):f}"
    return number.rstrip("0").rstrip(".") if "." in number else number


def row_of(table: VillageTable, version: Version) -> dict[str, Any]:
    """Give the texts of a table's first row; a score that replaces the shown one stands in its place."""
    row = table.frame.row(0, named=True)
    if table.depth is Depth.ITEMS:
        for quirk in version.replaced_scores():
            if quirk.column and row.get(quirk.column) is not None:
                row[quirk.item] = row[quirk.column]
    return row
