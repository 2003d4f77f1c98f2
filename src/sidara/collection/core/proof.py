"""A cell of a submission as one text: what evidence keeps, what pages send back."""

from sidara.collection.core.submission import Key
from sidara.kernel.breakdown import TOTAL


def cell_text(cell: Key | None) -> str:
    """Write the key of a cell; empty = the whole submission."""
    return f"{cell.row}|{cell.variable}|{cell.breakdown}" if cell else ""


def cell_of(text: str) -> Key | None:
    """Read what `cell_text` wrote; `None` = the whole submission. Raises `ValueError` for any other text."""
    if not text:
        return None
    row, variable, breakdown = text.split("|", 2)
    return Key(row, variable, breakdown or TOTAL)
