"""Runs of the award over villages that fill in through the services: reproducible, open to parts, fair."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from sidara.collection import queries as collection
from sidara.collection.core import COLLECTION, EXAMPLES
from sidara.collection.core.answering import Given
from sidara.kernel.actor import OPERATOR, PUBLIC, Area, Grant, NotAllowed
from sidara.kernel.number import rounded
from sidara.progress import models, queries, services
from sidara.progress.core.award import DECIMALS, PARTS, Roll
from sidara.regions import queries as regions
from sidara.regions import services as stating
from sidara.regions.core import Condition, Difficulty
from sidara.verification import services as verifying
from tests.progress.conftest import NOW, PROVINCE, refreshed, submitted
from tests.progress.test_by_hand import endorsed, saved, sent_home

YEAR = 2025
LATER = NOW + timedelta(days=200)
FORMS = ("KEP_TRIWULAN", "KEP_SEMESTER")


def run(**options):
    given = {"under": PROVINCE, "year": YEAR, "now": LATER, "dataset": EXAMPLES, **options}
    return services.run_award(OPERATOR, **given)


@pytest.fixture
def filled(province):
    """Two villages that fill in; gives their codes."""
    submitted(*province[:2], forms=FORMS)
    refreshed(LATER)
    return province[:2]


def lines(number, roll=Roll.TEAM):
    return {one.subject: one for one in queries.award_lines(OPERATOR, number, roll)}


def test_the_same_again_is_the_same_run_and_another_day_gives_the_same_scores(filled) -> None:
    first = run()
    assert first.is_done
    again = run()
    assert (again.number, again.is_repeated) == (first.number, True)
    other = run(now=LATER + timedelta(days=1))
    assert not other.is_repeated
    hashes = {one.scores_hash for one in queries.award_runs(OPERATOR)}
    assert len(hashes) == 1, "nothing changed meanwhile"
    assert queries.award_is_whole(OPERATOR, first.number)


def test_no_run_is_made_of_all_years_together(filled) -> None:
    assert [one.code for one in run(year=0).findings] == ["AWARD_NOTHING"]
    assert queries.award_runs(OPERATOR) == []


def test_a_score_opens_to_the_submissions_that_it_is_made_of(filled) -> None:
    number = run().number
    for roll in Roll:
        for subject, line in lines(number, roll).items():
            score = queries.award_score(OPERATOR, number, roll, subject)
            told = [getattr(line, name) for name in PARTS]
            assert told == [rounded(getattr(score, name), DECIMALS) for name in PARTS]
    own = queries.award_score(OPERATOR, number, Roll.TEAM, filled[0])
    due = LATER.date().toordinal()
    rows = queries.rows(OPERATOR, queries.Scope(EXAMPLES, filled[0], YEAR), due_day__lt=due)
    assert [(one.form, one.period, one.filled) for one in own.entries] == [
        (one.form, one.period, one.filled) for one in rows
    ]
    made = lines(number)
    assert len({one.name for one in made.values()}) == len(made), "villages of one name are told apart"
    assert len(made) == len(regions.villages(OPERATOR, PROVINCE, examples=True))
    assert {one.total for code, one in made.items() if code not in filled} == {0}
    assert min(made[code].total for code in filled) > 0


def test_what_is_being_mended_is_held_against_a_team_until_it_is_sent_again(filled) -> None:
    key = next(key for code in filled for key in endorsed(code))
    back = sent_home(key, NOW)

    def entry():
        refreshed(LATER)
        score = queries.award_score(OPERATOR, run().number, Roll.TEAM, key.region)
        return next(one for one in score.entries if (one.form, one.period) == (key.form, key.period))

    held = entry()
    assert (held.unsound, held.poor) == (len(back), len(back))
    state = collection.filled(OPERATOR, key).state
    given = [
        Given(
            one.variable, state.contents[one].value or "", breakdown=one.breakdown, explanation="Sudah dicek."
        )
        for one in sorted(back)
    ]
    saved(key, given, NOW)
    revision = collection.filled(OPERATOR, key).state.revision
    done = verifying.send_submission(OPERATOR, key=key, revision=revision, message_id=uuid4(), now=NOW)
    assert done.is_done, (done.findings, done.blocking)
    mended = entry()
    assert (mended.unsound, mended.poor) == (0, len(back))


def test_ranks_are_given_within_the_class_that_the_province_stated(filled) -> None:
    stated = {filled[0]: Condition(Difficulty.EXTREME, None, date(2025, 1, 1), "SK")}
    stating.state_conditions(OPERATOR, conditions=stated, clock=lambda: NOW)
    made = lines(run().number)
    assert (made[filled[0]].difficulty, made[filled[0]].rank) == (Difficulty.EXTREME, 1)
    assert (made[filled[1]].difficulty, made[filled[1]].rank) == (None, 1)


def test_a_run_keeps_real_and_example_villages_apart_and_is_never_changed(filled) -> None:
    assert run(dataset=COLLECTION).findings[0].code == "AWARD_NOTHING"
    assert [one.code for one in run(under="99").findings] == ["AWARD_AREA"]
    number = run().number
    made = queries.award_run(OPERATOR, number)
    assert made.is_simulated
    assert "usulan" in made.formula["status"]
    with pytest.raises(DatabaseError), transaction.atomic():
        models.AwardScore.objects.filter(run=number).update(rank=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        models.AwardEntry.objects.filter(run=number).delete()


def test_only_who_may_runs_and_reads_the_award(filled) -> None:
    number = run().number
    for asked in (
        lambda: services.run_award(PUBLIC, under=PROVINCE, year=YEAR, now=LATER),
        lambda: queries.award_runs(PUBLIC),
        lambda: queries.award_lines(PUBLIC, number, Roll.TEAM),
        lambda: queries.award_score(PUBLIC, number, Roll.TEAM, filled[0]),
    ):
        with pytest.raises(NotAllowed):
            asked()
    area = regions.resolve(OPERATOR, f"{PROVINCE}.01")
    held = Area((area.code,), regions.within(OPERATOR, area.id))
    grant = Grant("g", "x", frozenset({"progress.run_award", "progress.read_villages"}), held)
    own = replace(PUBLIC, grants=(grant,))
    with pytest.raises(NotAllowed):
        services.run_award(own, under=PROVINCE, year=YEAR, now=LATER, dataset=EXAMPLES)
