"""What a Rakernis settles among made-up plans: the alignment is run before it and after it.

Half of the overlaps of each kabupaten is settled (the province leaves it to the kabupaten), the next one is
explained, and half of the proposals that nobody had answered are put off, with a reason.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from sidara.demo.core.plans import Setting
from sidara.demo.services.people import SPACE
from sidara.kernel.actor import Actor
from sidara.programmes import queries as programmes
from sidara.programmes import services as planning
from sidara.programmes.core import Decision, Level, State
from sidara.programmes.queries.alignment import FindingQuery, FindingRow
from sidara.regions.core import regency_of

OVERLAP, PROPOSAL = "SIN_S10", "SIN_S11"


def meet(actor: Actor, *, areas: Sequence[str], year: int, setting: Setting, now: datetime) -> int:
    """Run the alignment, settle what the meeting settles, run it again; gives how many findings were solved.

    `areas`: the province and those that also look by themselves. Once there is a run after the meeting,
    nothing is done any more: people go on from there.
    """
    labels, province = setting.meeting, areas[0]
    held = {
        one.label for one in programmes.alignment.runs(actor, under=province, year=year, is_simulated=True)
    }
    if labels.after in held:
        return 0
    if labels.before not in held:
        _run(actor, areas, year, labels.before, now)
    for found in _by_regency(_open(actor, province, year, OVERLAP)).values():
        settled = len(found) // 2
        for one in found[:settled]:
            _leave_to_regency(actor, one, labels.settled, now)
        for one in found[settled : settled + 1]:
            told = planning.explain_finding(
                actor, uid=one.uid, reason=labels.explained, message_id=_id("explain", one.uid), now=now
            )
            _require(told, one.message)
    for found in _by_regency(_open(actor, province, year, PROPOSAL)).values():
        for one in found[: len(found) // 2]:
            told = planning.decide_proposal(
                actor,
                proposal=UUID(one.rows[0].id),
                decision=Decision.POSTPONED,
                message_id=_id("postpone", one.uid),
                now=now,
                reason=labels.postponed,
            )
            _require(told, one.message)
    return _run(actor, areas, year, labels.after, now)


def _run(actor: Actor, areas: Sequence[str], year: int, label: str, now: datetime) -> int:
    """Run it in each area; gives how many findings were solved in all."""
    return sum(
        planning.run_alignment(actor, under=area, year=year, now=now, is_simulated=True, label=label).solved
        for area in dict.fromkeys(areas)
    )


def _open(actor: Actor, province: str, year: int, code: str) -> list[FindingRow]:
    query = FindingQuery(year, province, is_simulated=True, states=(State.OPEN,), codes=(code,))
    found = programmes.alignment.findings(actor, query)
    return sorted((one for one in found if one.rows), key=lambda one: (one.villages, one.message))


def _by_regency(found: Iterable[FindingRow]) -> dict[str, list[FindingRow]]:
    made: defaultdict[str, list[FindingRow]] = defaultdict(list)
    for one in found:
        made[regency_of(one.villages[0])].append(one)
    return made


def _leave_to_regency(actor: Actor, one: FindingRow, reason: str, now: datetime) -> None:
    for row in one.rows:
        if row.level != Level.PROVINCE:
            continue
        view = programmes.activity(actor, UUID(row.id))
        if view is not None:
            told = planning.cancel_activity(
                actor,
                uid=UUID(row.id),
                revision=view.revision,
                reason=reason,
                message_id=_id("cancel", UUID(row.id)),
                now=now,
            )
            _require(told, row.name)


def _require(told: planning.Outcome, what: str) -> None:
    if told.findings:
        raise RuntimeError(f"{what}: {told.findings}")


def _id(act: str, uid: UUID) -> UUID:
    return uuid5(SPACE, f"rakernis|{act}|{uid}")
