"""Which submissions a file speaks of, and what is said about cells that go nowhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from sidara.collection.core.answering import Asking, shown
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.finding import CellPlace, Finding, Place, Severity
from sidara.kernel.period import Period
from sidara.regions.core import Region

_COLUMNS = {
    "BREAKDOWN_UNKNOWN": "breakdown",
    "CELL_DERIVED": "variable",
    "CELL_UNKNOWN": "variable",
    "ROW_FORM": "row",
    "ROW_UNKNOWN": "row",
    "STATE_UNKNOWN": "state",
    "VALUE_AND_STATE": "state",
}
"""The column of a table of cells in which a fault lies, where it is not that of the value."""


@dataclass(frozen=True)
class Target:
    """A submission that a file speaks of; `id` and `uid` are empty while nobody began it.

    `base` is the revision on which the file was made, `None` where it does not say so.
    """

    number: int
    key: SubmissionKey
    place: Region
    period: Period
    asking: Asking
    base: int | None = None
    revision: int = 0
    id: int | None = None
    uid: str = ""


type Spoken = tuple[str, str, str]
"""Form, region and period as the file writes them."""


class Group(NamedTuple):
    """The cells of a file for one submission: how many, where the first, made on which base and version."""

    key: Spoken
    cells: int
    where: Place
    base: int | None
    version: int | None


def spoken(sent: pl.DataFrame) -> list[Group]:
    """Give each submission as the file writes it, in the order of the file."""
    rows = sent.group_by("form", "region", "period", maintain_order=True).agg(
        pl.len(), pl.col("line", "sheet").first(), pl.col("base", "version").min()
    )
    return [
        Group((form, region, period), count, Place(line, None, sheet), base, version)
        for form, region, period, count, line, sheet, base, version in rows.iter_rows()
    ]


def refused(finding: Finding, key: Spoken, cells: int, place: Place) -> Finding:
    """Say once for all cells of a submission that none of them can be stored."""
    form, region, period = map(shown, key)
    return Finding(
        finding.code,
        f"{finding.message.rstrip('.')} ({cells} sel ditolak).",
        finding.remedy,
        place=CellPlace(
            place.line, finding.place.column, place.sheet, form=form, region=region, period=period
        ),
        value=finding.value,
    )


def not_yours(region: str) -> Finding:
    """Refuse a village that the sender may not fill in."""
    return Finding(
        "REGION_NOT_ALLOWED",
        f"Anda tidak berhak mengisi wilayah {region} pada formulir ini.",
        "Kirim berkas desa Anda sendiri, atau minta petugas wilayah itu yang mengimpornya.",
        place=Place(column="region"),
        value=region,
    )


def stale_version(number: int, now: int) -> Finding:
    """Refuse a file that was made for another version of the form."""
    return Finding(
        "VERSION_STALE",
        f"Berkas ini dibuat untuk versi v{number} formulir, sedangkan isian ini memakai v{now}.",
        "Unduh formulir lagi, salin isian Anda ke dalamnya, lalu impor.",
        place=Place(column="version"),
        value=f"v{number}",
    )


def redacted_meanwhile() -> Finding:
    """Refuse a cell of a file from which personal data were taken out while the file was read."""
    return Finding(
        "CELL_REDACTED",
        "Data pribadi pada sel ini dihapus saat berkas sedang dibaca; isi dari berkas tidak disimpan.",
        "Hapus data pribadi itu dari berkas Anda, lalu kirim sel ini lagi.",
    )


def at_cell(finding: Finding, target: Target, cell: Mapping[str, str], place: Place) -> Finding:
    """Put a finding about a sent cell at its place in the file and in the form."""
    code = cell["variable"]
    asked = target.asking.variables.get(code) or target.asking.columns.get(code)
    return Finding(
        finding.code,
        finding.message,
        finding.remedy,
        finding.severity,
        CellPlace(
            place.line,
            _COLUMNS.get(finding.code, place.column) if place.column == "value" else place.column,
            place.sheet,
            form=target.asking.questionnaire.form.name,
            row=cell["row"] and f"baris {shown(cell['row'])}",
            variable=shown(code),
            label="" if asked is None else asked.name,
            breakdown=shown(cell["breakdown"]),
            period=target.key.period,
            region=target.key.region,
        ),
        finding.value,
    )


def flat(finding: Finding) -> dict[str, object]:
    """Give a finding of an import as one flat mapping: where in the file, where in the form."""
    place = finding.place
    at = place if isinstance(place, CellPlace) else CellPlace()
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "region": at.region,
        "period": at.period,
        "variable": at.variable,
        "breakdown": at.breakdown if at.variable else "",
        "place": str(place),
        "sheet": place.sheet,
        "line": place.line,
        "column": place.column,
        "value": finding.value,
        "message": finding.message,
        "remedy": finding.remedy,
    }


def worst_first(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Put findings in the order of the file: sheet, line; what has no line first, the gravest first."""
    order = list(Severity)
    return tuple(
        sorted(
            findings,
            key=lambda one: (
                one.place.sheet or "",
                one.place.line or 0,
                order.index(one.severity),
            ),
        )
    )
