"""Example villages fill in, send and endorse through the services: the same for the same seed, once."""

from collections import Counter
from dataclasses import asdict, replace
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from sidara.collection import queries as collection
from sidara.collection.core import EXAMPLES
from sidara.collection.core.submission import SubmissionKey
from sidara.demo import services
from sidara.demo.core.village import fill
from sidara.demo.core.village.cells import cells_of
from sidara.demo.services.conditions import state_conditions
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import OPERATOR
from sidara.regions import queries as places
from sidara.regions import services as regions
from sidara.verification import queries as verification
from sidara.verification.core import Act, Level
from tests.collection.conftest import register as register_62
from tests.commands import called

register_real = register_62


@pytest.fixture
def register(register_real):
    """The register with its example villages."""
    regions.add_examples(OPERATOR, province="62", clock=lambda: NOW)


VILLAGE = "62.01.02.9019"
"""The first example village of a kecamatan."""
NEIGHBOUR = "62.01.02.9020"
FORMS = ("KEP_SEMESTER", "KES_TRIWULAN", "PEM_TAHUNAN")
NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def submit(*, seed=7, years=(2025,), forms=FORMS, now=NOW, districts=(VILLAGE,)):
    return services.submit(
        OPERATOR,
        years=years,
        seed=seed,
        districts=districts,
        forms=forms,
        say=lambda _: None,
        clock=lambda: now,
    )


def tried(**asked):
    """Submit, look, and take it all back."""
    with transaction.atomic():
        done = submit(**asked)
        heads = collection.heads(OPERATOR, EXAMPLES, [VILLAGE])
        transaction.set_rollback(True)
    return replace(done, seconds=0), heads


def test_the_same_seed_gives_the_same_contents_and_another_one_others(register):
    first, heads = tried()
    assert first.submissions == 2 + 4 + 1
    own = {"years": (2025,), "districts": [VILLAGE], "forms": FORMS, "clock": lambda: NOW}
    assert services.expected(OPERATOR, **own) == first.submissions
    assert first.saved == 7
    assert first.sent >= first.endorsed >= 1
    assert first.accepted >= first.final >= 1
    again, same = tried()
    assert (again, same) == (first, heads)
    other, changed = tried(seed=8)
    assert other.hash != first.hash
    assert sum(one not in heads for one in changed) > len(heads) // 2


def test_a_second_run_changes_nothing_and_a_stopped_one_goes_on(register):
    once, _ = tried()
    half = submit(now=datetime(2025, 8, 1, tzinfo=UTC))
    assert 0 < half.submissions < 7
    rest = submit()
    assert half.saved + rest.saved == 7
    assert rest.hash == once.hash
    whole = collection.heads(OPERATOR, EXAMPLES, [VILLAGE])
    again = submit()
    assert not again.is_changed
    assert again.hash == rest.hash
    assert collection.heads(OPERATOR, EXAMPLES, [VILLAGE]) == whole
    assert not list(collection.audit(OPERATOR))
    assert not list(verification.audit(OPERATOR))


def test_villages_that_are_taken_together_fare_as_each_by_itself(register):
    own = {"forms": ("KEP_TRIWULAN",), "districts": [VILLAGE, NEIGHBOUR]}
    once, _ = tried(**own)
    for one in own["districts"]:
        submit(**own | {"districts": [one]})
    both = submit(**own)
    assert not both.is_changed
    assert both.hash == once.hash


class BreakError(Exception):
    """The power is gone."""


def broken_at(number):
    """Break at the n-th insertion of a run."""
    left = [number]

    def run(execute, sql, params, many, context):
        if sql.startswith("INSERT"):
            left[0] -= 1
            if not left[0]:
                raise BreakError
        return execute(sql, params, many, context)

    return connection.execute_wrapper(run)


def test_a_run_that_is_killed_anywhere_ends_as_one_that_is_not(register):
    """Each run goes on where the one before broke, and breaks later."""
    once, _ = tried()
    is_whole = False
    for step in (3, 17, 25, 8, 40, 12, 65, 5, 90, 400):
        try:
            with broken_at(step):
                submit()
            is_whole = True
        except BreakError:
            pass
    assert is_whole
    assert submit().hash == once.hash
    assert not list(verification.audit(OPERATOR))


def test_what_is_made_up_says_so_and_real_answers_stay_empty(register):
    submit()
    dataset = collection.dataset(OPERATOR, EXAMPLES)
    assert dataset.is_simulated
    assert dataset.title.startswith("SIMULASI")
    assert not collection.listed(OPERATOR)
    assert len(collection.listed(OPERATOR, under=VILLAGE)) == 7
    key = SubmissionKey("KEP_SEMESTER", VILLAGE, "2025-S1", EXAMPLES)
    (first, *_) = collection.cell_history(OPERATOR, key)
    assert first.author_name.startswith("SIMULASI")
    for event in verification.standing(OPERATOR, key).events:
        assert event.actor_name.startswith("SIMULASI")


def test_every_form_and_list_is_filled_and_taken(register):
    """All cells of all forms of a year are stored, none is refused, and few hold back sending."""
    done = submit(forms=())
    made = dictionary.dictionary(OPERATOR)
    held = Counter(one.form for one in collection.heads(OPERATOR, EXAMPLES, [VILLAGE]))
    assert len(set(made.forms) - set(held)) <= 3  # those that the village never began
    assert done.saved == done.submissions == sum(held.values())
    assert done.drafts <= done.submissions // 8


def test_the_cells_of_a_village_are_those_that_the_forms_ask(register):
    made = dictionary.dictionary(OPERATOR)
    cells = list(cells_of(made, fill(made, VILLAGE, [2025], seed=3), "simulated:x", seed=3))
    keys = [
        (one.key.form, one.key.period, one.cell.row, one.cell.variable, one.cell.breakdown) for one in cells
    ]
    assert len(set(keys)) == len(keys)
    assert {one.cell.variable for one in cells if one.cell.row} >= set(made.lists)


@pytest.mark.django_db
@pytest.mark.parametrize("years", ["2025-2023", "dua", "25", "2000-2025"])
def test_years_that_are_none_are_refused(years):
    told = called("demo", "load", "--years", years)
    assert told.returncode == 64
    assert b"--years" in told.stderr


def test_nobody_real_is_made_to_fill_in(register):
    done = services.submit(
        OPERATOR, years=(2025,), seed=7, districts=["62.01.02.2016"], say=lambda _: None, clock=lambda: NOW
    )
    assert (done.villages, done.submissions) == (0, 0)


KECAMATAN = "62.01.02"


def level_of(one):
    key = SubmissionKey(one.form, one.region, one.period, EXAMPLES)
    held = verification.standing(OPERATOR, key)
    return held.level, any(event.act is Act.RETURN for event in held.events)


def test_what_is_copied_or_invented_is_known_seen_and_never_final(register):
    """A village that copies its neighbour, one that copies itself: told before, returned, not final."""
    names = {"62.01.02.9027": "neighbour", "62.01.02.9028": "last_year"}
    told = {
        region: [
            one
            for one in services.planted(OPERATOR, years=(2024, 2025), district=region, seed=7)
            if one.is_made_up
        ]
        for region in names
    }
    for region, kind in names.items():
        assert {one.kind for one in told[region]} == {kind}
        assert all(one.cells for one in told[region])
    forms = sorted({one.form for own in told.values() for one in own})[:2]
    assert submit(years=(2024, 2025), forms=forms, districts=list(names)).hash
    made = [one for own in told.values() for one in own if one.form in forms]
    stood = [level_of(one) for one in made]
    assert all(level < Level.PROVINCE for level, _ in stood)
    assert any(is_returned for _, is_returned in stood)
    again = services.planted(OPERATOR, years=(2024, 2025), district="62.01.02.9027", seed=7)
    assert [one for one in again if one.is_made_up] == told["62.01.02.9027"]


def test_the_verdict_of_many_is_that_of_each(register):
    """Of none that is silent together the verdict on it alone says anything, wherever a slip was made."""
    filled = datetime(2025, 7, 10, tzinfo=UTC)
    submit(forms=("KEP_SEMESTER",), years=(2024, 2025), districts=[KECAMATAN], now=filled)
    heads = collection.heads(
        OPERATOR, EXAMPLES, [one.code for one in places.villages(OPERATOR, KECAMATAN, examples=True)]
    )
    keys = [SubmissionKey(one.form, one.region, one.period, EXAMPLES) for one in heads]
    found = collection.silence(OPERATOR, list(collection.stubs(OPERATOR, keys).values()), today=NOW.date())
    told = {key: verification.judged(OPERATOR, key, today=NOW.date()) for key in keys}
    silent = {key for key, one in told.items() if not one.told and not one.counts.unknown}
    assert found.silent == silent
    assert 0 < len(silent) < len(keys)


def test_everything_that_may_happen_happens(register):
    """A kecamatan over two years of one small form: each way that a submission may go is gone by some."""
    state_conditions(OPERATOR, province="62", clock=lambda: NOW)
    year = datetime(2025, 8, 27, tzinfo=UTC)
    done = submit(forms=("KEP_SEMESTER",), years=(2023, 2024, 2025), districts=[KECAMATAN], now=year)
    counts = {name: count for name, count in asdict(done).items() if isinstance(count, int)}
    assert not [name for name, count in counts.items() if not count]
    receipts = verification.handed_over(OPERATOR, under=KECAMATAN)
    assert {one.dataset for one in receipts} == {EXAMPLES}
    handed = {(one.region, one.form, one.period) for one in receipts}
    by_day = [
        event
        for region, form, period in sorted(handed)
        for event in verification.standing(OPERATOR, SubmissionKey(form, region, period, EXAMPLES)).events
        if event.act is Act.SEND
    ]
    assert any("tanda terima" in event.link.reason and not event.link.is_late for event in by_day)
    assert not list(verification.audit(OPERATOR))
    assert not list(verification.audit_receipts(OPERATOR))


def test_a_fresh_demo_shows_villages_beside_those_of_the_people_who_try_it(register):
    """The first two villages are theirs; what the small kecamatan fill in is shown, too."""
    shown = services.shown(OPERATOR, province="62")
    every = [one.code for one in places.villages(OPERATOR, "62", examples=True)]
    assert not {*every[:2]} & {*shown}
    assert every[2] in shown
    small = {one.rpartition(".")[0] for one in shown} - {every[0].rpartition(".")[0]}
    assert small == {*services.examples().districts}
    assert len(shown) < 40


@pytest.mark.django_db
def test_collecting_without_example_villages_says_what_to_do_first():
    told = called("demo", "collect")
    assert told.returncode == 1
    assert b"sidara demo load" in told.stderr
