"""Planned trainings of officials: which of them reach an area, and how many of its villages."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from sidara.collection.core import EXAMPLES
from sidara.kernel.actor import OPERATOR
from sidara.programmes import models, queries
from sidara.programmes.core import Stage
from sidara.programmes.core.registers import Status
from sidara.regions import queries as regions
from tests.progress.conftest import province  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def planned(name, *villages, year=2026, **more):
    made = models.Activity.objects.create(
        key=str(uuid4()),
        level="kabupaten",
        agency="Dinas PMD Contoh",
        name=name,
        activity_kind=more.pop("kind", "JK-TKD-11"),
        year=year,
        fund_source="APBD",
        is_simulated=more.pop("is_simulated", True),
        made_at=datetime(2025, 10, 10, tzinfo=UTC),
        **more,
    )
    for village in villages:
        made.villages.create(region_id=regions.resolve(OPERATOR, village).id)


def scope(under):
    return queries.Scope(under, 2026, Status.ALL, dataset=EXAMPLES)


def test_trainings_of_the_year_and_later_count_each_village_once(province):  # noqa: F811 - the fixture
    first, second, far = province
    planned("Keuangan desa", first, second)
    planned("Aset desa", first, year=2027)
    planned("Tahun lalu", far, year=2025)
    planned("Dibatalkan", far, stage=Stage.CANCELLED.value)
    planned("Jalan", far, kind="JK-JLN-01")
    planned("Nyata", far, is_simulated=False)
    regency = first[:5]
    told = queries.training_plans(OPERATOR, scope(regency))
    assert [(one.name, one.villages) for one in told] == [("Keuangan desa", 2), ("Aset desa", 1)]
    assert [one.name for one in queries.training_plans(OPERATOR, scope(second))] == ["Keuangan desa"]
    assert queries.training_plans(OPERATOR, scope(far)) == []
    by_code = {
        place.code: queries.areas_planned(OPERATOR, scope(regency)).get(place.id, 0)
        for place in regions.children(OPERATOR, regions.resolve(OPERATOR, regency).id)
    }
    assert {code: count for code, count in by_code.items() if count} == {first[:8]: 1, second[:8]: 1}
    assert sum(queries.areas_planned(OPERATOR, scope("19")).values()) == 2


def test_a_training_of_a_whole_area_reaches_all_its_villages(province):  # noqa: F811 - the fixture
    far = province[2]
    own = regions.resolve(OPERATOR, far[:8])
    planned("Seluruh kecamatan", is_whole_area=True, area_id=own.id)
    every = regions.villages(OPERATOR, far[:8], examples=True)
    (told,) = queries.training_plans(OPERATOR, scope("19"))
    assert told.villages is None
    assert sum(queries.areas_planned(OPERATOR, scope("19")).values()) == len(every)
    assert queries.areas_planned(OPERATOR, scope(far)) == {regions.resolve(OPERATOR, far).id: 1}
    assert queries.areas_planned(OPERATOR, scope(province[0][:5])) == {}
