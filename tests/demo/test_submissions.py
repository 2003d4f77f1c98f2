"""Example villages fill in, send and endorse through the services: the same for the same seed, once."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db import transaction

from sidara.collection import queries as collection
from sidara.collection.core import EXAMPLES
from sidara.collection.core.submission import SubmissionKey
from sidara.demo import services
from sidara.demo.core.village import fill
from sidara.demo.core.village.cells import cells_of
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import OPERATOR
from sidara.regions import services as regions
from sidara.verification import queries as verification
from tests.collection.conftest import register as register_62
from tests.commands import called

register_real = register_62


@pytest.fixture
def register(register_real):
    """The register with its example villages."""
    regions.add_examples(OPERATOR, province="62", clock=lambda: NOW)


VILLAGE = "62.01.02.9019"
"""The first example village of a kecamatan."""
FORMS = ("KEP_SEMESTER", "KES_TRIWULAN", "PEM_TAHUNAN")
NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def submit(*, seed=7, years=(2025,), forms=FORMS, now=NOW):
    return services.submit(
        OPERATOR,
        years=years,
        seed=seed,
        districts=[VILLAGE],
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
    return done, heads


def test_the_same_seed_gives_the_same_contents_and_another_one_others(register):
    first, heads = tried()
    assert first.submissions == 2 + 4 + 1
    assert first.saved == 7
    assert first.sent >= first.endorsed >= 1
    again, same = tried()
    assert (again, same) == (first, heads)
    other, changed = tried(seed=8)
    assert other.hash != first.hash
    assert sum(one not in heads for one in changed) > len(heads) // 2


def test_a_second_run_changes_nothing_and_a_stopped_one_goes_on(register):
    half = submit(now=datetime(2025, 8, 1, tzinfo=UTC))
    assert 0 < half.submissions < 7
    rest = submit()
    assert half.saved + rest.saved == 7
    whole = collection.heads(OPERATOR, EXAMPLES, [VILLAGE])
    again = submit()
    assert not again.is_changed
    assert again.hash == rest.hash
    assert collection.heads(OPERATOR, EXAMPLES, [VILLAGE]) == whole
    assert not list(collection.audit(OPERATOR))
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
    assert set(held) == set(made.forms)
    assert done.saved == done.submissions == sum(held.values())
    assert done.kept <= done.submissions // 20


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
