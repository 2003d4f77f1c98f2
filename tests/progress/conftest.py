"""What tests of progress share: a small province with example villages, a few of which fill in."""

from datetime import UTC, date, datetime

import pytest

from sidara.demo import services as demo
from sidara.kernel.actor import OPERATOR
from sidara.progress import services
from sidara.regions import queries as regions
from sidara.regions import services as loading

PROVINCE = "19"
"""Kepulauan Bangka Belitung: seven kabupaten, 391 villages, so that much less is to be laid out."""
NOW = datetime(2026, 3, 20, 3, tzinfo=UTC)
"""All forms of 2025 are open, those of a year neither due nor late yet."""
TODAY = date(2026, 3, 20)


@pytest.fixture
def province(db):
    """The register with its example villages; gives the first one of three kecamatan in two kabupaten."""
    loading.load_register(OPERATOR, provinces=(PROVINCE,), clock=lambda: NOW)
    loading.add_examples(OPERATOR, province=PROVINCE, clock=lambda: NOW)
    firsts = {}
    for one in regions.villages(OPERATOR, PROVINCE, examples=True):
        firsts.setdefault(one.parent_id, one.code)
    codes = list(firsts.values())
    return codes[0], codes[1], next(code for code in codes if code[:5] != codes[0][:5])


def submitted(*villages, years=(2025,), forms=(), now=NOW, seed=7):
    """Let example villages fill in, send and endorse through the services."""
    return demo.submit(
        OPERATOR,
        years=years,
        seed=seed,
        districts=villages,
        forms=forms,
        say=lambda _: None,
        clock=lambda: now,
    )


def refreshed(now=NOW):
    return services.refresh(OPERATOR, clock=lambda: now)


def rebuilt(now=NOW):
    return services.rebuild(OPERATOR, clock=lambda: now)
