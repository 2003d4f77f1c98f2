"""Conditions of villages: who may states them from a file, with a day and a source; what was stated stays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import batched
from pathlib import Path
from typing import BinaryIO

from sidara.kernel.actor import Actor, require_each, require_somewhere
from sidara.kernel.clock import Clock, local_date
from sidara.kernel.finding import Finding, Place
from sidara.kernel.number import format_date
from sidara.records.writing import writing
from sidara.regions import queries
from sidara.regions.core import Condition, Connection, Difficulty, Level, Region
from sidara.regions.formats import conditions_file
from sidara.regions.formats.conditions_file import CODE, CONNECTION, DIFFICULTY, WORDS, Stated
from sidara.regions.models import RegionCondition

STATE = "regions.state_conditions"
LONGEST = 300
AT_ONCE = 500
"""Codes that go into one question."""


@dataclass(frozen=True, slots=True)
class ConditionsAccount:
    """What came of a file: lines `read` = `stated` + `unchanged` + `rejected`."""

    read: int = 0
    stated: int = 0
    unchanged: int = 0
    rejected: int = 0
    findings: tuple[Finding, ...] = ()
    is_stored: bool = False


def import_conditions(  # noqa: PLR0913 - each part has its own name
    actor: Actor,
    *,
    file: Path | BinaryIO,
    source: str,
    since: date,
    clock: Clock,
    format: str | None = None,  # noqa: A002 - the word of the command line
    sheet: str | None = None,
    dry_run: bool = False,
) -> ConditionsAccount:
    """State the conditions of villages since a day from a table (CSV, XLSX, Parquet, JSON).

    `source` is the decree or list that says so. Lines that cannot be read, and villages of others, are
    rejected with a finding; the others are stored. The same file again changes nothing. Refuses
    (`NotAllowed`) who may state conditions nowhere.
    """
    require_somewhere(actor, STATE)
    if faults := tuple(_faults_of(source, since, local_date(clock()))):
        return ConditionsAccount(findings=faults)
    lines, read, findings = conditions_file.read(file, format=format, sheet=sheet)
    work = _Lines(actor, source.strip(), since)
    for line in lines:
        work.take(line)
    work.leave_out_of_order()
    stated = _state(actor, {place: one for _, place, one in work.found.values()}, clock, dry_run=dry_run)
    found, said = work.found, (*findings, *work.findings)
    return ConditionsAccount(
        read=read,
        stated=stated,
        unchanged=len(found) - stated,
        rejected=read - len(found),
        findings=said,
        is_stored=not dry_run and bool(found),
    )


def state_conditions(actor: Actor, *, conditions: Mapping[str, Condition], clock: Clock) -> int:
    """State conditions of villages (by dotted code) in one transaction; gives how many say something new.

    One without a day is stated for today. What is said again is not stored twice. Raises `ValueError` for a
    code that is no village. Refuses (`NotAllowed`) who may not for each of them.
    """
    places: dict[str, Region] = {}
    for some in batched(conditions, AT_ONCE):
        places |= queries.named(actor, some)
    for code in conditions:
        if code not in places or places[code].level is not Level.VILLAGE:
            raise ValueError(code)
    require_each(actor, STATE, conditions)
    return _state(actor, {places[code]: one for code, one in conditions.items()}, clock)


def _state(actor: Actor, found: Mapping[Region, Condition], clock: Clock, *, dry_run: bool = False) -> int:
    """State what says something new, unless it is a trial; gives how many that are."""
    with writing():
        held = queries.conditions(actor, [place.id for place in found])
        rows = [
            RegionCondition(
                region_id=place.id,
                difficulty=one.difficulty or "",
                connection=one.connection or "",
                valid_from=one.since or local_date(clock()),
                source=one.source,
                actor_id=actor.id,
                actor_name=actor.name,
                recorded_at=clock(),
            )
            for place, one in found.items()
            if held.get(place.id, Condition()).is_changed_by(one)
        ]
        if not dry_run:
            RegionCondition.objects.bulk_create(rows)
    return len(rows)


class _Lines:
    """The lines of a file by what becomes of them: `found` (by id of the village), `findings`."""

    def __init__(self, actor: Actor, source: str, since: date) -> None:
        self.actor, self.source, self.since = actor, source, since
        self.found: dict[int, tuple[Stated, Region, Condition]] = {}
        self.findings: list[Finding] = []

    def take(self, line: Stated) -> None:
        """Read a line; the first of two for the same village counts."""
        place = queries.resolve(self.actor, line.code)
        fault = self._fault_of_words(line) or self._fault_of_place(line, place)
        if fault is not None or place is None:
            self.findings += [fault] if fault else []
            return
        said = Condition(
            Difficulty(line.difficulty) if line.difficulty else None,
            Connection(line.connection) if line.connection else None,
            self.since,
            self.source,
        )
        self.found[place.id] = line, place, said

    def leave_out_of_order(self) -> None:
        """Reject the lines of villages of which something is stated for a later day."""
        for region, held in queries.conditions(self.actor, list(self.found)).items():
            if held.since is not None and held.since > self.since:
                line, place, _ = self.found.pop(region)
                day = format_date(held.since)
                say = f"Kesulitan dan sambungan {place.full_name} sudah dicatat sejak {day}."
                mend = "Sebut hari sesudahnya, atau hapus barisnya."
                at = Place(line=line.line, column=CODE)
                self.findings.append(Finding("CONDITION_ORDER", say, mend, place=at, value=line.code))

    @staticmethod
    def _fault_of_words(line: Stated) -> Finding | None:
        if not (line.difficulty or line.connection):
            say = f"Baris {line.line} tidak menyebut kesulitan maupun sambungan."
            return Finding("CONDITION_EMPTY", say, "Isi salah satunya.", place=Place(line=line.line))
        for column, text in ((DIFFICULTY, line.difficulty), (CONNECTION, line.connection)):
            if text and text not in WORDS[column]:
                return Finding(
                    "CONDITION_WORD",
                    f"{text} bukan {column} yang dikenal.",
                    f"Tulis salah satu: {', '.join(WORDS[column])}.",
                    place=Place(line=line.line, column=column),
                    value=text,
                )
        return None

    def _fault_of_place(self, line: Stated, place: Region | None) -> Finding | None:
        at = Place(line=line.line, column=CODE)
        if place is None or place.level is not Level.VILLAGE:
            say = f"{line.code or 'Kode kosong'} bukan kode desa atau kelurahan."
            return Finding("CONDITION_PLACE", say, "Tulis kodenya, 62.01.02.2016.", place=at, value=line.code)
        if not self.actor.may(STATE, region=place.code):
            say = f"{place.full_name} ({place.code}) di luar wilayah Anda."
            return Finding("CONDITION_OTHERS", say, "Hapus barisnya.", place=at, value=line.code)
        if place.id in self.found:
            say = f"{place.full_name} ({place.code}) sudah disebut baris lain."
            return Finding("CONDITION_TWICE", say, "Hapus salah satunya.", place=at, value=line.code)
        return None


def _faults_of(source: str, since: date, today: date) -> Iterator[Finding]:
    if not source.strip() or len(source) > LONGEST:
        say = "Sumber tidak disebut." if not source.strip() else "Sumber terlalu panjang."
        yield Finding("CONDITION_SOURCE", say, "Sebut keputusan atau daftarnya, paling banyak 300 huruf.")
    if since > today:
        say = f"{format_date(since)} belum tiba."
        yield Finding("CONDITION_DAY", say, "Sebut hari mulai berlakunya.", value=str(since))
