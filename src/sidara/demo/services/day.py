"""What villages and verifiers do with submissions on a day: hand over, save, mend, send, endorse, verify."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid5

from sidara.collection import queries as collected
from sidara.collection import services as collecting
from sidara.collection.core import EXAMPLES, Source
from sidara.collection.core.answering import Given
from sidara.collection.core.bulk import GivenCell, Incoming
from sidara.collection.core.judged import Told
from sidara.collection.core.submission import Content, Key
from sidara.demo.core.story import Deed, Kind, luck, returns
from sidara.demo.core.story.altering import is_number, key_of
from sidara.demo.core.story.shares import number
from sidara.demo.core.village.cells import REASON
from sidara.demo.services.area import Area, Track
from sidara.demo.services.people import LENGTH, SPACE
from sidara.kernel.cell import State
from sidara.kernel.clock import local_date
from sidara.kernel.finding import CellPlace
from sidara.regions.core import regency_of
from sidara.verification import queries as verified
from sidara.verification import services as verifying
from sidara.verification.core import WHOLE, Act, Step
from sidara.verification.core.receipts import Brought
from sidara.verification.services import Order, Outcome

CELLS_AT_ONCE = 150_000
"""Cells of an import; more are saved in several, of the same day."""
MEND_WITHIN = timedelta(days=14)
"""How long a village may mend what was returned."""
SITE = "https://sidara.example"
"""The address on minutes that are made up."""
QUIET_PERCENT = 3
"""Of a hundred forms that a kecamatan sees first: of how many it takes the quiet cells before the others."""
SEEN_FIRST = 2
"""Events of a submission that was sent and endorsed and no more."""
WRONG_UNTIL = 4
"""Events up to which a slip may still be there; later it was mended."""
SENDING = frozenset({Deed.SEND, Deed.MEND, Deed.CORRECT})


class Day:
    """A day of an area; only inside `writing`."""

    def __init__(self, area: Area, at: datetime, tracks: Sequence[Track]) -> None:
        """Take the submissions with which something is done, each with its turn."""
        self.area, self.at, self.done = area, at, area.done
        self.setting, self.people = area.setting, area.people
        self.deeds: dict[Deed, list[Track]] = {}
        for track in tracks:
            if track.turn is not None:
                self.deeds.setdefault(track.turn.deed, []).append(track)

    def carry_out(self) -> None:
        """Do all of it, and read how submissions stand then."""
        self._hand(self.deeds.get(Deed.HAND, ()))
        self._save(self.deeds.get(Deed.SAVE, ()))
        opened = [*self.deeds.get(Deed.MEND, ()), *self._corrected(self.deeds.get(Deed.CORRECT, ()))]
        for track in opened:
            self._mend(track)
        self.area.look(opened)
        sending = [*self.deeds.get(Deed.SEND, ()), *opened]
        verifying_now = self.deeds.get(Deed.VERIFY, [])
        acting = [*sending, *self.deeds.get(Deed.ENDORSE, ()), *verifying_now]
        outcomes = self._act([self._order(track) for track in acting])
        held = [pair for pair in zip(acting, outcomes, strict=True) if not pair[1].is_done]
        verified_now, sent_now = ({one.key for one in some} for some in (verifying_now, sending))
        self._again([track for track, _ in held if track.key in verified_now])
        self._explained([(track, one) for track, one in held if track.key in sent_now])
        self._close(verifying_now)
        self.area.look([track for tracks in self.deeds.values() for track in tracks])

    def _act(self, orders: Sequence[Order]) -> list[Outcome]:
        done = verifying.act_together(self.setting.actor, orders=orders, now=self.at) if orders else []
        for order, one in zip(orders, done, strict=True):
            if one.is_done:
                self.done[order.act.value] += 1
        return done

    def _order(self, track: Track) -> Order:
        """Say what is done with a submission as it stands."""
        turn, key = track.turn, track.key
        if turn is None or turn.deed in SENDING:
            return Order(
                Act.SEND,
                key,
                self.area.message(track, "send"),
                track.stood.revision,
                by=self.people.operator(key.region),
            )
        if turn.step is None:
            head = self.people.head(key.region)
            named = self.area.message(track, "endorse")
            return Order(Act.ENDORSE, key, named, content_hash=track.content_hash, by=head)
        return self._returned(track, turn.step) or self._accepted(track, turn.step)

    def _accepted(self, track: Track, step: Step) -> Order:
        is_first = step is Step.DISTRICT and track.stood.events == SEEN_FIRST
        return Order(
            Act.ACCEPT,
            track.key,
            self.area.message(track, f"accept {step.value}"),
            track.stood.revision,
            step=step,
            is_quiet=is_first and self._luck(track, "quiet") < QUIET_PERCENT,
            by=self.people.verifier(step, track.key.region),
        )

    def _returned(self, track: Track, step: Step) -> Order | None:
        """Say what a step returns of a submission, if it does."""
        kind, story = track.plan.kind, self.setting.story
        if not kind.is_made_up and track.stood.events > WRONG_UNTIL:
            kind = Kind.NONE
        if not returns(story, self.setting.seed, track.key, step=step, events=track.stood.events, kind=kind):
            return None
        cell = WHOLE
        if not kind.is_made_up and self._luck(track, "whole") >= story.returns["whole_percent"]:
            cell = self._doubtful(track, kind)
        reason = story.reasons[self._luck(track, "reason") % len(story.reasons)]
        return Order(
            Act.RETURN,
            track.key,
            self.area.message(track, f"return {step.value}"),
            track.stood.revision,
            step=step,
            reasons={cell: f"SIMULASI: {reason}"},
            due_date=local_date(self.at + MEND_WITHIN),
            by=self.people.verifier(step, track.key.region),
        )

    def _doubtful(self, track: Track, kind: Kind) -> Key:
        """Give the cell that a verifier doubts: the one with a slip, else any number."""
        wrong = list(self.area.altered(track)) if kind else []
        if wrong:
            return wrong[0]
        cells = [
            key_of(one) for one in self.area.answered.of(track.key) if is_number(self.setting.dictionary, one)
        ]
        return cells[number(self.setting.seed, "doubt", *_words(track)) % len(cells)] if cells else WHOLE

    def _luck(self, track: Track, word: str) -> int:
        return luck(self.setting.seed, word, *_words(track))

    def _hand(self, tracks: Iterable[Track]) -> None:
        """Let villages without a link hand their files over at the kecamatan."""
        by_village: dict[str, list[Track]] = {}
        for track in tracks:
            by_village.setdefault(track.key.region, []).append(track)
        for region, own in by_village.items():
            named = f"{self.setting.seed}|hand|{region}|{self.at.date()}"
            done = verifying.record_receipt(
                self.people.verifier(Step.DISTRICT, region),
                region=region,
                forms=[(one.key.form, one.key.period) for one in own],
                brought=Brought(self.at, self.people.operator(region).name, Source.TAKE_AWAY),
                message_id=uuid5(SPACE, named),
                now=self.at,
            )
            self.done["handed"] += len(own) * (done.is_done and not done.is_repeated)

    def _save(self, tracks: Sequence[Track]) -> None:
        """Let villages fill in forms; those without a link by a file that is brought."""
        for is_alone in (False, True):
            cells: list[GivenCell] = []
            for track in (one for one in tracks if (one.plan.handed is not None) is is_alone):
                changed = self.area.altered(track)
                own = self.area.answered.of(track.key)
                cells += (GivenCell(track.key, changed.get(key_of(one), one)) for one in own)
                if len(cells) > CELLS_AT_ONCE:
                    self._import(cells, is_alone=is_alone)
                    cells = []
            self._import(cells, is_alone=is_alone)

    def _import(self, cells: Sequence[GivenCell], *, is_alone: bool) -> None:
        if not cells:
            return
        author = self.people.operator(regency_of(cells[0].key.region))
        incoming = Incoming.of(cells, Source.TAKE_AWAY if is_alone else Source.CSV)
        if is_alone:
            incoming = replace(incoming, filler="SIMULASI operator desa")
        done = collecting.import_cells(author, incoming=incoming, now=self.at, dataset=EXAMPLES)
        if done.account.rejected or done.account.conflicting:
            raise RuntimeError(f"simulated cells were not taken: {done.account.findings[:3]}")
        self.done["saved"] += done.revisions

    def _corrected(self, tracks: Iterable[Track]) -> Iterator[Track]:
        """Open a cell of final submissions for a correction."""
        for track in tracks:
            cell = self._doubtful(track, Kind.NONE)
            if cell == WHOLE:
                continue
            done = verifying.correct_cells(
                self.people.operator(track.key.region),
                key=track.key,
                cells=[cell],
                message_id=self.area.message(track, "correct"),
                now=self.at,
                reason=self.setting.story.correction,
            )
            if done.is_done:
                self.done["corrected"] += 1
                yield track

    def _mend(self, track: Track) -> None:
        """Let a village mend a draft: what had a slip gets its answer, what was doubted an explanation."""
        contents = self._contents(track)
        true = {key_of(one): one for one in self.area.answered.of(track.key)}
        doubted = verified.standing(self.people.operator(track.key.region), track.key).reasons
        given = [
            true[key]
            for key, one in self.area.altered(track).items()
            if key in true and key in contents and contents[key].value == one.value
        ]
        known = {key_of(one) for one in given}
        first = next((key for key in sorted(contents) if not key.row), None)
        keys = {first if key == WHOLE else key for key in doubted} - known
        words = self.setting.story.mended
        given += [_said(key, contents[key], words) for key in sorted(contents) if key in keys]
        self.done["mended"] += self._keep(track, "mend", given)

    def _explained(self, held: Sequence[tuple[Track, Outcome]]) -> None:
        """Write what holds back sending only for want of an explanation, and send it again."""
        waiting: list[Track] = []
        for track, one in held:
            is_mere = all(told.finding.needs_explanation for told in one.blocking)
            is_told = (
                track.plan.kind.is_made_up
                or track.stood.revision > 1
                or self._luck(track, "explain") < self.setting.story.submissions["explained_percent"]
            )
            if not one.blocking or not is_mere or not is_told:
                self.done["held"] += 1
                continue
            contents = self._contents(track)
            keys = {key for told in one.blocking for key in _cells_of(told, contents)}
            given = [_said(key, contents[key], REASON) for key in sorted(keys)]
            if self._keep(track, "explain", given):
                self.done["explained"] += 1
                waiting.append(track)
        self.area.look(waiting)
        again = self._act([self._order(track) for track in waiting])
        self.done["held"] += sum(not one.is_done for one in again)

    def _again(self, tracks: Sequence[Track]) -> None:
        """Let a step accept where it could not return, or nothing was quiet."""
        orders = [
            replace(self._accepted(one, one.turn.step), is_quiet=False)
            for one in tracks
            if one.turn is not None and one.turn.step is not None
        ]
        self._act(orders)

    def _keep(self, track: Track, word: str, given: Sequence[Given]) -> bool:
        if not given:
            return False
        save = collecting.Save(
            track.key, track.stood.revision, self.area.message(track, word), Source.WEB, given, reason=REASON
        )
        person = self.people.operator(track.key.region)
        done = collecting.save_cells(person, save=save, now=self.at).account
        return bool(done.created or done.updated)

    def _contents(self, track: Track) -> Mapping[Key, Content]:
        filled = collected.filled(self.people.operator(track.key.region), track.key)
        return filled.state.contents if filled else {}

    def _close(self, tracks: Iterable[Track]) -> None:
        """Let some kecamatan close what they verified with minutes."""
        length = LENGTH[Step.DISTRICT]
        seen = {one.key.region[:length] for one in tracks if one.turn and one.turn.step is Step.DISTRICT}
        for area in sorted(seen):
            name = f"{self.setting.seed}|minutes|{area}|{self.at.date()}"
            if luck(self.setting.seed, name) < self.setting.story.minutes:
                done = verifying.close_batch(
                    self.people.verifier(Step.DISTRICT, area),
                    step=Step.DISTRICT,
                    under=area,
                    site=SITE,
                    message_id=uuid5(SPACE, name),
                    now=self.at,
                )
                self.done["minutes"] += done.is_done


def _words(track: Track) -> tuple[object, ...]:
    return track.key.region, track.key.form, track.key.period, track.stood.events


def _said(key: Key, one: Content, explanation: str) -> Given:
    """Give a cell as it is, with an explanation."""
    value = one.value or "" if one.state is State.VALUE else ""
    return Given(key.variable, value, one.state.value, key.breakdown, key.row, explanation)


def _cells_of(told: Told, contents: Collection[Key]) -> Iterator[Key]:
    """Give the cell at which a warning can be explained: its own, or the first one that it names."""
    if told.key is not None and told.key in contents:
        yield told.key
        return
    for cell in told.finding.cells:
        key = Key("", cell.variable, cell.breakdown) if isinstance(cell, CellPlace) else None
        if key is not None and key in contents:
            yield key
            return
