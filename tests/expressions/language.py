"""Reads the case files of the language, and brings up the four evaluators."""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from sidara.checks import queries as checks
from sidara.checks.core import Evaluate, case_of
from sidara.dictionary.formats import classes_file
from sidara.kernel.actor import OPERATOR
from sidara.warehouse.engines import device
from sidara.warehouse.engines import expressions as warehouse

CASES = Path(__file__).parent / "cases"
STATES = ("nilai", "tidak_ada", "tidak_tahu", "tidak_berlaku", "belum_diisi")
ENGINES = ("python", "polars", "javascript", "warehouse")
TOKEN = re.compile(r"([^\s=]+)=(\[[^\]]*\]|'(?:[^']|'')*'|\S+)")


@dataclass(frozen=True)
class Line:
    """One case: where it stands, what is asked, what is expected and why."""

    number: int
    text: str
    given: dict[str, Any]
    expected: object
    reason: str
    cells: dict[str, str] = field(default_factory=dict)
    is_sql: bool = False

    @property
    def case(self) -> dict[str, Any]:
        return {"id": self.number, "expression": self.text, **self.given}


def value(text: str) -> object:
    """Read an expected value."""
    words = {"true": True, "false": False, "null": None}
    if text.startswith("'"):
        return text[1:-1].replace("''", "'")
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    return words[text] if text in words else Fraction(text)


def cell(text: str) -> dict[str, object]:
    """Read what stands in a cell."""
    if text in STATES or text == "null":
        return {"state": "belum_diisi" if text == "null" else text, "value": None}
    if text.startswith("'"):
        return {"state": "nilai", "value": text[1:-1].replace("''", "'")}
    return {"state": "nilai", "value": text == "true" if text in {"true", "false"} else Decimal(text)}


def case_parts(text: str) -> dict[str, Any]:
    """Read cells, rows, parameters and tables of a case."""
    made: dict[str, Any] = {"cells": [], "lists": {}, "params": {}, "lookups": {}}
    for name, given in TOKEN.findall(text):
        if name.startswith("param:"):
            made["params"][name.removeprefix("param:")] = None if given == "null" else Decimal(given)
        elif name.startswith("lookup:"):
            _, table, key = name.split(":")
            made["lookups"].setdefault(table, {})[key] = Decimal(given)
        elif name == "period_year()":
            made["period"] = given
        elif given.startswith("["):
            rows = [row for row in given[1:-1].split(",") if row.strip()]
            found = [{key: cell(word) for key, word in TOKEN.findall(row)} for row in rows]
            made["lists"][name] = {"state": "nilai", "rows": found}
        elif re.fullmatch(r"[a-z]{3,}", name) and given in STATES:
            made["lists"][name] = {"state": given, "rows": []}
        else:
            code, _, period = name.partition("@")
            variable, _, breakdown = code.partition("|")
            place = {"variable": variable, "breakdown": breakdown or "_T", "period": period or None}
            made["cells"].append(place | cell(given))
    return made


def numbered(name: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate((CASES / name).read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line.strip()


def options(text: str) -> dict[str, str]:
    return dict(TOKEN.findall(text))


def lines() -> list[Line]:
    """Read all cases of `language.txt`; a line over states becomes a case for each."""
    made: list[Line] = []
    context: dict[str, Any] = {}
    states: tuple[str, str] | None = None
    is_sql = False
    for number, line in numbered("language.txt"):
        word, _, rest = line.partition(" ")
        match word:
            case "@context":
                said = options(rest)
                region = {"code": said.get("region"), "kind": said.get("kind")}
                context = {
                    "period": said["period"],
                    "today": said.get("today"),
                    "region": region,
                    "variables": {},
                }
                states, is_sql = None, False
            case "@variable":
                code, _, more = rest.partition(" ")
                said = options(more)
                adds_up = {"adds_up": said.pop("adds_up") == "yes"} if "adds_up" in said else {}
                context = context | {"variables": context["variables"] | {code: said | adds_up}}
            case "@states":
                code, _, given = rest.partition(" ")
                states = (code, given)
            case "@plain":
                states, is_sql = None, False
            case "@sql":
                states, is_sql = None, True
            case _:
                asked, expected, reason = split(line)
                text, _, cells = asked.partition(" ; ")
                for at, one in enumerate(expected.split(" | ")):
                    own = cells
                    if states:
                        own = f"{cells} {states[0]}={states[1] if at == 0 else STATES[at]}"
                    given = context | {k: v for k, v in case_parts(own).items() if v}
                    found = dict(TOKEN.findall(own))
                    made.append(Line(number, text, given, value(one.strip()), reason, found, is_sql))
    return made


def split(line: str) -> tuple[str, str, str]:
    asked, _, answer = line.partition(" => ")
    expected, _, reason = answer.partition(" ; ")
    return asked.strip(), expected.strip(), reason.strip()


def quoted(pair: str) -> str:
    """Double the quotation marks inside a text."""
    name, _, given = pair.rpartition("=")
    text = "'" + given[1:-1].replace("'", "''") + "'" if given.startswith("'") else given
    return f"{name}={text}"


def plain_lines() -> list[Line]:
    """Read the cases of `values.txt`: expressions over plain names."""
    made = []
    for number, line in numbered("values.txt"):
        asked, expected, _ = split(line)
        text, _, pairs = asked.partition(" ; ")
        cells = " ".join(quoted(pair) for pair in pairs.split(" "))
        given = {"period": "2026"} | case_parts(cells)
        made.append(Line(number, text, given, value(expected), "", dict(TOKEN.findall(cells)), is_sql=True))
    return made


@contextlib.contextmanager
def engine(name: str) -> Iterator[checks.Pure | Evaluate]:
    """Bring up an evaluator."""
    if name == "javascript":
        with device.Device() as node:
            yield node.evaluate
    elif name == "warehouse":
        yield warehouse.evaluate
    else:
        yield checks.Pure(name)


def results(cases: list[dict[str, Any]], name: str) -> list[object]:
    """Judge cases with an evaluator; a refused case gives its reason in brackets."""
    read = [case_of(one, classes_file.load()) for one in cases]
    with engine(name) as evaluate:
        verdicts = checks.evaluate(OPERATOR, read, evaluate)
    return [f"[{one.reason}]" if one.is_refused else one.result for one in verdicts]
