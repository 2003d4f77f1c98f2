"""S15: quarters that have passed have their realisation, and money keeps pace with the work."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from sidara.kernel.number import format_date, rounded
from sidara.programmes.core.alignment.content import CheckCode, Parameter
from sidara.programmes.core.alignment.context import Context
from sidara.programmes.core.alignment.found import Found, Teller
from sidara.programmes.core.alignment.matching import HUNDRED
from sidara.programmes.core.alignment.rows import Activity, Realisation, Tables

QUARTERS = (1, 2, 3, 4)


def realised(tables: Tables, context: Context) -> Iterator[Found]:
    """Look at each activity and quarter; before the grace days are over nothing is due."""
    tell = Teller(CheckCode.REALISED, context)
    if tables.realisations is None:
        yield tell("not_collected")
        return
    if not tables.activities:
        yield tell("no_activities")
    known = {(one.activity, one.quarter): one for one in tables.realisations}
    for activity in sorted(tables.activities, key=lambda one: one.id):
        if activity.start is None or activity.end is None:
            yield tell("no_dates", (activity.id,), **_where(activity))  # type: ignore[arg-type]  # by name
            continue
        for quarter in QUARTERS:
            yield from _quarter(tell, activity, quarter, known.get((activity.id, quarter)))


def _quarter(tell: Teller, activity: Activity, quarter: int, made: Realisation | None) -> Iterator[Found]:
    context = tell.context
    first, last = span(activity.year, quarter)
    if made is not None:
        yield from _deviation(tell, activity, made)
        return
    due = last + timedelta(days=int(context.rules.parameters[Parameter.GRACE_DAYS]))
    starts, ends = activity.start or last, activity.end or first
    if starts <= last and ends >= first and context.day > due:
        figures = _where(activity) | {"quarter": quarter, "due": format_date(due)}
        yield tell("missing", (activity.id,), **figures)  # type: ignore[arg-type]  # by name


def _deviation(tell: Teller, activity: Activity, made: Realisation) -> Iterator[Found]:
    rules = tell.context.rules
    if made.physical_pct is None or made.money is None:
        return
    if not activity.budget_idr:
        yield tell("no_budget", (activity.id,), **_where(activity))  # type: ignore[arg-type]  # by name
        return
    deviation = Fraction(made.physical_pct) - Fraction(made.money * HUNDRED, activity.budget_idr)
    if abs(deviation) <= rules.parameters[Parameter.DEVIATION_INFO]:
        return
    is_much = abs(deviation) > rules.parameters[Parameter.DEVIATION_WARNING]
    told = rounded(deviation, 2)
    figures = _where(activity) | {"quarter": made.quarter, "deviation": _short(told), "deviation_words": told}
    yield tell("deviating_much" if is_much else "deviating", (activity.id,), **figures)  # type: ignore[arg-type]  # by name


def span(year: int, quarter: int) -> tuple[date, date]:
    """Give the first and the last day of a quarter."""
    first = date(year, 3 * quarter - 2, 1)
    after = date(year + 1, 1, 1) if quarter == QUARTERS[-1] else date(year, 3 * quarter + 1, 1)
    return first, after - timedelta(days=1)


def _short(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _where(activity: Activity) -> dict[str, object]:
    return {"owner": activity.owner, "area": activity.area, "villages": activity.villages}
