"""All rules of the reference dictionary: each holds, fails with its words and place, and is left open."""

from dataclasses import replace

import pytest

from sidara.checks.core import RuleBook, faults, judge
from sidara.kernel.finding import Severity
from tests.checks import reference, rule_cases

CASES = rule_cases.read()
NEVER_OPEN = {"PEM_001_a", "PEM_001_b", "USL_003_a"}
"""These say something of what is not filled: they ask for the kind of region, or for emptiness."""


@pytest.fixture(scope="module")
def book():
    return reference.book(with_derived=False)


def only(book: RuleBook, code: str) -> RuleBook:
    return replace(book, rules=[rule for rule in book.rules if rule.code == code])


def test_every_rule_of_the_dictionary_has_its_case(book):
    assert len(book.rules) == 194
    assert [case.code for case in CASES] == [rule.code for rule in book.rules]
    assert faults(book) == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_rule_holds_and_fails_and_says_where_and_with_which_figures(book, case):
    own = only(book, case.code)
    cells, context = rule_cases.given(book, case, case.holds)
    held = judge(cells, own, context)
    assert (held.passed >= 1, held.failed) == (True, 0), held.findings
    cells, context = rule_cases.given(book, case, case.fails)
    failed = [
        one for one in judge(cells, own, context).findings if one.severity is not Severity.NOT_EVALUATED
    ]
    assert [(one.message, one.remedy, str(one.place)) for one in failed] == [
        (case.message, case.remedy, case.place)
    ]
    (finding,) = failed
    rule = own.rules[0]
    assert (finding.code, finding.rule, finding.severity) == (case.code, case.code, rule.severity)
    assert finding.place == finding.cells[0]
    assert finding.place.variable == rule.variable
    assert finding.place.breakdown == (case.category or "_T")
    assert bool(finding.place.row) == bool(rule.own_list)
    assert (finding.is_blocking, finding.needs_explanation) == (
        rule.severity is Severity.ERROR,
        rule.severity is Severity.WARNING,
    )
    named = {(one.variable, one.breakdown, one.period) for one in finding.cells}
    assert set(cells) - named <= {key for key in cells if key[0] not in rule.holds + rule.when}
    assert "{" not in finding.message + finding.remedy


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_rule_over_what_is_not_filled_is_not_evaluated_and_says_so(book, case):
    _, context = rule_cases.given(book, case, case.fails)
    own = only(book, case.code)
    rows = {name: [{} for _ in rows] for name, rows in context.lists.items()} if own.rules[0].own_list else {}
    made = judge({}, own, replace(context, lists=rows))
    assert made.failed == 0 or case.code in NEVER_OPEN
    if case.code in NEVER_OPEN:
        return
    assert made.passed == 0
    assert {one.severity for one in made.findings} == {Severity.NOT_EVALUATED}
    for one in made.findings:
        assert one.message.startswith("Tidak dinilai: ")
        assert "belum diisi" in one.message or "tabel" in one.message
        assert one.remedy


def test_every_task_ends_in_one_way(book):
    for case in CASES:
        cells, context = rule_cases.given(book, case, case.fails)
        made = judge(cells, book, context)
        tasks = sum(
            len(context.lists.get(rule.own_list) or ()) if rule.own_list else len(categories(book, rule))
            for rule in book.rules_of(context.form)
            if rule.frequency is context.period.frequency
        )
        assert made.passed + made.failed + made.not_evaluated + made.not_concerned == tasks


def categories(book, rule):
    return book.classifications[rule.category] if rule.category else [None]


def test_a_question_that_does_not_concern_the_village_is_passed_over_in_silence(book):
    case = next(case for case in CASES if case.code == "PEM_030_b")
    cells, context = rule_cases.given(book, case, "PEM_030=tidak_berlaku PEM_043=tidak_berlaku")
    made = judge(cells, only(book, case.code), context)
    assert (made.findings, made.not_concerned) == ((), 1)


def test_another_book_has_another_version(book):
    again = replace(book)
    changed = replace(book, rules=[replace(book.rules[0], severity=Severity.INFO), *book.rules[1:]])
    assert again.version == book.version != changed.version
    index, classes = next(iter(book.indices.items()))
    rounded = {**book.indices, index: replace(classes, decimals=classes.decimals + 1)}
    assert replace(book, indices=rounded).version != book.version, "rules read the classes of an index"
    case = CASES[0]
    cells, context = rule_cases.given(book, case, case.fails)
    assert judge(cells, book, context).version == book.version
