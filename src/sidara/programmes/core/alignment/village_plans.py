"""From the RPJM Desa to the RKP Desa (S12) and on to the APBDes (S13), village by village."""

from collections.abc import Iterator
from fractions import Fraction

from sidara.programmes.core.alignment.content import CheckCode, Parameter, Rules
from sidara.programmes.core.alignment.context import Context
from sidara.programmes.core.alignment.found import Found, Teller
from sidara.programmes.core.alignment.matching import grouped, in_emergency, is_local, of_plan, percent, total
from sidara.programmes.core.alignment.rows import PlanLine, Tables
from sidara.programmes.core.codes.entry import plain
from sidara.programmes.core.codes.village_codes import TopAccount, top_of
from sidara.programmes.core.words import PlanKind

type Same = tuple[str, str]


def yearly_plans(tables: Tables, context: Context) -> Iterator[Found]:
    """S12: what the RKP Desa does stands in the RPJM Desa for that year, or minutes changed it."""
    tell = Teller(CheckCode.YEARLY_PLANS, context)
    lower = grouped(of_plan(tables.plan_lines, PlanKind.RKP_DESA), _village)
    upper = grouped(of_plan(tables.plan_lines, PlanKind.RPJM_DESA), _village)
    if not lower:
        yield tell("no_rkp")
    for village, lines in sorted(lower.items()):
        if village not in upper:
            yield tell("no_rpjm", **_where(lines[0]))  # type: ignore[arg-type]  # by name
            continue
        known = {
            (same, year)
            for one in upper[village]
            for same in _sames(one, context.rules)
            for year in (one.years or (one.year,))
        }
        for one in lines:
            if in_emergency(one.code, context.rules) or one.minutes.strip():
                continue
            if not any((same, one.year) in known for same in _sames(one, context.rules)):
                yield tell("not_in_rpjm", (one.id,), **_told(one))  # type: ignore[arg-type]  # by name


def budgets(tables: Tables, context: Context) -> Iterator[Found]:
    """S13: what the APBDes pays stands in the RKP Desa of the year, for about what was estimated there."""
    tell = Teller(CheckCode.BUDGETS, context)
    paid = of_plan(tables.plan_lines, PlanKind.APBDES)
    spent = [one for one in paid if _is_spent(one, context.rules)]
    lower = grouped(spent, lambda one: (_village(one), one.year))
    upper = grouped(of_plan(tables.plan_lines, PlanKind.RKP_DESA), lambda one: (_village(one), one.year))
    if not paid:
        yield tell("no_apbdes")
    for key, lines in sorted(lower.items()):
        if key not in upper:
            yield tell("no_rkp", **_where(lines[0]))  # type: ignore[arg-type]  # by name
            continue
        estimated: dict[Same, list[PlanLine]] = {}
        for one in upper[key]:
            for same in _sames(one, context.rules):
                estimated.setdefault(same, []).append(one)
        for rows in grouped(lines, lambda one: _sames(one, context.rules)).values():
            yield from _budget(tell, rows, estimated)


def _budget(tell: Teller, rows: list[PlanLine], estimated: dict[Same, list[PlanLine]]) -> Iterator[Found]:
    rules, told = tell.context.rules, _told(rows[0])
    planned = next((estimated[same] for same in _sames(rows[0], rules) if same in estimated), [])
    ids, paid, estimate = [one.id for one in rows], total(rows) or 0, total(planned)
    if not planned:
        yield tell("not_in_rkp", ids, amount_idr=paid, **told)  # type: ignore[arg-type]  # by name
        return
    both = [*ids, *(one.id for one in planned)]
    if not estimate:
        if paid:
            yield tell("no_estimate", both, **told)  # type: ignore[arg-type]  # by name
        return
    more = Fraction(paid - estimate, estimate)
    if more <= 0:
        return
    is_slight = more <= rules.parameters[Parameter.SPENDING_TOLERANCE]
    is_reasoned = any(one.reason.strip() for one in rows)
    cause = "above_slightly" if is_slight else "above_reasoned" if is_reasoned else "above"
    value = percent(more)
    figures = told | {"value": value, "percent": value, "amount_idr": paid - estimate}
    yield tell(cause, both, **figures)  # type: ignore[arg-type]  # by name


def _village(line: PlanLine) -> str:
    return line.area or line.owner


def _where(line: PlanLine) -> dict[str, object]:
    return {"owner": line.owner, "area": _village(line), "villages": (_village(line),)}


def _told(line: PlanLine) -> dict[str, object]:
    words = " ".join(part for part in (line.code, line.name) if part)
    return _where(line) | {"activity": words or "tanpa nama", "year": line.year}


def _is_capital(line: PlanLine, rules: Rules) -> bool:
    return line.account == rules.capital_account or (not line.account and line.kind == rules.capital_kind)


def _is_spent(line: PlanLine, rules: Rules) -> bool:
    """Whether a line is to stand in the RKP Desa: spending by code, and capital for BUM Desa."""
    top = top_of(line.account)
    if top is TopAccount.FINANCING or line.account == rules.capital_account:
        return line.account == rules.capital_account
    is_spending = not line.account or top is TopAccount.SPENDING
    return is_spending and bool(line.code) and line.code not in rules.emergency_codes


def _sames(line: PlanLine, rules: Rules) -> tuple[Same, ...]:
    """Give the keys by which a line is known in another document of the village, the surest first.

    A code as it is; a code of the kabupaten's own with its name, or the kind; without a code kind, then name.
    """
    if _is_capital(line, rules) or (line.kind == rules.capital_kind and line.plan is not PlanKind.APBDES):
        code = (("code", line.code),) if line.code else ()
        return (("capital", ""), *code)
    kind = (("kind", line.kind),) if line.kind else ()
    if line.code and not is_local(line.code, rules):
        return (("code", line.code),)
    if line.code:
        return (("code", f"{line.code} {plain(line.name)}"), *kind)
    return (*kind, ("name", plain(line.name)))
