"""S10: two owners, or two sources of money, do the same in the same village in the same year."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from sidara.programmes.core.alignment.content import CheckCode
from sidara.programmes.core.alignment.context import Context, Kinds
from sidara.programmes.core.alignment.found import Found, Teller
from sidara.programmes.core.alignment.matching import grouped
from sidara.programmes.core.alignment.rows import Activity, Tables
from sidara.programmes.core.codes.entry import plain


def overlaps(tables: Tables, context: Context) -> Iterator[Found]:
    """Look at pairs that share kind, year and a village; a level without data is told, not passed over."""
    tell = Teller(CheckCode.OVERLAPS, context)
    for level in sorted(context.missing):
        yield tell("no_level", level=context.rules.levels[level.value])
    for level, silent in sorted(context.without.items()):
        told = context.rules.levels[level.value]
        yield tell("no_level_here", villages=silent, level=told)
    ordered = sorted((one for one in tables.activities if one.kind), key=lambda one: one.id)
    for (kind, year), rows in sorted(grouped(ordered, lambda one: (one.kind, one.year)).items()):
        for (first, second), villages in _meeting(rows, context.kinds).items():
            budgets = [one.budget_idr for one in (first, second) if one.budget_idr is not None]
            levels = context.rules.levels
            owners = sorted({f"{one.owner} ({levels[one.level.value]})" for one in (first, second)})
            yield tell(
                "doubled",
                (first.id, second.id),
                value=tuple(sorted(villages)),
                amount_idr=sum(budgets) if budgets else None,
                owner=" dan ".join(owners),
                area=first.area,
                villages=sorted(villages),
                kind=context.kinds.names.get(kind, kind),
                year=year,
                count=len(villages),
            )


def _meeting(rows: list[Activity], kinds: Kinds) -> dict[tuple[Activity, Activity], set[str]]:
    """Give the pairs of doubled activities with the villages in which they meet."""
    here: defaultdict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(rows):
        for village in set(one.villages):
            here[village].append(at)
    found: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for village, meeting in here.items():
        for pair in combinations(meeting, 2):
            found[pair].add(village)
    return {
        (rows[one], rows[other]): shared
        for (one, other), villages in sorted(found.items())
        if _is_doubled(rows[one], rows[other], kinds)
        and (shared := {code for code in villages if not _is_apart(rows[one], rows[other], code)})
    }


def _is_apart(one: Activity, other: Activity, village: str) -> bool:
    """Whether both name a place in the village, and not the same one."""
    first, second = (row.places.get(village) or row.place for row in (one, other))
    return bool(first) and bool(second) and place_key(first) != place_key(second)


def _is_doubled(one: Activity, other: Activity, kinds: Kinds) -> bool:
    is_same_purse = one.fund_source == other.fund_source
    if is_same_purse and plain(one.owner) == plain(other.owner):
        return False
    if one.co_financing and one.co_financing == other.co_financing:
        return False
    if is_same_purse and {one.central_programme, other.central_programme} & kinds.transfers:
        return False
    first, second = _phases(one, kinds), _phases(other, kinds)
    return not first or not second or bool(first & second)


def _phases(one: Activity, kinds: Kinds) -> frozenset[str]:
    """Give the phases of the model; an activity that names none may be in any of them."""
    return frozenset(kinds.phases.get(word, word) for word in one.phases)


def place_key(place: str) -> str:
    """Give a place below the village as it is compared: `RT 03` is `rt.3`."""
    words = ("".join(sign if sign.isalnum() else " " for sign in place.casefold())).split()
    return "".join(word.lstrip("0") or "0" for word in words)
