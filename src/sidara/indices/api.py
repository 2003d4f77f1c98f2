"""The JSON door of the indices: `/api/v1/indices`: definitions, results of rows, explanations."""

import io
import json
from typing import Annotated, Any

import polars as pl
from ninja import Router, Schema
from ninja.params.functions import Query
from pydantic import Field

from sidara.indices import core, queries
from sidara.indices.core.telling import as_data, explained
from sidara.regions import queries as regions
from sidara.ui.api import FindingOut, Text, Year, missing, nothing, reads, refused
from sidara.ui.rights import Asking

router = Router(tags=["indices"])
READ = "indices.read"
MOST_ROWS = 2_000
MOST_COLUMNS = 500
type Value = Annotated[str, Field(max_length=200)] | int | float | bool | None


class IndexOut(Schema):
    """An index and the years for which its versions hold."""

    code: str
    slug: str
    name: str
    source: str
    versions: list[dict[str, Any]]


class RowsIn(Schema):
    """Villages to compute: the columns of `sidara index compute`, `kode` and `tahun` among them."""

    rows: list[Annotated[dict[Text, Value], Field(max_length=MOST_COLUMNS)]] = Field(
        min_length=1, max_length=MOST_ROWS
    )
    scheme: Text = ""


class RowIn(RowsIn):
    """Rows, and which of them is to be explained."""

    code: Text
    year: Year


class ComputedOut(Schema):
    """What was computed: read = computed + rejected; `level` says from what."""

    read: int
    computed: int
    rejected: int
    level: str | None
    rows: list[dict[str, Any]]
    findings: list[FindingOut]


@reads(router, "", right=READ, response=list[IndexOut])
def list_indices(request: Asking) -> list[dict[str, object]]:
    """Indeks yang dikenal, dengan versi dan tahun berlakunya."""
    return [
        {
            "code": one.code,
            "slug": one.slug,
            "name": one.name,
            "source": one.source,
            "versions": [
                {
                    "code": each.code,
                    "valid_from": each.valid_from,
                    "valid_to": each.valid_to,
                    "items": len(each.items),
                }
                for each in one.versions
            ],
        }
        for one in queries.definitions(request.actor)
    ]


@reads(router, "/{name}", right=READ, response=dict[str, Any])
def show_index(request: Asking, name: Text) -> dict[str, object]:
    """Definisi sebuah indeks: tingkat, ambang, butir dan aturannya."""
    return as_data(_index(request, name))


@reads(router, "/{name}/compute", right=READ, response=ComputedOut, post=True)
def compute_index(request: Asking, name: Text, body: RowsIn) -> dict[str, object]:
    """Hitung indeks dari jawaban, skor butir, atau subindeks; tidak ada yang disimpan.

    Sel kosong berarti tidak ada data: hasilnya selang, bukan tebakan.
    """
    made = queries.compute_file(
        request.actor, _index(request, name), _file(body), format="json", scheme=body.scheme or None
    )
    if made.frame is None:
        raise refused(*(made.findings or (nothing(),)))
    return {
        "read": made.read,
        "computed": made.computed,
        "rejected": made.rejected,
        "level": made.depth and str(made.depth),
        "rows": _rows(made.frame),
        "findings": [one.flat() for one in made.findings],
    }


@reads(router, "/{name}/explain", right=READ, response=dict[str, Any], post=True)
def explain_row(request: Asking, name: Text, body: RowIn) -> dict[str, object]:
    """Jelaskan skor satu desa dari baris yang dikirim: aturan yang kena, kegiatan, pelaksana."""
    index = _index(request, name)
    found = queries.explain_row(
        request.actor, index, _file(body), code=body.code, year=body.year, format="json"
    )
    if not isinstance(found, core.Explanation):
        raise refused(*found)
    return explained(index, found)


@reads(router, "/{name}/explain/{code}", right=READ, response=dict[str, Any])
def explain_village(
    request: Asking,
    name: Text,
    code: Text,
    dataset: Text = Query(..., description="Kode himpunan data, misalnya external:idm-items."),
    year: Year | None = Query(None, description="Tahun data; tanpa ini yang terbaru."),
) -> dict[str, object]:
    """Jelaskan skor satu desa dari himpunan data yang tersimpan."""
    index = _index(request, name)
    region = regions.resolve(request.actor, code)
    if region is None:
        raise missing("Wilayah", code)
    period = str(year) if year else None
    held = queries.table(request.actor, index, dataset, period=period, codes=[region.code])
    if held is None:
        raise missing("Skor desa ini pada himpunan", dataset)
    found = core.explain(index, held.frame.head(1))
    if not isinstance(found, core.Explanation):
        raise refused(*found)
    return explained(index, found)


def _index(request: Asking, name: str) -> core.Definition:
    found = queries.definition(request.actor, name)
    if found is None:
        raise missing("Indeks", name)
    return found


def _file(body: RowsIn) -> io.BytesIO:
    """Give the rows as the file that the commands read: one reader for all doors."""
    return io.BytesIO(json.dumps(body.rows, ensure_ascii=False).encode())


def _rows(frame: pl.DataFrame) -> list[dict[str, object]]:
    return frame.to_dicts()
