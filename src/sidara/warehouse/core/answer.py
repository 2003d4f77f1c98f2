"""What the warehouse answers: figures with their coverage, age, source and as-of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

import polars as pl

from sidara.collection.core import DataSet, Variable
from sidara.kernel.cell import State
from sidara.kernel.clock import WIB
from sidara.kernel.finding import Finding, Severity
from sidara.warehouse.core.facts import Mark
from sidara.warehouse.core.moving import MIXED, Flag
from sidara.warehouse.core.query import Operation, Query

FIGURES = pl.Schema(
    {
        "region": pl.String(),
        "name": pl.String(),
        "kind": pl.String(),
        "period": pl.String(),
        "variable": pl.String(),
        "breakdown": pl.String(),
        "code": pl.String(),
        "value": pl.Decimal(38, 4),
        "reporting": pl.Int64(),
        "expected": pl.Int64(),
        "oldest": pl.Datetime("us", "UTC"),
        "newest": pl.Datetime("us", "UTC"),
        "state": pl.String(),
        "total": pl.Decimal(38, 4),
        "definition": pl.String(),
        "flag": pl.String(),
        "level": pl.Int8(),
    }
)
"""The columns of `Answer.frame`, in the order of `Figure`'s fields."""

SIMULATED = "SIMULASI"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of an answer.

    `code` is the chosen code of a choice (LATEST) or the code that was counted (COUNT_BY_CODE), `value`
    the number (a count, a sum, a mean), exact to 4 decimals. Both are `None` when nothing is known: no
    figure is ever 0 for want of facts, except the counts. `reporting` of `expected` units stand behind
    it (`expected` 0 = outside denominators, "tidak dinilai"); `oldest` and `newest` are the moments
    (UTC) at which the facts behind it were recorded. `state` is the cell's (LATEST only). `definition`
    is the definition version of the facts behind it, `None` if they have none or more than one. `flag` says
    what must stand beside a figure told in other areas than it was reported for (see `moving.Flag`). `level`
    is the lowest of the facts behind it: how many governments stand for it (-1 a draft, 4 final, published).
    """

    region: str
    name: str
    kind: str
    period: str | None
    variable: str
    breakdown: str
    code: str | None
    value: Decimal | None
    reporting: int
    expected: int
    oldest: datetime | None
    newest: datetime | None
    state: str | None
    total: Decimal | None
    definition: str | None
    flag: str | None = None
    level: int | None = None

    @property
    def is_estimate(self) -> bool:
        """Whether the figure was apportioned to its area by shares, or inherited by a part."""
        return self.flag == Flag.ESTIMATE

    @property
    def is_unavailable(self) -> bool:
        """Whether the figure cannot be had for an area that others were merged into."""
        return self.flag == Flag.UNAVAILABLE

    @property
    def obs_status(self) -> str:
        """Give the SDMX OBS_STATUS: E for an estimate, else that of the state; O where nothing is known."""
        if self.is_estimate:
            return "E"
        if self.state is not None:
            return State(self.state).obs_status
        return "O" if self.shown is None else "A"

    @property
    def exact(self) -> Fraction | None:
        """The unrounded figure: for MEAN the sum over the count, else the value itself."""
        if self.total is not None and self.reporting:
            return Fraction(self.total) / self.reporting
        return None if self.value is None else Fraction(self.value)

    @property
    def shown(self) -> Decimal | str | None:
        """What a reader sees: the number, else the code."""
        return self.value if self.value is not None else self.code


@dataclass(frozen=True, eq=False)
class Answer:
    """Figures and all that must be shown beside them.

    `frame` has the columns `FIGURES`, ordered by region, variable, period, breakdown, code. `dataset` is
    `None` and `frame` empty when an error stands in `findings`. `mark` says how far the facts were,
    `as_of` the day (WIB) for which they are, `register` the version of the register.
    """

    query: Query
    frame: pl.DataFrame
    dataset: DataSet | None
    variables: Mapping[str, Variable]
    as_of: date
    register: str
    mark: Mark | None
    findings: tuple[Finding, ...] = field(default=())

    @property
    def is_refused(self) -> bool:
        """Whether the question could not be answered; `findings` say why."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def is_simulated(self) -> bool:
        """Whether every figure must carry the mark SIMULASI."""
        return self.dataset is not None and self.dataset.is_simulated

    @cached_property
    def definitions(self) -> tuple[str, ...]:
        """The definition versions of the facts behind the figures, sorted."""
        return tuple(sorted(self.frame["definition"].drop_nulls().unique()))

    @cached_property
    def newest(self) -> datetime | None:
        """When the newest fact behind the figures was recorded (UTC)."""
        moment: datetime | None = self.frame["newest"].max()  # type: ignore[assignment]  # by its schema
        return moment

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """All figures, in the order of `frame`."""
        return tuple(Figure(*row) for row in self.frame.iter_rows())

    @cached_property
    def _by_region(self) -> dict[str, tuple[Figure, ...]]:
        gathered: dict[str, list[Figure]] = {}
        for figure in self.figures:
            gathered.setdefault(figure.region, []).append(figure)
        return {region: tuple(figures) for region, figures in gathered.items()}

    def by_region(self) -> dict[str, tuple[Figure, ...]]:
        """Give the figures of each region by its code, in order of code."""
        return self._by_region

    def select(
        self,
        *,
        region: str | None = None,
        variable: str | None = None,
        period: str | None = None,
        code: str | None = None,
    ) -> tuple[Figure, ...]:
        """Give the figures that match all that is named."""
        figures = self.figures if region is None else self._by_region.get(region, ())
        return tuple(
            figure
            for figure in figures
            if (variable is None or figure.variable == variable)
            and (period is None or figure.period == period)
            and (code is None or figure.code == code)
        )

    def one(
        self,
        *,
        region: str | None = None,
        variable: str | None = None,
        period: str | None = None,
        code: str | None = None,
    ) -> Figure | None:
        """Give the only figure that matches; `None` when there is none or more than one."""
        found = self.select(region=region, variable=variable, period=period, code=code)
        return found[0] if len(found) == 1 else None

    def values(self, variable: str) -> dict[str, Decimal | str | None]:
        """Give number or code of one variable by region; meant for one figure a region (the last wins)."""
        rows = self.frame.filter(pl.col("variable") == variable).select("region", "value", "code")
        return {region: code if value is None else value for region, value, code in rows.iter_rows()}

    def counts(
        self, variable: str, *, region: str | None = None, period: str | None = None
    ) -> dict[str, int]:
        """Count units by code (COUNT_BY_CODE), added up over the regions and periods that match."""
        totals: dict[str, int] = {}
        for figure in self.select(region=region, variable=variable, period=period):
            if figure.code is not None and figure.value is not None:
                totals[figure.code] = totals.get(figure.code, 0) + int(figure.value)
        return totals

    def to_frame(self) -> pl.DataFrame:
        """Make the table for a download: one row a figure, Indonesian columns, source and date in each row.

        `nilai` is whole numbers when all are, else decimals in full; moments are days in WIB. `simulasi`
        says SIMULASI in every row of a simulated data set and is empty otherwise.
        """
        labels = {code: variable.label for code, variable in self.variables.items()}
        units = {code: variable.unit for code, variable in self.variables.items()}
        meanings = {MIXED: "Campuran"} | {
            choice.code: choice.label for variable in self.variables.values() for choice in variable.choices
        }
        counted = self.query.operation in {Operation.COUNT, Operation.COUNT_BY_CODE}
        unit = (
            pl.lit("wilayah")
            if counted
            else pl.col("variable").replace_strict(units, default=None, return_dtype=pl.String)
        )
        whole = self.frame.filter(pl.col("value") != pl.col("value").round(0)).is_empty()
        day = "%Y-%m-%d"
        note = self.dataset
        return self.frame.select(
            kode="region",
            nama="name",
            jenis="kind",
            periode="period",
            variabel="variable",
            label=pl.col("variable").replace_strict(labels, default=None, return_dtype=pl.String),
            rincian="breakdown",
            pilihan="code",
            arti=pl.col("code").replace_strict(meanings, default=None, return_dtype=pl.String),
            nilai=pl.col("value").cast(pl.Int64 if whole else pl.Float64),
            satuan=unit,
            keadaan="state",
            tanda="flag",
            tingkat="level",
            melapor="reporting",
            diharapkan="expected",
            direkam_terlama=pl.col("oldest").dt.convert_time_zone(WIB.key).dt.strftime(day),
            direkam_terbaru=pl.col("newest").dt.convert_time_zone(WIB.key).dt.strftime(day),
            wilayah_menurut=pl.lit(str(self.query.vintage)),
            operasi=pl.lit(self.query.operation.value),
            definisi="definition",
            himpunan_data=pl.lit(self.query.dataset),
            judul=pl.lit(note.title if note else None, pl.String),
            sumber=pl.lit(note.source if note else None, pl.String),
            alamat=pl.lit(note.url if note else None, pl.String),
            lisensi=pl.lit(note.licence if note else None, pl.String),
            tanggal_diambil=pl.lit(
                note.retrieved_date.isoformat() if note and note.retrieved_date else None, pl.String
            ),
            per_tanggal=pl.lit(self.as_of.isoformat()),
            register=pl.lit(self.register),
            simulasi=pl.lit(SIMULATED if self.is_simulated else ""),
        )
