"""A run of the award: reads the tallies of an area and year, keeps what it read and what came of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor, require
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Finding
from sidara.progress import models, queries
from sidara.progress.core.award import (
    COUNTS,
    PARTS,
    Entry,
    Formula,
    Placed,
    Read,
    Roll,
    canonical,
    content_hash,
    delay_of,
    placed,
    scores_hash,
)
from sidara.progress.queries import Row, Scope
from sidara.records.bulk import insert_records
from sidara.records.writing import next_number, writing
from sidara.regions import queries as regions
from sidara.regions.core import Condition, Region
from sidara.verification.core import Level

RUN = "progress.run_award"
_ENTRY = ("run_id", "sector", "regency_code", "difficulty", "form", "period", "region_code", *COUNTS)
_SCORE = ("run_id", "roll", "subject", "name", "difficulty", "rank", *PARTS)


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a run: its number, or why there is none. `is_repeated`: the same was run before."""

    number: int = 0
    findings: tuple[Finding, ...] = ()
    is_repeated: bool = False

    @property
    def is_done(self) -> bool:
        """Whether there is a run."""
        return self.number > 0


def run_award(actor: Actor, *, under: str, year: int, now: datetime, dataset: str = "") -> Ran:
    """Score the teams and producers of an area (dotted code) for the submissions of a year that were due.

    Reads the tallies as they were brought up to date last, with the conditions of villages of today. The same
    day, formula and entries again give the run that is there. Without `dataset` that of the area is meant.
    Refuses (`NotAllowed`) who may not run the award of that area.
    """
    area = regions.resolve(actor, under)
    if area is None:
        say, mend = f"Wilayah {under} tidak ada.", "Sebut kode provinsi atau kabupaten, misalnya 62."
        return Ran(findings=(Finding("AWARD_AREA", say, mend, value=under),))
    require(actor, RUN, region=area.code)
    scope, today = Scope(dataset, area.code, year), local_date(now)
    read = list(_read(actor, scope, today)) if year else []  # to a scope 0 says: of every year
    if not read:
        say = f"Belum ada isian tahun {year} yang jatuh tempo di {area.full_name}."
        return Ran(findings=(Finding("AWARD_NOTHING", say, "Pilih tahun lain, atau tunggu jatuh temponya."),))
    formula = queries.award_formula(actor)
    found = content_hash(scope.dataset, area.code, year, today, formula, read)
    with writing():
        before = models.AwardRun.objects.filter(content_hash=found).values_list("number", flat=True).first()
        if before is not None:
            return Ran(before, is_repeated=True)
        scores = placed(Formula.of(formula), read)
        number = next_number(models.AwardRun)
        models.AwardRun.objects.create(
            number=number,
            dataset=scope.dataset,
            area_id=area.id,
            area_code=area.code,
            area_name=area.full_name,
            year=year,
            day=today,
            formula=canonical(formula),
            content_hash=found,
            scores_hash=scores_hash(scores),
            actor_id=actor.id,
            actor_name=actor.name,
            actor_function=actor.function,
            made_at=now,
        )
        insert_records(models.AwardEntry, _ENTRY, (_entry_row(number, one) for one in read))
        insert_records(models.AwardScore, _SCORE, _score_rows(actor, number, scores))
    return Ran(number)


def _read(actor: Actor, scope: Scope, today: date) -> Iterator[Read]:
    """Read the tallies that were due before today, with the class of their villages."""
    rows = list(queries.rows(actor, scope, due_day__lt=today.toordinal()))
    held = regions.conditions(actor, {one.region_id for one in rows}, on=today)
    regencies = regions.regions(actor, {one.regency_id for one in rows})
    for one in rows:
        difficulty = held.get(one.region_id, Condition()).difficulty
        yield Read(one.sector, regencies[one.regency_id].code, difficulty, _entry(one))


def _entry(one: Row) -> Entry:
    """Read one tally. Of a copy all cells are held: of last year's until it is final, else for good."""
    is_copy = one.is_copy_of_neighbour or (one.is_copy_of_year and one.level < Level.PROVINCE)
    return Entry(
        one.form,
        one.period,
        one.region,
        required=one.required,
        not_applicable=one.not_applicable,
        filled=one.filled,
        unknown=one.unknown,
        cells=one.cells,
        unsound=one.cells if is_copy else one.unsound,
        poor=one.cells if is_copy else one.poor,
        delay=delay_of(one.came_day, one.due_day),
    )


def _entry_row(number: int, one: Read) -> tuple[object, ...]:
    entry = one.entry
    own = (entry.form, entry.period, entry.region, *(getattr(entry, name) for name in COUNTS))
    return (number, one.sector, one.regency, one.difficulty or "", *own)


def _score_rows(actor: Actor, number: int, scores: Iterable[Placed]) -> Iterator[tuple[object, ...]]:
    names = _Names(actor, scores)
    for one in scores:
        parts = (str(part) for part in one.parts)
        yield (number, one.roll.value, one.subject, names.of(one), one.difficulty or "", one.rank, *parts)


class _Names:
    """How those on the lists are called on that day."""

    def __init__(self, actor: Actor, scores: Iterable[Placed]) -> None:
        codes = {one.subject.partition("-")[0] for one in scores}
        self.places: dict[str, Region] = regions.named(actor, sorted(codes))
        above = {one.parent_id for one in self.places.values() if one.parent_id}
        self.above: dict[int, Region] = regions.regions(actor, above)
        self.sectors = dictionary.dictionary(actor).sectors

    def of(self, one: Placed) -> str:
        """Name a village with its kecamatan, for many share a name, or a sector in a kabupaten."""
        code, _, sector = one.subject.partition("-")
        known = self.places.get(code)
        place = known.full_name if known else code
        if one.roll is Roll.TEAM:
            above = self.above.get(known.parent_id or 0) if known else None
            return f"{place}, {above.name}" if above else place
        return f"{self.sectors[sector].name if sector in self.sectors else sector}, {place}"
