"""Reads the YAML of an index: checks its shape by the schema, reads its expressions, lints the whole.

Whatever a writer of content can mend comes back as findings; `Place.column` holds the item or level.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any

import jsonschema
import yaml

from sidara import expressions
from sidara.expressions import Expression, ExpressionFault, Kind
from sidara.indices.core.definition import (
    Aggregation,
    Class,
    Contradiction,
    Definition,
    Derived,
    Group,
    Input,
    InputType,
    Item,
    Level,
    Measure,
    Missing,
    Quirk,
    Result,
    Results,
    Rule,
    Thresholds,
    Version,
)
from sidara.indices.core.lint import lint
from sidara.kernel import content
from sidara.kernel.finding import Finding, Place, Severity

SCHEMA = "index.schema.json"


@cache
def schema() -> dict[str, Any]:
    """Give the JSON Schema of a definition file."""
    text = (resources.files("sidara.indices") / "content" / SCHEMA).read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def read(text: bytes, name: str) -> tuple[Definition | None, tuple[Finding, ...]]:
    """Read a definition; `name` is the file's name for findings. `None` when something must be mended."""
    try:
        raw = content.parse(text)
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        mark = getattr(fault, "problem_mark", None)
        line = mark.line + 1 if mark else None
        problem = getattr(fault, "problem", None) or "bukan teks UTF-8"
        return None, _in_file(
            name, [_finding("YAML_UNREADABLE", f"Berkas YAML tidak terbaca: {problem}.", line=line)]
        )
    if faults := _shape_faults(raw):
        return None, _in_file(name, faults)
    reader = _Reader()
    definition = reader.definition(raw)
    findings = reader.findings or list(lint(definition))
    is_sound = not any(finding.severity is Severity.ERROR for finding in findings)
    return (definition if is_sound else None), _in_file(name, findings)


def _finding(code: str, message: str, *, line: int | None = None, column: str | None = None) -> Finding:
    return Finding(
        code, message, "Perbaiki bagian itu; lihat panduan menambah indeks.", place=Place(line, column)
    )


def _in_file(name: str, findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(replace(finding, place=replace(finding.place, file=name)) for finding in findings)


def _shape_faults(raw: object) -> list[Finding]:
    """Compare with the schema; each fault says the path and what is wrong there."""
    validator = jsonschema.Draft202012Validator(schema())
    faults = []
    for error in sorted(
        validator.iter_errors(raw), key=lambda one: [str(part) for part in one.absolute_path]
    ):
        path = ".".join(str(part) for part in error.absolute_path) or "berkas"
        item = _code_at(raw, list(error.absolute_path))
        faults.append(_finding("SCHEMA", f"Bentuk {path} tidak sesuai skema: {error.message}", column=item))
    return faults


def _code_at(raw: Any, path: list[Any]) -> str | None:
    """Give the code of the innermost item or level on the path."""
    code = None
    for part in path:
        try:
            raw = raw[part]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(raw, dict) and isinstance(raw.get("code"), str):
            code = raw["code"]
    return code


def _exact(value: int | str | None) -> Fraction | None:
    return None if value is None else Fraction(value)


class _Reader:
    """Turns the checked mapping into dataclasses and collects the faults of its expressions."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def definition(self, raw: Mapping[str, Any]) -> Definition:
        versions = tuple(self._version(one) for one in raw["versions"])
        source = ", ".join(
            str(raw["source"][key]) for key in ("title", "article", "date") if key in raw["source"]
        )
        return Definition(
            raw["code"], raw["name"], source, versions, raw.get("publication", {}), raw.get("slug")
        )

    def _version(self, raw: Mapping[str, Any]) -> Version:
        points = raw.get("points")
        inputs = (one for item in raw["items"] for one in item.get("inputs", ()))
        every = {one["name"]: InputType(one["type"]).kind for one in inputs}
        return Version(
            code=raw["code"],
            valid_from=raw["valid_from"],
            valid_to=raw.get("valid_to"),
            missing=Missing(raw["missing"]),
            levels=tuple(_level(one) for one in raw["levels"]),
            items=tuple(self._item(one, every) for one in raw["items"]),
            thresholds=_thresholds(raw["thresholds"]),
            quirks=tuple(Quirk(**one) for one in raw.get("quirks", ())),
            gain_decimals=raw.get("recommendation", {}).get("gain_decimals", 8),
            points=(points["minimum"], points["maximum"]) if points else None,
            laid_out=_results(raw.get("results")),
            groups=tuple(_group(one) for one in raw.get("groups", ())),
            empty_note=raw.get("empty_note"),
            contradictions=tuple(self._contradictions(raw, every)),
        )

    def _contradictions(self, raw: Mapping[str, Any], every: Mapping[str, Kind]) -> Iterator[Contradiction]:
        for one in raw.get("contradictions", ()):
            when = self._expression(one["when"], every, one["column"], Kind.BOOLEAN)
            if when is not None:
                yield Contradiction(when, one["column"], one["message"])

    def _item(self, raw: Mapping[str, Any], every: Mapping[str, Kind]) -> Item:
        inputs = tuple(_input(one) for one in raw.get("inputs", ()))
        kinds = {one.name: one.type.kind for one in inputs}
        derived = []
        for one in raw.get("derived", ()):
            made = self._expression(one["expression"], kinds, raw["code"], Kind.NUMBER)
            if made is not None:
                derived.append(Derived(one["name"], made, _exact(one.get("when_absent"))))
                kinds[one["name"]] = Kind.NUMBER
        rules = (self._rule(one, kinds, raw["code"]) for one in raw.get("rules", ()))
        applies_when = (
            self._expression(raw["applies_when"], every, raw["code"], Kind.BOOLEAN)
            if "applies_when" in raw
            else None
        )
        return Item(
            code=raw["code"],
            level=raw["level"],
            name=raw["name"],
            inputs=inputs,
            derived=tuple(derived),
            rules=tuple(rule for rule in rules if rule is not None),
            measure=_measure(raw.get("measure")),
            weight=Fraction(raw.get("weight", 1)),
            number=raw.get("number"),
            name_published=raw.get("name_published"),
            dimension=raw.get("dimension"),
            subdimension=raw.get("subdimension"),
            indicator=raw.get("indicator"),
            applies_when=applies_when,
            absent_note=raw.get("absent_note"),
            question=raw.get("question"),
            actors=tuple(raw.get("actors", {}).items()),
            gain_per_point=_exact(raw.get("gain_per_point")),
            observed=tuple((int(score), count) for score, count in raw.get("observed", {}).items()),
            confidence=tuple(raw.get("confidence", {}).items()),
            note=raw.get("note"),
        )

    def _rule(self, raw: Mapping[str, Any], kinds: Mapping[str, Kind], item: str) -> Rule | None:
        when = self._expression(raw["when"], kinds, item, Kind.BOOLEAN)
        if when is None:
            return None
        given = {"score": None, **raw, "when": when, "scores": tuple(raw.get("scores", ()))}
        return Rule(**given)

    def _expression(self, text: str, kinds: Mapping[str, Kind], item: str, kind: Kind) -> Expression | None:
        """Read an expression over the item's own names; faults are kept with the item's code."""
        try:
            made = expressions.parse(text, kinds)
        except ExpressionFault as fault:
            self.findings += [replace(one, place=Place(column=item)) for one in fault.findings]
            return None
        if made.kind is not kind:
            self.findings.append(
                _finding(
                    "EXPRESSION_KIND",
                    f"Ungkapan '{text}' harus memberi {kind}, bukan {made.kind}.",
                    column=item,
                )
            )
            return None
        return made


def _input(raw: Mapping[str, Any]) -> Input:
    return Input(
        name=raw["name"],
        type=InputType(raw["type"]),
        unit=raw.get("unit"),
        decimals=raw.get("decimals", 0),
        minimum=_exact(raw.get("minimum")),
        maximum=_exact(raw.get("maximum")),
        options=tuple(raw.get("options", ())),
        absent=tuple(raw.get("absent", ())),
        is_optional=raw.get("optional", False),
        awaits=raw.get("awaits"),
    )


def _results(raw: Mapping[str, Any] | None) -> Results | None:
    if raw is None:
        return None
    columns = tuple((Result(key), column) for key, column in raw["columns"].items())
    return Results(columns, raw["span"] == "always", raw.get("levels_as"))


def _group(raw: Mapping[str, Any]) -> Group:
    indicators = tuple((one["number"], one["name"]) for one in raw.get("indicators", ()))
    return Group(raw["level"], raw["name"], raw["items"], Fraction(raw["points"]), indicators)


def _measure(raw: Mapping[str, Any] | None) -> Measure | None:
    return Measure(raw["decimals"], Fraction(raw["minimum"]), Fraction(raw["maximum"])) if raw else None


def _level(raw: Mapping[str, Any]) -> Level:
    goalposts = raw.get("goalposts")
    return Level(
        code=raw["code"],
        name=raw["name"],
        parent=raw.get("parent"),
        aggregation=Aggregation(raw["aggregation"]),
        weight=Fraction(raw.get("weight", 1)),
        max=_exact(raw.get("max")),
        points=_exact(raw.get("points")),
        goalposts=goalposts and (Fraction(goalposts["minimum"]), Fraction(goalposts["maximum"])),
        column_name=raw.get("column"),
    )


def _thresholds(raw: Mapping[str, Any]) -> Thresholds:
    classes = tuple(
        Class(
            code=one["code"],
            status=one["status"],
            minimum=_exact(one.get("minimum")),
            maximum=_exact(one.get("maximum")),
            other_name=one.get("other_name"),
        )
        for one in raw["classes"]
    )
    return Thresholds(raw["decimals"], raw["closed"] == "upper", classes)
