"""The form of an entry as it is shown: each field with its words, value, choices and faults at its place."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sidara.dictionary.core import Dictionary, Thing
from sidara.dictionary.core.reading import CLASSES
from sidara.kernel.finding import Finding, Severity
from sidara.ui.language import say
from sidara.web.pages.editing import words
from sidara.web.pages.editing.shapes import Look, Shape, shapes


@dataclass(frozen=True)
class Choice:
    """One value that can be chosen."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Fault:
    """What is wrong at a field: our words, and whether it holds back saving."""

    text: str
    remedy: str
    is_error: bool


@dataclass(frozen=True)
class Filled:
    """A field with its value. `rows` are those of a row shape; `fields` those of a group."""

    path: str
    look: Look
    label: str
    hint: str
    text: str = ""
    choices: tuple[Choice, ...] = ()
    suggested: str = ""
    fields: tuple["Filled", ...] = ()
    rows: tuple["Row", ...] = ()
    faults: tuple[Fault, ...] = ()
    add: str = ""

    @property
    def id(self) -> str:
        """The id of the field on the page."""
        return f"f-{self.path.replace('.', '-')}"

    @property
    def is_faulty(self) -> bool:
        """Whether something stands at it or inside it."""
        inside = any(one.is_faulty for one in self.fields) or any(one.is_faulty for one in self.rows)
        return bool(self.faults) or inside


@dataclass(frozen=True)
class Row:
    """One row: where it is, its name, its fields, whether it can go up or down."""

    path: str
    number: str
    title: str
    fields: tuple[Filled, ...]
    is_first: bool
    is_last: bool

    @property
    def id(self) -> str:
        """The id of the row on the page."""
        return f"f-{self.path.replace('.', '-')}"

    @property
    def is_faulty(self) -> bool:
        """Whether something stands inside it."""
        return any(one.is_faulty for one in self.fields)


@dataclass(frozen=True)
class Group:
    """Fields under one heading; `key` names it in addresses."""

    key: str
    title: str
    fields: tuple[Filled, ...]


def groups(
    kind: Thing, body: Mapping[str, Any], known: Dictionary, faults: Mapping[str, Sequence[Fault]]
) -> tuple[Group, ...]:
    """Lay out the form of an entry; `faults` by the path of their field."""
    maker = _Maker(known, faults)
    made = CLASSES[kind].__name__
    fields = {one.key: maker.field(one, body.get(one.key), one.key, made) for one in shapes(kind)}
    found: list[Group] = []
    for number, (title, keys) in enumerate(words.GROUPS.get(kind, ((say("Isian"), ()),)), 1):
        own = [fields.pop(key) for key in keys if key in fields]
        found.append(Group(f"g{number}", say(title), tuple(own)))
    rest = (*found[-1].fields, *fields.values())
    return (*found[:-1], Group(found[-1].key, found[-1].title, rest))


class _Maker:
    def __init__(self, known: Dictionary, faults: Mapping[str, Sequence[Fault]]) -> None:
        self.known = known
        self.faults = faults

    def field(self, shape: Shape, value: Any, path: str, made: str) -> Filled:
        """Lay out one field of the class `made`."""
        label = say(words.name_of(made, shape.key))
        hint = words.hint_of(made, shape.key)
        base = Filled(
            path, shape.look, label, say(hint) if hint else "", faults=tuple(self.faults.get(path, ()))
        )
        if shape.look is Look.ROWS:
            return replace(base, rows=tuple(self.rows(shape, value, path)), add=label.lower())
        if shape.look is Look.GROUP:
            inner = value if isinstance(value, Mapping) else {}
            inside = (
                self.field(one, inner.get(one.key), f"{path}.{one.key}", shape.of) for one in shape.inside
            )
            return replace(base, fields=tuple(inside))
        return self.single(shape, value, base)

    def single(self, shape: Shape, value: Any, base: Filled) -> Filled:
        """Lay out a field of values: ticked, chosen, or written."""
        match shape.look:
            case Look.TICK:
                return replace(base, text="on" if value else "")
            case Look.TICKS:
                return replace(base, choices=_choices(shape.values, _listed(value)))
            case Look.PICKS:
                return replace(base, choices=self.picks(shape, _listed(value)))
            case Look.LINES:
                return replace(base, text="\n".join(_listed(value)))
            case Look.CHOICE:
                return replace(base, choices=self.one_of(shape.values, _text(value)))
            case _:
                return self.written(shape, _text(value), base)

    def written(self, shape: Shape, text: str, base: Filled) -> Filled:
        """Make a field of text; one that holds a code of few entries is chosen, of many suggested."""
        if shape.refers in {Thing.SECTOR, Thing.FORM, Thing.AGENCY, Thing.CLASSIFICATION}:
            return replace(base, look=Look.CHOICE, choices=self.one_of(self.codes(shape.refers), text))
        return replace(base, text=text, suggested=f"saran-{shape.refers}" if shape.refers else "")

    def codes(self, kind: Thing) -> tuple[tuple[str, str], ...]:
        """Give the codes of a kind with their names."""
        return tuple((code, _named(code, thing)) for code, thing in self.known.of(kind).items())

    def one_of(self, values: Sequence[tuple[str, str]], held: str) -> tuple[Choice, ...]:
        """Give what can be chosen, nothing first; a value that is none of it stays to be seen."""
        known = [value for value, _ in values]
        strange = [(held, say("{value} (tidak dikenal)", value=held))] if held and held not in known else []
        return (
            Choice("", say("belum dipilih"), not held),
            *(Choice(value, _said(label), value == held) for value, label in (*strange, *values)),
        )

    def picks(self, shape: Shape, held: Sequence[str]) -> tuple[Choice, ...]:
        """Give all codes of a kind to tick, chosen ones first in their order."""
        named = dict(self.codes(shape.refers)) if shape.refers else {}
        chosen = [Choice(one, named.get(one, one), is_chosen=True) for one in held]
        return (
            *chosen,
            *(Choice(code, name, is_chosen=False) for code, name in named.items() if code not in held),
        )

    def rows(self, shape: Shape, value: Any, path: str) -> Iterator[Row]:
        given = [one if isinstance(one, Mapping) else {} for one in value] if isinstance(value, list) else []
        for number, row in enumerate(given):
            own = f"{path}.{number}"
            fields = [self.field(one, row.get(one.key), f"{own}.{one.key}", shape.of) for one in shape.inside]
            title = _text(row.get("code") or row.get("name") or row.get("input") or row.get("key"))
            yield Row(own, str(number), title, tuple(fields), number == 0, number == len(given) - 1)


def _named(code: str, thing: Any) -> str:
    name = getattr(thing, "name", "")
    return f"{code}: {name}" if name and name != code else code


def _said(label: str) -> str:
    return say(label) if label else ""


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _listed(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)] if value else []


def _choices(values: Sequence[tuple[str, str]], held: Sequence[str]) -> tuple[Choice, ...]:
    return tuple(Choice(value, _said(label), value in held) for value, label in values)


def placed(
    kind: Thing, body: Mapping[str, Any], findings: Collection[Finding]
) -> tuple[dict[str, list[Fault]], list[tuple[str, Fault]]]:
    """Put findings of an entry at their fields: by path, and as a list (path, fault) for the top.

    A finding names its key (`rules 2 message`), or a rule or column by its code in the message.
    """
    by_path: dict[str, list[Fault]] = {}
    listed: list[tuple[str, Fault]] = []
    for one in findings:
        path = _path(kind, body, one)
        remedy = "" if one.code == "KEY_MISSING" else one.remedy  # words of files; the field says enough
        fault = Fault(_own_words(kind, one), remedy, one.severity is Severity.ERROR)
        by_path.setdefault(path, []).append(fault)
        listed.append((path, fault))
    return by_path, listed


def _path(kind: Thing, body: Mapping[str, Any], finding: Finding) -> str:
    """Give the path of the field of a finding; that of the first field where no key fits."""
    parts = [str(int(part) - 1) if part.isdigit() else part for part in (finding.place.column or "").split()]
    known: Sequence[Shape] = shapes(kind)
    if len(parts) == 1:
        parts = _nested(body, parts[0], finding.message) or parts
    path: list[str] = []
    for part in parts:
        shape = next((one for one in known if one.key == part), None)
        if shape is None and not part.isdigit():
            break
        path.append(part)
        if shape is not None and shape.look not in {Look.ROWS, Look.GROUP}:
            break
        known = shape.inside if shape else known
    return ".".join(path) or "code"


def _nested(body: Mapping[str, Any], key: str, message: str) -> list[str]:
    """Find the rule, column or input that a message names by its code; `[]` where it names none."""
    named = set(re.findall(r"\w+", message))
    columns = body.get("columns")
    for number, column in enumerate(columns if isinstance(columns, list) else ()):
        if isinstance(column, Mapping) and column.get("code") in named:
            return ["columns", str(number), *(_nested(column, key, message) or [key])]
    for rows, codes in (
        ("rules", ("holds", "when", "message", "for_each", "rules")),
        ("inputs", ("expression", "variables", "inputs")),
    ):
        held = body.get(rows)
        for number, row in enumerate(held if isinstance(held, list) else ()):
            said = row.get("code") or row.get("input") if isinstance(row, Mapping) else None
            if key in codes and said in named:
                return [rows, str(number), *([key] if key != rows else [])]
    if key in {"holds", "message", "for_each"}:
        return ["rules"]
    return []


def _own_words(kind: Thing, finding: Finding) -> str:
    """Tell a finding beside its field: without the entry and the key that the field itself names."""
    if finding.code == "KEY_MISSING":
        return say("Belum diisi.")
    code = finding.place.file or ""
    text = finding.message
    if finding.code in {"VALUE_FORM", "KEY_UNKNOWN"}:
        text = text.partition(f"{kind.words} ")[2].partition(" ")[2] or text
    text = text.removeprefix(f"{kind.words.capitalize()} {code}").removeprefix(":").removeprefix(", ").strip()
    return text[:1].upper() + text[1:] if text else finding.message
