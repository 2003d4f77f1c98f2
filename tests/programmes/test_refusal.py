"""A wrong code is refused with the right one; a gap leads to activities and to who may do them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidara.kernel.finding import Severity
from sidara.programmes.core.codes.kinds import Relation
from sidara.programmes.core.codes.nomenclature import Standing
from sidara.programmes.core.codes.refusal import check
from sidara.programmes.core.words import Government, Level
from sidara.programmes.formats import catalogue_file

CATALOGUE = catalogue_file.catalogue()
LIST = CATALOGUE.nomenclature
REGENCY, PROVINCE, VILLAGE, CENTRE = (
    Government.REGENCY,
    Government.PROVINCE,
    Government.VILLAGE,
    Government.CENTRE,
)


def test_a_code_of_the_province_is_refused_with_that_of_the_regency() -> None:
    found = check(CATALOGUE, REGENCY, "2.13.04.1.01.0010", 2027, "Pembinaan Aparatur Pemerintah Desa")
    assert found.standing is Standing.OTHER_GOVERNMENT
    assert found.is_refused
    assert "2.13.04.2.01.0005" in [one.code for one in found.instead]
    assert found.finding is not None
    assert found.finding.severity is Severity.ERROR
    assert "milik provinsi" in found.finding.message
    assert "2.13.04.2.01.0005" in found.finding.remedy


def test_several_candidates_are_all_named() -> None:
    found = check(CATALOGUE, PROVINCE, "1.03.03.2.01.0022", 2027)
    codes = [one.code for one in found.instead]
    assert len(codes) > 1
    assert found.finding is not None
    assert found.finding.remedy.startswith("Pilih salah satu")
    assert all(code in found.finding.remedy for code in codes)


@pytest.mark.parametrize(
    ("government", "code", "right"),
    [
        (VILLAGE, "1.03.03.2.01.0022", "2.4.11"),
        (REGENCY, "02.04.11.", "1.03.03.2.01.0022"),
        (CENTRE, "2.4.11", "PP-IBM"),
        (PROVINCE, "PP-IBM", "1.03.03.1.01.0017"),
    ],
)
def test_kinds_tell_the_right_code_between_all_governments(government, code: str, right: str) -> None:
    found = check(CATALOGUE, government, code, 2026)
    assert found.standing is Standing.OTHER_GOVERNMENT
    assert right in [one.code for one in found.instead]


def test_a_code_of_another_year_is_refused_with_that_of_the_year() -> None:
    found = check(CATALOGUE, REGENCY, "1.01.02.2.01.0054", 2026)
    assert found.standing is Standing.OTHER_YEAR
    assert [one.code for one in found.instead] == ["1.01.02.2.01.0021"]
    assert found.finding is not None
    assert "2027 dan sesudahnya" in found.finding.message
    old = check(CATALOGUE, REGENCY, "2.13.04.2.01.05", 2026)
    assert [one.code for one in old.instead] == ["2.13.04.2.01.0005"]


def test_what_our_lists_cannot_tell_is_not_evaluated() -> None:
    for government, code, year in (
        (PROVINCE, "2.13.04.1.01.0010", 2026),
        (REGENCY, "1.03.02.2.01.9999", 2027),
        (REGENCY, "2.13.04.2.01.0005", 2019),
    ):
        found = check(CATALOGUE, government, code, year)
        assert not found.is_refused
        assert found.finding is not None
        assert found.finding.severity is Severity.NOT_EVALUATED


def test_a_code_that_is_none_is_refused() -> None:
    for government, code in ((VILLAGE, "9.9.99"), (REGENCY, "apa saja"), (CENTRE, "PP-TIDAK-ADA")):
        found = check(CATALOGUE, government, code, 2026)
        assert found.standing is Standing.NO_CODE
        assert found.finding is not None
        assert found.instead == ()


def test_papua_codes_are_never_offered_nor_taken() -> None:
    found = check(CATALOGUE, REGENCY, "2.13.06.3.01.0001", 2027)
    assert found.standing is Standing.SPECIAL_REGION
    assert not any(one.is_special for one in found.instead)


def test_another_name_is_a_warning_and_its_case_is_none() -> None:
    code = "2.13.04.2.01.0005"
    right = "PEMBINAAN  PENINGKATAN KAPASITAS APARATUR PEMERINTAH DESA"
    assert check(CATALOGUE, REGENCY, code, 2026, right).finding is None
    other = check(CATALOGUE, REGENCY, code, 2026, "Pembinaan Desa Hebat")
    assert not other.is_refused
    assert other.finding is not None
    assert (other.finding.code, other.finding.severity) == ("NOMENCLATURE_NAME_DIFFERS", Severity.WARNING)
    assert check(CATALOGUE, VILLAGE, "2.3.95", 2026, "Apa yang dinamai kabupaten").finding is None


@given(st.sampled_from(list(CATALOGUE.entries())), st.sampled_from(list(Government)), st.integers(2024, 2032))
def test_what_is_offered_is_itself_valid_or_unknown_then(entry, government: Government, year: int) -> None:
    found = check(CATALOGUE, government, entry.code, year)
    assert (found.finding is None) == (found.standing is Standing.VALID)
    for one in found.instead:
        assert one.government is government
        again = check(CATALOGUE, government, one.code, year)
        assert again.standing in {Standing.VALID, Standing.UNLISTED}
        assert not one.is_special
    assert len({one.code for one in found.instead}) == len(found.instead) <= CATALOGUE.candidates.most


def test_a_gap_leads_to_kinds_actors_and_codes() -> None:
    options = CATALOGUE.options("indeks-desa", "I12.1", 2027)
    assert options[0].relation is Relation.RAISES
    kinds = {one.kind.code: one for one in options}
    payers = {one.level: one for one in kinds["JK-AIR-01"].payers}
    assert "1.03.03.2.01.0022" in [one.code for one in payers[Level.REGENCY].entries]
    assert [one.code for one in payers[Level.VILLAGE].entries] == ["2.4.11"]
    assert payers[Level.REGENCY].may_do
    company = payers[Level.COMPANY]
    assert (company.may_do, company.may_pay, company.entries) == (False, False, ())
    assert CATALOGUE.options("idm", "TIDAK_ADA") == ()


def test_a_centre_that_only_funds_may_pay_but_not_do() -> None:
    funded = [
        (kind, payer)
        for kind in CATALOGUE.kinds.kinds
        for payer in CATALOGUE.payers(kind)
        if payer.basis == "funding"
    ]
    assert len(funded) == 36
    assert all(payer.may_pay and not payer.may_do for _, payer in funded)


def test_data_only_answers_nothing_unless_it_is_asked() -> None:
    links = [
        (kind.code, link)
        for kind in CATALOGUE.kinds.kinds
        for link in kind.links
        if link.relation is Relation.DATA_ONLY
    ]
    assert len(links) == 5
    for code, link in links:
        answering = [one.kind.code for one in CATALOGUE.options(link.index, link.item)]
        assert code not in answering
        every = CATALOGUE.options(link.index, link.item, relations=tuple(Relation))
        assert every[-1].relation is Relation.DATA_ONLY
        assert code in [one.kind.code for one in every]


def test_who_may_do_it_stands_before_who_only_pays_or_is_only_named() -> None:
    for kind in CATALOGUE.kinds.kinds:
        ranks = [(not one.may_do, not one.may_pay) for one in CATALOGUE.payers(kind)]
        assert ranks == sorted(ranks), kind.code
        assert all(not entry.is_funding for one in CATALOGUE.payers(kind) for entry in one.doing)


def test_kinds_of_a_code_and_of_a_name() -> None:
    assert [one.code for one in CATALOGUE.kinds_of(VILLAGE, "02.04.12.")] == ["JK-AIR-02"]
    several = CATALOGUE.likely_kinds(REGENCY, "1.03.03.2.01.0035", "Penambahan sambungan rumah")
    assert several[0].code == "JK-AIR-02"
    assert len(several) > 1
    named = CATALOGUE.likely_kinds(VILLAGE, None, "Pembangunan Posyandu")
    assert named[0].code == "JK-KES-02"
    assert CATALOGUE.likely_kinds(VILLAGE, None, "") == ()
    own = CATALOGUE.kinds_of(VILLAGE, "2.7.95")
    assert [one.code for one in own] == ["JK-LIS-01", "JK-LIS-02"]


def test_a_programme_that_is_a_transfer_only_pays() -> None:
    central = CATALOGUE.central
    assert central["PP-DD-PKTD"].is_funding
    assert central["PP-DAK-AM"].is_funding
    assert not central["PP-IBM"].is_funding
