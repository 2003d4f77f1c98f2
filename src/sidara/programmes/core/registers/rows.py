"""A row of a list as registers read it: what its columns say, by code; a state stands in place of a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sidara.dictionary.core import ListOfRows
from sidara.kernel.cell import State


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its id: canonical texts of columns that have a value, states of those that have none."""

    id: str
    values: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)


def value(row: Row, code: str) -> str:
    """Give the text of a column; empty where it has no value."""
    return row.values.get(code, "")


def is_true(row: Row, code: str) -> bool:
    """Whether a yes/no column says yes."""
    return row.values.get(code) == "true"


def number(row: Row, code: str) -> int:
    """Give the whole number of a column; one that does not exist, is not known or not filled adds nothing."""
    text = row.values.get(code, "")
    return int(text.partition(".")[0]) if text else 0


def options(row: Row, code: str) -> frozenset[str]:
    """Give the options that a column of several choices names."""
    return frozenset(row.values.get(code, "").split())


def is_not_known(row: Row, code: str) -> bool:
    """Whether a column has neither a value nor the state that it does not exist or concern the row."""
    return code not in row.values and row.states.get(code) not in {
        State.NONE.value,
        State.NOT_APPLICABLE.value,
    }


def decimal_of(row: Row, code: str) -> Decimal | None:
    """Give the figure of a column as expressions read it: what does not exist is 0, not known none."""
    if code in row.values:
        return Decimal(row.values[code])
    return Decimal(0) if row.states.get(code) == State.NONE.value else None


def columns_of(own: ListOfRows) -> tuple[str, ...]:
    """Give what is a cell of a list: its code and its columns."""
    return (own.code, *(column.code for column in own.columns))


def proposal_key(region_id: int, row: str) -> str:
    """Name a row of the list of proposals of a village: the same row in several years is one proposal."""
    return f"{region_id}:{row}"
