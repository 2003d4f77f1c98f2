"""After an import the figures of a data set are compared with their own items, on the source's digits."""

import pytest

from sidara.indices import queries, services
from sidara.kernel.actor import OPERATOR, PUBLIC, NotAllowed
from sidara.regions import queries as regions
from tests.collection.conftest import PROVENANCE, imported, register

__all__ = ["register"]


@pytest.fixture
def listening(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_the_table_of_2024_names_kupang_bersih(register, shared, listening):
    with listening():
        account = imported(shared / "data" / "idm" / "idm_2024_kalimantan_tengah.csv")
    assert account.is_stored
    found = queries.published_findings(PUBLIC, "external:idm-2024")
    kupang = regions.resolve(PUBLIC, "62.13.06.2003")
    assert {(one.finding.code, one.region_id, one.period) for one in found} == {
        ("OFF_GRID", kupang.id, "2024"),
        ("PUBLISHED_DISAGREES", kupang.id, "2024"),
    }
    (status,) = queries.published_findings(PUBLIC, "external:idm-2024", code="PUBLISHED_DISAGREES")
    assert status.finding.place.column == "status"
    assert "BERKEMBANG" in status.finding.message
    assert "MAJU" in status.finding.message


def test_items_agree_with_what_was_published(register, shared, listening):
    options = PROVENANCE | {"table": "idm-items", "dataset": "external:idm-items"}
    with listening():
        account = imported(shared / "data" / "idm" / "idm_rumusan_2021_2024.csv", **options)
    assert account.is_stored
    assert queries.published_findings(PUBLIC, "external:idm-items") == ()


def test_a_second_comparison_replaces_the_first(register, shared):
    imported(shared / "data" / "idm" / "idm_2024_kalimantan_tengah.csv")
    assert services.compare_published(OPERATOR, dataset="external:idm-2024") == 2
    assert services.compare_published(OPERATOR, dataset="external:idm-2024") == 2
    assert len(queries.published_findings(PUBLIC, "external:idm-2024")) == 2


@pytest.mark.django_db
def test_only_who_may_compares():
    with pytest.raises(NotAllowed):
        services.compare_published(PUBLIC, dataset="external:idm-2024")
    assert services.compare_published(OPERATOR, dataset="external:none") == 0
