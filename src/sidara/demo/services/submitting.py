"""Example villages fill in, send and endorse their forms, only through the services that everybody uses.

All of it lies in `simulated:collection`, so that every page and file says SIMULASI. Days are made up like the
figures: a form is filled in when its window opens, sent before it is due (some after), endorsed a day
later.
Every message has an id that follows from the seed: a second run finds all answered and changes nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from uuid import UUID, uuid5

from sidara.collection import queries as collected
from sidara.collection import services as collecting
from sidara.collection.core import EXAMPLES, Source
from sidara.collection.core.bulk import GivenCell, Incoming
from sidara.collection.core.judged import Told
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.collection.core.village import Home
from sidara.demo.core.village import fill
from sidara.demo.core.village.cells import REASON, cells_of
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Dictionary
from sidara.kernel import content
from sidara.kernel import period as periods
from sidara.kernel.actor import Actor
from sidara.kernel.clock import WIB, Clock, local_date, now
from sidara.regions import queries as regions
from sidara.regions.core import Level as AreaLevel
from sidara.regions.core import Region, dotted, is_example, level_of
from sidara.regions.core.code import province_of
from sidara.verification import queries as verified
from sidara.verification import services as verifying
from sidara.verification.core import Level

_SPACE = UUID("6f0d6e0e-5b0a-5c5e-9b57-62d1a5a00062")
"""The name space of messages and people that are made up."""
MORNING = time(9, tzinfo=WIB)


@dataclass(frozen=True, slots=True)
class Examples:
    """`content/submissions.yaml`: which kecamatan, and how far their submissions get."""

    seed: int
    districts: tuple[str, ...]
    draft_percent: int
    sent_percent: int
    late_percent: int
    unknown_percent: int


@cache
def examples() -> Examples:
    """Read which villages are filled in."""
    made = content.load("sidara.demo", "submissions")
    percents = {name: made[name] for name in made if name.endswith("_percent")}
    return Examples(made["seed"], tuple(made["districts"]), **percents)


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
    """What a run did: villages, submissions that are there, and of them saved, sent, endorsed in this run.

    `kept` = submissions whose errors or windows keep them drafts. `hash` is over all content hashes.
    """

    villages: int
    submissions: int
    saved: int = 0
    explained: int = 0
    sent: int = 0
    endorsed: int = 0
    kept: int = 0
    hash: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether anything was written."""
        return bool(self.saved or self.explained or self.sent or self.endorsed)


@dataclass(frozen=True, slots=True, order=True)
class _Step:
    """What happens to one submission at a moment: 0 saved, 1 sent, 2 endorsed."""

    at: datetime
    act: int
    region: str
    form: str
    period: str

    @property
    def key(self) -> SubmissionKey:
        return SubmissionKey(self.form, self.region, self.period, EXAMPLES)


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

    All forms, or only `forms`. What would happen after the present moment does not happen yet. The same seed
    gives the same contents. Can be stopped and run again. Refuses (`NotAllowed`) an actor who may not fill
    in, send or endorse there.
    """
    made = dictionary.dictionary(actor)
    places = [
        one for code in districts for one in regions.villages(actor, code, examples=True) if one.is_example
    ]
    work = _Work(actor, made, {one.code: one for one in places}, tuple(years), seed, frozenset(forms))
    steps = sorted(step for step in work.steps() if step.at <= clock())
    done: Counter[str] = Counter()
    days: dict[datetime, list[_Step]] = {}
    for step in steps:
        days.setdefault(step.at, []).append(step)
    for number, (at, group) in enumerate(days.items(), 1):
        done += work.take(at, group)
        if number % 12 == 0 or number == len(days):
            what = f"{done['saved']} tersimpan, {done['sent']} terkirim, {done['endorsed']} disahkan"
            say(f"isian SIMULASI sampai {local_date(at)}: {what}")
    heads = collected.heads(actor, EXAMPLES, sorted(work.places))
    return Submitted(len(places), len(heads), hash=_digest(heads), **done)


class _Work:
    """The steps of all villages, and what was done already."""

    def __init__(  # noqa: PLR0913, PLR0917 - what `submit` was asked
        self,
        actor: Actor,
        made: Dictionary,
        places: Mapping[str, Region],
        years: tuple[int, ...],
        seed: int,
        forms: frozenset[str],
    ) -> None:
        self.actor, self.places, self.seed = actor, places, seed
        self.cells: dict[SubmissionKey, list[GivenCell]] = {}
        for region in sorted(places):
            answers = fill(made, region, years, seed=seed, unknown_percent=examples().unknown_percent)
            for cell in cells_of(made, answers, EXAMPLES, seed=seed):
                if not forms or cell.key.form in forms:
                    self.cells.setdefault(cell.key, []).append(cell)
        self.revisions = {
            SubmissionKey(one.form, one.region, one.period, EXAMPLES): one.revision
            for one in collected.heads(actor, EXAMPLES, sorted(places))
        }
        self.seen: dict[SubmissionKey, str] = {}
        self.levels = {region: verified.village_levels(actor, region, EXAMPLES) for region in places}

    def steps(self) -> Iterator[_Step]:
        """Say what happens to each submission, and when."""
        told = examples()
        for key in self.cells:
            at = periods.parse(key.period)
            if at is None:
                continue
            opening = dictionary.opening(self.actor, key.form, at, self.places[key.region].id)
            opens = opening.opens_date if opening else at.last_day + timedelta(days=1)
            due = opening.due_date if opening else at.last_day + timedelta(days=30)
            last = opening.late_until if opening else due
            luck = self._luck(key, "fate")
            parts = key.region, key.form, key.period
            yield _Step(_moment(max(opens, at.last_day)), 0, *parts)
            if luck < told.draft_percent:
                continue
            is_late = self._luck(key, "late") < told.late_percent
            sent = min(due + timedelta(days=3), last) if is_late else max(opens, due - timedelta(days=4))
            yield _Step(_moment(sent), 1, *parts)
            if luck >= told.draft_percent + told.sent_percent:
                yield _Step(_moment(sent + timedelta(days=1)), 2, *parts)

    def _luck(self, key: SubmissionKey, word: str) -> int:
        name = f"{self.seed}|{word}|{key.region}|{key.form}|{key.period}"
        return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) % 100

    def take(self, at: datetime, group: Sequence[_Step]) -> Counter[str]:
        """Do what happens at a moment; what was done before is passed over."""
        done: Counter[str] = Counter()
        fresh = [one.key for one in group if one.act == 0 and one.key not in self.revisions]
        if fresh:
            done["saved"] += self._save(fresh, at)
        for one in group:
            level = self.levels[one.region].get(Home(one.form, one.period))
            if one.act == 1 and level is None:
                done += self._send(one)
            elif one.act == 2 and level is not None and level < Level.ENDORSED:
                done["endorsed"] += self._endorse(one)
        return done

    def _save(self, keys: Iterable[SubmissionKey], at: datetime) -> int:
        given = [cell for key in keys for cell in self.cells[key]]
        incoming = Incoming.of(given, Source.CSV)
        done = collecting.import_cells(
            self._person("operator", ""), incoming=incoming, now=at, dataset=EXAMPLES
        )
        if done.account.rejected or done.account.conflicting:
            raise RuntimeError(f"simulated cells were not taken: {done.account.findings[:3]}")
        return done.revisions

    def _send(self, step: _Step) -> Counter[str]:
        """Send; what only lacks explanations gets them and is sent again, what has errors stays a draft."""
        key, person, done = step.key, self._person("operator", step.region), Counter[str]()
        revision, outcome = self.revisions.get(key, 1), self._sent(step, self.revisions.get(key, 1))
        waiting = [one for one in outcome.blocking if one.finding.needs_explanation]
        if not outcome.is_done and waiting and len(waiting) == len(outcome.blocking):
            outcome = self._sent(step, self._explain(person, step, waiting, revision))
            done["explained"] += 1
        if not outcome.is_done or outcome.event is None:
            return done + Counter(kept=1)
        self.levels[key.region][Home(key.form, key.period)] = outcome.level
        self.seen[key] = outcome.event.link.content_hash
        return done + Counter(sent=1)

    def _sent(self, step: _Step, revision: int) -> verifying.Outcome:
        return verifying.send_submission(
            self._person("operator", step.region),
            key=step.key,
            revision=revision,
            message_id=self._message(step.key, "send"),
            now=step.at,
        )

    def _explain(self, person: Actor, step: _Step, told: Iterable[Told], revision: int) -> int:
        """Write an explanation at each cell at which a warning stands; gives the revision."""
        key = step.key
        named = {one.key for one in told if one.key is not None}
        given = [
            replace(one.cell, explanation=REASON)
            for one in self.cells[key]
            if Key(one.cell.row, one.cell.variable, one.cell.breakdown) in named
        ]
        message = self._message(key, "explain")
        save = collecting.Save(
            key, revision, message, Source.WEB, given, reason="SIMULASI: penjelasan rekaan"
        )
        return collecting.save_cells(person, save=save, now=step.at).revision

    def _endorse(self, step: _Step) -> int:
        person = self._person("head", step.region)
        filled = None if step.key in self.seen else collected.filled(person, step.key)
        outcome = verifying.endorse_submission(
            person,
            key=step.key,
            content_hash=filled.content_hash if filled else self.seen.get(step.key, ""),
            message_id=self._message(step.key, "endorse"),
            now=step.at,
        )
        return int(outcome.is_done)

    def _message(self, key: SubmissionKey, act: str) -> UUID:
        return uuid5(_SPACE, f"{self.seed}|{act}|{key.form}|{key.region}|{key.period}")

    def _person(self, role: str, region: str) -> Actor:
        """Act as a made-up person of a village, with the rights of who runs this."""
        words = {"operator": "operator desa", "head": "kepala desa"}[role]
        return replace(
            self.actor,
            id=uuid5(_SPACE, f"{role}|{region}"),
            name=f"SIMULASI {words}",
            function=f"{words} contoh {region}".strip(),
        )


def _moment(day: date) -> datetime:
    return datetime.combine(day, MORNING).astimezone(UTC)


def _digest(heads: Iterable[collected.Head]) -> str:
    lines = (f"{one.form}|{one.region}|{one.period}|{one.content_hash}" for one in heads)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
