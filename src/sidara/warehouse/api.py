"""The JSON door of figures: `/api/v1/figures`, the one question of the warehouse, and `…/indicators`."""

from datetime import date
from typing import Annotated, Any

from ninja import Router, Schema
from ninja.params.functions import Query as Parameter
from pydantic import Field

from sidara.collection.core import COLLECTION
from sidara.kernel.breakdown import TOTAL
from sidara.regions.core import DESA, Level
from sidara.ui.api import LONGEST, FindingOut, Text, not_one_of, nothing, reads, refused
from sidara.ui.rights import Asking
from sidara.warehouse import queries
from sidara.warehouse.core import AS_REPORTED, EVERY, IndicatorQuery, Operation, Query
from sidara.warehouse.core import vintage as vintages
from sidara.warehouse.core.telling import as_mapping, indicators_as_mapping

router = Router(tags=["figures"])
ASK = "warehouse.ask"
LEVELS = {word: level for level in Level for word in (level.label, level.name.lower())}
MOST = 100
MOST_PERIODS = 12
Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
"""As the command writes it: UTC, ISO 8601."""
Many = Parameter([], max_length=MOST)


class FigureOut(Schema):
    """One figure of one region, period and variable, with who reports and how old it is."""

    region: str
    name: str
    kind: str
    period: str | None
    variable: str
    breakdown: str
    code: str | None
    value: float | None
    state: str | None
    reporting: int
    expected: int
    oldest: Moment | None
    newest: Moment | None
    definition: str | None
    flag: str | None
    level: int | None
    obs_status: str | None


class AnswerOut(Schema):
    """Figures with their source, unit, age, and the areas in which they are told."""

    dataset: dict[str, Any] | None
    operation: str
    vintage: str
    as_of: str
    version_of_register: str = Field(..., alias="register")
    cursor: int | None
    epoch: str | None
    definitions: Any
    variables: dict[str, dict[str, Any]]
    figures: list[FigureOut]
    findings: list[FindingOut]


@reads(router, "", right=ASK, response=AnswerOut)
def ask_figures(
    request: Asking,
    dataset: Text = Parameter(..., description="Kode himpunan data, misalnya external:idm-2024."),
    variable: list[Text] = Parameter(..., min_length=1, max_length=MOST, description="Boleh berulang."),
    operation: Operation = Operation.LATEST,
    level: Text = Parameter("desa", description="provinsi, kabupaten, kecamatan, atau desa."),
    under: Text = Parameter("", description="Kode wilayah yang melingkupi."),
    code: list[Text] = Many,
    period: list[Text] = Parameter([], max_length=MOST, description="Boleh berulang; semua = semua periode."),
    breakdown: Text = TOTAL,
    kind: list[Text] = Many,
    unit: Text = "desa",
    as_of: date | None = None,
    vintage: Text = Parameter("", description="dilaporkan, kini, atau sebuah tahun."),
    least_level: int | None = Parameter(
        None,
        ge=-1,
        le=4,
        description="Hanya yang sampai tingkat ini: 0 terkirim, 1 disahkan desa, 4 final.",
    ),
) -> dict[str, Any]:
    """Tanyakan angka: satu angka untuk tiap wilayah pada tingkat yang diminta."""
    told_in = vintages.parse(vintage) if vintage else AS_REPORTED
    if told_in is None:
        raise not_one_of("Susunan wilayah", vintage, ("dilaporkan", "kini", "2015, …"))
    answer = queries.ask(
        request.actor,
        Query(
            dataset=dataset,
            variables=tuple(variable),
            operation=operation,
            level=_level(level),
            under=under or None,
            codes=tuple(code) or None,
            periods=EVERY if period == ["semua"] else tuple(period) or None,
            breakdown=breakdown,
            unit=_level(unit),
            kinds=tuple(kind) or DESA,
            as_of=as_of,
            vintage=told_in,
            least_level=least_level,
        ),
    )
    if answer.is_refused:
        raise refused(*(answer.findings or (nothing(),)))
    return as_mapping(answer)


class IndicatorOut(Schema):
    """One indicator of one region in one period: who stands behind it, what the others lack, the sums."""

    region: str
    name: str
    indicator: str
    period: str
    value: float | None
    reporting: int
    expected: int
    missing: dict[str, int]
    level: int | None
    newest: Moment | None
    terms: dict[str, float]


class IndicatorsOut(Schema):
    """Indicators with their formulas, and the data set from which they were computed."""

    dataset: dict[str, Any] | None
    as_of: str
    indicators: dict[str, dict[str, Any]]
    figures: list[IndicatorOut]
    findings: list[FindingOut]


@reads(router, "/indicators", right=ASK, response=IndicatorsOut)
def ask_indicators(
    request: Asking,
    indicator: list[Text] = Parameter(..., min_length=1, max_length=MOST, description="Kode indikator."),
    period: list[Text] = Parameter(..., min_length=1, max_length=MOST_PERIODS, description="Boleh berulang."),
    dataset: Text = Parameter(COLLECTION, description="Himpunan isian desa."),
    level: Text = Parameter("kabupaten", description="provinsi, kabupaten, kecamatan, atau desa."),
    under: Text = Parameter("", description="Kode wilayah yang melingkupi."),
    code: list[Text] = Many,
    as_of: date | None = None,
    least_level: int | None = Parameter(
        None, ge=-1, le=4, description="Hanya yang sampai tingkat ini: 0 terkirim, 1 disahkan desa, 4 final."
    ),
) -> dict[str, Any]:
    """Hitung indikator kamus dari isian desa: rumus atas jumlah tiap wilayah, dengan cakupannya."""
    answer = queries.indicators(
        request.actor,
        IndicatorQuery(
            dataset,
            tuple(indicator),
            tuple(period),
            _level(level),
            under or None,
            tuple(code) or None,
            as_of,
            least_level,
        ),
    )
    if answer.is_refused:
        raise refused(*answer.findings)
    return indicators_as_mapping(answer)


def _level(text: str) -> Level:
    if text[:LONGEST].lower() not in LEVELS:
        raise not_one_of("Tingkat", text, tuple(level.label for level in Level))
    return LEVELS[text.lower()]
