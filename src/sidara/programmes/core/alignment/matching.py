"""How rows of two documents are known as the same thing."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from decimal import Decimal
from fractions import Fraction

from sidara.kernel.number import rounded
from sidara.programmes.core.alignment.content import Rules
from sidara.programmes.core.alignment.rows import PlanLine
from sidara.programmes.core.codes.entry import plain
from sidara.programmes.core.words import Government, PlanKind

HUNDRED = 100
REGIONAL = frozenset({Government.PROVINCE, Government.REGENCY})


def grouped[Row, Key: Hashable](rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    """Put rows together by a key, in their order."""
    made: defaultdict[Key, list[Row]] = defaultdict(list)
    for one in rows:
        made[key(one)].append(one)
    return dict(made)


def of_plan(lines: Iterable[PlanLine], *plans: PlanKind) -> list[PlanLine]:
    """Give the lines of some kinds of plans, by id, so that their order changes nothing."""
    return sorted((one for one in lines if one.plan in plans), key=lambda one: one.id)


def place(line: PlanLine) -> tuple[Government, str]:
    """Say whose document it is: the kind of government and its area."""
    return line.government, line.area


def is_supporting(code: str | None, rules: Rules) -> bool:
    """Whether a code lies in the supporting programme of its field (x.xx.01)."""
    parts = (code or "").split(".")
    return len(parts) >= 3 and parts[2] == rules.supporting_programme


def is_local(code: str, rules: Rules) -> bool:
    """Whether the kabupaten itself says what a village code means (90 to 99)."""
    last = code.rsplit(".", 1)[-1]
    return last.isdigit() and int(last) in rules.local_codes


def in_emergency(code: str | None, rules: Rules) -> bool:
    """Whether a village code lies in the field of disasters and emergencies."""
    return bool(code) and str(code).split(".", 1)[0] == rules.emergency_field


def owner_key(line: PlanLine) -> str:
    """Give the agency as it is compared."""
    return plain(line.owner)


def indicator_key(line: PlanLine) -> str:
    """Give the indicator as it is compared."""
    return plain(line.indicator)


def total(lines: Iterable[PlanLine]) -> int | None:
    """Add up the ceilings that hold, `None` where no line has one."""
    known = [one.ceiling for one in lines if one.ceiling is not None]
    return sum(known) if known else None


def percent(part: Fraction) -> Decimal:
    """Give a part as a percentage with one decimal."""
    return rounded(part * HUNDRED, 1)
