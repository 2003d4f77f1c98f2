"""What the language shares with plain SQL means the same on a real PostgreSQL."""

import json
import re
import subprocess
from fractions import Fraction

import pytest

from tests.expressions import language, postgres

OWN = re.compile(r"\b(?:min_of|max_of|near|period_year|KES_007)\b|/ (?:0|\(b - b\))")
"""What plain SQL does not have, or answers with an error."""


def in_plain_sql(line):
    divides_by_zero = "/ b" in line.text and line.cells.get("b") == "0" and "when b = 0" not in line.text
    left_over_of_zero = line.text.startswith("mod") and line.cells.get("b") == "0"
    return line.is_sql and not OWN.search(line.text) and not divides_by_zero and not left_over_of_zero


LINES = [line for line in [*language.lines(), *language.plain_lines()] if in_plain_sql(line)]
KINDS = {"p": "boolean", "q": "boolean", "r": "boolean", "t": "text"}


def statement(line):
    columns = [
        f"{given if given != 'null' else 'NULL'}::{KINDS.get(name, 'numeric')} AS {name}"
        for name, given in line.cells.items()
    ]
    return f"SELECT to_json(({line.text})) FROM (SELECT {', '.join(columns)}) AS given;"


def value(text):
    """Read what PostgreSQL answered; a quotient keeps as many digits as it likes."""
    if text == "":
        return None
    read = json.loads(text, parse_float=Fraction, parse_int=Fraction)
    return read.limit_denominator(10**6) if isinstance(read, Fraction) else read


@pytest.fixture(scope="module")
def answers():
    with postgres.cluster() as psql:
        done = subprocess.run(
            [*psql, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"],
            input="\n".join(map(statement, LINES)),
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return [value(text) for text in done.stdout.removesuffix("\n").split("\n")]


def test_postgresql_gives_what_is_written(answers):
    assert len(LINES) >= 100
    assert len(answers) == len(LINES)
    wrong = [
        f"line {line.number}: {line.text} {line.cells} gives {answer!r}, not {line.expected!r}"
        for line, answer in zip(LINES, answers, strict=True)
        if (answer, type(answer)) != (line.expected, type(line.expected))
    ]
    assert not wrong, "\n".join(wrong)
