"""Bringing the registers up to date: the lists of what was saved or acted on since are replayed again.

As in `progress`: rows are written in short transactions, the cursor last, and reading twice gives the same;
a refresh that another one overtook writes no more.
"""

import fcntl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import batched
from uuid import uuid4

from django.conf import settings

from sidara.collection import queries as collection
from sidara.dictionary import queries as dictionary
from sidara.kernel import period as periods
from sidara.kernel.actor import Actor, require
from sidara.kernel.clock import Clock, now
from sidara.programmes import models, queries
from sidara.programmes.core import registers as core
from sidara.programmes.core.registers import Version
from sidara.programmes.queries.proposals import LIST
from sidara.programmes.services.proposals import REFRESH, refresh_proposals
from sidara.programmes.services.replaying import past
from sidara.records.writing import reading, writing
from sidara.verification import queries as verification

LISTS = ("aparatur", "pelatihan", "musyawarah", LIST, "lembaga")
READ_AT_ONCE = 20_000
REPLAYED_AT_ONCE = 200
"""Submissions that are replayed between two writes."""
type Told = Callable[[str, int], None]


def _silent(_step: str, _rows: int) -> None:
    """Tell nothing."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did: submissions replayed, proposals made or changed, whether another one took over."""

    replayed: int = 0
    proposals: int = 0
    is_overtaken: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether anything was done."""
        return bool(self.replayed)


class _OvertakenError(Exception):
    """A later refresh writes by now."""


def refresh_registers(actor: Actor, *, clock: Clock = now, tell: Told = _silent) -> Refreshed:
    """Bring lists and proposals up to date. Twice = nothing new; what a kill left is done by the next one.

    Refuses (`NotAllowed`) an actor without `programmes.refresh`.
    """
    require(actor, REFRESH)
    with _alone():
        return _Work(actor, clock, tell).run(anew=False)


def rebuild_registers(actor: Actor, *, clock: Clock = now, tell: Told = _silent) -> Refreshed:
    """Read all lists again from nothing; proposals keep what was decided about them. Same right."""
    require(actor, REFRESH)
    with _alone():
        return _Work(actor, clock, tell).run(anew=True)


@contextmanager
def _alone() -> Iterator[None]:
    """Be the only refresh of this machine; another one waits."""
    settings.SIDARA_HOME.mkdir(parents=True, exist_ok=True)
    with (settings.SIDARA_HOME / "registers-refresh.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class _Work:
    """One refresh: its turn, the lists and their columns, what it did."""

    def __init__(self, actor: Actor, clock: Clock, tell: Told) -> None:
        self.actor, self.clock, self.tell = actor, clock, tell
        known = dictionary.dictionary(actor).lists
        self.lists = [known[code] for code in LISTS if code in known]
        self.done = Refreshed()
        self.turn = 0

    def run(self, *, anew: bool) -> Refreshed:
        to = collection.newest_revision(self.actor), verification.newest_event(self.actor)
        before = self._begin(anew=anew)
        try:
            touched = self._touched(before)
            for form in sorted({one.form for one in touched.values()}):
                own = [one for one in touched.values() if one.form == form]
                for some in batched(own, REPLAYED_AT_ONCE):
                    self._replay(form, some)
            villages = {(one.dataset, one.region_id) for one in touched.values() if one.form == self._home()}
            for group in batched(sorted(villages), REPLAYED_AT_ONCE):
                with self._writing():
                    made = refresh_proposals(self.actor, villages=group, clock=self.clock)
                self.done = replace(self.done, proposals=self.done.proposals + made)
            with self._writing():
                models.RegisterMark.objects.filter(pk=1).update(
                    stamp=uuid4(),
                    revisions=max(to[0], before.revisions),
                    events=max(to[1], before.events),
                    refreshed_at=self.clock(),
                )
        except _OvertakenError:
            return replace(self.done, is_overtaken=True)
        return self.done

    def _home(self) -> str:
        """Give the form that holds the list of proposals."""
        return next(one.form for one in self.lists if one.code == LIST)

    def _begin(self, *, anew: bool) -> queries.RegisterMark:
        """Take the next turn; anew, nothing was read yet."""
        with writing():
            mark, _ = models.RegisterMark.objects.get_or_create(pk=1)
            mark.turn += 1
            if anew:
                models.RegisterSheet.objects.all().delete()
                mark.revisions = mark.events = 0
            mark.save()
        self.turn = mark.turn
        return queries.register_mark(self.actor)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Write while it is one's own turn."""
        with writing():
            if not models.RegisterMark.objects.filter(pk=1, turn=self.turn).exists():
                raise _OvertakenError
            yield

    def _touched(self, before: queries.RegisterMark) -> Mapping[str, collection.Followed]:
        """Give the submissions with lists that were saved or acted on since, by uid."""
        forms = {one.form for one in self.lists}
        found: dict[str, collection.Followed] = {}
        for read, cursor in (
            (collection.revisions_since, before.revisions),
            (verification.events_since, before.events),
        ):
            at = cursor
            while some := read(self.actor, at, limit=READ_AT_ONCE):
                found |= {one.uid: one for one in some if one.form in forms}
                at = some[-1].sequence
        return found

    def _replay(self, form: str, touched: Sequence[collection.Followed]) -> None:
        """Read the past of some submissions and write it in place of what is there."""
        lists = [one for one in self.lists if one.form == form]
        by_uid = {one.uid: one for one in touched}
        columns = {code: own.code for own in lists for code in core.columns_of(own)}
        with reading():
            saves, acts = past(self.actor, uids=by_uid, columns=columns)
        rows = [
            self._row(by_uid[uid], own.code, version)
            for uid in by_uid
            for own in lists
            for version in core.replayed(
                own.code, saves.get((uid, own.code), ()), acts.get((uid, own.code), ())
            )
        ]
        with self._writing():
            models.RegisterSheet.objects.filter(submission_uid__in=list(by_uid)).delete()
            models.RegisterSheet.objects.bulk_create(rows, batch_size=500)
        self.done = replace(self.done, replayed=self.done.replayed + len(by_uid))
        self.tell("replayed", self.done.replayed)

    def _row(self, one: collection.Followed, code: str, version: Version) -> models.RegisterSheet:
        at = periods.parse(one.period)
        return models.RegisterSheet(
            submission_uid=one.uid,
            dataset=one.dataset,
            list_code=code,
            region_id=one.region_id,
            period=one.period,
            year=at.year if at else 0,
            from_day=version.from_day,
            until_day=version.until_day,
            levels=[list(each) for each in version.levels],
            rows=[[row.id, dict(row.values), dict(row.states)] for row in version.rows],
            is_declared=version.is_declared,
        )
