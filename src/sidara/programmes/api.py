"""The JSON door of the programmes: `/api/v1/programmes/…`; one shape with the commands.

Codes and kinds (`core.codes.telling`), plans with goals and lines, activities (`core.plan_rows`), findings of
the alignment. Real and made-up rows (`is_simulated`) are asked for apart.
"""

from typing import Any
from uuid import UUID

from ninja import Router, Schema
from ninja.params.functions import Query

from sidara.programmes import queries
from sidara.programmes.core import Level, plan_rows
from sidara.programmes.core.codes import telling
from sidara.programmes.core.codes.refusal import check
from sidara.programmes.core.words import Government
from sidara.programmes.queries.alignment import FindingQuery
from sidara.ui.api import (
    PAGE,
    Cursor,
    FindingOut,
    Limit,
    Page,
    Paged,
    Text,
    Year,
    missing,
    not_one_of,
    page,
    reads,
)
from sidara.ui.rights import Asking

router = Router(tags=["programmes"])
MOST_FOUND = 200


class NomenclatureOut(Schema):
    """A code in short: whose, what it is called, the first and last year of plan."""

    government: str | None
    code: str
    name: str
    valid_from: int | None = None
    valid_to: int | None = None
    unit: str = ""


class NomenclatureHitOut(NomenclatureOut):
    """A hit of the search; a kind of activity belongs to no government."""

    field: str = ""
    score: float


class CodeCheckedOut(Schema):
    """How a code stands, what to know, and the codes to use instead."""

    code: str | None
    standing: str
    is_refused: bool
    finding: FindingOut | None
    instead: list[NomenclatureOut]


@reads(router, "/nomenclature", right=queries.READ, response=list[NomenclatureHitOut])
def search_nomenclature(
    request: Asking,
    q: Text = Query(..., min_length=1),
    government: Text = Query("", description="Jenis pemerintah; tanpa ini semuanya."),
    year: Year | None = Query(None, description="Tahun rencana; tanpa ini semua tahun."),
    limit: int = Query(50, ge=1, le=MOST_FOUND),
) -> list[dict[str, object]]:
    """Cari kode dan jenis kegiatan menurut kata atau kode, yang paling cocok dahulu."""
    governments = (_government(government),) if government else ()
    found = queries.find_codes(request.actor, q, governments=governments, year=year, limit=limit)
    return [telling.hit_row(one) for one in found]


@reads(router, "/nomenclature/{government}/{code}", right=queries.READ, response=dict[str, Any])
def show_nomenclature(
    request: Asking,
    government: Text,
    code: Text,
    year: Year | None = Query(None, description="Tahun rencana; tanpa ini versi terbaru."),
) -> dict[str, object]:
    """Satu kode: nama, indikator, satuan, versi, jenis kegiatannya."""
    catalogue = queries.catalogue(request.actor)
    found = catalogue.entry(_government(government), code, year)
    if found is None:
        raise missing("Kode", code)
    return telling.entry_whole(catalogue, found)


@reads(router, "/nomenclature/{government}/{code}/check", right=queries.READ, response=CodeCheckedOut)
def check_nomenclature(
    request: Asking,
    government: Text,
    code: Text,
    year: Year = Query(..., description="Tahun rencana."),
    name: Text = Query("", description="Nama seperti tertulis, bila ikut diperiksa."),
) -> dict[str, object]:
    """Periksa apakah sebuah kode boleh dipakai; yang salah ditolak dengan penggantinya."""
    catalogue = queries.catalogue(request.actor)
    return telling.checked_row(check(catalogue, _government(government), code, year, name))


@reads(router, "/kinds", right=queries.READ, response=list[dict[str, Any]])
def list_kinds(request: Asking) -> list[dict[str, object]]:
    """Semua jenis kegiatan."""
    return [telling.kind_row(one) for one in queries.catalogue(request.actor).kinds.kinds]


@reads(router, "/kinds/answering/{index}/{item}", right=queries.READ, response=list[dict[str, Any]])
def list_options(
    request: Asking,
    index: Text,
    item: Text,
    year: Year | None = Query(None, description="Tahun rencana; tanpa ini versi terbaru."),
) -> list[dict[str, object]]:
    """Jenis kegiatan yang menjawab sebuah butir indeks, dan siapa yang berwenang dengan kode apa."""
    found = queries.catalogue(request.actor).options(index, item, year)
    return [telling.option_row(one) for one in found]


@reads(router, "/kinds/{code}", right=queries.READ, response=dict[str, Any])
def show_kind(
    request: Asking,
    code: Text,
    year: Year | None = Query(None, description="Tahun rencana; tanpa ini versi terbaru."),
) -> dict[str, object]:
    """Satu jenis kegiatan: artinya, tahapnya, pelaksananya dengan kodenya, butir yang dijawab."""
    catalogue = queries.catalogue(request.actor)
    found = catalogue.kinds.find(code)
    if found is None:
        raise missing("Jenis kegiatan", code)
    return telling.kind_whole(catalogue, found, year)


class PlanOut(Schema):
    """The head of a plan document with how much it holds; ceiling in rupiah, null = no line says one."""

    uid: str
    kind: str
    level: str
    area: str
    agency: str
    title: str
    year_from: int
    year_to: int
    is_simulated: bool
    goals: int
    lines: int
    ceiling_idr: int | None


class PlanWholeOut(PlanOut):
    """A plan with its goals (ties, coverage, targets and actuals) and its lines."""

    tree: list[dict[str, Any]]
    rows: list[dict[str, Any]]


class ActivityOut(Schema):
    """An activity in short; budget in rupiah, null = not said."""

    uid: str
    level: str
    area: str
    agency: str
    name: str
    activity_kind: str
    government: str
    code: str
    year: int
    fund_source: str
    budget_idr: int | None
    stage: str
    villages: int
    is_whole_area: bool
    is_simulated: bool


class AlignmentFindingOut(Schema):
    """A finding of the alignment with the rows behind it, its state and the explanation that holds."""

    uid: str
    code: str
    severity: str
    state: str
    plan: list[dict[str, Any]]
    activities: list[dict[str, Any]]
    other_rows: list[dict[str, Any]]
    villages: list[str]
    value: str
    amount_idr: int | None
    owner: str
    area: str
    message: str
    remedy: str
    first_seen: str
    reason: str


@reads(router, "/plans", right=queries.READ, response=Paged[PlanOut])
def list_plans(
    request: Asking,
    is_simulated: bool = Query(False, description="Dokumen rekaan (SIMULASI), bukan yang nyata."),
    level: Text = Query("", description="Tingkat pemilik; tanpa ini semuanya."),
    area: Text = Query("", description="Kode wilayah pemilik."),
    year: Year | None = Query(None, description="Yang berlaku pada tahun ini."),
    cursor: Cursor = "",
    limit: Limit = PAGE,
) -> Page[dict[str, Any]]:
    """Dokumen rencana semua tingkat, dengan banyaknya tujuan dan baris."""
    found = queries.plans(
        request.actor,
        is_simulated=is_simulated,
        level=_level(level),
        areas=(area,) if area else None,
        year=year,
    )
    return _paged([plan_rows.plan_row(one) for one in found], cursor, limit)


@reads(router, "/plans/{uid}", right=queries.READ, response=PlanWholeOut)
def show_plan(request: Asking, uid: UUID) -> dict[str, Any]:
    """Satu dokumen: pohon tujuan dengan target di samping capaian, kaitannya, dan barisnya."""
    view = queries.plan(request.actor, uid)
    if view is None:
        raise missing("Kode", str(uid))
    return plan_rows.plan_whole(view, queries.goal_indicators(request.actor, uid))


@reads(router, "/activities", right=queries.READ, response=Paged[ActivityOut])
def list_activities(
    request: Asking,
    is_simulated: bool = Query(False, description="Kegiatan rekaan (SIMULASI), bukan yang nyata."),
    level: Text = Query("", description="Tingkat pelaksana; tanpa ini semuanya."),
    within: Text = Query("", description="Kode wilayah atau desa tempat kegiatannya."),
    kind: Text = Query("", description="Kode jenis kegiatan."),
    year: Year | None = Query(None, description="Tahun rencana."),
    cursor: Cursor = "",
    limit: Limit = PAGE,
) -> Page[dict[str, Any]]:
    """Kegiatan semua tingkat, tanpa yang dibatalkan."""
    query = queries.ActivityQuery(
        is_simulated=is_simulated, year=year, level=_level(level), within=within, activity_kind=kind
    )
    found = queries.activities(request.actor, query)
    return _paged([plan_rows.activity_row(one) for one in found], cursor, limit)


@reads(router, "/findings", right=queries.READ_FINDINGS, response=Paged[AlignmentFindingOut])
def list_findings(
    request: Asking,
    under: Text = Query(..., description="Kode wilayah."),
    year: Year = Query(..., description="Tahun rencana."),
    is_simulated: bool = Query(False, description="Temuan atas rencana rekaan (SIMULASI)."),
    cursor: Cursor = "",
    limit: Limit = PAGE,
) -> Page[dict[str, Any]]:
    """Temuan sinkronisasi sebuah wilayah yang terbuka atau dijelaskan, dengan baris di baliknya."""
    query = FindingQuery(year, under, is_simulated=is_simulated)
    found = queries.alignment.findings(request.actor, query)
    return _paged([one.flat() for one in found], cursor, limit)


def _paged(rows: list[dict[str, Any]], cursor: str, limit: int) -> Page[dict[str, Any]]:
    return page(sorted(rows, key=_uid), key=_uid, cursor=cursor, limit=limit)


def _uid(row: dict[str, Any]) -> str:
    return str(row["uid"])


def _level(written: str) -> Level | None:
    if not written:
        return None
    known = tuple(one.value for one in Level)
    if written not in known:
        raise not_one_of("Tingkat", written, known)
    return Level(written)


def _government(written: str) -> Government:
    known = tuple(one.value for one in Government)
    if written not in known:
        raise not_one_of("Jenis pemerintah", written, known)
    return Government(written)
