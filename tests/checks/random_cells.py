"""Cells of a few villages drawn at random, of all kinds and states, with rows of lists."""

import random
from datetime import date, timedelta

import polars as pl

from sidara.checks.core import COLUMNS, Item, RuleBook, Type
from sidara.kernel.cell import State
from sidara.kernel.period import containing

DAY = date(2025, 7, 1)
NUMBERS = ["0", "1", "2", "3", "5", "12", "21", "100", "123", "132", "1230", "100000", "2025"]
DECIMALS = ["0", "1.5", "0.01", "60.25", "100", "12.345"]


def long_frame(book: RuleBook, regions: list[str], chance: random.Random, fill: float = 0.6) -> pl.DataFrame:
    made: list[tuple[str, ...]] = []
    for region in regions:
        for item in book.items.values():
            if item.own_list:
                continue
            now = containing(item.frequency, DAY)
            for period in (now, now.preceding, now.preceding.preceding):
                for breakdown in book.breakdowns(item):
                    if chance.random() < fill:
                        made.append((region, str(period), "", item.code, breakdown, *cell(item, chance)))
        for name in book.lists:
            made += rows(book, region, name, chance)
    return pl.DataFrame(made, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")


def rows(book: RuleBook, region: str, name: str, chance: random.Random) -> list[tuple[str, ...]]:
    columns = [item for item in book.items.values() if item.own_list == name]
    period = str(containing(columns[0].frequency, DAY))
    if chance.random() < 0.15:
        return []
    if chance.random() < 0.15:
        return [(region, period, "", name, "_T", State.NONE.value, None)]
    return [
        (region, period, str(number), column.code, "_T", *cell(column, chance))
        for number in range(chance.randint(1, 3))
        for column in columns
        if chance.random() < 0.9
    ]


def cell(item: Item, chance: random.Random) -> tuple[str, str | None]:
    if chance.random() < 0.15:
        return chance.choice([state.value for state in State if state is not State.VALUE]), None
    return State.VALUE.value, value(item, chance)


def value(item: Item, chance: random.Random) -> str:
    match item.type:
        case Type.YES_NO:
            return chance.choice(["true", "false"])
        case Type.CHOICE:
            return chance.choice(sorted(item.options))
        case Type.CHOICES:
            return " ".join(sorted(chance.sample(sorted(item.options), min(2, len(item.options)))))
        case Type.DATE:
            return (DAY + timedelta(days=chance.randint(-900, 900))).isoformat()
        case Type.DECIMAL | Type.PERCENT:
            return chance.choice(DECIMALS)
        case Type.INTEGER | Type.MONEY:
            return chance.choice(NUMBERS)
        case _:
            return "x"
