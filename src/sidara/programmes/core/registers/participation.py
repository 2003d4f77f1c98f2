"""Counts of meetings and proposals of a village."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from sidara.programmes.core.registers.rows import Row, is_true, number, value
from sidara.programmes.core.registers.rules import Rules
from sidara.programmes.core.words import Fate

GROUPS: Mapping[str, str] = {
    "men": "MSY_004",
    "women": "MSY_005",
    "poor": "MSY_006",
    "youth": "MSY_007",
    "disabled": "MSY_008",
    "elderly": "MSY_009",
    "elements": "MSY_010",
}
"""Who attended, by the column that says how many; a person may stand in several but the first two."""
CLOSED = frozenset({"disabled"})
"""Counts out of columns of small cells; how many meetings they attended is said with them."""
ORDER = (Fate.NOTED, Fate.IN_PLAN, Fate.BUDGETED, Fate.DONE)
"""The way of a proposal; the others end it."""


def count_meetings(rows: Iterable[Row], rules: Rules) -> Counter[str]:
    """Count the meetings of a village in a year; attendance only of the kinds that the rules name.

    Keys: `all_meetings`, `kind:`; of those kinds `meetings`, `minutes` (signed), `files` (copy handed in),
    `announced`, `attendance` (men and women), `month:`, each of `GROUPS`, and behind it `:met` in how many
    meetings anybody of the group was there.
    """
    made: Counter[str] = Counter()
    for row in rows:
        kind = value(row, "MSY_001") or "?"
        made["all_meetings"] += 1
        made[f"kind:{kind}"] += 1
        if kind not in rules.meeting_kinds:
            continue
        made["meetings"] += 1
        made["minutes"] += is_true(row, "MSY_011")
        made["files"] += bool(value(row, "MSY_012"))
        made["announced"] += is_true(row, "MSY_013")
        day = value(row, "MSY_002")
        made[f"month:{date.fromisoformat(day).month if day else '?'}"] += 1
        for group, code in GROUPS.items():
            there = number(row, code)
            made[group] += there
            made[f"{group}:met"] += there > 0
        made["attendance"] += number(row, "MSY_004") + number(row, "MSY_005")
    return +made


def count_proposals(rows: Iterable[Row], recorded: Mapping[str, Iterable[Fate]]) -> Counter[str]:
    """Count the proposals of a village by their fate; `recorded` are all fates of a row up to the day.

    Keys: `proposals`, `value` (rupiah), `fate:` (the present one), `reached:` (every step that it reached, by
    its present fate or an earlier one: who budgets has planned), `ended` (postponed or rejected) and
    `unexplained` (of these without a reason), `answered` (any fate but noted, now or before), `origin:`,
    `taken:` (by origin: planned or further), `level:`, `answered_level:`.
    """
    made: Counter[str] = Counter()
    for row in rows:
        said = value(row, "USL_013")
        known = {*recorded.get(row.id, ()), *((Fate(said),) if said in set(Fate) else ())}
        origin, level = value(row, "USL_011") or "?", value(row, "USL_012") or "?"
        made["proposals"] += 1
        made["value"] += number(row, "USL_008")
        made[f"fate:{said or '?'}"] += 1
        furthest = max((ORDER.index(one) for one in known if one in ORDER), default=0)
        for step in ORDER[: furthest + 1]:
            made[f"reached:{step}"] += 1
        if said in {Fate.POSTPONED, Fate.REJECTED}:
            made["ended"] += 1
            made["unexplained"] += not value(row, "USL_014")
        made[f"origin:{origin}"] += 1
        made[f"taken:{origin}"] += furthest > 0
        made[f"level:{level}"] += 1
        is_answered = bool(known - {Fate.NOTED})
        made["answered"] += is_answered
        made[f"answered_level:{level}"] += is_answered
    return +made
