"""The JSON doors of `collection`: `/api/v1/datasets` (what is open) and `/api/v1/submissions`."""

from collections.abc import Sequence
from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Any

from ninja import Router, Schema
from ninja.files import UploadedFile
from ninja.params.functions import File, Query
from pydantic import AwareDatetime, Field, StringConstraints

from sidara.collection import queries, services
from sidara.collection.core import Account, Source
from sidara.collection.core.answering import LONGEST_TEXT, Given
from sidara.collection.core.dataset import is_simulated
from sidara.collection.core.handed import LARGEST, Handing, findings_of, too_large
from sidara.collection.core.judged import Judged
from sidara.collection.core.rights import BRING, FILL, READ, READ_OPEN
from sidara.collection.core.submission import SubmissionKey
from sidara.collection.queries import CellRevision, Filled
from sidara.collection.services import Save, Saved
from sidara.kernel.actor import NotAllowed
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.clock import claimed, local_date, now
from sidara.kernel.finding import Finding, Place
from sidara.ui.api import (
    OR,
    Cursor,
    FindingOut,
    Limit,
    MessageId,
    Page,
    Paged,
    Problem,
    Text,
    Whole,
    for_programs,
    missing,
    page,
    reads,
    refused,
    writes,
)
from sidara.ui.rights import Asking

router = Router(tags=["submissions"])
import_router = Router(tags=["submissions"])
dataset_router = Router(tags=["datasets"])
MOST_CELLS = 5_000
HAND_IN = OR.join((FILL, BRING))
"""Filling in oneself, or bringing in what a named other person filled in."""
LATE = ("MESSAGE_REUSED", "BASE_UNKNOWN")
"""Codes of what would have been good at another moment: 409."""
type Value = Annotated[str, StringConstraints(max_length=LONGEST_TEXT + 1, pattern=r"^[^\x00]*$")]


class DatasetOut(Schema):
    """A data set with its source, licence and size."""

    code: str
    title: str
    source: str
    url: str
    licence: str
    retrieved: date | None
    simulated: bool
    periods: list[str]
    regions: int
    cells: int


class VariableOut(Schema):
    """A variable of a data set."""

    code: str
    label: str
    unit: str
    decimals: int
    type: str


class DatasetWhole(DatasetOut):
    """A data set with its variables."""

    variables: list[VariableOut]


class CellIn(Schema):
    """A cell to store, all in texts: a `value`, or a `state` (`tidak_ada`, `tidak_tahu`, `tidak_berlaku`).

    The state `hapus` clears the cell. `row` is the id of a row of a list, empty outside lists.
    """

    variable: Text
    breakdown: Text = TOTAL
    row: Text = ""
    value: Value = ""
    state: Text = ""
    explanation: Value = ""


class SaveIn(Schema):
    """Cells for one submission. `base` is the revision that you saw, 0 when there was none."""

    base: Whole
    cells: list[CellIn] = Field(max_length=MOST_CELLS)
    reason: Text = ""
    filler: Text = ""
    claimed_at: AwareDatetime | None = None


class CellOut(Schema):
    """A cell as it stands, and the revision that set it."""

    row: str
    variable: str
    breakdown: str
    state: str
    value: str | None
    explanation: str
    revision: int


class VerdictOut(Schema):
    """What every door says of the submission: findings, computed values, counts, what holds back sending."""

    revision: int
    is_ready: bool
    findings: list[dict[str, Any]]
    not_evaluated: list[dict[str, Any]]
    derived: list[dict[str, str]]
    conflicts: list[dict[str, str]]
    counts: dict[str, int]


class SubmissionOut(Schema):
    """A submission as it stands; `revision` 0 = nobody began it.

    `simulated`: it is about an example village, and all of it is made up.
    """

    form: str
    region: str
    dataset: str
    simulated: bool
    period: str
    form_version: int
    revision: int
    content_hash: str
    cells: list[CellOut]
    verdict: VerdictOut


class SavedOut(Schema):
    """What became of each cell: created + updated + unchanged + conflicting + rejected = sent.

    `repeated`: this message had been answered before, and this is that answer.
    """

    sent: int
    created: int
    updated: int
    unchanged: int
    conflicting: int
    rejected: int
    stored: bool
    repeated: bool
    revision: int
    content_hash: str
    findings: list[FindingOut]
    verdict: VerdictOut | None


class ImportFindingOut(FindingOut):
    """What is wrong with a file, where in the file and where in the form."""

    region: str = ""
    period: str = ""
    variable: str = ""
    breakdown: str = ""
    place: str = ""


class ImportedOut(Schema):
    """What became of the cells of a file: created + updated + unchanged + conflicting + rejected = sent.

    `submissions`: how many change. `simulated`: they are of example villages. `findings_left`: findings
    beyond those that are told. `repeated`: this message had been answered before, and this is that answer.
    """

    sent: int
    created: int
    updated: int
    unchanged: int
    conflicting: int
    rejected: int
    stored: bool
    dry_run: bool
    repeated: bool
    submissions: int
    simulated: bool = False
    findings: list[ImportFindingOut]
    findings_left: int


class RevisionOut(Schema):
    """What one revision made of one cell, and who did it when (UTC), by which door."""

    number: int
    by: str
    function: str
    filler: str
    made_at: datetime
    source: str
    reason: str
    row: str
    variable: str
    breakdown: str
    old: dict[str, str | None]
    new: dict[str, str | None]


@reads(dataset_router, "", right=READ_OPEN, response=list[DatasetOut])
def list_datasets(request: Asking) -> list[dict[str, object]]:
    """Himpunan data yang tersimpan, dengan sumber, lisensi dan ukurannya."""
    return [_dataset(one) for one in queries.stored(request.actor)]


@reads(dataset_router, "/{code}", right=READ_OPEN, response=DatasetWhole)
def show_dataset(request: Asking, code: Text) -> dict[str, object]:
    """Satu himpunan data dengan variabelnya."""
    held = queries.stored(request.actor, code)
    if not held:
        raise missing("Himpunan data", code)
    rows = [
        {"code": v.code, "label": v.label, "unit": v.unit, "decimals": v.decimals, "type": v.type.value}
        for v in queries.variables(request.actor, code)
    ]
    return {**_dataset(held[0]), "variables": rows}


@reads(router, "/{form}/{region}/{period}", right=READ, response=SubmissionOut)
def show_submission(request: Asking, form: Text, region: Text, period: Text) -> dict[str, object]:
    """Isian satu formulir, wilayah dan periode: nilai, keadaan, dan hasil pemeriksaannya."""
    key = SubmissionKey(form, region, period)
    verdict = _judged(request, key)
    found = queries.filled(request.actor, key)
    return {
        "form": form,
        "region": found.region if found else region,
        "dataset": key.dataset,
        "simulated": is_simulated(key.dataset),
        "period": period,
        "form_version": verdict.form_number,
        "revision": verdict.revision,
        "content_hash": found.content_hash if found else "",
        "cells": _cells(found) if found else [],
        "verdict": _verdict(verdict),
    }


@writes(router, "/{form}/{region}/{period}", right=HAND_IN, response=SavedOut)
def save_cells(
    request: Asking,
    form: Text,
    region: Text,
    period: Text,
    body: SaveIn,
    idempotency_key: MessageId,
    dry_run: bool = Query(False, description="Hanya periksa; tidak ada yang disimpan."),
    all_or_nothing: bool = Query(False, description="Simpan semua sel, atau tidak satu pun."),
) -> dict[str, object]:
    """Simpan sel-sel sebuah isian, sekali.

    Perlu hak mengisi, atau hak memasukkan dengan menyebut yang mengisi (filler). Kiriman yang sama dengan
    Idempotency-Key yang sama mendapat jawaban yang sama; isi lain ditolak. Sel yang diubah kedua pihak
    tetap seperti tersimpan, dan kiriman Anda disimpan di sampingnya.
    """
    key = SubmissionKey(form, region, period)
    given = [_given(number, one) for number, one in enumerate(body.cells, 1)]
    made = Save(
        key,
        body.base,
        idempotency_key,
        Source.API,
        given,
        claimed_at=claimed(body.claimed_at),
        filler=body.filler,
        reason=body.reason,
    )
    done = services.save_cells(
        request.actor, save=made, now=now(), is_dry=dry_run, all_or_nothing=all_or_nothing
    )
    return saved_out(request, key, done, given if dry_run else ())


@writes(import_router, "", right=BRING, response=ImportedOut, method="POST")
def import_file(
    request: Asking,
    idempotency_key: MessageId,
    file: UploadedFile = File(...),
    dry_run: bool = Query(False, description="Hanya periksa; tidak ada yang disimpan."),
    all_or_nothing: bool = Query(False, description="Simpan semua sel, atau tidak satu pun."),
    filler: Text = Query("", description="Yang mengisi (nama dan jabatan), bila orang lain."),
    paper: bool = Query(False, description="Diketik dari formulir kertas; sebut juga yang mengisi."),
) -> dict[str, object]:
    """Masukkan berkas isian: buku kerja formulir, atau tabel sel (CSV, Parquet).

    Dikirim sebagai multipart/form-data dengan nama isian `file`; paling besar 20 MB, jenisnya dikenali dari
    isinya. Setiap sel mendapat putusan yang sama seperti di halaman dan perintah. Berkas yang sama dengan
    Idempotency-Key yang sama mendapat jawaban yang sama; berkas lain ditolak.
    """
    if (file.size or 0) > LARGEST:
        raise refused(too_large(file.size or 0))
    handing = Handing(file.read(), file.name or "", filler.strip(), paper, all_or_nothing)
    answer, is_repeated = services.import_file(
        request.actor, handing=handing, message_id=idempotency_key, now=now(), is_dry=dry_run
    )
    if answer["refused"]:
        findings = findings_of(answer)
        is_late = any(one.code in LATE for one in findings)
        raise Problem(HTTPStatus.CONFLICT if is_late else HTTPStatus.BAD_REQUEST, *findings)
    return {**answer, "repeated": is_repeated}


@reads(router, "/{form}/{region}/{period}/history", right=READ, response=Paged[RevisionOut])
def submission_history(
    request: Asking,
    form: Text,
    region: Text,
    period: Text,
    cursor: Cursor = "",
    limit: Limit = 100,
) -> Page[dict[str, object]]:
    """Riwayat tiap sel sebuah isian, dari yang pertama."""
    key = SubmissionKey(form, region, period)
    _judgeable(request, key)
    numbered = list(enumerate(queries.cell_history(request.actor, key)))
    shown = page(numbered, key=lambda one: f"{one[0]:010}", cursor=cursor, limit=limit)
    return Page([_revision(one) for _, one in shown.items], shown.next)


def saved_out(
    request: Asking, key: SubmissionKey, done: Saved, tried: Sequence[Given] = ()
) -> dict[str, object]:
    """Give what became of a save, with the verdict of what is stored then, or would be with what was `tried`.

    Raises `Problem` for a save that was refused whole.
    """
    if done.account.is_refused:
        is_late = any(one.code in LATE for one in done.account.findings)
        status = HTTPStatus.CONFLICT if is_late else HTTPStatus.BAD_REQUEST
        raise Problem(status, *done.account.findings)
    try:
        verdict = _judged(request, key, tried)
    except NotAllowed:  # fills here, reads elsewhere: what was stored stays stored
        verdict = None
    return {
        **_account(done.account),
        "repeated": done.is_repeated,
        "revision": done.revision,
        "content_hash": done.content_hash,
        "verdict": _verdict(verdict) if verdict else None,
    }


def _judgeable(request: Asking, key: SubmissionKey) -> None:
    """Refuse a form, region or period that does not exist."""
    found = queries.asking_of(request.actor, key)
    if isinstance(found, Finding):
        raise refused(found)


def _judged(request: Asking, key: SubmissionKey, given: Sequence[Given] = ()) -> Judged:
    found = queries.judged(request.actor, key, today=local_date(now()), given=given)
    if isinstance(found, Finding):
        raise refused(found)
    return found


def _given(number: int, one: CellIn) -> Given:
    place = Place(line=number, column=one.variable)
    return Given(one.variable, one.value, one.state, one.breakdown, one.row, one.explanation, place)


def _dataset(held: Any) -> dict[str, object]:
    one = held.dataset
    return {
        "code": one.code,
        "title": one.title,
        "source": one.source,
        "url": one.url,
        "licence": one.licence,
        "retrieved": one.retrieved_date,
        "simulated": one.is_simulated,
        "periods": list(held.periods),
        "regions": held.regions,
        "cells": held.cells,
    }


def _cells(found: Filled) -> list[dict[str, object]]:
    return [
        {
            **key.flat(),
            **held.content.flat(),
            "revision": held.revision,
        }
        for key, held in sorted(found.state.cells.items())
    ]


def _verdict(one: Judged) -> dict[str, object]:
    return {
        "revision": one.revision,
        "is_ready": one.is_ready,
        "findings": [told.flat() for told in one.told],
        "not_evaluated": [told.flat() for told in one.open],
        "derived": [{**key.flat(), "value": value} for key, value in sorted(one.derived.items())],
        "conflicts": [key.flat() for key in one.conflicts],
        "counts": one.counts.flat(),
    }


def _account(one: Account) -> dict[str, object]:
    told = {name: value for name, value in one.flat().items() if name != "refused"}
    return told | {"findings": [found.flat() for found in for_programs(one.findings)]}


def _revision(one: CellRevision) -> dict[str, object]:
    return {
        "number": one.number,
        "by": one.author_name,
        "function": one.author_function,
        "filler": one.filler_name,
        "made_at": one.made_at,
        "source": one.source.value,
        "reason": one.reason,
        **one.delta.key.flat(),
        "old": one.delta.old.flat(),
        "new": one.delta.new.flat(),
    }
