"""Reads for prefill: what sources offer for a form, and where what it holds was taken from."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sidara.collection import models
from sidara.collection.core.answering import Asking
from sidara.collection.core.dataset import is_simulated
from sidara.collection.core.prefill import (
    Kind,
    Offer,
    Origin,
    Prefill,
    Suggestion,
    carried,
    mapped,
    of_period_before,
    offers_of,
    suggest,
)
from sidara.collection.core.rights import READ
from sidara.collection.core.submission import Content, Key, Submission, SubmissionKey
from sidara.collection.formats import declarations
from sidara.collection.queries.entering import Entry
from sidara.collection.queries.judging import readable
from sidara.collection.queries.submissions import state_of, submission_row
from sidara.dictionary import queries as dictionary
from sidara.kernel import period as periods
from sidara.kernel.actor import Actor
from sidara.kernel.cell import State
from sidara.kernel.finding import Finding
from sidara.kernel.period import Period
from sidara.regions.core import Region

type Offered = Iterator[tuple[Key, Content, Origin]]


def suggestions(actor: Actor, key: SubmissionKey) -> tuple[Suggestion, ...] | Finding:
    """Give what the period before, other forms and data sets offer for a form, beside what is stored.

    Of each source the newest period that ended with the form's or earlier. Refuses (`NotAllowed`) an actor
    who may not read what is filled in there; forms of sectors that he may not read offer nothing.
    """
    found = readable(actor, key)
    if isinstance(found, Finding):
        return found
    _, place, period = found
    own = SubmissionKey(key.form, place.code, str(period), key.dataset)
    return suggested(actor, found, own, state_of(actor, submission_row(actor, own, place.id)))


def suggested(
    actor: Actor,
    found: tuple[Asking, Region, Period],
    key: SubmissionKey,
    submission: Submission,
    before: Mapping[Key, Content] | None = None,
) -> tuple[Suggestion, ...]:
    """Give the same to a door that found form, region and period (`readable`) and what is stored by itself.

    `before`: what stood there the period before, where the door has read it, too.
    """
    return suggest(found[0], submission, _offered(actor, key, found, before))


def offered(actor: Actor, entry: Entry) -> dict[str, Any]:
    """Give what sources offer for a form as a device carries it (`core.prefill.carried`)."""
    found = entry.asking, entry.region, entry.period
    return carried(() if entry.is_locked else suggested(actor, found, entry.key, entry.submission))


def offers(actor: Actor, found: tuple[Asking, Region, Period], dataset: str) -> dict[Key, tuple[Offer, ...]]:
    """Give what sources offer for each cell, also what says what is stored and what is locked.

    `found` is what `readable` gave.
    """
    asking, place, period = found
    key = SubmissionKey(asking.questionnaire.form.code, place.code, str(period), dataset)
    return offers_of(asking, _offered(actor, key, found, None))


def provenance(actor: Actor, key: SubmissionKey) -> dict[Key, str]:
    """Give the words of where cells were taken from, of those whose content is still the one taken over.

    Refuses (`NotAllowed`) as `suggestions`.
    """
    found = readable(actor, key)
    if isinstance(found, Finding):
        return {}
    _, place, period = found
    row = submission_row(actor, SubmissionKey(key.form, place.code, str(period), key.dataset), place.id)
    if row is None:
        return {}
    rows = models.Provenance.objects.filter(record__submission=row).select_related("record", "cell__variable")
    return {
        Key(one.cell.row, one.cell.variable.code, one.cell.breakdown): one.words
        for one in rows
        if one.cell.revision == one.record.number
    }


def _offered(
    actor: Actor,
    key: SubmissionKey,
    found: tuple[Asking, Region, Period],
    before: Mapping[Key, Content] | None,
) -> Offered:
    asking, place, period = found
    last = str(period.preceding)
    if before is None:
        row = submission_row(actor, SubmissionKey(key.form, place.code, last, key.dataset), place.id)
        before = {} if row is None else state_of(actor, row).contents
    origin = Origin(Kind.PERIOD, key.form, last, f"dari periode {last}")
    yield from of_period_before(asking, before, origin, period)
    for one in declarations.prefills():
        if any(column.variable in asking.variables for column in one.columns):
            source = _of_dataset if one.kind is Kind.DATASET else _of_form
            yield from source(actor, one, key, place, period)


def _of_form(actor: Actor, one: Prefill, key: SubmissionKey, place: Region, period: Period) -> Offered:
    """Give what another form of the same village offers."""
    form = dictionary.dictionary(actor).forms.get(one.code)
    may = form is not None and actor.may(READ, region=place.code, sector=form.sector, dataset=key.dataset)
    rows = models.Submission.objects.filter(dataset__code=key.dataset, form=one.code, region_id=place.id)
    newest = _newest(rows.values_list("period", flat=True), period) if may else ""
    if not newest or form is None:
        return
    state = state_of(actor, rows.get(period=newest))
    cells = {
        (cell.variable, cell.breakdown): held.content for cell, held in state.cells.items() if not cell.row
    }
    words = f"dari formulir {form.name}, {newest}"
    yield from mapped(one, cells, Origin(Kind.FORM, one.code, newest, words))


def _of_dataset(actor: Actor, one: Prefill, key: SubmissionKey, place: Region, period: Period) -> Offered:
    """Give what a data set offers that others published (or a program made), with licence and day.

    What a program made (SIMULASI) is never offered to a real village.
    """
    del actor
    held = models.DataSet.objects.filter(code=one.code).first()
    if held is not None and held.is_simulated and not is_simulated(key.dataset):
        return
    rows = models.Cell.objects.filter(variable__dataset=held, region_id=place.id, run__isnull=False)
    newest = _newest(rows.values_list("period", flat=True).distinct(), period) if held else ""
    if held is None or not newest:
        return
    cells: Mapping[tuple[str, str], Content] = {
        (row.variable.code, row.breakdown): Content(State(row.state), row.value)
        for row in rows.filter(period=newest).select_related("variable")
    }
    name = f"SIMULASI: {held.title}" if held.is_simulated else held.title
    words = f"dari {name}, {newest} (diambil {held.retrieved_date.isoformat()}, lisensi {held.licence})"
    yield from mapped(one, cells, Origin(Kind.DATASET, one.code, newest, words))


def _newest(known: Iterable[str], period: Period) -> str:
    """Give the newest period that ended with the form's or earlier; empty where there is none."""
    read = ((text, periods.parse(text)) for text in known)
    ended = [(one.last_day, text) for text, one in read if one and one.last_day <= period.last_day]
    return max(ended, default=(None, ""))[1]
