"""The one question that the warehouse answers, and what can be wrong with it.

A query names variables of one data set, the areas, the periods and an operation. It is a value:
frozen, hashable, so that it can be a key of a cache and a line of a log.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from sidara.collection.core import DataSet, ValueType, Variable
from sidara.kernel import period
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.clock import WIB
from sidara.kernel.finding import Finding
from sidara.regions.core import DESA, Level
from sidara.warehouse.core.vintage import AS_REPORTED, Vintage, check_vintage

EVERY = ("*",)
"""As `Query.periods`: every period for which there is a fact."""


class Operation(StrEnum):
    """What to do with the facts. These are all; the engines know no others.

    LATEST: the facts of the regions of `level` themselves, unchanged. The others gather the facts of
    the reporting units (`unit`, `kinds`) below each region of `level`: SUM and MEAN of numbers, COUNT of
    units with a value, COUNT_BY_CODE of units for each code of a choice.
    """

    LATEST = "LATEST"
    SUM = "SUM"
    COUNT = "COUNT"
    COUNT_BY_CODE = "COUNT_BY_CODE"
    MEAN = "MEAN"


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked.

    - `dataset`, `variables`: codes, for example `external:idm-2024`, `("IDM.IDM", "IDM.STATUS")`.
    - `level`: one figure for each region of this level, within `under` (code of an area, dotted or bare;
      `None` = all that the register holds) and, when given, among `codes`.
    - `periods`: SDMX texts; `EVERY`; or `None` with LATEST: each region's newest period that is not empty.
    - `breakdown`: `_T`; a classification (`IDM_STATUS`) for each of its codes; or one breakdown as written
      (`IDM_STATUS:MANDIRI`).
    - `measure`: `None` = the data set's own.
    - `unit`, `kinds`: who reports, for gathering operations and coverage: by default desa and
      desa adat; a kelurahan is then outside every denominator. `kinds` matters at village level only.
    - `as_of`: the figures as they were known at the end of that day in Asia/Jakarta; `None` = now.
    - `vintage`: in which areas the figures are told; as reported, each period has its own areas.
    - `least_level`: only facts for which so many governments stand (0 sent, 1 endorsed by the village, 4
      final); `None` = drafts, too.
    """

    dataset: str
    variables: tuple[str, ...]
    operation: Operation = Operation.LATEST
    level: Level = Level.VILLAGE
    under: str | None = None
    codes: tuple[str, ...] | None = None
    periods: tuple[str, ...] | None = None
    breakdown: str = TOTAL
    measure: str | None = None
    unit: Level = Level.VILLAGE
    kinds: tuple[str, ...] = DESA
    as_of: date | None = None
    vintage: Vintage = AS_REPORTED
    least_level: int | None = None

    @property
    def is_gathering(self) -> bool:
        """Whether figures are gathered from units below, rather than shown as reported."""
        return self.operation is not Operation.LATEST


def end_of_day(day: date) -> datetime:
    """Give the first moment (UTC) that no longer belongs to `day` in Asia/Jakarta."""
    return datetime.combine(day + timedelta(days=1), time(), WIB).astimezone(UTC)


def check(query: Query, *, today: date) -> tuple[Finding, ...]:
    """Judge the query by itself: missing variables or periods, impossible levels, a day to come."""
    found = []
    if not query.variables:
        found.append(
            Finding(
                "QUERY_WITHOUT_VARIABLE", "Belum ada variabel yang ditanyakan.", "Sebutkan sedikitnya satu."
            )
        )
    if query.is_gathering and query.periods is None:
        found.append(
            Finding(
                "QUERY_WITHOUT_PERIOD",
                f"Operasi {query.operation} memerlukan periode agar tahun yang berbeda tidak tercampur.",
                "Sebutkan periode, misalnya 2024, atau minta semua periode.",
            )
        )
    if query.periods is not None and query.periods != EVERY:
        found += [
            Finding(
                "PERIOD_MALFORMED",
                f"Periode {text!r} tidak dikenal.",
                "Tulislah seperti 2024, 2024-S1, 2024-Q1, atau 2024-03.",
                value=text,
            )
            for text in query.periods
            if period.parse(text) is None
        ]
    if query.is_gathering and query.level > query.unit:
        found.append(
            Finding(
                "LEVEL_BELOW_UNIT",
                "Tingkat hasil lebih rendah daripada tingkat yang melapor.",
                "Pilih tingkat hasil yang sama atau lebih tinggi daripada tingkat yang melapor.",
            )
        )
    if query.as_of is not None and query.as_of > today:
        found.append(
            Finding(
                "AS_OF_IN_FUTURE",
                f"Tanggal {query.as_of.isoformat()} belum terjadi.",
                "Pilih hari ini atau hari sebelumnya.",
                value=query.as_of.isoformat(),
            )
        )
    return (*found, *check_vintage(query.vintage, today=today))


def check_variables(
    query: Query, dataset: DataSet | None, variables: Mapping[str, Variable]
) -> tuple[Finding, ...]:
    """Judge the query against what exists: the data set (`None` = none that the actor may see), variables.

    `variables` holds those known by code. SUM and MEAN want numbers, COUNT_BY_CODE wants choices.
    """
    if dataset is None:
        return (
            Finding(
                "DATASET_UNKNOWN",
                f"Himpunan data {query.dataset!r} tidak ada atau tidak terbuka untuk Anda.",
                "Lihat himpunan data yang ada dengan: sidara dataset list",
                value=query.dataset,
            ),
        )
    found = []
    for code in query.variables:
        variable = variables.get(code)
        if variable is None:
            found.append(
                Finding(
                    "VARIABLE_UNKNOWN",
                    f"Variabel {code!r} tidak dikenal.",
                    "Periksa kodenya; contoh yang benar: IDM.IDM.",
                    value=code,
                )
            )
        elif query.operation in {Operation.SUM, Operation.MEAN} and variable.type is not ValueType.NUMBER:
            found.append(
                Finding(
                    "VARIABLE_NOT_NUMBER",
                    f"{code} bukan angka, sehingga tidak dapat dijumlahkan atau dirata-ratakan.",
                    "Gunakan COUNT_BY_CODE untuk menghitung tiap pilihan.",
                    value=code,
                )
            )
        elif query.operation is Operation.COUNT_BY_CODE and variable.type is not ValueType.CHOICE:
            found.append(
                Finding(
                    "VARIABLE_NOT_CHOICE",
                    f"{code} bukan pilihan, sehingga tidak dapat dihitung menurut kode.",
                    "Gunakan COUNT, SUM, atau MEAN.",
                    value=code,
                )
            )
    return tuple(found)


def is_open(dataset: DataSet) -> bool:
    """Whether anybody may see the data set: external with a licence, or simulated; nothing else."""
    return dataset.is_simulated or (dataset.is_external and bool(dataset.licence.strip()))
