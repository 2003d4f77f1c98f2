"""Judging of one submission: what is stored, or about to be, beside what rules read of the same village."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sidara.checks import queries as checks
from sidara.checks.core import Stage, programme
from sidara.collection import models
from sidara.collection.core import ties
from sidara.collection.core.answering import (
    Asking,
    Given,
    cell_fault,
    form_unknown,
    not_a_village,
    other_dataset,
    period_of,
    read_cells,
    region_unknown,
)
from sidara.collection.core.dataset import dataset_of
from sidara.collection.core.judged import Judged
from sidara.collection.core.judging import Judge, judge_submission, needed
from sidara.collection.core.rights import READ
from sidara.collection.core.submission import Content, Key, SubmissionKey
from sidara.collection.core.village import Home
from sidara.collection.queries import worded
from sidara.collection.queries.submissions import pinned_version, state_of, submission_row
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Dictionary, Reader
from sidara.kernel.actor import Actor, require, require_somewhere
from sidara.kernel.cell import State
from sidara.kernel.finding import Finding
from sidara.kernel.kept import Kept
from sidara.kernel.period import Period
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region

KEPT_READERS = 8
_readers: Kept[Reader] = Kept(KEPT_READERS)
KEPT_ASKINGS = 256
"""How many forms are kept as they are asked, as many as the dictionary keeps."""
_askings: Kept[Asking] = Kept(KEPT_ASKINGS)


def asking_of(actor: Actor, key: SubmissionKey) -> tuple[Asking, Region, Period] | Finding:
    """Give the form of a submission at the version that it is filled in, its region and its period.

    A finding (`REGION_UNKNOWN`, `FORM_UNKNOWN`, `PERIOD_FORM`) where one of them does not exist,
    `REGION_NOT_VILLAGE` for a larger region, and `REGION_EXAMPLE` where the key asks for the data set of the
    other kind of village.
    """
    place = regions.resolve(actor, key.region)
    if place is None:
        return region_unknown(key.region)
    if place.level is not Level.VILLAGE:
        return not_a_village(place)
    if key.dataset != dataset_of(place.code):
        return other_dataset(place.code)
    form = dictionary.form(actor, key.form, pinned_version(actor, key, place.id))
    if form is None:
        return form_unknown(key.form, dictionary.dictionary(actor).forms)
    period = period_of(form.questionnaire.form, key.period)
    if isinstance(period, Finding):
        return period
    asking = _askings.of(
        form.questionnaire,
        form.version,
        lambda: Asking(form.dictionary, form.questionnaire, form.digest, form.version),
    )
    return asking, place, period


def readable(actor: Actor, key: SubmissionKey) -> tuple[Asking, Region, Period] | Finding:
    """Give the same as `asking_of` to who may read what is filled in there; refuses (`NotAllowed`) others."""
    found = asking_of(actor, key)
    if not isinstance(found, Finding):
        asking, place, _ = found
        require(actor, READ, region=place.code, sector=asking.questionnaire.form.sector, dataset=key.dataset)
    return found


def judged(
    actor: Actor,
    key: SubmissionKey,
    *,
    today: date,
    given: Sequence[Given] = (),
    stages: Mapping[Home, Stage] | None = None,
) -> Judged | Finding:
    """Judge a submission as it stands: the one verdict that every door shows (see `core.judged.Judged`).

    `given` are cells that are not stored yet: they are judged in place of the stored ones, whoever changed
    those, and nothing is written; what cannot be read is in `unread`. `stages` say how far submissions of the
    village are (absent = draft): an error that ties drafts with what is sent weighs as a warning.

    A submission that nobody began is judged, too (revision 0). A finding where form, region or period do not
    exist. Refuses (`NotAllowed`) an actor who may not read what is filled in there.
    """
    found = asking_of(actor, key)
    if isinstance(found, Finding):
        return found
    asking, place, period = found
    require(actor, READ, region=place.code, sector=asking.questionnaire.form.sector, dataset=key.dataset)
    row = submission_row(actor, key, place.id)
    held = state_of(actor, row)
    sent, unread = read_cells(asking, given)
    own = held.contents | {one.key: one.content for one in sent}
    known = _begun(key, place)
    home = Home(key.form, str(period))
    judge = Judge(
        SubmissionKey(key.form, place.code, str(period), key.dataset),
        asking,
        period,
        place.kind.value,
        checks.rules_of(actor, asking.dictionary),
        reader_of(actor, asking.dictionary),
        checks.kinds(actor),
        today,
        tuple(known),
        stages or {},
    )
    ids = {known[one]: one for one in needed(judge) if one in known and one != home}
    made = judge_submission(judge, held, _contents(ids) | {home: own})
    return replace(made, unread=tuple(unread))


def tied(actor: Actor, key: SubmissionKey, cells: Collection[Key]) -> frozenset[Key]:
    """Give the stored cells of a submission that a check ties to some of its cells, these left out.

    Nothing where form, region or period do not exist. Refuses (`NotAllowed`) an actor who may not read what
    is filled in there.
    """
    found = readable(actor, key)
    if isinstance(found, Finding):
        return frozenset()
    asking, place, period = found
    book = checks.rules_of(actor, asking.dictionary)
    present = state_of(actor, submission_row(actor, key, place.id)).cells
    return ties.tied_to(programme(book, period, key.form), book, str(period), cells, present)


def rows_of(actor: Actor, key: SubmissionKey, cells: Collection[Key]) -> frozenset[Key]:
    """Give the cells with which rows are added and taken out where `cells` are opened (`core.rows_opened`).

    Nothing where form, region or period do not exist. Refuses (`NotAllowed`) as `tied`.
    """
    found = readable(actor, key)
    if isinstance(found, Finding) or not found[0].questionnaire.lists:
        return frozenset()
    present = state_of(actor, submission_row(actor, key, found[1].id)).cells
    return ties.rows_opened(found[0].questionnaire.lists, cells, present)


def own_cells(actor: Actor, key: SubmissionKey) -> dict[Key, frozenset[Key]]:
    """Give the own cells of the lists and rows of a submission, each with those that it stands for.

    Nothing where form, region or period do not exist. Refuses (`NotAllowed`) as `tied`.
    """
    found = readable(actor, key)
    if isinstance(found, Finding) or not found[0].questionnaire.lists:
        return {}
    present = state_of(actor, submission_row(actor, key, found[1].id)).cells
    return ties.own_cells(found[0].questionnaire.lists, present)


def strange_cells(actor: Actor, key: SubmissionKey, cells: Collection[Key]) -> frozenset[Key]:
    """Give those of some cells that a submission neither holds nor asks for; rows are those that it holds.

    All of them where form, region or period do not exist. Refuses (`NotAllowed`) as `tied`.
    """
    found = readable(actor, key)
    if isinstance(found, Finding):
        return frozenset(cells)
    asking, place, _ = found
    present = state_of(actor, submission_row(actor, key, place.id)).cells
    rows = {"", *(one.row for one in present)}
    return frozenset(
        one for one in cells if one not in present and (one.row not in rows or cell_fault(asking, one))
    )


def homes_begun(actor: Actor, place: Region) -> frozenset[Home]:
    """Give the forms and periods that a village has begun."""
    require_somewhere(actor, READ)
    return frozenset(_begun(SubmissionKey("", place.code, ""), place))


def _begun(key: SubmissionKey, place: Region) -> dict[Home, int]:
    """Give the submissions of a village by form and period, with their ids."""
    rows = worded.BEGUN.rows(code=key.dataset, region=place.id)
    return {Home(form, period): pk for form, period, pk in rows}


def _contents(ids: Mapping[int, Home]) -> dict[Home, dict[Key, Content]]:
    """Read the cells of submissions, by id."""
    made: dict[Home, dict[Key, Content]] = {home: {} for home in ids.values()}
    if not made:
        return made
    rows = models.Cell.objects.filter(submission_id__in=list(ids)).values_list(
        "submission_id", "row", "variable__code", "breakdown", "state", "value", "explanation"
    )
    for submission, row, code, breakdown, state, value, explanation in rows:
        if submission is not None:
            made[ids[submission]][Key(row, code, breakdown)] = Content(State(state), value, explanation)
    return made


def reader_of(actor: Actor, made: Dictionary) -> Reader:
    """Give the reader of a dictionary, the same one for the same dictionary."""
    require(actor, dictionary.READ)
    return _readers.of(made, None, lambda: Reader(made))
