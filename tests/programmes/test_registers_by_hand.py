"""Registers equal a count by hand for village, kecamatan, kabupaten, province; parts add up to the whole."""

from collections import Counter
from datetime import date, timedelta
from uuid import uuid4

import pytest

from sidara.collection import queries as collection
from sidara.collection.core import EXAMPLES
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.actor import OPERATOR
from sidara.kernel.clock import local_date
from sidara.programmes import models, queries, services
from sidara.programmes.core.registers import Status
from sidara.regions import queries as regions
from sidara.verification import queries as verification
from sidara.verification import services as verifying
from sidara.verification.core import Level, Step
from tests.programmes.by_hand import count, read
from tests.progress.conftest import NOW, province, submitted  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
FORMS = ("PEM_SEMESTER", "PEM_TRIWULAN", "PEM_TAHUNAN", "SOS_TAHUNAN")
YEAR = 2025
TODAY = local_date(NOW)
LEAST = {Status.FINAL: Level.PROVINCE, Status.SENT: Level.SENT, Status.ALL: Level.DRAFT}


def counts(scope):
    return {
        "aparatur": queries.apparatus(OPERATOR, scope),
        "pelatihan": queries.trainings(OPERATOR, scope),
        "musyawarah": queries.meetings(OPERATOR, scope),
        "usulan": queries.funnel(OPERATOR, scope, today=TODAY),
        "lembaga": queries.institutions(OPERATOR, scope),
    }


def verified(village):
    """Bring every second endorsed submission of a village to final."""
    levels = verification.village_levels(OPERATOR, village, EXAMPLES)
    own = [home for home, level in sorted(levels.items(), key=str) if level is Level.ENDORSED]
    for home in own[::2]:
        key = SubmissionKey(home.form, village, home.period, EXAMPLES)
        for step in (Step.DISTRICT, Step.COMMUNITY, Step.SECTOR, Step.PROVINCE):
            held = collection.filled(OPERATOR, key).state.revision
            verifying.accept_cells(OPERATOR, key=key, step=step, revision=held, message_id=uuid4(), now=NOW)


def plain(counted):
    """Leave out what the count by hand does not name (`need:` by topic adds up to `need`)."""
    return {key: number for key, number in counted.items() if not key.startswith("need:") and number}


def test_registers_equal_a_count_by_hand_at_every_level(province):  # noqa: F811 - the fixture
    first, second, far = province
    submitted(first, second, far, forms=FORMS)
    for village in (first, far):
        verified(village)
    assert services.refresh_registers(OPERATOR, clock=lambda: NOW).is_changed
    lists = read(province, YEAR)
    by_village = {
        (one, status): count(lists, one, YEAR, LEAST[status]) for one in province for status in Status
    }
    assert sum(len(by_village[one, Status.FINAL]) for one in province) > 2
    above = {}
    for one in province:
        place = regions.resolve(OPERATOR, one)
        above[one] = {one, *(area.code for area in regions.ancestors(OPERATOR, place.id))}
    areas = set().union(*above.values())
    assert len(areas) >= 8
    for area in sorted(areas):
        for status in Status:
            want = {code: Counter() for code in ("aparatur", "pelatihan", "musyawarah", "usulan", "lembaga")}
            reported = Counter()
            for village in province:
                if area in above[village]:
                    for code, one in by_village[village, status].items():
                        want[code].update(one)
                        reported[code] += 1
            scope = queries.Scope(area, YEAR, status, dataset=EXAMPLES)
            for code, made in counts(scope).items():
                told = (area, status, code)
                assert plain(made.total) == plain(want[code]), told
                assert sum(made.reported.values()) == reported[code], told
                assert plain(sum(made.below.values(), Counter())) == plain(made.total), told
                assert (
                    sum(number for key, number in made.total.items() if key.startswith("need:"))
                    == (made.total["need"])
                ), told


def dump():
    sheets = models.RegisterSheet.objects.order_by("submission_uid", "list_code", "from_day")
    proposals = models.Proposal.objects.order_by("key").values_list("key", "text", "year", "more")
    fates = models.ProposalFate.objects.order_by("proposal__key", "recorded_date", "fate")
    return (
        list(sheets.values_list("submission_uid", "list_code", "from_day", "until_day", "levels", "rows")),
        list(proposals),
        list(fates.values_list("proposal__key", "fate", "recorded_date")),
    )


def test_a_second_refresh_changes_nothing_and_a_rebuild_gives_the_same(province):  # noqa: F811 - the fixture
    submitted(province[0], forms=FORMS)
    services.refresh_registers(OPERATOR, clock=lambda: NOW)
    before = dump()
    assert all(before)
    again = services.refresh_registers(OPERATOR, clock=lambda: NOW)
    assert not again.is_changed
    assert dump() == before
    services.rebuild_registers(OPERATOR, clock=lambda: NOW)
    assert dump() == before


def test_as_of_a_day_counts_what_was_there_at_its_end(province):  # noqa: F811 - the fixture
    village = province[0]
    submitted(village, forms=FORMS)
    verified(village)
    services.refresh_registers(OPERATOR, clock=lambda: NOW)
    final = [
        queries.institutions(OPERATOR, queries.Scope(village, YEAR, Status.FINAL, day, EXAMPLES)).total
        for day in (TODAY - timedelta(days=1), TODAY, None)
    ]
    everything = queries.Scope(village, YEAR, Status.ALL, date(2024, 12, 31), EXAMPLES)
    assert not queries.institutions(OPERATOR, everything).total
    assert not final[0]
    assert final[1] == final[2]
