"""Reads of many submissions for acts on many: without cells, and of which a verdict says nothing."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import batched
from uuid import UUID

import polars as pl
from django.db.models import F, Max, Q

from sidara.checks import queries as checks
from sidara.checks.core import RuleBook, programme
from sidara.collection import models
from sidara.collection.core.answering import REMOVED, Asking
from sidara.collection.core.bulk.judging import FRAME, Bulk, judge_cells
from sidara.collection.core.rights import READ
from sidara.collection.core.submission import SubmissionKey
from sidara.collection.core.village import Home
from sidara.collection.queries import bulk
from sidara.collection.queries.checking import frame_of
from sidara.collection.queries.judging import reader_of
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Dictionary, ListOfRows
from sidara.kernel import period as periods
from sidara.kernel.actor import Actor, require
from sidara.kernel.cell import State
from sidara.kernel.finding import CellPlace, Severity
from sidara.kernel.personal import MAY_LOOK_PERSONAL
from sidara.regions import queries as regions
from sidara.regions.core import Region

AT_ONCE = 2_000
"""Submissions that are asked for together."""
FEW = 5
"""So many submissions of a form and period are judged one by one faster than together."""


@dataclass(frozen=True, slots=True)
class Stub:
    """A submission without its cells: ids, region, version of its form, last revision, hash of content.

    `is_contested`: somebody once saved beside somebody else; `is_redacted`: something was taken out of it, or
    somebody asked for it.
    """

    key: SubmissionKey
    id: int
    uid: str
    region: Region
    form_number: int
    form_version: str
    revision: int
    content_hash: str
    is_contested: bool
    is_redacted: bool


def stubs(actor: Actor, keys: Collection[SubmissionKey]) -> dict[SubmissionKey, Stub]:
    """Give those of some submissions that somebody began; keys name regions by their code of today.

    Refuses (`NotAllowed`) an actor who may not read what is filled in for one of the regions and sectors.
    """
    forms, places = dictionary.dictionary(actor).forms, regions.named(actor, {one.region for one in keys})
    for one in keys:
        sector = forms[one.form].sector if one.form in forms else None
        require(actor, READ, region=one.region, sector=sector, dataset=one.dataset)
    found: dict[SubmissionKey, Stub] = {}
    for dataset in {one.dataset for one in keys}:
        own = {one for one in keys if one.dataset == dataset}
        for some in batched(sorted(own, key=_place_of), AT_ONCE):
            found |= _stubs(dataset, set(some), places)
    return found


def _stubs(
    dataset: str, keys: Collection[SubmissionKey], places: Mapping[str, Region]
) -> dict[SubmissionKey, Stub]:
    by_id = {place.id: place for place in places.values()}
    own = {places[one.region].id for one in keys if one.region in places}
    rows = models.Revision.objects.filter(
        submission__dataset__code=dataset,
        submission__form__in={one.form for one in keys},
        submission__period__in={one.period for one in keys},
        submission__region_id__in=own,
        number=F("submission__revision"),
    ).values_list(
        *("submission__form", "submission__region_id", "submission__period", "submission_id"),
        *("submission__uid", "submission__form_number", "submission__form_version"),
        *("number", "content_hash"),
    )
    read = [row for row in rows if SubmissionKey(row[0], by_id[row[1]].code, row[2], dataset) in keys]
    ids = {row[3] for row in read}
    contested, redacted = _contested(ids), _redacted(ids)
    return {
        key: Stub(
            key,
            pk,
            str(uid),
            by_id[region],
            number,
            version,
            revision,
            content,
            pk in contested,
            pk in redacted,
        )
        for form, region, period, pk, uid, number, version, revision, content in read
        for key in [SubmissionKey(form, by_id[region].code, period, dataset)]
    }


def _contested(ids: Collection[int]) -> set[int]:
    """Give those of some submissions (ids) of which contents were kept beside others."""
    rows = models.Kept.objects.filter(record__submission_id__in=ids)
    return set(rows.values_list("record__submission_id", flat=True).distinct())


def _redacted(ids: Collection[int]) -> set[int]:
    """Give those of some submissions (ids) of which somebody asked to take something out."""
    asked = models.RedactionRequest.objects.filter(
        Q(cell__submission__in=ids) | Q(revision__submission__in=ids)
    )
    named = asked.values_list("cell__submission", "revision__submission")
    return {one for row in named for one in row if one is not None}


@dataclass(frozen=True, slots=True)
class Silence:
    """Submissions of which the verdict has nothing to say.

    `silent`: no finding, no required answer that is not known. `quiet`: besides, nothing is `tidak_tahu` and
    nobody wrote an explanation.
    """

    silent: frozenset[SubmissionKey] = frozenset()
    quiet: frozenset[SubmissionKey] = frozenset()


def silence(actor: Actor, stubs: Collection[Stub], *, today: date) -> Silence:
    """Judge many submissions at once, and give those of which `judged` would say nothing.

    The rules are those of every door (`checks`). Where it cannot be sure, or a form and period has less than
    `FEW`, it leaves a submission out: that one is judged by itself. Those of which `stubs` were given, so the
    right to read them was asked there.
    """
    groups: dict[int, tuple[Dictionary, list[tuple[Stub, Asking]]]] = {}
    asked: dict[tuple[str, int], Asking] = {}
    alike = Counter((one.key.form, one.key.period) for one in stubs)
    for one in (one for one in stubs if alike[one.key.form, one.key.period] >= FEW):
        at = one.key.form, one.form_number
        if at not in asked:
            form = dictionary.form(actor, *at)
            if form is None:
                continue
            asked[at] = Asking(form.dictionary, form.questionnaire, form.digest, form.version)
        made = asked[at].dictionary
        groups.setdefault(id(made), (made, []))[1].append((one, asked[at]))
    silent: set[SubmissionKey] = set()
    quiet: set[SubmissionKey] = set()
    for made, members in groups.values():
        for dataset in {one.key.dataset for one, _ in members}:
            own = [(one, asking) for one, asking in members if one.key.dataset == dataset]
            found = _silence(actor, made, own, dataset, today)
            silent |= found.silent
            quiet |= found.quiet
    return Silence(frozenset(silent), frozenset(quiet))


def _silence(
    actor: Actor, made: Dictionary, members: Sequence[tuple[Stub, Asking]], dataset: str, today: date
) -> Silence:
    book, reader, kinds = checks.rules_of(actor, made), reader_of(actor, made), checks.kinds(actor)
    homes = {Home(one.key.form, one.key.period) for one, _ in members}
    places = {one.region.id: one.region.code for one, _ in members}
    beside = _naming(book, homes, _begun_homes(actor, dataset, places))
    everywhere = frozenset(places.values())
    work = Bulk(
        book,
        reader,
        kinds,
        today,
        dict.fromkeys(sorted(homes | beside, key=str), everywhere),
        {one.region.code: one.region.kind.value for one, _ in members},
    )
    wanted = homes | beside | work.reads().homes
    there = bulk.begun(actor, dataset, places, wanted)
    cells = frame_of(actor, {one.id: (one.form, places[one.region_id], one.period) for one in there})
    loud = {
        (cell.region, Home(book.items[cell.variable].form, cell.period))
        for finding, _ in judge_cells(work, cells.select(list(FRAME)))
        if finding.severity is not Severity.NOT_EVALUATED
        for cell in (finding.place, *finding.cells)
        if isinstance(cell, CellPlace) and cell.variable in book.items
    }
    spoken = _Spoken.of(made, cells)
    silent = {
        one.key
        for one, asking in members
        if (one.key.region, Home(one.key.form, one.key.period)) not in loud
        and not one.is_contested
        and spoken.is_silent(one.key, asking)
    }
    return Silence(frozenset(silent), frozenset(one for one in silent if _place_of(one) not in spoken.worded))


def _begun_homes(actor: Actor, dataset: str, region_ids: Iterable[int]) -> set[Home]:
    """Give the forms and periods that some villages have begun."""
    require(actor, READ, dataset=dataset)
    rows = models.Submission.objects.filter(dataset__code=dataset, region_id__in=list(region_ids))
    return {Home(*one) for one in rows.values_list("form", "period").distinct()}


def _naming(book: RuleBook, homes: Collection[Home], begun: Iterable[Home]) -> set[Home]:
    """Give those of the begun submissions whose rules name a cell of others."""
    return {one for one in begun if one not in homes and not _named(book, one).isdisjoint(homes)}


@lru_cache(maxsize=512)
def _named(book: RuleBook, home: Home) -> frozenset[Home]:
    """Give the submissions of which the rules of one name cells."""
    at = periods.parse(home.period)
    tasks = programme(book, at, home.form) if at is not None else ()
    slots = (slot for task in tasks for slot in task.slots)
    return frozenset(
        Home(book.items[slot.variable].form, slot.period) for slot in slots if slot.variable in book.items
    )


type _At = tuple[str, str, str]
"""Form, region and period of a submission."""


def _place_of(key: SubmissionKey) -> _At:
    """Give form, region and period of a submission."""
    return key.form, key.region, key.period


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What the cells of submissions say by themselves, by form, region and period.

    `worded` have explanations or answers that are not known, `doubtful` such as a verdict looks at, `lists`
    the lists of a submission that are filled in or declared empty.
    """

    worded: frozenset[_At]
    doubtful: frozenset[_At]
    lists: frozenset[tuple[str, str, str, str]]

    @classmethod
    def of(cls, made: Dictionary, cells: pl.DataFrame) -> "_Spoken":
        required = [code for code, one in made.variables.items() if one.is_required]
        required += [code for code, (_, one) in made.columns.items() if one.is_required]
        own, said = pl.col("variable"), pl.col("explanation").fill_null("")
        is_unknown = pl.col("state") == State.UNKNOWN.value
        texts = pl.col("value").fill_null("").str.contains(MAY_LOOK_PERSONAL) | said.str.contains(
            MAY_LOOK_PERSONAL
        )
        is_taken_out = own.is_in(list(made.lists)) & (pl.col("value") == REMOVED)
        doubt = texts | is_taken_out.fill_null(value=False) | (is_unknown & own.is_in(required))
        at = ("form", "region", "period")
        by_code = {code: own.code for own in made.lists.values() for code in _codes_of(own)}
        is_filled = (pl.col("row") != "") & (pl.col("state") != State.EMPTY.value)
        is_none = (pl.col("row") == "") & (pl.col("state") == State.NONE.value)
        told = cells.filter(own.is_in(list(by_code)) & (is_filled | (is_none & own.is_in(list(made.lists)))))
        listed = told.select(*at, own.replace_strict(by_code, return_dtype=pl.String)).unique()
        return cls(
            frozenset(cells.filter(is_unknown | (said != "")).select(at).unique().iter_rows()),
            frozenset(cells.filter(doubt).select(at).unique().iter_rows()),
            frozenset(listed.iter_rows()),
        )

    def is_silent(self, key: SubmissionKey, asking: Asking) -> bool:
        """Whether a verdict says nothing of the cells and lists of a submission by themselves."""
        at = _place_of(key)
        needed = (one.code for one in asking.questionnaire.lists if one.is_required)
        return at not in self.doubtful and all((*at, code) in self.lists for code in needed)


def _codes_of(own: ListOfRows) -> Iterator[str]:
    yield own.code
    yield from (column.code for column in own.columns)


def written(
    actor: Actor, dataset: str, regions: Collection[str], authors: Collection[UUID]
) -> dict[tuple[str, str], datetime]:
    """Say when some authors (ids) last saved in submissions of villages (dotted codes), by region and period.

    Refuses (`NotAllowed`) an actor who may not read what is filled in in one of them.
    """
    for code in regions:
        require(actor, READ, region=code, dataset=dataset)
    rows = models.Revision.objects.filter(
        submission__dataset__code=dataset, submission__region__code__in=regions, author_id__in=authors
    )
    told = rows.order_by().values_list("submission__region__code", "submission__period")
    return {(code, period): last for code, period, last in told.annotate(last=Max("made_at"))}
