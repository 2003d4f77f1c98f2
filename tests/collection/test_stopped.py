"""A stop at any statement that writes leaves all of a save or an import, or nothing."""

import itertools

import pytest
from django.db import connection, transaction

from sidara.collection import models, queries
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.actor import OPERATOR
from tests.collection.test_filing import OTHER, PEOPLE, VILLAGE, counts, imported, lines
from tests.collection.test_judging import save
from tests.verification.test_sending import PowerError, failing_at

pytestmark = pytest.mark.usefixtures("register")
KEY = SubmissionKey("KEP_SEMESTER", VILLAGE, "2026-S1")
TABLES = (models.Submission, models.Revision, models.Cell, models.Change, models.Kept, models.Message)


def stored():
    """Give every row of every table that a save touches."""
    return [sorted(map(repr, table.objects.values_list())) for table in TABLES]


def first_import():
    return imported(lines(*PEOPLE))


def second_import():
    return imported(lines(*(line.replace(",100,", ",101,") for line in PEOPLE), new_cell(OTHER)), minute=1)


def new_cell(region):
    return f"KEP_SEMESTER,{region},2026-S1,,KEP_006,,,4,"


def one_save():
    return save(KEY, ("KEP_001", "120"), ("KEP_006", "9"))


@pytest.mark.parametrize(
    ("before", "act", "least"),
    [
        ((), first_import, 4),
        ((first_import,), second_import, 4),
        ((), one_save, 4),
        ((first_import,), one_save, 3),
    ],
)
def test_a_stop_at_any_write_leaves_all_or_nothing(before, act, least) -> None:
    for one in before:
        one()
    stops = 0
    for number in itertools.count(1):
        kept = stored()
        try:
            with transaction.atomic(), connection.execute_wrapper(failing_at(number)):
                act()
        except PowerError:
            stops += 1
            assert stored() == kept
            assert not list(queries.audit(OPERATOR))
            continue
        break
    assert stored() != kept
    assert stops >= (least if connection.vendor == "sqlite" else 2), "the stops were no writes"
    assert not list(queries.audit(OPERATOR))


def test_what_a_stopped_import_left_is_no_hindrance_to_the_next() -> None:
    with pytest.raises(PowerError), transaction.atomic(), connection.execute_wrapper(failing_at(3)):
        first_import()
    assert counts(first_import().account) == (8, 0, 0, 0, 0)
