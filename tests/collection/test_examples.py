"""What is filled in for example villages is kept apart from what is real, at every door."""

from uuid import uuid4

import pytest

from sidara.collection import queries, services
from sidara.collection.core import COLLECTION, EXAMPLES, Source, dataset_of
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.actor import OPERATOR
from sidara.regions import queries as regions
from sidara.regions import services as registering
from tests.collection.conftest import register as register_62
from tests.collection.test_filing import counts, imported, lines
from tests.verification.conftest import NOW

REAL, EXAMPLE = "62.01.02.2016", "62.01.02.9019"
FORM, PERIOD = "KEP_SEMESTER", "2026-S1"

register_real = register_62


@pytest.fixture
def register(register_real):
    registering.add_examples(OPERATOR, province="62", clock=lambda: NOW)


@pytest.mark.parametrize(
    ("region", "dataset"),
    [
        (REAL, COLLECTION),
        (EXAMPLE, EXAMPLES),
        ("6201029019", EXAMPLES),
        ("6201022016", COLLECTION),
        ("62.01.02", COLLECTION),
        ("", COLLECTION),
        ("tidak ada", COLLECTION),
    ],
)
def test_the_data_set_follows_from_the_code(region, dataset):
    assert dataset_of(region) == dataset
    assert SubmissionKey(FORM, region, PERIOD).dataset == dataset


def save(region, dataset=""):
    key = SubmissionKey(FORM, region, PERIOD, dataset)
    one = services.Save(key, 0, uuid4(), Source.WEB, [Given("KEP_007", "4", "")])
    return services.save_cells(OPERATOR, save=one, now=NOW)


@pytest.mark.django_db
def test_a_save_goes_where_its_village_belongs(register):
    assert save(REAL).account.created == save(EXAMPLE).account.created == 1
    assert [one.region for one in queries.listed(OPERATOR)] == [REAL]
    assert [one.region for one in queries.listed(OPERATOR, under=EXAMPLE)] == [EXAMPLE]
    assert queries.dataset(OPERATOR, EXAMPLES).is_simulated


@pytest.mark.django_db
@pytest.mark.parametrize(("region", "dataset"), [(REAL, EXAMPLES), (EXAMPLE, COLLECTION)])
def test_nobody_can_put_one_kind_with_the_other(register, region, dataset):
    (one,) = save(region, dataset).account.findings
    assert (one.code, one.value) == ("REGION_EXAMPLE", region)
    assert queries.listed(OPERATOR) == queries.listed(OPERATOR, under=EXAMPLE) == []


@pytest.mark.django_db
def test_a_file_is_about_one_kind(register):
    def row(region):
        return f"{FORM},{region},{PERIOD},,KEP_007,,,4,"

    both = imported(lines(row(EXAMPLE), row(REAL)))
    assert counts(both.account) == (1, 0, 0, 0, 1)
    assert [one.code for one in both.account.findings if one.value == REAL] == ["REGION_EXAMPLE"]
    assert queries.listed(OPERATOR) == []
    assert counts(imported(lines(row(REAL)), minute=1).account) == (1, 0, 0, 0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(("dataset", "is_example"), [("", False), (EXAMPLES, True)])
def test_a_form_for_a_kecamatan_is_for_one_kind(register, dataset, is_example):
    made, findings = queries.issue(
        OPERATOR, form=FORM, region="62.01.02", period=PERIOD, uid=uuid4(), now=NOW, dataset=dataset
    )
    assert not findings
    assert {one.region.is_example for one in made.blanks} == {is_example}
    asked = regions.villages(OPERATOR, "62.01.02", examples=is_example)
    assert [one.region for one in made.blanks] == asked


@pytest.mark.django_db
def test_a_form_is_not_given_out_for_the_other_kind(register):
    asked = {"form": FORM, "period": PERIOD, "uid": uuid4(), "now": NOW}
    for region, dataset in ((REAL, EXAMPLES), (EXAMPLE, COLLECTION)):
        made, findings = queries.issue(OPERATOR, region=region, dataset=dataset, **asked)
        assert (made, [one.code for one in findings]) == (None, ["REGION_EXAMPLE"])
