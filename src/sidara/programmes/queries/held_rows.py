"""What is stored under the keys of a file: lines, activities, proposals; which of them a person changed."""

from collections.abc import Iterable, Sequence
from itertools import batched
from uuid import UUID

from django.db.models import Max

from sidara.kernel.actor import Actor, require
from sidara.programmes import models
from sidara.programmes.core import Act, Subject
from sidara.programmes.core.importing import Held, PlanTable, Row, row_key
from sidara.programmes.queries.deciding import may_decide
from sidara.programmes.queries.rights import READ

LINE_FIELDS = (
    *(
        "code",
        "code_as_written",
        "nomenclature",
        "government",
        "name",
        "agency",
        "activity_kind",
        "indicator",
    ),
    *("unit_as_written", "baseline", "target", "target_revised", "ceiling_original", "ceiling_revised"),
    *("fund_source", "account", "tags", "place", "reason", "goal_as_written", "more"),
)
ACTIVITY_FIELDS = (
    *("level", "agency", "sector", "name", "activity_kind", "government", "code", "nomenclature"),
    *("central_programme", "fund_source", "budget_idr", "starts", "ends", "beneficiaries", "method"),
    *("co_financing", "executor", "stage", "is_whole_area", "more"),
)
PROPOSAL_FIELDS = (
    *("document", "text", "activity_kind", "level_asked", "agency_asked", "place", "volume", "unit"),
    *("budget_idr", "rank", "beneficiaries", "external_id", "decision", "reason", "linked_code", "more"),
)
_AT_ONCE = 500


def held_rows(
    actor: Actor, *, table: PlanTable, rows: Sequence[Row], plan: models.Plan | None, is_simulated: bool
) -> dict[tuple[Subject, int, str], Held]:
    """Give what is stored for the records of a file, by subject, year and key.

    A line that a person made here has no key of a file: it is found by what identifies a row of the table.
    """
    require(actor, READ)
    found: dict[tuple[Subject, int, str], Held] = {}
    if plan is not None and plan.pk is not None:
        found |= _lines(plan, table)
    keys: dict[Subject, set[str]] = {}
    for row in rows:
        for one in row.records:
            keys.setdefault(one.subject, set()).add(one.key)
    found |= _activities(keys.get(Subject.ACTIVITY, set()), is_simulated=is_simulated)
    found |= _proposals(actor, keys.get(Subject.PROPOSAL, set()), is_simulated=is_simulated)
    return found


def _lines(plan: models.Plan, table: PlanTable) -> dict[tuple[Subject, int, str], Held]:
    rows = list(models.PlanLine.objects.filter(plan=plan).order_by("id"))
    by_hand = _by_hand(Subject.LINE, [(row.uid, row.source_id) for row in rows])
    found: dict[tuple[Subject, int, str], Held] = {}
    for row in rows:
        fields = {name: getattr(row, name) for name in LINE_FIELDS} | {"goal": row.goal_id}
        held = Held(row.pk, fields, is_by_hand=row.uid in by_hand or row.is_removed)
        found.setdefault((Subject.LINE, row.year, row.key), held)
        if row.source_id is None:
            named = fields | {"field": row.more.get("Bidang", "")}
            found.setdefault((Subject.LINE, row.year, row_key(table, named)), held)
    return found


def _activities(keys: Iterable[str], *, is_simulated: bool) -> dict[tuple[Subject, int, str], Held]:
    found: dict[tuple[Subject, int, str], Held] = {}
    for some in batched(sorted(keys), _AT_ONCE, strict=False):
        rows = list(
            models.Activity.objects.filter(key__in=some, is_simulated=is_simulated).prefetch_related(
                "villages__region", "outputs"
            )
        )
        by_hand = _by_hand(Subject.ACTIVITY, [(row.uid, row.source_id) for row in rows])
        for row in rows:
            found[Subject.ACTIVITY, row.year, row.key] = Held(
                row.pk,
                {name: getattr(row, name) for name in ACTIVITY_FIELDS},
                {one.region.code: one.place for one in row.villages.all()},
                {one.indicator: {"unit": one.unit, "target": one.target} for one in row.outputs.all()},
                row.uid in by_hand,
            )
    return found


def _proposals(
    actor: Actor, keys: Iterable[str], *, is_simulated: bool
) -> dict[tuple[Subject, int, str], Held]:
    found: dict[tuple[Subject, int, str], Held] = {}
    for some in batched(sorted(keys), _AT_ONCE, strict=False):
        rows = list(
            models.Proposal.objects.filter(key__in=some, is_simulated=is_simulated).select_related("village")
        )
        by_hand = _by_hand(Subject.PROPOSAL, [(row.uid, row.source_id) for row in rows])
        for row in rows:
            fields = {name: getattr(row, name) for name in PROPOSAL_FIELDS} | {"village": row.village.code}
            is_by_hand = row.uid in by_hand
            is_decided = is_by_hand and not may_decide(
                actor,
                village=row.village.code,
                level_asked=row.level_asked,
                activity_kind=row.activity_kind,
                village_code=row.village_code,
            )
            found[Subject.PROPOSAL, row.year, row.key] = Held(
                row.pk, fields, is_by_hand=is_by_hand, is_decided=is_decided
            )
    return found


def _by_hand(subject: Subject, rows: Sequence[tuple[UUID, int | None]]) -> set[UUID]:
    """Give those that a person changed last: by the newest event, or made here without a file."""
    newest: dict[UUID, int] = {}
    for some in batched([uid for uid, _ in rows], _AT_ONCE, strict=False):
        newest |= dict(
            models.ProgrammeEvent.objects.filter(subject=subject, subject_uid__in=some)
            .values_list("subject_uid")
            .annotate(last=Max("id"))
        )
    acts: dict[int, str] = {}
    for last in batched(newest.values(), _AT_ONCE, strict=False):
        acts |= dict(models.ProgrammeEvent.objects.filter(pk__in=last).values_list("id", "act"))
    return {
        uid for uid, source in rows if (acts[newest[uid]] != Act.IMPORT if uid in newest else source is None)
    }
