"""Villages that the warehouse holds, read as the index reads a file: what if, cheapest path, what is near.

Every figure comes from `warehouse.queries.ask`, so its rights hold. A data set that holds answers is read by
answers, else by item scores; one with levels only gives no table. Costly results are kept for as long as
neither facts nor register change.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

import polars as pl

from sidara import tables
from sidara.collection import queries as collection
from sidara.indices import core
from sidara.indices.core import budget, keys
from sidara.indices.core import path as core_path
from sidara.indices.core import sensitivity as core_sensitivity
from sidara.indices.core import whatif as core_whatif
from sidara.indices.core.budget import Shared
from sidara.indices.core.costs import Costs
from sidara.indices.core.evaluate import columns_of
from sidara.indices.core.path import Goal, Paths
from sidara.indices.core.sensitivity import Sensitivity
from sidara.indices.core.variables import columns, variable
from sidara.indices.core.whatif import Change, WhatIf
from sidara.indices.formats import costs_file
from sidara.indices.queries.definitions import READ, definition
from sidara.kernel.actor import OPERATOR, Actor, require
from sidara.kernel.finding import Finding
from sidara.regions.core import DESA, bare_column
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import Answer, Mark, Query

DEPTHS = (core.Depth.ANSWERS, core.Depth.ITEMS)
KEPT_PATHS, KEPT_TABLES = 32, 16
"""How many results are kept in memory: searches of paths, and what tables hang on."""
MANY, KEPT_LARGE = 200, 2
"""Of tables with more villages than that only so many searches are kept: each takes a hundred megabytes."""


@dataclass(frozen=True)
class VillageTable:
    """Desa of one data set and period, a row each, as `compute` reads them; kelurahan are not assessed.

    Two tables are equal when they answer the same question over the same facts and the same register.
    `names`: the village's name by its dotted code. `answer`: what was asked, for sources.
    """

    code: str
    period: str
    depth: core.Depth
    query: Query
    mark: Mark | None
    register: str
    version: core.Version = field(compare=False, repr=False)
    frame: pl.DataFrame = field(compare=False, repr=False)
    names: Mapping[str, str] = field(compare=False, repr=False)
    answer: Answer = field(compare=False, repr=False)

    def variable(self, part: str) -> str:
        """Name the variable of an answer, an item or a level."""
        return variable(self.code, part)


def table(  # noqa: PLR0913 - what is asked, and where
    actor: Actor,
    index: core.Definition,
    dataset: str,
    *,
    period: str | None = None,
    under: str | None = None,
    codes: Sequence[str] | None = None,
) -> VillageTable | None:
    """Lay the desa of an area (`under`) or with `codes` as a table; `None` where nothing is held of them.

    `period`: a year, `None` = the newest for which there are answers or scores. The columns are `kode, tahun`
    and what decides at the depth (`VillageTable.depth`), texts as a file would have them; empty = not known.
    """
    require(actor, READ)
    held = {one.code.casefold(): one.code for one in collection.variables(actor, dataset)}
    for depth, year, version in _editions(actor, index, dataset, held, period):
        wanted = {
            held[code.casefold()]: column
            for code, column in columns(index, version, depth).items()
            if code.casefold() in held
        }
        chosen = tuple(codes) if codes is not None else None
        query = Query(dataset, tuple(wanted), under=under, codes=chosen, periods=(year,))
        answer = warehouse.ask(actor, query)
        frame = _laid(answer, wanted, version, depth)
        if not frame.is_empty():
            names = dict(answer.frame.select("region", "name").unique().iter_rows())
            return VillageTable(
                index.code, year, depth, query, answer.mark, answer.register, version, frame, names, answer
            )
    return None


def _editions(
    actor: Actor, index: core.Definition, dataset: str, held: Mapping[str, str], period: str | None
) -> Iterator[tuple[core.Depth, str, core.Version]]:
    """Give depth, year and version in which a data set can be read, the deepest first, then the newest."""
    for depth in DEPTHS:
        for version in reversed(index.versions):
            needed = _needed(index, version, depth)
            if not needed <= set(held):
                continue
            first = held[min(needed)]
            for year in reversed(warehouse.periods(actor, dataset, first)):
                if period in {None, year} and index.version_in(int(year[:4])) is version:
                    yield depth, year, version


def _needed(index: core.Definition, version: core.Version, depth: core.Depth) -> set[str]:
    """Name, in small letters, the variables without which a depth cannot be computed."""
    needed = set(columns_of(version)[depth])
    named = columns(index, version, depth).items()
    return {code.casefold() for code, column in named if column in needed}


def _laid(
    answer: Answer, wanted: Mapping[str, str], version: core.Version, depth: core.Depth
) -> pl.DataFrame:
    """Turn figures into rows of texts; a village of which nothing is known has none."""
    plain = pl.col("value").cast(pl.String).str.strip_chars_end("0").str.strip_chars_end(".")
    wide = (
        answer.frame.filter(pl.col("kind").is_in(list(DESA)))
        .with_columns(
            text=pl.coalesce(pl.col("code"), plain),
            column=pl.col("variable").replace_strict(dict(wanted), return_dtype=pl.String),
        )
        .filter(pl.col("text").is_not_null())
        .pivot("column", index=["region", "period"], values="text")
        .sort("region")
    )
    silent = set(wanted.values()) | set(columns_of(version)[depth])
    if depth is core.Depth.ANSWERS:
        silent |= {one.name for one in version.inputs}
    return (
        wide.with_columns(
            pl.lit(None, dtype=pl.String).alias(name) for name in sorted(silent - set(wide.columns))
        )
        .with_columns(bare_column(pl.col("region")).alias(keys.CODE))
        .rename({"period": keys.YEAR})
        .drop("region")
        .with_row_index(tables.LINE, offset=2)
        .cast({tables.LINE: pl.Int64})
    )


def whatif(
    actor: Actor,
    index: core.Definition,
    held: VillageTable,
    changes: Sequence[Change],
    *,
    under: str | None = None,
) -> WhatIf:
    """Change villages of a table and compare (see `core.whatif`); the data themselves stay as they are."""
    require(actor, READ)
    return core_whatif.whatif(index, held.frame, changes, under=under)


@dataclass(frozen=True, slots=True)
class Priced:
    """Costs as a person wrote them, `None` when a line is refused; findings count lines from 1."""

    costs: Costs | None
    findings: tuple[Finding, ...]


def costs(
    actor: Actor, index: core.Definition, text: str, *, unit: str = "biaya", fixed: Collection[str] = ()
) -> Priced:
    """Read lines of costs (see `costs_file.from_lines`); no line: each step costs 1 *langkah*.

    `fixed` items are added.
    """
    require(actor, READ)
    if not text.strip():
        return Priced(Costs(fixed=frozenset(fixed)), ())
    priced, findings = costs_file.from_lines(text, index, unit=unit)
    if priced is None:
        return Priced(None, findings)
    return Priced(replace(priced, fixed=priced.fixed | frozenset(fixed)), findings)


def costs_of_file(
    actor: Actor, index: core.Definition, source: Path | BinaryIO, *, unit: str = "biaya"
) -> Priced:
    """Read a file of costs (see `costs_file.read`)."""
    require(actor, READ)
    priced, findings = costs_file.read(source, index, unit=unit)
    return Priced(priced, findings)


class Wish(NamedTuple):
    """What is asked of paths, as a key: the goal, prices as written, their unit, items that stay."""

    goal: Goal
    prices: str = ""
    unit: str = "biaya"
    fixed: tuple[str, ...] = ()


def paths(actor: Actor, held: VillageTable, wish: Wish) -> Paths | tuple[Finding, ...]:
    """Find the cheapest path of each village (see `core.path`); findings when prices are refused."""
    require(actor, READ)
    return _paths(held, wish)


def _paths(held: VillageTable, wish: Wish) -> Paths | tuple[Finding, ...]:
    """Search once for everybody: what may be seen was decided when the table was asked for."""
    return (_paths_of_many if held.frame.height > MANY else _paths_of_few)(held, wish)


def _search(held: VillageTable, wish: Wish) -> Paths | tuple[Finding, ...]:
    index = _index(held)
    priced = costs(OPERATOR, index, wish.prices, unit=wish.unit, fixed=wish.fixed)
    if priced.costs is None:
        return priced.findings
    found = core_path.paths(index, held.frame, wish.goal, priced.costs)
    return replace(found, findings=(*priced.findings, *found.findings))


_paths_of_few = lru_cache(maxsize=KEPT_PATHS)(_search)
_paths_of_many = lru_cache(maxsize=KEPT_LARGE)(_search)


def share(actor: Actor, held: VillageTable, wish: Wish, amount: Fraction) -> Shared | None:
    """Choose the villages that one budget leads to their goals (see `core.budget`); `None` without paths."""
    require(actor, READ)
    return _share(held, wish, amount)


@lru_cache(maxsize=KEPT_LARGE)
def _share(held: VillageTable, wish: Wish, amount: Fraction) -> Shared | None:
    found = _paths(held, wish)
    return budget.share(found.paths, amount) if isinstance(found, Paths) else None


def sensitivity(actor: Actor, held: VillageTable) -> Sensitivity:
    """Tell which items alone change the status of each village of a table; weights are not moved here."""
    require(actor, READ)
    return _sensitivity(held)


@lru_cache(maxsize=KEPT_TABLES)
def _sensitivity(held: VillageTable) -> Sensitivity:
    return core_sensitivity.sensitivity(_index(held), held.frame, ())


def _index(held: VillageTable) -> core.Definition:
    """Give the definition that a table was laid for."""
    found = definition(OPERATOR, held.code)
    if found is None:
        raise LookupError(f"no index {held.code}")
    return found
