"""The cheapest path of a village: which items to raise, and how far, to reach a status or a score.

Each item may rise from today's score to a higher one that it can have in that year; the cheapest choice that
reaches the goal is sought exactly (`knapsack`) and every answer is put through the computation again. Words:
goal, step (one item raised), bound (no choice is cheaper), lacking (what the highest attainable misses).

Where scores are open, a choice is a list of scores to be reached, made beforehand. It counts from the lowest
that each item can be and pays for the dearest (`moves`), so it is enough wherever the village stands. Scores
that no rule can show to be reached (`targets`) are used only when the goal cannot be reached without them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil

import polars as pl

from sidara.indices.core import knapsack, standing, targets
from sidara.indices.core.compute import compute
from sidara.indices.core.costs import Costs
from sidara.indices.core.definition import Definition
from sidara.indices.core.evaluate import Depth
from sidara.indices.core.knapsack import Option
from sidara.indices.core.moves import Move, Moves, Village, villages
from sidara.indices.core.scoring import class_position, figure
from sidara.indices.core.standing import Standing
from sidara.indices.core.targets import Reach
from sidara.kernel.finding import Finding, Place, Severity
from sidara.kernel.number import format_number


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
    """One item raised from `start` to `to`.

    `is_shown`: a rule says when `to` is reached. `is_sure`: so it is, and today's score is known (`start` is
    not the lowest possible). `activity` is the one published for today's score, `None` where it is not known.
    """

    item: str
    label: str
    start: int
    to: int
    cost: Fraction
    activity: str | None
    actors: Mapping[str, str]
    is_shown: bool
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Path:
    """The answer for one village and year.

    `index`, `status`: today's (of the lowest completion where a score is missing: `is_complete` false), and
    `index_max`, `status_max` those of the highest completion. `goal`: the status or score aimed at, in words.
    `index_after`, `status_after`: with the steps taken at the least, or, where the goal is out of reach, with
    everything raised that can be. `cost` (`None` out of reach) and the `bound` that is proven: nothing costs
    less (`None` = no proof); `is_optimal` = both are equal. `is_enough`: the goal is reached for sure,
    whatever the open scores are. `is_forward`: it is not reached today, whatever they are.
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
    index_max: Fraction
    status_max: str
    is_enough: bool
    is_forward: bool


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
class _Choice:
    """Options chosen among those of each item, `None` when they do not suffice."""

    options: tuple[tuple[Move, ...], ...]
    chosen: tuple[Option | None, ...] | None

    @property
    def groups(self) -> list[list[Option]]:
        return [[option for _, option in group] for group in self.options]


def _solved(rows: Standing, goal: Goal, costs: Costs) -> Iterator[tuple[Path, tuple[int, ...]]]:
    """Solve row by row; beside each path the scores with its steps taken."""
    index = standing.linear(rows.version)
    if index is None:
        raise TypeError(f"{rows.version.top.code} is not a sum")
    moves = Moves(rows.version, rows.year, costs, index)
    for village in villages(rows, index):
        yield _path(moves, goal, village)


def _aim(moves: Moves, goal: Goal, total: int) -> tuple[str, int | None]:
    """Give the goal in words and the least total that meets it; no total: there is no higher status."""
    thresholds, denominator = moves.version.thresholds, moves.index.denominator
    if goal.score is not None:
        scale = 10**thresholds.decimals
        units = ceil(goal.score * scale)
        words = format_number(Fraction(units, scale), thresholds.decimals)
        return words, standing.least_total(units, denominator, thresholds.decimals)
    codes = [one.code for one in thresholds.classes]
    position = codes.index(goal.status) if goal.status is not None else moves.position(total) + 1
    if position == len(codes):
        return thresholds.classes[-1].status, None
    units = standing.least_units(thresholds, position)
    return thresholds.classes[position].status, standing.least_total(units, denominator, thresholds.decimals)


def _chosen(moves: Moves, village: Village, need: int) -> tuple[_Choice, bool]:
    """Choose among what can be promised, else among everything; and whether the choice is a promise."""
    firm = tuple(moves.of(village.starts))
    chosen = knapsack.cheapest(_Choice(firm, None).groups, need)
    if chosen is not None:
        return _Choice(firm, chosen), True
    every = tuple(moves.of((low, high, Reach.ANY) for low, high, _ in village.starts))
    if every == firm:
        return _Choice(firm, None), False
    return _Choice(every, knapsack.cheapest(_Choice(every, None).groups, need)), False


def _path(moves: Moves, goal: Goal, village: Village) -> tuple[Path, tuple[int, ...]]:
    low = village.low
    total = moves.index.total(low)
    words, aimed = _aim(moves, goal, village.least)
    is_reached = aimed is None or village.least >= aimed
    need = 0 if aimed is None or is_reached else aimed - total
    choice, is_enough = _chosen(moves, village, need)
    groups, chosen = choice.groups, choice.chosen
    scores = tuple(village.worst) if is_reached else low
    steps: tuple[Step, ...] = ()
    cost = bound = None
    if chosen is None:
        outcome = Outcome.UNREACHABLE
        after = total + knapsack.most(groups)
        note = _why_not(moves, low, choice.options, after, aimed or 0)
    else:
        outcome = Outcome.REACHED if is_reached else Outcome.REACHABLE
        if not is_reached:
            steps, scores = _steps(moves, village, chosen)
        after = moves.index.total(scores)
        spent = sum(option.cost for option in chosen if option)
        cost = Fraction(spent, moves.costs.denominator)
        bound = cost if knapsack.is_least(groups, need, spent) else None
        note = (
            "" if not is_reached else "Sudah pada status tertinggi." if aimed is None else "Sudah tercapai."
        )
    line, code, year = village.where
    path = Path(
        line=line,
        code=code,
        year=year,
        index=moves.exact(village.least),
        status=moves.status(village.least),
        is_complete=None not in village.sure,
        goal=words,
        outcome=outcome,
        index_after=moves.exact(after),
        status_after=moves.status(after),
        cost=cost,
        bound=bound,
        is_optimal=cost is not None and cost == bound,
        steps=steps,
        note=note,
        index_max=moves.exact(village.most),
        status_max=moves.status(village.most),
        is_enough=is_enough,
        is_forward=aimed is not None and village.most < aimed,
    )
    return path, scores


def _steps(
    moves: Moves, village: Village, chosen: Sequence[Option | None]
) -> tuple[tuple[Step, ...], tuple[int, ...]]:
    version, year = moves.version, moves.year
    steps = []
    scores = list(village.low)
    for at, (item, option) in enumerate(zip(version.items, chosen, strict=True)):
        if option is None:
            continue
        start, _, reach = village.starts[at]
        scores[at] = start + option.gain // moves.index.factors[at]
        today = village.sure[at]
        is_shown = scores[at] in targets.scores(item, year, reach)
        rule = next((rule for rule in item.rules_in(year) if rule.score == today), None)
        steps.append(
            Step(
                item=item.code,
                label=item.name,
                start=start,
                to=scores[at],
                cost=Fraction(option.cost, moves.costs.denominator),
                activity=rule.activity if rule else None,
                actors=item.actors_by_kind,
                is_shown=is_shown,
                is_sure=is_shown and today is not None,
            )
        )
    return tuple(steps), tuple(scores)


def _why_not(
    moves: Moves, low: Sequence[int], options: Sequence[tuple[Move, ...]], after: int, aimed: int
) -> str:
    """Say the highest attainable, what it lacks, and whether held items are the reason."""
    version, index = moves.version, moves.index
    places = version.thresholds.decimals
    lacking = Fraction(aimed - after, index.denominator)
    figure_of = format_number(moves.rounded(after), places)
    text = (
        f"Paling tinggi {moves.status(after)} ({figure_of}) bila semua butir yang boleh berubah dinaikkan "
        f"penuh; kurang {format_number(lacking, places + 1)}."
    )
    full = moves.most(low)
    held = [
        version.items[at].code
        for at, gain in enumerate(full)
        if gain > max((option.gain for _, option in options[at]), default=0)
    ]
    if not held:
        return f"{text} Semua butir sudah dihitung penuh."
    if index.total(low) + sum(full) >= aimed:
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
    is_told = (path.outcome is not Outcome.REACHED and not path.is_complete for path in found)
    return said + [_open(path) for path, one in zip(found, is_told, strict=True) if one or _is_unsure(path)]


def _is_unsure(path: Path) -> bool:
    return path.outcome is Outcome.REACHABLE and not path.is_enough


def _open(path: Path) -> Finding:
    """Say what a path stands on where scores are open."""
    place = Place(line=path.line)
    if _is_unsure(path):
        unsure = ", ".join(step.item for step in path.steps if not step.is_shown)
        return Finding(
            "PATH_NOT_SURE",
            f"Desa {path.code} tahun {path.year} tidak sampai ke {path.goal} tanpa butir yang aturannya "
            f"belum terbit atau tidak berlaku bagi desa ini: {unsure}. Tidak ada jawaban yang menunjukkan "
            "kapan skornya tercapai, jadi jalurnya belum pasti.",
            "Isi kelas resmi bila hasilnya ada, atau tahan butirnya dengan --fixed.",
            Severity.WARNING,
            place,
            path.code,
        )
    what, remedy = "cukup untuk sampai, tetapi mungkin lebih mahal daripada yang perlu", "pasti yang termurah"
    if path.outcome is Outcome.UNREACHABLE:
        what, remedy = "dari sana tujuannya tidak terjangkau", "dihitung dari keadaan sebenarnya"
    return Finding(
        "PATH_FROM_LOWEST",
        f"Skor desa {path.code} tahun {path.year} belum lengkap; jalur dihitung dari kemungkinan "
        f"terendah: {what}.",
        f"Lengkapi skornya agar jalurnya {remedy}.",
        Severity.WARNING,
        place,
        path.code,
    )
