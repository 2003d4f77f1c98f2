"""A small province of example villages, drawn by the demo; SIMULASI. Figures are changed by hand in tests."""

from functools import cache

import polars as pl

from sidara.checks.core import CellTable, RuleBook
from sidara.demo.core.collected import models_of, simulate_collected
from sidara.kernel import content
from tests.checks import reference

SEED = 7
REGIONS = tuple(f"62.99.{1 + at // 12:02d}.2{1 + at % 12:03d}" for at in range(60))
"""Five districts of twelve villages that are nowhere."""


def book() -> RuleBook:
    return reference.book()


@cache
def cells(forms: tuple[str, ...] = ("KEP_SEMESTER", "KES_SEMESTER", "DIK_TAHUNAN")) -> pl.DataFrame:
    whole = book()
    models = models_of(content.load("sidara.demo", "collected"))
    made = simulate_collected(whole, models, REGIONS, [2024, 2025], seed=SEED)
    codes = [item.code for item in whole.items.values() if item.form in forms]
    return made.filter(pl.col("variable").is_in(codes))


def table(changes: dict[tuple[str, str, str, str], str] | None = None) -> CellTable:
    """The cells with some changed: (region, variable, breakdown, period) -> value."""
    keys = [*zip(*changes, strict=True)] if changes else [(), (), (), ()]
    new = pl.DataFrame(
        [*map(list, keys), list((changes or {}).values())],
        schema=dict.fromkeys(("region", "variable", "breakdown", "period", "new"), pl.String),
    )
    changed = cells().join(
        new, on=["region", "variable", "breakdown", "period"], how="left", maintain_order="left"
    )
    return CellTable(changed.with_columns(value=pl.coalesce("new", "value")).drop("new"), book())
