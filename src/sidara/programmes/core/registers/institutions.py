"""Counts of institutions of a village, by kind."""

from collections import Counter
from collections.abc import Callable, Iterable

from sidara.programmes.core.registers.rows import Row, is_true, number, value

NO_GROUND = "BELUM_ADA"
SUMMED = (
    ("board", "LBG_005"),
    ("women", "LBG_006"),
    ("members", "LBG_007"),
    ("activities", "LBG_008"),
    ("served", "LBG_014"),
    ("funds", "LBG_013"),
)
"""What is summed of institutions: persons, persons, persons, times, persons, rupiah."""


def count_institutions(rows: Iterable[Row], is_active: Callable[[Row], bool]) -> Counter[str]:
    """Count the institutions of a village, all and by kind; `is_active` is the stated definition.

    Keys, each also with `:kind` behind it: `institutions` (rows of the list; RT, RW and posyandu stand there
    once for their kind), `villages` (1 where there is any), `grounded` (with a legal basis), `active`,
    `planned` (a written plan of work), and those of `SUMMED`; `ground:` by legal basis.
    """
    made: Counter[str] = Counter()
    for row in rows:
        kind, ground = value(row, "LBG_001") or "?", value(row, "LBG_003") or "?"
        told = Counter(
            institutions=1,
            grounded=ground not in {NO_GROUND, "?"},
            active=is_active(row),
            planned=is_true(row, "LBG_012"),
        )
        told.update({key: number(row, code) for key, code in SUMMED})
        made.update(told)
        made.update({f"{key}:{kind}": count for key, count in told.items()})
        made[f"ground:{ground}"] += 1
        made["villages"] = made[f"villages:{kind}"] = 1
    return +made
