"""The cheapest path of a village: which items to raise, and how far, to reach a status or a score.

Each item may rise from today's score to a higher one that it can have in that year; the cheapest choice that
reaches the goal is sought exactly (`knapsack`) and every answer is put through the computation again. Words:
goal, step (one item raised), bound (no choice is cheaper), lacking (what the highest attainable misses).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil

import polars as pl

from sidara.indices.core import keys, knapsack, standing
from sidara.indices.core.compute import compute
from sidara.indices.core.costs import Costs
from sidara.indices.core.definition import Definition, Item, Version
from sidara.indices.core.evaluate import Depth
from sidara.indices.core.knapsack import Option
from sidara.indices.core.scoring import class_position, figure
from sidara.indices.core.standing import Linear, Standing
from sidara.kernel.finding import Finding, Place, Severity
from sidara.kernel.number import format_number
from sidara.tables import LINE


@dataclass(frozen=True, slots=True)
class Goal:
    """A status (its code), a score of the index, or, with neither, the next status of each village."""

    status: str | None = None
    score: Fraction | None = None


class Outcome(StrEnum):
    """What came of the search."""

    REACHABLE = "reachable"
    REACHED = "reached"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Step:
    """One item raised from `start` to `to`. `is_sure`: today's score is known, not the lowest possible."""

    item: str
    label: str
    start: int
    to: int
    cost: Fraction
    activity: str | None
    actors: Mapping[str, str]
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Path:
    """The answer for one village and year.

    `index`, `status`: today's (of the lowest completion where a score is missing: `is_complete` false).
    `goal`: the status or score aimed at, in words. `index_after`, `status_after`: with the steps taken, or,
    where the goal is out of reach, with everything raised that can be. `cost` (`None` out of reach) and the
    `bound` that the solver proves: nothing costs less (`None` = no proof); `is_optimal` = both are equal.
    `note`: why nothing is to be done, or cannot be.
    """

    line: int
    code: str
    year: int
    index: Fraction
    status: str
    is_complete: bool
    goal: str
    outcome: Outcome
    index_after: Fraction
    status_after: str
    cost: Fraction | None
    bound: Fraction | None
    is_optimal: bool
    steps: tuple[Step, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Paths:
    """Paths in the order of the rows, the lines of rejected rows, and what is to be said."""

    paths: tuple[Path, ...]
    rejected: tuple[int, ...]
    findings: tuple[Finding, ...]


def paths(
    definition: Definition,
    frame: pl.DataFrame,
    goal: Goal,
    costs: Costs | None = None,
    known: Collection[str] | None = None,
) -> Paths:
    """Find the cheapest path of every row of a table (see `compute` for its form and for `known`).

    Refused (an error, no paths) where a table holds no item scores, or an index is not a sum of scores.
    The goal is met on the figure rounded as the classes round it.
    """
    costs = costs or Costs()
    made = compute(definition, frame, known)
    found: list[Path] = []
    said = list(made.findings)
    for rows in standing.standings(definition, frame, made.lines):
        refusal = _refusal(rows)
        if refusal is not None:
            return Paths((), made.rejected, (refusal, *made.findings))
        solved = list(_solved(rows, goal, costs))
        _verify(rows, goal, solved)
        found += [path for path, _ in solved]
        said += _said(rows, costs, [path for path, _ in solved])
    found.sort(key=lambda path: path.line)
    return Paths(tuple(found), made.rejected, tuple(said))


def _refusal(rows: Standing) -> Finding | None:
    if rows.depth is Depth.SUB_INDICES:
        return Finding(
            "PATH_NEEDS_ITEMS",
            "Berkas hanya berisi subindeks; jalur termurah memerlukan skor butir atau jawaban.",
            "Pakailah berkas dengan skor setiap butir "
            f"({rows.version.items[0].code} sampai {rows.version.items[-1].code}).",
        )
    if standing.linear(rows.version) is None:
        return Finding(
            "PATH_NOT_A_SUM",
            f"{rows.version.top.name} memakai rata-rata geometrik; jalur termurah hanya dihitung untuk "
            "indeks yang merupakan jumlah skor.",
            "Pakailah `sidara index whatif` untuk mencoba perubahan.",
        )
    return None


@dataclass(frozen=True, slots=True)
class _Table:
    """What the villages of one version and year share."""

    version: Version
    linear: Linear
    items: tuple[Item, ...]
    raises: tuple[dict[int, tuple[tuple[int, Option], ...]], ...]
    free: tuple[dict[int, int], ...]
    unit: int
    costs: Costs
    year: int

    def rounded(self, total: int) -> Fraction:
        decimals = self.version.thresholds.decimals
        units = standing.rounded_units(total, self.linear.denominator, decimals)
        return Fraction(units, 10**decimals)

    def position(self, total: int) -> int:
        return self.version.thresholds.position(self.rounded(total))

    def status(self, total: int) -> str:
        return self.version.thresholds.classes[self.position(total)].status


def _table(rows: Standing, costs: Costs) -> _Table:
    sum_of = standing.linear(rows.version)
    if sum_of is None:
        raise TypeError(f"{rows.version.top.code} is not a sum")
    unit = costs.denominator
    raises = []
    free = []
    for item, factor in zip(rows.version.items, sum_of.factors, strict=True):
        prices = costs.raises(item, rows.year)
        raises.append(
            {
                start: tuple(
                    (to, Option(factor * (to - start), int(cost * unit))) for to, cost in moves.items()
                )
                for start, moves in prices.items()
            }
        )
        scores = standing.steps(item, rows.year)
        free.append({start: factor * (scores[-1] - start) for start in scores})
    return _Table(
        rows.version, sum_of, rows.version.items, tuple(raises), tuple(free), unit, costs, rows.year
    )


def _solved(rows: Standing, goal: Goal, costs: Costs) -> Iterator[tuple[Path, tuple[int, ...]]]:
    """Solve row by row; beside each path the scores with its steps taken."""
    table = _table(rows, costs)
    where = rows.rows.select(LINE, keys.CODE, keys.YEAR_NUMBER).iter_rows()
    for (line, code, year), low, sure in zip(where, rows.low.iter_rows(), rows.sure.iter_rows(), strict=True):
        yield _path(table, goal, (line, code, year), low, sure)


def _aim(table: _Table, goal: Goal, total: int) -> tuple[str, int | None]:
    """Give the goal in words and the least total that meets it; no total: there is no higher status."""
    thresholds, denominator = table.version.thresholds, table.linear.denominator
    if goal.score is not None:
        scale = 10**thresholds.decimals
        units = ceil(goal.score * scale)
        words = format_number(Fraction(units, scale), thresholds.decimals)
        return words, standing.least_total(units, denominator, thresholds.decimals)
    codes = [one.code for one in thresholds.classes]
    position = codes.index(goal.status) if goal.status is not None else table.position(total) + 1
    if position == len(codes):
        return thresholds.classes[-1].status, None
    units = standing.least_units(thresholds, position)
    return thresholds.classes[position].status, standing.least_total(units, denominator, thresholds.decimals)


def _path(
    table: _Table,
    goal: Goal,
    where: tuple[int, str, int],
    low: Sequence[int],
    sure: Sequence[int | None],
) -> tuple[Path, tuple[int, ...]]:
    total = table.linear.total(low)
    words, aimed = _aim(table, goal, total)
    moves = [by_start.get(start, ()) for by_start, start in zip(table.raises, low, strict=True)]
    groups = [[option for _, option in group] for group in moves]
    need = 0 if aimed is None else aimed - total
    chosen = knapsack.cheapest(groups, need)
    scores = tuple(low)
    steps: tuple[Step, ...] = ()
    cost = bound = None
    if chosen is None:
        outcome = Outcome.UNREACHABLE
        after = total + knapsack.most(groups)
        note = _why_not(table, low, moves, after, aimed or 0)
    else:
        outcome = Outcome.REACHABLE if need > 0 else Outcome.REACHED
        steps, scores = _steps(table, low, sure, chosen)
        after = table.linear.total(scores)
        spent = sum(option.cost for option in chosen if option)
        cost = Fraction(spent, table.unit)
        bound = cost if knapsack.is_least(groups, need, spent) else None
        note = "" if need > 0 else "Sudah pada status tertinggi." if aimed is None else "Sudah tercapai."
    line, code, year = where
    path = Path(
        line=line,
        code=code,
        year=year,
        index=Fraction(total, table.linear.denominator),
        status=table.status(total),
        is_complete=None not in sure,
        goal=words,
        outcome=outcome,
        index_after=Fraction(after, table.linear.denominator),
        status_after=table.status(after),
        cost=cost,
        bound=bound,
        is_optimal=cost is not None and cost == bound,
        steps=steps,
        note=note,
    )
    return path, scores


def _steps(
    table: _Table, low: Sequence[int], sure: Sequence[int | None], chosen: Sequence[Option | None]
) -> tuple[tuple[Step, ...], tuple[int, ...]]:
    steps = []
    scores = list(low)
    for at, (item, option) in enumerate(zip(table.items, chosen, strict=True)):
        if option is None:
            continue
        scores[at] = low[at] + option.gain // table.linear.factors[at]
        rule = next(rule for rule in item.rules_in(table.year) if low[at] in rule.possible)
        steps.append(
            Step(
                item=item.code,
                label=item.name,
                start=low[at],
                to=scores[at],
                cost=Fraction(option.cost, table.unit),
                activity=rule.activity,
                actors=dict(item.actors),
                is_sure=sure[at] is not None,
            )
        )
    return tuple(steps), tuple(scores)


def _why_not(
    table: _Table,
    low: Sequence[int],
    moves: Sequence[tuple[tuple[int, Option], ...]],
    after: int,
    aimed: int,
) -> str:
    """Say the highest attainable, what it lacks, and whether held items are the reason."""
    places = table.version.thresholds.decimals
    denominator = table.linear.denominator
    lacking = Fraction(aimed - after, denominator)
    figure_of = format_number(table.rounded(after), places)
    text = (
        f"Paling tinggi {table.status(after)} ({figure_of}) bila semua butir yang boleh berubah dinaikkan "
        f"penuh; kurang {format_number(lacking, places + 1)}."
    )
    full = [table.free[at].get(start, 0) for at, start in enumerate(low)]
    held = [
        table.items[at].code
        for at, gain in enumerate(full)
        if gain > max((option.gain for _, option in moves[at]), default=0)
    ]
    if not held:
        return f"{text} Semua butir sudah dihitung penuh."
    if table.linear.total(low) + sum(full) >= aimed:
        return f"{text} Terjangkau bila butir yang tertahan boleh dinaikkan: {', '.join(held)}."
    return f"{text} Tidak terjangkau pun bila butir yang tertahan ({', '.join(held)}) dinaikkan."


def _verify(rows: Standing, goal: Goal, solved: Sequence[tuple[Path, tuple[int, ...]]]) -> None:
    """Put every answer through the computation; a path that misses its goal there is our fault."""
    version = rows.version
    codes = list(version.by_code)
    scores = pl.DataFrame([one for _, one in solved], schema=dict.fromkeys(codes, pl.Int64), orient="row")
    index = figure(version, version.top)
    made = scores.select(
        index.value.alias("value"),
        class_position(version, index).alias("position"),
        index.rounded(version.thresholds.decimals).alias("units"),
    )
    statuses = [one.status for one in version.thresholds.classes]
    for (path, _), (value, position, units) in zip(solved, made.iter_rows(), strict=True):
        if path.outcome is Outcome.UNREACHABLE:
            continue
        is_same = Fraction(int(value), index.denominator or 1) == path.index_after
        if goal.score is None:
            is_met = position >= statuses.index(path.goal)
        else:
            is_met = units >= goal.score * 10**version.thresholds.decimals
        if not (is_same and is_met and statuses[position] == path.status_after):
            raise ArithmeticError(f"{path.code}: computed again, the path does not lead to {path.goal}")


def _said(rows: Standing, costs: Costs, found: Sequence[Path]) -> list[Finding]:
    """Tell which paths start from the lowest completion, and which items are held for want of a price."""
    said = []
    unpriced = costs.without_price(rows.version)
    if unpriced:
        said.append(
            Finding(
                "COST_ABSENT",
                f"{len(unpriced)} butir tidak punya biaya, jadi tidak dinaikkan: {', '.join(unpriced)}.",
                "Tambahkan biayanya, atau satu baris dengan butir '*' untuk semua yang lain.",
                Severity.INFO,
            )
        )
    said += [
        Finding(
            "PATH_FROM_LOWEST",
            f"Skor desa {path.code} tahun {path.year} belum lengkap; jalur dihitung dari kemungkinan "
            "terendah: cukup untuk sampai, tetapi mungkin lebih mahal daripada yang perlu.",
            "Lengkapi skornya agar jalurnya pasti yang termurah.",
            Severity.WARNING,
            Place(line=path.line),
            path.code,
        )
        for path in found
        if not path.is_complete
    ]
    return said
