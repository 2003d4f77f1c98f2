"""Some villages of a kabupaten and their verifiers, day by day, through the services that everybody uses.

A day is one transaction, so a run that was stopped begins anew with the first day that is not there: what was
done tells how far each year of each village has come, and everything else follows from seed and content.
"""

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5

from sidara.collection import queries as collected
from sidara.collection.core import EXAMPLES
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.demo.core.story import (
    Alteration,
    Days,
    Habit,
    Kind,
    Plan,
    Stood,
    Story,
    Turn,
    altered,
    habit_of,
    next_turn,
    plan_of,
)
from sidara.demo.core.story.altering import key_of
from sidara.demo.core.village.kept import Answered
from sidara.demo.services.people import SPACE, People
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Dictionary
from sidara.kernel import period as periods
from sidara.kernel.actor import Actor
from sidara.kernel.clock import WIB, local_date
from sidara.regions import queries as regions
from sidara.regions.core import Connection, Region
from sidara.verification import queries as verified

MORNING = time(9, tzinfo=WIB)


@dataclass(slots=True)
class Track:
    """A submission on its way."""

    key: SubmissionKey
    plan: Plan
    stood: Stood = field(default_factory=Stood)
    uid: str = ""
    content_hash: str = ""
    turn: Turn | None = None


@dataclass(frozen=True)
class Setting:
    """What all areas share: who runs it, the dictionary, the years, the seed, the story, until when."""

    actor: Actor
    dictionary: Dictionary
    years: tuple[int, ...]
    seed: int
    story: Story
    unknown_percent: int
    until: datetime
    forms: frozenset[str] = frozenset()


class Area:
    """Villages of one kabupaten, with all that is known of their submissions."""

    def __init__(self, setting: Setting, places: Sequence[Region]) -> None:
        """Look how far each submission has come."""
        self.setting = setting
        self.places = {one.code: one for one in places}
        self.people = People(setting.actor)
        self.answered, self.invented = (
            Answered(setting.dictionary, setting.years, seed=seed, unknown_percent=setting.unknown_percent)
            for seed in (setting.seed, setting.seed + 1)
        )
        self.done: Counter[str] = Counter()
        self.tracks = {track.key: track for track in self._begin()}
        self.look(self.tracks.values())
        reached = self._reached()
        self._days: list[date] = []
        self._due: dict[date, list[Track]] = {}
        for track in self.tracks.values():
            self._plan_on(track, reached.get((track.key.region, track.key.period[:4]), date.min))

    def _begin(self) -> Iterable[Track]:
        """Say what is meant with each submission."""
        known = regions.conditions(self.setting.actor, [one.id for one in self.places.values()])
        for code, place in self.places.items():
            condition = known.get(place.id)
            is_alone = condition is not None and condition.connection is Connection.NONE
            habit = habit_of(self.setting.story, self.setting.seed, code)
            for key in self.answered.keys(code):
                if not self.setting.forms or key.form in self.setting.forms:
                    yield Track(key, self._meant(key, place, habit, is_alone=is_alone))

    def _meant(self, key: SubmissionKey, place: Region, habit: Habit, *, is_alone: bool) -> Plan:
        at = periods.parse(key.period)
        if at is None:
            return Plan()
        opening = dictionary.opening(self.setting.actor, key.form, at, place.id)
        opens = max(opening.opens_date if opening else at.last_day, at.last_day)
        due = opening.due_date if opening else at.last_day + timedelta(days=30)
        days = Days(opens, due, opening.late_until if opening else due + timedelta(days=365))
        plan = plan_of(self.setting.story, self.setting.seed, key, days, habit, is_alone=is_alone)
        return replace(plan, kind=self._altered(key, plan.kind).kind) if plan.kind else plan

    def _altered(self, key: SubmissionKey, kind: Kind) -> Alteration:
        """Say what is written in place of the answers."""
        if not kind:
            return Alteration()
        own = self.answered.of(key)
        name = f"{key.region}|{key.form}|{key.period}"
        return altered(
            self.setting.dictionary, kind, own, self._source(key, kind), seed=self.setting.seed, name=name
        )

    def _source(self, key: SubmissionKey, kind: Kind) -> list[Given]:
        """Give what was copied or invented."""
        at = periods.parse(key.period)
        if kind is Kind.LAST_YEAR and at is not None:
            return self.answered.of(replace(key, period=str(at.year_earlier)))
        if kind is Kind.NEIGHBOUR:
            near = self._neighbour(key.region)
            return self.answered.of(replace(key, region=near)) if near else []
        return self.invented.of(key) if kind is Kind.INVENTED else []

    def _neighbour(self, region: str) -> str:
        """Give the example village of the kecamatan before a village, or after the first; empty = none."""
        above = region.rpartition(".")[0]
        near = [
            one.code
            for one in regions.villages(self.setting.actor, above, examples=True)
            if one.is_example and (one.code.split(".")[3][0] == "1") == (region.split(".")[3][0] == "1")
        ]
        if region not in near or len(near) < 2:
            return ""
        return near[near.index(region) - 1] if near.index(region) else near[1]

    def look(self, tracks: Iterable[Track]) -> None:
        """Read how submissions stand."""
        by_key = {track.key: track for track in tracks}
        stubs = collected.stubs(self.setting.actor, by_key)
        stood = verified.stood(self.setting.actor, [one.uid for one in stubs.values()])
        for key, stub in stubs.items():
            track, held = by_key[key], stood.get(stub.uid)
            track.uid, track.content_hash = stub.uid, stub.content_hash
            if held is None:
                track.stood = Stood(stub.revision)
            else:
                since = local_date(held.since)
                own = held.level, held.waiting, held.returned
                track.stood = Stood(stub.revision, *own, since, held.number)

    def _reached(self) -> dict[tuple[str, str], date]:
        """Say until which day each year of each village was carried out."""
        persons = list(self.people.ids(tuple(self.places)))
        own = self.setting.actor, EXAMPLES, list(self.places), persons
        reached: dict[tuple[str, str], date] = {}
        for told in (collected.written(*own), verified.acted(*own)):
            for (region, period), last in told.items():
                at = region, period[:4]
                reached[at] = max(reached.get(at, date.min), local_date(last))
        return reached

    def _plan_on(self, track: Track, after: date) -> None:
        """Put a submission at the day on which somebody does something with it next."""
        story, seed = self.setting.story, self.setting.seed
        track.turn = next_turn(story, seed, track.key, track.plan, track.stood, after)
        if track.turn is not None:
            day = track.turn.day
            if day not in self._due:
                heapq.heappush(self._days, day)
            self._due.setdefault(day, []).append(track)

    def next_day(self) -> tuple[date, list[Track]] | None:
        """Give the next day on which something is done, and with what; `None` = none until now.

        The submissions are to be given back (`done_on`) once the day was carried out.
        """
        if not self._days or moment(self._days[0]) > self.setting.until:
            return None
        day = heapq.heappop(self._days)
        place = ("region", "form", "period")
        return day, sorted(
            self._due.pop(day), key=lambda one: tuple(getattr(one.key, name) for name in place)
        )

    def done_on(self, day: date, tracks: Iterable[Track]) -> None:
        """Say what is next with submissions with which something was done on a day."""
        for track in tracks:
            self._plan_on(track, day)

    def altered(self, track: Track) -> Mapping[Key, Given]:
        """Give what a village writes in place of its answers, by cell."""
        return {key_of(one): one for one in self._altered(track.key, track.plan.kind).cells}

    def message(self, track: Track, word: str) -> UUID:
        """Name an act on a submission as it stands."""
        key, held = track.key, track.stood
        name = (
            f"{self.setting.seed}|{word}|{key.form}|{key.region}|{key.period}|{held.events}|{held.revision}"
        )
        return uuid5(SPACE, name)


def moment(day: date) -> datetime:
    """Give the moment of a day at which all of it is done."""
    return datetime.combine(day, MORNING).astimezone(UTC)
