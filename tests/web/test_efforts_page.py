"""Plans beside their outcome on the board: of the newest year for which anything is planned."""

from datetime import date

import pytest

from sidara.kernel.actor import PUBLIC
from sidara.programmes import models
from sidara.regions import queries as regions
from sidara.web.pages.board import efforts
from tests.collection.conftest import register as register_62
from tests.programmes.planners import NOW, PROVINCE, VILLAGE

register = register_62


@pytest.fixture
def years(register):
    """A village plans something in each of two years."""
    village = regions.resolve(PUBLIC, VILLAGE).id
    for year in (2026, 2027):
        row = models.Activity.objects.create(
            key=str(year), level="desa", area_id=village, name="Jalan", year=year, budget_idr=1, made_at=NOW
        )
        models.ActivityVillage.objects.create(activity=row, region_id=village)


def test_the_newest_year_is_shown_unless_another_is_asked(years):
    province = regions.resolve(PUBLIC, PROVINCE)
    assert "tahun=2027" in efforts.build(PUBLIC, province, today=date(2026, 9, 1)).query
    assert "tahun=2026" in efforts.build(PUBLIC, province, year="2026", today=date(2026, 9, 1)).query
