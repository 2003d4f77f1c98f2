"""The lists of codes and kinds: every reference resolves, no code stands twice, every item is answered."""

from collections import Counter

import pytest

from sidara.dictionary import queries as dictionary
from sidara.indices import queries as indices
from sidara.kernel import content
from sidara.kernel.actor import OPERATOR
from sidara.programmes import queries
from sidara.programmes.core.codes.catalogue import LISTED
from sidara.programmes.core.codes.kinds import Relation, index_key
from sidara.programmes.core.words import Government, Level
from sidara.programmes.formats import catalogue_file, plan_tables

CATALOGUE = catalogue_file.catalogue()
KINDS = CATALOGUE.kinds
INDEX = {"idm": "idm", "indeks_desa": "indeks-desa"}


def test_the_lists_have_the_size_of_their_sources() -> None:
    entries = CATALOGUE.nomenclature.entries
    newest = [one for one in entries if "2027" in one.versions]
    assert len(newest) == 216 + 111 + 97 + 341
    assert len([one for one in newest if one.code.startswith("2.13.")]) == 216
    assert len(CATALOGUE.villages.entries) == 159
    assert len(CATALOGUE.villages.ranges) == 24
    assert len(CATALOGUE.villages.accounts) == 56
    assert len(CATALOGUE.central) == 57
    assert len(KINDS.kinds) == 139
    assert len(CATALOGUE.funds.sources) == 14


def test_no_key_stands_twice() -> None:
    keys = Counter(one.key for one in CATALOGUE.entries())
    assert [key for key, count in keys.items() if count > 1] == []
    assert len({one.code for one in KINDS.kinds}) == len(KINDS.kinds)


@pytest.mark.django_db
def test_every_kind_and_village_code_has_sectors_of_the_dictionary() -> None:
    known = set(dictionary.dictionary(OPERATOR).sectors)
    held = {one.code: one.sectors for one in KINDS.kinds}
    held |= {one.code: CATALOGUE.villages.sectors(one.code) for one in CATALOGUE.villages.entries}
    assert [code for code, sectors in held.items() if not sectors or not sectors <= known] == []
    assert CATALOGUE.villages.sectors("02.02.95.") == {"KES"}
    assert CATALOGUE.villages.sectors("air bersih") == set()


@pytest.mark.parametrize("kind", KINDS.kinds, ids=lambda one: one.code)
def test_what_a_kind_points_to_exists(kind) -> None:
    for government in Government:
        missing = [code for code in kind.codes_of(government) if CATALOGUE.entry(government, code) is None]
        assert missing == [], government
    assert all(sub_field in CATALOGUE.villages.ranges for sub_field in kind.own_ranges)
    assert all(code in CATALOGUE.villages.accounts for code in kind.village_accounts)
    assert kind.field in KINDS.labels["fields"]
    assert kind.group in KINDS.labels["groups"]
    assert kind.character in KINDS.labels["characters"]
    assert all(actor.basis in KINDS.grounds for actor in kind.actors)


@pytest.mark.parametrize("kind", KINDS.kinds, ids=lambda one: one.code)
def test_who_may_do_a_kind_has_a_code_for_it(kind) -> None:
    needed = {Level.PROVINCE: Government.PROVINCE, Level.REGENCY: Government.REGENCY}
    for level, government in (needed | {Level.VILLAGE: Government.VILLAGE}).items():
        actor = kind.actor(level)
        is_own = level is Level.VILLAGE and bool(kind.own_ranges or kind.village_accounts)
        has_codes = bool(kind.codes_of(government)) or is_own
        assert has_codes == (actor is not None and KINDS.is_ready_to_do(actor)), level


@pytest.mark.parametrize(("index", "name"), INDEX.items())
def test_kinds_name_items_of_the_index_and_answer_all_of_them(index: str, name: str) -> None:
    definition = indices.definition(OPERATOR, name)
    assert definition is not None
    items = {item.code for version in definition.versions for item in version.items}
    assert set(KINDS.items(index)) == items
    raised = {item for item in items if KINDS.answering(index, item, [Relation.RAISES])}
    assert items - raised == ({"L02", "S20", "S21", "S22"} if index == "idm" else set())


def test_every_code_leads_to_a_kind_and_every_kind_is_meant_by_its_programmes() -> None:
    alone = [one.code for one in CATALOGUE.villages.entries if not KINDS.of_code(one.government, one.code)]
    assert alone == []
    for one in content.load("sidara.programmes", "central_programmes")["programmes"]:
        assert [code for code in one["activity_kinds"] if KINDS.find(code) is None] == []


def test_codes_of_special_regions_belong_to_no_kind() -> None:
    special = [one for one in CATALOGUE.nomenclature.entries if one.is_special]
    assert special
    assert [one.code for one in special if KINDS.of_code(one.government, one.code)] == []


def test_an_earlier_code_stands_in_the_version_that_is_named() -> None:
    for entry in CATALOGUE.nomenclature.entries:
        for old in entry.earlier:
            version = next(one for one in CATALOGUE.nomenclature.versions if one.code == old.version)
            found = CATALOGUE.nomenclature.find(entry.government, old.code, version.valid_from)
            assert found is not None, old
    assert all(one.government in LISTED for one in CATALOGUE.nomenclature.entries)


def test_files_name_fund_sources_kinds_and_indices_that_are_there() -> None:
    lists, tables = catalogue_file.catalogue(), plan_tables.plan_tables().tables
    named = {one.fund_source for one in tables if one.fund_source}
    assert named <= {one.code for one in lists.funds.sources}
    rules = queries.alignment.rules(OPERATOR)
    assert lists.funds.is_village_fund(rules.fund_source), "limits and tags are of one fund"
    assert set(rules.indices) == {index_key(one.slug) for one in indices.definitions(OPERATOR)}
    assert lists.kinds.find(rules.capital_kind) is not None


def test_money_that_passes_through_a_lower_budget_is_done_by_nobody_above() -> None:
    held = [one for one in catalogue_file.central() if one.is_transfer]
    assert held
    assert all(one.is_funding for one in held)
