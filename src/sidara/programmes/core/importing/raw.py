"""A data row while its records are made: what it says, what is told of it, what stays beside it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sidara.kernel.finding import Severity
from sidara.programmes.core.codes.village_codes import bears_code
from sidara.programmes.core.importing.asking import Ask
from sidara.programmes.core.importing.definition import Need, PlanTable
from sidara.programmes.core.importing.records import Lists, Telling
from sidara.programmes.core.importing.rows import Draft

_LONGEST = {"name": 1000, "indicator": 1000, "unit": 100, "place": 300, "goal": 500, "agency": 200}


class Raw:
    """A row with its table, question and lists; `more`: what no field of a record holds, by label."""

    def __init__(self, draft: Draft, table: PlanTable, ask: Ask, lists: Lists) -> None:
        """Begin with what the cells say; an account is written without its last dot."""
        self.draft, self.table, self.ask, self.lists = draft, table, ask, lists
        self.values: dict[str, Any] = dict(draft.values)
        if "account" in self.values:
            self.values["account"] = str(self.values["account"]).strip().rstrip(".")
        self.tell = Telling(draft, table)
        self.more: dict[str, Any] = dict(draft.more) | dict(self.values.get("as_written", {}))

    @property
    def is_rejected(self) -> bool:
        """Whether an error was told."""
        return any(one.severity is Severity.ERROR for one in self.tell.findings)

    @property
    def has_code(self) -> bool:
        """Whether a code of an activity is to be there (see `bears_code`)."""
        return bears_code(str(self.values.get("account", "")))

    def is_said(self, key: str) -> bool:
        """Whether a column says anything."""
        return self.values.get(key) not in (None, "", {})

    def label(self, key: str) -> str:
        """Give the words of a column, without the number of a repeated one."""
        column = self.table.column(key)
        return key if column is None else column.label.replace(" {n}", "")

    def keep(self, keys: Iterable[str]) -> None:
        """Keep columns that say something beside the record, by their labels."""
        self.more |= {self.label(key): plain_value(self.values[key]) for key in keys if self.is_said(key)}

    def judge_cells(self) -> None:
        """Tell texts that no record can hold, and required cells that are empty."""
        self._lengths()
        self._emptiness()

    def _lengths(self) -> None:
        for column, most in _LONGEST.items():
            text = self.values.get(column)
            if isinstance(text, str) and len(text) > most:
                self.tell.say(
                    "PLAN_TEXT_TOO_LONG",
                    f"Isi lebih panjang dari {most} huruf.",
                    "Persingkat; uraian panjang dapat ditulis pada kolom keterangan.",
                    Severity.ERROR,
                    column,
                )

    def _emptiness(self) -> None:
        """Reject a row without what identifies it; tell other required cells that are empty."""
        faulty = {one.place.column for one in self.draft.findings}
        for column in self.table.columns:
            if column.need is not Need.REQUIRED or self.is_said(column.key):
                continue
            if self.table.plan and column.key == "code" and not self.has_code:
                continue
            is_key = column.key in self.table.row_key or column.key in ("name", "proposer")
            if is_key:
                self.tell.say(
                    "PLAN_KEY_EMPTY",
                    f"{column.label} kosong, padahal mengenali barisnya.",
                    "Isi sel itu; bila baris ini jumlah, tulis kata Jumlah di depannya.",
                    Severity.ERROR,
                    column.key,
                )
            elif not any(name and column.label.split(" {")[0] in name for name in faulty):
                self.tell.say(
                    "PLAN_CELL_EMPTY",
                    f"{column.label.replace(' ke-{n}', '')} belum diisi; baris disimpan tanpa itu.",
                    "Isi bila sudah ada.",
                    Severity.INFO,
                    column.key,
                )


def plain_value(value: Any) -> Any:
    """Give a value as JSON keeps it: days and decimals as texts."""
    if isinstance(value, Mapping):
        return {str(key): plain_value(one) for key, one in value.items()}
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value if isinstance(value, (int, str, bool)) else str(value)
