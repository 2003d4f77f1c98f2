"""How evidence names the cell of a submission to which it belongs."""

from sidara.collection.core.submission import Key


def cell_text(cell: Key | None) -> str:
    """Write the key of a cell as evidence keeps it; empty = the whole submission."""
    return f"{cell.row}|{cell.variable}|{cell.breakdown}" if cell else ""


def cell_of(text: str) -> Key | None:
    """Read what `cell_text` wrote; `None` = the whole submission."""
    if not text:
        return None
    row, variable, breakdown = text.split("|", 2)
    return Key(row, variable, breakdown)
