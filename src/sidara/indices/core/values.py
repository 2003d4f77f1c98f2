"""Can the values of the rows be? Scores, answers and sub-indices, judged for the whole table."""

import re
from collections.abc import Iterable
from fractions import Fraction

import polars as pl

from sidara.indices.core import answers, numbers
from sidara.indices.core.definition import Input, InputType, Item, Version
from sidara.indices.core.keys import error
from sidara.indices.core.readback import grids
from sidara.kernel.finding import Finding
from sidara.kernel.number import format_number
from sidara.tables import LINE

NUMBER_FORM = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"
_NUMBER = re.compile(NUMBER_FORM)


def judge_scores(version: Version, rows: pl.DataFrame, read: pl.DataFrame, year: int) -> list[Finding]:
    """Give an error for each score that its item cannot have under the rules of `year`; empty is no fault.

    `read` holds the same rows as they were read (see `reading.scores`).
    """
    columns = {name: version.by_code[name] for name in read.columns if name in version.by_code}
    columns |= {
        quirk.column: version.by_code[quirk.item]
        for quirk in version.replaced_scores()
        if quirk.column in read.columns
    }
    fits = read.select(_score_fits(item, pl.col(name), year).alias(name) for name, item in columns.items())
    return [_score_fault(columns[name], name, value, at, year) for at, name, value in _unfit(rows, fits)]


def _score_fits(item: Item, score: pl.Expr, year: int) -> pl.Expr:
    """Whether the item can have the score; null where there is none."""
    return score.is_not_null() if item.measure else score.is_in(list(item.scores_in(year)))


def _unfit(rows: pl.DataFrame, fits: pl.DataFrame) -> Iterable[tuple[int, str, str]]:
    """Line, column and value of each cell that is not empty and does not fit, in the order of lines."""
    names = fits.columns
    flags = rows.select(pl.col(name).is_not_null() for name in names)
    flags = pl.DataFrame([flags[name] & ~fits[name].fill_null(value=False) for name in names])
    if not names:
        return
    bad_rows = flags.select(pl.any_horizontal(pl.all())).to_series()
    if not bad_rows.any():
        return
    cells = rows.filter(bad_rows).select(LINE, pl.col(names).cast(pl.String)).iter_rows()
    marks = flags.filter(bad_rows).iter_rows()
    for (at, *row), marked in zip(cells, marks, strict=True):
        for name, value, is_bad in zip(names, row, marked, strict=True):
            if is_bad:
                yield at, name, value


def is_number(value: str) -> bool:
    """Whether the text is a number of any form."""
    return _NUMBER.fullmatch(value) is not None


def _not_a_number(name: str, value: str, line: int) -> Finding:
    remedy = "Isi dengan angka; kosongkan bila tidak ada datanya."
    if "," in value and is_number(value.replace(",", ".")):
        remedy = "Tulis desimal dengan titik, misalnya 0.7429."
    return error(
        "VALUE_NOT_NUMBER", f"Isi kolom {name}, yaitu '{value}', bukan angka.", remedy, line, name, value
    )


def _score_fault(item: Item, name: str, value: str, line: int, year: int) -> Finding:
    if not is_number(value):
        return _not_a_number(name, value, line)
    if item.measure:
        message = f"Nilai {name} tidak boleh {value}: paling banyak {item.decimals} desimal, tidak negatif."
        return error("SCORE_IMPOSSIBLE", message, "Perbaiki nilainya.", line, name, value)
    scores = ", ".join(str(score) for score in item.scores_in(year))
    return error(
        "SCORE_IMPOSSIBLE",
        f"Skor {name} tidak mungkin {value}; pada tahun itu butir ini bernilai {scores}.",
        f"Isi salah satu dari {scores}; kosongkan bila tidak ada datanya.",
        line,
        name,
        value,
    )


def judge_answers(version: Version, rows: pl.DataFrame, read: pl.DataFrame) -> list[Finding]:
    """Give an error for each answer that its input cannot have; empty is no fault.

    `read` holds the same rows as they were read (see `reading.typed`).
    """
    inputs = {one.name: one for one in version.inputs if one.name in rows.columns}
    fits = read.select(answers.fits(one, pl.col(name)).alias(name) for name, one in inputs.items())
    return [_answer_fault(inputs[name], value, at) for at, name, value in _unfit(rows, fits)]


def _answer_fault(one: Input, value: str, line: int) -> Finding:
    match one.type:
        case InputType.YES_NO:
            can = "ya atau tidak"
        case InputType.CHOICE:
            can = ", ".join(one.choices)
        case _:
            if not is_number(value):
                return _not_a_number(one.name, value, line)
            can = _span(one.minimum, one.maximum, one.decimals)
    return error(
        "ANSWER_IMPOSSIBLE",
        f"Jawaban {one.name} tidak mungkin '{value}'.",
        f"Isi dengan {can}; kosongkan bila tidak ada datanya.",
        line,
        one.name,
        value,
    )


def _span(low: Fraction | None, high: Fraction | None, decimals: int) -> str:
    kind = "bilangan bulat" if decimals == 0 else f"angka (paling banyak {decimals} desimal)"
    least = f" mulai {format_number(low)}" if low is not None else ""
    most = f" sampai {format_number(high)}" if high is not None else ""
    return kind + least + most


def judge_sub_indices(version: Version, rows: pl.DataFrame) -> list[Finding]:
    """Give an error for each sub-index that is no number, or lies outside 0 to its highest."""
    tops = {grid.level.column: grid.highest for grid in grids(version)}
    fits = {}
    for name, top in tops.items():
        number = numbers.units(pl.col(name))
        inside = number.is_not_null() & (number <= pl.lit(int(top * numbers.UNIT), dtype=pl.Int128))
        fits[name] = inside
    findings = []
    for at, name, value in _unfit(rows, rows.select(**fits)):
        if not is_number(value):
            findings.append(_not_a_number(name, value, at))
            continue
        most = format_number(tops[name])
        message = f"Nilai {name} tidak mungkin {value}; nilainya antara 0 dan {most}."
        remedy = "Perbaiki nilainya; kosongkan bila tidak ada datanya."
        findings.append(error("VALUE_OUTSIDE", message, remedy, at, name, value))
    return findings
