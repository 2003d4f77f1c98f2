"""What names a row that is not there is refused, and what is named is never deleted: on both databases."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from sidara.collection import services
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import Source, SubmissionKey
from sidara.kernel.actor import OPERATOR

NOW = datetime(2026, 4, 1, 2, tzinfo=UTC)
NOTHING = 987_654_321
"""A row that nobody made."""


@pytest.fixture
def filled(register):
    """One cell that somebody filled in, with its change."""
    key = SubmissionKey("KEP_TRIWULAN", "62.01.02.2016", "2026-Q1")
    one = services.Save(key, 0, uuid4(), Source.WEB, [Given("KEP_010", "4")])
    assert services.save_cells(OPERATOR, save=one, now=NOW).account.created == 1


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO collection_change (sequence, cell_id, record_id, revision, old_state, state)"
        " SELECT sequence + 1, {nothing}, record_id, revision, old_state, state FROM collection_change",
        "INSERT INTO collection_change (sequence, cell_id, record_id, revision, old_state, state)"
        " SELECT sequence + 1, cell_id, {nothing}, revision, old_state, state FROM collection_change",
        'INSERT INTO collection_cell (id, variable_id, region_id, period, "row", breakdown, state, revision,'
        " submission_id) SELECT id + 1, variable_id, region_id, '2026-Q2', \"row\", breakdown, 'tidak_ada',"
        " revision, {nothing} FROM collection_cell",
    ],
    ids=["cell of a change", "revision of a change", "submission of a cell"],
)
def test_the_database_itself_refuses_what_names_a_row_that_is_not_there(filled, statement: str) -> None:
    """On SQLite by a foreign key, at the latest when all is stored; on PostgreSQL for a whole statement."""
    with pytest.raises(IntegrityError):
        run(statement.format(nothing=NOTHING))


@pytest.mark.parametrize("table", ["change", "cell", "revision", "submission"])
def test_the_database_itself_refuses_to_delete_what_is_named(filled, table: str) -> None:
    with pytest.raises(IntegrityError):
        run(f"DELETE FROM collection_{table}")


def run(statement: str) -> None:
    """Run a statement and ask for all that is asked at the end of a transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        connection.check_constraints()
