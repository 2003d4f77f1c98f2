"""One score of the award, opened: its parts with how they came about, and the submissions behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor
from sidara.kernel.number import rounded
from sidara.progress import queries
from sidara.progress.core.award import ROLLS, Entry, Roll, Score
from sidara.progress.queries import Run
from sidara.ui.figures import Cell, Column, Figure, Table, number_cell, text_cell
from sidara.ui.language import format_number, format_percent, say
from sidara.ui.periods import format_code
from sidara.web.pages.progress.award import CLASSES, MOST, PARTS, href, points, source_of, status_of


@dataclass(frozen=True)
class Part:
    """A part of a score: its share of the whole, its value, what it brings, how it came about."""

    name: str
    weight: str
    value: str
    points: str
    because: str


@dataclass(frozen=True)
class Opened:
    """One score with its parts and the submissions behind them."""

    run: Run
    name: str
    title: str
    status: str
    place: str
    back: str
    parts: Sequence[Part]
    figures: Mapping[str, Figure]


def open_score(actor: Actor, number: int, roll: str, subject: str) -> Opened | None:
    """Open a score to its parts; `None` where the run, the list or the line does not exist."""
    run, chosen = queries.award_run(actor, number), ROLLS.get(roll)
    if run is None or chosen is None:
        return None
    line = next(iter(queries.award_lines(actor, number, chosen, subjects=(subject,))), None)
    score = queries.award_score(actor, number, chosen, subject)
    if line is None or score is None:
        return None
    value, kind = points(line.total), say(CLASSES[line.difficulty])
    return Opened(
        run,
        line.name,
        say("{points} dari 100", points=value),
        status_of(run),
        say("Peringkat {rank}, {kind}", rank=format_number(line.rank), kind=kind),
        href(run, chosen),
        list(_parts(score)),
        {"isian": _entries(actor, run, chosen, score)},
    )


def _parts(score: Score) -> list[Part]:
    formula, entries = score.formula, score.entries
    apply = sum(one.required - one.not_applicable for one in entries)
    cells, poor = sum(one.cells for one in entries), sum(one.poor for one in entries)
    unsound, unknown = sum(one.unsound for one in entries), sum(one.unknown for one in entries)
    prompt = sum(one.delay == 0 for one in entries)
    absent = sum(one.delay is None for one in entries)
    because = {
        "completeness": say(
            "{filled} dari {apply} isian wajib terisi; {unknown} berbunyi tidak tahu dan {unsound} sedang "
            "dipersoalkan, masing-masing mengurangi.",
            filled=format_number(sum(one.filled for one in entries)),
            apply=format_number(apply),
            unknown=format_number(unknown),
            unsound=format_number(unsound),
        ),
        "timeliness": say(
            "{prompt} dari {n} formulir masuk tepat waktu, {absent} tidak masuk. "
            "Yang terlambat {days} hari atau lebih bernilai nol.",
            prompt=format_number(prompt),
            n=format_number(len(entries)),
            absent=format_number(absent),
            days=format_number(formula.days_to_zero),
        ),
        "quality": say(
            "{poor} dari {cells} isian pernah dikembalikan, disalin, atau janggal tanpa penjelasan.",
            poor=format_number(poor),
            cells=format_number(cells),
        ),
    }
    return [
        Part(
            say(label),
            format_percent(rounded(getattr(formula, key), 4), 1),
            format_percent(rounded(getattr(score, key), 6), 1, 1),
            points(getattr(formula, key) * getattr(score, key)),
            because[key],
        )
        for key, label in PARTS.items()
    ]


def _entries(actor: Actor, run: Run, roll: Roll, score: Score) -> Figure:
    """List the submissions behind a score; of a producer those of all its villages together."""
    forms = dictionary.dictionary(actor).forms
    groups = [
        (key, list(rows)) for key, rows in groupby(score.entries, key=lambda one: (one.form, one.period))
    ]
    rows = tuple(
        (
            text_cell(forms[form].topic if form in forms else form, language="id"),
            text_cell(form),
            text_cell(format_code(period)),
            *_counts(list(own)),
        )
        for (form, period), own in groups
    )
    late = sum(one.delay != 0 for one in score.entries)
    n = format_number(len(score.entries))
    title = say("Semua {n} formulir masuk tepat waktu", n=n)
    if late:
        title = say("{late} dari {n} formulir terlambat atau tidak masuk", late=format_number(late), n=n)
    subtitle = say("Formulir yang sudah jatuh tempo, dengan yang dihitung darinya")
    if roll is Roll.PRODUCER:
        subtitle = say("Formulir yang sudah jatuh tempo, semua desa bersama")
    return Figure(
        "isian",
        title,
        subtitle,
        Table(
            (
                Column("formulir", say("Formulir")),
                Column("kode", say("Kode"), is_file_only=True),
                Column("periode", say("Periode")),
                Column("ditunggu", say("Ditunggu"), is_number=True),
                Column("tepat_waktu", say("Tepat waktu"), is_number=True),
                Column("terlambat", say("Terlambat"), is_number=True),
                Column("tidak_masuk", say("Tidak masuk"), is_number=True),
                Column("wajib", say("Isian wajib"), is_number=True),
                Column("terisi", say("Terisi"), is_number=True),
                Column("tidak_tahu", say("Tidak tahu"), is_number=True),
                Column("dipersoalkan", say("Dipersoalkan"), is_number=True),
                Column("bercacat", say("Mengurangi mutu"), is_number=True),
            ),
            rows,
        ),
        (source_of(run),),
        most=MOST,
    )


def _counts(own: Sequence[Entry]) -> tuple[Cell, ...]:
    late = sum(one.delay is not None and one.delay > 0 for one in own)
    numbers = (
        len(own),
        sum(one.delay == 0 for one in own),
        late,
        sum(one.delay is None for one in own),
        sum(one.required - one.not_applicable for one in own),
        *(sum(getattr(one, name) for one in own) for name in ("filled", "unknown", "unsound", "poor")),
    )
    return tuple(number_cell(one) for one in numbers)
