"""The inputs of an index out of the answers to the forms: asked once, read here by the feed's expressions.

A null means that the input is not known, and the score becomes a span. Figures are rounded half away from
zero to the decimals of the input. Rules of a year outside the index are those of its nearest year.
"""

from collections.abc import Sequence
from fractions import Fraction

import polars as pl

from sidara.dictionary.core import Answers, Feed, Reader
from sidara.expressions import Value, record, to_python
from sidara.indices.core.definition import Definition, Input, Version
from sidara.indices.core.keys import CODE, YEAR
from sidara.kernel import period as periods
from sidara.kernel.finding import Finding, Severity
from sidara.kernel.number import rounded
from sidara.tables import LINE


def lint(definition: Definition, feed: Feed) -> tuple[Finding, ...]:
    """Say which inputs of the newest version a feed does not answer."""
    fed_names = {one.input for one in feed.inputs}
    version = definition.versions[-1]
    return tuple(
        Finding(
            "INPUT_UNFED",
            f"Masukan {name} dari {definition.name} tidak diisi elemen mana pun.",
            f"Tambahkan pada peta masukan {feed.code}.",
            value=name,
        )
        for name in sorted({one.name for one in version.inputs} - fed_names)
    )


def missing(definition: Definition) -> Finding:
    """Say that the dictionary does not tell where the inputs of an index come from."""
    say = f"Kamus tidak memuat peta masukan bagi {definition.name}."
    return Finding("FEED_MISSING", say, "Muat kamus dengan sidara dictionary load.")


def rules_year(definition: Definition, year: int) -> int:
    """Give the year whose rules judge answers of `year`: itself, else the nearest in force."""
    first = min(one.valid_from for one in definition.versions)
    last = max(one.valid_to or year for one in definition.versions)
    return min(max(year, first), last)


def version_of(definition: Definition, year: int) -> Version:
    """Give the version whose rules judge answers of `year`."""
    return next(one for one in definition.versions if _holds(one, rules_year(definition, year)))


def fed(
    definition: Definition, feed: Feed, reader: Reader, answered: Sequence[Answers], year: int
) -> pl.DataFrame:
    """Make the table that `compute` takes from derived answers: a row a region, a text column an input."""
    version = version_of(definition, year)
    at = periods.year(year)
    subjects = [reader.subject(one, at) for one in answered]
    columns: dict[str, list[str | None] | list[int] | list[str]] = {
        LINE: list(range(1, len(answered) + 1)),
        CODE: [one.region for one in answered],
        YEAR: [str(rules_year(definition, year))] * len(answered),
    }
    texts = {one.input: one.text for one in feed.inputs}
    tables = reader.tables(year)
    for one in version.inputs:
        if one.name == YEAR or one.name not in texts:
            continue
        bound = reader.bound(texts[one.name], at)
        value_of = to_python(bound)
        columns[one.name] = [_text(one, value_of(record(bound, subject, tables))) for subject in subjects]
    types = {name: pl.Int64 if name == LINE else pl.String for name in columns}
    return pl.DataFrame(columns, schema=types)


def _holds(version: Version, year: int) -> bool:
    return version.valid_from <= year <= (version.valid_to or year)


def _text(one: Input, value: Value) -> str | None:
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case Fraction():
            return f"{rounded(value, one.decimals):f}"
        case _:
            return str(value)


def told_rules(definition: Definition, year: int) -> tuple[Finding, ...]:
    """Say that answers of a year are judged by the rules of another one."""
    judged = rules_year(definition, year)
    if judged == year:
        return ()
    say = f"Jawaban {year} dinilai dengan aturan {definition.name} tahun {judged}."
    remedy = "Pakai indeks yang berlaku pada tahun itu untuk angka resmi."
    return (Finding("RULES_OF_YEAR", say, remedy, Severity.INFO, value=str(judged)),)
