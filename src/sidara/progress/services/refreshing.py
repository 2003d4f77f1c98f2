"""Bringing the tallies up to date: what was saved or acted on since is counted again, new windows laid out.

Nothing is lost by a kill: rows are written in short transactions, the cursor last, and counting twice gives
the same. Records are only read meanwhile, so no save waits for it.
"""

import fcntl
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import batched
from uuid import uuid4

from django.conf import settings
from django.db.models import F, Value
from django.db.models.functions import Coalesce, Least

from sidara.checks import queries as checks
from sidara.collection import queries as collection
from sidara.collection.core.village import Home
from sidara.dictionary import queries as dictionary
from sidara.kernel import period as periods
from sidara.kernel.actor import Actor, require
from sidara.kernel.clock import Clock, local_date, now
from sidara.kernel.kept import Kept
from sidara.progress import models, queries
from sidara.progress.core import REACH, Measured, linked
from sidara.progress.core.expecting import Expected, Fields, Slice, laid_row, moved, with_counts
from sidara.progress.services import storing
from sidara.progress.services.expecting import expected
from sidara.progress.services.measuring import measured
from sidara.progress.services.storing import REFRESH
from sidara.records.writing import writing
from sidara.regions import queries as regions
from sidara.verification import queries as verification

READ_AT_ONCE = 20_000
COUNTED_AT_ONCE = 200
"""Submissions that are counted between two writes."""
_links: Kept[Mapping[str, frozenset[str]]] = Kept(4)
type Told = Callable[[str, int], None]
type Touched = tuple[str, int, Home]


def _silent(_step: str, _rows: int) -> None:
    """Tell nothing."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did: submissions counted, rows laid out, whether another one took over meanwhile."""

    counted: int = 0
    laid: int = 0
    is_overtaken: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether anything was done."""
        return bool(self.counted or self.laid)


class _OvertakenError(Exception):
    """A later refresh writes by now."""


def refresh(actor: Actor, *, clock: Clock = now, tell: Told = _silent) -> Refreshed:
    """Bring the tallies up to date. Twice = nothing new; what a kill left is done by the next one.

    Refuses (`NotAllowed`) an actor without `progress.refresh`.
    """
    require(actor, REFRESH)
    with _alone():
        return _Work(actor, local_date(clock()), clock, tell).run(anew=False)


def rebuild(actor: Actor, *, clock: Clock = now, tell: Told = _silent) -> Refreshed:
    """Make all tallies again from nothing. Same right as `refresh`."""
    require(actor, REFRESH)
    with _alone():
        return _Work(actor, local_date(clock()), clock, tell).run(anew=True)


@contextmanager
def _alone() -> Iterator[None]:
    """Be the only refresh of this machine; another one waits. The system frees the lock of a dead process."""
    settings.SIDARA_HOME.mkdir(parents=True, exist_ok=True)
    with (settings.SIDARA_HOME / "progress-refresh.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class _Work:
    """One refresh: its turn, the day, what it did."""

    def __init__(self, actor: Actor, day: date, clock: Clock, tell: Told) -> None:
        self.actor, self.day, self.clock, self.tell = actor, day, clock, tell
        self.done = Refreshed()
        self.turn = 0

    def run(self, *, anew: bool) -> Refreshed:
        to = collection.newest_revision(self.actor), verification.newest_event(self.actor)
        laid_by, receipts = queries.laid_by(self.actor, self.day), verification.receipts_mark(self.actor)
        before = self._begin(anew=anew, to=to)
        try:
            touched = self._touched(before)
            if touched:
                self._count_again(touched)
            if before.laid_by != laid_by or self._is_begun_anew(touched):
                self._lay()
            if self.done.laid or before.receipts != receipts:
                self._receive()
            with self._writing():
                models.Mark.objects.filter(pk=1).update(
                    stamp=uuid4(),
                    receipts=receipts,
                    revisions=max(to[0], before.revisions),
                    events=max(to[1], before.events),
                    laid_by=laid_by,
                    refreshed_at=self.clock(),
                )
        except _OvertakenError:
            return replace(self.done, is_overtaken=True)
        return self.done

    def _begin(self, *, anew: bool, to: tuple[int, int]) -> queries.AsOf:
        """Take the next turn; where nothing is laid out yet, all that is there is counted when it is."""
        with writing():
            if anew:
                models.Tally.objects.all().delete()
                models.Laid.objects.all().delete()
            mark, _ = models.Mark.objects.get_or_create(pk=1)
            mark.turn += 1
            mark.stamp = uuid4()
            if not models.Laid.objects.exists():
                mark.revisions, mark.events, mark.laid_by, mark.receipts = *to, "", ""
            mark.save()
        self.turn = mark.turn
        return queries.marked(self.actor)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Write while it is one's own turn."""
        with writing():
            if not models.Mark.objects.filter(pk=1, turn=self.turn).exists():
                raise _OvertakenError
            yield

    def _touched(self, before: queries.AsOf) -> set[Touched]:
        """Give the submissions that were saved or acted on since."""
        found: set[Touched] = set()
        sources = (
            (collection.revisions_since, before.revisions),
            (verification.events_since, before.events),
        )
        for read, cursor in sources:
            at = cursor
            while some := read(self.actor, at, limit=READ_AT_ONCE):
                found |= {(one.dataset, one.region_id, Home(one.form, one.period)) for one in some}
                at = some[-1].sequence
        return found

    def _is_begun_anew(self, touched: Iterable[Touched]) -> bool:
        """Whether some were begun in a data set or year of which nothing is laid out."""
        known: dict[str, int] = {}
        for dataset, period in models.Laid.objects.values_list("dataset", "period").distinct():
            at = periods.parse(period)
            if at is not None:
                known[dataset] = min(known.get(dataset, at.year), at.year)
        for dataset, _, home in touched:
            at = periods.parse(home.period)
            if at is not None and at.year < known.get(dataset, at.year + 1):
                return True
        return False

    def _count_again(self, touched: set[Touched]) -> None:
        """Count what was touched, and what rules tie to it in the same village."""
        for dataset in sorted({one[0] for one in touched}):
            homes: dict[int, set[Home]] = {}
            for held, region, home in touched:
                if held == dataset:
                    homes.setdefault(region, set()).add(home)
            links = self._links()
            wanted = {
                (region, other)
                for region, own in homes.items()
                for home in own
                for other in self._tied(home, links)
            }
            forms = {home for _, home in wanted}
            begun = [
                one
                for one in collection.begun(self.actor, dataset, set(homes), forms)
                if (one.region_id, Home(one.form, one.period)) in wanted
            ]
            begun.sort(key=lambda one: (one.form, one.period, one.region_id))
            self._store_counts(dataset, begun)

    def _links(self) -> Mapping[str, frozenset[str]]:
        made = dictionary.dictionary(self.actor)
        return _links.of(made, None, lambda: linked(checks.rules_of(self.actor, made), made))

    def _tied(self, home: Home, links: Mapping[str, frozenset[str]]) -> Iterator[Home]:
        """Give the submissions whose verdict may change with one, by form and period."""
        yield home
        at, forms = periods.parse(home.period), dictionary.dictionary(self.actor).forms
        if at is None:
            return
        for form in links.get(home.form, frozenset()) & forms.keys():
            for year in range(at.year - REACH, at.year + REACH + 1):
                for other in periods.year(year).parts(forms[form].frequency.span):
                    yield Home(form, str(other))

    def _codes(self, begun: Sequence[collection.Begun]) -> dict[int, str]:
        places = regions.regions(self.actor, {one.region_id for one in begun})
        return {number: one.code for number, one in places.items()}

    def _store_counts(self, dataset: str, begun: Sequence[collection.Begun]) -> None:
        codes = self._codes(begun)
        for some in batched(begun, COUNTED_AT_ONCE):
            counts = measured(self.actor, dataset=dataset, begun=some, codes=codes, today=self.day)
            with self._writing():
                self._replace(dataset, some, counts)
            self.done = replace(self.done, counted=self.done.counted + len(counts))
            self.tell("counted", self.done.counted)

    def _replace(
        self, dataset: str, begun: Sequence[collection.Begun], counts: Mapping[str, Measured]
    ) -> None:
        """Put counts into the rows that are there; what is not laid out is counted when it is."""
        wanted = {(one.form, one.period, one.region_id): one.uid for one in begun if one.uid in counts}
        rows = models.Tally.objects.filter(
            dataset=dataset,
            form__in={one[0] for one in wanted},
            period__in={one[1] for one in wanted},
            region_id__in={one[2] for one in wanted},
        ).values("pk", *storing.COLUMNS)
        ids, made = [], []
        alike: dict[tuple[str, str, str], set[str]] = {}
        for row in rows:
            uid = wanted.get((row["form"], row["period"], row["region_id"]))
            if uid is None:
                continue
            ids.append(row.pop("pk"))
            new = with_counts(row, counts[uid]) | {"is_copy_of_neighbour": False}
            made.append(new)
            texts = alike.setdefault((dataset, row["form"], row["period"]), set())
            texts |= {row["fingerprint"], new["fingerprint"]}
        storing.put(self.actor, rows=made, instead_of=ids)
        for name, texts in alike.items():
            storing.tell_copies(self.actor, name=name, fingerprints=texts)

    def _receive(self) -> None:
        """Write the day of the first receipt of each submission that was handed over at the kecamatan."""
        days: dict[tuple[str, str, str, str], int] = {}
        for one in verification.handed_over(self.actor):
            key = one.dataset, one.form, one.period, one.region
            days.setdefault(key, local_date(one.handed_at).toordinal())
        held = models.Tally.objects.filter(received_day__isnull=False)
        names = ("dataset", "form", "period", "region__code")
        before = {tuple(key): day for *key, day in held.values_list(*names, "received_day")}
        changed = [key for key in before.keys() | days.keys() if before.get(key) != days.get(key)]
        for some in batched(sorted(changed), storing.AT_ONCE):
            with self._writing():
                for key in some:
                    day = days.get(key)
                    row = models.Tally.objects.filter(**dict(zip(names, key, strict=True)))
                    came = Coalesce(Least("sent_day", Value(day)), "sent_day", Value(day))
                    row.update(received_day=day, came_day=F("sent_day") if day is None else came)

    def _lay(self) -> None:
        """Lay out what is expected today, slice by slice; what is expected no more goes."""
        held = {
            (dataset, form, period): digest
            for dataset, form, period, digest in models.Laid.objects.values_list(
                "dataset", "form", "period", "digest"
            )
        }
        for whole in expected(self.actor, day=self.day):
            for one in whole.slices:
                if held.pop(one.name, "") != one.digest:
                    self._lay_slice(whole, one)
        for dataset, form, period in held:
            with self._writing():
                models.Tally.objects.filter(dataset=dataset, form=form, period=period).delete()
                models.Laid.objects.filter(dataset=dataset, form=form, period=period).delete()

    def _lay_slice(self, whole: Expected, one: Slice) -> None:
        dataset, form, period = one.name
        own = models.Tally.objects.filter(dataset=dataset, form=form, period=period)
        known = set(own.filter(revision__gt=0).values_list("region_id", flat=True))
        home = Home(form, period)
        begun = [
            each
            for each in collection.begun(self.actor, dataset, whole.places.keys(), {home})
            if each.region_id not in known
        ]
        codes = {number: place.code for number, place in whole.places.items()}
        counts: dict[str, Measured] = {}
        for some in batched(begun, COUNTED_AT_ONCE):
            counts |= measured(self.actor, dataset=dataset, begun=some, codes=codes, today=self.day)
            self.tell("counted", self.done.counted + len(counts))
        uids = {each.region_id: each.uid for each in begun if each.uid in counts}
        with self._writing():
            before = {row["region_id"]: row for row in own.values("pk", *storing.COLUMNS)}
            ids = [row.pop("pk") for row in before.values()]
            made: list[Fields] = []
            blank: list[Fields] = []
            for place, at, empty in whole.of(one):
                row = laid_row(one, place, at, empty)
                old, uid = before.get(place.region_id), uids.get(place.region_id)
                if old is not None and old["revision"]:
                    made.append(moved(old, row))
                else:
                    (made if uid else blank).append(with_counts(row, counts[uid]) if uid else row)
            storing.put(self.actor, rows=made, instead_of=ids)
            storing.put_blank(self.actor, rows=blank)
            storing.tell_copies(
                self.actor, name=one.name, fingerprints={row.get("fingerprint", "") for row in made}
            )
            models.Laid.objects.update_or_create(
                dataset=dataset, form=form, period=period, defaults={"digest": one.digest}
            )
        self.done = replace(
            self.done, counted=self.done.counted + len(counts), laid=self.done.laid + len(made) + len(blank)
        )
        self.tell("laid", self.done.laid)
