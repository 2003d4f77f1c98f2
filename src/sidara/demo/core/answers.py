"""Simulated answers of an index for many villages: pure, vectorised, the same for the same seed.

Each village has a hidden strength (its regency's, its own, a little growth a year). It draws a score for
every item from the frequencies that the definition records as observed, in the order of its strength,
and then answers that give this score. Items that ask the same question are answered together. All of it
is made up; only the shape of the frequencies comes from published scores.
"""

import math
import zlib
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import ndtr

from sidara.expressions.nodes import Constant, Node, Operation
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


def simulate(
    definition: Definition, villages: Sequence[str], years: Sequence[int], *, seed: int
) -> pl.DataFrame:
    """Make answers for `villages` (dotted codes) in `years`, from the first year on.

    Gives one row a village and year: `kode`, `tahun` and one text column for each input.
    """
    return pl.concat([_year(definition, villages, year, year - years[0], seed) for year in years])


def _year(definition: Definition, villages: Sequence[str], year: int, age: int, seed: int) -> pl.DataFrame:
    version = next(one for one in definition.versions if one.valid_from <= year <= (one.valid_to or year))
    strength = _strength(villages, seed) + GROWTH * age
    pool = _pool(definition, version, year, seed)
    columns: dict[str, object] = {"kode": list(villages), "tahun": [str(year)] * len(villages)}
    for group in _groups(version):
        rows = _drawn(group, pool, strength, _generator(seed, year, group[0].code))
        columns |= pool[rows].select(_names(group)).to_dict()
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
    return list(dict.fromkeys(one.name for item in group for one in item.inputs))


def _pool(definition: Definition, version: Version, year: int, seed: int) -> pl.DataFrame:
    """Make random answers, a column an input, and the scores that they get, a column an item."""
    answers = {}
    for group in _groups(version):
        marks = sorted({number for item in group for rule in item.rules for number in _marks(rule.when.root)})
        for one in (one for item in group for one in item.inputs):
            answers[one.name] = _values(one, marks, _generator(seed, "pool", one.name))
    codes = [f"6201{1 + row // 900:02d}2{1 + row % 900:03d}" for row in range(POOL)]
    frame = pl.DataFrame({LINE: range(POOL), "kode": codes, "tahun": [str(year)] * POOL} | answers)
    return compute(definition, frame).frame.select(*answers, *(item.code for item in version.items))


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
            return [str(one) for one in generator.choice(list(question.options), POOL)]
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
    scores = pool.select(item.code for item in group).cast(pl.Int64).fill_null(0).to_numpy()
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
    place = ndtr(strength + NOISE * generator.standard_normal(len(strength)))
    drawn: Numbers = levels[np.minimum(np.searchsorted(limits, place), len(levels) - 1)]
    return drawn
