"""An incremental refresh after any acts gives what making all anew gives; a kill loses nothing."""

import random
from contextlib import suppress

import pytest
from django.db import connection, transaction

from sidara.collection import queries as collection
from sidara.collection.core import EXAMPLES
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.actor import OPERATOR, PUBLIC, NotAllowed
from sidara.progress import models, queries, services
from sidara.verification.core import Step
from tests.progress.conftest import NOW, TODAY, rebuilt, refreshed, submitted
from tests.progress.test_by_hand import accepted, dump, endorsed, saved, sent_home

pytestmark = pytest.mark.django_db
FORMS = ("KEP_SEMESTER", "KEP_TAHUNAN", "DIK_TAHUNAN", "PEM_TAHUNAN", "PEM_SEMESTER", "SOS_TRIWULAN")


class KilledError(Exception):
    """The process dies here."""


def written(point):
    """Run a refresh that dies at its `point`-th write; what it committed stays. Gives how many it made."""
    count = 0

    def watch(execute, sql, params, many, context):
        nonlocal count
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            count += 1
            if count == point:
                raise KilledError
        return execute(sql, params, many, context)

    with suppress(KilledError), connection.execute_wrapper(watch):
        refreshed()
    return count


def acts(village, seed):
    """Some acts in a village, the same for the same seed."""
    chance = random.Random(seed)
    keys = endorsed(village)
    for key in chance.sample(keys, min(3, len(keys))):
        if chance.random() < 0.5:
            sent_home(key, NOW)
            state = collection.filled(OPERATOR, key).state
            cell = next(one for one in sorted(state.opened) if one in state.contents)
            held = state.contents[cell]
            saved(
                key,
                [
                    Given(
                        cell.variable,
                        held.value or "",
                        breakdown=cell.breakdown,
                        row=cell.row,
                        state=held.state.value,
                        explanation="Sudah dicocokkan.",
                    )
                ],
                NOW,
            )
        else:
            accepted(key, Step.DISTRICT, NOW)


def test_after_any_acts_a_refresh_gives_what_making_all_anew_gives(province):
    village, other, _ = province
    submitted(village, forms=FORMS)
    refreshed()
    assert refreshed() == services.Refreshed()
    for seed in range(3):
        acts(village, seed)
        submitted(other, forms=FORMS[seed : seed + 2])
        assert queries.is_behind(OPERATOR, TODAY)
        done = refreshed()
        assert done.counted
        assert not queries.is_behind(OPERATOR, TODAY)
    kept = dump()
    rebuilt()
    assert dump() == kept


def test_a_refresh_that_dies_at_any_write_loses_nothing(province):
    village = province[0]
    submitted(village, forms=("PEM_SEMESTER",))
    refreshed()
    acts(village, 1)
    with transaction.atomic():
        count = written(0)
        want = dump()
        transaction.set_rollback(True)
    assert count > 3
    for point in range(1, count + 1):
        with transaction.atomic():
            written(point)
            refreshed()
            assert dump() == want, point
            transaction.set_rollback(True)


def test_a_first_count_that_dies_at_any_write_is_finished_by_the_next(province):
    submitted(province[0], years=(2026,), forms=("KES_BULANAN",))
    with transaction.atomic():
        count = written(0)
        want = dump()
        transaction.set_rollback(True)
    assert count > 5
    for point in range(1, count + 1):
        with transaction.atomic():
            written(point)
            refreshed()
            assert dump() == want, point
            transaction.set_rollback(True)


def test_of_two_refreshes_the_later_one_goes_on(province):
    submitted(province[0], forms=("PEM_SEMESTER",))
    refreshed()
    acts(province[0], 2)

    def taken_over(told, _rows):
        if told == "counted":
            models.Mark.objects.filter(pk=1).update(turn=99)

    assert services.refresh(OPERATOR, clock=lambda: NOW, tell=taken_over).is_overtaken
    assert queries.is_behind(OPERATOR, TODAY)
    assert not refreshed().is_overtaken


def test_who_may_not_is_refused(db):
    for act in (services.refresh, services.rebuild):
        with pytest.raises(NotAllowed):
            act(PUBLIC)
    with pytest.raises(NotAllowed):
        list(queries.rows(PUBLIC, queries.Scope(dataset=EXAMPLES)))
    with pytest.raises(NotAllowed):
        queries.stuck(PUBLIC, queries.Scope(dataset=EXAMPLES), today=TODAY)
    assert queries.reasons(PUBLIC, queries.Scope(dataset=EXAMPLES), today=TODAY) == {}


def test_a_window_that_opens_brings_its_rows(province):
    submitted(province[0], forms=("PEM_TAHUNAN",))
    refreshed()
    before = models.Tally.objects.count()
    later = NOW.replace(month=4, day=2)
    assert refreshed(later).laid == models.Tally.objects.count() - before > 0
    key = SubmissionKey("KES_BULANAN", province[0], "2026-03", EXAMPLES)
    assert queries.total(
        OPERATOR, queries.Scope(EXAMPLES, form=key.form, period=key.period), today=later.date()
    ).expected
