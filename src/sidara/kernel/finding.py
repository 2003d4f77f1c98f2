"""One shape for everything that a user can mend: the finding.

A finding says what is wrong (code, message), where (place), with which value, and how to mend it
(remedy). Rooms return findings, they never raise them; doors may flatten them for their format.
Messages and remedies are plain Indonesian; codes are English, upper case, stable.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from sidara.kernel.breakdown import TOTAL


class Severity(StrEnum):
    """How much a finding weighs: an error rejects, a warning asks, an info tells."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NOT_EVALUATED = "not_evaluated"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding lies in what was handed in. All parts are optional.

    `line` counts from 1 with the header as line 1 (a sheet row, or the number of the record in
    JSON and Parquet); `column` is the column's name; `sheet` the name of the sheet; `file` the
    file's name without folders.
    """

    line: int | None = None
    column: str | None = None
    sheet: str | None = None
    file: str | None = None

    def __bool__(self) -> bool:
        """Whether anything is known of it."""
        return bool(str(self))

    def __str__(self) -> str:
        """Say the place in Indonesian, empty when nothing is known."""
        parts = (
            ("berkas", self.file),
            ("lembar", self.sheet),
            ("baris", self.line),
            ("kolom", self.column),
        )
        return ", ".join(f"{word} {value}" for word, value in parts if value is not None)


@dataclass(frozen=True, slots=True)
class CellPlace(Place):
    """Where a finding lies among the questions of a form, for people who look at the form.

    `form`, `section` and `label` are the words that stand there; `row` names a row of a list (`baris 3
    daftar usulan`), `breakdown` the category (`ANGGARAN:R`) and `category` its label. `variable`,
    `breakdown` and `period` together are the key of the cell.
    """

    form: str = ""
    section: str = ""
    row: str = ""
    variable: str = ""
    label: str = ""
    breakdown: str = TOTAL
    category: str = ""
    period: str = ""
    region: str = ""

    def __str__(self) -> str:
        """Say the place in Indonesian, from the form down to the category."""
        question = f"{self.label} ({self.variable})" if self.label else self.variable
        parts = (
            Place(self.line, self.column, self.sheet, self.file).__str__(),
            self.region,
            self.form and f"formulir {self.form}",
            self.section and f"bagian {self.section}",
            self.row,
            question,
            self.category and f"rincian {self.category}",
            self.period and f"periode {self.period}",
        )
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a person should know or mend. See the module's words."""

    code: str
    message: str
    remedy: str = ""
    severity: Severity = Severity.ERROR
    place: Place = Place()
    value: str | None = None

    def flat(self) -> dict[str, object]:
        """Give the finding as one flat mapping, the form of reports and the command line."""
        row: Mapping[str, object] = asdict(self)
        place = asdict(self.place)
        return {
            "line": place["line"],
            "column": place["column"],
            "sheet": place["sheet"],
            "value": row["value"],
            "code": row["code"],
            "severity": str(self.severity),
            "message": row["message"],
            "remedy": row["remedy"],
        }
