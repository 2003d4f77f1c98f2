"""How what a file says of lines, activities and proposals is written, many at once; inside `writing` only."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import batched
from typing import Any
from uuid import NAMESPACE_OID, uuid4, uuid5

from django.db.models import Max

from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date
from sidara.programmes import models
from sidara.programmes.core import Act, Decision, FateSource, Subject
from sidara.programmes.core.deciding import fate_of
from sidara.programmes.core.importing import Change, Judged
from sidara.regions import queries as regions

_AT_ONCE = 500


def store_changes(
    actor: Actor,
    *,
    judged: Sequence[Judged],
    source: models.PlanImport,
    plan: models.Plan | None,
    now: datetime,
) -> None:
    """Write the changes of all rows: new rows as such, changed ones with their event."""
    store = _Store(actor, source, plan, now)
    for one in judged:
        store.take(one)
    store.write()


class _Store:
    """What is to be written, gathered first."""

    def __init__(
        self, actor: Actor, source: models.PlanImport, plan: models.Plan | None, now: datetime
    ) -> None:
        self.actor, self.source, self.plan, self.now = actor, source, plan, now
        self.lines: list[models.PlanLine] = []
        self.proposals: list[tuple[models.Proposal, Change]] = []
        self.activities: list[tuple[models.Activity, Change, models.PlanLine | None]] = []
        self.changed: list[Change] = []
        self.lines_of: dict[int, Change] = {}

    def take(self, judged: Judged) -> None:
        """Take the changes of a row; an activity is tied to the first line of its row."""
        line: models.PlanLine | None = None
        for change in judged.changes:
            if change.held is not None:
                self.changed.append(change)
                continue
            match change.record.subject:
                case Subject.LINE:
                    made = self._line(change)
                    line = line or made
                    self.lines.append(made)
                case Subject.PROPOSAL:
                    self.proposals.append((self._proposal(change), change))
                case Subject.ACTIVITY:
                    self.activities.append((self._activity(change), change, line))

    def _line(self, change: Change) -> models.PlanLine:
        assert self.plan is not None  # noqa: S101 - lines stand in a plan
        fields = dict(change.fields)
        goal = fields.pop("goal", None)
        return models.PlanLine(
            plan=self.plan,
            key=change.record.key,
            year=change.record.year,
            goal_id=goal,
            source=self.source,
            **fields,
        )

    def _proposal(self, change: Change) -> models.Proposal:
        fields = dict(change.fields)
        village = self._region(fields.pop("village"))
        return models.Proposal(
            key=change.record.key,
            year=change.record.year,
            village_id=village,
            source=self.source,
            is_simulated=self.source.is_simulated,
            made_at=self.now,
            **fields,
        )

    def _activity(self, change: Change) -> models.Activity:
        return models.Activity(
            key=change.record.key,
            year=change.record.year,
            area_id=self._region(self.source.asked["area"]),
            source=self.source,
            is_simulated=self.source.is_simulated,
            made_at=self.now,
            **change.fields,
        )

    def _region(self, code: str) -> int:
        region = regions.resolve(self.actor, code)
        if region is None:
            raise LookupError(f"no region {code}")
        return region.id

    def write(self) -> None:
        """Write all: new rows at once, then what belongs to activities, then what changed."""
        models.PlanLine.objects.bulk_create(self.lines, batch_size=_AT_ONCE)
        models.Proposal.objects.bulk_create([one for one, _ in self.proposals], batch_size=_AT_ONCE)
        for activity, _, line in self.activities:
            activity.line = line
        models.Activity.objects.bulk_create([one for one, *_ in self.activities], batch_size=_AT_ONCE)
        self._belongings((one, change) for one, change, _ in self.activities)
        self._update(models.PlanLine, Subject.LINE)
        self._update(models.Proposal, Subject.PROPOSAL)
        self._update(models.Activity, Subject.ACTIVITY)
        self._fates()

    def _fates(self) -> None:
        """Write the fate of each decision that the file brought, on its day or on that of the import."""
        decided = [(one.pk, change) for one, change in self.proposals if _is_decision(change)]
        decided += [
            (one.held.id, one)
            for one in self.changed
            if one.held and one.record.subject is Subject.PROPOSAL and "decision" in one.fields
        ]
        newest: dict[int, date] = {}
        for some in batched([pk for pk, _ in decided], _AT_ONCE, strict=False):
            newest |= dict(
                models.ProposalFate.objects.filter(proposal__in=some)
                .values_list("proposal")
                .annotate(last=Max("recorded_date"))
            )
        models.ProposalFate.objects.bulk_create(
            [self._fate(pk, change, newest.get(pk)) for pk, change in decided], batch_size=_AT_ONCE
        )
        is_any = self.proposals or any(one.record.subject is Subject.PROPOSAL for one in self.changed)
        if is_any:
            models.RegisterMark.objects.update(stamp=uuid4())

    def _fate(self, proposal: int, change: Change, newest: date | None) -> models.ProposalFate:
        """Give the fate of a decision: never before one that is recorded already."""
        said = change.record.decided
        day = said if said is not None and (newest is None or newest <= said) else None
        reason = change.fields.get("reason", change.held.fields["reason"] if change.held else "")
        return models.ProposalFate(
            proposal_id=proposal,
            fate=fate_of(Decision(change.fields["decision"])).value,
            recorded_date=day or local_date(self.now),
            reason=reason,
            source=(FateSource.FILE if day is not None else FateSource.IMPORT).value,
            actor_name=self.actor.name,
        )

    def _belongings(self, made: Iterable[tuple[models.Activity, Change]]) -> None:
        """Write villages and outputs of activities; those that are there stay beside what the file says."""
        villages: list[models.ActivityVillage] = []
        outputs: list[models.ActivityOutput] = []
        for activity, change in made:
            villages += [
                models.ActivityVillage(activity=activity, region_id=self._region(code), place=place)
                for code, place in change.record.villages.items()
            ]
            outputs += [
                models.ActivityOutput(activity=activity, indicator=indicator, **told)
                for indicator, told in change.record.outputs.items()
            ]
        models.ActivityVillage.objects.bulk_create(
            villages,
            batch_size=_AT_ONCE,
            update_conflicts=True,
            unique_fields=("activity", "region"),
            update_fields=("place",),
        )
        models.ActivityOutput.objects.bulk_create(
            outputs,
            batch_size=_AT_ONCE,
            update_conflicts=True,
            unique_fields=("activity", "indicator"),
            update_fields=("unit", "target"),
        )

    def _update(self, model: Any, subject: Subject) -> None:
        """Write what changed of rows that are there, one revision further, and tell it."""
        changes = {one.held.id: one for one in self.changed if one.held and one.record.subject is subject}
        for some in batched(sorted(changes), _AT_ONCE, strict=False):
            rows = {row.pk: row for row in model.objects.filter(pk__in=some)}
            events, fields = [], {"source"}
            for number, row in rows.items():
                change = changes[number]
                before = self._apply(row, change, fields)
                events.append(self._event(row, change, before, subject))
            model.objects.bulk_update(list(rows.values()), sorted(fields), batch_size=_AT_ONCE)
            models.ProgrammeEvent.objects.bulk_create(events, batch_size=_AT_ONCE)
            if subject is Subject.ACTIVITY:
                self._belongings((row, changes[number]) for number, row in rows.items())

    def _apply(self, row: Any, change: Change, touched: set[str]) -> dict[str, Any]:
        """Put what changed into a row; gives what stood there."""
        before: dict[str, Any] = {}
        for name, value in change.fields.items():
            if name in ("villages", "outputs"):
                before[name] = sorted(getattr(change.held, name))
                continue
            column = {"goal": "goal_id", "village": "village_id"}.get(name, name)
            before[name] = getattr(row, column)
            setattr(row, column, self._region(value) if name == "village" else value)
            touched.add(column.removesuffix("_id") if column in ("goal_id", "village_id") else column)
        if change.fields.get("decision", Decision.ACCEPTED) != Decision.ACCEPTED:
            before["activity"], row.activity = row.activity_id, None
            touched.add("activity")
        row.source = self.source
        if hasattr(row, "is_removed") and row.is_removed:
            before["is_removed"], row.is_removed = True, False
            touched.add("is_removed")
        if hasattr(row, "revision"):
            before["revision"] = row.revision
            row.revision += 1
            touched.add("revision")
        return before

    def _event(
        self, row: Any, change: Change, before: Mapping[str, Any], subject: Subject
    ) -> models.ProgrammeEvent:
        return models.ProgrammeEvent(
            subject=subject.value,
            subject_uid=row.uid,
            act=Act.IMPORT,
            before=_plain(before),
            after=_plain(change.fields) | {"file": self.source.file, "import": str(self.source.uid)},
            message_id=uuid5(NAMESPACE_OID, f"{self.source.uid}:{subject.value}:{row.uid}"),
            actor_id=self.actor.id,
            actor_name=self.actor.name,
            actor_function=self.actor.function,
            made_at=self.now,
        )


def _is_decision(change: Change) -> bool:
    return bool(change.fields.get("decision", Decision.OPEN.value) != Decision.OPEN)


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Give fields as an event keeps them: days, decimals and ids as texts."""
    made: dict[str, Any] = json.loads(json.dumps(dict(fields), default=str, sort_keys=True))
    return made
