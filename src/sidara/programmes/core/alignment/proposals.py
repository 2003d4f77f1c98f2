"""S11: what villages proposed is answered: tied to what was planned, or declined with a reason."""

from collections.abc import Iterator

from sidara.kernel.number import format_date
from sidara.programmes.core.alignment.content import CheckCode
from sidara.programmes.core.alignment.context import Context
from sidara.programmes.core.alignment.found import Found, Teller
from sidara.programmes.core.alignment.rows import Proposal, Tables
from sidara.programmes.core.words import Decision, PlanKind

DECLINED = {Decision.REJECTED: "ditolak", Decision.POSTPONED: "ditunda"}


def proposals(tables: Tables, context: Context) -> Iterator[Found]:
    """Look at what villages ask of other levels: their own RKP Desa answers what they ask themselves.

    A proposal that nobody decided is due on the day after the RKPD was established.
    """
    tell = Teller(CheckCode.PROPOSALS, context)
    asked = [one for one in tables.proposals if one.area_asked != one.village]
    if not asked:
        yield tell("no_proposals", year=context.year)
    planned = {one.id: one.year for one in tables.activities}
    planned |= {one.id: one.year for one in tables.plan_lines if one.plan is PlanKind.RENJA}
    for one in sorted(asked, key=lambda proposal: proposal.id):
        cause, figures = _cause(one, planned, context)
        if cause:
            yield tell(
                cause,
                (one.id,),
                owner=one.level_asked,
                area=one.area_asked or one.village,
                villages=(one.village,),
                year=one.year,
                **figures,  # type: ignore[arg-type]  # by name
            )


def _cause(one: Proposal, planned: dict[str, int], context: Context) -> tuple[str, dict[str, object]]:
    if one.decision is Decision.ACCEPTED:
        return ("" if _is_tied(one, planned) else "accepted_unlinked"), {}
    if one.decision in DECLINED:
        return ("" if one.reason.strip() else "declined_unreasoned"), {"decision": DECLINED[one.decision]}
    established = context.rkpd_dates.get(one.area_asked) or context.rkpd_dates.get("")
    if established is None:
        return "no_day", {}
    return ("undecided" if context.day > established else ""), {"established": format_date(established)}


def _is_tied(one: Proposal, planned: dict[str, int]) -> bool:
    """Whether it is tied to something of the plan it asks for, or of one since it was agreed on."""
    at = one.linked_year if one.linked_year is not None else planned.get(one.linked_activity or "")
    return at is not None and (one.since or one.year) <= at <= one.year
