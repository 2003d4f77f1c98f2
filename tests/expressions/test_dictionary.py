"""The reference dictionary in the language: every expression is read, every rule evaluates everywhere."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest

from sidara.dictionary.formats import classes_file
from sidara.expressions import (
    Bound,
    ExpressionFault,
    Kind,
    Subject,
    Vocabulary,
    bind,
    read,
    record,
    to_python,
)
from sidara.expressions import sheet as tables
from sidara.indices import queries
from sidara.kernel import content
from sidara.kernel.actor import OPERATOR
from sidara.kernel.cell import Cell, State
from sidara.kernel.period import containing
from sidara.warehouse.engines import device
from sidara.warehouse.engines import expressions as warehouse
from tests.expressions.dictionary import Dictionary, Rule

TODAY = date(2026, 11, 24)
PARAMS = {
    "blt_bulanan": 300000,
    "maks_blt": Decimal("0.15"),
    "maks_operasional": Decimal("0.03"),
    "min_ketahanan_pangan": None,
}
FIGURES = ["0", "0", "1", "1", "2", "3", "5", "100", "2026", "60.25"]
WITHOUT_FIGURE = {"KEU_017_a", "KEU_021_a"}
"""Rules whose parameter or table has no figure here: they are never evaluated."""
LOOKUPS = {"pagu_dana_desa": {"62.01": 5}, "pagu_add": {"62.01": 100}, "silpa_laporan_akhir": {}}


@pytest.fixture(scope="module")
def dictionary(shared):
    return Dictionary(shared / "reference")


def test_all_expressions_of_dictionary_and_index_map_are_read(dictionary):
    words = dictionary.vocabulary
    found = list(dictionary.expressions())
    assert len(found) == 808
    for one in found:
        assert read(one.text, words, own_list=one.own_list).kind is not None or "DIK_0" in one.text, one


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("PEM-002 > 1", "HYPHEN_IN_NAME"),
        ("PEM_999 > 1", "UNKNOWN_NAME"),
        ("USL_008 > 1", "UNKNOWN_NAME"),
        ("part(KEU_001, 'ANGGARAN', 'X') > 1", "UNKNOWN_PART"),
        ("part(KEP_001, 'ANGGARAN', 'R') > 1", "UNKNOWN_PART"),
        ("sum_of(KEP_001, 'ANGGARAN') > 1", "UNKNOWN_PART"),
        ("PEM_001 = '9'", "UNKNOWN_OPTION"),
        ("previous(PEM_001) in ('1', '9')", "UNKNOWN_OPTION"),
        ("has(LIN_003, 'udara')", "UNKNOWN_OPTION"),
        ("count_rows(usulans, true) > 1", "UNKNOWN_LIST"),
        ("count_rows(usulan, USL_002 = 'x') > 1", "UNKNOWN_OPTION"),
        ("count_rows(usulan, LBG_005 > 1) > 1", "UNKNOWN_NAME"),
        ("param('blt') > 1", "UNKNOWN_PARAM"),
        ("lookup('pagu', region_code()) > 1", "UNKNOWN_TABLE"),
        ("class_of(PEM_039, 'IDX') = 'MAJU'", "UNKNOWN_INDEX"),
        ("year_to_date(KEP_001) > 1", "YEAR_TO_DATE_OF_STOCK"),
        ("sum_rows(usulan, USL_008 / USL_006, true) > 1", "SUM_OF_QUOTIENTS"),
        ("KEP_001 > PEM_042", "KINDS_MIXED"),
        ("PEM_042 > '2026-01-01'", "KINDS_MIXED"),
        ("previous(KEP_001 + 1) > 1", "ARGUMENT_FORM"),
        ("previous(previous(KEP_001)) > 1", "ARGUMENT_FORM"),
        ("part(KEU_001, ANGGARAN, R) > 1", "ARGUMENT_FORM"),
        ("state(1) = 'nilai'", "ARGUMENT_FORM"),
        ("count_rows(usulan, count_rows(lembaga, true) > 1) > 1", "LIST_IN_LIST"),
        ("date(2026, 1) > today()", "ARGUMENTS"),
        ("today(1) > PEM_042", "UNKNOWN_FUNCTION"),
        ("sum_row(KEP_001) > 1", "UNKNOWN_FUNCTION"),
    ],
)
def test_what_the_dictionary_does_not_have_is_refused(dictionary, text, code):
    with pytest.raises(ExpressionFault) as caught:
        read(text, dictionary.vocabulary)
    assert [finding.code for finding in caught.value.findings] == [code]
    assert caught.value.findings[0].remedy


def cell(kind: Kind | None, options: Sequence[str], chance: random.Random) -> Cell:
    state = chance.choice([State.VALUE] * 12 + list(State))
    if state is not State.VALUE:
        return Cell(state)
    match kind:
        case Kind.NUMBER:
            return Cell(state, Decimal(chance.choice(FIGURES)))
        case Kind.BOOLEAN:
            return Cell(state, chance.random() < 0.5)
        case Kind.DATE:
            return Cell(state, TODAY + timedelta(days=chance.randint(-900, 900)))
        case _:
            return Cell(state, chance.choice(options))


def subject(bound: Bound, words: Vocabulary, own_list: str | None, chance: random.Random) -> Subject:
    def choices(name: str, inside: str | None) -> list[str]:
        known = words.column(name, inside) or words.variable(name)
        return sorted(known.options or {"x"})

    cells = {
        (s.variable, s.breakdown, s.period): cell(s.kind, choices(s.variable, own_list), chance)
        for s in bound.cells
    }
    lists = {
        name: [
            {s.variable: cell(s.kind, choices(s.variable, name), chance) for s in bound.columns(name)}
            for _ in range(chance.randint(0, 4))
        ]
        if chance.random() < 0.9
        else None
        for name in bound.lists
    }
    kind = chance.choice(["desa", "kelurahan"])
    return Subject(cells, lists, TODAY, chance.choice(["62.01", "62.02"]), kind)


def bound_of(rule: Rule, text: str, words: Vocabulary, month: int) -> list[Bound]:
    expression = read(text, words, own_list=rule.own_list)
    at = containing(rule.frequency, date(2026, month, 1))
    categories = [(k, code) for k in rule.category for code in words.classifications[k]] or [None]
    return [
        bind(expression, words, at, params=PARAMS, own_list=rule.own_list, category=category)
        for category in categories
    ]


@pytest.fixture(scope="module")
def bounds(dictionary):
    """Every rule and every condition of a rule, at a period that is not the first of its year."""
    words = dictionary.vocabulary
    return [
        (rule, text, bound)
        for rule in dictionary.rules()
        for text in [rule.holds, *([rule.when] if rule.when else [])]
        for bound in bound_of(rule, text, words, 4)
    ]


def test_all_rules_agree_on_all_evaluators(dictionary, bounds):
    words, chance = dictionary.vocabulary, random.Random(5)
    assert len({rule.code for rule, _, _ in bounds}) == 194
    with device.Device() as node:
        for rule, _, bound in bounds:
            subjects = [subject(bound, words, rule.own_list, chance) for _ in range(20)]
            evaluate = to_python(bound)
            expected = [evaluate(record(bound, one, LOOKUPS)) for one in subjects]
            assert tables.evaluate(bound, subjects, LOOKUPS) == expected, (rule.code, "polars")
            assert node.evaluate(bound, subjects, LOOKUPS) == expected, (rule.code, "javascript")
            assert warehouse.evaluate(bound, subjects, LOOKUPS) == expected, (rule.code, "warehouse")


def test_every_rule_can_hold_fail_and_be_left_open(dictionary, bounds):
    words, chance = dictionary.vocabulary, random.Random(7)
    one_sided = []
    for rule, text, bound in bounds:
        if text != rule.holds or rule.code in WITHOUT_FIGURE:
            continue
        evaluate, wanted = to_python(bound), {True, False, *([] if "is_empty" in text else [None])}
        for _ in range(9000):
            wanted.discard(evaluate(record(bound, subject(bound, words, rule.own_list, chance), LOOKUPS)))
            if not wanted:
                break
        one_sided += [(rule.code, text, wanted)] if wanted else []
    assert one_sided == []


def test_a_rule_for_each_category_reads_the_parts(dictionary):
    words = dictionary.vocabulary
    rule = next(rule for rule in dictionary.rules() if rule.category)
    budget, realised = bound_of(rule, rule.holds, words, 4)
    assert {slot.breakdown for slot in budget.cells} == {"ANGGARAN:A"}
    assert {slot.breakdown for slot in realised.cells} == {"ANGGARAN:R"}


def test_the_classes_are_those_of_the_definitions():
    named = {one["code"]: one for one in content.load("sidara.dictionary", "index_classes")["indices"]}
    assert set(named) == set(classes_file.load())
    for code, classes in classes_file.load().items():
        definition = queries.definition(OPERATOR, named[code]["definition"])
        for version in definition.versions:
            thresholds = version.thresholds
            assert classes.decimals == thresholds.decimals
            assert classes.is_upper_closed == thresholds.is_upper_closed
            limits = [(one.status, one.minimum, one.maximum) for one in thresholds.classes]
            assert list(classes.classes) == limits
