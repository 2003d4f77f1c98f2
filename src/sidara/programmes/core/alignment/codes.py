"""S04: codes and names of lines are those of the nomenclature in force in the year of the plan."""

from collections.abc import Iterator

from sidara.programmes.core.alignment.content import CheckCode
from sidara.programmes.core.alignment.context import Context
from sidara.programmes.core.alignment.found import Found, Teller
from sidara.programmes.core.alignment.matching import REGIONAL
from sidara.programmes.core.alignment.rows import PlanLine, Tables
from sidara.programmes.core.codes.nomenclature import Nomenclature, Standing


def codes(tables: Tables, context: Context) -> Iterator[Found]:
    """Look at each line of a provincial or kabupaten plan that has a code."""
    tell = Teller(CheckCode.CODES, context)
    lines = [one for one in tables.plan_lines if one.government in REGIONAL and one.code]
    if not lines or context.nomenclature is None:
        yield tell("no_lines" if not lines else "not_listed")
        return
    for one in sorted(lines, key=lambda line: line.id):
        yield from _line(tell, context.nomenclature, one, one.code or "")


def _line(tell: Teller, names: Nomenclature, line: PlanLine, code: str) -> Iterator[Found]:
    standing = names.standing(line.government, code, line.year)
    if standing is Standing.OTHER_GOVERNMENT:
        yield tell.line("other_government", line)
    elif standing.is_refused:
        yield tell.line("unknown_code", line)
    elif standing.is_unknown:
        yield tell.line("not_listed", line)
    else:
        right = names.find(line.government, code, line.year)
        if right is not None and line.name and not names.is_named(right, line.name, line.year):
            yield tell.line("other_name", line, right=right.name)
