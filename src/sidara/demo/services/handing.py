"""Tables of plans as files, the way an office hands them in: headings of the content, one line a row."""

import csv
import io
from collections.abc import Mapping, Sequence

from sidara.programmes.core.importing import PlanTable, Type


def table_file(table: PlanTable, rows: Sequence[Mapping[str, str | int]]) -> bytes:
    """Write rows (by column key; `target_2` is the second of a column that repeats) as CSV with headings.

    `KeyError` where a key is none of the table's.
    """
    headings = _headings(table)
    known = set(headings)
    wrong = {key for row in rows for key in row} - known
    if wrong:
        raise KeyError(f"{table.key}: {sorted(wrong)}")
    used = [key for key in headings if any(key in row for row in rows)]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(headings[key] for key in used)
    writer.writerows([row.get(key, "") for key in used] for row in rows)
    return text.getvalue().encode()


def _headings(table: PlanTable) -> dict[str, str]:
    made = {}
    for column in table.columns:
        if column.type is Type.IGNORED:
            continue
        if column.most == 1:
            made[column.key] = column.spellings[0]
            continue
        for number in range(1, column.most + 1):
            spelled = column.spellings[0] if column.spellings else column.names[number - 1][0]
            made[f"{column.key}_{number}"] = spelled.format(n=number)
    return made
