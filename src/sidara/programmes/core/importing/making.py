"""From data rows to records, table by table."""

from sidara.programmes.core.importing.activities import listed_activity
from sidara.programmes.core.importing.asking import Ask
from sidara.programmes.core.importing.definition import PlanTable
from sidara.programmes.core.importing.definition import Record as Made
from sidara.programmes.core.importing.lines import lines_of
from sidara.programmes.core.importing.proposals import proposal_of
from sidara.programmes.core.importing.raw import Raw
from sidara.programmes.core.importing.reading import PlanFile
from sidara.programmes.core.importing.records import Lists, Record, Row, joined
from sidara.programmes.core.importing.rows import Draft


def make_rows(file: PlanFile, ask: Ask, lists: Lists) -> tuple[Row, ...]:
    """Make the records of all data rows of a file, each with its findings and offers."""
    assert file.table is not None  # noqa: S101 - a refused file has no rows
    return joined([_made(draft, file.table, ask, lists) for draft in file.drafts])


def _made(draft: Draft, table: PlanTable, ask: Ask, lists: Lists) -> Row:
    """Judge a row and make its records; one with an error in its cells has none."""
    raw = Raw(draft, table, ask, lists)
    raw.judge_cells()
    records = () if raw.is_rejected else _records(raw)
    return Row(draft, records, tuple(raw.tell.findings), tuple(raw.tell.offers))


def _records(raw: Raw) -> tuple[Record, ...]:
    match raw.table.record:
        case Made.PROPOSAL:
            return proposal_of(raw)
        case Made.ACTIVITY:
            return listed_activity(raw)
        case _:
            return lines_of(raw)
