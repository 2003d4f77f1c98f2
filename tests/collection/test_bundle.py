"""The bundle of a form on a device: the same findings, word for word, as in Python; every form."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from sidara.checks.core import CellFinding, Context, Judgement, judge, programme
from sidara.collection.core import bundle
from sidara.collection.core.answering import Asking, canonical_value
from sidara.collection.core.handwriting import plain_number
from sidara.collection.core.holding import Beside, Filling, HeldRow, held
from sidara.collection.core.submission import Content, Held, Key, Submission
from sidara.demo.core.village import fill
from sidara.dictionary.core import Answers, Reader, derived, questionnaire, skipped, version_hash
from sidara.kernel import period as periods
from sidara.kernel.cell import Cell, State
from sidara.kernel.finding import CellPlace
from sidara.kernel.period import Period
from tests.checks import reference
from tests.collection.device import Device

VILLAGE = "62.01.02.2016"
YEARS = (2024, 2025)
FEW = 20
MOST_TRIES = 16
"""A form of so few rules may stay without a fault by chance."""
TODAY = date(2025, 11, 24)
BOOK = reference.book()
DICTIONARY = reference.dictionary()
READER = Reader(DICTIONARY)
PERIODS = {code: periods.year(2025).parts(form.frequency.span)[-1] for code, form in DICTIONARY.forms.items()}


def asking(form: str) -> Asking:
    made = questionnaire(DICTIONARY, form)
    assert made is not None
    return Asking(DICTIONARY, made, version_hash(DICTIONARY, form), 1)


def content(code: str, cell: Cell) -> Content:
    if cell.value is None:
        return Content(cell.state)
    asked = DICTIONARY.asked(code)
    assert asked is not None
    return Content(cell.state, canonical_value(DICTIONARY, asked, cell.value))


def bundle_of(form: str, at: Period, answers: Answers) -> dict[str, object]:
    """What a device gets of these answers: the form's own as a submission, all else beside it."""
    asked = bundle.asked(asking(form), BOOK, at)
    own, beside = {}, {}
    for (code, breakdown, when), cell in answers.cells.items():
        if not DICTIONARY.variables[code].is_asked:
            continue
        if when == str(at) and DICTIONARY.variables[code].form == form:
            own[Key("", code, breakdown)] = Held(content(code, cell), 1)
        else:
            beside[code, breakdown, when] = content(code, cell)
    lists: dict[tuple[str, str], list[HeldRow] | None] = {}
    for (code, when), rows in answers.lists.items():
        cells = [{column: content(column, cell) for column, cell in row.items()} for row in rows or ()]
        kept = [HeldRow(f"00000000-0000-7000-8000-{n:012d}", row) for n, row in enumerate(cells)]
        lists[code, when] = None if rows is None else kept
        if when == str(at) and DICTIONARY.lists[code].form == form and rows is not None:
            own |= dict(_rows(code, kept))
    tables = {2025: {"pagu_add": Decimal(500_000_000)}}
    submission = Submission(1, own)
    village = Filling(VILLAGE, "Natai Raya", "desa")
    body = held(
        asked,
        village,
        submission=submission,
        beside=Beside(beside, lists, tables),
        today=TODAY,
        is_readonly=False,
    )
    return {"asked": asked.body, "held": body}


def _rows(code: str, rows: list[HeldRow]) -> Iterator[tuple[Key, Held]]:
    if not rows:
        yield Key("", code, "_T"), Held(Content(State.NONE), 1)
    for row in rows:
        yield Key(row.id, code, "_T"), Held(Content(State.VALUE, "ada"), 1)
        for column, cell in row.cells.items():
            yield Key(row.id, column, "_T"), Held(cell, 1)


def judged(form: str, at: Period, answers: Answers) -> Judgement:
    """The same in Python."""
    made = skipped(READER, derived(READER, answers), form, at)
    tables = {"pagu_add": {VILLAGE: Fraction(500_000_000)}}
    lists = READER.subject(made, at).lists
    return judge(made.cells, BOOK, Context(at, form, VILLAGE, "desa", TODAY, lists, tables))


def place(one: CellPlace) -> dict[str, str]:
    names = ("form", "section", "row", "variable", "label", "breakdown", "category", "period", "region")
    return {name: getattr(one, name) for name in names}


def told(one: CellFinding) -> dict[str, object]:
    assert isinstance(one.place, CellPlace)
    return {
        "code": one.code,
        "rule": one.rule,
        "severity": one.severity.value,
        "message": one.message,
        "remedy": one.remedy,
        "place": place(one.place),
        "cells": [place(cell) for cell in one.cells],
        "figures": list(one.figures),
    }


def agree(device: Device, form: str, at: Period, answers: Answers) -> Judgement:
    """Let both judge; gives the judgement."""
    answers = as_stored(answers)
    mine = judged(form, at, answers)
    theirs = device("judge", **bundle_of(form, at, answers))
    found = [{name: value for name, value in one.items() if name != "rowId"} for one in theirs["findings"]]
    assert found == [told(one) for one in mine.findings], form
    assert (theirs["passed"], theirs["notConcerned"]) == (mine.passed, mine.not_concerned)
    return mine


def as_stored(answers: Answers) -> Answers:
    """The answers as they are read back: numbers without needless zeros."""

    def read(cell: Cell) -> Cell:
        is_number = isinstance(cell.value, Decimal)
        return Cell(cell.state, Decimal(f"{cell.value.normalize():f}")) if is_number else cell

    cells = {key: read(cell) for key, cell in answers.cells.items()}
    lists = {
        key: None if rows is None else [{code: read(cell) for code, cell in row.items()} for row in rows]
        for key, rows in answers.lists.items()
    }
    return replace(answers, cells=cells, lists=lists)


def disturbed(answers: Answers, form: str, seed: int) -> Answers:
    """Leave out, exchange and multiply some answers of a form, so that rules fail and cannot be told."""
    chance = random.Random(f"{form}{seed}")

    def changed(code: str, cell: Cell) -> Cell:
        roll = chance.random()
        if roll < 0.12:
            return Cell(State.EMPTY)
        if roll < 0.2:
            return Cell(chance.choice([State.UNKNOWN, State.NONE]))
        if roll < 0.45 and isinstance(cell.value, Decimal):
            return Cell(
                State.VALUE, chance.choice([cell.value * 1000, cell.value + 1, Decimal(0), cell.value // 2])
            )
        if roll < 0.3 and isinstance(cell.value, bool):
            return Cell(State.VALUE, not cell.value)
        return cell

    cells: Mapping[tuple[str, str, str], Cell] = {
        key: changed(key[0], cell) if DICTIONARY.variables[key[0]].form == form else cell
        for key, cell in answers.cells.items()
    }
    lists = {
        key: [{column: changed(column, cell) for column, cell in row.items()} for row in rows]
        if rows is not None and DICTIONARY.lists[key[0]].form == form
        else rows
        for key, rows in answers.lists.items()
    }
    return replace(answers, cells=cells, lists=lists)


@pytest.fixture(scope="module")
def village() -> Answers:
    return fill(DICTIONARY, VILLAGE, YEARS, seed=7, unknown_percent=5)


@pytest.mark.parametrize("form", DICTIONARY.forms)
def test_a_device_finds_what_python_finds(device: Device, village: Answers, form: str) -> None:
    agree(device, form, PERIODS[form], village)


@pytest.mark.parametrize("form", DICTIONARY.forms)
def test_a_device_finds_the_same_in_answers_with_faults(device: Device, village: Answers, form: str) -> None:
    failed = 0
    for seed in range(MOST_TRIES):
        failed += agree(device, form, PERIODS[form], disturbed(village, form, seed)).failed
        if failed and seed >= 3:
            break
    assert failed or len(programme(BOOK, PERIODS[form], form)) < FEW


@pytest.mark.parametrize("form", ["KEU_TRIWULAN", "PEM_TAHUNAN", "SOS_TAHUNAN"])
def test_a_device_says_of_an_empty_form_what_python_says(device: Device, form: str) -> None:
    other = {("LIN_001", "_T", "2025"): Cell(State.UNKNOWN)}
    empty = Answers(VILLAGE, "desa", other, {})
    assert agree(device, form, PERIODS[form], empty).not_evaluated


def test_numbers_are_written_as_in_python(device: Device) -> None:
    text = (Path(__file__).parents[1] / "kernel" / "cases" / "number.txt").read_text("utf-8")
    cases = [line.split(" | ") for line in text.splitlines() if line and not line.startswith("#")]
    assert cases
    for value, decimals, indonesian, english in cases:
        for language, expected in (("id", indonesian), ("en", english)):
            found = device("number", text=value, decimals=int(decimals), language=language)
            assert found == expected, value


def typed_cases() -> list[list[str]]:
    text = (Path(__file__).parent / "cases" / "typed.txt").read_text("utf-8")
    return [line.split(" | ") for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize(("text", "decimals", "expected"), typed_cases())
def test_figures_are_read_as_people_type_them(
    device: Device, text: str, decimals: str, expected: str
) -> None:
    found = device("typed", question={"type": "desimal", "decimals": int(decimals)}, text=text)
    assert found == ({"fault": expected[1:]} if expected.startswith("!") else {"value": expected})
    mine = plain_number(text)
    if expected == "!angka":
        assert mine is None
    elif not expected.startswith("!"):
        assert mine == expected
