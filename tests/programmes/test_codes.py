"""Codes as they are written, their versions, and whether a text says the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidara.programmes.core.codes import nomenclature, village_codes
from sidara.programmes.core.codes.entry import Basis, is_same_text, plain
from sidara.programmes.core.codes.nomenclature import Standing, is_supporting
from sidara.programmes.core.words import Government
from sidara.programmes.formats import catalogue_file

CATALOGUE = catalogue_file.catalogue()
LIST = CATALOGUE.nomenclature
VILLAGES = CATALOGUE.villages
REGENCY, PROVINCE = Government.REGENCY, Government.PROVINCE


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2.13.04.2.01.0011", "2.13.04.2.01.0011"),
        (" 2.13.04.2.01.0011. ", "2.13.04.2.01.0011"),
        ("2 13 04 2 01 0011", "2.13.04.2.01.0011"),
        ("02.13.4.2.1.0011", "2.13.04.2.01.0011"),
        ("2.13.04.2.01.11", "2.13.04.2.01.11"),
        ("x.xx.01.2.01.0001", "X.XX.01.2.01.0001"),
        ("2.13.04", "2.13.04"),
        ("2.13.04.2.01", "2.13.04.2.01"),
        ("2.13", None),
        (2.13, None),
        ("X.13.04", None),
        ("2.13.04.2", None),
        ("2.13.04.2.01.0011.3", None),
        ("Pembinaan", None),
        ("", None),
        (None, None),
    ],
)
def test_a_code_of_province_and_regency_is_read_as_it_is_written(written: object, code: str | None) -> None:
    assert nomenclature.normalise(written) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2.3.10", "2.3.10"),
        ("02.03.10.", "2.3.10"),
        ("04.2002.02.03.10.", "2.3.10"),
        ("62.03.01.2011.2.3.10", "2.3.10"),
        ("6203012011.02.03.10", "2.3.10"),
        ("05.01.01", "5.1.00"),
        ("5.3.00", "5.3.00"),
        ("2.3.95", "2.3.95"),
        (1.3, None),
        ("1.3", None),
        ("2.3.1", None),
        ("5.2.7.01", None),
        ("2.13.04.2.01", None),
        ("2.13.04.2.01.0011", None),
        ("9.9.99", None),
        ("", None),
        (None, None),
    ],
)
def test_a_village_code_is_read_as_it_is_written(written: object, code: str | None) -> None:
    assert village_codes.normalise(written) == code


@given(st.sampled_from(LIST.entries), st.sampled_from(["{}", " {} ", "{}.", "0{}"]))
def test_reading_a_listed_code_gives_it_back(entry, how: str) -> None:
    written = how.format(entry.code) if entry.code[0].isdigit() else entry.code.lower()
    assert nomenclature.normalise(written) == entry.code
    assert nomenclature.normalise(nomenclature.normalise(written)) == entry.code


@given(st.sampled_from(VILLAGES.entries), st.sampled_from(["{}", "{}.", "04.2002.{}.", "62.03.01.2011.{}"]))
def test_both_writings_of_a_village_code_are_one(entry, front: str) -> None:
    assert village_codes.normalise(front.format(entry.also_written)) == entry.code
    assert village_codes.normalise(front.format(entry.code)) == entry.code


@given(st.text())
def test_reading_again_changes_nothing(written: str) -> None:
    for read in (nomenclature.normalise, village_codes.normalise):
        once = read(written)
        assert once is None or read(once) == once


@given(st.text(), st.text())
def test_texts_that_are_the_same_are_the_same_both_ways(one: str, other: str) -> None:
    assert is_same_text(one, one.upper().lower()) == (plain(one) == plain(one.upper().lower()))
    assert is_same_text(one, other) == is_same_text(other, one)
    assert plain(f"  {one} - ") == plain(one)


def test_names_are_compared_without_case_blanks_and_punctuation() -> None:
    assert is_same_text("PEMBINAAN  Aparatur, Desa", "Pembinaan aparatur desa.")
    assert not is_same_text("Pembinaan aparatur", "Pembinaan aparatur desa")


def test_only_the_programme_01_supports() -> None:
    assert is_supporting("2.13.01.2.01.0001")
    assert is_supporting("X.XX.01")
    assert not is_supporting("2.13.04.2.01.0001")
    assert not is_supporting("1.1.01"), "a village code is no programme"


@pytest.mark.parametrize(
    ("government", "code", "year", "standing"),
    [
        (REGENCY, "2.13.04.2.01.0005", 2026, Standing.VALID),
        (REGENCY, "2.13.04.2.01.0005", 2030, Standing.VALID),
        (REGENCY, "2.13.04.2.01.0005", 2023, Standing.NO_VERSION),
        (REGENCY, "2.13.04.2.01.0099", 2026, Standing.ABSENT),
        (REGENCY, "2.17.08.2.01.0019", 2026, Standing.OTHER_YEAR),
        (REGENCY, "2.17.08.2.01.0019", 2027, Standing.VALID),
        (REGENCY, "2.13.04.1.01.0010", 2027, Standing.OTHER_GOVERNMENT),
        (PROVINCE, "2.13.04.1.01.0010", 2027, Standing.VALID),
        (PROVINCE, "2.13.04.1.01.0010", 2026, Standing.UNLISTED),
        (REGENCY, "1.01.02.2.01.0021", 2026, Standing.VALID),
        (REGENCY, "1.01.02.2.01.0021", 2027, Standing.UNLISTED),
        (REGENCY, "1.03.02.2.01.9999", 2027, Standing.UNLISTED),
        (REGENCY, "2.13.04.2.01.05", 2026, Standing.OTHER_YEAR),
        (REGENCY, "2.13.06.3.01.0001", 2027, Standing.SPECIAL_REGION),
        (REGENCY, "2.13.01.2.01.0001", 2027, Standing.VALID),
        (REGENCY, "2.13.04", 2027, Standing.VALID),
        (REGENCY, "2.13.99", 2027, Standing.ABSENT),
        (REGENCY, "1.03.99", 2027, Standing.UNLISTED),
        (REGENCY, "2.13.04.1.01", 2027, Standing.OTHER_GOVERNMENT),
        (REGENCY, "apa saja", 2027, Standing.NO_CODE),
    ],
)
def test_how_a_code_stands(government: Government, code: str, year: int, standing: Standing) -> None:
    assert LIST.standing(government, code, year) is standing


def test_a_code_is_found_by_government_and_year() -> None:
    found = LIST.find(REGENCY, "2.13.04.2.01.0005", 2026)
    assert found is not None
    assert (found.valid_from, found.valid_to) == (2024, None)
    assert found.unit == "Orang"
    assert [one.code for one in found.parents] == ["2.13", "2.13.04", "2.13.04.2.01"]
    assert LIST.find(PROVINCE, "2.13.04.2.01.0005", 2026) is None
    assert LIST.find(REGENCY, "2.17.08.2.01.0019", 2026) is None
    supporting = LIST.find(REGENCY, "2.13.01.2.01.0001", 2027)
    assert supporting is not None
    assert supporting.code == "X.XX.01.2.01.0001"


def test_a_wording_of_an_older_version_is_kept() -> None:
    found = LIST.find(REGENCY, "2.13.02.4.01.0008", 2027)
    assert found is not None
    assert found.wording("2023").indicator != found.indicator
    assert found.wording("2027").indicator == found.indicator


@given(st.sampled_from([one for one in LIST.entries if "2027" in one.versions]))
def test_a_usable_mapping_leads_back(entry) -> None:
    for mapped in LIST.translate(entry.government, entry.code, 2027, 2026):
        back = LIST.translate(entry.government, mapped.code, 2026, 2027)
        if mapped.basis.is_usable:
            assert [one.code for one in back if one.basis.is_usable] == [LIST.listed(entry.code)]


def test_mappings_between_versions() -> None:
    same = LIST.translate(REGENCY, "2.13.04.2.01.0005", 2026, 2027)
    assert [(one.code, one.basis) for one in same] == [("2.13.04.2.01.0005", Basis.SAME)]
    named = LIST.translate(REGENCY, "1.01.02.2.01.0021", 2026, 2027)
    assert [(one.code, one.basis) for one in named] == [("1.01.02.2.01.0054", Basis.SAME_NAME)]
    offered = LIST.translate(REGENCY, "1.01.02.2.03.0045", 2027, 2026)
    assert [(one.code, one.basis.is_usable) for one in offered] == [("1.01.02.2.03.0004", False)]
    assert LIST.translate(REGENCY, "2.13.04.2.01.0099", 2026, 2027) == ()
    assert LIST.translate(REGENCY, "2.13.04.2.01.0005", 2019, 2027) == ()


def test_village_codes_are_found_with_those_that_a_kabupaten_names() -> None:
    found = VILLAGES.find("02.04.11.")
    assert found is not None
    assert found.code == "2.4.11"
    own = VILLAGES.find("2.3.95")
    assert own is not None
    assert (own.code, own.is_range) == ("2.3.95", True)
    assert VILLAGES.find("2.3.89") is None
    assert VILLAGES.find("5.1.95") is None, "field 5 has no codes of its own"
    account = VILLAGES.account("6.2.2")
    assert account is not None
    assert account.code == "6.2.2"
    deep = VILLAGES.account("5.2.7.01")
    assert deep is not None
    assert deep.code == "5.2.7"
    assert VILLAGES.account("9") is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("DDS", "DD"),
        ("dana  desa (apbn)", "DD"),
        ("PBP", "BKP"),
        ("PADes", "PAD"),
        ("SILPA", "SILPA"),
        ("?", None),
    ],
)
def test_fund_sources_are_found_by_how_people_write_them(written: str, code: str | None) -> None:
    found = CATALOGUE.funds.find(written)
    assert (found.code if found else None) == code
