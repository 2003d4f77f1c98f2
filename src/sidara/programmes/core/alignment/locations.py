"""S09: villages in need get an activity that answers what is weak there."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from fractions import Fraction

from sidara.programmes.core.alignment.content import CheckCode, Parameter
from sidara.programmes.core.alignment.context import Context
from sidara.programmes.core.alignment.found import Found, Teller
from sidara.programmes.core.alignment.rows import Scores, Tables, Village
from sidara.programmes.core.codes.entry import plain
from sidara.programmes.core.words import Level


def locations(tables: Tables, context: Context) -> Iterator[Found]:
    """Look at each village; item scores win over the status, made-up ones are never mixed with real ones."""
    tell = Teller(CheckCode.LOCATIONS, context)
    if not tables.villages:
        yield tell("no_villages")
    served: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for one in tables.activities:
        answers = context.kinds.answers.get(one.kind)
        if one.year == context.year and answers:
            for code in one.villages:
                served[code] |= answers
    silent = _silent(context)
    for village in sorted(tables.villages, key=lambda one: one.code):
        yield from _village(tell, village, served.get(village.code, set()), silent(village.code))


def _silent(context: Context) -> Callable[[str], str]:
    """Say for a village which levels have no data there: what nobody knows of is not "nothing"."""
    levels = context.rules.levels
    without = {level: frozenset(codes) for level, codes in context.without.items()}

    def told(village: str) -> str:
        named = [
            levels[level.value]
            for level in Level
            if level in context.missing or village in without.get(level, frozenset())
        ]
        return f"; belum ada data {', '.join(named)}" if named else ""

    return told


def _village(tell: Teller, village: Village, served: set[tuple[str, str]], silent: str) -> Iterator[Found]:
    context = tell.context
    where = {"area": village.code, "villages": (village.code,), "owner": village.name or village.code}
    index, scores = scores_of(village, context)
    if scores is not None:
        for item in weak_items(scores, context):
            if (index, item) not in served:
                more = where | {"value": item, "item": item, "year": context.year, "silent": silent}
                yield tell("item_unserved", (village.code,), **more)  # type: ignore[arg-type]  # by name
    elif village.status is None:
        yield tell("no_status", (village.code,), **where)  # type: ignore[arg-type]  # by name
    elif plain(village.status) in map(plain, context.rules.needy_statuses) and not served:
        more = where | {"value": village.status, "status": village.status, "year": context.year}
        more |= {"silent": silent}
        yield tell("status_unserved", (village.code,), **more)  # type: ignore[arg-type]  # by name


def scores_of(village: Village, context: Context) -> tuple[str, Scores | None]:
    """Give the index and the scores that are read of a village, `None` where only its status may be."""
    for index in context.rules.indices:
        scores = village.scores.get(index)
        if scores is not None and scores.items and scores.is_simulated == context.is_simulated:
            return index, scores
    return "", None


def weak_items(scores: Scores, context: Context) -> list[str]:
    """Give the items at or below the highest score of a need; of a span the upper end counts."""
    most = context.rules.parameters[Parameter.HIGHEST_SCORE]
    return sorted(item for item, score in scores.items.items() if Fraction(score) <= most)
