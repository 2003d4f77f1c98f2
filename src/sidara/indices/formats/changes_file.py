"""A file of changes for `whatif`: columns `kode`, `name`, `value`, and `tahun` where one year is meant."""

from pathlib import Path

from sidara import tables
from sidara.indices.core import asked
from sidara.indices.core.whatif import Change
from sidara.kernel.finding import Finding

CODE, YEAR, NAME, VALUE = "kode", "tahun", "name", "value"


def read(source: Path) -> tuple[tuple[Change, ...], tuple[Finding, ...]]:
    """Give the changes in their order; with findings that are errors, nothing should be done with them."""
    reading = tables.read(source, required=(CODE, NAME, VALUE), known=(CODE, YEAR, NAME, VALUE))
    if reading.table is None:
        return (), reading.findings
    changes: list[Change] = []
    findings = list(reading.findings)
    for row in reading.table.frame.iter_rows(named=True):
        one = asked.change_of(row[CODE], row[NAME], row[VALUE], row.get(YEAR), row[tables.LINE])
        if isinstance(one, Change):
            changes.append(one)
        else:
            findings.append(one)
    return tuple(changes), tuple(findings)
