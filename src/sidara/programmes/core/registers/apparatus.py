"""Counts of apparatus and of trainings of a village; counts of villages add up to those of areas."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sidara.programmes.core.registers.rows import Row, is_not_known, is_true, number, options, value
from sidara.programmes.core.registers.rules import Rules

FILLED, ACTING, VACANT = "TERISI", "PLT", "KOSONG"
NO_TRAINING = "TIDAK_ADA"
CLOSED = frozenset({"education", "tenure", "trained", "wanted", "need", "need_post", "need_unknown"})
"""Counts (or what stands before `:`) out of closed columns that no open variable of the forms tells."""


def count_apparatus(rows: Iterable[Row], rules: Rules, year: int) -> Counter[str]:
    """Count the posts of a village in a year; `need` = officials without any training of their post.

    Keys: `posts`, `filled`, `acting`, `vacant`, `upper_secondary` (education), `trained_this_year`,
    `never_trained`, `need`, `need_unknown` (the column of trainings is not filled); and by category `post:`,
    `filled:`, `need_post:` (post), `sex:`, `education:`, `tenure:` (lower bound in years), `trained:`,
    `wanted:`, `need:` (topic). `?` = not said.
    """
    made: Counter[str] = Counter()
    for row in rows:
        post, state = value(row, "APR_001") or "?", value(row, "APR_002")
        made["posts"] += 1
        made[f"post:{post}"] += 1
        made["acting"] += state == ACTING
        made["vacant"] += state == VACANT
        if state == FILLED:
            made["filled"] += 1
            made[f"filled:{post}"] += 1
            _count_official(made, row, post, rules, year)
    return +made


def _count_official(made: Counter[str], row: Row, post: str, rules: Rules, year: int) -> None:
    made[f"sex:{value(row, 'APR_003') or '?'}"] += 1
    made[f"education:{value(row, 'APR_004') or '?'}"] += 1
    made["upper_secondary"] += value(row, "APR_004") in rules.upper_secondary
    since = value(row, "APR_005")
    held = [bound for bound in (0, *rules.tenure) if since and year - int(since) >= bound]
    made[f"tenure:{held[-1] if held else '?'}"] += 1
    made["trained_this_year"] += is_true(row, "APR_007")
    had = options(row, "APR_006")
    made["never_trained"] += NO_TRAINING in had
    for topic in had - {NO_TRAINING}:
        made[f"trained:{topic}"] += 1
    for topic in options(row, "APR_008") - {NO_TRAINING}:
        made[f"wanted:{topic}"] += 1
    asked = rules.training.get(post)
    if asked is None:
        return
    if is_not_known(row, "APR_006"):
        made["need_unknown"] += 1
    elif not had & asked.topics:
        made["need"] += 1
        made[f"need:{asked.topic}"] += 1
        made[f"need_post:{post}"] += 1


def count_trainings(rows: Iterable[Row]) -> Counter[str]:
    """Count the trainings that people of a village followed in a year, and who took part.

    Keys: `trainings`, `officials`, `heads`, `board`, `institutions`, `people`, `women` (persons; whoever
    followed two counts twice), `cost` (rupiah of the village), `person_days` of officials; by category
    `training:`, `seats:` (topic), `organiser:`, `month:` (1 to 12, `?` without a day).
    """
    made: Counter[str] = Counter()
    for row in rows:
        topic, officials = value(row, "PLT_002") or "?", number(row, "PLT_009")
        made["trainings"] += 1
        made[f"training:{topic}"] += 1
        made[f"seats:{topic}"] += officials
        made[f"organiser:{value(row, 'PLT_005') or '?'}"] += 1
        day = value(row, "PLT_003")
        made[f"month:{date.fromisoformat(day).month if day else '?'}"] += 1
        made["officials"] += officials
        made["person_days"] += officials * number(row, "PLT_004")
        made["heads"] += is_true(row, "PLT_008")
        for key, code in (("board", "010"), ("institutions", "011"), ("people", "012"), ("women", "013")):
            made[key] += number(row, f"PLT_{code}")
        made["cost"] += number(row, "PLT_006")
    return +made
