"""Who is stuck, where and why: villages that owe forms, steps of the chain in which they lie too long."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, IntegerField, Max, Min, Q, Sum, Value, When

from sidara.accounts import queries as accounts
from sidara.collection.core.dataset import is_simulated
from sidara.kernel.actor import Actor, require
from sidara.progress.core import Known, Owed, Reason, Stuck, reason_of
from sidara.progress.queries.keeping import kept
from sidara.progress.queries.marked import READ, content
from sidara.progress.queries.rights import READ_VILLAGES, own
from sidara.progress.queries.rolled import Scope, chosen
from sidara.progress.queries.rows import Row, rows
from sidara.regions import queries as regions
from sidara.regions.core import Connection
from sidara.verification.core import Step

OPERATOR_ROLE = "operator-desa"


def stuck(actor: Actor, scope: Scope, *, today: date) -> list[Stuck]:
    """Give the hands in which forms of a scope lie too long, the longest first.

    A village that owes forms past their due day or has cells to mend, and each step in which a submission
    lies longer than the content allows. Only villages that the actor may see; refuses (`NotAllowed`) who may
    see none anywhere.
    """
    bounds = own(actor, READ_VILLAGES)
    name = "stuck", scope, str(bounds), today
    return list(kept(actor, name, lambda: _sorted(actor, scope, bounds, today)))


def reasons(actor: Actor, scope: Scope, *, today: date) -> dict[Reason, int]:
    """Count the villages by why they are stuck, each once, by what lies longest; everybody may see counts."""
    require(actor, READ)
    longest: dict[int, Stuck] = {}
    for one in kept(actor, ("stuck", scope, str(Q()), today), lambda: _sorted(actor, scope, Q(), today)):
        before = longest.get(one.region_id)
        if before is None or (one.step is None, one.days) > (before.step is None, before.days):
            longest[one.region_id] = one
    return dict(Counter(one.reason for one in longest.values()).most_common())


def villages_owing(actor: Actor, scope: Scope, *, today: date) -> tuple[int, int]:
    """Count the villages that owe a form past its due day, and all that are asked; everybody may."""
    require(actor, READ)
    return kept(actor, ("owing", scope, today), lambda: _owing(actor, scope, today))


def _owing(actor: Actor, scope: Scope, today: date) -> tuple[int, int]:
    told = _by_village(actor, scope, Q(), today).values()
    return sum(one.overdue > 0 for one in told), len(told)


def owing(actor: Actor, scope: Scope, one: Stuck, *, today: date) -> Sequence[Row]:
    """Give the submissions that lie in a hand, the first due ones first. Rights as `stuck`."""
    place = regions.regions(actor, [one.region_id]).get(one.region_id)
    if place is None:
        return ()
    own_scope = Scope(scope.dataset, place.code, scope.year, scope.period, scope.form, scope.sector)
    held = [row for row in rows(actor, own_scope) if _lies(row, one.step, today)]
    return sorted(held, key=lambda row: (row.due_day, row.form, row.period))


def _lies(row: Row, step: Step | None, today: date) -> bool:
    if step is not None:
        return step in row.steps
    return row.returned_now > 0 or (row.came_day is None and row.due_day < today.toordinal())


@dataclass(frozen=True, slots=True)
class Wait:
    """How long submissions lie in a step now: how many, days of the middle one and of the longest."""

    count: int
    median: int
    longest: int


def waits(actor: Actor, scope: Scope, *, today: date) -> dict[Step, Wait]:
    """Give how long submissions of a scope lie in each step; everybody may see it."""
    require(actor, READ)
    return kept(actor, ("waits", scope, today), lambda: _waits(actor, scope, today))


def _waits(actor: Actor, scope: Scope, today: date) -> dict[Step, Wait]:
    counted = (
        chosen(actor, scope)
        .exclude(waiting="")
        .order_by()
        .values_list("waiting", "since_day")
        .annotate(count=Count("pk"))
    )
    days: dict[Step, list[tuple[int, int]]] = {}
    for waiting, since, count in counted:
        for name in waiting.split():
            days.setdefault(Step(name), []).append((today.toordinal() - since, count))
    return {step: _wait(sorted(found)) for step, found in days.items()}


def _wait(days: Sequence[tuple[int, int]]) -> Wait:
    count = sum(number for _, number in days)
    left = (count + 1) // 2
    for day, number in days:
        left -= number
        if left <= 0:
            return Wait(count, day, days[-1][0])
    raise ValueError("nothing waits")


def _sorted(actor: Actor, scope: Scope, bounds: Q, today: date) -> list[Stuck]:
    return sorted(_stuck(actor, scope, bounds, today), key=lambda one: (-one.days, one.region_id))


def _by_village(actor: Actor, scope: Scope, bounds: Q, today: date) -> dict[int, Owed]:
    """Count what each village owes, by its id: those, too, that owe nothing. One pass over the tallies."""
    return kept(actor, ("villages", scope, str(bounds), today), lambda: _read(actor, scope, bounds, today))


def _read(actor: Actor, scope: Scope, bounds: Q, today: date) -> dict[int, Owed]:
    is_due = Q(came_day=None, due_day__lt=today.toordinal())
    is_back = Q(returned_now__gt=0)
    owes = is_due | is_back
    first = Case(When(is_back, then=F("since_day")), When(is_due, then=F("due_day")))
    counted = (
        chosen(actor, scope)
        .filter(bounds)
        .order_by()
        .values_list("region_id")
        .annotate(
            forms=_count(owes),
            overdue=_count(is_due),
            begun=_count(owes & Q(revision__gt=0)),
            mending=_count(is_back),
            most_errors=Max("errors", filter=owes, default=0),
            most_returns=Max("returns", filter=owes, default=0),
            first=Min(first),
        )
    )
    return {region: Owed(*told) for region, *told in counted}


def _stuck(actor: Actor, scope: Scope, bounds: Q, today: date) -> Iterator[Stuck]:
    limits, day = content(actor).limits, today.toordinal()
    villages = _by_village(actor, scope, bounds, today)
    owed = {region: one for region, one in villages.items() if one.forms and one.first_due is not None}
    known = _known(actor, scope, owed, today)
    for region, one in owed.items():
        days = max(0, day - (one.first_due or day))
        yield Stuck(region, None, reason_of(one, known[region], limits), one.forms, days)
    waiting = (
        chosen(actor, scope)
        .filter(bounds)
        .exclude(waiting="")
        .order_by()
        .values_list("region_id", "waiting")
        .annotate(count=Count("pk"), first=Min("since_day"))
    )
    hands: dict[tuple[int, Step], tuple[int, int]] = {}
    for region, names, count, first in waiting:
        for name in names.split():
            forms, since = hands.get((region, Step(name)), (0, first))
            hands[region, Step(name)] = forms + count, min(first, since)
    for (region, step), (forms, since) in hands.items():
        if day - since > limits.days[step]:
            yield Stuck(region, step, Reason.WAITING, forms, day - since)


def _known(actor: Actor, scope: Scope, owed: dict[int, Owed], today: date) -> dict[int, Known]:
    """Tell what is known of villages. Nobody keeps accounts for example villages."""
    stated = regions.conditions(actor, owed, on=today)
    staffed = None
    if not is_simulated(scope.dataset):
        staffed = accounts.regions_of_role(actor, OPERATOR_ROLE, today)
    return {
        region: Known(
            region in stated and stated[region].connection is Connection.NONE,
            None if staffed is None else region in staffed,
        )
        for region in owed
    }


def _count(asked: Q) -> Sum:
    return Sum(Case(When(asked, then=Value(1)), default=Value(0), output_field=IntegerField()))
