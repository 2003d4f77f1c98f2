"""Example villages fill in, send and endorse their forms and verifiers answer, only through the services.

All of it lies in `simulated:collection`, so that every page and file says SIMULASI. Days are made up like the
figures: content says in which shares villages are late, wrong, silent, copy, lie in a blank spot, and how
often and how strictly verifiers sit (`content/submissions.yaml`, `demo.core.story`).
Some villages at a time, each day of theirs in one transaction: a run takes bounded memory, can be stopped at
any moment, and goes on where it was; a second run changes nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from itertools import batched
from time import monotonic

from sidara.collection import queries as collected
from sidara.collection.core import EXAMPLES
from sidara.collection.core.submission import SubmissionKey
from sidara.demo.core.story import Story, story_of
from sidara.demo.services.area import Area, Setting, moment
from sidara.demo.services.day import Day
from sidara.dictionary import queries as dictionary
from sidara.kernel import content
from sidara.kernel import period as periods
from sidara.kernel.actor import Actor
from sidara.kernel.clock import Clock, local_date, now
from sidara.kernel.number import format_number
from sidara.records.writing import writing
from sidara.regions import queries as regions
from sidara.regions.core import Level as AreaLevel
from sidara.regions.core import Region, dotted, is_example, level_of, regency_of
from sidara.regions.core.code import province_of
from sidara.verification import queries as verified
from sidara.verification.core import Level

VILLAGES = 100
"""Villages whose answers are held in memory together."""
ACTS = {"send": "sent", "endorse": "endorsed", "accept": "accepted", "return": "returned"}
"""How what was done with submissions is called of each act."""
CAST = 2
"""How many of the first villages of a province belong to people to try the demo with (`demo.cast`)."""
SAID_EVERY = 20.0
"""Seconds between two lines about what is done."""


@dataclass(frozen=True, slots=True)
class Examples:
    """`content/submissions.yaml`: which kecamatan, and the story of their submissions."""

    seed: int
    districts: tuple[str, ...]
    unknown_percent: int
    story: Story


@cache
def examples() -> Examples:
    """Read which villages are filled in, and how."""
    made = content.load("sidara.demo", "submissions")
    return Examples(made["seed"], tuple(made["districts"]), made["unknown_percent"], story_of(made))


def has_examples(actor: Actor, *, province: str, code: str) -> bool:
    """Whether example villages lie at or below a dotted code once the province (two digits) is loaded."""
    place = regions.resolve(actor, code)
    if place is not None:
        return place.is_example or place.level is not AreaLevel.VILLAGE
    own = dotted(code)
    if own is None or province_of(own) != province or regions.villages(actor, province, examples=True):
        return False
    return (is_example(own) or level_of(own) is not AreaLevel.VILLAGE) and regions.is_loadable(actor, own)


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a run did, and what is there now.

    `villages` and `submissions` are there; of them `final`, `late` (sent after they were due), `mending`
    (returned and not sent again), `drafts` (never sent). The others count what this run did: `saved` first
    saves, `explained` and `mended` ones later, acts by their kind, `handed` forms handed over at a kecamatan,
    `minutes` closed, `held` attempts to send that errors or windows held back. `hash` is over all contents
    and how each stands.
    """

    villages: int
    submissions: int
    final: int = 0
    late: int = 0
    mending: int = 0
    drafts: int = 0
    saved: int = 0
    explained: int = 0
    mended: int = 0
    handed: int = 0
    sent: int = 0
    endorsed: int = 0
    accepted: int = 0
    returned: int = 0
    corrected: int = 0
    minutes: int = 0
    held: int = 0
    seconds: float = 0.0
    hash: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether anything was written."""
        return any(
            (self.saved, self.explained, self.mended, self.sent, self.endorsed, self.accepted, self.returned)
        )


def submit(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    *,
    years: Sequence[int],
    seed: int,
    districts: Sequence[str],
    say: Callable[[str], None],
    forms: Sequence[str] = (),
    clock: Clock = now,
) -> Submitted:
    """Let all example villages of some areas (dotted codes) fill in their forms with lists for `years`.

    All forms, or only `forms`; their verifiers accept and return. What would happen after the present moment
    does not happen yet. The same seed gives the same contents and acts. Can be stopped and run again. Refuses
    (`NotAllowed`) an actor who may not fill in, send, endorse or verify there.
    """
    began = monotonic()
    setting = setting_of(actor, years=years, seed=seed, forms=forms, clock=clock)
    places = {one.code: one for one in _places(actor, districts)}
    done: Counter[str] = Counter()
    voice = _Voice(say, len(places), date(min(years), 1, 1), local_date(clock()))
    for some in _areas([places[code] for code in sorted(places)]):
        area = Area(setting, some)
        while (found := area.next_day()) is not None:
            day, tracks = found
            with writing():
                Day(area, moment(day), tracks).carry_out()
            area.done_on(day, tracks)
            voice.tell(some, day, done + area.done)
        done += area.done
        voice.took(len(some))
    return _told(actor, sorted(places), done, monotonic() - began)


def shown(actor: Actor, *, province: str) -> list[str]:
    """Give the example villages whose collection a fresh demo of a province (two digits) shows.

    Those of the small kecamatan of the content, and those beside the villages of the people to try it with,
    whose own forms stay theirs.
    """
    every = [one for one in regions.villages(actor, province, examples=True) if one.is_example]
    near = every[0].code.rpartition(".")[0] if every else ""
    beside = [one.code for one in every if one.code.rpartition(".")[0] == near][CAST:]
    small = [one.code for one in every if one.code.rpartition(".")[0] in examples().districts]
    return [*beside, *small]


def expected(
    actor: Actor,
    *,
    years: Sequence[int],
    districts: Sequence[str],
    forms: Sequence[str] = (),
    clock: Clock = now,
) -> int:
    """Say how many submissions all example villages of some areas have by the present moment at most."""
    today = local_date(clock())
    made = dictionary.dictionary(actor).forms
    each = sum(
        at.last_day < today
        for code, form in made.items()
        if not forms or code in forms
        for year in years
        for at in periods.year(year).parts(form.frequency.span)
    )
    return each * len({one.code for one in _places(actor, districts)})


def setting_of(
    actor: Actor, *, years: Sequence[int], seed: int, forms: Sequence[str] = (), clock: Clock = now
) -> Setting:
    """Give what all areas of a run share."""
    made = examples()
    known = dictionary.dictionary(actor)
    own = made.story, made.unknown_percent, clock(), frozenset(forms)
    return Setting(actor, known, tuple(years), seed, *own)


def _places(actor: Actor, districts: Sequence[str]) -> Iterator[Region]:
    for code in districts:
        yield from (one for one in regions.villages(actor, code, examples=True) if one.is_example)


def _areas(places: Sequence[Region]) -> Iterator[list[Region]]:
    """Give villages in parts that memory holds, each of one kabupaten."""
    regencies: dict[str, list[Region]] = {}
    for one in places:
        regencies.setdefault(regency_of(one.code), []).append(one)
    for own in regencies.values():
        yield from (list(some) for some in batched(own, VILLAGES))


class _Voice:
    """Says now and then what is done, and how long the rest takes if it goes on so."""

    def __init__(self, say: Callable[[str], None], villages: int, first: date, last: date) -> None:
        self.say, self.villages, self.ready = say, villages, 0
        self.first, self.days = first, max((last - first).days, 1)
        self.began = self.said = monotonic()

    def tell(self, some: Sequence[Region], day: date, done: Counter[str]) -> None:
        """Say how far the villages are that are at work."""
        if monotonic() - self.said >= SAID_EVERY:
            self.said = monotonic()
            share = min(max((day - self.first).days / self.days, 0), 1)
            rest = self._rest(self.ready + share * len(some))
            self.say(f"isian SIMULASI, desa mulai {some[0].code} sampai {day}: {_words(done)}{rest}")

    def took(self, villages: int) -> None:
        """Say that some villages are done."""
        self.ready += villages
        self.said = monotonic()
        self.say(f"isian SIMULASI: {self.ready} dari {self.villages} desa{self._rest(self.ready)}")

    def _rest(self, ready: float) -> str:
        if not ready or ready >= self.villages:
            return ""
        left = (monotonic() - self.began) / ready * (self.villages - ready) / 60
        return f"; sisanya kira-kira {format_number(max(1, round(left)))} menit"


def _words(done: Counter[str]) -> str:
    return (
        f"{format_number(done['saved'])} tersimpan, {format_number(done['send'])} terkirim, "
        f"{format_number(done['accept'])} diterima, {format_number(done['return'])} dikembalikan"
    )


def _told(actor: Actor, codes: Sequence[str], done: Counter[str], seconds: float) -> Submitted:
    """Count what is there, and hash it, some villages at a time."""
    counts: Counter[str] = Counter()
    made = hashlib.sha256()
    for some in batched(codes, VILLAGES):
        heads = collected.heads(actor, EXAMPLES, some)
        keys = [SubmissionKey(one.form, one.region, one.period, EXAMPLES) for one in heads]
        stubs = collected.stubs(actor, keys)
        stood = verified.stood(actor, [one.uid for one in stubs.values()])
        for key, head in zip(keys, heads, strict=True):
            held = stood.get(stubs[key].uid)
            level = Level.DRAFT if held is None else held.level
            counts["submissions"] += 1
            counts["final"] += level is Level.PROVINCE
            counts["late"] += held is not None and held.is_late
            counts["mending"] += held is not None and held.returned > 0
            counts["drafts"] += held is None
            stands = (int(level), held.number, held.returned) if held else (-1, 0, 0)
            line = "|".join(map(str, (key.form, key.region, key.period, head.content_hash, *stands)))
            made.update(f"{line}\n".encode())
    names = {one.name for one in fields(Submitted)}
    acts = {ACTS.get(name, name): count for name, count in done.items()}
    return Submitted(
        villages=len(codes),
        submissions=counts.pop("submissions", 0),
        seconds=round(seconds, 1),
        hash=made.hexdigest(),
        **counts,
        **{name: count for name, count in acts.items() if name in names},
    )
