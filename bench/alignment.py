"""S01 to S15 over 1,432 villages and 5,000 activities, beside comparing each pair; seconds of each. SIMULASI.

Made up: three documents of 15 governments (Renstra, RKPD, Renja), RPJM Desa, RKP Desa and APBDes of every
village, activities of four levels with one village to all of a kabupaten, and item scores of every village.
Rivals of S10 (overlaps) give the same pairs: a self-join of pandas, and a look at every pair of activities as
one would write it first. Figures are the best of the rounds, in one process, in turn.
Run: python bench/alignment.py [--villages 1432] [--activities 5000] [--rounds 3] [--no-naive]
"""

import argparse
import os
import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import combinations

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidara.web.settings")

import django
import pandas as pd

django.setup()

from sidara.kernel.actor import OPERATOR
from sidara.programmes import queries
from sidara.programmes.core.alignment import CHECKS, Context, check, versions_of
from sidara.programmes.core.alignment.rows import Activity, Goal, PlanLine, Proposal, Scores, Tables, Village
from sidara.programmes.core.words import Decision, GoalKind, Government, Level, PlanKind

SEED, YEAR, REGENCIES = 62, 2026, 14
LEVELS = (Level.VILLAGE, Level.VILLAGE, Level.VILLAGE, Level.REGENCY, Level.PROVINCE, Level.CENTRE)
OWNERS = {Level.CENTRE: "Kementerian", Level.PROVINCE: "Dinas Provinsi", Level.REGENCY: "Dinas Kabupaten"}


def made(villages: int, activities: int) -> Tables:
    """Make up all rows; the same for the same numbers."""
    chance = random.Random(SEED)
    codes = [
        f"62.{1 + at % REGENCIES:02d}.{1 + at // REGENCIES % 15:02d}.{2001 + at}" for at in range(villages)
    ]
    catalogue = queries.catalogue(OPERATOR)
    kinds = [one for one in catalogue.kinds.kinds if one.links]
    items = sorted({link.item for one in kinds for link in one.links if link.index == "indeks_desa"})
    return Tables(
        plan_lines=(*regional(catalogue, chance), *village_lines(codes, chance)),
        goals=tuple(
            Goal(id=f"g{at}", plan=PlanKind.RENSTRA, kind=GoalKind.OBJECTIVE, owner=f"PD {at}", area="62.01")
            for at in range(REGENCIES)
        ),
        activities=tuple(activity(at, codes, kinds, chance) for at in range(activities)),
        proposals=tuple(
            Proposal(
                id=f"u{at}",
                document="DU-RKP Desa",
                year=YEAR,
                village=chance.choice(codes),
                level_asked="kabupaten",
                decision=chance.choice(list(Decision)),
                linked_activity=f"a{at}" if at % 2 else None,
            )
            for at in range(villages)
        ),
        realisations=(),
        villages=tuple(
            Village(
                code=code,
                status="BERKEMBANG",
                scores={"indeks_desa": scores(items, chance)},
            )
            for code in codes
        ),
    )


def scores(items: list[str], chance: random.Random) -> Scores:
    return Scores(is_simulated=True, items={item: Decimal(chance.randint(1, 5)) for item in items})


def activity(at: int, codes: list[str], kinds: list, chance: random.Random) -> Activity:
    level, kind = chance.choice(LEVELS), chance.choice(kinds)
    where = chance.choice(codes)
    spread = (
        [where] if level is Level.VILLAGE else chance.sample(codes, min(len(codes), chance.randint(1, 100)))
    )
    return Activity(
        id=f"a{at}",
        owner=where if level is Level.VILLAGE else OWNERS[level],
        level=level,
        kind=kind.code,
        year=YEAR,
        fund_source=level.value,
        budget_idr=chance.randint(10, 900) * 1_000_000,
        villages=tuple(spread),
        phases=frozenset({chance.choice(kind.stages)}),
        start=date(YEAR, 4, 1),
        end=date(YEAR, 12, 15),
    )


def regional(catalogue, chance: random.Random) -> list[PlanLine]:
    entries = [one for one in catalogue.nomenclature.entries if one.government is Government.REGENCY]
    lines = []
    for at in range(REGENCIES):
        for entry in entries:
            for plan in (PlanKind.RENSTRA, PlanKind.RKPD, PlanKind.RENJA):
                lines.append(
                    PlanLine(
                        id=f"{plan}{at}-{entry.code}-{entry.valid_from}",
                        plan=plan,
                        owner=f"PD {at}",
                        government=Government.REGENCY,
                        year=YEAR,
                        code=entry.code,
                        name=entry.name,
                        indicator=entry.indicator,
                        direction="naik",
                        unit=entry.unit,
                        target=Decimal(chance.randint(1, 100)),
                        ceiling_original=chance.randint(1, 100) * 1_000_000,
                        goal_id=f"g{at}",
                        area=f"62.{at + 1:02d}",
                    )
                )
    return lines


def village_lines(codes: list[str], chance: random.Random) -> list[PlanLine]:
    lines = []
    for code in codes:
        for number in range(12):
            for plan in (PlanKind.RPJM_DESA, PlanKind.RKP_DESA, PlanKind.APBDES):
                if chance.random() < 0.9:
                    lines.append(
                        PlanLine(
                            id=f"{plan}{code}-{number}",
                            plan=plan,
                            owner=code,
                            government=Government.VILLAGE,
                            year=YEAR,
                            code=f"2.3.{number + 1:02d}",
                            name=f"Kegiatan {number}",
                            ceiling_original=chance.randint(1, 100) * 1_000_000,
                            fund_source="DD",
                            account="5.3.5" if plan is PlanKind.APBDES else "",
                            years=(YEAR,) if plan is PlanKind.RPJM_DESA else (),
                            area=code,
                        )
                    )
    return lines


def by_pandas(tables: Tables, context: Context) -> set[tuple[str, str]]:
    """Join the activities with themselves on village, kind and year."""
    phases = context.kinds.phases
    rows = pd.DataFrame(
        [
            (at, one.id, one.kind, one.year, code, one.fund_source, one.owner, phases[next(iter(one.phases))])
            for at, one in enumerate(sorted(tables.activities, key=lambda one: one.id))
            for code in set(one.villages)
        ],
        columns=["at", "id", "kind", "year", "village", "fund", "owner", "phase"],
    )
    pairs = rows.merge(rows, on=["kind", "year", "village"], suffixes=("", "_2"))
    pairs = pairs[(pairs["at"] < pairs["at_2"]) & (pairs["phase"] == pairs["phase_2"])]
    pairs = pairs[(pairs["fund"] != pairs["fund_2"]) | (pairs["owner"] != pairs["owner_2"])]
    return set(zip(pairs["id"], pairs["id_2"], strict=True))


def naive(tables: Tables, context: Context) -> set[tuple[str, str]]:
    """Look at every pair of activities."""
    phases = context.kinds.phases
    found = set()
    for one, other in combinations(sorted(tables.activities, key=lambda one: one.id), 2):
        if one.kind != other.kind or one.year != other.year:
            continue
        if one.fund_source == other.fund_source and one.owner == other.owner:
            continue
        is_same_phase = {phases[word] for word in one.phases} & {phases[word] for word in other.phases}
        if is_same_phase and set(one.villages) & set(other.villages):
            found.add((one.id, other.id))
    return found


def ours(tables: Tables, context: Context) -> set[tuple[str, str]]:
    return {one.rows for one in check(tables, context, ("SIN_S10",))}  # type: ignore[misc]


def timed(work: Callable[[], object], rounds: int) -> tuple[float, object]:
    best, result = float("inf"), None
    for _ in range(rounds):
        start = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - start)
    return best, result


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--villages", type=int, default=1_432)
    options.add_argument("--activities", type=int, default=5_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--no-naive", action="store_true")
    asked = options.parse_args()
    tables = made(asked.villages, asked.activities)
    lists = queries.catalogue(OPERATOR)
    context = Context(
        rules=queries.alignment.rules(OPERATOR),
        year=YEAR,
        day=date(YEAR, 12, 1),
        kinds=queries.alignment.kinds(OPERATOR),
        nomenclature=lists.nomenclature,
        versions=versions_of(lists.nomenclature),
        is_simulated=True,
    )
    meetings = sum(len(one.villages) for one in tables.activities)
    print(
        f"SIMULASI: {len(tables.villages):,} villages, {len(tables.activities):,} activities in {meetings:,} "
        f"places, {len(tables.plan_lines):,} plan lines, {len(tables.proposals):,} proposals"
    )
    seconds, found = timed(lambda: check(tables, context), asked.rounds)
    counts = Counter(one.code for one in found)  # type: ignore[attr-defined]
    print(f"all checks: {seconds:.2f} s, {sum(counts.values()):,} findings")
    for code in CHECKS:
        own, _ = timed(lambda: check(tables, context, (code,)), 1)  # noqa: B023 - called at once
        print(f"  {code}: {own:.2f} s, {counts[code]:,} findings")
    mine, pairs = timed(lambda: ours(tables, context), asked.rounds)
    print(f"S10, ours: {mine:.2f} s, {len(pairs):,} pairs")  # type: ignore[arg-type]
    rivals = {"self-join of pandas": by_pandas} | ({} if asked.no_naive else {"every pair": naive})
    for name, rival in rivals.items():
        seconds, got = timed(lambda: rival(tables, context), asked.rounds)  # noqa: B023 - called at once
        print(f"S10, {name}: {seconds:.2f} s, {'the same pairs' if got == pairs else 'OTHER PAIRS'}")


if __name__ == "__main__":
    main()
