"""Simulated answers of an index for many villages: pure, vectorised, the same for the same seed.

Each village has a hidden strength (its regency's, its own, a little growth a year). It draws a score for
every item from the frequencies that the definition records as observed, in the order of its strength,
and then answers that give this score. Items that ask the same question are answered together. Answers that
leave a score open are not drawn; official classes are left out where they are said to be unknown. All of it
is made up; only the shape of the frequencies comes from published scores, and where none were observed the
scores of an item are equally frequent. The hidden strength is the same in each index.
"""

import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import polars as pl
import scipy  # loads its parts when they are first used
from numpy.typing import NDArray

from sidara.expressions.nodes import Constant, Name, Node, Operation, Operator
from sidara.indices.core import Definition, Item, Version, compute
from sidara.indices.core.definition import Input, InputType
from sidara.tables import LINE

POOL = 4000
"""How many random answers are scored to draw from."""
OWN, REGENCY, NOISE = 0.36, 0.24, 0.9
"""Shares of a village's, its regency's and chance's part in an item's draw (squares add up to about 1)."""
GROWTH = 0.12
"""How much the hidden strength grows a year, in standard deviations."""
type Numbers = NDArray[np.floating] | NDArray[np.int64]

LARGEST = 400
"""The largest count where the rules name no number."""
PERCENT = 100


@dataclass(frozen=True, slots=True)
class Unknown:
    """Where optional answers (official classes) are not known: percent of districts, of villages there."""

    districts_percent: int = 0
    villages_percent: int = 0

    def holds(self, village: str, seed: int) -> bool:
        """Decide by the codes of the village and its district, and the seed alone."""
        district, place = _generator(seed, "unknown", village[:8]), _generator(seed, "unknown", village)
        is_there = district.integers(100) < self.districts_percent
        return bool(is_there and place.integers(100) < self.villages_percent)


EVERYTHING_KNOWN = Unknown()


def simulate(
    definition: Definition,
    villages: Sequence[str],
    years: Sequence[int],
    *,
    seed: int,
    unknown: Unknown = EVERYTHING_KNOWN,
) -> pl.DataFrame:
    """Make answers for `villages` (dotted codes) in `years`, from the first year on.

    Gives one row a village and year: `kode`, `tahun` and one text column for each input that a rule reads;
    optional ones are empty where they are `unknown`.
    """
    made = pl.concat([_year(definition, villages, year, year - years[0], seed) for year in years])
    optional = {one.name for version in definition.versions for one in version.inputs if one.is_optional}
    left_out = [code for code in villages if unknown.holds(code, seed)]
    return made.with_columns(
        pl.when(~pl.col("kode").is_in(left_out)).then(pl.col(name)).alias(name)
        for name in made.columns
        if name in optional
    )


def _year(definition: Definition, villages: Sequence[str], year: int, age: int, seed: int) -> pl.DataFrame:
    version = next(one for one in definition.versions if one.valid_from <= year <= (one.valid_to or year))
    strength = _strength(villages, seed) + GROWTH * age
    pool = _pool(definition, version, year, seed)
    columns: dict[str, object] = {"kode": list(villages), "tahun": [str(year)] * len(villages)}
    for group in _groups(version):
        sure = pool.drop_nulls([item.code for item in group])
        rows = _drawn(group, sure, strength, _generator(seed, year, group[0].code))
        columns |= sure[rows].select(_names(group)).to_dict()
    return pl.DataFrame(columns)


def _generator(*parts: object) -> np.random.Generator:
    return np.random.default_rng(zlib.crc32("|".join(map(str, parts)).encode()))


def _strength(villages: Sequence[str], seed: int) -> Numbers:
    """Give each village's hidden strength: it depends on its code and the seed alone."""
    regencies = sorted({code[:5] for code in villages})
    shared = {code: _generator(seed, code).standard_normal() for code in regencies}
    own = np.array([_generator(seed, code).standard_normal() for code in villages])
    return OWN * own + REGENCY * np.array([shared[code[:5]] for code in villages])


def _groups(version: Version) -> list[list[Item]]:
    """Put items that share an input together, in the order of the definition."""
    groups: list[list[Item]] = []
    for item in version.items:
        names = {one.name for one in item.inputs}
        touching = [g for g in groups if any(names & {i.name for i in other.inputs} for other in g)]
        for group in touching:
            groups.remove(group)
        groups.append([*(other for group in touching for other in group), item])
    return groups


def _names(group: Sequence[Item]) -> list[str]:
    return list(dict.fromkeys(one.name for item in group for one in item.read_inputs))


def _pool(definition: Definition, version: Version, year: int, seed: int) -> pl.DataFrame:
    """Make random answers, a column an input, and the scores that they get, a column an item."""
    answers = {}
    for group in _groups(version):
        marks = sorted({number for item in group for rule in item.rules for number in _marks(rule.when.root)})
        for one in (one for item in group for one in item.read_inputs):
            answers[one.name] = _values(one, marks, _generator(seed, "pool", one.name))
        for part, whole in _parts(group):
            smaller = [
                min(int(one), int(other)) for one, other in zip(answers[part], answers[whole], strict=True)
            ]
            answers[part] = [str(number) for number in smaller]
    codes = [f"6201{1 + row // 900:02d}2{1 + row % 900:03d}" for row in range(POOL)]
    frame = pl.DataFrame({LINE: range(POOL), "kode": codes, "tahun": [str(year)] * POOL} | answers)
    return compute(definition, frame).frame.select(*answers, *(item.code for item in version.items))


def _parts(group: Sequence[Item]) -> list[tuple[str, str]]:
    """Give the counts of which one is a part of the other: their quotient is a percentage."""
    found = []
    for derived in (one for item in group for one in item.derived):
        match derived.expression.root:
            case Operation(
                Operator.MULTIPLY,
                (Operation(Operator.DIVIDE, (Name(part), Name(whole))), Constant(value)),
            ) if value == PERCENT:
                found.append((part, whole))
    return found


def _marks(node: Node) -> set[int]:
    """Give the whole numbers that a rule names, rounded up."""
    match node:
        case Constant(Fraction() as value):
            return {math.ceil(value)}
        case Operation(_, operands):
            return set().union(*map(_marks, operands))
        case _:
            return set()


def _values(question: Input, marks: Sequence[int], generator: np.random.Generator) -> list[str]:
    """Make answers to a question: around the numbers that the rules name, small counts, large counts."""
    match question.type:
        case InputType.YES_NO:
            return [str(one) for one in generator.choice(["true", "false"], POOL)]
        case InputType.CHOICE:
            return [str(one) for one in generator.choice(list(question.choices), POOL)]
    largest = max(marks, default=0)
    near = generator.choice(marks or [0], POOL) + generator.integers(-2, 3, POOL)
    small = generator.integers(0, 9, POOL)
    wide = np.exp(generator.uniform(0, math.log((2 * largest if largest > 1 else LARGEST) + 2), POOL))
    chosen = np.choose(generator.integers(0, 3, POOL), [near, small, wide.astype(np.int64)])
    lowest = 0 if question.minimum is None else int(question.minimum)
    highest = int(chosen.max()) if question.maximum is None else int(question.maximum)
    return [str(number) for number in np.clip(chosen, lowest, highest).tolist()]


def _drawn(
    group: Sequence[Item], pool: pl.DataFrame, strength: Numbers, generator: np.random.Generator
) -> Numbers:
    """Draw a row of the pool for each village: the scores that its strength and chance give."""
    scores = pool.select(item.code for item in group).cast(pl.Int64).to_numpy()
    wanted = np.column_stack(
        [_wanted(item, scores[:, at], strength, generator) for at, item in enumerate(group)]
    )
    kinds, kind_of_row = np.unique(scores, axis=0, return_inverse=True)
    nearest = np.abs(wanted[:, None, :] - kinds[None, :, :]).sum(axis=2).argmin(axis=1)
    order = np.argsort(kind_of_row, kind="stable")
    starts = np.searchsorted(kind_of_row[order], np.arange(len(kinds) + 1))
    sizes = np.diff(starts)[nearest]
    chosen: Numbers = order[starts[nearest] + (generator.random(len(nearest)) * sizes).astype(np.int64)]
    return chosen


def _wanted(item: Item, possible: Numbers, strength: Numbers, generator: np.random.Generator) -> Numbers:
    """Draw a score for each village from the observed frequencies, in the order of its strength."""
    frequencies = sorted(item.observed) or [(int(score), 1) for score in np.unique(possible)]
    levels = np.array([score for score, _ in frequencies])
    limits = np.cumsum([count for _, count in frequencies]) / sum(count for _, count in frequencies)
    place = scipy.special.ndtr(strength + NOISE * generator.standard_normal(len(strength)))
    drawn: Numbers = levels[np.minimum(np.searchsorted(limits, place), len(levels) - 1)]
    return drawn
