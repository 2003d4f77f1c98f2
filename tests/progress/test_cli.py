"""`sidara progress` tells the same counts as the page."""

import json

import pytest

from sidara.collection.core import EXAMPLES
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import local_date, now
from sidara.progress import queries
from tests.commands import called
from tests.progress.conftest import submitted

pytestmark = pytest.mark.django_db


def test_counts_by_form_region_and_agency_add_up(province):
    submitted(province[0], forms=("PEM_SEMESTER", "KES_TRIWULAN"))
    whole = None
    for by in ("form", "region", "agency"):
        told = json.loads(called("progress", "--by", by, "--year", "2025", "--json").stdout)
        assert told["dataset"] == EXAMPLES
        parts = {name: sum(row[name] for row in told["rows"]) for name in ("expected", "filled", "sent")}
        assert whole in {None, tuple(parts.values())}
        whole = tuple(parts.values())
    scope = queries.Scope(EXAMPLES, year=2025)
    sums = queries.total(OPERATOR, scope, today=local_date(now()))
    assert whole == (sums.expected, sums.filled, sums.sent)
    below = json.loads(called("progress", "--under", province[0][:5], "--json").stdout)
    assert below["dataset"] == EXAMPLES, "of an area, too, real villages come first only where anybody began"
    assert below["rows"]
    text = called("progress", "--dataset", EXAMPLES, "--under", province[0][:5]).stdout.decode()
    assert text.startswith("SIMULASI")
    assert called("progress", "--under", "99.99").returncode == 1
