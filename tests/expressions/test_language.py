"""One case file, four evaluators: the same value from each, written by hand with its reason."""

import pytest

from tests.expressions import language

LINES = [*language.lines(), *language.plain_lines()]


@pytest.mark.parametrize("engine", language.ENGINES)
def test_every_evaluator_gives_what_is_written(engine):
    answers = language.results([line.case for line in LINES], engine)
    wrong = [
        f"line {line.number}: {line.text} {line.cells} gives {answer!r}, not {line.expected!r}: {line.reason}"
        for line, answer in zip(LINES, answers, strict=True)
        if (answer, type(answer)) != (line.expected, type(line.expected))
    ]
    assert not wrong, "\n".join(wrong)


def test_every_case_of_the_language_gives_its_reason():
    assert [line.number for line in language.lines() if not line.reason] == []


def test_there_are_cases_enough():
    assert len(language.lines()) > 700
    assert sum(line.is_sql for line in LINES) >= 100
