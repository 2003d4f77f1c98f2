"""The JSON door of codes and kinds: `/api/v1/programmes/…`; one shape with the commands (`core.telling`)."""

from typing import Any

from ninja import Router, Schema
from ninja.params.functions import Query

from sidara.programmes import queries
from sidara.programmes.core import telling
from sidara.programmes.core.refusal import check
from sidara.programmes.core.words import Government
from sidara.ui.api import FindingOut, Text, Year, missing, not_one_of, reads
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


def _government(written: str) -> Government:
    known = tuple(one.value for one in Government)
    if written not in known:
        raise not_one_of("Jenis pemerintah", written, known)
    return Government(written)
