"""What tests of the dictionary share: a loaded dictionary, edits of it, the moment of the tests."""

from datetime import UTC, datetime

import pytest

from sidara.dictionary import queries, services
from sidara.dictionary.core import Thing, plain
from sidara.kernel.actor import OPERATOR
from tests.copied import shipped

NOW = datetime(2026, 11, 24, 13, 32, tzinfo=UTC)


def clock():
    return NOW


@pytest.fixture
def loaded(db):
    """The shipped dictionary as revision 1."""
    shipped(clock)


def edited(code, kind=Thing.VARIABLE, **keys):
    """The plain values of an entry in force with some keys changed."""
    made = plain(queries.dictionary(OPERATOR).of(kind)[code])
    return {(kind, code): {**made, **keys}}


def save(changes, *, base=None, reason="uji", dry_run=False, actor=OPERATOR):
    number = queries.dictionary(OPERATOR).revision if base is None else base
    return services.save(
        actor, changes=changes, reason=reason, base_revision=number, clock=clock, dry_run=dry_run
    )
