"""What the registers count for whoever asks: closed counts are withheld from who may not see them."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from sidara.dictionary import queries as dictionary
from sidara.expressions import parse, to_python
from sidara.kernel.actor import Actor
from sidara.programmes.core import registers as core
from sidara.programmes.core.registers import Row
from sidara.programmes.core.registers.apparatus import CLOSED as APPARATUS_CLOSED
from sidara.programmes.core.registers.participation import CLOSED as MEETINGS_CLOSED
from sidara.programmes.queries.registers import (
    Counted,
    Counts,
    Scope,
    Sheet,
    counted,
    kept,
    may_see_closed,
    rules,
    settled,
)
from sidara.regions import queries as regions
from sidara.regions.core import Level


def apparatus(actor: Actor, scope: Scope) -> Counted:
    """Count posts and officials (`core.registers.count_apparatus`) of an area and of those below."""
    told, made = settled(actor, scope), rules(actor)

    def count(sheet: Sheet) -> Counts:
        return core.count_apparatus(sheet.rows, made, scope.year)

    def whole(scope: Scope) -> Counted:
        return kept(actor, ("apparatus", scope), lambda: counted(actor, scope, "aparatur", count))

    return _shown(actor, told, whole, APPARATUS_CLOSED)


def trainings(actor: Actor, scope: Scope) -> Counted:
    """Count trainings and who took part (`core.registers.count_trainings`)."""
    told = settled(actor, scope)
    return kept(
        actor,
        ("trainings", told),
        lambda: counted(actor, told, "pelatihan", lambda sheet: core.count_trainings(sheet.rows)),
    )


def meetings(actor: Actor, scope: Scope) -> Counted:
    """Count meetings and attendance (`core.registers.count_meetings`)."""
    told, made = settled(actor, scope), rules(actor)

    def count(sheet: Sheet) -> Counts:
        return core.count_meetings(sheet.rows, made)

    def whole(scope: Scope) -> Counted:
        return kept(actor, ("meetings", scope), lambda: counted(actor, scope, "musyawarah", count))

    return _shown(actor, told, whole, MEETINGS_CLOSED)


def institutions(actor: Actor, scope: Scope) -> Counted:
    """Count institutions (`core.registers.count_institutions`), active by the stated definition."""
    told, is_active = settled(actor, scope), activity(actor)

    def count(sheet: Sheet) -> Counts:
        return core.count_institutions(sheet.rows, is_active)

    return kept(actor, ("institutions", told), lambda: counted(actor, told, "lembaga", count))


def activity(actor: Actor) -> Callable[[Row], bool]:
    """Give what says whether a row of institutions is active: the derived column that the content names."""
    columns = {one.code: one for one in dictionary.dictionary(actor).lists["lembaga"].columns}
    formula = columns[rules(actor).active].formula
    named = sorted(code for code in columns if code in formula)
    evaluate = to_python(parse(formula, named))
    known: dict[tuple[str, ...], bool] = {}

    def is_active(row: Row) -> bool:
        key = tuple(core.value(row, code) for code in named)
        if key not in known:
            cells = {code: core.decimal_of(row, code) for code in named}
            known[key] = evaluate(cells) is True
        return known[key]

    return is_active


def _shown(actor: Actor, scope: Scope, whole: Callable[[Scope], Counted], closed: Collection[str]) -> Counted:
    """Leave out what the actor may not see: closed counts of small areas, small ones of larger areas.

    A count that is withheld among the areas beside it is withheld on the area's own page, too.
    """
    made, area = whole(scope), regions.resolve(actor, scope.under)
    if area is None or may_see_closed(actor, scope):
        return made
    least, deepest = rules(actor).smallest, rules(actor).closed_from
    keys = {
        key for counts in (made.total, *made.below.values()) for key in counts if core.is_closed(key, closed)
    }
    keys |= set(closed)
    hidden = keys if area.level > deepest else core.withheld_parts(made.total, closed, least)
    if Level.PROVINCE < area.level <= deepest:
        above = regions.ancestors(actor, area.id)[-1]
        beside = whole(Scope(above.code, scope.year, scope.status, scope.as_of, scope.dataset)).below
        hidden |= core.withheld_areas(beside, keys, least).get(area.id, frozenset())
    if area.level >= deepest:
        under = dict.fromkeys(made.expected, frozenset(keys))
    else:
        under = {
            id_: some | core.withheld_parts(made.below.get(id_, Counter()), closed, least)
            for id_, some in _every(core.withheld_areas(made.below, keys, least), made.expected)
        }
    return Counted(
        _without(made.total, hidden),
        {id_: _without(counts, under.get(id_, frozenset())) for id_, counts in made.below.items()},
        made.reported,
        made.expected,
        frozenset(hidden),
        under,
    )


def _every(some: Mapping[int, frozenset[str]], areas: Iterable[int]) -> Iterator[tuple[int, frozenset[str]]]:
    """Give what is withheld of each area, of some nothing."""
    return ((area, some.get(area, frozenset())) for area in areas)


def _without(counts: Counts, hidden: Collection[str]) -> Counts:
    return Counter({key: count for key, count in counts.items() if key not in hidden})
