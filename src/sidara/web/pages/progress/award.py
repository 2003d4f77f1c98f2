"""The award on screen: two lists by class of difficulty, runs that there are and that the reader may make."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sidara.collection.core import COLLECTION, EXAMPLES
from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding
from sidara.progress import queries, services
from sidara.progress.core.award import ROLLS, Roll
from sidara.progress.queries import Line, Run
from sidara.progress.services import RUN
from sidara.regions import queries as regions
from sidara.regions.core import Difficulty
from sidara.ui.charts import Bar, ranking_bars
from sidara.ui.drawing import SLIM
from sidara.ui.figures import Column, Figure, Source, Table, number_cell, text_cell
from sidara.ui.language import format_date, format_number, format_percent, say
from sidara.web.pages.places import Link

HUNDRED, DECIMALS = 100, 2
STATUS = noop("Usulan, belum ditetapkan")
"""What the content says of the formula today."""
DRAWN, MOST = 10, 200
"""Rows of a list that are drawn, that a screen shows."""
WORDS = {Roll.TEAM: noop("Tim operator desa"), Roll.PRODUCER: noop("Produsen data")}
CLASSES = {
    Difficulty.NORMAL: noop("Kelas normal"),
    Difficulty.HARD: noop("Kelas sulit"),
    Difficulty.EXTREME: noop("Kelas ekstrem"),
    None: noop("Kelas belum dicatat"),
}
_WORD = {roll: word for word, roll in ROLLS.items()}
PARTS = {
    "completeness": noop("Kelengkapan"),
    "timeliness": noop("Ketepatan waktu"),
    "quality": noop("Mutu"),
}
COLUMNS = {"completeness": "kelengkapan", "timeliness": "ketepatan_waktu", "quality": "mutu"}
"""How files name the parts, beside their other columns."""


@dataclass(frozen=True)
class Offer:
    """A run that the reader may make: of which area, for which years."""

    area: str
    name: str
    years: Sequence[int]


@dataclass(frozen=True)
class Page:
    """A list of a run; `run` is `None` while there is none. `offers` are runs that the reader may make."""

    run: Run | None
    roll: Roll
    title: str
    status: str
    lead: str
    rolls: Sequence[Link]
    runs: Sequence[Link]
    figures: Mapping[str, Figure]
    offers: Sequence[Offer]
    days_to_zero: int
    refused: Sequence[Finding] = ()


def build(
    actor: Actor,
    *,
    year: int,
    number: int | None = None,
    roll: str = "",
    refused: Sequence[Finding] = (),
) -> Page:
    """Build the list of a run: the one that is named, else the newest that was made."""
    runs = queries.award_runs(actor)
    run = next((one for one in runs if number in {None, one.number}), None)
    chosen = ROLLS.get(roll, Roll.TEAM)
    formula = run.formula if run else queries.award_formula(actor)
    lines = queries.award_lines(actor, run.number, chosen) if run else []
    return Page(
        run,
        chosen,
        _title(run, chosen, lines),
        _status(formula),
        _rule(formula),
        [Link(say(WORDS[one]), "" if one is chosen else href(run, one)) for one in Roll] if run else (),
        [Link(_named(one), "" if one is run else href(one, chosen)) for one in runs] if len(runs) > 1 else (),
        {one.key: one for one in _figures(actor, run, chosen, lines)} if run else {},
        _offers(actor, year),
        formula["days_to_zero"],
        refused,
    )


def run_now(actor: Actor, *, under: str, year: str, moment: datetime) -> services.Ran | None:
    """Run the award as the reader asked; `None` where the page did not say what."""
    code, _, kind = under.partition(" ")
    if not (year.isascii() and year.isdigit() and len(year) == len("2026")):
        return None
    dataset = EXAMPLES if kind == "contoh" else COLLECTION
    return services.run_award(actor, under=code, year=int(year), now=moment, dataset=dataset)


def href(run: Run | None, roll: Roll) -> str:
    """Give the address of a list of a run."""
    word = _WORD[roll]
    asked = {"nomor": run.number, "daftar": word} if run else {"daftar": word}
    return f"{reverse('award')}?{urlencode(asked)}"


def score_href(run: Run, word: str, subject: str) -> str:
    """Give the address of a score."""
    return reverse("award-score", args=[run.number, word, subject])


def _named(run: Run) -> str:
    kind = say("SIMULASI, ") if run.is_simulated else ""
    day = format_date(run.day)
    return kind + say("{year}, {area}, per {day}", year=run.year, area=run.area_name, day=day)


def _title(run: Run | None, roll: Roll, lines: Sequence[Line]) -> str:
    """Say what the list finds, in one sentence."""
    if run is None:
        return say("Belum ada penilaian SIDARA Award.")
    if not lines:
        return say("Tidak ada yang dinilai.")
    best, n = max(lines, key=lambda one: (one.total, one.name)), format_number(len(lines))
    if roll is Roll.PRODUCER:
        return say(
            "{n} produsen data dinilai; nilai tertinggi {points} dari 100.", n=n, points=points(best.total)
        )
    words = noop("{n} tim operator dinilai; tertinggi {name}, {points} dari 100.")
    return say(words, n=n, name=best.name, points=points(best.total))


def _rule(formula: Mapping[str, Any]) -> str:
    shares: dict[str, Any] = {
        name: format_percent(Decimal(text), 1) for name, text in formula["weights"].items()
    }
    return say(
        "Nilai = {completeness} kelengkapan + {timeliness} ketepatan waktu + {quality} mutu, "
        "dibandingkan hanya dengan yang sekelas kesulitannya.",
        **shares,
    )


def points(total: Decimal | Fraction) -> str:
    """Write a score of 0 to 1 as points of 100."""
    return format_number(total * HUNDRED, DECIMALS)


def source_of(run: Run) -> Source:
    """Name what a run was made of."""
    return Source(
        run.dataset,
        say("isian desa di SIDARA, penilaian {number}", number=format_number(run.number)),
        "",
        say("tidak dinyatakan"),
        None,
        run.day,
        is_simulated=run.is_simulated,
    )


def _figures(actor: Actor, run: Run, roll: Roll, lines: Sequence[Line]) -> list[Figure]:
    """Give a picture for each class, with all its lines behind it."""
    groups = [(kind, list(own)) for kind, own in groupby(lines, key=lambda one: one.difficulty)]
    labels = _labels(actor, roll, [one for _, own in groups for one in own[:DRAWN]])
    return [_figure(run, roll, kind, own, labels) for kind, own in groups]


def _figure(
    run: Run, roll: Roll, difficulty: Difficulty | None, own: Sequence[Line], labels: Mapping[str, str]
) -> Figure:
    kind, n = say(CLASSES[difficulty]), format_number(len(own))
    title, drawing = say("{kind}: belum ada yang bernilai", kind=kind), None
    if own[0].total:
        first = sum(one.rank == 1 for one in own)
        more = say(" dan {n} lainnya", n=format_number(first - 1)) if first > 1 else ""
        title = say("{kind}: {name}{more} teratas", kind=kind, name=labels[own[0].subject], more=more)
        bars = [
            Bar(labels[one.subject], one.total * HUNDRED, points(one.total), points(one.total))
            for one in own[:DRAWN]
        ]
        drawing = ranking_bars(bars, label=say("Nilai teratas, {kind}", kind=kind), width=SLIM)
    return Figure(
        f"award-{difficulty.name.lower() if difficulty else 'none'}",
        title,
        say("{status}. Nilai 0 sampai 100, {n} dinilai.", status=status_of(run), n=n),
        _table(run, roll, own),
        (source_of(run),),
        drawing,
        is_folded=True,
        most=MOST,
    )


def _labels(actor: Actor, roll: Roll, lines: Sequence[Line]) -> dict[str, str]:
    """Name those in a picture briefly: a producer by the code of its sector and where."""
    if roll is Roll.TEAM:
        return {one.subject: one.name for one in lines}
    parts = {one.subject: one.subject.partition("-") for one in lines}
    places = regions.named(actor, sorted({code for code, _, _ in parts.values()}))
    return {
        subject: f"{sector} {places[code].name if code in places else code}"
        for subject, (code, _, sector) in parts.items()
    }


def status_of(run: Run) -> str:
    """Say that the award is proposed, as its formula does."""
    return _status(run.formula)


def _status(formula: Mapping[str, Any]) -> str:
    return say(str(formula["status"]).capitalize())


def _table(run: Run, roll: Roll, lines: Sequence[Line]) -> Table:
    word = _WORD[roll]
    return Table(
        (
            Column("nama", say(WORDS[roll])),
            Column("kode", say("Kode"), is_file_only=True),
            Column("kelas", say("Kelas"), is_file_only=True),
            Column("peringkat", say("Peringkat"), is_number=True),
            Column("nilai", say("Nilai"), is_number=True),
            *(Column(COLUMNS[key], say(label), is_number=True) for key, label in PARTS.items()),
            Column("keterangan", say("Keterangan"), is_file_only=True),
        ),
        tuple(
            (
                text_cell(one.name, href=score_href(run, word, one.subject), language="id"),
                text_cell(one.subject),
                text_cell(say(CLASSES[one.difficulty])),
                number_cell(one.rank),
                number_cell(one.total * HUNDRED, DECIMALS),
                *(number_cell(getattr(one, key) * HUNDRED, DECIMALS) for key in PARTS),
                text_cell(status_of(run)),
            )
            for one in lines
        ),
    )


def _offers(actor: Actor, year: int) -> list[Offer]:
    """Give the areas whose award the actor may run: those of the grants, real and example villages apart."""
    years = (year, year - 1)
    codes = {code for area in actor.areas(RUN) for code in area.under}
    made = []
    for area in sorted(regions.named(actor, sorted(codes)).values(), key=lambda one: one.code):
        made.append(Offer(area.code, area.full_name, years))
        made.append(Offer(f"{area.code} contoh", say("{area}, desa contoh", area=area.full_name), years))
    return made
