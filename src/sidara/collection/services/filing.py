"""Importing cells of many submissions out of one file, in one transaction, each cell with a verdict."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

import polars as pl

from sidara.collection import queries
from sidara.collection.core import Account, Verdict
from sidara.collection.core.answering import (
    Asking,
    form_unknown,
    not_a_village,
    other_dataset,
    period_of,
    region_unknown,
)
from sidara.collection.core.bringing import may_bring, require_bringing
from sidara.collection.core.bulk import Incoming
from sidara.collection.core.bulk.merging import STORED, TWICE, frame_of, held_of, merge_frame, merge_one
from sidara.collection.core.bulk.placing import (
    Group,
    Spoken,
    Target,
    at_cell,
    not_yours,
    redacted_meanwhile,
    refused,
    spoken,
    stale_version,
    worst_first,
)
from sidara.collection.core.bulk.telling import Telling
from sidara.collection.core.bulk.typing import CONTENT, read_frame
from sidara.collection.core.dataset import COLLECTION, dataset_of
from sidara.collection.core.prefill import Origin
from sidara.collection.core.submission import (
    Content,
    Key,
    Merged,
    Sent,
    Submission,
    SubmissionKey,
    cell_twice,
)
from sidara.collection.core.village import Home
from sidara.collection.services.crediting import credited_in_bulk
from sidara.collection.services.filed import CHANGED, Filed, checked
from sidara.collection.services.revising import write
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Form
from sidara.kernel.actor import Actor
from sidara.kernel.cell import State
from sidara.kernel.finding import Finding, Place
from sidara.kernel.period import Period
from sidara.kernel.resting import collector_resting
from sidara.records.writing import reading, writing
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region

REDACTED = {"sub": pl.Int64, "row": pl.String, "variable": pl.String, "breakdown": pl.String}


@dataclass(frozen=True, slots=True)
class Imported:
    """The answer to an import: its account (findings with places), how many submissions it changed, where.

    `dataset` is the one that its submissions are kept in; empty for a file that is refused as a whole.
    """

    account: Account
    submissions: int = 0
    revisions: int = 0
    dataset: str = ""


@collector_resting()
def import_cells(  # noqa: PLR0913 - keyword-only
    actor: Actor,
    *,
    incoming: Incoming,
    now: datetime,
    dataset: str = "",
    is_dry: bool = False,
    all_or_nothing: bool = False,
    keep: Callable[[Imported], None] | None = None,
) -> Imported:
    """Store the cells of a file in their submissions, in one transaction; each gets a verdict.

    What cannot be stored is rejected with a finding and the rest is stored; a value that breaks a rule is
    stored with its finding. Cells of a village that the actor may not fill in are rejected, unless the file
    names the filler and he may bring in (`collection.bring`); whoever may do neither anywhere is refused
    (`NotAllowed`). With `all_or_nothing` nothing is stored unless every cell can be. A dry run gives the same
    account and writes nothing. The same file again changes nothing.

    Without a data set all is kept in that of the first region: a file is about real villages or about
    example villages, never about both.

    `keep` gets the answer inside the transaction that stores, so that both are there or neither; where
    nothing is stored, too, but not of a file that is refused as a whole.

    All is judged before the records are held for writing, and again where a submission of the file changed
    meanwhile. Cells from which personal data were taken out since the first time are rejected.
    """
    require_bringing(actor)
    if incoming.is_refused:
        return Imported(Account.refused(incoming.findings))
    with reading():
        done = _judged(actor, incoming, dataset, now)
    is_stored = done.is_to_be_stored(all_or_nothing=all_or_nothing)
    if is_dry or (keep is None and not is_stored):
        return done.answer(is_stored=False)
    with writing():
        if done.work.moment() != done.moment:
            done = _judged(actor, incoming, dataset, now, since=done.revisions())
            is_stored = done.is_to_be_stored(all_or_nothing=all_or_nothing)
        if is_stored:
            write(actor, filed=done.filed, run=uuid4())
        if keep is not None:
            keep(done.answer(is_stored=is_stored))
    return done.answer(is_stored=is_stored)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A file with all its verdicts, as of a moment: what was stored of its submissions then."""

    work: "_Work"
    filed: Filed
    account: Account
    moment: object

    def is_to_be_stored(self, *, all_or_nothing: bool) -> bool:
        return bool(self.filed.changed_targets()) and (self.account.is_clean or not all_or_nothing)

    def revisions(self) -> Mapping[SubmissionKey, int]:
        """Give the revision of each submission on which the verdicts stand."""
        return {one.key: one.revision for one in self.filed.targets}

    def answer(self, *, is_stored: bool) -> Imported:
        changed = len(self.filed.changed_targets())
        account = replace(self.account, is_stored=is_stored)
        return Imported(account, changed, changed if is_stored else 0, self.work.dataset)


def _judged(
    actor: Actor,
    incoming: Incoming,
    dataset: str,
    now: datetime,
    since: Mapping[SubmissionKey, int] | None = None,
) -> _Judged:
    """Judge a file as of now; what was redacted in a submission after the revision in `since` is rejected."""
    work = _Work(actor, incoming, dataset, since)
    moment = work.read
    merged = work.merged()
    origins = work.credited(merged)
    account = work.account(merged)
    filed = Filed(
        incoming, work.dataset, work.targets, merged, work.cells, work.stored, work.alone, now, origins
    )
    work.telling.take(checked(actor, filed=filed))
    told = worst_first(work.telling.told())
    account = replace(account, findings=told, left=work.telling.left.total())
    return _Judged(work, filed, account, moment)


class _Work:
    """The steps from sent cells to verdicts, each read once."""

    def __init__(
        self, actor: Actor, incoming: Incoming, dataset: str, since: Mapping[SubmissionKey, int] | None
    ) -> None:
        self.actor, self.incoming = actor, incoming
        self.sent = incoming.sent
        self.dataset = dataset or (COLLECTION if self.sent.is_empty() else dataset_of(self.sent["region"][0]))
        self.telling = Telling(incoming.findings, incoming.left)
        self.rejected = incoming.rejected
        self.alone: dict[int, Merged] = {}
        self.targets: list[Target] = []
        self._forms: dict[tuple[str, int | None], dictionary.FormAsked | None] = {}
        self._asked: dict[tuple[str, int | None], Asking] = {}
        self._periods: dict[tuple[str, str], Period | Finding] = {}
        self._whens: dict[tuple[str, str], tuple[str, str, str] | Finding] = {}
        self._rights: dict[tuple[str, str], bool] = {}
        placed = self._placed()
        numbers = pl.DataFrame(
            [(*key, number) for key, number in placed.items()],
            schema={"form": pl.String, "region": pl.String, "period": pl.String, "sub": pl.Int64},
            orient="row",
        )
        self.cells = self.sent.join(
            numbers, on=["form", "region", "period"], how="inner", maintain_order="left"
        )
        self.stored = self._stored()
        self.redacted = pl.DataFrame(self._redacted(since or {}), schema=REDACTED, orient="row")

    def _placed(self) -> dict[Spoken, int]:
        """Find the submission of each cell; what has none is rejected and said once."""
        groups = spoken(self.sent)
        places = self._regions({region for (_, region, _), *_ in groups})
        found: list[tuple[Group, Region, SubmissionKey]] = []
        for group in groups:
            one = self._place(group.key, places)
            if isinstance(one, Finding):
                self._refuse(one, group)
            else:
                found.append((group, *one))
        homes = {Home(form, period) for form, period in {(own.form, own.period) for _, _, own in found}}
        ids = {place.id for _, place, _ in found}
        held_now = queries.begun(self.actor, self.dataset, ids, homes)
        begun = {(one.form, one.region_id, one.period): one for one in held_now}
        self._asked_of = ids, homes
        self.read = self._stand(held_now)
        numbers: dict[tuple[str, int, str], int] = {}
        made: dict[Spoken, int] = {}
        for group, place, own in found:
            at = own.form, place.id, own.period
            held = begun.get(at)
            asking = self._asking(own.form, held.form_number if held else None)
            if group.version is not None and group.version != asking.number:
                self._refuse(stale_version(group.version, asking.number), group)
                continue
            if at not in numbers:
                numbers[at] = len(self.targets)
                period = self._period(asking.questionnaire.form, own.period)
                assert not isinstance(period, Finding)  # noqa: S101 - it was read above
                begun_as = (held.revision, held.id, held.uid) if held else (0, None, "")
                self.targets.append(Target(numbers[at], own, place, period, asking, group.base, *begun_as))
            made[group.key] = numbers[at]
        return made

    def moment(self) -> object:
        """Give what the verdicts stand on, as of now; `read` is that of when they were made."""
        return self._stand(queries.begun(self.actor, self.dataset, *self._asked_of))

    def _stand(self, begun: Iterable[queries.Begun]) -> object:
        """Give revisions and locks of submissions, and versions of forms."""
        _, homes = self._asked_of
        forms = {form: dictionary.form(self.actor, form) for form in {home.form for home in homes}}
        versions = {form: None if one is None else one.version for form, one in forms.items()}
        return {(one.id, one.revision) for one in begun}, queries.newest_lock(self.actor), versions

    def _refuse(self, finding: Finding, group: Group) -> None:
        self.telling.add(refused(finding, group.key, group.cells, group.where))
        self.rejected += group.cells

    def _regions(self, codes: set[str]) -> dict[str, Region | None]:
        named = regions.named(self.actor, codes)
        return {code: named.get(code) or regions.resolve(self.actor, code) for code in codes}

    def _place(
        self, key: Spoken, places: Mapping[str, Region | None]
    ) -> tuple[Region, SubmissionKey] | Finding:
        form, code, text = key
        place = places[code]
        if place is None:
            return region_unknown(code)
        if place.level is not Level.VILLAGE:
            return not_a_village(place)
        if dataset_of(place.code) != self.dataset:
            return other_dataset(place.code)
        when = self._when(form, text)
        if isinstance(when, Finding):
            return when
        own, period, sector = when
        if not self._may(place.code, sector):
            return not_yours(code)
        return place, SubmissionKey(own, place.code, period, self.dataset)

    def _when(self, form: str, text: str) -> tuple[str, str, str] | Finding:
        """Read the form and the period that a file names: their codes, and the sector."""
        if (form, text) not in self._whens:
            self._whens[form, text] = self._read_when(form, text)
        return self._whens[form, text]

    def _read_when(self, form: str, text: str) -> tuple[str, str, str] | Finding:
        own = form.strip()
        asked = self._form(own)
        if asked is None:
            return form_unknown(form, dictionary.dictionary(self.actor).forms)
        period = self._period(asked.questionnaire.form, text.strip())
        return period if isinstance(period, Finding) else (own, str(period), asked.questionnaire.form.sector)

    def _may(self, region: str, sector: str) -> bool:
        if (region, sector) not in self._rights:
            self._rights[region, sector] = may_bring(
                self.actor, filler=self.incoming.filler, region=region, sector=sector, dataset=self.dataset
            )
        return self._rights[region, sector]

    def _period(self, form: Form, text: str) -> Period | Finding:
        if (form.code, text) not in self._periods:
            self._periods[form.code, text] = period_of(form, text)
        return self._periods[form.code, text]

    def _form(self, code: str, number: int | None = None) -> dictionary.FormAsked | None:
        """Give a form; each is asked for once in an import."""
        if (code, number) not in self._forms:
            self._forms[code, number] = dictionary.form(self.actor, code, number)
        return self._forms[code, number]

    def _asking(self, form: str, number: int | None) -> Asking:
        if (form, number) not in self._asked:
            asked = self._form(form, number)
            if asked is None:
                raise RuntimeError(f"form {form} at version {number} is pinned and gone")
            self._asked[form, number] = Asking(
                asked.dictionary, asked.questionnaire, asked.digest, asked.version
            )
        return self._asked[form, number]

    def _stored(self) -> pl.DataFrame:
        ids = {one.id: one.number for one in self.targets if one.id is not None}
        held = queries.stored_cells(self.actor, list(ids))
        if held.is_empty():
            return pl.DataFrame(schema=STORED)
        return held.with_columns(sub=pl.col("sub").replace_strict(ids, return_dtype=pl.Int64))

    def merged(self) -> pl.DataFrame:
        """Give every cell that was read with its verdict, and what was stored before."""
        typed = [self._typed(asking, part) for asking, part in self._by_asking()]
        read = pl.concat(typed) if typed else pl.DataFrame(schema={"sub": pl.Int64, **CONTENT})
        alone = self._odd()
        quick = merge_frame(read.filter(~pl.col("sub").is_in(alone)), self.stored)
        slow = [self._one(number, read.filter(pl.col("sub") == number)) for number in sorted(alone)]
        made = pl.concat([quick.select(frame_of(()).columns), *slow])
        self._twice(made.filter(pl.col("verdict") == TWICE))
        return made

    def _by_asking(self) -> Iterable[tuple[Asking, pl.DataFrame]]:
        """Give the cells of each form at each version together."""
        groups: dict[tuple[str, str], list[int]] = {}
        for one in self.targets:
            groups.setdefault((one.key.form, one.asking.version), []).append(one.number)
        for numbers in groups.values():
            yield self.targets[numbers[0]].asking, self.cells.filter(pl.col("sub").is_in(numbers))

    def _typed(self, asking: Asking, part: pl.DataFrame) -> pl.DataFrame:
        typed = read_frame(asking, part, self.telling.room)
        self.rejected += typed.rejected
        self._say(typed.findings)
        self.telling.count(typed.left)
        cells = typed.cells.join(part.select("at", "sub"), on="at").select("sub", *CONTENT)
        if self.redacted.is_empty():
            return cells
        taken_out = cells.join(self.redacted, on=list(REDACTED), how="semi")
        self.rejected += taken_out.height
        self._say((at, redacted_meanwhile()) for at in taken_out["at"])
        return cells.join(self.redacted, on=list(REDACTED), how="anti", maintain_order="left")

    def _redacted(self, since: Mapping[SubmissionKey, int]) -> list[tuple[int, str, str, str]]:
        """Give the cells that were redacted after these revisions, as their submissions are numbered."""
        if not since:
            return []
        known = {one.id: one for one in self.targets if one.id is not None}
        found = queries.cells_redacted(self.actor, known)
        return [
            (known[own].number, key.row, key.variable, key.breakdown)
            for own, revision, key in found
            if revision > since.get(known[own].key, 0)
        ]

    def _say(self, findings: Iterable[tuple[int, Finding]]) -> None:
        """Put findings about sent cells at their places."""
        told = list(findings)
        where = self._where(at for at, _ in told)
        self.telling.take(at_cell(one, *where[at]) for at, one in told)

    def _where(self, numbers: Iterable[int]) -> dict[int, tuple[Target, dict[str, str], Place]]:
        wanted = pl.DataFrame({"at": list(numbers)}, schema={"at": pl.Int64}).unique()
        columns = ("at", "sub", "row", "variable", "breakdown", "line", "column", "sheet")
        rows = self.cells.join(wanted, on="at", how="semi").select(columns).iter_rows()
        return {
            at: (
                self.targets[sub],
                {"row": row, "variable": variable, "breakdown": breakdown},
                Place(line, column or "value", sheet),
            )
            for at, sub, row, variable, breakdown, line, column, sheet in rows
        }

    def _odd(self) -> list[int]:
        """Give the submissions that are merged one by one: older revision, conflict, lock."""
        ids = [one.id for one in self.targets if one.id is not None]
        odd = queries.contested(self.actor, ids) if ids else set()
        return [
            one.number
            for one in self.targets
            if one.id in odd or (one.base is not None and one.base != one.revision)
        ]

    def _one(self, number: int, read: pl.DataFrame) -> pl.DataFrame:
        """Merge one submission as a save is merged."""
        target = self.targets[number]
        own = self.stored.filter(pl.col("sub") == number)
        conflicts = queries.conflicts_of(self.actor, target.id) if target.id is not None else {}
        is_locked, opened, added = queries.lock_of(self.actor, target.id) if target.id else (False, (), {})
        held = Submission(
            target.revision,
            held_of(own),
            conflicts,
            is_locked=is_locked,
            opened=frozenset(opened),
            added=added,
        )
        names = ("at", "row", "variable", "breakdown", "state", "value", "explanation")
        ats = read["at"].to_list()
        where = self._where(ats)
        sent = [
            Sent(Key(row, variable, breakdown), Content(State(state), value, explanation), where[at][2])
            for at, row, variable, breakdown, state, value, explanation in read.select(names).iter_rows()
        ]
        merged = merge_one(held, target.base, sent)
        self.alone[number] = replace(merged, findings=())
        places = {one.place: at for at, one in zip(ats, sent, strict=True)}
        for one in merged.findings:
            at = places.get(one.place)
            self.telling.add(one if at is None else at_cell(one, *where[at]))
        cells = {
            Key(row, variable, breakdown): cell
            for row, variable, breakdown, cell in own.select(
                "row", "variable", "breakdown", "cell"
            ).iter_rows()
        }
        rows = []
        for at, cell, verdict in zip(ats, sent, merged.verdicts, strict=True):
            old = held.content(cell.key)
            rows.append(
                (
                    *(number, at, cell.key.row, cell.key.variable, cell.key.breakdown),
                    *(cell.content.state.value, cell.content.value, cell.content.explanation),
                    cells.get(cell.key),
                    *(old.state.value, old.value, old.explanation, verdict.value),
                )
            )
        return frame_of(rows)

    def _twice(self, cells: pl.DataFrame) -> None:
        told = cells.head(self.telling.room)
        where = self._where(told["at"])
        for at, row, variable, breakdown, value in told.select(
            "at", "row", "variable", "breakdown", "value"
        ).iter_rows():
            one = cell_twice(Sent(Key(row, variable, breakdown), Content(State.VALUE, value), where[at][2]))
            self.telling.add(at_cell(one, *where[at]))
        self.telling.count({"CELL_TWICE": cells.height - told.height})

    def credited(self, merged: pl.DataFrame) -> Mapping[tuple[int, Key], Origin]:
        """Give where cells that change were taken over from; what a source does not say any more is told."""
        changed = merged.filter(pl.col("verdict").is_in(CHANGED))
        origins, doubts = credited_in_bulk(
            self.actor, dataset=self.dataset, targets=self.targets, cells=self.cells, changed=changed
        )
        self._say(doubts)
        return origins

    def account(self, merged: pl.DataFrame) -> Account:
        """Count the verdicts of all cells that were sent."""
        counts = dict(merged.group_by("verdict").len().iter_rows())
        twice = counts.pop(TWICE, 0)
        counts[Verdict.REJECTED.value] = counts.get(Verdict.REJECTED.value, 0) + self.rejected + twice
        return Account.of(counts, (), is_stored=False)
