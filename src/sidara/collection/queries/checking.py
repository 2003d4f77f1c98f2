"""Checks of what is stored, many submissions at once: the findings that each of them shows at every door."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import batched

import polars as pl

from sidara.checks import queries as checks
from sidara.checks.core import CellFinding
from sidara.collection import models
from sidara.collection.core.answering import Asking
from sidara.collection.core.bulk.judging import FRAME, Bulk, judge_cells
from sidara.collection.core.dataset import dataset_of
from sidara.collection.core.judged import Told
from sidara.collection.core.judging import Judge, told_in_bulk
from sidara.collection.core.rights import READ
from sidara.collection.core.submission import Content, Key, SubmissionKey
from sidara.collection.core.village import Home, Village
from sidara.collection.queries import bulk
from sidara.collection.queries.judging import reader_of
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Dictionary
from sidara.kernel import period as periods
from sidara.kernel.actor import Actor, require_somewhere
from sidara.kernel.cell import State

VILLAGES = 100
"""Villages judged at once."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which submissions: of a form, under a region (dotted code), of a period; empty = all.

    Without a data set that of the region is meant: example villages apart from real ones.
    """

    form: str = ""
    under: str = ""
    period: str = ""
    dataset: str = ""

    def __post_init__(self) -> None:
        """Follow the region where no data set is named."""
        if not self.dataset:
            object.__setattr__(self, "dataset", dataset_of(self.under))


@dataclass(frozen=True, slots=True)
class CheckedSubmission:
    """A submission as it is stored, and what checks say of it."""

    form: str
    region: str
    period: str
    revision: int
    told: tuple[Told, ...]


@dataclass(frozen=True)
class _Stored:
    """A submission that is judged."""

    id: int
    form: str
    region: str
    region_id: int
    kind: str
    period: str
    revision: int
    number: int

    @property
    def home(self) -> Home:
        return Home(self.form, self.period)


def checked(actor: Actor, wanted: Wanted, *, today: date) -> Iterator[CheckedSubmission]:
    """Judge submissions that somebody began and the actor may read, by region, form and period.

    Each by the version of the form that it is filled in: its rules beside what they read elsewhere, copies of
    last year, lists, reasons. An error stands with its own weight, wherever the other submission is. Refuses
    (`NotAllowed`) who may read nowhere.
    """
    require_somewhere(actor, READ)
    rows = _stored(actor, wanted)
    regions: dict[str, list[_Stored]] = {}
    for one in rows:
        regions.setdefault(one.region, []).append(one)
    for codes in batched(regions, VILLAGES):
        yield from _villages(actor, [one for code in codes for one in regions[code]], wanted.dataset, today)


def begun_count(actor: Actor, wanted: Wanted) -> int:
    """Count the submissions that somebody began and the actor may read.

    Refuses (`NotAllowed`) who may read nowhere.
    """
    require_somewhere(actor, READ)
    return len(_stored(actor, wanted))


def _stored(actor: Actor, wanted: Wanted) -> list[_Stored]:
    found = models.Submission.objects.filter(dataset__code=wanted.dataset)
    for name in ("form", "period"):
        if asked := getattr(wanted, name):
            found = found.filter(**{name: asked})
    if wanted.under:
        found = found.filter(bulk.below(actor, wanted.under))
    fields = ("pk", "form", "region__code", "region_id", "region__kind", "period", "revision", "form_number")
    sectors = {code: form.sector for code, form in dictionary.dictionary(actor).forms.items()}
    rows = [_Stored(*row) for row in found.order_by("region__code", "form", "period").values_list(*fields)]
    return [
        one
        for one in rows
        if actor.may(READ, region=one.region, sector=sectors.get(one.form), dataset=wanted.dataset)
    ]


def _villages(
    actor: Actor, rows: Sequence[_Stored], dataset: str, today: date
) -> Iterator[CheckedSubmission]:
    """Judge the submissions of some villages, those of one version of the dictionary together."""
    asked: dict[tuple[str, int], Asking] = {}
    groups: dict[int, tuple[Dictionary, list[_Stored]]] = {}
    for one in rows:
        key = one.form, one.number
        if key not in asked:
            form = dictionary.form(actor, *key)
            if form is None:
                raise RuntimeError(f"form {one.form} at version {one.number} is pinned and gone")
            asked[key] = Asking(form.dictionary, form.questionnaire, form.digest, form.version)
        made = asked[key].dictionary
        groups.setdefault(id(made), (made, []))[1].append(one)
    for made, members in groups.values():
        yield from _judged(actor, made, members, asked, dataset=dataset, today=today)


def _judged(  # noqa: PLR0913 - keyword-only but for what is judged
    actor: Actor,
    made: Dictionary,
    members: Sequence[_Stored],
    asked: Mapping[tuple[str, int], Asking],
    *,
    dataset: str,
    today: date,
) -> Iterator[CheckedSubmission]:
    book, reader, kinds = checks.rules_of(actor, made), reader_of(actor, made), checks.kinds(actor)
    touched: dict[Home, set[str]] = {}
    for one in members:
        touched.setdefault(one.home, set()).add(one.region)
    work = Bulk(
        book,
        reader,
        kinds,
        today,
        {home: frozenset(regions) for home, regions in touched.items()},
        {one.region: one.kind for one in members},
    )
    own = frame_of(actor, {one.id: (one.form, one.region, one.period) for one in members})
    beside = _beside(actor, members, work.reads().homes, dataset)
    found: dict[tuple[str, Home], list[tuple[CellFinding, str]]] = {}
    for finding, row in judge_cells(work, pl.concat([own, beside]).select(list(FRAME))):
        place = finding.cells[0]
        home = Home(book.items[place.variable].form, place.period)
        found.setdefault((place.region, home), []).append((finding, row))
    contents = _contents(own)
    for one in members:
        asking = asked[one.form, one.number]
        period = periods.parse(one.period)
        assert period is not None  # noqa: S101 - it was read when it was saved
        key = SubmissionKey(one.form, one.region, one.period, dataset)
        judge = Judge(key, asking, period, one.kind, book, reader, kinds, today, (one.home,))
        held = {one.home: contents.get((one.region, one.home), {})}
        village = Village(one.region, one.kind, held, made, book)
        told = tuple(told_in_bulk(judge, village, found.get((one.region, one.home), ())))
        yield CheckedSubmission(one.form, one.region, one.period, one.revision, told)


def frame_of(actor: Actor, ids: Mapping[int, tuple[str, str, str]]) -> pl.DataFrame:
    """Read the cells of submissions (id -> form, region, period) as `FRAME`, with explanations."""
    names = pl.DataFrame(
        [(number, *name) for number, name in ids.items()],
        schema={"sub": pl.Int64, "form": pl.String, "region": pl.String, "period": pl.String},
        orient="row",
    )
    cells = bulk.stored(actor, list(ids)).rename({"old_state": "state", "old_value": "value"})
    return cells.join(names, on="sub").select(*FRAME, explanation="old_explanation")


def _beside(actor: Actor, members: Sequence[_Stored], homes: Iterable[Home], dataset: str) -> pl.DataFrame:
    """Read what rules read beside the submissions: other forms and periods of their villages."""
    regions = {one.region_id: one.region for one in members}
    known = {one.id for one in members}
    other = {
        one.id: (one.form, regions[one.region_id], one.period)
        for one in bulk.begun(actor, dataset, regions, set(homes))
        if one.id not in known
    }
    return frame_of(actor, other)


def _contents(cells: pl.DataFrame) -> dict[tuple[str, Home], dict[Key, Content]]:
    made: dict[tuple[str, Home], dict[Key, Content]] = {}
    names = ("form", "region", "period", "row", "variable", "breakdown", "state", "value", "explanation")
    for form, region, period, row, variable, breakdown, state, value, why in cells.select(names).iter_rows():
        at = made.setdefault((region, Home(form, period)), {})
        at[Key(row, variable, breakdown)] = Content(State(state), value, why)
    return made
