"""Example villages: one beside each real one, reached by code and by the tree, in no list of what is real."""

import io
from collections import Counter
from datetime import date

import pytest

from sidara.kernel.actor import OPERATOR, PUBLIC, NotAllowed
from sidara.regions import models, queries, services
from sidara.regions.core import EXAMPLE, KEMENDAGRI, Kind, Level, example_code, is_example

DISTRICT = "62.01.02"
REAL = "62.01.02.2016"


def test_no_code_of_an_example_is_one_of_a_decree():
    assert example_code(DISTRICT, 17) == "62.01.02.9017"
    assert is_example("62.01.02.9017")
    assert not is_example(REAL)
    assert not is_example("62.01.09")
    with pytest.raises(ValueError, match="1000"):
        example_code(DISTRICT, 1000)


def test_a_province_gets_one_for_each_village_in_its_kecamatan_once(register_62, clock):
    assert services.add_examples(OPERATOR, province="62", clock=clock) == 1_432 + 139
    assert services.add_examples(OPERATOR, province="62", clock=clock) == 0
    made = queries.villages(OPERATOR, "62", examples=True)
    real = queries.villages(OPERATOR, "62")
    assert Counter(one.parent_id for one in made) == Counter(one.parent_id for one in real)
    assert {one.kind for one in made} == {Kind.VILLAGE}
    assert all(one.is_example and is_example(one.code) and one.latitude is None for one in made)
    assert not any(one.is_example or is_example(one.code) for one in real)
    assert len({(one.code[:5], one.name) for one in made}) == len(made)
    assert all(one.full_name == f"Desa Contoh {one.code[-3:]}" for one in made)


def test_a_village_that_comes_later_gets_the_next_number(register_62, clock):
    services.add_examples(OPERATOR, province="62", clock=clock)
    before = queries.villages(OPERATOR, "62.01", examples=True)
    district = queries.named(OPERATOR, [DISTRICT])[DISTRICT]
    row = models.Region.objects.get(code=REAL)
    row.pk, row.uid, row.code, row.parent_id = None, "A0000000001", "62.01.02.2990", district.id
    row.save()
    assert services.add_examples(OPERATOR, province="62", clock=clock) == 1
    after = queries.villages(OPERATOR, "62.01", examples=True)
    (new,) = set(after) - set(before)
    assert set(before) < set(after)
    assert (new.parent_id, new.name) == (district.id, f"Contoh {len(before) + 1:03d}")


def test_what_is_real_is_told_without_them(register_62, clock):
    def told():
        days = [date(2020, 1, 1), date(2026, 1, 1)]
        area = queries.named(OPERATOR, [DISTRICT])[DISTRICT]
        return (
            queries.counts(OPERATOR),
            queries.register(OPERATOR).rows(),
            queries.dimension(OPERATOR).rows(),
            [queries.dimension_on(OPERATOR, day).rows() for day in days],
            queries.children(OPERATOR, area.id),
            queries.villages(OPERATOR, "62"),
            queries.hexmap(OPERATOR, "62").cells,
            queries.codes_within(OPERATOR, DISTRICT),
            queries.schemes(OPERATOR),
            queries.change_days(OPERATOR),
            queries.spans(OPERATOR).rows(),
            [one.region.code for one in queries.find(OPERATOR, "desa contoh 017")],
            queries.register_diff(OPERATOR, provinces=["62"]).is_empty,
        )

    before, version = told(), queries.register_version(OPERATOR)
    services.add_examples(OPERATOR, province="62", clock=clock)
    assert queries.register_version(OPERATOR) != version
    assert told() == before
    counts = before[0]["provinces"]["62"]
    assert [counts[name] for name in ("desa", "kelurahan", "kecamatan")] == [1_432, 139, 136]
    assert counts["kabupaten"] + counts["kota"] == 14
    assert queries.find(OPERATOR, "62.01.02.9017") == []


def test_who_knows_the_code_reaches_it_by_every_reader(register_62, clock):
    services.add_examples(OPERATOR, province="62", clock=clock)
    (one, *_) = queries.villages(OPERATOR, DISTRICT, examples=True)
    for text in (one.code, one.code.replace(".", "")):
        assert queries.resolve(OPERATOR, text) == one
        assert [(each.scheme, each.region) for each in queries.meanings(OPERATOR, text)] == [(EXAMPLE, one)]
    assert queries.resolve(OPERATOR, one.code, scheme=KEMENDAGRI) is None
    assert queries.resolve(OPERATOR, one.code, scheme=EXAMPLE) == one
    assert queries.named(OPERATOR, [one.code]) == {one.code: one}
    assert queries.villages(OPERATOR, one.code) == [one]
    assert [each.level for each in queries.ancestors(OPERATOR, one.id)] == list(Level)[:3]
    assert queries.known_codes(OPERATOR, [one.code.replace(".", "")]) == set()


def test_rights_below_an_area_reach_its_examples(register_62, clock):
    district = queries.named(OPERATOR, [DISTRICT])[DISTRICT]
    real = queries.within(OPERATOR, district.id)
    services.add_examples(OPERATOR, province="62", clock=clock)
    made = {one.code for one in queries.villages(OPERATOR, DISTRICT, examples=True)}
    assert queries.within(OPERATOR, district.id) == real | made
    assert len(made) == len(real) - 1


def test_their_areas_are_told_with_them_alone(register_62, clock):
    services.add_examples(OPERATOR, province="62", clock=clock)
    real, made = (queries.dimension(OPERATOR, examples=asked) for asked in (False, True))
    above, below = (lambda frame: frame.filter(frame["level"] < Level.VILLAGE)), Level.VILLAGE
    assert above(real).rows() == above(made).rows()
    codes = made.filter(made["level"] == below)["code"].to_list()
    assert len(codes) == real.filter(real["level"] == below).height
    assert all(map(is_example, codes))


def test_they_go_with_most_of_a_kecamatan_that_ends(register_62, clock):
    """62.01.02 goes to 62.01.03 and a new 62.01.99, which goes into 62.01.06 later: 0.7 of it."""
    services.add_examples(OPERATOR, province="62", clock=clock)
    area = queries.named(OPERATOR, [DISTRICT])[DISTRICT]
    real = [one.code for one in queries.villages(OPERATOR, DISTRICT)]
    made = [one.code for one in queries.villages(OPERATOR, DISTRICT, examples=True)]
    before = {one.code for one in queries.villages(OPERATOR, "62", examples=True)}
    lines = [
        "2012-07-01,pecah,62.01.02,62.01.03,,,0.3,0.5",
        "2012-07-01,pecah,62.01.02,62.01.99,,Contoh Baru,0.7,1",
        "2012-07-01,pecah,62.01.03,62.01.03,,,1,0.5",
        *(f"2012-07-01,pindah_induk,{code},,62.01.99,,," for code in real),
        "2013-07-01,gabung,62.01.99,62.01.06,,,,0.5",
        "2013-07-01,gabung,62.01.06,62.01.06,,,,0.5",
        *(f"2013-07-01,pindah_induk,{code},,62.01.06,,," for code in real),
    ]
    head = "tanggal,jenis,kode_lama,kode_baru,induk_baru,nama_baru,porsi,porsi_balik"
    source = io.BytesIO("\n".join([head, *lines]).encode())
    given = {"source": source, "format": "csv", "scheme": KEMENDAGRI, "clock": clock}
    account = services.import_succession(OPERATOR, **given)
    assert (account.findings, account.is_stored) == ((), True)
    assert models.Region.objects.get(pk=area.id).valid_to == date(2012, 6, 30)
    assert set(made) < {one.code for one in queries.villages(OPERATOR, "62.01.06", examples=True)}
    assert queries.dimension(OPERATOR, examples=True)["province_id"].null_count() == 0
    assert {one.code for one in queries.villages(OPERATOR, "62", examples=True)} == before
    assert services.add_examples(OPERATOR, province="62", clock=clock) == 0


def test_only_who_may_load_the_register_adds_them(register_62, clock):
    with pytest.raises(NotAllowed):
        services.add_examples(PUBLIC, province="62", clock=clock)
    assert queries.villages(OPERATOR, "62", examples=True) == []
