"""S07: the ceilings of the Renja do not go beyond those of the RKPD, where that has none of the Renstra."""

from collections.abc import Iterator
from fractions import Fraction

from sidara.programmes.core.alignment.content import CheckCode, Parameter
from sidara.programmes.core.alignment.context import Context
from sidara.programmes.core.alignment.found import Found, Teller
from sidara.programmes.core.alignment.matching import grouped, of_plan, owner_key, percent, place, total
from sidara.programmes.core.alignment.rows import PlanLine, Tables
from sidara.programmes.core.words import PlanKind

type Key = tuple[object, ...]


def ceilings(tables: Tables, context: Context) -> Iterator[Found]:
    """Compare by agency, code and year; lines of one code are added up."""
    tell = Teller(CheckCode.CEILINGS, context)

    def key(line: PlanLine) -> Key:
        return (*place(line), context.newest(line.code or ""), line.year, owner_key(line))

    def by_code(kind: PlanKind) -> dict[Key, list[PlanLine]]:
        return grouped((one for one in of_plan(tables.plan_lines, kind) if one.code), key)

    upper = {kind: by_code(kind) for kind in (PlanKind.RKPD, PlanKind.RENSTRA)}
    lower = by_code(PlanKind.RENJA)
    if not lower:
        yield tell("no_renja")
    for own, lines in lower.items():
        yield from _ceiling(tell, lines, *_limit(upper, own))


def _limit(upper: dict[PlanKind, dict[Key, list[PlanLine]]], own: Key) -> tuple[str, list[PlanLine]]:
    """Give the document that limits and its lines; a line without an agency holds for all of them."""
    for kind, lines in upper.items():
        found = lines.get(own) or lines.get((*own[:-1], ""), [])
        if total(found) is not None:
            return kind.value, found
    return "", []


def _ceiling(tell: Teller, lines: list[PlanLine], document: str, above: list[PlanLine]) -> Iterator[Found]:
    first, limit, planned = lines[0], total(above), total(lines)
    if planned is None:
        yield tell.line("no_ceiling", *lines)
        return
    if not limit:
        yield tell.line("no_limit", *lines)
        return
    more = Fraction(planned - limit, limit)
    if more <= 0:
        return
    is_slight = more <= tell.context.rules.parameters[Parameter.CEILING_TOLERANCE]
    is_reasoned = any(one.reason.strip() for one in lines)
    cause = "above_slightly" if is_slight else "above_reasoned" if is_reasoned else "above"
    value = percent(more)
    yield tell(
        cause,
        (one.id for one in (*lines, *above)),
        value=value,
        amount_idr=planned - limit,
        owner=first.owner,
        area=first.area,
        code=first.code,
        percent=value,
        upper=document,
    )
