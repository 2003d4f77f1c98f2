"""Whether a record can hold what a person wrote: texts by the width of their column, figures by its digits.

What a form or a client sends is judged here before it reaches the database: PostgreSQL refuses what is too
wide, SQLite keeps it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from sidara.kernel.finding import Finding, Place

FIGURE_LIMIT = Decimal(10) ** 14
"""Figures are DECIMAL(18,4)."""
MOST_MONEY = 10**15
MOST = {
    "ceiling_original": MOST_MONEY,
    "ceiling_revised": MOST_MONEY,
    "place": 2**31,
    "indicators.baseline_year": 2**15,
}
"""Whole numbers from which a column is too small."""
EDITION = {"document": 200}
GOAL = {"priority": 200, "indicators.indicator": 64, "indicators.name": 500, "indicators.unit": 64} | {
    "indicators.direction": 8
}
LINE = {
    "activity_kind": 12,
    "code": 24,
    "direction": 8,
    "fund_source": 12,
    "indicator": 1000,
    "minutes": 200,
    "unit": 100,
}
ACTIVITY = {
    "sector": 12,
    "code": 24,
    "central_programme": 24,
    "co_financing": 40,
    "beneficiaries": 300,
    "method": 40,
    "executor": 200,
    "villages.place": 300,
    "outputs.indicator": 1000,
    "outputs.unit": 100,
    "gaps.index": 24,
    "gaps.item": 64,
}
PLAN = {"sector": 12}


def fit_faults(draft: object, widths: Mapping[str, int]) -> Iterator[Finding]:
    """Say which fields of a draft no record can hold; `widths` by name, those of its parts as `part.name`.

    Figures of parts (targets, outputs) are judged where they are compared with each other.
    """
    for name, value in _named(draft):
        top = name.partition(".")[0]
        if isinstance(value, str) and len(value.strip()) > widths.get(name, len(value)):
            yield Finding(
                "TEXT_TOO_LONG",
                f"“{value.strip()[:40]}…” lebih panjang dari {widths[name]} huruf.",
                "Persingkat.",
                place=Place(column=top),
            )
        elif (
            top == name
            and isinstance(value, Decimal)
            and (not value.is_finite() or abs(value) >= FIGURE_LIMIT)
        ):
            yield Finding(
                "TARGET_TOO_LARGE",
                "Angka ini terlalu besar untuk disimpan.",
                "Periksa satuannya; paling banyak 14 angka di depan koma.",
                place=Place(column=top),
                value=str(value)[:40],
            )
        elif name in MOST and value is not None and abs(value) >= MOST[name]:
            yield Finding(
                "MONEY_TOO_LARGE",
                "Angka ini tidak mungkin.",
                "Periksa angkanya; uang ditulis dalam rupiah penuh.",
                place=Place(column=top),
                value=str(value)[:40],
            )


def _named(draft: object) -> Iterator[tuple[str, Any]]:
    """Give the fields of a draft, and of the parts in its lists as `part.name`."""
    assert is_dataclass(draft)  # noqa: S101 - drafts are
    for one in fields(draft):
        value = getattr(draft, one.name)
        if isinstance(value, Sequence) and not isinstance(value, str):
            for part in value:
                if is_dataclass(part):
                    yield from ((f"{one.name}.{name}", said) for name, said in _named(part))
        else:
            yield one.name, value
